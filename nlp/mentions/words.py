"""A line as a stream of words, each corrected towards the grammar's vocabulary.

The stream is one string, words folded and parted by single spaces, so that a
phrase is a plain regular expression over it; every word knows its span.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from typing import Final, NamedTuple

import regex

from vindue.nlp.mentions.gazetteer import Gazetteer, fold
from vindue.nlp.spans import Span
from vindue.nlp.values import dataclass

NAME: Final = "@"
_WORD: Final = regex.compile(
    r"\p{L}{1,2}\d\p{L}{1,2}(?![\p{L}\d])|[\p{L}\p{M}]+(?:['’`][\p{L}\p{M}]+)?|"
    r"\d+(?:[.,:;/]\d+)*|[.!?;:/&+(),]|[-–—]+"
)
_DOT_ENDS: Final = regex.compile(r"\.[\s\"'”»)\]]|\.$")
_ORDINAL: Final = regex.compile(r"\.\s+[\p{Ll}\d]")
# An abbreviation behind a number ("15 min.") ends a sentence where a capital follows.
_AFTER_UNIT: Final = regex.compile(r"\d\s?\p{L}[\p{L}.]*$")
_CAPITAL: Final = regex.compile(r"\s+\p{Lu}\p{L}+\s")
# A number or letter of a list, with its marks, is at most so many words.
_LISTED: Final = 3
# A label in another language before or behind it is at most so many.
_TRANSLATED: Final = 5
# Dots that lead from a label to its value end no sentence.
_LEADER: Final = regex.compile(r"\.{4}")
SPLIT: Final = 512
FOLDED: Final = 20_000
_SENTENCE_END: Final = frozenset(".!?;")


class Word(NamedTuple):
    """One word of the stream; ``form`` is what it was read as."""

    form: str
    span: Span
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class WordStream:
    """``text`` is ``" w1 w2 … "``, of the ``forms``; ``starts`` are their offsets in it."""

    text: str
    words: tuple[Word, ...]
    starts: tuple[int, ...]
    forms: tuple[str, ...]

    def span(self, start: int, end: int) -> Span:
        """The source span of stream offsets ``[start, end)``."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        last = max(bisect_right(self.starts, max(end - 1, start)) - 1, first)
        return Span(self.words[first].span.start, self.words[last].span.end)

    def sentence_at(self, place: int) -> list[str]:
        """The words of the sentence that holds the source offset ``place``."""
        found: list[str] = []
        for word in self.words:
            if word.form != ".":
                found.append(word.form)
            elif word.span.start >= place:
                break
            else:
                found = []
        return found


def read_words(
    text: str, offset: int, vocabulary: Gazetteer, abbreviations: frozenset[str] = frozenset()
) -> WordStream:
    """Split ``text`` into words; ``offset`` is its place in the input.

    A word within the edit bound of exactly one vocabulary word is read as
    that word. Numbers stand as written ("15.30"), a sentence end as ``.``, a
    slash and other marks as themselves. A dot inside a word ("skat.dk") or
    after one of the ``abbreviations`` ends nothing and is left out.
    """
    words: list[Word] = []
    nearest = vocabulary.nearest
    for raw, folded, word in _split(text, offset):
        if folded is not None:
            near = nearest(folded)
            corrected = near.distance > 0 and len(near.forms) == 1
            words.append(Word(near.forms[0], word.span, True) if corrected else word)
            continue
        if raw == ".":
            if _LEADER.match(text, max(word.span.start - offset - 3, 0)) or _LEADER.match(
                text, word.span.start - offset
            ):
                continue
            last = words[-1].form if words else ""
            if not _ends_here(text, word.span.start - offset, last, abbreviations):
                continue
        words.append(word)
    return _joined(words)


@lru_cache(maxsize=SPLIT)
def _split(text: str, offset: int) -> tuple[tuple[str, str | None, Word], ...]:
    """Each word as written, folded (null for numbers and marks) and as it is if none corrects it.

    Several readers go over the same line, each with its own vocabulary.
    """
    found: list[tuple[str, str | None, Word]] = []
    for match in _WORD.finditer(text):
        raw = match.group()
        folded = _folded(raw)
        form = folded
        if form is None:
            form = "." if raw in _SENTENCE_END else "-" if raw[0] in "-–—" else raw
        start, end = match.span()
        found.append((raw, folded, Word(form, Span(offset + start, offset + end))))
    return tuple(found)


@lru_cache(maxsize=FOLDED)
def _folded(raw: str) -> str | None:
    """A word as it is looked up; null for what is no word."""
    if not raw[0].isalpha():
        return None
    return fold(raw).replace("’", "'").replace("`", "'")


def _ends_here(text: str, at: int, last: str, abbreviations: frozenset[str]) -> bool:
    """True where the dot at ``at`` ends a sentence: not in "skat.dk", "ca. 5", "29. januar"."""
    if not _DOT_ENDS.match(text, at) or (
        last in abbreviations and not _AFTER_UNIT.search(text, 0, at)
    ):
        return False
    if last in abbreviations and not _CAPITAL.match(text, at + 1):
        return False
    return not (last[-1:].isdigit() and _ORDINAL.match(text, at))


def with_names(stream: WordStream, names: Iterable[Span]) -> WordStream:
    """The stream with each list of names as one word, ``NAME``.

    A phrase then need not care how many systems a sentence speaks of.
    """
    spans = sorted(names)
    at = 0
    words: list[Word] = []
    for word in stream.words:
        while at < len(spans) and spans[at].end <= word.span.start:
            at += 1
        inside = spans[at] if at < len(spans) and spans[at].start <= word.span.start else None
        if inside is None:
            words.append(word)
        elif not words or words[-1].span != inside:
            words.append(Word(NAME, inside))
    return _joined(words)


def opens_line(stream: WordStream, at: int) -> bool:
    """True where ``at`` opens its line but for a number, or the same in another language.

    "3. Impact", "Auswirkung / Impact", "Motivo (Reason)".
    """
    before = stream.text[:at].split()
    if len(before) <= _LISTED and all(len(w) == 1 or w.isdigit() for w in before):
        return True
    told = all(word.isalpha() for word in before[:-1])
    return told and len(before) <= _TRANSLATED and before[-1] in ("/", "(")


def ends_label(rest: str) -> bool:
    """True where a label ends before ``rest``: at its colon, or at a second language."""
    words = rest.split(maxsplit=_TRANSLATED + 1)
    if not words or words[0] in (":", "."):
        return True
    colon = words.index(":") if ":" in words[: _TRANSLATED + 1] else 0
    return colon > 0 and words[0] in ("/", ")")


def _joined(words: list[Word]) -> WordStream:
    if not words:
        return WordStream("", (), (), ())
    forms = tuple([word.form for word in words])
    starts = accumulate([len(form) + 1 for form in forms[:-1]], initial=1)
    return WordStream(f" {' '.join(forms)} ", tuple(words), tuple(starts), forms)
