"""Notices of one page that belong together."""

from __future__ import annotations

from vindue.nlp.record import Record, Source, Window
from vindue.nlp.related import relate


def record(
    name: str, *, orders: tuple[str, ...] = (), starts: tuple[str, ...] = (), systems: str = ""
) -> Record:
    return Record(
        id=name,
        source=Source(profile="skat", name="-", start=0, end=0, line=1),
        title="",
        language="en",
        work_orders=list(orders),
        windows=[Window(start=start, end=None, timezone="UTC") for start in starts],
        systems=systems.split(),
    )


MAY = "2026-05-01T00:00:00+00:00"
JUNE = "2026-06-01T00:00:00+00:00"


def related(*records: Record) -> list[list[str]]:
    return [found.related for found in relate(list(records))]


def test_the_same_work_order() -> None:
    found = related(record("a", orders=("WO1", "WO2")), record("b"), record("c", orders=("WO2",)))
    assert found == [["c"], [], ["a"]]


def test_the_same_windows_and_systems() -> None:
    twins = related(
        record("a", starts=(MAY, JUNE), systems="manifest ncts"),
        record("b", starts=(JUNE, MAY), systems="manifest ncts"),
        record("c", starts=(MAY,), systems="manifest ncts"),
        record("d", starts=(MAY, JUNE), systems="manifest"),
    )
    assert twins == [["b"], ["a"], [], []]


def test_nothing_in_common_is_no_tie() -> None:
    assert related(record("a"), record("b")) == [[], []]
    assert related(record("a", starts=(MAY,)), record("b", starts=(MAY,))) == [[], []]


def test_each_partner_once_in_page_order() -> None:
    group = [record(name, orders=("WO1", "WO2"), starts=(MAY,), systems="x") for name in "abc"]
    assert related(*group) == [["b", "c"], ["a", "c"], ["a", "b"]]


def test_a_tie_that_all_share_tells_nothing() -> None:
    assert related(*(record(str(n), orders=("WO1",)) for n in range(200))) == [[]] * 200
