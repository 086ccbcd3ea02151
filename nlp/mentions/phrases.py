"""Phrases of the grammar, compiled to expressions over a word stream.

A phrase is written as a person would: words parted by spaces, ``(a|b)`` for
either, ``(a)?`` for may be missing, ``*`` for up to three words in between,
``…`` for up to eight, ``~`` for up to twenty over sentence ends too, a trailing ``*`` on a word for any ending, ``#`` for a
number. Matching never crosses a sentence end unless the phrase says ``.``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import regex

from vindue.nlp.mentions.words import WordStream
from vindue.nlp.spans import Span

_PIECE: Final = regex.compile(r"[()|?]|…|[^\s()|?…]+")
_GAP: Final = r"(?:[^ .]+ ){0,3}?"
_LONG_GAP: Final = r"(?:[^ .]+ ){0,8}?"
_FAR_GAP: Final = r"(?:[^ ]+ ){0,20}?"
_LITERAL: Final = regex.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One compiled phrase and what it means."""

    kind: str
    source: str
    pattern: regex.Pattern[str]
    anchors: frozenset[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found in a stream: its kind and source span."""

    kind: str
    span: Span
    source: str
    start: int
    end: int


def compile_phrase(kind: str, source: str) -> Phrase:
    """Compile the notation above; raises ``regex.error`` on unbalanced brackets."""
    out: list[str] = []
    for piece in _PIECE.findall(source):
        out.append(_compiled(piece))
    return Phrase(kind, source, regex.compile(r"(?<= )" + "".join(out)), _anchors(source))


def _compiled(piece: str) -> str:
    if piece == "(":
        return "(?:"
    if piece in ")|?":
        return piece
    if piece == "*":
        return _GAP
    if piece == "…":
        return _LONG_GAP
    if piece == "~":
        return _FAR_GAP
    if piece == "#":
        return r"\d[^ ]* "
    if piece.endswith("*"):
        return regex.escape(piece[:-1]) + r"[^ ]* "
    return regex.escape(piece) + " "


def literals(source: str) -> frozenset[str]:
    """Whole words that a phrase is made of: they join the vocabulary."""
    words = (word for word in source.replace("(", " ").replace(")", " ").split())
    parts = (part for word in words for part in word.split("|"))
    return frozenset(part for part in parts if _LITERAL.fullmatch(part))


def _anchors(source: str) -> frozenset[str]:
    """Words of which the phrase needs at least one; empty where there are none.

    A mandatory word gives itself, a mandatory group of alternatives one word
    of each; of several such sets the smallest, then the one of longest words,
    tries the phrase on the fewest lines.
    """
    options = [found for found in _mandatory(source) if found]
    return min(options, key=_selectivity, default=frozenset())


def _selectivity(words: frozenset[str]) -> tuple[int, int]:
    return len(words), -min(len(word) for word in words)


def _mandatory(source: str) -> Iterator[frozenset[str]]:
    """For each mandatory part of a phrase, one word of each of its alternatives."""
    pieces = _PIECE.findall(source)
    at = 0
    while at < len(pieces):
        if pieces[at] != "(":
            word = pieces[at]
            yield frozenset({word}) if _LITERAL.fullmatch(word) else frozenset()
            at += 1
            continue
        close = _closing(pieces, at)
        if pieces[close + 1 : close + 2] != ["?"]:
            yield _of_group(pieces[at + 1 : close])
        at = close + 1


def _closing(pieces: list[str], at: int) -> int:
    depth = 0
    for index in range(at, len(pieces)):
        depth += {"(": 1, ")": -1}.get(pieces[index], 0)
        if depth == 0:
            return index
    return len(pieces) - 1


def _of_group(pieces: list[str]) -> frozenset[str]:
    words: set[str] = set()
    depth, found = 0, ""
    for piece in (*pieces, "|"):
        if piece == "|" and depth == 0:
            if not found:
                return frozenset()
            words.add(found)
            found = ""
        elif piece in "()":
            depth += 1 if piece == "(" else -1
        elif depth == 0 and _LITERAL.fullmatch(piece) and len(piece) > len(found):
            found = piece
    return frozenset(words)


class PhraseBook:
    """Phrases indexed by a word each must have: a line tries only a few of them."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        index: dict[str, list[Phrase]] = {}
        always: list[Phrase] = []
        for phrase in phrases:
            for word in phrase.anchors:
                index.setdefault(word, []).append(phrase)
            if not phrase.anchors:
                always.append(phrase)
        self._index: Final = {word: tuple(found) for word, found in index.items()}
        self._always: Final = tuple(always)

    def hits(self, stream: WordStream) -> tuple[Hit, ...]:
        """Every phrase found, by place; of overlapping hits of one kind the longest."""
        found = sorted(self._all(stream), key=lambda hit: (hit.kind, hit.start, -hit.end))
        kept: list[Hit] = []
        for hit in found:
            last = kept[-1] if kept else None
            if last is not None and last.kind == hit.kind and hit.start < last.end:
                if hit.end - hit.start > last.end - last.start:
                    kept[-1] = hit
                continue
            kept.append(hit)
        return tuple(sorted(kept, key=lambda hit: (hit.start, -hit.end, hit.kind)))

    def _all(self, stream: WordStream) -> Iterator[Hit]:
        tried = list(self._always)
        for form in dict.fromkeys(word.form for word in stream.words):
            tried.extend(self._index.get(form, ()))
        for phrase in dict.fromkeys(tried):
            for match in phrase.pattern.finditer(stream.text):
                span = stream.span(match.start(), match.end())
                yield Hit(phrase.kind, span, phrase.source, match.start(), match.end())
