"""Several tellings of one window held together: body against body, body against title."""

from __future__ import annotations

from dataclasses import replace

import pytest

import vindue
from tests.resolver_parts import HERE, WEIGHTS, at, clock, context, day, draft, length, times
from vindue.nlp.doubts import interval_proofs
from vindue.nlp.drafts import Context, Draft, same_minute, single
from vindue.nlp.mentions.times import DaysMention, Interval, LineTimes
from vindue.nlp.record import Record
from vindue.nlp.spans import Finding, Span
from vindue.nlp.tellings import _agree, _clash, _clock, _same_clocks, merged, undoubled
from vindue.nlp.windows import _confidence, _spans
from vindue.nlp.witnesses import dates_of, in_zone_said, line_intervals

CONTEXT = context("18 09:00")
WEDNESDAY = (day("2026-05-20"),)


def days(first: str, last: str, **parts: object) -> DaysMention:
    return DaysMention(day(first), day(last), bool(parts.pop("listed", False)), HERE, **parts)  # type: ignore[arg-type]


def one(interval: Interval, about: Context = CONTEXT) -> Draft:
    return single(interval, 0, (), about)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (("20 18:00", "20 22:00"), ("20 18:00", "20 22:00"), True),
        (("20 18:00", "20 22:00"), ("20 18:00", "20 22:01"), False),
        (("20 18:00", "20 22:00"), ("20 18:01", "20 22:00"), False),
        (("20 18:00", "20 23:59"), ("20 18:00", "21 00:00"), True),
        (("20 18:00", "21 00:00"), ("20 18:00", "20 23:59"), True),
        (("20 18:00", "20 00:00"), ("20 18:00", "20 23:59"), False),
        (("20 18:00", None), ("20 18:00", None), True),
        (("20 18:00", None), ("20 18:00", "20 22:00"), False),
        (("20 18:00", "20 22:00"), ("20 18:00", None), False),
        ((None, "20 22:00"), (None, "20 22:00"), False),
        (("20 18:00", "20 22:00"), (None, "20 22:00"), False),
    ],
)
def test_one_window_told_twice(
    first: tuple[str | None, str | None], second: tuple[str | None, str | None], same: bool
) -> None:
    one_draft, other = draft(*first), replace(draft(*second), line=4)
    assert same_minute(one_draft, other) is same
    kept = merged([one_draft, other])
    assert len(kept) == 2 - same
    if same:
        assert kept[0].also == (4,)


def test_the_surer_telling_is_kept() -> None:
    weak, strong = (draft("20 18:00", "20 22:00", margin=m) for m in (0.5, 2.0))
    assert merged([weak, strong])[0].margin == 2.0
    assert merged([strong, weak])[0].margin == 2.0
    midnight, minute = draft("20 18:00", "21 00:00"), draft("20 18:00", "20 23:59")
    assert merged([midnight, minute])[0].end == at("20 23:59")
    assert merged([minute, midnight])[0].end == at("20 23:59")
    apart = draft("20 18:00", "20 20:00")
    assert [d.end for d in merged([strong, apart, weak])] == [at("20 22:00"), at("20 20:00")]


def test_a_damaged_telling_gives_way_to_the_sound_one() -> None:
    clash = Finding("conflict.weekday", "warning", "", HERE)
    interval, elsewhere = times("18:00-22:00"), Interval(Span(30, 40))
    sound = replace(draft("20 18:00", "20 22:00"), interval=interval)
    other = replace(interval, span=elsewhere.span)
    damaged = replace(
        draft("13 18:00", "13 22:00"), interval=other, margin=0.5,
        findings=(clash,),
    )  # fmt: skip
    (kept,) = undoubled((sound, damaged))
    assert (kept.start, kept.findings) == (at("20 18:00"), (clash,))
    sure = replace(damaged, margin=1.0)
    assert len(undoubled((sound, sure))) == 2
    assert len(undoubled((sound, replace(damaged, findings=())))) == 2
    longer = replace(damaged, interval=replace(other, end=clock("23:00")))
    assert len(undoubled((sound, longer))) == 2


@pytest.mark.parametrize(
    ("own", "other", "clash"),
    [("18:00", "18:00", False), ("18:00", "18:30", True), ("23:59", "24:00", False),
     ("24:00", "23:59", False), ("00:00", "24:00", False), ("00:00", "23:59", True)],
)  # fmt: skip
def test_clock_times_of_title_and_body(own: str, other: str, clash: bool) -> None:
    assert _clash(clock(own), clock(other)) is clash
    assert _clash(clock(own), None) is False
    assert _clash(clock(own), clock(other, alternatives=(clock(own).minute,))) is False


def test_a_damaged_clock_time_is_mended_by_the_other() -> None:
    damaged = clock("20:15", alternatives=(1230, 1235))
    assert _agree(damaged, clock("20:30")) == (replace(damaged, minute=1230), True)
    assert _agree(damaged, clock("21:00")) == (damaged, False)
    assert _agree(damaged, None) == (damaged, False)
    assert (_clock(damaged), _clock(None), _clock(clock("08:05"))) == ("20:15", "?", "08:05")
    assert _same_clocks(times("18:00-22:00"), times("18:00-22:00"))
    assert not _same_clocks(times("18:00-22:00"), times("18:00-"))
    assert not _same_clocks(times("18:00-22:00"), times("19:00-22:00"))


def test_the_envelope_of_others() -> None:
    whole = draft("20 18:00", "20 22:00")
    assert _spans(whole, at("20 18:00"), at("20 22:01"))
    assert not _spans(whole, at("20 18:00"), at("20 22:02"))
    assert not _spans(whole, at("20 18:01"), at("20 22:00"))
    assert not _spans(draft("20 18:00", None), at("20 18:00"), at("20 22:00"))
    assert not _spans(draft(None, "20 22:00"), at("20 18:00"), at("20 22:00"))


def test_confidence_falls_with_what_was_repaired() -> None:
    plain = draft("20 18:00", "20 22:00", margin=2.0)
    scale = WEIGHTS.confidence
    sure = _confidence(plain, CONTEXT)
    assert 0.9 < sure < 0.99
    assert _confidence(replace(plain, repairs=2), CONTEXT) == pytest.approx(
        sure - 2 * scale.repair, abs=0.002
    )
    assert _confidence(replace(plain, inferred=1), CONTEXT) == pytest.approx(
        sure - scale.inferred, abs=0.002
    )
    assert _confidence(replace(plain, clock_conflict=True), CONTEXT) == pytest.approx(
        sure - scale.clock_conflict, abs=0.002
    )
    assert _confidence(replace(plain, dateless=True), CONTEXT) == pytest.approx(
        sure - scale.no_date, abs=0.002
    )
    assert _confidence(replace(plain, margin=20.0), CONTEXT) == 0.99
    assert _confidence(replace(plain, repairs=20), CONTEXT) == 0.01


def test_a_zone_said_for_all() -> None:
    own = clock("19:00", zone="UTC", zones=("UTC",))
    line = LineTimes(
        intervals=(times("18:00-22:00"), Interval(HERE, start=own)), clocks=(clock("18:00"),)
    )
    said = in_zone_said(line, ("Asia/Tokyo", "Asia/Seoul"))
    first, second = said.intervals
    assert first.start is not None
    assert first.end is not None
    assert second.start is not None
    assert (first.start.zone, first.end.zones) == ("Asia/Tokyo", ("Asia/Tokyo", "Asia/Seoul"))
    assert second.start.zone == "UTC"
    assert in_zone_said(line, ()) is line
    assert in_zone_said(LineTimes(), ("UTC",)) == LineTimes()


def test_which_intervals_a_line_tells() -> None:
    ranged = LineTimes(intervals=(times("18:00-22:00"),), dates=WEDNESDAY)
    assert [i.dates for i in line_intervals(ranged)] == [WEDNESDAY]
    days_told = days("2026-05-20", "2026-05-22")
    assert [
        i.days
        for i in line_intervals(LineTimes(intervals=(times("18:00-22:00"),), days=(days_told,)))
    ] == [days_told]
    own = times("18:00-22:00", dates=(day("2026-05-27"),))
    kept = line_intervals(LineTimes(intervals=(own,), dates=WEDNESDAY))
    assert kept[0].dates == own.dates
    point = times("18:00-", dates=WEDNESDAY)
    assert line_intervals(LineTimes(points=(point,))) == ()
    (lasting,) = line_intervals(LineTimes(points=(point,), durations=(length(60),)))
    assert lasting.duration == length(60)
    behind = replace(length(60), span=Span(20, 25))
    (clocked,) = line_intervals(
        LineTimes(clocks=(clock("18:00"),), dates=WEDNESDAY, durations=(behind,))
    )
    assert (clocked.dates, clocked.duration) == (WEDNESDAY, behind)
    assert line_intervals(LineTimes(clocks=(clock("18:00"),), dates=WEDNESDAY)) == ()
    (opened,) = line_intervals(LineTimes(points=(replace(point, open_end=HERE),)))
    assert opened.open_end is not None
    assert dates_of(LineTimes(dates=WEDNESDAY, points=(point,), days=(days_told,))) == (
        *WEDNESDAY, *WEDNESDAY, days_told.first,
    )  # fmt: skip
    assert [p.field for p in interval_proofs(lasting, ())] == ["start", "end"]


def read(text: str, published: str | None = "2026-05-18T09:00") -> Record:
    return vindue.parse(text, published_at=published, profile="generic")


def test_title_and_body_that_tell_other_clock_times() -> None:
    body = "On Wednesday 20 May 2026 from 18:30 to 19:30 the portal is closed."
    agreed = read(f"Maintenance Wednesday 20 May 2026 18:30-19:30\n\n{body}")
    parted = read(f"Maintenance Wednesday 20 May 2026 18:00-20:45\n\n{body}")
    assert [w.start for w in parted.windows] == [w.start for w in agreed.windows]
    assert {d.code for d in parted.diagnostics} - {d.code for d in agreed.diagnostics} == {
        "conflict.time"
    }
    assert parted.windows[0].confidence < agreed.windows[0].confidence
    (found,) = [d for d in parted.diagnostics if d.code == "conflict.time"]
    assert (found.found, found.used) == ("18:00–20:45", "18:30–19:30")


def test_a_title_may_name_one_of_several_windows() -> None:
    text = (
        "Maintenance Wednesday 20 May 2026\n\n"
        "Wednesday 20 May 2026 18:00-20:00 the portal is closed.\n"
        "Thursday 21 May 2026 18:00-20:00 the portal is closed.\n"
    )
    record = read(text)
    assert [w.start for w in record.windows] == [
        "2026-05-20T18:00:00+02:00", "2026-05-21T18:00:00+02:00",
    ]  # fmt: skip
    assert not any(d.code.startswith("conflict") for d in record.diagnostics)


@pytest.mark.parametrize("url", ["https://example.org/notices/7", "www.example.org/7"])
def test_a_duplicate_tells_of_what(url: str) -> None:
    text = (
        "Service window Wednesday 20 May 2026 18:00-20:00\n\n"
        "Wednesday 20 May 2026 18:00-20:00 the portal is closed.\n"
        f"This notice is a duplicate of {url}.\n"
    )
    record = read(text)
    assert (record.status, record.duplicate_of) == ("duplicate", url)
