"""What a line tells of time, at another place: a line read once is only moved the next time.

Every span goes by the same number of code points; nothing else changes.
"""

from __future__ import annotations

from vindue.nlp.mentions.times import (
    ClockMention,
    DateMention,
    DaysMention,
    DurationMention,
    Interval,
    LineTimes,
)
from vindue.nlp.spans import Finding, Span


def moved_times(times: LineTimes, by: int) -> LineTimes:
    """``times`` with every span ``by`` code points further on."""
    if not by:
        return times
    return LineTimes(
        tuple([_interval(m, by) for m in times.intervals]),
        tuple([_interval(m, by) for m in times.points]),
        tuple([_interval(m, by) for m in times.ends]),
        tuple([_date(m, by) for m in times.dates]),
        tuple([_days(m, by) for m in times.days]),
        tuple([_clock(m, by) for m in times.clocks]),
        tuple([_duration(m, by) for m in times.durations]),
        _span(times.open_end, by) if times.open_end is not None else None,
        times.other_words,
    )


def _span(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _findings(findings: tuple[Finding, ...], by: int) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            f.code,
            f.level,
            f.message,
            _span(f.span, by) if f.span is not None else None,
            f.found,
            f.used,
        )
        for f in findings
    )


def _interval(m: Interval, by: int) -> Interval:
    return Interval(
        _span(m.span, by),
        tuple([_date(date, by) for date in m.dates]),
        _clock(m.start, by) if m.start is not None else None,
        tuple([_date(date, by) for date in m.end_dates]),
        _clock(m.end, by) if m.end is not None else None,
        _days(m.days, by) if m.days is not None else None,
        tuple([_date(date, by) for date in m.listed]),
        _duration(m.duration, by) if m.duration is not None else None,
        _span(m.open_end, by) if m.open_end is not None else None,
        m.every,
        m.all_day,
        m.onwards,
        m.approximate,
    )


def _date(m: DateMention, by: int) -> DateMention:
    return DateMention(
        _span(m.span, by),
        m.form,
        m.day,
        m.months,
        m.year,
        m.weekdays,
        m.relative,
        m.week,
        m.which,
        m.part,
        m.night,
        m.loose,
        m.short_year,
        m.day_digits,
        m.year_digits,
        _findings(m.findings, by) if m.findings else (),
    )


def _days(m: DaysMention, by: int) -> DaysMention:
    return DaysMention(
        _date(m.first, by),
        _date(m.last, by),
        m.listed,
        _span(m.span, by),
        m.night,
        m.each,
        tuple([_date(date, by) for date in m.between]),
    )


def _clock(m: ClockMention, by: int) -> ClockMention:
    return ClockMention(
        _span(m.span, by),
        m.minute,
        m.form,
        m.sure,
        m.alternatives,
        m.half,
        m.twelve,
        m.fold,
        m.zone,
        m.zones,
        m.approximate,
        _findings(m.findings, by) if m.findings else (),
    )


def _duration(m: DurationMention, by: int) -> DurationMention:
    return DurationMention(_span(m.span, by), m.minutes, m.approximate)
