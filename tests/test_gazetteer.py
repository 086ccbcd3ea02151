"""The nearest known forms of a word: what the look-up finds is what a look at every form finds."""

from __future__ import annotations

from random import Random

import pytest
from rapidfuzz.distance import OSA

from vindue.nlp.mentions.gazetteer import Gazetteer, Nearest, bound

FORMS = (
    "may", "june", "juni", "august", "monday", "mandag", "sunday", "søndag", "closed", "closing",
    "disclosed", "expected", "excepted", "unavailable", "available", "window", "windows", "wnidow",
)  # fmt: skip


def looked_at_one_by_one(word: str, shortest: int, long: int, *, same_start: bool) -> Nearest:
    """By the rule as it is told, without an index."""
    near: dict[str, int] = {}
    for form in FORMS:
        distance = OSA.distance(word, form)
        swapped = word[:2] == form[1::-1]
        if same_start and not (form[0] == word[0] or swapped):
            continue
        if same_start and distance > 1 and form[-1] != word[-1]:
            continue
        if distance <= bound(len(form), shortest, long):
            near[form] = distance
    least = min(near.values(), default=0)
    return Nearest(tuple(sorted(f for f, d in near.items() if d == least)), least)


def damaged(word: str, made: Random) -> str:
    """One edit away, or none."""
    at = made.randrange(len(word))
    letter = made.choice("abdeminowxø")
    return made.choice(
        [word, word[:at] + word[at + 1 :], word[:at] + letter + word[at:],
         word[:at] + letter + word[at + 1 :], word[:at] + word[at : at + 2][::-1] + word[at + 2 :]]
    ) or word  # fmt: skip


@pytest.mark.parametrize("same_start", [False, True])
@pytest.mark.parametrize(("shortest", "long"), [(4, 7), (5, 9), (3, 6)])
def test_the_index_finds_what_a_look_at_every_form_finds(
    shortest: int, long: int, same_start: bool
) -> None:
    gazetteer = Gazetteer(FORMS, shortest=shortest, long=long, same_start=same_start)
    made = Random(7)
    corrected = 0
    for form in FORMS * 60:
        word = damaged(damaged(damaged(form, made), made), made)
        if word in FORMS or len(word) < shortest - 1:
            continue
        expected = looked_at_one_by_one(word, shortest, long, same_start=same_start)
        assert gazetteer.nearest(word) == expected, word
        corrected += bool(expected.forms)
    assert corrected > 50


def test_known_words_and_short_ones_are_left() -> None:
    gazetteer = Gazetteer(["excepted"], ["accepted"])
    assert gazetteer.nearest("accepted") == Nearest((), 0)
    assert gazetteer.nearest("exepted") == Nearest(("excepted",), 1)
    assert Gazetteer(["may"]).nearest("mai") == Nearest((), 0)
