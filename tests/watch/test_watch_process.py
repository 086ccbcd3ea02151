"""The real process against a server that changes, stalls, fails and restarts, killed in between."""

from __future__ import annotations

import gzip
import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.watch.pages import FOUR, ONE, THREE, TWO, Notice, page, seen
from tests.watch.servers import Part, Server, chunked, response, unframed
from vindue.watch.diff import diff_captures

COMMAND = [
    sys.executable,
    "-c",
    "import typer; from vindue.watch.cli import register;app = typer.Typer(); register(app); app()",
    "watch",
]
PATIENCE = 60.0
FIVE, SIX = Notice(15, system="ICS2"), Notice(16)
TWO_LATER = TWO.edited("Saturday May 30, 2026, 1750", "Extended until 2000.")
# What stands on the page, state after state; notices come, change, go and come back.
STATES: list[tuple[Notice, ...]] = [
    (FOUR, THREE, TWO, ONE),
    (FIVE, FOUR, THREE, TWO, ONE),
    (FIVE, FOUR, THREE, TWO_LATER, ONE),
    (FIVE, FOUR.edited("Cancelled."), THREE, TWO_LATER),
    (SIX, FIVE, FOUR.edited("Cancelled."), THREE, TWO_LATER),
    (SIX.edited(hours="0900-1000"), FIVE, FOUR, THREE, TWO),
    (SIX.edited(hours="0900-1000"), FIVE, FOUR, THREE, TWO, ONE),
]


@dataclass
class Story:
    """What the server shows, and what it does to the next clients first."""

    notices: tuple[Notice, ...]
    mischief: list[Callable[[bytes], Iterable[Part]]] = field(default_factory=list)
    unchanged: int = 0

    def answer(self, path: str, headers: dict[str, str]) -> Iterable[Part]:
        body = page(*self.notices).encode()
        if path == "/moved":
            return [response(body)]
        if self.mischief:
            return self.mischief.pop(0)(body)
        etag = f'"{hash(self.notices)}"'
        if headers.get("if-none-match") == etag:
            self.unchanged += 1
            return [response(b"", status="304 Not Modified")]
        return [response(body, f"ETag: {etag}")]


MISCHIEF: list[Callable[[bytes], Iterable[Part]]] = [
    lambda _: [response(b"Sorry.", status="500 Broken")],
    lambda _: [],
    lambda _: [3.0],
    lambda body: [response(body[: len(body) // 2], length=len(body))],
    lambda body: [unframed(body[: len(body) * 3 // 4])],
    lambda body: [response(body[: len(body) // 3])],
    lambda body: [response(body[: len(body) - 40])],
    lambda body: [chunked(body[:200], body[200:500], whole=False)],
    lambda body: [response(gzip.compress(body)[:-20], "Content-Encoding: gzip")],
    lambda _: [response(b"<html><h1>Down for maintenance</h1><p>Back soon.</p></html>")],
    lambda _: [response(b"")],
    lambda _: [response(b"", "Location: /moved", status="302 Found")],
    lambda body: [response(body[:300]), 0.5],
    lambda body: [response(gzip.compress(body), "Content-Encoding: gzip")],
]


class Watched:
    """The process, started and killed; ``lines`` are what its output file holds."""

    def __init__(self, folder: Path, url: str) -> None:
        self.out, self._errors = folder / "changes.jsonl", folder / "errors.txt"
        self._command = [
            *COMMAND, url, "--every", "0.2", "--timeout", "1s",
            "--state", str(folder / "state.sqlite"), "--out", str(self.out),
        ]  # fmt: skip
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._errors.open("ab") as errors:
            self._process = subprocess.Popen(self._command, stderr=errors)

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def terminate(self) -> int:
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(timeout=PATIENCE)

    @property
    def errors(self) -> str:
        return self._errors.read_text()

    @property
    def lines(self) -> list[dict[str, Any]]:
        whole = self.out.read_bytes().rpartition(b"\n")[0] if self.out.exists() else b""
        return [json.loads(line) for line in whole.splitlines()]

    def wait_for_lines(self, count: int) -> None:
        self.wait_for(lambda: len(self.lines) >= count)

    def wait_for(self, reached: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE
        while not reached():
            assert time.monotonic() < until, self.errors
            time.sleep(0.05)


@contextmanager
def watched(folder: Path, story: Story) -> Iterator[tuple[Watched, Server]]:
    with Server(story.answer) as server:
        process = Watched(folder, server.url)
        process.start()
        try:
            process.wait_for(lambda: "to begin with" in process.errors)
            yield process, server
        finally:
            process.kill()


def expected() -> list[tuple[Any, ...]]:
    found = []
    for before, after in pairwise(STATES):
        for change in diff_captures(seen(*before), seen(*after)):
            found.append((change.change, change.notice, [item.field for item in change.fields]))
    return found


def told(lines: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [
        (line["change"], line["notice"], [item["field"] for item in line["fields"]])
        for line in lines
    ]


def count_until(state: int) -> int:
    pairs = pairwise(STATES[: state + 1])
    return sum(len(diff_captures(seen(*before), seen(*after))) for before, after in pairs)


@pytest.mark.parametrize("seed", [1, 2])
def test_every_change_once_whatever_happens(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    story = Story(STATES[0])
    with watched(tmp_path, story) as (process, server):
        kills = 0
        for number, notices in enumerate(STATES[1:], start=1):
            story.mischief = chance.sample(MISCHIEF, 3)
            story.notices = notices
            if number % 3 == 0:
                server.stop()
                time.sleep(0.5)
                server.restart()
            if number % 2 == 0:
                time.sleep(chance.uniform(0.0, 2.5))
                process.kill()
                kills += 1
                process.start()
            process.wait_for_lines(count_until(number))
        # Nothing is told of more of the same, and of more mischief.
        story.mischief = chance.sample(MISCHIEF, len(MISCHIEF))
        process.wait_for(lambda: not story.mischief)
        story.unchanged = 0
        process.wait_for(lambda: story.unchanged >= 3)
        lines = process.lines
        assert process.terminate() == 0
    assert kills == 3
    assert told(lines) == expected()
    assert len({line["id"] for line in lines}) == len(lines)
    assert not any(line["again"] for line in lines)


def test_a_second_watcher_of_the_same_is_refused(tmp_path: Path) -> None:
    story = Story(STATES[0])
    with watched(tmp_path, story) as (process, _):
        done = subprocess.run(
            process._command, capture_output=True, text=True, check=False, timeout=PATIENCE
        )
    assert done.returncode == 2
    assert "another process watches" in done.stderr


def test_to_standard_output(tmp_path: Path) -> None:
    path, state = tmp_path / "page.txt", str(tmp_path / "state.sqlite")
    command = [*COMMAND, str(path), "--once", "--state", state]

    def once() -> list[dict[str, Any]]:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=PATIENCE
        )
        assert done.returncode == (0 if path.exists() else 1), done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    assert once() == []
    path.write_text(page(TWO, ONE))
    assert once() == []
    path.write_text(page(THREE, TWO_LATER, ONE))
    assert [line["change"] for line in once()] == ["new", "changed"]
    assert once() == []


def test_a_reader_that_goes_away_ends_it_quietly(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(page(ONE))
    command = [*COMMAND, str(path), "--every", "0.2", "--state", str(tmp_path / "state.sqlite")]
    with subprocess.Popen(
        [*command, "--initial"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["change"] == "new"
        process.stdout.close()
        path.write_text(page(TWO, ONE))
        errors = process.stderr.read().decode()
        assert process.wait(timeout=PATIENCE) == 0
    assert "Traceback" not in errors
    assert "BrokenPipe" not in errors
