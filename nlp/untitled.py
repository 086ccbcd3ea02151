"""A first line that is a field or the heads of a table is no title: it is read with the rest."""

from __future__ import annotations

from typing import Final

from vindue.nlp.cells import cells_of
from vindue.nlp.field_parts import Role
from vindue.nlp.field_values import whole_of
from vindue.nlp.label_reader import LabelReader
from vindue.nlp.lines import title_line
from vindue.nlp.mentions.intervals import TimeReader
from vindue.nlp.spans import Line, Notice, Span
from vindue.nlp.values import replace

ENDS: Final[tuple[Role, ...]] = ("start", "end")
TIMED: Final[tuple[Role, ...]] = ("start", "end", "when")
LEAST_HEADS: Final = 2
VALUE_WORDS: Final = 2


def without_field_title(notice: Notice, labels: LabelReader, times: TimeReader) -> Notice:
    """``notice`` with its first line in the body where that line is part of a form.

    A title with a whole window in it stays one: it is a witness of its own.
    """
    title = title_line(notice)
    if title is None or notice.tags or notice.published is not None:
        return notice
    if not _is_part_of_form(title, labels, times):
        return notice
    return replace(notice, title=None, body=Span(title.span.start, notice.body.end))


def _is_part_of_form(title: Line, labels: LabelReader, times: TimeReader) -> bool:
    cells = cells_of(title)
    found = [labels.read(cell.text, 0) for cell in cells]
    heads = [label for label in found if label is not None and not label.weak]
    if len(heads) >= LEAST_HEADS and any(label.role in TIMED for label in heads):
        return True
    label = found[0] if found else None
    if label is None or not label.closed:
        return False
    value = times.read(title.text[label.end :], 0)
    if label.role in ENDS:
        return value.told
    told = label.role == "when" and value.told and value.other_words <= VALUE_WORDS
    return bool(told) and whole_of(value) is None
