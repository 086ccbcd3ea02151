"""Figures agree with those counted minute by minute out of the labels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

import pytest

from tests.out_records import impact, labelled_records, make, window
from tests.watch import by_minute
from vindue.corpus.cases import page_cases
from vindue.corpus.export import plain_label
from vindue.corpus.reading import page_records, records_of
from vindue.nlp.record import Record
from vindue.watch.downtime import stretches
from vindue.watch.stats import Frame, Stats, make_stats
from vindue.watch.tables import stats_lines

DAY = "2026-05-30T"
EIGHT, TEN, NOON, SIX = (f"{DAY}{hour}:00:00+02:00" for hour in ("08", "10", "12", "18"))


def labels() -> list[dict[str, Any]]:
    return [plain_label(case.label, case.name) for case in page_cases()]


@cache
def from_labels() -> Stats:
    return make_stats([record for case, record in labelled_records() if case.source == "skat"])


@cache
def from_page() -> Stats:
    return make_stats(page_records())


def table(stats: Stats) -> dict[tuple[str, str, str], tuple[float, float, float]]:
    return {
        (row.system, row.channel, row.month or ""): (
            row.outage_hours, row.degraded_hours, row.unstated_hours,
        )
        for row in [*stats.totals, *stats.months]
    }  # fmt: skip


def test_hours_are_those_of_the_labels_minute_by_minute() -> None:
    wanted = by_minute.hours(labels())
    found = table(from_labels())
    assert found.keys() == wanted.keys()
    for cell, levels in wanted.items():
        assert found[cell] == pytest.approx([levels[name] for name in by_minute.LEVELS], abs=1e-3)


@pytest.mark.parametrize("part", ["extensions", "punctuality"])
def test_extensions_and_punctuality_are_those_of_the_labels(part: str) -> None:
    wanted = getattr(by_minute, part)(labels())
    found = getattr(from_labels(), part).model_dump()
    assert {key: found[key] for key in wanted} == pytest.approx(wanted, abs=1e-3)


def total(stats: Stats) -> float:
    return sum(row.outage_hours for row in stats.totals if row.channel == "any")


def test_the_page_as_read_agrees_with_the_labels() -> None:
    """What is left is what the reader misses: the corpus's score, not these figures' matter."""
    wanted, found = table(from_labels()), table(from_page())
    same = [cell for cell in wanted if found.get(cell) == pytest.approx(wanted[cell], abs=0.02)]
    # A notice that is read otherwise shows in each of its systems' months.
    assert len(same) >= 0.9 * len(wanted)
    assert total(from_page()) == pytest.approx(total(from_labels()), rel=0.02)
    assert from_page().punctuality == from_labels().punctuality
    read, said = from_page().extensions, from_labels().extensions
    # A window that is read as taking place though it was called off counts as one more.
    assert read.windows == pytest.approx(said.windows, abs=2)
    ignored = {"windows", "extended_share"}
    assert read.model_dump(exclude=ignored) == said.model_dump(exclude=ignored)


def spans(record: Record) -> set[tuple[object, ...]]:
    return {(s.system, s.way, s.level, s.start, s.end) for s in stretches(record)}


def test_nearly_every_notice_of_the_page_as_read_makes_its_downtime_exactly() -> None:
    read = records_of(page_cases())
    said = {case.name: record for case, record in labelled_records() if case.source == "skat"}
    exact = [name for name in said if name in read and spans(read[name]) == spans(said[name])]
    assert len(exact) >= 0.99 * len(said)


def hours(*records: Record, frame: Frame | None = None) -> dict[tuple[str, str], Sequence[float]]:
    stats = make_stats(records, frame)
    return {
        (row.system, row.channel): (row.outage_hours, row.degraded_hours, row.unstated_hours)
        for row in stats.totals
    }


def test_two_notices_of_one_window_count_once() -> None:
    down = impact("file", "rejected", "dms-import")
    first = make(window(EIGHT, NOON), impacts=[down])
    second = make(window(TEN, SIX), id="other", impacts=[down])
    assert hours(first, second)["dms-import", "file"] == (10, 0, 0)


def test_an_hour_counts_at_its_worst() -> None:
    slow = make(window(EIGHT, SIX), impacts=[impact("online", "delayed", "dms-import")])
    down = make(window(TEN, NOON), impacts=[impact("online", "unavailable", "dms-import")])
    assert hours(slow, down)["dms-import", "online"] == (2, 8, 0)


def test_what_is_not_affected_is_not_down() -> None:
    told = hours(make(window(EIGHT, SIX), impacts=[impact("all", "unaffected", "dms-import")]))
    assert told == {}


def test_an_effect_that_is_not_stated() -> None:
    assert hours(make(window(EIGHT, SIX))) == {("dms-import", "any"): (0, 0, 10)}


def test_a_closed_link_is_no_outage_of_the_system() -> None:
    told = hours(make(window(EIGHT, SIX), impacts=[impact("connection", "closed", "dms-import")]))
    assert told["dms-import", "connection"] == (10, 0, 0)
    assert told["dms-import", "any"] == (0, 10, 0)


def test_a_window_for_one_channel_speaks_for_it() -> None:
    down = [impact("file", "rejected", "dms-import"), impact("online", "closed", "dms-import")]
    told = hours(make(window(EIGHT, SIX), window(TEN, NOON, channel="file"), impacts=down))
    assert told["dms-import", "file"] == (2, 0, 0)
    assert told["dms-import", "online"] == (10, 0, 0)


@pytest.mark.parametrize("status", ["cancelled", "postponed", "duplicate"])
def test_what_did_not_take_place_makes_no_hours(status: str) -> None:
    stats = make_stats([make(window(EIGHT, SIX, status=status))])
    assert stats.totals == []
    assert stats.windows.by_status == {status: 1}
    assert stats.extensions.windows == 0


def test_the_end_that_was_told_counts() -> None:
    told = hours(make(window(EIGHT, SIX, actual_end=TEN, status="completed")))
    assert told["dms-import", "any"] == (0, 0, 2)


def test_windows_without_an_end_or_a_clock_make_no_hours() -> None:
    stats = make_stats([
        make(window(EIGHT, None, open_end=True)),
        make(window(f"{DAY}00:00:00+02:00", "2026-05-31T00:00:00+02:00", precision="day")),
    ])  # fmt: skip
    assert stats.totals == []
    assert (stats.windows.no_end, stats.windows.no_clock) == (1, 1)


def test_a_frame_cuts_hours_and_picks_windows() -> None:
    frame = Frame(datetime.fromisoformat(TEN), datetime.fromisoformat(NOON))
    record = make(window(EIGHT, SIX))
    assert hours(record, frame=frame)["dms-import", "any"] == (0, 0, 2)
    assert make_stats([record], frame).windows.total == 0


def test_environments_are_kept_apart() -> None:
    test = make(window(EIGHT, TEN), environments=["test"])
    both = make(window(TEN, SIX), environments=["production", "test"])
    assert hours(test, both)["dms-import", "any"] == (0, 0, 8)
    assert hours(test, both, frame=Frame(scope="test"))["dms-import", "any"] == (0, 0, 10)


def test_early_on_time_and_late() -> None:
    ends = ("17:54:00", "17:55:00", "18:05:00", "18:06:00")
    told = make_stats([
        make(window(EIGHT, SIX, actual_end=f"{DAY}{end}+02:00", status="completed")) for end in ends
    ]).punctuality  # fmt: skip
    assert (told.early, told.on_time, told.late, told.measured) == (1, 2, 1, 4)


def test_lines_for_people() -> None:
    lines = list(stats_lines(from_labels(), months=True))
    assert any(line.startswith("dms-import") and "2026-05" in line for line in lines)
    assert any(line.startswith("extended: ") for line in lines)
