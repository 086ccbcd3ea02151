"""The atoms of a line: dates, clock times and lengths, and the words that join them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final, NamedTuple

import regex

from vindue.nlp.mentions.times import (
    ClockMention,
    DateMention,
    DaysMention,
    DurationMention,
)
from vindue.nlp.spans import Span

Atom = DateMention | DaysMention | ClockMention | DurationMention | tuple[str, ...] | None


MASK: Final = "\0"


SIGNS: Final = (
    ("open_end", "O"),
    ("whole_day", "W"),
    ("reopen", "G"),
    ("night", "H"),
    ("onwards", "N"),
    ("zone", "Z"),
    ("between", "B"),
    ("to", "T"),
    ("and", "A"),
    ("from", "F"),
    ("every", "E"),
    ("inclusive", "I"),
    ("approximate", "Q"),
    ("at", "P"),
)


FILLERS: Final = ("the", "on", "of", "this", "or", "oclock", "local", "next", "number")


_NIGHT: Final = regex.compile(r"(?<!E)HB?(?:(?:DA)?R|(?P<first>D)A(?P<last>D))")


class Item(NamedTuple):
    """One atom of a line: its code letter, its span, and the mention behind it."""

    code: str
    span: Span
    atom: Atom = None


def nights(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """ "The night between Tuesday the 3rd and Wednesday the 4th" as one pair of days."""
    match = _NIGHT.search("".join(item.code for item in items))
    if match is None:
        return items
    start, end = match.span()
    span = Span(items[start].span.start, items[end - 1].span.end)
    last = items[end - 1].atom
    first = items[match.start("first")].atom if match["first"] else None
    if isinstance(last, DaysMention):
        days = replace(last, night=True, span=span)
    elif isinstance(first, DateMention) and isinstance(last, DateMention):
        first = replace(first, months=first.months or last.months, year=first.year or last.year)
        days = DaysMention(first, last, False, span, night=True)
    else:
        return items
    return (*items[:start], Item("R", span, days), *items[end:])


def mask(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """``text`` with the signs of ``spans`` taken out, length for length."""
    signs = list(text)
    for start, end in spans:
        signs[start:end] = MASK * (end - start)
    return "".join(signs)


def code_of(names: set[str]) -> str:
    """The code letter of a word by the concepts that it may mean."""
    for name, code in SIGNS:
        if name in names:
            return code
    if names & set(FILLERS):
        return "_"
    return "x"


def clock_code(clock: ClockMention) -> str:
    """The code letter of a clock time: damaged, sure, bare hour, or digits alone."""
    if clock.findings:
        return "z"
    if clock.sure:
        return "C"
    return "b" if clock.form == "bare-hour" else "n"
