"""Changes on their way out: written with the state that they tell of, sent once.

A change is put into the outbox in the transaction that makes its versions the
known state, so none is lost and none is told twice. It is then marked as
being sent, sent, and marked as sent. A process that is killed between the
last two steps leaves one change of which nobody knows whether it went out;
the sink says so where it can (a file that it can read), else it is sent again
under its id, with ``"again": true``.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from vindue.nlp.printable import printable_json
from vindue.watch.keep import Kept
from vindue.watch.rows import insert
from vindue.watch.store import store_name, transaction


class Sink(Protocol):
    """Where changes go."""

    def send(self, line: str) -> None:
        """Write one line, wholly; raises ``OSError`` where that fails."""

    def has(self, change_id: str) -> bool | None:
        """Whether that change was sent before; null if the sink can't tell."""


@dataclass(frozen=True, slots=True)
class _Entry:
    number: int
    id: str
    body: str
    state: str


def put(db: sqlite3.Connection, source: int, kept: Iterable[Kept]) -> None:
    """Put changes into the outbox, each with its id. Within a transaction."""
    name = store_name(db)
    for item in kept:
        row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'changes'").fetchone()
        number = (row[0] if row else 0) + 1
        change = item.change.model_copy(update={"id": f"{name}-{number}"})
        insert(
            db,
            "changes",
            {
                "number": number,
                "id": change.id,
                "source": source,
                "notice": item.notice,
                "change": change.change,
                "seen_at": change.seen_at,
                "from_version": item.from_version,
                "to_version": item.to_version,
                "body": printable_json(change.model_dump_json(by_alias=True)),
            },
        )


def send_all(
    db: sqlite3.Connection, source: int, sink: Sink, stopped: Callable[[], bool] = lambda: False
) -> int:
    """Send what is waiting, in order; how many lines were sent.

    Raises ``OSError`` where the sink fails; what was not sent stays waiting.
    """
    sent = 0
    for entry in _unsent(db, source):
        if stopped():
            break
        if entry.state == "sending" and sink.has(entry.id):
            _mark(db, entry, "sent")
            continue
        line = _as_repeated(entry.body) if _may_be_out(entry, sink) else entry.body
        _mark(db, entry, "sending")
        sink.send(line)
        _mark(db, entry, "sent")
        sent += 1
    return sent


def _may_be_out(entry: _Entry, sink: Sink) -> bool:
    return entry.state == "sending" and sink.has(entry.id) is None


def _as_repeated(body: str) -> str:
    return printable_json(json.dumps({**json.loads(body), "again": True}, ensure_ascii=False))


def _unsent(db: sqlite3.Connection, source: int) -> list[_Entry]:
    rows = db.execute(
        """SELECT number, id, body, state FROM changes
        WHERE source = ? AND state <> 'sent' ORDER BY number""",
        (source,),
    )
    return [_Entry(*row) for row in rows]


def _mark(db: sqlite3.Connection, entry: _Entry, state: str) -> None:
    with transaction(db):
        db.execute("UPDATE changes SET state = ? WHERE number = ?", (state, entry.number))
