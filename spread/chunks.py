"""Inputs → chunks: what one process reads at a time, small enough to hold a few of them.

Nothing but JSON lines and standard input is read here: a file is opened by the
process that works on it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, Literal

from vindue.nlp.sources import (
    STDIN,
    Document,
    Failure,
    Kind,
    fault_of,
    find_inputs,
    read_document,
)
from vindue.nlp.streams import RawLine, first_line, is_jsonl, open_input_file, stream_lines

AnyKind = Kind | Literal["auto"]
MAX_FILES: Final = 16
MAX_LINES: Final = 64
MAX_BYTES: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Lines:
    """Some lines of one input of JSON lines."""

    name: str
    lines: tuple[RawLine, ...]


@dataclass(frozen=True, slots=True)
class Files:
    """Some whole files, by name."""

    names: tuple[str, ...]


Chunk = Lines | Files | Document | Failure
"""What is worked on at once; a ``Failure`` stands in its place among them."""


def find_chunks(paths: Iterable[str], kind: AnyKind, lines: int = MAX_LINES) -> Iterator[Chunk]:
    """The inputs in the order given, cut into chunks of at most that many ``lines``."""
    files: list[str] = []
    size = 0
    for found in find_inputs(paths):
        chunks = iter((found,)) if isinstance(found, Failure) else _streamed(found, kind, lines)
        if chunks is None and isinstance(found, str):
            files.append(found)
            size += _size(found)
            if len(files) < min(MAX_FILES, lines) and size < MAX_BYTES:
                continue
        if files:
            yield Files(tuple(files))
            files, size = [], 0
        yield from chunks or ()
    if files:
        yield Files(tuple(files))


def _streamed(name: str, kind: AnyKind, lines: int) -> Iterator[Chunk] | None:
    """The chunks of JSON lines or of standard input; null for a file to be read as a whole."""
    if kind not in ("auto", "jsonl") and name != STDIN:
        return None
    try:
        file = open_input_file(name)
    except OSError as error:
        return iter((Failure(name, fault_of(error)),))
    try:
        head = first_line(file)
        if kind == "jsonl" or (kind == "auto" and is_jsonl(name, head)):
            return _cut(name, file, head, lines)
    except OSError as error:
        return iter((Failure(name, fault_of(error)),))
    if name == STDIN:
        return iter((read_document(STDIN, head),))
    file.close()
    return None


def _cut(name: str, file: BinaryIO, head: bytes, most: int) -> Iterator[Chunk]:
    """The lines of an open input in chunks; the file is closed behind the last."""
    lines: list[RawLine] = []
    size = 0
    try:
        for line in stream_lines(name, file, head):
            if isinstance(line, Failure):
                if lines:
                    yield Lines(name, tuple(lines))
                lines = []
                yield line
                continue
            lines.append(line)
            size += len(line.raw)
            if len(lines) >= most or size >= MAX_BYTES:
                yield Lines(name, tuple(lines))
                lines, size = [], 0
        if lines:
            yield Lines(name, tuple(lines))
    finally:
        if name != STDIN:
            file.close()


def _size(name: str) -> int:
    try:
        return os.stat(name).st_size
    except OSError:
        return 0  # whoever reads it will tell
