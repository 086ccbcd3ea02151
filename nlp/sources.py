"""Paths, folders and standard input → decoded texts, each of a known kind."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final, Literal

from vindue.nlp.adapters.sniff import SUFFIXES
from vindue.nlp.decoding import UnreadableError, decode
from vindue.nlp.limits import USUAL
from vindue.nlp.values import dataclass

Kind = Literal[
    "page", "text", "jsonl", "html", "mail", "ical", "statuspage", "skat-message", "skat-list"
]
STDIN: Final = "-"
JSONL_SUFFIXES: Final = (".jsonl", ".ndjson")
TEXT_SUFFIXES: Final = ("", ".txt", ".text", ".md")
FORM_SUFFIXES: Final = (*SUFFIXES, ".json")
KNOWN_SUFFIXES: Final = frozenset((*TEXT_SUFFIXES, *JSONL_SUFFIXES, *FORM_SUFFIXES))
_PIECE: Final = 1 << 20
EMPTY: Final = "empty: there is nothing to read"


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


def read_sources(paths: Iterable[str], most: int = USUAL.input) -> Iterator[Document | Failure]:
    """Each path in the order given, one at a time; a folder gives its files by name.

    ``most`` bytes of a file are read; a longer one is a ``Failure``.

    Nothing is raised for an input that is missing, binary, empty or not to be
    opened: it is a ``Failure`` and the next one is read.
    """
    for found in find_inputs(paths):
        yield found if isinstance(found, Failure) else read_document(found, most=most)


def find_inputs(paths: Iterable[str]) -> Iterator[str | Failure]:
    """The names of all inputs, nothing of them read: of the files of a folder, all but hidden ones.

    Only the names of one folder are held at a time.
    """
    for path in paths:
        if path == STDIN or not Path(path).is_dir():
            yield path
            continue
        inside = _walk(path)
        first = next(inside, None)
        if first is None:
            known = ", ".join(filter(None, TEXT_SUFFIXES + JSONL_SUFFIXES + FORM_SUFFIXES))
            reason = f"the folder holds no file that can be read ({known})"
            yield Failure(str(Path(path)), reason)
            continue
        yield first
        yield from inside


def _walk(folder: str) -> Iterator[str | Failure]:
    """The files below, in the order of their paths; a linked folder is not entered."""
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        yield Failure(folder, fault_of(error))
        return
    for name in names:
        path = Path(folder, name)
        if name.startswith("."):
            continue
        if path.is_dir():
            if not path.is_symlink():
                yield from _walk(str(path))
        elif path.suffix.lower() in KNOWN_SUFFIXES and path.is_file():
            yield str(path) if str(path) != STDIN else os.path.join(os.curdir, STDIN)


def read_document(name: str, head: bytes = b"", most: int = USUAL.input) -> Document | Failure:
    """The whole of a file, or of standard input behind the ``head`` that was read of it."""
    try:
        if name == STDIN:
            raw = _read(sys.stdin.buffer, head, most)
        else:
            with Path(name).open("rb") as file:
                raw = _read(file, head, most)
        text, encoding = decode(raw)
    except OSError as error:
        return Failure(name, fault_of(error))
    except UnreadableError as error:
        return Failure(name, str(error))
    if not text.strip():
        return Failure(name, EMPTY)
    return Document(name, text, encoding, raw)


def _read(file: BinaryIO, head: bytes, most: int) -> bytes:
    """``head`` and the rest of the file. Raises ``UnreadableError`` where that is too much."""
    raw = bytearray(head)
    while len(raw) <= most and (piece := file.read(_PIECE)):
        raw += piece
    if len(raw) > most:
        raise UnreadableError(f"longer than {most:,} bytes, not read")
    return bytes(raw)


def fault_of(error: OSError) -> str:
    """Why a file can't be read or written, in the system's words."""
    return (error.strerror or str(error)).lower()
