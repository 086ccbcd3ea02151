"""Wall clocks made instants, on the nights on which clocks change too."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vindue.nlp.instants import instant, minutes_between, shifted, utc

ZONE = "Europe/Copenhagen"
AUTUMN = date(2025, 10, 26)
SPRING = date(2026, 3, 29)


def test_the_doubled_hour_is_the_first_unless_told() -> None:
    first, second = instant(AUTUMN, 150, ZONE), instant(AUTUMN, 150, ZONE, 1)
    assert (first.kind, first.at.isoformat()) == ("doubled", "2025-10-26T02:30:00+02:00")
    assert second.at.isoformat() == "2025-10-26T02:30:00+01:00"
    assert minutes_between(first.at, second.at) == 60


def test_the_missing_hour_moves_forward_by_the_gap() -> None:
    found = instant(SPRING, 150, ZONE)
    assert (found.kind, found.at.isoformat()) == ("missing", "2026-03-29T03:30:00+02:00")


def test_midnight_is_the_next_day() -> None:
    assert instant(date(2026, 5, 1), 1440, ZONE).at.isoformat() == "2026-05-02T00:00:00+02:00"


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("+05:30", "2026-01-05T12:00:00+05:30"),
        ("UTC", "2026-01-05T12:00:00+00:00"),
        ("America/New_York", "2026-01-05T12:00:00-05:00"),
    ],
)
def test_zones_by_name_and_by_offset(zone: str, told: str) -> None:
    assert instant(date(2026, 1, 5), 720, zone).at.isoformat() == told


@given(
    st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    st.integers(0, 1440),
    st.integers(-3000, 3000),
)
def test_elapsed_time_is_counted_through_utc(day: date, minute: int, by: int) -> None:
    start = instant(day, minute, ZONE).at
    assert minutes_between(start, shifted(start, by)) == by
    assert utc(shifted(start, by)) - utc(start) == timedelta(minutes=by)


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(0, 1439))
def test_the_wall_clock_is_kept_outside_the_gap(day: date, minute: int) -> None:
    found = instant(day, minute, ZONE)
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)
    if found.kind != "missing":
        assert found.at.replace(tzinfo=None, fold=0) == wall
