"""Records → text: JSON lines, one JSON array, or a window a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Final, Literal, get_args

from vindue.nlp.record import Record

Format = Literal["jsonl", "json", "windows"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)


def write_records(records: Iterable[Record], form: Format) -> Iterator[str]:
    """The output in pieces, each ready to be written as it is.

    ``windows`` prints start, end, status, id, title and systems, tab
    separated; a value that is not known is empty.
    """
    if form == "jsonl":
        return (f"{write_json(record)}\n" for record in records)
    if form == "json":
        return _array(records)
    return (line for record in records for line in _window_lines(record))


def write_json(record: Record) -> str:
    """One record as one line of JSON, in the order of the contract."""
    return record.model_dump_json(by_alias=True)


def write_schema(schema: dict[str, object]) -> str:
    """The JSON Schema, indented for people."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _array(records: Iterable[Record]) -> Iterator[str]:
    opening = "[\n"
    for record in records:
        yield opening + write_json(record)
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"


def _window_lines(record: Record) -> Iterator[str]:
    title = " ".join(record.title.split())
    for window in record.windows:
        fields = (
            window.start or "",
            window.end or "",
            window.status,
            record.id,
            title,
            ",".join(window.systems),
        )
        yield "\t".join(fields) + "\n"
