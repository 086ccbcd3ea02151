"""A chunk → what became of it, in whatever process that is done. A bad notice costs only itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from vindue.nlp.batch import Batch, read_batch
from vindue.nlp.inputs import Progress, Settings
from vindue.nlp.jsonl import read_line, unread_line
from vindue.nlp.output import Printed, print_record
from vindue.nlp.record import Record
from vindue.nlp.sources import Document, Failure, read_document
from vindue.nlp.streams import RawLine
from vindue.spread.chunks import AnyKind, Chunk, Files, Lines

Read = Record | Printed


@dataclass(frozen=True, slots=True)
class Job:
    """How chunks are read.

    ``printed``: records come as lines of JSON, which is what passes cheaply
    between processes.
    """

    kind: AnyKind
    settings: Settings
    printed: bool


@dataclass(frozen=True, slots=True)
class Part:
    """The records of an input, or of some lines of it, with how it was read.

    ``more``: it goes on with the input of the part before. ``units``: how many
    lines or files it answers for.
    """

    name: str
    kind: str
    encodings: tuple[str, ...]
    records: tuple[Read, ...]
    told: str = ""
    more: bool = False
    units: int = 1


Answer = tuple[Part | Failure, ...]


def read_chunk(job: Job, chunk: Chunk, progress: Progress | None = None) -> Answer:
    """All parts of a chunk, in its order. Raises ``ValueError`` for settings that can't be."""
    return tuple(_parts(job, chunk, progress))


def give_up(job: Job, chunk: Chunk, reason: str) -> Answer:
    """The answer for a chunk of one line or file whose reading ends every process that tries."""
    if isinstance(chunk, Lines):
        records = [_unread(line, chunk.name, job, reason) for line in chunk.lines]
        return (_of_lines(job, chunk, (), records),)
    names = chunk.names if isinstance(chunk, Files) else (chunk.name,)
    return tuple(Failure(name, reason) for name in names)


def halves(chunk: Chunk) -> tuple[Chunk, ...]:
    """The chunk in two, or as it is where it holds one thing."""
    if isinstance(chunk, Lines) and len(chunk.lines) > 1:
        middle = len(chunk.lines) // 2
        cuts = chunk.lines[:middle], chunk.lines[middle:]
        return tuple(replace(chunk, lines=lines) for lines in cuts)
    if isinstance(chunk, Files) and len(chunk.names) > 1:
        middle = len(chunk.names) // 2
        return Files(chunk.names[:middle]), Files(chunk.names[middle:])
    return (chunk,)


def _parts(job: Job, chunk: Chunk, progress: Progress | None) -> Iterator[Part | Failure]:
    if isinstance(chunk, Failure):
        yield chunk
    elif isinstance(chunk, Lines):
        yield _lines(job, chunk)
    elif isinstance(chunk, Document):
        yield _whole(job, chunk, progress)
    else:
        for name in chunk.names:
            found = read_document(name, most=job.settings.limits.input)
            yield found if isinstance(found, Failure) else _whole(job, found, progress)


def _lines(job: Job, chunk: Lines) -> Part:
    records: list[Record] = []
    encodings: dict[str, None] = {}
    for line in chunk.lines:
        text, encoding = line.decode()
        if line.encoding or not line.raw.isascii():
            encodings[encoding] = None
        try:
            records.append(read_line(text, line.number, chunk.name, job.settings))
        except Exception as error:
            records.append(_unread(line, chunk.name, job, _fault(error)))
    return _of_lines(job, chunk, tuple(encodings), records)


def _of_lines(job: Job, chunk: Lines, encodings: tuple[str, ...], records: list[Record]) -> Part:
    more = chunk.lines[0].number > 1
    printed, units = tuple(_printed(job, records)), len(chunk.lines)
    return Part(chunk.name, "jsonl", encodings, printed, more=more, units=units)


def _whole(job: Job, document: Document, progress: Progress | None) -> Part | Failure:
    try:
        batch = read_batch(document, job.kind, job.settings, progress)
        records = tuple(_printed(job, batch.records))
    except Exception as error:
        return Failure(document.name, _fault(error))
    return part_of(batch, records)


def part_of(batch: Batch, records: tuple[Read, ...]) -> Part:
    """The part that a whole input is."""
    told = f"; profile {batch.profile}: {batch.reason}" if batch.reason else ""
    encodings = (batch.document.encoding,)
    return Part(batch.document.name, batch.kind, encodings, records, told)


def _unread(line: RawLine, name: str, job: Job, reason: str) -> Record:
    return unread_line(line.decode()[0], line.number, name, job.settings, reason)


def _fault(error: Exception) -> str:
    return f"a fault of the program kept this from being read: {error!r}"


def _printed(job: Job, records: Iterator[Record] | list[Record]) -> Iterator[Read]:
    return map(print_record, records) if job.printed else iter(records)
