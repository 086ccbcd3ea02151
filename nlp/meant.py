"""Which of several windows an update is about.

Those of the systems that it names, where windows are told apart by system;
of these the one that it names by its date or interval, else the one that it
was said nearest to, or whose end the new end lies nearest.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from vindue.nlp.days import disagreement
from vindue.nlp.drafts import Context, Draft, gap
from vindue.nlp.instants import utc
from vindue.nlp.lifecycle import NEW_END
from vindue.nlp.mentions.times import Interval
from vindue.nlp.sayings import Told
from vindue.nlp.values import dataclass

ONE_DAY: Final = timedelta(days=1)
OF_ENDS: Final = ("extended", "delayed", "shortened", "edited", NEW_END)
LONGEST_SHIFT: Final = 240
CLEARLY: Final = 2
DAY_MINUTES: Final = 1440


@dataclass(frozen=True, slots=True)
class Naming:
    """Systems of each window, in the order of the drafts; those that each event's line names."""

    windows: tuple[frozenset[str], ...]
    events: tuple[frozenset[str], ...]


def concerning(
    drafts: tuple[Draft, ...], told: tuple[Told, ...], naming: Naming, context: Context
) -> tuple[tuple[Told, ...], ...]:
    """For each window the events that concern it: all, unless they are of another one.

    ``naming.events`` is in the order of ``told``.
    """
    if len(drafts) == 1:
        return (tuple(t for t in told if not _is_elsewhere(t, drafts)),)
    found: dict[int, list[Told]] = {id(draft): [] for draft in drafts}
    for item, named in zip(told, naming.events, strict=True):
        own = _of_systems(named, drafts, naming.windows)
        for meant in {id(draft) for draft in _meant(item, own, context)}:
            found[meant].append(item)
    return tuple(tuple(found[id(draft)]) for draft in drafts)


def _of_systems(
    named: frozenset[str], drafts: tuple[Draft, ...], windows: tuple[frozenset[str], ...]
) -> tuple[Draft, ...]:
    """The windows of the systems that an update names; all, where it tells none of them apart."""
    own = tuple(d for d, systems in zip(drafts, windows, strict=True) if systems & named)
    return own or drafts


def _meant(told: Told, drafts: tuple[Draft, ...], context: Context) -> tuple[Draft, ...]:
    named = _named(told, drafts, context)
    if named is not None or len(drafts) == 1:
        return drafts if named is None else named
    nth = told.event.nth
    if nth is not None and nth <= len(drafts):
        return (sorted(drafts, key=_by_start)[nth - 1],)
    window = told.event.window
    if window is not None and window.dates:
        same = tuple(d for d in drafts if _on_day(d, window, context))
        if same:
            return same
    end = told.event.end
    if end is not None and end.end_dates:
        for later in (0, 1):
            dated = tuple(d for d in drafts if _touches(d, end, later, context))
            if dated:
                return dated
    fitting = _nearest_end(told, drafts)
    return fitting or _nearest_set(told, drafts)


def _by_start(draft: Draft) -> float:
    first = draft.start or draft.end
    return utc(first).timestamp() if first is not None else 0.0


def _named(told: Told, drafts: tuple[Draft, ...], context: Context) -> tuple[Draft, ...] | None:
    """The windows that an event names by date or interval; null where it names none."""
    about = told.event.about or told.event.before
    if about is None:
        return None
    named = tuple(d for d in drafts if _is_named(d, told.event.line, about, context))
    if named:
        return named
    return () if _is_elsewhere(told, drafts) else None


def _is_elsewhere(told: Told, drafts: tuple[Draft, ...]) -> bool:
    """Whether what is called off is told by a day that is none of the windows', nor near one."""
    about = told.event.about
    if told.event.kind != "cancelled" or about is None:
        return False
    days = {m.day for m in about.dates if m.day is not None}
    windows = {at.day for d in drafts for at in (d.start, d.end) if at is not None}
    return bool(days) and all(abs(day - own) > CLEARLY for day in days for own in windows)


def _on_day(draft: Draft, told: Interval, context: Context) -> bool:
    """Whether a draft begins on the day of an interval."""
    if draft.start is None:
        return False
    day = draft.start.date()
    stamps, weights = context.stamps, context.weights
    return all(disagreement(m, day, stamps, weights) == 0 for m in told.dates)


def _nearest_end(told: Told, drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """The windows of one clock whose end a new end without a date is nearest to, if one is."""
    event = told.event
    if event.kind not in OF_ENDS or event.end is None or event.end.end is None:
        return ()
    minute = event.end.end.minute
    shifts = sorted((_shift(d.end, minute), at) for at, d in enumerate(drafts) if d.end is not None)
    (least, at), *others = [pair for pair in shifts if pair[0] > 0] or [(DAY_MINUTES, 0)]
    clear = not others or others[0][0] >= CLEARLY * least
    return (drafts[at],) if least <= LONGEST_SHIFT and clear and len(shifts) > 1 else ()


def _shift(end: datetime, minute: int) -> int:
    """Minutes between an end's clock and another, the shorter way round."""
    apart = abs(end.hour * 60 + end.minute - minute) % DAY_MINUTES
    return min(apart, DAY_MINUTES - apart)


def _touches(draft: Draft, end: Interval, later: int, context: Context) -> bool:
    """Whether a dated end is of a day on which this draft begins or ends, or ``later`` days on."""
    days = {at.date() + later * ONE_DAY for at in (draft.start, draft.end) if at is not None}
    return any(
        disagreement(mention, day, context.stamps, context.weights) == 0
        for mention in end.end_dates
        for day in days
    )


def _is_named(draft: Draft, line: int, about: Interval, context: Context) -> bool:
    """Whether an interval or a date told with an event is this draft's."""
    if draft.line == line and draft.span == about.span:
        return True
    if draft.start is None or not about.dates:
        return False
    day = draft.start.date()
    stamps, weights = context.stamps, context.weights
    same_day = all(disagreement(m, day, stamps, weights) == 0 for m in about.dates)
    return same_day and (about.start is None or _clock_of(draft.interval) == _clock_of(about))


def _clock_of(interval: Interval) -> tuple[int | None, int | None]:
    start, end = interval.start, interval.end
    return (start.minute if start else None, end.minute if end else None)


def _nearest(told: Told, drafts: tuple[Draft, ...]) -> Draft | None:
    if not isinstance(told.at, datetime):
        return None
    at = told.at
    dated = [d for d in drafts if d.start is not None]
    return min(dated, key=lambda d: gap(d.end or d.start or at, at), default=None)


def _nearest_set(told: Told, drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    nearest = _nearest(told, drafts)
    if nearest is None or nearest.start is None:
        return drafts
    if told.event.kind in ("info", "cancelled", "postponed", "duplicate"):
        return drafts
    return tuple(d for d in drafts if d.start and gap(d.start, nearest.start) < ONE_DAY)
