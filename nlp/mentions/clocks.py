"""Clock times and lengths of time in a line of symbols (``grammars/clocks.toml``)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final, Literal

from vindue.grammars.time import Form, TimeGrammar
from vindue.nlp.mentions.symbols import Lexicon, Symbols
from vindue.nlp.mentions.times import ClockMention, DurationMention
from vindue.nlp.spans import Finding, Span
from vindue.nlp.values import dataclass, replace

HOUR: Final = 60
DAY: Final = 24 * HOUR
NOON: Final = 12 * HOUR
BARE: Final = "bare-hour"
HALF_DAY_HOURS: Final = 12
_FOUR: Final = 4


@dataclass(frozen=True, slots=True)
class FoundClock:
    """A clock time with its place in the symbols."""

    start: int
    end: int
    mention: ClockMention


@dataclass(frozen=True, slots=True)
class FoundDuration:
    """A length of time with its place in the symbols."""

    start: int
    end: int
    mention: DurationMention


class ClockReader:
    """The clock and duration forms, compiled once for a lexicon."""

    def __init__(self, grammar: TimeGrammar, lexicon: Lexicon) -> None:
        self._lexicon: Final = lexicon
        self._forms: Final = tuple(
            (order, form, lexicon.needed(form)) for order, form in enumerate(grammar.clocks)
        )
        self._pattern: Final = lru_cache(maxsize=len(grammar.clocks))(lexicon.compile)
        self._durations: Final = tuple(lexicon.compile(f.pattern) for f in grammar.durations)
        self._zones: Final = tuple(zone.zones for zone in grammar.zones)
        self._unit: Final = re.compile(lexicon.any_of("hour", "minute", "day", "quarter"))
        self._after: Final = lexicon.compile(
            r"(?:{oclock_sign}\.?)?(?: ?[(\[]? ?(?:(?P<summer>{summer_sign})|"
            r"(?P<standard>{standard_sign})|(?P<local>{local_sign})|"
            r"(?P<zone>{zone_sign}|{zone_near_sign}(?! [x\d]))"
            r"(?:(?P<zoff>(?:-| \+ )(?:1[0-4]|0?\d)(?::?\d\d)?)(?!\d| {zone_sign}))?|"
            r"(?P<off>(?:\+|(?:(?<=:\d\d:\d\d)|(?<=:\d\d:\d\d\x20))-)(?:0\d|1[0-4]):?[0-5]\d(?!\d)|"
            r"-(?:0\d|1[0-2])[03]0(?= (?:{to_sign}|-|\())))"
            r"(?: ?{local_sign})? ?[)\]]?)?"
        )

    def durations(self, symbols: Symbols, text: str) -> tuple[FoundDuration, ...]:
        """Lengths of time; ``text`` is the symbols with what was read already masked."""
        if self._unit.search(text) is None:
            return ()
        found: list[FoundDuration] = []
        told = [m for pattern in self._durations for m in pattern.finditer(text)]
        # the longest is meant: "half an hour" holds "an hour"
        for match in sorted(told, key=lambda m: m.start() - m.end()):
            if all(match.end() <= f.start or match.start() >= f.end for f in found):
                span = symbols.span(match.start(), match.end())
                mention = self._duration(match.groupdict(), span)
                found.append(FoundDuration(match.start(), match.end(), mention))
        return tuple(sorted(found, key=lambda item: item.start))

    def _duration(self, groups: dict[str, Any], span: Span) -> DurationMention:
        """The upper of two counts; half hours by a decimal or the sign for a half."""
        if groups.get("half_hour"):
            whole = self._count(groups["whole"]) if groups.get("whole") else 0
            return DurationMention(span, whole * HOUR + HOUR // 2)
        if groups.get("quarters"):
            many = self._count(groups["many"]) if groups.get("many") else 1
            return DurationMention(span, many * HOUR // 4)
        if groups.get("one_and_half"):
            return DurationMention(span, HOUR + HOUR // 2)
        count = float(self._count(groups["count"]))
        count += int(groups.get("tenth") or 0) / 10 + (0.5 if groups.get("odd") else 0)
        unit = HOUR if groups.get("hours") else DAY if groups.get("days") else 1
        minutes = round(count * unit) + int(groups.get("rest") or 0)
        return DurationMention(span, minutes, approximate=bool(groups.get("low")))

    def _count(self, text: str) -> int:
        if text.isdigit():
            return int(text)
        return self._lexicon.values(text, "number")[0]

    def clocks(self, symbols: Symbols, text: str) -> tuple[FoundClock, ...]:
        """Clock times in text order; of overlapping readings the longest is kept."""
        hits: list[tuple[int, int, int, Form, re.Match[str]]] = []
        signs = set(text)
        for order, form, needed in self._forms:
            if signs.isdisjoint(needed):
                continue
            for match in self._pattern(form.pattern).finditer(text):
                hits.append((match.start() - match.end(), order, match.start(), form, match))
        hits.sort(key=lambda item: item[:3])
        taken: list[FoundClock] = []
        used = bytearray(len(text))
        for _, _, start, form, match in hits:
            if any(used[start : match.end()]):
                continue
            mention = self._mention(form, match, symbols)
            if mention is not None:
                clock = self._with_suffix(symbols, text, start, match.end(), mention)
                taken.append(clock)
                used[start : clock.end] = b"\1" * (clock.end - start)
        return tuple(sorted(taken, key=lambda found: found.start))

    def _mention(self, form: Form, match: re.Match[str], symbols: Symbols) -> ClockMention | None:
        groups = match.groupdict()
        span = symbols.span(match.start(), match.end())
        if form.damaged:
            return self._damaged(form, groups, span, match.group())
        if groups.get("noon") or groups.get("midnight"):
            return ClockMention(span, NOON if groups.get("noon") else DAY, form.name)
        if groups.get("hour_word"):
            return self._worded(form, groups, span)
        hour, minute = int(groups["hour"]), int(groups.get("minute") or 0)
        half = self._half(groups.get("half"))
        minutes = hour * HOUR + minute
        if minutes > DAY:
            return None
        return ClockMention(
            span,
            _in_half(minutes, half),
            form.name,
            sure=form.sure,
            half=half,
            twelve=0 < hour <= HALF_DAY_HOURS and form.name != "four-digits",
        )

    def _half(self, sign: str | None) -> Literal["am", "pm"] | None:
        if not sign:
            return None
        return "am" if self._lexicon.values(sign, "am") else "pm"

    def _worded(self, form: Form, groups: dict[str, Any], span: Span) -> ClockMention:
        """ "halv otte" is 7:30, "half past seven" too; "kvart over", "kvart i"."""
        minutes = self._count(groups["hour_word"]) * HOUR
        if form.name in ("half-to", "half-past"):
            minutes += -30 if form.name == "half-to" else 30
        else:
            minutes += 15 if groups.get("past") else -15
        half = self._half(groups.get("half"))
        return ClockMention(
            span, _in_half(minutes % DAY, half), form.name, half=half, twelve=half is None
        )

    def _damaged(
        self, form: Form, groups: dict[str, Any], span: Span, found: str
    ) -> ClockMention | None:
        digits = groups.get("digits")
        readings = _repairs(digits) if digits else _completed(groups)
        if not readings:
            return None
        used = f"{readings[0] // HOUR:02d}:{readings[0] % HOUR:02d}"
        message = f"{found!r} is no clock time"
        finding = Finding("typo.time", "warning", message, span, found, used)
        return ClockMention(
            span,
            readings[0],
            form.name,
            sure=False,
            alternatives=readings[1:],
            findings=(finding,),
        )

    def _with_suffix(
        self, symbols: Symbols, text: str, start: int, end: int, mention: ClockMention
    ) -> FoundClock:
        """Take in what follows at once: "hrs", "(DST)", "UTC", "GMT+1", "+02:00"."""
        at = end + 1 if text[end : end + 1] == " " else end
        match = self._after.match(text, at)
        if match is None or match.end() == at:
            return FoundClock(start, end, mention)
        groups = match.groupdict()
        zones = self.zone_of(groups)
        fold: Literal[0, 1] | None = 0 if groups.get("summer") else None
        if groups.get("standard"):
            fold = 1
        local = bool(groups.get("local"))
        mention = replace(
            mention, fold=fold, zone=zones[0] if zones else None, zones=zones, local=local
        )
        sure = mention.sure or mention.form != BARE
        span = symbols.span(start, match.end())
        return FoundClock(start, match.end(), replace(mention, span=span, sure=sure))

    def zone_of(self, groups: dict[str, Any]) -> tuple[str, ...]:
        """The zones that a zone group may mean; an offset as ``+HH:MM``."""
        if groups.get("off"):
            told = groups["off"].replace(":", "")
            return (f"{told[:3]}:{told[3:]}",)
        if groups.get("zoff"):
            told = groups["zoff"].replace(" ", "")
            sign, rest = told[0], told[1:].replace(":", "")
            hours, minutes = (rest[:-2], rest[-2:]) if len(rest) >= _FOUR - 1 else (rest, "00")
            return (f"{sign}{int(hours):02d}:{minutes}",)
        if groups.get("zone"):
            sign, values = groups["zone"], self._lexicon.values
            return self._zones[(values(sign, "zone") or values(sign, "zone_near"))[0]]
        return ()


def _in_half(minutes: int, half: Literal["am", "pm"] | None) -> int:
    """Minutes of the day for a twelve-hour reading; 24-hour times stay as they are."""
    if half == "pm" and minutes < NOON:
        return minutes + NOON
    if half == "am" and NOON <= minutes < NOON + HOUR:
        return minutes - NOON
    return minutes


def _valid(digits: str) -> int | None:
    hour, minute = int(digits[:2]), int(digits[2:])
    minutes = hour * HOUR + minute
    return minutes if minute < HOUR and minutes <= DAY else None


def _repairs(digits: str) -> tuple[int, ...]:
    """Clock times one edit away from damaged digits, likeliest first.

    A letter that looks like nought is nought; of five digits one is dropped
    (a doubled neighbour first, then the last); to three a nought is put in
    front, then behind.
    """
    plain = digits.lower().replace("o", "0")
    if len(plain) == _FOUR:
        options = [plain]
    elif len(plain) > _FOUR:
        doubled = [i for i in range(1, len(plain)) if plain[i] == plain[i - 1]]
        order = [*doubled, len(plain) - 1, *range(len(plain) - 2, -1, -1)]
        options = [plain[:i] + plain[i + 1 :] for i in order]
    else:
        options = [f"0{plain}", f"{plain}0"]
    return _distinct(options)


def _completed(groups: dict[str, Any]) -> tuple[int, ...]:
    """Readings of a time cut short ("02.:0", "18:0"): a digit missing at either end."""
    tail = groups.get("tail") or groups.get("tail_b") or ""
    if len(tail) > 1:
        return _distinct([groups["hour"] + tail])
    tens = [f"{groups['hour']}{ten}{tail}" for ten in "012345"]
    return _distinct([*tens, f"{groups['hour']}{tail}0"] if tail < "6" else tens)


def _distinct(options: list[str]) -> tuple[int, ...]:
    values = [value for option in options if (value := _valid(option)) is not None]
    return tuple(dict.fromkeys(values))
