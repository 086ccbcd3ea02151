"""Lines that a mail program cut in mid-sentence, put together again.

A line was cut where it had no room for the first word of the next one: the
longest line of its paragraph tells how wide the room was. A long line that
ends in a small word was cut by hand. What stands in columns, has a label, or
ends as a sentence does is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from vindue.nlp.spans import Line, Span
from vindue.nlp.values import replace

LONGEST: Final = 2_000
"""Code points that are read as one line: how long some stages take grows faster than its length."""

NARROWEST: Final = 50
"""Columns; no program cuts lines shorter than that."""

WIDE: Final = 60
BROKEN: Final = 45
LEAST_WORDS: Final = 4
LEAST_REST: Final = 2
_ENDS: Final = regex.compile(r"[.:;!?|*=_]$")
_COLUMNS: Final = regex.compile(r"\t|\||\S[ \u00a0]{2,}\S")
_LABEL: Final = regex.compile(r"[^\s:][^:]{0,40}:(?:\s|$)|\p{L}+=")
_WORD: Final = regex.compile(r"(?<![\p{L}\d-])\p{Ll}{2,}(?![\p{L}\d-])")
_FIRST: Final = regex.compile(r"\S+")
# a sentence never ends in these: a small word, an abbreviation of three letters ("kl.")
_OPEN: Final = regex.compile(r",$|(?<![\p{L}\d-])\p{Ll}+$|(?<!\p{L})\p{Ll}{1,3}\.$")
_SHORTENED: Final = regex.compile(r"(?<!\p{L})\p{Ll}{1,3}\.$")
# "to Thursday 24 / September 2026": a name before a number goes on with a number
_MONTH_LIKE: Final = regex.compile(r"\p{Lu}\p{L}+\.?,? \d")
_MID_SENTENCE: Final = regex.compile(r"[\p{Ll}\d(]")


def unwrapped(lines: tuple[Line, ...], text: str) -> Iterator[Line]:
    """``lines`` with those that go on with the next made one, numbered anew.

    ``text`` is the input that their spans are places of.
    """
    number = 0
    held: list[Line] = []
    for line in lines:
        if held and not _goes_on(held, line, _width(lines, line.index), text):
            yield _joined(held, number, text)
            number, held = number + 1, []
        held.append(line)
    if held:
        yield _joined(held, number, text)


def _joined(held: list[Line], number: int, text: str) -> Line:
    if len(held) == 1:
        return held[0] if held[0].index == number else replace(held[0], index=number)
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


def _goes_on(held: list[Line], line: Line, width: int, text: str) -> bool:
    """Whether ``line`` goes on with the sentence of the lines ``held``."""
    if line.span.end - held[0].span.start > LONGEST:
        return False
    last, line = held[-1].text, _unquoted(held[-1], line)
    sentence = text[held[0].span.start : held[-1].span.end]
    if line.bullet or line.gap or width < NARROWEST or _stands_alone(last, line.text):
        return False
    if len(sentence) < BROKEN or len(_WORD.findall(sentence)) < LEAST_WORDS:
        return False
    word = _FIRST.match(line.text)
    full = word is not None and len(last) + 1 + len(word.group()) > width
    return _runs_on(last, line.text, full, full and width >= WIDE)


def _runs_on(last: str, text: str, full: bool, wide: bool) -> bool:
    """Whether words go on where ``last`` ended; ``full``: its line had no room for another."""
    is_open = _OPEN.search(last) is not None
    if _MID_SENTENCE.match(text):
        return full or is_open or text[0].islower()
    if full and last[-1].isdigit() and _MONTH_LIKE.match(text):
        return True
    rest = len(_WORD.findall(text)) >= LEAST_REST or text.endswith((".", ","))
    return wide and is_open and rest


def _unquoted(last: Line, line: Line) -> Line:
    """``line`` without the marks of a quotation, where the line before has them too."""
    if not (line.text.startswith(">") and last.text.startswith(">")):
        return line
    return replace(line, text=line.text.lstrip("> ") or ">")


def _stands_alone(last: str, text: str) -> bool:
    """True where a sentence, a label or a column parts the two lines."""
    if _LABEL.match(text) or _COLUMNS.search(last) or _COLUMNS.search(text):
        return True
    return bool(_ENDS.search(last)) and not (_SHORTENED.search(last) and text[0].isdigit())
