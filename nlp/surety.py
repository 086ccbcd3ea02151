"""How sure a window is by its circumstances, where the source is not known to be plain.

The witnesses of a day say how sure the day is. They don't say whether the text
was understood: a window of twenty hours, one that was put together from lines
far apart, or one beside many times of other use is wrong more often. What each
is worth stands in ``weights.toml``, with how often such windows were right in
notices that no rule had been written for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from vindue.grammars.weights import Surety
from vindue.nlp.cover import Cover
from vindue.nlp.drafts import Context
from vindue.nlp.instants import utc
from vindue.nlp.mentions.times import LineTimes
from vindue.nlp.readings import RevisionReading, WindowReading
from vindue.nlp.spans import Finding, Line, Span
from vindue.nlp.told_lines import Telling
from vindue.nlp.unread import written_clocks
from vindue.nlp.values import replace

LEAST: Final = 0.01


def assured(
    windows: tuple[WindowReading, ...],
    revisions: tuple[RevisionReading, ...],
    unread: tuple[Finding, ...],
    telling: Telling,
    context: Context,
) -> tuple[WindowReading, ...]:
    """The windows with their confidence lowered by their circumstances."""
    scale = context.weights.surety
    off = context.weights.confidence.unread if unread else 0.0
    if not context.plain_source:
        off += sum(_of_notice(windows, revisions, telling, scale))
    return tuple(
        _lowered(
            window, off + (0.0 if context.plain_source else sum(_of(window, telling, context)))
        )
        for window in windows
    )


def _lowered(window: WindowReading, off: float) -> WindowReading:
    return replace(window, confidence=round(max(window.confidence - off, LEAST), 3))


def _of_notice(
    windows: tuple[WindowReading, ...],
    revisions: tuple[RevisionReading, ...],
    telling: Telling,
    scale: Surety,
) -> Iterator[float]:
    """What holds for every window of a notice."""
    used = [p.span for w in windows for p in w.proofs] + [r.span for r in revisions]
    if _unused(telling.times, used) >= scale.most_unused:
        yield scale.unused
    if revisions:
        yield scale.changed
    if len(windows) >= scale.most_windows:
        yield scale.many


def _unused(times: tuple[LineTimes, ...], used: list[Span]) -> int:
    """How many clock times of the text stand in no value."""
    clocks = {clock.span for told in times for clock in written_clocks(told)}
    read = Cover(used)
    return sum(not read.holds(clock.start) for clock in clocks)


def _of(window: WindowReading, telling: Telling, context: Context) -> Iterator[float]:
    """What holds for one window."""
    scale = context.weights.surety
    if "date.inferred" in window.doubts:
        yield scale.day_inferred
    if "year.inferred" in window.doubts:
        yield scale.year_inferred
    if _odd_length(window.start, window.end, scale):
        yield scale.odd_length
    published = context.published_at
    if published is not None and window.start is not None and utc(window.start) < utc(published):
        yield scale.begun
    if _lines_between(window, telling) >= scale.most_lines:
        yield scale.apart
    if len(window.proofs) < scale.least_proofs:
        yield scale.unproved


def _odd_length(start: datetime | None, end: datetime | None, scale: Surety) -> bool:
    if start is None or end is None:
        return True
    length = utc(end) - utc(start)
    return not timedelta(hours=scale.short) < length <= timedelta(hours=scale.long)


def _lines_between(window: WindowReading, telling: Telling) -> int:
    """How many lines lie between the first and the last word that it was read from."""
    places = [proof.span.start for proof in window.proofs]
    at = [line.index for line in map(partial(_line_at, telling.lines), places) if line is not None]
    return max(at) - min(at) if at else 0


def _line_at(lines: tuple[Line, ...], at: int) -> Line | None:
    """The line that holds the place ``at``."""
    number = bisect_right(lines, at, key=lambda line: line.span.start)
    line = lines[number - 1] if number else None
    return line if line is not None and at < line.span.end else None
