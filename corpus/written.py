"""Dates and clock times as they stand written out, by shapes of our own.

The perturbations use these to change a text; they are no reader: a shape
that they don't know is left alone, and the caller then leaves the notice out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from vindue.corpus.edits import Part
from vindue.corpus.perturb_data import perturbations


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in the text; ``year`` is null where it is not written.

    ``form`` has a slot for each part, so that another date can be written
    the same way.
    """

    start: int
    end: int
    day: int
    month: int
    year: int | None
    form: str
    name: str | None = None

    def on(self, year: int) -> date | None:
        """The date, in ``year`` if it tells none; null if there is no such day."""
        try:
            return date(self.year or year, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class WrittenClock:
    """A clock time of four digits in the text."""

    start: int
    end: int
    hour: int
    minute: int
    mark: str


def ordinal_ending(day: int) -> str:
    """st, nd, rd or th."""
    if day % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


@cache
def month_numbers() -> dict[str, int]:
    """Month names of both languages, full and short, in lower case."""
    data = perturbations()
    lists = [data.en.months, data.en.months_short, data.da.months, data.da.months_short]
    return {name.lower(): number for names in lists for number, name in enumerate(names, 1)}


@cache
def _date_shapes() -> tuple[re.Pattern[str], ...]:
    names = "|".join(sorted(month_numbers(), key=len, reverse=True))
    shapes = (
        rf"\b(?P<name>{names})\b(?P<gap>\.?[ ])(?P<day>\d{{1,2}})(?P<th>st|nd|rd|th)?"
        rf"(?![\d.:/]|\s*[-–]\s*\d{{1,2}}\b)"
        rf"(?:(?P<gap2>,?[ ])(?P<year>20\d\d)\b)?",
        rf"(?<![\d.:/-])(?P<day>\d{{1,2}})(?P<th>st|nd|rd|th)?(?P<gap>\.?[ ](?:of[ ])?)"
        rf"(?P<name>{names})\b(?:(?P<gap2>,?[ ])(?P<year>20\d\d)\b)?",
        r"\b(?P<year>20\d\d)(?P<gap>-)(?P<month>\d\d)(?P<gap2>-)(?P<day>\d\d)\b",
        r"(?<![\d.:/-])(?P<day>\d{1,2})(?P<gap>[-./])(?P<month>\d{1,2})(?P<gap2>[-./])"
        r"(?P<year>20\d\d)\b",
    )
    return tuple(re.compile(shape, re.IGNORECASE) for shape in shapes)


def _form(match: re.Match[str]) -> str:
    """The matched text with slots for day, month, name, year and ending."""
    groups = {key: match.span(key) for key, value in match.groupdict().items() if value}
    pieces, done = [], match.start()
    for key, (start, end) in sorted(groups.items(), key=lambda item: item[1]):
        if key.startswith("gap"):
            continue
        pieces.append(match.string[done:start].replace("{", "{{").replace("}", "}}"))
        # Between numbers a day keeps its two digits; before a name it needs none.
        wide = end - start == 2 and key in ("day", "month")  # noqa: PLR2004
        two = wide and ("name" not in groups or match[key][0] == "0")
        pieces.append(f"{{{key}2}}" if two else f"{{{key}}}")
        done = end
    return "".join(pieces)


def written_dates(text: str, part: Part) -> list[WrittenDate]:
    """The dates written in ``part``, in order; none overlaps another.

    What stands around the part is not seen: a title is glued to its stamp.
    """
    found: dict[int, WrittenDate] = {}
    inner = text[part.start : part.end]
    taken: list[Part] = []
    for shape in _date_shapes():
        for match in shape.finditer(inner):
            if any(match.start() < other.end and other.start < match.end() for other in taken):
                continue
            groups = match.groupdict()
            name = groups.get("name")
            month = month_numbers()[name.lower()] if name else int(groups["month"])
            year = int(groups["year"]) if groups["year"] else None
            start, end = match.start() + part.start, match.end() + part.start
            found[start] = WrittenDate(
                start, end, int(groups["day"]), month, year, _form(match), name
            )
            taken.append(Part(*match.span()))
    return [found[start] for start in sorted(found)]


def _cased(new: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return new.upper()
    return new.capitalize() if like[0].isupper() else new.lower()


def month_name(month: int, like: str) -> str:
    """The month's name in the language, length and case of ``like``."""
    data = perturbations()
    for words in (data.en, data.da):
        for names in (words.months, words.months_short):
            if like.lower() in (name.lower() for name in names):
                return _cased(names[month - 1], like)
    raise ValueError(f"{like!r} is no month")


def rewrite(written: WrittenDate, new: date) -> str:
    """``new`` in the form that ``written`` stands in."""
    return written.form.format(
        day=new.day,
        day2=f"{new.day:02d}",
        month=new.month,
        month2=f"{new.month:02d}",
        year=new.year,
        name=month_name(new.month, written.name) if written.name else "",
        th=ordinal_ending(new.day),
    )


_CLOCK = re.compile(r"(?<![\d.:/-])(?P<hour>\d{2})(?P<mark>[.:]?)(?P<minute>\d{2})(?![\d/]|[.:]\d)")
_RANGE_END = re.compile(
    r"(?<=\d[-–])(?P<hour>\d{2})(?P<mark>[.:]?)(?P<minute>\d{2})(?![\d/-]|[.:]\d)"
)


def written_clocks(text: str, part: Part) -> list[WrittenClock]:
    """The clock times of four digits in ``part`` that belong to no date."""
    dates = written_dates(text, part)
    found: dict[int, WrittenClock] = {}
    for shape in (_CLOCK, _RANGE_END):
        for match in shape.finditer(text, part.start, part.end):
            hour, minute = int(match["hour"]), int(match["minute"])
            inside = any(d.start < match.end() and match.start() < d.end for d in dates)
            if hour <= 24 and minute < 60 and not inside:  # noqa: PLR2004
                found[match.start()] = WrittenClock(*match.span(), hour, minute, match["mark"])
    return [found[start] for start in sorted(found)]


def has_half_days(text: str, part: Part) -> bool:
    """Whether a clock of the twelve-hour day stands in ``part`` or just after it."""
    return bool(re.search(r"\d\s*[ap]\.?m\b", text[part.start : part.end + 5], re.IGNORECASE))
