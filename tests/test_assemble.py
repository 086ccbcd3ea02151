"""Readings → record: order, derived values, evidence that equals the source."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from vindue.grammars.load import load_profile
from vindue.nlp.assemble import Readings, assemble
from vindue.nlp.iso import write_duration
from vindue.nlp.notices import text_notice
from vindue.nlp.readings import (
    Effects,
    Facts,
    ImpactReading,
    RevisionReading,
    Schedule,
    SystemMention,
    WindowReading,
)
from vindue.nlp.record import Record
from vindue.nlp.spans import Finding, Notice, Piece, Proof, Span

ZONE = ZoneInfo("Europe/Copenhagen")
TEXT = """ManifestPRD-servicewindow Sunday26-10-2025 kl. 06:52

0245 - 0315 and 0100 - 0130
DMS Import is closed
Extended to 0330
see NOTICE-7

24-10-2025 08:00:00
"""


def at(hour: int, minute: int, *, fold: int = 0, day: int = 26) -> datetime:
    return datetime(2025, 10, day, hour, minute, tzinfo=ZONE, fold=fold)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def notice() -> Notice:
    return text_notice(TEXT, load_profile("skat"), ZONE)


def record(
    facts: Facts | None = None, schedule: Schedule | None = None, effects: Effects | None = None
) -> Record:
    readings = Readings(facts or Facts(), schedule or Schedule(), effects or Effects())
    return assemble(notice(), readings, load_profile("skat"), "Europe/Copenhagen")


SECOND_HOUR = WindowReading(
    start=at(2, 45),
    end=at(3, 15),
    planned_end=at(3, 0),
    proofs=(Proof("start", span("0245")), Proof("end", span("0315"))),
    confidence=0.98765,
)
FIRST = WindowReading(start=at(1, 0), end=at(1, 30), systems=("ncts",), status="cancelled")


def test_windows_stand_in_order_of_start_with_their_evidence() -> None:
    found = record(schedule=Schedule(windows=(SECOND_HOUR, FIRST)))
    assert [window.start for window in found.windows] == [
        "2025-10-26T01:00:00+02:00",
        "2025-10-26T02:45:00+02:00",
    ]
    pointed = {item.field: item.text for item in found.evidence}
    assert pointed["/windows/1/start"] == "0245"
    assert pointed["/windows/1/end"] == "0315"
    assert found.windows[1].confidence == 0.988


def test_both_autumn_hours_sort_by_the_true_time() -> None:
    later, earlier = WindowReading(at(2, 30, fold=1), None), WindowReading(at(2, 40), None)
    found = record(schedule=Schedule(windows=(later, earlier)))
    assert [window.start for window in found.windows] == [
        "2025-10-26T02:40:00+02:00",
        "2025-10-26T02:30:00+01:00",
    ]


def test_a_window_without_a_start_stands_last() -> None:
    found = record(schedule=Schedule(windows=(WindowReading(None, at(3, 0)), FIRST)))
    assert [window.start is None for window in found.windows] == [False, True]
    assert found.windows[1].duration is None


SPRING = datetime(2026, 3, 29, 0, 30, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("start", "end", "duration"),
    [
        (at(2, 45), at(3, 15), "PT1H30M"),
        (at(2, 45), at(2, 45, fold=1), "PT1H"),
        (at(20, 0, day=25), at(20, 0), "PT25H"),
        (at(1, 0), at(1, 0), "PT0S"),
        (at(1, 0), at(1, 0) + timedelta(seconds=5), "PT5S"),
        (at(3, 0), at(1, 0), None),
        (
            datetime(2026, 3, 29, 1, 30, tzinfo=ZONE),
            datetime(2026, 3, 29, 3, 30, tzinfo=ZONE),
            "PT1H",
        ),
    ],
)
def test_duration_is_elapsed_time(start: datetime, end: datetime, duration: str | None) -> None:
    assert write_duration(start, end) == duration


def test_a_window_takes_status_and_systems_of_its_notice_unless_it_has_its_own() -> None:
    schedule = Schedule(windows=(FIRST, SECOND_HOUR), status="completed")
    found = record(schedule=schedule, effects=Effects(systems=("manifest", "dms-import")))
    assert [window.status for window in found.windows] == ["cancelled", "completed"]
    assert [window.systems for window in found.windows] == [["ncts"], ["dms-import", "manifest"]]


def test_impacts_carry_level_text_and_span() -> None:
    reading = ImpactReading(("dms-import",), "all", "unavailable", span("DMS Import is closed"))
    effects = Effects(
        systems=("dms-import",),
        mentions=(SystemMention(span("DMS Import"), ("dms-import",)),),
        impacts=(reading,),
    )
    found = record(effects=effects)
    assert [(i.level, i.text, i.by) for i in found.impacts] == [
        ("outage", "DMS Import is closed", "rule")
    ]
    pointed = {item.field: item.text for item in found.evidence}
    assert pointed["/systems/0"] == "DMS Import"
    assert pointed["/impacts/0"] == "DMS Import is closed"


def test_revisions_say_when_by_time_or_by_date() -> None:
    line = span("Extended to 0330")
    schedule = Schedule(
        revisions=(
            RevisionReading("extended", line, at(3, 5), at(3, 30)),
            RevisionReading("info", line, date(2025, 10, 27)),
            RevisionReading("info", line),
        ),
        duplicate_of=Piece("NOTICE-7", span("NOTICE-7")),
        status="duplicate",
        status_span=span("see NOTICE-7"),
    )
    found = record(schedule=schedule)
    assert [revision.at for revision in found.revisions] == [
        "2025-10-26T03:05:00+01:00",
        "2025-10-27",
        None,
    ]
    assert found.revisions[0].end == "2025-10-26T03:30:00+01:00"
    assert found.duplicate_of == "NOTICE-7"
    assert {"/status", "/duplicate_of", "/revisions/2"} <= {item.field for item in found.evidence}


def test_outer_facts_have_their_evidence() -> None:
    found = record(facts=Facts(work_orders=(Piece("WO1", span("NOTICE-7")),)))
    pointed = {item.field: item.text for item in found.evidence}
    assert pointed == {
        "/title": "PRD-servicewindow Sunday",
        "/tags/0": "Manifest",
        "/published_at": "24-10-2025 08:00:00",
        "/updated_at": "26-10-2025 kl. 06:52",
        "/work_orders/0": "NOTICE-7",
    }
    assert all(item.text == TEXT[item.start : item.end] for item in found.evidence)


def test_findings_of_all_stages_become_diagnostics_in_order() -> None:
    def finding(code: str) -> Finding:
        return Finding(code, "warning", "why", span("0245"), "0245", "02:45")

    found = record(
        Facts(findings=(finding("a.facts"),)),
        Schedule(findings=(finding("b.schedule"),)),
        Effects(findings=(finding("c.effects"), Finding("d.bare", "info", "why"))),
    )
    assert [d.code for d in found.diagnostics] == ["a.facts", "b.schedule", "c.effects", "d.bare"]
    assert (found.diagnostics[0].found, found.diagnostics[0].used) == ("0245", "02:45")
    assert TEXT[found.diagnostics[0].start : found.diagnostics[0].end] == "0245"
    assert found.diagnostics[3].start is None


def test_a_title_broken_over_lines_is_written_on_one() -> None:
    text = TEXT.replace("PRD-servicewindow Sunday", "PRD-servicewindow\r\n  Sunday")
    found = assemble(
        text_notice(text, load_profile("skat"), ZONE),
        Readings(Facts(), Schedule(), Effects()),
        load_profile("skat"),
        "Europe/Copenhagen",
    )
    assert found.title == "PRD-servicewindow Sunday"
    assert found.evidence[0].text == "PRD-servicewindow\r\n  Sunday"


def test_times_are_written_with_their_own_offset() -> None:
    window = WindowReading(datetime(2025, 10, 26, 0, 45, tzinfo=UTC), at(3, 15))
    found = record(schedule=Schedule(windows=(window,)))
    assert found.windows[0].start == "2025-10-26T00:45:00+00:00"
    assert found.windows[0].duration == "PT1H30M"
