"""What one sentence of an update says: which kind, and which of its times is the new one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.resolver_parts import HERE, clock, day, length
from vindue.grammars.lifecycle import load_lifecycle
from vindue.grammars.time import load_time_grammar
from vindue.grammars.wording import load_wording
from vindue.nlp.events import Event, Said, event_of, overlap, told_end
from vindue.nlp.lifecycle import LifecycleReader
from vindue.nlp.mentions.intervals import TimeReader
from vindue.nlp.mentions.times import Interval, LineTimes
from vindue.nlp.readings import SystemMention
from vindue.nlp.spans import Line, Span

TIMES = TimeReader(load_time_grammar())
LIFECYCLE = LifecycleReader(
    load_lifecycle(), load_wording().known, load_wording().lists["abbreviations"]
)
OFFSET = 50
WHOLE = Interval(HERE, start=clock("18:00"), end=clock("22:00"), dates=(day("2026-05-20"),))


def event(text: str, *named: SystemMention, about: Interval | None = None) -> Event:
    """Of a sentence that stands somewhere in an input."""
    line = Line(3, Span(OFFSET, OFFSET + len(text)), text)
    times = TIMES.read(text, OFFSET)
    kinds = LIFECYCLE.read(line, times).kinds
    return event_of(Said(3, kinds, times, None, line.span, about), line, named)


def shown(told: Interval | None) -> str:
    """``"20 18:00-21 22:00"``: the days and clock times of an interval, as told."""
    if told is None:
        return ""
    sides = ((told.dates, told.start), (told.end_dates, told.end))
    return "-".join(
        " ".join(
            [str(mention.day) for mention in dates]
            + ([f"{at.minute // 60}:{at.minute % 60:02}"] if at else [])
        )
        for dates, at in sides
    )


MAY = "Wednesday 20 May"
NEXT = "Thursday 21 May"


@pytest.mark.parametrize(
    ("text", "kind", "field", "told"),
    [
        ("The maintenance is extended until 23:00.", "extended", "end", "-23:00"),
        ("The maintenance is extended to 23:00 or 23:30.", "extended", "again", "-23:30"),
        ("The end has been moved to 23:00.", "new_end", "end", "-23:00"),
        ("The start is delayed to 19:00.", "delayed", "start", "-19:00"),
        ("The start is delayed to 19:00.", "delayed", "end", ""),
        ("The start is postponed to 19:00.", "delayed", "start", "-19:00"),
        ("The system opens again at 23:00.", "new_end", "end", "-23:00"),
        ("The maintenance 18:00-20:00 is moved to 19:00-21:00.", "moved", "window", "19:00-21:00"),
        ("The maintenance 18:00-20:00 is moved to 19:00-21:00.", "moved", "before", "18:00-20:00"),
        ("The maintenance is moved to 19:00-21:00.", "moved", "before", ""),
        (f"The maintenance is moved to {NEXT}, same time.", "moved", "start", "21-"),
        (f"The maintenance on {MAY} 18:00-20:00 is moved to {NEXT}.", "moved", "start", "21-"),
        (f"The maintenance on {MAY} 18:00-20:00 is moved to {NEXT}.", "moved", "window", ""),
        (
            f"The maintenance on {MAY} 18:00-20:00 is moved to {NEXT}.",
            "moved", "before", "20 18:00-20:00",
        ),
        (f"The maintenance is moved from {MAY} to {NEXT}, same time.", "moved", "start", "21-"),
        (f"The maintenance is moved from {MAY} to {NEXT}, same time.", "moved", "about", "20-21"),
        (
            f"The maintenance is moved from {MAY} to {NEXT}, 18:00-20:00.",
            "moved", "window", "21 18:00-20:00",
        ),
        (f"The maintenance is moved. Contact us on {NEXT}.", "moved", "start", ""),
        (f"{NEXT}: the maintenance is moved.", "moved", "start", ""),
        ("The maintenance is cancelled. It was 18:00-20:00.", "cancelled", "window", ""),
        (
            "The maintenance is cancelled. New date: Friday 22 May 2026 18:00-20:00",
            "moved", "window", "22 18:00-20:00",
        ),
        ("The maintenance is resumed and runs until 23:00.", "info", "end", "-23:00"),
        ("The maintenance was completed at 21:30.", "completed", "at", "-21:30"),
        ("The maintenance was completed at 21:30.", "completed", "end", ""),
    ],
)  # fmt: skip
def test_which_time_is_the_new_one(text: str, kind: str, field: str, told: str) -> None:
    found = event(text)
    assert found.kind == kind
    assert shown(getattr(found, field)) == told


def test_the_old_end_told_beside_the_new() -> None:
    found = event("The maintenance was expected to end at 11:30, it should have said 13:30.")
    assert (found.kind, shown(found.end), shown(found.again)) == ("new_end", "-11:30", "-13:30")


def test_a_length_is_of_what_can_be_lengthened() -> None:
    for text, minutes in (
        ("The maintenance is extended by 2 hours.", 120),
        ("The maintenance is postponed by 2 hours.", 120),
        ("The maintenance is moved by 2 hours.", None),
    ):
        found = event(text).duration
        assert (found and found.minutes) == minutes


@pytest.mark.parametrize(
    ("text", "about", "no_end"),
    [
        ("The maintenance is extended until 23:00.", False, False),
        ("The maintenance is extended until about 23:00.", True, False),
        ("The maintenance is extended by about 2 hours.", True, False),
        ("The maintenance is extended by 2 hours.", False, False),
        ("The maintenance is delayed with no end time yet.", False, True),
    ],
)
def test_what_is_about_and_what_has_no_end(text: str, about: bool, no_end: bool) -> None:
    found = event(text)
    assert (found.approximate, found.no_horizon) == (about, no_end)


def test_only_a_delay_of_the_start_is_at_the_start() -> None:
    assert event("The start is delayed to 19:00.").at_start
    assert not event("The maintenance is delayed to 23:00.").at_start
    assert not event(f"The maintenance is moved to {NEXT}, same time.").at_start


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("This is a duplicate of https://example.org/a/7).", "https://example.org/a/7"),
        ("This is a duplicate of www.example.org/a/7;", "www.example.org/a/7"),
        ("This is a duplicate of another notice.", None),
    ],
)
def test_an_address_stands_where_it_stands(text: str, url: str | None) -> None:
    found = event(text).url
    assert (found and found.text) == url
    if found is not None and url is not None:
        start = OFFSET + text.index(url)
        assert found.span == Span(start, start + len(url))


def test_which_systems_an_update_is_of() -> None:
    named = (
        SystemMention(HERE, ("ics", "ncts")), SystemMention(HERE, ("ics",)),
        SystemMention(HERE, ("dms",), known=False),
    )  # fmt: skip
    assert event("The maintenance is cancelled.", *named).systems == ("ics", "ncts")
    assert event("The maintenance is running.", *named).systems == ("ics", "ncts")
    assert event("The maintenance is extended until 23:00.", *named).systems == ()


def test_which_occurrence_is_closed() -> None:
    assert event("The maintenance is cancelled.", about=WHOLE).about is WHOLE
    assert event("The maintenance was completed.", about=WHOLE).about is WHOLE
    assert event("The maintenance is extended until 23:00.", about=WHOLE).about is None


@pytest.mark.parametrize(
    ("inner", "outer", "any_letter"),
    [((0, 5), (5, 9), False), ((0, 6), (5, 9), True), ((9, 12), (5, 9), False),
     ((8, 12), (5, 9), True), ((6, 7), (5, 9), True)],
)  # fmt: skip
def test_words_that_overlap(
    inner: tuple[int, int], outer: tuple[int, int], any_letter: bool
) -> None:
    assert overlap(Span(*inner), Span(*outer)) is any_letter
    assert not overlap(None, Span(*outer))


def test_the_one_time_that_an_update_gives() -> None:
    end = Interval(HERE, end=clock("23:00"))
    point = Interval(HERE, start=clock("22:00"), dates=(day("2026-05-21"),), approximate=True)
    alone = replace(clock("21:00"), approximate=True)
    assert told_end(LineTimes(ends=(end,), points=(point,), clocks=(alone,))) == end
    assert shown(told_end(LineTimes(points=(point,), clocks=(alone,)))) == "-21 22:00"
    bare = told_end(LineTimes(clocks=(alone,), dates=(day("2026-05-22"),)))
    assert shown(bare) == "-22 21:00"
    assert bare is not None
    assert bare.approximate
    assert told_end(LineTimes(dates=(day("2026-05-22"),), durations=(length(60),))) is None
