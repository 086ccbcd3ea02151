"""Where changes go: standard output, or a file that is asked what it holds."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import BinaryIO, Final

_TAIL: Final = 8 * 1024 * 1024


class StreamSink:
    """A stream that can't be read back (standard output, a pipe)."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def send(self, line: str) -> None:
        """Write one line and flush it."""
        self._stream.write(line.encode("utf-8", "replace") + b"\n")
        self._stream.flush()

    def has(self, change_id: str) -> bool | None:
        """Nobody knows."""
        del change_id
        return None


class FileSink:
    """A file of JSON lines, appended to; exactly one line a change, whenever we are killed."""

    def __init__(self, path: Path) -> None:
        """Open ``path`` and cut off a line that was broken off. Raises ``OSError``."""
        self._path = path
        path.touch()
        with path.open("r+b") as file:
            _cut_torn_line(file)

    def send(self, line: str) -> None:
        """Append one line; on the disk when this returns, or not there at all."""
        with self._path.open("ab") as file:
            before = file.seek(0, os.SEEK_END)
            try:
                file.write(line.encode("utf-8", "replace") + b"\n")
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                os.truncate(self._path, before)
                raise

    def has(self, change_id: str) -> bool | None:
        """Whether one of the last lines is that change."""
        with self._path.open("rb") as file:
            tail = _tail(file)
        return any(_id_of(line) == change_id for line in reversed(tail.split(b"\n")))


def _tail(file: BinaryIO) -> bytes:
    end = file.seek(0, os.SEEK_END)
    file.seek(max(0, end - _TAIL))
    return file.read()


def _cut_torn_line(file: BinaryIO) -> None:
    tail = _tail(file)
    torn = len(tail) - (tail.rfind(b"\n") + 1)
    if torn:
        file.truncate(file.seek(0, os.SEEK_END) - torn)


def _id_of(line: bytes) -> object:
    try:
        value = json.loads(line)
    except ValueError:
        return None
    return value.get("id") if isinstance(value, dict) else None
