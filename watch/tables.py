"""Figures and moments → tables for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from vindue.nlp.printable import printable
from vindue.watch.now import Down, Now
from vindue.watch.stats import Extensions, Hours, Punctuality, Stats
from vindue.watch.told import moment

_GAP = "  "


def table(rows: Sequence[Sequence[str]], *, numbers_from: int) -> Iterator[str]:
    """Aligned lines; columns from ``numbers_from`` on stand to the right."""
    clean = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*clean, strict=True)]
    for row in clean:
        cells = (
            cell.ljust(width) if index < numbers_from else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield _GAP.join(cells).rstrip()


def now_lines(now: Now) -> Iterator[str]:
    """What is down, what is degraded, what comes next."""
    yield f"at {moment(now.at)}"
    yield ""
    yield "nothing is down" if not now.down else "down"
    yield from _indented(_down_rows(now.down))
    if now.degraded:
        yield "degraded"
        yield from _indented(_down_rows(now.degraded))
    yield ""
    yield "next" if now.next else "nothing is announced"
    rows = [
        (moment(item.start), _until(item.end, open_end=False), ", ".join(item.systems), item.notice)
        for item in now.next
    ]
    yield from _indented(rows)


def _down_rows(items: Iterable[Down]) -> list[tuple[str, ...]]:
    return [
        (
            item.system,
            ", ".join(item.channels) or "effect not stated",
            f"since {moment(item.since)}",
            _until(item.until, open_end=item.open_end),
            item.notice,
        )
        for item in items
    ]


def _until(end: str | None, *, open_end: bool) -> str:
    if end is None:
        return "until further notice"
    return f"until {moment(end)}{' or later' if open_end else ''}"


def _indented(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if rows:
        yield from (f"  {line}" for line in table(rows, numbers_from=len(rows[0])))


def stats_lines(stats: Stats, *, months: bool) -> Iterator[str]:
    """Totals (and months) of downtime, then extensions and punctuality."""
    states = ", ".join(f"{count} {name}" for name, count in stats.windows.by_status.items())
    yield f"{stats.notices} notices, {stats.windows.total} windows: {states}"
    yield ""
    yield from _hours_lines([*stats.totals, *(stats.months if months else [])], months=months)
    yield ""
    yield f"extended: {_extended(stats.extensions)}"
    yield f"punctuality: {_punctual(stats.punctuality)}"
    rows = [
        (item.system, _extended(item.extensions), _punctual(item.punctuality))
        for item in stats.systems
        if item.extensions.extended or item.punctuality.measured
    ]
    yield from _indented(rows)


def _hours_lines(rows: Iterable[Hours], *, months: bool) -> Iterator[str]:
    head = (
        "system",
        "channel",
        *(["month"] if months else []),
        "outage h",
        "degraded h",
        "unstated h",
    )
    cells = [
        (
            row.system,
            row.channel,
            *([row.month or "all"] if months else []),
            f"{row.outage_hours:.2f}",
            f"{row.degraded_hours:.2f}",
            f"{row.unstated_hours:.2f}",
        )
        for row in rows
    ]
    yield from table([head, *cells], numbers_from=3 if months else 2)


def _extended(told: Extensions) -> str:
    if not told.extended:
        return f"none of {told.windows}"
    by = f"by {told.mean_minutes:.0f} min on average, {told.most_minutes:.0f} at most"
    return f"{told.extended} of {told.windows} ({told.extended_share:.0%}), {by}"


def _punctual(told: Punctuality) -> str:
    if not told.measured:
        return "no end was told"
    counts = f"{told.early} early, {told.on_time} on time, {told.late} late of {told.measured}"
    return f"{counts}; {told.median_minutes:+.0f} min in the median"
