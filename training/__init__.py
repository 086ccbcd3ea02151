"""Training of the reader that answers where the rules are silent.

data → generate → spell → (spaCy's own training) → calibrate → evaluate
"""
