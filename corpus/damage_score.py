"""How the windows stand up to damage: kept right, and unsure where not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from vindue.corpus.damage import Damaged
from vindue.corpus.reading import record_of
from vindue.nlp.record import Record

SURE = 0.9


@dataclass(slots=True)
class DamageScore:
    """Counts of one kind of damage; ``sure`` are wrong windows at 0.9 or above."""

    tried: int = 0
    right: int = 0
    sure: int = 0
    wrong: list[tuple[Damaged, Record | None]] = field(default_factory=list)

    @property
    def kept(self) -> float:
        """Share of windows that stayed right."""
        return self.right / self.tried if self.tried else 1.0

    @property
    def owned_up(self) -> float:
        """Of the wrong ones, the share below 0.9."""
        wrong = self.tried - self.right
        return 1 - self.sure / wrong if wrong else 1.0


def score_damage(damaged: Iterable[Damaged]) -> dict[str, DamageScore]:
    """One score a kind, and ``all``."""
    scores: dict[str, DamageScore] = {"all": DamageScore()}
    for item in damaged:
        record = record_of(item.case)
        right = record is not None and _windows(record) == _told(item)
        sure = record is not None and any(w.confidence >= SURE for w in record.windows)
        for score in (scores.setdefault(item.kind, DamageScore()), scores["all"]):
            score.tried += 1
            score.right += right
            score.sure += sure and not right
            if not right:
                score.wrong.append((item, record))
    return scores


def _windows(record: Record) -> list[tuple[float, float]]:
    return [(_stamp(window.start), _stamp(window.end)) for window in record.windows]


def _stamp(at: str | None) -> float:
    return datetime.fromisoformat(at).timestamp() if at else 0.0


def _told(item: Damaged) -> list[tuple[float, float]]:
    return [
        (w.start.timestamp() if w.start else 0.0, w.end.timestamp() if w.end else 0.0)
        for w in item.case.label.windows
    ]
