"""Inputs of the commands: records out of JSON, notices out of files, each with its own text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

from pydantic import ValidationError

from vindue.nlp.batch import Batch, read_batches
from vindue.nlp.inputs import Settings, read_page, read_text
from vindue.nlp.jsonl import BadLineError, parse_line, split_jsonl
from vindue.nlp.record import Record
from vindue.nlp.sources import Failure, read_sources

Tell = Callable[[str, str], None]
"""Called with the name of an input, or of a line of it, and why it can't be read."""


def record_lines(paths: Iterable[str], tell: Tell) -> Iterator[Record]:
    """The records of JSON lines, or of one JSON array, in order; a bad one is told and left out."""
    for source in read_sources(paths):
        if isinstance(source, Failure):
            tell(source.name, source.reason)
            continue
        for number, item in _json_items(source.text):
            try:
                yield Record.model_validate_json(item)
            except ValidationError as error:
                first = error.errors(include_url=False)[0]
                place = ".".join(str(part) for part in first["loc"])
                reason = " ".join(filter(None, (place, first["msg"])))
                tell(f"{source.name}:{number}", f"no record: {reason}")


def _json_items(text: str) -> Iterator[tuple[int, str]]:
    """Each record's JSON with its number: that of its line, or its place in the array."""
    items: object = None
    if text.lstrip().startswith("["):
        try:
            items = json.loads(text)
        except (ValueError, RecursionError):
            items = None  # no array after all: each line is told on its own
    if isinstance(items, list):
        yield from ((number, json.dumps(item)) for number, item in enumerate(items, start=1))
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line


def batches(paths: Iterable[str], settings: Settings, tell: Tell) -> Iterator[Batch]:
    """The inputs in the order given; one that can't be read is told and left out."""
    for batch in read_batches(paths, "auto", settings):
        if isinstance(batch, Batch):
            yield batch
        else:
            tell(batch.name, batch.reason)


def with_texts(batch: Batch) -> Iterator[tuple[str, Record]]:
    """Each record with the text that its offsets count in."""
    if batch.kind != "jsonl":
        yield from ((batch.document.text, record) for record in batch.records)
        return
    lines = split_jsonl(batch.document.text)
    for line, record in zip(lines, batch.records, strict=True):
        try:
            yield parse_line(line).text, record
        except BadLineError:
            yield "", record


def reader_like(batch: Batch, settings: Settings) -> Callable[[str], list[Record]]:
    """Reads another text as this batch was read: as a page, or as one notice."""

    def read(text: str) -> list[Record]:
        if batch.kind == "page":
            return read_page(text, batch.document.name, settings)
        return [read_text(text, batch.document.name, settings)]

    return read
