"""Zones where no clock time stands: in labels, in fields of their own, in "all times are …"."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final
from zoneinfo import available_timezones

import regex

from vindue.nlp.mentions.completing import standard
from vindue.nlp.mentions.gazetteer import fold
from vindue.nlp.mentions.intervals import TimeReader
from vindue.nlp.spans import Line

BRACKET: Final = regex.compile(r"[(\[]([^()\[\]]{1,60})[)\]]")
_PARTS: Final = regex.compile(r"[,;/]| - ")
_OFFSET: Final = regex.compile(r"(?<![\d-])([+–−-])\s?(1[0-4]|0?\d)(?::?([0-5]\d))?(?![\d-])")
_SENTENCE: Final = regex.compile(r"[.;](?:\s|$)")
# A zone is read behind a clock time: that is how the grammar knows zones.
_PROBE: Final = "00:00 "
_OPENER: Final = regex.compile(r"[(\[]([^()\[\]]{1,60})[)\]]\s*:?$")
_WHOLE: Final = regex.compile(r"[(\[]([^()\[\]]{1,60})[)\]]")
OPENER_WORDS: Final = 5
HEADING_WORDS: Final = 3
MAX_REST: Final = 8
MAX_ALONE: Final = 30
MAX_LENGTH: Final = 60
CACHE_SIZE: Final = 4096


class ZoneReader:
    """Reads zones; ``for_all`` are openings of a sentence about all times of a notice."""

    def __init__(self, times: TimeReader, for_all: Iterable[str]) -> None:
        self._times: Final = times
        self._for_all: Final = tuple(map(fold, for_all))
        self._cities: Final = times.cities
        self.read = lru_cache(maxsize=CACHE_SIZE)(self._read)

    def _read(self, text: str) -> tuple[str, ...]:
        """The zones that ``text`` may mean, if it is a zone and nothing else."""
        told = text.strip(" ()[].*")
        if not told or len(told) > MAX_LENGTH:
            return ()
        read = self._times.read(_PROBE + told, 0)
        clocks = [*read.clocks, *(p.start for p in read.points if p.start)]
        if read.other_words or len(clocks) != 1:
            return (told,) if "/" in told and told in _iana() else ()
        return clocks[0].zones

    def within(self, text: str) -> tuple[str, ...]:
        """The zone of a zone field, cities and names beside it ("(UTC+02:00) Helsinki")."""
        if offset := _OFFSET.search(text):
            sign = "+" if offset[1] == "+" else "-"
            return (f"{sign}{int(offset[2]):02d}:{offset[3] or '00'}",)
        if zones := self.read(text):
            return zones
        inside = (self.read(match[1]) for match in BRACKET.finditer(text))
        return next(filter(None, inside), ()) or self._among_words(text)

    def of_cell(self, text: str) -> tuple[str, ...]:
        """The zone that a cell of a table is, alone or in brackets ("Local (London)")."""
        if zones := self.read(text):
            return zones
        return next(filter(None, (self._in_bracket(m[1]) for m in BRACKET.finditer(text))), ())

    def _in_bracket(self, inside: str) -> tuple[str, ...]:
        """A zone, or a city that stands for its zone where nothing else can stand."""
        return self.read(inside) or self._cities.get(fold(inside.strip()), ())

    def in_label(self, head: str) -> tuple[str, ...]:
        """The zone that a label names in brackets or as its last words."""
        for match in BRACKET.finditer(head):
            for part in (match[1], *_PARTS.split(match[1])):
                if zones := self._in_bracket(part):
                    return zones
        words = head.rstrip(" :=").split()
        for size in (3, 2, 1):
            if len(words) > size and (zones := self.read(" ".join(words[-size:]))):
                return zones
        return ()

    def for_all(self, lines: tuple[Line, ...]) -> tuple[str, ...]:
        """The zone that a sentence says all times are in ("All times are UTC.").

        The sentence may run on over the end of its line. A line that opens a
        list may name the zone in brackets ("at the following times (UTC):").
        """
        whole = fold("\n".join(line.text for line in lines))
        forms = [form for form in self._for_all if form in whole]
        for index, line in enumerate(lines if forms else ()):
            folded = fold(line.text)
            for form in forms:
                if (at := folded.find(form)) < 0:
                    continue
                text = " ".join(one.text for one in lines[index : index + 2])
                if zones := self._among_words(text[at + len(form) :]):
                    fixed = self._times.read(text, 0).year_round
                    return standard(zones) if fixed else zones
        return self._alone(lines) or self._of_openers(lines)

    def _alone(self, lines: tuple[Line, ...]) -> tuple[str, ...]:
        """The zone that makes up a line in brackets below the times ("(AEDT)")."""
        found = (_WHOLE.fullmatch(line.text.strip()) for line in lines)
        return next(filter(None, (self.read(match[1]) for match in found if match)), ())

    def _of_openers(self, lines: tuple[Line, ...]) -> tuple[str, ...]:
        """The one zone in brackets that ends headings, or lines of more words than a label."""
        told: set[tuple[str, ...]] = set()
        for line in lines:
            match = _OPENER.search(line.text)
            if match is None or not (zones := self.read(match[1])):
                continue
            words = len(line.text.split())
            heading = words >= HEADING_WORDS and not self._times.read(line.text, 0).told
            if words >= OPENER_WORDS or heading:
                told.add(zones)
        return told.pop() if len(told) == 1 else ()

    def _among_words(self, text: str) -> tuple[str, ...]:
        """The longest zone within the first few words of a sentence."""
        words = _SENTENCE.split(text, maxsplit=1)[0].split()[:MAX_REST]
        for start in range(len(words)):
            for end in range(len(words), start, -1):
                if zones := self.read(" ".join(words[start:end])):
                    return zones
        return ()


@cache
def _iana() -> frozenset[str]:
    return frozenset(available_timezones())
