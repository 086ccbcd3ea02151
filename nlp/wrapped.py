"""Lines that a mail program cut in mid-sentence, put together again.

A line was cut where it had no room for the first word of the next one: the
longest line of its paragraph tells how wide the room was. What stands in
columns, has a label, or ends as a sentence does is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import regex

from vindue.nlp.spans import Line, Span

NARROWEST: Final = 50
"""Columns; no program cuts lines shorter than that."""

WIDE: Final = 60
LEAST_WORDS: Final = 4
LEAST_REST: Final = 2
_ENDS: Final = regex.compile(r"[.:;!?|*=_]$")
_COLUMNS: Final = regex.compile(r"\t|\||\S[ \u00a0]{2,}\S")
_LABEL: Final = regex.compile(r"[^\s:][^:]{0,40}:(?:\s|$)|\p{L}+=")
_WORD: Final = regex.compile(r"(?<![\p{L}\d-])\p{Ll}{2,}(?![\p{L}\d-])")
_FIRST: Final = regex.compile(r"\S+")
_MID_SENTENCE: Final = regex.compile(r"[\p{Ll}\d(]")


def unwrapped(lines: tuple[Line, ...], text: str) -> Iterator[Line]:
    """``lines`` with those that go on with the next made one, numbered anew.

    ``text`` is the input that their spans are places of.
    """
    number = 0
    held: list[Line] = []
    for line in lines:
        if held and not _goes_on(held[-1], line, _width(lines, line.index)):
            yield _joined(held, number, text)
            number, held = number + 1, []
        held.append(line)
    if held:
        yield _joined(held, number, text)


def _joined(held: list[Line], number: int, text: str) -> Line:
    if len(held) == 1:
        return replace(held[0], index=number)
    span = Span(held[0].span.start, held[-1].span.end)
    return replace(held[0], index=number, span=span, text=span.of(text))


def _width(lines: tuple[Line, ...], at: int) -> int:
    """The length of the longest of the two lines that meet here and those beside them."""
    first = at - 1
    while first > max(at - 6, 0) and not lines[first].gap:
        first -= 1
    last = at
    while last + 1 < min(len(lines), at + 6) and not lines[last + 1].gap:
        last += 1
    return max(len(line.text) for line in lines[first : last + 1])


def _goes_on(last: Line, line: Line, width: int) -> bool:
    if line.bullet or line.gap or width < NARROWEST or _ENDS.search(last.text):
        return False
    word = _FIRST.match(line.text)
    if word is None or len(last.text) + 1 + len(word.group()) <= width:
        return False
    if any(_COLUMNS.search(one.text) for one in (last, line)) or _LABEL.match(line.text):
        return False
    if len(_WORD.findall(last.text)) < LEAST_WORDS:
        return False
    if _MID_SENTENCE.match(line.text):
        return True
    rest = len(_WORD.findall(line.text)) >= LEAST_REST or line.text.endswith((".", ","))
    return rest and width >= WIDE and line.text[0].isalpha()
