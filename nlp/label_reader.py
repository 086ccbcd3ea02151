"""A label out of the words of a cell: "Scheduled End Date / Time (UTC):" → end, UTC.

A label is a row of words that are all known as words of labels, closed by a
colon, by the end of its cell, or by a value of time that fills the rest. So
prose that begins alike ("The work starts at …") is none.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import regex

from vindue.grammars.labels import LabelFile
from vindue.nlp.field_parts import Label, Role, ToldAs
from vindue.nlp.label_words import CLOSERS, LEADER, LabelWords, Said
from vindue.nlp.mentions.gazetteer import fold
from vindue.nlp.mentions.intervals import TimeReader
from vindue.nlp.record import Status
from vindue.nlp.spans import Span
from vindue.nlp.values import replace
from vindue.nlp.zone_words import ZoneReader

ROLES: Final[tuple[Role, ...]] = ("duration", "zone", "status", "start", "end", "when")
TOLD: Final[tuple[ToldAs, ...]] = ("reserve", "stamp", "actual", "earlier")
# Words that mean both ends are of the whole, unless they are of something else.
NOT_PAIRED: Final = frozenset({"duration", "zone", "status"})
BOTH_ENDS: Final = frozenset({"start", "end"})
TIMED: Final = frozenset({"start", "end", "when"})
FILLERS: Final = frozenset({"filler"})
_MONTH_FIRST: Final = regex.compile(r"(?i)\bmm?[/.-]dd?\b")
# A remark in brackets behind a label that stands alone: "BACKUP DATE (only if needed)".
_REMARK: Final = regex.compile(r"\s*\(([^()]*)\)\s*:?\s*")
_WORDS: Final = regex.compile(r"\p{L}+")
# What closes a label in two languages, of which one is known: "Beginn / Start ....", "Fin / End:"
_CLOSES: Final = regex.compile(r"[:=：]|\.\.|__|--")
LONGEST_HEAD: Final = 60
FOREIGN_WORDS: Final = 3
PARTS: Final = 2
MAX_ZONE: Final = 24
STATUS_WORDS: Final = 4
CACHE_SIZE: Final = 4096


class LabelReader:
    """Reads labels; built once from the grammar. ``zones`` reads the zones in them."""

    def __init__(self, grammar: Iterable[LabelFile], times: TimeReader) -> None:
        files = tuple(grammar)
        self._times: Final = times
        self.zones: Final = ZoneReader(times, (w for f in files for w in f.words.zone_for_all))
        self._words: Final = LabelWords(files, self.zones)
        self._status: Final = {
            fold(form): name for f in files for name, forms in f.status.items() for form in forms
        }
        self._cached: Final = lru_cache(maxsize=CACHE_SIZE)(self._read)

    def read(self, text: str, offset: int) -> Label | None:
        """The label at the start of ``text``, or ``None`` where none stands there.

        ``offset`` is the place of ``text`` in the input.
        """
        label = self._cached(text)
        if label is None:
            return None
        return replace(label, span=Span(label.span.start + offset, label.span.end + offset))

    def status(self, text: str) -> Status | None:
        """The state that a status cell tells by its first words."""
        words = _WORDS.findall(fold(text))
        for size in range(min(STATUS_WORDS, len(words)), 0, -1):
            found = self._status.get(" ".join(words[:size]))
            if found is not None:
                return found
        return None

    def is_other(self, text: str) -> bool:
        """True for a label of a number or name ("Ticket: …"): no time stands behind it."""
        head, colon, _ = text.partition(":")
        return bool(colon) and self._words.is_other(head)

    def _read(self, text: str) -> Label | None:
        if self._words.is_column(text):
            return Label("when", Span(0, len(text)), len(text), closed=True)
        said = self._words.read(text)
        if said is None or not _closing(text, said.at)[0]:
            said = self._in_two_languages(text) or said
        if said is None:
            return self._zone_as_label(text)
        closed, end = _closing(text, said.at)
        if remark := _REMARK.fullmatch(text[said.at :]):
            said = replace(said, kinds=said.kinds | self._words.marks_in(remark[1]))
        role, told = _role(said), _telling(said)
        if said.kinds == FILLERS and closed and self._is_value(text[end:]):
            role = "when"
        if role == "none" and told is None:
            return None
        # Without a colon only one end of a window, or a counted one, is told apart from prose.
        if not closed and role in ("when", "none") and not said.count:
            return None
        if not closed and not self._is_value(text[said.at :]):
            return None
        zones = self.zones.in_label(text[:end])
        return Label(
            role,
            Span(0, max(said.at, 1)),
            end,
            told,
            closed,
            zones,
            said.count,
            month_first=bool(_MONTH_FIRST.search(text[:end])),
            paired=said.kinds >= BOTH_ENDS or "pair" in said.kinds,
            local="place" in said.kinds and not zones,
            weak=said.weak and not closed,
        )

    def _in_two_languages(self, text: str) -> Said | None:
        """A label of which the words on one side of a slash are known, the others foreign."""
        closes = _CLOSES.search(text, 0, LONGEST_HEAD)
        head = text[: closes.start()] if closes is not None else text[:LONGEST_HEAD]
        parts = [part.strip() for part in head.split("/")]
        unclosed = closes is None and len(text) > LONGEST_HEAD
        if unclosed or len(parts) < PARTS or any(sign.isdigit() for sign in head):
            return None
        if any(len(_WORDS.findall(p)) > FOREIGN_WORDS or self.zones.read(p) for p in parts):
            return None
        for part in parts:
            said = self._words.read(part) if part else None
            if said is not None and said.at >= len(part) and said.kinds & TIMED:
                return replace(said, at=len(head.rstrip()))
        return None

    def _zone_as_label(self, text: str) -> Label | None:
        """A zone alone before a colon ("UTC: …"): the window as told in that zone."""
        head, colon, rest = text.partition(":")
        apart = bool(colon) and not rest[:1].isdigit() and len(head) <= MAX_ZONE
        zones = self.zones.read(head) if apart else ()
        if not zones:
            return None
        closed, end = _closing(text, len(head))
        return Label("when", Span(0, len(head)), end, None, closed, zones)

    def _is_value(self, rest: str) -> bool:
        times = self._times.read(rest, 0)
        return times.other_words == 0 and bool(times.told or times.durations or times.open_end)


def _role(said: Said) -> Role:
    """The role of the value: by the words, for both ends and for a bare count "when"."""
    if said.kinds >= BOTH_ENDS and not NOT_PAIRED & said.kinds:
        return "when"
    role: Role = next((r for r in ROLES if r in said.kinds), "none")
    alone = said.count or said.kinds & {"place", "pair"}
    return "when" if role == "none" and alone else role


def _telling(said: Said) -> ToldAs | None:
    told = next((t for t in TOLD if t in said.kinds), None)
    return "now" if told is None and "current" in said.kinds else told


def _closing(text: str, at: int) -> tuple[bool, int]:
    """Whether the label is closed at ``at``, and where its value begins."""
    rest = text[at:]
    if not rest.strip(" .*-–—") or _REMARK.fullmatch(rest):
        return True, len(text)
    if leader := LEADER.match(rest):
        return True, at + leader.end()
    if rest[0] in CLOSERS:
        return True, at + 1 + len(rest[1:]) - len(rest[1:].lstrip())
    return False, at
