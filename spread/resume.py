"""A run that was ended goes on where it was: records in a partial file, what is done in a journal.

The partial file grows; about once a second its bytes are put on disk and a
journal beside it is replaced, which says how much of it counts and for how
much of the input it stands. Whatever the moment at which a run ends, the
journal is whole and true: what the partial file holds beyond it is cut off,
and read again.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final

from vindue.nlp.sources import Document, Failure
from vindue.spread.chunks import Chunk, Files, Lines
from vindue.spread.whole import put_in_place, sync_folder, write_by_way_of
from vindue.spread.work import Part

EVERY: Final = 1.0
"""Seconds between two entries of the journal: what is read again at most."""


class ResumeError(Exception):
    """A run that can't go on, with the reason for a person."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a run has come.

    ``units`` are the lines and files that were read, ``digest`` tells what
    they were; ``size`` is that of the partial file in bytes. ``whole`` where
    nothing is left but to put the file in its place.
    """

    units: int = 0
    size: int = 0
    digest: str = ""
    failures: int = 0
    errors: int = 0
    whole: bool = False


class Resumed:
    """The output of a run that may be ended at any moment.

    ``run`` describes the run: another one can't go on with its journal.
    Raises ``ResumeError`` where it can't, ``OSError`` where files can't be
    written.
    """

    def __init__(self, path: Path, run: str) -> None:
        self._path: Final = path
        self._run: Final = sha256(run.encode("utf-8", "surrogatepass")).hexdigest()
        self._partial: Final = path.with_name(f".{path.name}.part")
        self._journal: Final = path.with_name(f".{path.name}.journal")
        self._next: Final = path.with_name(f".{path.name}.journal.next")
        self.mark = self._read()
        self._under_way: Final[deque[bytes]] = deque()
        self._then = time.monotonic()
        self.file: Final = self._open()

    def left(self, chunks: Iterator[Chunk]) -> Iterator[Chunk]:
        """The chunks that are not read yet. Raises ``ResumeError`` if those read are others now."""
        before = self.mark
        units, digest = 0, ""
        for chunk in chunks:
            told = list(_told(chunk))
            known = told[: before.units - units]
            for one in known:
                digest = _added(digest, one)
            units += len(known)
            if known and units == before.units and digest != before.digest:
                raise ResumeError(f"{self._path}: the inputs have changed; {self._anew}")
            if len(known) < len(told):
                self._under_way.extend(told[len(known) :])
                yield _behind(chunk, len(known))
        if units < before.units:
            raise ResumeError(f"{self._path}: there is less input than before; {self._anew}")

    def done(self, part: Part | Failure, failures: int, errors: int) -> None:
        """The records of ``part`` are in the file; of all parts so far, so many went wrong."""
        units = part.units if isinstance(part, Part) else 1
        digest = self.mark.digest
        for _ in range(units):
            digest = _added(digest, self._under_way.popleft())
        self.mark = replace(
            self.mark,
            units=self.mark.units + units,
            digest=digest,
            failures=failures,
            errors=errors,
        )
        if time.monotonic() - self._then >= EVERY:
            self._note()

    def end(self) -> None:
        """All is read: the file takes its place."""
        if not self.mark.whole:
            self.mark = replace(self.mark, whole=True)
            self._note()
        self.file.close()
        put_in_place(self._partial, self._path)
        self._journal.unlink()
        sync_folder(self._path.parent)

    def close(self) -> None:
        """Leave it as it is, to go on with later."""
        self.file.close()

    @property
    def _anew(self) -> str:
        return f"remove {self._journal.name} to begin anew"

    def _read(self) -> Mark:
        """The last entry of the journal; that of a run which begins if there is none."""
        try:
            told = json.loads(self._journal.read_bytes())
            run, mark = told["run"], Mark(**told["mark"])
        except FileNotFoundError:
            return Mark()
        except (ValueError, TypeError, KeyError) as error:
            raise ResumeError(f"{self._journal}: no journal of a run; {self._anew}") from error
        if run != self._run:
            raise ResumeError(f"{self._path}: another run was ended here; {self._anew}")
        size = self._partial.stat().st_size if self._partial.exists() else -1
        return mark if size >= mark.size else Mark()

    def _open(self) -> BinaryIO:
        file = self._partial.open("r+b" if self._partial.exists() else "w+b")
        try:
            _lock(file)
        except OSError as error:
            file.close()
            raise ResumeError(f"{self._path}: another run is writing it") from error
        file.truncate(self.mark.size)
        file.seek(self.mark.size)
        return file

    def _note(self) -> None:
        """Put on disk what is written, then that it is: never the other way round."""
        self.file.flush()
        os.fsync(self.file.fileno())
        self.mark = replace(self.mark, size=self.file.tell())
        told = {"run": self._run, "mark": asdict(self.mark)}
        # a name of its own, and the same in every run: what a kill leaves is written over
        write_by_way_of(self._next, [json.dumps(told).encode()], self._journal)
        self._then = time.monotonic()


def _told(chunk: Chunk) -> Iterator[bytes]:
    """What each line or file of a chunk is known by."""
    if isinstance(chunk, Lines):
        for line in chunk.lines:
            yield f"{chunk.name}\0{line.number}\0".encode("utf-8", "surrogatepass") + line.raw
    elif isinstance(chunk, Files):
        for name in chunk.names:
            yield _as_it_stands(name).encode("utf-8", "surrogatepass")
    elif isinstance(chunk, Document):
        yield sha256(chunk.raw).digest()
    else:
        yield f"{chunk.name}\0{chunk.reason}".encode("utf-8", "surrogatepass")


def _as_it_stands(name: str) -> str:
    """A file's name, size and time of change."""
    try:
        found = os.stat(name)
    except OSError:
        return name
    return f"{name}\0{found.st_size}\0{found.st_mtime_ns}"


def _added(digest: str, told: bytes) -> str:
    return sha256(digest.encode() + told).hexdigest()


def _behind(chunk: Chunk, known: int) -> Chunk:
    """The chunk without its first lines or files."""
    if isinstance(chunk, Lines) and known:
        return replace(chunk, lines=chunk.lines[known:])
    if isinstance(chunk, Files) and known:
        return Files(chunk.names[known:])
    return chunk


def _lock(file: BinaryIO) -> None:
    """For this process alone; a forked one does not hold it. Raises ``OSError`` if it is held."""
    if sys.platform == "win32":
        return
    import fcntl  # noqa: PLC0415 - not everywhere

    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
