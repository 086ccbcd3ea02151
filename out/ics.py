"""Records → one iCalendar feed (RFC 5545): an event for each window.

An event keeps its UID through every later edit of the notice, and its
SEQUENCE is the number of revisions, so a feed that is read again updates what
a calendar holds. An end that nobody announced is not invented: such an event
has a start only. A time in the doubled hour of autumn is written in UTC, since
a local time there can't tell which of the two hours it means.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from icalendar import Calendar, Event

from vindue.grammars.rendering import RenderLanguage
from vindue.nlp.record import ImpactLevel, Record, Status, Window
from vindue.out.dates import is_ambiguous, moment_of
from vindue.out.render import gravest, headline, render
from vindue.out.zones import timezone_component

_STATUS: Final[dict[Status, str]] = {
    "scheduled": "CONFIRMED",
    "completed": "CONFIRMED",
    "cancelled": "CANCELLED",
    "postponed": "TENTATIVE",
    "duplicate": "CANCELLED",
}
_MAINTNOTE_STATUS: Final[dict[Status, str]] = {
    "scheduled": "CONFIRMED",
    "completed": "COMPLETED",
    "cancelled": "CANCELLED",
    "postponed": "RE-SCHEDULED",
    "duplicate": "CANCELLED",
}
_MAINTNOTE_IMPACT: Final[dict[ImpactLevel, str]] = {
    "outage": "OUTAGE",
    "degraded": "DEGRADED",
    "none": "NO-IMPACT",
}
_ANY_SOURCE: Final = "generic"
_UTC_NAMES: Final = ("UTC", "Etc/UTC")


def calendar(records: Iterable[Record], language: RenderLanguage | None = None) -> str:
    """The feed, with CRLF line ends; text in ``language``, else in each notice's own."""
    feed = Calendar()
    feed.add("prodid", "-//vindue//service windows//EN")
    feed.add("version", "2.0")
    feed.add("method", "PUBLISH")
    events = [
        event
        for record in records
        for number, window in enumerate(record.windows, start=1)
        if (event := _event(record, window, number, language))
    ]
    for zone, moments in sorted(_local_times(events).items()):
        feed.add_component(timezone_component(zone, moments))
    for event in events:
        feed.add_component(event)
    return str(feed.to_ical(), "utf-8")


def _local_times(events: Iterable[Event]) -> dict[str, list[datetime]]:
    times: dict[str, list[datetime]] = {}
    for event in events:
        for name in ("DTSTART", "DTEND"):
            value = event.get(name)
            if value is not None and "TZID" in value.params:
                times.setdefault(value.params["TZID"], []).append(value.dt)
    return times


def _event(
    record: Record, window: Window, number: int, language: RenderLanguage | None
) -> Event | None:
    """The event of a window; ``None`` for one of which neither end is known."""
    anchor = window.start or window.end
    if anchor is None:
        return None
    spoken = language or ("da" if record.language == "da" else "en")
    event = Event()
    event.add("uid", f"{record.id}-w{number}@vindue")
    event.add("sequence", len(record.revisions))
    _add_times(event, window)
    _add_stamps(event, record, anchor)
    event.add("status", _STATUS[window.status])
    event.add("summary", headline(record, window, spoken))
    event.add("description", render(record, spoken))
    event.add("categories", [*record.environments, *(window.systems or record.systems)])
    event.add("transp", "TRANSPARENT")
    _add_maintnote(event, record, window)
    return event


def _add_times(event: Event, window: Window) -> None:
    times = [moment_of(time, window.timezone) for time in (window.start, window.end) if time]
    if window.timezone in _UTC_NAMES or any(is_ambiguous(time) for time in times):
        times = [time.astimezone(UTC) for time in times]
    event.add("dtstart", times[0])
    if window.start and window.end:
        event.add("dtend", times[1])
    if window.start is None:
        event.add("x-vindue-start-unknown", "TRUE")
    if window.open_end:
        event.add("x-vindue-open-end", "TRUE")
    if window.actual_end:
        ended = datetime.fromisoformat(window.actual_end).astimezone(UTC)
        event.add("x-vindue-actual-end", f"{ended:%Y%m%dT%H%M%SZ}")


def _add_stamps(event: Event, record: Record, anchor: str) -> None:
    """DTSTAMP from the notice itself: the same records always give the same feed."""
    stamp = record.updated_at or record.published_at or anchor
    event.add("dtstamp", datetime.fromisoformat(stamp).astimezone(UTC))
    if record.published_at:
        event.add("created", datetime.fromisoformat(record.published_at).astimezone(UTC))
    if record.updated_at:
        event.add("last-modified", datetime.fromisoformat(record.updated_at).astimezone(UTC))


def _add_maintnote(event: Event, record: Record, window: Window) -> None:
    systems = window.systems or record.systems
    if record.source.profile != _ANY_SOURCE:
        event.add("x-maintnote-provider", record.source.profile)
    event.add("x-maintnote-maintenance-id", ",".join(record.work_orders) or record.id)
    for system in systems:
        event.add("x-maintnote-object-id", system)
    level = gravest(record, systems)
    if level:
        event.add("x-maintnote-impact", _MAINTNOTE_IMPACT[level])
    event.add("x-maintnote-status", _MAINTNOTE_STATUS[window.status])
