"""Tags at the head of a header, the last one glued to the title."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from vindue.nlp.outer import Outer
from vindue.nlp.spans import Finding, Piece, Span
from vindue.nlp.trimming import trimmed_piece

MAX_UNKNOWN: Final = 40
"""Code points of the longest stretch that is taken for a tag outside the registry."""

_COMMA: Final = re.compile(r"\s*,\s*")
_UNKNOWN: Final = re.compile(rf"[^\W\d][^,\r\n:;!?]{{1,{MAX_UNKNOWN}}}?(?=\s*,)")
_BREAK: Final = re.compile(r"\s*[\r\n]\s*|[\t ]{2,}|\t")


def read_tags(
    outer: Outer, span: Span
) -> tuple[tuple[Piece, ...], Piece | None, tuple[Finding, ...]]:
    """Split ``span`` into tags and title; the title is null where nothing is left."""
    tags, at, unknown = _tag_list(outer, span)
    title = trimmed_piece(outer.text, Span(at, span.end))
    findings = tuple(
        Finding("tag.unknown", "info", "not in the profile's registry", piece.span, piece.text)
        for piece in unknown
    )
    return tags, title, findings


def has_tag_list(outer: Outer, span: Span) -> bool:
    """Whether ``span`` begins with several tags, or with one glued to its title."""
    tags, at, _ = _tag_list(outer, span)
    if len(tags) == 1:
        return at == tags[0].span.end and at < span.end and not outer.text[at].isspace()
    return len(tags) > 1


def has_opening(outer: Outer, span: Span) -> bool:
    """Whether ``span`` begins as titles of this source do."""
    return _opening(outer.profile.openings).match(outer.text, span.start, span.end) is not None


def _tag_list(outer: Outer, span: Span) -> tuple[tuple[Piece, ...], int, list[Piece]]:
    """The tags, where the title begins, and those tags that the registry lacks."""
    tags: list[Piece] = []
    unknown: list[Piece] = []
    at = span.start
    while at < span.end:
        rest = Span(at, span.end)
        piece = _known_tag(outer, rest)
        if piece is None:
            piece = _unknown_tag(outer, rest, first=not tags)
            if piece is None:
                break
            unknown.append(piece)
        comma = _COMMA.match(outer.text, piece.span.end, span.end)
        if comma is not None:
            tags.append(piece)
            at = comma.end()
        elif _ends_list(outer, piece, span.end, listed=bool(tags)):
            return (*tags, piece), piece.span.end, unknown
        elif tags and has_opening(outer, rest):
            break
        else:
            # a list that runs on as a sentence ("A, B and C …") is a title, not tags
            return (), span.start, []
    return tuple(tags), at, unknown


def _ends_list(outer: Outer, piece: Piece, end: int, *, listed: bool) -> bool:
    """Whether the tag is the last one and the title follows."""
    at = piece.span.end
    if at >= end or _BREAK.match(outer.text, at, end) or has_opening(outer, Span(at, end)):
        return True
    after = outer.text[at]
    if after.isspace():
        following = outer.text[at:end].lstrip()
        return listed and following[:1].isalnum() and not following[:1].islower()
    if piece.text.isupper() and piece.text not in outer.profile.tags:
        return False
    return after.isupper() or after.isdigit()


def _known_tag(outer: Outer, span: Span) -> Piece | None:
    match = _known(outer.profile.tags).match(outer.text, span.start, span.end)
    return Piece(match.group(), Span(match.start(), match.end())) if match else None


def _unknown_tag(outer: Outer, span: Span, *, first: bool) -> Piece | None:
    """A tag outside the registry: among known ones, or glued to how titles open."""
    match = _UNKNOWN.match(outer.text, span.start, span.end)
    if match is not None:
        comma = _COMMA.match(outer.text, match.end(), span.end)
        if comma is not None and _known_tag(outer, Span(comma.end(), span.end)):
            return Piece(match.group(), Span(match.start(), match.end()))
    glued = _before_opening(outer.profile.openings).match(outer.text, span.start, span.end)
    if glued is None or (first and " " in glued.group()):
        return None
    last = glued.group()[-1]
    if not (last.islower() or last == ")"):
        return None
    return Piece(glued.group(), Span(glued.start(), glued.end()))


@cache
def _known(tags: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(tags, key=len, reverse=True)
    forms = (r"\s+".join(map(re.escape, tag.split())) for tag in longest_first)
    return re.compile("|".join(forms) or "(?!)", re.IGNORECASE)


@cache
def _opening(openings: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, openings)) or "(?!)", re.IGNORECASE)


@cache
def _before_opening(openings: tuple[str, ...]) -> re.Pattern[str]:
    forms = "|".join(map(re.escape, openings)) or "(?!)"
    return re.compile(rf"[^\W\d][^,\r\n:;!?]{{1,{MAX_UNKNOWN}}}?(?={forms})")
