"""A local server that does to its clients whatever a test asks for."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterable
from types import TracebackType

Part = bytes | float
"""Bytes to send, or seconds to wait."""


class Server:
    """Answers each request with ``answer(path, headers)``, then closes the connection."""

    def __init__(self, answer: Callable[[str, dict[str, str]], Iterable[Part]]) -> None:
        self.answer = answer
        self.requests: list[tuple[str, dict[str, str]]] = []
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=16)
        self.port = int(self._socket.getsockname()[1])
        self._open = True
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/page"

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Refuse all from now on."""
        self._open = False
        with contextlib.suppress(OSError):
            # accept() returns only if somebody knocks.
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        self._thread.join(timeout=5)
        self._socket.close()

    def restart(self) -> None:
        """Be there again, at the same port."""
        self._socket = socket.create_server(("127.0.0.1", self.port), backlog=16)
        self._open = True
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            if not self._open:
                connection.close()
                return
            threading.Thread(target=self._speak, args=(connection,), daemon=True).start()

    def _speak(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                part = connection.recv(65536)
                if not part:
                    return
                head += part
            first, *rest = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
            headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in rest)}
            path = first.split(" ")[1]
            self.requests.append((path, headers))
            for item in self.answer(path, headers):
                if isinstance(item, float):
                    time.sleep(item)
                else:
                    connection.sendall(item)


def response(
    body: bytes, *headers: str, status: str = "200 OK", length: int | None = None
) -> bytes:
    """A whole response that tells its length (or another)."""
    told = len(body) if length is None else length
    head = [f"HTTP/1.1 {status}", f"Content-Length: {told}", "Connection: close", *headers]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def unframed(body: bytes) -> bytes:
    """A response that ends when the connection does, as HTTP/1.0 had it."""
    return b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n" + body


def chunked(*parts: bytes, whole: bool = True) -> bytes:
    """A response in chunks, with or without the last one."""
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    body = b"".join(f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in parts)
    return head + body + (b"0\r\n\r\n" if whole else b"")
