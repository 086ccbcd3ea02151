"""The edges of the time grammar: what a line tells, and what it does not."""

from __future__ import annotations

import pytest

from vindue.grammars.time import load_time_grammar
from vindue.nlp.mentions.intervals import LONGEST, TimeReader
from vindue.nlp.mentions.times import ClockMention, DateMention, Interval, LineTimes

TIMES = TimeReader(load_time_grammar())


def clock(told: ClockMention | None) -> str:
    """``"18:00"``, with its zones behind an ``@``."""
    if told is None:
        return ""
    zones = "/".join(told.zones)
    return f"{told.minute // 60}:{told.minute % 60:02}" + (f"@{zones}" if zones else "")


def date(told: DateMention) -> str:
    """``"20.5.2026"``; a part that is not told is ``-``, weekdays stand behind."""
    months = "/".join(map(str, told.months))
    parts = (told.day, months or None, told.year)
    days = "".join(f" w{n}" for n in told.weekdays)
    return ".".join("-" if part is None else str(part) for part in parts) + days


def span(told: Interval) -> str:
    """``"20.5.- 18:00 to 20:00"``: dates and clock times of both ends."""
    first = [*map(date, told.dates), clock(told.start)]
    last = [*map(date, told.end_dates), clock(told.end)]
    if told.days is not None:
        first = [f"{date(told.days.first)}…{date(told.days.last)}", *first]
    return " to ".join(" ".join(part for part in side if part) for side in (first, last))


def read(text: str) -> LineTimes:
    return TIMES.read(text, 0)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("18:00-20:00", "18:00 to 20:00"),
        ("from 18:00 to 20:00", "18:00 to 20:00"),
        ("noon to midnight", "12:00 to 24:00"),
        ("quarter past seven to quarter to nine", "7:15 to 8:45"),
        ("from 22:00 on 20 May to 02:00 on 21 May", "20.5.- 22:00 to 21.5.- 2:00"),
        ("from 20 May 22:00 to 21 May 02:00", "20.5.- 22:00 to 21.5.- 2:00"),
        ("on 20 May between 2 and 5", "20.5.- 2:00 to 5:00"),
        ("8-10 pm", "20:00 to 22:00"),
        ("10-2 pm", "10:00 to 14:00"),
        ("8 am - 10 pm", "8:00 to 22:00"),
        ("12 am - 12 pm", "0:00 to 12:00"),
        ("20-22 May 18:00-20:00", "20.5.-…22.5.- 18:00 to 20:00"),
        ("20, 21 and 22 May 18:00-20:00", "20.5.-…22.5.- 18:00 to 20:00"),
        ("On June 14 and June 28, 2026, from 7:00 to 9:00", "14.6.2026…28.6.2026 7:00 to 9:00"),
        ("tomorrow 18:00-20:00", "-.-.- 18:00 to 20:00"),
        ("Wednesday 20 May 18:00-20:00", "20.5.- w3 18:00 to 20:00"),
        ("05/20/2026 18:00-20:00", "20.5.2026 18:00 to 20:00"),
        ("20/05/26 18:00-20:00", "20.5.2026 18:00 to 20:00"),
        ("all day on 20 May", "20.5.- to "),
        ("20 May all day", "20.5.- to "),
        ("closes at 18 and opens again at 20", "18:00 to 20:00"),
        ("18:00-20:00 UTC", "18:00@UTC to 20:00@UTC"),
        ("18:00 UTC to 20:00", "18:00@UTC to 20:00@UTC"),
        ("18:00 UTC - 20:00 CET", "18:00@UTC to 20:00@Europe/Copenhagen"),
    ],
)
def test_ranges(text: str, told: str) -> None:
    times = read(text)
    assert [span(found) for found in times.intervals] == [told]
    assert (times.points, times.ends, times.dates, times.clocks) == ((), (), (), ())


@pytest.mark.parametrize(
    ("text", "told", "onwards"),
    [
        ("20 May 2026 at 18:00", "20.5.2026 18:00 to ", False),
        ("about 18:00 on 20 May", "20.5.- 18:00 to ", False),
        ("on 20 May from 18:00 until further notice", "20.5.- 18:00 to ", True),
        ("this Friday from 18:00", "-.-.- w5 18:00 to ", True),
        ("Wednesday or Thursday 20 May 18:00", "-.-.- w3 20.5.- w4 18:00 to ", False),
        ("20 May 2026 18:00 UTC+530", "20.5.2026 18:00@+05:30 to ", False),
        ("20 May 2026 18:00 UTC-3", "20.5.2026 18:00@-03:00 to ", False),
        ("20 May 2026 18:00 UTC+0545", "20.5.2026 18:00@+05:45 to ", False),
    ],
)
def test_points(text: str, told: str, onwards: bool) -> None:
    times = read(text)
    assert [span(found) for found in times.points] == [told]
    assert times.points[0].onwards is onwards
    assert times.points[0].approximate is ("about" in text)
    assert (times.points[0].open_end is not None) is ("further" in text)
    assert (times.intervals, times.ends, times.dates) == ((), (), ())


@pytest.mark.parametrize(
    ("text", "told", "about"),
    [
        ("until 20:00 on 20 May", " to 20.5.- 20:00", False),
        ("until about 20:00", " to 20:00", True),
        ("until 20:00 UTC", " to 20:00@UTC", False),
    ],
)
def test_ends(text: str, told: str, about: bool) -> None:
    times = read(text)
    assert [span(found) for found in times.ends] == [told]
    assert times.ends[0].approximate is about
    assert (times.intervals, times.points, times.dates) == ((), (), ())


@pytest.mark.parametrize(
    "text",
    ["from 18:00 onwards", "from 18:00 and onwards", "from 18:00 and onwards the portal is closed"],
)
def test_a_start_that_stays_open(text: str) -> None:
    (found,) = read(text).intervals
    assert span(found) == "18:00 to "
    assert found.open_end is not None


@pytest.mark.parametrize(
    "text",
    ["between 2 and 5 flaps", "45.05.2026", "00.05.2026", "32/05/2026", "20/00/2026", "31/31/2026",
     "25:00", "24:01", "version 2.0", "SKB-2026-114"],
)  # fmt: skip
def test_no_time_at_all(text: str) -> None:
    times = read(text)
    assert not times.told
    assert times.other_words > 0


@pytest.mark.parametrize(
    ("text", "told"),
    [("at 24:00", "24:00"), ("half past seven", "7:30"), ("halv otte", "7:30"),
     ("kvart over otte", "8:15"), ("kvart i otte", "7:45"), ("SKB-2026-114 18:00", "18:00"),
     ("18:00 +02:00", "18:00@+02:00"), ("18:00 GMT+1", "18:00@+01:00"), ("noon", "12:00")],
)  # fmt: skip
def test_a_clock_time_alone(text: str, told: str) -> None:
    times = read(text)
    assert [clock(found) for found in times.clocks] == [told]
    assert (times.intervals, times.points, times.ends, times.dates) == ((), (), (), ())


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("from 18000 to 20:00", [1080, 600]),
        ("from 18:0 to 20:00", [1080, 1090, 1100, 1110, 1120, 1130]),
        ("from 20:00 to 2O30", [1230]),
    ],
)
def test_a_damaged_clock_time_keeps_its_readings(text: str, readings: list[int]) -> None:
    (found,) = read(text).intervals
    assert found.start is not None
    assert found.end is not None
    damaged = found.start if found.start.findings else found.end
    assert [damaged.minute, *damaged.alternatives][: len(readings)] == readings
    assert not damaged.sure


@pytest.mark.parametrize(
    ("text", "minutes", "about"),
    [("1.5 hours", 90, False), ("2½ timer", 150, False), ("about 2 hours", 120, True),
     ("2-3 timer", 180, True), ("2 days", 2880, False), ("1 hour 30 minutes", 90, False),
     ("en halv time", 30, False), ("one and a half hours", 90, False)],
)  # fmt: skip
def test_a_length_alone(text: str, minutes: int, about: bool) -> None:
    (found,) = read(text).durations
    assert (found.minutes, found.approximate) == (minutes, about)


@pytest.mark.parametrize(
    ("text", "fold"), [("18:00 (DST)", 0), ("18:00 (winter time)", 1), ("18:00", None)]
)
def test_summer_and_winter_time(text: str, fold: int | None) -> None:
    (found,) = read(text).clocks
    assert found.fold == fold


@pytest.mark.parametrize(
    ("text", "loose"), [("05/06/2026", True), ("06/06/2026", False), ("13/06/2026", False)]
)
def test_either_order_of_day_and_month(text: str, loose: bool) -> None:
    (found,) = read(text).dates
    assert found.loose is loose


def test_a_night_and_an_evening() -> None:
    (night,) = read("natten til søndag kl. 1-3").intervals
    assert [mention.night for mention in night.dates] == [True]
    (evening,) = read("tonight at 01:00").points
    assert [(m.relative, m.part) for m in evening.dates] == [(0, "evening")]
    nights = "the night between Tuesday 19 and Wednesday 20 May from 22:00 to 04:00"
    (between,) = read(nights).intervals
    assert between.days is not None
    assert (between.days.first.day, between.days.last.day, between.days.night) == (19, 20, True)
    (every,) = read("from 18:00 to 20:00 every Saturday in May").intervals
    assert [(m.which, m.weekdays, m.months) for m in every.dates] == [("every", (6,), (5,))]
    (week,) = read("Monday week 21 at 18:00").points
    assert [(m.week, m.weekdays) for m in week.dates] == [(21, (1,))]


def test_a_long_line_is_read_like_a_short_one_and_not_kept() -> None:
    short = read("20 May 2026 18:00-20:00")
    padded = "20 May 2026 18:00-20:00" + " " * LONGEST
    kept = TIMES._once.cache_info().currsize
    assert TIMES.read(padded, 0).intervals == short.intervals
    assert TIMES._once.cache_info().currsize == kept


def test_what_a_line_says_stands_where_the_line_stands() -> None:
    text = "the portal closes 20 May 2026 18:00-20:00 UTC, for 2 hours"
    here, there = TIMES.read(text, 0), TIMES.read(text, 1000)
    assert [i.span.start + 1000 for i in here.intervals] == [i.span.start for i in there.intervals]
    assert [d.span.end + 1000 for d in here.durations] == [d.span.end for d in there.durations]
