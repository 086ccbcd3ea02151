"""Runs of words that are written as names: where one begins, goes on and ends.

A run is capitalised words in a row ("Order Gateway"), a word with an inner
capital ("BilletNu") or a server's name ("lon-vps-01"). What only opens a
sentence, tells a day or numbers a thing is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import regex

from vindue.nlp.mentions.candidates import INNER_CAPITAL
from vindue.nlp.mentions.gazetteer import Gazetteer, fold
from vindue.nlp.spans import Span

_TOKEN: Final = regex.compile(r"[\p{L}\p{N}]+(?:[-'’&][\p{L}\p{N}]+)*")
_NUMBER: Final = regex.compile(r"\d{1,4}\p{Lu}?")
_AFTER_NUMBER: Final = regex.compile(r"[.:/–-]\s?\d|\.\s")
# "e-Banking": a name though it begins with a small letter.
_SMALL_FIRST: Final = regex.compile(r"\p{Ll}-\p{Lu}")
# "lon-vps-01": small letters in parts, the last with a number, as servers are called.
_HOST: Final = regex.compile(r"\p{Ll}{2,}(?:-\p{Ll}+)*-\p{Ll}*\d+")
_LETTERS: Final = regex.compile(r"\p{Ll}+")
# "CHG0092231", "CM-118820": the number of an order or a ticket.
_TICKET: Final = regex.compile(r"\p{Lu}{2,5}-?\d{4,}")
# A misspelt weekday has a number or a mark behind it, a name may have a further word.
_CAPITAL_NEXT: Final = regex.compile(r"[ \xa0]\p{Lu}{2}")
_SMALL_BEFORE: Final = regex.compile(r"(?<!\p{Ll})(\p{Ll}++)[ \xa0]$")
# No word is longer.
_LONGEST: Final = 40
_OWNS: Final = ("'s", "’s")
# A line with more capitalised words than this is a headline.
HEADLINE: Final = 0.6
# A name of this many letters is an abbreviation of anything.
_SHORT: Final = 2
_HYPHENS: Final = ("-", "‐", "–")
_BLANKS: Final = (" ", "\xa0")
# A dot and a letter right behind a word make it part of an address ("cr1.herning").
_ADDRESS: Final = regex.compile(r"\.\p{Ll}")

_Token = regex.Match[str]


def is_host(name: str) -> bool:
    """True for what is written as the name of a server: "lon-vps-01"."""
    return bool(_HOST.fullmatch(name))


class RunReader:
    """Finds runs; the word lists come from the grammar."""

    def __init__(self, lists: Mapping[str, frozenset[str]], calendar: frozenset[str]) -> None:
        self._openers: Final = lists["openers"]
        self._heading: Final = lists["heading"]
        self._generic: Final = lists["generic"] | lists["heading"]
        self._kinds: Final = tuple(sorted(lists["kind_endings"]))
        self._owners: Final = lists["owner_endings"]
        self._heads: Final = tuple(sorted(lists["name_endings"]))
        self._added: Final = lists["name_nouns"]
        self._network: Final = lists["network_marks"]
        self._calendar: Final = Gazetteer(calendar, (), 5, long=9, same_start=True)

    def is_headline(self, text: str) -> bool:
        """True where most words are capitalised anyway, as English titles are."""
        words = [w for w in _TOKEN.findall(text) if w[0].isalpha() and not self._dated(w)]
        return len(words) > 1 and sum(w[0].isupper() for w in words) > HEADLINE * len(words)

    def runs(self, text: str) -> list[Span]:
        """All runs of ``text``, in order."""
        headline = self.is_headline(text)
        found = list(self._found(text, headline))
        followed = {run.start for run in found}
        return [r for r in found if not self._says_kind(text, r, followed)]

    def _found(self, text: str, headline: bool) -> Iterator[Span]:
        run: list[_Token] = []
        for token in _TOKEN.finditer(text):
            joined = bool(run) and text[run[-1].end() : token.start()] in _BLANKS
            if joined and self._goes_on(text, token, headline):
                run.append(token)
                continue
            yield from self._closed(text, run)
            run = [token] if self._begins(text, token) else []
        yield from self._closed(text, run)

    def _says_kind(self, text: str, run: Span, followed: set[int]) -> bool:
        """True for a word that says what kind of thing the name behind it is."""
        word = fold(run.of(text))
        behind = run.end + 1 in followed and text[run.end] in _BLANKS
        return behind and " " not in word and word.endswith(self._kinds)

    def is_led_by_kind(self, text: str, at: int) -> bool:
        """True behind a small word for a kind of system: "vagtplansystemet Turnus"."""
        before = _SMALL_BEFORE.search(text, max(0, at - _LONGEST), at)
        return before is not None and before.group(1).endswith(self._kinds)

    def _dated(self, word: str) -> bool:
        return bool(self._calendar.nearest(fold(word)).forms)

    def _opens(self, word: str) -> bool:
        folded = fold(_without_owner(word))
        known = folded in self._openers or folded.replace("-", "") in self._generic
        return known or word.isdigit()

    def _begins(self, text: str, token: _Token) -> bool:
        word = token.group()
        if is_host(word):
            return self._network.isdisjoint(_LETTERS.findall(word))
        capital = word[0].isupper() or INNER_CAPITAL.search(word) or _SMALL_FIRST.match(word)
        if not capital or _TICKET.fullmatch(word):
            return False
        opens = fold(_without_owner(word)) in self._openers or word.isdigit()
        opens = opens or fold(word) in self._calendar.forms
        opens = opens or (self._dated(word) and not _CAPITAL_NEXT.match(text, token.end()))
        tail = fold(word.rpartition("-")[2])
        if self._is_of_kind(word):
            return False
        return not opens and (len(tail) <= _SHORT or tail not in self._heading)

    def _is_of_kind(self, word: str) -> bool:
        """True for a thing of some kind, "EDI-filer", unless its ending is a system's."""
        head, dash, tail = word.partition("-")
        of_kind = bool(dash) and tail.islower() and fold(head) in self._generic
        return of_kind and not tail.endswith(self._heads)

    def _goes_on(self, text: str, token: _Token, headline: bool) -> bool:
        word = token.group()
        if _NUMBER.fullmatch(word):
            rest = text[token.end() :].lstrip()
            following = _TOKEN.match(rest)
            dated = following is not None and self._dated(following.group())
            return not dated and not _AFTER_NUMBER.match(text, token.end())
        if not word[0].isupper() or self._dated(word) or _TICKET.fullmatch(word):
            return False
        if fold(word) not in self._openers:
            return True
        return len(word) > _SHORT and not headline and text[token.end() :][:1] != ":"

    def _closed(self, text: str, run: Sequence[_Token]) -> Iterator[Span]:
        if not run or all(self._opens(token.group()) for token in run):
            return
        if len(run) > 1 and fold(run[0].group()).endswith(self._kinds):
            run = run[1:]
        last = run[-1].group()
        end = run[-1].end() - (len(last) - len(_without_owner(last)))
        long = end - run[0].start() > _SHORT
        part = text.startswith(_HYPHENS, end) or _ADDRESS.match(text, end)
        if long and not part and fold(last) not in self._owners:
            yield Span(run[0].start(), self._with_noun(text, end))

    def _with_noun(self, text: str, end: int) -> int:
        """The end of a name with the small noun that belongs to it: "the Sundlink app"."""
        noun = _TOKEN.match(text, end + 1)
        if noun is None or text[end : end + 1] not in _BLANKS or noun.group() not in self._added:
            return end
        return noun.end()


def _without_owner(word: str) -> str:
    return word[:-2] if word.endswith(_OWNS) else word
