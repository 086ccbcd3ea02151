"""The occurrences of a calendar event that repeats."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Final

from vindue.nlp.adapters.events import Time
from vindue.nlp.spans import Finding
from vindue.nlp.values import dataclass

if TYPE_CHECKING:
    from icalendar import Component

MAX_OCCURRENCES: Final = 60


@dataclass(frozen=True, slots=True)
class Repeats:
    """How an event's repetition is read: ``moved`` are occurrences told by
    events of their own; rules are worked out only if ``expand``."""

    moved: frozenset[Time | None] = frozenset()
    expand: bool = True


def starts_of(
    component: Component, start: Time | None, repeats: Repeats
) -> tuple[tuple[Time, ...], tuple[Finding, ...]]:
    """The start of each occurrence, in order, at most ``MAX_OCCURRENCES``.

    A rule without an end, or one that is not read, gives the first occurrence
    and a warning: an end is never invented.
    """
    if start is None:
        return (), ()
    rule = component.get("RRULE")
    added = {at for at in _listed(component, "RDATE") if type(at) is type(start)}
    removed = {*_listed(component, "EXDATE"), *repeats.moved}
    if rule is None:
        return _ordered({start, *added} - removed), ()
    reason = _unread(rule) if repeats.expand else "one of too many rules of repetition"
    if reason:
        return (start,), (_warning(f"{reason}, only the first occurrence is read"),)
    try:
        repeated = _repeated(rule.to_ical().decode(), start)
    except (ValueError, TypeError, KeyError, OverflowError):
        return (start,), (_warning("a rule of repetition that can't be read"),)
    many = len(repeated) > MAX_OCCURRENCES
    message = f"repeats more than {MAX_OCCURRENCES} times, the rest is not read"
    found = {*repeated[:MAX_OCCURRENCES], *added} - removed
    return _ordered(found or {start}), (_warning(message),) if many else ()


def _unread(rule: object) -> str | None:
    """Why a rule is not worked out; null for one that is.

    A rule may ask for days that never come, and the library then looks for
    them to the end of time: in steps of a month that is quick, in seconds not.
    """
    if not isinstance(rule, dict):
        return "repeats by several rules"
    if not ("COUNT" in rule or "UNTIL" in rule):
        return "repeats without an end"
    steps = {str(step).upper() for step in rule.get("FREQ", ())}
    picked = {name for name in map(str, rule) if name.startswith("BY")}
    if steps <= {"DAILY", "WEEKLY"} and picked <= {"BYDAY"}:
        return None
    return None if steps <= {"MONTHLY", "YEARLY"} else "repeats by a rule that is not read"


def _repeated(rule: str, start: Time) -> list[Time]:
    """Occurrences by wall clock, as the standard has it; one more than is wanted."""
    # imported only where events repeat; it ships no types
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # noqa: PLC0415

    if not isinstance(start, datetime):
        day = datetime(start.year, start.month, start.day)
        return [at.date() for at in islice(rrulestr(rule, dtstart=day), MAX_OCCURRENCES + 1)]
    # the library steps by wall clock within the zone
    return list(islice(rrulestr(rule, dtstart=start), MAX_OCCURRENCES + 1))


def value_of(prop: object) -> object:
    """The value of a property; null where it is missing or can't be read."""
    try:
        return getattr(prop, "dt", None)
    except Exception:  # a damaged property raises as it is asked, in the library's own ways
        return None


def _ordered(starts: set[Time]) -> tuple[Time, ...]:
    return tuple(sorted(starts, key=_instant))[:MAX_OCCURRENCES]


def _instant(at: Time) -> datetime:
    if not isinstance(at, datetime):
        return datetime(at.year, at.month, at.day, tzinfo=UTC)
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _listed(component: Component, name: str) -> list[Time]:
    """The dates of a property that lists some."""
    value = component.get(name)
    parts = value if isinstance(value, list) else [value] if value is not None else []
    found = [value_of(item) for part in parts for item in getattr(part, "dts", ())]
    return [at for at in found if isinstance(at, date)]


def _warning(message: str) -> Finding:
    return Finding("form.repeats", "warning", message)
