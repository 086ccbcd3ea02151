"""The windows as first announced: the body's intervals, the title as their witness.

The body's intervals are the windows; the title's is the window only where
the body tells none. Intervals that come out the same are one.
"""

from __future__ import annotations

from typing import Final

from vindue.nlp.days import DAY, disagreement
from vindue.nlp.drafts import NOON, Context, Draft
from vindue.nlp.field_parts import FieldInterval
from vindue.nlp.lines import TITLE_INDEX
from vindue.nlp.listed_days import over_listed_days
from vindue.nlp.mentions.times import DateMention, Interval, LineTimes
from vindue.nlp.occurrences import resolve
from vindue.nlp.spans import Finding
from vindue.nlp.tellings import against_title, ended, merged, undoubled, untitled
from vindue.nlp.told_apart import as_end, told_apart
from vindue.nlp.told_lines import Telling
from vindue.nlp.values import replace
from vindue.nlp.witnesses import (
    dates_of,
    headings,
    line_intervals,
    lines_read,
    other_witnesses,
    with_heading_days,
    with_own_day,
)

FAR_MARGIN: Final = 1.0
_ASIDE: Final = "nothing beside this time says what is down or worked on; taken for a window"
PAIR: Final = 2


def announced(telling: Telling, context: Context) -> tuple[Draft, ...]:
    """Windows as first announced, equal ones merged, in text order.

    Where none stands near a word of windows, a dated range anywhere is taken
    for one, less surely.
    """
    if not telling.about:
        return ()
    return tuple(_doubted(draft, telling) for draft in _found(telling, context))


def _doubted(draft: Draft, telling: Telling) -> Draft:
    """A window told in passing, in a text that is for something else too, is less sure."""
    if not any(s.start <= draft.span.start < s.end for s in telling.doubted):
        return draft
    finding = Finding("window.aside", "warning", _ASIDE, draft.span)
    findings = (*draft.findings, finding)
    return replace(draft, margin=min(draft.margin, FAR_MARGIN), findings=findings)


def _found(telling: Telling, context: Context) -> tuple[Draft, ...]:
    found = _near(telling, context)
    if found or len(telling.near) >= len(telling.lines):
        return found
    anywhere = replace(telling, near=frozenset(line.index for line in telling.lines))
    return tuple(
        replace(d, margin=min(d.margin, FAR_MARGIN))
        for d in _near(anywhere, context)
        if d.end is not None and not d.dateless
    )


def _near(telling: Telling, context: Context) -> tuple[Draft, ...]:
    fields = [f for f in telling.fields.intervals if f.told_as == "now"]
    dated = any(f.interval.dates for f in fields)
    read = dict(lines_read(telling))
    body = [
        FieldInterval(i, found)
        for i, times in read.items()
        for found in line_intervals(times)
        if not dated or found.dates or found.days is not None
    ]
    body += _reopening(read, telling)
    every_told = _telling_most((*fields, *body))
    if every_told:
        drafts = [
            replace(draft, status=told.status)
            for every in every_told
            for told in over_listed_days(every, read)
            for draft in _resolved(told, telling, context)
        ]
        left = without_skipped(drafts, telling, context)
        kept = undoubled(untitled(merged(ended(left)), telling, context))
        return against_title(kept, telling, context)
    told = line_intervals(telling.title_times) or _of_events(telling) or _pieced_together(telling)
    others = headings(TITLE_INDEX, telling, context)
    return merged([d for i in told for d in resolve(i, TITLE_INDEX, others, context)])


def _reopening(read: dict[int, LineTimes], telling: Telling) -> list[FieldInterval]:
    """Windows of lines that tell a dated start and, of two points, when it opens again."""
    found: list[FieldInterval] = []
    for index in sorted(telling.updates.reopening & set(read)):
        times = read[index]
        dated = [point for point in times.points if point.dates]
        if len(dated) == PAIR and not (times.intervals or times.ends or times.clocks):
            pair = told_apart(((index, times),), telling.updates.reopening)
            found += [FieldInterval(index, interval) for interval in pair]
    return found


def without_skipped(drafts: list[Draft], telling: Telling, context: Context) -> list[Draft]:
    """Without the windows of the days that are left out ("except the night to 4 March")."""
    spans = telling.decoys.skipped
    if not spans or len(drafts) == 1:
        return drafts
    left_out = [
        date
        for times in telling.times
        for date in (*dates_of(times), *times.dates)
        if any(s.start <= date.span.start < s.end for s in spans)
    ]
    kept = [d for d in drafts if not any(_begins_on(d, date, context) for date in left_out)]
    return kept or drafts


def _begins_on(draft: Draft, date: DateMention, context: Context) -> bool:
    if draft.start is None or date.day is None:
        return False
    late = date.night and draft.start.hour * 60 >= NOON
    day = draft.start.date() + int(late) * DAY
    return disagreement(date, day, context.stamps, context.weights) == 0


def _telling_most(told: tuple[FieldInterval, ...]) -> tuple[FieldInterval, ...]:
    """Without what others tell more fully.

    Clock times without a day give way to the same ones with a day ("Maintenance
    window 00:01 - 05:00", then the dates); days without clock times, unless
    they are told as whole days, to whatever has both.
    """
    dated = {_clocks(f.interval) for f in told if _has_day(f.interval)}
    timed = any(f.interval.start is not None and _has_day(f.interval) for f in told)
    return tuple(
        f
        for f in told
        if not (f.interval.start and not _has_day(f.interval) and _clocks(f.interval) in dated)
        and not (timed and _is_days_only(f.interval))
    )


def _has_day(interval: Interval) -> bool:
    return bool(interval.dates or interval.days or interval.listed)


def _clocks(interval: Interval) -> tuple[int | None, int | None]:
    start, end = interval.start, interval.end
    return start.minute if start else None, end.minute if end else None


def _is_days_only(interval: Interval) -> bool:
    return interval.start is None and interval.end is None and not interval.all_day


def _resolved(told: FieldInterval, telling: Telling, context: Context) -> tuple[Draft, ...]:
    interval = with_own_day(told.line, told.interval, telling)
    interval = with_heading_days(told.line, interval, telling)
    others = other_witnesses(told.line, interval, telling, context)
    return resolve(interval, told.line, others, context)


def _of_events(telling: Telling) -> tuple[Interval, ...]:
    """The window that only an update tells: what it replaces or ends, else the new one."""
    told = [
        e.before or e.window or (e.about if e.about is not None and e.about.end else None)
        for e in telling.updates.events
    ]
    return tuple(interval for interval in told if interval is not None)[:1]


def _pieced_together(telling: Telling) -> tuple[Interval, ...]:
    """A start and an end told apart; one end alone, or else a start with no end."""
    rest = tuple(lines_read(telling))
    both = told_apart(rest, telling.updates.reopening)
    if both:
        return both
    ends = [end for _, times in rest for end in times.ends]
    points = [(index, point) for index, times in rest for point in times.points]
    reopening = telling.updates.reopening
    ends += [as_end(p) for i, p in points if i in reopening and not p.onwards]
    if ends:
        return tuple(ends[:1])
    # a start alone says little: its own line, or the title, must speak of a window
    starts = [point for i, point in points if i in telling.subjects]
    starts = starts or [
        one
        for i, times in rest
        for one in times.intervals
        if i in telling.subjects and one.start is not None and one.end is None
    ]
    return tuple((starts or list(telling.title_times.points))[:1])
