"""Lines of text as they grow out of a document: runs, breaks, bullets, table rows."""

from __future__ import annotations

from typing import Final

from vindue.nlp.values import dataclass, field

LINE: Final = 1
PARAGRAPH: Final = 2
MAX_SPAN: Final = 40
"""Columns or rows that one cell may claim."""
_MANY_LINES: Final = 3
"""A cell of more lines is a part of the page's layout, not a value."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one kind: as it stands, struck through, or put in instead."""

    text: str
    struck: bool = False
    inserted: bool = False


@dataclass(slots=True)
class Frame:
    """Lines under construction; an empty line stands for a paragraph's gap."""

    lines: list[list[Run]] = field(default_factory=lambda: [[]])
    prefix: str = ""
    gap: int = 0

    def text(self, text: str, *, struck: bool, inserted: bool, keep: bool) -> None:
        """Append text, blanks folded unless ``keep``."""
        parts = text.splitlines() if keep else [_folded(text)]
        for number, part in enumerate(parts):
            if number:
                self.close(LINE)
            self._append(part if keep else self._fitted(part), struck=struck, inserted=inserted)

    def _append(self, part: str, *, struck: bool, inserted: bool) -> None:
        if not part:
            return
        self._open()
        self.lines[-1].append(Run(part, struck, inserted))

    def _fitted(self, part: str) -> str:
        """``part`` without the blank that a line's head or an earlier blank makes needless."""
        if not self.lines[-1] or self.gap:
            return part.lstrip()
        if self.lines[-1][-1].text.endswith((" ", "\t")):
            return part.removeprefix(" ")
        return part

    def _open(self) -> None:
        """Bring about the break that is due, and the bullet."""
        if self.gap and self.lines[-1]:
            self.lines.extend([[]] * (self.gap - 1))
            self.lines.append([])
        self.gap = 0
        if self.prefix:
            self.lines[-1].append(Run(self.prefix))
            self.prefix = ""

    def close(self, level: int) -> None:
        """Ask for a new line (``LINE``) or a gap (``PARAGRAPH``) before what follows."""
        self.gap = max(self.gap, level)

    def take(self, lines: list[list[Run]]) -> None:
        """Append finished lines, each as a line of its own."""
        for line in lines:
            if not line:
                self.close(PARAGRAPH)
                continue
            self._open()
            self.lines[-1].extend(line)
            self.close(LINE)


@dataclass(slots=True)
class Cell:
    """A table cell: its lines, and how many columns and rows it claims."""

    lines: list[list[Run]]
    columns: int = 1
    rows: int = 1


def table_lines(rows: list[list[Cell]]) -> list[list[Run]]:
    """One line a row, its cells parted by tabs; a layout row as its cells' own lines.

    A cell that claims several rows is told again in each, so that a row can
    be read by itself.
    """
    found: list[list[Run]] = []
    carried: dict[int, Cell] = {}
    for row in rows:
        full, carried = _with_carried(row, carried)
        lines = _row_lines(full)
        if len(lines) > 1 and found:
            found.append([])
        found.extend(lines)
    return found


def _with_carried(row: list[Cell], carried: dict[int, Cell]) -> tuple[list[Cell], dict[int, Cell]]:
    """The row with the cells from above that reach into it, and those that reach on."""
    full: list[Cell] = []
    reach: dict[int, Cell] = {}
    waiting = list(row)
    while waiting or any(column >= len(full) for column in carried):
        cell = carried.get(len(full)) or (waiting.pop(0) if waiting else Cell([]))
        if cell.rows > 1:
            reach[len(full)] = Cell(cell.lines, cell.columns, cell.rows - 1)
        full.append(cell)
        full.extend(Cell([]) for _ in range(cell.columns - 1))
    return full, reach


def _row_lines(cells: list[Cell]) -> list[list[Run]]:
    contents = [[line for line in cell.lines if line] for cell in cells]
    filled = [lines for lines in contents if lines]
    if len(filled) == 1 or any(len(lines) > _MANY_LINES for lines in filled):
        return _stacked([cell.lines for cell in cells if any(cell.lines)])
    joined: list[Run] = []
    for number, lines in enumerate(contents):
        if number:
            joined.append(Run("\t"))
        for order, line in enumerate(lines):
            joined.extend([Run(" "), *line] if order else line)
    while joined and not joined[-1].text.strip():
        joined.pop()
    return [joined] if joined else []


def _stacked(blocks: list[list[list[Run]]]) -> list[list[Run]]:
    found: list[list[Run]] = []
    for block in blocks:
        if found:
            found.append([])
        found.extend(block)
    return found


def _folded(text: str) -> str:
    """Every stretch of blanks as one blank; a no-break space is a blank too."""
    if not text:
        return ""
    words = " ".join(text.split())
    if not words:
        return " "
    return f"{' ' if text[0].isspace() else ''}{words}{' ' if text[-1].isspace() else ''}"
