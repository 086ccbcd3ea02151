"""From what the lines tell to the windows as announced: what is read, and who is a witness."""

from __future__ import annotations

from dataclasses import replace

from tests.resolver_parts import (
    HERE,
    WEIGHTS,
    at,
    clock,
    context,
    dated,
    day,
    draft,
    length,
    telling,
    times,
)
from vindue.nlp.announced import announced
from vindue.nlp.decoys import Decoys
from vindue.nlp.earlier import earlier_telling, moved_from, replanned
from vindue.nlp.events import Event
from vindue.nlp.field_parts import FieldInterval, Fields
from vindue.nlp.fold import fold
from vindue.nlp.listed_days import over_listed_days
from vindue.nlp.mentions.times import DateMention, DaysMention, Interval, LineTimes
from vindue.nlp.readings import Effects
from vindue.nlp.spans import Span
from vindue.nlp.updates import Updates
from vindue.nlp.witnesses import headings, lines_read, other_witnesses, with_heading_days

ABOUT = context("18 09:00")
WEDNESDAY, THURSDAY = day("2026-05-20"), day("2026-05-21")
EVENING = times("18:00-22:00")
BLANK = LineTimes()
NOTHING = Effects()


# --- which lines, which witnesses -----------------------------------------------------------------


def test_lines_of_updates_fields_history_and_decoys_tell_no_window() -> None:
    lines = (dated(EVENING, WEDNESDAY), dated(EVENING, THURSDAY))
    for parts in (
        {"updates": Updates(silent=frozenset({0}))},
        {"fields": Fields(labelled=frozenset({0}))},
        {"fields": Fields(history=frozenset({0}))},
        {"decoys": Decoys(lines=frozenset({0}))},
        {"decoys": Decoys(earlier=frozenset({0}))},
        {"near": frozenset({1})},
    ):
        assert [index for index, _ in lines_read(telling(*lines, **parts))] == [1]
    assert [index for index, _ in lines_read(telling(*lines))] == [0, 1]


def test_of_a_line_of_advice_only_a_whole_range_counts() -> None:
    half = times("18:00-")
    line = LineTimes(
        intervals=(EVENING, half, times("-22:00")), points=(half,), dates=(WEDNESDAY,),
        clocks=(clock("18:00"),),
    )  # fmt: skip
    ((_, found),) = lines_read(telling(line, aside=frozenset({0})))
    assert found == LineTimes(intervals=(EVENING,), dates=(WEDNESDAY,))
    ((_, whole),) = lines_read(telling(line))
    assert whole == line


def days_of(
    interval: Interval, index: int, *lines: LineTimes, title: LineTimes | None = None
) -> list[tuple[object, ...]]:
    found = other_witnesses(index, interval, telling(*lines, title=title), ABOUT)
    return [(w.mention.day, w.role, w.weight) for w in found]


def test_the_nearest_date_above_then_below_is_the_heading() -> None:
    first, second, third = (LineTimes(dates=(day(f"2026-05-{n}"),)) for n in (20, 21, 22))
    role = WEIGHTS.role
    assert days_of(EVENING, 2, first, second, BLANK, third) == [(21, "heading", role.heading)]
    assert days_of(EVENING, 1, BLANK, BLANK, BLANK, third, second) == [
        (22, "heading", role.heading)
    ]
    assert days_of(EVENING, 0, first, second) == [(21, "heading", role.heading)]
    assert days_of(EVENING, 0, BLANK) == []
    titled = days_of(EVENING, 1, first, BLANK, title=second)
    assert titled == [(20, "heading", role.heading), (21, "title", role.title)]
    own = replace(EVENING, dates=(WEDNESDAY,))
    assert days_of(own, 1, first, BLANK, title=second) == [(21, "title", role.title)]
    both = replace(EVENING, days=DaysMention(WEDNESDAY, THURSDAY, False, HERE))
    assert days_of(both, 1, first, BLANK, title=second) == [(21, "title", role.title)]
    apart = telling(first, BLANK, decoys=Decoys(lines=frozenset({0})))
    assert headings(1, apart, ABOUT) == ()


def test_two_days_of_the_title_are_one_witness() -> None:
    pair = DaysMention(WEDNESDAY, THURSDAY, False, HERE)
    alone = LineTimes(days=(pair,), dates=(day("2026-05-27"),))
    (both, plain) = other_witnesses(0, EVENING, telling(BLANK, title=alone), ABOUT)
    assert (both.mention, both.also, both.role) == (WEDNESDAY, (THURSDAY,), "title")
    assert (plain.mention.day, plain.also) == (27, ())
    ranged = LineTimes(intervals=(replace(EVENING, days=pair),))
    (found,) = other_witnesses(0, EVENING, telling(BLANK, title=ranged), ABOUT)
    assert (found.mention, found.also) == (WEDNESDAY, (THURSDAY,))


def test_days_told_above_are_of_the_clock_times_below() -> None:
    pair = DaysMention(WEDNESDAY, THURSDAY, False, HERE)
    heading = LineTimes(days=(pair,))
    other = LineTimes(intervals=(EVENING,))

    def found(index: int, *lines: LineTimes, interval: Interval = EVENING) -> bool:
        return with_heading_days(index, interval, telling(*lines)).days is pair

    assert found(1, heading, BLANK)
    assert found(3, heading, BLANK, BLANK, BLANK)
    assert not found(4, heading, BLANK, BLANK, BLANK, BLANK)
    assert found(2, heading, other, other)
    assert found(2, heading, LineTimes(points=(EVENING,)), other)
    assert not found(2, heading, LineTimes(dates=(WEDNESDAY,)), other)
    assert not found(0, heading, BLANK)
    for part in ({"dates": (WEDNESDAY,)}, {"end_dates": (WEDNESDAY,)}):
        assert not found(1, heading, BLANK, interval=replace(EVENING, **part))  # type: ignore[arg-type]
    own = replace(EVENING, days=replace(pair, night=True))
    assert with_heading_days(1, own, telling(heading, BLANK)) is own


# --- dates one a line -----------------------------------------------------------------------------


def listed(
    interval: Interval, line: int, read: dict[int, LineTimes]
) -> list[tuple[int, list[int | None]]]:
    found = over_listed_days(FieldInterval(line, interval), read)
    return [(one.line, [m.day for m in one.interval.dates]) for one in found]


def bare(*dates: str, **parts: object) -> LineTimes:
    return LineTimes(dates=tuple(day(text) for text in dates), **parts)  # type: ignore[arg-type]


def test_one_range_for_dates_one_a_line() -> None:
    first, second = bare("2026-05-20"), bare("2026-05-22")
    both = [(1, [20]), (2, [22])]
    ranged = LineTimes(intervals=(EVENING,))
    assert listed(EVENING, 0, {0: ranged, 1: first, 2: second}) == both
    assert listed(EVENING, 3, {1: first, 2: second, 3: ranged}) == both
    assert listed(EVENING, 0, {0: ranged, 2: first, 3: second}) == [(2, [20]), (3, [22])]
    assert listed(EVENING, 0, {0: ranged, 1: BLANK, 2: first, 3: second}) == [(2, [20]), (3, [22])]
    none: list[tuple[int, list[int | None]]] = [(0, [])]
    assert listed(EVENING, 0, {0: ranged, 3: first, 4: second}) == none
    assert listed(EVENING, 0, {0: ranged, 1: first, 3: second}) == none
    assert listed(EVENING, 0, {0: ranged, 1: first}) == none


def test_what_is_no_list_of_bare_dates() -> None:
    second = bare("2026-05-22")
    for other in (
        bare("2026-05-20", intervals=(EVENING,)),
        bare("2026-05-20", points=(EVENING,)),
        bare("2026-05-20", ends=(EVENING,)),
        bare("2026-05-20", clocks=(clock("12:00"),)),
        bare("2026-05-20", days=(DaysMention(WEDNESDAY, THURSDAY, False, HERE),)),
        bare("2026-05-20", "2026-05-21"),
        bare("2026-05-20", other_words=7),
        LineTimes(dates=(DateMention(HERE, "test", weekdays=(3,)),)),
        BLANK,
    ):
        assert listed(EVENING, 0, {1: other, 2: second}) == [(0, [])]
    wordy = bare("2026-05-20", other_words=6)
    assert len(listed(EVENING, 0, {1: wordy, 2: second})) == 2


def test_only_a_range_without_its_own_date_is_for_a_list() -> None:
    read = {1: bare("2026-05-20"), 2: bare("2026-05-22")}

    def count(**parts: object) -> int:
        return len(listed(replace(EVENING, **parts), 0, read))  # type: ignore[arg-type]

    name = DateMention(HERE, "test", weekdays=(3,))
    assert count() == 2
    assert count(end=None, duration=length(60)) == 2
    assert count(dates=(name,)) == 2
    assert count(dates=(replace(name, which="every"),)) == 1
    assert count(dates=(WEDNESDAY,)) == 1
    assert count(dates=(name, WEDNESDAY)) == 1
    assert count(end=None) == 1
    assert count(start=None) == 1
    assert count(end_dates=(WEDNESDAY,)) == 1
    assert count(listed=(WEDNESDAY,)) == 1
    assert count(days=DaysMention(WEDNESDAY, THURSDAY, False, HERE)) == 1


# --- what is announced ----------------------------------------------------------------------------


def days_told(*lines: LineTimes, **parts: object) -> list[object]:
    return [d.start for d in announced(telling(*lines, **parts), ABOUT)]  # type: ignore[arg-type]


def test_clock_times_with_a_day_are_the_windows() -> None:
    both = (dated(EVENING, WEDNESDAY), dated(EVENING, THURSDAY, line=1))
    assert days_told(*both) == [at("20 18:00"), at("21 18:00")]
    assert days_told(*both, about=False) == []
    assert days_told(dated(EVENING), dated(EVENING, THURSDAY, line=1)) == [at("21 18:00")]
    other = times("08:00-12:00")
    assert len(days_told(dated(other), dated(EVENING, THURSDAY, line=1))) == 2
    whole = Interval(Span(103, 108), dates=(WEDNESDAY,), end_dates=(day("2026-05-22"),))
    assert days_told(LineTimes(intervals=(whole,))) == [at("20 00:00")]
    assert days_told(LineTimes(intervals=(whole,)), dated(EVENING, THURSDAY, line=1)) == [
        at("21 18:00")
    ]
    meant = LineTimes(intervals=(replace(whole, all_day=True),))
    assert len(days_told(meant, dated(EVENING, THURSDAY, line=1))) == 2


def test_far_from_any_word_of_windows_a_dated_range_is_taken_less_surely() -> None:
    line = dated(EVENING, WEDNESDAY)
    (found,) = announced(telling(line, BLANK, near=frozenset({1})), ABOUT)
    assert (found.start, found.margin) == (at("20 18:00"), 1.0)
    (sure,) = announced(telling(line, BLANK), ABOUT)
    assert sure.margin > 1.0
    assert announced(telling(dated(EVENING), BLANK, near=frozenset({1})), ABOUT) == ()
    assert announced(telling(dated(times("18:00-"), WEDNESDAY), near=frozenset()), ABOUT) == ()


def test_fields_are_read_before_the_body_and_earlier_ones_are_not_windows() -> None:
    own = FieldInterval(0, replace(EVENING, dates=(WEDNESDAY,)), status="cancelled")
    (found,) = announced(telling(BLANK, fields=Fields((own,))), ABOUT)
    assert (found.start, found.status) == (at("20 18:00"), "cancelled")
    before = replace(own, told_as="earlier")
    assert announced(telling(BLANK, fields=Fields((before,))), ABOUT) == ()
    undated = dated(times("08:00-12:00"), line=1)
    assert days_told(BLANK, undated, fields=Fields((own,))) == [at("20 18:00")]
    assert len(days_told(BLANK, dated(EVENING, THURSDAY, line=1), fields=Fields((own,)))) == 2


def test_days_that_are_left_out() -> None:
    lines = (dated(EVENING, WEDNESDAY), dated(EVENING, THURSDAY, line=1))
    skipped = LineTimes(dates=(replace(THURSDAY, span=Span(143, 148)),))

    def left(span: Span, line: LineTimes = skipped) -> list[object]:
        return days_told(*lines, line, decoys=Decoys(skipped=(span,)))

    assert left(Span(143, 150)) == [at("20 18:00")]
    assert left(Span(144, 150)) == [at("20 18:00"), at("21 18:00")]
    assert left(Span(140, 143)) == [at("20 18:00"), at("21 18:00")]
    nights = LineTimes(dates=(replace(THURSDAY, span=Span(143, 148), night=True),))
    assert left(Span(143, 150), nights) == [at("21 18:00")]
    nameless = LineTimes(dates=(DateMention(Span(143, 148), "test", weekdays=(4,)),))
    assert left(Span(143, 150), nameless) == [at("20 18:00"), at("21 18:00")]


def test_the_window_that_only_an_update_tells() -> None:
    first, second = (replace(EVENING, dates=(d,)) for d in (WEDNESDAY, THURSDAY))

    def told(**parts: object) -> list[object]:
        event = Event("moved", HERE, 0, **parts)  # type: ignore[arg-type]
        return days_told(BLANK, updates=Updates((event,)))

    assert told(before=first, window=second) == [at("20 18:00")]
    assert told(window=second) == [at("21 18:00")]
    assert told(about=first) == [at("20 18:00")]
    assert told(about=replace(first, end=None)) == []
    assert told() == []


def test_a_start_or_an_end_alone() -> None:
    start = replace(times("18:00-"), dates=(WEDNESDAY,))
    end = replace(times("-22:00"), end_dates=(WEDNESDAY,))
    (found,) = announced(telling(LineTimes(ends=(end,))), ABOUT)
    assert (found.start, found.end) == (at("20 00:00"), at("20 22:00"))
    points = LineTimes(points=(start,))
    assert days_told(points) == []
    assert days_told(points, subjects=frozenset({0})) == [at("20 18:00")]
    assert days_told(BLANK, title=points) == [at("20 18:00")]
    (reopened,) = announced(telling(points, updates=Updates(reopening=frozenset({0}))), ABOUT)
    assert (reopened.start, reopened.end) == (at("20 00:00"), at("20 18:00"))
    onwards = LineTimes(points=(replace(start, onwards=True),))
    assert days_told(onwards, updates=Updates(reopening=frozenset({0}))) == []


# --- an earlier plan ------------------------------------------------------------------------------


def before(*told: Interval, **parts: object) -> object:
    fields = Fields(tuple(FieldInterval(0, i, told_as="earlier") for i in told))
    drafts = (draft("20 18:00", "20 22:00", **parts),)
    found = earlier_telling(telling(BLANK, fields=fields), drafts, ABOUT)
    return found and (found.start, found.end)


def test_the_plan_that_a_form_tells_beside_the_window() -> None:
    old = replace(EVENING, dates=(day("2026-05-19"),))
    assert before(old) == (at("19 18:00"), at("19 22:00"))
    assert before() is None
    assert before(old, old) is None
    assert before(replace(EVENING, dates=(WEDNESDAY,))) is None
    shorter = times("18:00-20:00", dates=(WEDNESDAY,))
    assert before(shorter) == (at("20 18:00"), at("20 20:00"))
    later = times("19:00-22:00", dates=(WEDNESDAY,))
    assert before(later) == (at("20 19:00"), at("20 22:00"))
    assert before(replace(old, end=None)) is None
    fields = Fields((FieldInterval(0, old, told_as="earlier"),))
    two = (draft("20 18:00", "20 22:00"), draft("21 18:00", "21 22:00"))
    assert earlier_telling(telling(BLANK, fields=fields), two, ABOUT) is None
    assert earlier_telling(telling(BLANK, fields=fields), (draft("20 18:00", None),), ABOUT) is None


def test_the_earlier_plan_is_a_move_unless_an_update_says_so() -> None:
    old = draft("19 18:00", "19 22:00")
    plain = fold(draft("20 18:00", "20 22:00"), (), ABOUT)
    moved = replanned(plain, old)
    assert (moved.state.planned_start, moved.state.planned_end) == (at("19 18:00"), at("19 22:00"))
    assert replanned(plain, None) is plain
    (revision,) = moved_from(old, (plain,))
    assert (revision.kind, revision.end) == ("moved", at("20 22:00"))
    assert moved_from(None, (plain,)) == ()
    event = Event("edited", HERE, 0)
    assert moved_from(old, (replace(plain, outcomes=((event, "edited", None),)),)) == ()
    assert len(moved_from(old, (replace(plain, outcomes=((event, "info", None),)),))) == 1
