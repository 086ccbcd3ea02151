"""Half-open intervals of instants: merged, cut and added up. All times are aware."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

Interval = tuple[datetime, datetime]
"""[start, end) with start < end, in UTC, where wall clocks don't jump."""

_DECEMBER = 12


def interval(start: datetime, end: datetime) -> Interval | None:
    """The interval in UTC; null where nothing lies between."""
    first, last = start.astimezone(UTC), end.astimezone(UTC)
    return (first, last) if first < last else None


def merge(intervals: Iterable[Interval]) -> list[Interval]:
    """Sorted and apart: what overlaps or touches is one."""
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def subtract(intervals: Iterable[Interval], others: Iterable[Interval]) -> list[Interval]:
    """What of ``intervals`` lies in none of ``others``; merged."""
    cuts = merge(others)
    left: list[Interval] = []
    for start, end in merge(intervals):
        at = start
        for first, last in cuts:
            if last <= at or first >= end:
                continue
            if first > at:
                left.append((at, first))
            at = max(at, last)
        if at < end:
            left.append((at, end))
    return left


def clip(
    intervals: Iterable[Interval], start: datetime | None, end: datetime | None
) -> list[Interval]:
    """What lies within [start, end); null is without bound."""
    kept = []
    for first, last in intervals:
        cut = (max(first, start) if start else first, min(last, end) if end else last)
        if cut[0] < cut[1]:
            kept.append(cut)
    return kept


def by_month(intervals: Iterable[Interval], zone: ZoneInfo) -> Iterator[tuple[str, Interval]]:
    """Cut at the turns of the months of ``zone``, each part with its month (``2026-05``)."""
    for start, end in intervals:
        at = start
        while at < end:
            local = at.astimezone(zone)
            turn = min(_next_month(local, zone), end)
            yield f"{local:%Y-%m}", (at, turn)
            at = turn


def _next_month(local: datetime, zone: ZoneInfo) -> datetime:
    year, month = (local.year + 1, 1) if local.month == _DECEMBER else (local.year, local.month + 1)
    return datetime(year, month, 1, tzinfo=zone).astimezone(UTC)


def minutes(intervals: Sequence[Interval]) -> float:
    """How long they are in all."""
    return sum((end - start).total_seconds() for start, end in intervals) / 60
