"""Calendar events → labelled lines with the instants that the calendar tells."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from vindue.nlp.adapters import ical
from vindue.nlp.adapters.envelope import Envelope

Raw = Callable[[str], bytes]
Read = Callable[[bytes | str], tuple[Envelope, ...]]


@pytest.fixture
def read(zone: ZoneInfo, sound: Callable[[tuple[Envelope, ...]], tuple[Envelope, ...]]) -> Read:
    return lambda data: sound(ical.decode(data, zone))


def event(*lines: str) -> str:
    inner = "\n".join(("UID:u1", "SUMMARY:Work", *lines))
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\n{inner}\nEND:VEVENT\nEND:VCALENDAR\n"


def lines_of(envelope: Envelope) -> list[str]:
    return envelope.notice.body.of(envelope.notice.text).splitlines()


def codes_of(envelope: Envelope) -> list[str]:
    return [finding.code for finding in envelope.notice.findings]


def test_a_maintenance_note_in_its_newest_telling(raw: Raw, read: Read) -> None:
    router, *_ = read(raw("maintenance.ics"))
    notice = router.notice
    assert notice.given_id == "router@carrier.example"
    assert notice.title
    assert notice.title.text == "Router upgrade, Aarhus"
    assert lines_of(router) == [
        "Scheduled maintenance",
        "Start: 2026-10-24 21:00 UTC",
        "End: 2026-10-25 03:00 UTC",
        "Affected: circuit-1, circuit-2",
        "The services will be unavailable.",
        "",
        "We replace the router that serves the circuits below.",
        "Nothing needs to be done on your side.",
    ]
    (earlier,) = router.history
    assert "Start: 2026-10-23 21:00 UTC\nEnd: 2026-10-23 23:00 UTC" in earlier.text.text
    assert earlier.replaced_at == notice.updated_at
    assert router.state == "scheduled"


def test_whole_days_end_on_the_last_one(raw: Raw, read: Read) -> None:
    days = read(raw("maintenance.ics"))[1]
    assert lines_of(days) == [
        "Date: 2026-03-14 - 2026-03-15",
        "The maintenance has been cancelled.",
    ]
    assert days.state == "cancelled"
    (one,) = read(event("DTSTART;VALUE=DATE:20260314", "DTEND;VALUE=DATE:20260315"))
    assert lines_of(one) == ["Date: 2026-03-14"]


def test_nights_over_the_change_of_clock_and_one_moved(raw: Raw, read: Read) -> None:
    nights, last = read(raw("maintenance.ics"))[2:]
    assert lines_of(nights) == [
        "Start: 2026-03-27 21:00 UTC",
        "End: 2026-03-28 01:00 UTC",
        "Start: 2026-03-29 20:00 UTC",
        "End: 2026-03-30 00:00 UTC",
    ]
    assert lines_of(last) == ["Start: 2026-03-30 21:00 UTC", "End: 2026-03-30 23:00 UTC"]


@pytest.mark.parametrize(
    ("lines", "written", "codes"),
    [
        (["DTSTART:20260314T220000"], ["Start: 2026-03-14 22:00"], []),
        (["DTSTART:20260314T220000Z"], ["Start: 2026-03-14 22:00 UTC"], []),
        (
            ["DTSTART;TZID=Nowhere/Land:20260314T220000"],
            ["Start: 2026-03-14 22:00"],
            ["zone.unknown"],
        ),
        (
            ["DTSTART;TZID=America/New_York:20260314T220000", "DURATION:PT90M"],
            ["Start: 2026-03-15 02:00 UTC", "End: 2026-03-15 03:30 UTC"],
            [],
        ),
        (
            ["DTSTART:20260314T220000Z", "RRULE:FREQ=WEEKLY"],
            ["Start: 2026-03-14 22:00 UTC"],
            ["form.repeats"],
        ),
        (
            ["DTSTART:20260314T220000Z", "RDATE:20260316T220000Z"],
            ["Start: 2026-03-14 22:00 UTC", "Start: 2026-03-16 22:00 UTC"],
            [],
        ),
    ],
)
def test_times(lines: list[str], written: list[str], codes: list[str], read: Read) -> None:
    (envelope,) = read(event(*lines))
    assert lines_of(envelope) == written
    assert codes_of(envelope) == codes


def test_an_end_is_never_invented(read: Read) -> None:
    (envelope,) = read(event("DTSTART:20260314T220000Z"))
    assert not any(line.startswith("End") for line in lines_of(envelope))


def test_a_calendar_that_cancels(read: Read) -> None:
    cancel = event("DTSTART:20260314T220000Z").replace("VERSION:2.0", "VERSION:2.0\nMETHOD:CANCEL")
    (envelope,) = read(cancel)
    assert envelope.state == "cancelled"


def test_broken_events_cost_no_other_event(raw: Raw, read: Read) -> None:
    text = raw("maintenance.ics").decode()
    damaged = text.replace("DTSTART;VALUE=DATE:20260314", "DTSTART:2026-03-14 22:00")
    found = read(damaged)
    assert [codes_of(envelope) for envelope in found] == [[], ["form.broken"], [], []]
    cut = read(text[: text.index("DTSTAMP:20261001")])
    assert lines_of(cut[0])[1] == "Start: 2026-10-24 21:00 UTC"
    assert "form.truncated" in codes_of(cut[-1])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR", "form.empty"),
        ("not a calendar", "form.broken"),
        (b"\xff\xfe\x00", "form.broken"),
        ("BEGIN:VEVENT\n" * 30_000, "form.too_large"),
        (event("DTSTART:20260314T220000Z", "RRULE:FREQ=SECONDLY;COUNT=99999999"), "form.repeats"),
        (
            event("DTSTART:20260314T220000Z", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=2"),
            "form.repeats",
        ),
        (event("DTSTART:20260314T220000Z", "RRULE:FREQ=DAILY;COUNT=9999"), "form.repeats"),
        (event("DTSTART:99990101T000000Z", "DURATION:P99999999D"), "form.broken"),
    ],
    ids=["empty", "text", "bytes", "nesting", "seconds", "never", "many", "far"],
)
def test_hostile_calendars_end_in_a_finding(data: bytes | str, code: str, read: Read) -> None:
    (envelope,) = read(data)
    assert codes_of(envelope) == [code]
    assert len(lines_of(envelope)) <= 2 * 60
