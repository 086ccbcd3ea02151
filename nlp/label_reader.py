"""A label out of the words of a cell: "Scheduled End Date / Time (UTC):" → end, UTC.

A label is a row of words that are all known as words of labels, closed by a
colon, by the end of its cell, or by a value of time that fills the rest. So
prose that begins alike ("The work starts at …") is none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final
from zoneinfo import available_timezones

import regex

from vindue.grammars.labels import LabelFile
from vindue.nlp.field_parts import Label, Role, ToldAs
from vindue.nlp.mentions.gazetteer import Gazetteer, fold
from vindue.nlp.mentions.intervals import TimeReader
from vindue.nlp.record import Status
from vindue.nlp.spans import Line, Span

ROLES: Final[tuple[Role, ...]] = ("duration", "zone", "status", "start", "end", "when")
TOLD: Final[tuple[ToldAs, ...]] = ("reserve", "stamp", "actual", "earlier")
_TOKEN: Final = regex.compile(r"[\p{L}\p{M}]+(?:['’.-][\p{L}\p{M}]+)*|\d+|\s+|.", regex.DOTALL)
_JOINT: Final = frozenset("/&+,-–—.()[]*#_")
_CLOSERS: Final = frozenset(":=：")
_ORDINAL: Final = regex.compile(r"(?:st|nd|rd|th|\.)(?![\p{L}\d])", regex.IGNORECASE)
_COUNT_ENDS: Final = regex.compile(r"\s*(?:$|:(?!\d)|[(–-])|\s+\p{L}")
_BRACKET: Final = regex.compile(r"[(\[]([^()\[\]]{1,60})[)\]]")
_MONTH_FIRST: Final = regex.compile(r"(?i)\bmm?[/.-]dd?\b")
_LAYOUT: Final = regex.compile(r"(?i)[dmyåhs]{1,4}(?:[/.:\s-]+[dmyåhs]{1,4})+")
_SENTENCE: Final = regex.compile(r"[.;](?:\s|$)")
_PROBE: Final = "00:00 "
MAX_WORDS: Final = 12
MAX_DIGITS: Final = 2
MAX_ZONE: Final = 24
MAX_REST: Final = 8
SHORTEST: Final = 5


@dataclass(frozen=True, slots=True)
class _Said:
    """What the words of a label told so far, and where the next one stands."""

    kinds: frozenset[str]
    at: int
    weak: bool
    words: int
    unit: str = ""


class LabelReader:
    """Reads labels; built once from the grammar."""

    def __init__(self, grammar: Iterable[LabelFile], times: TimeReader) -> None:
        files = tuple(grammar)
        self._times: Final = times
        self._kinds: Final = _kinds(files)
        self._weak: Final = frozenset(fold(w) for f in files for w in f.words.weak)
        self._longest: Final = max(len(form.split()) for form in self._kinds)
        singles = {form for form in self._kinds if " " not in form}
        self._gazetteer: Final = Gazetteer(singles, shortest=SHORTEST)
        self._for_all: Final = tuple(fold(w) for f in files for w in f.words.zone_for_all)
        self._status: Final = {
            fold(form): name for f in files for name, forms in f.status.items() for form in forms
        }

    def read(self, text: str, offset: int) -> Label | None:
        """The label at the start of ``text``, or ``None`` where none stands there.

        ``offset`` is the place of ``text`` in the input.
        """
        tokens = [(m.group(), m.start()) for m in _TOKEN.finditer(text)]
        said = self._walk(text, tokens)
        if said is None:
            return self._zone_as_label(text, offset)
        closed, end = _closing(text, said.at)
        if not closed and not self._is_value(text[said.at :], offset + said.at):
            return None
        role, told = _role(said), _telling(said)
        if role == "none" and told is None:
            return None
        if not closed and role in ("when", "none") and not said.unit:
            return None
        head = text[:end]
        zones = self._zones_in_brackets(head)
        return Label(
            role,
            Span(offset, offset + max(said.at, 1)),
            end,
            told,
            closed,
            zones,
            said.unit,
            month_first=bool(_MONTH_FIRST.search(head)),
            paired={"start", "end"} <= said.kinds,
            local="place" in said.kinds and not zones,
            weak=said.weak and not closed,
        )

    def _zone_as_label(self, text: str, offset: int) -> Label | None:
        """A zone alone before a colon ("UTC: …"): the window as told in that zone."""
        head, colon, _ = text.partition(":")
        zones = self.zones(head) if colon and len(head) <= MAX_ZONE else ()
        if not zones:
            return None
        closed, end = _closing(text, len(head))
        return Label("when", Span(offset, offset + len(head)), end, None, closed, zones)

    def status(self, text: str) -> Status | None:
        """The state that a status cell tells by its first words."""
        words = regex.findall(r"[\p{L}]+", fold(text))
        for size in range(min(4, len(words)), 0, -1):
            found = self._status.get(" ".join(words[:size]))
            if found is not None:
                return found
        return None

    def zones(self, text: str) -> tuple[str, ...]:
        """The zones that ``text`` may mean, if it is a zone and nothing else."""
        told = text.strip(" ()[].*")
        if not told:
            return ()
        read = self._times.read(_PROBE + told, 0)
        clocks = [*read.clocks, *(p.start for p in read.points if p.start)]
        if read.other_words or len(clocks) != 1:
            return _named_zone(told)
        return clocks[0].zones

    def zone_within(self, text: str) -> tuple[str, ...]:
        """The zone of a zone field, cities and names beside it ("(UTC+02:00) Helsinki")."""
        if zones := self.zones(text):
            return zones
        inside = [match[1] for match in _BRACKET.finditer(text)]
        return next((z for part in inside if (z := self.zones(part))), ()) or self._zone_at_end(
            text
        )

    def zone_for_all(self, lines: tuple[Line, ...]) -> tuple[str, ...]:
        """The zone that a sentence says all times are in ("All times are UTC.")."""
        for line in lines:
            folded = fold(line.text)
            for form in self._for_all:
                at = folded.find(form)
                if at >= 0 and (zones := self._zone_at_end(line.text[at + len(form) :])):
                    return zones
        return ()

    def _zone_at_end(self, text: str) -> tuple[str, ...]:
        """A zone within the few words of the rest of a sentence."""
        words = _SENTENCE.split(text, maxsplit=1)[0].split()[:MAX_REST]
        for start in range(len(words)):
            for end in range(len(words), start, -1):
                if zones := self.zones(" ".join(words[start:end])):
                    return zones
        return ()

    def _zones_in_brackets(self, head: str) -> tuple[str, ...]:
        for match in _BRACKET.finditer(head):
            for part in (match[1], *regex.split(r"[,;/]| - ", match[1])):
                if zones := self.zones(part):
                    return zones
        words = head.rstrip(" :=").split()
        for size in (3, 2, 1):
            if len(words) > size and (zones := self.zones(" ".join(words[-size:]))):
                return zones
        return ()

    def _is_value(self, rest: str, offset: int) -> bool:
        times = self._times.read(rest, offset)
        return times.other_words == 0 and bool(times.told or times.durations or times.open_end)

    def _walk(self, text: str, tokens: list[tuple[str, int]]) -> _Said | None:
        """Take known words until a closer, a value or the end of the cell."""
        kinds: set[str] = set()
        at, words, weak, unit = 0, 0, True, ""
        while at < len(tokens):
            raw, start = tokens[at]
            if raw in _CLOSERS:
                break
            size, found, form = self._known(tokens, at)
            if size:
                kinds |= found
                weak = weak and form in self._weak
                words += 1
                unit = form if "unit" in found and not unit.startswith("#") else unit
                at += size
            elif raw in "([" and (bracket := _BRACKET.match(text, start)):
                inside = self._in_bracket(bracket[1])
                if inside is None:
                    break
                kinds |= inside
                at = _token_at(tokens, bracket.end())
            elif number := self._number(text, tokens, at, bool(unit)):
                counted = at + number
                if self._counts(text, tokens, at, counted):
                    unit = f"#{raw}"
                at = counted
            elif raw.isspace() or raw in _JOINT or (words and self._zone_word(tokens, at)):
                at += 1
            else:
                return self._end(kinds, start, weak, words, unit)
            if words > MAX_WORDS:
                return None
        start = tokens[at][1] if at < len(tokens) else len(text)
        return self._end(kinds, start, weak, words, unit)

    @staticmethod
    def _end(kinds: set[str], at: int, weak: bool, words: int, unit: str) -> _Said | None:
        """What was told, if anything: a label counted by a number is never too weak."""
        counted = unit if unit.startswith("#") else ""
        return _Said(frozenset(kinds), at, weak and not counted, words, counted) if words else None

    def _known(self, tokens: list[tuple[str, int]], at: int) -> tuple[int, frozenset[str], str]:
        """How many tokens the longest known form at ``at`` takes, and what it means."""
        if not tokens[at][0][0].isalpha():
            return 0, frozenset(), ""
        form, best = "", (0, frozenset[str](), "")
        index = at
        for _ in range(self._longest):
            while index < len(tokens) and tokens[index][0].isspace():
                index += 1
            if index >= len(tokens) or not tokens[index][0][0].isalpha():
                break
            form = f"{form} {fold(tokens[index][0])}".strip()
            index += 1
            if form in self._kinds:
                best = (index - at, self._kinds[form], form)
        if best[0]:
            return best
        near = self._gazetteer.nearest(fold(tokens[at][0]))
        if len(near.forms) == 1:
            return 1, self._kinds[near.forms[0]], near.forms[0]
        return 0, frozenset(), ""

    def _in_bracket(self, inside: str) -> frozenset[str] | None:
        """Kinds of the words in a bracket; ``None`` where it is no part of a label.

        A zone and a layout ("DD/MM/YYYY") have no kind.
        """
        if self.zones(inside) or _LAYOUT.fullmatch(inside.strip()):
            return frozenset()
        parts = [fold(p) for p in _TOKEN.findall(inside) if p[0].isalpha()]
        known = [p for p in parts if p in self._kinds]
        others = [p for p in _TOKEN.findall(inside) if p[0].isalpha() and fold(p) not in known]
        if not parts or not all(self.zones(p) or _LAYOUT.fullmatch(p) for p in others):
            return None
        return frozenset(kind for p in known for kind in self._kinds[p])

    def _number(self, text: str, tokens: list[tuple[str, int]], at: int, after_unit: bool) -> int:
        """Tokens of a count ("1st", "#2", "Window 1"); 0 for the digits of a value."""
        raw, start = tokens[at]
        if not raw.isdigit() or len(raw) > MAX_DIGITS:
            return 0
        end = start + len(raw)
        ordinal = _ORDINAL.match(text, end)
        if ordinal is not None and not text[ordinal.end() : ordinal.end() + 1].isdigit():
            return _token_at(tokens, ordinal.end()) - at
        return 1 if after_unit and _COUNT_ENDS.match(text, end) else 0

    def _counts(self, text: str, tokens: list[tuple[str, int]], at: int, after: int) -> bool:
        """False for the number of a list ("2. End time:"): a dot counts only what a unit names."""
        start = tokens[at][1] + len(tokens[at][0])
        if text[start : start + 1] != ".":
            return True
        while after < len(tokens) and tokens[after][0].isspace():
            after += 1
        return after < len(tokens) and "unit" in self._known(tokens, after)[1]

    def _zone_word(self, tokens: list[tuple[str, int]], at: int) -> bool:
        return tokens[at][0][0].isalpha() and bool(self.zones(tokens[at][0]))


def _role(said: _Said) -> Role:
    """The role of the value: by the words, for both ends and for a bare count "when"."""
    if {"start", "end"} <= said.kinds and not {"duration", "zone", "status"} & said.kinds:
        return "when"
    role: Role = next((r for r in ROLES if r in said.kinds), "none")
    if role == "none" and (said.unit or "place" in said.kinds):
        return "when"
    return role


def _telling(said: _Said) -> ToldAs | None:
    told = next((t for t in TOLD if t in said.kinds), None)
    return "now" if told is None and "current" in said.kinds else told


def _token_at(tokens: list[tuple[str, int]], offset: int) -> int:
    return next((i for i, (_, start) in enumerate(tokens) if start >= offset), len(tokens))


def _closing(text: str, at: int) -> tuple[bool, int]:
    """Whether the label is closed at ``at``, and where its value begins."""
    rest = text[at:]
    if not rest.strip(" .*-–—"):
        return True, len(text)
    if rest[0] in _CLOSERS:
        return True, at + 1 + len(rest[1:]) - len(rest[1:].lstrip())
    return False, at


def _named_zone(told: str) -> tuple[str, ...]:
    """An IANA name as it stands ("Europe/Copenhagen")."""
    return (told,) if "/" in told and told in _iana() else ()


@cache
def _iana() -> frozenset[str]:
    return frozenset(available_timezones())


def _kinds(files: tuple[LabelFile, ...]) -> dict[str, frozenset[str]]:
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
