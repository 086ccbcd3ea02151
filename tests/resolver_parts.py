"""Mentions, events and contexts as the tests of the resolver hand-make them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from vindue.grammars.weights import load_weights
from vindue.nlp.days import Stamps
from vindue.nlp.decoys import Decoys
from vindue.nlp.drafts import Context, Draft
from vindue.nlp.events import Event
from vindue.nlp.field_parts import Fields
from vindue.nlp.mentions.times import (
    ClockMention,
    DateMention,
    DurationMention,
    Interval,
    LineTimes,
)
from vindue.nlp.sayings import State, Told
from vindue.nlp.spans import Line, Span
from vindue.nlp.told_lines import Telling
from vindue.nlp.updates import Updates

ZONE = "Europe/Copenhagen"
WEIGHTS = load_weights()
HERE = Span(10, 12)


def at(text: str) -> datetime:
    """``"20 18:00"``: a time in May 2026 in the zone of these tests; a whole date is one too."""
    day, clock = text.split()
    whole = date.fromisoformat(day) if "-" in day else date(2026, 5, int(day))
    hour, minute = clock.split(":")
    naive = datetime(whole.year, whole.month, whole.day, int(hour), int(minute))
    return naive.replace(tzinfo=ZoneInfo(ZONE))


def context(published: str | None = None, updated: str | None = None) -> Context:
    """Of a notice with these stamps."""
    first, last = (at(text) if text else None for text in (published, updated))
    stamps = Stamps(first and first.date(), last and last.date())
    return Context(stamps, first, ZONE, WEIGHTS, last)


def clock(text: str, **parts: Any) -> ClockMention:
    """``"18:00"``, at the same place as all."""
    hour, minute = text.split(":")
    return ClockMention(HERE, int(hour) * 60 + int(minute), **({"form": "test"} | parts))


def day(text: str, **parts: Any) -> DateMention:
    """A whole date, ISO, with its weekday unless told otherwise."""
    value = date.fromisoformat(text)
    told: dict[str, Any] = {"day": value.day, "months": (value.month,), "year": value.year}
    return DateMention(HERE, "test", **(told | parts))


def times(text: str, **parts: Any) -> Interval:
    """``"18:00-22:00"``, ``"18:00-"`` or ``"-22:00"``."""
    first, last = text.split("-")
    start, end = (clock(part) if part else None for part in (first, last))
    return Interval(HERE, start=start, end=end, **parts)


def length(minutes: int) -> DurationMention:
    """A length of time."""
    return DurationMention(HERE, minutes)


def draft(start: str | None, end: str | None, **parts: Any) -> Draft:
    """A window as announced."""
    interval = parts.pop("interval", Interval(HERE))
    return Draft(0, interval, start and at(start), end and at(end), **parts)  # type: ignore[arg-type]


def state(start: str | None, end: str | None, **parts: Any) -> State:
    """A window that nothing became of yet."""
    first, last = (at(text) if text else None for text in (start, end))
    return replace(State(first, last, first, last), **parts)


def told(kind: str, when: str | None = None, **parts: Any) -> Told:
    """An event, said at a time or a date or at none."""
    said = None if when is None else at(when) if ":" in when else date.fromisoformat(when)
    return Told(Event(kind, HERE, 3, **parts), said)


def telling(*times: LineTimes, title: LineTimes | None = None, **parts: Any) -> Telling:
    """A notice about a window of as many lines as ``times``, ten letters each; title above."""
    lines = tuple(
        Line(n, Span(20 * n + 100, 20 * n + 110), "a line ...") for n in range(len(times))
    )
    heading = None if title is None else Line(-1, Span(50, 60), "the title.")
    told: dict[str, Any] = {
        "updates": Updates(), "fields": Fields(), "decoys": Decoys(), "title_status": None,
        "about": True, "near": frozenset(range(len(times))),
    }  # fmt: skip
    return Telling(heading, title or LineTimes(), lines, times, **(told | parts))


def dated(interval: Interval, *dates: DateMention, line: int = 0) -> LineTimes:
    """What the line of that number tells: an interval, on its own days."""
    span = Span(20 * line + 103, 20 * line + 108)
    return LineTimes(intervals=(replace(interval, dates=dates, span=span),))
