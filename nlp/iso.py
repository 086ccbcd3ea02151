"""Times and lengths of time as the record writes them."""

from __future__ import annotations

from datetime import date, datetime

from vindue.nlp.instants import utc

_HOUR = 3600
_MINUTE = 60


# a program's locale must not tell: ``%A`` would
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def write_day(day: date, letters: int | None = None) -> str:
    """A day for a person: its weekday, or so many ``letters`` of it, and its date."""
    return f"{_DAY_NAMES[day.weekday()][:letters]} {day:%Y-%m-%d}"


def write_time(at: datetime) -> str:
    """RFC 3339 with the true offset, to the second. ``at`` must be aware."""
    return at.isoformat(timespec="seconds")


def write_time_or_date(at: datetime | date) -> str:
    """A time with its offset, or a bare date where only that was told."""
    return write_time(at) if isinstance(at, datetime) else at.isoformat()


def write_duration(start: datetime, end: datetime) -> str | None:
    """Elapsed time as ISO 8601 hours, minutes and seconds; null if it is negative.

    Goes through UTC: two times of one zone subtract by the wall clock, which
    is an hour wrong on the nights when the clock changes. No days are
    written: a day is not always 24 hours.
    """
    seconds = int((utc(end) - utc(start)).total_seconds())
    if seconds < 0:
        return None
    hours, rest = divmod(seconds, _HOUR)
    minutes, seconds = divmod(rest, _MINUTE)
    parts = [(hours, "H"), (minutes, "M"), (seconds, "S")]
    return "PT" + ("".join(f"{count}{unit}" for count, unit in parts if count) or "0S")
