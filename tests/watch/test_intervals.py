"""Intervals against sets of minutes."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from vindue.watch.intervals import Interval, by_month, clip, interval, merge, minutes, subtract

ZERO = datetime(2025, 3, 29, tzinfo=UTC)
COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def at(minute: int) -> datetime:
    return ZERO + timedelta(minutes=minute)


SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda p: (at(p[0]), at(p[0] + p[1]))),
    max_size=6,
)


def covered(intervals: list[Interval]) -> set[int]:
    return {
        n
        for start, end in intervals
        for n in range((start - ZERO) // timedelta(minutes=1), (end - ZERO) // timedelta(minutes=1))
    }


@given(SPANS)
def test_merging_keeps_what_is_covered_and_counts_it_once(spans: list[Interval]) -> None:
    merged = merge(spans)
    assert covered(merged) == covered(spans)
    assert minutes(merged) == len(covered(spans))
    assert all(left[1] < right[0] for left, right in itertools.pairwise(merged))


@given(SPANS, SPANS)
def test_subtracting(spans: list[Interval], others: list[Interval]) -> None:
    assert covered(subtract(spans, others)) == covered(spans) - covered(others)


@given(SPANS, st.integers(0, 80), st.integers(0, 80))
def test_clipping(spans: list[Interval], low: int, high: int) -> None:
    assert covered(clip(spans, at(low), at(high))) == covered(spans) & set(range(low, high))


def test_the_clock_change_is_counted_as_it_passes() -> None:
    autumn = interval(
        datetime(2025, 10, 26, 0, tzinfo=COPENHAGEN), datetime(2025, 10, 27, 0, tzinfo=COPENHAGEN)
    )
    spring = interval(
        datetime(2025, 3, 30, 0, tzinfo=COPENHAGEN), datetime(2025, 3, 31, 0, tzinfo=COPENHAGEN)
    )
    assert autumn
    assert spring
    assert (minutes([autumn]), minutes([spring])) == (25 * 60, 23 * 60)


def test_a_window_over_new_year_is_cut_at_local_midnight() -> None:
    night = interval(
        datetime(2025, 12, 31, 22, tzinfo=COPENHAGEN), datetime(2026, 1, 1, 2, tzinfo=COPENHAGEN)
    )
    assert night
    parts = list(by_month([night], COPENHAGEN))
    assert [(month, minutes([part])) for month, part in parts] == [
        ("2025-12", 120),
        ("2026-01", 120),
    ]


def test_nothing_lies_between_equal_times() -> None:
    assert interval(ZERO, ZERO) is None
