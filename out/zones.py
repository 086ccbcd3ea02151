"""A zone's offsets as a VTIMEZONE: every change of clocks over the years needed.

The calendar library can write one too, but gives the onset of summer time in
the new offset where RFC 5545 wants the old one, so readers that trust the
component would be an hour off on that morning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vUTCOffset

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


def timezone_component(name: str, moments: Iterable[datetime]) -> Timezone:
    """The zone ``name`` as it holds from a year before to a year after ``moments``."""
    zone = ZoneInfo(name)
    years = [moment.astimezone(UTC).year for moment in moments]
    first = datetime(min(years) - 1, 1, 1, tzinfo=UTC)
    last = datetime(max(years) + 2, 1, 1, tzinfo=UTC)
    component = Timezone()
    component.add("tzid", name)
    component.add_component(_observance(zone, first, _offset(zone, first)))
    for onset in _onsets(zone, first, last):
        before = _offset(zone, onset - _MINUTE)
        component.add_component(_observance(zone, onset, before))
    return component


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _onsets(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """Each first minute of a new offset in [first, last), in UTC."""
    day = first
    while day < last:
        low, high = day, day + _DAY
        if _offset(zone, low) != _offset(zone, high):
            while high - low > _MINUTE:
                middle = low + (high - low) // 2
                middle -= timedelta(seconds=middle.second, microseconds=middle.microsecond)
                if _offset(zone, middle) == _offset(zone, low):
                    low = middle
                else:
                    high = middle
            yield high
        day += _DAY


def _observance(
    zone: ZoneInfo, onset: datetime, before: timedelta
) -> TimezoneDaylight | TimezoneStandard:
    local = onset.astimezone(zone)
    part = TimezoneDaylight() if local.dst() else TimezoneStandard()
    part.add("dtstart", (onset + before).replace(tzinfo=None))
    part.add("tzoffsetfrom", vUTCOffset(before))
    part.add("tzoffsetto", vUTCOffset(local.utcoffset() or timedelta()))
    part.add("tzname", local.tzname() or zone.key)
    return part
