"""Calendar events (RFC 5545, with X-MAINTNOTE properties) → one notice each.

*The input as decoded* is the text that the adapter lays out of them. Events
with one UID are tellings of one event: the highest SEQUENCE is read.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from vindue.grammars.forms import EventForm, load_event_form
from vindue.nlp.adapters.charset import decode_bytes
from vindue.nlp.adapters.envelope import Envelope, guarded, told_if_cut, unread, with_finding
from vindue.nlp.adapters.events import Event, Time, lay_out
from vindue.nlp.adapters.html import HtmlText, html_text
from vindue.nlp.adapters.ical_repeats import Repeats, starts_of, value_of
from vindue.nlp.instants import FIRST_YEAR, LAST_YEAR
from vindue.nlp.spans import Finding

if TYPE_CHECKING:
    from icalendar import Calendar, Component

FORM: Final = "ical"
MAX_EVENTS: Final = 2_000
MAX_COMPONENTS: Final = 20_000
MAX_RULES: Final = 100
"""Rules of repetition that one calendar may have worked out: each may cost time."""
_CANCEL: Final = "CANCELLED"
_PREFIX: Final = "X-MAINTNOTE-"
_DAY: Final = timedelta(days=1)
_LONGEST: Final = timedelta(days=3_660)


def decode(data: bytes | str, zone: ZoneInfo) -> tuple[Envelope, ...]:
    """One envelope an event, by its start as the calendar lists them. Never raises."""
    return guarded(FORM, data, lambda: _decode(data, zone))


def _decode(data: bytes | str, zone: ZoneInfo) -> tuple[Envelope, ...]:
    from icalendar import Calendar  # noqa: PLC0415 - only for calendars

    text = decode_bytes(data)
    if text.upper().count("BEGIN:") > MAX_COMPONENTS:
        message = f"more than {MAX_COMPONENTS:,} components, not opened"
        return (unread(FORM, "form.too_large", message),)
    form = load_event_form(FORM)
    expand = text.upper().count("RRULE") <= MAX_RULES
    whole, cut = _closed(text)
    tellings: dict[tuple[str, str], list[tuple[int, Event]]] = {}
    for calendar in Calendar.from_ical(whole, multiple=True):
        events = _events(calendar)
        moved = _moved(events)
        for number, component in enumerate(events):
            uid = _text(component.get("UID")) or f"#{number}"
            own = _time(component, "RECURRENCE-ID")
            repeats = Repeats(moved.get(uid, frozenset()) - {own}, expand)
            event = _event(component, calendar, form, repeats)
            tellings.setdefault((uid, str(own)), []).append((_sequence(component), event))
    groups = [_newest_first(group) for group in list(tellings.values())[:MAX_EVENTS]]
    found = told_if_cut(lay_out(FORM, groups, form, zone), len(tellings), MAX_EVENTS)
    if not cut or not found:
        return found
    message = "the calendar is cut off, what there is of it is read"
    return (*found[:-1], with_finding(found[-1], "form.truncated", "error", message))


def _closed(text: str) -> tuple[str, bool]:
    """The calendar with the ends that are missing, and whether any was."""
    waiting: list[str] = []
    for line in text.splitlines():
        word, _, name = line.strip().upper().partition(":")
        if word == "BEGIN":
            waiting.append(name)
        elif word == "END" and name in waiting:
            del waiting[len(waiting) - 1 - waiting[::-1].index(name) :]
    ends = "".join(f"\r\nEND:{name}" for name in reversed(waiting))
    return text + ends, bool(waiting)


def _events(calendar: Calendar) -> list[Component]:
    if calendar.name == "VEVENT":
        return [calendar]
    return [part for part in calendar.subcomponents if part.name == "VEVENT"]


def _moved(events: list[Component]) -> dict[str, frozenset[Time | None]]:
    """By UID, the occurrences of a repeated event that have an event of their own."""
    found: dict[str, frozenset[Time | None]] = {}
    for component in events:
        uid, own = _text(component.get("UID")), _time(component, "RECURRENCE-ID")
        if own is not None:
            found[uid] = found.get(uid, frozenset()) | {own}
    return found


def _newest_first(group: list[tuple[int, Event]]) -> list[Event]:
    """By sequence, the one listed later first where they are equal."""
    ordered = sorted(enumerate(group), key=lambda item: (item[1][0], item[0]), reverse=True)
    return [event for _, (_, event) in ordered]


def _event(component: Component, calendar: Calendar, form: EventForm, repeats: Repeats) -> Event:
    status, impact = _codes(component, calendar)
    start, end = _start_and_end(component)
    starts, findings = starts_of(component, start, repeats)
    spans = tuple((first, _shifted(end, start, first)) for first in starts)
    codes = (form.status.get(status), form.impact.get(impact))
    given = _text(component.get("UID")) or _text(component.get(f"{_PREFIX}MAINTENANCE-ID"))
    stamp = _moment(component, "DTSTAMP")
    text = _text(component.get("DESCRIPTION"))
    page = html_text(text) if text.lstrip().startswith("<") else HtmlText(text)
    return Event(
        title=_text(component.get("SUMMARY")),
        spans=spans or ((None, end),),
        given_id=given or None,
        text=page.text,
        sentences=tuple(sentence for sentence in codes if sentence),
        affected=tuple(dict.fromkeys(_values(component, f"{_PREFIX}OBJECT-ID"))),
        location=" ".join(_text(component.get("LOCATION")).split()),
        published_at=_moment(component, "CREATED") or stamp,
        updated_at=_moment(component, "LAST-MODIFIED") or stamp,
        state=form.state_of(status),
        maintenance=any(str(name).upper().startswith(_PREFIX) for name in component),
        findings=(*findings, *_flaws(component, start), *page.findings),
    )


def _codes(component: Component, calendar: Calendar) -> tuple[str, str]:
    """The codes of status and impact; a calendar that cancels outranks its events."""
    status = _text(component.get(f"{_PREFIX}STATUS")) or _text(component.get("STATUS"))
    plain = _text(component.get("STATUS")).upper()
    cancelled = _text(calendar.get("METHOD")).upper() == "CANCEL" or plain == _CANCEL
    impact = _text(component.get(f"{_PREFIX}IMPACT"))
    return _CANCEL if cancelled else status.upper(), impact.upper()


def _start_and_end(component: Component) -> tuple[Time | None, Time | None]:
    """First and last as told; of whole days the last one, since DTEND is the day after."""
    start, end = _time(component, "DTSTART"), _time(component, "DTEND")
    length = value_of(component.get("DURATION"))
    if end is None and start is not None and isinstance(length, timedelta):
        end = start + min(length, _LONGEST)
    if end is not None and not isinstance(end, datetime) and not isinstance(start, datetime):
        end = max(end - _DAY, start) if start else end - _DAY
    return start, end


def _shifted(end: Time | None, start: Time | None, first: Time) -> Time | None:
    """The end of the occurrence that begins at ``first``."""
    if end is None or start is None or first == start:
        return end
    length: timedelta = end - start
    return first + length


def _time(component: Component, name: str) -> Time | None:
    value = value_of(component.get(name))
    if not isinstance(value, date):
        return None
    return value if FIRST_YEAR <= value.year <= LAST_YEAR else None


def _moment(component: Component, name: str) -> datetime | None:
    value = _time(component, name)
    return value if isinstance(value, datetime) else None


def _flaws(component: Component, start: Time | None) -> tuple[Finding, ...]:
    """What of the times can't be taken as it stands."""
    found = []
    if start is None:
        found.append(Finding("form.broken", "error", "the event has no start that can be read"))
    for name in ("DTSTART", "DTEND"):
        zone = getattr(component.get(name), "params", {}).get("TZID")
        at = _time(component, name)
        if zone and isinstance(at, datetime) and at.tzinfo is None:
            message = f"unknown zone of {name}, read as a local time"
            found.append(Finding("zone.unknown", "warning", message, found=str(zone)))
    return tuple(found)


def _sequence(component: Component) -> int:
    written = _text(component.get("SEQUENCE"))
    return int(written) if written.isdecimal() else 0


def _values(component: Component, name: str) -> list[str]:
    value: Any = component.get(name)
    listed = value if isinstance(value, list) else [value]
    return [text for text in map(_text, listed) if text]


def _text(value: object) -> str:
    """The words of a property; the first where it stands several times."""
    if isinstance(value, list):
        value = value[0] if value else None
    return "" if value is None else str(value).strip()
