"""Labels with values, line by line and in tables → the windows that they tell.

A value stands beside its label, in the cells after it, or on the lines below.
What belongs to one window is put together by ``field_values``; tables are
``tables``'. A line that fields were made of is not read as prose again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from vindue.nlp.cells import cells_of, is_quoted
from vindue.nlp.field_values import compose
from vindue.nlp.field_parts import Cell, Field, FieldInterval, Fields, Label
from vindue.nlp.label_reader import LabelReader
from vindue.nlp.mentions.intervals import TimeReader
from vindue.nlp.mentions.times import LineTimes
from vindue.nlp.spans import Line, Span

BELOW: Final = 3
VALUE_WORDS: Final = 2
NO_WINDOW: Final = ("stamp", "reserve", "earlier")


def read_fields(
    lines: tuple[Line, ...],
    times: tuple[LineTimes, ...],
    reader: TimeReader,
    labels: LabelReader,
) -> Fields:
    """The windows told in fields and tables, and the lines that they take.

    ``times`` are the mentions of each line as prose; ``reader`` reads a value
    apart from its label.
    """
    del times
    return _Form(lines, reader, labels).run()


class _Form:
    """One pass down the lines; lives for one notice."""

    def __init__(self, lines: tuple[Line, ...], reader: TimeReader, labels: LabelReader) -> None:
        self._lines, self._reader, self._labels = lines, reader, labels
        self._cells = tuple(
            cells_of(line, lines[at - 1] if at else None) for at, line in enumerate(lines)
        )
        self._taken: set[int] = set()

    def run(self) -> Fields:
        items = tuple(self._fields())
        zones = self._common_zone(items)
        made = compose((i for i in items if i.label.role != "none"), zones)
        kept = tuple(m for m in made if m[0].told_as != "stamp")
        labelled = {line for _, lines in kept for line in lines}
        labelled |= {n for i in items if i.label.told in NO_WINDOW for n in i.lines}
        labelled -= {n for i in items if i.label.role == "status" for n in i.lines}
        return Fields(
            intervals=tuple(interval for interval, _ in kept),
            labelled=frozenset(labelled),
            history=frozenset(self._history(kept)),
            zones=zones,
        )

    def _history(self, made: tuple[tuple[FieldInterval, tuple[int, ...]], ...]) -> Iterator[int]:
        for interval, lines in made:
            if interval.told_as == "earlier":
                yield from lines
        yield from (line.index for line in self._lines if is_quoted(line))

    def _common_zone(self, items: tuple[Field, ...]) -> tuple[str, ...]:
        """The zone of a notice that names one in a field of its own, and no other."""
        told = [i.zones for i in items if i.label.role == "zone" and i.zones]
        return told[0] if told and all(zones == told[0] for zones in told) else ()

    def _fields(self) -> Iterator[Field]:
        at = 0
        while at < len(self._lines):
            found = tuple(self._on_line(at))
            yield from found
            below = max((line for item in found for line in item.lines), default=at)
            at = max(below, at) + 1

    def _on_line(self, at: int) -> Iterator[Field]:
        """The fields of a line: each label with the cells up to the next label."""
        cells = self._cells[at]
        labels = [self._labels.read(cell.text, cell.span.start) for cell in cells]
        for index, label in enumerate(labels):
            if label is None:
                continue
            stop = next((i for i in range(index + 1, len(cells)) if labels[i]), len(cells))
            text, start = self._value(cells, index, stop, label, at)
            if text:
                yield self._field(label, text, start, (at,))
            elif len(cells) == 1:
                yield from self._below(label, at)

    def _value(
        self, cells: tuple[Cell, ...], index: int, stop: int, label: Label, at: int
    ) -> tuple[str, int]:
        line = self._lines[at]
        start = cells[index].span.start + label.end
        end = cells[stop - 1].span.end
        if start >= cells[index].span.end and stop > index + 1:
            start = cells[index + 1].span.start
        if start >= end:
            return "", start
        offset = start - line.span.start
        return line.text[offset : end - line.span.start], start

    def _below(self, label: Label, at: int) -> Iterator[Field]:
        """Values on the lines below a label that stands alone."""
        for below in range(at + 1, min(at + 1 + BELOW, len(self._lines))):
            line = self._lines[below]
            if any(self._labels.read(c.text, c.span.start) for c in self._cells[below]):
                return
            item = self._field(label, line.text, line.span.start, (at, below))
            if not self._is_value(item):
                return
            yield item

    def _is_value(self, item: Field) -> bool:
        times = item.times
        told = times.told or times.durations or times.open_end or item.zones or item.status
        return bool(told) and times.other_words <= VALUE_WORDS

    def _field(self, label: Label, text: str, start: int, lines: tuple[int, ...]) -> Field:
        times = read_value(self._reader, text, start)
        zones = self._labels.zones(text) if label.role == "zone" else ()
        status = self._labels.status(text) if label.role == "status" or label.unit else None
        return Field(label, text, Span(start, start + len(text)), lines, times, status, zones)


def read_value(reader: TimeReader, text: str, offset: int) -> LineTimes:
    """The mentions of a value; a bare hour ("kl. 7", "21") counts as a clock time.

    An hour without minutes is none in prose, so it is read behind a dash.
    """
    times = reader.read(text, offset)
    if times.told or times.durations or times.open_end or times.other_words:
        return times
    probe = "- "
    ends = reader.read(probe + text, offset - len(probe)).ends
    clocks = tuple(end.end for end in ends if end.end is not None)
    return replace(times, clocks=clocks)
