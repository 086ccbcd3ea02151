"""Page → tiles: one a notice, and every code point of the page in exactly one.

A notice ends with the stamp of its publication; the next header follows on
the next line or at once.
"""

from __future__ import annotations

import re
from typing import Final

from vindue.grammars.schema import Profile, Shape
from vindue.nlp.header import Support, header_support
from vindue.nlp.outer import Outer
from vindue.nlp.spans import Finding, Span
from vindue.nlp.stamps import Stamp, compiled, read_stamp
from vindue.nlp.values import dataclass, replace

_REST_OF_LINE: Final = re.compile(r"[^\S\r\n]*(?:\r\n|\r|\n|\Z)")
_BLANK_TO_END: Final = re.compile(r"\s*\Z")


@dataclass(frozen=True, slots=True)
class Tile:
    """The stretch of a page that belongs to one notice, with the stamp that closes it."""

    span: Span
    published: Stamp | None = None
    findings: tuple[Finding, ...] = ()


def is_page(text: str, profile: Profile) -> bool:
    """Whether ``text`` has what makes it a page of this source."""
    return any(compiled(shape.pattern).search(text) for shape in profile.recognise)


def split_page(outer: Outer) -> tuple[Tile, ...]:
    """The tiles in page order; none for a blank text.

    What stands before the first header belongs to the first tile, blank space
    after the last stamp to the last one. Text after the last stamp is a notice
    of its own that lacks its end (``page.truncated``).
    """
    text = outer.text
    tiles: list[Tile] = []
    start = 0
    for end, stamp in _boundaries(outer):
        tiles.append(Tile(Span(start, end), stamp))
        start = end
    if start == len(text):
        return tuple(tiles)
    rest = Span(start, len(text))
    if any(sign.isalnum() for sign in rest.of(text)):
        tiles.append(Tile(rest, None, (_truncated(rest),)))
    elif tiles:
        tiles[-1] = replace(tiles[-1], span=Span(tiles[-1].span.start, len(text)))
    return tuple(tiles)


def _truncated(rest: Span) -> Finding:
    message = "the text ends before the stamp of publication that closes a notice"
    return Finding("page.truncated", "error", message, rest)


def _boundaries(outer: Outer) -> list[tuple[int, Stamp]]:
    """Where tiles end, each with its stamp."""
    candidates = _candidates(outer)
    found: list[tuple[int, Stamp]] = []
    for number, (match, shape) in enumerate(candidates):
        last = number + 1 == len(candidates)
        limit = len(outer.text) if last else candidates[number + 1][0].start()
        if _ends_notice(outer, match, shape, limit):
            rest = _REST_OF_LINE.match(outer.text, match.end())
            end = rest.end() if rest else match.end()
            found.append((end, read_stamp(match, shape, outer.zone)))
    return found


def _candidates(outer: Outer) -> list[tuple[re.Match[str], Shape]]:
    """Everything that has the form of the stamp, in text order; the first shape wins."""
    taken: dict[int, tuple[re.Match[str], Shape]] = {}
    for shape in outer.profile.published:
        for match in compiled(shape.pattern).finditer(outer.text):
            taken.setdefault(match.start(), (match, shape))
    return [taken[start] for start in sorted(taken)]


def _ends_notice(outer: Outer, match: re.Match[str], shape: Shape, limit: int) -> bool:
    """Whether a stamp closes a notice: alone on its line, or before a plain header.

    A weak shape (an update line may look the same) needs a header after it
    that has tags or a stamp, or the end of the text; a stamp within a line
    needs a header with its stamp.
    """
    begins = _begins_line(outer.text, match.start())
    ends = _REST_OF_LINE.match(outer.text, match.end()) is not None
    after = Span(match.end(), limit)
    if begins and ends and (not shape.weak or _BLANK_TO_END.match(outer.text, match.end())):
        return True
    support = header_support(outer, after)
    if not begins:
        return support is Support.STAMP and not shape.weak
    return support >= (Support.TAGS if shape.weak else Support.OPENING)


def _begins_line(text: str, start: int) -> bool:
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    return not text[line:start].strip()
