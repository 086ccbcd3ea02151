"""Scheduled maintenances in JSON → labelled lines, updates newest first."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from vindue.nlp.adapters import statuspage
from vindue.nlp.adapters.envelope import Envelope

Raw = Callable[[str], bytes]
Read = Callable[[bytes | str], tuple[Envelope, ...]]


@pytest.fixture
def read(zone: ZoneInfo, sound: Callable[[tuple[Envelope, ...]], tuple[Envelope, ...]]) -> Read:
    return lambda data: sound(statuspage.decode(data, zone))


def body_of(envelope: Envelope) -> str:
    return envelope.notice.body.of(envelope.notice.text)


def codes_of(envelope: Envelope) -> list[str]:
    return [finding.code for finding in envelope.notice.findings]


def test_maintenances_of_a_page(raw: Raw, read: Read) -> None:
    done, planned = read(raw("scheduled-maintenances.json"))
    assert body_of(done).splitlines() == [
        "Scheduled maintenance",
        "Start: 2026-03-14 21:00 UTC",
        "End: 2026-03-14 23:00 UTC",
        "Affected: API, Web",
        "",
        "Update 2026-03-14 23:40 UTC: Completed - The scheduled maintenance has been completed.",
        "",
        "Update 2026-03-14 21:00 UTC: In progress - The maintenance is currently in progress.",
        "",
        "We will upgrade the database. The API will be unavailable.",
    ]
    assert done.notice.given_id == "k1"
    assert done.state == "completed"
    assert done.notice.published_at
    assert done.notice.published_at.isoformat() == "2026-03-01T10:00:00+01:00"
    assert body_of(planned).splitlines() == [
        "Scheduled maintenance",
        "Start: 2026-10-25 01:15 UTC",
        "End: 2026-10-25 01:45 UTC",
    ]
    assert done.notice.span.end == planned.notice.span.start


@pytest.mark.parametrize("wrap", ["scheduled_maintenance", "incident", "", "list"])
def test_one_maintenance_in_each_wrapping(wrap: str, read: Read) -> None:
    item = {"id": 7, "name": "Work", "status": "postponed", "scheduled_for": "2026-03-14T21:00:00Z"}
    value: Any = [item] if wrap == "list" else {wrap: item} if wrap else item
    (envelope,) = read(json.dumps(value))
    assert envelope.notice.given_id == "7"
    assert envelope.state == "postponed"
    assert body_of(envelope) == "Scheduled maintenance\nStart: 2026-03-14 21:00 UTC\nPostponed."


def test_updates_that_hold_html(read: Read) -> None:
    update = {"status": "in_progress", "body": "<p>We <b>work</b>.</p><p>&Aring;ben</p>"}
    item = {"name": "x", "scheduled_for": "2026-03-14T21:00:00Z", "incident_updates": [update]}
    (envelope,) = read(json.dumps(item))
    assert body_of(envelope).endswith("Update: In progress - We work.\n\nÅben")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("{", "form.broken"),
        ("", "form.broken"),
        ("[" * 100_000, "form.broken"),
        ("[]", "form.empty"),
        ('{"scheduled_maintenances": 3}', "form.empty"),
        ('{"scheduled_maintenances": [null, 4, {"name": "x"}]}', "form.empty"),
        ('{"name": "x", "scheduled_for": "soon"}', "stamp.unreadable"),
        ('{"name": "x", "scheduled_for": "0001-01-01T00:00:00+23:59"}', "stamp.unreadable"),
        (
            '{"name": {}, "scheduled_for": [1], "incident_updates": [1, {"body": 3}]}',
            "stamp.unreadable",
        ),
        (b"\x00\x01\x02", "form.broken"),
    ],
)
def test_broken_and_hostile_json_ends_in_an_error(data: bytes | str, code: str, read: Read) -> None:
    (envelope,) = read(data)
    assert codes_of(envelope) == [code]


def test_a_lone_surrogate_can_be_written_out(read: Read) -> None:
    (envelope,) = read('{"name": "a\\ud800b", "scheduled_for": "2026-03-14T21:00:00Z"}')
    assert envelope.notice.title
    assert envelope.notice.title.text == "a\ufffdb"
    envelope.notice.text.encode("utf-8")


def test_hostile_more_maintenances_than_anyone_plans(read: Read) -> None:
    item = {"name": "x", "scheduled_for": "2026-03-14T21:00:00Z"}
    found = read(json.dumps({"scheduled_maintenances": [item] * (statuspage.MAX_EVENTS + 5)}))
    assert len(found) == statuspage.MAX_EVENTS
