"""Many inputs → their records, one input after the other, none in the way of the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Literal

from vindue.nlp.adapters.opening import Opened, open_input
from vindue.nlp.inputs import (
    AUTO,
    Progress,
    Settings,
    choose_profile,
    find_zone,
    read_opened,
    read_page,
    read_text,
)
from vindue.nlp.jsonl import looks_like_jsonl, read_jsonl, split_jsonl
from vindue.nlp.page import is_page
from vindue.nlp.record import Record
from vindue.nlp.sources import JSONL_SUFFIXES, Document, Failure, Kind, read_sources
from vindue.nlp.values import dataclass, replace


@dataclass(frozen=True, slots=True)
class Batch:
    """The records of one input, in its order; ``reason`` says how its form was told."""

    document: Document
    kind: Kind
    records: Iterator[Record]
    profile: str = ""
    reason: str = ""


def read_batches(
    paths: Iterable[str],
    kind: Kind | Literal["auto"],
    settings: Settings,
    progress: Progress | None = None,
) -> Iterator[Batch | Failure]:
    """The inputs in the order given; ``records`` are read as they are asked for.

    Raises ``ValueError`` for settings that can't be.
    """
    for source in read_sources(paths, settings.limits.input):
        if isinstance(source, Failure):
            yield source
        else:
            yield read_batch(source, kind, settings, progress)


def read_batch(
    source: Document,
    kind: Kind | Literal["auto"],
    settings: Settings,
    progress: Progress | None = None,
) -> Batch:
    """The records of one input, read as they are asked for; raises as ``read_batches``."""
    opened = _opened(source, kind, settings)
    if opened is None or opened.form == "plain":
        found = tell_kind(source, settings.profile) if kind == AUTO else kind
        batch = Batch(source, found, _records(source, found, settings, progress))
    else:
        decoded = replace(source, text=opened.text)
        records = iter(read_opened(opened, source.name, settings, progress))
        batch = Batch(decoded, opened.form, records)
    return replace(batch, profile=opened.profile, reason=opened.reason) if opened else batch


def _opened(source: Document, kind: str, settings: Settings) -> Opened | None:
    """The input out of its outer form; null where it was told to be a page, text or JSON lines."""
    if kind in ("page", "text", "jsonl") or (kind == AUTO and _is_jsonl(source)):
        return None
    zone = find_zone(settings.timezone or choose_profile("", settings.profile).zone)
    return open_input(
        source.raw or source.text, source.name, zone, kind, settings.profile, settings.limits
    )


def _is_jsonl(document: Document) -> bool:
    """By the file's name or its first line."""
    named = PurePath(document.name).suffix.lower() in JSONL_SUFFIXES
    return named or looks_like_jsonl(document.text)


def tell_kind(document: Document, profile: str) -> Kind:
    """JSON lines by suffix or first line, a page by its profile, else one text."""
    if _is_jsonl(document):
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
