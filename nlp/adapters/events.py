"""Structured events (calendar, status page) → labelled lines that the inner reader reads.

Times are written in UTC where the source gives an instant, and as they stand
where it gives a local time, so that every instant is the source's own.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from vindue.grammars.forms import EventForm
from vindue.nlp.adapters.envelope import Envelope, Version
from vindue.nlp.adapters.layout import Layout, line_counter, trimmed
from vindue.nlp.adapters.moments import aware
from vindue.nlp.record import Status
from vindue.nlp.spans import Finding, Notice, Piece, Span
from vindue.nlp.values import dataclass, replace

MAX_TITLE: Final = 400

Time = datetime | date
"""An instant if aware, a local time if naive, or a whole day."""


@dataclass(frozen=True, slots=True)
class Update:
    """What was said of an event later on; ``head`` says it in a word."""

    at: datetime | None
    head: str
    text: str


@dataclass(frozen=True, slots=True)
class Event:
    """One event. The end of a whole day is the last day; ``sentences`` say what
    its codes say; ``updates`` are newest first. ``maintenance`` where its form
    leaves no doubt that it is one."""

    title: str
    spans: tuple[tuple[Time | None, Time | None], ...]
    given_id: str | None = None
    text: str = ""
    sentences: tuple[str, ...] = ()
    affected: tuple[str, ...] = ()
    location: str = ""
    updates: tuple[Update, ...] = ()
    published_at: datetime | None = None
    updated_at: datetime | None = None
    state: Status | None = None
    maintenance: bool = False
    findings: tuple[Finding, ...] = ()


def lay_out(
    form_name: str, groups: list[list[Event]], form: EventForm, zone: ZoneInfo
) -> tuple[Envelope, ...]:
    """One envelope a group of tellings of one event, newest first; they share one text."""
    layout = Layout()
    drafts = []
    for tellings in groups:
        start = layout.length
        known = any(event.maintenance for event in tellings)
        newest, *earlier = (
            _telling(layout, replace(event, maintenance=known), form) for event in tellings
        )
        drafts.append((tellings, Span(start, layout.length), newest, earlier))
    text = layout.text
    line_of = line_counter(text)
    found = []
    for tellings, tile, newest, earlier in drafts:
        notice = _notice(text, tile, tellings[0], newest, zone)
        notice = replace(notice, line=line_of(tile.start))
        versions = _versions(text, tellings, earlier, zone)
        found.append(Envelope(form_name, notice, versions, state=tellings[0].state))
    return tuple(found)


def _telling(layout: Layout, event: Event, form: EventForm) -> tuple[Piece, Span]:
    """Write one telling; its title, and the span of what is below."""
    title = layout.line(" ".join(event.title.split())[:MAX_TITLE])
    start = layout.length
    labels = form.labels
    if event.maintenance:
        layout.line(labels.kind)
    for first, last in event.spans:
        _write_times(layout, first, last, form)
    if event.affected:
        layout.line(f"{labels.affected}: {', '.join(event.affected)}")
    if event.location:
        layout.line(f"{labels.location}: {event.location}")
    for sentence in event.sentences:
        layout.line(sentence)
    for update in event.updates:
        layout.add("\n")
        if update.head:
            stamp = f" {_written(update.at)}" if update.at else ""
            layout.add(f"{labels.update}{stamp}: {update.head}{' - ' if update.text else ''}")
        layout.line(_plain(update.text))
    if event.text.strip():
        layout.add("\n")
        layout.line(_plain(event.text))
    layout.add("\n")
    return title, Span(start, layout.length)


def _write_times(layout: Layout, first: Time | None, last: Time | None, form: EventForm) -> None:
    labels = form.labels
    if first is not None and not isinstance(first, datetime):
        days = first.isoformat() if last in (None, first) else f"{first} - {last}"
        layout.line(f"{labels.day}: {days}")
        return
    if first is not None:
        layout.line(f"{labels.start}: {_written(first)}")
    if last is not None:
        layout.line(f"{labels.end}: {_written(last)}")


def _written(at: Time) -> str:
    """Year first, in UTC if it is an instant."""
    if not isinstance(at, datetime):
        return at.isoformat()
    if at.tzinfo is None:
        return f"{at:%Y-%m-%d %H:%M}"
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _plain(text: str) -> str:
    """Lines without blanks at their ends and without wide gaps."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return "\n".join(line for at, line in enumerate(lines) if line or lines[at - 1])


def _notice(
    text: str, tile: Span, event: Event, written: tuple[Piece, Span], zone: ZoneInfo
) -> Notice:
    title, below = written
    return Notice(
        text=text,
        span=tile,
        body=trimmed(text, below),
        line=1,
        title=title if title.text else None,
        published_at=aware(event.published_at, zone) if event.published_at else None,
        updated_at=aware(event.updated_at, zone) if event.updated_at else None,
        given_id=event.given_id,
        findings=event.findings,
    )


def _versions(
    text: str, tellings: list[Event], earlier: list[tuple[Piece, Span]], zone: ZoneInfo
) -> tuple[Version, ...]:
    """The earlier tellings; each was replaced when the next newer one was sent."""
    found = []
    for at, (title, below) in enumerate(earlier, start=1):
        span = trimmed(text, below)
        put_up, replaced = (
            aware(moment, zone) if moment else None
            for moment in (tellings[at].updated_at, tellings[at - 1].updated_at)
        )
        found.append(Version(Piece(span.of(text), span), "version", put_up, replaced, title))
    return tuple(found)
