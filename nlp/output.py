"""Records → text: JSON lines, one JSON array, or a window a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Final, Literal, get_args

from vindue.nlp.printable import printable, printable_json
from vindue.nlp.record import Record
from vindue.nlp.values import dataclass

Format = Literal["jsonl", "json", "windows"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)


@dataclass(frozen=True, slots=True)
class Printed:
    """A record as one line of JSON; ``has_error`` tells of a diagnostic at level ``error``."""

    json: str
    has_error: bool


def print_record(record: Record) -> Printed:
    """The record as it is printed."""
    return Printed(write_json(record), has_error(record))


def has_error(record: Record | Printed) -> bool:
    """Whether a diagnostic is at level ``error``."""
    if isinstance(record, Printed):
        return record.has_error
    return any(finding.level == "error" for finding in record.diagnostics)


def write_records(records: Iterable[Record | Printed], form: Format) -> Iterator[str]:
    """The output in pieces, each ready to be written as it is.

    ``windows`` prints start, end, status, id, title and systems, tab
    separated; a value that is not known is empty.
    """
    if form == "jsonl":
        return (f"{write_json(record)}\n" for record in records)
    if form == "json":
        return _array(records)
    return (line for record in records for line in _window_lines(whole(record)))


def whole(record: Record | Printed) -> Record:
    """The record itself. Raises ``ValidationError`` where what was printed is none."""
    return record if isinstance(record, Record) else Record.model_validate_json(record.json)


def write_json(record: Record | Printed) -> str:
    """One record as one line of JSON, in the order of the contract; safe to show on a terminal."""
    if isinstance(record, Printed):
        return record.json
    return printable_json(record.model_dump_json(by_alias=True))


def write_schema(schema: dict[str, object]) -> str:
    """The JSON Schema, indented for people."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _array(records: Iterable[Record | Printed]) -> Iterator[str]:
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
        yield "\t".join(printable(field.replace("\t", " ")) for field in fields) + "\n"
