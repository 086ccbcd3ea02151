"""A line that was read before is moved, not read again: nothing of it may be lost on the way."""

from __future__ import annotations

from dataclasses import fields

import pytest

from vindue.corpus.cases import page_notices
from vindue.nlp.mentions.moving import moved_times
from vindue.nlp.mentions.times import (
    ClockMention,
    DateMention,
    DaysMention,
    DurationMention,
    Interval,
    LineTimes,
)
from vindue.nlp.pipeline import load_readers
from vindue.nlp.spans import Finding, Span

HERE, THERE = Span(3, 5), Span(10, 12)
FINDING = {span: Finding("a", "info", "b", span, "c", "d") for span in (HERE, THERE)}


def filled(span: Span) -> LineTimes:
    """Every field of every mention told, so that one left out shows."""
    finding = (FINDING[span],)
    date = DateMention(
        span, "f", 1, (2,), 2026, (3,), 4, 5, "next", "night", True, True, True, "6", "7", finding
    )
    clock = ClockMention(
        span, 1, "f", False, (2,), "am", True, 1, "z", ("z", "y"), True, True, finding
    )
    days = DaysMention(date, date, True, span, True, True, (date,))
    length = DurationMention(span, 9, True)
    dates, ends, listed = (date,), (date, date), (date, date, date)
    interval = Interval(
        span, dates, clock, ends, clock, days, listed, length, span, True, True, True, True, True
    )
    return LineTimes(
        (interval,), (interval,) * 2, (interval,) * 3, dates, (days,), (clock,), (length,), span, 8
    )


@pytest.mark.parametrize(
    "kind", [LineTimes, Interval, DateMention, DaysMention, ClockMention, DurationMention]
)
def test_the_test_fills_every_field(kind: type) -> None:
    told = filled(HERE)
    interval = told.intervals[0]
    found = {
        type(one): one
        for one in (told, interval, interval.start, told.dates[0], told.days[0], told.durations[0])
    }[kind]
    assert [f.name for f in fields(kind) if getattr(found, f.name) == f.default] == []


def test_every_span_is_moved_and_nothing_else() -> None:
    assert moved_times(filled(HERE), 7) == filled(THERE)
    assert moved_times(filled(HERE), 0) == filled(HERE)


def test_a_line_of_the_page_is_told_the_same_wherever_it_stands() -> None:
    lines = {line for notice in page_notices()[:60] for line in notice.text.splitlines() if line}
    times = load_readers().telling.times
    assert len(lines) > 300
    for line in lines:
        assert times.read(line, 1000) == moved_times(times.read(line, 0), 1000)
