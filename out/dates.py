"""Times and windows in words: days, clock times, intervals, the change of clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from vindue.grammars.rendering import Rendering
from vindue.nlp.record import Window

HOME_ZONE = "Europe/Copenhagen"


@dataclass(frozen=True, slots=True)
class Interval:
    """What is told of a window's time; either end may be unknown."""

    start: datetime | None
    end: datetime | None


def moment_of(time: str, zone: str) -> datetime:
    """An RFC 3339 time as an aware datetime in ``zone``, with its fold."""
    return datetime.fromisoformat(time).astimezone(ZoneInfo(zone))


def is_ambiguous(moment: datetime) -> bool:
    """True within an hour that the clock shows twice."""
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()


def current(window: Window) -> Interval:
    """The interval as last announced."""
    return _interval(window.start, window.end, window.timezone)


def planned(window: Window) -> Interval:
    """The interval as first announced; what is no longer told is as last announced."""
    start = window.planned_start or window.start
    return _interval(start, window.planned_end or window.end, window.timezone)


def _interval(start: str | None, end: str | None, zone: str) -> Interval:
    return Interval(
        moment_of(start, zone) if start else None, moment_of(end, zone) if end else None
    )


def day_words(words: Rendering, moment: datetime) -> str:
    """The day with its weekday, as ``Saturday 30 May 2026``."""
    weekday = words.calendar.weekday[moment.weekday()].names[0]
    month = words.calendar.month[moment.month - 1].names[0]
    if words.date.capitals:
        weekday, month = weekday.capitalize(), month.capitalize()
    return words.date.day.format(weekday=weekday, day=moment.day, month=month, year=moment.year)


def clock_words(words: Rendering, moment: datetime, hour: int | None = None) -> str:
    """The clock time; in the doubled hour of autumn it tells which of the two.

    ``hour`` replaces the hour: midnight is 24 at the end of a day.
    """
    shown = moment.hour if hour is None else hour
    clock = words.date.clock.format(hour=shown, minute=moment.minute)
    if not is_ambiguous(moment):
        return clock
    form = words.date.clock_summer if moment.dst() else words.date.clock_standard
    return form.format(clock=clock)


def moment_words(words: Rendering, moment: datetime, *, about: bool = False) -> str:
    """Day and clock time; ``about`` says that it is no more than approximate."""
    form = words.date.moment_about if about else words.date.moment
    return form.format(day=day_words(words, moment), clock=clock_words(words, moment))


def interval_words(words: Rendering, window: Window, interval: Interval, home: str) -> str:
    """A window's interval; its zone is named where it is not ``home``."""
    said = _span_words(words, window, interval)
    if window.timezone == home or (interval.start is None and interval.end is None):
        return said
    return words.interval.zone.format(interval=said, zone=window.timezone)


def _span_words(words: Rendering, window: Window, interval: Interval) -> str:
    forms, start, end = words.interval, interval.start, interval.end
    about = window.precision == "approximate"
    if start is None:
        if end is None:
            return forms.unknown
        return forms.only_end.format(end=moment_words(words, end, about=about))
    if end is None:
        return forms.open_end.format(start=moment_words(words, start, about=about))
    if window.precision == "day" and _is_midnight(start) and _is_midnight(end):
        return _days_words(words, start, end)
    if _same_day(start, end):
        form = forms.approximate_day if about else forms.same_day
        close = clock_words(words, end, 24 if end.date() != start.date() else None)
        return form.format(day=day_words(words, start), start=clock_words(words, start), end=close)
    return forms.days.format(
        start=moment_words(words, start, about=about), end=moment_words(words, end, about=about)
    )


def _days_words(words: Rendering, start: datetime, end: datetime) -> str:
    last = end - timedelta(days=1)
    if last.date() <= start.date():
        return words.interval.whole_day.format(day=day_words(words, start))
    return words.interval.whole_days.format(
        first=day_words(words, start), last=day_words(words, last)
    )


def _is_midnight(moment: datetime) -> bool:
    return moment.hour == 0 and moment.minute == 0


def _same_day(start: datetime, end: datetime) -> bool:
    if start.date() == end.date():
        return True
    return _is_midnight(end) and end.date() == start.date() + timedelta(days=1)


def clock_note(words: Rendering, window: Window) -> str | None:
    """The sentence on a change of clocks within the window, if there is one."""
    interval = current(window)
    if interval.start is None or interval.end is None:
        return None
    before, after = interval.start.utcoffset(), interval.end.utcoffset()
    if before is None or after is None or before == after:
        return None
    return words.interval.clocks_back if before > after else words.interval.clocks_forward
