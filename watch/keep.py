"""Notices as seen → the store: every version once, and what each source shows."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from vindue.nlp.inputs import mend
from vindue.nlp.record import Record
from vindue.watch.captures import Seen, statements, with_texts
from vindue.watch.diff import Change, change_of, diff_notice
from vindue.watch.forms import with_line_texts
from vindue.watch.match import match
from vindue.watch.rows import insert, write_notice
from vindue.watch.store import Version, open_store, to_utc, transaction, utc_now


@dataclass(frozen=True, slots=True)
class Kept:
    """A change at one source, between two versions of a notice."""

    change: Change
    notice: str
    from_version: int | None
    to_version: int | None


@dataclass(frozen=True, slots=True)
class Known:
    """What a source was last seen to show."""

    source: int
    shown: tuple[Version, ...]


def keep_batch(
    path: Path, text: str, records: Iterable[Record], name: str, *, lines: bool = False
) -> int:
    """Keep the records that were read from ``text``; how many versions are new.

    ``name`` is the file, page or URL; ``lines`` tells that ``text`` is JSON
    lines, a record a line. The same again changes nothing. Raises
    ``StoreError`` where ``path`` is no store.
    """
    seen = with_line_texts(text, records) if lines else with_texts(mend(text), records)
    return keep(path, seen, name)


def keep(path: Path, seen: Sequence[Seen], name: str) -> int:
    """As ``keep_batch``, for notices as seen."""
    with closing(open_store(path)) as db:
        before = _count(db)
        with transaction(db):
            observe(db, name, seen, utc_now())
        return _count(db) - before


def _count(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT count(*) FROM versions").fetchone()[0])


def known(db: sqlite3.Connection, name: str) -> Known | None:
    """What the source shows, in the order first seen; null if it was never read."""
    row = db.execute("SELECT id FROM sources WHERE name = ?", (name,)).fetchone()
    if row is None:
        return None
    rows = db.execute(
        """SELECT versions.notice, number, versions.first_seen_at, versions.last_seen_at,
            record, text
        FROM sightings
        JOIN versions ON versions.notice = sightings.notice AND number = sightings.version
        WHERE source = ? AND gone_at IS NULL ORDER BY sightings.rowid""",
        row,
    )
    shown = tuple(
        Version(notice, number, first, last, Seen(Record.model_validate_json(record), text))
        for notice, number, first, last, record, text in rows
    )
    return Known(row[0], shown)


def observe(
    db: sqlite3.Connection, name: str, seen: Sequence[Seen], at: str, *, live: bool = False
) -> list[Kept]:
    """Write what ``name`` shows at ``at``; what changed there. Within a transaction.

    ``live``: this is how things stand now, so a text that was seen before can
    be the present one again; else (an archive, in any order) a version that
    is known, or bears an earlier updated stamp, stays history.
    """
    before = known(db, name)
    source = _source(db, name, seen, at)
    shown = before.shown if before else ()
    by_id = {version.seen.record.id: version for version in shown}
    matched = match([version.seen for version in shown], seen)
    keys = _Keys(db)
    found: list[Kept] = []
    for after in matched.after:
        old = matched.before_of.get(after.record.id)
        was = by_id[old.record.id] if old is not None else None
        notice = keys.take(was.notice if was else None, after)
        number = _version(db, notice, after, at, live=live)
        _sight(db, source, notice, number, at)
        if was is None:
            found.append(Kept(change_of("new", after), notice, None, number))
        elif was.number != number and (change := diff_notice(was.seen, after)) is not None:
            found.append(Kept(change, notice, was.number, number))
    for old in matched.gone:
        was = by_id[old.record.id]
        db.execute(
            "UPDATE sightings SET gone_at = ? WHERE source = ? AND notice = ?",
            (at, source, was.notice),
        )
        found.append(Kept(change_of("gone", old), was.notice, was.number, None))
    for item in found:
        item.change.notice, item.change.source, item.change.seen_at = item.notice, name, at
    return found


class _Keys:
    """The notice that a sight belongs to, each given once within a capture."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._taken: set[str] = set()

    def take(self, notice: str | None, seen: Seen) -> str:
        """``notice`` where it is told, else that of an earlier version with this id, else new."""
        wanted = [notice, self._of_version(seen.record.id), seen.record.id]
        key = next((name for name in wanted if name and name not in self._taken), None)
        number = 1
        while key is None:
            number += 1
            other = f"{seen.record.id}~{number}"
            key = other if other not in self._taken else None
        self._taken.add(key)
        return key

    def _of_version(self, record_id: str) -> str | None:
        row = self._db.execute(
            "SELECT notice FROM versions WHERE record_id = ? ORDER BY id DESC", (record_id,)
        ).fetchone()
        return row[0] if row else None


def _source(db: sqlite3.Connection, name: str, seen: Sequence[Seen], at: str) -> int:
    profile = seen[0].record.source.profile if seen else None
    db.execute(
        """INSERT INTO sources (name, profile, first_seen_at, last_seen_at) VALUES (?, ?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET last_seen_at = excluded.last_seen_at,
            profile = coalesce(profile, excluded.profile)""",
        (name, profile, at, at),
    )
    return int(db.execute("SELECT id FROM sources WHERE name = ?", (name,)).fetchone()[0])


def _sight(db: sqlite3.Connection, source: int, notice: str, version: int, at: str) -> None:
    db.execute(
        """INSERT INTO sightings (source, notice, version, first_seen_at, last_seen_at)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (source, notice) DO UPDATE SET version = excluded.version,
            last_seen_at = excluded.last_seen_at, gone_at = NULL""",
        (source, notice, version, at, at),
    )


def _version(db: sqlite3.Connection, notice: str, seen: Seen, at: str, *, live: bool) -> int:
    reading = hashlib.sha256(statements(seen.record).encode("utf-8", "replace")).hexdigest()
    found = _find_version(db, notice, seen, reading)
    if found is None:
        number, reread = _add_version(db, notice, seen, reading, at), False
    else:
        number = found.number
        reread = seen.text is not None and (found.reading != reading or found.textless)
        sight: dict[str, str | None] = {"last_seen_at": at}
        if reread:
            # A later release, or other options, read the same text otherwise.
            sight |= {"record": _json(seen), "record_id": seen.record.id, "reading": reading}
            sight |= {"digest": seen.digest, "text": seen.text, "status": seen.record.status}
        pairs = ", ".join(f"{key} = ?" for key in sight)
        db.execute(
            f"UPDATE versions SET {pairs} WHERE notice = ? AND number = ?",
            (*sight.values(), notice, number),
        )
    row = db.execute("SELECT version, updated_utc FROM notices WHERE id = ?", (notice,)).fetchone()
    moves = row is None or (found is None and not _older(seen, row[1])) or live
    if (moves and (row is None or row[0] != number)) or (reread and row[0] == number):
        write_notice(db, notice, number, seen)
    return number


@dataclass(frozen=True, slots=True)
class _Found:
    number: int
    reading: str
    textless: bool


def _find_version(db: sqlite3.Connection, notice: str, seen: Seen, reading: str) -> _Found | None:
    """The version that says the same: by its text, by its reading where one has no text."""
    rows = db.execute(
        """SELECT number, reading, text IS NULL FROM versions
        WHERE notice = :notice
            AND (digest = :digest OR (reading = :reading AND (text IS NULL OR :textless)))
        ORDER BY digest = :digest DESC""",
        {
            "notice": notice,
            "digest": seen.digest,
            "reading": reading,
            "textless": seen.text is None,
        },
    )
    row = rows.fetchone()
    return _Found(row[0], row[1], bool(row[2])) if row else None


def _add_version(db: sqlite3.Connection, notice: str, seen: Seen, reading: str, at: str) -> int:
    (last,) = db.execute(
        "SELECT coalesce(max(number), 0) FROM versions WHERE notice = ?", (notice,)
    ).fetchone()
    row = {"notice": notice, "number": last + 1, "record_id": seen.record.id}
    row |= {"digest": seen.digest, "reading": reading, "updated_at": seen.record.updated_at}
    row |= {"status": seen.record.status, "first_seen_at": at, "last_seen_at": at}
    insert(db, "versions", row | {"record": _json(seen), "text": seen.text})
    return int(last) + 1


def _json(seen: Seen) -> str:
    return seen.record.model_dump_json(by_alias=True)


def _older(seen: Seen, than: str | None) -> bool:
    at = to_utc(seen.record.updated_at)
    return at is not None and than is not None and at < than
