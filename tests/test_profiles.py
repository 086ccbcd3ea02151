"""The data of profiles and languages: what a file may hold, and that it holds."""

from __future__ import annotations

import re
import unicodedata

import pytest
from pydantic import ValidationError

from vindue.grammars.load import load_languages, load_profile, profile_names
from vindue.grammars.schema import Profile, Shape
from vindue.nlp.inputs import choose_profile
from vindue.nlp.page import is_page

HOSTILE = "18-05-2026 kl. " * 2000 + "1" * 5000 + "-" * 5000 + " " * 5000
STAMP_GROUPS = {"day", "month", "year", "hour", "minute"}

profiles = pytest.mark.parametrize("profile", [load_profile(name) for name in profile_names()],
                                   ids=profile_names())  # fmt: skip


def shapes(profile: Profile) -> list[Shape]:
    return [
        *profile.preamble,
        *profile.recognise,
        *profile.published,
        *profile.updated,
        *profile.work_order,
    ]


def test_the_profiles_that_the_help_names_are_there() -> None:
    assert {"generic", "skat"} <= set(profile_names())


def test_an_unknown_profile_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        load_profile("nowhere")


def test_a_profile_takes_from_its_base_what_it_leaves_out() -> None:
    skat, generic = load_profile("skat"), load_profile("generic")
    assert skat.base == "generic"
    assert skat.work_order == generic.work_order
    assert skat.id_prefix != generic.id_prefix


@profiles
def test_lists_are_trimmed_normal_and_without_doubles(profile: Profile) -> None:
    for entries in (profile.tags, profile.openings, profile.test_tags):
        assert len(set(entries)) == len(entries)
        assert all(entry == unicodedata.normalize("NFC", entry.strip()) for entry in entries)
    assert list(profile.tags) == sorted(profile.tags)
    assert list(profile.openings) == sorted(profile.openings)
    assert set(profile.test_tags) <= set(profile.tags)


@profiles
def test_every_shape_has_examples_and_matches_nothing_empty(profile: Profile) -> None:
    for shape in shapes(profile):
        assert shape.examples, shape.name
        assert shape.never, shape.name
        assert re.search(shape.pattern, "") is None, shape.name


@profiles
def test_a_misspelt_form_is_no_form_as_published(profile: Profile) -> None:
    for group in (profile.published, profile.updated, profile.work_order):
        sure = [shape for shape in group if shape.reads == "sure"]
        for shape in group:
            if shape.reads != "sure":
                taken = [s.name for s in sure for e in shape.examples if re.search(s.pattern, e)]
                assert taken == [], shape.name


@profiles
def test_stamps_name_their_figures(profile: Profile) -> None:
    for shape in (*profile.published, *profile.updated):
        if shape.reads != "not":
            assert set(re.compile(shape.pattern).groupindex) >= STAMP_GROUPS, shape.name


@profiles
def test_no_shape_runs_away_on_a_long_text(profile: Profile) -> None:
    for shape in shapes(profile):
        # a pattern that tries all ways would not come back
        assert len(list(re.finditer(shape.pattern, HOSTILE))) <= len(HOSTILE)


@profiles
def test_a_source_knows_its_own_examples(profile: Profile) -> None:
    for shape in profile.recognise:
        for example in shape.examples:
            assert is_page(example, profile)
            assert choose_profile(example, "auto").recognise


def test_marks_of_two_environments_differ() -> None:
    for name in profile_names():
        marks = [mark for entry in load_profile(name).environment for mark in entry.marks]
        assert len(set(marks)) == len(marks)


def test_each_language_has_all_its_lists() -> None:
    for name, words in load_languages():
        assert words.common, name
        assert words.telling, name
        assert words.greetings, name


@pytest.mark.parametrize(
    "change",
    [
        {"colour": "red"},
        {"zone": None},
        {"published": [{"name": "x", "pattern": "a", "examples": ["b"]}]},
        {"published": [{"name": "x", "pattern": "a", "examples": ["a"], "never": ["ab"]}]},
        {"published": [{"name": "x", "pattern": "(", "examples": ["("]}]},
    ],
)
def test_a_file_that_breaks_the_schema_is_refused(change: dict[str, object]) -> None:
    whole = {"name": "x", "description": "x", "zone": "UTC", "id_prefix": "x"}
    assert Profile.model_validate(whole).tags == ()
    with pytest.raises((ValidationError, re.error)):
        Profile.model_validate(whole | change)
