"""Colours for a terminal, and nothing where there is none."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

Colour = Literal["bold", "dim", "red", "green", "yellow", "cyan"]
Paint = Callable[[str, Colour], str]

_CODES: dict[Colour, str] = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "cyan": "36",
}


def _ansi(text: str, colour: Colour) -> str:
    return f"\x1b[{_CODES[colour]}m{text}\x1b[0m"


def plain(text: str, colour: Colour) -> str:
    """Leaves ``text`` as it is."""
    del colour
    return text


def painter() -> Paint:
    """ANSI colours if standard output is a terminal and NO_COLOR is unset."""
    wanted = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return _ansi if wanted else plain


def table(rows: Iterable[Sequence[str]]) -> list[str]:
    """Aligned lines; the first column to the left, the others to the right."""
    cells = [list(row) for row in rows]
    if not cells:
        return []
    widths = [max(len(row[n]) for row in cells) for n in range(len(cells[0]))]
    lines = []
    for row in cells:
        rest = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        lines.append("  ".join([row[0].ljust(widths[0]), *rest]).rstrip())
    return lines
