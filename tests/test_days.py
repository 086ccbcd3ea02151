"""Which day is meant: witnesses weighed."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

import vindue
from vindue.grammars.weights import load_weights
from vindue.nlp.days import Stamps, Witness, choose_day, one_edit, rank_days
from vindue.nlp.mentions.times import DateMention
from vindue.nlp.spans import Span

WEIGHTS = load_weights()
HERE = Span(0, 1)


def told(day: date, **changed: object) -> DateMention:
    parts: dict[str, object] = {
        "day": day.day,
        "months": (day.month,),
        "year": day.year,
        "weekdays": (day.isoweekday(),),
    }
    return DateMention(HERE, "test", **(parts | changed))  # type: ignore[arg-type]


def own(mention: DateMention) -> Witness:
    return Witness(mention, WEIGHTS.role.own, "own")


def title(mention: DateMention) -> Witness:
    return Witness(mention, WEIGHTS.role.title, "title")


DAYS = st.dates(date(2022, 1, 1), date(2030, 12, 31))


@given(DAYS, st.integers(0, 60))
def test_a_sound_date_is_itself(day: date, ahead: int) -> None:
    stamps = Stamps(day - timedelta(days=ahead))
    choice = choose_day([own(told(day))], stamps, WEIGHTS)
    assert choice is not None
    assert choice.day == day
    assert choice.margin > 1


@given(DAYS, st.integers(1, 20))
def test_last_years_year_is_put_right(day: date, ahead: int) -> None:
    stamps = Stamps(day - timedelta(days=ahead))
    choice = choose_day([own(told(day, year=day.year - 1))], stamps, WEIGHTS)
    assert choice is not None
    assert choice.day == day


@given(DAYS, st.integers(1, 20))
def test_a_missing_year_is_the_coming_one(day: date, ahead: int) -> None:
    stamps = Stamps(day - timedelta(days=ahead))
    choice = choose_day([own(told(day, year=None))], stamps, WEIGHTS)
    assert choice is not None
    assert choice.day == day


@given(DAYS, st.integers(1, 20))
def test_the_weekday_decides_between_two_witnesses(day: date, ahead: int) -> None:
    stamps = Stamps(day - timedelta(days=ahead))
    wrong = day + timedelta(days=1)
    body = told(wrong, weekdays=(day.isoweekday(),))
    choice = choose_day([own(body), title(told(day))], stamps, WEIGHTS)
    assert choice is not None
    assert choice.day == day
    assert choice.runner_up is not None


def test_an_impossible_date_is_mended_without_being_sure() -> None:
    mention = DateMention(HERE, "test", day=31, months=(6,), year=2026)
    choice = choose_day([own(mention)], Stamps(date(2026, 6, 1)), WEIGHTS)
    assert choice is not None
    assert (choice.day.year, choice.day.month) in ((2026, 6), (2026, 7))
    assert choice.margin < 1


def test_nothing_told_is_nothing_chosen() -> None:
    assert choose_day([], Stamps(date(2026, 6, 1)), WEIGHTS) is None


def test_the_ranking_is_the_choice_in_full() -> None:
    stamps = Stamps(date(2025, 10, 13))
    body = told(date(2025, 10, 14), weekdays=(3,))
    witnesses = [own(body), title(told(date(2025, 10, 15)))]
    ranked = rank_days(witnesses, stamps, WEIGHTS, 3)
    choice = choose_day(witnesses, stamps, WEIGHTS)
    assert choice is not None
    assert ranked[0][1] == choice.day
    assert [charge for charge, _ in ranked] == sorted(charge for charge, _ in ranked)


def test_one_edit() -> None:
    assert one_edit("114", "11")
    assert one_edit("14", "41")
    assert one_edit("3", "13")
    assert one_edit("12", "15")
    assert not one_edit("114", "25")
    assert not one_edit("12", "34")


def test_one_date_with_two_weekdays_is_said() -> None:
    text = "Portal closed\nThe portal is closed Sunday Saturday 23 November 2024 08:00-10:00\n"
    record = vindue.parse(text, published_at="2024-11-10T10:00")
    assert record.windows[0].start == "2024-11-23T08:00:00+01:00"
    [said] = [d for d in record.diagnostics if d.code == "conflict.weekday"]
    assert "Sunday and Saturday" in said.message
    both = text.replace("Sunday Saturday", "Saturday (lørdag)")
    codes = {d.code for d in vindue.parse(both, published_at="2024-11-10T10:00").diagnostics}
    assert "conflict.weekday" not in codes
