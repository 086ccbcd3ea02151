"""Calendar words and plain date shapes in a quote; words in ``words.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from vindue.corpus.labels import ROOT

_WORD = re.compile(r"[^\W\d_]+")


@cache
def _words(kind: str) -> dict[str, int]:
    table = tomllib.loads((ROOT / "words.toml").read_text(encoding="utf-8"))[kind]
    return {word: int(number) for number, words in table.items() for word in words}


def weekdays_in(text: str) -> set[int]:
    """Weekdays named in ``text``, Monday 0."""
    table = _words("weekdays")
    return {table[word] for word in _WORD.findall(text.lower()) if word in table}


@cache
def _day_and_month() -> re.Pattern[str]:
    names = "|".join(sorted(_words("months"), key=len, reverse=True))
    return re.compile(
        rf"""
          \b(?P<month_a>{names})\b\.?[ \t]+(?P<day_a>\d{{1,2}})(?!\d|:|\.\d)(?:st|nd|rd|th)?
        | \b(?P<day_b>\d{{1,2}})(?:st|nd|rd|th)?\.?[ \t]+(?:of[ \t]+)?(?P<month_b>{names})\b
        | \b\d{{4}}-(?P<month_c>\d{{2}})-(?P<day_c>\d{{2}})\b
        | (?<![\d.:])(?P<day_d>\d{{1,2}})(?P<by>[-./])(?P<month_d>\d{{1,2}})(?P=by)\d{{2,4}}\b
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def days_in(text: str) -> set[tuple[int, int]]:
    """(month, day) of each date written out in ``text``; 06/07 gives both orders."""
    names = _words("months")
    found = set()
    for match in _day_and_month().finditer(text):
        for kind in "abcd":
            month, day = match[f"month_{kind}"], match[f"day_{kind}"]
            if month and day:
                number = int(month) if month.isdigit() else names[month.lower()]
                found.add((number, int(day)))
                if match["by"] == "/":
                    found.add((int(day), number))
    return found
