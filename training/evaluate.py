"""Precision, recall and F1 of effect with channel, and who was taken for whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from vindue.training.generate import Answer, Sample

Stated = frozenset[tuple[str, str]]
"""What a sentence states: effects with their channels; empty where it states nothing."""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over all sentences: stated and found, found, stated."""

    right: int
    found: int
    stated: int

    @property
    def precision(self) -> float:
        """Share of what was found that is stated; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is stated that was found; 1 where nothing is stated."""
        return self.right / self.stated if self.stated else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.found + self.stated
        return 2 * self.right / both if both else 1.0


def gold(sample: Sample) -> Stated:
    """What a person read in the sentence."""
    if sample.effect == "none" or sample.channel is None:
        return frozenset()
    return frozenset({(sample.effect, sample.channel)})


def score(samples: Sequence[Sample], answers: Sequence[Stated]) -> Score:
    """Effect and channel must both be right. Raises ``ValueError`` for unequal lengths."""
    pairs = [(gold(s), a) for s, a in zip(samples, answers, strict=True)]
    return Score(
        right=sum(len(g & a) for g, a in pairs),
        found=sum(len(a) for _, a in pairs),
        stated=sum(len(g) for g, _ in pairs),
    )


def confusion(samples: Sequence[Sample], answers: Sequence[Stated]) -> Counter[tuple[Answer, str]]:
    """How often a stated effect was answered by which; "none" where nothing was found."""
    found: Counter[tuple[Answer, str]] = Counter()
    for sample, answer in zip(samples, answers, strict=True):
        effects = sorted(effect for effect, _ in answer) or ["none"]
        found[sample.effect, sample.effect if sample.effect in effects else effects[0]] += 1
    return found
