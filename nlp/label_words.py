"""The words of a label: known forms taken one after the other until none follows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import regex

from vindue.grammars.labels import LabelFile
from vindue.nlp.mentions.gazetteer import Gazetteer, fold
from vindue.nlp.values import dataclass
from vindue.nlp.zone_words import BRACKET, ZoneReader

CLOSERS: Final = frozenset(":=：")
# A word, or one hump of "startTime".
_TOKEN: Final = regex.compile(
    r"(?:\p{Lu}?\p{Ll}[\p{Ll}\p{M}]*|[\p{L}\p{M}]+)(?:['’.-][\p{L}\p{M}]+)*|\d+|\s+|.",
    regex.DOTALL,
)
_WORD: Final = regex.compile(r"\p{L}+")
_JOINT: Final = frozenset("/&+,-–—.()[]*#_")
_ORDINAL: Final = regex.compile(r"(?:st|nd|rd|th|\.)(?![\p{L}\d])", regex.IGNORECASE)
_COUNT_ENDS: Final = regex.compile(r"\s*(?:$|:(?!\d)|[(–-])|\s+\p{L}")
_LAYOUT: Final = regex.compile(r"(?i)[dmyåhs]{1,4}(?:[/.:\s-]+[dmyåhs]{1,4})+")
# dots or dashes that lead to a value in a column of its own
LEADER: Final = regex.compile(r"\s*(?:\.{2,}|_{2,}|-{2,})[\s:]*")
UNIT: Final = "unit"
# A bracket says more of a label ("(local)", "(old)"), never what its value is.
MARKS: Final = frozenset({"earlier", "reserve", "actual"})
ROLES: Final = frozenset({"start", "end", "when", "duration", "zone", "status"})
ENDS: Final = frozenset({"start", "end"})
MAX_WORDS: Final = 12
MAX_DIGITS: Final = 2
MAX_OTHER: Final = 5
MAX_LENGTH: Final = 160
SHORTEST: Final = 5

Token = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Known:
    """A known form: how many tokens it takes and what it means; ``size`` 0 is none."""

    size: int = 0
    kinds: frozenset[str] = frozenset()
    form: str = ""
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Said:
    """What the words of a label tell together, and the offset at which they end.

    ``count`` is the number of an occurrence ("#2"); ``weak`` that no word of
    it makes a label without a colon.
    """

    kinds: frozenset[str]
    at: int
    weak: bool
    count: str = ""


class LabelWords:
    """The forms of every language and what each means; immutable."""

    def __init__(self, files: tuple[LabelFile, ...], zones: ZoneReader) -> None:
        self._zones: Final = zones
        self._kinds: Final = _kinds(files)
        self._other: Final = frozenset(fold(w) for f in files for w in f.words.other)
        self._columns: Final = frozenset(fold(w) for f in files for w in f.words.column)
        self._weak: Final = frozenset(fold(w) for f in files for w in f.words.weak)
        self._longest: Final = max(len(form.split()) for form in self._kinds)
        singles = {form for form in self._kinds if " " not in form}
        # a word that stands in an example of what is no label is no misspelt one
        plain = {fold(w) for f in files for text in f.examples.never for w in _WORD.findall(text)}
        self._gazetteer: Final = Gazetteer(singles, plain, shortest=SHORTEST, same_start=True)

    def read(self, text: str) -> Said | None:
        """The words at the start of ``text``; ``None`` where the first is not known."""
        return _Walk(self, self._zones, text[:MAX_LENGTH]).run()

    def marks_in(self, remark: str) -> frozenset[str]:
        """Kinds of telling that a remark behind a label names ("(no longer valid)")."""
        tokens: list[Token] = [(m.group(), m.start()) for m in _TOKEN.finditer(remark)]
        known = (self.known(tokens, at) for at in range(len(tokens)))
        return frozenset(kind for one in known if one.exact for kind in one.kinds & MARKS)

    def is_column(self, text: str) -> bool:
        """True for a form that is a label only where it stands alone ("Kl.")."""
        return fold(text.strip(" .:")) in self._columns

    def is_other(self, head: str) -> bool:
        """True where the words before a colon name a number or a name, no time."""
        words = [fold(word) for word in _WORD.findall(head)]
        told = {kind for word in words for kind in self._kinds.get(word, ())}
        few = 0 < len(words) <= MAX_OTHER
        return few and not told & {"start", "end", "when"} and bool(self._other & set(words))

    def known(self, tokens: list[Token], at: int) -> Known:
        """The longest known form at token ``at``, else the nearest to its first word."""
        if at >= len(tokens) or not tokens[at][0][0].isalpha():
            return Known()
        form, best, index = "", Known(), at
        for _ in range(self._longest):
            while index < len(tokens) and tokens[index][0].isspace():
                index += 1
            if index >= len(tokens) or not tokens[index][0][0].isalpha():
                break
            form = f"{form} {fold(tokens[index][0])}".strip()
            index += 1
            if form in self._kinds:
                best = Known(index - at, self._kinds[form], form)
        if best.size:
            return best
        near = self._gazetteer.nearest(fold(tokens[at][0]))
        if len(near.forms) == 1:
            return Known(1, self._kinds[near.forms[0]], near.forms[0], exact=False)
        return best

    def is_weak(self, form: str) -> bool:
        """True for a form that is no label without a colon."""
        return form in self._weak

    def in_bracket(self, inside: str) -> frozenset[str] | None:
        """Kinds of the words in a bracket; ``None`` where it is no part of a label.

        A zone and a layout ("DD/MM/YYYY") have no kind.
        """
        if self._zones.read(inside) or _LAYOUT.fullmatch(inside.strip()):
            return frozenset()
        words = [part for part in _TOKEN.findall(inside) if part[0].isalpha()]
        kinds: set[str] = set()
        for word in words:
            if fold(word) in self._kinds:
                kinds |= self._kinds[fold(word)]
            elif not (self._zones.read(word) or _LAYOUT.fullmatch(word)):
                return None
        return frozenset(kinds) if words else None


class _Walk:
    """One pass over the tokens of a cell; lives for one label."""

    def __init__(self, words: LabelWords, zones: ZoneReader, text: str) -> None:
        self._words, self._zones, self._text = words, zones, text
        self._tokens: list[Token] = [(m.group(), m.start()) for m in _TOKEN.finditer(text)]
        self._kinds: set[str] = set()
        self._at = self._taken = 0
        self._weak = True
        self._count = ""
        self._after_unit = False

    def run(self) -> Said | None:
        while self._at < len(self._tokens) and self._step():
            if self._taken > MAX_WORDS:
                return None
        if not self._taken:
            return None
        tokens = self._tokens
        at = tokens[self._at][1] if self._at < len(tokens) else len(self._text)
        return Said(frozenset(self._kinds), at, self._weak and not self._count, self._count)

    def _step(self) -> bool:
        """Take the next token; false where the label ends before it."""
        raw, start = self._tokens[self._at]
        if raw in CLOSERS or LEADER.match(self._text, start):
            return False
        known = self._words.known(self._tokens, self._at)
        if known.size:
            self._take(known)
            return True
        if raw in "([" and (bracket := BRACKET.match(self._text, start)):
            return self._bracket(bracket)
        if taken := self._number():
            self._at += taken
            return True
        if raw.isspace() or raw in _JOINT or (self._taken and self._is_zone()):
            self._at += 1
            return True
        return False

    def _take(self, known: Known) -> None:
        self._kinds |= known.kinds
        self._weak = self._weak and self._words.is_weak(known.form)
        self._after_unit = UNIT in known.kinds or self._after_unit
        self._taken += 1
        self._at += known.size

    def _bracket(self, bracket: regex.Match[str]) -> bool:
        inside = self._words.in_bracket(bracket[1])
        if inside is None:
            return False
        self._kinds |= inside - ROLES
        if not self._kinds & ROLES - {"when"}:
            self._kinds |= inside & ENDS
        self._at = self._token_at(bracket.end())
        return True

    def _number(self) -> int:
        """Tokens of a count ("1st", "Window 2") or of a list's number; 0 for a value's digits."""
        raw, start = self._tokens[self._at]
        if not raw.isdigit() or len(raw) > MAX_DIGITS:
            return 0
        end = start + len(raw)
        ordinal = _ORDINAL.match(self._text, end)
        if ordinal is not None and not self._text[ordinal.end() : ordinal.end() + 1].isdigit():
            after = self._token_at(ordinal.end())
            if ordinal[0] != "." or self._unit_at(after):
                self._count = f"#{raw}"
            return after - self._at
        if self._after_unit and _COUNT_ENDS.match(self._text, end):
            self._count = self._count or f"#{raw}"
            return 1
        return 0

    def _unit_at(self, at: int) -> bool:
        """A dot counts only what a unit names: "1. nat", but not "2. End time"."""
        while at < len(self._tokens) and self._tokens[at][0].isspace():
            at += 1
        return UNIT in self._words.known(self._tokens, at).kinds

    def _is_zone(self) -> bool:
        raw = self._tokens[self._at][0]
        return raw[0].isalpha() and bool(self._zones.read(raw))

    def _token_at(self, offset: int) -> int:
        places = (i for i, (_, start) in enumerate(self._tokens) if start >= offset)
        return next(places, len(self._tokens))


def _kinds(files: Iterable[LabelFile]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for file in files:
        groups: list[tuple[str, tuple[str, ...]]] = [
            *((name, getattr(file.role, name)) for name in type(file.role).model_fields),
            *((name, getattr(file.mark, name)) for name in type(file.mark).model_fields),
            ("filler", file.words.filler),
        ]
        for kind, forms in groups:
            for form in forms:
                found.setdefault(fold(form), set()).add(kind)
    return {form: frozenset(kinds) for form, kinds in found.items()}
