"""What is down at a moment, and what comes next."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tests.out_records import impact, labelled_records, make, window
from vindue.nlp.record import Record
from vindue.watch.now import Now, at_moment, find_systems
from vindue.watch.tables import now_lines

DAY = "2026-05-30T"
EIGHT, NINE, TEN, SIX = (f"{DAY}{hour}:00:00+02:00" for hour in ("08", "09", "10", "18"))
DOWN = impact("file", "rejected", "dms-import")


def moment(value: str, *records: Record, systems: set[str] | None = None, **how: Any) -> Now:
    return at_moment(records, datetime.fromisoformat(value), systems or set(), **how)


def down(value: str, *records: Record) -> list[str]:
    return [row.system for row in moment(value, *records).down]


WHOLE = make(window(EIGHT, SIX), impacts=[DOWN])


@pytest.mark.parametrize(
    ("at", "wanted"),
    [
        ("2026-05-30T07:59:59+02:00", []),
        (EIGHT, ["dms-import"]),
        ("2026-05-30T06:00:00Z", ["dms-import"]),
        ("2026-05-30T17:59:59+02:00", ["dms-import"]),
        (SIX, []),
    ],
)
def test_the_interval_is_half_open(at: str, wanted: list[str]) -> None:
    assert down(at, WHOLE) == wanted


def test_a_row_says_since_when_until_when_and_how() -> None:
    (row,) = moment(NINE, WHOLE).down
    assert (row.since, row.until, row.level, row.channels) == (EIGHT, SIX, "outage", ["file"])


def test_degraded_is_not_down() -> None:
    slow = make(window(EIGHT, SIX), impacts=[impact("online", "unstable", "dms-import")])
    told = moment(NINE, slow)
    assert told.down == []
    assert [row.system for row in told.degraded] == ["dms-import"]


def test_a_closed_link_is_not_down() -> None:
    link = make(window(EIGHT, SIX), impacts=[impact("connection", "closed", "dms-import")])
    assert down(NINE, link) == []


def test_an_effect_that_is_not_stated_counts_as_down() -> None:
    (row,) = moment(NINE, make(window(EIGHT, SIX))).down
    assert (row.level, row.channels) == ("unstated", [])


def test_what_is_not_affected_is_up() -> None:
    assert down(NINE, make(window(EIGHT, SIX), impacts=[impact("all", "unaffected")])) == []


@pytest.mark.parametrize("status", ["cancelled", "postponed", "duplicate"])
def test_what_was_called_off_is_up(status: str) -> None:
    assert down(NINE, make(window(EIGHT, SIX, status=status), impacts=[DOWN])) == []


def test_an_end_that_was_told_ends_it() -> None:
    ended = make(window(EIGHT, SIX, actual_end=TEN, status="completed"), impacts=[DOWN])
    assert down(NINE, ended) == ["dms-import"]
    assert down(TEN, ended) == []


@pytest.mark.parametrize("end", [None, TEN])
def test_an_open_end_lasts_for_a_week_after_the_last_word(end: str | None) -> None:
    record = make(window(EIGHT, end, open_end=True), impacts=[DOWN], updated_at=SIX)
    assert down("2026-06-06T17:59:00+02:00", record) == ["dms-import"]
    assert down("2026-06-06T18:01:00+02:00", record) == []
    (row,) = moment(NINE, record).down
    assert (row.until, row.open_end) == (end, True)


def test_an_open_end_that_is_told_as_done_is_over() -> None:
    record = make(window(EIGHT, None, open_end=True, status="completed"), impacts=[DOWN])
    assert down("2026-05-31T09:00:00+02:00", record) == []


def test_a_test_environment_is_not_down_unless_asked_for() -> None:
    record = make(window(EIGHT, SIX), impacts=[DOWN], environments=["test"])
    assert down(NINE, record) == []
    assert moment(NINE, record, scope="test").down


def test_one_system_among_others() -> None:
    assert moment(NINE, WHOLE, systems={"ncts"}).down == []
    assert moment(NINE, WHOLE, systems={"dms-import"}).down


def test_the_next_windows_in_order() -> None:
    later = make(window(SIX, "2026-05-30T20:00:00+02:00"), id="later", impacts=[DOWN])
    told = moment("2026-05-30T07:00:00+02:00", later, WHOLE)
    assert [row.start for row in told.next] == [EIGHT, SIX]
    assert moment("2026-05-30T07:00:00+02:00", later, WHOLE, coming=1).next == told.next[:1]


def test_the_second_autumn_hour_is_another_moment() -> None:
    first = window("2025-10-26T02:00:00+02:00", "2025-10-26T02:30:00+02:00")
    record = make(first, impacts=[DOWN])
    assert down("2025-10-26T02:15:00+02:00", record) == ["dms-import"]
    assert down("2025-10-26T02:15:00+01:00", record) == []


@pytest.mark.parametrize("called", ["dms-import", "DMS Import", "dmp import"])
def test_systems_by_id_and_name_and_the_group_they_are_in(called: str) -> None:
    assert find_systems(called, []) == {"dms-import", "customs-systems"}


def test_a_family_is_all_its_members() -> None:
    assert {"dms-import", "dms-export"} <= find_systems("DMS", [])


def test_a_system_outside_the_registry_is_known_if_a_notice_names_it() -> None:
    assert find_systems("netbank", []) == set()
    assert find_systems("Netbank", [make(systems=["netbank"])]) == {"netbank"}


def test_every_labelled_window_is_down_in_its_middle() -> None:
    records = [record for _, record in labelled_records()]
    for record in records:
        for item in record.windows:
            if item.status not in ("scheduled", "completed") or not (item.start and item.end):
                continue
            start, end = map(datetime.fromisoformat, (item.start, item.actual_end or item.end))
            told = at_moment([record], start + (end - start) / 2, scope="all")
            hit = {row.system for row in (*told.down, *told.degraded)}
            unhit = {
                system
                for system in item.systems
                for stated in record.impacts
                if system in stated.systems or not stated.systems
            }
            assert hit <= set(item.systems) | {s for w in record.windows for s in w.systems}
            assert hit | unhit >= set(item.systems)


def test_lines_for_people() -> None:
    lines = list(now_lines(moment(NINE, WHOLE)))
    assert lines[0] == "at 2026-05-30 09:00 +0200"
    assert any("dms-import" in line and "until 2026-05-30 18:00" in line for line in lines)
    assert "nothing is down" in list(now_lines(moment(SIX, WHOLE)))
