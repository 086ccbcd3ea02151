"""Files → partitions that any machine can read by itself, and the output of each, written once.

A partition is named by its place, so that reading it again, after a lost
machine or in a second run, gives the same file with the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path, PurePath
from types import ModuleType
from typing import Final, Literal
from uuid import uuid4

from vindue.nlp.decoding import UnreadableError, tell_codec
from vindue.nlp.inputs import Settings
from vindue.nlp.jsonl import MAX_LINE
from vindue.nlp.output import write_json
from vindue.nlp.record import Record
from vindue.nlp.sources import JSONL_SUFFIXES, STDIN
from vindue.nlp.streams import RawLine, is_blank
from vindue.out.tables import MissingExtraError, parquet_bytes
from vindue.spread.chunks import Lines
from vindue.spread.work import Job, Part, read_chunk

OutForm = Literal["jsonl", "parquet"]
PARQUET: Final = ".parquet"
_HEAD: Final = 65_536
_KEYS: Final = ("id", "text", "published_at")


@dataclass(frozen=True, slots=True)
class Partition:
    """A stretch of one file: bytes ``[start, end)`` of JSON lines, or rows of a Parquet file.

    ``first`` is the number, from 1, of its first line or row.
    """

    path: str
    input: int
    start: int
    end: int
    first: int

    @property
    def is_parquet(self) -> bool:
        """Whether it is rows."""
        return PurePath(self.path).suffix.lower() == PARQUET

    @property
    def name(self) -> str:
        """Sorts as the inputs do; the same in every run over the same inputs."""
        return f"part-{self.input:04d}-{self.first:012d}"


def find_partitions(paths: Iterable[str], lines: int) -> Iterator[Partition]:
    """Every file cut into stretches of about that many ``lines``, its text unread.

    Raises ``ValueError`` for a file of another kind, ``OSError`` for one that can't be read.
    """
    for number, path in enumerate(paths):
        suffix = PurePath(path).suffix.lower()
        if path == STDIN or suffix not in (*JSONL_SUFFIXES, PARQUET):
            raise ValueError(f"{path}: neither JSON lines nor Parquet by its name")
        cut = _cut_rows if suffix == PARQUET else _cut_lines
        for start, end, first in cut(path, lines):
            yield Partition(path, number, start, end, first)


def read_partition(partition: Partition, settings: Settings) -> list[Record]:
    """A record for each line or row, as ``vindue parse`` gives it."""
    raw = _rows(partition) if partition.is_parquet else _lines(partition)
    lines = tuple(RawLine(n, line) for n, line in enumerate(raw, start=partition.first))
    (part,) = read_chunk(Job("jsonl", settings, False), Lines(partition.path, lines))
    assert isinstance(part, Part)
    return [record for record in part.records if isinstance(record, Record)]


def write_partition(partition: Partition, folder: str, form: OutForm, settings: Settings) -> int:
    """Read a partition and write its file into ``folder``; how many records it holds.

    The file appears only when it is whole, under the partition's name: who
    does it twice writes the same file twice.
    """
    records = read_partition(partition, settings)
    data = (
        parquet_bytes(records)
        if form == "parquet"
        else b"".join(f"{write_json(record)}\n".encode() for record in records)
    )
    target = Path(folder, f"{partition.name}.{form}")
    partial = target.with_name(f".{target.name}.{uuid4().hex}")
    try:
        partial.write_bytes(data)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return len(records)


def _cut_lines(path: str, lines: int) -> Iterator[tuple[int, int, int]]:
    """Blank lines at the end of the file are left out, as of any stream."""
    with Path(path).open("rb") as file:
        at = start = filled = _mark(path, file.read(_HEAD))
        file.seek(at)
        first, count, waiting = 1, 0, list[tuple[int, int, int]]()
        for line in file:
            at, count = at + len(line), count + 1
            if not is_blank(line):
                yield from waiting
                waiting, filled = [], at
            if count == lines:
                waiting.append((start, at, first))
                start, first, count = at, first + count, 0
    for low, high, number in (*waiting, (start, at, first)):
        if low < filled:
            yield low, min(high, filled), number


def _mark(path: str, head: bytes) -> int:
    """The length of the byte order mark."""
    try:
        codec, name, length = tell_codec(head)
    except UnreadableError as error:
        raise ValueError(f"{path}: {error}") from error
    if codec is not None:
        raise ValueError(f"{path}: {name} can't be cut at its lines: make it UTF-8 first")
    return length


def _cut_rows(path: str, lines: int) -> Iterator[tuple[int, int, int]]:
    total = _parquet().read_metadata(path).num_rows
    for start in range(0, total, lines):
        yield start, min(total, start + lines), start + 1


def _lines(partition: Partition) -> list[bytes]:
    with Path(partition.path).open("rb") as file:
        file.seek(partition.start)
        raw = file.read(partition.end - partition.start)
    lines = raw.split(b"\n")
    return [line[:MAX_LINE] for line in (lines[:-1] if lines[-1] == b"" else lines)]


def _rows(partition: Partition) -> Iterator[bytes]:
    """Rows as lines of JSON: what is no text makes a bad line, as it does there."""
    file, at = _parquet().ParquetFile(partition.path), 0
    names = [name for name in file.schema_arrow.names if name in _KEYS]
    for group in range(file.num_row_groups):
        size = file.metadata.row_group(group).num_rows
        low, high = max(partition.start - at, 0), min(partition.end - at, size)
        at += size
        if low < high:
            rows = file.read_row_group(group, columns=names).slice(low, high - low).to_pylist()
            yield from (json.dumps(row, default=str).encode() for row in rows)


def _parquet() -> ModuleType:
    try:
        return import_module("pyarrow.parquet")
    except ImportError as error:
        raise MissingExtraError(
            "Parquet needs pyarrow: install it with  pip install 'vindue[tables]'"
        ) from error
