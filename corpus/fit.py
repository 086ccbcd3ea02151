"""The witnesses' weights fitted on the train split: damaged notices, days ranked again.

Every damaged train notice gives one weighing: its witnesses, its stamps and
the day that is true. The weights are moved one at a time, up and down, as
long as more true days win by a clear margin (coordinate search: few weights,
a step function, no gradient). Same corpus and seed, same weights.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from vindue.corpus.cases import Case, page_cases
from vindue.corpus.damage import can_damage, damage_all
from vindue.grammars.load import load_profile
from vindue.grammars.weights import Weights, load_weights
from vindue.nlp.days import Stamps, Witness, rank_days
from vindue.nlp.notices import page_notices
from vindue.nlp.pipeline import weigh_notice

SEED = 20260401
COUNT = 400
STEPS = (0.8, 0.9, 1.1, 1.25)
ROUNDS = 2
PLACES = 2
CLEAR = 1.0
PROFILE = "skat"
FITTED = {"disagreement": None, "role": None, "prior": None}


@dataclass(frozen=True, slots=True)
class Lesson:
    """One window's day to be chosen: what is told, and which day is true."""

    witnesses: tuple[Witness, ...]
    stamps: Stamps
    true: date


def lessons(count: int = COUNT, seed: int = SEED) -> list[Lesson]:
    """Weighings of damaged train notices, and of the train notices as they are."""
    train = [case for case in page_cases() if case.split == "train" and can_damage(case)]
    damaged = [item.case for item in damage_all(train, count, seed)]
    return [lesson for case in (*train, *damaged) for lesson in _lessons(case)]


def _lessons(case: Case) -> Iterator[Lesson]:
    profile = load_profile(PROFILE)
    notices = page_notices(case.text, profile, ZoneInfo(profile.zone))
    start = case.label.windows[0].start
    if len(notices) != 1 or start is None:
        return
    notice = notices[0]
    stamps = Stamps(
        notice.published_at.date() if notice.published_at else None,
        notice.updated_at.date() if notice.updated_at else None,
    )
    weighings = weigh_notice(notice, profile, profile.zone)
    if len(weighings) == 1 and weighings[0].witnesses:
        yield Lesson(weighings[0].witnesses, stamps, start.date())


def grade(weights: Weights, taught: Sequence[Lesson]) -> float:
    """Share of true days that win; one that wins clearly counts a little more."""
    total = 0.0
    for lesson in taught:
        ranked = rank_days(lesson.witnesses, lesson.stamps, weights, 2)
        if ranked and ranked[0][1] == lesson.true:
            margin = ranked[1][0] - ranked[0][0] if len(ranked) > 1 else CLEAR
            total += 1.0 + 0.05 * min(margin, CLEAR)
        elif ranked:
            total -= 0.1
    return total / len(taught)


def fit(taught: Sequence[Lesson], start: Weights | None = None) -> tuple[Weights, list[str]]:
    """The fitted weights and a line for each step that helped."""
    weights = start or load_weights()
    best = grade(weights, taught)
    told = [f"start {best:.4f}"]
    for _ in range(ROUNDS):
        before = best
        for table in FITTED:
            for name in type(getattr(weights, table)).model_fields:
                weights, best, step = _best_step(weights, best, (table, name), taught)
                if step:
                    told.append(step)
        if best == before:
            break
    return weights, told


def _best_step(
    weights: Weights, best: float, at: tuple[str, str], taught: Sequence[Lesson]
) -> tuple[Weights, float, str]:
    kept, step = weights, ""
    value = getattr(getattr(weights, at[0]), at[1])
    for factor in STEPS:
        new = round(value * factor, PLACES)
        tried = _with(weights, at, new)
        score = grade(tried, taught)
        if score > best + 1e-4:
            kept, best = tried, score
            step = f"{at[0]}.{at[1]} {value} -> {new}: {score:.4f}"
    return kept, best, step


def _with(weights: Weights, at: tuple[str, str], value: float) -> Weights:
    table = getattr(weights, at[0]).model_copy(update={at[1]: value})
    return weights.model_copy(update={at[0]: table})


def write_weights(weights: Weights, path: Path) -> None:
    """Put the numbers into the file; its comments and its order stay."""
    text = path.read_text(encoding="utf-8")
    for table in FITTED:
        for name, value in getattr(weights, table).model_dump().items():
            text = re.sub(rf"(?m)^({name} = )[0-9.]+", rf"\g<1>{value}", text)
    path.write_text(text, encoding="utf-8")
