"""Perturbations: what they change, what they leave, and the label that goes along."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from rapidfuzz.distance import OSA

from tests.corpus_fakes import TEXT, VALUES, make_case, perfect_record
from vindue.corpus import perturb_form, perturb_meaning, perturb_words
from vindue.corpus.cases import Case, load_cases
from vindue.corpus.check import check_case
from vindue.corpus.edits import Part, body_part, title_part
from vindue.corpus.perturb import KINDS, Kind, changed_cases, score_kind
from vindue.corpus.perturb_text import below_kinds, changed_text
from vindue.corpus.written import rewrite, written_clocks, written_dates
from vindue.nlp.record import Record

CASES = load_cases()
RNG = Random(1)
Change = Callable[[Case, Random], Case | None]


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_kind_changes_some_notices_and_always_the_same(kind: Kind) -> None:
    first = [(after.name, after.text) for _, after in changed_cases(CASES, kind)]
    again = [(after.name, after.text) for _, after in changed_cases(CASES, kind)]
    assert len(first) >= 20
    assert first == again


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_a_preserving_kind_leaves_the_label_and_another_changes_it(kind: Kind) -> None:
    for before, after in changed_cases(CASES, kind):
        assert after.text != before.text
        assert (after.label == before.label) is kind.preserving


def test_another_seed_changes_otherwise() -> None:
    kind = KINDS["letters_swapped"]
    one = [after.text for _, after in changed_cases(CASES, kind)]
    other = [after.text for _, after in changed_cases(CASES, kind, seed=7)]
    assert one != other


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_tags_and_stamps_of_a_page_notice_stay(kind: Kind) -> None:
    for before, after in changed_cases(CASES, kind):
        if before.source == "skat" and kind.preserving:
            stamp = before.text.splitlines()[-1]
            assert after.text.splitlines()[-1] == stamp
            assert all(tag in after.text for tag in before.label.tags)


@pytest.mark.parametrize(
    ("slip", "distance"),
    [(perturb_words.swapped, 1), (perturb_words.doubled, 1), (perturb_words.dropped, 1)],
)
def test_a_slip_is_one_edit_and_keeps_the_first_letter(
    slip: perturb_words.Slip, distance: int
) -> None:
    for word in ("February", "tirsdag", "September"):
        new = perturb_words.spoil(word, slip, Random(3))
        assert new is not None
        assert OSA.distance(new, word) == distance
        assert new[0] == word[0]


def test_a_slip_that_makes_another_month_is_not_taken() -> None:
    # June without its e is "Jun" still; with its n dropped it is as near to July.
    seen = {perturb_words.spoil("June", perturb_words.dropped, Random(n)) for n in range(30)}
    assert "Jue" not in seen


def changed(change: Change, **values: Any) -> str:
    after = change(make_case(**values), Random(5))
    assert after is not None
    return after.text


def test_slips_stand_in_the_schedule() -> None:
    after = changed(perturb_words.letter_doubled)
    assert VALUES["windows"][0]["quote"] not in after


def test_danish_words_for_english_ones() -> None:
    after = changed(perturb_words.in_danish)
    assert "Tirsdag Maj 20, 2025, 1800-2300" in after
    assert "may" not in after.lower()


def test_may_the_verb_stays() -> None:
    text = TEXT + "\nIt may take longer.\n"
    assert "It may take longer." in changed(perturb_words.in_danish, text=text)


@pytest.mark.parametrize(
    "change",
    [
        perturb_form.separators,
        perturb_form.date_forms,
        perturb_form.range_forms,
        perturb_form.tabs,
        perturb_form.invisible,
    ],
)
def test_the_schedule_is_written_otherwise(change: Change) -> None:
    assert VALUES["windows"][0]["quote"] not in changed(change)


def test_dates_that_share_their_month_are_left() -> None:
    text = TEXT.replace("Tuesday May 20, 2025", "4 and 11 March 2025")
    window = {**VALUES["windows"][0], "quote": "4 and 11 March 2025, 1800-2300"}
    case = make_case(text=text, windows=[window], revisions=[])
    after = perturb_form.date_forms(case, Random(5))
    assert after is None


def test_blanks_and_line_ends() -> None:
    assert "\r\n" in changed(perturb_form.line_ends)
    assert " " not in changed(perturb_form.hard_blanks).replace("\n", "")
    text = TEXT.replace("Alpha", "Ålpha")
    decomposed = changed(perturb_form.decomposed, text=text, title="Maintenance of Ålpha")
    assert "A\u030alpha" in decomposed


def test_bullets_are_changed_at_the_head_of_lines_only() -> None:
    text = TEXT.replace("Files", "  • Files – or parcels -")
    after = changed(perturb_form.bullets, text=text)
    assert "•" not in after
    assert "Files – or parcels -" in after


def test_updates_go_below_the_schedule_and_nothing_is_lost() -> None:
    kinds = [KINDS["updates_below"], KINDS["schedule_below"]]
    for kind in kinds:
        for before, after in changed_cases(CASES, kind):
            assert sorted(before.text.split()) == sorted(after.text.split())
            quote = before.label.windows[0].quote
            told = [revision.quote for revision in before.label.revisions]
            if kind.name == "updates_below":
                assert all(after.text.rfind(t) > after.text.find(quote) for t in told)


def test_weeks_shift_every_day_and_keep_every_weekday() -> None:
    case = make_case()
    after = perturb_meaning.shift_weeks(case, Random(2))
    assert after is not None
    old, new = case.label.windows[0].start, after.label.windows[0].start
    assert old is not None
    assert new is not None
    assert (new.date() - old.date()).days % 7 == 0
    assert (new.hour, new.minute) == (18, 0)
    assert f"Tuesday {new:%B} {new.day}, {new.year}, 1800-2300" in after.text
    assert f"Tuesday {new:%B} {new.day}, {new.year}, 2145" in after.text


def test_a_text_with_a_day_of_unknown_form_is_not_shifted() -> None:
    case = make_case(text=TEXT + "\nSee also week 21.\n")
    assert perturb_meaning.shift_weeks(case, RNG) is None


@pytest.mark.parametrize("name", ["shift_weeks", "shift_hours", "swap_system"])
def test_a_changed_label_is_sound_on_the_changed_text(name: str) -> None:
    for before, after in changed_cases(CASES, KINDS[name]):
        new = {flaw for flaw in check_case(after) if "systems are not sorted" not in flaw}
        assert new == set(check_case(before)), after.name


def test_hours_shift_in_text_and_label_alike() -> None:
    case = make_case(
        text=TEXT.split("\n\nTuesday May 20, 2025, 2145")[0] + "\n",
        windows=[{**VALUES["windows"][0], "actual_end": None}],
        revisions=[],
        status="scheduled",
        difficulty=["plain"],
    )
    after = perturb_meaning.shift_hours(case, Random(4))
    assert after is not None
    window = after.label.windows[0]
    assert window.start is not None
    assert window.end is not None
    assert window.end - window.start == case.label.windows[0].end - case.label.windows[0].start  # type: ignore[operator]
    assert f"2025, {window.start:%H%M}-{window.end:%H%M}" in after.text
    assert "2025, 1800" not in after.text


def test_hours_do_not_shift_where_an_update_tells_a_time() -> None:
    assert perturb_meaning.shift_hours(make_case(), RNG) is None


def test_a_system_is_swapped_in_text_and_label_alike() -> None:
    for before, after in changed_cases(CASES, KINDS["swap_system"]):
        gone = set(before.label.systems) - set(after.label.systems)
        assert len(gone) == 1
        come = set(after.label.systems) - set(before.label.systems)
        assert len(come) == 1
        old = {s for impact in after.label.impacts for s in impact.systems}
        assert not gone & old


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Tuesday May 20, 2025, 1800-2300", ["{name} {day}, {year}"]),
        ("the 3rd of March 2025", ["{day}{th} of {name} {year}"]),
        ("20-05-2025 kl. 21:46", ["{day2}-{month2}-{year}"]),
        ("2025-05-20", ["{year}-{month2}-{day2}"]),
        ("May 3-5, 2026", []),
        ("WO0000001374378", []),
    ],
)
def test_written_dates(text: str, forms: list[str]) -> None:
    found = written_dates(text, Part(0, len(text)))
    assert [each.form for each in found] == forms
    for each in found:
        day = each.on(2025)
        assert day is not None
        assert rewrite(each, day) == text[each.start : each.end]


def test_written_clocks_are_no_years() -> None:
    text = "Tuesday May 20, 2022, 1800-2300, 07:30 and 20-05-2022"
    clocks = written_clocks(text, Part(0, len(text)))
    assert [(c.hour, c.minute) for c in clocks] == [(18, 0), (23, 0), (7, 30)]


def test_title_and_body_of_a_page_notice() -> None:
    for case in CASES[:50]:
        title, body = title_part(case), body_part(case)
        assert title is not None
        assert case.text[title.start : title.end] == case.label.title
        assert title.end < body.start
        rest = case.text[body.end :].strip()
        assert re.fullmatch(r"\d{2}-\d{2}-\d{4} \d{2}:\d{2}:\d{2}", rest)


def test_the_score_counts_only_what_was_exact_before() -> None:
    cases = [make_case("own/a"), make_case("own/b")]

    def read(case: Case) -> Record:
        record = perfect_record(case.label)
        return record.model_copy(update={"windows": []}) if "\r\n" in case.text else record

    score = score_kind(cases, KINDS["line_ends"], read, lambda case, _: case.name == "own/a")
    assert (score.changed, score.exact, score.kept, score.share) == (2, 1, 0, 0.0)
    assert score.lost == ["own/a"]
    assert below_kinds({"line_ends": score}, {"line_ends": 0.5, "tabs": 1.0}) == ["line_ends"]


def test_a_changed_notice_prints_as_one_line() -> None:
    _, after = next(changed_cases([make_case()], KINDS["line_ends"]))
    line = changed_text(after, KINDS["line_ends"])
    assert "\n" not in line
    assert '"kind": "line_ends"' in line
