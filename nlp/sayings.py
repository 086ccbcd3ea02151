"""When each update was said, and in which order they were said."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta
from typing import Final

from vindue.nlp.days import DAY, Bounds, Stamps, Witness, choose_day
from vindue.nlp.drafts import Context, gap
from vindue.nlp.events import Event
from vindue.nlp.instants import in_zone, instant, utc
from vindue.nlp.iso import write_day
from vindue.nlp.lifecycle import NEW_END
from vindue.nlp.mentions.times import ClockMention, DateMention, Interval, LineTimes
from vindue.nlp.record import Status
from vindue.nlp.spans import Finding, Span
from vindue.nlp.values import dataclass, replace

TOLERANCE: Final = timedelta(hours=1)
LONGEST_LOG: Final = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Told:
    """An event with its times resolved: ``at`` a time, or a date where only that is told."""

    event: Event
    at: datetime | date | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """A window while events are folded over it; ``systems`` where it is told for some alone."""

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
    systems: frozenset[str] = frozenset()


def told_at(event: Event, window: State | None, context: Context) -> Told:
    """Resolve when an event was said, against the window and the stamps."""
    dates, clock = _parts(event.at)
    if clock is None:
        if not dates:
            return Told(event, None)
        own = (Witness(dates[0], 1.0, "update"),)
        choice = choose_day(own, _stamps(context), context.weights)
        return Told(event, choice.day if choice else None)
    plain = _as_written(dates, context)
    if plain is not None and event.kind == "completed" and window is not None and window.start:
        # nothing is done before it began
        plain = plain if utc(at_clock(plain, clock, context)) >= utc(window.start) else None
    days = {plain: 0.0} if plain is not None else _days_for(dates, window, context)
    if not days:
        return Told(event, None)
    charged = sorted(
        (charge + _misfit(at_clock(day, clock, context), event, window, context), day)
        for day, charge in days.items()
    )
    day = charged[0][1]
    at = at_clock(day, clock, context)
    return Told(event, at, _at_findings(event, dates, clock, day))


def _parts(at: Interval | LineTimes | None) -> tuple[tuple[DateMention, ...], ClockMention | None]:
    if isinstance(at, Interval):
        return at.dates or at.end_dates, at.start or at.end
    if isinstance(at, LineTimes):
        if at.points:
            return at.points[0].dates, at.points[0].start
        return at.dates, at.clocks[0] if at.clocks else None
    return (), None


def at_clock(day: date, clock: ClockMention, context: Context) -> datetime:
    """The instant of a clock time on ``day``, in the notice's zone."""
    found = instant(day, clock.minute, clock.zone or context.zone, clock.fold)
    return in_zone(found.at, context.zone)


def _stamps(context: Context) -> Stamps:
    return replace(context.stamps, done=True)


def _as_written(dates: tuple[DateMention, ...], context: Context) -> date | None:
    """The day of a stamp as it is written, where nothing speaks against it.

    In a log the first entries are older than the notice. Of a source that
    stamps by hand the stamps are weighed instead; and so is a day that may be
    told in either order, or lies ahead of the notice.
    """
    mention = dates[0] if dates else None
    published = context.stamps.published
    if context.plain_source or published is None or mention is None:
        return None
    if mention.day is None or len(mention.months) != 1 or mention.year_digits:
        return None
    if mention.loose and mention.day <= published.month:
        return None  # the other way round it would be of the past as well
    years = (mention.year,) if mention.year is not None else (published.year, published.year - 1)
    for year in years:
        if mention.day > calendar.monthrange(year, mention.months[0])[1]:
            continue
        day = date(year, mention.months[0], mention.day)
        if mention.weekdays and day.isoweekday() not in mention.weekdays:
            continue
        if timedelta() <= published - day <= LONGEST_LOG:
            return day
    return None


def _days_for(
    dates: tuple[DateMention, ...], window: State | None, context: Context
) -> dict[date, float]:
    """Candidate days of a stamp with what each would cost."""
    if not dates:
        return dict.fromkeys(_days_around(window, context), 0.0)
    found: dict[date, float] = {}
    own = (Witness(dates[0], 1.0, "update"),)
    for first in (None, *_days_around(window, context)):
        bounds = None if first is None else Bounds(first, 0)
        choice = choose_day(own, _stamps(context), context.weights, bounds)
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
    charge += _off_published(at, window, context)
    if window is None or window.start is None:
        return charge
    if event.kind == "completed" and utc(at) < utc(window.start):
        charge += 2.0
    if window.end is not None and event.kind in ("completed", "extended", "delayed", NEW_END):
        charge += min(gap(at, window.end) / timedelta(hours=24), 3.0) * 0.5
    return charge


def _off_published(at: datetime, window: State | None, context: Context) -> float:
    """Charge for what was said before the notice was put up.

    One put up while the window ran, or later, tells what was said until then.
    """
    published = context.published_at
    if published is None:
        return 0.0
    if window is None or window.start is None or utc(published) <= utc(window.start):
        return 2.0 if utc(at) + TOLERANCE < utc(published) else 0.0
    if utc(at) > utc(published) + TOLERANCE:
        return 2.0
    return min(gap(at, published) / timedelta(days=1), 3.0) * 0.3


def _at_findings(
    event: Event, dates: tuple[DateMention, ...], clock: ClockMention, day: date
) -> tuple[Finding, ...]:
    found = list(clock.findings)
    if event.bare:
        message = "a stamp with no word under it"
        found.append(Finding("update.unexplained", "warning", message, event.span))
    if not dates:
        message = "a clock time without a date: the day that fits was taken"
        found.append(Finding("date.inferred", "info", message, clock.span, used=day.isoformat()))
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
            message = f"the update's stamp does not fit; {write_day(day)} was taken"
            found.append(Finding(code, "warning", message, mention.span, used=day.isoformat()))
            break
    return tuple(found)


def in_order(told: tuple[Told, ...], first_window_line: int) -> tuple[Told, ...]:
    """Events oldest first: by their times, else by how they stand on the page."""
    timed = [t for t in told if t.at is not None]
    newest_first = _newest_first(timed, told, first_window_line)
    sequence = list(reversed(told)) if newest_first else list(told)
    places = [i for i, t in enumerate(sequence) if t.at is not None]
    by_time = sorted((sequence[i] for i in places), key=lambda t: moment(t.at))
    for place, item in zip(places, by_time, strict=True):
        sequence[place] = item
    return tuple(sequence)


def _newest_first(timed: list[Told], told: tuple[Told, ...], first_window_line: int) -> bool:
    if len(timed) > 1 and moment(timed[0].at) != moment(timed[-1].at):
        return moment(timed[0].at) > moment(timed[-1].at)
    return bool(told) and told[0].event.line < first_window_line


def moment(at: datetime | date | None) -> float:
    """Seconds by which times and dates are put in order; a date is its midnight, UTC's.

    Any zone will do, but for the machine's own, which is no part of the notice.
    """
    if isinstance(at, datetime):
        return utc(at).timestamp()
    if at is None:
        return 0.0
    return datetime(at.year, at.month, at.day, tzinfo=UTC).timestamp()
