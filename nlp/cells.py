"""Lines → cells: what stands between tabs or runs of blanks, with its column."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import regex

from vindue.nlp.field_parts import Cell
from vindue.nlp.spans import Line, Span

_GAP: Final = regex.compile(r"[ \u00a0]*(?:\t|\|)[ \u00a0]*|[ \u00a0]{2,}")
_QUOTE: Final = regex.compile(r"(?:>[ \u00a0]?)+")
_WORDS_AND_COLON: Final = regex.compile(r"(?<=[\s,;/|(.–-])\p{L}[\p{L} ./&()-]{0,40}?:(?=\s|\p{L})")
_CAPITAL: Final = regex.compile(r"(?<=\d[^\p{L}]{1,4}|[)\]] |[A-Z]{2,4} )\p{Lu}\p{Ll}+")
_TIMES: Final = regex.compile(r"\d[:.]\d\d")
BOTH_TIMES: Final = 2
_COMMA: Final = regex.compile(r"[,;]\s+")
_MAX_INDENT: Final = 200


def cells_of(line: Line, before: Line | None = None) -> tuple[Cell, ...]:
    """The cells of a line in order; a quotation mark in front is left out.

    ``before`` is the line above: where no blank line lies between, the
    indentation shows in the distance of the two spans.
    """
    return tuple(_cells(line, _indent(line, before)))


def label_places(text: str) -> Iterator[int]:
    """Places inside ``text`` where words before a colon begin, first to last."""
    return (
        match.start() for match in _WORDS_AND_COLON.finditer(text, overlapped=True) if match.start()
    )


def word_places(text: str) -> Iterator[int]:
    """Places where a capitalised word begins behind a clock time, in a cell of two times."""
    if len(_TIMES.findall(text)) >= BOTH_TIMES:
        yield from (match.start() for match in _CAPITAL.finditer(text))


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of ``text`` behind a comma or semicolon, up to the next one."""
    return pairwise((*(match.end() for match in _COMMA.finditer(text)), len(text)))


def part_of(cell: Cell, start: int, end: int) -> Cell:
    """The stretch of a cell between two offsets, without marks and blanks at its end."""
    text = cell.text[start:end].rstrip(" \t\u00a0,;/|")
    span = Span(cell.span.start + start, cell.span.start + start + len(text))
    return Cell(text, span, cell.column, cell.at + start)


def is_quoted(line: Line) -> bool:
    """True for a line that a mail program marked as quoted ("> …")."""
    return line.text.startswith(">")


def _indent(line: Line, before: Line | None) -> int:
    if before is None or line.gap:
        return 0
    apart = line.span.start - before.span.end - 1
    return apart if 0 <= apart <= _MAX_INDENT else 0


def _cells(line: Line, indent: int) -> Iterator[Cell]:
    quote = _QUOTE.match(line.text)
    start = quote.end() if quote else 0
    column, text = 0, line.text
    for gap in _GAP.finditer(text, start):
        if gap.start() > start:
            yield _cell(line, start, gap.start(), column, indent)
        start, column = gap.end(), column + 1
    if start < len(text):
        yield _cell(line, start, len(text), column, indent)


def _cell(line: Line, start: int, end: int, column: int, indent: int) -> Cell:
    span = Span(line.span.start + start, line.span.start + end)
    return Cell(line.text[start:end], span, column, indent + start)
