"""Dates and words written anew keep the shape that they stood in."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from vindue.out.rewording import capitals_of, clock, dated, moment, with_year


@pytest.mark.parametrize(
    ("written", "day", "language", "anew"),
    [
        ("Wednesday October 14, 2025", date(2025, 10, 15), "en", "Wednesday October 15, 2025"),
        ("Wednesday May 4th, 2023", date(2023, 5, 4), "en", "Thursday May 4th, 2023"),
        ("Tuesday May 2nd, 2023", date(2023, 5, 3), "en", "Wednesday May 3, 2023"),
        ("Wednesday March 114, 2026", date(2026, 3, 11), "en", "Wednesday March 11, 2026"),
        ("Wednesday May 15, 2400", date(2024, 5, 15), "en", "Wednesday May 15, 2024"),
        ("Sat. 14 Mar 2026", date(2026, 3, 15), "en", "Sun. 15 Mar 2026"),
        ("tirsdag den 13. maj 2025", date(2025, 5, 14), "da", "onsdag den 14. maj 2025"),
        ("TIRSDAG 5. MAJ 2026", date(2026, 5, 6), "da", "ONSDAG 6. MAJ 2026"),
        ("25-06-2025", date(2025, 7, 4), "en", "04-07-2025"),
        ("2026-03-14", date(2026, 4, 1), "da", "2026-04-01"),
        ("03/14/2026", date(2026, 3, 15), "en", "03/15/2026"),
        ("20.09.23", date(2023, 9, 21), "da", "21.09.23"),
        ("June 6/7, 2025", date(2025, 6, 6), "en", "Friday 6 June 2025"),
        ("next Friday", date(2025, 6, 6), "en", "Friday 6 June 2025"),
    ],
)
def test_a_date_anew(written: str, day: date, language: str, anew: str) -> None:
    assert dated(written, day, language) == anew  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "language", "anew"),
    [
        ("friday 22nd November", "en", "friday 22nd November 2024"),
        ("Oct. 15", "en", "Oct. 15, 2024"),
        ("18/11", "en", "18/11/2024"),
        ("den 4. marts", "da", "den 4. marts 2024"),
        ("fredag", "da", "fredag den 22. november 2024"),
    ],
)
def test_a_year_added(written: str, language: str, anew: str) -> None:
    assert with_year(written, date(2024, 11, 22), language) == anew  # type: ignore[arg-type]


def test_a_clock_time_gets_its_day() -> None:
    assert moment(date(2025, 6, 25), "17:20", "en") == "Wednesday 25 June 2025 at 17:20"
    assert moment(date(2025, 6, 25), "17.20", "da") == "onsdag den 25. juni 2025 kl. 17.20"


def test_a_clock_time_in_the_doubled_hour() -> None:
    at = datetime(2025, 10, 26, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Copenhagen"))
    assert clock(at, "en") == "02:30 (ST)"


def test_capitals_are_kept() -> None:
    assert capitals_of("Marts", "march") == "March"
    assert capitals_of("MARTS", "march") == "MARCH"
    assert capitals_of("marts", "march") == "march"
