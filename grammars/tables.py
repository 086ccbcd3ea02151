"""What is costly to make of the grammar, made once on a machine, then taken from the user's cache.

TOML is slow to parse and JSON is not. What is kept is plain data under the
hash of the text that it came from, so an edited file is never answered from
an old one; a kept file that is broken, or not whole, is as good as none. A
cache that can't be read or written costs time and nothing else.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

_DIGITS: Final = 32


def parse_table(text: str) -> dict[str, Any]:
    """The table that ``text`` (TOML) tells; the caller may change it.

    Raises ``tomllib.TOMLDecodeError``.
    """
    return kept_under(sha256(text.encode("utf-8")).hexdigest(), lambda: _parsed(text))


def kept_under(key: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What ``make`` gives, or gave in an earlier run under the same ``key``.

    ``key`` is the hash (hexadecimal) of all that the answer depends on, the
    answer plain data.
    """
    name = key[:_DIGITS]
    folder = cache_folder()
    kept = _kept(folder / name) if folder is not None else None
    if kept is not None:
        return kept
    made = make()
    if folder is not None:
        _keep(folder / name, made)
    return made


def _parsed(text: str) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415  (a kept table needs none of it)

    return tomllib.loads(text)


def cache_folder() -> Path | None:
    """Where tables are kept, or null where the system names no such place."""
    told = os.environ.get("XDG_CACHE_HOME" if sys.platform != "win32" else "LOCALAPPDATA", "")
    if told and os.path.isabs(told):
        return Path(told) / "vindue"
    home = os.path.expanduser("~")
    return Path(home) / ".cache" / "vindue" if os.path.isabs(home) else None


def _kept(path: Path) -> dict[str, Any] | None:
    """The table of a kept file, if it is whole: its first line is the hash of the rest."""
    try:
        digest, _, payload = path.read_bytes().partition(b"\n")
        if digest.decode("ascii") != sha256(payload).hexdigest():
            return None
        table = json.loads(payload)
    except (OSError, ValueError, RecursionError):
        return None
    return table if isinstance(table, dict) else None


def _keep(path: Path, table: dict[str, Any]) -> None:
    """Keep a table that JSON gives back as it is; written aside, then put in place whole."""
    with suppress(OSError, TypeError, ValueError):
        payload = json.dumps(table, ensure_ascii=False).encode("utf-8")
        if json.loads(payload) != table:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f"{path.name}.{os.getpid()}")
        partial.write_bytes(sha256(payload).hexdigest().encode("ascii") + b"\n" + payload)
        partial.replace(path)
