"""One update at a time folded over one window: Wednesday 20 May 2026, 18:00–22:00."""

from __future__ import annotations

from datetime import date

import pytest

from tests.resolver_parts import at, clock, context, day, draft, length, state, times, told
from vindue.nlp.events import Event
from vindue.nlp.fold import fold
from vindue.nlp.lifecycle import NEW_END
from vindue.nlp.mentions.times import Interval, LineTimes
from vindue.nlp.sayings import State, Told, in_order, moment, told_at
from vindue.nlp.spans import Piece

CONTEXT = context("18 09:00")


def after(*events: Told, start: str = "20 18:00", end: str | None = "20 22:00") -> State:
    return fold(draft(start, end), events, CONTEXT).state


def kinds(*events: Told, end: str | None = "20 22:00") -> list[str]:
    found = fold(draft("20 18:00", end), events, CONTEXT)
    return [kind for _, kind, _ in found.outcomes]


@pytest.mark.parametrize(
    ("kind", "new", "end", "became"),
    [
        ("extended", "-23:30", "20 23:30", "extended"),
        ("extended", "-02:00", "21 02:00", "extended"),
        ("delayed", "-22:00", "20 22:00", "delayed"),
        ("shortened", "-20:00", "20 20:00", "shortened"),
        (NEW_END, "-23:00", "20 23:00", "extended"),
        (NEW_END, "-21:00", "20 21:00", "shortened"),
        (NEW_END, "-22:00", "20 22:00", "edited"),
        (NEW_END, "-01:00", "21 01:00", "extended"),
        ("edited", "-20:30", "20 20:30", "edited"),
    ],
)
def test_a_new_end_takes_the_day_that_fits(kind: str, new: str, end: str, became: str) -> None:
    event = told(kind, end=times(new))
    assert after(event).end == at(end)
    assert kinds(event) == [became]
    assert after(event).start == at("20 18:00")
    assert after(event).end_span is not None


def test_a_new_end_is_measured_by_the_one_before() -> None:
    assert after(told("extended", end=times("-18:00"))).end == at("21 18:00")
    far = told("extended", end=times("-09:00"))
    assert after(far).end == at("21 09:00")
    assert after(far, end="21 06:00").end == at("21 09:00")
    assert after(told(NEW_END, end=times("-03:00")), end=None).end == at("21 03:00")


def test_a_new_end_with_its_day() -> None:
    event = told("extended", end=times("-12:00", end_dates=(day("2026-05-21"),)))
    assert after(event).end == at("21 12:00")
    early = told("extended", end=times("-12:00", end_dates=(day("2026-05-20"),)))
    found = fold(draft("20 18:00", "20 22:00"), [early], CONTEXT)
    assert found.state.end == at("20 22:00")
    assert [finding.code for finding in found.findings] == ["conflict.time"]
    assert found.outcomes[0][2] is None


@pytest.mark.parametrize(
    ("kind", "minutes", "end"),
    [("extended", 90, "20 23:30"), ("delayed", 60, "20 23:00"), ("shortened", 60, "20 21:00")],
)
def test_a_length_is_added_or_taken_off(kind: str, minutes: int, end: str) -> None:
    assert after(told(kind, duration=length(minutes))).end == at(end)
    assert after(told("info", duration=length(minutes))).end == at("20 22:00")
    assert after(told(kind, duration=length(minutes)), end=None).end is None


def test_more_taken_off_than_there_is_is_not_taken() -> None:
    found = fold(draft("20 18:00", "20 22:00"), [told("shortened", duration=length(240))], CONTEXT)
    assert found.state.end == at("20 22:00")
    assert found.findings


@pytest.mark.parametrize(
    ("kind", "no_horizon", "opened"),
    [("delayed", False, True), ("extended", False, True), ("edited", False, False),
     ("edited", True, True), ("shortened", False, False)],
)  # fmt: skip
def test_an_end_is_given_up_where_none_is_told(kind: str, no_horizon: bool, opened: bool) -> None:
    found = after(told(kind, no_horizon=no_horizon))
    assert (found.open_end, found.end) == (opened, at("20 22:00"))
    closed = after(told(kind, no_horizon=no_horizon), told("extended", end=times("-23:00")))
    assert (closed.open_end, closed.end) == (False, at("20 23:00"))


def test_a_draft_whose_end_is_open_stays_so() -> None:
    assert fold(draft("20 18:00", "20 22:00", open_end=True), [], CONTEXT).state.open_end
    approximate = fold(draft("20 18:00", "20 22:00", approximate=True), [], CONTEXT).state
    assert approximate.approximate
    assert after(told("extended", end=times("-23:00"), approximate=True)).approximate
    assert not after(told("extended", end=times("-23:00"))).approximate


def test_an_end_told_again_by_a_delay_was_not_the_plan() -> None:
    again = after(told("delayed", end=times("-22:00")))
    assert (again.end, again.planned_end) == (at("20 22:00"), None)
    assert after(told("edited", end=times("-22:00"))).planned_end == at("20 22:00")
    assert after(told("delayed", end=times("-23:00"))).planned_end == at("20 22:00")


def test_untimed_extensions_grow() -> None:
    later, sooner = (told("extended", end=times(f"-{hour}:30")) for hour in (23, 22))
    assert after(later, sooner).end == at("20 23:30")
    timed = told("extended", "20 22:20", end=times("-22:30"))
    assert after(told("extended", "20 22:10", end=times("-23:30")), timed).end == at("20 22:30")


def test_a_whole_new_window() -> None:
    moved = told("moved", window=times("19:00-23:00"))
    assert (after(moved).start, after(moved).end) == (at("20 19:00"), at("20 23:00"))
    assert kinds(moved) == ["moved"]
    night = told("moved", window=times("22:00-02:00"))
    assert (after(night).start, after(night).end) == (at("20 22:00"), at("21 02:00"))
    dated = told("moved", window=times("19:00-23:00", dates=(day("2026-05-22"),)))
    assert (after(dated).start, after(dated).end) == (at("22 19:00"), at("22 23:00"))
    half = told("moved", window=times("19:00-"))
    assert (after(half).start, after(half).end) == (at("20 18:00"), at("20 22:00"))
    assert kinds(told(NEW_END, window=times("19:00-23:00"))) == ["edited"]
    assert kinds(told(NEW_END, window=times("18:00-23:00"))) == ["extended"]
    assert kinds(told(NEW_END, window=times("18:00-21:00"))) == ["shortened"]


@pytest.mark.parametrize("kind", ["extended", "delayed", "shortened", NEW_END])
def test_from_the_old_end_to_the_new(kind: str) -> None:
    found = after(told(kind, window=times("22:00-23:00")))
    assert (found.start, found.end) == (at("20 18:00"), at("20 23:00"))
    moved = after(told("moved", window=times("22:00-23:00")))
    assert (moved.start, moved.end) == (at("20 22:00"), at("20 23:00"))
    midnight = after(told(kind, window=times("24:00-01:00")), end="21 00:00")
    assert (midnight.start, midnight.end) == (at("20 18:00"), at("21 01:00"))


@pytest.mark.parametrize(
    ("kind", "start", "end"),
    [("moved", "20 19:00", "20 23:00"), ("edited", "20 19:00", "20 22:00"),
     ("delayed", "20 19:00", "20 22:00"), (NEW_END, "20 19:00", "20 23:00")],
)  # fmt: skip
def test_a_new_start(kind: str, start: str, end: str) -> None:
    found = after(told(kind, start=times("19:00-")))
    assert (found.start, found.end) == (at(start), at(end))
    late = after(told(kind, start=times("22:30-")))
    assert (late.start, late.end) == (at("20 22:30"), at("21 02:30"))
    open_one = after(told(kind, start=times("19:00-")), end=None)
    assert (open_one.start, open_one.end) == (at("20 19:00"), None)


def test_a_start_told_again() -> None:
    assert after(told("moved", start=times("18:00-"))).planned_start == at("20 18:00")
    assert after(told("edited", start=times("18:00-"))).planned_start is None
    assert after(told("delayed", start=times("18:00-"))).planned_start == at("20 18:00")


def test_a_new_day_keeps_the_clock_times() -> None:
    new = Interval(times("-").span, dates=(day("2026-05-22"),))
    found = fold(draft("20 18:00", "20 22:00"), [told("moved", start=new)], CONTEXT)
    assert (found.state.start, found.state.end) == (at("22 18:00"), at("22 22:00"))
    assert found.outcomes[0][2] == at("22 22:00")
    clocked = fold(draft("20 18:00", "20 22:00"), [told("moved", start=times("19:00-"))], CONTEXT)
    assert clocked.outcomes[0][2] is None


@pytest.mark.parametrize(
    ("weekday", "found"),
    [(1, "18"), (2, "19"), (3, "20"), (4, "21"), (5, "22"), (6, "23"), (7, "17")],
)
def test_a_weekday_alone_is_the_nearest(weekday: int, found: str) -> None:
    name = day("2026-05-20", day=None, months=(), year=None, weekdays=(weekday,))
    moved = after(told("moved", start=Interval(times("-").span, dates=(name,))))
    assert moved.start == at(f"{found} 18:00")


@pytest.mark.parametrize("end", ["20 22:00", None])
def test_a_start_later_by_a_length(end: str | None) -> None:
    event = told("delayed", duration=length(60), at_start=True)
    found = after(event, end=end)
    assert (found.start, found.end) == (at("20 19:00"), end and at(end))
    assert kinds(event) == ["moved"]
    beyond = after(told("delayed", duration=length(300), at_start=True))
    assert (beyond.start, beyond.end) == (at("20 23:00"), at("21 03:00"))


def test_put_off() -> None:
    by_length = told("postponed", duration=length(120))
    assert (after(by_length).start, after(by_length).end) == (at("20 20:00"), at("21 00:00"))
    assert (kinds(by_length), after(by_length).status) == (["moved"], "scheduled")
    anew = told("postponed", window=times("19:00-23:00"))
    assert (after(anew).start, kinds(anew), after(anew).status) == (
        at("20 19:00"), ["moved"], "scheduled",
    )  # fmt: skip
    same = told("postponed", window=times("18:00-22:00"))
    assert (after(same).status, kinds(same)) == ("postponed", ["postponed"])
    started = told("postponed", start=times("19:00-"))
    assert (after(started).start, after(started).end, kinds(started)) == (
        at("20 19:00"), at("20 23:00"), ["moved"],
    )  # fmt: skip
    assert after(told("postponed")).status == "postponed"


def test_closed() -> None:
    done = after(told("completed", "20 21:30"))
    assert (done.status, done.actual_end, done.open_end) == ("completed", at("20 21:30"), False)
    assert done.actual_span is not None
    dated = after(told("completed", "2026-05-20"))
    assert (dated.status, dated.actual_end, dated.actual_span) == ("completed", None, None)
    clocked = after(told("completed", "20 21:50", end=times("-21:30")))
    assert clocked.actual_end == at("20 21:30")
    open_one = after(told("delayed"), told("completed"))
    assert (open_one.open_end, open_one.status) == (False, "completed")


def test_cancelled_for_some_or_for_all() -> None:
    some = told("cancelled", systems=("ics",))
    assert (after(some).dropped, after(some).status) == (("ics",), "scheduled")
    assert kinds(some) == ["cancelled"]
    assert after(told("cancelled")).status == "cancelled"
    named = told("cancelled", systems=("ics",), about=times("18:00-22:00"))
    assert (after(named).status, after(named).dropped) == ("cancelled", ())


@pytest.mark.parametrize(
    ("said", "updated", "status"),
    [
        ("20 21:40", "20 21:50", "completed"),
        ("20 21:40", "20 21:56", "scheduled"),  # the notice was edited again later
        ("20 17:40", "20 17:50", "scheduled"),  # before it began
        ("20 21:40", None, "scheduled"),
        ("2026-05-20", "20 21:50", "scheduled"),
    ],
)
def test_a_stamp_over_nothing_may_be_the_closing(
    said: str, updated: str | None, status: str
) -> None:
    event = told("info", said, bare=True)
    found = fold(draft("20 18:00", "20 22:00"), [event], context("18 09:00", updated))
    assert found.state.status == status
    worded = fold(draft("20 18:00", "20 22:00"), [told("info", said)], context(None, updated))
    assert worded.state.status == "scheduled"


def test_of_two_ends_the_first_may_be_the_old_one() -> None:
    corrected = told(NEW_END, end=times("-22:00"), again=times("-23:00"))
    assert after(corrected).end == at("20 23:00")
    other = told(NEW_END, end=times("-21:00"), again=times("-23:00"))
    assert after(other).end == at("20 21:00")
    dated = told(
        NEW_END, end=times("-22:00", end_dates=(day("2026-05-20"),)), again=times("-23:00")
    )
    assert after(dated).end == at("20 22:00")
    assert after(corrected, end=None).end == at("20 22:00")


def said(kind: str, told_times: Interval | LineTimes | None) -> Event:
    return Event(kind, times("-").span, 3, at=told_times)


def clocked(text: str, *dates: str) -> LineTimes:
    return LineTimes(dates=tuple(day(d) for d in dates), clocks=(clock(text),))


@pytest.mark.parametrize(
    ("kind", "clock_time", "updated", "found"),
    [
        ("completed", "21:40", "20 21:50", "20 21:40"),
        ("completed", "00:30", "21 00:40", "21 00:30"),
        ("info", "12:00", "19 12:05", "19 12:00"),
        ("completed", "02:00", None, "21 02:00"),
        ("delayed", "21:55", None, "20 21:55"),
        ("info", "08:00", "18 09:30", "18 08:00"),
    ],
)
def test_a_bare_clock_time_takes_the_day_that_fits(
    kind: str, clock_time: str, updated: str | None, found: str
) -> None:
    result = told_at(
        said(kind, clocked(clock_time)), state("20 18:00", "20 22:00"), context("18 09:00", updated)
    )
    assert result.at == at(found)
    assert [finding.code for finding in result.findings] == ["date.inferred"]


@pytest.mark.parametrize(
    ("published", "found"), [("20 18:00", "20"), ("20 18:01", "19"), ("20 12:00", "20")]
)
def test_what_was_said_before_and_after_a_notice_was_put_up(published: str, found: str) -> None:
    """Up to the start it is told what comes; later, what was said until then."""
    window = state("20 18:00", "20 22:00")
    result = told_at(said("info", clocked("19:30")), window, context(published))
    assert result.at == at(f"{found} 19:30")


def test_a_date_alone_stays_a_date() -> None:
    window = state("20 18:00", "20 22:00")
    assert told_at(said("info", LineTimes(dates=(day("2026-05-19"),))), window, CONTEXT).at == date(
        2026, 5, 19
    )
    assert told_at(said("info", None), window, CONTEXT).at is None
    assert told_at(said("info", LineTimes()), window, CONTEXT).at is None
    ended = Interval(times("-").span, end_dates=(day("2026-05-19"),), end=clock("12:00"))
    assert told_at(said("info", ended), window, CONTEXT).at == at("19 12:00")
    assert told_at(said("info", clocked("12:00")), None, context()).at is None


@pytest.mark.parametrize(
    ("written", "found", "codes"),
    [
        ("2026-05-20", "20 21:40", []),
        ("2025-05-20", "20 21:40", ["conflict.year"]),
        ("2026-04-20", "20 21:40", ["conflict.date"]),
    ],
)
def test_a_stamp_that_does_not_fit_is_mended(written: str, found: str, codes: list[str]) -> None:
    result = told_at(
        said("completed", clocked("21:40", written)),
        state("20 18:00", "20 22:00"),
        context("18 09:00", "20 21:50"),
    )
    assert (result.at, [finding.code for finding in result.findings]) == (at(found), codes)


def test_the_order_of_what_was_said() -> None:
    early, late, untimed = told("info", "20 19:00"), told("info", "20 20:00"), told("info")
    assert in_order((late, early), 9) == (early, late)
    assert in_order((early, late), 9) == (early, late)
    assert in_order((late, untimed, early), 9) == (early, untimed, late)
    first, second = told("edited"), told("extended")
    assert in_order((first, second), 9) == (second, first)  # above the schedule: newest first
    assert in_order((first, second), 2) == (first, second)
    assert in_order((), 2) == ()


def test_a_date_is_its_midnight_wherever_the_machine_stands() -> None:
    assert moment(date(1970, 1, 2)) == 86_400
    assert moment(at("20 02:00")) == moment(date(2026, 5, 20))
    assert moment(None) == 0


def test_a_duplicate_keeps_its_address() -> None:
    event = told("duplicate", url=Piece("https://example.org/1", times("-").span))
    assert (after(event).status, kinds(event)) == ("duplicate", ["duplicate"])
