"""A property: with one witness damaged the window stays right, or is unsure."""

from __future__ import annotations

import pytest

from vindue.corpus.cases import page_cases
from vindue.corpus.damage import can_damage, damage_all
from vindue.corpus.damage_score import DamageScore, score_damage

COUNT = 2_000
SEED = 20260301


@pytest.fixture(scope="module")
def scores() -> dict[str, DamageScore]:
    return score_damage(damage_all(page_cases(), COUNT, SEED))


def test_every_damage_changes_the_text() -> None:
    texts = {case.name: case.text for case in page_cases()}
    damaged = list(damage_all(page_cases(), 200, SEED))
    assert len(damaged) == 200
    assert all(item.case.text != texts[item.case.name] for item in damaged)
    assert all(can_damage(item.case) for item in damaged)


def test_windows_stay_right(scores: dict[str, DamageScore]) -> None:
    assert scores["all"].tried == COUNT
    assert scores["all"].kept >= 0.90, {kind: score.kept for kind, score in scores.items()}


def test_wrong_windows_are_unsure(scores: dict[str, DamageScore]) -> None:
    assert scores["all"].owned_up >= 0.95, scores["all"].sure
