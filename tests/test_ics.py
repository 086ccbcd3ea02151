"""The calendar feed, read by two programs that did not write it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest

from tests.out_records import (
    AUTUMN,
    AUTUMN_SECOND,
    EVENING,
    SPRING,
    impact,
    labelled_records,
    make,
    revision,
    window,
)
from vindue.nlp.record import Record
from vindue.out.ics import calendar

Times = dict[str, tuple[datetime, datetime | None]]


def _by_vobject(feed: str) -> Times:
    """As the contacts and calendar server Radicale reads it."""
    # It keeps the first zone that it meets under a name, years and all, for the whole
    # process; a calendar program opens one feed with the zones of that feed.
    for tzid in set(re.findall(r"(?m)^TZID:(.+?)\r?$", feed)):
        import_module("vobject.icalendar").registerTzid(tzid, None)
    events = import_module("vobject").readOne(feed).vevent_list
    return {
        event.uid.value: (
            event.dtstart.value,
            event.dtend.value if hasattr(event, "dtend") else None,
        )
        for event in events
    }


def _by_ical(feed: str) -> Times:
    """As the local calendar of Home Assistant reads it."""
    stream = import_module("ical.calendar_stream").IcsCalendarStream
    events = stream.calendar_from_ics(feed).events
    return {event.uid: (event.dtstart, event.dtend) for event in events}


READERS = pytest.mark.parametrize("read", [_by_vobject, _by_ical])


@READERS
def test_every_labelled_window_has_the_same_times(read: Callable[[str], Times]) -> None:
    records = [record for _, record in labelled_records()]
    found = read(calendar(records))
    count = 0
    for record in records:
        for number, told in enumerate(record.windows, start=1):
            start, end = found[f"{record.id}-w{number}@vindue"]
            count += 1
            assert told.start is None or start == datetime.fromisoformat(told.start)
            assert told.end is None or end == datetime.fromisoformat(told.end)
    assert count == len(found)
    assert count > 200


@READERS
@pytest.mark.parametrize("told", [AUTUMN, AUTUMN_SECOND, SPRING])
def test_the_nights_when_the_clocks_change(
    read: Callable[[str], Times], told: dict[str, Any]
) -> None:
    ((start, end),) = read(calendar([make(told)])).values()
    assert start == datetime.fromisoformat(told["start"])
    assert end == datetime.fromisoformat(told["end"])


def test_a_time_in_the_doubled_hour_is_written_in_utc() -> None:
    assert "DTSTART:20251026T004500Z" in calendar([make(AUTUMN)])
    assert "DTSTART;TZID=Europe/Copenhagen:20250520T180000" in calendar([make(EVENING)])


def test_the_zone_changes_at_the_old_offset() -> None:
    feed = calendar([make(SPRING)])
    daylight = feed[feed.index("DTSTART:20250330T") :][:200].splitlines()
    assert daylight[0] == "DTSTART:20250330T020000"
    assert "TZOFFSETFROM:+0100" in daylight
    assert "TZOFFSETTO:+0200" in daylight


def test_one_more_revision_updates_the_event() -> None:
    first = make(EVENING)
    later = EVENING | {"end": "2025-05-21T01:00:00+02:00"}
    second = make(later, revisions=[revision("extended", None, "2025-05-21T01:00:00+02:00")])
    store: dict[str, Any] = {}
    for record in (first, second):
        for event in import_module("vobject").readOne(calendar([record])).vevent_list:
            old = store.get(event.uid.value)
            if old is None or int(event.sequence.value) > int(old.sequence.value):
                store[event.uid.value] = event
    (event,) = store.values()
    assert event.sequence.value == "1"
    assert event.dtend.value == datetime(2025, 5, 20, 23, tzinfo=UTC)


def test_a_cancelled_window_is_cancelled_not_dropped() -> None:
    feed = calendar([make(EVENING | {"status": "cancelled"}, status="cancelled")])
    assert "STATUS:CANCELLED" in feed
    assert "X-MAINTNOTE-STATUS:CANCELLED" in feed


def test_an_end_is_never_invented() -> None:
    feed = calendar([make(window("2025-05-20T18:00:00+02:00", None, open_end=True))])
    assert "DTEND" not in feed
    assert "DURATION" not in feed
    assert "X-VINDUE-OPEN-END:TRUE" in feed


def test_a_window_of_which_only_the_end_is_known() -> None:
    feed = calendar([make(window(None, "2025-05-20T03:00:00+02:00"))])
    assert "DTSTART;TZID=Europe/Copenhagen:20250520T030000" in feed
    assert "X-VINDUE-START-UNKNOWN:TRUE" in feed


def test_a_window_without_any_time_is_no_event() -> None:
    assert "VEVENT" not in calendar([make(window(None, None))])


def test_what_maintenance_software_reads() -> None:
    record = make(
        EVENING,
        impacts=[impact("file", "delayed", "dms-import"), impact("all", "closed", "manifest")],
        work_orders=["WO0000000000001"],
        revisions=[revision("info"), revision("info")],
    )
    feed = calendar([record]).splitlines()
    assert "X-MAINTNOTE-IMPACT:DEGRADED" in feed
    assert "X-MAINTNOTE-MAINTENANCE-ID:WO0000000000001" in feed
    assert "X-MAINTNOTE-OBJECT-ID:dms-import" in feed
    assert "X-MAINTNOTE-PROVIDER:skat" in feed
    assert "CATEGORIES:production,dms-import" in feed
    assert "SEQUENCE:2" in feed
    assert "UID:skat-20250514T075600-w1@vindue" in feed


def test_the_feed_is_in_the_notices_language_or_the_one_asked_for() -> None:
    record = make(EVENING)
    assert "SUMMARY:Service window: DMS Import" in calendar([record])
    assert "SUMMARY:Servicevindue: DMS Import" in calendar([record], "da")
    danish = make(EVENING, language="da")
    assert "SUMMARY:Servicevindue: DMS Import" in calendar([danish])


def test_the_same_records_give_the_same_feed() -> None:
    records: list[Record] = [make(EVENING), make(AUTUMN)]
    assert calendar(records) == calendar(records)


def test_windows_in_another_zone() -> None:
    told = window("2025-05-20T12:00:00-04:00", "2025-05-20T13:00:00-04:00")
    feed = calendar([make(told | {"timezone": "America/New_York"})])
    ((start, _),) = _by_vobject(feed).values()
    assert start == datetime(2025, 5, 20, 16, tzinfo=UTC)
    assert "TZID:America/New_York" in feed
