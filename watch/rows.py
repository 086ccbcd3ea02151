"""A record → rows of the store's tables."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from vindue.grammars.registry import load_registry
from vindue.nlp.record import Record, Window
from vindue.watch.captures import Seen
from vindue.watch.store import to_utc

_PARTS = ("windows", "impacts", "revisions", "diagnostics", "notice_systems")


def write_notice(db: sqlite3.Connection, notice: str, version: int, seen: Seen) -> None:
    """Make ``seen`` the notice's present state: its row and all that hangs on it."""
    record = seen.record
    row = {
        "id": notice,
        "title": record.title,
        "status": record.status,
        "language": record.language,
        "environments": _array(record.environments),
        "tags": _array(record.tags),
        "work_orders": _array(record.work_orders),
        "published_at": record.published_at,
        "published_utc": to_utc(record.published_at),
        "updated_at": record.updated_at,
        "updated_utc": to_utc(record.updated_at),
        "fallback": record.fallback,
        "resubmit": record.resubmit,
        "duplicate_of": record.duplicate_of,
        "text": seen.text,
        "version": version,
    }
    if db.execute("SELECT 1 FROM notices WHERE id = ?", (notice,)).fetchone():
        for table in _PARTS:
            db.execute(f"DELETE FROM {table} WHERE notice = ?", (notice,))
        values = {key: value for key, value in row.items() if key != "id"}
        pairs = ", ".join(f"{key} = ?" for key in values)
        db.execute(f"UPDATE notices SET {pairs} WHERE id = ?", (*values.values(), notice))
    else:
        insert(db, "notices", row)
    _write_parts(db, notice, record)


def insert(db: sqlite3.Connection, table: str, row: dict[str, Any]) -> int:
    """Insert one row; its rowid. ``table`` and the keys are ours, never an input's."""
    marks = ", ".join("?" for _ in row)
    cursor = db.execute(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values())
    )
    return int(cursor.lastrowid or 0)


def _array(items: Iterable[str]) -> str:
    return json.dumps(list(items), ensure_ascii=False)


def _write_parts(db: sqlite3.Connection, notice: str, record: Record) -> None:
    _link(db, "notice_systems", "notice", notice, record.systems)
    for position, window in enumerate(record.windows):
        key = insert(db, "windows", _window_row(notice, position, window))
        _link(db, "window_systems", "window", key, window.systems)
    for position, impact in enumerate(record.impacts):
        row = {"notice": notice, "position": position, "channel": impact.channel}
        row |= {"effect": impact.effect, "level": impact.level, "text": impact.text}
        row |= {"read_by": impact.by, "confidence": impact.confidence}
        _link(db, "impact_systems", "impact", insert(db, "impacts", row), impact.systems)
    for position, revision in enumerate(record.revisions):
        row = {"notice": notice, "position": position, "kind": revision.kind}
        insert(db, "revisions", row | {"told_at": revision.at, "new_end": revision.end})
    for position, item in enumerate(record.diagnostics):
        row = {"notice": notice, "position": position, "code": item.code, "level": item.level}
        row |= {"message": item.message, "found": item.found, "used": item.used}
        insert(db, "diagnostics", row)


def _window_row(notice: str, position: int, window: Window) -> dict[str, Any]:
    return {
        "notice": notice,
        "position": position,
        "starts_at": window.start,
        "ends_at": window.end,
        "starts_utc": to_utc(window.start),
        "ends_utc": to_utc(window.end),
        "planned_start": window.planned_start,
        "planned_end": window.planned_end,
        "actual_end": window.actual_end,
        "minutes": _minutes(window.start, window.end),
        "timezone": window.timezone,
        "open_end": window.open_end,
        "precision": window.precision,
        "status": window.status,
        "channel": window.channel,
        "confidence": window.confidence,
    }


def _minutes(start: str | None, end: str | None) -> int | None:
    if start is None or end is None:
        return None
    elapsed = datetime.fromisoformat(end) - datetime.fromisoformat(start)
    return round(elapsed.total_seconds() / 60)


def _link(
    db: sqlite3.Connection, table: str, column: str, key: str | int, systems: Iterable[str]
) -> None:
    for system in sorted(set(systems)):
        db.execute(
            "INSERT OR IGNORE INTO systems VALUES (?, ?)", (system, _names().get(system, system))
        )
        insert(db, table, {column: key, "system": system})


@cache
def _names() -> dict[str, str]:
    registry = load_registry()
    return {entry.id: entry.en for entry in (*registry.system, *registry.group)}
