"""The windows with their updates: whose they are, what became of them, where it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.resolver_parts import (
    HERE,
    at,
    context,
    dated,
    day,
    telling,
    times,
)
from vindue.nlp.events import Event
from vindue.nlp.mentions.times import Interval, LineTimes
from vindue.nlp.readings import Effects, ImpactReading, Schedule, Scope, SystemMention
from vindue.nlp.spans import Piece, Span
from vindue.nlp.updates import Updates
from vindue.nlp.windows import read_schedule

ABOUT = context("18 09:00")
WEDNESDAY, THURSDAY = day("2026-05-20"), day("2026-05-21")
EVENING = times("18:00-22:00")
BLANK = LineTimes()
NOTHING = Effects()


def schedule(*lines: LineTimes, effects: Effects = NOTHING, **parts: object) -> Schedule:
    return read_schedule(telling(*lines, **parts), effects, ABOUT)  # type: ignore[arg-type]


def starts(found: Schedule) -> list[object]:
    return [window.start for window in found.windows]


def codes(found: Schedule) -> list[str]:
    return [finding.code for finding in found.findings]


NIGHTS = (dated(EVENING, WEDNESDAY), dated(EVENING, THURSDAY, line=1))


def mention(system: str, start: int, **parts: bool) -> SystemMention:
    return SystemMention(Span(start, start + 3), (system,), **parts)


def systems(found: Schedule) -> list[tuple[str, ...]]:
    return [window.systems for window in found.windows]


def test_windows_stand_in_order_of_time() -> None:
    assert starts(schedule(*reversed(NIGHTS))) == [at("20 18:00"), at("21 18:00")]
    ((only,), found) = (starts(schedule(NIGHTS[0])), schedule())
    assert only == at("20 18:00")
    assert codes(found) == ["window.none"]


def test_each_window_is_of_the_systems_of_its_line() -> None:
    both = Effects(systems=("a", "b"), mentions=(mention("a", 101), mention("b", 121)))
    assert systems(schedule(*NIGHTS, effects=both)) == [("a",), ("b",)]
    same = Effects(systems=("a", "b"), mentions=(mention("a", 101), mention("a", 121)))
    assert systems(schedule(*NIGHTS, effects=same)) == [(), ()]
    aside = Effects(
        systems=("a", "b"), mentions=(mention("a", 101), mention("b", 121, meant=False))
    )
    assert systems(schedule(*NIGHTS, effects=aside)) == [("a",), ()]
    unknown = Effects(
        systems=("a", "b"), mentions=(mention("a", 101), mention("b", 121, known=False))
    )
    assert systems(schedule(*NIGHTS, effects=unknown)) == [("a",), ()]
    other = Effects(systems=("a", "b"), mentions=(mention("a", 101), mention("c", 121)))
    assert systems(schedule(*NIGHTS, effects=other)) == [("a",), ()]
    edge = Effects(systems=("a", "b"), mentions=(mention("a", 100), mention("b", 130)))
    assert systems(schedule(*NIGHTS, effects=edge)) == [("a",), ()]
    headed = Effects(systems=("a", "b"), scopes=(Scope(("a",)), Scope(("b",))))
    assert systems(schedule(*NIGHTS, effects=headed)) == [("a",), ("b",)]
    assert systems(schedule(NIGHTS[0], effects=headed)) == [()]


def test_a_statement_says_whose_window_stands_in_it() -> None:
    def hit(system: str, start: int, end: int, channel: str = "online") -> ImpactReading:
        return ImpactReading((system,), channel, "unavailable", Span(start, end))  # type: ignore[arg-type]

    impacts = (hit("a", 100, 110), hit("b", 120, 130, "all"))
    found = schedule(*NIGHTS, effects=Effects(systems=("a", "b"), impacts=impacts))
    assert systems(found) == [("a",), ("b",)]
    assert [window.channel for window in found.windows] == ["online", None]
    short = (hit("a", 100, 103), hit("b", 120, 130))
    assert systems(schedule(*NIGHTS, effects=Effects(systems=("a", "b"), impacts=short))) == [
        (),
        ("b",),
    ]
    twice = (hit("a", 100, 110), hit("c", 101, 110), hit("b", 120, 130))
    found = schedule(*NIGHTS, effects=Effects(systems=("a", "b", "c"), impacts=twice))
    assert systems(found) == [("a",), ("b",)]


def test_the_envelope_of_windows_told_by_system_is_none() -> None:
    morning, noon = times("08:00-10:00"), times("10:00-12:00")
    lines = (
        dated(times("08:00-12:00"), WEDNESDAY), dated(morning, WEDNESDAY, line=1),
        dated(noon, WEDNESDAY, line=2),
    )  # fmt: skip
    scopes = (Scope(), Scope(("a",)), Scope(("b",)))
    effects = Effects(systems=("a", "b"), scopes=scopes)
    assert starts(schedule(*lines, effects=effects)) == [at("20 08:00"), at("20 10:00")]
    assert len(starts(schedule(*lines))) == 3
    one = Effects(systems=("a", "b"), scopes=(Scope(), Scope(("a",)), Scope()))
    assert len(starts(schedule(*lines, effects=one))) == 3


def events(*told: Event) -> dict[str, Any]:
    return {"updates": Updates(told)}


def said(kind: str, **parts: object) -> Event:
    return Event(kind, Span(150, 155), 5, **parts)  # type: ignore[arg-type]


def test_what_became_of_the_notice() -> None:
    assert schedule(NIGHTS[0]).status == "scheduled"
    assert schedule(NIGHTS[0], **events(said("cancelled"))).status == "cancelled"
    assert schedule(NIGHTS[0], title_status="completed").status == "completed"
    assert (
        schedule(NIGHTS[0], title_status="completed", **events(said("postponed"))).status
        == "postponed"
    )
    assert schedule(NIGHTS[0], title_status="completed", about=False).status == "scheduled"
    assert schedule(BLANK, **events(said("cancelled"))).status == "cancelled"
    assert schedule(BLANK, **events(said("completed"), said("duplicate"))).status == "duplicate"
    assert schedule(BLANK, **events(said("info"))).status == "scheduled"
    assert schedule(NIGHTS[0], **events(said("cancelled")), about=False).status == "scheduled"


def test_one_of_two_windows_called_off_calls_off_no_notice() -> None:
    one = said("cancelled", about=replace(EVENING, dates=(WEDNESDAY,)))
    found = schedule(*NIGHTS, **events(one))
    assert [window.status for window in found.windows] == ["cancelled", "scheduled"]
    assert found.status == "scheduled"
    assert schedule(*NIGHTS, **events(said("cancelled"))).status == "cancelled"


def test_systems_called_off_one_by_one() -> None:
    effects = Effects(systems=("a", "b"))
    some = schedule(NIGHTS[0], effects=effects, **events(said("cancelled", systems=("a",))))
    assert (some.status, systems(some)) == ("scheduled", [("b",)])
    every = schedule(NIGHTS[0], effects=effects, **events(said("cancelled", systems=("a", "b"))))
    assert (every.status, every.windows[0].status) == ("cancelled", "cancelled")


def test_an_update_told_of_two_windows_is_one_revision() -> None:
    found = schedule(*NIGHTS, **events(said("extended", end=times("-23:00"))))
    assert [(r.kind, r.span) for r in found.revisions] == [("extended", Span(150, 155))]
    assert found.revisions[0].end == at("20 23:00")
    assert [window.end for window in found.windows] == [at("20 23:00"), at("21 23:00")]
    unfolded = schedule(BLANK, **events(said("new_end", end=times("-23:00")), said("info")))
    assert [r.kind for r in unfolded.revisions] == ["edited", "info"]


def test_where_the_values_stand() -> None:
    done = schedule(NIGHTS[0], **events(said("completed", end=times("-21:00"))))
    (window,) = done.windows
    assert (window.actual_end, window.end) == (at("20 21:00"), at("20 22:00"))
    assert [p.field for p in window.proofs].count("actual_end") == 1
    longer = schedule(
        NIGHTS[0], **events(said("extended", end=replace(times("-23:00"), span=Span(151, 154))))
    )
    assert Span(151, 154) in [p.span for p in longer.windows[0].proofs if p.field == "end"]
    moved = schedule(
        NIGHTS[0], **events(said("moved", start=replace(times("19:00-"), span=Span(151, 154))))
    )
    assert Span(151, 154) in [p.span for p in moved.windows[0].proofs if p.field == "start"]


def test_how_exact_a_window_is() -> None:
    whole = Interval(Span(103, 108), dates=(WEDNESDAY,), all_day=True)
    assert schedule(LineTimes(intervals=(whole,))).windows[0].precision == "day"
    assert schedule(NIGHTS[0]).windows[0].precision == "minute"
    about = dated(replace(EVENING, approximate=True), WEDNESDAY)
    assert schedule(about).windows[0].precision == "approximate"


def test_what_is_not_known_of_a_window_is_said_once() -> None:
    opened = (
        dated(replace(times("18:00-"), open_end=HERE), WEDNESDAY),
        dated(replace(times("18:00-"), open_end=HERE), THURSDAY, line=1),
    )
    found = schedule(*opened)
    assert codes(found).count("end.unknown") == 1
    assert all(window.open_end for window in found.windows)
    assert "end.unknown" not in codes(schedule(NIGHTS[0]))
    duplicate = said("duplicate", url=Piece("https://example.org/1", HERE))
    assert schedule(NIGHTS[0], **events(duplicate)).duplicate_of == duplicate.url
    assert schedule(NIGHTS[0], **events(said("info", url=duplicate.url))).duplicate_of is None
