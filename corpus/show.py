"""One notice with its label, and the words that the label was read from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vindue.corpus.cases import Case
from vindue.corpus.export import plain_label
from vindue.corpus.paint import Colour, Paint
from vindue.corpus.score_text import item_text
from vindue.corpus.views import FIELDS


@dataclass(frozen=True, slots=True)
class Mark:
    """A quote in the notice; offsets into the notice's text."""

    start: int
    end: int
    field: str
    colour: Colour


def marks(case: Case) -> list[Mark]:
    """Where the label's quotes stand, in text order.

    A quote that stands several times is marked at its first place.
    """
    label = case.label
    quotes: list[tuple[str, str | None, Colour]] = []
    quotes += [(f"windows/{n}", each.quote, "green") for n, each in enumerate(label.windows)]
    quotes += [(f"revisions/{n}", each.quote, "cyan") for n, each in enumerate(label.revisions)]
    quotes += [(each.code, each.quote, "yellow") for each in label.defects]
    found = []
    for field, quote, colour in quotes:
        start = case.text.find(quote) if quote else -1
        if quote and start >= 0:
            found.append(Mark(start, start + len(quote), field, colour))
    return sorted(found, key=lambda mark: (mark.start, -mark.end))


def marked_text(case: Case, paint: Paint) -> str:
    """The notice with its quotes coloured; of overlapping ones the first."""
    parts, done = [], 0
    for mark in marks(case):
        if mark.start >= done:
            parts.append(case.text[done : mark.start])
            parts.append(paint(case.text[mark.start : mark.end], mark.colour))
            done = mark.end
    return "".join([*parts, case.text[done:]])


def label_lines(case: Case, paint: Paint) -> Iterator[str]:
    """The label field by field, then quotes, defects and other readings."""
    plain = plain_label(case.label, case.name)
    for field in FIELDS:
        value = item_text(sorted(field.bag(plain).elements()))
        if value:
            yield f"{paint(field.name.ljust(14), 'bold')}  {value}"
    for mark in marks(case):
        line = case.text.count("\n", 0, mark.start) + 1
        quote = case.text[mark.start : mark.end]
        yield f"{paint(mark.field.ljust(14), mark.colour)}  line {line}: {quote!r}"
    for defect in case.label.defects:
        yield f"{'defect'.ljust(14)}  {defect.code}: {defect.note or ''}"
    for other in case.label.alternatives:
        yield f"{'or else'.ljust(14)}  {other.field} = {other.value}: {other.note or ''}"


def show_lines(case: Case, paint: Paint) -> Iterator[str]:
    """Name, text with marks, label."""
    traits = ", ".join(case.label.difficulty) + (", unsure" if case.label.unsure else "")
    yield paint(f"{case.name}  {case.split}  ({traits})  {case.path.name}", "bold")
    yield ""
    yield marked_text(case, paint).strip("\n")
    yield ""
    yield from label_lines(case, paint)
