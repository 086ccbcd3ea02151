"""The customs site's page of a single message, with its revision history.

Labelled values stand above the text. Below it stand the earlier versions of
the text: the newest is the notice, the others are history. The text form is
itself *the input as decoded*.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from vindue.grammars.forms import MessageForm, load_message_form
from vindue.nlp.adapters.envelope import Envelope, Version, guarded
from vindue.nlp.adapters.labelled import Block, Labels, find_blocks, lines_of
from vindue.nlp.adapters.layout import line_counter, piece_of, trimmed
from vindue.nlp.adapters.moments import Moment, find_moment
from vindue.nlp.adapters.pieces import split_piece
from vindue.nlp.record import Status
from vindue.nlp.spans import Finding, Notice, Piece, Span
from vindue.nlp.values import dataclass

FORM: Final = "skat-message"
MAX_TITLE: Final = 200
MAX_VERSIONS: Final = 200
_BETWEEN: Final = " \t\u00a0:.-"


@dataclass(frozen=True, slots=True)
class _Source:
    """What all messages of one input share; ``title`` is what an outer form knows of."""

    text: str
    form: MessageForm
    zone: ZoneInfo
    title: str | None


@dataclass(frozen=True, slots=True)
class _Closing:
    """A line that is the stamp of a version."""

    line: Span
    moment: Moment
    published: bool


@dataclass(frozen=True, slots=True)
class _Texts:
    """The newest text, and the earlier ones with when each was put up."""

    newest: Span
    earlier: tuple[tuple[Span, datetime | None], ...]
    closings: tuple[_Closing, ...]


def decode(data: str, zone: ZoneInfo, title: str | None = None) -> tuple[Envelope, ...]:
    """One envelope a message; ``title`` is what an outer form knows of. Never raises."""
    return guarded(FORM, data, lambda: _decode(data, zone, title))


def recognises(text: str) -> bool:
    """Whether ``text`` has the block of labelled values."""
    form = load_message_form(FORM)
    # most texts have no such line, and need no closer look
    return bool(_some_line(form.labels.updated).search(text)) and bool(_blocks(text, form))


@cache
def _some_line(words: tuple[str, ...]) -> re.Pattern[str]:
    """A line that opens with one of the words."""
    forms = "|".join(map(re.escape, words))
    return re.compile(rf"^[^\S\n]*(?:{forms})(?!\w)", re.IGNORECASE | re.MULTILINE)


def _decode(text: str, zone: ZoneInfo, title: str | None) -> tuple[Envelope, ...]:
    source = _Source(text, load_message_form(FORM), zone, title)
    blocks = _blocks(text, source.form)
    titles = [_title_above(source, block.span.start) for block in blocks]
    heads = [
        (piece.span if piece else block.span).start
        for block, piece in zip(blocks, titles, strict=True)
    ]
    tiles = [Span(*pair) for pair in pairwise((0, *heads[1:], len(text)))] if blocks else []
    line_of = line_counter(text)
    return tuple(
        _message(source, tile, (block, piece), line_of(head))
        for tile, block, piece, head in zip(tiles, blocks, titles, heads, strict=True)
    )


def _blocks(text: str, form: MessageForm) -> list[Block]:
    labels: Labels = tuple(form.labels.model_dump().items())
    return find_blocks(text, labels, first="updated", last="message")


def _message(source: _Source, tile: Span, head: tuple[Block, Piece | None], line: int) -> Envelope:
    text, form = source.text, source.form
    block, title = head
    updated = block.value("updated")
    moment = find_moment(text, updated.span, source.zone) if updated else None
    at = moment.at if moment else None
    texts = _texts(source, Span(block.span.end, tile.end), at)
    system = block.value("system")
    published = _published(texts.closings)
    notice = Notice(
        text=text,
        span=tile,
        body=texts.newest,
        line=line,
        title=title,
        tags=split_piece(system, form.separators) if system else (),
        published_at=published.moment.at if published else None,
        published=published.moment.span if published else None,
        updated_at=at,
        updated=moment.span if moment else None,
        findings=tuple(_findings(texts, updated, at)),
    )
    status = block.value("status")
    return Envelope(FORM, notice, _history(text, texts, at), block.values, _state(status, form))


def _texts(source: _Source, region: Span, updated: datetime | None) -> _Texts:
    """Part the region at its stamps."""
    text = source.text
    closings = tuple(_closings(source, region))[:MAX_VERSIONS]
    edges = [region.start, *(closing.line.end for closing in closings)]
    ends = [*(closing.line.start for closing in closings), region.end]
    parts = [trimmed(text, Span(*pair)) for pair in zip(edges, ends, strict=True)]
    stamps = [closing.moment.at for closing in closings]
    if _closed_by_stamps(parts, stamps, updated):
        earlier = zip(parts[1:-1], stamps[1:], strict=True)
    else:
        earlier = zip(parts[1:], stamps, strict=True)
    return _Texts(parts[0], tuple(pair for pair in earlier if len(pair[0])), closings)


def _closed_by_stamps(
    parts: list[Span], stamps: list[datetime | None], updated: datetime | None
) -> bool:
    """Whether each stamp closes the text above it; else it heads the one below.

    Pages do both. A page that ends in a stamp closes its texts, and so does
    one whose first stamp is the time of the last update.
    """
    if not stamps or not len(parts[-1]):
        return bool(stamps)
    first = stamps[0]
    return first is not None and first.replace(second=0) == updated


def _closings(source: _Source, region: Span) -> list[_Closing]:
    """The stamps of versions, each on a line of its own."""
    found = (_closing(source, line) for line in lines_of(source.text, region))
    return [closing for closing in found if closing is not None]


def _closing(source: _Source, line: Span) -> _Closing | None:
    """The stamp that ``line`` is: one of the form's words, a time and nothing else."""
    text, form = source.text, source.form
    folded = line.of(text).casefold()
    for words, published in ((form.published, True), (form.updated, False)):
        word = max((w for w in words if folded.startswith(w.casefold())), key=len, default=None)
        if word is None:
            continue
        rest = Span(line.start + len(word), line.end)
        moment = find_moment(text, rest, source.zone)
        if moment is None:
            continue
        outside = text[rest.start : moment.span.start] + text[moment.span.end : rest.end]
        if not outside.strip(_BETWEEN):
            return _Closing(line, moment, published)
    return None


def _published(closings: tuple[_Closing, ...]) -> _Closing | None:
    """The earliest stamp of publication, else the earliest of all."""
    told = [closing for closing in closings if closing.moment.at]
    named = [closing for closing in told if closing.published] or told
    return min(named, key=lambda closing: closing.moment.at or datetime.max, default=None)


def _history(text: str, texts: _Texts, updated: datetime | None) -> tuple[Version, ...]:
    """The earlier texts; each was replaced when the one above it was put up."""
    replaced = [updated, *(at for _, at in texts.earlier)]
    return tuple(
        Version(Piece(span.of(text), span), "version", at, newer)
        for (span, at), newer in zip(texts.earlier, replaced, strict=False)
    )


def _findings(texts: _Texts, updated: Piece | None, at: datetime | None) -> list[Finding]:
    found = []
    if updated is not None and at is None:
        message = "the stamp of the last update is no time that can be"
        found.append(Finding("stamp.unreadable", "warning", message, updated.span, updated.text))
    if not len(texts.newest):
        found.append(Finding("form.empty", "error", "the message holds no text", texts.newest))
    return found


def _title_above(source: _Source, start: int) -> Piece | None:
    """The title that an outer form knows, or the line directly above the block.

    A line that goes on from the one above it is the end of another text.
    """
    text, known = source.text, source.title
    if known and (at := text.rfind(known, 0, start)) >= 0:
        return Piece(known, Span(at, at + len(known)))
    lines = lines_of(text, Span(max(0, start - 2 * MAX_TITLE), start))
    if not lines or len(lines[-1]) > MAX_TITLE or _closing(source, lines[-1]):
        return None
    goes_on = len(lines) > 1 and text.count("\n", lines[-2].end, lines[-1].start) < len("\n\n")
    return None if goes_on else piece_of(text, lines[-1])


def _state(status: Piece | None, form: MessageForm) -> Status | None:
    if status is None:
        return None
    said = status.text.casefold()
    return next((state for state, words in form.state.items() if said in words), None)
