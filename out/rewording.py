"""Dates, clock times and words written anew in the form that they stood in.

What an author wrote keeps its shape: order, separators, capitals, full or
short names. A date whose shape can't be kept is written out in full.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Final

from vindue.grammars.rendering import Rendering, RenderLanguage, load_rendering
from vindue.out.dates import clock_words, day_words

_TOKEN: Final = re.compile(r"[^\W\d_]+|\d+|[\W_]")
_NO_YEAR: Final = re.compile(r"\D*\d{1,2}/\d{1,2}")
_NUMERIC: Final = re.compile(r"(?P<a>\d{1,4})(?P<sep>[-./])(?P<b>\d{1,2})(?P=sep)(?P<c>\d{2,4})")
_YEAR_DIGITS: Final = 4
_MONTHS: Final = 12
_LANGUAGES: Final[tuple[RenderLanguage, ...]] = ("da", "en")


@cache
def calendar_forms() -> Mapping[str, tuple[tuple[RenderLanguage, str, int, bool], ...]]:
    """Each name of a month or weekday: language, kind, number, and whether it is short."""
    forms: dict[str, list[tuple[RenderLanguage, str, int, bool]]] = {}
    for language in _LANGUAGES:
        calendar = load_rendering(language).calendar
        for kind, entries in (("month", calendar.month), ("weekday", calendar.weekday)):
            for entry in entries:
                for short, names in ((False, entry.names[:1]), (True, entry.short)):
                    for name in names:
                        forms.setdefault(name, []).append((language, kind, entry.number, short))
    return {name: tuple(found) for name, found in forms.items()}


def dated(written: str, day: date, language: RenderLanguage) -> str:
    """``written``, a date that is wrong or damaged, as the same date form of ``day``."""
    numeric = _NUMERIC.search(written)
    if numeric:
        return _renamed(_renumbered(written, numeric, day), day, language)
    tokens = _TOKEN.findall(written)
    numbers = [at for at, token in enumerate(tokens) if token.isdigit()]
    years = [at for at in numbers if len(tokens[at]) >= _YEAR_DIGITS]
    days = [at for at in numbers if at not in years]
    if len(days) != 1 or len(years) > 1 or _names_in(tokens, "month") != 1:
        return in_full(day, language)
    at = days[0]
    if tokens[at] != str(day.day):
        tokens[at] = str(day.day)
        if at + 1 < len(tokens) and tokens[at + 1].isalpha():
            tokens[at + 1] = ""  # the ordinal's ending belonged to the old number
    if years:
        tokens[years[0]] = str(day.year)
    return _renamed("".join(tokens), day, language)


def with_year(written: str, day: date, language: RenderLanguage) -> str:
    """``written``, a date without a year, and the year where one belongs."""
    tokens = _TOKEN.findall(written)
    if _NO_YEAR.fullmatch(written):
        return f"{written}/{day.year}"
    if _names_in(tokens, "month") == 1:
        if _names_in(tokens[-1:], "month"):
            return f"{written} {day.year}"
        return f"{written.rstrip('., ')}, {day.year}"
    return in_full(day, language)


def in_full(day: date, language: RenderLanguage) -> str:
    """The day with weekday, month and year."""
    return day_words(load_rendering(language), datetime(day.year, day.month, day.day))


def clock(at: datetime, language: RenderLanguage) -> str:
    """The clock time, with which of the two hours it is where that matters."""
    return clock_words(load_rendering(language), at)


def moment(day: date, written: str, language: RenderLanguage) -> str:
    """A clock time as ``written``, with its day before it."""
    words: Rendering = load_rendering(language)
    return words.date.moment.format(day=in_full(day, language), clock=written)


def capitals_of(written: str, word: str) -> str:
    """``word`` with the capitals of ``written``: all, the first, or as it stands."""
    if len(written) > 1 and written.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if written[:1].isupper() else word


def _renumbered(written: str, numeric: re.Match[str], day: date) -> str:
    separator = numeric["sep"]
    first_year = len(numeric["a"]) == _YEAR_DIGITS
    year = str(day.year) if first_year or len(numeric["c"]) == _YEAR_DIGITS else f"{day:%y}"
    parts = (f"{day:%d}", f"{day:%m}", year)
    if first_year:
        parts = (year, f"{day:%m}", f"{day:%d}")
    elif int(numeric["b"]) > _MONTHS >= int(numeric["a"]):
        parts = (f"{day:%m}", f"{day:%d}", year)
    return written[: numeric.start()] + separator.join(parts) + written[numeric.end() :]


def _names_in(tokens: list[str], kind: str) -> int:
    forms = calendar_forms()
    return sum(any(form[1] == kind for form in forms.get(t.casefold(), ())) for t in tokens)


def _renamed(written: str, day: date, language: RenderLanguage) -> str:
    """Each month and weekday in ``written`` as that of ``day``, a repeated weekday once."""
    numbers = {"month": day.month, "weekday": day.isoweekday()}
    tokens = []
    seen: set[str] = set()
    for token in _TOKEN.findall(written):
        found = calendar_forms().get(token.casefold(), ())
        if not found:
            tokens.append(token)
            continue
        _, kind, _, short = next((form for form in found if form[0] == language), found[0])
        name = _name(found[0][0] if len(found) == 1 else language, kind, numbers[kind], short)
        if name in seen and kind == "weekday":
            tokens[-1:] = []
            continue
        seen.add(name)
        tokens.append(capitals_of(token, name))
    return "".join(tokens)


def _name(language: RenderLanguage, kind: str, number: int, short: bool) -> str:
    entries = getattr(load_rendering(language).calendar, kind)
    entry = next(entry for entry in entries if entry.number == number)
    return str(entry.short[0] if short and entry.short else entry.names[0])
