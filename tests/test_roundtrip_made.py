"""Made-up windows and revisions come back too: any hour, any length, both nights of the clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.out_records import impact, make, revision, window
from vindue import parse
from vindue.nlp.record import Record
from vindue.out.render import render

ZONE = ZoneInfo("Europe/Copenhagen")
EFFECT = impact("file", "rejected", "dms-import")
SOME = settings(max_examples=50, deadline=None, derandomize=True)

anywhere = st.datetimes(datetime(2023, 1, 1), datetime(2027, 1, 1))
autumn = st.datetimes(datetime(2025, 10, 25, 22), datetime(2025, 10, 26, 3))
spring = st.datetimes(datetime(2025, 3, 29, 22), datetime(2025, 3, 30, 3))
starts = st.one_of(anywhere, autumn, spring).map(
    lambda at: at.replace(second=0, microsecond=0, tzinfo=UTC)
)
lengths = st.integers(5, 5 * 24 * 60).map(lambda count: timedelta(minutes=count))
languages = st.sampled_from(["en", "da"])


def _local(at: datetime) -> str:
    return at.astimezone(ZONE).isoformat()


def _told(record: Record) -> list[tuple[Any, ...]]:
    return [
        (w.start, w.end, w.planned_start, w.planned_end, w.actual_end, w.open_end, w.status)
        for w in record.windows
    ]


def _read_back(record: Record, language: Any) -> Record:
    return parse(render(record, language), profile="generic")


@SOME
@given(start=starts, length=lengths, language=languages)
def test_any_window(start: datetime, length: timedelta, language: str) -> None:
    record = make(window(_local(start), _local(start + length)), impacts=[EFFECT])
    assert _told(_read_back(record, language)) == _told(record)


@SOME
@given(
    start=starts,
    length=st.integers(30, 900),
    more=st.integers(5, 300),
    kind=st.sampled_from(["extended", "delayed"]),
    language=languages,
)
def test_any_later_end(start: datetime, length: int, more: int, kind: str, language: str) -> None:
    end = start + timedelta(minutes=length)
    later = _local(end + timedelta(minutes=more))
    told = window(_local(start), _local(end)) | {"end": later}
    record = make(told, revisions=[revision(kind, None, later)], impacts=[EFFECT])
    assert _told(_read_back(record, language)) == _told(record)


@SOME
@given(start=starts, length=lengths, days=st.integers(1, 20), language=languages)
def test_any_move(start: datetime, length: timedelta, days: int, language: str) -> None:
    moved = start + timedelta(days=days)
    told = window(_local(start), _local(start + length))
    told |= {"start": _local(moved), "end": _local(moved + length)}
    record = make(told, revisions=[revision("moved")], impacts=[EFFECT])
    assert _told(_read_back(record, language)) == _told(record)


@SOME
@given(
    start=starts,
    length=lengths,
    status=st.sampled_from(["completed", "cancelled", "postponed"]),
    language=languages,
)
def test_any_final_state(start: datetime, length: timedelta, status: str, language: str) -> None:
    told = window(_local(start), _local(start + length), status=status)
    record = make(told, status=status, revisions=[revision(status)], impacts=[EFFECT])
    again = _read_back(record, language)
    assert (again.status, _told(again)) == (status, _told(record))
