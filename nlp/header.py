"""Header line → tags, title and the stamp of the last update.

The three stand with nothing between them, so the stamp is anchored at the
end and the tags are taken from the profile's registry, longest first.
"""

from __future__ import annotations

import re
from enum import IntEnum
from itertools import islice, pairwise
from typing import Final

from vindue.nlp.outer import Outer
from vindue.nlp.spans import Finding, Piece, Span
from vindue.nlp.stamps import Stamp, compiled, compiled_at_end, read_stamp
from vindue.nlp.tags import has_opening, has_tag_list, read_tags
from vindue.nlp.trimming import trim
from vindue.nlp.values import dataclass

MAX_LINES: Final = 4
"""A header broken over more lines than this is not looked for."""

_LINE: Final = re.compile(r"[^\r\n]+")


class Support(IntEnum):
    """What tells that a header stands somewhere, weakest first."""

    NONE = 0
    OPENING = 1
    TAGS = 2
    STAMP = 3


@dataclass(frozen=True, slots=True)
class Header:
    """The header of one notice; ``span`` covers all its lines."""

    span: Span
    title: Piece | None
    tags: tuple[Piece, ...] = ()
    updated: Stamp | None = None
    findings: tuple[Finding, ...] = ()


def find_head(outer: Outer, region: Span, *, first: bool) -> Span | None:
    """The header's lines in a tile, or null if the tile is blank.

    In the ``first`` tile of a page its introduction may stand above.
    """
    if not first:
        return find_header(outer, region)
    return find_header(outer, _below_preamble(outer, region))


def find_header(outer: Outer, region: Span) -> Span | None:
    """The lines of the header at the head of ``region``, or null if it is blank.

    One line, unless the stamp stands at the end of one of the lines directly
    below: glued to its text, or alone.
    """
    lines = _header_lines(outer, region)
    if not lines:
        return None
    start = lines[0].start
    stamps = [(line, find_updated(outer, Span(start, line.end))) for line in lines]
    for readable in (True, False):
        for line, stamp in stamps:
            if stamp is None or (readable and stamp.at is None):
                continue
            if line == lines[0] or _stands_as_header_end(outer.text, lines, stamp):
                return Span(start, line.end)
    return _without_stamp(outer, _lines(outer.text, region, 2))


def read_header(outer: Outer, span: Span) -> Header:
    """Split the header that covers ``span``.

    A stamp that is missing or misspelt still leaves a title, with a finding.
    """
    stamp = find_updated(outer, span)
    head = Span(span.start, stamp.span.start if stamp else span.end)
    tags, title, findings = read_tags(outer, head)
    if stamp is not None:
        findings += stamp.findings
    else:
        message = "the header bears no stamp of its last update"
        findings += (Finding("stamp.missing", "warning", message, head),)
    if title is None:
        message = "the header has no title"
        findings += (Finding("title.missing", "warning", message, head),)
    return Header(span, title, tags, stamp, findings)


def find_updated(outer: Outer, span: Span) -> Stamp | None:
    """The stamp that ends ``span``, by the first of the profile's shapes that fits."""
    for shape in outer.profile.updated:
        match = compiled_at_end(shape.pattern).search(outer.text, span.start, span.end)
        if match is not None:
            return read_stamp(match, shape, outer.zone)
    return None


def header_support(outer: Outer, region: Span) -> Support:
    """How plainly ``region`` begins with a header."""
    span = find_header(outer, region)
    if span is None:
        return Support.NONE
    if find_updated(outer, span) is not None:
        return Support.STAMP
    if has_tag_list(outer, span):
        return Support.TAGS
    return Support.OPENING if has_opening(outer, span) else Support.NONE


def _lines(text: str, region: Span, limit: int) -> list[Span]:
    """The first non-blank lines, trimmed."""
    lines = (trim(text, Span(*m.span())) for m in _LINE.finditer(text, region.start, region.end))
    return list(islice((line for line in lines if len(line)), limit))


def _header_lines(outer: Outer, region: Span) -> list[Span]:
    """The first line and those that may belong to the same header: directly below,
    or below bare tags."""
    lines = _lines(outer.text, region, MAX_LINES)
    for number, (above, line) in enumerate(pairwise(lines), start=1):
        between = outer.text[above.end : line.start].replace("\r\n", "\n")
        if between.count("\n") + between.count("\r") == 1:
            continue
        tags, title, _ = read_tags(outer, Span(lines[0].start, line.start))
        if not tags or title is not None:
            return lines[:number]
    return lines


def _stands_as_header_end(text: str, lines: list[Span], stamp: Stamp) -> bool:
    """Glued to its text or at a line's start: a sentence that ends in a time has a blank first."""
    starts_line = any(line.start == stamp.span.start for line in lines)
    return starts_line or not text[stamp.span.start - 1].isspace()


def _without_stamp(outer: Outer, lines: list[Span]) -> Span:
    """The first line; bare tags take the line below as their title."""
    first = lines[0]
    tags, title, _ = read_tags(outer, first)
    if tags and title is None and len(lines) > 1:
        return Span(first.start, lines[1].end)
    return first


def _below_preamble(outer: Outer, region: Span) -> Span:
    """``region`` from its first header on, what stands above left out."""
    for shape in outer.profile.preamble:
        match = compiled(shape.pattern).search(outer.text, region.start, region.end)
        if match is not None:
            return Span(match.end(), region.end)
    lines = _lines(outer.text, region, MAX_LINES * 4)
    for number, line in enumerate(lines):
        stamp = find_updated(outer, line)
        stamped = stamp is not None and _stands_as_header_end(outer.text, [line], stamp)
        if stamped or has_tag_list(outer, line):
            return Span(_first_of_block(outer, lines[: number + 1]), region.end)
    return region


def _first_of_block(outer: Outer, lines: list[Span]) -> int:
    """Where a header that is broken over several lines begins, seen from its last line."""
    start = lines[-1].start
    for line in reversed(lines[-MAX_LINES:]):
        if has_tag_list(outer, line) or line.of(outer.text).endswith(","):
            start = line.start
    return start
