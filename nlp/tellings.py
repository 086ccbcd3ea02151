"""Several tellings of one window held against each other: body against body, body against title."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from vindue.nlp.drafts import Context, Draft, same_minute
from vindue.nlp.instants import utc
from vindue.nlp.mentions.times import ClockMention, Interval
from vindue.nlp.occurrences import resolve
from vindue.nlp.spans import Finding
from vindue.nlp.told_lines import Telling
from vindue.nlp.values import replace
from vindue.nlp.witnesses import line_intervals, other_witnesses

DOUBTFUL: Final = 1.0


def merged(drafts: list[Draft]) -> tuple[Draft, ...]:
    """Drafts that tell one window made one: the surer, with the findings of both."""
    kept: list[Draft] = []
    starting: dict[datetime, list[int]] = {}
    for draft in drafts:
        if draft.start is None:
            kept.append(draft)
            continue
        together = starting.setdefault(utc(draft.start), [])
        twin = next((i for i in together if same_minute(draft, kept[i])), None)
        if twin is None:
            together.append(len(kept))
            kept.append(draft)
            continue
        first = kept[twin]
        surer = draft.margin > first.margin or _plain_midnight(first, draft)
        told = draft if surer else first
        kept[twin] = replace(told, line=first.line, also=(*first.also, draft.line))
    return tuple(kept)


def ended(drafts: list[Draft]) -> list[Draft]:
    """Without a start with a length where the same start is told with its end.

    The length is then that of the interruption within ("23:30 to 05:00 … for 30 minutes").
    """
    with_end = {utc(d.start) for d in drafts if d.start and d.interval and d.interval.end}
    return [
        d
        for d in drafts
        if d.start is None
        or d.interval is None
        or d.interval.end is not None
        or d.interval.duration is None
        or utc(d.start) not in with_end
    ]


def undoubled(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """Without a damaged telling of a window that is told soundly too.

    Two lines with the same clock times on days that differ are two windows,
    unless the day of one stands against its own witnesses.
    """
    sound = [d for d in drafts if not _in_conflict(d)]
    kept: list[Draft] = []
    for draft in drafts:
        twin = None
        if _in_conflict(draft):
            twin = next((d for d in sound if _same_interval(draft, d)), None)
        if twin is None:
            kept.append(draft)
        else:
            at = next((i for i, d in enumerate(kept) if d.interval is twin.interval), None)
            if at is not None:
                kept[at] = replace(twin, findings=(*twin.findings, *draft.findings))
    return tuple(kept)


def untitled(drafts: tuple[Draft, ...], telling: Telling, context: Context) -> tuple[Draft, ...]:
    """Of several windows the title may name one alone: it is no witness against the others."""
    disputed = [_title_disputes(d, telling) for d in drafts]
    if len(drafts) == 1 or all(disputed):
        return drafts
    return tuple(
        resolve(d.interval, d.line, (), context)[0] if disputes and d.interval.dates else d
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
    return first.span != second.span and _same_clocks(first.interval, second.interval)


def _plain_midnight(first: Draft, second: Draft) -> bool:
    """23:59 stays 23:59: it is preferred to 24:00 for the same window."""
    return first.end is not None and second.end is not None and utc(second.end) < utc(first.end)


def against_title(
    drafts: tuple[Draft, ...], telling: Telling, context: Context
) -> tuple[Draft, ...]:
    """Hold the title's clock times against the body's; a damaged one is mended by the other."""
    told = [i for i in line_intervals(telling.title_times) if i.start and i.end]
    if not told or not drafts:
        return drafts
    title = told[0]
    if any(_same_clocks(d.interval, title) for d in drafts):
        return drafts
    if len(drafts) > 1 or _same_instants(drafts[0], title, context):
        return drafts
    return (_mended(drafts[0], title, telling, context),)


def _same_instants(draft: Draft, title: Interval, context: Context) -> bool:
    """Whether the title tells the same window in the clock times of another zone."""
    told = resolve(title, draft.line, (), context)
    return len(told) == 1 and same_minute(told[0], draft)


def _same_clocks(first: Interval, second: Interval) -> bool:
    return _minute(first.start) == _minute(second.start) and (
        _minute(first.end) == _minute(second.end)
    )


def _minute(clock: ClockMention | None) -> int | None:
    return None if clock is None else clock.minute


def _mended(draft: Draft, title: Interval, telling: Telling, context: Context) -> Draft:
    own = draft.interval
    if own.end is None or title.end is None or own.start is None or own.days:
        return draft
    start, start_mended = _agree(own.start, title.start)
    end, end_mended = _agree(own.end, title.end)
    if start_mended or end_mended:
        again = replace(own, start=start, end=end)
        others = other_witnesses(draft.line, again, telling, context)
        return resolve(again, draft.line, others, context)[0]
    if title.start and (title.start.findings or title.end.findings):
        return replace(
            draft, findings=(*draft.findings, *title.start.findings, *title.end.findings)
        )
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
