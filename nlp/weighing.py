"""What was weighed for a window, laid open: for ``vindue explain`` and for fitting."""

from __future__ import annotations

from datetime import date
from typing import Final

from vindue.nlp.days import Witness, prior, rank_days
from vindue.nlp.drafts import Context, Draft
from vindue.nlp.spans import Span
from vindue.nlp.values import dataclass

MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Testimony:
    """One witness and what it is charged for a day; ``role`` says where it stands."""

    role: str
    span: Span
    charge: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """One day with its whole charge, and who is charged what of it."""

    day: date
    charge: float
    stamps: float
    testimonies: tuple[Testimony, ...]


@dataclass(frozen=True, slots=True)
class Weighing:
    """The candidates for the day of one window, the winner first."""

    span: Span
    margin: float
    candidates: tuple[Candidate, ...]
    witnesses: tuple[Witness, ...]


def weighing(draft: Draft, context: Context) -> Weighing:
    """Rank again the days that were weighed for ``draft``, with every charge."""
    stamps, weights = context.stamps, context.weights
    ranked = rank_days(draft.witnesses, stamps, weights, MOST)
    candidates = tuple(
        Candidate(
            day,
            charge,
            prior(day, stamps, weights),
            tuple(
                Testimony(w.role, w.mention.span, w.charge(day, stamps, weights))
                for w in draft.witnesses
            ),
        )
        for charge, day in ranked
    )
    return Weighing(draft.span, draft.margin, candidates, draft.witnesses)
