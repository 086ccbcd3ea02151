"""The checker for authors: each rule with place, reason and suggestion; the page; the mending."""

from __future__ import annotations

from functools import cache

import pytest

from vindue import parse, parse_page
from vindue.corpus.cases import Case, load_cases, page_path
from vindue.corpus.reading import page_records
from vindue.corpus.texts import read_page
from vindue.nlp.record import Record
from vindue.out.lint import Flaw, fixed, lint
from vindue.out.mending import mend

PUBLISHED = "2026-03-01T10:00:00+01:00"
CLEAN = """Service window DMS Import

Tuesday 10 March 2026, 18:00-20:00 CET

DMS Import will be unavailable during the service window.
"""
REN = """Servicevindue DMS Import

Tirsdag den 10. marts 2026 kl. 18.00-20.00 dansk tid

DMS Import er ikke tilgængelig under servicevinduet.
"""


def _read(text: str) -> list[Record]:
    return [parse(text, published_at=PUBLISHED)]


def _flaws(text: str) -> list[Flaw]:
    return lint(text, _read(text))


def _only(text: str, rule: str) -> Flaw:
    (flaw,) = [flaw for flaw in _flaws(text) if flaw.rule == rule]
    assert text[flaw.start : flaw.end].split() == flaw.found.split()
    return flaw


@pytest.mark.parametrize("text", [CLEAN, REN])
def test_a_clean_notice_has_no_failing_flaw(text: str) -> None:
    assert [flaw for flaw in _flaws(text) if flaw.fails] == []


def test_weekday_against_date() -> None:
    text = REN.replace("Tirsdag", "Onsdag")
    flaw = _only(text, "weekday")
    assert flaw.suggestion == "Tirsdag den 10. marts 2026"
    assert (flaw.level, flaw.line, flaw.column) == ("error", 3, 1)
    assert "Ugedagen" in flaw.message


def test_title_against_body() -> None:
    text = CLEAN.replace("DMS Import\n", "DMS Import Monday 9 March 2026\n", 1)
    flaw = _only(text, "title")
    assert flaw.found == "Monday 9 March 2026"
    assert flaw.suggestion == "Tuesday 10 March 2026"


def test_a_missing_year() -> None:
    flaw = _only(CLEAN.replace(" 2026", ""), "year-missing")
    assert flaw.suggestion == "Tuesday 10 March 2026"
    assert flaw.fails


def test_an_end_before_its_start() -> None:
    flaw = _only(CLEAN.replace("18:00-20:00", "20:00-18:00"), "order")
    assert flaw.found == "18:00 CET"
    assert flaw.suggestion == "Wednesday 11 March 2026 at 18:00 CET"


def test_a_night_is_no_end_before_its_start() -> None:
    text = CLEAN.replace("18:00-20:00", "22:00-06:00")
    assert "order" not in {flaw.rule for flaw in _flaws(text)}


def test_an_hour_that_does_not_exist() -> None:
    text = CLEAN.replace("Tuesday 10 March 2026, 18:00-20:00", "Sunday 29 March 2026, 02:30-05:00")
    assert _only(text, "no-such-hour").suggestion == "03:30"


def test_an_hour_that_comes_twice() -> None:
    text = CLEAN.replace(
        "Tuesday 10 March 2026, 18:00-20:00 CET", "Sunday 25 October 2026, 02:30-05:00"
    )
    assert _only(text, "double-hour").suggestion == "02:30 (DST)"


def test_a_change_of_clocks_within_the_window_wants_a_word() -> None:
    text = REN.replace(
        "Tirsdag den 10. marts 2026 kl. 18.00-20.00", "Søndag den 25. oktober 2026 kl. 01.30-05.00"
    )
    flaw = _only(text, "clock-change")
    assert not flaw.fails
    again = fixed(text, [flaw])
    assert "sommertiden slutter" in again
    assert "clock-change" not in {left.rule for left in _flaws(again)}


def test_no_system_is_named() -> None:
    text = CLEAN.replace("DMS Import will", "The system will").replace(" DMS Import\n", "\n", 1)
    assert _only(text, "no-systems").fails


def test_an_unknown_system_is_a_hint() -> None:
    text = CLEAN.replace("DMS Import", "Frobnicator Plus")
    assert not _only(text, "unknown-system").fails


def test_misspellings() -> None:
    text = CLEAN.replace("March", "Mrach").replace("DMS Import will", "DMS Imprt will")
    assert _only(text, "spelling").suggestion == "March"
    assert _only(text, "system-spelling").suggestion == "DMS Import"


def test_a_month_of_the_other_language() -> None:
    text = CLEAN.replace("10 March", "10 Marts")
    flaw = _only(text, "other-language")
    assert (flaw.found, flaw.suggestion) == ("Marts", "March")


def test_two_weekdays() -> None:
    flaw = _only(CLEAN.replace("Tuesday 10", "Monday Tuesday 10"), "weekday")
    assert (flaw.found, flaw.suggestion) == ("Monday Tuesday", "Tuesday")


def test_a_window_in_the_past() -> None:
    records = [parse(CLEAN, published_at="2026-03-11T10:00:00+01:00")]
    assert "past" in {flaw.rule for flaw in lint(CLEAN, records)}
    assert "past" not in {flaw.rule for flaw in _flaws(CLEAN)}


def test_no_time_zone() -> None:
    flaw = _only(CLEAN.replace(" CET", ""), "no-zone")
    assert flaw.suggestion == "Tuesday 10 March 2026, 18:00-20:00 CET"
    assert not flaw.fails


def test_the_agencys_page_has_a_zone_of_its_own() -> None:
    text = read_page(page_path())
    assert "no-zone" not in {flaw.rule for flaw in lint(text, parse_page(text, profile="skat"))}


def test_messages_in_the_language_asked_for() -> None:
    text = CLEAN.replace(" 2026", "")
    danish = lint(text, _read(text), language="da")
    assert "mangler årstal" in " ".join(flaw.message for flaw in danish)


def test_of_two_overlapping_suggestions_the_graver_is_written() -> None:
    text = CLEAN.replace("Tuesday", "Friday").replace(" CET", "")
    again, left = mend(text, _read)
    assert "Tuesday 10 March 2026, 18:00-20:00 CET" in again
    assert [flaw for flaw in left if flaw.fails] == []


def test_what_is_not_flawed_stays_byte_for_byte() -> None:
    text = CLEAN.replace("March", "Mrach").replace("\n", "\r\n")
    again, _ = mend(text, _read)
    assert again == CLEAN.replace("\n", "\r\n")


# --- the page ------------------------------------------------------------------

MILD = {"work_order.missing"}
FALSE_ALARMS = 0.02
MENDED = 0.9


@cache
def _page() -> tuple[str, tuple[tuple[Case, Record], ...]]:
    cases = load_cases("skat")
    return read_page(page_path()), tuple(zip(cases, page_records(), strict=True))


def _codes(case: Case) -> set[str]:
    return {defect.code for defect in case.label.defects}


def _failing(text: str, record: Record) -> list[Flaw]:
    return [flaw for flaw in lint(text, [record]) if flaw.fails]


def test_every_labelled_conflict_of_the_page_is_found() -> None:
    text, pairs = _page()
    conflicted = [
        (case, record)
        for case, record in pairs
        if any(code.startswith("conflict.") for code in _codes(case))
    ]
    assert len(conflicted) >= 10
    missed = [
        case.name
        for case, record in conflicted
        if not any(flaw.level == "error" for flaw in _failing(text, record))
    ]
    assert missed == []


def test_clean_notices_of_the_page_raise_no_alarm() -> None:
    text, pairs = _page()
    clean = [(case, record) for case, record in pairs if not _codes(case) - MILD]
    alarms = {
        case.name: [(flaw.rule, flaw.found) for flaw in found]
        for case, record in clean
        if (found := _failing(text, record))
    }
    assert len(clean) > 100
    assert len(alarms) <= FALSE_ALARMS * len(clean), alarms


def test_mending_makes_most_flawed_notices_clean() -> None:
    text, pairs = _page()
    flawed = [record for _, record in pairs if _failing(text, record)]
    _, left = mend(text, lambda changed: parse_page(changed, profile="skat"))
    still = {flaw.notice for flaw in left if flaw.fails}
    assert len(flawed) > 20
    assert len(still) <= (1 - MENDED) * len(flawed), still
