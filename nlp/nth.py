"""Which of several windows a line counts: "the second night", "phase 2", "1. nedlukning"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from vindue.grammars.lifecycle import Occurrence
from vindue.nlp.mentions.gazetteer import fold

MOST: Final = 20


class NthReader:
    """Reads counts of windows; built once from the grammar."""

    def __init__(self, grammar: Iterable[Occurrence]) -> None:
        files = tuple(grammar)
        self._nouns: Final = frozenset(fold(noun) for file in files for noun in file.nouns)
        self._ordinals: Final = {
            fold(word): number
            for file in files
            for number, words in file.ordinals.items()
            for word in words
        }

    def read(self, forms: list[str]) -> int | None:
        """The one number by which the words of a line count a window, from 1; else ``None``."""
        told = set(self._numbers(forms))
        return told.pop() if len(told) == 1 else None

    def _numbers(self, forms: list[str]) -> Iterator[int]:
        for first, second in pairwise(forms):
            if second in self._nouns and (number := self._value(first)):
                yield number
            elif first in self._nouns and second.isdecimal() and 0 < int(second) <= MOST:
                yield int(second)

    def _value(self, form: str) -> int | None:
        if form.isdecimal():
            return int(form) if 0 < int(form) <= MOST else None
        return self._ordinals.get(form)
