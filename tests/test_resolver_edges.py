"""The edges of the resolver: what holds on the very minute, and where something is not told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import vindue
from tests.resolver_parts import HERE, WEIGHTS, at, clock, context, day, draft, length, times, told
from vindue.nlp import days
from vindue.nlp.days import Bounds, DayChoice, Stamps, Witness, choose_day, disagreement
from vindue.nlp.doubts import mention_findings
from vindue.nlp.fold import fold
from vindue.nlp.lifecycle import NEW_END
from vindue.nlp.listed_days import in_lists, is_range
from vindue.nlp.mentions.times import DateMention, DaysMention, Interval, LineTimes
from vindue.nlp.occurrences import resolve
from vindue.nlp.record import Record
from vindue.nlp.sayings import State, Told, in_order
from vindue.nlp.spans import Span
from vindue.nlp.told_apart import told_apart
from vindue.nlp.witnesses import line_intervals

CONTEXT = context("18 09:00")
PLAIN = WEIGHTS.model_copy(update={"repairs": False})
MAY = date(2026, 5, 20)


def after(*events: Told, start: str | None = "20 18:00", end: str | None = "20 22:00") -> State:
    return fold(draft(start, end), events, CONTEXT).state


def own(mention: DateMention) -> Witness:
    return Witness(mention, 1.0, "own")


def test_what_carries_no_time_keeps_its_place_among_what_does() -> None:
    early, late = told("info", "20 19:00"), told("info", "20 20:00")
    first, second = told("edited"), told("extended")
    assert in_order((early, first, late, second), 9) == (early, first, late, second)
    assert in_order((late, first, early, second), 2) == (second, early, first, late)
    once = told("info", "20 19:00")
    assert in_order((early, first, once, second), 2) == (early, first, once, second)
    assert in_order((early, first, second), 2) == (early, first, second)


def test_a_stamp_on_the_very_start_closes_nothing() -> None:
    event = told("info", "20 18:00", bare=True)
    found = fold(draft("20 18:00", "20 22:00"), [event], context("18 09:00", "20 18:05"))
    assert found.state.status == "scheduled"
    unstarted = fold(draft(None, "20 22:00"), [event], context("18 09:00", "20 18:05"))
    assert unstarted.state.status == "scheduled"


def test_only_what_is_cancelled_drops_systems_and_only_what_is_put_off_starts_anew() -> None:
    done = after(told("completed", "20 21:30", systems=("ics",)))
    assert (done.status, done.dropped) == ("completed", ())
    started = after(told("completed", start=times("19:00-")))
    assert (started.status, started.start) == ("completed", at("20 18:00"))
    lasted = after(told("completed", duration=length(60)))
    assert (lasted.status, lasted.start) == ("completed", at("20 18:00"))
    windowed = after(told("cancelled", window=times("19:00-23:00")))
    assert (windowed.status, windowed.start) == ("cancelled", at("20 18:00"))


def test_half_a_window_is_none() -> None:
    assert after(told("extended", window=times("-23:00"))).end == at("20 22:00")
    assert after(told(NEW_END, window=times("-23:00"))).end == at("20 22:00")
    unstarted = after(told("moved", start=times("19:00-")), start=None)
    assert (unstarted.start, unstarted.end) == (None, at("20 22:00"))
    unended = after(told("extended", window=times("22:00-23:00")), end=None)
    assert (unended.start, unended.end) == (at("20 22:00"), at("20 23:00"))


def test_a_start_moved_onto_the_end_takes_the_end_along() -> None:
    onto = after(told("edited", start=times("22:00-")))
    assert (onto.start, onto.end) == (at("20 22:00"), at("21 02:00"))
    by_length = after(told("delayed", duration=length(240), at_start=True))
    assert (by_length.start, by_length.end) == (at("20 22:00"), at("21 02:00"))
    just_before = after(told("delayed", duration=length(239), at_start=True))
    assert (just_before.start, just_before.end) == (at("20 21:59"), at("20 22:00"))


def test_a_new_day_without_any_stamp() -> None:
    name = day("2026-05-22", year=None)
    moved = told("moved", start=Interval(HERE, dates=(name,)))
    found = fold(draft("20 18:00", "20 22:00"), [moved], context())
    assert (found.state.start, found.state.end) == (at("22 18:00"), at("22 22:00"))


@pytest.mark.parametrize(
    ("mention", "charge"),
    [
        (day("2026-06-21"), WEIGHTS.disagreement.day_digit + WEIGHTS.disagreement.month_near),
        (day("2026-05-20", months=(4, 6)), WEIGHTS.disagreement.month_near),
        (day("2026-05-20", months=(3, 6)), WEIGHTS.disagreement.month_near),
        (day("2026-05-20", months=(2, 8)), WEIGHTS.disagreement.month_far),
    ],
)
def test_a_day_beside_in_another_month_is_no_neighbour(mention: DateMention, charge: float) -> None:
    assert disagreement(mention, MAY, Stamps(), WEIGHTS) == pytest.approx(charge)


@pytest.mark.parametrize(
    ("mention", "found"),
    [
        (day("2026-05-20"), MAY),
        (day("2026-05-20", weekdays=(3,)), MAY),
        (DateMention(HERE, "test", day=20, months=(5,)), MAY),
        (DateMention(HERE, "test", months=(5,), weekdays=(3,), week=21), MAY),
        (DateMention(HERE, "test", day=20), MAY),
    ],
)
def test_without_repairs_a_day_is_what_was_told(mention: DateMention, found: date) -> None:
    choice = choose_day([own(mention)], Stamps(date(2026, 5, 18)), PLAIN)
    assert choice is not None
    assert choice.day == found


def test_without_repairs_and_within_bounds() -> None:
    bounds = Bounds(MAY, 3)
    choice = choose_day([own(day("2026-05-22"))], Stamps(MAY), PLAIN, bounds)
    assert choice is not None
    assert choice.day == date(2026, 5, 22)


def test_the_last_year_is_one() -> None:
    assert days._years(day("2098-01-01"), (), Stamps()) == (2097, 2099)
    assert days._years(day("1991-01-01"), (), Stamps()) == (1990, 1992)


def test_day_and_month_in_the_other_order_are_no_conflict_where_both_can_be() -> None:
    swapped = DateMention(HERE, "test", day=6, months=(5,), year=2026)
    choice = DayChoice(date(2026, 6, 5), 0.0, None, 4.0)
    assert [f.code for f in mention_findings([own(swapped)], choice)] == ["conflict.date"]
    loose = replace(swapped, loose=True)
    assert mention_findings([own(loose)], choice) == ()
    wrong_year = replace(loose, year=2025)
    assert [f.code for f in mention_findings([own(wrong_year)], choice)] == ["conflict.year"]


def test_a_clock_time_with_a_length_needs_no_date() -> None:
    behind = replace(length(60), span=Span(20, 25))
    (found,) = line_intervals(LineTimes(clocks=(clock("18:00"),), durations=(behind,)))
    assert found.duration == behind
    before = replace(length(60), span=Span(0, 5))
    assert line_intervals(LineTimes(clocks=(clock("18:00"),), durations=(before,))) == ()
    assert line_intervals(LineTimes(durations=(behind,))) == ()
    number = clock("18:00", form="four-digits")
    pair = DaysMention(day("2026-05-20"), day("2026-05-21"), False, HERE)
    assert line_intervals(LineTimes(clocks=(number,), durations=(behind,))) == ()
    for beside in (LineTimes(dates=(day("2026-05-20"),)), LineTimes(days=(pair,))):
        told_so = replace(beside, clocks=(number,), durations=(behind,))
        assert [i.duration for i in line_intervals(told_so)] == [behind]


def nights(first: str, last: str, clock_times: str) -> list[object]:
    listed = DaysMention(day(first), day(last), True, HERE, each=True)
    return [found.start for found in resolve(times(clock_times, days=listed), 0, (), CONTEXT)]


def test_nights_told_by_two_days_each() -> None:
    assert nights("2026-05-20", "2026-05-22", "22:00-02:00") == [at("20 22:00"), at("22 22:00")]
    assert nights("2026-05-20", "2026-05-22", "01:00-02:00") == [at("21 01:00"), at("23 01:00")]
    between = DaysMention(
        day("2026-05-20"), day("2026-05-27"), True, HERE, between=(day("2026-05-22"),)
    )
    found = resolve(times("18:00-20:00", days=between), 0, (), CONTEXT)
    assert [d.start for d in found] == [at("20 18:00"), at("22 18:00"), at("27 18:00")]


def test_days_without_an_end_of_the_clock() -> None:
    week = DaysMention(day("2026-05-20"), day("2026-05-22"), False, HERE)
    (found,) = resolve(times("18:00-", days=week), 0, (), CONTEXT)
    assert found.start == at("20 18:00")


def point(text: str, start: int, **parts: object) -> Interval:
    return Interval(Span(start, start + 5), start=clock(text), **parts)  # type: ignore[arg-type]


def end(text: str, start: int, **parts: object) -> Interval:
    return Interval(Span(start, start + 5), end=clock(text), **parts)  # type: ignore[arg-type]


NOWHERE: frozenset[int] = frozenset()


@pytest.mark.parametrize(("until", "joined"), [(1, True), (4, True), (5, False), (0, False)])
def test_a_start_and_an_end_told_apart(until: int, joined: bool) -> None:
    start = LineTimes(points=(point("18:00", 100, dates=(day("2026-05-20"),)),))
    lines = ((1, start), (until, LineTimes(ends=(end("22:00", 200),))))
    found = told_apart(lines, NOWHERE)
    assert bool(found) is joined
    for one in found:
        assert one.start is not None
        assert one.end is not None
        assert (one.start.minute, one.end.minute) == (18 * 60, 22 * 60)
        assert one.span == Span(100, 205)
        assert [f.code for f in one.end.findings] == ["end.inferred"]


def test_an_end_before_the_start_in_the_text_is_not_its() -> None:
    line = LineTimes(points=(point("18:00", 100),), ends=(end("22:00", 50),))
    assert told_apart(((1, line),), NOWHERE) == ()
    behind = LineTimes(points=(point("18:00", 100),), ends=(end("22:00", 105),))
    assert len(told_apart(((1, behind),), NOWHERE)) == 1


def test_two_starts_or_two_ends_leave_it_open() -> None:
    first, second = (LineTimes(points=(point("18:00", n),)) for n in (100, 120))
    last = LineTimes(ends=(end("22:00", 200),))
    assert told_apart(((1, first), (2, second), (3, last)), NOWHERE) == ()
    later = LineTimes(ends=(end("23:00", 220),))
    assert told_apart(((1, first), (2, last), (3, later)), NOWHERE) == ()
    assert told_apart(((1, first),), NOWHERE) == ()


def test_a_start_or_an_end_that_is_about_makes_the_whole_about() -> None:
    for first, last in ((True, False), (False, True), (False, False)):
        start = LineTimes(points=(point("18:00", 100, approximate=first),))
        stop = LineTimes(ends=(end("22:00", 200, approximate=last),))
        [found] = told_apart(((1, start), (2, stop)), NOWHERE)
        assert found.approximate is (first or last)


def test_it_opens_again_is_an_end() -> None:
    line = LineTimes(points=(point("18:00", 100), point("22:00", 120)))
    [found] = told_apart(((1, line),), frozenset({1}))
    assert found.end is not None
    assert found.end.minute == 22 * 60
    assert told_apart(((1, line),), NOWHERE) == ()


def test_a_list_of_ranges_is_of_one_thing() -> None:
    ranged, blank = LineTimes(intervals=(times("18:00-22:00"),)), LineTimes()
    lines = (ranged, ranged, blank, ranged)
    assert in_lists(frozenset({0}), lines) == {0, 1}
    assert in_lists(frozenset({1}), lines) == {0, 1}
    assert in_lists(frozenset({3}), lines) == {3}
    assert in_lists(frozenset({2}), lines) == {2}
    assert is_range(times("18:00-22:00"))
    assert is_range(times("18:00-", duration=length(60)))
    assert not is_range(times("18:00-"))
    assert not is_range(times("-22:00"))


def read(text: str) -> Record:
    return vindue.parse(text, published_at="2026-05-18T09:00", profile="generic")


def codes(record: Record) -> set[str]:
    return {d.code for d in record.diagnostics if d.code.startswith(("conflict", "typo"))}


@pytest.mark.parametrize(
    ("title", "body", "found"),
    [
        ("16:00-18:00 UTC", "18:00 to 20:00", set()),
        ("16:00-19:00 UTC", "18:00 to 20:00", {"conflict.time"}),
        ("18:00-20:00", "18:00 to 20:00", set()),
        ("18:00-24:00", "18:00 to 23:59", set()),
        ("18:00-23:59", "18:00 to 24:00", set()),
        ("18:00-20:00", "18:00 to 21:00", {"conflict.time"}),
        ("17:00-20:00", "18:00 to 20:00", {"conflict.time"}),
    ],
)
def test_the_hours_of_title_and_body(title: str, body: str, found: set[str]) -> None:
    told_body = f"On Wednesday 20 May 2026 from {body} the portal is closed."
    record = read(f"Maintenance Wednesday 20 May 2026 {title}\n\n{told_body}\n")
    assert len(record.windows) == 1
    assert record.windows[0].start == "2026-05-20T18:00:00+02:00"
    assert codes(record) == found


def test_the_nearest_day_above_is_that_of_a_range_without_one() -> None:
    record = read(
        "Maintenance\n\nTuesday 19 May 2026\n18:00-20:00 the portal is closed.\n\n"
        "Wednesday 20 May 2026\n21:00-22:00 the portal is closed.\n"
    )
    assert [window.start for window in record.windows] == [
        "2026-05-19T18:00:00+02:00", "2026-05-20T21:00:00+02:00",
    ]  # fmt: skip


def test_a_window_called_off_with_a_new_date_is_moved() -> None:
    record = read(
        "Maintenance Wednesday 20 May 2026 18:00-20:00\n\n"
        "Wednesday 20 May 2026 18:00-20:00 the portal is closed.\n"
        "Update: the maintenance is cancelled. New date: Friday 22 May 2026 18:00-20:00\n"
    )
    assert record.windows[0].start == "2026-05-22T18:00:00+02:00"
    assert record.windows[0].planned_start == "2026-05-20T18:00:00+02:00"
