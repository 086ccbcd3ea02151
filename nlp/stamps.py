"""A stamp's match → an aware time, or a finding that says why not."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from vindue.grammars.schema import Shape
from vindue.nlp.instants import instant, plausible
from vindue.nlp.spans import Finding, Span
from vindue.nlp.values import dataclass

LAST_DAY: Final = 31
_CLOCK_CHANGE: Final = {"missing": "time.nonexistent", "doubled": "time.ambiguous"}


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp of the outer form; ``at`` is null where it can't be read."""

    span: Span
    at: datetime | None
    findings: tuple[Finding, ...] = ()


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The compiled pattern, once for the life of the process."""
    return re.compile(pattern)


@cache
def compiled_at_end(pattern: str) -> re.Pattern[str]:
    """The pattern where it ends the searched region, blanks aside."""
    return re.compile(rf"(?:{pattern})\s*\Z")


def localize(naive: datetime, zone: ZoneInfo) -> tuple[datetime, str | None]:
    """Give a wall time its zone: ``(time, finding code or None)``.

    A time in the missing spring hour moves forward by the gap
    (``time.nonexistent``); in the doubled autumn hour the first of the two is
    taken (``time.ambiguous``).
    """
    found = instant(naive.date(), naive.hour * 60 + naive.minute, zone.key)
    at = found.at + timedelta(seconds=naive.second, microseconds=naive.microsecond)
    return at, _CLOCK_CHANGE.get(found.kind)


def read_stamp(match: re.Match[str], shape: Shape, zone: ZoneInfo) -> Stamp:
    """The stamp that ``shape`` matched; offsets are the match's own."""
    span = Span(match.start(), _end_of_text(match))
    written = match.group()[: len(span)]
    if shape.reads == "not":
        return Stamp(span, None, (_unreadable(span, written),))
    span, values = _values(match, span)
    try:
        naive = plausible(datetime(*values))
    except ValueError:
        naive = None
    if naive is None:
        return Stamp(span, None, (_unreadable(span, written),))
    at, code = localize(naive, zone)
    findings = []
    if code is not None:
        findings.append(_on_clock_change(code, span, written, at))
    if shape.reads == "corrected":
        message = "the stamp is misspelt, its figures are taken as they stand"
        findings.append(
            Finding("typo.stamp", "info", message, span, written, at.isoformat(timespec="minutes"))
        )
    return Stamp(span, at, tuple(findings))


def _end_of_text(match: re.Match[str]) -> int:
    return match.start() + len(match.group().rstrip())


def _values(match: re.Match[str], span: Span) -> tuple[Span, tuple[int, int, int, int, int, int]]:
    """The figures; a day beyond 31 that is glued to a year lends it its first digit."""
    groups = match.groupdict()
    day = groups["day"]
    glued = match.start() > 0 and match.string[match.start() - 1].isdigit()
    if glued and int(day) > LAST_DAY:
        day, span = day[1:], Span(span.start + 1, span.end)
    rest = (int(groups.get(name) or 0) for name in ("hour", "minute", "second"))
    year, month = int(groups["year"]), int(groups["month"])
    hour, minute, second = rest
    return span, (year, month, int(day), hour, minute, second)


def _unreadable(span: Span, written: str) -> Finding:
    return Finding(
        "stamp.unreadable", "warning", "the stamp is no date and time that can be", span, written
    )


def _on_clock_change(code: str, span: Span, written: str, at: datetime) -> Finding:
    used = at.isoformat(timespec="minutes")
    if code == "time.ambiguous":
        message = "this hour comes twice as summer time ends, the first is taken"
        return Finding(code, "info", message, span, written, used)
    message = "this hour is left out as summer time begins, moved forward"
    return Finding(code, "warning", message, span, written, used)
