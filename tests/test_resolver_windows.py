"""One interval → its window or windows; several tellings of one window held together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.resolver_parts import HERE, WEIGHTS, at, clock, context, day, length, times
from vindue.nlp.drafts import SURE_MARGIN, Context, Draft, gap, single
from vindue.nlp.mentions.times import DateMention, DaysMention, Interval
from vindue.nlp.occurrences import resolve

CONTEXT = context("18 09:00")
WEDNESDAY = (day("2026-05-20"),)


def one(interval: Interval, about: Context = CONTEXT) -> Draft:
    return single(interval, 0, (), about)


def span_of(found: Draft) -> tuple[object, object]:
    return found.start, found.end


@pytest.mark.parametrize(
    ("told", "start", "end"),
    [
        ("18:00-22:00", "20 18:00", "20 22:00"),
        ("22:00-02:00", "20 22:00", "21 02:00"),
        ("18:00-18:00", "20 18:00", "21 18:00"),
        ("00:00-24:00", "20 00:00", "21 00:00"),
        ("18:00-23:59", "20 18:00", "20 23:59"),
        ("18:00-", "20 18:00", None),
        ("-", "20 00:00", "21 00:00"),
    ],
)
def test_clock_times_on_a_day(told: str, start: str, end: str | None) -> None:
    found = one(times(told, dates=WEDNESDAY))
    assert span_of(found) == (at(start), end and at(end))
    assert found.open_end is (end is None)
    assert found.whole_day is (told == "-")
    assert found.findings == ()
    assert found.margin == pytest.approx(min(WEIGHTS.disagreement.day_near, SURE_MARGIN))


@pytest.mark.parametrize(
    ("told", "last", "end"),
    [
        ("22:00-02:00", "2026-05-21", "21 02:00"),
        ("22:00-23:00", "2026-05-21", "21 23:00"),
        ("18:00-06:00", "2026-05-23", "23 06:00"),
        ("22:00-02:00", "2026-05-20", "21 02:00"),
        ("-", "2026-05-22", "23 00:00"),
        ("18:00-", "2026-05-22", "23 00:00"),
    ],
)
def test_an_end_with_its_own_day(told: str, last: str, end: str) -> None:
    found = one(times(told, dates=WEDNESDAY, end_dates=(day(last),)))
    assert found.end == at(end)


def test_an_end_before_the_start_is_said() -> None:
    found = one(times("18:00-22:00", dates=WEDNESDAY, end_dates=(day("2026-05-19"),)))
    assert found.end == at("20 22:00")
    assert [finding.code for finding in found.findings] == ["conflict.date"]
    assert found.margin < SURE_MARGIN / 2


@pytest.mark.parametrize(("minutes", "end"), [(180, "20 21:00"), (600, "21 04:00")])
def test_a_start_with_a_length(minutes: int, end: str) -> None:
    interval = times("18:00-", dates=WEDNESDAY, duration=length(minutes))
    assert span_of(one(interval)) == (at("20 18:00"), at(end))
    about = replace(interval, duration=replace(length(minutes), approximate=True))
    assert one(about).approximate
    assert not one(interval).approximate
    assert one(replace(interval, approximate=True)).approximate
    assert one(replace(interval, start=clock("18:00", approximate=True))).approximate


@pytest.mark.parametrize(
    ("told", "start", "end", "codes"),
    [
        ("01:00-04:00", "2026-10-25T01:00:00+02:00", "2026-10-25T04:00:00+01:00", []),
        (
            "02:15-02:45", "2026-10-25T02:15:00+02:00", "2026-10-25T02:45:00+02:00",
            ["time.ambiguous", "time.ambiguous"],
        ),
        (
            "02:45-02:15", "2026-10-25T02:45:00+02:00", "2026-10-25T02:15:00+01:00",
            ["time.ambiguous", "time.ambiguous"],
        ),
        (
            "02:30-03:00", "2026-10-25T02:30:00+02:00", "2026-10-25T03:00:00+01:00",
            ["time.ambiguous"],
        ),
        ("23:00-02:30", "2026-10-25T23:00:00+01:00", "2026-10-26T02:30:00+01:00", []),
    ],
)  # fmt: skip
def test_the_night_on_which_an_hour_comes_twice(
    told: str, start: str, end: str, codes: list[str]
) -> None:
    found = one(times(told, dates=(day("2026-10-25"),)), context("2026-10-20 09:00"))
    assert found.start is not None
    assert found.end is not None
    assert (found.start.isoformat(), found.end.isoformat()) == (start, end)
    assert [finding.code for finding in found.findings] == codes


def test_the_night_on_which_an_hour_is_missing() -> None:
    march, about = (day("2026-03-29"),), context("2026-03-20 09:00")
    found = one(times("01:00-04:00", dates=march), about)
    assert gap(*(at for at in span_of(found))).total_seconds() == 2 * 3600  # type: ignore[arg-type]
    skipped = one(times("02:00-03:00", dates=march), about)
    assert skipped.start is not None
    assert skipped.end is not None
    assert skipped.start.isoformat() == "2026-03-29T03:00:00+02:00"
    assert skipped.end.isoformat() == "2026-03-29T04:00:00+02:00"
    assert {finding.code for finding in skipped.findings} == {"time.nonexistent"}


def test_marked_hours_are_not_doubtful() -> None:
    interval = Interval(
        HERE, start=clock("02:30", fold=0), end=clock("02:30", fold=1), dates=(day("2026-10-25"),)
    )
    found = one(interval, context("2026-10-20 09:00"))
    assert gap(*(at for at in span_of(found))).total_seconds() == 3600  # type: ignore[arg-type]
    assert found.findings == ()


def test_another_zone() -> None:
    utc = {"zone": "UTC", "zones": ("UTC",)}
    interval = Interval(
        HERE, start=clock("22:30", **utc), end=clock("23:30", **utc), dates=WEDNESDAY
    )
    assert span_of(one(interval)) == (at("21 00:30"), at("21 01:30"))
    assert one(interval).findings == ()
    late = Interval(HERE, start=clock("22:30", **utc), end=clock("23:30"), dates=WEDNESDAY)
    assert span_of(one(late)) == (at("21 00:30"), at("21 23:30"))
    unclear = clock("22:30", zone="Asia/Kolkata", zones=("Asia/Kolkata", "Europe/Dublin"))
    found = one(Interval(HERE, start=unclear, dates=WEDNESDAY))
    assert [finding.code for finding in found.findings] == ["zone.ambiguous"]


def test_without_a_day() -> None:
    undated = one(times("18:00-22:00"))
    assert span_of(undated) == (at("18 18:00"), at("18 22:00"))
    assert undated.dateless
    assert [(f.code, f.level) for f in undated.findings] == [("date.inferred", "error")]
    unknown = one(times("18:00-22:00"), context())
    assert span_of(unknown) == (None, None)
    assert unknown.dateless
    assert [(f.code, f.level) for f in unknown.findings] == [("date.unknown", "error")]


def test_only_an_end() -> None:
    found = one(times("-12:00", end_dates=WEDNESDAY))
    assert span_of(found) == (at("20 00:00"), at("20 12:00"))
    assert (found.margin, found.approximate) == (0.0, True)
    assert found.findings[0].code == "start.unknown"
    midnight = one(times("-00:00", end_dates=WEDNESDAY))
    assert span_of(midnight) == (at("19 00:00"), at("20 00:00"))
    spread = one(times("-12:00", dates=(day("2026-05-19"),), end_dates=WEDNESDAY))
    assert span_of(spread) == (at("19 00:00"), at("20 12:00"))
    turned = one(times("-12:00", dates=(day("2026-05-21"),), end_dates=WEDNESDAY))
    assert span_of(turned) == (at("20 00:00"), at("20 12:00"))
    assert one(times("-12:00"), context()).dateless
    undated = one(times("-12:00"))
    assert (undated.start, undated.end, undated.dateless) == (None, at("18 12:00"), True)


def night(text: str, **parts: object) -> DateMention:
    return day(text, night=True, **parts)


@pytest.mark.parametrize(
    ("told", "start"),
    [("22:00-02:00", "19 22:00"), ("01:00-04:00", "20 01:00"), ("12:00-13:00", "19 12:00"),
     ("11:59-13:00", "20 11:59")],
)  # fmt: skip
def test_the_night_to_a_day_begins_the_evening_before(told: str, start: str) -> None:
    assert one(times(told, dates=(night("2026-05-20"),))).start == at(start)


@pytest.mark.parametrize(
    ("published", "part", "told", "start"),
    [
        ("18 09:00", "night", "01:00-03:00", "19 01:00"),
        ("18 09:00", "evening", "01:00-03:00", "19 01:00"),
        ("18 09:00", "night", "22:00-23:00", "18 22:00"),
        ("18 09:00", "night", "07:59-09:00", "19 07:59"),
        ("18 09:00", "night", "08:00-09:00", "18 08:00"),
        ("18 04:59", "night", "06:00-07:00", "18 06:00"),
        ("18 05:00", "night", "06:00-07:00", "19 06:00"),
        ("18 05:30", "night", "06:00-07:00", "19 06:00"),
        ("18 09:00", "morning", "06:00-07:00", "18 06:00"),
    ],
)
def test_tonight_after_midnight_is_tomorrow(
    published: str, part: str, told: str, start: str
) -> None:
    tonight = DateMention(HERE, "test", relative=0, part=part)  # type: ignore[arg-type]
    assert one(times(told, dates=(tonight,)), context(published)).start == at(start)
    dated = one(times(told, dates=(*WEDNESDAY, tonight)), context(published))
    assert dated.start is not None
    assert dated.start.day == (20 if part == "night" else dated.start.day)


def days(first: str, last: str, **parts: object) -> DaysMention:
    return DaysMention(day(first), day(last), bool(parts.pop("listed", False)), HERE, **parts)  # type: ignore[arg-type]


def starts(interval: Interval, about: Context = CONTEXT) -> list[object]:
    return [found.start for found in resolve(interval, 0, (), about)]


def test_days_told_together() -> None:
    week = days("2026-05-20", "2026-05-22")
    assert starts(times("22:00-02:00", days=week)) == [at(f"{n} 22:00") for n in (20, 21, 22)]
    assert starts(times("08:00-12:00", days=week)) == [at(f"{n} 08:00") for n in (20, 21, 22)]
    two = days("2026-05-20", "2026-05-21")
    assert starts(times("22:00-02:00", days=two)) == [at("20 22:00")]
    assert starts(times("22:00-02:00", days=two, every=True)) == [at("20 22:00"), at("21 22:00")]
    assert starts(times("08:00-12:00", days=two)) == [at("20 08:00"), at("21 08:00")]
    listed = days("2026-05-20", "2026-05-27", listed=True)
    assert starts(times("22:00-02:00", days=listed)) == [at("20 22:00"), at("27 22:00")]
    both = times("08:00-12:00", days=week, dates=WEDNESDAY)
    assert starts(both) == [at(f"{n} 08:00") for n in (20, 21, 22)]
    (one_long,) = resolve(replace(both, end_dates=(day("2026-05-22"),)), 0, (), CONTEXT)
    assert span_of(one_long) == (at("20 08:00"), at("22 12:00"))
    (whole,) = resolve(times("-", days=week), 0, (), CONTEXT)
    assert span_of(whole) == (at("20 00:00"), at("23 00:00"))


def test_the_night_between_two_days() -> None:
    between = days("2026-05-20", "2026-05-21", night=True)
    assert starts(times("22:00-02:00", days=between)) == [at("20 22:00")]
    assert starts(times("01:00-02:00", days=between)) == [at("21 01:00")]
    assert starts(times("12:00-13:00", days=between)) == [at("20 12:00")]
    assert starts(times("11:59-13:00", days=between)) == [at("21 11:59")]


def test_a_list_of_days() -> None:
    listed = times("08:00-12:00", listed=(day("2026-05-20"), day("2026-05-27")))
    assert starts(listed) == [at("20 08:00"), at("27 08:00")]


def test_every_such_weekday_of_a_month() -> None:
    every = DateMention(HERE, "test", which="every", weekdays=(6,), months=(5,))
    assert starts(times("01:00-03:00", dates=(every,))) == [at("23 01:00"), at("30 01:00")]
    april = replace(every, months=(4,))
    assert starts(times("01:00-03:00", dates=(april,)))[0] == at("2027-04-03 01:00")
    told = replace(every, months=(2,), year=2026)
    assert starts(times("01:00-03:00", dates=(told,)), context()) == [
        at(f"2026-02-{n:02} 01:00") for n in (7, 14, 21, 28)
    ]
    assert starts(times("01:00-03:00", dates=(every,)), context()) == [None]
