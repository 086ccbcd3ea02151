"""The zone of a notice's windows is that of its updates, where they name none.

"14 March, 22:00-02:00 UTC … extended to 04:00": four o'clock there, not here.
"""

from __future__ import annotations

from vindue.nlp.drafts import Draft
from vindue.nlp.events import Event
from vindue.nlp.mentions.completing import in_zone
from vindue.nlp.mentions.times import ClockMention, Interval, LineTimes
from vindue.nlp.told_lines import Telling
from vindue.nlp.values import replace
from vindue.nlp.witnesses import in_zone_said


def in_zone_of(telling: Telling, drafts: tuple[Draft, ...]) -> tuple[Event, ...]:
    """The updates with their clock times in the one zone that all windows are told in, if any.

    Where a range is told in another zone too, or in none, nothing is known of theirs.
    """
    events = telling.updates.events if telling.about else ()
    zones = {clock.zones for draft in drafts for clock in _clocks(draft.interval)}
    if len(zones) != 1 or not (told := zones.pop()) or _elsewhere(telling, told):
        return events
    return tuple(_zoned(event, told) for event in events)


def _elsewhere(telling: Telling, zones: tuple[str, ...]) -> bool:
    """True where a line that is no update tells a range in another zone, or in none."""
    silent = telling.updates.silent
    ranges = (
        interval
        for line, times in zip(telling.lines, telling.times, strict=True)
        if line.index not in silent
        for interval in in_zone_said(times, telling.fields.zones).intervals
    )
    return any(clock.zones != zones for told in ranges for clock in _clocks(told)[:1])


def _clocks(interval: Interval | None) -> tuple[ClockMention, ...]:
    if interval is None:
        return ()
    return tuple(clock for clock in (interval.start, interval.end) if clock is not None)


def _zoned(event: Event, zones: tuple[str, ...]) -> Event:
    def told(interval: Interval | None) -> Interval | None:
        return None if interval is None else in_zone(interval, zones)

    at = event.at
    if isinstance(at, LineTimes):
        at = in_zone_said(at, zones)
    elif at is not None:
        at = in_zone(at, zones)
    return replace(
        event,
        at=at,
        end=told(event.end),
        again=told(event.again),
        start=told(event.start),
        window=told(event.window),
        before=told(event.before),
    )
