"""Records → a flat table, a row per window × system, as CSV or Parquet.

The columns are settled: one may be added at the end, none removed, renamed or
retyped. Times stand twice: as the record writes them, local with their true
offset (``…_local``, text), and as instants in UTC. A window that concerns no
named system has one row with ``system`` empty; a notice without a window has
none. Lists are joined by ``; ``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from typing import Final, Literal

from vindue.nlp.printable import printable_lines
from vindue.nlp.record import Record, Window
from vindue.out.render import gravest

Cell = str | int | float | bool | datetime | None
Kind = Literal["text", "time", "integer", "number", "flag"]
SEPARATOR: Final = "; "
# What a spreadsheet takes for the beginning of a formula, wide forms included.
_FORMULA: Final = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
_GUARD: Final = "'"


class MissingExtraError(RuntimeError):
    """A format that needs a package which is not installed; the message names the extra."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its kind and what it holds."""

    name: str
    kind: Kind
    meaning: str


COLUMNS: Final = (
    Column("notice_id", "text", "id of the notice"),
    Column("window_number", "integer", "1-based place among the windows of the notice"),
    Column("system", "text", "id of one system that the window concerns; empty if none is named"),
    Column("start_at", "time", "start as an instant in UTC"),
    Column("end_at", "time", "end as last announced, in UTC; empty if never announced"),
    Column("planned_start_at", "time", "start as first announced"),
    Column("planned_end_at", "time", "end as first announced"),
    Column("actual_end_at", "time", "when the text says that it ended"),
    Column("start_local", "text", "start as local time with its true offset"),
    Column("end_local", "text", "end as local time with its true offset"),
    Column("timezone", "text", "IANA name"),
    Column("duration_minutes", "number", "elapsed minutes, change of clocks counted"),
    Column("open_end", "flag", "no end is known"),
    Column("precision", "text", "minute, approximate or day"),
    Column("window_status", "text", "status of this window"),
    Column("channel", "text", "file or online where the window is for one channel alone"),
    Column("level", "text", "gravest level stated for the system: outage, degraded, none"),
    Column("effects", "text", "what is stated for the system, as channel:effect"),
    Column("confidence", "number", "0 to 1"),
    Column("status", "text", "status of the notice"),
    Column("title", "text", "title as written"),
    Column("environments", "text", "production, test"),
    Column("language", "text", "en, da or mixed"),
    Column("fallback", "text", "allowed, restricted, not_allowed"),
    Column("resubmit", "flag", "affected entries must be sent again"),
    Column("work_orders", "text", "in order of appearance"),
    Column("revisions", "integer", "number of update lines"),
    Column("published_at", "time", "when the notice was published"),
    Column("updated_at", "time", "when it was last updated"),
    Column("profile", "text", "profile that the notice was read with"),
    Column("source", "text", "name of the file that it stood in"),
)  # fmt: skip

Row = dict[str, Cell]


def rows(records: Iterable[Record]) -> Iterator[Row]:
    """One row per window × system, in the order of the records."""
    for record in records:
        notice = _notice_cells(record)
        for number, window in enumerate(record.windows, start=1):
            shared = {"window_number": number, **_window_cells(window), **notice}
            systems: list[str | None] = [*(window.systems or record.systems)]
            for system in systems or [None]:
                cells = {**shared, "system": system, **_system_cells(record, system)}
                yield {column.name: cells[column.name] for column in COLUMNS}


def write_csv(records: Iterable[Record]) -> str:
    """The table as CSV (RFC 4180, with a header line), safe to open in a spreadsheet."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(column.name for column in COLUMNS)
    for row in rows(records):
        writer.writerow(_csv_cell(row[column.name]) for column in COLUMNS)
    return out.getvalue()


def parquet_bytes(records: Iterable[Record]) -> bytes:
    """The table as one Parquet file; times are microseconds in UTC.

    Raises ``MissingExtraError`` without pyarrow.
    """
    try:  # by name: an optional, heavy package without types
        arrow = import_module("pyarrow")
        parquet = import_module("pyarrow.parquet")
    except ImportError as error:
        raise MissingExtraError(
            "Parquet needs pyarrow: install it with  pip install 'vindue[tables]'"
        ) from error
    types = {
        "text": arrow.string(),
        "time": arrow.timestamp("us", tz="UTC"),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "flag": arrow.bool_(),
    }
    schema = arrow.schema(
        arrow.field(column.name, types[column.kind], metadata={"meaning": column.meaning})
        for column in COLUMNS
    )
    out = io.BytesIO()
    parquet.write_table(arrow.Table.from_pylist(list(rows(records)), schema=schema), out)
    return out.getvalue()


def _csv_cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, str):
        return _harmless(value)
    return str(value)


def _harmless(text: str) -> str:
    """Text that no spreadsheet runs or refuses: no controls, a guard before a formula."""
    first = next((sign for sign in text if sign.isprintable() and not sign.isspace()), "")
    guard = _GUARD if first in _FORMULA or text.startswith("\t") else ""
    return guard + printable_lines(text)


def _instant(time: str | None) -> datetime | None:
    return datetime.fromisoformat(time).astimezone(UTC) if time else None


def _window_cells(window: Window) -> Row:
    start, end = _instant(window.start), _instant(window.end)
    minutes = (end - start).total_seconds() / 60 if start and end else None
    return {
        "start_at": start,
        "end_at": end,
        "planned_start_at": _instant(window.planned_start),
        "planned_end_at": _instant(window.planned_end),
        "actual_end_at": _instant(window.actual_end),
        "start_local": window.start,
        "end_local": window.end,
        "timezone": window.timezone,
        "duration_minutes": minutes,
        "open_end": window.open_end,
        "precision": window.precision,
        "window_status": window.status,
        "channel": window.channel,
        "confidence": window.confidence,
    }


def _system_cells(record: Record, system: str | None) -> Row:
    concerned = [system] if system else []
    effects = dict.fromkeys(
        f"{impact.channel}:{impact.effect}"
        for impact in record.impacts
        if not impact.systems or system in impact.systems
    )
    return {"level": gravest(record, concerned), "effects": SEPARATOR.join(effects)}


def _notice_cells(record: Record) -> Row:
    return {
        "notice_id": record.id,
        "status": record.status,
        "title": record.title,
        "environments": SEPARATOR.join(record.environments),
        "language": record.language,
        "fallback": record.fallback,
        "resubmit": record.resubmit,
        "work_orders": SEPARATOR.join(record.work_orders),
        "revisions": len(record.revisions),
        "published_at": _instant(record.published_at),
        "updated_at": _instant(record.updated_at),
        "profile": record.source.profile,
        "source": record.source.name,
    }
