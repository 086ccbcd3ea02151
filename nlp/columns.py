"""Tables with a column of systems: which cell of a row names what the row is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Final

import regex

from vindue.nlp.cells import cells_of
from vindue.nlp.field_parts import Cell
from vindue.nlp.spans import Line, Span

LEAST_CELLS: Final = 2
LEAST_HEADS: Final = 3
"""A line of two cells is a label with its value rather than the heads of a table."""
LONGEST: Final = 40
_RULE: Final = regex.compile(r"[\s|+=:_–—-]*")
_LETTER: Final = regex.compile(r"\p{L}")


def system_cells(lines: tuple[Line, ...], is_head: Callable[[str], bool]) -> Mapping[int, Span]:
    """The cell with the system, by index of its line, for all rows below such a head.

    ``is_head`` tells whether a cell is the head of a column of systems.
    """
    return dict(_rows(lines, is_head))


def _rows(lines: tuple[Line, ...], is_head: Callable[[str], bool]) -> Iterator[tuple[int, Span]]:
    head: Cell | None = None
    for before, line in pairwise((None, *lines)):
        if line is None or _RULE.fullmatch(line.text):
            continue
        cells = cells_of(line, before)
        if len(cells) < LEAST_CELLS:
            head = None
            continue
        heads = cells if len(cells) >= LEAST_HEADS else ()
        found = next((c for c in heads if ":" not in c.text and is_head(c.text)), None)
        if found is not None:
            head = found
        elif head is not None:
            cell = _below(head, cells)
            if cell is not None:
                yield line.index, cell.span


def _below(head: Cell, cells: tuple[Cell, ...]) -> Cell | None:
    """The cell in the head's column, if it may hold a name."""
    cell = next((one for one in cells if one.column == head.column), None)
    if cell is None or len(cell.text) > LONGEST or not _LETTER.search(cell.text):
        return None
    return cell
