"""Events folded over a window: what is planned, announced and actual at the end.

The window is a fold over its update events, oldest first. Where events carry
no time their order on the page tells it (above the schedule newest first),
and an extension to a later end follows one to an earlier.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final, cast

from vindue.nlp.days import DAY, Stamps, Witness, choose_day
from vindue.nlp.drafts import Context, Draft, gap, resolve
from vindue.nlp.instants import in_zone, instant, minutes_between, shifted, utc
from vindue.nlp.mentions.times import ClockMention, DateMention, Interval, LineTimes
from vindue.nlp.record import RevisionKind, Status
from vindue.nlp.spans import Finding, Span
from vindue.nlp.updates import NEW_END, Event

HALF_DAY: Final = timedelta(hours=12)
TOLERANCE: Final = timedelta(hours=1)
CLOSING: Final = ("completed", "cancelled", "postponed", "duplicate")
LENGTHENING: Final = ("extended", "delayed")


@dataclass(frozen=True, slots=True)
class Told:
    """An event with its times resolved: ``at`` a time, or a date where only that is told."""

    event: Event
    at: datetime | date | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """A window while events are folded over it."""

    start: datetime | None
    end: datetime | None
    planned_start: datetime | None
    planned_end: datetime | None
    actual_end: datetime | None = None
    actual_span: Span | None = None
    end_span: Span | None = None
    start_span: Span | None = None
    open_end: bool = False
    approximate: bool = False
    status: Status = "scheduled"
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Folded:
    """A window after its events; per event the kind it turned out to be and its end."""

    state: State
    outcomes: tuple[tuple[Event, RevisionKind, datetime | None], ...]


# --- when was it said ---------------------------------------------------------


def told_at(event: Event, window: State | None, context: Context) -> Told:
    """Resolve when an event was said, against the window and the stamps."""
    dates, clock = _parts(event.at)
    if clock is None:
        if not dates:
            return Told(event, None)
        own = (Witness(dates[0], 1.0, "update"),)
        choice = choose_day(own, _stamps(context), context.weights)
        return Told(event, choice.day if choice else None)
    days = _days_for(dates, window, context)
    if not days:
        return Told(event, None)
    charged = sorted(
        (charge + _misfit(_at(day, clock, context), event, window, context), day)
        for day, charge in days.items()
    )
    day = charged[0][1]
    at = _at(day, clock, context)
    return Told(event, at, _at_findings(event, dates, clock, day))


def _parts(at: Interval | LineTimes | None) -> tuple[tuple[DateMention, ...], ClockMention | None]:
    if isinstance(at, Interval):
        return at.dates or at.end_dates, at.start or at.end
    if isinstance(at, LineTimes):
        if at.points:
            return at.points[0].dates, at.points[0].start
        return at.dates, at.clocks[0] if at.clocks else None
    return (), None


def _at(day: date, clock: ClockMention, context: Context) -> datetime:
    found = instant(day, clock.minute, clock.zone or context.zone, clock.fold)
    return in_zone(found.at, context.zone)


def _stamps(context: Context) -> Stamps:
    return replace(context.stamps, done=True)


def _days_for(
    dates: tuple[DateMention, ...], window: State | None, context: Context
) -> dict[date, float]:
    """Candidate days of a stamp with what each would cost."""
    if not dates:
        return {day: 0.0 for day in _days_around(window, context)}
    found: dict[date, float] = {}
    own = (Witness(dates[0], 1.0, "update"),)
    for first in (None, *_days_around(window, context)):
        within = None if first is None else 0
        choice = choose_day(own, _stamps(context), context.weights, after=first, within=within)
        if choice is not None:
            found[choice.day] = min(choice.cost, found.get(choice.day, choice.cost))
    return found


def _days_around(window: State | None, context: Context) -> tuple[date, ...]:
    """Days on which an update may be said: about the window, published, updated."""
    days: set[date] = set()
    if window is not None and window.start is not None:
        last = window.end or window.start
        for day in (window.start.date(), last.date()):
            days |= {day - DAY, day, day + DAY}
    if context.stamps.published is not None:
        days.add(context.stamps.published)
    if context.stamps.updated is not None:
        days |= {context.stamps.updated, context.stamps.updated - DAY}
    return tuple(sorted(days))


def _misfit(at: datetime, event: Event, window: State | None, context: Context) -> float:
    """Charge for a time of saying that does not fit window and stamps."""
    charge = 0.0
    updated = context.stamps.updated
    if updated is not None:
        late = (at.date() - updated).days
        charge += 2.0 if late > 0 else min(abs(late) * 0.3, 1.0)
    if context.published_at is not None and utc(at) + TOLERANCE < utc(context.published_at):
        charge += 2.0
    if window is None or window.start is None:
        return charge
    if event.kind == "completed" and utc(at) < utc(window.start):
        charge += 2.0
    if window.end is not None and event.kind in ("completed", "extended", "delayed", NEW_END):
        charge += min(gap(at, window.end) / timedelta(hours=24), 3.0) * 0.5
    return charge


def _at_findings(
    event: Event, dates: tuple[DateMention, ...], clock: ClockMention, day: date
) -> tuple[Finding, ...]:
    found = list(clock.findings)
    if event.bare:
        message = "a stamp with no word under it"
        found.append(Finding("update.unexplained", "warning", message, event.span))
    if not dates:
        message = "a clock time without a date: the day that fits was taken"
        found.append(
            Finding("date.inferred", "info", message, clock.span, used=day.isoformat())
        )
        return tuple(found)
    mention = dates[0]
    found.extend(mention.findings)
    wrong_year = mention.year_digits or (mention.year is not None and mention.year != day.year)
    wrong_day = mention.day is not None and mention.day != day.day
    wrong_month = bool(mention.months) and day.month not in mention.months
    wrong_weekday = bool(mention.weekdays) and day.isoweekday() not in mention.weekdays
    for wrong, code in (
        (wrong_day or wrong_month, "conflict.date"),
        (wrong_year, "conflict.year"),
        (wrong_weekday, "conflict.weekday"),
    ):
        if wrong:
            message = f"the update's stamp does not fit; {day:%A %Y-%m-%d} was taken"
            found.append(Finding(code, "warning", message, mention.span, used=day.isoformat()))
            break
    return tuple(found)


# --- in which order -----------------------------------------------------------


def in_order(told: tuple[Told, ...], first_window_line: int) -> tuple[Told, ...]:
    """Events oldest first: by their times, else by how they stand on the page."""
    timed = [t for t in told if t.at is not None]
    newest_first = _newest_first(timed, told, first_window_line)
    sequence = list(reversed(told)) if newest_first else list(told)
    places = [i for i, t in enumerate(sequence) if t.at is not None]
    by_time = sorted((sequence[i] for i in places), key=lambda t: _moment(t.at))
    for place, item in zip(places, by_time, strict=True):
        sequence[place] = item
    return tuple(sequence)


def _newest_first(timed: list[Told], told: tuple[Told, ...], first_window_line: int) -> bool:
    if len(timed) > 1 and _moment(timed[0].at) != _moment(timed[-1].at):
        return _moment(timed[0].at) > _moment(timed[-1].at)
    return bool(told) and told[0].event.line < first_window_line


def _moment(at: datetime | date | None) -> float:
    if isinstance(at, datetime):
        return utc(at).timestamp()
    if at is None:
        return 0.0
    return datetime(at.year, at.month, at.day).timestamp()


# --- what follows -------------------------------------------------------------


def fold(draft: Draft, told: Iterable[Told], context: Context) -> Folded:
    """Fold events, oldest first, over the window that ``draft`` announced."""
    state = State(
        draft.start,
        draft.end,
        draft.start,
        draft.end,
        open_end=draft.open_end,
        approximate=draft.approximate,
    )
    outcomes: list[tuple[Event, RevisionKind, datetime | None]] = []
    for item in _growing(tuple(told), state, context):
        state, kind, end = _step(state, item, context)
        outcomes.append((item.event, kind, end))
    return Folded(state, tuple(outcomes))


def _growing(told: tuple[Told, ...], state: State, context: Context) -> tuple[Told, ...]:
    """Untimed extensions in order of the end they give."""
    places = [
        i for i, t in enumerate(told) if t.at is None and t.event.kind in LENGTHENING
        and t.event.end is not None
    ]  # fmt: skip
    ends = {i: new_end(told[i].event, state, context) for i in places}
    by_end = sorted(places, key=lambda i: _moment(ends[i]))
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
        if event.bare and _closes(state, told.at, context):
            return _close(state, replace(told, event=replace(event, kind="completed")), context)
        return state, "info", None
    end = new_end(event, state, context)
    kind = _kind_of(event, state, end)
    if end is None:
        opened = event.kind in LENGTHENING or event.no_horizon
        return replace(state, open_end=state.open_end or opened), kind, None
    in_place = kind == "extended" and state.end is not None and utc(end) == utc(state.end)
    later = replace(
        state,
        end=end,
        end_span=event.end.span if event.end else event.span,
        open_end=event.no_horizon,
        approximate=state.approximate or event.approximate,
        planned_end=None if in_place and state.planned_end == state.end else state.planned_end,
    )
    return later, kind, end


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
    if event.kind == "cancelled" and event.systems:
        return replace(state, dropped=(*state.dropped, *event.systems)), kind, None
    if event.kind == "postponed" and event.window is not None:
        later, _, _ = _replaced(state, event, context)
        return later, kind, None
    status = cast("Status", event.kind)
    if event.kind != "completed":
        return replace(state, status=status), kind, None
    at = told.at if isinstance(told.at, datetime) else None
    later = replace(state, status=status, actual_end=at, open_end=False)
    return replace(later, actual_span=event.span if at else None), kind, None


def _replaced(
    state: State, event: Event, context: Context
) -> tuple[State, RevisionKind, datetime | None]:
    """A whole new interval; the day stays where only clock times are told."""
    window = cast("Interval", event.window)
    kind: RevisionKind = "edited" if event.kind == NEW_END else cast("RevisionKind", event.kind)
    start, end = _span_of(window, event, state, context)
    if start is None or end is None:
        return state, kind, None
    later = replace(state, start=start, end=end, start_span=window.span, end_span=window.span)
    return later, kind, end


def _span_of(
    window: Interval, event: Event, state: State, context: Context
) -> tuple[datetime | None, datetime | None]:
    if window.dates or window.days or window.end_dates or state.start is None:
        draft = resolve(window, event.line, (), context)[0]
        return draft.start, draft.end
    if window.start is None or window.end is None:
        return None, None
    day = state.start.date()
    start = _at(day, window.start, context)
    end = _at(day, window.end, context)
    return start, _at(day + DAY, window.end, context) if utc(end) <= utc(start) else end


def _day_of(
    dates: tuple[DateMention, ...], state: State, context: Context
) -> date | None:
    if not dates:
        return state.start.date() if state.start else None
    own = tuple(Witness(mention, 1.0, "own") for mention in dates)
    published = context.stamps.published or (state.start.date() if state.start else None)
    choice = choose_day(own, Stamps(published=published), context.weights)
    return choice.day if choice else None


def _restarted(
    state: State, event: Event, context: Context
) -> tuple[State, RevisionKind, datetime | None]:
    """A new start; an ``edited`` one leaves the end, a ``moved`` one keeps the length."""
    told = cast("Interval", event.start)
    kind = cast("RevisionKind", event.kind if event.kind != NEW_END else "edited")
    clock = told.end or told.start
    day = _day_of(told.end_dates or told.dates, state, context)
    if state.start is None or day is None:
        return state, kind, None
    minute = state.start.hour * 60 + state.start.minute
    start = _at(day, clock, context) if clock else instant(day, minute, context.zone).at
    if utc(start) == utc(state.start):
        planned = None if kind == "edited" else state.planned_start
        return replace(state, planned_start=planned), kind, None
    end = state.end
    keeps_length = kind != "edited" or (end is not None and utc(start) >= utc(end))
    if end is not None and keeps_length:
        end = shifted(start, minutes_between(state.start, end))
    later = replace(state, start=start, end=end, start_span=told.span)
    return later, kind, end if kind != "edited" else None


def new_end(event: Event, state: State, context: Context) -> datetime | None:
    """The end that an event gives the window, or ``None`` if it gives none."""
    told = event.end
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
        choice = choose_day(own, Stamps(first), context.weights, after=first, within=31)
        return _at(choice.day, clock, context) if choice else None
    return _fitting(clock, event, state, context)


def _fitting(
    clock: ClockMention, event: Event, state: State, context: Context
) -> datetime | None:
    """A bare clock time takes the day that fits: near the end, and after it if it lengthens."""
    start = cast("datetime", state.start)
    base = state.end or start
    span = max((base.date() - start.date()).days, 0) + 2
    options = [_at(start.date() + step * DAY, clock, context) for step in range(span + 1)]
    after = [at for at in options if utc(at) > utc(start)]
    if not after:
        return None
    if event.kind in LENGTHENING:
        longer = [at for at in after if utc(at) >= utc(base) and gap(at, base) <= HALF_DAY]
        if longer:
            return longer[0]
    return min(after, key=lambda at: gap(at, base))
