"""A start and an end that one window tells in two clauses, put together.

"Starting at 18:30 and expected to be back by 23:00", "closes at 17 … and
opens again at 20": no range, but a start with an end behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from vindue.nlp.mentions.times import Interval, LineTimes
from vindue.nlp.spans import Finding, Span
from vindue.nlp.values import replace

FAR: Final = 3
"""Lines that may lie between the start's and the end's, and no more."""


def told_apart(
    lines: tuple[tuple[int, LineTimes], ...], reopening: frozenset[int]
) -> tuple[Interval, ...]:
    """The interval of the first start that has an end behind it, if any.

    ``lines`` are the lines that may tell a window, with their index;
    ``reopening`` those whose last time is when it is over. Two starts or two
    ends leave it open which belong together: then there is none, unless both ends
    stand on the start's line ("from 22:00 the mail until 23:00, the portal until 23:30").
    """
    starts, ends = tuple(_starts(lines, reopening)), tuple(_ends(lines, reopening))
    if len(starts) != 1 or not ends:
        return ()
    line, start = starts[0]
    if len(ends) > 1:
        together = all(at == line and end.span.start >= start.span.end for at, end in ends)
        of_one = tuple(one for _, end in ends if (one := _joined(start, end)) is not None)
        return tuple(map(_of_end, of_one)) if together else ()
    until, last = ends[0]
    if not line <= until <= line + FAR or last.span.start < start.span.end:
        return ()
    one = _joined(start, last)
    return (one,) if one is not None else ()


def _of_end(interval: Interval) -> Interval:
    """One of several windows of one start: what it is of stands beside its end."""
    return replace(interval, span=interval.end.span) if interval.end is not None else interval


def _joined(first: Interval, last: Interval) -> Interval | None:
    """The interval from a start to an end told apart from it."""
    if last.end is None:
        return None
    span = Span(first.span.start, last.span.end)
    message = "start and end are told apart; they were taken for one window"
    found = Finding("end.inferred", "info", message, last.span)
    end = replace(last.end, findings=(*last.end.findings, found))
    about = first.approximate or last.approximate
    return replace(
        first,
        span=span,
        end=end,
        end_dates=last.end_dates,
        approximate=about,
        next_day=last.next_day,
    )


def as_end(point: Interval) -> Interval:
    """A point in time read as the end of a window."""
    return replace(point, dates=(), end_dates=point.dates, start=None, end=point.start)


def _starts(
    lines: tuple[tuple[int, LineTimes], ...], reopening: frozenset[int]
) -> Iterator[tuple[int, Interval]]:
    for index, times in lines:
        open_ones = tuple(i for i in times.intervals if i.start is not None and i.end is None)
        told = sorted((*_points(index, times, reopening), *open_ones), key=lambda one: one.span)
        yield from (
            (index, one) for one in (told[:-1] if _closes(index, times, reopening) else told)
        )


def _ends(
    lines: tuple[tuple[int, LineTimes], ...], reopening: frozenset[int]
) -> Iterator[tuple[int, Interval]]:
    for index, times in lines:
        yield from ((index, end) for end in times.ends)
        if _closes(index, times, reopening):
            yield index, as_end(_points(index, times, reopening)[-1])


def _points(index: int, times: LineTimes, reopening: frozenset[int]) -> tuple[Interval, ...]:
    """The points of a line; bare clock times too, where it tells an end as well."""
    bare = times.clocks if index in reopening or times.ends else ()
    told = (*times.points, *(Interval(clock.span, start=clock) for clock in bare))
    return tuple(sorted(told, key=lambda one: one.span))


def _closes(index: int, times: LineTimes, reopening: frozenset[int]) -> bool:
    """True where the line's last point is its end: it reopens, and no other end is told."""
    return index in reopening and bool(times.points or times.clocks) and not times.ends
