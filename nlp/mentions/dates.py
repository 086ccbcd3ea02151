"""Dates in a line of symbols: the forms of ``grammars/dates.toml``, longest first."""

from __future__ import annotations

import re
from calendar import day_name
from functools import lru_cache
from typing import Any, Final, cast

from vindue.grammars.time import Form, TimeGrammar
from vindue.nlp.mentions.symbols import Lexicon, Symbols
from vindue.nlp.mentions.times import DateMention, DaysMention, Part, Which
from vindue.nlp.spans import Finding, Span
from vindue.nlp.values import dataclass, replace

CENTURY: Final = 2000
MAX_MONTH: Final = 12
MAX_DAY: Final = 31
_RELATIVE: Final = (
    ("overmorrow", 2, None),
    ("tomorrow", 1, None),
    ("yesterday", -1, None),
    ("tonight", 0, "evening"),
    ("overnight", 0, "night"),
    ("today", 0, None),
)


NIGHTS: Final = "nights-month"
_DIGIT: Final = re.compile(r"\d")
_PARTED: Final = re.compile(r"\d ?[/.] ?\d|\d{8}|\d ?- ?\d{1,2} ?-")
_NUMBER: Final = re.compile(r"\d+")
_DAY_OF_NIGHT: Final = re.compile(r"(\d{1,2})\D?\.?[/-]\d+")


@dataclass(frozen=True, slots=True)
class Found:
    """A date or a pair of days, with its place in the symbols."""

    start: int
    end: int
    mention: DateMention | DaysMention


class DateReader:
    """The date forms, compiled once for a lexicon."""

    def __init__(self, grammar: TimeGrammar, lexicon: Lexicon) -> None:
        self._lexicon: Final = lexicon
        self._forms: Final = tuple(
            (order, form, lexicon.needed(form)) for order, form in enumerate(grammar.dates)
        )
        # many a text holds few of the forms: each is compiled when a line first needs it
        self._pattern: Final = lru_cache(maxsize=len(grammar.dates))(lexicon.compile)
        days = lexicon.any_of("month", "weekday_full", "week", "night", *(r[0] for r in _RELATIVE))
        self._month: Final = re.compile(lexicon.any_of("month"))
        short = lexicon.any_of("weekday")
        self._hint: Final = re.compile(
            rf"{days}|{short}\W{{0,2}}\d|\d[-/.]\d|\d[-/. ]+\d+[-/.]|\d{{8}}"
        )

    def read(self, symbols: Symbols) -> tuple[Found, ...]:
        """Dates in text order; of overlapping readings the longest is kept."""
        if self._hint.search(symbols.text) is None:
            return ()
        spans: list[tuple[int, int, int, Form, re.Match[str]]] = []
        signs = set(symbols.text)
        digit = _DIGIT.search(symbols.text)
        behind = digit is not None and self._month.search(symbols.text, digit.end()) is not None
        parted = _PARTED.search(symbols.text) is not None
        for order, form, needed in self._forms:
            if signs.isdisjoint(needed) or (form.after_digit and not behind):
                continue
            if form.parted and not parted:
                continue
            for match in self._pattern(form.pattern).finditer(symbols.text):
                spans.append((match.start() - match.end(), order, match.start(), form, match))
        spans.sort(key=lambda item: item[:3])
        taken: list[Found] = []
        used = bytearray(len(symbols.text))
        for _, _, start, form, match in spans:
            end = match.end()
            if not any(used[start:end]):
                mention = self._mention(form, match, symbols)
                if mention is not None:
                    taken.append(Found(start, end, mention))
                    used[start:end] = b"\1" * (end - start)
        return tuple(sorted(taken, key=lambda found: found.start))

    def _mention(
        self, form: Form, match: re.Match[str], symbols: Symbols
    ) -> DateMention | DaysMention | None:
        groups = match.groupdict()
        span = symbols.span(match.start(), match.end())
        findings = (*_corrections(symbols, span), *self._two_weekdays(groups, span))
        if groups.get("first"):
            return self._numeric(form, groups, span, findings)
        base = self._base(form, groups, span, findings)
        if base is None or not groups.get("day2"):
            return self._night(form, groups, base, symbols, match)
        last = self._second(form, groups, base)
        joined = groups["join"]
        falls = int(groups["day"]) > int(groups["day2"])
        if form.name == "days-month-year" and "-" in joined and falls:
            # "kl. 15 - 4. januar": the first number is no day of that month
            return None
        listed = any(self._lexicon.values(joined, name) for name in ("and", "or"))
        if not groups.get("list") and form.name != NIGHTS:
            return DaysMention(base, last, listed, span)
        nights = form.name == NIGHTS
        days = _DAY_OF_NIGHT.finditer(groups.get("list") or "") if nights else ()
        told = [m[1] for m in days] if nights else _NUMBER.findall(groups["list"])
        between = tuple(replace(last, day=int(day), weekdays=()) for day in told)
        return DaysMention(base, last, True, span, each=nights, between=between)

    def _night(
        self,
        form: Form,
        groups: dict[str, Any],
        base: DateMention | None,
        symbols: Symbols,
        match: re.Match[str],
    ) -> DateMention | None:
        """A night told by its second weekday: the night that ends on that day."""
        if form.name != "overnight-between" or base is None:
            return base
        weekdays = self._lexicon.values(groups["weekday2"], "weekday")
        span = symbols.span(match.start(), match.end())
        return DateMention(span, form.name, weekdays=weekdays, night=True, findings=base.findings)

    def _base(
        self, form: Form, groups: dict[str, Any], span: Span, findings: tuple[Finding, ...]
    ) -> DateMention | None:
        values = self._lexicon.values
        sign = groups.get("month")
        months = values(sign, "month") if sign else ()
        if groups.get("month_number"):
            months = (int(groups["month_number"]),)
        weekdays = self._weekdays(groups)
        relative, part = self._relative(groups)
        if groups.get("day_damaged") or groups.get("year_damaged"):
            findings = (*findings, _damaged(groups, span))
        if groups.get("year_glued"):
            message = "the hours run into the year: no blank stands between them"
            findings = (*findings, Finding("typo.year", "info", message, span))
        return DateMention(
            span,
            form.name,
            day=int(groups["day"]) if groups.get("day") else None,
            months=months,
            year=_year(groups),
            weekdays=weekdays,
            relative=relative,
            week=int(groups["week"]) if groups.get("week") else None,
            which=self._which(groups),
            part=part or self._part(groups),
            night=form.name == "night-to",
            short_year=bool(groups.get("year_short")),
            day_digits=groups.get("day_damaged") or "",
            year_digits=groups.get("year_damaged") or "",
            findings=findings,
        )

    def _second(self, form: Form, groups: dict[str, Any], base: DateMention) -> DateMention:
        sign = groups.get("weekday2")
        return DateMention(
            base.span,
            form.name,
            day=int(groups["day2"]),
            months=base.months,
            year=base.year,
            weekdays=self._lexicon.values(sign, "weekday") if sign else (),
        )

    def _numeric(
        self, form: Form, groups: dict[str, Any], span: Span, findings: tuple[Finding, ...]
    ) -> DateMention | None:
        """Two numbers: day before month as in Europe, unless only the other can be."""
        day, month = int(groups["first"]), int(groups["second"])
        loose = day <= MAX_MONTH and month <= MAX_MONTH and day != month
        if month > MAX_MONTH >= day:
            day, month = month, day
        if not (1 <= day <= MAX_DAY and 1 <= month <= MAX_MONTH):
            return None
        return DateMention(
            span,
            form.name,
            day=day,
            months=(month,),
            year=_year(groups),
            weekdays=self._weekdays(groups),
            loose=loose,
            short_year=bool(groups.get("year_short")),
            findings=findings,
        )

    def _two_weekdays(self, groups: dict[str, Any], span: Span) -> tuple[Finding, ...]:
        """What is to be said where one date is told with two weekdays."""
        signs = _weekday_signs(groups)
        if len(signs) == 1 or not groups.get("weekday"):
            return ()
        named = [self._lexicon.values(sign, "weekday") for sign in signs]
        if set(named[0]) & set(named[1]):
            return ()
        first, second = (" or ".join(day_name[day - 1] for day in days) for days in named)
        message = f"one date is told with two weekdays, {first} and {second}"
        return (Finding("conflict.weekday", "warning", message, span),)

    def _weekdays(self, groups: dict[str, Any]) -> tuple[int, ...]:
        signs = _weekday_signs(groups)
        found = {value for sign in signs for value in self._lexicon.values(sign, "weekday")}
        return tuple(sorted(found))

    def _relative(self, groups: dict[str, Any]) -> tuple[int | None, Part | None]:
        sign = groups.get("relative")
        if not sign:
            return None, None
        for concept, days, part in _RELATIVE:
            if self._lexicon.values(sign, concept):
                return days, cast("Part | None", part)
        return None, None

    def _part(self, groups: dict[str, Any]) -> Part | None:
        sign = groups.get("part")
        names: tuple[Part, ...] = ("morning", "afternoon", "evening", "night")
        if sign:
            for name in names:
                if self._lexicon.values(sign, name):
                    return name
        return None

    def _which(self, groups: dict[str, Any]) -> Which | None:
        sign = groups.get("which")
        names: tuple[Which, ...] = ("next", "this", "every")
        if sign:
            for name in names:
                if self._lexicon.values(sign, name):
                    return name
        return None


def _weekday_signs(groups: dict[str, Any]) -> list[str]:
    """The weekday told before a date, and one told beside it or in brackets behind it."""
    told = (groups.get("weekday"), groups.get("weekday_c") or groups.get("weekday_b"))
    return [sign for sign in told if sign]


def _year(groups: dict[str, Any]) -> int | None:
    if groups.get("year"):
        return int(groups["year"])
    return CENTURY + int(groups["year_short"]) if groups.get("year_short") else None


def _damaged(groups: dict[str, Any], span: Span) -> Finding:
    digits = groups.get("day_damaged") or groups["year_damaged"]
    kind = "day" if groups.get("day_damaged") else "year"
    return Finding(f"typo.{kind}", "warning", f"{digits} can't be a {kind}", span, digits)


def _corrections(symbols: Symbols, span: Span) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            f"typo.{fix.kind.split('_')[0]}",
            "info",
            f"{fix.found!r} was read as {fix.used!r}",
            fix.span,
            fix.found,
            fix.used,
        )
        for fix in symbols.corrections
        if span.start <= fix.span.start < span.end
    )
