"""Wall-clock times → instants with their true offset, clock changes counted.

Python compares and subtracts two aware times of one zone by the wall clock,
which is wrong on the night of a clock change: every comparison here goes
through UTC.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final, Literal
from zoneinfo import ZoneInfo

from vindue.nlp.values import dataclass

MINUTE: Final = timedelta(minutes=1)
DAY_MINUTES: Final = 1440
FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2199


@dataclass(frozen=True, slots=True)
class Instant:
    """A resolved time; ``kind`` says if the wall clock was ``missing`` or ``doubled``."""

    at: datetime
    kind: Literal["plain", "missing", "doubled"] = "plain"


@lru_cache(maxsize=64)
def zone_named(name: str) -> ZoneInfo | timezone:
    """The zone for an IANA name or an offset ``+HH:MM``; ``KeyError`` if there is none."""
    if name[0] in "+-":
        sign = -1 if name[0] == "-" else 1
        hours, minutes = name[1:].split(":")
        return timezone(sign * timedelta(hours=int(hours), minutes=int(minutes)))
    return ZoneInfo(name)


@lru_cache(maxsize=4_096)
def instant(day: date, minute: int, zone: str, fold: Literal[0, 1] | None = None) -> Instant:
    """The instant at ``minute`` of ``day`` in ``zone``.

    A time in the missing spring hour moves forward by the gap (RFC 5545
    §3.3.5); one in the doubled autumn hour is the first unless ``fold`` is 1.
    """
    wall = datetime(day.year, day.month, day.day) + minute * MINUTE
    tz = zone_named(zone)
    first = wall.replace(tzinfo=tz, fold=0)
    second = wall.replace(tzinfo=tz, fold=1)
    if first.utcoffset() == second.utcoffset():
        return Instant(first)
    back = first.astimezone(UTC).astimezone(tz).replace(tzinfo=None)
    if back != wall:
        return Instant(first.astimezone(UTC).astimezone(tz), "missing")
    return Instant(second if fold == 1 else first, "doubled")


def plausible(at: datetime | None) -> datetime | None:
    """``at`` if a notice can speak of it: no year so far off that zones break.

    Offsets of early years have seconds, which RFC 3339 can't write.
    """
    return at if at is not None and FIRST_YEAR <= at.year <= LAST_YEAR else None


def utc(at: datetime) -> datetime:
    """The same instant in UTC, safe to compare and subtract."""
    return at.astimezone(UTC)


def minutes_between(start: datetime, end: datetime) -> int:
    """Elapsed minutes from ``start`` to ``end``, clock changes counted."""
    return round((utc(end) - utc(start)) / MINUTE)


def shifted(at: datetime, minutes: int) -> datetime:
    """``at`` moved by elapsed minutes, in its own zone."""
    return (utc(at) + minutes * MINUTE).astimezone(at.tzinfo)


def in_zone(at: datetime, zone: str) -> datetime:
    """The same instant in another zone."""
    return at.astimezone(zone_named(zone))
