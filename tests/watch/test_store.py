"""The store keeps every version once, opens in any SQLite tool, and can be read in any order."""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.out_records import labelled_records
from tests.watch.pages import ONE, THREE, TWO, Notice, page, seen
from vindue import parse_page
from vindue.nlp.inputs import Settings
from vindue.nlp.jsonl import read_jsonl
from vindue.watch.captures import Seen, seen_on_page
from vindue.watch.history import history
from vindue.watch.keep import keep, keep_batch, observe
from vindue.watch.store import StoreError, open_store, read_store, transaction, versions

LATER = TWO.edited("Saturday May 30, 2026, 1750", "Extended until 2000.", hours="0800-1800")
LAST = TWO.edited("Cancelled.")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "notices.sqlite"


@pytest.fixture
def db(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_store(path)) as opened:
        yield opened


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    """By plain sqlite3, as any other tool would."""
    with closing(sqlite3.connect(path)) as plain:
        return plain.execute(query).fetchall()


def dump(path: Path) -> list[list[tuple[object, ...]]]:
    """All that is told of notices, without the times of seeing and the keys."""
    return [
        rows(path, "SELECT id, title, status, updated_at, text, version FROM notices ORDER BY id"),
        rows(path, "SELECT notice, number, digest, record FROM versions ORDER BY 1, 2"),
        rows(
            path, "SELECT notice, position, starts_at, ends_at, status FROM windows ORDER BY 1, 2"
        ),
        rows(path, "SELECT notice, position, channel, effect FROM impacts ORDER BY 1, 2"),
        rows(path, "SELECT notice, position, kind FROM revisions ORDER BY 1, 2"),
        rows(path, "SELECT source, notice, version, gone_at IS NULL FROM sightings ORDER BY 1, 2"),
    ]


def test_the_same_again_changes_nothing(path: Path) -> None:
    assert keep(path, seen(TWO, ONE), "a.txt") == 2
    before = dump(path)
    assert keep(path, seen(TWO, ONE), "a.txt") == 0
    assert dump(path) == before


def test_every_version_is_kept_and_the_last_one_stands(path: Path) -> None:
    for notice in (TWO, LATER, LAST):
        keep(path, seen(notice, ONE), "page.txt")
    assert rows(path, "SELECT number FROM versions WHERE notice LIKE '%0512%'") == [
        (1,),
        (2,),
        (3,),
    ]
    ((status, version, text),) = rows(
        path, "SELECT status, version, text FROM notices WHERE id = 'skat-20260512T084500'"
    )
    assert (status, version) == ("cancelled", 3)
    assert "Cancelled." in str(text)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_an_archive_may_be_read_in_any_order(path: Path, order: tuple[int, ...]) -> None:
    captures = [Notice(12), Notice(12).edited("Some more."), Notice(12).edited("Even more.")]
    captures[2] = Notice(12, lines=("Even more.",), updated="20-05-2026 kl. 09:00")
    for _ in range(2):
        for index in order:
            keep(path, seen(captures[index]), f"{index}.txt")
    ((text, count),) = rows(path, "SELECT text, (SELECT count(*) FROM versions) FROM notices")
    assert "Even more." in str(text)
    assert count == 3
    told = [item.fields[-1].new for item in history(path)]
    assert [lines[-1] for lines in told] == ["Some more.", "Even more."]


def test_what_a_source_no_longer_shows_is_kept_as_gone(path: Path) -> None:
    keep(path, seen(TWO, ONE), "page.txt")
    keep(path, seen(TWO), "page.txt")
    assert rows(path, "SELECT notice FROM sightings WHERE gone_at IS NOT NULL") == [
        ("skat-20260511T084500",)
    ]
    assert len(read_store(path)) == 2


def test_records_come_out_as_they_went_in(path: Path) -> None:
    before = seen(THREE, TWO, ONE)
    keep(path, before, "page.txt")
    assert read_store(path) == before


def test_as_seen_at_a_time(db: sqlite3.Connection, path: Path) -> None:
    for day, notice in ((1, TWO), (2, LAST)):
        with transaction(db):
            observe(db, "page.txt", seen(notice), f"2026-05-0{day}T00:00:00.000+00:00")
    (then,) = read_store(path, datetime(2026, 5, 1, 12, tzinfo=UTC))
    assert then.record.status == "scheduled"
    assert read_store(path, datetime(2026, 4, 30, tzinfo=UTC)) == []


def test_a_live_source_may_go_back(db: sqlite3.Connection) -> None:
    for notice in (TWO, LAST, TWO):
        with transaction(db):
            kept = observe(db, "page.txt", seen(notice), "2026-05-01T00:00:00.000+00:00", live=True)
    assert [(item.from_version, item.to_version) for item in kept] == [(2, 1)]
    assert db.execute("SELECT status, version FROM notices").fetchone() == ("scheduled", 1)


def test_a_text_added_to_a_record_is_no_new_version(path: Path) -> None:
    (whole,) = seen(TWO)
    keep(path, [Seen(whole.record)], "records.jsonl")
    assert keep(path, [whole], "page.txt") == 0
    assert read_store(path) == [whole]


def test_a_notice_without_a_stamp_keeps_its_first_id(path: Path) -> None:
    body = "Maintenance of the website\nSaturday May 30, 2026, {}\nIt will be unavailable."
    first, second = (seen_on_page(body.format(h), "note.txt") for h in ("0800-1800", "0800-2000"))
    for capture in (first, second, first, second):
        keep(path, capture, "note.txt")
    assert rows(path, "SELECT id, version FROM notices") == [(first[0].record.id, 2)]
    assert rows(path, "SELECT count(*) FROM versions") == [(2,)]


def test_a_batch_keeps_the_slices_of_its_text(path: Path) -> None:
    text = page(TWO, ONE)
    assert keep_batch(path, text, parse_page(text, name="p"), "p") == 2
    assert [item.text for item in read_store(path)] == [item.text for item in seen(TWO, ONE)]


def test_a_batch_of_lines_keeps_the_text_of_each_line(path: Path) -> None:
    bodies = ["Saturday May 30, 2026, 0800-1800\nNCTS is down.", "Nothing."]
    text = "\n".join(json.dumps({"id": f"n{n}", "text": body}) for n, body in enumerate(bodies))
    records = list(read_jsonl(text, "l.jsonl", Settings()))
    assert keep_batch(path, text, records, "l.jsonl", lines=True) == 2
    assert {item.text for item in read_store(path)} == set(bodies)


def test_the_whole_corpus_fits_and_every_reference_holds(path: Path) -> None:
    # Own notices and negatives too: other systems, open ends, no windows.
    records = {record.id: record for _, record in labelled_records()}
    keep(path, [Seen(record) for record in records.values()], "labels")
    assert rows(path, "PRAGMA foreign_key_check") == []
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    windows = sum(len(record.windows) for record in records.values())
    assert rows(path, "SELECT count(*) FROM windows") == [(windows,)]


def test_full_text_search_follows_every_change(path: Path) -> None:
    keep(path, seen(TWO.edited("Zebra."), ONE), "page.txt")
    keep(
        path, seen(Notice(12, lines=("Quagga.",), updated="20-05-2026 kl. 09:00"), ONE), "page.txt"
    )
    query = "SELECT rowid FROM notices_fts WHERE notices_fts MATCH '{}'"
    assert rows(path, query.format("zebra")) == []
    assert len(rows(path, query.format("quagga"))) == 1
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("INSERT INTO notices_fts (notices_fts) VALUES ('integrity-check')")


def fail_after_observing(db: sqlite3.Connection) -> None:
    with transaction(db):
        observe(db, "page.txt", seen(TWO, ONE), "2026-05-01T00:00:00.000+00:00")
        raise StoreError


def test_datasette_knows_the_index_by_its_words(path: Path) -> None:
    keep(path, seen(ONE), "page.txt")
    query = """SELECT name FROM sqlite_master WHERE rootpage = 0
        AND sql LIKE '%VIRTUAL TABLE%USING FTS%content="notices"%'"""
    assert rows(path, query) == [("notices_fts",)]


def test_a_failed_write_leaves_the_store_as_it_was(db: sqlite3.Connection, path: Path) -> None:
    keep(path, seen(ONE), "page.txt")
    before = dump(path)
    with pytest.raises(StoreError):
        fail_after_observing(db)
    assert dump(path) == before


def test_what_is_no_store_is_refused(tmp_path: Path) -> None:
    other, text = tmp_path / "other.sqlite", tmp_path / "page.txt"
    with closing(sqlite3.connect(other)) as plain:
        plain.execute("CREATE TABLE cats (name)")
        plain.commit()
    text.write_text("not a database, and long enough not to be taken for an empty one" * 20)
    for path in (other, text, tmp_path / "none.sqlite"):
        with pytest.raises(StoreError, match=path.name):
            open_store(path, create=False)
    with closing(sqlite3.connect(other)) as plain:
        assert plain.execute("SELECT name FROM sqlite_master").fetchall() == [("cats",)]


def test_two_versions_of_a_notice_bear_their_numbers(db: sqlite3.Connection) -> None:
    for notice in (TWO, LAST):
        with transaction(db):
            observe(db, "page.txt", seen(notice), "2026-05-01T00:00:00.000+00:00")
    ((first, second),) = versions(db)
    assert (first.number, second.number) == (1, 2)
    assert second.seen.record.status == "cancelled"
