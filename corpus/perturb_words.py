"""Meaning-preserving changes of words: slips of the keyboard, Danish for English."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from random import Random

from rapidfuzz.distance import OSA

from vindue.corpus.cases import Case
from vindue.corpus.edits import Edit, Part, apply, quote_parts, substitute, title_part, words_parts
from vindue.corpus.perturb_data import perturbations
from vindue.corpus.written import written_dates

_WORD = re.compile(r"[^\W\d_]{4,}")

Slip = Callable[[str, int], str]


def swapped(word: str, at: int) -> str:
    """Letters ``at`` and ``at + 1`` change places."""
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def doubled(word: str, at: int) -> str:
    """Letter ``at`` stands twice."""
    return word[: at + 1] + word[at:]


def dropped(word: str, at: int) -> str:
    """Letter ``at`` is left out."""
    return word[:at] + word[at + 1 :]


@cache
def _calendar() -> frozenset[str]:
    data = perturbations()
    names: set[str] = set()
    for words in (data.en, data.da):
        for some in (words.months, words.months_short, words.weekdays):
            names |= {name.lower() for name in some}
    return frozenset(names)


@cache
def _keywords() -> frozenset[str]:
    data = perturbations()
    return frozenset(data.en.keywords) | frozenset(data.da.keywords)


def spoil(word: str, slip: Slip, rng: Random) -> str | None:
    """``word`` with one slip after its first letter; null where none is fair.

    Fair is a slip after which the word is still nearer to itself than to any
    other word of the calendar, so that a careful reader has no doubt.
    """
    lower = word.lower()
    places = [at for at in range(1, len(word) - 1) if slip(lower, at) != lower]
    rng.shuffle(places)
    for at in places:
        new = slip(lower, at)
        rivals = [OSA.distance(new, other) for other in _calendar() - {lower}]
        if min(rivals) > OSA.distance(new, lower):
            return slip(word, at)
    return None


def _pick(
    case: Case, parts: list[Part], wanted: frozenset[str], slip: Slip, rng: Random
) -> Edit | None:
    """One word of ``wanted`` somewhere in ``parts``, spoilt."""
    found = [
        match
        for part in parts
        for match in _WORD.finditer(case.text, part.start, part.end)
        if match.group().lower() in wanted
    ]
    rng.shuffle(found)
    for match in found:
        new = spoil(match.group(), slip, rng)
        if new is not None:
            return Edit(match.start(), match.end(), new)
    return None


def _slips(slip: Slip) -> Callable[[Case, Random], Case | None]:
    """One calendar word in each window's quote, and one key word anywhere."""

    def change(case: Case, rng: Random) -> Case | None:
        edits = [_pick(case, [part], _calendar(), slip, rng) for part in quote_parts(case)]
        if not any(edits):
            return None
        edits.append(_pick(case, words_parts(case), _keywords(), slip, rng))
        return apply(case, [edit for edit in edits if edit is not None])

    return change


letters_swapped = _slips(swapped)
letter_doubled = _slips(doubled)
letter_dropped = _slips(dropped)


def _like(new: str, old: str) -> str:
    """Capitals at the head of a word stay; Danish writes calendar words small."""
    return new.capitalize() if old[0].isupper() else new


@cache
def _danish() -> dict[str, str]:
    """English → Danish for all that may stand in a notice, in lower case."""
    data = perturbations()
    table = dict(data.danish)
    pairs = ((data.en.months, data.da.months), (data.en.weekdays, data.da.weekdays))
    for english, danish in pairs:
        table |= {one.lower(): other for one, other in zip(english, danish, strict=True)}
    return table


def _line(case: Case, part: Part) -> Part:
    """The line that ``part`` stands in."""
    end = case.text.find("\n", part.end)
    start = case.text.rfind("\n", 0, part.start) + 1
    return Part(start, end if end >= 0 else len(case.text))


def in_danish(case: Case, rng: Random) -> Case | None:
    """Months, weekdays and key words of an English notice in Danish.

    ``may`` is a verb too, so months are changed in dates only, and key words
    where they tell something of the window: in title, schedule and updates.
    """
    del rng
    data = perturbations()
    if case.label.language != "en":
        return None
    table = _danish()
    months = {name.lower() for name in data.en.months}
    dates = [
        Part(d.start, d.end) for part in words_parts(case) for d in written_dates(case.text, part)
    ]
    told = [_line(case, part) for part in quote_parts(case, updates=True)]
    told += [title for title in [title_part(case)] if title]
    names = "|".join(sorted(table, key=len, reverse=True))
    pattern = re.compile(rf"(?<![^\W\d_])(?:{names})(?![^\W\d_])", re.IGNORECASE)

    def new(match: re.Match[str]) -> str | None:
        word = match.group().lower()
        span = match.span()
        if word in months and not any(part.holds(*span) for part in dates):
            return None
        if word in data.danish and not any(part.holds(*span) for part in told):
            return None
        return _like(table[word], match.group())

    return apply(case, substitute(case, words_parts(case), pattern, new))
