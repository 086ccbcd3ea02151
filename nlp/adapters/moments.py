"""A written stamp → an aware time, whatever order its figures stand in."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from vindue.grammars.time import load_time_grammar
from vindue.nlp.instants import plausible
from vindue.nlp.spans import Span
from vindue.nlp.stamps import localize
from vindue.nlp.values import dataclass

_CLOCK: Final = r"""
    (?P<hour>[01]?\d|2[0-3]) [:.] (?P<minute>[0-5]\d) (?: [:.] (?P<second>[0-5]\d) )? (?:\.\d+)?
    (?! [\d] )
"""
# up to one short word, with its stop or comma, between the date and the clock
_BETWEEN: Final = r"[T\s,]{1,3} (?: [^\W\d]{1,3} [.:]? \s? )?"
_OFFSET: Final = r"(?: \s? (?P<offset> Z | [+-]\d\d:?\d\d ) )?"
_DATES: Final = (
    r"(?P<year>(?:19|20)\d\d) - (?P<month>\d\d) - (?P<day>\d\d)",
    r"(?P<day>\d\d?) (?P<sep>[-./]) (?P<month>\d\d?) (?P=sep) (?P<year>(?:19|20)\d\d)",
    r"(?P<day>\d\d?) [.\s]{1,2} (?P<name>[^\W\d_]{3,10}) [.]? [\s,]{1,2} (?P<year>(?:19|20)\d\d)",
    r"(?P<name>[^\W\d_]{3,10}) [.]? \s (?P<day>\d\d?) [\s,]{1,2} (?P<year>(?:19|20)\d\d)",
)
_SHORT: Final = 3


@dataclass(frozen=True, slots=True)
class Moment:
    """A stamp and where it stood; ``at`` is null where no such time can be."""

    span: Span
    at: datetime | None


def find_moment(text: str, span: Span, zone: ZoneInfo, *, at_start: bool = False) -> Moment | None:
    """The first stamp inside ``span`` (at its very start if ``at_start``)."""
    best: re.Match[str] | None = None
    for pattern in _patterns():
        read = pattern.match if at_start else pattern.search
        match = read(text, span.start, span.end)
        if match and (best is None or match.start() < best.start()):
            best = match
    if best is None:
        return None
    return Moment(Span(best.start(), best.end()), _value(best, zone))


def aware(at: datetime, zone: ZoneInfo) -> datetime:
    """``at`` in ``zone``; a time without a zone is taken as one of ``zone``."""
    return localize(at, zone)[0] if at.tzinfo is None else at.astimezone(zone)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    tail = rf"{_BETWEEN} {_CLOCK} {_OFFSET}"
    return tuple(re.compile(rf"(?<!\d) {date} {tail}", re.VERBOSE) for date in _DATES)


@cache
def _month_numbers() -> dict[str, int]:
    """Every name of a month, in any language, and its first three letters."""
    found: dict[str, int] = {}
    for calendar in load_time_grammar().calendars:
        for month in calendar.month:
            for name in (*month.names, *month.short):
                found[name] = month.number
                found.setdefault(name[:_SHORT], month.number)
    return found


def _value(match: re.Match[str], zone: ZoneInfo) -> datetime | None:
    groups = match.groupdict()
    name = groups.get("name")
    month = _month_numbers().get(name.casefold()) if name else int(groups["month"])
    hour, minute, second = (int(groups[unit] or 0) for unit in ("hour", "minute", "second"))
    try:
        naive = datetime(int(groups["year"]), month or 0, int(groups["day"]), hour, minute, second)
        offset = groups["offset"]
        if offset:
            told = datetime.fromisoformat(f"{naive.isoformat()}{offset}")
            return plausible(told.astimezone(zone))
    except (ValueError, OverflowError):
        return None
    return plausible(aware(naive, zone))
