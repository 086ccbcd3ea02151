"""The truth, labelled by hand, and the tools to live with it.

The labels are files that people edit; nothing here writes one. The flow:

========== ==================================================================
labels     label files → validated models
texts      a page as published → the text of each notice
cases      label + text → one ``Case``, in page order
splits     which case may be seen by whom (train, dev, test)
export     label → the contract's terms, the shape that a record has
views      exported label or record → comparable items, field by field
check      flaws of the labels themselves
score      record against label; ``compare`` two scores
agreement  label against the blind second label
perturb    changed text, label changed alike
========== ==================================================================
"""
