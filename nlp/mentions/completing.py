"""What one clock time of a range leaves out and the other tells: the zone, the half of the day."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from vindue.nlp.mentions.clocks import DAY, NOON
from vindue.nlp.mentions.times import ClockMention, Interval
from vindue.nlp.spans import Span
from vindue.nlp.values import replace

BOTH: Final = 2


def by_span(interval: Interval) -> Span:
    """By what intervals are put in order."""
    return interval.span


def in_zone(interval: Interval, zones: tuple[str, ...]) -> Interval:
    """``interval`` with the clock times that tell no zone in ``zones``."""
    if not zones:
        return interval

    def zoned(clock: ClockMention | None) -> ClockMention | None:
        free = clock is not None and not clock.zones
        return replace(clock, zones=zones, zone=zones[0]) if clock is not None and free else clock

    return replace(interval, start=zoned(interval.start), end=zoned(interval.end))


@cache
def standard(zones: tuple[str, ...]) -> tuple[str, ...]:
    """``zones`` as the offsets that they keep in winter, for times that know no summer time."""
    return tuple(map(_winter_offset, zones))


def _winter_offset(zone: str) -> str:
    if zone[0] in "+-":
        return zone
    days = (datetime(2026, month, 1, tzinfo=ZoneInfo(zone)) for month in (1, 7))
    minutes = int(min(day.utcoffset() or timedelta() for day in days).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02d}:{rest:02d}"


def in_standard(clock: ClockMention) -> ClockMention:
    """``clock`` in the standard time of its zone."""
    zones = standard(clock.zones)
    return replace(clock, zones=zones, zone=zones[0]) if zones else clock


def halves(start: ClockMention, end: ClockMention) -> tuple[ClockMention, ClockMention]:
    """Give the first of "06:00-10:00 pm" its half of the day.

    The same half if that puts it before the end, else the other one.
    """
    if end.half is None or start.half is not None or not start.twelve:
        return start, end
    hour = start.minute % NOON
    same = hour + NOON if end.half == "pm" else hour
    if same >= end.minute and end.minute != DAY:
        same = hour if end.half == "pm" else hour + NOON
    return replace(start, minute=same, half=end.half), end


def one_span(first: ClockMention, last: ClockMention, dated: bool) -> bool:
    """Whether two clock times with a slash between can be start and end, not one time told twice.

    A time told in two zones is one; so are two starts at the same clock time. Where the
    last has no day of its own (``dated``) both must name the same zone ("06:00Z/10:00Z").
    """
    told = {clock.zones for clock in (first, last) if clock.zones}
    local = {first.local, last.local} == {True, False} and bool(told)
    zoned = dated or (len(told) == 1 and first.zones == last.zones)
    return first.minute != last.minute and len(told) < BOTH and not local and zoned
