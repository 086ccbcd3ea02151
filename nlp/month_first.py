"""Dates written month first: when a notice writes them so, and how they then read.

Two numbers below thirteen may be either way round. A notice is of one hand:
one date in it that can only be month first, a label that says MM/DD, or
American zones where no date says otherwise, decide for all.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import regex

from vindue.nlp.field_parts import Field
from vindue.nlp.mentions.times import DateMention, DaysMention, Interval, LineTimes
from vindue.nlp.spans import Line, Span
from vindue.nlp.values import replace

MONTHS: Final = 12
_NUMBERS: Final = regex.compile(r"(?<![\d/.-])(\d{1,2})/(\d{1,2})/(?:\d{4}|\d\d)(?![\d/])")
_AMERICAN: Final = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
)


def is_month_first(items: Iterable[Field], lines: tuple[Line, ...]) -> bool:
    """True where the notice writes the month before the day."""
    told = tuple(items)
    pairs = [(int(m[1]), int(m[2])) for line in lines for m in _NUMBERS.finditer(line.text)]
    if any(first > MONTHS for first, _ in pairs):
        return False
    if any(second > MONTHS for _, second in pairs) or any(i.label.month_first for i in told):
        return True
    return bool(pairs) and any(_american(item) for item in told)


def in_order(times: LineTimes, text: str, span: Span) -> LineTimes:
    """``times`` with the dates that may be either way round read month first.

    ``text`` is what was read and ``span`` its place in the input.
    """

    def swap(date: DateMention) -> DateMention:
        written = text[date.span.start - span.start : date.span.end - span.start]
        if not date.loose or "/" not in written or date.day is None or not date.months:
            return date
        return replace(date, day=date.months[0], months=(date.day,))

    def days(told: DaysMention | None) -> DaysMention | None:
        return told and replace(told, first=swap(told.first), last=swap(told.last))

    def interval(told: Interval) -> Interval:
        return replace(
            told,
            dates=tuple(map(swap, told.dates)),
            end_dates=tuple(map(swap, told.end_dates)),
            listed=tuple(map(swap, told.listed)),
            days=days(told.days),
        )

    return replace(
        times,
        intervals=tuple(map(interval, times.intervals)),
        points=tuple(map(interval, times.points)),
        ends=tuple(map(interval, times.ends)),
        dates=tuple(map(swap, times.dates)),
    )


def _american(item: Field) -> bool:
    clocks = (
        clock
        for group in (item.times.intervals, item.times.points, item.times.ends)
        for interval in group
        for clock in (interval.start, interval.end)
    )
    zones = {zone for clock in clocks if clock is not None for zone in clock.zones}
    zones |= set(item.zones) | set(item.label.zones)
    return bool(zones & set(_AMERICAN))
