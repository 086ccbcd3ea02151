"""The atoms of a line found, and what they make together: dates and clock times in text order.

The codes of the atoms are those of ``assembling``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from vindue.grammars.time import TimeGrammar
from vindue.nlp.mentions.assembling import Assembler
from vindue.nlp.mentions.atoms import (
    MASK,
    Atom,
    Item,
    clock_code,
    code_of,
    each_day,
    lists,
    mask,
    nights,
)
from vindue.nlp.mentions.clocks import ClockReader
from vindue.nlp.mentions.dates import DateReader
from vindue.nlp.mentions.gazetteer import fold
from vindue.nlp.mentions.moving import moved_times
from vindue.nlp.mentions.symbols import Lexicon, Symbols
from vindue.nlp.mentions.times import DateMention, DaysMention, LineTimes

# Lines that are kept, once read, and how long they may be: both bound the memory.
CACHE_SIZE: Final = 8_000
GROUP: Final = "date-time-group"
DAY_DIGITS: Final = 2
CLOCK_SIGNS: Final = 5
LONGEST: Final = 400

STAMPS: Final = frozenset({"DC", "Dn", "DPC", "DPn", "CD", "nD"})
"""A date with one clock time, as codes of atoms."""


class TimeReader:
    """Reads all that a line says of time; built once from the grammar."""

    def __init__(self, grammar: TimeGrammar) -> None:
        lexicon = Lexicon(grammar)
        self._lexicon: Final = lexicon
        self._dates: Final = DateReader(grammar, lexicon)
        self._clocks: Final = ClockReader(grammar, lexicon)
        self.cities: Final = {fold(c): z.zones for z in grammar.zones for c in z.cities}
        self._codes: Final = {
            sign: code
            for sign, meanings in lexicon.meanings_of.items()
            if (code := code_of({name for name, _ in meanings}))
        }
        self._zone_sign: Final = lexicon.compile(
            r"(?P<zone>{zone_sign})"
            r"(?:(?P<zoff>(?:-| \+ )(?:1[0-4]|0?\d)(?::?\d\d)?)(?!\d| {zone_sign}))?"
        )

        self._plus_one: Final = lexicon.compile(
            r"(?:(?:(?<=[0-5]\d )\(? |\( )\+ 1|(?<!\d)\+ 1(?= {day_sign}))"
            r"(?: {day_sign}\.?)?(?: \)|(?![\d:]))"
        )
        self._once: Final = lru_cache(maxsize=CACHE_SIZE)(self._read)

    def read(self, text: str, offset: int) -> LineTimes:
        """All time mentions of ``text``, which stands at ``offset`` in the input."""
        if len(text) > LONGEST:
            return self._read(text, offset)
        return moved_times(self._once(text, 0), offset)

    def _read(self, text: str, offset: int) -> LineTimes:
        symbols = self._lexicon.encode(text, offset)
        items = each_day(lists(nights(tuple(self._items(symbols)))))
        return Assembler(items).run()

    def _items(self, symbols: Symbols) -> Iterator[Item]:
        """The atoms of a line in text order."""
        text = symbols.text
        placed: list[tuple[int, int, str, Atom]] = []
        gone: list[tuple[int, int]] = []
        for found in self._dates.read(symbols):
            code = "R" if isinstance(found.mention, DaysMention) else "D"
            group = isinstance(found.mention, DateMention) and found.mention.form == GROUP
            end = found.start + DAY_DIGITS if group else found.end
            placed.append((found.start, end, code, found.mention))
            # the clock time of a date-time group stands in its middle
            gone += [(found.start, end), (end + CLOCK_SIGNS if group else end, found.end)]
        text = mask(text, gone)
        if "+" in text:
            later = tuple(m.span() for m in self._plus_one.finditer(text))
            placed.extend((start, end, "Y", None) for start, end in later)
            text = mask(text, later)
        lengths = self._clocks.durations(symbols, text)
        placed.extend((f.start, f.end, "U", f.mention) for f in lengths)
        text = mask(text, ((f.start, f.end) for f in lengths))
        clocks = self._clocks.clocks(symbols, text)
        placed.extend((f.start, f.end, clock_code(f.mention), f.mention) for f in clocks)
        text = mask(text, ((f.start, f.end) for f in clocks))
        zones = tuple(self._zone_sign.finditer(text))
        placed.extend((m.start(), m.end(), "Z", self._clocks.zone_of(m.groupdict())) for m in zones)
        text = mask(text, (m.span() for m in zones))
        placed.extend(self._rest(text))
        placed.extend(_slashes(symbols.text, placed))
        placed.extend(_stamp_at_end(symbols.text, placed))
        for start, end, code, atom in sorted(placed, key=lambda item: item[0]):
            yield Item(code, symbols.span(start, end), atom)

    def _rest(self, text: str) -> Iterator[tuple[int, int, str, Atom]]:
        """Connectors, fillers left out, and ``x`` for every other word."""
        word_before = False
        for at, sign in enumerate(text):
            code = self._codes.get(sign)
            if code is None and sign in "-\u2192":
                # behind digits that are no time it is part of a number ("SKB-2026-114")
                code = "x" if text[at - 1 : at].isdigit() else "T"
            elif sign in ".!?;" and text[at + 1 : at + 2] in (" ", ""):
                short = sign == "." and self._codes.get(text[at - 1 : at]) in ("Q", "P", "_")
                code = None if short else "S"
            elif sign.isdigit() or (sign.isalpha() and code is None):
                code = "x"
            if code in ("f", "t"):
                # "start" and "end" name an end only right before its clock time
                beside = text[at + 1 : at + 3].lstrip(" ")[:1] == MASK
                code = code.upper() if beside else "x"
            if code == "x" and word_before:
                continue
            word_before = code == "x" and (sign.isdigit() or text[at + 1 : at + 2].isdigit())
            if code and code != "_":
                yield at, at + 1, code, None


def _stamp_at_end(
    text: str, placed: list[tuple[int, int, str, Atom]]
) -> Iterator[tuple[int, int, str, Atom]]:
    """Brackets at the end around a date with its clock time are told apart from what is before."""
    opened = text.rfind("(")
    if opened < 0 or not text.rstrip(" .").endswith(")"):
        return
    inside = "".join(code for start, _, code, _ in sorted(placed, key=_start) if start > opened)
    if inside in STAMPS and any(code in "CnbU" for start, _, code, _ in placed if start < opened):
        yield opened, opened + 1, "S", None


def _start(place: tuple[int, int, str, Atom]) -> int:
    return place[0]


def _slashes(
    text: str, placed: list[tuple[int, int, str, Atom]]
) -> Iterator[tuple[int, int, str, Atom]]:
    """A slash between a clock time and a date ("14 March 22:00 / 15 March 02:00")."""
    ends = {end for _, end, code, _ in placed if code in "CnZ"}
    for start in [start for start, _, code, _ in placed if code in "DC"] if "/" in text else ():
        before = text[:start].rstrip(" ")
        if before.endswith("/") and len(before[:-1].rstrip(" ")) in ends:
            yield len(before) - 1, len(before), "K", None
