"""The customs site's Danish list: a stamp and a system on one line, then the message.

The text form is itself *the input as decoded*; the notices' spans tile it.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from vindue.grammars.forms import load_list_form
from vindue.grammars.load import load_greetings, load_profile
from vindue.grammars.registry import load_registry
from vindue.nlp.adapters.envelope import Envelope, guarded
from vindue.nlp.adapters.labelled import lines_of
from vindue.nlp.adapters.layout import line_counter, piece_of, trimmed
from vindue.nlp.adapters.moments import Moment, find_moment
from vindue.nlp.adapters.pieces import split_piece
from vindue.nlp.spans import Finding, Notice, Piece, Span
from vindue.nlp.text import find_title, reads_as_title
from vindue.nlp.values import dataclass

FORM: Final = "skat-list"
MAX_HEAD: Final = 160
MAX_UNKNOWN: Final = 4
"""Words of the longest name of a system that is not known; more are a sentence."""
_SENTENCE: Final = frozenset(".:;!?")
_SOME_LINE: Final = re.compile(r"^[^\S\n]*\d{4}-\d{2}-\d{2}\s+\d{1,2}:", re.MULTILINE)
_ISO_START: Final = re.compile(r"\d{4}-\d{2}-\d{2}\s+\d{1,2}:\d{2}(?::\d{2})?(?![\d:])")


@dataclass(frozen=True, slots=True)
class _Head:
    """The line that opens a message."""

    line: Span
    moment: Moment
    systems: Piece | None
    title: Piece | None
    known: bool


def decode(data: str, zone: ZoneInfo) -> tuple[Envelope, ...]:
    """One envelope a message, in the list's order. Never raises."""
    return guarded(FORM, data, lambda: _decode(data, zone))


def recognises(text: str) -> bool:
    """Whether some line of ``text`` opens a message about a system that is known."""
    # most texts have no such stamp at the head of a line, and need no closer look
    if not _SOME_LINE.search(text):
        return False
    return any(head.known for head in _heads(text, ZoneInfo("UTC")))


def _decode(text: str, zone: ZoneInfo) -> tuple[Envelope, ...]:
    heads = _heads(text, zone)
    starts = [0, *(head.line.start for head in heads[1:]), len(text)]
    tiles = [Span(*pair) for pair in pairwise(starts)] if heads else []
    line_of = line_counter(text)
    return tuple(
        _item(text, tile, head, line_of(head.line.start))
        for tile, head in zip(tiles, heads, strict=True)
    )


def _item(text: str, tile: Span, head: _Head, line: int) -> Envelope:
    below = trimmed(text, Span(head.line.end, tile.end))
    title = head.title or _first_line_title(text, below)
    body_start = title.span.end if title and title.span.start >= below.start else below.start
    body = trimmed(text, Span(body_start, below.end))
    moment, systems = head.moment, head.systems
    notice = Notice(
        text=text,
        span=tile,
        body=body,
        line=line,
        title=title,
        tags=split_piece(systems, load_list_form(FORM).separators) if systems else (),
        published_at=moment.at,
        published=moment.span,
        findings=tuple(_findings(text, head, title, body)),
    )
    labels = (("system", systems),) if systems else ()
    return Envelope(FORM, notice, labels=labels)


def _first_line_title(text: str, below: Span) -> Piece | None:
    """The message's first line where it is set off as a title, sentence or not.

    The list's titles often end in a full stop; a blank line below tells them.
    """
    lines = lines_of(text, below)
    if len(lines) < len(("title", "text")):
        return None
    first, second = lines[0], lines[1]
    set_off = text.count("\n", first.end, second.start) > 1
    line = first.of(text).rstrip(".")
    if set_off and reads_as_title(line, load_greetings()):
        return piece_of(text, first)
    return find_title(text, below, load_greetings())


def _findings(text: str, head: _Head, title: Piece | None, body: Span) -> list[Finding]:
    found = []
    if head.moment.at is None:
        span, message = head.moment.span, "the stamp is no time that can be"
        found.append(Finding("stamp.unreadable", "warning", message, span, span.of(text)))
    if not len(body) and title is None:
        found.append(Finding("form.empty", "error", "the message holds no text", head.line))
    return found


def _heads(text: str, zone: ZoneInfo) -> list[_Head]:
    """The lines that open a message; none if no one of them names a known system."""
    found = []
    for line in lines_of(text, Span(0, len(text))):
        stamp = _ISO_START.match(text, line.start, line.end)
        moment = find_moment(text, Span(*stamp.span()), zone, at_start=True) if stamp else None
        if moment is not None:
            head = _head(text, line, moment)
            if head is not None:
                found.append(head)
    return found if any(head.known for head in found) else []


def _head(text: str, line: Span, moment: Moment) -> _Head | None:
    """What stands beside the stamp: the system, and behind a tab the title."""
    rest = trimmed(text, Span(moment.span.end, line.end))
    if len(rest) > MAX_HEAD or (len(rest) and not rest.of(text)[0].isalpha()):
        return None
    first, *more = rest.of(text).split("\t")
    cells = split_piece(Piece(rest.of(text), rest), ("\t",))
    title = max(cells[1:], key=lambda cell: len(cell.text), default=None) if more else None
    known = _known().match(text, rest.start, rest.end)
    if known is None:
        named = bool(cells) and len(first.split()) <= MAX_UNKNOWN and not set(first) & _SENTENCE
        return _Head(line, moment, cells[0], title, known=False) if named else None
    if text[known.end() : rest.end].lstrip()[:1].islower():
        return None
    system = piece_of(text, Span(*known.span()))
    title = title or piece_of(text, Span(known.end(), rest.end))
    return _Head(line, moment, system, title, known=True)


@cache
def _known() -> re.Pattern[str]:
    """One or more known systems, or a head of the form's own, in any case."""
    form, registry = load_list_form(FORM), load_registry()
    names = {*form.heads, *load_profile(FORM).tags}
    for system in (*registry.system, *registry.group):
        names.update(system.names)
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    one = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first)
    between = "|".join(map(re.escape, form.separators))
    # atomic: what is one name and two with a sign between is not read anew both ways
    name = rf"(?>(?:{one})(?-i:(?![a-zæøå])))"
    return re.compile(rf"(?i:{name}(?:\s*+(?:{between})\s*+{name})*+)")
