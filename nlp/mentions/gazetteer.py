"""Look-up of a word among known forms, by bounded edit distance.

The distance is optimal string alignment (a swap of neighbours counts one),
computed by rapidfuzz. The bound grows with the length of the known form, so
that short words must stand as written: a misspelling list is never needed
for what lies within the bound.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from vindue.nlp.values import dataclass

CACHE_SIZE: Final = 20_000
LONG: Final = 7
SHORT: Final = 4
_MOST: Final = 2


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
        # by length, and by the first letter where that must stand
        choices: dict[tuple[int, str], list[str]] = {}
        for form in sorted(self._forms):
            if bound(len(form), shortest, long):
                start = form[0] if same_start else ""
                choices.setdefault((len(form), start), []).append(form)
        self._choices: Final = choices
        self._of_length: Final = lru_cache(maxsize=CACHE_SIZE)(self._near_length)
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
        choices = self._of_length(len(word), word[0] if self._same_start else "")
        if self._same_start and word[1:2] not in ("", word[0]):
            swapped = self._of_length(len(word), word[1])
            choices += tuple(form for form in swapped if form[1:2] == word[0])
        if not choices:
            return NOTHING
        best: list[str] = []
        least = _MOST + 1
        for form, score, _ in process.extract(
            word, choices, scorer=OSA.distance, score_cutoff=_MOST, limit=None
        ):
            distance = int(score)
            if distance > min(bound(len(form), self._shortest, self._long), least):
                continue
            if self._same_start and not _looks_alike(form, word, distance):
                continue
            if distance < least:
                best, least = [form], distance
            else:
                best.append(form)
        return Nearest(tuple(sorted(best)), least) if best else NOTHING

    def _near_length(self, length: int, start: str) -> tuple[str, ...]:
        """The forms that begin with ``start`` and are near enough to ``length`` to be meant."""
        return tuple(
            form
            for other in range(length - _MOST, length + _MOST + 1)
            if abs(other - length) <= bound(other, self._shortest, self._long)
            for form in self._choices.get((other, start), ())
        )


def _looks_alike(form: str, word: str, distance: int) -> bool:
    start = form[0] == word[0] or form[:2] == word[1::-1]
    return start and (distance < 2 or form[-1] == word[-1])  # noqa: PLR2004
