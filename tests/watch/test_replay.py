"""The page cut into its states by its stamps, fed one after another: the store knows the story."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.watch.replay import Told, captures, moments, page_at, read_once, told_notices
from vindue.watch import outbox
from vindue.watch.captures import Seen, seen_on_page
from vindue.watch.diff import Change
from vindue.watch.history import history
from vindue.watch.keep import observe
from vindue.watch.store import open_store, read_store, transaction

NEWEST = 8


@dataclass
class Replayed:
    path: Path
    notices: list[Told]
    read: dict[tuple[str, str], Seen]
    changes: list[Change]

    def id_of(self, told: Told) -> str:
        return self.read[told.case.name, told.editions[-1].text].record.id


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Replayed:
    path = tmp_path_factory.mktemp("replay") / "replay.sqlite"
    notices = told_notices()
    read = read_once(notices)
    found: list[Change] = []
    with closing(open_store(path)) as db:
        for moment, capture in captures(notices, read):
            at = moment.astimezone(UTC).isoformat(timespec="milliseconds")
            with transaction(db):
                kept = observe(db, "page", capture, at, live=True)
                outbox.put(db, 1, kept)
            found += [item.change for item in kept]
    return Replayed(path, notices, read, found)


@pytest.fixture
def db(replayed: Replayed) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(replayed.path)) as plain:
        yield plain


def test_it_is_the_whole_page(replayed: Replayed) -> None:
    assert len(replayed.notices) == 203
    assert sum(len(told.editions) for told in replayed.notices) > 390
    assert len(moments(replayed.notices)) > 390


def test_the_store_ends_with_every_version(replayed: Replayed, db: sqlite3.Connection) -> None:
    rows = db.execute("SELECT notice, number, text FROM versions ORDER BY notice, number")
    kept: dict[str, list[str]] = {}
    for notice, _, text in rows:
        kept.setdefault(notice, []).append(text)
    wanted = {
        replayed.id_of(told): [
            replayed.read[told.case.name, edition.text].text for edition in told.editions
        ]
        for told in replayed.notices
    }
    assert kept == wanted
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_every_notice_came_once_and_changed_once_if_it_was_updated(replayed: Replayed) -> None:
    counts = Counter((item.notice, item.change) for item in replayed.changes)
    for told in replayed.notices:
        name = replayed.id_of(told)
        assert counts.pop((name, "new")) == 1
        assert counts.pop((name, "changed"), 0) == len(told.editions) - 1
    assert not counts


def test_the_changes_tell_the_story_of_each_notice(replayed: Replayed) -> None:
    changed = {item.notice: item for item in replayed.changes if item.change == "changed"}
    for told in replayed.notices:
        if len(told.editions) == 1:
            continue
        change = changed[replayed.id_of(told)]
        fields = {item.field: item for item in change.fields}
        assert fields["/updated_at"].new == told.case.label.updated_at.isoformat()  # type: ignore[union-attr]
        if told.lines:
            assert set(fields["/text"].new) >= {" ".join(line.split()) for line in told.lines}


def test_what_the_labels_call_an_update_is_told_as_one(replayed: Replayed) -> None:
    changed = {item.notice: item for item in replayed.changes if item.change == "changed"}
    wanted, found = Counter[str](), Counter[str]()
    for told in replayed.notices:
        if len(told.editions) > 1:
            kinds = Counter(item.kind for item in told.case.label.revisions)
            wanted += kinds
            found += kinds & Counter(changed[replayed.id_of(told)].tells)
    assert wanted.total() >= 40
    # The reader's own misses count here too; its score is the corpus's matter.
    assert found.total() >= 0.9 * wanted.total()


def test_the_store_tells_the_same_story(replayed: Replayed) -> None:
    live = [item for item in replayed.changes if item.change == "changed"]
    told = history(replayed.path)
    assert sorted((c.notice, len(c.fields)) for c in told) == sorted(
        (c.notice, len(c.fields)) for c in live
    )


def test_the_store_knows_the_page_of_any_day(replayed: Replayed) -> None:
    noon = datetime(2025, 1, 1, 12, tzinfo=UTC)
    wanted = [told.at(noon) for told in replayed.notices]
    texts = [item.text for item in read_store(replayed.path, noon)]
    assert sorted(map(str, texts)) == sorted(
        str(replayed.read[told.case.name, edition.text].text)
        for told, edition in zip(replayed.notices, wanted, strict=True)
        if edition
    )


def test_each_change_waits_in_the_outbox_in_its_order(
    replayed: Replayed, db: sqlite3.Connection
) -> None:
    rows = db.execute("SELECT id, body FROM changes ORDER BY number").fetchall()
    bodies = [json.loads(body) for _, body in rows]
    assert [body["id"] for body in bodies] == [key for key, _ in rows]
    assert [body["notice"] for body in bodies] == [item.notice for item in replayed.changes]


def test_the_newest_states_as_whole_pages(replayed: Replayed, tmp_path: Path) -> None:
    """The same by the text of the page, as the watcher reads it."""
    notices = replayed.notices[:NEWEST]
    wanted = [list(capture) for _, capture in captures(notices, replayed.read)]
    with closing(open_store(tmp_path / "pages.sqlite")) as db:
        for moment, capture in zip(moments(notices), wanted, strict=True):
            pages = seen_on_page(page_at(notices, moment), "page", profile="skat")
            assert [item.digest for item in pages] == [item.digest for item in capture]
            with transaction(db):
                kept = observe(db, "page", pages, moment.isoformat(), live=True)
            came = [edition for told in notices for edition in told.editions]
            assert len(kept) == sum(edition.since == moment for edition in came)
