"""Files that are whole or not there: written beside their place, put there when all is on disk."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO


def write_pieces(pieces: Iterable[bytes], target: BinaryIO) -> None:
    """All pieces, handed to the system when it is done."""
    for piece in pieces:
        target.write(piece)
    target.flush()


def write_whole(pieces: Iterable[bytes], path: Path) -> None:
    """Into a new file that takes the old one's place when it is whole.

    A device or a pipe is written as it is. Raises ``OSError``; the old file
    is then as it was.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as target:
            write_pieces(pieces, target)
        return
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        write_by_way_of(partial, pieces, path)
    finally:
        partial.unlink(missing_ok=True)


def write_by_way_of(partial: Path, pieces: Iterable[bytes], path: Path) -> None:
    """All pieces into ``partial``, which then takes the place of ``path``. Raises ``OSError``."""
    with partial.open("wb") as target:
        write_pieces(pieces, target)
        os.fsync(target.fileno())
    put_in_place(partial, path)


def put_in_place(partial: Path, path: Path) -> None:
    """``partial``, whose bytes are on disk, becomes ``path``, and the folder knows it."""
    partial.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """What was renamed or removed in a folder is so on disk, where that can be asked for."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
