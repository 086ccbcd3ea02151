"""The atoms of a line: dates, clock times and lengths, and the words that join them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

import regex

from vindue.nlp.mentions.times import (
    ClockMention,
    DateMention,
    DaysMention,
    DurationMention,
)
from vindue.nlp.spans import Span
from vindue.nlp.values import replace

Atom = DateMention | DaysMention | ClockMention | DurationMention | tuple[str, ...] | None


MASK: Final = "\0"
LEAST_DAYS: Final = 2


SIGNS: Final = (
    ("open_end", "O"),
    ("whole_day", "W"),
    ("start_at", "f"),
    ("end_at", "t"),
    ("reopen", "G"),
    ("following_day", "Y"),
    ("year_round", "V"),
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


# a comma leaves no trace, so two dates side by side may tell one day twice: one "and" is needed
_LIST: Final = regex.compile(
    r"(?<![BTFC])(?P<dates>D{1,9}AD)(?=[FBPQE]{0,4}[Cnb][TA]T?[PQF]*[Cnb])"
)


_CLOCKS: Final = "[FBPQ]{0,4}[Cnb]Z?[TA]T?[PQF]{0,3}[Cnb]"
# "from Monday to Wednesday, each day from 8 to 10", and the clock times told before the days
_EACH: Final = regex.compile(
    rf"(?<![CnbzZ])(?P<first>D)T(?P<last>D)(?=[EHxP]{{0,3}}{_CLOCKS})"
    rf"|(?P<clocks>{_CLOCKS}Z?)(?P<words>[EHx]{{1,3}}F?)(?P<first>D)T(?P<last>D)(?![FBPQ]{{0,2}}[Cnb])"
)


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


def lists(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """ "On June 14 and June 28, 2026, from 7 to 9": whole dates told in a row as days of a list.

    Clock times must follow at once: they are what the list is for.
    """
    match = _LIST.search("".join(item.code for item in items))
    if match is None:
        return items
    start, end = match.span("dates")
    while start < end and _is_weekday(items[start]):
        start += 1
    days = [item.atom for item in items[start:end] if isinstance(item.atom, DateMention)]
    if len(days) < LEAST_DAYS or any(
        day.day is None or not day.months or day.night for day in days
    ):
        return items
    if len({(day.day, day.months) for day in days}) < len(days):
        return items
    year = next((day.year for day in reversed(days) if day.year), None)
    days = [replace(day, year=day.year or year) for day in days]
    span = Span(items[start].span.start, items[end - 1].span.end)
    listed = DaysMention(days[0], days[-1], True, span, between=tuple(days[1:-1]))
    return (*items[:start], Item("R", span, listed), *items[end:])


def each_day(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """ "From 9 March to 11 March, each day from 8 to 10": both days, as one mention."""
    match = _EACH.search("".join(item.code for item in items))
    if match is None or (match["words"] and "E" not in match["words"]):
        return items
    start, end = match.start("first"), match.end()
    first, last = items[start].atom, items[end - 1].atom
    if not (isinstance(first, DateMention) and isinstance(last, DateMention)):
        return items
    first = replace(first, months=first.months or last.months, year=first.year or last.year)
    span = Span(items[start].span.start, items[end - 1].span.end)
    days = Item("R", span, DaysMention(first, last, False, span))
    if match["clocks"] is None:
        return (*items[:start], days, *items[end:])
    # the days are put where a date behind the clock times would stand
    place = match.end("clocks")
    return (*items[:place], days, *items[place:start], *items[end:])


def _is_weekday(item: Item) -> bool:
    return isinstance(item.atom, DateMention) and item.atom.told_weekday_only


def mask(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """``text`` with the signs of ``spans`` taken out, length for length."""
    signs: list[str] = []
    for start, end in spans:
        signs = signs or list(text)
        signs[start:end] = MASK * (end - start)
    return "".join(signs) if signs else text


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
