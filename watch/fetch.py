"""A URL or a file → its bytes, within limits of time and size.

Only http and https; at most five redirects, none from https to http; TLS is
verified. A response that breaks off is an error, never a short page.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Final
from urllib.parse import urlsplit

MAX_BYTES: Final = 20 * 1024 * 1024
TIMEOUT_SECONDS: Final = 30.0
# So soon a wait ends when we are told to stop.
_STOP_SECONDS: Final = 0.2


class FetchError(Exception):
    """Nothing was got; ``retry_after`` in seconds where the server asked for a pause."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask "is it still this?"."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """``body`` is null where the server said that nothing has changed.

    ``framed``: the transfer itself told where the body ends, so it is whole.
    """

    body: bytes | None
    validators: Validators = field(default_factory=Validators)
    framed: bool = True


@dataclass(frozen=True, slots=True)
class Limits:
    """``seconds`` for the whole exchange, names looked up and redirects followed included."""

    seconds: float = TIMEOUT_SECONDS
    size: int = MAX_BYTES


Get = Callable[[Validators], Fetched]


def is_url(name: str) -> bool:
    """Whether ``name`` is an http or https URL."""
    return urlsplit(name).scheme.lower() in {"http", "https"} and "://" in name


class Fetcher:
    """Fetches one source again and again; raises ``FetchError``."""

    def __init__(self, source: str, limits: Limits) -> None:
        """Raises ``FetchError`` for a URL that bears a password, or without urllib3."""
        self._limits = limits
        self._path = None if is_url(source) else Path(source)
        self._get = _web(source, limits) if is_url(source) else None
        self._running: threading.Thread | None = None

    def fetch(self, known: Validators, stop: threading.Event) -> Fetched:
        """The source as it is now, or nothing if it is still what ``known`` says."""
        if self._path is not None:
            return _read_file(self._path, self._limits.size)
        # No socket option bounds a whole exchange (a name server may hang, a server
        # may send a byte a second), so it runs beside and is given up at the deadline.
        if self._running is not None and self._running.is_alive():
            raise FetchError("the exchange given up before still hangs")
        answer: SimpleQueue[Fetched | FetchError] = SimpleQueue()
        self._running = threading.Thread(target=self._exchange, args=(known, answer), daemon=True)
        self._running.start()
        found = self._wait_for(answer, stop)
        if isinstance(found, FetchError):
            raise found
        return found

    def _exchange(self, known: Validators, answer: SimpleQueue[Fetched | FetchError]) -> None:
        assert self._get is not None
        try:
            answer.put(self._get(known))
        except FetchError as error:
            answer.put(error)

    def _wait_for(
        self, answer: SimpleQueue[Fetched | FetchError], stop: threading.Event
    ) -> Fetched | FetchError:
        deadline = time.monotonic() + self._limits.seconds + 1
        while time.monotonic() < deadline:
            if stop.is_set():
                return FetchError("told to stop")
            try:
                return answer.get(timeout=_STOP_SECONDS)
            except Empty:
                continue
        return FetchError(f"no whole answer in {self._limits.seconds:g} s")


def _web(url: str, limits: Limits) -> Get:
    if urlsplit(url).username is not None:
        raise FetchError("a URL that bears a user name would be written into the state")
    try:
        from vindue.watch.web import Web  # noqa: PLC0415
    except ImportError as error:
        raise FetchError("reading a URL needs urllib3: pip install 'vindue[watch]'") from error
    return Web(url, limits).get


def _read_file(path: Path, size: int) -> Fetched:
    try:
        with path.open("rb") as file:
            body = file.read(size + 1)
    except OSError as error:
        raise FetchError(f"{path}: {error.strerror or error}") from error
    if len(body) > size:
        raise FetchError(f"{path}: longer than {size} bytes")
    return Fetched(body)
