"""What is fetched is whole, within its limits, and asked for again only if it changed."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.watch.servers import Part, Server, chunked, response, unframed
from vindue.watch.fetch import Fetched, Fetcher, FetchError, Limits, Validators, is_url

NOTHING = Validators()
LIMITS = Limits(seconds=1.0, size=100_000)


def get(*parts: Part, known: Validators = NOTHING, limits: Limits = LIMITS) -> Fetched:
    with Server(lambda *_: parts) as server:
        return Fetcher(server.url, limits).fetch(known, threading.Event())


@pytest.mark.parametrize(
    ("parts", "framed"),
    [
        ([response(b"page")], True),
        ([chunked(b"pa", b"ge")], True),
        ([unframed(b"page")], False),
        ([response(gzip.compress(b"page"), "Content-Encoding: gzip")], True),
        ([response(b"page")[:30], 0.1, response(b"page")[30:]], True),
    ],
)
def test_a_whole_page(parts: list[Part], framed: bool) -> None:
    fetched = get(*parts)
    assert (fetched.body, fetched.framed) == (b"page", framed)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([response(b"pa", length=4)], "IncompleteRead"),
        ([chunked(b"pa", whole=False)], "."),
        ([chunked(b"pa", b"ge")[:-9]], "."),
        ([response(gzip.compress(b"page" * 999)[:40], "Content-Encoding: gzip")], "breaks off"),
        ([response(b"page", "Content-Encoding: gzip")], "broken gzip"),
        ([response(b"page", "Content-Encoding: br")], "'br'"),
        ([b"HTTP/1.1 200 OK\r\nContent-Le"], "before it began"),
        ([b""], "."),
        ([b"\x00\xff nonsense\r\n\r\n"], "."),
        ([response(b"sorry", status="503 Away")], "HTTP status 503"),
        ([response(b"gone", status="404 Not Found")], "HTTP status 404"),
        ([response(b"pa", "Content-Range: bytes 0-1/4", status="206 Partial Content")], "206"),
        ([response(b"x" * 100_001)], "longer than 100000"),
        ([response(gzip.compress(b"x" * 10_000_000), "Content-Encoding: gzip")], "longer than"),
        ([5.0, response(b"late")], "."),
        ([response(b"pa", length=4), 5.0], "."),
        ([part for n in range(50) for part in (0.1, b"HTTP/1.1 200 OK"[n % 5 : n % 5 + 1])], "."),
    ],
)
def test_anything_less_is_an_error_in_bounded_time(parts: list[Part], said: str) -> None:
    began = time.monotonic()
    with pytest.raises(FetchError, match=said):
        get(*parts)
    assert time.monotonic() - began < 4


def test_a_byte_at_a_time_is_given_up() -> None:
    drip: list[Part] = [
        response(b"", length=100),
        *[part for _ in range(60) for part in (b"x", 0.1)],
    ]
    began = time.monotonic()
    with pytest.raises(FetchError, match="no whole answer"):
        get(*drip)
    assert time.monotonic() - began < 4


def test_a_stop_is_heard_while_a_server_hangs() -> None:
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    began = time.monotonic()
    with Server(lambda *_: [9.0]) as server, pytest.raises(FetchError, match="told to stop"):
        Fetcher(server.url, Limits(seconds=8.0)).fetch(NOTHING, stop)
    assert time.monotonic() - began < 2


def test_validators_are_sent_back() -> None:
    with Server(lambda *_: [response(b"", 'ETag: "2"', status="304 Not Modified")]) as server:
        known = Validators('"1"', "Mon, 18 May 2026 06:45:00 GMT")
        assert Fetcher(server.url, LIMITS).fetch(known, threading.Event()).body is None
        ((_, headers),) = server.requests
    assert headers["if-none-match"] == '"1"'
    assert headers["if-modified-since"] == "Mon, 18 May 2026 06:45:00 GMT"
    assert headers["user-agent"].startswith("vindue/")


DATE = "Date: Mon, 18 May 2026 07:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "validators"),
    [
        (['ETag: "1"', "Last-Modified: Mon, 18 May 2026 06:00:00 GMT"], Validators('"1"')),
        (
            [DATE, "Last-Modified: Mon, 18 May 2026 06:00:00 GMT"],
            Validators(None, "Mon, 18 May 2026 06:00:00 GMT"),
        ),
        # A second change in that second would bear the same stamp.
        ([DATE, "Last-Modified: Mon, 18 May 2026 06:59:59 GMT"], NOTHING),
        (["Last-Modified: Mon, 18 May 2026 06:00:00 GMT"], NOTHING),
        ([DATE, "Last-Modified: yesterday"], NOTHING),
    ],
)
def test_which_validators_are_kept(headers: list[str], validators: Validators) -> None:
    assert get(response(b"page", *headers)).validators == validators


def redirect(target: str) -> bytes:
    return response(b"", f"Location: {target}", status="302 Found")


def test_redirects_are_followed() -> None:
    def answer(path: str, _: dict[str, str]) -> Iterable[Part]:
        return [response(b"page") if path == "/there" else redirect("/there")]

    with Server(answer) as server:
        assert Fetcher(server.url, LIMITS).fetch(NOTHING, threading.Event()).body == b"page"


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("/page", "more than 5 redirects"),
        ("file:///etc/passwd", "something other than http"),
        ("ftp://127.0.0.1/", "something other than http"),
        ("gopher:x", "something other than http"),
    ],
)
def test_redirects_have_limits(target: str, said: str) -> None:
    with pytest.raises(FetchError, match=said):
        get(redirect(target))


def test_a_pause_that_the_server_asks_for_is_told() -> None:
    with pytest.raises(FetchError) as caught:
        get(response(b"", "Retry-After: 120", status="429 Too Many Requests"))
    assert caught.value.retry_after == 120
    with pytest.raises(FetchError) as caught:
        get(response(b"", "Retry-After: 99999999", status="503 Away"))
    assert caught.value.retry_after == 3600


def test_a_server_that_is_not_there() -> None:
    server = Server(lambda *_: [])
    server.stop()
    with pytest.raises(FetchError):
        Fetcher(server.url, LIMITS).fetch(NOTHING, threading.Event())


def test_a_certificate_that_nobody_vouches_for() -> None:
    with Server(lambda *_: [response(b"page")]) as server:
        fetcher = Fetcher(server.url.replace("http://", "https://"), LIMITS)
        with pytest.raises(FetchError):
            fetcher.fetch(NOTHING, threading.Event())


def test_a_password_in_the_url_is_refused() -> None:
    with pytest.raises(FetchError, match="user name"):
        Fetcher("https://me:secret@example.org/", LIMITS)


def test_a_file_has_limits_too(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(b"x" * 100_001)
    with pytest.raises(FetchError, match="longer"):
        Fetcher(str(path), LIMITS).fetch(NOTHING, threading.Event())
    with pytest.raises(FetchError, match="No such file"):
        Fetcher(str(tmp_path / "none"), LIMITS).fetch(NOTHING, threading.Event())


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("http://x/", True), ("HTTPS://x/", True), ("ftp://x/", False), ("page.txt", False),
        ("file:///x", False), ("c:\\page.txt", False), ("http:x", False),
    ],
)  # fmt: skip
def test_what_is_a_url(name: str, wanted: bool) -> None:
    assert is_url(name) is wanted
