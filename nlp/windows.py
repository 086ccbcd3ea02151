"""Lines, mentions and events → the schedule: every window with its updates folded in.

The body's intervals are the windows; the title's is a witness, and the window
only where the body tells none. Intervals that come out the same are one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import exp
from typing import Final

from vindue.nlp.days import Witness
from vindue.nlp.decoys import Decoys
from vindue.nlp.drafts import Context, Draft, gap, resolve, same_minute
from vindue.nlp.field_parts import FieldInterval, Fields
from vindue.nlp.fold import Folded, State, Told, fold, in_order, told_at
from vindue.nlp.instants import utc
from vindue.nlp.lines import TITLE_INDEX
from vindue.nlp.mentions.times import ClockMention, DateMention, Interval, LineTimes
from vindue.nlp.readings import Effects, RevisionReading, Schedule, Scope, WindowReading
from vindue.nlp.record import Status, WindowChannel
from vindue.nlp.spans import Finding, Line, Proof, Span
from vindue.nlp.updates import Event, Updates

ONE_DAY: Final = timedelta(days=1)
DOUBTFUL: Final = 1.0


@dataclass(frozen=True, slots=True)
class Telling:
    """What the notice tells of time, line by line; the title apart."""

    title: Line | None
    title_times: LineTimes
    lines: tuple[Line, ...]
    times: tuple[LineTimes, ...]
    updates: Updates
    fields: Fields
    decoys: Decoys
    title_status: Status | None
    about: bool
    aside: frozenset[int] = frozenset()




def read_schedule(telling: Telling, effects: Effects, context: Context) -> Schedule:
    """The windows of a notice with their revisions and its final state."""
    drafts = drafts_of(telling, effects, context)
    first_line = min((d.line for d in drafts if d.line >= 0), default=len(telling.lines))
    told = _told(telling.updates.events, drafts, context)
    ordered = in_order(told, first_line)
    folded = tuple(fold(d, _concerning(d, drafts, ordered), context) for d in drafts)
    status = _status(telling, folded)
    windows = _windows(drafts, folded, effects, status, context)
    findings = _findings(drafts, told, windows, telling)
    duplicate = next((e.url for e in telling.updates.events if e.kind == "duplicate"), None)
    return Schedule(
        windows=tuple(sorted(windows, key=_by_start)),
        revisions=_revisions(told, folded),
        status=status,
        status_span=None,
        duplicate_of=duplicate,
        findings=findings,
    )


def drafts_of(telling: Telling, effects: Effects, context: Context) -> tuple[Draft, ...]:
    """The windows as first announced, with the witnesses that were weighed for each."""
    return _scoped_apart(_drafts(telling, context), effects)


def _by_start(window: WindowReading) -> float:
    first = window.start or window.end
    return utc(first).timestamp() if first else 0.0


# --- intervals ----------------------------------------------------------------


def _drafts(telling: Telling, context: Context) -> tuple[Draft, ...]:
    """Windows as first announced, equal ones merged, in text order."""
    if not telling.about:
        return ()
    fields = [f for f in telling.fields.intervals if f.told_as == "now"]
    body = [FieldInterval(i, found) for i, times in _read(telling) for found in _intervals(times)]
    if fields or body:
        drafts = [
            replace(draft, status=told.status)
            for told in (*fields, *body)
            for draft in _resolved(told, telling, context)
        ]
        kept = _untitled(_undoubled(_merged(drafts)), telling, context)
        return _against_title(kept, telling, context)
    told = _intervals(telling.title_times) or _of_events(telling) or _pieced_together(telling)
    others = _headings(TITLE_INDEX, telling, context)
    return _merged([d for i in told for d in resolve(i, TITLE_INDEX, others, context)])


def _resolved(told: FieldInterval, telling: Telling, context: Context) -> tuple[Draft, ...]:
    others = _others(told.line, told.interval, telling, context)
    return resolve(told.interval, told.line, others, context)


def _read(telling: Telling) -> Iterator[tuple[int, LineTimes]]:
    """The lines whose times may tell a window: no update, no advice, no field, no history."""
    passed = telling.updates.silent | telling.aside
    passed |= telling.fields.labelled | telling.fields.history
    passed |= telling.decoys.lines | telling.decoys.earlier
    for line, times in zip(telling.lines, telling.times, strict=True):
        if line.index not in passed:
            yield line.index, _without(times, telling.decoys.spans)


def _without(times: LineTimes, spans: tuple[Span, ...]) -> LineTimes:
    """A line's times less those of sentences that are decoys."""
    if not spans or not times.told:
        return times

    def free(span: Span) -> bool:
        return not any(s.start <= span.start < s.end for s in spans)

    return replace(
        times,
        intervals=tuple(i for i in times.intervals if free(i.span)),
        points=tuple(p for p in times.points if free(p.span)),
        ends=tuple(e for e in times.ends if free(e.span)),
        dates=tuple(d for d in times.dates if free(d.span)),
        days=tuple(d for d in times.days if free(d.span)),
        clocks=tuple(c for c in times.clocks if free(c.span)),
    )


def _intervals(times: LineTimes) -> tuple[Interval, ...]:
    """Ranges of a line; a start with a length is one, dates of the line join a bare range."""
    found: list[Interval] = []
    lengths = times.durations
    for interval in times.intervals:
        if interval.end is None and interval.start is not None and lengths:
            interval = replace(interval, duration=lengths[0])
        if not interval.dates and interval.days is None:
            interval = _with_line_dates(interval, times)
        found.append(interval)
    if not found:
        for point in times.points:
            if lengths:
                found.append(replace(point, duration=lengths[0]))
            elif point.open_end is not None:
                found.append(point)
        if not found and lengths and times.clocks:
            start = Interval(times.clocks[0].span, start=times.clocks[0], duration=lengths[0])
            found.append(_with_line_dates(start, times))
    return tuple(i for i in found if i.end or i.duration or i.open_end or i.end_dates)


def _with_line_dates(interval: Interval, times: LineTimes) -> Interval:
    if times.dates:
        return replace(interval, dates=times.dates[:1])
    if times.days:
        return replace(interval, days=times.days[0])
    return interval


def _of_events(telling: Telling) -> tuple[Interval, ...]:
    """The window that only an update tells: the interval it replaces, else the new one."""
    told = [e.before or e.window for e in telling.updates.events]
    return tuple(interval for interval in told if interval is not None)[:1]


def _pieced_together(telling: Telling) -> tuple[Interval, ...]:
    """One end alone: a bare end, a reopening, or else a start with no end."""
    rest = tuple(_read(telling))
    ends = [end for _, times in rest for end in times.ends]
    points = [(index, point) for index, times in rest for point in times.points]
    ends += [_as_end(p) for i, p in points if i in telling.updates.reopening]
    if ends:
        return tuple(ends[:1])
    starts = [point for _, point in points] or list(telling.title_times.points)
    return tuple(starts[:1])


def _as_end(point: Interval) -> Interval:
    return replace(point, dates=(), end_dates=point.dates, start=None, end=point.start)


def _others(
    index: int, interval: Interval, telling: Telling, context: Context
) -> tuple[Witness, ...]:
    """Witnesses for an interval beside its own dates: headings above it, the title."""
    role = context.weights.role
    title = _title_witnesses(telling, role.title)
    if interval.dates or interval.days:
        return title
    return _headings(index, telling, context) + title


def _title_witnesses(telling: Telling, weight: float) -> tuple[Witness, ...]:
    """The title's dates; days told together are one witness, content with either."""
    times = telling.title_times
    pairs = [*times.days, *(i.days for i in times.intervals if i.days is not None)]
    both = tuple(Witness(d.first, weight, "title", (d.last,)) for d in pairs)
    plain = (m for m in _dates_of(times) if all(m is not d.first for d in pairs))
    return both + tuple(Witness(m, weight, "title") for m in plain)


def _headings(index: int, telling: Telling, context: Context) -> tuple[Witness, ...]:
    """The nearest date told alone on a line above, else on one below."""
    weight = context.weights.role.heading
    order = [*range(index - 1, -1, -1), *range(index + 1, len(telling.lines))]
    read = {index for index, _ in _read(telling)}
    for at in order:
        if at not in read:
            continue
        dates = _dates_of(telling.times[at])
        if dates:
            return tuple(Witness(m, weight, "heading") for m in dates[:1])
    return ()


def _dates_of(times: LineTimes) -> tuple[DateMention, ...]:
    dates = list(times.dates)
    for group in (times.intervals, times.points):
        for interval in group:
            dates += interval.dates
            if interval.days is not None:
                dates.append(interval.days.first)
    dates += [days.first for days in times.days]
    return tuple(dates)


def _merged(drafts: list[Draft]) -> tuple[Draft, ...]:
    """Drafts that tell one window made one: the surer, with the findings of both."""
    kept: list[Draft] = []
    for draft in drafts:
        if draft.start is None and draft.end is None:
            kept.append(draft)
            continue
        twin = next((i for i, other in enumerate(kept) if same_minute(draft, other)), None)
        if twin is None:
            kept.append(draft)
        elif draft.margin > kept[twin].margin or _plain_midnight(kept[twin], draft):
            kept[twin] = replace(draft, line=kept[twin].line)
    return tuple(kept)


def _undoubled(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """Without a damaged telling of a window that is told soundly too.

    Two lines with the same clock times on days that differ are two windows,
    unless the day of one stands against its own witnesses.
    """
    sound = [d for d in drafts if not _in_conflict(d)]
    kept: list[Draft] = []
    for draft in drafts:
        twin = next((d for d in sound if _same_interval(draft, d)), None)
        if twin is None or not _in_conflict(draft):
            kept.append(draft)
        else:
            at = next((i for i, d in enumerate(kept) if d.interval is twin.interval), None)
            if at is not None:
                kept[at] = replace(twin, findings=(*twin.findings, *draft.findings))
    return tuple(kept)


def _untitled(drafts: tuple[Draft, ...], telling: Telling, context: Context) -> tuple[Draft, ...]:
    """Of several windows the title may name one alone: it is no witness against the others."""
    disputed = [_title_disputes(d, telling) for d in drafts]
    if len(drafts) == 1 or all(disputed):
        return drafts
    return tuple(
        resolve(d.interval, d.line, (), context)[0]
        if disputes and d.interval is not None and d.interval.dates
        else d
        for d, disputes in zip(drafts, disputed, strict=True)
    )


def _title_disputes(draft: Draft, telling: Telling) -> bool:
    title = telling.title
    return title is not None and any(
        f.code.startswith("conflict.") and f.span is not None and f.span.end <= title.span.end
        for f in draft.findings
    )


def _in_conflict(draft: Draft) -> bool:
    return draft.margin < DOUBTFUL and any(f.code.startswith("conflict.") for f in draft.findings)


def _same_interval(first: Draft, second: Draft) -> bool:
    if first.interval is None or second.interval is None or first.span == second.span:
        return False
    return _same_clocks(first.interval, second.interval)


def _plain_midnight(first: Draft, second: Draft) -> bool:
    """23:59 stays 23:59: it is preferred to 24:00 for the same window."""
    return first.end is not None and second.end is not None and utc(second.end) < utc(first.end)


def _against_title(
    drafts: tuple[Draft, ...], telling: Telling, context: Context
) -> tuple[Draft, ...]:
    """Hold the title's clock times against the body's; a damaged one is mended by the other."""
    told = [i for i in _intervals(telling.title_times) if i.start and i.end]
    if not told or not drafts:
        return drafts
    title = told[0]
    if any(d.interval and _same_clocks(d.interval, title) for d in drafts):
        return drafts
    if len(drafts) > 1:
        return drafts
    return (_mended(drafts[0], title, telling, context),)


def _same_clocks(first: Interval, second: Interval) -> bool:
    return _minute(first.start) == _minute(second.start) and (
        _minute(first.end) == _minute(second.end)
    )


def _minute(clock: ClockMention | None) -> int | None:
    return None if clock is None else clock.minute


def _mended(draft: Draft, title: Interval, telling: Telling, context: Context) -> Draft:
    own = draft.interval
    if own is None or own.end is None or title.end is None or own.start is None or own.days:
        return draft
    start, start_mended = _agree(own.start, title.start)
    end, end_mended = _agree(own.end, title.end)
    if start_mended or end_mended:
        again = replace(own, start=start, end=end)
        others = _others(draft.line, again, telling, context)
        return resolve(again, draft.line, others, context)[0]
    if title.start and (title.start.findings or title.end.findings):
        return replace(draft, findings=(*draft.findings, *title.start.findings, *title.end.findings))
    if not _clash(own.start, title.start) and not _clash(own.end, title.end):
        return draft
    told = f"{_clock(title.start)}–{_clock(title.end)}"
    used = f"{_clock(own.start)}–{_clock(own.end)}"
    message = f"the title says {told}, the body {used}; the body was taken"
    finding = Finding("conflict.time", "warning", message, title.span, told, used)
    return replace(draft, clock_conflict=True, findings=(*draft.findings, finding))


def _agree(own: ClockMention, other: ClockMention | None) -> tuple[ClockMention, bool]:
    """A damaged clock time takes that reading which the other witness says."""
    if other is None or other.minute not in own.alternatives:
        return own, False
    return replace(own, minute=other.minute), True


def _clash(own: ClockMention, other: ClockMention | None) -> bool:
    if other is None or other.minute == own.minute or own.minute in other.alternatives:
        return False
    return {own.minute, other.minute} != {1439, 1440} and {own.minute, other.minute} != {0, 1440}


def _clock(clock: ClockMention | None) -> str:
    return "?" if clock is None else f"{clock.minute // 60:02d}:{clock.minute % 60:02d}"


# --- scopes -------------------------------------------------------------------


def _scope(draft: Draft, effects: Effects) -> Scope:
    """Systems and channel that a draft's line is about."""
    own = tuple(
        dict.fromkeys(
            i
            for m in effects.mentions
            if m.known and draft.span.start - 400 < m.span.start < draft.span.end + 400
            and _on_line(draft, m.span.start, effects)
            for i in m.ids
        )
    )  # fmt: skip
    for impact in effects.impacts:
        if impact.span.start <= draft.span.start < impact.span.end:
            channel: WindowChannel | None = (
                impact.channel if impact.channel in ("file", "online") else None  # type: ignore[assignment]
            )
            return Scope(impact.systems, channel)
    inherited = effects.scopes[draft.line] if 0 <= draft.line < len(effects.scopes) else Scope()
    return Scope(own or inherited.systems, None)


def _on_line(draft: Draft, at: int, effects: Effects) -> bool:
    del effects
    return draft.span.start - 200 <= at < draft.span.end + 200


def _scoped_apart(drafts: tuple[Draft, ...], effects: Effects) -> tuple[Draft, ...]:
    """Drop the envelope of windows that systems tell apart ("from 8 until midnight")."""
    if len(drafts) < 3 - 1:
        return drafts
    scoped = [bool(_line_scope(d, effects).systems) for d in drafts]
    kept: list[Draft] = []
    for draft, has_scope in zip(drafts, scoped, strict=True):
        others = [d for d, s in zip(drafts, scoped, strict=True) if s and d is not draft]
        if not has_scope and len(others) > 1 and _envelops(draft, others):
            continue
        kept.append(draft)
    return tuple(kept)


def _line_scope(draft: Draft, effects: Effects) -> Scope:
    return effects.scopes[draft.line] if 0 <= draft.line < len(effects.scopes) else Scope()


def _envelops(draft: Draft, others: list[Draft]) -> bool:
    if draft.start is None or draft.end is None:
        return False
    starts = [utc(d.start) for d in others if d.start]
    ends = [utc(d.end) for d in others if d.end]
    if not starts or not ends:
        return False
    slack = timedelta(minutes=1)
    return utc(draft.start) == min(starts) and abs(utc(draft.end) - max(ends)) <= slack


# --- events -------------------------------------------------------------------


def _told(
    events: tuple[Event, ...], drafts: tuple[Draft, ...], context: Context
) -> tuple[Told, ...]:
    window = drafts[0] if drafts else None
    state = State(window.start, window.end, window.start, window.end) if window else None
    return tuple(told_at(event, state, context) for event in events)


def _concerning(
    draft: Draft, drafts: tuple[Draft, ...], told: tuple[Told, ...]
) -> tuple[Told, ...]:
    """Events that concern this window: all, unless windows lie on different days.

    With several occurrences an event is of the one that it was said nearest to.
    """
    if len(drafts) == 1:
        return told
    return tuple(t for t in told if _nearest(t, drafts) is None or draft in _nearest_set(t, drafts))


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


def _status(telling: Telling, folded: tuple[Folded, ...]) -> Status:
    states = [f.state.status for f in folded]
    told = next((s for s in states if s != "scheduled"), None)
    if told is not None:
        if len(states) > 1 and any(s == "scheduled" for s in states) and told != "duplicate":
            return "scheduled"
        return told
    if not folded:
        kinds = [e.kind for e in telling.updates.events]
        for kind in ("duplicate", "cancelled", "postponed", "completed"):
            if kind in kinds:
                return kind  # type: ignore[return-value]
    return telling.title_status or "scheduled"


def _revisions(told: tuple[Told, ...], folded: tuple[Folded, ...]) -> tuple[RevisionReading, ...]:
    """Every update in text order, with what it turned out to be."""
    outcome = {
        id(event): (kind, end) for f in reversed(folded) for event, kind, end in f.outcomes
    }
    found: list[RevisionReading] = []
    for item in told:
        event = item.event
        fallback = "edited" if event.kind == "new_end" else event.kind
        kind, end = outcome.get(id(event), (fallback, None))
        found.append(
            RevisionReading(kind, event.span, item.at, end, event.systems)  # type: ignore[arg-type]
        )
    return tuple(found)


# --- windows ------------------------------------------------------------------


def _windows(
    drafts: tuple[Draft, ...],
    folded: tuple[Folded, ...],
    effects: Effects,
    status: Status,
    context: Context,
) -> tuple[WindowReading, ...]:
    apart = len({(d.start, d.end) for d in drafts}) > 1
    found: list[WindowReading] = []
    for draft, result in zip(drafts, folded, strict=True):
        state = result.state
        if state.start is None and state.end is None:
            continue
        scope = _scope(draft, effects) if apart else Scope()
        systems = scope.systems if set(scope.systems) != set(effects.systems) else ()
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
            )
        )
    return tuple(found)


def _precision(draft: Draft, state: State) -> str:  # type: ignore[return]
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
        found.append(Finding("window.none", "warning", "no window is told", span))
    for window in windows:
        if window.start is None:
            found.append(Finding("start.unknown", "warning", "no start is told"))
        if window.open_end:
            found.append(Finding("end.unknown", "warning", "no end is known"))
    return tuple(dict.fromkeys(found))
