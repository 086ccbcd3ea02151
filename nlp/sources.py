"""Paths, folders and standard input → decoded texts, each of a known kind."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from vindue.nlp.adapters.sniff import SUFFIXES
from vindue.nlp.decoding import UnreadableError, decode

Kind = Literal[
    "page", "text", "jsonl", "html", "mail", "ical", "statuspage", "skat-message", "skat-list"
]
STDIN: Final = "-"
JSONL_SUFFIXES: Final = (".jsonl", ".ndjson")
TEXT_SUFFIXES: Final = ("", ".txt", ".text", ".md")
FORM_SUFFIXES: Final = (*SUFFIXES, ".json")


@dataclass(frozen=True, slots=True)
class Document:
    """One input, decoded; offsets count in ``text``, line ends as they stood."""

    name: str
    text: str
    encoding: str
    raw: bytes = b""


@dataclass(frozen=True, slots=True)
class Failure:
    """One input that can't be read, and why; ``name`` is the path as given."""

    name: str
    reason: str


def read_sources(paths: Iterable[str]) -> Iterator[Document | Failure]:
    """Each path in the order given, one at a time; a folder gives its files by name.

    Nothing is raised for an input that is missing, binary, empty or not to be
    opened: it is a ``Failure`` and the next one is read.
    """
    for path in paths:
        if path == STDIN:
            yield _document(STDIN, None)
        elif Path(path).is_dir():
            yield from _folder(Path(path))
        else:
            yield _document(path, Path(path))


def _folder(folder: Path) -> Iterator[Document | Failure]:
    """All text and JSON lines files below, hidden ones left out."""
    try:
        files = sorted(path for path in folder.rglob("*") if _wanted(path, folder))
    except OSError as error:
        yield Failure(str(folder), _reason(error))
        return
    if not files:
        known = ", ".join(filter(None, TEXT_SUFFIXES + JSONL_SUFFIXES + FORM_SUFFIXES))
        yield Failure(str(folder), f"the folder holds no file that can be read ({known})")
    for path in files:
        yield _document(str(path), path)


def _wanted(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    known = path.suffix.lower() in TEXT_SUFFIXES + JSONL_SUFFIXES + FORM_SUFFIXES
    return not hidden and known and path.is_file()


def _document(name: str, path: Path | None) -> Document | Failure:
    try:
        raw = sys.stdin.buffer.read() if path is None else path.read_bytes()
        text, encoding = decode(raw)
    except OSError as error:
        return Failure(name, _reason(error))
    except UnreadableError as error:
        return Failure(name, str(error))
    if not text.strip():
        return Failure(name, "empty: there is nothing to read")
    return Document(name, text, encoding, raw)


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
