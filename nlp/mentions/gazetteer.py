"""Look-up of a word among known forms, by bounded edit distance.

The distance is optimal string alignment (a swap of neighbours counts one),
computed by rapidfuzz. The bound grows with the length of the known form, so
that short words must stand as written: a misspelling list is never needed
for what lies within the bound.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

CACHE_SIZE: Final = 20_000
LONG: Final = 7
SHORT: Final = 4


@dataclass(frozen=True, slots=True)
class Nearest:
    """The known forms nearest to a word, all at the same ``distance``."""

    forms: tuple[str, ...]
    distance: int


NOTHING: Final = Nearest((), 0)


@lru_cache(maxsize=CACHE_SIZE)
def fold(word: str) -> str:
    """Case and composition folded: what two spellings of one word share."""
    return unicodedata.normalize("NFC", word).lower()


def bound(length: int, shortest: int = SHORT, long: int = LONG) -> int:
    """Edits allowed for a form of ``length`` letters: 0, 1, or 2 from ``long`` on."""
    if length < shortest:
        return 0
    return 2 if length >= long else 1


class Gazetteer:
    """An immutable set of forms that finds the nearest to a word.

    ``known`` are ordinary words that must never be corrected into a form
    ("accepted" is not "excepted"). ``shortest`` is the length from which a
    form may be misspelt at all, ``long`` that from which it may be twice.
    With ``same_start`` the first letter must stand (or be swapped with the
    second), and the last one too where a word has two errors: typing errors
    seldom hit them, and the look-up takes fewer of the words that merely
    resemble a form.
    """

    def __init__(
        self,
        forms: Iterable[str],
        known: Iterable[str] = (),
        shortest: int = SHORT,
        *,
        long: int = LONG,
        same_start: bool = False,
    ) -> None:
        self._forms: Final = frozenset(forms)
        self._known: Final = frozenset(known) - self._forms
        self._shortest: Final = shortest
        self._long: Final = long
        self._same_start: Final = same_start
        by_length: dict[int, list[str]] = {}
        for form in sorted(self._forms):
            if bound(len(form), shortest, long):
                by_length.setdefault(len(form), []).append(form)
        self._by_length: Final = by_length
        self.nearest = lru_cache(maxsize=CACHE_SIZE)(self._nearest)

    @property
    def forms(self) -> frozenset[str]:
        """All known forms."""
        return self._forms

    def _nearest(self, word: str) -> Nearest:
        """Forms nearest to the folded ``word``; nothing where none is near enough."""
        if word in self._forms:
            return Nearest((word,), 0)
        if word in self._known or len(word) < self._shortest - 1:
            return NOTHING
        best: list[str] = []
        least = 3
        for length in range(len(word) - 2, len(word) + 3):
            allowed = min(bound(length, self._shortest, self._long), least)
            choices = self._by_length.get(length)
            if not choices or allowed < abs(length - len(word)):
                continue
            hits = process.extract(
                word, choices, scorer=OSA.distance, score_cutoff=allowed, limit=None
            )
            for form, distance, _ in hits:
                if self._same_start and not _looks_alike(form, word, int(distance)):
                    continue
                if distance < least:
                    best, least = [form], int(distance)
                elif distance == least:
                    best.append(form)
        return Nearest(tuple(sorted(best)), least) if best else NOTHING


def _looks_alike(form: str, word: str, distance: int) -> bool:
    start = form[0] == word[0] or form[:2] == word[1::-1]
    return start and (distance < 2 or form[-1] == word[-1])  # noqa: PLR2004
