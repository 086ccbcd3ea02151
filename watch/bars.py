"""Records → the bars of the report's timeline, one for each window and system."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from vindue.nlp.record import Record, Window
from vindue.watch.downtime import levels

Bar = dict[str, Any]


def bars(records: Sequence[Record]) -> list[Bar]:
    """Windows that have a start, in page order.

    Times are milliseconds of the wall clock, as if it were UTC: the axis shows
    the days of the notices' zone whatever zone the reader sits in. ``ways``
    maps each system to the level on each way in, ``any`` where none is stated.
    """
    return [
        {
            "card": index,
            "start": _wall(window.start),
            "end": _wall(window.end),
            "planned_start": _wall(window.planned_start),
            "planned_end": _wall(window.planned_end),
            "actual_end": _wall(window.actual_end),
            "open": window.open_end or window.end is None,
            "status": window.status,
            "ways": {system: _ways(record, window, system) for system in window.systems},
        }
        for index, record in enumerate(records)
        for window in record.windows
        if window.start is not None
    ]


def _ways(record: Record, window: Window, system: str) -> dict[str, str]:
    return {way or "any": level for way, level in levels(record, window, system)}


def _wall(value: str | None) -> int | None:
    if value is None:
        return None
    at = datetime.fromisoformat(value).replace(tzinfo=UTC)
    return int(at.timestamp() * 1000)
