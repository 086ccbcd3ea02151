"""Whenever the process is killed, every change goes out, and to a file exactly once."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.watch.pages import FOUR, ONE, THREE, TWO, seen
from vindue.watch import outbox
from vindue.watch.keep import known, observe
from vindue.watch.sinks import FileSink, StreamSink
from vindue.watch.store import open_store, transaction


class KilledError(BaseException):
    """Stands for kill -9: nothing of ours runs after it."""


def fill(path: Path) -> None:
    """A state with three changes waiting."""
    with closing(open_store(path)) as db:
        for capture in ((ONE,), (FOUR, THREE, TWO, ONE)):
            with transaction(db):
                kept = observe(db, "page", seen(*capture), "2026-05-01T00:00:00.000+00:00")
                if len(capture) > 1:
                    outbox.put(db, source(db), kept)


def source(db: sqlite3.Connection) -> int:
    found = known(db, "page")
    assert found is not None
    return found.source


def send(path: Path, sink: outbox.Sink) -> int:
    with closing(open_store(path)) as db:
        return outbox.send_all(db, source(db), sink)


def lines(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.splitlines()]


def killed_at(step: int, monkeypatch: pytest.MonkeyPatch, sink: FileSink) -> Callable[[], None]:
    """Kill before, within or after the step-th mark or writing of a line."""
    steps = iter(range(1000))

    def passing() -> None:
        if next(steps) == step:
            raise KilledError

    mark, write = outbox._mark, sink.send

    def marked(*args: Any) -> None:
        passing()
        mark(*args)
        passing()

    def torn(line: str) -> None:
        try:
            passing()
        except KilledError:
            # The line broke off in the middle.
            with sink._path.open("ab") as file:
                file.write(line.encode()[: len(line) // 2])
            raise
        write(line)
        passing()

    monkeypatch.setattr(outbox, "_mark", marked)
    monkeypatch.setattr(sink, "send", torn)
    return monkeypatch.undo


@pytest.mark.parametrize("step", range(20))
def test_killed_anywhere_a_file_gets_each_change_once(
    tmp_path: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    state, out = tmp_path / "state.sqlite", tmp_path / "out.jsonl"
    fill(state)
    sink = FileSink(out)
    undo = killed_at(step, monkeypatch, sink)
    try:
        send(state, sink)
        # 3 changes, each with 2 marks (2 steps) and a line (2 steps).
        assert step >= 18
    except KilledError:
        assert step < 18
    undo()
    send(state, FileSink(out))
    told = lines(out.read_bytes())
    assert [item["notice"][9:13] for item in told] == ["0514", "0513", "0512"][:3]
    assert len({item["id"] for item in told}) == 3
    assert not any(item["again"] for item in told)
    assert send(state, FileSink(out)) == 0


def test_a_stream_gets_an_uncertain_change_again_and_marked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = tmp_path / "state.sqlite"
    fill(state)
    first, second = io.BytesIO(), io.BytesIO()
    mark = outbox._mark

    def killed(db: sqlite3.Connection, entry: Any, to: str) -> None:
        if to == "sent":
            raise KilledError
        mark(db, entry, to)

    monkeypatch.setattr(outbox, "_mark", killed)
    with pytest.raises(KilledError):
        send(state, StreamSink(first))
    monkeypatch.undo()
    assert send(state, StreamSink(second)) == 3
    (before,), after = lines(first.getvalue()), lines(second.getvalue())
    assert [item["again"] for item in after] == [True, False, False]
    assert {**before, "again": True} == after[0]


def test_a_sink_that_fails_loses_nothing(tmp_path: Path) -> None:
    class Full:
        def send(self, line: str) -> None:
            raise OSError(28, "No space left on device", line[:0])

        def has(self, change_id: str) -> bool | None:
            return bool(change_id) and False

    state, out = tmp_path / "state.sqlite", tmp_path / "out.jsonl"
    fill(state)
    with pytest.raises(OSError, match="No space"):
        send(state, Full())
    assert send(state, FileSink(out)) == 3


def test_ids_go_on_where_they_ended(tmp_path: Path) -> None:
    state, out = tmp_path / "state.sqlite", tmp_path / "out.jsonl"
    fill(state)
    send(state, FileSink(out))
    with closing(open_store(state)) as db, transaction(db):
        kept = observe(db, "page", seen(FOUR, THREE, TWO), "2026-05-02T00:00:00.000+00:00")
        outbox.put(db, source(db), kept)
    send(state, FileSink(out))
    numbers = [int(item["id"].split("-")[1]) for item in lines(out.read_bytes())]
    assert numbers == [1, 2, 3, 4]


def test_a_line_that_broke_off_is_cut_and_the_rest_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_bytes(b'{"id":"x-1"}\n{"id":"x-')
    sink = FileSink(out)
    assert out.read_bytes() == b'{"id":"x-1"}\n'
    assert sink.has("x-1")
    assert not sink.has("x-2")
