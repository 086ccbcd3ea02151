"""One witness of a notice damaged: a weekday, a year, a month, a digit, the title, the body.

The label stays: a careful reader still finds the window from what is left.
Only notices with one window and no doubt of their own are damaged. Like the
perturbations this never asks the parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from vindue.corpus.cases import Case
from vindue.corpus.edits import Edit, Part, apply, body_part, quote_parts, title_part
from vindue.corpus.perturb_data import perturbations
from vindue.corpus.written import WrittenDate, month_name, rewrite, written_dates

_DIGITS = "0123456789"
_AWAY = (7, 14, 28, 30, 61, 365)
_BEFORE = 24
MOST_TRIES = 50
_SETTLED = ("conflict", "several", "dst", "sparse")


@dataclass(frozen=True, slots=True)
class Damaged:
    """A notice with one witness damaged; ``kind`` says how."""

    kind: str
    case: Case


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a date stands and the weekday before it, if one is written."""

    written: WrittenDate
    text: str
    weekday: re.Match[str] | None


def can_damage(case: Case) -> bool:
    """One window told by whole dates, and nothing in doubt already."""
    label = case.label
    plain = not label.unsure and not set(label.difficulty) & set(_SETTLED)
    return case.source == "skat" and plain and len(label.windows) == 1


def damage_all(cases: Iterable[Case], count: int, seed: int) -> Iterator[Damaged]:
    """``count`` damaged notices, no text twice, the same for one seed on every machine."""
    random = Random(seed)
    pool = [case for case in cases if can_damage(case)]
    kinds = sorted(_KINDS)
    seen: set[str] = set()
    tries = MOST_TRIES * count if pool else 0
    for _ in range(tries):
        kind = random.choice(kinds)
        case = _KINDS[kind](random.choice(pool), random)
        if case is None or case.text in seen:
            continue
        seen.add(case.text)
        yield Damaged(kind, case)
        if len(seen) == count:
            return


@cache
def _weekdays() -> re.Pattern[str]:
    data = perturbations()
    names = "|".join((*data.en.weekdays, *data.da.weekdays))
    return re.compile(rf"\b({names})\b(?=,?\s*(?:d\.|den)?\s*\Z)", re.IGNORECASE)


def _places(case: Case, parts: Iterable[Part | None]) -> list[_Place]:
    found = []
    for part in parts:
        if part is None:
            continue
        for written in written_dates(case.text, part):
            start = max(part.start, written.start - _BEFORE)
            before = _weekdays().search(case.text, start, written.start)
            found.append(_Place(written, case.text[written.start : written.end], before))
    return [place for place in found if place.written.year is not None]


def _any_place(case: Case, random: Random) -> _Place | None:
    found = _places(case, (title_part(case), *quote_parts(case)))
    return random.choice(found) if found else None


def _put(case: Case, start: int, end: int, new: str) -> Case | None:
    return apply(case, [Edit(start, end, new)])


def _weekday(case: Case, random: Random) -> Case | None:
    place = _any_place(case, random)
    if place is None or place.weekday is None:
        return None
    told = place.weekday
    data = perturbations()
    names = data.en.weekdays if told[1].capitalize() in data.en.weekdays else data.da.weekdays
    other = random.choice([name for name in names if name.lower() != told[1].lower()])
    return _put(case, told.start(1), told.end(1), other)


def _part_of(place: _Place, told: str) -> int | None:
    at = place.text.rfind(told)
    return place.written.start + at if at >= 0 else None


def _year(case: Case, random: Random) -> Case | None:
    place = _any_place(case, random)
    if place is None or place.written.year is None:
        return None
    year = str(place.written.year)
    at = _part_of(place, year)
    new = random.choice([str(int(year) - 1), str(int(year) + 1), _slip(year, random)])
    return _put(case, at, at + len(year), new) if at is not None else None


def _month(case: Case, random: Random) -> Case | None:
    place = _any_place(case, random)
    if place is None or place.written.name is None:
        return None
    name = place.written.name
    at = _part_of(place, name)
    month = random.choice([m for m in range(1, 13) if m != place.written.month])
    return _put(case, at, at + len(name), month_name(month, name)) if at is not None else None


def _digit(case: Case, random: Random) -> Case | None:
    place = _any_place(case, random)
    if place is None or place.written.name is None:
        return None
    day = str(place.written.day)
    inside = re.search(rf"(?<!\d){day}(?!\d)", place.text)
    if inside is None:
        return None
    at = place.written.start + inside.start()
    return _put(case, at, at + len(day), _slip(day, random))


def _slip(digits: str, random: Random) -> str:
    """One digit doubled, dropped, swapped with its neighbour or mistyped."""
    at = random.randrange(len(digits))
    way = random.choice(("double", "drop", "swap", "change"))
    if way == "double":
        return digits[: at + 1] + digits[at:]
    if way == "drop" and len(digits) > 1:
        return digits[:at] + digits[at + 1 :]
    if way == "swap" and at + 1 < len(digits):
        return digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    return digits[:at] + random.choice(_DIGITS.replace(digits[at], "")) + digits[at + 1 :]


def _copied(case: Case, random: Random, parts: Iterable[Part | None]) -> Case | None:
    """A whole date taken from another occasion, its weekday fitting it."""
    found = _places(case, parts)
    if not found:
        return None
    place = found[0]
    told = place.written.on(place.written.year or 0)
    if told is None:
        return None
    other = told - timedelta(days=random.choice(_AWAY))
    edits = [Edit(place.written.start, place.written.end, rewrite(place.written, other))]
    if place.weekday is not None:
        edits.append(Edit(*place.weekday.span(1), _weekday_name(other, place.weekday[1])))
    return apply(case, edits)


def _weekday_name(day: date, like: str) -> str:
    data = perturbations()
    english = like.capitalize() in data.en.weekdays
    name = (data.en if english else data.da).weekdays[day.weekday()]
    return name.capitalize() if like[0].isupper() else name.lower()


def _title(case: Case, random: Random) -> Case | None:
    return _copied(case, random, (title_part(case),))


def _body(case: Case, random: Random) -> Case | None:
    body = body_part(case)
    return _copied(case, random, (p for p in quote_parts(case) if body.holds(p.start, p.end)))


_KINDS: dict[str, Callable[[Case, Random], Case | None]] = {
    "weekday": _weekday,
    "year": _year,
    "month": _month,
    "digit": _digit,
    "title": _title,
    "body": _body,
}
