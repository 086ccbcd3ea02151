"""One source looked at again and again; every change told once.

All that must survive a restart stands in the state file. A look is: fetch,
read, judge, then one transaction that writes the new versions, the changes
and the validators together; after it the changes are sent.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from vindue.nlp.inputs import AUTO
from vindue.watch.captures import CaptureError, Seen, is_store
from vindue.watch.doubt import Memory, judge
from vindue.watch.fetch import Fetched, Fetcher, FetchError, Limits, Validators
from vindue.watch.forms import seen_in_bytes
from vindue.watch.keep import known, observe
from vindue.watch.outbox import Sink, put, send_all
from vindue.watch.store import StoreError, open_store, read_store, transaction, utc_now

SOON_SECONDS: Final = 30.0
RETRY_SECONDS: Final = 5.0
# A server whose "not modified" can't be trusted is asked for all of it this often.
FULL_SECONDS: Final = 3600.0

Log = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is watched and how; ``every`` in seconds.

    ``initial``: tell the notices of the very first capture as new; else they
    are only what later changes are measured against.
    """

    source: str
    state: Path
    every: float
    profile: str = AUTO
    timezone: str | None = None
    limits: Limits = field(default_factory=Limits)
    initial: bool = False


@dataclass(frozen=True, slots=True)
class _Look:
    """One capture; ``seen`` is null where nothing can have changed."""

    seen: list[Seen] | None
    validators: Validators
    framed: bool = True
    body_digest: str | None = None


@dataclass(slots=True)
class _Course:
    """What one run of the process remembers between looks."""

    memory: Memory = field(default_factory=Memory)
    failures: int = 0
    trouble: str = ""
    asked_all_at: float | None = None
    soon: bool = False
    pause: float | None = None


class Watcher:
    """Watches one source. Not to be shared between threads."""

    def __init__(self, plan: Plan, sink: Sink, log: Log) -> None:
        """Raises ``StoreError`` for a state file that is none."""
        if Path(plan.source).resolve() == plan.state.resolve():
            raise StoreError(f"{plan.state}: the state can't be the store that is watched")
        self._plan, self._sink, self._log = plan, sink, log
        self._fetcher = Fetcher(plan.source, plan.limits)
        self._course = _Course()

    def run(self, stop: threading.Event, *, once: bool = False) -> bool:
        """Look until ``stop`` is set; whether the last look was a good one.

        Raises ``StoreError`` where another process watches this source with
        this state, ``BrokenPipeError`` where nobody reads any more, and
        ``ValueError`` for an unknown profile or zone.
        """
        with closing(_lock(self._plan)), closing(open_store(self._plan.state)) as db:
            while not stop.is_set():
                began = time.monotonic()
                good = self._round(db, stop)
                if once:
                    return good
                stop.wait(max(0.0, self._wait() - (time.monotonic() - began)))
        return not self._course.failures

    def _round(self, db: sqlite3.Connection, stop: threading.Event) -> bool:
        course = self._course
        course.soon, course.pause = False, None
        try:
            self._send(db, stop)
            self._look(db, stop)
            self._send(db, stop)
        except BrokenPipeError:
            raise
        except (FetchError, CaptureError, StoreError, OSError, sqlite3.Error) as error:
            course.failures += 1
            course.pause = getattr(error, "retry_after", None)
            self._say(str(error))
            return False
        if course.failures:
            self._log("well again")
        course.failures = 0
        if not course.memory.looks:
            course.trouble = ""
        return True

    def _say(self, trouble: str) -> None:
        """Trouble that lasts is told once."""
        if trouble != self._course.trouble:
            self._log(trouble)
        self._course.trouble = trouble

    def _wait(self) -> float:
        course, every = self._course, self._plan.every
        if course.failures:
            backed_off = RETRY_SECONDS * 2.0 ** min(course.failures - 1, 20)
            return max(min(every, backed_off), course.pause or 0.0)
        return min(every, SOON_SECONDS) if course.soon else every

    def _send(self, db: sqlite3.Connection, stop: threading.Event) -> None:
        before = known(db, self._plan.source)
        if before is not None:
            send_all(db, before.source, self._sink, stop.is_set)

    def _look(self, db: sqlite3.Connection, stop: threading.Event) -> None:
        plan, course = self._plan, self._course
        state = _read_state(db, plan.source)
        look = self._capture(state, stop)
        if look.seen is None:
            course.memory = Memory()
            if state is not None:
                with transaction(db):
                    _write_state(db, state.source, look, state)
            return
        before = known(db, plan.source)
        shown = [version.seen for version in before.shown] if before and state else []
        verdict = judge(shown, look.seen, course.memory, time.monotonic(), framed=look.framed)
        course.memory, course.soon = verdict.memory, verdict.soon
        if not verdict.believed:
            self._say(f"not believed yet, to be looked at again: {verdict.reason}")
            return
        with transaction(db):
            kept = observe(db, plan.source, look.seen, utc_now(), live=True)
            after = known(db, plan.source)
            assert after is not None
            if state is not None or plan.initial:
                put(db, after.source, kept)
            _write_state(db, after.source, look, state)
        if state is None:
            self._log(f"watching: {len(look.seen)} notices to begin with")

    def _capture(self, state: _State | None, stop: threading.Event) -> _Look:
        plan, course = self._plan, self._course
        if is_store(Path(plan.source)):
            return _Look(read_store(Path(plan.source)), Validators())
        now = time.monotonic()
        stale = course.asked_all_at is None or now - course.asked_all_at >= FULL_SECONDS
        ask_all = state is None or stale or course.memory.looks > 0
        fetched = self._fetcher.fetch(
            Validators() if ask_all or not state else state.validators, stop
        )
        if ask_all:
            course.asked_all_at = now
        return self._read(fetched, state)

    def _read(self, fetched: Fetched, state: _State | None) -> _Look:
        plan = self._plan
        if fetched.body is None:
            if state is None:
                raise FetchError("not modified, says the server, but it was not asked")
            return _Look(None, state.validators, body_digest=state.body_digest)
        digest = hashlib.sha256(fetched.body).hexdigest()
        if state is not None and digest == state.body_digest:
            return _Look(None, fetched.validators, body_digest=digest)
        # The form that the source had to begin with: a page of apology is no notice.
        profile = (
            state.profile if plan.profile == AUTO and state and state.profile else plan.profile
        )
        seen = seen_in_bytes(fetched.body, plan.source, profile=profile, timezone=plan.timezone)
        return _Look(seen, fetched.validators, fetched.framed, digest)


@dataclass(frozen=True, slots=True)
class _State:
    """What the state file knows of the source."""

    source: int
    profile: str | None
    validators: Validators
    body_digest: str | None


def _read_state(db: sqlite3.Connection, name: str) -> _State | None:
    row = db.execute(
        """SELECT sources.id, profile, etag, last_modified, body_digest
        FROM watches JOIN sources ON sources.id = watches.source WHERE name = ?""",
        (name,),
    ).fetchone()
    return _State(row[0], row[1], Validators(row[2], row[3]), row[4]) if row else None


def _write_state(db: sqlite3.Connection, source: int, look: _Look, before: _State | None) -> None:
    now = utc_now()
    if before is None:
        db.execute(
            "INSERT INTO watches (source, started_at, checked_at) VALUES (?, ?, ?)",
            (source, now, now),
        )
    db.execute(
        """UPDATE watches SET checked_at = ?, etag = ?, last_modified = ?, body_digest = ?
        WHERE source = ?""",
        (now, look.validators.etag, look.validators.last_modified, look.body_digest, source),
    )


def _lock(plan: Plan) -> sqlite3.Connection:
    """One watcher for each source and state; the lock goes when the process does."""
    name = hashlib.sha256(plan.source.encode("utf-8", "replace")).hexdigest()[:8]
    lock = sqlite3.connect(f"{plan.state}.{name}.lock", timeout=0.0, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        lock.close()
        raise StoreError(f"{plan.state}: another process watches {plan.source}") from error
    return lock
