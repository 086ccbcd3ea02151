"""An http(s) URL → a response, by urllib3; the rules are those of ``vindue.watch.fetch``."""

from __future__ import annotations

import time
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import Final
from urllib.parse import urljoin, urlsplit

from urllib3 import BaseHTTPResponse, PoolManager
from urllib3.exceptions import HTTPError

from vindue.watch.fetch import Fetched, FetchError, Limits, Validators, is_url

MAX_REDIRECTS: Final = 5
MAX_RETRY_AFTER: Final = 3600.0
_CHUNK: Final = 65536
_GZIP: Final = 16 + zlib.MAX_WBITS
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
# RFC 9110, 8.8.2.2: a Last-Modified this close to the Date may hide a second change.
_STRONG_AFTER: Final = timedelta(seconds=60)


class Web:
    """One connection, kept between requests. Raises ``FetchError``, nothing else."""

    def __init__(self, url: str, limits: Limits) -> None:
        self._url, self._limits = url, limits
        self._pool = PoolManager(retries=False, maxsize=1)

    def get(self, known: Validators) -> Fetched:
        """The page as it is now, or nothing if it is still what ``known`` says."""
        try:
            return _get(self._pool, self._url, known, self._limits)
        except (HTTPError, OSError, ValueError) as error:
            raise FetchError(_reason(error)) from error


def _reason(error: Exception) -> str:
    """One line, without the addresses of objects that libraries put into messages."""
    told = str(error).rsplit(">: ", 1)[-1] or type(error).__name__
    return " ".join(told.split())


def _get(pool: PoolManager, url: str, known: Validators, limits: Limits) -> Fetched:
    deadline = time.monotonic() + limits.seconds
    headers = _headers(known)
    for _ in range(MAX_REDIRECTS + 1):
        response = pool.request(
            "GET",
            url,
            headers=headers,
            redirect=False,
            preload_content=False,
            timeout=max(0.1, deadline - time.monotonic()),
        )
        try:
            if response.status not in _REDIRECTS:
                return _answer(response, deadline, limits)
            url = _target(url, response.headers.get("Location"))
        finally:
            # A body left unread must not wait in the connection.
            response.close()
    raise FetchError(f"more than {MAX_REDIRECTS} redirects")


def _headers(known: Validators) -> dict[str, str]:
    headers = {
        "User-Agent": f"vindue/{version('vindue')}",
        "Accept": "text/html, text/plain, application/json;q=0.9, */*;q=0.5",
        "Accept-Encoding": "gzip",
    }
    if known.etag:
        headers["If-None-Match"] = known.etag
    if known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    return headers


def _target(url: str, location: str | None) -> str:
    if not location:
        raise FetchError("a redirect that names no target")
    target = urljoin(url, location)
    if not is_url(target):
        raise FetchError("a redirect to something other than http(s)")
    if urlsplit(url).scheme == "https" and urlsplit(target).scheme != "https":
        raise FetchError("a redirect from https to http")
    return target


def _answer(response: BaseHTTPResponse, deadline: float, limits: Limits) -> Fetched:
    if response.status == 304:  # noqa: PLR2004
        return Fetched(None)
    if response.status != 200:  # noqa: PLR2004
        wait = _retry_after(response.headers.get("Retry-After"))
        raise FetchError(f"HTTP status {response.status}", wait)
    headers = response.headers
    framed = "Content-Length" in headers or "chunked" in headers.get("Transfer-Encoding", "")
    body = _unpacked(_read(response, deadline, limits), headers, limits)
    if not body and not framed:
        raise FetchError("the answer broke off before it began")
    return Fetched(body, _validators(headers), framed)


def _read(response: BaseHTTPResponse, deadline: float, limits: Limits) -> bytes:
    """The body as it is sent; urllib3 sees to it that it is as long as was told."""
    body = bytearray()
    # read1: what one reading of the socket gives, so that the clock is looked at.
    while chunk := response.read1(_CHUNK, decode_content=False):
        body += chunk
        if len(body) > limits.size:
            raise FetchError(f"longer than {limits.size} bytes")
        if time.monotonic() > deadline:
            raise FetchError(f"no whole answer in {limits.seconds:g} s")
    return bytes(body)


def _unpacked(body: bytes, headers: Mapping[str, str], limits: Limits) -> bytes:
    """Unpacked by hand: urllib3 takes half a gzip stream for a whole one."""
    coding = headers.get("Content-Encoding", "identity").strip().lower()
    if coding == "identity" or not body:
        return body
    if coding not in {"gzip", "x-gzip"}:
        raise FetchError(f"packed as {coding!r}, which was not asked for")
    unpacker = zlib.decompressobj(_GZIP)
    try:
        unpacked = unpacker.decompress(body, limits.size + 1)
    except zlib.error as error:
        raise FetchError(f"broken gzip: {error}") from error
    if len(unpacked) > limits.size:
        raise FetchError(f"longer than {limits.size} bytes")
    if not unpacker.eof:
        raise FetchError("the gzip stream breaks off")
    return unpacked


def _validators(headers: Mapping[str, str]) -> Validators:
    """The ETag; without one, a Last-Modified that is old enough to be trusted."""
    etag, last = headers.get("ETag"), headers.get("Last-Modified")
    if etag or not last:
        return Validators(etag)
    modified, date = _http_date(last), _http_date(headers.get("Date"))
    trusted = modified and date and date - modified >= _STRONG_AFTER
    return Validators(None, last if trusted else None)


def _http_date(value: str | None) -> datetime | None:
    try:
        at = parsedate_to_datetime(value) if value else None
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at and at.tzinfo is None else at


def _retry_after(value: str | None) -> float | None:
    if value is None:
        return None
    if value.strip().isdigit():
        return min(float(value), MAX_RETRY_AFTER)
    at = _http_date(value)
    wait = (at - datetime.now(UTC)).total_seconds() if at else None
    return None if wait is None else min(max(wait, 0.0), MAX_RETRY_AFTER)
