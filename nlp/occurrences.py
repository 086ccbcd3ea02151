"""One interval as told → its windows: one, or one a day for lists, nights and repeats."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from vindue.nlp.days import DAY, Witness
from vindue.nlp.drafts import NOON, Context, Draft, single, times_on
from vindue.nlp.instants import in_zone
from vindue.nlp.mentions.times import DateMention, DaysMention, Interval
from vindue.nlp.values import replace

MAX_REPEATS: Final = 62


def resolve(
    interval: Interval, line: int, others: tuple[Witness, ...], context: Context
) -> tuple[Draft, ...]:
    """The windows that one interval tells: one, or one a day for lists and repeats."""
    interval = _of_both_days(interval)
    if interval.days is not None:
        return tuple(_of_days(interval, interval.days, line, others, context))
    repeated = next((m for m in interval.dates if m.which == "every" and m.months), None)
    if repeated is not None and repeated.day is None:
        listed = _each_in_month(repeated, context)
        interval = replace(interval, dates=(), listed=listed) if listed else interval
    if interval.listed:
        each = (replace(interval, dates=(day,), listed=()) for day in interval.listed)
        return tuple(d for one in each for d in resolve(one, line, others, context))
    return (single(interval, line, others, context),)


def _of_both_days(interval: Interval) -> Interval:
    """One window over two days told twice ("28-29 March: from Saturday at 8 to Sunday at 20")."""
    days = interval.days
    if days is None or days.listed or not interval.dates or not interval.end_dates:
        return interval
    first, last = (*interval.dates, days.first), (*interval.end_dates, days.last)
    return replace(interval, days=None, dates=first, end_dates=last)


def _each_in_month(mention: DateMention, context: Context) -> tuple[DateMention, ...]:
    """Every such weekday of a month: the next such month from publication; none of no year.

    Of a month that has begun those which are left, if there are any.
    """
    published, month = context.stamps.published, mention.months[0]
    year = mention.year
    if year is None and published is not None:
        year = published.year + (1 if month < published.month else 0)
    if year is None:
        return ()
    month_days = (date(year, month, n + 1) for n in range(calendar.monthrange(year, month)[1]))
    days = [day for day in month_days if day.isoweekday() in mention.weekdays]
    left = [day for day in days if published is None or day >= published]
    return tuple(replace(mention, day=day.day, year=year, which=None) for day in left or days)


def _of_days(
    interval: Interval,
    days: DaysMention,
    line: int,
    others: tuple[Witness, ...],
    context: Context,
) -> Iterator[Draft]:
    """Two days told together: a list, a night across two days, or a range of days."""
    plain = replace(interval, days=None)
    if days.between or days.each:
        yield from _of_list(plain, days, line, others, context)
        return
    if days.night:
        yield single(replace(plain, dates=(_of_night(interval, days),)), line, others, context)
        return
    first = single(replace(plain, dates=(days.first,)), line, others, context)
    last = single(replace(plain, dates=(days.last,)), line, others, context)
    if days.listed:
        yield from (first, last)
        return
    if first.start is None or last.start is None:
        yield first
        return
    span = (_own_day(last.start, interval) - _own_day(first.start, interval)).days
    if interval.start is None or interval.end is None:
        yield replace(first, end=last.end)
    elif span == 1 and not interval.every and interval.end.minute <= interval.start.minute:
        yield first
    else:
        for step in range(min(span, MAX_REPEATS) + 1):
            yield _moved_by(first, step, plain, context)


def _own_day(at: datetime, interval: Interval) -> date:
    """The day of a start where it is told: in its own zone."""
    zone = interval.start.zone if interval.start is not None else None
    return (in_zone(at, zone) if zone is not None else at).date()


def _of_list(
    interval: Interval,
    days: DaysMention,
    line: int,
    others: tuple[Witness, ...],
    context: Context,
) -> Iterator[Draft]:
    """A window on each day of a list; of nights told by two days each, one that begins late."""
    early = interval.start is not None and interval.start.minute < NOON
    last = single(replace(interval, dates=(days.last,)), line, others, context)
    months = {day.months for day in (days.first, *days.between, days.last)}
    for day in (days.first, *days.between, days.last):
        if len(months) == 1 and day.day is not None and days.last.day is not None:
            # told as one, the days of a month stand or fall together
            steps = day.day - days.last.day + int(days.each and early)
            yield _moved_by(last, steps, interval, context)
        else:
            yield single(replace(interval, dates=(day,)), line, others, context)


def _of_night(interval: Interval, days: DaysMention) -> DateMention:
    """The night between two days begins on the first, unless it starts after midnight."""
    early = interval.start is not None and interval.start.minute < NOON
    return days.last if early else days.first


def _moved_by(draft: Draft, days: int, interval: Interval, context: Context) -> Draft:
    if days == 0 or draft.start is None:
        return draft
    day = _own_day(draft.start, interval) + days * DAY
    return times_on(interval, day, None, context)[0].on(draft)
