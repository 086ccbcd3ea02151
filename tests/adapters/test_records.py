"""Envelopes read to the end: windows, what was planned first, edits, the state of the form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from vindue.grammars.schema import Profile
from vindue.nlp.adapters.opening import open_input
from vindue.nlp.adapters.records import read_envelopes
from vindue.nlp.pipeline import read_notice
from vindue.nlp.record import Record
from vindue.nlp.spans import Notice

Raw = Callable[[str], bytes]
Read = Callable[[bytes | str], list[Record]]


@pytest.fixture
def read(zone: ZoneInfo) -> Read:
    def reader(notice: Notice, profile: Profile, at: ZoneInfo) -> Record:
        return read_notice(notice, profile, at.key)

    def all_of(data: bytes | str) -> list[Record]:
        opened = open_input(data, "", zone)
        records = read_envelopes(opened, zone, None, reader)
        for record, envelope in zip(records, opened.envelopes, strict=True):
            for proof in record.evidence:
                assert envelope.notice.text[proof.start : proof.end] == proof.text
        return records

    return all_of


def intervals(record: Record) -> list[tuple[str | None, str | None]]:
    return [(window.start, window.end) for window in record.windows]


def test_a_message_with_its_history(raw: Raw, read: Read) -> None:
    (record,) = read(raw("skat-message.txt"))
    (window,) = record.windows
    assert (window.start, window.end) == ("2026-03-14T08:00:00+01:00", "2026-03-14T22:00:00+01:00")
    assert window.planned_end == "2026-03-14T18:00:00+01:00"
    edits = [edit.at for edit in record.revisions if edit.kind == "edited"]
    assert edits == ["2026-03-14T19:42:00+01:00", "2026-03-14T08:05:10+01:00"]
    assert record.id == "skat-20260302T101536"
    assert record.source.profile == "skat-message"
    assert [proof.text for proof in record.evidence if proof.field.endswith("planned_end")]


def test_the_state_that_only_the_form_tells(raw: Raw, read: Read) -> None:
    (cancelled,) = read(raw("skat-message-da.txt"))
    assert cancelled.status == "cancelled"
    assert [window.status for window in cancelled.windows] == ["cancelled"]
    codes = [diagnostic.code for diagnostic in cancelled.diagnostics]
    assert "status.by_form" in codes
    text = raw("skat-message-da.txt").decode().replace("Aflyst", "Afsluttet")
    (closed_before_it_began,) = read(text)
    assert closed_before_it_began.status == "scheduled"


def test_a_calendar(raw: Raw, read: Read) -> None:
    router, days, nights, last = read(raw("maintenance.ics"))
    assert intervals(router) == [("2026-10-24T23:00:00+02:00", "2026-10-25T04:00:00+01:00")]
    assert router.windows[0].planned_start == "2026-10-23T23:00:00+02:00"
    assert intervals(days) == [("2026-03-14T00:00:00+01:00", "2026-03-16T00:00:00+01:00")]
    assert days.status == "cancelled"
    assert intervals(nights) == [
        ("2026-03-27T22:00:00+01:00", "2026-03-28T02:00:00+01:00"),
        ("2026-03-29T22:00:00+02:00", "2026-03-30T02:00:00+02:00"),
    ]
    assert intervals(last) == [("2026-03-30T23:00:00+02:00", "2026-03-31T01:00:00+02:00")]
    assert [record.id for record in (nights, last)] == [
        "nights@carrier.example-2",
        "nights@carrier.example",
    ]


def test_a_status_page_in_the_doubled_hour(raw: Raw, read: Read) -> None:
    done, planned = read(raw("scheduled-maintenances.json"))
    assert done.status == "completed"
    assert intervals(done) == [("2026-03-14T22:00:00+01:00", "2026-03-15T00:00:00+01:00")]
    assert intervals(planned) == [("2026-10-25T02:15:00+01:00", "2026-10-25T02:45:00+01:00")]


def test_mails(raw: Raw, read: Read) -> None:
    (moved,) = read(raw("mail.eml"))
    assert intervals(moved) == [("2026-03-14T22:00:00+01:00", "2026-03-14T23:30:00+01:00")]
    for name in ("mail-html.eml", "forward.eml"):
        (record,) = read(raw(name))
        assert intervals(record) == [("2026-03-14T23:00:00+01:00", "2026-03-15T03:00:00+01:00")]


def test_a_table_in_html(raw: Raw, read: Read) -> None:
    (record,) = read(raw("generic.html"))
    assert intervals(record) == [
        ("2026-03-14T00:00:00+01:00", "2026-03-14T02:00:00+01:00"),
        ("2026-03-14T03:00:00+01:00", "2026-03-14T04:30:00+01:00"),
        ("2026-03-15T01:00:00+01:00", "2026-03-15T05:00:00+01:00"),
    ]
    assert record.status == "scheduled"


def test_the_list(raw: Raw, read: Read) -> None:
    news, window, short = read(raw("skat-list.txt"))
    assert news.windows == []
    assert intervals(window) == [("2022-03-26T15:15:00+01:00", "2022-03-26T22:00:00+01:00")]
    assert intervals(short) == [("2022-03-20T12:00:00+01:00", "2022-03-20T13:00:00+01:00")]


def test_a_published_time_counts_where_the_form_has_none(zone: ZoneInfo) -> None:
    seen: list[Notice] = []

    def reader(notice: Notice, profile: Profile, at: ZoneInfo) -> Record:
        seen.append(notice)
        return read_notice(notice, profile, at.key)

    told = datetime(2026, 3, 2, 10, 15, tzinfo=zone)
    opened = open_input(
        "<html><p>Portalen er utilgængelig lørdag den 14. marts kl. 22-02.</p>", "", zone
    )
    (record,) = read_envelopes(opened, zone, told, reader)
    assert seen[0].published_at == told
    assert record.windows[0].start == "2026-03-14T22:00:00+01:00"
