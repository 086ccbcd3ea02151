"""The labels as data: every example is read as it should be, and nothing else is."""

from __future__ import annotations

import unicodedata

import pytest

from vindue.grammars.labels import LabelFile, load_labels
from vindue.grammars.time import load_time_grammar
from vindue.nlp.label_reader import LabelReader
from vindue.nlp.mentions.intervals import TimeReader

READER = LabelReader(load_labels(), TimeReader(load_time_grammar()))
ROLES = ("start", "end", "when", "duration", "zone", "status")
EXAMPLES = [
    (role, text)
    for file in load_labels()
    for role in ROLES
    for text in getattr(file.examples, role)
]
NEVER = [text for file in load_labels() for text in file.examples.never]


@pytest.mark.parametrize(("role", "text"), EXAMPLES)
def test_an_example_is_read_as_its_role(role: str, text: str) -> None:
    label = READER.read(text, 0)
    assert label is not None
    assert label.role == role


@pytest.mark.parametrize("text", NEVER)
def test_what_is_no_label_is_not_read_as_one(text: str) -> None:
    assert READER.read(text, 0) is None


@pytest.mark.parametrize("file", load_labels())
def test_every_form_of_a_role_is_a_label_before_a_colon(file: LabelFile) -> None:
    for role in ROLES:
        for form in getattr(file.role, role):
            label = READER.read(f"{form.capitalize()}:", 0)
            assert label is not None, form


@pytest.mark.parametrize("file", load_labels())
def test_forms_are_trimmed_composed_and_told_once(file: LabelFile) -> None:
    groups = [file.role, file.mark, file.words]
    for group in groups:
        for name in type(group).model_fields:
            forms = getattr(group, name)
            assert len(forms) == len(set(forms)), name
            assert all(form == unicodedata.normalize("NFC", form).strip().lower() for form in forms)


@pytest.mark.parametrize("file", load_labels())
def test_no_form_has_two_roles(file: LabelFile) -> None:
    seen: dict[str, str] = {}
    for role in ROLES:
        for form in getattr(file.role, role):
            assert seen.setdefault(form, role) == role


@pytest.mark.parametrize(
    ("text", "zones"),
    [
        ("Start (UTC):", ("UTC",)),
        ("End date/time (GMT+1):", ("+01:00",)),
        ("Start Time CET:", ("Europe/Copenhagen",)),
        ("Scheduled Start (Europe/Helsinki)", ("Europe/Helsinki",)),
        ("UTC:", ("UTC",)),
        ("Start:", ()),
    ],
)
def test_the_zone_in_a_label(text: str, zones: tuple[str, ...]) -> None:
    label = READER.read(text, 0)
    assert label is not None
    assert label.zones == zones


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Gammel (old)", "earlier"),
        ("Ny (new)", "now"),
        ("Fallback window:", "reserve"),
        ("Actual end:", "actual"),
        ("Last updated:", "stamp"),
        ("Start:", None),
    ],
)
def test_what_kind_of_telling_a_label_says(text: str, told: str | None) -> None:
    label = READER.read(text, 0)
    assert label is not None
    assert label.told == told


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Nat 2", "#2"),
        ("1st Activity Date", "#1"),
        ("Window 3:", "#3"),
        ("1. nat: 3. marts", "#1"),
        ("2. End time: 22:00", ""),
        ("Start 02:00", ""),
    ],
)
def test_occurrences_are_counted_and_lists_are_not(text: str, count: str) -> None:
    label = READER.read(text, 0)
    assert label is not None
    assert label.unit == count


def test_both_ends_in_one_label() -> None:
    label = READER.read("Start / End: 22:00 / 02:00", 0)
    assert label is not None
    assert (label.role, label.paired) == ("when", True)


def test_a_label_moves_with_its_place() -> None:
    label = READER.read("Start: 22:00", 100)
    assert label is not None
    assert (label.span.start, label.span.end, label.end) == (100, 105, 7)
