"""Mentions of time: what a stretch of text says, before it is resolved.

A mention keeps what is written (a day without a month, a clock time without
a date) and what else it may have been meant as; nothing here knows today's
date. Minutes of the day count from midnight, 1440 is 24:00.
"""

from __future__ import annotations

from typing import Literal

from vindue.nlp.spans import Finding, Span
from vindue.nlp.values import dataclass

Part = Literal["morning", "afternoon", "evening", "night"]
Which = Literal["next", "this", "every"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as told. ``None`` is a part that is not told.

    ``months`` and ``weekdays`` hold every reading of the word (usually one).
    ``relative`` counts days from the day of publication. ``loose`` means that
    day and month may have been written in the other order. ``night`` means
    the night that ends on this day ("natten til søndag").
    """

    span: Span
    form: str
    day: int | None = None
    months: tuple[int, ...] = ()
    year: int | None = None
    weekdays: tuple[int, ...] = ()
    relative: int | None = None
    week: int | None = None
    which: Which | None = None
    part: Part | None = None
    night: bool = False
    loose: bool = False
    short_year: bool = False
    day_digits: str = ""
    year_digits: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def told_weekday_only(self) -> bool:
        """True where neither day, week nor a relative word says which day."""
        return self.day is None and self.relative is None and self.week is None


@dataclass(frozen=True, slots=True)
class DaysMention:
    """Two days told together: a range (``6/7 June``, ``2–5 March``) or a list.

    ``night`` says that the night between the two is meant, ``each`` that of a
    list of nights told by two days each these are the first ones. ``between``
    are the days of a list that stand between its first and its last.
    """

    first: DateMention
    last: DateMention
    listed: bool
    span: Span
    night: bool = False
    each: bool = False
    between: tuple[DateMention, ...] = ()


@dataclass(frozen=True, slots=True)
class ClockMention:
    """A clock time as told, in minutes of the day.

    ``alternatives`` are the other readings of a damaged one. ``half`` is
    ``am`` or ``pm`` where told. ``fold`` is 0 for summer time, 1 for standard
    time, where a marker says so. ``zone`` is an IANA name or ``+HH:MM``,
    ``local`` says that local time is named.
    """

    span: Span
    minute: int
    form: str
    sure: bool = True
    alternatives: tuple[int, ...] = ()
    half: Literal["am", "pm"] | None = None
    twelve: bool = False
    fold: Literal[0, 1] | None = None
    zone: str | None = None
    zones: tuple[str, ...] = ()
    approximate: bool = False
    local: bool = False
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class DurationMention:
    """A length of time, in minutes."""

    span: Span
    minutes: int
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of time as one line tells it; parts that are not told are ``None``.

    ``dates`` are the mentions of the start's date (several tell one date),
    ``end_dates`` those of the end's. ``days`` is a range or list of days that
    the clock times apply to, ``listed`` more dates that they apply to;
    ``every`` says that they repeat, ``all_day`` that no clock time is meant,
    ``onwards`` that a lone point is told with "from",
    ``next_day`` that the end is told to be of the day after the start.
    """

    span: Span
    dates: tuple[DateMention, ...] = ()
    start: ClockMention | None = None
    end_dates: tuple[DateMention, ...] = ()
    end: ClockMention | None = None
    days: DaysMention | None = None
    listed: tuple[DateMention, ...] = ()
    duration: DurationMention | None = None
    open_end: Span | None = None
    every: bool = False
    all_day: bool = False
    next_day: bool = False
    onwards: bool = False
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class LineTimes:
    """All that one line says of time, in text order, nothing twice.

    ``intervals`` are ranges; ``points`` dates with one clock time; ``ends``
    bare ends ("until 0200"); ``dates`` and ``clocks`` what stands alone.
    ``other_words`` counts the words of the line that tell nothing of time;
    ``open_end`` is an open end told apart, ``year_round`` that its zone keeps
    standard time in summer ("CET the whole year round").
    """

    intervals: tuple[Interval, ...] = ()
    points: tuple[Interval, ...] = ()
    ends: tuple[Interval, ...] = ()
    dates: tuple[DateMention, ...] = ()
    days: tuple[DaysMention, ...] = ()
    clocks: tuple[ClockMention, ...] = ()
    durations: tuple[DurationMention, ...] = ()
    open_end: Span | None = None
    other_words: int = 0
    year_round: bool = False

    @property
    def told(self) -> bool:
        """True where the line says anything of time."""
        return bool(
            self.intervals or self.points or self.ends or self.dates or self.days or self.clocks
        )
