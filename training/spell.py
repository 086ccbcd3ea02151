"""Misspellings, case and punctuation as people make them, from a seed."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import Final

WORD: Final = re.compile(r"[^\W\d_]{4,}")
LETTERS: Final = "abcdefghijklmnopqrstuvwxyzæøå"


def _drop(word: str, at: int, random: Random) -> str:
    return word[:at] + word[at + 1 :]


def _double(word: str, at: int, random: Random) -> str:
    return word[: at + 1] + word[at:]


def _swap(word: str, at: int, random: Random) -> str:
    at = min(at, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _mistype(word: str, at: int, random: Random) -> str:
    return word[:at] + random.choice(LETTERS) + word[at + 1 :]


SLIPS: Final[tuple[Callable[[str, int, Random], str], ...]] = (_drop, _double, _swap, _mistype)


def misspell(text: str, count: int, random: Random) -> str:
    """``text`` with ``count`` slips of the finger in words of four letters and more."""
    for _ in range(count):
        words = list(WORD.finditer(text))
        if not words:
            break
        word = random.choice(words)
        slip = random.choice(SLIPS)
        wrong = slip(word.group(), random.randrange(len(word.group())), random)
        text = text[: word.start()] + wrong + text[word.end() :]
    return text


def roughen(text: str, random: Random) -> str:
    """One to three misspellings, and now and then other case or punctuation."""
    text = misspell(text, random.choice((1, 2, 2, 3)), random)
    kind = random.random()
    if kind < 0.15:  # noqa: PLR2004
        return text.lower()
    if kind < 0.2:  # noqa: PLR2004
        return text.upper()
    if kind < 0.35:  # noqa: PLR2004
        return text.rstrip(".!")
    return text
