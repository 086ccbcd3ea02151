"""The adapters: a page or a bare text → notices out of their outer form."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from vindue.grammars.load import load_greetings
from vindue.grammars.schema import Profile
from vindue.nlp.header import Header, Support, find_head, header_support, read_header
from vindue.nlp.outer import Outer
from vindue.nlp.page import Tile, is_page, split_page
from vindue.nlp.spans import Finding, Notice, Span
from vindue.nlp.text import find_title, reads_as_title
from vindue.nlp.values import replace

_NEWLINE: Final = re.compile(r"\r\n|\r|\n")


def page_notices(text: str, profile: Profile, zone: ZoneInfo) -> tuple[Notice, ...]:
    """All notices of a page, in page order; their spans tile the text.

    A blank page has none. Nothing is dropped: a tile whose header can't be
    told from its body is a notice with an ``error`` finding.
    """
    outer = Outer(text, profile, zone)
    starts = [0, *(match.end() for match in _NEWLINE.finditer(text))]
    found = []
    for number, tile in enumerate(split_page(outer)):
        head, notice = _of_tile(outer, tile, first=number == 0)
        found.append(replace(notice, line=bisect_right(starts, head)))
    return tuple(found)


def text_notice(
    text: str,
    profile: Profile,
    zone: ZoneInfo,
    published_at: datetime | None = None,
    given_id: str | None = None,
) -> Notice:
    """The whole of ``text`` as one notice.

    A text in the profile's outer form has its header and stamps read; in any
    other the first line is the title if it reads as one. ``published_at``
    (aware) counts where the text bears no stamp of its own.
    """
    whole = Span(0, len(text))
    if is_page(text, profile):
        notice = _whole_page(Outer(text, profile, zone), whole)
    else:
        title = find_title(text, whole, load_greetings())
        body = Span(title.span.end if title else 0, len(text))
        notice = Notice(text=text, span=whole, body=body, line=1, title=title)
    if not text.strip():
        empty = Finding("text.empty", "error", "the notice holds no text", whole)
        notice = replace(notice, findings=(*notice.findings, empty))
    return replace(notice, published_at=notice.published_at or published_at, given_id=given_id)


def _whole_page(outer: Outer, whole: Span) -> Notice:
    """The text as one tile, closed by its last stamp."""
    tiles = split_page(outer)
    tile = replace(tiles[-1], span=whole)
    _, notice = _of_tile(outer, tile, first=True)
    if len(tiles) == 1:
        return notice
    message = f"read as one notice, though it has the form of {len(tiles)}"
    many = Finding("text.many", "warning", message, whole)
    return replace(notice, findings=(*notice.findings, many))


def _of_tile(outer: Outer, tile: Tile, *, first: bool) -> tuple[int, Notice]:
    """The offset of the header, and the notice."""
    stamp = tile.published
    region = Span(tile.span.start, stamp.span.start if stamp else tile.span.end)
    header = _header(outer, region, first=first)
    updated = header.updated
    notice = Notice(
        text=outer.text,
        span=tile.span,
        body=Span(header.span.end, region.end),
        line=1,
        title=header.title,
        tags=header.tags,
        published_at=stamp.at if stamp else None,
        published=stamp.span if stamp else None,
        updated_at=updated.at if updated else None,
        updated=updated.span if updated else None,
        findings=(*header.findings, *(stamp.findings if stamp else ()), *tile.findings),
    )
    return header.span.start, notice


def _header(outer: Outer, region: Span, *, first: bool) -> Header:
    """The header at the head of ``region``; in the first tile a preamble may precede it."""
    span = find_head(outer, region, first=first)
    if span is None:
        message = "the notice has neither header nor body"
        finding = Finding("header.missing", "error", message, region)
        return Header(Span(region.start, region.start), None, findings=(finding,))
    if header_support(outer, span) is Support.NONE:
        return _no_header(outer, span)
    return read_header(outer, span)


def _no_header(outer: Outer, span: Span) -> Header:
    """A first line without stamp, tags or opening: a title if it reads as one."""
    header = read_header(outer, span)
    message = "nothing here has the form of a header"
    finding = Finding("header.missing", "error", message, span)
    if header.title and reads_as_title(header.title.text, load_greetings()):
        return replace(header, findings=(*header.findings, finding))
    return Header(Span(span.start, span.start), None, findings=(finding,))
