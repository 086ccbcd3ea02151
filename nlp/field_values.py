"""The text of a field → what it tells: date and clock of one end, or a whole range."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vindue.nlp.mentions.intervals import TimeReader
from vindue.nlp.mentions.times import (
    ClockMention,
    DateMention,
    DaysMention,
    Interval,
    LineTimes,
)
from vindue.nlp.spans import Span
from vindue.nlp.values import dataclass, replace

PAIR: Final = 2
MARKS: Final = ("/", "-", "–", "—", "|", "->", "→", ">")


@dataclass(frozen=True, slots=True)
class Side:
    """What a value tells of one end of a window."""

    dates: tuple[DateMention, ...] = ()
    clock: ClockMention | None = None
    span: Span | None = None
    line: int = -1

    @property
    def empty(self) -> bool:
        """True where nothing is told."""
        return not self.dates and self.clock is None


def side_of(times: LineTimes, zones: tuple[str, ...] = ()) -> Side:
    """Date and clock that a value tells of one end.

    Of several tellings ("02:00 local time / 01:00 UTC") the first that names
    its zone, else the first.
    """
    if times.points:
        point = _zoned_first(times.points)
        return Side(point.dates, zoned(point.start, zones), point.span)
    dates = times.dates[:1]
    clock: ClockMention | None = None
    if times.clocks:
        clock = times.clocks[0]
    elif times.ends:
        clock = times.ends[0].end
        dates = dates or times.ends[0].end_dates
    elif times.intervals and times.intervals[0].start and not times.intervals[0].end:
        clock = times.intervals[0].start
    spans = [m.span for m in (*dates, clock) if m is not None]
    if not spans:
        return Side()
    span = Span(min(s.start for s in spans), max(s.end for s in spans))
    return Side(dates, zoned(clock, zones), span)


def whole_of(times: LineTimes, paired: bool = False) -> Interval | None:
    """The range with a clock time that a value tells by itself.

    ``paired`` says that two points are its start and end ("Start / End: … / …").
    """
    whole = [i for i in times.intervals if i.end is not None or (i.start and i.end_dates)]
    if whole:
        return _on_told_day(_zoned_first(whole), times)
    if paired and len(times.points) > 1:
        first, last = times.points[:2]
        span = Span(first.span.start, last.span.end)
        return replace(first, span=span, end=last.start, end_dates=last.dates)
    if paired and len(times.clocks) > 1 and not times.points:
        start, end = times.clocks[:2]
        return Interval(Span(start.span.start, end.span.end), start=start, end=end)
    return None


def _on_told_day(whole: Interval, times: LineTimes) -> Interval:
    """A range of clock times on the day, or the days, that stand apart from it in the value."""
    if whole.dates or whole.days or whole.listed or whole.start is None:
        return whole
    if times.dates:
        return replace(whole, dates=times.dates[:1])
    return replace(whole, days=times.days[0]) if times.days else whole


def days_of(times: LineTimes) -> DaysMention | None:
    """Days told without a clock time: a pair or list, or from one date to another."""
    if times.days:
        return times.days[0]
    for interval in times.intervals:
        if interval.dates and interval.end_dates and not (interval.start or interval.end):
            return DaysMention(interval.dates[0], interval.end_dates[0], False, interval.span)
    return None


def as_night(times: LineTimes, text: str, offset: int) -> LineTimes:
    """Two days in a row with a mark between ("Mon 20 Apr / Tue 21 Apr") read as their night.

    ``text`` is the value and ``offset`` its place in the input.
    """
    if len(times.dates) != PAIR or times.clocks or times.points or times.intervals:
        return times
    first, last = times.dates
    between = text[first.span.end - offset : last.span.start - offset].strip()
    if between not in MARKS or first.day is None or last.day not in (first.day + 1, 1):
        return times
    return replace(times, dates=(replace(last, night=True),))


def is_pair(times: LineTimes, text: str, offset: int) -> bool:
    """True for two moments with only a mark between ("…T22:00Z/…T02:00Z"): a range."""
    if len(times.points) != PAIR:
        return False
    first, last = times.points
    between = text[first.span.end - offset : last.span.start - offset].strip()
    same_zone = (first.start and first.start.zones) == (last.start and last.start.zones)
    return between in MARKS and same_zone


def _zoned_first(told: Sequence[Interval]) -> Interval:
    return next((i for i in told if i.start is not None and i.start.zones), told[0])


def zoned(clock: ClockMention | None, zones: tuple[str, ...]) -> ClockMention | None:
    """``clock`` in one of ``zones`` where it tells no zone of its own."""
    if clock is None or clock.zones or not zones:
        return clock
    return replace(clock, zones=zones, zone=zones[0])


def zoned_interval(interval: Interval, zones: tuple[str, ...]) -> Interval:
    """``interval`` with both its clock times in ``zones`` where they tell none."""
    if not zones:
        return interval
    return replace(interval, start=zoned(interval.start, zones), end=zoned(interval.end, zones))


def read_value(reader: TimeReader, text: str, offset: int) -> LineTimes:
    """The mentions of a value; a bare hour ("kl. 7", "21") counts as a clock time.

    An hour without minutes is none in prose, so it is read behind a dash.
    """
    times = reader.read(text, offset)
    if times.told or times.durations or times.open_end or times.other_words:
        return times
    probe = "- "
    ends = reader.read(probe + text, offset - len(probe)).ends
    clocks = tuple(end.end for end in ends if end.end is not None)
    return replace(times, clocks=clocks)
