"""A store of notices in one SQLite file: opened, and read.

``vindue.watch.keep`` writes it. Its tables are described in ``schema.sql``.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Final

from vindue.nlp.record import Record
from vindue.watch.captures import Seen

# "vind" in ASCII: tells our files from other SQLite files.
APPLICATION_ID: Final = 0x76696E64
VERSION: Final = 1
_WAIT_SECONDS: Final = 30.0


class StoreError(ValueError):
    """A file that is no store, or one of another version; the message names it."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a notice; times are UTC, RFC 3339."""

    notice: str
    number: int
    first_seen_at: str
    last_seen_at: str
    seen: Seen


def open_store(path: Path, *, create: bool = True) -> sqlite3.Connection:
    """Open a store, or make one where there is no file and ``create`` is true.

    Raises ``StoreError`` for a missing file, or one that is something else.
    """
    if not create and not path.is_file():
        raise StoreError(f"{path}: no such store")
    try:
        # Transactions are begun by hand; see ``transaction``.
        db = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {error}") from error
    try:
        db.execute("PRAGMA foreign_keys = ON")
        _prepare(db, path)
    except BaseException as error:
        db.close()
        if isinstance(error, sqlite3.Error):
            raise StoreError(f"{path}: {error}") from error
        raise
    return db


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    if (
        _pragma(db, "application_id") == 0
        and not db.execute("SELECT 1 FROM sqlite_master").fetchone()
    ):
        # Readers go on while a watch writes; a commit is on the disk when it returns.
        db.execute("PRAGMA journal_mode = WAL")
        with transaction(db):
            # Another process may have made it meanwhile.
            if _pragma(db, "application_id") == 0:
                _create(db)
    db.execute("PRAGMA synchronous = FULL")
    if _pragma(db, "application_id") != APPLICATION_ID:
        raise StoreError(f"{path}: an SQLite file, but not a store of vindue")
    found = _pragma(db, "user_version")
    if found != VERSION:
        raise StoreError(f"{path}: a store of version {found}; this release reads {VERSION}")


def _pragma(db: sqlite3.Connection, name: str) -> int:
    return int(db.execute(f"PRAGMA {name}").fetchone()[0])


def _create(db: sqlite3.Connection) -> None:
    script = files("vindue.watch").joinpath("schema.sql").read_text(encoding="utf-8")
    for statement in _statements(script):
        db.execute(statement)
    # Ids of changes begin with it, so that two state files never use one id.
    db.execute("INSERT INTO about VALUES ('store', ?)", (secrets.token_hex(4),))
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {VERSION}")


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; ``executescript`` would commit between them."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All or nothing: committed at the end, undone where an exception passes."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def utc_now() -> str:
    """This moment in UTC, RFC 3339, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def store_name(db: sqlite3.Connection) -> str:
    """Eight hexadecimal digits that name this store."""
    return str(db.execute("SELECT value FROM about WHERE key = 'store'").fetchone()[0])


def _seen(record: str, text: str | None) -> Seen:
    return Seen(Record.model_validate_json(record), text)


def current(db: sqlite3.Connection) -> list[Seen]:
    """Every notice as last told, the newest first, as on a page."""
    rows = db.execute(
        """SELECT versions.record, versions.text FROM notices
        JOIN versions ON versions.notice = notices.id AND versions.number = notices.version
        ORDER BY notices.published_utc DESC, notices.key"""
    )
    return [_seen(record, text) for record, text in rows]


def as_of(db: sqlite3.Connection, at: datetime) -> list[Seen]:
    """Every notice as it had been seen by ``at`` (aware), its last version of then."""
    latest: dict[str, Seen] = {}
    rows = db.execute(
        """SELECT notice, record, text FROM versions WHERE first_seen_at <= ?
        ORDER BY notice, number""",
        (at.astimezone(UTC).isoformat(timespec="milliseconds"),),
    )
    for notice, record, text in rows:
        latest[notice] = _seen(record, text)
    return list(latest.values())


def versions(db: sqlite3.Connection) -> list[list[Version]]:
    """Every notice's versions in the order that they were told, notices as first seen.

    That is the order of their updated stamps where both have one, else the
    order in which they were seen: an archive may be read in any order.
    """
    told: dict[str, list[Version]] = {}
    rows = db.execute(
        """SELECT versions.notice, number, first_seen_at, last_seen_at, record, versions.text
        FROM versions JOIN notices ON notices.id = versions.notice ORDER BY notices.key, number"""
    )
    for notice, number, first, last, record, text in rows:
        told.setdefault(notice, []).append(
            Version(notice, number, first, last, _seen(record, text))
        )
    return [sorted(group, key=_updated) for group in told.values()]


def _updated(version: Version) -> tuple[str, int]:
    at = version.seen.record.updated_at
    return (to_utc(at) or "", version.number)


def to_utc(value: str | None) -> str | None:
    """An RFC 3339 time as the same instant in UTC."""
    return datetime.fromisoformat(value).astimezone(UTC).isoformat() if value else None


def read_store(path: Path, at: datetime | None = None) -> list[Seen]:
    """The notices of a store as last told, or as seen by ``at``. Raises ``StoreError``."""
    with closing(open_store(path, create=False)) as db:
        return current(db) if at is None else as_of(db, at)
