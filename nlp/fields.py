"""Labels with values, line by line and in tables → the windows that they tell.

A value stands beside its label, in the cells after it, or on the lines below.
What belongs to one window is put together by ``field_values``; tables are
``tables``'. A line that fields were made of is not read as prose again.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, takewhile
from typing import Final

from vindue.nlp.cells import cells_of, label_places, part_of, stretches, word_places
from vindue.nlp.field_groups import compose
from vindue.nlp.field_parts import Cell, Field, FieldInterval, Fields, Label
from vindue.nlp.field_sorting import (
    apart,
    common_zone,
    history,
    lone_stamps,
    quoted,
    take_starts,
    timed,
    under_openers,
    windows,
)
from vindue.nlp.field_values import as_night, is_pair, read_value, whole_of
from vindue.nlp.label_reader import LabelReader
from vindue.nlp.mentions.intervals import TimeReader
from vindue.nlp.mentions.times import LineTimes
from vindue.nlp.month_first import in_order, is_month_first
from vindue.nlp.spans import Line, Span
from vindue.nlp.tables import TableReader
from vindue.nlp.values import replace

BELOW: Final = 3
FAR: Final = 200
LEAST_HEADS: Final = 2
MAX_HEADS: Final = 8
MOST_HEADS: Final = 24
VALUE_WORDS: Final = 2
NO_WINDOW: Final = ("stamp", "reserve", "earlier")


def read_fields(
    lines: tuple[Line, ...],
    times: tuple[LineTimes, ...],
    reader: TimeReader,
    labels: LabelReader,
    earlier: frozenset[int] = frozenset(),
) -> Fields:
    """The windows told in fields and tables, and the lines that they take.

    ``times`` are the mentions of each line as prose; ``reader`` reads a value
    apart from its label. ``earlier`` are lines known to be of an older version.
    """
    return _Form(lines, times, reader, labels, earlier).run()


class _Form:
    """One pass down the lines; lives for one notice."""

    def __init__(
        self,
        lines: tuple[Line, ...],
        times: tuple[LineTimes, ...],
        reader: TimeReader,
        labels: LabelReader,
        earlier: frozenset[int],
    ) -> None:
        self._lines, self._times = lines, times
        self._reader, self._labels = reader, labels
        self._tables = TableReader(labels, reader)
        self._cells = tuple(
            cells_of(line, lines[at - 1] if at else None) for at, line in enumerate(lines)
        )
        self._quoted = quoted(lines, times) | earlier
        self._rows: list[tuple[Field, ...]] = []
        self._table_lines: set[int] = set()

    def run(self) -> Fields:
        found = tuple(self._fields())
        items = tuple(self._told(item) for item in under_openers(found))
        rows = tuple(tuple(self._told(item) for item in row) for row in self._rows)
        every = (*items, *(item for row in rows for item in row))
        if is_month_first(every, self._lines):
            items, rows = _swapped(items), tuple(_swapped(row) for row in rows)
        zones = common_zone(found) or self._labels.zones.for_all(self._lines)
        groups = tuple(g for some in (items, *rows) for g in compose(timed(some)))
        taken = frozenset(n for i in every for n in i.lines) | self._quoted
        take_starts(groups, self._times, taken)
        made = tuple(windows(groups, zones, self._clocked(taken)))
        labelled = {line for group, _ in made for line in group.lines} | self._table_lines
        labelled |= {n for i in every if i.label.told in NO_WINDOW for n in i.lines}
        labelled -= set(lone_stamps(every))
        labelled |= {
            line.index
            for line, told in zip(self._lines, self._times, strict=True)
            if self._labels.is_other(line.text) and not _tells_day(told)
        }
        others = {n for i in every if i.label.role != "status" for n in i.lines}
        labelled -= {n for i in items if i.label.role == "status" for n in i.lines} - others
        return Fields(
            intervals=tuple(FieldInterval(g.first, i, g.status, g.told) for g, i in made if i),
            labelled=frozenset(labelled),
            history=frozenset(history(every)) | self._quoted,
            apart=frozenset(apart(groups)),
            zones=zones,
        )

    def _clocked(self, taken: frozenset[int]) -> bool:
        """True where prose tells a range; ``taken`` are the lines of fields."""
        return any(
            i.end is not None
            for line, told in zip(self._lines, self._times, strict=True)
            if line.index not in taken
            for i in told.intervals
        )

    def _told(self, item: Field) -> Field:
        """What stands in a quoted earlier version is told as such."""
        if item.lines[-1] in self._quoted and item.label.told in (None, "now"):
            return replace(item, label=replace(item.label, told="earlier"))
        return item

    def _fields(self) -> Iterator[Field]:
        """The fields of the text in order; the rows of tables are put aside."""
        at = 0
        while at < len(self._lines):
            table = self._tables.read(self._cells, at)
            if table is not None:
                self._rows.extend(table.rows)
                self._table_lines.update(table.lines)
                at = table.lines[-1] + 1
                continue
            found = self._sideways(at) or tuple(self._on_line(at))
            yield from (item for item in found if not _tells_several(item))
            below = max((line for item in found for line in item.lines), default=at)
            at = max(below, at) + 1

    def _on_line(self, at: int) -> Iterator[Field]:
        """The fields of a line: each label with the cells up to the next label."""
        cells = tuple(part for cell in self._cells[at] for part in self._parts(cell))
        labels = [self._labels.read(cell.text, cell.span.start) for cell in cells]
        if labels and labels[0] is None:
            # a sentence with tabs for blanks: its "from" and "to" are words, not labels
            pairs = zip(cells, labels, strict=True)
            labels = [label if label and _has_colon(cell, label) else None for cell, label in pairs]
        for index, label in enumerate(labels):
            if label is None or (label.weak and not self._other_half(label, at)):
                continue
            stop = next((i for i in range(index + 1, len(cells)) if labels[i]), len(cells))
            text, start = self._value(cells, index, stop, label, at)
            if text:
                item = self._field(label, text, start, (at,))
                yield self._run_on(item, at) if stop == len(cells) else item
            elif len(cells) == 1:
                below = tuple(self._below(label, at))
                yield from below or (self._field(label, "", start, (at,)),)

    def _other_half(self, label: Label, at: int) -> bool:
        """True where the line after a start is an end, the one before an end a start."""
        beside, role = (at + 1, "end") if label.role == "start" else (at - 1, "start")
        if label.role not in ("start", "end") or not 0 <= beside < len(self._lines):
            return False
        line = self._lines[beside]
        other = self._labels.read(line.text, line.span.start)
        return other is not None and other.role == role

    def _parts(self, cell: Cell) -> Iterator[Cell]:
        """A cell cut where another label begins ("Start: …, End: …", "Date: …, start 22.00")."""
        first = self._labels.read(cell.text, cell.span.start)
        cuts, free = [0], first.end if first is not None else 0
        for at in label_places(cell.text):
            label = self._labels.read(cell.text[at : at + FAR], 0) if at >= free else None
            if label is not None and label.closed:
                cuts.append(at)
                free = at + label.end
        if first is not None and len(cuts) == 1:
            cuts += [at for at, end in stretches(cell.text) if self._is_bare(cell.text[at:end])]
        if first is None and len(cuts) == 1:
            cuts += self._end_inside(cell.text)
        for start, end in pairwise((*cuts, len(cell.text))):
            yield part_of(cell, start, end)

    def _end_inside(self, text: str) -> list[int]:
        """Where an end label stands behind a start with its value ("Start (UTC) … End (UTC) …")."""
        for at in word_places(text):
            label = self._labels.read(text[at : at + FAR], 0)
            if label is not None and label.role == "end" and not label.weak:
                start = self._labels.read(text[:at].rstrip(" ,;/|"), 0)
                return [at] if start is not None and start.role == "start" else []
        return []

    def _is_bare(self, text: str) -> bool:
        """True for a label with its value and no colon."""
        label = self._labels.read(text.rstrip(" ,;"), 0)
        return label is not None and not label.closed and not label.weak

    def _value(
        self, cells: tuple[Cell, ...], index: int, stop: int, label: Label, at: int
    ) -> tuple[str, int]:
        """The text of a value and its place in the input."""
        line = self._lines[at]
        start = cells[index].span.start + label.end
        end = cells[stop - 1].span.end
        if start >= cells[index].span.end and stop > index + 1:
            start = cells[index + 1].span.start
        if start >= end:
            return "", start
        return line.text[start - line.span.start : end - line.span.start], start

    def _below(self, label: Label, at: int) -> Iterator[Field]:
        """Values on the lines below a label that stands alone."""
        for below in range(at + 1, min(at + 1 + BELOW, len(self._lines))):
            line = self._lines[below]
            if any(self._labels.read(c.text, c.span.start) for c in self._cells[below]):
                return
            item = self._field(label, line.text, line.span.start, (at, below))
            if not _is_value(item):
                return
            joined = self._run_on(item, below)
            yield joined
            if joined is not item:
                return

    def _run_on(self, item: Field, at: int) -> Field:
        """A range whose second half stands on the next line ("… 22:00 -"), put together.

        The line break is read as blanks, so that every place stays what it is.
        """
        if item.label.role != "when" or not item.times.points or at + 1 >= len(self._lines):
            return item
        line = self._lines[at + 1]
        text = item.text + " " * (line.span.start - item.span.end) + line.text
        joined = self._field(item.label, text, item.span.start, (*item.lines, at + 1))
        whole = whole_of(joined.times)
        return joined if whole and not whole_of(item.times) and _is_value(joined) else item

    def _sideways(self, at: int) -> tuple[Field, ...]:
        """Heads one below the other ("Circuit / Start / End"), then their values in that order."""
        heads: list[Label] = []
        while len(heads) <= MOST_HEADS and (label := self._alone(at + len(heads))) is not None:
            heads.append(label)
        if not LEAST_HEADS <= len(heads) <= MOST_HEADS:
            return ()
        for first in range(at + len(heads), at + len(heads) + MAX_HEADS):
            lines = self._lines[first : first + len(heads)]
            found = (
                self._field(label, line.text, line.span.start, (at + index, line.index))
                for index, (label, line) in enumerate(zip(heads, lines, strict=False))
            )
            values = tuple(takewhile(_is_value, found))
            if len(values) == len(heads):
                return values
        return ()

    def _alone(self, at: int) -> Label | None:
        """The label that makes up line ``at``, if one does."""
        if at >= len(self._lines) or len(self._cells[at]) != 1:
            return None
        cell = self._cells[at][0]
        label = self._labels.read(cell.text, cell.span.start)
        return label if label is not None and label.end >= len(cell.text) else None

    def _field(self, label: Label, text: str, start: int, lines: tuple[int, ...]) -> Field:
        times = read_value(self._reader, text, start)
        zones = self._labels.zones.within(text) if label.role == "zone" else ()
        status = self._labels.status(text) if label.role == "status" or label.unit else None
        if label.role == "when":
            times = as_night(times, text, start)
            label = replace(label, paired=label.paired or is_pair(times, text, start))
        return Field(label, text, Span(start, start + len(text)), lines, times, status, zones)


def _tells_several(item: Field) -> bool:
    """True for a value of several ranges of one day, which the line tells as prose does.

    Two ranges in two zones are one window told twice.
    """
    whole = [i for i in item.times.intervals if i.start is not None and i.end is not None]
    told = {(i.start.minute, i.end.minute) for i in whole if i.start and i.end}
    zones = {i.start.zones for i in whole if i.start}
    plain = item.label.role == "when" and item.label.told in (None, "now")
    return plain and len(told) > 1 and len(zones) == 1 and len(item.lines) == 1


def _tells_day(times: LineTimes) -> bool:
    """Whether a line tells a range of clock times on a day: "Order Desk: …" is no number."""
    return any(i.start and i.end and (i.dates or i.days) for i in times.intervals)


def _has_colon(cell: Cell, label: Label) -> bool:
    return ":" in cell.text[label.span.end - cell.span.start :][:2]


def _is_value(item: Field) -> bool:
    """True where a line below a label tells its value and next to nothing else."""
    times = item.times
    told = times.told or times.durations or times.open_end or item.zones or item.status
    return bool(told) and times.other_words <= VALUE_WORDS


def _swapped(items: tuple[Field, ...]) -> tuple[Field, ...]:
    return tuple(replace(item, times=in_order(item.times, item.text, item.span)) for item in items)
