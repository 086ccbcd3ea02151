"""What a person names on the command line → notices as seen, and moments."""

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path
from typing import Final

from vindue.nlp.inputs import AUTO, find_zone, read_time
from vindue.watch.captures import STDIN, CaptureError, Seen, is_store, read_input
from vindue.watch.fetch import Fetcher, FetchError, Limits, Validators, is_url
from vindue.watch.forms import seen_in_bytes
from vindue.watch.store import read_store

_AT: Final = "@"
_STORE_ZONE: Final = "UTC"


def load(name: str, *, profile: str = AUTO, timezone: str | None = None) -> list[Seen]:
    """The notices of a URL, a store (``STORE@TIME``: as seen by then), a file or ``-``.

    A time without an offset is UTC there, as the store's own times are.
    Raises ``ValueError`` that names what can't be read.
    """
    if is_url(name):
        data = _fetch(name)
    else:
        path, at = _store(name)
        if path is not None:
            return read_store(path, at)
        data = read_input(name)
    return seen_in_bytes(data, name, profile=profile, timezone=timezone)


def _fetch(url: str) -> bytes:
    try:
        fetched = Fetcher(url, Limits()).fetch(Validators(), threading.Event())
    except FetchError as error:
        raise CaptureError(f"{url}: {error}") from error
    if fetched.body is None:
        raise CaptureError(f"{url}: not modified, says the server, but it was not asked")
    return fetched.body


def _store(name: str) -> tuple[Path | None, datetime | None]:
    if name == STDIN:
        return None, None
    if is_store(Path(name)):
        return Path(name), None
    path, mark, at = name.rpartition(_AT)
    if mark and is_store(Path(path)):
        return Path(path), read_moment(at, _STORE_ZONE)
    return None, None


def read_moment(value: str | None, zone: str) -> datetime | None:
    """An aware time; one without an offset is local time in ``zone``, a date is its midnight.

    Raises ``ValueError`` for what is no ISO 8601.
    """
    return read_time(value, find_zone(zone))
