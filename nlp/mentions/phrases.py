"""Phrases of the grammar, compiled to expressions over a word stream.

A phrase is written as a person would: words parted by spaces, ``(a|b)`` for
either, ``(a)?`` for may be missing, ``*`` for up to three words in between,
``…`` for up to eight, ``~`` for up to twenty over sentence ends too, a
trailing ``*`` on a word for any ending, ``#`` for a number. Matching never
crosses a sentence end unless the phrase says ``.``.

A phrase without gaps is the list of word sequences that it stands for, found
by look-up; only one with gaps is run as an expression, and only on a line
that has the words it needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, product
from typing import Final, NamedTuple

import regex

from vindue.nlp.mentions.words import WordStream
from vindue.nlp.spans import Span
from vindue.nlp.values import dataclass, field

_PIECE: Final = regex.compile(r"[()|?]|…|[^\s()|?…]+")
_MARKS: Final = {
    "(": "(?:",
    ")": ")",
    "|": "|",
    "?": "?",
    "*": r"(?:(?!\. )[^ ]+ ){0,3}?",
    "…": r"(?:(?!\. )[^ ]+ ){0,8}?",
    "~": r"(?:[^ ]+ ){0,20}?",
    "#": r"\d[^ ]* ",
}
_GAPS: Final = frozenset("*…~#")
_SPECIAL: Final = _GAPS | frozenset("()|?")
MOST_SPELLED: Final = 300
COMPILED: Final = 4_000
OPENED: Final = 8_000
_SPACED: Final = str.maketrans("()|", "   ")
_LITERAL: Final = regex.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


class Need(NamedTuple):
    """One of these words, or one that begins with one of these ``stems``."""

    words: frozenset[str]
    stems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """One compiled phrase and what it means.

    ``spelled`` are the word sequences that it stands for, where it has no gap
    and they are few; else ``expression`` finds it in a stream's text: it is
    compiled when a line first holds the words that it ``needs``, in that
    order. ``anchors`` are words of which it then needs at least one.
    """

    kind: str
    source: str
    expression: str | None
    anchors: frozenset[str] = frozenset()
    needs: tuple[Need, ...] = ()
    spelled: tuple[tuple[str, ...], ...] = ()


class Hit(NamedTuple):
    """A phrase found in a stream: its kind and source span."""

    kind: str
    span: Span
    source: str
    start: int
    end: int


def compile_phrase(kind: str, source: str) -> Phrase:
    """Compile the notation above; raises ``ValueError`` on unbalanced brackets."""
    if _SPECIAL.isdisjoint(source):
        return Phrase(kind, source, None, spelled=(tuple(source.split()),))
    pieces = _PIECE.findall(source)
    if pieces.count("(") != pieces.count(")"):
        raise ValueError(f"unbalanced brackets in phrase {source!r}")
    if spelled := _spelled(pieces):
        return Phrase(kind, source, None, spelled=spelled)
    needs = tuple(need for need in _mandatory(pieces) if need is not None)
    whole = (need.words for need in needs if not need.stems)
    anchors = min(whole, key=_selectivity, default=frozenset())
    expression = r"(?<= )" + "".join(map(_compiled, pieces))
    return Phrase(kind, source, expression, anchors, needs)


@lru_cache(maxsize=COMPILED)
def _pattern(expression: str) -> re.Pattern[str]:
    # the standard library compiles what a phrase may hold three times as fast as regex
    return re.compile(expression)


def _compiled(piece: str) -> str:
    if piece in _MARKS:
        return _MARKS[piece]
    if piece.endswith("*"):
        return re.escape(piece[:-1]) + r"[^ ]* "
    return re.escape(piece) + " "


@lru_cache(maxsize=COMPILED)
def literals(source: str) -> frozenset[str]:
    """Whole words that a phrase is made of: they join the vocabulary."""
    words = source.translate(_SPACED).split()
    return frozenset([word for word in words if _LITERAL.fullmatch(word)])


def words_of(sources: Iterable[str]) -> frozenset[str]:
    """Whole words that the phrases are made of, each looked at once."""
    words = {word for source in sources for word in source.translate(_SPACED).split()}
    return frozenset([word for word in words if _LITERAL.fullmatch(word)])


def _selectivity(words: frozenset[str]) -> tuple[int, int]:
    """The smallest set, then the one of longest words, tries a phrase on the fewest lines."""
    return len(words), -min(len(word) for word in words)


def _spelled(pieces: list[str]) -> tuple[tuple[str, ...], ...]:
    """The word sequences of a phrase without gaps; nothing where it has any or they are many."""
    if not _GAPS.isdisjoint(pieces):
        return ()
    found = _sequences(pieces)
    return tuple(dict.fromkeys(found)) if len(found) <= MOST_SPELLED and () not in found else ()


def _sequences(pieces: list[str]) -> list[tuple[str, ...]]:
    """All sequences of alternatives parted by ``|`` at the outer level."""
    branches: list[list[list[tuple[str, ...]]]] = [[]]
    at = 0
    while at < len(pieces):
        if pieces[at] == "|":
            branches.append([])
        elif pieces[at] != "(":
            branches[-1].append([(pieces[at],)])
        else:
            close = _closing(pieces, at)
            inner = _sequences(pieces[at + 1 : close])
            at = close
            if pieces[close + 1 : close + 2] == ["?"]:
                inner, at = [(), *inner], close + 1
            branches[-1].append(inner)
        at += 1
    out: list[tuple[str, ...]] = []
    for parts in branches:
        if len(out) > MOST_SPELLED:
            break
        size = 1
        for part in parts:
            size *= len(part)
        if size > MOST_SPELLED:
            return [()]
        out += (tuple(chain.from_iterable(chosen)) for chosen in product(*parts))
    return out


def _mandatory(pieces: list[str]) -> Iterator[Need | None]:
    """For each mandatory part of a phrase, one word of each of its alternatives."""
    at = 0
    while at < len(pieces):
        if pieces[at] != "(":
            yield _need((pieces[at],))
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


def _of_group(pieces: list[str]) -> Need | None:
    """The longest word of each alternative; null where one has none."""
    chosen: list[str] = []
    depth, found = 0, ""
    for piece in (*pieces, "|"):
        if piece == "|" and depth == 0:
            chosen.append(found)
            found = ""
        elif piece in "()":
            depth += 1 if piece == "(" else -1
        elif depth == 0 and piece not in _SPECIAL:
            found = max(piece, found, key=_worth)
    return _need(chosen)


def _worth(piece: str) -> tuple[bool, int]:
    return bool(piece) and piece[-1] != "*", len(piece)


def _need(pieces: Sequence[str]) -> Need | None:
    """One of ``pieces``; null where one of them is no word."""
    if not all(pieces) or not _SPECIAL.isdisjoint(pieces):
        return None
    return Need(
        frozenset(piece for piece in pieces if piece[-1] != "*"),
        tuple(piece[:-1] for piece in pieces if piece[-1] == "*"),
    )


def _hit(phrase: Phrase, stream: WordStream, first: int, last: int) -> Hit:
    """The hit of a phrase on the words ``first`` to ``last``."""
    span = Span(stream.words[first].span.start, stream.words[last].span.end)
    end = stream.starts[last] + len(stream.words[last].form) + 1
    return Hit(phrase.kind, span, phrase.source, stream.starts[first], end)


def _holds_all(forms: Sequence[str], known: frozenset[str], needs: tuple[Need, ...]) -> bool:
    """Whether the words that a phrase needs stand in that order; ``known`` are all ``forms``."""
    at = 0
    for words, stems in needs:
        if not stems and words.isdisjoint(known):
            return False
    for words, stems in needs:
        while at < len(forms):
            form = forms[at]
            at += 1
            if form in words or (stems and form.startswith(stems)):
                break
        else:
            return False
    return True


_NOTHING: Final[dict[str, _Node]] = {}


@dataclass(slots=True)
class _Node:
    """A step of the spelled phrases: what may follow, and what ends here.

    ``begun`` holds words of any ending, by the first letter of their stem.
    """

    follows: dict[str, _Node] = field(default_factory=dict)
    begun: dict[str, dict[str, _Node]] = field(default_factory=dict)
    ends: list[Phrase] = field(default_factory=list)

    def step(self, word: str) -> _Node:
        """The node behind ``word``, made where it is missing."""
        if word[-1] != "*":
            return self.follows.setdefault(word, _Node())
        return self.begun.setdefault(word[0], {}).setdefault(word[:-1], _Node())

    def steps(self, form: str) -> list[_Node]:
        """The nodes that ``form`` leads to."""
        node = self.follows.get(form)
        found = [node] if node is not None else []
        for stem, other in self.begun.get(form[0], _NOTHING).items():
            if form.startswith(stem):
                found.append(other)
        return found


class PhraseBook:
    """Phrases indexed by the words they have: a line tries only a few of them."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        index: dict[str, dict[int, None]] = {}
        gapped: list[Phrase] = []
        spelled: dict[str, list[tuple[tuple[str, ...], Phrase]]] = {}
        for phrase in phrases:
            for words in phrase.spelled:
                spelled.setdefault(words[0], []).append((words, phrase))
            if phrase.spelled:
                continue
            for word in phrase.anchors:
                index.setdefault(word, {})[len(gapped)] = None
            gapped.append(phrase)
        # phrases with gaps by their place among them: hashing a phrase would go over all of it
        self._gapped: Final = tuple(gapped)
        self._index: Final = index
        self._always: Final = tuple(at for at, p in enumerate(gapped) if not p.anchors)
        self._spelled: Final = spelled
        self._stems: Final = tuple(word for word in spelled if word[-1] == "*")
        self._begun: Final = tuple(stem[:-1] for stem in self._stems)
        self._opened: Final = lru_cache(maxsize=OPENED)(self._open)
        self._grown: Final = lru_cache(maxsize=OPENED)(self._grow)

    def hits(self, stream: WordStream) -> tuple[Hit, ...]:
        """Every phrase found, by place; of overlapping hits of one kind the longest."""
        found = [*self._looked_up(stream), *self._matched(stream)]
        if len(found) < 2:  # noqa: PLR2004 - most lines hold none
            return tuple(found)
        found.sort(key=lambda hit: (hit.kind, hit.start, -hit.end))
        kept: list[Hit] = []
        for hit in found:
            last = kept[-1] if kept else None
            if last is not None and last.kind == hit.kind and hit.start < last.end:
                if hit.end - hit.start > last.end - last.start:
                    kept[-1] = hit
                continue
            kept.append(hit)
        return tuple(sorted(kept, key=lambda hit: (hit.start, -hit.end, hit.kind)))

    def _open(self, form: str) -> list[_Node]:
        """The nodes behind ``form`` as the first word of a phrase."""
        words = [form] if form in self._spelled and form[-1] != "*" else []
        if form.startswith(self._begun):
            words += (stem for stem in self._stems if form.startswith(stem[:-1]))
        return [self._grown(word) for word in words]

    def _grow(self, first: str) -> _Node:
        """The steps of the phrases that begin with ``first``, made when a line first has it."""
        root = _Node()
        for words, phrase in self._spelled[first]:
            node = root
            for word in words[1:]:
                node = node.step(word)
            node.ends.append(phrase)
        return root

    def _looked_up(self, stream: WordStream) -> Iterator[Hit]:
        forms, opened = stream.forms, self._opened
        for first, form in enumerate(forms):
            nodes, at = opened(form), first
            while nodes:
                for node in nodes:
                    for phrase in node.ends:
                        yield _hit(phrase, stream, first, at)
                at += 1
                if at == len(forms):
                    break
                nodes = [after for node in nodes for after in node.steps(forms[at])]

    def _matched(self, stream: WordStream) -> Iterator[Hit]:
        known = frozenset(stream.forms)
        tried = dict.fromkeys(self._always)
        for form in dict.fromkeys(stream.forms):
            if phrases := self._index.get(form):
                tried.update(phrases)
        for place in tried:
            phrase = self._gapped[place]
            if _holds_all(stream.forms, known, phrase.needs):
                yield from self._found(phrase, stream)

    @staticmethod
    def _found(phrase: Phrase, stream: WordStream) -> Iterator[Hit]:
        """Where the expression of a phrase matches."""
        if phrase.expression is not None:
            for match in _pattern(phrase.expression).finditer(stream.text):
                span = stream.span(match.start(), match.end())
                yield Hit(phrase.kind, span, phrase.source, match.start(), match.end())
