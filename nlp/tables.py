"""Tables in plain text → the fields of each row.

A table is a line of column heads with rows below it. A head is a label
("Start (UTC)"), a telling ("Before", "Now") or a date; cells go to the heads
by their order, by one place to the side, or by where they stand: whichever
puts most values of time under the heads that ask for one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import regex

from vindue.nlp.cells import part_of
from vindue.nlp.field_parts import Cell, Field, Label, Role, ToldAs
from vindue.nlp.field_values import as_night, read_value
from vindue.nlp.label_reader import LabelReader
from vindue.nlp.mentions.intervals import TimeReader
from vindue.nlp.spans import Span
from vindue.nlp.values import dataclass, replace

TIMED: Final[tuple[Role, ...]] = ("start", "end", "when")
TELLINGS: Final[tuple[ToldAs, ...]] = ("earlier", "actual")
LEAST_CELLS: Final = 2
BOTH_ENDS: Final = 2
VALUE_WORDS: Final = 2
_RULE: Final = regex.compile(r"[\s|+=:_–—-]*")


@dataclass(frozen=True, slots=True)
class Head:
    """A column head: the label it is, or the date it tells."""

    cell: Cell
    label: Label | None = None
    date: Field | None = None

    @property
    def timed(self) -> bool:
        """True where values of time stand below."""
        return self.date is not None or (self.label is not None and self.label.role in TIMED)


@dataclass(frozen=True, slots=True)
class Table:
    """The fields of each row, and the lines that the table takes.

    What stands in one tuple of ``rows`` is put together into windows.
    """

    rows: tuple[tuple[Field, ...], ...]
    lines: tuple[int, ...]


class TableReader:
    """Reads tables; built once for the readers of labels and times."""

    def __init__(self, labels: LabelReader, times: TimeReader) -> None:
        self._labels: Final = labels
        self._times: Final = times

    def read(self, cells: tuple[tuple[Cell, ...], ...], at: int) -> Table | None:
        """The table whose heads stand on line ``at``, or ``None``.

        ``cells`` are those of every line of the notice.
        """
        if self._is_across(cells, at):
            return self._across((), cells, at)
        if side := self._side_by_side(cells, at):
            return side
        heads = self._heads(cells[at], at)
        if heads is None:
            return None
        if not any(h.timed for h in heads):
            return self._across(heads, cells, at + 1)
        rows: list[tuple[Field, ...]] = []
        last = at
        for line in range(at + 1, len(cells)):
            if _is_rule(cells[line]):
                continue
            row = _cut_at_heads(heads, cells[line])
            if len(row) < min(LEAST_CELLS, len(heads)) or self._heads(row, line):
                break
            told = tuple(self._row(heads, row, line))
            if not told and not rows and line > at + 1:
                break
            rows.extend(told)
            last = line if told else last
        return Table(tuple(rows), tuple(range(at, last + 1))) if rows else None

    def _side_by_side(self, cells: tuple[tuple[Cell, ...], ...], at: int) -> Table | None:
        """Windows told in columns, each with labels of its own ("Start: …    Start: …").

        The line above may say of which telling each is ("Primary", "Reserve").
        """
        if len(cells[at]) < LEAST_CELLS:
            return None
        heads = [self._labels.read(cell.text, 0) for cell in cells[at]]
        if not all(_stands_alone(*p) for p in zip(heads, cells[at], strict=True)):
            return None
        columns: tuple[list[Field], ...] = tuple([] for _ in heads)
        last = at
        for line in range(at + 1, len(cells)):
            found = [self._own_field(cell, line) for cell in _with_labels(cells[line])]
            if len(found) != len(heads) or any(item is None for item in found):
                break
            for column, head, item in zip(columns, heads, found, strict=True):
                if item is not None and head is not None:
                    label = replace(item.label, told=item.label.told or head.told)
                    column.append(replace(item, label=label))
            last = line
        rows = tuple(map(tuple, columns))
        return Table(rows, tuple(range(at, last + 1))) if last > at else None

    def _own_field(self, cell: Cell, line: int) -> Field | None:
        """A cell that is a label with a value of time."""
        label = self._labels.read(cell.text, cell.span.start)
        if label is None or not label.closed or label.role not in TIMED:
            return None
        start = label.end
        span = Span(cell.span.start + start, cell.span.end)
        item = self._field(label, Cell(cell.text[start:], span, cell.column, cell.at), line)
        return item if self._is_value(item) else None

    def _heads(self, cells: tuple[Cell, ...], at: int) -> tuple[Head, ...] | None:
        """The heads of a line, if it is one of column heads."""
        if len(cells) < LEAST_CELLS:
            return None
        heads = tuple(self._head(cell, at) for cell in cells)
        labels = [h.label for h in heads if h.label is not None]
        if any(self._holds_value(head, at) for head in heads) or _pairs(heads):
            return None
        dated = [h for h in heads if h.date is not None]
        if dated and (labels or heads[0].date is not None):
            return None
        told = {label.told for label in labels}
        timed = any(h.timed for h in heads)
        return heads if timed or set(TELLINGS) & told else None

    def _holds_value(self, head: Head, at: int) -> bool:
        """True for a label with its value in the cell, and for a clock time."""
        if head.label is not None:
            return head.label.end < len(head.cell.text)
        times = self._field(Label("when", head.cell.span, 0), head.cell, at).times
        return bool(times.clocks or times.points or times.intervals or times.ends)

    def _head(self, cell: Cell, at: int) -> Head:
        label = self._labels.read(cell.text, cell.span.start)
        if label is not None and not label.weak:
            return Head(cell, label)
        date = self._field(Label("when", cell.span, 0), cell, at)
        times = date.times
        bare = times.dates and not (times.clocks or times.points or times.intervals or times.ends)
        return Head(cell, date=date if bare and not times.other_words else None)

    def _row(
        self, heads: tuple[Head, ...], cells: tuple[Cell, ...], line: int
    ) -> Iterator[tuple[Field, ...]]:
        """The fields of a row; a row under heads that are dates is one a date."""
        placed = max(_placings(heads, cells), key=lambda placing: self._fit(placing, line))
        if self._fit(placed, line) <= 0:
            return
        fields = tuple(self._under(head, cell, line) for head, cell in placed if head.label)
        dated = [(head.date, cell) for head, cell in placed if head.date is not None]
        spare = self._spare(cells, placed, line)
        for date, cell in dated:
            item = self._field(Label("when", cell.span, 0), cell, line)
            if self._is_value(item):
                yield (replace(date, lines=(line,)), item, *spare)
        if fields and not dated:
            yield tuple(self._marked(item, cells) for item in (*fields, *spare))

    def _spare(
        self, cells: tuple[Cell, ...], placed: tuple[tuple[Head, Cell], ...], line: int
    ) -> tuple[Field, ...]:
        """Zones in a cell that stands under no head, or under one that is no label."""
        taken = {cell.span for head, cell in placed if head.label or head.date}
        found: list[Field] = []
        for cell in cells:
            zones = self._labels.zones.of_cell(cell.text) if cell.span not in taken else ()
            if zones:
                label = Label("zone", cell.span, 0)
                found.append(replace(self._field(label, cell, line), zones=zones))
        return tuple(found[:1])

    def _marked(self, item: Field, cells: tuple[Cell, ...]) -> Field:
        """A row that begins with a telling or a count ("Old", "Night 2") is of that."""
        own = self._labels.read(cells[0].text, cells[0].span.start)
        if own is None or item.span == cells[0].span:
            return item
        told = item.label.told or own.told
        return replace(item, label=replace(item.label, told=told, unit=own.unit or item.label.unit))

    def _fit(self, placing: tuple[tuple[Head, Cell], ...], line: int) -> int:
        """How many values of time stand under the heads that ask for one, less misfits."""
        score = 0
        for head, cell in placing:
            if head.timed:
                score += 2 if self._is_value(self._under(head, cell, line)) else -1
            elif head.label is not None and head.label.role in ("zone", "status", "duration"):
                item = self._under(head, cell, line)
                score += bool(item.zones or item.status or item.times.durations)
        return score

    def _under(self, head: Head, cell: Cell, line: int) -> Field:
        return self._field(head.label or Label("when", cell.span, 0), cell, line)

    def _field(self, label: Label, cell: Cell, line: int) -> Field:
        times = read_value(self._times, cell.text, cell.span.start)
        if label.role == "when":
            times = as_night(times, cell.text, cell.span.start)
        zones = self._labels.zones.within(cell.text) if label.role == "zone" else ()
        status = self._labels.status(cell.text) if label.role == "status" else None
        return Field(label, cell.text, cell.span, (line,), times, status, zones)

    def _is_value(self, item: Field) -> bool:
        times = item.times
        told = times.told or times.durations or times.open_end
        return bool(told) and times.other_words <= VALUE_WORDS

    def _across(
        self, heads: tuple[Head, ...], cells: tuple[tuple[Cell, ...], ...], at: int
    ) -> Table | None:
        """Rows that are labels ("Start", "End"), a column for each window, from line ``at`` on.

        A head may say what telling its column is ("Before", "Now", "Actual");
        one that doesn't ("Planned", "Feed A") is of the window as it stands.
        """
        columns: dict[int, list[Field]] = {}
        last = at - 1
        for line in range(at, len(cells)):
            row = cells[line]
            if _is_rule(row):
                continue
            own = self._row_label(row)
            if own is None:
                break
            for index, cell in enumerate(row[1:], start=1):
                head = heads[index - len(row)] if len(heads) >= len(row) - index else None
                told = (head and head.label and head.label.told) or own.told
                item = self._field(replace(own, told=told), cell, line)
                columns.setdefault(index, []).append(item)
            last = line
        rows = tuple(tuple(items) for items in columns.values() if any(map(self._is_value, items)))
        return Table(rows, tuple(range(at, last + 1))) if rows else None

    def _row_label(self, row: tuple[Cell, ...]) -> Label | None:
        """The label that a row begins with, if only values follow."""
        if len(row) < LEAST_CELLS:
            return None
        label = self._labels.read(row[0].text, row[0].span.start)
        return label if label is not None and label.end >= len(row[0].text) else None

    def _is_across(self, cells: tuple[tuple[Cell, ...], ...], at: int) -> bool:
        """True where this row and the next are one end each of several windows."""
        if at + 1 >= len(cells) or len(cells[at]) != len(cells[at + 1]):
            return False
        labels = [self._row_label(cells[line]) for line in (at, at + 1)]
        roles = [label.role for label in labels if label is not None]
        values = [self._field(Label("when", c.span, 0), c, at) for c in cells[at][1:]]
        whole = len(values) > 1 and all(map(self._is_value, values))
        alike = len({(bool(v.times.dates), bool(v.times.points)) for v in values}) == 1
        return whole and alike and len(set(roles)) == BOTH_ENDS and set(roles) <= set(TIMED)


def _with_labels(cells: tuple[Cell, ...]) -> Iterator[Cell]:
    """The cells of a row, a label with the value that stands in a column behind it made one."""
    held: Cell | None = None
    for cell in cells:
        if held is not None:
            text = held.text + " " * (cell.span.start - held.span.end) + cell.text
            yield Cell(text, Span(held.span.start, cell.span.end), held.column, held.at)
            held = None
        elif cell.text.endswith(":"):
            held = cell
        else:
            yield cell


def _stands_alone(label: Label | None, cell: Cell) -> bool:
    """True for a label that is the whole of its cell and tells no end of its own."""
    return label is not None and label.end >= len(cell.text) and label.role in ("when", "none")


def _pairs(heads: tuple[Head, ...]) -> bool:
    """True where a label with a colon stands before what is none: a field, no head."""
    return any(
        first.label is not None and first.cell.text.rstrip().endswith(":") and second.label is None
        for first, second in pairwise(heads)
    )


def _cut_at_heads(heads: tuple[Head, ...], row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """A row of full columns, with one blank between them, cut where the heads stand."""
    if len(row) >= len(heads):
        return row
    found: list[Cell] = []
    for cell in row:
        places = (head.cell.at - cell.at for head in heads)
        cuts = [p for p in places if 0 < p < len(cell.text) and cell.text[p - 1] == " "]
        found += [part_of(cell, a, b) for a, b in pairwise((0, *cuts, len(cell.text)))]
    return tuple(found) if len(found) == len(heads) else row


def _is_rule(cells: tuple[Cell, ...]) -> bool:
    return all(_RULE.fullmatch(cell.text) for cell in cells)


def _placings(
    heads: tuple[Head, ...], cells: tuple[Cell, ...]
) -> Iterator[tuple[tuple[Head, Cell], ...]]:
    """The ways in which the cells of a row may stand under the heads."""
    by_column = {head.cell.column: head for head in heads}
    if len(cells) == len(heads):
        yield tuple(zip(heads, cells, strict=True))
    if len(by_column) == len(heads) and max(by_column) >= len(heads) - 1:
        yield tuple((by_column[c.column], c) for c in cells if c.column in by_column)
    for shift in () if len(cells) == len(heads) else (0, 1, -1):
        yield tuple(
            (heads[index - shift], cell)
            for index, cell in enumerate(cells)
            if 0 <= index - shift < len(heads)
        )
    yield tuple(_by_place(heads, cells))


def _by_place(heads: tuple[Head, ...], cells: tuple[Cell, ...]) -> Iterator[tuple[Head, Cell]]:
    """Each cell under the head whose place is nearest, each head once."""
    free = list(heads)
    for cell in cells:
        if not free:
            return
        head = min(free, key=lambda h: abs(h.cell.at - cell.at))
        free = free[free.index(head) + 1 :]
        yield head, cell
