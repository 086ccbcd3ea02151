"""Dates told one a line, and the clock times that are told once for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from vindue.nlp.field_parts import FieldInterval
from vindue.nlp.mentions.times import DateMention, Interval, LineTimes
from vindue.nlp.values import replace

LEAST_DATES: Final = 2
GAP_LINES: Final = 2
MAX_WORDS: Final = 6


def over_listed_days(told: FieldInterval, read: dict[int, LineTimes]) -> tuple[FieldInterval, ...]:
    """A range without a date, once for each of the dates that stand below or above it.

    ``read`` are the lines whose times may tell a window. The dates must stand
    one a line, at least two lines in a row, with no clock time beside them.
    """
    interval = told.interval
    whole = interval.start is not None and (interval.end is not None or interval.duration)
    weekdays = all(date.told_weekday_only and date.which != "every" for date in interval.dates)
    if not whole or not weekdays or interval.days or interval.end_dates or interval.listed:
        return (told,)
    found = _run(told.line, 1, read) or _run(told.line, -1, read)
    if len(found) < LEAST_DATES:
        return (told,)
    return tuple(
        replace(told, line=line, interval=replace(interval, dates=(date,)))
        for line, date in sorted(found, key=lambda item: item[0])
    )


def _run(line: int, step: int, read: dict[int, LineTimes]) -> tuple[tuple[int, DateMention], ...]:
    """The lines of bare dates next to ``line``, downwards or upwards."""
    first = next(
        (at for at in _beside(line, step) if at in read and _bare_date(read[at]) is not None), None
    )
    if first is None:
        return ()
    found: list[tuple[int, DateMention]] = []
    at = first
    while at in read and (date := _bare_date(read[at])) is not None:
        found.append((at, date))
        at += step
    return tuple(found)


def _beside(line: int, step: int) -> Iterator[int]:
    return (line + step * distance for distance in range(1, GAP_LINES + 1))


def _bare_date(times: LineTimes) -> DateMention | None:
    """The one date of a line that tells next to nothing else."""
    others = times.intervals or times.points or times.ends or times.clocks or times.days
    if others or len(times.dates) != 1 or times.other_words > MAX_WORDS:
        return None
    date = times.dates[0]
    return None if date.told_weekday_only else date


def is_range(interval: Interval) -> bool:
    """True for a range of clock times or one with a length."""
    return interval.start is not None and bool(interval.end or interval.duration)


def _is_dated(told: LineTimes) -> bool:
    return any(is_range(i) and i.dates for i in told.intervals)


def in_lists(near: frozenset[int], times: tuple[LineTimes, ...]) -> frozenset[int]:
    """``near`` with every line of a list of ranges of which it holds one.

    What stands in a row, a range a line, is told of one thing; a heading of one line may
    part two that have days of their own.
    """
    found = set(near)
    runs: list[list[int]] = []
    for index, told in enumerate(times):
        if not any(is_range(i) for i in told.intervals):
            continue
        last = runs[-1][-1] if runs else index
        headed = last == index - GAP_LINES and _is_dated(told) and _is_dated(times[last])
        if last == index - 1 or headed:
            runs[-1].append(index)
        else:
            runs.append([index])
    for run in runs:
        if found & set(run):
            found.update(run)
    return frozenset(found)
