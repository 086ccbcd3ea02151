"""Body → lines: trimmed, bullets told apart, blank lines remembered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from vindue.nlp.spans import Line, Notice, Span
from vindue.nlp.trimming import INVISIBLE
from vindue.nlp.wrapped import unwrapped

TITLE_INDEX: Final = -1
_LINE: Final = regex.compile(r"[^\r\n\u2028\u2029\u0085\v\f]+")
_BREAK: Final = regex.compile(r"\r\n|[\n\r\u2028\u2029\u0085\v\f]")
_LEAD: Final = regex.compile(
    rf"[\s{INVISIBLE}]*(?P<bullet>(?:[•·∙‣▪▫■●○◦*➢►–—-]|o(?=\s)|\uf0b7)[\s{INVISIBLE}]*)?"
)
_TAIL: Final = regex.compile(rf"[\s{INVISIBLE}]+$")


def split_lines(notice: Notice) -> tuple[Line, ...]:
    """The lines of a notice's body that hold any word, in order.

    What a mail program cut in mid-sentence is one line.
    """
    return tuple(unwrapped(tuple(_lines(notice.text, notice.body)), notice.text))


def title_line(notice: Notice) -> Line | None:
    """The title as a line, with ``TITLE_INDEX``."""
    if notice.title is None:
        return None
    return Line(TITLE_INDEX, notice.title.span, notice.title.text)


def _lines(text: str, body: Span) -> Iterator[Line]:
    index, last_end = 0, body.start
    for match in _LINE.finditer(text, body.start, body.end):
        raw = match.group()
        lead = _LEAD.match(raw)
        start = match.start() + (lead.end() if lead else 0)
        tail = _TAIL.search(raw)
        end = match.start() + (tail.start() if tail else len(raw))
        if start >= end:
            continue
        breaks = len(_BREAK.findall(text, last_end, match.start()))
        bullet = bool(lead and lead["bullet"])
        yield Line(index, Span(start, end), text[start:end], bullet, gap=breaks > 1)
        index, last_end = index + 1, match.end()
