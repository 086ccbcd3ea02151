"""Each check of the labels finds its flaw, and the corpus as it stands has none."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.corpus_fakes import TEXT, VALUES, make_case
from vindue.corpus.calendar import days_in, weekdays_in
from vindue.corpus.check import check_case
from vindue.corpus.corpus_check import check_corpus, check_splits
from vindue.corpus.fingerprint import fingerprint
from vindue.corpus.labels import ROOT, LabelError, read_label

WINDOW: dict[str, Any] = VALUES["windows"][0]
REVISION: dict[str, Any] = VALUES["revisions"][0]


def test_a_sound_label_has_no_flaw() -> None:
    assert check_case(make_case()) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"published_at": "2025-05-14T07:56:00+01:00"}, "2025-05-14T08:56:00+02:00"),
        ({"windows": [{**WINDOW, "end": "2025-05-20T17:00:00+02:00"}]}, "not before end"),
        ({"windows": [{**WINDOW, "end": None}]}, "open_end is not set"),
        ({"windows": [{**WINDOW, "actual_end": WINDOW["start"]}]}, "actual_end"),
        ({"windows": [WINDOW, WINDOW]}, "the same"),
        ({"windows": [{**WINDOW, "quote": "May 20, 2026"}]}, "does not stand"),
        ({"windows": [{**WINDOW, "quote": "Alpha\n"}]}, "one line"),
        ({"windows": [{**WINDOW, "start": "2025-05-19T18:00:00+02:00"}]}, None),
        ({"revisions": [{**REVISION, "quote": "Finished."}]}, "revisions/0"),
        ({"revisions": [{**REVISION, "systems": ["beta"]}]}, "beta not among"),
        ({"defects": [{"code": "typo.month", "quote": "Maj"}]}, "defects/0"),
        ({"title": "Maintenance of Beta"}, "title"),
        ({"systems": ["beta", "alpha"]}, "not sorted"),
        ({"systems": []}, "alpha not among"),
        ({"difficulty": ["plain", "dst"]}, "plain stands alone"),
        ({"unsure": True}, "alternatives"),
        ({"work_orders": ["WO0000001374378"]}, "WO0000001374378"),
        ({"environments": ["test", "test"]}, "twice"),
    ],
)
def test_each_flaw_is_found(changes: dict[str, Any], said: str | None) -> None:
    flaws = check_case(make_case(**changes))
    if said is None:
        assert flaws == []
    else:
        assert any(said in flaw for flaw in flaws), flaws


def test_a_weekday_that_does_not_fit_is_a_flaw_unless_a_defect_says_so() -> None:
    moved = {**WINDOW}
    for name in ("start", "end", "planned_start", "planned_end", "actual_end"):
        moved[name] = WINDOW[name].replace("05-20", "05-21")
    flaws = check_case(make_case(windows=[moved]))
    assert [flaw.rsplit(" ", 1)[1] for flaw in flaws] == ["weekday", "date"]
    excused = make_case(windows=[moved], defects=[{"code": "conflict.date"}])
    assert check_case(excused) == []


def test_a_time_in_the_spring_gap_is_a_flaw() -> None:
    gap = {**WINDOW, "planned_start": "2025-03-30T02:30:00+01:00"}
    assert any("planned_start" in flaw for flaw in check_case(make_case(windows=[gap])))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Tuesday May 20, 2025, 1800-2300", {(5, 20)}),
        ("lørdag d. 21. februar kl. 20.00", {(2, 21)}),
        ("between 15.15-20.10", set()),
        ("Start: 2026-03-08 01:00", {(3, 8)}),
        ("18.11.2026 og 19-11-2026", {(11, 18), (11, 19)}),
        ("06/07/2026", {(6, 7), (7, 6)}),
        ("the 3rd of March", {(3, 3)}),
        ("in May 2026", set()),
    ],
)
def test_days_written_out(text: str, days: set[tuple[int, int]]) -> None:
    assert days_in(text) == days


def test_weekdays_are_words_and_no_parts_of_words() -> None:
    assert weekdays_in("Sat. March 14, søndag, monthly") == {5, 6}


def test_one_text_in_two_parts_is_a_flaw() -> None:
    cases = [make_case("own/a", split="train"), make_case("own/b", split="test")]
    assert any("one text" in flaw.message for flaw in check_splits(cases))


def test_a_test_part_easier_than_train_is_a_flaw() -> None:
    cases = [
        make_case("own/a", split="train", hard=True),
        make_case("own/b", split="test", text=TEXT + "b"),
        make_case("own/c", split="dev", text=TEXT + "c"),
    ]
    assert any("hard" in flaw.message for flaw in check_splits(cases))


def test_the_corpus_is_sound() -> None:
    assert [f"{flaw.where}: {flaw.message}" for flaw in check_corpus()] == []


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The corpus in a folder of its own, to be spoilt."""
    root = tmp_path / "corpus"
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    return root


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_missing_label_is_a_flaw(copy: Path) -> None:
    (copy / "skat" / "gold" / "0028.toml").unlink()
    assert any("notice 28 has 0 labels" in flaw.message for flaw in check_corpus(copy))


def test_a_misspelt_key_is_a_flaw_with_its_file(copy: Path) -> None:
    spoil(copy / "skat" / "gold" / "0028.toml", "status =", "state =")
    assert [flaw.where for flaw in check_corpus(copy)] == ["skat/gold/0028.toml"]


def test_a_wrong_published_stamp_is_a_flaw(copy: Path) -> None:
    spoil(copy / "skat" / "gold" / "0028.toml", "published_at = 2025", "published_at = 2024")
    assert any("is not the stamp" in flaw.message for flaw in check_corpus(copy))


def test_a_negative_with_a_window_is_a_flaw(copy: Path) -> None:
    path = sorted((copy / "negatives").glob("*.toml"))[0]
    line = path.read_text(encoding="utf-8").split("'''\n")[1].splitlines()[0]
    window = (
        f'\n[[windows]]\nstart = 2026-02-21T22:00:00+01:00\nopen_end = true\nquote = "{line}"\n'
    )
    with path.open("a", encoding="utf-8") as file:
        file.write(window)
    assert any("negative has a window" in flaw.message for flaw in check_corpus(copy))


def test_a_changed_label_changes_the_fingerprint_and_is_a_flaw(copy: Path) -> None:
    before = fingerprint(copy)
    spoil(copy / "floors.toml", "fingerprint = ", f'fingerprint = "{before}" # ')
    assert not any(flaw.where == "floors.toml" for flaw in check_corpus(copy))
    path = copy / "skat" / "gold" / "0001.toml"
    spoil(path, 'language = "en"', 'language = "da"')
    assert fingerprint(copy) != before
    assert any(flaw.where == "floors.toml" for flaw in check_corpus(copy))


def test_the_error_of_an_unreadable_file_names_it(tmp_path: Path) -> None:
    path = tmp_path / "0001.toml"
    path.write_text("ordinal = ", encoding="utf-8")
    with pytest.raises(LabelError, match=r"0001\.toml"):
        read_label(path)
