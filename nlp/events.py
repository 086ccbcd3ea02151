"""What one update line says → a typed event: what was said, when, and the new time it gives.

Nothing is resolved here: an event keeps its mentions.
"""

from __future__ import annotations

from typing import Final

import regex

from vindue.nlp.lifecycle import NEW_END, NEW_START, NO_HORIZON, ORDER, REOPENS, RESUMED, RIGHTED
from vindue.nlp.mentions.times import DurationMention, Interval, LineTimes
from vindue.nlp.readings import SystemMention
from vindue.nlp.spans import Line, Piece, Span
from vindue.nlp.values import dataclass, replace

INFO: Final = "info"
UNMOVED: Final = (INFO, "completed", "cancelled", "duplicate")
CLOSING: Final = ("completed", "cancelled", "postponed", "duplicate")
UNLENGTHENED: Final = ("moved", "edited")
_OF_ONE_END: Final = ("edited", "moved", "postponed")
_OF_DAYS: Final = ("moved", "postponed")
_SENTENCE_END: Final = regex.compile(r"[.!?]\s+\p{Lu}")
_URL: Final = regex.compile(r"https?://[^\s)>\]]+|www\.[^\s)>\]]+")


@dataclass(frozen=True, slots=True)
class Event:
    """One thing said of the window after it was announced.

    ``at`` tells when it was said, ``end``/``start``/``window`` the new time,
    ``again`` the time told behind a first end, which may be the old one, or the
    right one where the first is ``righted``,
    ``before`` the interval that it replaces where the same line tells it,
    ``about`` the occurrence that alone is meant, ``nth`` as which it is counted,
    ``duration`` by how much,
    ``at_start`` that it is the start which that concerns, ``bare`` that a stamp
    stands over no word.
    ``of_start`` that the words are of the start alone ("the start is moved from … to …").
    ``kind`` may be ``new_end``: whether that is longer or shorter shows only
    against the window.
    """

    kind: str
    span: Span
    line: int
    at: Interval | LineTimes | None = None
    end: Interval | None = None
    again: Interval | None = None
    righted: bool = False
    start: Interval | None = None
    window: Interval | None = None
    before: Interval | None = None
    about: Interval | None = None
    nth: int | None = None
    duration: DurationMention | None = None
    at_start: bool = False
    of_start: bool = False
    systems: tuple[str, ...] = ()
    approximate: bool = False
    no_horizon: bool = False
    bare: bool = False
    url: Piece | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What one line says: its kinds, the times left for its text, and when it was said."""

    line: int
    kinds: dict[str, Span]
    times: LineTimes
    at: Interval | LineTimes | None
    span: Span
    about: Interval | None


def event_of(said: Said, line: Line, named: tuple[SystemMention, ...]) -> Event:
    """The event that a line's words and times make together; ``named`` are its systems."""
    kinds, times, at = said.kinds, said.times, said.at
    kind = _kind_of(kinds)
    ranges = tuple(i for i in times.intervals if i.end)
    window = _new_window(times, ranges) if ranges else None
    if kind == "cancelled" and window is not None and _is_new(window, kinds):
        kind = "moved"
    moved_days = window.days if window is not None and kind in _OF_DAYS else None
    if window is not None and moved_days is not None and not moved_days.listed:
        # "from 12 March to 14 March, 22:00-23:00": the old day and the new
        ranges = (replace(window, days=None, dates=(moved_days.first,)), window)
        window = replace(window, days=None, dates=(moved_days.last,))
    told = told_end(times) if window is None else None
    starts = kind != NEW_END and (NEW_START in kinds or kind == "moved")
    days = _both_days(kinds.get(kind), times) if kind in _OF_DAYS else None
    day = _new_day(kinds[kind], times, ranges, line) if kind in _OF_DAYS else None
    day = Interval(days.span, dates=days.end_dates) if days is not None else day
    if day is not None:
        window, told, starts = None, day, True
    elif starts and window is None:
        told = next((i for i in times.intervals if i.start and not i.end), told)
    if kind == "completed" and at is None:
        at, told = (told if told is not None else None), None
    url = _URL.search(line.text)
    systems = tuple(dict.fromkeys(i for m in named for i in m.ids if m.known))
    return Event(
        INFO if kind == RESUMED else kind,
        said.span,
        said.line,
        at,
        end=_end_behind(window, kinds, times) if window is not None else None if starts else told,
        again=None if starts else _told_again(times, told),
        righted=RIGHTED in kinds and told is not None and kinds[RIGHTED].start > told.span.start,
        start=told if starts else None,
        window=None if kind in UNMOVED else window,
        before=ranges[0] if len(ranges) > 1 or (ranges and day is not None) else None,
        about=days or (said.about if kind in CLOSING else None),
        duration=_length(kind, kinds, times),
        at_start=kind == "delayed" and starts,
        of_start=window is not None and _is_of_start(window, kinds),
        systems=systems if kind in ("cancelled", INFO, "edited") else (),
        approximate=bool(told and told.approximate) or any(d.approximate for d in times.durations),
        no_horizon=NO_HORIZON in kinds,
        url=_piece(url, line) if url else None,
    )


def _length(kind: str, kinds: dict[str, Span], times: LineTimes) -> DurationMention | None:
    """By how much; what is put off without a horizon is not put off by a length told beside."""
    without = kind in UNLENGTHENED or (kind == "postponed" and NO_HORIZON in kinds)
    return times.durations[0] if times.durations and not without else None


def _is_of_start(window: Interval, kinds: dict[str, Span]) -> bool:
    """Whether an interval stands behind words for the start, and before any for the end."""
    start, end = kinds.get(NEW_START), kinds.get(NEW_END)
    if start is None or start.start > window.span.start:
        return False
    return end is None or window.span.end <= end.start


def _end_behind(window: Interval, kinds: dict[str, Span], times: LineTimes) -> Interval | None:
    """The end told behind a start that is moved ("Start moved from 2 to 3. The end is now 7")."""
    end = kinds.get(NEW_END)
    if end is None or not _is_of_start(window, kinds):
        return None
    behind = replace(
        times,
        ends=tuple(e for e in times.ends if e.span.start >= end.start),
        points=tuple(p for p in times.points if p.span.start >= end.start),
        clocks=tuple(c for c in times.clocks if c.span.start >= end.start),
    )
    return told_end(behind)


def _is_new(window: Interval, kinds: dict[str, Span]) -> bool:
    """Whether a window stands behind the words for a new one ("is cancelled. New date: …")."""
    moved = kinds.get("moved")
    return moved is not None and bool(window.dates) and moved.start < window.span.start


def _kind_of(kinds: dict[str, Span]) -> str:
    kind: str | None = next((name for name in ORDER if name in kinds), None)
    if kind in (None, RESUMED) and {NEW_END, REOPENS, RIGHTED} & set(kinds):
        kind = NEW_END
    return _of_one_end(kind or INFO, kinds)


def _of_one_end(kind: str, kinds: dict[str, Span]) -> str:
    """The kind where the words are of the start or the end alone ("the end has been moved to …").

    A start put off is a delay: the window is not.
    """
    if kind not in _OF_ONE_END:
        return kind
    said = kinds[kind]
    end, start = kinds.get(NEW_END), kinds.get(NEW_START)
    if end is not None and start is None and (kind == "edited" or overlap(said, end)):
        return NEW_END
    if kind == "postponed" and start is not None and overlap(said, start):
        return "delayed"
    return kind


def overlap(inner: Span | None, outer: Span) -> bool:
    """Whether two spans have any letter in common; none has where there is no first."""
    return inner is not None and inner.start < outer.end and outer.start < inner.end


def _new_window(times: LineTimes, ranges: tuple[Interval, ...]) -> Interval:
    """The interval that replaces the old; it takes the second of two days ("from … to …")."""
    last = ranges[-1]
    days = next((i for i in times.intervals if i.dates and i.end_dates and not i.start), None)
    return replace(last, dates=days.end_dates) if days is not None and not last.dates else last


def _both_days(moved: Span | None, times: LineTimes) -> Interval | None:
    """The old day and the new, told as "from Monday to Tuesday" behind the word."""
    told = (i for i in times.intervals if i.dates and i.end_dates and not i.start and not i.end)
    return next((i for i in told if moved is not None and i.span.end > moved.start), None)


def _new_day(
    moved: Span, times: LineTimes, ranges: tuple[Interval, ...], line: Line
) -> Interval | None:
    """The day that a window is moved to ("… to Thursday, same time"), told in the same sentence.

    The clock times are those of the one range before the word, or the window's own.
    """
    own = not (ranges or times.points or times.ends or times.clocks or times.intervals)
    if not own and (len(ranges) != 1 or ranges[0].span.end > moved.start):
        return None
    point = next((p for p in times.points if p.span.start >= moved.start), None)
    date = next((d for d in times.dates if d.span.start >= moved.start), None)
    day = point or (Interval(date.span, dates=(date,)) if date is not None else None)
    if day is None:
        return None
    start = line.span.start
    between = line.text[moved.end - start : max(day.span.start, moved.end) - start]
    return None if _SENTENCE_END.search(between) else day


def _told_again(times: LineTimes, first: Interval | None) -> Interval | None:
    """The next time that is told behind the first."""
    if first is None:
        return None
    clocks = (Interval(clock.span, end=clock) for clock in times.clocks)
    later = [end for end in (*times.ends, *clocks) if end.span.start >= first.span.end]
    return min(later, key=lambda end: end.span, default=None)


def _piece(match: regex.Match[str], line: Line) -> Piece:
    text = match.group().rstrip(".,;")
    start = line.span.start + match.start()
    return Piece(text, Span(start, start + len(text)))


def told_end(times: LineTimes) -> Interval | None:
    """The one time that an update gives: after "to" or "until", else the first told."""
    if times.ends:
        return times.ends[0]
    if times.points:
        point = times.points[0]
        return replace(point, dates=(), end_dates=point.dates, start=None, end=point.start)
    if times.clocks:
        clock = times.clocks[0]
        return Interval(clock.span, end=clock, end_dates=times.dates, approximate=clock.approximate)
    return None
