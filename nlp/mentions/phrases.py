"""Phrases of the grammar, compiled to expressions over a word stream.

A phrase is written as a person would: words parted by spaces, ``(a|b)`` for
either, ``(a)?`` for may be missing, ``*`` for up to three words in between,
``…`` for up to eight, a trailing ``*`` on a word for any ending, ``#`` for a
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
    if piece == "#":
        return r"\d+ "
    if piece.endswith("*"):
        return regex.escape(piece[:-1]) + r"[^ ]* "
    return regex.escape(piece) + " "


def literals(source: str) -> frozenset[str]:
    """Whole words that a phrase is made of: they join the vocabulary."""
    words = (word for word in source.replace("(", " ").replace(")", " ").split())
    parts = (part for word in words for part in word.split("|"))
    return frozenset(part for part in parts if _LITERAL.fullmatch(part))


def _anchors(source: str) -> frozenset[str]:
    """Words without which the phrase can't match; empty where there is none."""
    plain = regex.sub(r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)\??", " ", source)
    return frozenset(part for part in plain.split() if _LITERAL.fullmatch(part))


class PhraseBook:
    """Phrases indexed by a word each must have: a line tries only a few of them."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        index: dict[str, list[Phrase]] = {}
        always: list[Phrase] = []
        for phrase in phrases:
            if phrase.anchors:
                index.setdefault(max(sorted(phrase.anchors), key=len), []).append(phrase)
            else:
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
        for form in {word.form for word in stream.words}:
            tried.extend(self._index.get(form, ()))
        for phrase in tried:
            for match in phrase.pattern.finditer(stream.text):
                span = stream.span(match.start(), match.end())
                yield Hit(phrase.kind, span, phrase.source, match.start(), match.end())
