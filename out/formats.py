"""Records → bytes in one of the formats for other programs: the writers of ``parse --format``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from vindue.nlp.record import Record

OutFormat = Literal["ics", "csv", "parquet"]
OUT_FORMATS: tuple[OutFormat, ...] = get_args(OutFormat)


def encode(records: Iterable[Record], form: OutFormat) -> bytes:
    """The whole file. Raises ``tables.MissingExtraError`` where a package is not installed."""
    if form == "ics":
        from vindue.out.ics import calendar  # noqa: PLC0415  (each format loads only its own)

        return calendar(records).encode("utf-8")
    from vindue.out.tables import parquet_bytes, write_csv  # noqa: PLC0415

    return write_csv(records).encode("utf-8") if form == "csv" else parquet_bytes(records)
