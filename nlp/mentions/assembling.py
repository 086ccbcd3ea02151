"""Dates and clock times of a line put together: ranges, points, ends, lists.

The atoms of a line become a string of codes, one letter an atom, and the
shapes below are regular expressions over it. A word that tells nothing of
time is ``x``; fillers and commas leave no trace.

====  ==============================  ====  ==========================
``D``  date                            ``T``  to, until, a dash
``R``  two days told together          ``A``  and, plus
``C``  clock time, sure                ``F``  from
``n``  four digits or dotted time      ``B``  between
``b``  bare hour                       ``P``  at
``z``  damaged clock time              ``Q``  about
``U``  length of time                  ``O``  open end
``Z``  zone                            ``N``  onwards
``E``  every                           ``S``  end of a sentence
``H``  night                           ``W``  all day
``G``  and opens again                 ``Y``  on the next day
``K``  a slash before a date          ``V``  the whole year round
====  ==============================  ====  ==========================
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, cast

import regex

from vindue.nlp.mentions.atoms import Atom, Item, clock_code
from vindue.nlp.mentions.clocks import DAY
from vindue.nlp.mentions.completing import (
    by_span,
    halves,
    in_standard,
    in_zone,
    one_span,
    standard,
)
from vindue.nlp.mentions.shapes import DAYS, FROM, POINT, RANGE, UNTIL
from vindue.nlp.mentions.times import (
    ClockMention,
    DateMention,
    DaysMention,
    DurationMention,
    Interval,
    LineTimes,
)
from vindue.nlp.spans import Span
from vindue.nlp.values import replace

_TOLD: Final = regex.compile("[DRCnbzUO]")
_DATED: Final = regex.compile("[DRPZ]")
_LEADS: Final = regex.compile("[DRFBP]")


def _year_round(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The atoms with every zone in its standard time, where the line says that it is."""
    if all(item.code != "V" for item in items):
        return items
    found: list[Item] = []
    for item in items:
        atom = item.atom
        if isinstance(atom, ClockMention):
            atom = in_standard(atom)
        elif isinstance(atom, tuple):
            atom = standard(atom)
        found.append(Item(item.code, item.span, atom))
    return tuple(found)


class Assembler:
    """Finds the shapes in one line's atoms; lives for one line."""

    def __init__(self, items: tuple[Item, ...]) -> None:
        self._items = _year_round(items)
        self._codes = "".join(item.code for item in items)
        self._used = [False] * len(items)
        self._unused = self._codes

    def run(self) -> LineTimes:
        fixed = "V" in self._codes
        if not _TOLD.search(self._codes):
            return LineTimes(other_words=self._codes.count("x"), year_round=fixed)
        intervals = self._ranges()
        intervals += self._day_ranges()
        points = tuple(self._points())
        ends = tuple(self._ends())
        intervals += tuple(self._starts())
        zones = self._loose_zone()
        return LineTimes(
            intervals=tuple(in_zone(i, zones) for i in sorted(intervals, key=by_span)),
            points=tuple(in_zone(p, zones) for p in points),
            ends=tuple(in_zone(e, zones) for e in ends),
            dates=cast("tuple[DateMention, ...]", self._left("D")),
            days=cast("tuple[DaysMention, ...]", self._left("R")),
            clocks=cast("tuple[ClockMention, ...]", self._left("Cn", behind_at="b")),
            durations=self._durations(),
            open_end=self._open_end(),
            other_words=self._codes.count("x"),
            year_round=fixed,
        )

    def _loose_zone(self) -> tuple[str, ...]:
        """The one zone of a line, where no clock time has it ("8 pm for five hours (Pacific)")."""
        told = [i.atom for at, i in enumerate(self._items) if i.code == "Z" and not self._used[at]]
        clocks = (i.atom for i in self._items if isinstance(i.atom, ClockMention))
        zones = told[0] if len(told) == 1 and not any(c.zones for c in clocks) else ()
        return zones if isinstance(zones, tuple) else ()

    def _ranges(self) -> tuple[Interval, ...]:
        found: list[Interval] = []
        for match in RANGE.finditer(self._codes):
            if self._sound(match):
                found.append(self._interval(match, found[-1] if found else None))
                self._use(match.start(), match.end())
        return tuple(found)

    def _sound(self, match: regex.Match[str]) -> bool:
        """Two bare numbers are a range only beside a date or a word that says so."""
        first, last = (
            self._clock(match, "k1"),
            self._clock(match, "k2") or self._clock(match, "k2b"),
        )
        if match["day"] is not None:
            return bool(match["d1"] or match["d1b"])
        lead = match["lead"] + match["d1"] + match["k1"] + match["d1b"]
        if match["join"] == "A" and not (
            "B" in match["lead"] + match["k1"] or "B" in self._codes[: match.start()][-3:]
        ):
            return False
        told = {clock_code(first), clock_code(last)} if first and last else set()
        if match["join"] == "K" and not (
            first and last and one_span(first, last, dated=bool(match["d2"]))
        ):
            return False
        if told == {"b"} and match["join"] == "A" and not _DATED.search(match.group()):
            # "between 2 and 5 flaps"
            return False
        introduced = bool(_LEADS.search(lead))
        if told & {"C", "n"}:
            return "z" not in told or introduced
        return introduced and ("z" not in told or "D" in lead)

    def _interval(self, match: regex.Match[str], before: Interval | None) -> Interval:
        start = self._clock(match, "k1")
        end = self._clock(match, "k2") or self._clock(match, "k2b")
        dates = self._dates(match, "lead") + self._dates(match, "d1") + self._dates(match, "d1b")
        end_dates = self._dates(match, "d2")
        trailing = self._dates(match, "d2b")
        if match["d1b"] or (dates and trailing):
            end_dates += trailing
        elif not dates:
            dates = trailing
        days = self._days(match, "lead") or self._days(match, "d2b")
        if days is not None and any(mention.night for mention in dates):
            days, dates = replace(days, night=True), ()
        if not dates and days is None and before is not None and not end_dates:
            dates, days = before.dates, before.days
        if start is not None and end is not None:
            start, end = self._zoned(match, start, end)
            start, end = halves(start, end)
            fold = start.fold if start.fold is not None else end.fold
            start = replace(start, minute=start.minute % DAY, fold=fold)
        return Interval(
            self._span(match.start(), match.end()),
            dates=dates,
            start=start,
            end_dates=end_dates,
            end=end,
            days=days,
            every="E" in match["lead"] or "E" in self._codes,
            approximate="Q" in match.group(),
            next_day="Y" in match.group(),
        )

    def _zoned(
        self, match: regex.Match[str], start: ClockMention, end: ClockMention
    ) -> tuple[ClockMention, ClockMention]:
        """A zone told once, with the last clock or after the range, is of both."""
        zones = start.zones or end.zones
        after = match.end()
        for at in range(match.start(), min(after + 1, len(self._items))):
            atom = self._items[at].atom
            if self._items[at].code == "Z" and isinstance(atom, tuple):
                zones = zones or atom
        if not zones:
            return start, end
        return (
            replace(start, zones=zones, zone=zones[0]),
            replace(end, zones=end.zones or zones, zone=end.zone or zones[0]),
        )

    def _day_ranges(self) -> tuple[Interval, ...]:
        found: list[Interval] = []
        for match in self._free(DAYS):
            found.append(
                Interval(
                    self._span(match.start(), match.end()),
                    dates=self._dates(match, "d1"),
                    end_dates=self._dates(match, "d2"),
                    days=self._days(match, "r"),
                    all_day="W" in match.group(),
                    every="E" in self._codes,
                )
            )
            self._use(match.start(), match.end())
        return tuple(found)

    def _points(self) -> Iterator[Interval]:
        for match in self._free(POINT):
            clock = self._clock(match, "k1") or self._clock(match, "k1b")
            told = match["k1"] or match["k1b"]
            if clock is None or (told[-1] in "bz" and "P" not in told and told[-1] == "b"):
                continue
            dates = self._dates(match, "d1") + self._dates(match, "d1b")
            start = self._with_zone(clock, match.end() - 1, match.end())
            lead = self._codes[match.start() - 1 : match.start()] if match.start() else ""
            if lead == "T":
                continue
            yield Interval(
                self._span(match.start(), match.end()),
                dates=dates,
                start=start,
                approximate="Q" in match.group(),
                open_end=self._onwards(match.end()),
                onwards=lead == "F" or "F" in match.group(),
            )
            self._use(match.start(), match.end())

    def _with_zone(self, clock: ClockMention, *places: int) -> ClockMention:
        for at in places:
            if 0 <= at < len(self._items):
                atom = self._items[at].atom
                if self._items[at].code == "Z" and isinstance(atom, tuple) and not clock.zones:
                    return replace(clock, zones=atom, zone=atom[0])
        return clock

    def _onwards(self, at: int) -> Span | None:
        if self._codes[at : at + 1] in ("N", "O") or self._codes[at : at + 2] in ("AN", "AO", "TO"):
            step = at if self._codes[at] in "NO" else at + 1
            return self._items[step].span
        return None

    def _ends(self) -> Iterator[Interval]:
        for match in self._free(UNTIL):
            end = self._clock(match, "k2")
            if end is None:
                continue
            end = self._with_zone(end, match.end() - 1, match.end())
            yield Interval(
                self._span(match.start(), match.end()),
                end_dates=self._dates(match, "d2") + self._dates(match, "d2b"),
                end=end,
                approximate="Q" in match.group(),
                next_day="Y" in match.group(),
            )
            self._use(match.start(), match.end())

    def _starts(self) -> Iterator[Interval]:
        for match in self._free(FROM):
            start = self._clock(match, "k1")
            bare = start is not None and clock_code(start) == "b"
            if start is None or (bare and not match["n"] and "P" not in match["k1"]):
                continue
            yield Interval(
                self._span(match.start(), match.end()),
                start=self._with_zone(start, match.end() - 1, match.end()),
                open_end=self._onwards(match.start("n")),
            )
            self._use(match.start(), match.end())

    def _free(self, pattern: regex.Pattern[str]) -> Iterator[regex.Match[str]]:
        yield from pattern.finditer(self._unused)

    def _use(self, start: int, end: int) -> None:
        for at in range(start, end):
            self._used[at] = True
        self._unused = f"{self._unused[:start]}{'_' * (end - start)}{self._unused[end:]}"

    def _span(self, start: int, end: int) -> Span:
        """The span of the atoms ``[start, end)``, connectors at its ends left out."""
        solid = [item for item in self._items[start:end] if item.code in "DRCnbzUZ"]
        return Span(solid[0].span.start, solid[-1].span.end)

    def _clock(self, match: regex.Match[str], group: str) -> ClockMention | None:
        for at in self._range_of(match, group):
            atom = self._items[at].atom
            if isinstance(atom, ClockMention):
                return atom
        return None

    def _dates(self, match: regex.Match[str], group: str) -> tuple[DateMention, ...]:
        atoms = (self._items[at].atom for at in self._range_of(match, group))
        return tuple(atom for atom in atoms if isinstance(atom, DateMention))

    def _days(self, match: regex.Match[str], group: str) -> DaysMention | None:
        atoms = (self._items[at].atom for at in self._range_of(match, group))
        return next((atom for atom in atoms if isinstance(atom, DaysMention)), None)

    @staticmethod
    def _range_of(match: regex.Match[str], group: str) -> range:
        start, end = match.span(group)
        return range(start, end) if start >= 0 else range(0)

    def _left(self, codes: str, behind_at: str = "-") -> tuple[Atom, ...]:
        """Atoms that no shape used; a bare hour is told only behind a word such as "at"."""
        return tuple(
            item.atom
            for at, item in enumerate(self._items)
            if not self._used[at]
            and (item.code in codes or (item.code in behind_at and self._codes[at - 1] == "P"))
        )

    def _durations(self) -> tuple[DurationMention, ...]:
        """Lengths of time; a word for "about" before one makes it approximate."""
        found: list[DurationMention] = []
        for at, item in enumerate(self._items):
            if isinstance(item.atom, DurationMention) and not self._used[at]:
                about = self._codes[max(at - 1, 0) : at] == "Q"
                found.append(replace(item.atom, approximate=item.atom.approximate or about))
        return tuple(found)

    def _open_end(self) -> Span | None:
        return next((item.span for item in self._items if item.code in "ON"), None)
