"""Events folded over a window: what is planned, announced and actual at the end.

The window is a fold over its update events, oldest first. Where events carry
no time their order on the page tells it (above the schedule newest first),
and an extension to a later end follows one to an earlier.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final, cast

from vindue.nlp.days import DAY, Bounds, Stamps, Witness, choose_day
from vindue.nlp.drafts import END_WITHIN, Context, Draft, gap
from vindue.nlp.events import CLOSING, Event
from vindue.nlp.instants import DAY_MINUTES, instant, minutes_between, shifted, utc
from vindue.nlp.lifecycle import NEW_END
from vindue.nlp.mentions.times import ClockMention, DateMention, Interval
from vindue.nlp.occurrences import resolve
from vindue.nlp.record import RevisionKind, Status
from vindue.nlp.sayings import TOLERANCE, State, Told, at_clock, moment
from vindue.nlp.spans import Finding
from vindue.nlp.values import dataclass, replace

HALF_DAY: Final = timedelta(hours=12)
LENGTHENING: Final = ("extended", "delayed")
OF_END: Final = (*LENGTHENING, "shortened", NEW_END)
LEAVES_END: Final = ("edited", "delayed")
TURNED: Final = "this update tells an end that does not follow the start: not taken"


@dataclass(frozen=True, slots=True)
class Folded:
    """A window after its events; per event the kind it turned out to be and its end."""

    state: State
    outcomes: tuple[tuple[Event, RevisionKind, datetime | None], ...]
    findings: tuple[Finding, ...] = ()


def fold(
    draft: Draft,
    told: Iterable[Told],
    context: Context,
    systems: frozenset[str] = frozenset(),
) -> Folded:
    """Fold events, oldest first, over the window that ``draft`` announced.

    ``systems`` are those that this window of several is told for.
    """
    state = State(
        draft.start,
        draft.end,
        draft.start,
        draft.end,
        open_end=draft.open_end,
        approximate=draft.approximate,
        systems=systems,
    )
    outcomes: list[tuple[Event, RevisionKind, datetime | None]] = []
    findings: list[Finding] = []
    for item in _growing(tuple(told), state, context):
        before = state
        state, kind, end = _step(state, item, context)
        if _turned(state):
            state, end = _with_times_of(before, state), None
            findings.append(Finding("conflict.time", "warning", TURNED, item.event.span))
        outcomes.append((item.event, kind, end))
    return Folded(state, tuple(outcomes), tuple(findings))


def _turned(state: State) -> bool:
    """Whether the end does not follow the start."""
    return bool(state.start and state.end and utc(state.end) <= utc(state.start))


def _with_times_of(before: State, later: State) -> State:
    """What became of the window, less its new times."""
    return replace(
        later,
        start=before.start,
        end=before.end,
        planned_start=before.planned_start,
        planned_end=before.planned_end,
        start_span=before.start_span,
        end_span=before.end_span,
        open_end=before.open_end,
    )


def _growing(told: tuple[Told, ...], state: State, context: Context) -> tuple[Told, ...]:
    """Untimed extensions in order of the end they give."""
    places = [
        i for i, t in enumerate(told) if t.at is None and t.event.kind in LENGTHENING
        and t.event.end is not None
    ]  # fmt: skip
    ends = {i: new_end(told[i].event, state, context) for i in places}
    by_end = sorted(places, key=lambda i: moment(ends[i]))
    sequence = list(told)
    for place, source in zip(places, by_end, strict=True):
        sequence[place] = told[source]
    return tuple(sequence)


def _step(
    state: State, told: Told, context: Context
) -> tuple[State, RevisionKind, datetime | None]:
    event = told.event
    if event.kind in CLOSING:
        return _close(state, told, context)
    if event.window is not None:
        return _replaced(state, event, context)
    if event.start is not None:
        return _restarted(state, event, context)
    if event.kind == "info":
        return _noted(state, told, context)
    if event.at_start and event.duration is not None and event.end is None:
        return _later_start(state, event.duration.minutes)
    return _lengthened(state, event, context)


def _noted(
    state: State, told: Told, context: Context
) -> tuple[State, RevisionKind, datetime | None]:
    """A word that changes nothing; a stamp over nothing may be the closing."""
    event = told.event
    if event.bare and _closes(state, told.at, context):
        return _close(state, replace(told, event=replace(event, kind="completed")), context)
    return state, "info", None


def _lengthened(
    state: State, event: Event, context: Context
) -> tuple[State, RevisionKind, datetime | None]:
    """A new end, or an end given up where none is told."""
    end = new_end(event, state, context)
    kind = _kind_of(event, state, end)
    if end is None:
        opened = event.kind in LENGTHENING or event.no_horizon
        return replace(state, open_end=state.open_end or opened), kind, None
    in_place = kind in LENGTHENING and state.end is not None and utc(end) == utc(state.end)
    if (before := _mended_in_place(event, state)) is not None:
        first = _fitting(before, event, state, context)
        return replace(state, planned_end=first), "edited", state.end
    later = replace(
        state,
        end=end,
        end_span=event.end.span if event.end else event.span,
        open_end=event.no_horizon,
        approximate=state.approximate or event.approximate,
        planned_end=None if in_place and state.planned_end == state.end else state.planned_end,
    )
    return later, kind, end


def _mended_in_place(event: Event, state: State) -> ClockMention | None:
    """The wrong end that a correction names first, where the window has the right one already."""
    told, again = event.end, event.again
    if told is None or told.end is None or again is None or not event.righted:
        return None
    return told.end if _is_old(again, state) and not _is_old(told, state) else None


def _closes(state: State, at: datetime | date | None, context: Context) -> bool:
    """A stamp over nothing is the closing if it was the last edit, late in the window."""
    if not isinstance(at, datetime) or state.start is None or context.updated_at is None:
        return False
    last_edit = gap(at, context.updated_at) <= TOLERANCE / 4
    return last_edit and utc(at) > utc(state.start)


def _kind_of(event: Event, state: State, end: datetime | None) -> RevisionKind:
    if event.kind != NEW_END:
        return cast("RevisionKind", event.kind)
    if end is None or state.end is None or utc(end) == utc(state.end):
        return "edited"
    return "shortened" if utc(end) < utc(state.end) else "extended"


def _close(
    state: State, told: Told, context: Context
) -> tuple[State, RevisionKind, datetime | None]:
    event = told.event
    kind = cast("RevisionKind", event.kind)
    whole = bool(state.systems) and state.systems <= set(event.systems)
    if event.kind == "cancelled" and event.systems and event.about is None and not whole:
        return replace(state, dropped=(*state.dropped, *event.systems)), kind, None
    if event.kind == "postponed" and event.window is not None:
        later, _, end = _replaced(state, event, context)
        if (later.start, later.end) != (state.start, state.end):
            return later, "moved", end
    if event.kind == "postponed" and event.start is not None:
        return _restarted(state, event, context)
    if event.kind == "postponed" and event.duration is not None:
        later = _put_off(state, event.duration.minutes)
        return later, "moved", later.end
    status = cast("Status", event.kind)
    if event.kind != "completed":
        return replace(state, status=status), kind, None
    at = new_end(event, state, context) or (told.at if isinstance(told.at, datetime) else None)
    later = replace(state, status=status, actual_end=at, open_end=False)
    return replace(later, actual_span=event.span if at else None), kind, None


def _replaced(
    state: State, event: Event, context: Context
) -> tuple[State, RevisionKind, datetime | None]:
    """A whole new interval; the day stays where only clock times are told."""
    window = cast("Interval", event.window)
    if event.of_start and _is_clock(window.start, state.start, context):
        # "the start is moved from 12:00 to 13:00": the old one and the new
        told = replace(window, start=window.end, end=None, end_dates=())
        begun = _restarted(state, replace(event, kind=_kind_at_start(event), start=told), context)
        if event.end is None:
            return begun
        ended = replace(event, kind=NEW_END, window=None, start=None)
        later, _, end = _lengthened(begun[0], ended, context)
        return later, "moved", end
    kind: RevisionKind = "edited" if event.kind == NEW_END else cast("RevisionKind", event.kind)
    start, end = _span_of(window, event, state, context)
    if event.kind == NEW_END and start == state.start:
        kind = _kind_of(event, state, end)
    if start is None or end is None:
        return state, kind, None
    later = replace(state, start=start, end=end, start_span=window.span, end_span=window.span)
    return later, kind, end


def _is_clock(told: ClockMention | None, at: datetime | None, context: Context) -> bool:
    """Whether a clock time, in the zone it is told in, is the very one of a moment."""
    if told is None or at is None:
        return False
    return any(utc(at_clock(at.date() + n * DAY, told, context)) == utc(at) for n in (-1, 0, 1))


def _kind_at_start(event: Event) -> str:
    """A start moved alone leaves the end; the window is not moved as a whole."""
    return "edited" if event.kind in ("moved", NEW_END) else event.kind


def _from_end(window: Interval, event: Event, state: State) -> bool:
    """True for "extended from 20:00 to 22:00": the first is the old end, not a start."""
    if event.kind not in OF_END or window.dates or state.end is None:
        return False
    old = state.end.hour * 60 + state.end.minute
    return window.start is not None and window.start.minute % 1440 == old


def _span_of(
    window: Interval, event: Event, state: State, context: Context
) -> tuple[datetime | None, datetime | None]:
    if _from_end(window, event, state):
        told = replace(event, end=replace(window, start=None), window=None)
        return state.start, new_end(told, state, context)
    if window.dates or window.days or window.end_dates or state.start is None:
        draft = resolve(window, event.line, (), context)[0]
        return draft.start, draft.end
    if window.start is None or window.end is None:
        return None, None
    day = state.start.date()
    start = at_clock(day, window.start, context)
    end = at_clock(day, window.end, context)
    return start, at_clock(day + DAY, window.end, context) if utc(end) <= utc(start) else end


def _put_off(state: State, minutes: int) -> State:
    """The whole window later by a length."""
    start = state.start and shifted(state.start, minutes)
    end = state.end and shifted(state.end, minutes)
    return replace(state, start=start, end=end)


def _later_start(state: State, minutes: int) -> tuple[State, RevisionKind, datetime | None]:
    """A start later by a length ("starts one hour later"); the end stays, if it can."""
    later = _put_off(state, minutes)
    if state.end is None or later.start is None or utc(later.start) >= utc(state.end):
        return later, "moved", later.end
    return replace(later, end=state.end), "moved", None


def _day_of(dates: tuple[DateMention, ...], state: State, context: Context) -> date | None:
    if not dates:
        return state.start.date() if state.start else None
    weekdays = next((m.weekdays for m in dates if m.told_weekday_only and m.which is None), ())
    if weekdays and len(dates) == 1 and state.start is not None:
        return _nearest_weekday(weekdays, state.start.date())
    own = tuple(Witness(mention, 1.0, "own") for mention in dates)
    published = context.stamps.published or (state.start.date() if state.start else None)
    choice = choose_day(own, Stamps(published=published), context.weights)
    return choice.day if choice else None


def _nearest_weekday(weekdays: tuple[int, ...], day: date) -> date:
    """The day of one of ``weekdays`` that lies nearest a window's own day; of two the later."""
    steps = sorted(range(-3, 5), key=lambda step: (abs(step), -step))
    near = (day + step * DAY for step in steps)
    return next((other for other in near if other.isoweekday() in weekdays), day)


def _restarted(
    state: State, event: Event, context: Context
) -> tuple[State, RevisionKind, datetime | None]:
    """A new start; a ``moved`` one keeps the length, an edited or delayed one leaves the end."""
    told = cast("Interval", event.start)
    kind = _of_start(event)
    clock = told.end or told.start
    day = _day_of(told.end_dates or told.dates, state, context)
    if state.start is None or day is None:
        return state, kind, None
    minute = state.start.hour * 60 + state.start.minute
    start = at_clock(day, clock, context) if clock else instant(day, minute, context.zone).at
    if utc(start) == utc(state.start):
        planned = None if kind == "edited" else state.planned_start
        return replace(state, planned_start=planned), kind, None
    end = state.end
    alone = event.kind in LEAVES_END and (end is None or utc(start) < utc(end))
    if end is not None and not alone:
        end = shifted(start, minutes_between(state.start, end))
    later = replace(state, start=start, end=end, start_span=told.span)
    return later, kind, None if alone or clock is not None else end


def _of_start(event: Event) -> RevisionKind:
    """A start that is put off or told anew moves the window, however it is called."""
    if event.kind == NEW_END:
        return "edited"
    moved = event.at_start or event.kind == "postponed"
    return "moved" if moved else cast("RevisionKind", event.kind)


def new_end(event: Event, state: State, context: Context) -> datetime | None:
    """The end that an event gives the window, or ``None`` if it gives none.

    Of two ("it said 11:30, it should have said 13:30") the first may be the old one.
    """
    told = event.end
    if event.again is not None and told is not None and (event.righted or _is_old(told, state)):
        told = event.again
    if told is None or told.end is None:
        if event.duration is not None and state.end is not None and event.kind != "info":
            sign = -1 if event.kind == "shortened" else 1
            return shifted(state.end, sign * event.duration.minutes)
        return None
    clock = told.end
    if state.start is None:
        return None
    if told.end_dates:
        own = tuple(Witness(mention, 1.0, "update") for mention in told.end_dates)
        first = state.start.date()
        choice = choose_day(own, Stamps(first), context.weights, Bounds(first, END_WITHIN))
        return at_clock(choice.day, clock, context) if choice else None
    return _fitting(clock, event, state, context)


def _is_old(told: Interval, state: State) -> bool:
    if told.end is None or told.end_dates or state.end is None:
        return False
    return told.end.minute % DAY_MINUTES == state.end.hour * 60 + state.end.minute


def _fitting(clock: ClockMention, event: Event, state: State, context: Context) -> datetime:
    """A bare clock time takes the day that fits: near the end, and after it if it lengthens."""
    start = cast("datetime", state.start)
    base = state.end or start
    span = max((base.date() - start.date()).days, 0) + 2
    options = [at_clock(start.date() + step * DAY, clock, context) for step in range(span + 1)]
    after = [at for at in options if utc(at) > utc(start)]
    if event.kind in LENGTHENING:
        longer = [at for at in after if utc(at) >= utc(base) and gap(at, base) <= HALF_DAY]
        if longer:
            return longer[0]
    return min(after, key=lambda at: gap(at, base))
