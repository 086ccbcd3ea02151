"""A line as a string of symbols: digits, marks, and one sign per known word.

Every word that the time grammar knows, misspelt or not, in whichever
language, becomes one private-use character that stands for its meaning (or
for all its meanings: Danish "to" is two and English "to" is until). Every
other word becomes ``x``. The forms of the grammar are regular expressions
over this string, so that they hold no word of any language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, cast

import regex

from vindue.grammars.time import Form, TimeGrammar
from vindue.nlp.mentions.gazetteer import Gazetteer, fold
from vindue.nlp.spans import Span
from vindue.nlp.values import dataclass

Meaning = tuple[str, int]

OTHER: Final = "x"
_FIRST_SIGN: Final = 0xE000
_TOKEN: Final = regex.compile(r"[\p{L}\p{M}]+|\d+|\s+|.", regex.DOTALL)
_DASHES: Final = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
_LOOKALIKES: Final = frozenset({"o", "oo"})
_WEIGHT_OF_KEYWORDS: Final = 5
TOKENS: Final = 20_000
_PIECE: Final = regex.compile(r"\{([a-z][a-z_0-9]*)\}")


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that was read as another: ``kind`` is the concept it became."""

    kind: str
    span: Span
    found: str
    used: str


@dataclass(frozen=True, slots=True)
class Symbols:
    """``text[i]`` stands for the source ``[starts[i], ends[i])``."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    corrections: tuple[Correction, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The source span of symbols ``[start, end)``, blanks at its ends left out."""
        while start < end - 1 and self.text[start] == " ":
            start += 1
        while end - 1 > start and self.text[end - 1] == " ":
            end -= 1
        return Span(self.starts[start], self.ends[end - 1])


class Lexicon:
    """Signs of the time words, and the patterns written with them."""

    def __init__(self, grammar: TimeGrammar) -> None:
        meanings = _collect(grammar)
        calendar = {form for form, ms in meanings.items() if _is_calendar(ms)}
        self._sequences: Final = _sequences(meanings)
        # names of zones are read as written: a city is no time word to be misspelt
        forms = (
            form
            for form, ms in meanings.items()
            if any(not name.startswith("zone") for name, _ in ms)
        )
        words = {word for form in forms for word in _tokens(form) if word.isalpha()}
        self._calendar: Final = Gazetteer(calendar)
        self._words: Final = Gazetteer(words - calendar, shortest=_WEIGHT_OF_KEYWORDS)
        self._meanings: Final = meanings
        self._capitals: Final = _zone_capitals(grammar)
        self._signs: Final = _signs(meanings, set(self._capitals.values()))
        self.meanings_of: Final = {sign: ms for ms, sign in self._signs.items()}
        self._classes: Final = _classes(self._signs)
        self._pieces: Final = dict(grammar.pieces)
        self.plain: Final = lru_cache(maxsize=TOKENS)(self._plain)

    def compile(self, pattern: str) -> re.Pattern[str]:
        """A form's pattern as an expression over symbols; blanks become optional."""
        text = pattern
        while (found := _PIECE.search(text)) is not None:
            text = text[: found.start()] + self._piece(found.group(1)) + text[found.end() :]
        text = text.replace(" ", " ?")
        try:
            return re.compile(text)  # twice as fast to compile, and to match
        except re.error:  # it has no name for two groups, and no look-behind of any width
            return cast("re.Pattern[str]", regex.compile(text))  # of the same make

    def _piece(self, name: str) -> str:
        if name.endswith("_sign"):
            return _ranged(self.sign_class(name.removesuffix("_sign")))
        return self._pieces[name]

    def sign_class(self, concept: str) -> str:
        """A character class of every sign that may mean ``concept``."""
        if concept not in self._classes:
            raise KeyError(f"no word in any language means {concept!r}")
        return self._classes[concept]

    def any_of(self, *concepts: str) -> str:
        """A character class of every sign that may mean one of the concepts."""
        return _ranged(f"[{''.join(self.sign_class(concept)[1:-1] for concept in concepts)}]")

    def needed(self, form: Form) -> frozenset[str]:
        """Signs of which a line needs one before the form is tried."""
        signs = "".join(self.sign_class(concept)[1:-1] for concept in form.needs)
        return frozenset(signs or "0123456789")

    def values(self, sign: str, concept: str) -> tuple[int, ...]:
        """The values that ``sign`` may have as a ``concept``, sorted."""
        ms = self.meanings_of.get(sign, frozenset())
        return tuple(sorted({value for name, value in ms if name == concept}))

    def encode(self, text: str, offset: int) -> Symbols:
        """The symbols of ``text``, which stands at ``offset`` in the input."""
        return _Encoder(self, text, offset).run()

    def capitals(self, raw: str) -> frozenset[Meaning] | None:
        """What a word means only where it is written in capitals (a zone's letters)."""
        return self._capitals.get(raw)

    def lookup(self, word: str) -> tuple[frozenset[Meaning] | None, str]:
        """Meanings of one folded word, and the form that it was read as."""
        exact = self._meanings.get(word)
        if exact is not None:
            return exact, word
        months = self._calendar.nearest(word)
        others = self._words.nearest(word)
        if months.forms and (not others.forms or months.distance <= others.distance):
            merged = frozenset().union(*(self._meanings[form] for form in months.forms))
            return self._known_sign(merged), "/".join(months.forms)
        if len(others.forms) == 1 and others.distance:
            return self._meanings.get(others.forms[0]), others.forms[0]
        return None, word

    def _known_sign(self, merged: frozenset[Meaning]) -> frozenset[Meaning] | None:
        return merged if merged in self._signs else None

    def _plain(self, raw: str) -> str:
        """The sign of a token, empty where what stands beside it counts or it is mended."""
        if raw.isspace():
            return " "
        word = fold(raw)
        if raw.isdecimal() or word in _LOOKALIKES or word in self._sequences:
            return ""
        if not raw[0].isalpha():
            # marks without a letter, and letters behind them, are a token of several signs
            if raw in self._sequences or len(raw) > 1:
                return ""
            return "-" if raw in _DASHES else raw
        capitals = self._capitals.get(raw)
        meanings, read_as = (capitals, word) if capitals is not None else self.lookup(word)
        if meanings is None:
            return OTHER
        return self.sign(meanings) if read_as == word else ""

    def sign(self, meanings: frozenset[Meaning]) -> str:
        """The private-use character that stands for ``meanings``."""
        return self._signs[meanings]

    def sequences(self, first: str) -> tuple[tuple[tuple[str, ...], frozenset[Meaning]], ...]:
        """Forms of several tokens that begin with ``first``, longest first."""
        return self._sequences.get(first, ())


class _Encoder:
    """One pass over one text; lives for the length of ``Lexicon.encode``."""

    def __init__(self, lexicon: Lexicon, text: str, offset: int) -> None:
        self._lexicon = lexicon
        self._text = text
        self._offset = offset
        self._tokens = [(m.group(), *m.span()) for m in _TOKEN.finditer(text)]
        self._out: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._corrections: list[Correction] = []

    def run(self) -> Symbols:
        at = 0
        plain, out = self._lexicon.plain, self._out
        while at < len(self._tokens):
            raw, start, end = self._tokens[at]
            sign = plain(raw)
            if not sign:
                at += self._step(at)
                continue
            at += 1
            if sign != " " or not out or out[-1] != " ":
                out.append(sign)
                self._starts.append(self._offset + start)
                self._ends.append(self._offset + end)
        return Symbols(
            "".join(self._out), tuple(self._starts), tuple(self._ends), tuple(self._corrections)
        )

    def _emit(self, signs: str, start: int, end: int, each: bool = False) -> None:
        if len(signs) == 1:
            self._out.append(signs)
            self._starts.append(self._offset + start)
            self._ends.append(self._offset + (start + 1 if each else end))
            return
        for index, sign in enumerate(signs):
            self._out.append(sign)
            self._starts.append(self._offset + (start + index if each else start))
            self._ends.append(self._offset + (start + index + 1 if each else end))

    def _step(self, at: int) -> int:
        raw, start, end = self._tokens[at]
        if raw.isdecimal():
            self._emit(_ascii_digits(raw), start, end, each=True)
        elif raw[0].isalpha():
            return self._word(at)
        elif not (taken := self._sequence(at, raw)):
            self._emit("-" if raw in _DASHES else raw, start, end)
        else:
            return taken
        return 1

    def _word(self, at: int) -> int:
        raw, start, end = self._tokens[at]
        word = fold(raw)
        if word in _LOOKALIKES and self._beside_digits(at):
            self._emit(word, start, end, each=len(word) == len(raw))
            return 1
        if taken := self._sequence(at, word):
            return taken
        capitals = self._lexicon.capitals(raw)
        if capitals is not None:
            self._emit(self._lexicon.sign(capitals), start, end)
            return 1
        meanings, read_as = self._lexicon.lookup(word)
        if meanings is None:
            self._emit(OTHER, start, end)
            return 1
        if read_as != word:
            span = Span(self._offset + start, self._offset + end)
            kind = min(name for name, _ in meanings)
            self._corrections.append(Correction(kind, span, raw, read_as))
        self._emit(self._lexicon.sign(meanings), start, end)
        return 1

    def _beside_digits(self, at: int) -> bool:
        before = at > 0 and self._tokens[at - 1][0].isdecimal()
        after = at + 1 < len(self._tokens) and self._tokens[at + 1][0].isdecimal()
        return before or after

    def _sequence(self, at: int, first: str) -> int:
        """Match a form of several tokens at ``at``; how many tokens it took."""
        for form, meanings in self._lexicon.sequences(first):
            index = at
            for part in form:
                if index > at and index < len(self._tokens) and self._tokens[index][0].isspace():
                    index += 1
                if index >= len(self._tokens) or fold(self._tokens[index][0]) != part:
                    break
                index += 1
            else:
                start, end = self._tokens[at][1], self._tokens[index - 1][2]
                self._emit(self._lexicon.sign(meanings), start, end)
                return index - at
        return 0


def _ascii_digits(raw: str) -> str:
    return raw if raw.isascii() else "".join(str(int(digit)) for digit in raw)


def _tokens(form: str) -> tuple[str, ...]:
    return tuple(token for token in _TOKEN.findall(form) if not token.isspace())


def _is_calendar(meanings: Iterable[Meaning]) -> bool:
    return any(name in ("month", "weekday") for name, _ in meanings)


def _collect(grammar: TimeGrammar) -> dict[str, frozenset[Meaning]]:
    """Every form of every language with all that it may mean."""
    found: dict[str, set[Meaning]] = {}
    for calendar in grammar.calendars:
        for concept, names in (("month", calendar.month), ("weekday", calendar.weekday)):
            for entry in names:
                for form in (*entry.names, *entry.short, *entry.seen):
                    found.setdefault(fold(form), set()).add((concept, entry.number))
                for form in (*entry.names, *entry.seen):
                    found[fold(form)].add((f"{concept}_full", entry.number))
    for concept, forms in grammar.words:
        for form in forms:
            found.setdefault(fold(form), set()).add((concept, 0))
    for form, meaning in _zone_names(grammar):
        found.setdefault(fold(form), set()).add(meaning)
    for value, forms in grammar.numbers:
        for form in forms:
            found.setdefault(fold(form), set()).add(("number", value))
    return {form: frozenset(ms) for form, ms in found.items()}


def _zone_names(grammar: TimeGrammar) -> Iterator[tuple[str, Meaning]]:
    """Names of zones that need no capitals, and those that are one only behind a clock time."""
    for index, zone in enumerate(grammar.zones):
        yield from ((form, ("zone", index)) for form in zone.names if not form.isupper())
        yield from ((form, ("zone_near", index)) for form in zone.near)


def _sequences(
    meanings: dict[str, frozenset[Meaning]],
) -> dict[str, tuple[tuple[tuple[str, ...], frozenset[Meaning]], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], frozenset[Meaning]]]] = {}
    for form, ms in meanings.items():
        parts = _tokens(form)
        if len(parts) > 1 or not parts[0].isalpha():
            found.setdefault(parts[0], []).append((parts, ms))
    return {first: tuple(sorted(fs, key=lambda f: -len(f[0]))) for first, fs in found.items()}


def _zone_capitals(grammar: TimeGrammar) -> dict[str, frozenset[Meaning]]:
    return {
        form: frozenset({("zone", index)})
        for index, zone in enumerate(grammar.zones)
        for form in zone.names
        if form.isupper()
    }


def _signs(
    meanings: dict[str, frozenset[Meaning]], more: set[frozenset[Meaning]]
) -> dict[frozenset[Meaning], str]:
    """One sign for each set of meanings, and for each pair of calendar names.

    The pairs are for a misspelling that lies as near to one name as to the
    other ("Thuesday"): it keeps both readings, and the calendar decides.
    """
    sets = set(meanings.values()) | more
    calendar = [ms for ms in sets if _is_calendar(ms)]
    for first in calendar:
        sets.update(first | second for second in calendar if _same_kind(first, second))
    ordered = sorted(sets, key=sorted)
    return {ms: chr(_FIRST_SIGN + index) for index, ms in enumerate(ordered)}


def _classes(signs: dict[frozenset[Meaning], str]) -> dict[str, str]:
    """For each concept a character class of the signs that may mean it."""
    found: dict[str, list[str]] = {}
    for meanings, sign in signs.items():
        for concept in {name for name, _ in meanings}:
            found.setdefault(concept, []).append(sign)
    return {concept: f"[{''.join(sorted(each))}]" for concept, each in found.items()}


def _ranged(sign_class: str) -> str:
    """The class with its runs of signs as ranges: it compiles and matches faster."""
    runs: list[list[int]] = []
    for code in sorted(set(map(ord, sign_class[1:-1]))):
        if runs and runs[-1][-1] == code - 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    return f"[{''.join(f'{chr(r[0])}-{chr(r[-1])}' if r[1:] else chr(r[0]) for r in runs)}]"


def _same_kind(first: frozenset[Meaning], second: frozenset[Meaning]) -> bool:
    return {name.split("_")[0] for name, _ in first} == {name.split("_")[0] for name, _ in second}
