"""Clock times that no value of the record accounts for: a sentence that was not understood.

"The maintenance goes on to 19:30" in words that no rule knows would leave the
window as it was, and sure of itself. A time that is neither of a window, nor of
an update, nor of a passage set aside is said, and the windows are less sure.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from vindue.nlp.instants import DAY_MINUTES
from vindue.nlp.mentions.times import ClockMention, Interval, LineTimes
from vindue.nlp.readings import RevisionReading, WindowReading
from vindue.nlp.spans import Finding, Line, Span
from vindue.nlp.told_lines import Telling
from vindue.nlp.witnesses import lines_read, ranges_apart

_MESSAGE: Final = "a time that no window and no update was read from"
_DOTTED: Final = frozenset({"hour-dot-minute"})
_WRITTEN_OUT: Final = _DOTTED | {"four-digits"}
_NEAR: Final = timedelta(days=1)
_ONE: Final = 1


def unread_times(
    telling: Telling,
    windows: tuple[WindowReading, ...],
    revisions: tuple[RevisionReading, ...],
) -> tuple[Finding, ...]:
    """A warning for each line that tells a time which neither window nor update has."""
    known = frozenset(_minutes(windows, revisions))
    if not known:
        return ()
    read = frozenset(proof.span for window in windows for proof in window.proofs)
    days = frozenset(at.date() for w in windows for at in (w.start, w.end) if at is not None)
    return tuple(
        Finding("time.unread", "warning", _MESSAGE, told[0].span)
        for line, times in _lines(telling)
        if (told := [c for c in _clocks(line, times, days) if not _accounted(c, known, read)])
    )


def _lines(telling: Telling) -> Iterator[tuple[Line, LineTimes]]:
    """Lines that may tell a window, and those of the updates."""
    yield from ((telling.lines[index], times) for index, times in lines_read(telling))
    yield from ((telling.lines[index], times) for index, times in ranges_apart(telling))
    for index in sorted({event.line for event in telling.updates.events}):
        if index in telling.updates.silent and index not in telling.fields.labelled:
            yield telling.lines[index], telling.times[index]


def _minutes(
    windows: tuple[WindowReading, ...], revisions: tuple[RevisionReading, ...]
) -> Iterator[int]:
    moments: list[datetime | date | None] = []
    for window in windows:
        moments += (window.start, window.end, window.planned_start, window.planned_end)
        moments.append(window.actual_end)
    for revision in revisions:
        moments += (revision.at, revision.end)
    for at in moments:
        if isinstance(at, datetime):
            yield at.hour * 60 + at.minute


def _clocks(line: Line, times: LineTimes, days: frozenset[date]) -> Iterator[ClockMention]:
    """Clock times that are surely meant as such; a stamp that opens the line is none."""
    for interval in times.intervals:
        both = [clock for clock in (interval.start, interval.end) if clock is not None]
        if all(_written_out(clock) for clock in both):
            yield from both
    for end in times.ends:
        if end.end is not None and _written_out(end.end) and _after_word(line, end.end.span):
            yield end.end
    for point in times.points:
        clock = point.start
        if clock is not None and clock.sure and not _opens(line, point.span) and _near(point, days):
            yield clock
    for clock in times.clocks:
        if (clock.sure or clock.form in _DOTTED) and not _opens(line, clock.span):
            yield clock


def written_clocks(times: LineTimes) -> Iterator[ClockMention]:
    """Clock times of a line that are written as such, whatever they are told for."""
    for interval in (*times.intervals, *times.points, *times.ends):
        both = (interval.start, interval.end)
        yield from (clock for clock in both if clock is not None and _written_out(clock))
    yield from (c for c in times.clocks if c.sure or c.form in _DOTTED)


def _written_out(clock: ClockMention) -> bool:
    return clock.sure or clock.form in _WRITTEN_OUT


def _after_word(line: Line, span: Span) -> bool:
    """Whether a word such as "until" leads to it, not a dash or a bracket."""
    before = line.text[: span.start - line.span.start].rstrip(" .")
    return before[-1:].isalpha()


def _opens(line: Line, span: Span) -> bool:
    before = line.text[: span.start - line.span.start]
    return not any(letter.isalnum() for letter in before)


def _near(point: Interval, days: frozenset[date]) -> bool:
    """A time with a date of its own that is no window's, nor the next, is of something else."""
    told = [mention for mention in point.dates if mention.day is not None]
    return not told or any(
        mention.day == (day + step * _NEAR).day
        for mention in told
        for day in days
        for step in (-1, 0, 1)
    )


def _accounted(clock: ClockMention, known: frozenset[int], read: frozenset[Span]) -> bool:
    """Whether a value was read from it, or has its time, or that of a minute less ("midnight").

    Of a time in another zone it can't be told here.
    """
    if clock.span in read or clock.zone is not None or clock.zones:
        return True
    readings = {minute % DAY_MINUTES for minute in (clock.minute, *clock.alternatives)}
    return any((minute - step) % DAY_MINUTES in known for minute in readings for step in (0, _ONE))
