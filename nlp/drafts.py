"""Intervals of a notice → drafts of windows: days chosen, times localised.

Each interval is resolved with its own dates as first witnesses and the title,
headings and other lines as further ones. What the winner overruled becomes a
finding; how clearly it won becomes the draft's margin.
"""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta
from typing import Final

from vindue.grammars.weights import Weights
from vindue.nlp.days import DAY, Bounds, DayChoice, Stamps, Witness, choose_day
from vindue.nlp.doubts import interval_proofs, mention_findings, told_findings
from vindue.nlp.instants import DAY_MINUTES, Instant, in_zone, instant, shifted, utc
from vindue.nlp.mentions.completing import standard
from vindue.nlp.mentions.times import ClockMention, DateMention, Interval
from vindue.nlp.record import Status
from vindue.nlp.spans import Finding, Proof, Span
from vindue.nlp.values import dataclass, replace

NOON: Final = 720
SMALL_HOURS: Final = 480
DAWN: Final = 300
END_WITHIN: Final = 62
OF_LATE: Final = timedelta(days=14)

SURE_MARGIN: Final = 4.0
NEAR: Final = 0.1
COPIED_MARGIN: Final = 0.5


@dataclass(frozen=True, slots=True)
class Context:
    """What a resolver needs to know of the notice: stamps, zone, weights.

    ``plain_source``: its source publishes windows alone, in forms that are known.
    ``year_round``: the zones that it names keep their standard time in summer.
    """

    stamps: Stamps
    published_at: datetime | None
    zone: str
    weights: Weights
    updated_at: datetime | None = None
    plain_source: bool = False
    year_round: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A window before its updates: instants, how sure, and from where.

    ``line`` is the line's index (-1 the title), ``also`` the lines that tell
    it again. ``repairs`` counts values
    that don't stand in the text as read.
    """

    line: int
    interval: Interval
    start: datetime | None
    end: datetime | None
    also: tuple[int, ...] = ()
    margin: float = SURE_MARGIN
    repairs: int = 0
    inferred: int = 0
    dateless: bool = False
    open_end: bool = False
    whole_day: bool = False
    approximate: bool = False
    clock_conflict: bool = False
    proofs: tuple[Proof, ...] = ()
    findings: tuple[Finding, ...] = ()
    status: Status | None = None
    witnesses: tuple[Witness, ...] = ()

    @property
    def span(self) -> Span:
        """Where its interval is told."""
        return self.interval.span


@dataclass(frozen=True, slots=True)
class _Times:
    """Start and end of a draft as instants in the profile's zone."""

    start: datetime | None
    end: datetime | None
    whole_day: bool = False

    def on(self, draft: Draft) -> Draft:
        """The draft with these times."""
        whole_day = self.whole_day or draft.whole_day
        return replace(draft, start=self.start, end=self.end, whole_day=whole_day)


def single(interval: Interval, line: int, others: tuple[Witness, ...], context: Context) -> Draft:
    """The one window that an interval on one day tells."""
    role = context.weights.role
    own = tuple(Witness(mention, role.own, "own") for mention in _dated(interval.dates))
    witnesses = own + others
    choice = choose_day(witnesses, _stamps(own, context), context.weights)
    draft = Draft(line, interval, None, None, witnesses=witnesses)
    if interval.start is None and interval.end is not None:
        return _startless(draft, interval, choice, context)
    if choice is None:
        return _dateless(draft, interval, context)
    day = _night_shift(choice.day, interval, context)
    end = _end_day(interval, day, others, context)
    values, findings = times_on(interval, day, end.day, context)
    told = tuple(interval.dates) or tuple(w.mention for w in others[:1])
    proofs = interval_proofs(interval, told)
    all_findings = (
        *mention_findings(witnesses, choice),
        *told_findings(interval),
        *end.findings,
        *findings,
    )
    margin = choice.margin - context.weights.confidence.overruled * _worth(choice, context)
    return replace(
        values.on(draft),
        margin=min(margin, end.margin),
        repairs=sum(1 for f in all_findings if f.code.startswith(("typo.time", "typo.day"))),
        inferred=sum(1 for f in all_findings if f.code.endswith(".inferred")),
        open_end=values.end is None,
        approximate=interval.approximate or _about(interval),
        proofs=proofs,
        findings=all_findings,
    )


def _stamps(own: tuple[Witness, ...], context: Context) -> Stamps:
    """The stamps that a day is held against: none for one of late that is told in full.

    A source not known to stamp by hand also tells what is over ("Planned … Executed …").
    """
    first = own[0].mention if own else None
    published = context.stamps.published
    if context.plain_source or published is None or first is None or first.loose:
        return context.stamps
    if first.day is None or first.year is None or len(first.months) != 1 or first.year_digits:
        return context.stamps
    if first.day > calendar.monthrange(first.year, first.months[0])[1]:
        return context.stamps
    day = date(first.year, first.months[0], first.day)
    fits = not first.weekdays or day.isoweekday() in first.weekdays
    late = timedelta() < published - day <= OF_LATE
    return Stamps() if fits and late else context.stamps


def _dated(dates: tuple[DateMention, ...]) -> tuple[DateMention, ...]:
    """The mentions that tell a day: beside a date "overnight" is its night, not tonight."""
    if not any(mention.day is not None for mention in dates):
        return dates
    return tuple(m for m in dates if not (m.relative == 0 and m.part == "night"))


def _worth(choice: DayChoice, context: Context) -> float:
    """Charge of the winner beyond what the notice's mere distance in time charges."""
    prior = context.weights.prior
    return max(choice.cost - NEAR - prior.off_updated, 0.0)


def _about(interval: Interval) -> bool:
    length = interval.duration
    clocks = (interval.start, interval.end)
    return bool(length and length.approximate) or any(c.approximate for c in clocks if c)


def _dateless(draft: Draft, interval: Interval, context: Context) -> Draft:
    """No day is told anywhere: the day of publication, said as an error."""
    if context.published_at is None:
        finding = Finding(
            "date.unknown", "error", "no date is told, and no time of publication", draft.span
        )
        return replace(draft, dateless=True, findings=(finding,))
    day = context.published_at.date()
    values, findings = times_on(interval, day, None, context)
    finding = Finding(
        "date.inferred",
        "error",
        "no date is told; the day of publication was taken",
        draft.span,
        used=day.isoformat(),
    )
    return replace(values.on(draft), dateless=True, findings=(finding, *findings))


def _startless(
    draft: Draft, interval: Interval, choice: DayChoice | None, context: Context
) -> Draft:
    """Only the end is told: the start is the beginning of the day that the notice names."""
    own = tuple(Witness(m, context.weights.role.own, "own") for m in interval.end_dates)
    last = choose_day(own, context.stamps, context.weights) or choice
    if last is None or interval.end is None:
        return _dateless(draft, interval, context)
    findings: list[Finding] = list(mention_findings(own, last))
    end = _localise(interval.end, last.day, context, findings)
    first = choice.day if choice is not None and choice.day <= last.day else last.day
    start = instant(first, 0, context.zone).at
    if utc(start) >= utc(end):
        start = instant(first - DAY, 0, context.zone).at
    message = "only the end is told; the start is the beginning of the day"
    unknown = Finding("start.unknown", "warning", message, interval.span, used=start.isoformat())
    return replace(
        draft,
        start=start,
        end=end,
        margin=0.0,
        approximate=True,
        proofs=interval_proofs(interval, interval.end_dates[:0]),
        findings=(unknown, *findings),
    )


def _night_shift(day: date, interval: Interval, context: Context) -> date:
    """The calendar day of a start told by a night.

    "natten til søndag" ends on Sunday, so an evening start lies on Saturday;
    "tonight at 01:00" lies after midnight, on the next day.
    """
    start = interval.start
    if start is None:
        return day
    for mention in _dated(interval.dates):
        if mention.night and start.minute >= NOON:
            return day - DAY
        late = mention.relative == 0 and mention.part in ("evening", "night")
        if late and start.minute < SMALL_HOURS and not _before_dawn(context):
            return day + DAY
    return day


def _before_dawn(context: Context) -> bool:
    at = context.published_at
    return at is not None and at.hour * 60 + at.minute < DAWN


@dataclass(frozen=True, slots=True)
class _End:
    """The day of an end; ``margin`` by how much it won, less what it overruled."""

    day: date | None = None
    margin: float = SURE_MARGIN
    findings: tuple[Finding, ...] = ()


def _end_day(interval: Interval, day: date, others: tuple[Witness, ...], context: Context) -> _End:
    if not interval.end_dates:
        return _End(day + DAY if interval.next_day else None)
    weights = context.weights
    own = tuple(Witness(m, weights.role.own, "own") for m in interval.end_dates)
    title = tuple(Witness(w.also[-1], w.weight, w.role) for w in others if w.also)
    first = day + DAY if _crosses(interval, day, context) else day
    if first > day and not any(w.charge(day, Stamps(day), weights) for w in own):
        # told as the start's own day: a night whose second date was copied from the first
        copied = DayChoice(first, weights.disagreement.day_near, None, COPIED_MARGIN)
        return _End(first, COPIED_MARGIN, mention_findings(own, copied))
    bounds = Bounds(first, END_WITHIN, weights.prior.end_day)
    choice = choose_day((*own, *title), Stamps(first), weights, bounds)
    if choice is None:
        message = "no date that is told for the end follows the start"
        finding = Finding("conflict.date", "warning", message, interval.end_dates[0].span)
        return _End(None, 0.0, (finding,))
    later = weights.prior.end_day * (choice.day - first).days
    worth = weights.confidence.overruled * max(choice.cost - NEAR - later, 0.0)
    return _End(choice.day, choice.margin - worth, mention_findings(own, choice))


def _crosses(interval: Interval, day: date, context: Context) -> bool:
    """True where the end's clock time reads earlier than the start's: another day."""
    start, end = interval.start, interval.end
    if start is None or end is None or end.minute > start.minute:
        return False
    return not _same_night(start, end, day, context)


def times_on(
    interval: Interval, day: date, end_day: date | None, context: Context
) -> tuple[_Times, tuple[Finding, ...]]:
    """Start and end as instants in the profile's zone, with clock-change findings."""
    start, end = interval.start, interval.end
    if start is None and end is None:
        return _whole_days(day, end_day, context), ()
    findings: list[Finding] = []
    first = _localise(start, day, context, findings) if start else None
    last: datetime | None = None
    if end is not None:
        crossing = start is not None and end.minute <= start.minute
        on = end_day or (day + DAY if crossing else day)
        if crossing and end_day is None and _same_night(start, end, day, context):
            on = day
        last = _localise(end, on, context, findings)
        if first is not None and utc(last) <= utc(first):
            last = _localise(replace(end, fold=1), on, context, [])
        if first is not None and utc(last) <= utc(first):
            last = _after_gap(first, interval, findings)
        if first is not None and (last is None or utc(last) <= utc(first)):
            last = _localise(end, on + DAY, context, [])
    elif first is not None and interval.duration is not None:
        last = shifted(first, interval.duration.minutes)
    elif end_day is not None:
        last = instant(end_day + DAY, 0, context.zone).at
    return _Times(first, last), tuple(findings)


def _after_gap(first: datetime, interval: Interval, findings: list[Finding]) -> datetime | None:
    """The end of a window whose hour clocks skip ("0200–0300"): as long as it is told to be."""
    start, end = interval.start, interval.end
    missing = any(finding.code == "time.nonexistent" for finding in findings)
    if start is None or end is None or not missing or end.minute <= start.minute:
        return None
    last = shifted(first, end.minute - start.minute)
    message = "clocks go forward to this end: the window keeps its length"
    findings.append(
        Finding("time.nonexistent", "warning", message, end.span, used=last.isoformat())
    )
    return last


def _same_night(start: ClockMention | None, end: ClockMention, day: date, context: Context) -> bool:
    """True where the end's clock reads earlier only because the hour is doubled."""
    zone = end.zone or context.zone
    last = instant(day, end.minute, zone, 1)
    if start is None or last.kind != "doubled":
        return False
    return utc(last.at) > utc(instant(day, start.minute, zone, start.fold or 0).at)


def _whole_days(day: date, end_day: date | None, context: Context) -> _Times:
    last = (end_day or day) + DAY
    return _Times(
        instant(day, 0, context.zone).at, instant(last, 0, context.zone).at, whole_day=True
    )


def _localise(
    clock: ClockMention, day: date, context: Context, findings: list[Finding]
) -> datetime:
    zone = clock.zone or context.zone
    if context.year_round and clock.zone:
        zone = standard((clock.zone,))[0]
    found: Instant = instant(day, clock.minute, zone, clock.fold)
    at = in_zone(found.at, context.zone)
    told = f"{clock.minute // 60:02d}:{clock.minute % 60:02d}"
    if found.kind == "missing":
        message = f"{told} does not exist on {day}: clocks go forward"
        findings.append(
            Finding("time.nonexistent", "warning", message, clock.span, told, at.isoformat())
        )
    elif found.kind == "doubled" and clock.fold is None:
        message = f"{told} comes twice on {day}: the first is taken"
        findings.append(
            Finding("time.ambiguous", "warning", message, clock.span, told, at.isoformat())
        )
    if len(clock.zones) > 1:
        message = f"the zone may be any of {', '.join(clock.zones)}"
        findings.append(Finding("zone.ambiguous", "warning", message, clock.span, used=zone))
    return at


def gap(first: datetime, second: datetime) -> timedelta:
    """Elapsed time between two instants, without sign."""
    return abs(utc(first) - utc(second))


def same_minute(first: Draft, second: Draft) -> bool:
    """True where two drafts tell one window: 24:00 and 23:59 are one end."""
    if first.start is None or second.start is None:
        return False
    if utc(first.start) != utc(second.start):
        return False
    if first.end is None or second.end is None:
        return first.end is second.end
    late = {first.end.hour * 60 + first.end.minute, second.end.hour * 60 + second.end.minute}
    apart = gap(first.end, second.end)
    return apart == timedelta() or (late == {0, DAY_MINUTES - 1} and apart == timedelta(minutes=1))
