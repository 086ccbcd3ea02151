"""Body → lines: trimmed, bullets told apart, blank lines remembered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from vindue.nlp.spans import Line, Notice, Span
from vindue.nlp.trimming import INVISIBLE
from vindue.nlp.wrapped import LONGEST, unwrapped

TITLE_INDEX: Final = -1
_LINE: Final = regex.compile(r"[^\r\n\u2028\u2029\u0085\v\f]+")
_BREAK: Final = regex.compile(r"\r\n|[\n\r\u2028\u2029\u0085\v\f]")
_LEAD: Final = regex.compile(
    rf"[\s{INVISIBLE}]*(?P<bullet>(?:[•·∙‣▪▫■●○◦*➢►–—-]|o(?=\s)|\uf0b7)[\s{INVISIBLE}]*)?"
)
_BLANK: Final = (
    "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    f"\u200a\u2028\u2029\u202f\u205f\u3000{INVISIBLE}"
)
# Where a line that is too long is cut, best first.
_CUTS: Final = (
    regex.compile(r"(?:\p{L}|[:.]\d\d|\d{4})[.!?]\s+(?=\p{Lu})"),
    regex.compile(r"\p{L}\s+(?=\p{L})"),
    regex.compile(r"\s+"),
)


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
        for first, last in _pieces(text, match.start(), match.end()):
            raw = text[first:last]
            lead = _LEAD.match(raw) if raw[0] == "o" or not raw[0].isalnum() else None
            start = first + (lead.end() if lead else 0)
            end = first + len(raw.rstrip(_BLANK))
            if start >= end:
                continue
            # what parts two lines is nothing but breaks: of one sign only one
            apart = first - last_end > 1 and len(_BREAK.findall(text, last_end, first)) > 1
            bullet = bool(lead and lead["bullet"])
            yield Line(index, Span(start, end), text[start:end], bullet, gap=apart)
            index, last_end = index + 1, last


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A line in pieces of at most ``LONGEST``, cut behind a sentence or else between words."""
    while end - start > LONGEST:
        window = start + LONGEST // 2, start + LONGEST
        cuts = (tuple(cut.finditer(text, *window)) for cut in _CUTS)
        cut = next((found[-1].end() for found in cuts if found), window[1])
        yield start, cut
        start = cut
    yield start, end
