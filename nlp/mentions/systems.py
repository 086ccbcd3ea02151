"""Names of systems in a stretch of text: longest match, lists, near misspellings.

A name is a run of tokens; blanks, hyphens and brackets between them are
free ("DMS-Import", "NCTS Transit"), a slash or comma is not. Names that are
everyday words too ("Import") count only where they look like a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

import regex

from vindue.grammars.registry import Family, Registry
from vindue.nlp.mentions.gazetteer import Gazetteer, fold
from vindue.nlp.mentions.names import Named, in_runs, listed
from vindue.nlp.spans import Span
from vindue.nlp.values import dataclass, field, replace

_TOKEN: Final = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_LAST_WORD: Final = regex.compile(r"([\p{L}\p{N}][\p{L}\p{N}'’-]{0,80})[ \u00a0]$")
_FREE: Final = regex.compile(r"[\s\-–_(\[]{0,3}|\.\s?")
_CLOSING: Final = regex.compile(r"\s?[)\]]")
_NUMBERED: Final = regex.compile(r"-\d{4}")
_LOOSE: Final = "free"
# So far before a name the words are looked at that tell whether it is one.
_REACH: Final = 200
SHORT: Final = 5
_NAMES: Final = 4_000


@dataclass(slots=True)
class _Node:
    """A step of the trie; ``gap`` on an edge says what may stand before it."""

    next: dict[tuple[str, str], _Node] = field(default_factory=dict)
    entry: _Entry | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    ids: tuple[str, ...]
    plain: bool = False
    group: bool = False
    family: int | None = None


class _Token(NamedTuple):
    text: str
    form: str
    start: int
    end: int


class SystemReader:
    """The registry, compiled once."""

    def __init__(
        self,
        registry: Registry,
        lists: Mapping[str, frozenset[str]],
        known: Iterable[str] = (),
        ordinary: Iterable[str] = (),
    ) -> None:
        self._root: Final = _Node()
        self._families: Final = registry.family
        self._common: Final = frozenset(fold(n) for s in registry.system for n in s.common)
        self._prefixes: Final = {fold(f.name): i for i, f in enumerate(registry.family)}
        self._before: Final = tuple(f" {words}" for words in sorted(lists["prose_before"]))
        self._after: Final = lists["prose_after"]
        self._between: Final = lists["between"]
        self._openers: Final = frozenset(ordinary).union(lists["openers"], lists["heading"])
        forms: set[str] = set()
        for entry in _entries(registry):
            forms.update(self._add(entry))
        self._forms: Final = Gazetteer(forms, set(known) - forms, same_start=True)

    def _add(self, entry: _Entry) -> Iterator[str]:
        tokens = _tokens(entry.name)
        for steps in {tuple(_steps(entry.name, tokens)), (("", "".join(t.form for t in tokens)),)}:
            node = self._root
            for step in steps:
                node = node.next.setdefault(step, _Node())
                yield step[1]
            if node.entry is None or (node.entry.plain and not entry.plain):
                node.entry = entry

    @property
    def forms(self) -> frozenset[str]:
        """Every word that names are made of."""
        return self._forms.forms

    def is_sure(self, named: Named) -> bool:
        """False for a name that other trades use too, or a short one that was corrected."""
        short = named.corrected and len(named.written) < SHORT
        return not short and fold(named.written) not in self._common

    def read(self, text: str) -> tuple[Named, ...]:
        """All names in ``text``, in order, spans relative to its start."""
        tokens = [self._corrected(token) for token in _tokens(text)]
        found: list[tuple[Named, bool]] = []
        at = 0
        while at < len(tokens):
            hit = self._longest(text, tokens, at)
            if hit is None:
                at += 1
                continue
            entry, size = hit
            if _NUMBERED.match(text, tokens[at + size - 1].end):
                at += size  # "INF-33812" is the number of an order
                continue
            found.append((_named(text, tokens[at : at + size], entry), entry.plain))
            at += size
        return self._spread(text, tuple(in_runs(text, self._accepted(text, found), self._between)))

    def _corrected(self, token: _Token) -> _Token:
        near = self._forms.nearest(token.form)
        if len(near.forms) != 1 or near.distance == 0:
            return token
        if len(near.forms[0]) < SHORT and not token.text.isupper():
            return token
        return token._replace(form=near.forms[0])

    def _longest(self, text: str, tokens: list[_Token], at: int) -> tuple[_Entry, int] | None:
        node, best = self._root, None
        last = at
        for index in range(at, len(tokens)):
            gap = "" if index == at else text[tokens[index - 1].end : tokens[index].start]
            step = node.next.get((gap.strip(), tokens[index].form)) if gap.strip() else None
            if step is None and (index == at or _FREE.fullmatch(gap)):
                step = node.next.get(("" if index == at else _LOOSE, tokens[index].form))
            if step is None:
                break
            node, last = step, index
            if node.entry is not None:
                best = (node.entry, last - at + 1)
        return best

    def _accepted(self, text: str, found: list[tuple[Named, bool]]) -> list[Named]:
        """Drop everyday words that don't look like names; a list vouches for its members."""
        if found and self._nothing_else(text, found):
            return [named for named, _ in found]
        sure = [not plain or self._looks_named(text, named) for named, plain in found]
        for order in (range(1, len(found)), range(len(found) - 2, -1, -1)):
            for index in order:
                other = index - 1 if order.step == 1 else index + 1
                if not sure[index] and sure[other] and not self._prose(text, found[index][0]):
                    pair = sorted((found[index][0].span, found[other][0].span))
                    sure[index] = listed(text[pair[0].end : pair[1].start], self._between)
        return [named for (named, _), good in zip(found, sure, strict=True) if good]

    def _nothing_else(self, text: str, found: list[tuple[Named, bool]]) -> bool:
        """True where a text is one list of names: a heading in small letters."""
        spans = [named.span for named, _ in found]
        gaps = [text[: spans[0].start], text[spans[-1].end :].strip(" .:")]
        gaps += [text[one.end : two.start] for one, two in pairwise(spans)]
        return not any(gap.strip() and not listed(gap, self._between) for gap in gaps)

    def _looks_named(self, text: str, named: Named) -> bool:
        if self._prose(text, named):
            return False
        if self._in_longer_name(text, named):
            return False
        words = named.written.split()
        if all(word[0].isupper() for word in words):
            return not named.corrected or named.written[1:].islower() or named.written.isupper()
        if len(words) > 1:
            return False
        before = text[max(named.span.start - _REACH, 0) : named.span.start]
        return fold(f" {' '.join(before.split())}").endswith(self._before)

    def _in_longer_name(self, text: str, named: Named) -> bool:
        """True for the last word of a name that is not the registry's ("IP Transit")."""
        match = _LAST_WORD.search(text, max(named.span.start - _REACH, 0), named.span.start)
        if match is None or not match.group(1)[0].isupper():
            return False
        word = fold(match.group(1))
        return not (self._ordinary(word) or self._ordinary(word.rpartition("-")[2]))

    def _ordinary(self, word: str) -> bool:
        return word in self._openers or bool(self._forms.nearest(word).forms)

    def _prose(self, text: str, named: Named) -> bool:
        match = _TOKEN.search(text, named.span.end)
        if match is None:
            return False
        gap, word = text[named.span.end : match.start()], match.group()
        if gap.strip(" -–\r\n\t"):
            return False
        if gap.strip() and word[0].islower():
            return fold(word) not in self._between
        return word[0].islower() and fold(word) in self._after

    def _spread(self, text: str, names: tuple[Named, ...]) -> tuple[Named, ...]:
        """A family's first word stands for the whole list ("DMS Import, Export")."""
        out: list[Named] = []
        for named in names:
            family = self._shared(out, named)
            if family is None:
                out.append(named)
                continue
            ident = family.members[fold(named.written)]
            out.append(replace(named, ids=(ident,), read=f"{family.name} {named.written}"))
        return tuple(self._undo(names, out))

    def _shared(self, before: list[Named], named: Named) -> Family | None:
        if not before or before[-1].run != named.run or named.group or named.family is not None:
            return None
        index = self._prefixes.get(fold(before[-1].read).split(" ")[0])
        family = self._families[index] if index is not None else None
        if family is None or family.members.get(fold(named.written)) is None:
            return None
        return family

    def _undo(self, plain: tuple[Named, ...], spread: list[Named]) -> Iterator[Named]:
        """Where a list repeats the first word, or names a member twice, each name stands alone."""
        for run in {named.run for named in plain}:
            own = [n for n in plain if n.run == run]
            new = [n for n in spread if n.run == run]
            prefixed = sum(fold(n.written).split(" ")[0] in self._prefixes for n in own)
            ids = [ident for n in new for ident in n.ids]
            yield from own if prefixed > 1 or len(set(ids)) < len(ids) else new


def _entries(registry: Registry) -> Iterator[_Entry]:
    for index, family in enumerate(registry.family):
        for name in family.names:
            yield _Entry(name, family.ids, family=index)
    for group in registry.group:
        for name in group.names:
            yield _Entry(name, (group.id,), plain=name in group.plain, group=True)
    for system in registry.system:
        for name in system.names:
            yield _Entry(name, (system.id,), plain=name in system.plain)


def _tokens(text: str) -> list[_Token]:
    found = []
    for match in _TOKEN.finditer(text):
        form = fold(match.group())
        if form:
            found.append(_Token(match.group(), form, match.start(), match.end()))
    return found


@lru_cache(maxsize=_NAMES)
def _forms(name: str) -> tuple[str, ...]:
    """The words of a name: few names are told again and again."""
    return tuple(token.form for token in _tokens(name))


def _steps(name: str, tokens: list[_Token]) -> Iterator[tuple[str, str]]:
    for index, token in enumerate(tokens):
        gap = name[tokens[index - 1].end : token.start] if index else ""
        bound = gap.strip() in ("&", "/", "+") or (token.form.isdigit() and gap == "-")
        yield (gap.strip() if bound else _LOOSE) if index else "", token.form


def _named(text: str, tokens: list[_Token], entry: _Entry) -> Named:
    start, end = tokens[0].start, tokens[-1].end
    closing = _CLOSING.match(text, end)
    if closing and text.count("(", start, end) + text.count("[", start, end) > 0:
        end = closing.end()
    written = text[start:end]
    said, expected = _forms(written), _forms(entry.name)
    corrected = said != expected and "".join(said) != "".join(expected)
    return Named(
        Span(start, end),
        entry.ids,
        written,
        entry.name,
        corrected,
        entry.group,
        entry.family,
        plain=entry.plain,
    )
