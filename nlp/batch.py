"""Many inputs → their records, one input after the other, none in the way of the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from vindue.nlp.inputs import AUTO, Progress, Settings, choose_profile, read_page, read_text
from vindue.nlp.jsonl import looks_like_jsonl, read_jsonl, split_jsonl
from vindue.nlp.page import is_page
from vindue.nlp.record import Record
from vindue.nlp.sources import JSONL_SUFFIXES, Document, Failure, Kind, read_sources


@dataclass(frozen=True, slots=True)
class Batch:
    """The records of one input, in its order."""

    document: Document
    kind: Kind
    records: Iterator[Record]


def read_batches(
    paths: Iterable[str],
    kind: Kind | Literal["auto"],
    settings: Settings,
    progress: Progress | None = None,
) -> Iterator[Batch | Failure]:
    """The inputs in the order given; ``records`` are read as they are asked for.

    Raises ``ValueError`` for settings that can't be.
    """
    for source in read_sources(paths):
        if isinstance(source, Failure):
            yield source
            continue
        found = tell_kind(source, settings.profile) if kind == AUTO else kind
        yield Batch(source, found, _records(source, found, settings, progress))


def tell_kind(document: Document, profile: str) -> Kind:
    """JSON lines by suffix or first line, a page by its profile, else one text."""
    if PurePath(document.name).suffix.lower() in JSONL_SUFFIXES or looks_like_jsonl(document.text):
        return "jsonl"
    return "page" if is_page(document.text, choose_profile(document.text, profile)) else "text"


def _records(
    document: Document, kind: Kind, settings: Settings, progress: Progress | None
) -> Iterator[Record]:
    text, name = document.text, document.name
    if kind == "page":
        yield from read_page(text, name, settings, progress)
    elif kind == "text":
        yield read_text(text, name, settings)
    else:
        total = len(split_jsonl(text))
        for number, record in enumerate(read_jsonl(text, name, settings), start=1):
            yield record
            if progress is not None:
                progress(number, total)
