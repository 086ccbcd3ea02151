"""The resolver piece by piece: what the corpus' notices do not tell apart."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from vindue.nlp.instants import instant, minutes_between, plausible, shifted, zone_named
from vindue.nlp.iso import write_day, write_duration

COPENHAGEN = "Europe/Copenhagen"
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def test_elapsed_time_is_not_that_of_the_wall_clock() -> None:
    before = instant(AUTUMN, 60, COPENHAGEN).at
    after = instant(AUTUMN, 240, COPENHAGEN).at
    assert minutes_between(before, after) == 240
    assert shifted(before, 240) == after
    assert write_duration(before, after) == "PT4H"
    assert write_duration(after, before) is None
    assert write_duration(after, after) == "PT0S"


def test_the_missing_hour_moves_and_the_doubled_one_is_the_first() -> None:
    assert instant(SPRING, 150, COPENHAGEN).at.isoformat() == "2026-03-29T03:30:00+02:00"
    assert instant(SPRING, 150, COPENHAGEN).kind == "missing"
    first, second = (instant(AUTUMN, 150, COPENHAGEN, fold) for fold in (0, 1))
    assert (first.at.isoformat(), first.kind) == ("2026-10-25T02:30:00+02:00", "doubled")
    assert (second.at.isoformat(), second.kind) == ("2026-10-25T02:30:00+01:00", "doubled")
    assert instant(SPRING, 1440, COPENHAGEN).at.isoformat() == "2026-03-30T00:00:00+02:00"


@pytest.mark.parametrize(
    ("name", "hours", "minutes"), [("+05:30", 5, 30), ("-03:00", -3, 0), ("-03:30", -3, -30)]
)
def test_an_offset_is_a_zone(name: str, hours: int, minutes: int) -> None:
    offset = timedelta(hours=hours, minutes=minutes)
    assert zone_named(name).utcoffset(datetime(2026, 1, 1)) == offset


@pytest.mark.parametrize(
    ("year", "known"), [(1989, False), (1990, True), (2199, True), (2200, False)]
)
def test_years_in_which_zones_can_be_told(year: int, known: bool) -> None:
    at = datetime(year, 6, 1, tzinfo=UTC)
    assert (plausible(at) is at) is known
    assert plausible(None) is None


def test_days_are_named() -> None:
    assert write_day(SPRING) == "Sunday 2026-03-29"
    assert write_day(SPRING, 3) == "Sun 2026-03-29"
