"""Scheduled maintenances of a status page (JSON) → one notice each.

Read: the list of the public interface (``scheduled_maintenances``), one
maintenance, or the body of a webhook. *The input as decoded* is the text
that the adapter lays out of them.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from vindue.grammars.forms import EventForm, load_event_form
from vindue.nlp.adapters.charset import decode_bytes
from vindue.nlp.adapters.envelope import Envelope, guarded, told_if_cut, unread
from vindue.nlp.adapters.events import Event, Update, lay_out
from vindue.nlp.adapters.html import html_text
from vindue.nlp.instants import plausible
from vindue.nlp.spans import Finding

FORM: Final = "statuspage"
MAX_EVENTS: Final = 2_000
MAX_UPDATES: Final = 100
_LISTS: Final = ("scheduled_maintenances", "maintenances", "incidents")
_SINGLES: Final = ("scheduled_maintenance", "maintenance", "incident")
_STARTS: Final = ("scheduled_for", "starts_at", "start_at")
_ENDS: Final = ("scheduled_until", "ends_at", "end_at")
_UPDATES: Final = ("incident_updates", "updates", "event_updates")

Json = dict[str, Any]


def decode(data: bytes | str, zone: ZoneInfo) -> tuple[Envelope, ...]:
    """One envelope a maintenance, in the source's order. Never raises."""
    return guarded(FORM, data, lambda: _decode(data, zone))


def recognises(text: str) -> bool:
    """Whether ``text`` is one JSON value with a maintenance in it."""
    try:
        return bool(_maintenances(json.loads(text)))
    except (ValueError, RecursionError):
        return False


def _decode(data: bytes | str, zone: ZoneInfo) -> tuple[Envelope, ...]:
    try:
        value = json.loads(decode_bytes(data))
    except (ValueError, RecursionError) as error:
        return (unread(FORM, "form.broken", f"no JSON that can be read: {error}"),)
    found = _maintenances(value)
    form = load_event_form(FORM)
    events = [[_event(item, form)] for item in found[:MAX_EVENTS]]
    return told_if_cut(lay_out(FORM, events, form, zone), len(found), MAX_EVENTS)


def _maintenances(value: object) -> list[Json]:
    """The objects that have a name and a scheduled start."""
    if isinstance(value, list):
        items = value
    elif isinstance(value, dict):
        items = [
            item for name in _LISTS if isinstance(value.get(name), list) for item in value[name]
        ]
        items += [value[name] for name in _SINGLES if name in value]
        items = items or [value]
    else:
        return []
    return [item for item in items if isinstance(item, dict) and _first(item, _STARTS)]


def _event(item: Json, form: EventForm) -> Event:
    start, start_findings = _time(item, _STARTS)
    end, end_findings = _time(item, _ENDS)
    status = _text(item.get("status")).lower()
    updates, told = _updates(item, form)
    body = _text(item.get("description") or item.get("body") or item.get("message"))
    text, cut = _words(body)
    given = item.get("id")
    return Event(
        title=_text(item.get("name") or item.get("title")),
        spans=((start, end),),
        given_id=str(given) if isinstance(given, str | int) and str(given) else None,
        text=text,
        affected=_components(item),
        sentences=() if updates or status not in form.status else (f"{form.status[status]}.",),
        updates=updates,
        published_at=_moment(item.get("created_at")),
        updated_at=_moment(item.get("updated_at")),
        state=form.state_of(status),
        maintenance=True,
        findings=(*start_findings, *end_findings, *cut, *told),
    )


def _updates(item: Json, form: EventForm) -> tuple[tuple[Update, ...], tuple[Finding, ...]]:
    """Newest first, and what of them was not read; only those that tell a change have a head."""
    listed: list[object] = next(
        (item[name] for name in _UPDATES if isinstance(item.get(name), list)), []
    )
    found: list[Update] = []
    findings: list[Finding] = []
    if len(listed) > MAX_UPDATES:
        message = f"{len(listed):,} updates, of which the first {MAX_UPDATES} are read"
        findings.append(Finding("form.too_large", "error", message))
    for entry in listed[:MAX_UPDATES]:
        if not isinstance(entry, dict):
            continue
        at = _moment(entry.get("display_at")) or _moment(entry.get("created_at"))
        head = form.status.get(_text(entry.get("status")).lower(), "")
        text, cut = _words(_text(entry.get("body") or entry.get("message")))
        findings += cut
        found.append(Update(at, head, text))
    told = [update for update in found if update.at]
    if len(told) == len(found):
        found.sort(key=lambda update: update.at.timestamp() if update.at else 0.0, reverse=True)
    return tuple(found), tuple(findings)


def _components(item: Json) -> tuple[str, ...]:
    listed = item.get("components") or item.get("affected_components")
    names = [
        _text(part.get("name") if isinstance(part, dict) else part)
        for part in (listed if isinstance(listed, list) else [])
    ]
    return tuple(dict.fromkeys(filter(None, names)))


def _words(body: str) -> tuple[str, tuple[Finding, ...]]:
    """The words of a body, which may hold HTML, and what of it was not read."""
    if "<" not in body or ">" not in body:
        return body, ()
    page = html_text(body)
    return page.text, page.findings


def _time(item: Json, names: tuple[str, ...]) -> tuple[datetime | None, tuple[Finding, ...]]:
    written = _first(item, names)
    at = _moment(written)
    if written is None or at is not None:
        return at, ()
    message = f"{names[0]} is no time that can be"
    return None, (Finding("stamp.unreadable", "error", message, found=_text(written)[:80]),)


def _first(item: Json, names: tuple[str, ...]) -> object:
    return next((item[name] for name in names if item.get(name)), None)


def _moment(value: object) -> datetime | None:
    try:
        return plausible(datetime.fromisoformat(value)) if isinstance(value, str) else None
    except ValueError:
        return None


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
