"""Export, agreement, show and diff on hand-made labels."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.corpus_fakes import TEXT, VALUES, make_case, perfect_record
from vindue.corpus.agreement import agree, agreement_lines
from vindue.corpus.cases import SOURCES, load_cases
from vindue.corpus.diff import diff_lines
from vindue.corpus.export import duration_text, plain_label
from vindue.corpus.labels import ROOT
from vindue.corpus.paint import plain, table
from vindue.corpus.paraphrases import load_sentences, sentence_flaws
from vindue.corpus.show import show_lines
from vindue.corpus.splits import split_of
from vindue.corpus.texts import cut_page


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2025-05-20T18:00:00+02:00", "2025-05-20T23:00:00+02:00", "PT5H"),
        ("2025-10-26T02:45:00+02:00", "2025-10-26T03:15:00+01:00", "PT1H30M"),
        ("2025-03-29T22:00:00+01:00", "2025-03-30T04:00:00+02:00", "PT5H"),
        ("2025-05-20T00:00:00+02:00", "2025-05-22T00:30:00+02:00", "P2DT30M"),
        ("2025-05-20T00:00:00+02:00", "2025-05-21T00:00:00+02:00", "P1D"),
    ],
)
def test_duration_is_elapsed_time(start: str, end: str, told: str) -> None:
    assert duration_text(datetime.fromisoformat(start), datetime.fromisoformat(end)) == told


def test_duration_of_an_open_end_is_null() -> None:
    assert duration_text(datetime.fromisoformat("2025-05-20T18:00:00+02:00"), None) is None


def test_a_window_takes_the_notice_s_status_and_systems() -> None:
    window = plain_label(make_case().label, "x")["windows"][0]
    assert window["status"] == "completed"
    assert window["systems"] == ["alpha"]
    own = {**VALUES["windows"][0], "status": "cancelled", "systems": []}
    window = plain_label(make_case(windows=[own]).label, "x")["windows"][0]
    assert (window["status"], window["systems"]) == ("cancelled", [])


def test_duplicate_of_is_null_only_where_that_is_known() -> None:
    assert plain_label(make_case().label, "x")["duplicate_of"] is None
    assert "duplicate_of" not in plain_label(make_case(status="duplicate").label, "x")
    named = make_case(status="duplicate", duplicate_of="https://example.org/1")
    assert plain_label(named.label, "x")["duplicate_of"] == "https://example.org/1"


def test_an_update_s_date_stays_a_date() -> None:
    revision = {**VALUES["revisions"][0], "at": "2025-06-02"}
    assert plain_label(make_case(revisions=[revision]).label, "x")["revisions"][0]["at"] == (
        "2025-06-02"
    )


def test_agreement_lists_each_disagreement() -> None:
    first = [make_case("own/a"), make_case("own/b"), make_case("own/only")]
    second = [make_case("own/a"), make_case("own/b", status="scheduled", difficulty=["plain"])]
    told = agree(first, second)
    assert told.notices == 2
    assert told.fields["status"].exact == 0.5
    assert told.fields["difficulty"].exact == 0.5
    assert told.fields["systems"].exact == 1
    assert told.whole == 0.5
    assert ("own/b", "status", [("completed",)], [("scheduled",)]) in [
        (each.name, each.field, each.first, each.second) for each in told.disagreements
    ]
    assert any("scheduled" in line for line in agreement_lines(told, plain))


def test_agreement_on_other_labels_than_the_record_s_does_not_count_as_whole() -> None:
    told = agree([make_case("own/a")], [make_case("own/a", difficulty=["plain"])])
    assert told.whole == 1


def test_show_marks_each_quote() -> None:
    def brackets(text: str, colour: str) -> str:
        return f"<{colour}:{text}>"

    lines = "\n".join(show_lines(make_case(), brackets))
    assert "<green:Tuesday May 20, 2025, 1800-2300>" in lines
    assert "<cyan:Tuesday May 20, 2025, 2145>\nDone." in lines
    assert "line 3: 'Tuesday May 20, 2025, 1800-2300'" in lines


def test_show_without_colours_prints_the_notice_as_it_is() -> None:
    assert TEXT.strip() in "\n".join(show_lines(make_case(), plain))


def test_diff_marks_what_parts_and_only_that() -> None:
    case = make_case()
    lines = list(diff_lines(case, perfect_record(case.label, status="scheduled"), plain))
    parting = [line for line in lines if "≠" in line]
    assert [line.split()[0] for line in parting] == ["window_details", "status"]
    short = list(diff_lines(case, perfect_record(case.label), plain, all_fields=False))
    assert len(short) == 1


def test_diff_without_a_record_says_so() -> None:
    assert list(diff_lines(make_case(), None, plain)) == [
        "own/alpha  no record  label beside record"
    ]


def test_a_page_is_cut_at_its_stamps() -> None:
    page = "A\nbody\n\n01-02-2025 08:00:00\nB\n 02-02-2025 09:00:00\nrest"
    cut = cut_page(page)
    assert [notice.text for notice in cut] == [
        "A\nbody\n\n01-02-2025 08:00:00",
        "B\n 02-02-2025 09:00:00",
    ]
    assert all(page[notice.start : notice.end] == notice.text for notice in cut)


@pytest.mark.parametrize(
    ("day", "part"),
    [
        ("2022-02-01", "train"),
        ("2024-09-30", "train"),
        ("2024-10-01", "dev"),
        ("2025-07-01", "test"),
    ],
)
def test_the_page_is_split_by_date(day: str, part: str) -> None:
    assert split_of(datetime.fromisoformat(f"{day}T12:00:00+02:00")) == part


def test_a_day_before_every_part_is_an_error() -> None:
    with pytest.raises(ValueError, match="before every split"):
        split_of(datetime.fromisoformat("2021-12-31T12:00:00+01:00"))


def test_a_part_holds_its_own_notices_only() -> None:
    parts = [{case.name for case in load_cases("all", part)} for part in ("train", "dev", "test")]
    assert all(parts)
    assert set.union(*parts) == {case.name for case in load_cases()}
    assert sum(map(len, parts)) == len(set.union(*parts))


def test_paraphrases_are_sound_and_in_parts() -> None:
    assert list(sentence_flaws()) == []
    assert load_sentences("test")


def test_a_table_is_aligned() -> None:
    assert table([["a", "12"], ["long", "3"]]) == ["a     12", "long   3"]


def test_the_datasheet_counts_what_is_there() -> None:
    datasheet = (ROOT / "README.md").read_text(encoding="utf-8").split("## Datasheet")[1]
    row = next(line for line in datasheet.splitlines() if line.startswith("| texts"))
    told = [int(cell) for cell in row.strip("|").split("|")[1:]]
    assert told == [len(load_cases(source)) for source in SOURCES]
