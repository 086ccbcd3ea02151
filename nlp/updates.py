"""The lines of a body → its update events, in text order.

A stamp above a word ("Tuesday May 20, 2025, 2145" over "Done."), a headed
line ("Update 17:20: …"), a word of the lifecycle on a line of its own, or a
sentence that says so. Nothing is resolved here: an event keeps its mentions.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from vindue.nlp.decoys import outside
from vindue.nlp.events import INFO, Event, Said, event_of, overlap, told_end
from vindue.nlp.lifecycle import NEW_END, NEW_START, NEXT_NEWS, NO_HORIZON, ORDER, REOPENS, LifeLine
from vindue.nlp.mentions.times import Interval, LineTimes
from vindue.nlp.readings import SystemMention
from vindue.nlp.spans import Line, Span
from vindue.nlp.values import dataclass, replace

STAMP_WORDS: Final = 3
NEAR_LINES: Final = 2
NEWS_GAP: Final = 4
"""Code points between "next update at" and its time."""
_ASIDE: Final = frozenset({REOPENS, NEXT_NEWS})
_SYSTEMS = Callable[[str, int], tuple[SystemMention, ...]]


@dataclass(frozen=True, slots=True)
class Updates:
    """Events in text order; ``silent`` are the lines that tell nothing else.

    ``reopening`` are lines whose time is an end ("access will be opened at 03:00").
    """

    events: tuple[Event, ...] = ()
    silent: frozenset[int] = frozenset()
    reopening: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class ReadLines:
    """The lines of a body with what each tells of time and of the lifecycle.

    ``labelled`` are lines of a form ("Start: …"): no stamp, no update.
    ``titled`` says that the title tells a window, which they may change.
    """

    lines: tuple[Line, ...]
    times: tuple[LineTimes, ...]
    lives: tuple[LifeLine, ...]
    labelled: frozenset[int] = frozenset()
    titled: bool = False


def read_updates(read: ReadLines, systems_in: _SYSTEMS) -> Updates:
    """The events of a notice's body, in text order; ``systems_in`` names systems in a text."""
    return _Walk(read, systems_in).run()


class _Walk:
    """One pass down the lines; lives for one notice."""

    def __init__(self, read: ReadLines, systems_in: _SYSTEMS) -> None:
        self._lines, self._lives = read.lines, read.lives
        self._times = tuple(map(_without_news, read.times, read.lives))
        self._systems_in = systems_in
        self._labelled = read.labelled
        self._events: list[Event] = []
        self._silent: set[int] = set()
        self._pending: tuple[int, Interval | LineTimes | None, Span] | None = None
        self._pending_used = False
        self._has_window = read.titled or any(t.intervals for t in read.times)
        # clock times that open lines are a log only where one of them says a change
        self._log = any(life.bare and life.headed and life.kinds for life in read.lives)

    def run(self) -> Updates:
        for index in range(len(self._lines)):
            if index not in self._labelled:
                self._announcement(index)
                self._line(index)
        self._leave_pending()
        reopening = frozenset(
            i
            for i, life in enumerate(self._lives)
            if REOPENS in life.kinds or (NEW_END in life.kinds and i not in self._silent)
        )
        return Updates(self._merged(), frozenset(self._silent), reopening)

    def _announcement(self, index: int) -> None:
        """The stamp above "Scheduled" is that of the announcement: no update."""
        if self._pending is None or self._pending_used or self._pending[0] != index - 1:
            return
        if self._lives[index].first:
            self._silent.add(self._pending[0])
            self._pending = None

    def _merged(self) -> tuple[Event, ...]:
        """One event of a state and the sentence below it under the same stamp."""
        kept: list[Event] = []
        for event in self._events:
            above = kept[-1] if kept else None
            if above is not None and self._is_state_of(above, event):
                if event.kind == INFO and above.kind != INFO:
                    continue
                kept.pop()
            kept.append(event)
        # "This maintenance has been completed." above the log that says when
        dated = any(event.kind == "completed" and event.at is not None for event in kept)
        return tuple(e for e in kept if not (dated and e.kind == "completed" and e.at is None))

    def _is_state_of(self, above: Event, event: Event) -> bool:
        """Whether ``above`` is the bare name of a state that ``event`` tells in words."""
        life = self._lives[above.line]
        near = above.line + 1 == event.line and (life.alone or life.empty)
        spoken = above.kind in {event.kind, INFO} or event.kind == INFO
        return near and spoken and above.at is not None and above.at is event.at

    def _line(self, index: int) -> None:
        line, times, life = self._lines[index], self._times[index], self._lives[index]
        if life.headed and life.first:
            self._leave_pending()
            self._silent.add(index)
        elif life.headed and (self._log or not life.bare) and not self._announces(index):
            above = self._stamp_above(index)
            self._leave_pending()
            self._headed(index, above)
        elif self._is_stamp(line, times, life):
            self._leave_pending()
            self._pending = (index, times.points[0], line.span)
            self._pending_used = False
        elif kinds := self._kinds(index):
            self._said(index, kinds)
        elif self._is_text_of_stamp(index):
            self._note(index)
        elif self._pending_used and not times.intervals:
            self._pending = None

    def _is_text_of_stamp(self, index: int) -> bool:
        """True for the words right below a stamp where other lines tell the window."""
        if self._pending is None or self._pending_used or self._pending[0] != index - 1:
            return False
        times = self._times[index]
        others = any(t.intervals for i, t in enumerate(self._times) if i != index)
        return others and not times.intervals and times.other_words > STAMP_WORDS

    def _note(self, index: int) -> None:
        """What stands under a stamp in words that no rule knows: a note, or a new end."""
        times, line = self._times[index], self._lines[index]
        at, span = self._stamp_for(index)
        self._silent.add(index)
        kinds = {NEW_END: line.span} if times.ends else {}
        told = times if times.ends else LineTimes()
        whole = Span(span.start, line.span.end) if span is not None else line.span
        self._emit(Said(index, kinds, told, at, whole, None))

    def _announces(self, index: int) -> bool:
        """True for a headed line that tells the notice's one window and no change of it."""
        life, times = self._lives[index], self._times[index]
        told = any(i.start and i.end and i.span.start >= life.head_end for i in times.intervals)
        others = (t.intervals for i, t in enumerate(self._times) if i != index)
        return told and not life.kinds and not any(others)

    def _kinds(self, index: int) -> dict[str, Span]:
        """Kinds by which a line without a head is an update.

        A new start or end alone is one only beside a window that it changes.
        """
        said, times = self._lives[index].kinds, self._times[index]
        kinds = {k: s for k, s in said.items() if k not in _ASIDE and not _inside(s, times)}
        reopens = said.get(REOPENS)
        if reopens is not None and times.told and overlap(kinds.get("completed"), reopens):
            kinds.pop("completed", None)
        if any(kind in ORDER for kind in kinds):
            return kinds
        kinds.pop(NEW_START, None)
        amends = bool(self._events) and self._events[-1].line >= index - NEAR_LINES
        changes = NEW_END in kinds and self._has_window and not _ahead(times, kinds[NEW_END])
        return kinds if amends or changes else {}

    def _is_stamp(self, line: Line, times: LineTimes, life: LifeLine) -> bool:
        """A date with one clock time and next to no words."""
        return (
            len(times.points) == 1
            and not (times.intervals or times.ends or times.durations or life.kinds)
            and times.points[0].open_end is None
            and times.other_words <= STAMP_WORDS
            and not line.bullet
            and (self._has_window or self._life_below(line.index))
        )

    def _life_below(self, index: int) -> bool:
        below = self._lives[index + 1 : index + 2]
        return bool(below) and bool(below[0].kinds)

    def _leave_pending(self) -> None:
        """A stamp over nothing is still an update line."""
        if self._pending is not None and not self._pending_used:
            index, at, span = self._pending
            self._events.append(Event("info", span, index, at, bare=True))
            self._silent.add(index)
        self._pending = None

    def _stamp_above(self, index: int) -> tuple[int, Interval | LineTimes | None, Span] | None:
        """The stamp of its own line just above a head without one; it is this update's."""
        stamp = self._pending
        own = _before(self._times[index], self._lives[index].head_end)
        if stamp is None or self._pending_used or stamp[0] != index - 1 or own is not None:
            return None
        self._pending_used = True
        self._silent.add(stamp[0])
        return stamp

    def _headed(
        self, index: int, above: tuple[int, Interval | LineTimes | None, Span] | None = None
    ) -> None:
        line, times, life = self._lines[index], self._times[index], self._lives[index]
        at = above[1] if above is not None else _before(times, life.head_end)
        if life.empty and self._near_text(index):
            self._pending = (index, at, line.span)
            self._pending_used = False
            return
        rest = _after(times, life.head_end)
        kinds = dict(life.kinds)
        if not (rest.clocks or rest.points or rest.ends or rest.intervals):
            kinds.pop(REOPENS, None)
        self._silent.add(index)
        self._pending = (index, at, line.span)
        self._pending_used = True
        span = Span(above[2].start, line.span.end) if above is not None else line.span
        self._emit(Said(index, kinds, rest, at, span, _occurrence(rest)))

    def _near_text(self, index: int) -> bool:
        return index + 1 < len(self._lines)

    def _said(self, index: int, kinds: dict[str, Span]) -> None:
        line, times = self._lines[index], self._times[index]
        at, span = self._stamp_for(index)
        if at is None:
            at, times = _bracketed(line, times)
        plain = {kind for kind in kinds if kind in ORDER}
        if not plain and self._amend(index, kinds, times):
            self._silent.add(index)
            return
        told_apart = bool(times.clocks or times.ends or times.points)
        lengthens = told_apart and not {"moved", "postponed", "edited"} & set(kinds)
        if times.intervals and (lengthens or not self._moves(kinds)):
            times = replace(times, intervals=())
        else:
            self._silent.add(index)
        about = _occurrence(self._times[index])
        joined = Span(min(span.start, line.span.start), line.span.end) if span else line.span
        self._emit(Said(index, kinds, times, at, joined, about))

    @staticmethod
    def _moves(kinds: dict[str, Span]) -> bool:
        return bool({"moved", "postponed", "edited", "shortened", "extended"} & set(kinds))

    def _stamp_for(self, index: int) -> tuple[Interval | LineTimes | None, Span | None]:
        """The stamp that this line stands under, if it is near enough."""
        if self._pending is None:
            return None, None
        stamp, at, span = self._pending
        between = range(stamp + 1, index)
        scheduled = sum(1 for i in between if self._times[i].intervals)
        if len(between) - scheduled > NEAR_LINES:
            self._leave_pending()
            return None, None
        first = not self._pending_used
        self._pending_used = True
        self._silent.add(stamp)
        return at, span if first and index - stamp <= 1 else None

    def _amend(self, index: int, kinds: dict[str, Span], times: LineTimes) -> bool:
        """A line that only gives a new end completes the event above it."""
        last = self._events[-1] if self._events else None
        if last is None or last.line < index - NEAR_LINES or last.end is not None:
            return False
        if last.kind in ("completed", "cancelled", "duplicate"):
            return False
        end = told_end(times)
        if end is None and NO_HORIZON not in kinds:
            return False
        span = Span(last.span.start, self._lines[index].span.end)
        self._events[-1] = replace(
            last,
            span=span,
            line=index,
            end=end,
            no_horizon=last.no_horizon or NO_HORIZON in kinds,
            approximate=last.approximate or bool(end and end.approximate),
        )
        return True

    def _emit(self, said: Said) -> None:
        line = self._lines[said.line]
        event = event_of(said, line, self._systems_in(line.text, line.span.start))
        self._events.append(replace(event, nth=self._lives[said.line].nth))


def _without_news(times: LineTimes, life: LifeLine) -> LineTimes:
    """The times of a line but for the one at which its next update is promised."""
    said = life.kinds.get(NEXT_NEWS)
    if said is None:
        return times
    ranges = (*times.intervals, *times.points, *times.ends)
    told = [m.span for m in ranges] + [m.span for m in times.clocks]
    told += [m.span for m in times.durations]
    first = min((span for span in told if span.end > said.end), default=None)
    near = first is not None and first.start - said.end <= NEWS_GAP
    return outside(times, (first,)) if first is not None and near else times


def _bracketed(line: Line, times: LineTimes) -> tuple[LineTimes | None, LineTimes]:
    """The stamp in brackets at the end of a line ("… (Tuesday May 20, 2145)"), and the rest."""
    opened = line.text.rfind("(")
    if opened < 0 or not line.text.endswith(")"):
        return None, times
    place = Span(line.span.start + opened, line.span.end)
    inside = tuple(p for p in times.points if place.start < p.span.start)
    if len(inside) != 1 or inside[0].open_end is not None:
        return None, times
    return LineTimes(points=inside), outside(times, (place,))


def _ahead(times: LineTimes, said: Span) -> bool:
    """True where a range stands behind the words, or no time does that could be the new one."""
    if not times.intervals:
        return False
    later = [told.span for told in (*times.ends, *times.points)]
    later += [clock.span for clock in times.clocks]
    behind = any(i.span.end > said.start for i in times.intervals)
    return behind or not any(span.end > said.start for span in later)


def _inside(said: Span, times: LineTimes) -> bool:
    """True for words between the two ends of a range ("from 20 (new time: 22) to 6")."""
    return any(i.span.start < said.start and said.end < i.span.end for i in times.intervals)


def _occurrence(times: LineTimes) -> Interval | None:
    """The interval or the date that a line about its end or fall names."""
    if times.intervals:
        return times.intervals[0]
    if times.dates and not times.points:
        return Interval(times.dates[0].span, dates=times.dates[:1])
    return None


def _before(times: LineTimes, end: int) -> LineTimes | None:
    """The mentions of the head: what stands before ``end``."""
    head = LineTimes(
        points=tuple(p for p in times.points if p.span.end <= end),
        dates=tuple(d for d in times.dates if d.span.end <= end),
        clocks=tuple(c for c in times.clocks if c.span.end <= end),
    )
    return head if head.told else None


def _after(times: LineTimes, end: int) -> LineTimes:
    """The mentions of the text: what stands from ``end`` on."""
    return replace(
        times,
        intervals=tuple(i for i in times.intervals if i.span.start >= end),
        points=tuple(p for p in times.points if p.span.start >= end),
        ends=tuple(e for e in times.ends if e.span.start >= end),
        dates=tuple(d for d in times.dates if d.span.start >= end),
        clocks=tuple(c for c in times.clocks if c.span.start >= end),
        durations=tuple(u for u in times.durations if u.span.start >= end),
    )
