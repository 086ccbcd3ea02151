"""What surrounds a window: how sure it is, and which times of the text nothing was read from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.resolver_parts import WEIGHTS, at, clock, context, day, telling
from vindue.nlp.decoys import Decoys
from vindue.nlp.events import Event
from vindue.nlp.field_parts import Fields
from vindue.nlp.mentions.times import Interval, LineTimes
from vindue.nlp.readings import RevisionReading, WindowReading
from vindue.nlp.spans import Finding, Proof, Span
from vindue.nlp.surety import assured
from vindue.nlp.told_lines import Telling
from vindue.nlp.unread import unread_times, written_clocks
from vindue.nlp.updates import Updates

SCALE = WEIGHTS.surety
ABOUT = context("18 09:00")
BLANK = telling(LineTimes(), LineTimes(), LineTimes(), LineTimes())


def proofs(*places: int) -> tuple[Proof, ...]:
    return tuple(Proof("start", Span(place, place + 2)) for place in places)


def reading(start: str | None = "20 18:00", end: str | None = "20 20:00") -> WindowReading:
    first, last = (at(text) if text else None for text in (start, end))
    return WindowReading(first, last, confidence=0.9, proofs=proofs(100, 103, 106))


def off(
    *windows: WindowReading,
    told: Telling = BLANK,
    published: str | None = "18 09:00",
    **parts: object,
) -> float:
    revisions = (RevisionReading("edited", Span(0, 5)),) if parts.get("changed") else ()
    unread = (Finding("time.unread", "warning", ""),) if parts.get("unread") else ()
    about = replace(context(published), plain_source=bool(parts.get("plain")))
    found = assured(windows, revisions, unread, told, about)
    return round(windows[0].confidence - found[0].confidence, 3)


def test_nothing_odd_takes_nothing_off() -> None:
    assert off(reading()) == 0


@pytest.mark.parametrize(
    ("end", "odd"),
    [
        ("20 18:15", True),
        ("20 18:16", False),
        ("21 02:00", False),
        ("21 02:01", True),
        (None, True),
    ],
)
def test_a_short_or_a_long_window_is_less_sure(end: str | None, odd: bool) -> None:
    assert off(reading("20 18:00", end)) == (SCALE.odd_length if odd else 0)
    assert off(reading(None, end)) == SCALE.odd_length


@pytest.mark.parametrize(
    ("published", "begun"),
    [("20 17:59", False), ("20 18:00", False), ("20 18:01", True), (None, False)],
)
def test_a_window_that_had_begun_when_it_was_told(published: str | None, begun: bool) -> None:
    assert off(reading(), published=published) == (SCALE.begun if begun else 0)
    assert off(reading(None), published=published) == SCALE.odd_length


@pytest.mark.parametrize(("places", "apart"), [((100, 120, 122), False), ((100, 120, 140), True)])
def test_words_from_lines_far_apart(places: tuple[int, ...], apart: bool) -> None:
    assert off(replace(reading(), proofs=proofs(*places))) == (SCALE.apart if apart else 0)


@pytest.mark.parametrize("outside", [(50, 120, 122), (100, 112, 115), (100, 190, 195)])
def test_what_stands_on_no_line_is_not_far(outside: tuple[int, ...]) -> None:
    assert off(replace(reading(), proofs=proofs(*outside))) == 0


def test_the_last_letter_of_a_line_is_the_lines() -> None:
    assert off(replace(reading(), proofs=proofs(109, 149, 149))) == SCALE.apart
    assert off(replace(reading(), proofs=proofs(110, 149, 149))) == 0


def test_few_words_prove_little() -> None:
    assert off(replace(reading(), proofs=proofs(100, 103))) == SCALE.unproved
    assert off(replace(reading(), proofs=())) == SCALE.unproved


def test_what_is_inferred_or_left_unread_is_less_sure() -> None:
    assert off(replace(reading(), doubts=("date.inferred",))) == SCALE.day_inferred
    assert off(replace(reading(), doubts=("year.inferred",))) == SCALE.year_inferred
    assert off(reading(), changed=True) == SCALE.changed
    assert off(reading(), unread=True) == WEIGHTS.confidence.unread


def test_many_windows_are_each_less_sure() -> None:
    assert off(*(reading(),) * (SCALE.most_windows - 1)) == 0
    assert off(*(reading(),) * SCALE.most_windows) == SCALE.many


@pytest.mark.parametrize(("used", "odd"), [((100, 103, 106), True), ((0, 3, 106), False)])
def test_times_of_other_use_make_a_window_less_sure(used: tuple[int, ...], odd: bool) -> None:
    clocks = tuple(replace(clock("12:00"), span=Span(n, n + 2)) for n in (0, 4, 8))
    told = telling(LineTimes(clocks=clocks))
    window = replace(reading(), proofs=proofs(*used))
    assert off(window, told=told) == (SCALE.unused if odd else 0)


def test_a_source_of_plain_windows_is_trusted() -> None:
    odd = replace(reading("17 18:00", "19 18:00"), doubts=("date.inferred",), proofs=())
    assert off(odd, changed=True, plain=True) == 0
    assert off(odd, unread=True, plain=True) == WEIGHTS.confidence.unread


def test_no_window_is_surely_wrong() -> None:
    odd = replace(reading("17 18:00", "19 18:00"), doubts=("date.inferred",), proofs=())
    (found,) = assured((odd,), (), (Finding("time.unread", "warning", ""),), BLANK, ABOUT)
    assert found.confidence == 0.01


# --- times that nothing was read from -------------------------------------------------------------


def at_place(text: str, start: int, **parts: object) -> Interval:
    told = replace(clock(text), span=Span(start, start + 3), **parts)  # type: ignore[arg-type]
    return Interval(told.span, start=told)


def unread(times: LineTimes, *windows: WindowReading, **parts: Any) -> list[Span | None]:
    told = telling(times, **parts)
    return [found.span for found in unread_times(told, windows or (reading(),), ())]


HERE = Span(105, 108)


@pytest.mark.parametrize(
    ("text", "left"),
    [("18:00", False), ("20:00", False), ("20:01", False), ("20:02", True), ("19:00", True),
     ("17:59", True)],
)  # fmt: skip
def test_a_time_that_no_value_has_is_said(text: str, left: bool) -> None:
    assert unread(LineTimes(points=(at_place(text, 105),))) == ([HERE] if left else [])


def test_midnight_is_the_minute_before_and_a_damaged_time_any_reading() -> None:
    late = reading("20 18:00", "20 23:59")
    assert unread(LineTimes(points=(at_place("24:00", 105),)), late) == []
    damaged = at_place("19:00", 105, alternatives=(20 * 60,))
    assert unread(LineTimes(points=(damaged,))) == []


def test_a_time_of_another_zone_or_one_that_was_read_is_not_missed() -> None:
    assert unread(LineTimes(points=(at_place("19:00", 105, zones=("UTC", "UTC")),))) == []
    assert unread(LineTimes(points=(at_place("19:00", 105, zone="UTC"),))) == []
    used = replace(reading(), proofs=(Proof("start", HERE),))
    assert unread(LineTimes(points=(at_place("19:00", 105),)), used) == []


def test_a_time_that_opens_a_line_is_a_stamp() -> None:
    assert unread(LineTimes(points=(at_place("19:00", 100),))) == []
    assert unread(LineTimes(clocks=(replace(clock("19:00"), span=Span(100, 103)),))) == []
    assert unread(LineTimes(clocks=(replace(clock("19:00"), span=HERE),))) == [HERE]


@pytest.mark.parametrize(
    ("date", "left"),
    [("2026-05-20", True), ("2026-05-19", True), ("2026-05-21", True), ("2026-05-18", False),
     ("2026-05-22", False)],
)  # fmt: skip
def test_a_time_on_a_day_far_from_the_window_is_of_something_else(date: str, left: bool) -> None:
    point = replace(at_place("19:00", 105), dates=(day(date),))
    assert unread(LineTimes(points=(point,))) == ([HERE] if left else [])
    named = replace(point, dates=(day(date, day=None),))
    assert unread(LineTimes(points=(named,))) == [HERE]


@pytest.mark.parametrize(
    ("sure", "form", "alone", "ranged"),
    [(True, "test", True, True), (False, "hour-dot-minute", True, True),
     (False, "four-digits", False, True), (False, "bare-hour", False, False)],
)  # fmt: skip
def test_only_what_is_written_as_a_time_is_missed(
    sure: bool, form: str, alone: bool, ranged: bool
) -> None:
    told = replace(clock("19:00"), span=HERE, sure=sure, form=form)
    assert bool(unread(LineTimes(clocks=(told,)))) is alone
    between = Interval(HERE, start=told, end=replace(told, minute=19 * 60 + 30))
    assert bool(unread(LineTimes(intervals=(between,)))) is ranged
    half = replace(between, end=clock("19:30"))
    assert bool(unread(LineTimes(intervals=(half,)))) is ranged
    assert bool(unread(LineTimes(points=(Interval(HERE, start=told),)))) is sure
    assert len(list(written_clocks(LineTimes(intervals=(between,), clocks=(told,))))) == (
        2 * ranged + alone
    )


def test_an_end_is_missed_behind_a_word() -> None:
    told = replace(clock("19:00"), span=HERE)
    ends = LineTimes(ends=(Interval(HERE, end=told),))
    assert unread(ends) == [Span(105, 108)]
    (line,) = telling(ends).lines
    for before in ("a l -", "a b (", "a b 7"):
        other = replace(telling(ends), lines=(replace(line, text=f"{before}....."),))
        assert unread_times(other, (reading(),), ()) == ()
    dotted = replace(telling(ends), lines=(replace(line, text="to . ....."),))
    assert unread_times(dotted, (reading(),), ()) != ()


def test_one_word_for_each_line_and_none_without_a_window() -> None:
    points = LineTimes(points=(at_place("19:00", 105), at_place("19:10", 107)))
    assert unread(points) == [HERE]
    assert unread(points, reading(None, None)) == []
    only_end = reading(None, "20 19:00")
    assert unread(points, only_end) == [Span(107, 110)]


def test_times_of_updates_count_and_those_set_aside_do_not() -> None:
    times = LineTimes(points=(at_place("19:00", 105),))
    assert unread(times, decoys=Decoys(lines=frozenset({0}))) == []
    silent = Updates(events=(Event("info", HERE, 0),), silent=frozenset({0}))
    assert unread(times, updates=silent) == [HERE]
    assert unread(times, updates=silent, fields=Fields(labelled=frozenset({0}))) == []
    loud = Updates(events=(Event("info", HERE, 0),))
    assert unread(times, updates=loud) == [HERE]


def test_plan_and_outcome_are_values_too() -> None:
    times, then = LineTimes(points=(at_place("19:00", 105),)), at("20 19:00")
    assert unread(times, replace(reading(), planned_start=then)) == []
    assert unread(times, replace(reading(), planned_end=then)) == []
    assert unread(times, replace(reading(), actual_end=then)) == []


def test_when_an_update_was_said_is_a_value() -> None:
    told = telling(LineTimes(points=(at_place("19:00", 105),)))
    said = RevisionReading("edited", Span(0, 5), at("20 19:00"))
    assert unread_times(told, (reading(),), (said,)) == ()
    ended = RevisionReading("extended", Span(0, 5), None, at("20 19:00"))
    assert unread_times(told, (reading(),), (ended,)) == ()
    dated = RevisionReading("edited", Span(0, 5), at("20 19:00").date())
    assert [found.span for found in unread_times(told, (reading(),), (dated,))] == [HERE]
