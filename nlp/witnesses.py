"""Which lines tell of time, which intervals they tell, and who is a witness for each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from vindue.nlp.days import Witness
from vindue.nlp.decoys import outside
from vindue.nlp.drafts import Context
from vindue.nlp.mentions.times import ClockMention, DateMention, Interval, LineTimes
from vindue.nlp.told_lines import Telling
from vindue.nlp.values import replace

HEADING_LINES: Final = 4
DIGITS: Final = "four-digits"


def lines_read(telling: Telling) -> Iterator[tuple[int, LineTimes]]:
    """The lines whose times may tell a window: no update, no field, no history, no decoy.

    Of a line that gives advice too only a whole range may be a window.
    """
    passed = _passed(telling)
    for line, told in zip(telling.lines, telling.times, strict=True):
        if line.index in passed or line.index not in telling.near:
            continue
        times = in_zone_said(outside(told, telling.decoys.spans), telling.fields.zones)
        yield line.index, _ranges_only(times) if line.index in telling.aside else times


def ranges_apart(telling: Telling) -> Iterator[tuple[int, LineTimes]]:
    """Whole ranges with a day of their own on lines too far from a word of windows to be read."""
    passed = _passed(telling) | telling.near
    for line, told in zip(telling.lines, telling.times, strict=True):
        times = outside(told, telling.decoys.spans) if line.index not in passed else LineTimes()
        whole = tuple(i for i in times.intervals if i.start and i.end and i.dates)
        if whole:
            yield line.index, LineTimes(intervals=whole)


def _passed(telling: Telling) -> frozenset[int]:
    """Lines of updates, fields, history and decoys."""
    passed = telling.updates.silent | telling.fields.labelled | telling.fields.history
    return passed | telling.decoys.lines | telling.decoys.earlier


def _ranges_only(times: LineTimes) -> LineTimes:
    whole = tuple(i for i in times.intervals if i.start is not None and i.end is not None)
    return LineTimes(intervals=whole, dates=times.dates, days=times.days)


def in_zone_said(times: LineTimes, zones: tuple[str, ...]) -> LineTimes:
    """Clock times that name no zone are told in the one that the notice says for all."""
    if not zones or not times.told:
        return times

    def zoned(clock: ClockMention | None) -> ClockMention | None:
        if clock is None or clock.zones:
            return clock
        return replace(clock, zones=zones, zone=zones[0])

    def moved(told: tuple[Interval, ...]) -> tuple[Interval, ...]:
        return tuple(replace(i, start=zoned(i.start), end=zoned(i.end)) for i in told)

    return replace(
        times,
        intervals=moved(times.intervals),
        points=moved(times.points),
        ends=moved(times.ends),
        clocks=tuple(zoned(clock) or clock for clock in times.clocks),
    )


def line_intervals(times: LineTimes) -> tuple[Interval, ...]:
    """Ranges of a line; a start with a length is one, dates of the line join a bare range."""
    found: list[Interval] = []
    lengths = times.durations
    for told in times.intervals:
        open_start = told.end is None and told.start is not None and bool(lengths)
        interval = replace(told, duration=lengths[0]) if open_start else told
        bare = not interval.dates and interval.days is None
        found.append(_with_line_dates(interval, times) if bare else interval)
    if not found:
        for point in times.points:
            if lengths:
                found.append(replace(point, duration=lengths[0]))
            elif point.open_end is not None or times.open_end is not None:
                found.append(replace(point, open_end=point.open_end or times.open_end))
        first = next(iter(times.clocks), None)
        # a number that may be a clock time is one beside a date; the length stands behind it
        is_clock = first is not None and (first.form != DIGITS or bool(times.dates or times.days))
        if (
            not found
            and lengths
            and first is not None
            and is_clock
            and first.span < lengths[0].span
        ):
            start = Interval(first.span, start=first, duration=lengths[0])
            found.append(_with_line_dates(start, times))
    return tuple(i for i in found if i.end or i.duration or i.open_end or i.end_dates or i.all_day)


def _with_line_dates(interval: Interval, times: LineTimes) -> Interval:
    if times.dates:
        return replace(interval, dates=times.dates[:1])
    if times.days:
        return replace(interval, days=times.days[0])
    return interval


def other_witnesses(
    index: int, interval: Interval, telling: Telling, context: Context
) -> tuple[Witness, ...]:
    """Witnesses for an interval beside its own dates: headings above it, the title."""
    role = context.weights.role
    title = _title_witnesses(telling, role.title)
    if interval.dates or interval.days:
        return title
    return headings(index, telling, context) + title


def _title_witnesses(telling: Telling, weight: float) -> tuple[Witness, ...]:
    """The title's dates; days told together are one witness, content with either."""
    times = telling.title_times
    pairs = [*times.days, *(i.days for i in times.intervals if i.days is not None)]
    both = tuple(Witness(d.first, weight, "title", (d.last,)) for d in pairs)
    plain = (m for m in dates_of(times) if all(m is not d.first for d in pairs))
    return both + tuple(Witness(m, weight, "title") for m in plain)


def headings(index: int, telling: Telling, context: Context) -> tuple[Witness, ...]:
    """The nearest date told alone on a line above, else on one below.

    What opens a list need not speak of a window itself; what stands below must.
    """
    weight = context.weights.role.heading
    read = {index for index, _ in lines_read(telling)}
    above = read | {line.index for line in telling.lines} - _passed(telling)
    order = [at for at in range(index - 1, -1, -1) if at in above]
    for at in [*order, *(at for at in range(index + 1, len(telling.lines)) if at in read)]:
        dates = dates_of(telling.times[at])
        if dates:
            return tuple(Witness(m, weight, "heading") for m in dates[:1])
    return ()


def dates_of(times: LineTimes) -> tuple[DateMention, ...]:
    """Every date that a line tells, alone or in a range."""
    dates = list(times.dates)
    for group in (times.intervals, times.points):
        for interval in group:
            dates += interval.dates
            if interval.days is not None:
                dates.append(interval.days.first)
    dates += [days.first for days in times.days]
    return tuple(dates)


def with_own_day(index: int, interval: Interval, telling: Telling) -> Interval:
    """The one day that a line tells before its fields ("… on 14 March. Start: 22:00. …")."""
    if interval.dates or interval.days is not None or not 0 <= index < len(telling.lines):
        return interval
    before = [d for d in telling.times[index].dates if d.span.end <= interval.span.start]
    return replace(interval, dates=tuple(before)) if len(before) == 1 else interval


def with_heading_days(index: int, interval: Interval, telling: Telling) -> Interval:
    """A night or a run of days told on the line above is of the clock times below it."""
    if interval.dates or interval.days is not None or interval.end_dates:
        return interval
    for at in range(index - 1, max(index - HEADING_LINES, -1), -1):
        times = telling.times[at]
        if times.intervals or times.points:
            continue
        if times.days:
            return replace(interval, days=times.days[0])
        if times.dates:
            break
    return interval
