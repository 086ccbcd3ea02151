"""Lines, mentions and events → the schedule: every window with its updates folded in.

The body's intervals are the windows; the title's is a witness, and the window
only where the body tells none. Intervals that come out the same are one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime, timedelta
from math import exp
from typing import Final, cast

from vindue.nlp.announced import announced
from vindue.nlp.drafts import Context, Draft
from vindue.nlp.earlier import earlier_telling, moved_from, replanned
from vindue.nlp.events import Event
from vindue.nlp.fold import Folded, fold
from vindue.nlp.instants import utc
from vindue.nlp.lifecycle import NEW_END
from vindue.nlp.meant import Naming, concerning
from vindue.nlp.readings import (
    Effects,
    ImpactReading,
    RevisionReading,
    Schedule,
    Scope,
    WindowReading,
)
from vindue.nlp.record import Channel, Precision, RevisionKind, Status, WindowChannel
from vindue.nlp.sayings import State, Told, in_order, told_at
from vindue.nlp.spans import Finding, Proof, Span
from vindue.nlp.surety import assured
from vindue.nlp.told_lines import Telling
from vindue.nlp.told_zone import in_zone_of
from vindue.nlp.unread import unread_times
from vindue.nlp.values import replace

ONE_DAY: Final = timedelta(days=1)


def read_schedule(telling: Telling, effects: Effects, context: Context) -> Schedule:
    """The windows of a notice with their revisions and its final state."""
    if any(times.year_round for times in telling.times):
        context = replace(context, year_round=True)
    drafts = drafts_of(telling, effects, context)
    first_line = min((d.line for d in drafts if d.line >= 0), default=len(telling.lines))
    told = _told(in_zone_of(telling, drafts), drafts, context)
    ordered = in_order(told, first_line)
    shared = _shared(ordered, telling)
    naming = _naming(drafts, shared, telling, effects)
    concerned = concerning(drafts, shared, naming, context)
    folded = tuple(
        fold(draft, events, context, systems)
        for draft, events, systems in zip(drafts, concerned, naming.windows, strict=True)
    )
    before = earlier_telling(telling, drafts, context)
    folded = tuple(replanned(f, before) for f in folded)
    status = _status(telling, folded, effects)
    windows = _windows(drafts, folded, telling, effects, context)
    revisions = (*_revisions(told, folded), *moved_from(before, folded))
    unread = unread_times(telling, windows, revisions)
    turned = tuple(finding for one in folded for finding in one.findings)
    not_taken = (*turned, *unread)
    windows = assured(windows, revisions, not_taken, telling, context)
    findings = (*_findings(drafts, told, windows, telling), *not_taken)
    duplicate = next((e.url for e in telling.updates.events if e.kind == "duplicate"), None)
    return Schedule(
        windows=tuple(sorted(windows, key=_by_start)),
        revisions=revisions,
        status=status,
        status_span=None,
        duplicate_of=duplicate,
        findings=findings,
    )


def drafts_of(telling: Telling, effects: Effects, context: Context) -> tuple[Draft, ...]:
    """The windows as first announced, with the witnesses that were weighed for each."""
    return _scoped_apart(announced(telling, context), effects)


def _by_start(window: WindowReading) -> float:
    first = window.start or window.end
    return utc(first).timestamp() if first else 0.0


# --- intervals ----------------------------------------------------------------


# --- scopes -------------------------------------------------------------------


def _scope(draft: Draft, telling: Telling, effects: Effects) -> Scope:
    """Systems and channel that a draft is about: its statement's, its line's, its heading's."""
    impact = _impact_at(effects.impacts, draft.span.start)
    if impact is not None:
        return Scope(impact.systems, _window_channel(impact.channel))
    scopes = (_told_on(line, telling, effects) for line in (draft.line, *draft.also))
    return next((scope for scope in scopes if scope.systems), Scope())


def _impact_at(impacts: tuple[ImpactReading, ...], at: int) -> ImpactReading | None:
    """The first of the impacts, which stand in text order, whose statement holds ``at``."""
    number = bisect_right(impacts, at, key=lambda impact: impact.span.start)
    found = None
    while number and at < impacts[number - 1].span.end:
        number -= 1
        found = impacts[number]
    return found


def _told_on(index: int, telling: Telling, effects: Effects) -> Scope:
    """The systems that a line names as what it is about, else those of its heading."""
    if not 0 <= index < len(telling.lines):
        return Scope()
    line = telling.lines[index].span
    named = (
        i
        for m in effects.mentions
        if m.known and m.meant and line.start <= m.span.start < line.end
        for i in m.ids
        if i in effects.systems
    )
    inherited = effects.scopes[index] if index < len(effects.scopes) else Scope()
    return Scope(tuple(dict.fromkeys(named)) or inherited.systems, None)


def _window_channel(channel: Channel) -> WindowChannel | None:
    return channel if channel in ("file", "online") else None


def _scoped_apart(drafts: tuple[Draft, ...], effects: Effects) -> tuple[Draft, ...]:
    """Drop the envelope of windows that systems tell apart ("from 8 until midnight")."""
    if len(drafts) < 3 - 1:
        return drafts
    scoped = [d for d in drafts if _line_scope(d, effects).systems]
    starts = [utc(d.start) for d in scoped if d.start]
    ends = [utc(d.end) for d in scoped if d.end]
    if len(scoped) < 3 - 1 or not starts or not ends:
        return drafts
    first, last = min(starts), max(ends)
    return tuple(d for d in drafts if _line_scope(d, effects).systems or not _spans(d, first, last))


def _line_scope(draft: Draft, effects: Effects) -> Scope:
    return effects.scopes[draft.line] if 0 <= draft.line < len(effects.scopes) else Scope()


def _spans(draft: Draft, first: datetime, last: datetime) -> bool:
    """True for a draft from ``first`` to ``last``, give or take a minute at the end."""
    if draft.start is None or draft.end is None:
        return False
    slack = timedelta(minutes=1)
    return utc(draft.start) == first and abs(utc(draft.end) - last) <= slack


# --- events -------------------------------------------------------------------


def _naming(
    drafts: tuple[Draft, ...], told: tuple[Told, ...], telling: Telling, effects: Effects
) -> Naming:
    """Which systems each window is told for, where they differ, and which each event names."""
    windows = tuple(frozenset(_scope(d, telling, effects).systems) for d in drafts)
    if len(set(windows)) == 1:
        windows = (frozenset(),) * len(drafts)
    return Naming(windows, tuple(frozenset(_named_in(t.event.span, effects)) for t in told))


def _named_in(told: Span, effects: Effects) -> Iterator[str]:
    for mention in effects.mentions:
        if mention.meant and told.start <= mention.span.start < told.end:
            yield from mention.ids


def _told(
    events: tuple[Event, ...], drafts: tuple[Draft, ...], context: Context
) -> tuple[Told, ...]:
    window = drafts[0] if drafts else None
    state = State(window.start, window.end, window.start, window.end) if window else None
    return tuple(told_at(event, state, context) for event in events)


def _shared(told: tuple[Told, ...], telling: Telling) -> tuple[Told, ...]:
    """Events but those that a form says of one occurrence alone ("Night 2: cancelled")."""
    return tuple(t for t in told if t.event.line not in telling.fields.apart)


def _status(telling: Telling, folded: tuple[Folded, ...], effects: Effects) -> Status:
    states: list[Status] = [
        "cancelled"
        if f.state.status == "scheduled" and _all_dropped(f, effects)
        else f.state.status
        for f in folded
    ]
    told = next((s for s in states if s != "scheduled"), None)
    if told is not None:
        if len(states) > 1 and any(s == "scheduled" for s in states) and told != "duplicate":
            return "scheduled"
        return told
    if not telling.about:
        return "scheduled"
    if not folded:
        kinds = [e.kind for e in telling.updates.events]
        for kind in ("duplicate", "cancelled", "postponed", "completed"):
            if kind in kinds:
                return kind
    return telling.title_status or "scheduled"


def _all_dropped(folded: Folded, effects: Effects) -> bool:
    """True where every system was cancelled out of the window, one by one."""
    dropped = set(folded.state.dropped)
    return bool(dropped) and dropped >= set(effects.systems)


def _revisions(told: tuple[Told, ...], folded: tuple[Folded, ...]) -> tuple[RevisionReading, ...]:
    """Every update in text order, with what it turned out to be."""
    outcome = {id(event): (kind, end) for f in reversed(folded) for event, kind, end in f.outcomes}
    found: list[RevisionReading] = []
    for item in told:
        event = item.event
        kind, end = outcome.get(id(event), (_unfolded(event), None))
        found.append(RevisionReading(kind, event.span, item.at, end, event.systems))
    return tuple(found)


def _unfolded(event: Event) -> RevisionKind:
    """The kind of an event that no window was folded with."""
    return "edited" if event.kind == NEW_END else cast("RevisionKind", event.kind)


# --- windows ------------------------------------------------------------------


def _windows(
    drafts: tuple[Draft, ...],
    folded: tuple[Folded, ...],
    telling: Telling,
    effects: Effects,
    context: Context,
) -> tuple[WindowReading, ...]:
    apart = len({(d.start, d.end) for d in drafts}) > 1
    status = _status(telling, folded, effects)
    found: list[WindowReading] = []
    scopes = [_scope(d, telling, effects) if apart else Scope() for d in drafts]
    differ = len({frozenset(scope.systems) for scope in scopes}) > 1
    for draft, result, scope in zip(drafts, folded, scopes, strict=True):
        state = result.state
        if state.start is None and state.end is None:
            continue
        systems = scope.systems if differ and set(scope.systems) != set(effects.systems) else ()
        if state.dropped:
            rest = [s for s in (systems or effects.systems) if s not in state.dropped]
            systems = tuple(rest) if rest else systems
        own_status = state.status if state.status != "scheduled" else draft.status or status
        found.append(
            WindowReading(
                start=state.start,
                end=state.end,
                planned_start=state.planned_start,
                planned_end=state.planned_end,
                actual_end=state.actual_end,
                open_end=state.open_end or (state.end is None),
                precision=_precision(draft, state),
                status=own_status,
                systems=tuple(sorted(systems)),
                channel=scope.channel,
                confidence=_confidence(draft, context),
                proofs=_proofs(draft, state),
                doubts=tuple(f.code for f in draft.findings),
            )
        )
    return tuple(found)


def _precision(draft: Draft, state: State) -> Precision:
    if draft.whole_day:
        return "day"
    return "approximate" if state.approximate else "minute"


def _proofs(draft: Draft, state: State) -> tuple[Proof, ...]:
    found = list(draft.proofs)
    if state.end_span is not None:
        found.append(Proof("end", state.end_span))
    if state.start_span is not None:
        found.append(Proof("start", state.start_span))
    if state.actual_span is not None:
        found.append(Proof("actual_end", state.actual_span))
    return tuple(found)


def _confidence(draft: Draft, context: Context) -> float:
    """Chance that the window is right: by the margin, less what was repaired."""
    scale = context.weights.confidence
    chance = 1 / (1 + exp(-(scale.slope * draft.margin + scale.offset)))
    chance -= scale.repair * draft.repairs + scale.inferred * draft.inferred
    chance -= scale.clock_conflict if draft.clock_conflict else 0.0
    chance -= scale.no_date if draft.dateless else 0.0
    return round(min(max(chance, 0.01), 0.99), 3)


def _findings(
    drafts: tuple[Draft, ...],
    told: tuple[Told, ...],
    windows: tuple[WindowReading, ...],
    telling: Telling,
) -> tuple[Finding, ...]:
    found = [f for d in drafts for f in d.findings] + [f for t in told for f in t.findings]
    if not windows:
        span = telling.title.span if telling.title else None
        found.append(Finding("window.none", "warning", _why_none(telling), span))
    for window in windows:
        if window.start is None:
            found.append(Finding("start.unknown", "warning", "no start is told"))
        if window.open_end:
            found.append(Finding("end.unknown", "warning", "no end is known"))
    return tuple(dict.fromkeys(found))


def _why_none(telling: Telling) -> str:
    """Why a notice has no window: what it lacks, or what its times are told for."""
    if telling.decoys.lines or telling.decoys.spans:
        return "no window is told: its times are of something else"
    if not telling.about:
        return "no window is told: nothing is said to be down, worked on or closed"
    return "no window is told"
