"""The score: what counts as exact, what a floor does, what a comparison tells."""

from __future__ import annotations

from typing import Any

import pytest

from tests.corpus_fakes import make_case, make_label, perfect_record
from vindue.corpus.compare import compare
from vindue.corpus.floors import Floor, Floors
from vindue.corpus.paint import plain
from vindue.corpus.report import Report, make_report
from vindue.corpus.score import Result, judge, reliability
from vindue.corpus.score_text import comparison_lines, percent, score_lines
from vindue.corpus.views import FIELD_NAMES
from vindue.nlp.record import Record


def window(start: str, end: str, confidence: float = 0.95) -> dict[str, object]:
    return {
        "start": start,
        "end": end,
        "timezone": "Europe/Copenhagen",
        "systems": ["alpha"],
        "status": "completed",
        "confidence": confidence,
    }


LATE = window("2025-05-20T18:00:00+02:00", "2025-05-20T22:00:00+02:00")


def result(**changes: Any) -> Result:
    case = make_case()
    return judge(case, perfect_record(case.label, **changes))


def report(results: list[Result], floors: Floors | None = None) -> Report:
    return make_report(results, fingerprint="abc", floors=floors or Floors())


def test_a_perfect_record_is_exact_in_every_field() -> None:
    score = report([result()])
    assert score.whole == 1
    assert {name: each.exact for name, each in score.fields.items()} == dict.fromkeys(
        FIELD_NAMES, 1.0
    )


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"status": "scheduled"}, {"status", "window_details"}),
        ({"systems": ["alpha", "beta"]}, {"systems", "window_details"}),
        ({"fallback": "allowed"}, {"fallback"}),
        ({"resubmit": True}, {"resubmit"}),
        ({"title": "Maintenance"}, {"title"}),
        ({"tags": ["Alpha"]}, {"tags"}),
        ({"language": "mixed"}, {"language"}),
        ({"published_at": None}, {"published"}),
        ({"updated_at": "2025-05-20T21:46:00+02:00"}, {"updated"}),
        ({"environments": ["test"]}, {"environments"}),
        ({"work_orders": ["WO0000001"]}, {"work_orders"}),
        ({"revisions": []}, {"revisions", "revisions.at"}),
        ({"windows": [LATE]}, {"windows", "planned", "actual_end"}),
        ({"impacts": []}, {"impacts"}),
    ],
)
def test_a_changed_value_is_wrong_in_its_own_field(
    changes: dict[str, object], wrong: set[str]
) -> None:
    assert {each.field for each in result(**changes).wrong} == wrong


def test_impacts_are_compared_system_by_system() -> None:
    impacts = [{"systems": ["alpha", "beta"], "channel": "file", "effect": "rejected"}]
    case = make_case(systems=["alpha", "beta"], impacts=impacts)
    record = perfect_record(make_label(systems=["alpha", "beta"]))
    score = report([judge(case, record)]).fields["impacts"]
    assert (score.shared, score.missing, score.extra) == (1, 1, 0)
    assert score.precision == 1
    assert score.recall == pytest.approx(1 / 2)
    assert score.f1 == pytest.approx(2 / 3)


def test_an_impact_without_systems_counts() -> None:
    case = make_case(systems=[], impacts=[{"systems": [], "channel": "all", "effect": "delayed"}])
    record = perfect_record(case.label, impacts=[])
    assert "impacts" in {each.field for each in judge(case, record).wrong}


def test_a_notice_without_record_is_wrong_not_left_out() -> None:
    case = make_case()
    score = report([judge(case, None)])
    assert score.notices == 1
    assert score.fields["windows"].recall == 0
    assert score.whole == 0


def test_the_order_of_windows_and_a_double_window_do_not_count_twice() -> None:
    case = make_case()
    record = perfect_record(case.label)
    twice = record.model_copy(update={"windows": record.windows * 2})
    assert judge(case, twice).exact("windows")


def test_a_missed_floor_is_reported_and_a_reached_one_is_not() -> None:
    results = [result(), result(status="scheduled")]
    floors = Floors(
        floor=[
            Floor(field="status", metric="exact", at_least=0.6),
            Floor(field="windows", metric="exact", at_least=1.0),
            Floor(field="whole", metric="exact", at_least=0.5),
            Floor(source="skat", field="status", metric="exact", at_least=1.0),
        ]
    )
    below = report(results, floors).below
    assert [(each.name, each.reached) for each in below] == [("all/all status exact", 0.5)]


def test_a_floor_is_not_held_against_a_part_of_its_notices() -> None:
    floors = Floors(floor=[Floor(field="status", metric="exact", at_least=1.0)])
    wrong = [result(status="scheduled")]
    part = make_report(wrong, fingerprint="", floors=floors, source="own", split="all")
    assert part.below == []


def test_reliability_bins_windows_by_confidence() -> None:
    sure = result()
    unsure = result(windows=[{**LATE, "confidence": 0.55}])
    told = reliability([sure, unsure])
    assert [(each.low, each.windows, each.right) for each in told.bins] == [
        (0.5, 1, 0.0),
        (0.95, 1, 1.0),
    ]
    assert told.error == pytest.approx((0.55 + 0.05) / 2)
    assert (told.sure_windows, told.sure_right) == (1, 1.0)


def test_comparison_tells_better_from_worse() -> None:
    old = report([result(fallback="allowed")])
    new = report([result(resubmit=True)])
    comparison = compare(old, new)
    assert {(change.field, change.verdict) for change in comparison.changes} == {
        ("fallback", "better"),
        ("resubmit", "worse"),
    }
    assert comparison.regressed
    assert not compare(new, new).regressed
    assert "1 fields better, 1 worse" in list(comparison_lines(comparison, plain))


def test_a_notice_gone_from_the_corpus_is_named() -> None:
    old = report([result(), judge(make_case("own/beta"), None)])
    assert compare(old, report([result()])).gone == ("own/beta",)


def test_a_report_survives_json() -> None:
    score = report([result(status="scheduled")])
    assert Report.model_validate_json(score.model_dump_json()) == score


def test_failing_notices_are_printed_with_label_record_and_evidence() -> None:
    case = make_case()
    evidence = [{"field": "/status", "start": 0, "end": 4, "text": "Main"}]
    record: Record = perfect_record(case.label, status="scheduled", evidence=evidence)
    lines = "\n".join(score_lines(report([judge(case, record)]), plain))
    assert "label   completed" in lines
    assert "record  scheduled" in lines
    assert "/status: 'Main'" in lines


def test_failing_notices_of_the_test_part_are_counted_and_not_shown() -> None:
    cases = [make_case("own/alfa", split="test"), make_case("own/beta", split="train")]
    score = report([judge(case, None) for case in cases])
    lines = "\n".join(score_lines(score, plain))
    assert "own/beta" in lines
    assert "own/alfa" not in lines
    assert "1 of the test part, kept unread" in lines
    asked = score.model_copy(update={"split": "test"})
    assert "own/alfa" in "\n".join(score_lines(asked, plain))


def test_a_hundred_per_cent_is_said_of_all_only() -> None:
    assert percent(0.9999) == "99.9"
    assert percent(1.0) == "100.0"
    assert percent(0.29) == "29.0"
