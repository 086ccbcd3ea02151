"""Which day is meant: every candidate and every charge, one at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.resolver_parts import HERE, WEIGHTS, day
from vindue.nlp import days
from vindue.nlp.days import Bounds, Stamps, Witness, choose_day, disagreement, one_edit, prior
from vindue.nlp.doubts import interval_proofs, mention_findings, told_findings
from vindue.nlp.mentions.times import ClockMention, DateMention, Interval
from vindue.nlp.spans import Finding, Span

COSTS = WEIGHTS.disagreement
PRIOR = WEIGHTS.prior
MAY = date(2026, 5, 20)  # a Wednesday
NONE = Stamps()


def mention(**parts: object) -> DateMention:
    return DateMention(HERE, "test", **parts)  # type: ignore[arg-type]


def own(told: DateMention, *also: DateMention) -> Witness:
    return Witness(told, 1.0, "own", also)


def chosen(told: DateMention, stamps: Stamps = NONE, bounds: Bounds | None = None) -> date | None:
    choice = choose_day([own(told)], stamps, WEIGHTS, bounds)
    return None if choice is None else choice.day


@pytest.mark.parametrize(
    ("told", "charge"),
    [
        (day("2026-05-20"), 0.0),
        (day("2026-05-20", weekdays=(3,)), 0.0),
        (day("2026-05-20", weekdays=(2,)), COSTS.weekday),
        (day("2026-05-20", weekdays=(2, 3)), 0.0),
        (day("2026-05-21"), COSTS.day_near),
        (day("2026-05-19"), COSTS.day_near),
        (day("2026-05-22"), COSTS.day_digit),
        (day("2026-05-02"), COSTS.day_digit),  # the two figures swapped, or one left out
        (day("2026-05-13"), COSTS.day_far),
        (day("2026-06-20"), COSTS.month_near),
        (day("2026-04-20"), COSTS.month_near),
        (day("2026-07-20"), COSTS.month_far),
        (day("2026-05-20", months=(5, 6)), 0.0),
        (day("2025-05-20"), COSTS.year_near),
        (day("2024-05-20"), COSTS.year_far),
        (day("2024-07-13"), COSTS.whole),
        (mention(day=5, months=(20,), loose=True), COSTS.order),
        (mention(day=5, months=(20,)), COSTS.whole),
        (mention(day=20, months=(5,), year_digits="20266", year=2026), COSTS.year_damaged),
        (mention(day_digits="220", months=(5,)), COSTS.day_digit),
        (mention(day_digits="119", months=(5,)), COSTS.day_far),
        (mention(week=21), 0.0),
        (mention(week=20), COSTS.day_far),
        (mention(weekdays=(3,)), 0.0),
        (mention(weekdays=(4,)), COSTS.weekday),
    ],
)
def test_what_a_date_got_wrong(told: DateMention, charge: float) -> None:
    assert disagreement(told, MAY, NONE, WEIGHTS) == pytest.approx(charge)


@pytest.mark.parametrize(
    ("relative", "published", "charge"),
    [(2, date(2026, 5, 18), 0.0), (1, date(2026, 5, 18), COSTS.relative), (1, None, 0.0)],
)
def test_a_relative_day(relative: int, published: date | None, charge: float) -> None:
    told = mention(relative=relative)
    assert disagreement(told, MAY, Stamps(published), WEIGHTS) == pytest.approx(charge)


@pytest.mark.parametrize(
    ("published", "which", "charge"),
    [
        (20, None, 0.0), (14, None, 0.0), (13, None, 1.0), (21, None, 1.0), (20, "next", 1.0),
        (19, "next", 0.0), (13, "next", 0.0), (12, "next", 1.0),
    ],
)  # fmt: skip
def test_a_weekday_alone_is_the_next(published: int, which: str | None, charge: float) -> None:
    told = mention(weekdays=(3,), which=which)
    stamps = Stamps(date(2026, 5, published))
    assert disagreement(told, MAY, stamps, WEIGHTS) == pytest.approx(charge)


@pytest.mark.parametrize(
    ("published", "updated", "done", "charge"),
    [
        (None, None, False, 0.0),
        (0, None, False, 0.0),
        (-1, None, False, 0.001),
        (1, None, False, PRIOR.day_before_published + 1 / 400),
        (2, None, False, PRIOR.before_published + 2 / 400),
        (500, None, False, PRIOR.before_published + 1.0),
        (-90, None, False, 0.09),
        (-91, None, False, PRIOR.late + 0.091),
        (-300, None, False, PRIOR.late + 0.3),
        (-301, None, False, PRIOR.very_late + 0.301),
        (-500, None, False, PRIOR.very_late + 0.4),
        (None, 0, False, 0.0),
        (None, 1, False, 0.0),
        (None, -1, False, 0.0),
        (None, 2, False, PRIOR.off_updated),
        (None, -2, False, PRIOR.off_updated),
        (None, 0, True, 0.0),
        (None, -1, True, PRIOR.after_updated),
        (None, -2, True, PRIOR.after_updated + PRIOR.off_updated),
    ],
)
def test_where_a_day_lies_among_the_stamps(
    published: int | None, updated: int | None, done: bool, charge: float
) -> None:
    first, last = (None if n is None else MAY + timedelta(days=n) for n in (published, updated))
    assert prior(MAY, Stamps(first, last, done), WEIGHTS) == pytest.approx(charge)


@pytest.mark.parametrize(
    ("told", "meant", "one"),
    [
        ("12", "12", True), ("12", "13", True), ("12", "21", True), ("12", "34", False),
        ("12", "2", True), ("12", "1", True), ("12", "3", False), ("1", "12", True),
        ("114", "11", True), ("114", "14", True), ("114", "1", False), ("123", "321", False),
        ("1234", "2143", False), ("103", "301", False),
    ],
)  # fmt: skip
def test_one_figure_wrong(told: str, meant: str, one: bool) -> None:
    assert one_edit(told, meant) is one


@pytest.mark.parametrize(
    ("told", "published", "found"),
    [
        (mention(day=20, months=(5,)), "2026-05-18", "2026-05-20"),
        (mention(day=3, months=(1,)), "2025-12-20", "2026-01-03"),
        (mention(day=29, months=(2,)), "2028-02-01", "2028-02-29"),
        (mention(day=20, weekdays=(3,)), "2026-05-18", "2026-05-20"),
        (mention(day=3), "2026-05-28", "2026-06-03"),
        (mention(weekdays=(3,)), "2026-05-18", "2026-05-20"),
        (mention(weekdays=(1,)), "2026-05-18", "2026-05-18"),
        (mention(weekdays=(1,), which="next"), "2026-05-18", "2026-05-25"),
        (mention(relative=0), "2026-05-18", "2026-05-18"),
        (mention(relative=1), "2026-05-31", "2026-06-01"),
        (mention(week=21), "2026-05-04", "2026-05-18"),
        (mention(week=21, weekdays=(5,)), "2026-05-04", "2026-05-22"),
        (mention(week=1, weekdays=(1,)), "2026-12-20", "2027-01-04"),
        (mention(week=53, weekdays=(4,)), "2026-12-20", "2026-12-31"),
        (mention(week=53), "2026-02-01", "2026-12-28"),
        (mention(day=5, months=(20,), loose=True), "2026-05-18", "2026-05-20"),
        (mention(day=20, months=(5,), year=2025), "2026-05-18", "2026-05-20"),
        (mention(day=20, months=(5,), year=2025, weekdays=(3,)), "2026-05-18", "2026-05-20"),
        (mention(day=19, months=(5,), year=2026, weekdays=(3,)), "2026-05-18", "2026-05-19"),
    ],
)
def test_the_day_that_is_taken(told: DateMention, published: str, found: str) -> None:
    assert chosen(told, Stamps(date.fromisoformat(published))) == date.fromisoformat(found)


@pytest.mark.parametrize(
    "told",
    [mention(weekdays=(3,)), mention(relative=0), mention(day=20), mention(day=20, months=(5,)),
     mention(week=21), mention(which="every", weekdays=(3,), months=(5,))],
)  # fmt: skip
def test_no_day_without_a_stamp_where_the_year_is_not_told(told: DateMention) -> None:
    assert chosen(told) is None


def test_the_year_of_another_witness() -> None:
    title = Witness(day("2026-05-20"), WEIGHTS.role.title, "title")
    choice = choose_day([own(mention(day=20, months=(5,))), title], NONE, WEIGHTS)
    assert choice is not None
    assert choice.day == MAY


def test_the_stamp_of_an_update_is_a_stamp() -> None:
    assert chosen(mention(day=20, months=(5,)), Stamps(None, MAY)) == MAY
    assert chosen(mention(weekdays=(4,)), Stamps(None, MAY)) == date(2026, 5, 21)


def test_bounds() -> None:
    within = Bounds(MAY, 3, 0.15)
    assert within.charge(MAY) == 0
    assert within.charge(date(2026, 5, 22)) == pytest.approx(0.3)
    assert chosen(day("2026-05-23"), Stamps(MAY), within) == date(2026, 5, 23)
    assert chosen(day("2026-05-20"), Stamps(MAY), within) == MAY
    assert chosen(day("2026-06-23"), Stamps(MAY), within) == date(2026, 5, 23)
    assert chosen(mention(weekdays=(5,)), Stamps(MAY), within) == date(2026, 5, 22)
    plain = WEIGHTS.model_copy(update={"repairs": False})
    choice = choose_day([own(day("2026-06-23"))], Stamps(MAY), plain, within)
    assert choice is None or choice.day in {MAY + n * days.DAY for n in range(4)}


def test_margins() -> None:
    sure = choose_day([own(day("2026-05-20", weekdays=(3,)))], Stamps(MAY), WEIGHTS)
    assert sure is not None
    assert sure.margin == pytest.approx(COSTS.day_near + COSTS.weekday)
    assert (sure.cost, sure.runner_up) == (0.0, None)
    unsure = choose_day([own(day("2026-05-20", weekdays=(4,)))], Stamps(MAY), WEIGHTS)
    assert unsure is not None
    assert unsure.cost == pytest.approx(COSTS.weekday)
    assert unsure.runner_up is not None
    assert unsure.margin > 0
    alone = choose_day([own(mention(relative=0))], Stamps(MAY), WEIGHTS)
    assert alone is not None
    assert (alone.day, alone.margin) == (MAY, COSTS.day_far)


def test_a_list_of_days_is_content_with_any() -> None:
    listed = own(day("2026-05-13"), day("2026-05-20"))
    assert listed.charge(MAY, NONE, WEIGHTS) == 0
    assert Witness(day("2026-05-13"), 0.5, "title").charge(MAY, NONE, WEIGHTS) == pytest.approx(
        COSTS.day_far / 2
    )


def test_days_that_can_be() -> None:
    assert set(days._months((12,))) == {12, 1, 11}
    assert set(days._months((1,))) == {1, 2, 12}
    assert list(days._valid((2026, 2028), 2, 29)) == [date(2028, 2, 29)]
    assert list(days._valid((2026,), 13, 1)) == []
    assert list(days._valid((2026,), 0, 1)) == []
    assert list(days._valid((2026,), 1, 0)) == []
    assert list(days._of_week(mention(week=53), (2025, 2026), (1,))) == [date(2026, 12, 28)]
    assert set(days._day_numbers(mention(day=9))) >= {9, 8, 10, 19, 29, 1}
    assert 31 in days._day_numbers(mention(day_digits="311"))
    assert days._years(mention(year=2026), (), NONE) == (2025, 2027)
    assert days._years(mention(year=2099), (), Stamps(MAY)) == (2025, 2026, 2027, 2098)


def findings(told: DateMention, *more: Witness) -> list[str]:
    witnesses = (own(told), *more)
    choice = choose_day(witnesses, Stamps(MAY), WEIGHTS)
    assert choice is not None
    choice = replace(choice, day=MAY)
    return [finding.code for finding in mention_findings(witnesses, choice)]


@pytest.mark.parametrize(
    ("told", "codes"),
    [
        (day("2026-05-20"), []),
        (day("2026-05-21"), ["conflict.date"]),
        (day("2026-06-20"), ["conflict.date"]),
        (day("2025-05-20"), ["conflict.year"]),
        (day("2025-06-20"), ["conflict.date"]),
        (day("2026-05-20", weekdays=(4,)), ["conflict.weekday"]),
        (day("2026-05-20", weekdays=(3,)), []),
        (mention(day=5, months=(20,), year=2026, loose=True), []),
        (mention(day=20, months=(5,), year=2026, year_digits="20266"), ["conflict.year"]),
        (mention(day=20, months=(5,)), ["year.inferred"]),
        (mention(weekdays=(3,)), ["date.inferred"]),
        (mention(weekdays=(3,), year=2026), ["date.inferred"]),
        (mention(relative=0), ["year.inferred"]),
    ],
)
def test_what_is_said_of_a_date(told: DateMention, codes: list[str]) -> None:
    assert findings(told) == codes


def test_a_title_that_tells_any_of_the_days_is_no_conflict() -> None:
    here = day("2026-05-20")
    other = replace(day("2026-05-27"), span=Span(0, 5))
    assert findings(here, Witness(other, 0.75, "title")) == ["conflict.date"]
    also = Witness(other, 0.75, "title", (day("2026-05-20"),))
    assert findings(here, also) == []
    assert findings(here, Witness(day("2026-05-27"), 0.75, "title")) == []  # the same words
    with_year = Witness(replace(here, span=Span(0, 5)), 0.75, "title")
    assert findings(mention(day=20, months=(5,)), with_year) == []


def test_the_next_best_day_is_named() -> None:
    choice = choose_day([own(day("2026-05-20", weekdays=(4,)))], Stamps(MAY), WEIGHTS)
    assert choice is not None
    (found,) = mention_findings([own(day("2026-05-20", weekdays=(4,)))], choice)
    assert str(choice.runner_up) in found.message
    alone = replace(choice, runner_up=None)
    (found,) = mention_findings([own(day("2026-05-20", weekdays=(4,)))], alone)
    assert "next best" not in found.message
    assert (found.used, found.span) == (choice.day.isoformat(), HERE)


def test_where_a_value_was_read() -> None:
    first, last = (ClockMention(Span(n, n + 4), n, "test") for n in (20, 30))
    that_day = replace(day("2026-05-20"), span=Span(1, 5))
    end_day = replace(day("2026-05-21"), span=Span(40, 45))
    interval = Interval(Span(0, 50), start=first, end=last, end_dates=(end_day,))
    proofs = [(p.field, p.span.start) for p in interval_proofs(interval, (that_day,))]
    assert proofs == [("start", 1), ("start", 20), ("end", 40), ("end", 30)]
    assert interval_proofs(Interval(Span(0, 1)), ()) == ()


def test_what_was_misspelt_is_told() -> None:
    typo = Finding("typo.time", "warning", "")
    other = Finding("typo.month", "info", "")
    clock = ClockMention(HERE, 60, "test", findings=(typo,))
    dated = replace(day("2026-05-21"), findings=(other,))
    interval = Interval(HERE, start=clock, end=clock, end_dates=(dated,))
    assert told_findings(interval) == (typo, typo, other)
    assert told_findings(Interval(HERE, start=clock)) == (typo,)
