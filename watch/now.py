"""Records and a moment → what is down then, and what comes next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from pydantic import BaseModel, ConfigDict

from vindue.grammars.registry import load_registry
from vindue.nlp.record import Record, Time
from vindue.watch.downtime import WAYS, Level, Scope, Stretch, Way, all_stretches, overall

OPEN_FOR: Final = timedelta(days=7)
"""So long a window whose end nobody knows is taken to last, from its last word on."""
_RANK: Final[dict[Level, int]] = {"degraded": 0, "unstated": 1, "outage": 2}


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Down(_Model):
    """One system in one window. ``channels`` is empty where no effect is stated.

    ``until`` is null where no end is known; with ``open_end`` it may last longer.
    """

    system: str
    level: Level
    channels: list[Way]
    since: Time
    until: Time | None
    open_end: bool
    notice: str
    title: str


class Next(_Model):
    """A window that is to come."""

    start: Time
    end: Time | None
    systems: list[str]
    level: Level
    notice: str
    title: str


class Now(_Model):
    """``down``: outage, or an effect that is not stated; ``degraded``: up, but not well."""

    at: Time
    down: list[Down]
    degraded: list[Down]
    next: list[Next]


def at_moment(
    records: Sequence[Record],
    at: datetime,
    systems: Collection[str] = (),
    *,
    scope: Scope = "production",
    coming: int = 5,
) -> Now:
    """What is down at ``at`` (aware), of ``systems`` or of all, and the next windows."""
    found = [item for item in all_stretches(records, scope) if _wanted(item, systems)]
    rows = _rows(item for item in found if _holds(item, at))
    return Now(
        at=at.isoformat(),
        down=[row for row in rows if row.level != "degraded"],
        degraded=[row for row in rows if row.level == "degraded"],
        next=_next(found, at)[:coming],
    )


def find_systems(called: str, records: Iterable[Record]) -> set[str]:
    """The ids that a person means by an id, a name or a family; empty if nobody knows it.

    A group counts for its members and a member for its group, since a notice
    may name either.
    """
    registry = load_registry()
    wanted = called.casefold().strip()
    found = {key for record in records for key in record.systems if key == wanted}
    for entry in (*registry.system, *registry.group):
        if wanted in (entry.id, *(name.casefold() for name in entry.names)):
            found.add(entry.id)
    for family in registry.family:
        if wanted in [name.casefold() for name in family.names]:
            found.update(family.ids)
    for group in registry.group:
        if group.id in found:
            found.update(group.members)
        elif found & set(group.members):
            found.add(group.id)
    return found


def _wanted(item: Stretch, systems: Collection[str]) -> bool:
    return not systems or item.system in systems


def _holds(item: Stretch, at: datetime) -> bool:
    if at < item.start:
        return False
    window = item.record.windows[item.window]
    if item.end is not None and at < item.end:
        return True
    ended = window.actual_end is not None or window.status == "completed"
    is_open = (window.open_end or item.end is None) and not ended
    return is_open and at < _last_word(item) + OPEN_FOR


def _last_word(item: Stretch) -> datetime:
    told = [item.start, *([item.end] if item.end else [])]
    if item.record.updated_at:
        told.append(datetime.fromisoformat(item.record.updated_at))
    return max(told)


def _rows(found: Iterable[Stretch]) -> list[Down]:
    """One row for each system and window, at its worst level, worst first."""
    groups: defaultdict[tuple[str, str, int], list[Stretch]] = defaultdict(list)
    for item in found:
        groups[item.system, item.record.id, item.window].append(item)
    rows = [_row(group) for group in groups.values()]
    return sorted(rows, key=lambda row: (-_RANK[row.level], row.system, row.since))


def _row(group: Sequence[Stretch]) -> Down:
    worst = max(map(overall, group), key=_RANK.__getitem__)
    first = group[0]
    window = first.record.windows[first.window]
    ways = {item.way for item in group if overall(item) == worst}
    return Down(
        system=first.system,
        level=worst,
        channels=[way for way in WAYS if way in ways],
        since=first.start.isoformat(),
        until=first.end.isoformat() if first.end else None,
        open_end=window.open_end or first.end is None,
        notice=first.record.id,
        title=first.record.title,
    )


def _next(found: Iterable[Stretch], at: datetime) -> list[Next]:
    groups: defaultdict[tuple[str, int], list[Stretch]] = defaultdict(list)
    for item in found:
        if item.start > at:
            groups[item.record.id, item.window].append(item)
    windows = sorted(groups.values(), key=lambda group: group[0].start)
    return [
        Next(
            start=group[0].start.isoformat(),
            end=group[0].end.isoformat() if group[0].end else None,
            systems=sorted({item.system for item in group}),
            level=max(map(overall, group), key=_RANK.__getitem__),
            notice=group[0].record.id,
            title=group[0].record.title,
        )
        for group in windows
    ]
