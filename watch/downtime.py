"""A record → which system is down on which channel, from when to when.

| level      | when                                                              |
|------------|-------------------------------------------------------------------|
| `outage`   | the notice states an effect of level outage there                 |
| `degraded` | it states one of level degraded there, and none of level outage   |
| `unstated` | the window concerns the system, and no effect on it is stated     |

A closed connection to another system leaves both up: for a system as a whole it
counts as degraded. A stated "not affected" makes no downtime. A window for one channel tells of
that channel alone; the notice's window for all channels then leaves that
channel to it where both overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from vindue.nlp.record import Impact, ImpactLevel, Record, Window
from vindue.watch.intervals import interval

Level = Literal["outage", "degraded", "unstated"]
Way = Literal["file", "online", "connection"]
Scope = Literal["production", "test", "all"]
"""Which environments count; a notice for both counts for either."""

WAYS: Final[tuple[Way, ...]] = ("file", "online", "connection")
_RANK: Final[dict[ImpactLevel, int]] = {"none": 0, "degraded": 1, "outage": 2}
_LEVELS: Final[dict[int, Level]] = {1: "degraded", 2: "outage"}
LIVE: Final = frozenset({"scheduled", "completed"})
"""States of a window that takes or took place."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One system, one way in, one window; ``way`` is null where no effect is stated.

    ``end`` is when it really ended where that is told, else the last announced
    end, null where none is known. Times are aware.
    """

    system: str
    way: Way | None
    level: Level
    start: datetime
    end: datetime | None
    record: Record
    window: int


def stretches(record: Record, scope: Scope = "production") -> list[Stretch]:
    """The record's downtime: live windows that have a start, of the environments asked for."""
    if scope not in ("all", *record.environments):
        return []
    found = []
    for index, window in enumerate(record.windows):
        if window.status not in LIVE or window.start is None:
            continue
        start, end = datetime.fromisoformat(window.start), ending(window)
        if end is not None and end <= start:
            continue
        for system in window.systems:
            for way, level in levels(record, window, system):
                found.append(Stretch(system, way, level, start, end, record, index))
    return found


def ending(window: Window) -> datetime | None:
    """When the window ended, or is to end as last announced; null where nobody knows."""
    told = window.actual_end or window.end
    return datetime.fromisoformat(told) if told else None


def levels(record: Record, window: Window, system: str) -> list[tuple[Way | None, Level]]:
    """How ``system`` is hit by the window, on each way in that is; whatever its status."""
    stated = [item for item in record.impacts if not item.systems or system in item.systems]
    if window.channel is not None:
        rank = _worst(stated, window.channel)
        if rank is None:
            return [(window.channel, "unstated")]
        return [(window.channel, _LEVELS[rank])] if rank else []
    if not stated:
        return [(None, "unstated")]
    taken = {other.channel for other in record.windows if _is_part(other, window, system)}
    ranks = ((way, _worst(stated, way)) for way in WAYS if way not in taken)
    return [(way, _LEVELS[rank]) for way, rank in ranks if rank]


def _worst(stated: Sequence[Impact], way: Way) -> int | None:
    """The worst rank stated for ``way``; "all" is file and online, no link between systems."""
    ranks = [
        _RANK[item.level]
        for item in stated
        if item.channel == way or (item.channel == "all" and way != "connection")
    ]
    return max(ranks, default=None)


def _is_part(other: Window, window: Window, system: str) -> bool:
    """Whether ``other`` tells of one channel within ``window``."""
    if other.channel is None or system not in other.systems or other.status not in LIVE:
        return False
    if other.start is None or window.start is None:
        return False
    start, end = datetime.fromisoformat(other.start), ending(other)
    first, last = datetime.fromisoformat(window.start), ending(window)
    return (last is None or start < last) and (end is None or first < end)


def overall(stretch: Stretch) -> Level:
    """What it is for the system as a whole: a link that is closed is no outage of it."""
    closed_link = stretch.way == "connection" and stretch.level == "outage"
    return "degraded" if closed_link else stretch.level


def all_stretches(records: Iterable[Record], scope: Scope) -> list[Stretch]:
    """The stretches of many records, in their order."""
    return [item for record in records for item in stretches(record, scope)]


def has_clock(stretch: Stretch) -> bool:
    """Whether hours can be counted: an end is known, and times of day were told."""
    window = stretch.record.windows[stretch.window]
    if stretch.end is None or window.precision == "day":
        return False
    return interval(stretch.start, stretch.end) is not None
