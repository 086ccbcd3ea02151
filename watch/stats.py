"""Records → figures over months and years: downtime, extensions, punctuality."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import mean, median
from typing import Final, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from vindue.nlp.record import Record, Window
from vindue.watch.downtime import (
    LIVE,
    WAYS,
    Level,
    Scope,
    Stretch,
    all_stretches,
    ending,
    has_clock,
    overall,
)
from vindue.watch.intervals import Interval, by_month, clip, interval, merge, minutes, subtract

ON_TIME_MINUTES: Final = 5
"""An end within so many minutes of the planned one is on time."""
_LEVELS: Final[tuple[Level, ...]] = ("outage", "degraded", "unstated")
_DEFAULT_ZONE: Final = "Europe/Copenhagen"
_DIGITS: Final = 4

StatChannel = Literal["file", "online", "connection", "any"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Hours(_Model):
    """Hours of a system on a channel, in a month or (null) in all.

    ``any``: hours in which any of its channels was hit, and those of windows
    that state no effect on it. An hour counts once, at its worst level, however many
    notices tell of it.
    """

    system: str
    channel: StatChannel
    month: str | None
    outage_hours: float
    degraded_hours: float
    unstated_hours: float


class Extensions(_Model):
    """How often windows were given a later end, and by how many minutes."""

    windows: int
    extended: int
    shortened: int
    extended_share: float
    total_minutes: float
    mean_minutes: float | None
    median_minutes: float | None
    most_minutes: float | None


class Punctuality(_Model):
    """Actual against planned end, of the windows whose end was told; late is above zero."""

    measured: int
    early: int
    on_time: int
    late: int
    mean_minutes: float | None
    median_minutes: float | None
    latest_minutes: float | None


class Windows(_Model):
    """How many windows there are; ``no_clock`` and ``no_end`` add no hours."""

    total: int
    by_status: dict[str, int]
    no_end: int
    no_clock: int


class SystemStats(_Model):
    """Extensions and punctuality of the windows that concern one system."""

    system: str
    extensions: Extensions
    punctuality: Punctuality


class Stats(_Model):
    """All figures. ``months`` are those of ``timezone``."""

    timezone: str
    environment: Scope
    since: str | None
    until: str | None
    notices: int
    windows: Windows
    totals: list[Hours]
    months: list[Hours]
    extensions: Extensions
    punctuality: Punctuality
    systems: list[SystemStats]


@dataclass(frozen=True, slots=True)
class Frame:
    """Which part is asked for: [since, until), aware, null without bound."""

    since: datetime | None = None
    until: datetime | None = None
    scope: Scope = "production"


def make_stats(records: Sequence[Record], frame: Frame | None = None) -> Stats:
    """The figures of ``records`` within ``frame``.

    A window belongs to the frame if it starts there; hours are counted within it.
    """
    frame = frame or Frame()
    zone = common_zone(records)
    windows = [
        (record, window)
        for record in records
        if frame.scope in ("all", *record.environments)
        for window in record.windows
        if _starts_within(window, frame)
    ]
    live = [window for _, window in windows if window.status in LIVE]
    tables = _tables(all_stretches(records, frame.scope), frame, ZoneInfo(zone))
    return Stats(
        timezone=zone,
        environment=frame.scope,
        since=frame.since.isoformat() if frame.since else None,
        until=frame.until.isoformat() if frame.until else None,
        notices=len({id(record) for record, _ in windows}),
        windows=_count([window for _, window in windows]),
        totals=[row for row in tables if row.month is None],
        months=[row for row in tables if row.month is not None],
        extensions=_extensions(live),
        punctuality=_punctuality(live),
        systems=_by_system(live),
    )


def common_zone(records: Iterable[Record]) -> str:
    """The zone that most windows are told in."""
    zones = Counter(window.timezone for record in records for window in record.windows)
    return zones.most_common(1)[0][0] if zones else _DEFAULT_ZONE


def _starts_within(window: Window, frame: Frame) -> bool:
    if window.start is None:
        return frame.since is None and frame.until is None
    start = datetime.fromisoformat(window.start)
    return (frame.since is None or start >= frame.since) and (
        frame.until is None or start < frame.until
    )


def _tables(found: Iterable[Stretch], frame: Frame, zone: ZoneInfo) -> list[Hours]:
    """A row for each system and channel, in all and by month, sorted."""
    spans: defaultdict[tuple[str, StatChannel], defaultdict[Level, list[Interval]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for item in found:
        span = interval(item.start, item.end) if item.end and has_clock(item) else None
        if span is None:
            continue
        spans[item.system, "any"][overall(item)].append(span)
        if item.way is not None:
            spans[item.system, item.way][item.level].append(span)
    rows = []
    order: tuple[StatChannel, ...] = ("any", *WAYS)
    for system, channel in sorted(spans, key=lambda key: (key[0], order.index(key[1]))):
        rows += _rows(system, channel, _at_worst(spans[system, channel], frame), zone)
    return rows


def _at_worst(spans: dict[Level, list[Interval]], frame: Frame) -> dict[Level, list[Interval]]:
    """Each instant at its worst level alone."""
    counted: dict[Level, list[Interval]] = {}
    above: list[Interval] = []
    for level in _LEVELS:
        mine = merge(clip(spans.get(level, []), frame.since, frame.until))
        counted[level] = subtract(mine, above)
        above += mine
    return counted


def _rows(
    system: str, channel: StatChannel, spans: dict[Level, list[Interval]], zone: ZoneInfo
) -> list[Hours]:
    cells: defaultdict[str | None, dict[Level, float]] = defaultdict(dict)
    for level, intervals in spans.items():
        months: defaultdict[str, list[Interval]] = defaultdict(list)
        for month, part in by_month(intervals, zone):
            months[month].append(part)
        for month, parts in months.items():
            cells[month][level] = minutes(parts) / 60
        if intervals:
            cells[None][level] = minutes(intervals) / 60
    return [
        Hours(
            system=system,
            channel=channel,
            month=month,
            outage_hours=round(cell.get("outage", 0.0), _DIGITS),
            degraded_hours=round(cell.get("degraded", 0.0), _DIGITS),
            unstated_hours=round(cell.get("unstated", 0.0), _DIGITS),
        )
        for month, cell in sorted(cells.items(), key=lambda pair: pair[0] or "")
    ]


def _count(windows: Sequence[Window]) -> Windows:
    live = [window for window in windows if window.status in LIVE]
    return Windows(
        total=len(windows),
        by_status=dict(sorted(Counter(window.status for window in windows).items())),
        no_end=sum(ending(window) is None for window in live),
        no_clock=sum(window.precision == "day" for window in live),
    )


def _minutes_between(first: str | None, last: str | None) -> float | None:
    if first is None or last is None:
        return None
    elapsed = datetime.fromisoformat(last) - datetime.fromisoformat(first)
    return elapsed.total_seconds() / 60


def _extensions(windows: Sequence[Window]) -> Extensions:
    moved = [_minutes_between(window.planned_end, window.end) for window in windows]
    known = [value for value in moved if value is not None]
    longer = [value for value in known if value > 0]
    return Extensions(
        windows=len(known),
        extended=len(longer),
        shortened=sum(value < 0 for value in known),
        extended_share=round(len(longer) / len(known), _DIGITS) if known else 0.0,
        total_minutes=sum(longer),
        mean_minutes=round(mean(longer), _DIGITS) if longer else None,
        median_minutes=median(longer) if longer else None,
        most_minutes=max(longer, default=None),
    )


def _punctuality(windows: Sequence[Window]) -> Punctuality:
    found = [_minutes_between(window.planned_end, window.actual_end) for window in windows]
    delays = [value for value in found if value is not None]
    return Punctuality(
        measured=len(delays),
        early=sum(value < -ON_TIME_MINUTES for value in delays),
        on_time=sum(abs(value) <= ON_TIME_MINUTES for value in delays),
        late=sum(value > ON_TIME_MINUTES for value in delays),
        mean_minutes=round(mean(delays), _DIGITS) if delays else None,
        median_minutes=median(delays) if delays else None,
        latest_minutes=max(delays, default=None),
    )


def _by_system(windows: Sequence[Window]) -> list[SystemStats]:
    groups: defaultdict[str, list[Window]] = defaultdict(list)
    for window in windows:
        for system in window.systems:
            groups[system].append(window)
    return [
        SystemStats(system=name, extensions=_extensions(group), punctuality=_punctuality(group))
        for name, group in sorted(groups.items())
    ]
