"""The language of title and body, by a vote of the words that tell it."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Final, cast

from vindue.grammars.load import load_letters, load_votes
from vindue.nlp.record import Language
from vindue.nlp.spans import Notice

DEFAULT: Final[Language] = "en"
ENOUGH: Final = 2
"""Votes that make a clause prose of a language: one common word may be part of a name."""

# A clause: half a line in two languages ("… / …") has one for each.
_CLAUSE: Final = re.compile(r"[.!?;]\s|\s[/–—|-]\s|[\r\n]+")
_WORD: Final = re.compile(r"[^\W\d_]+")
# An address, or a document cited by its date ("2026-03-13 Newsletter – …"), is a name.
_LINK: Final = r"\b(?:https?|ftp)://\S+|\bwww\.\S+"
_MAIL: Final = r"(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,255}"
_DATED: Final = r"\b\d{4}-\d{2}-\d{2} [^\r\n)]+"
_CITED: Final = re.compile(f"{_LINK}|{_DATED}")
_CITED_WITH_MAIL: Final = re.compile(f"{_LINK}|{_MAIL}|{_DATED}")


def tell_language(notice: Notice) -> Language:
    """One language, or ``mixed`` where clauses of both stand in title and body.

    Where no clause tells, single words do, then letters, then ``DEFAULT``.
    """
    title = notice.title.text if notice.title else ""
    text = f"{title}\n{notice.body.of(notice.text)}"
    clauses: dict[str, int] = {}
    words: dict[str, int] = {}
    cited = _CITED_WITH_MAIL if "@" in text else _CITED  # what has no "@" is not looked through
    for clause in _CLAUSE.split(cited.sub(" ", text)):
        winner, votes = _told(clause)
        for word, count in votes:
            words[word] = words.get(word, 0) + count
        if winner is not None:
            clauses[winner] = clauses.get(winner, 0) + 1
    if len(clauses) > 1:
        return "mixed"
    for tally in (clauses, words):
        if tally:
            return _most(tally)
    letters = _letters(text)
    return _most(letters) if letters else DEFAULT


def _most(tally: dict[str, int]) -> Language:
    """What is counted most often, the first of equals."""
    return cast(Language, max(tally, key=tally.__getitem__))


@lru_cache(maxsize=4096)
def _told(clause: str) -> tuple[str | None, tuple[tuple[str, int], ...]]:
    """The language that a clause is prose of, or null, and the votes of its words.

    Notices of one source repeat their sentences: most are looked up.
    """
    known = load_votes()
    votes: Counter[str] = Counter()
    for word in _WORD.findall(clause.casefold()):
        if vote := known.get(word):
            votes[vote[0]] += vote[1]
    ranked = votes.most_common(2)
    told = bool(ranked) and ranked[0][1] >= ENOUGH
    if told and len(ranked) > 1 and ranked[1][1] == ranked[0][1]:
        told = False
    return (ranked[0][0] if told else None), tuple(votes.items())


def _letters(text: str) -> Counter[str]:
    folded = text.casefold()
    counts = {name: sum(map(folded.count, letters)) for name, letters in load_letters()}
    return Counter({name: count for name, count in counts.items() if count})
