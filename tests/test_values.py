"""The engine's own dataclasses do what the standard library's do."""

from __future__ import annotations

import dataclasses
import pickle
import re
from pathlib import Path

import pytest

import vindue
from vindue.nlp.values import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Place:
    """A place."""

    row: int
    column: int = 0
    names: tuple[str, ...] = ()


@dataclass(slots=True)
class Pile:
    """What changes while it is made."""

    label: str
    kept: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """What is sorted."""

    major: int
    minor: int = 0


@dataclass(frozen=True)
class Open:
    """One with a dictionary of its own."""

    row: int


def test_values_are_made_by_place_and_by_name_with_their_defaults() -> None:
    assert Place(1) == Place(1, 0, ()) == Place(row=1)
    assert Place(1, names=("a",)).names == ("a",)
    with pytest.raises(TypeError):
        Place()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Place(1, other=2)  # type: ignore[call-arg]


def test_a_default_that_is_made_is_made_for_each() -> None:
    first, second = Pile("a"), Pile("b")
    first.kept.append(1)
    assert (first.kept, second.kept, Pile("c", [2]).kept) == ([1], [], [2])


def test_equal_values_of_one_kind_are_equal_and_have_one_hash() -> None:
    assert {Place(1), Place(1), Place(2)} == {Place(1), Place(2)}
    other: object = Place(1)
    assert Version(1) != other
    assert Pile("a") == Pile("a")
    with pytest.raises(TypeError):
        hash(Pile("a"))


def test_order_is_by_the_fields_and_only_where_it_is_asked_for() -> None:
    assert sorted([Version(2), Version(1, 3), Version(1)])[0] == Version(1)
    assert Version(1, 2) >= Version(1, 2) > Version(1, 1)
    with pytest.raises(TypeError):
        sorted([Place(1), Place(2)])  # type: ignore[type-var]


def test_replace_keeps_what_it_is_not_told() -> None:
    assert replace(Place(1, 2), column=3) == Place(1, 3)
    with pytest.raises(TypeError):
        replace(Place(1), other=2)  # type: ignore[call-arg]


def test_values_have_slots_where_they_are_asked_for() -> None:
    with pytest.raises(AttributeError):
        Pile("a").other = 1  # type: ignore[attr-defined]
    assert Open(1).__dict__ == {"row": 1}


def test_values_are_written_pickled_and_matched() -> None:
    place = Place(1, 2, ("a",))
    assert repr(place) == "Place(row=1, column=2, names=('a',))"
    assert pickle.loads(pickle.dumps(place)) == place
    match place:
        case Place(1, column):
            assert column == 2


def test_the_standard_library_takes_them_for_its_own() -> None:
    place = Place(1, 2)
    assert dataclasses.asdict(place) == {"row": 1, "column": 2, "names": ()}
    assert dataclasses.replace(place, row=4) == Place(4, 2)
    assert [each.name for each in dataclasses.fields(Pile)] == ["label", "kept"]


def test_the_engine_makes_all_its_values_so() -> None:
    root = Path(vindue.__file__).parent / "nlp"
    other = re.compile(r"^from dataclasses import .*\b(?:dataclass|replace)\b", re.M)
    found = [p.name for p in root.rglob("*.py") if other.search(p.read_text(encoding="utf-8"))]
    assert not found
