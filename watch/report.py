"""Notices as seen → one HTML page that needs nothing else.

The page's own script and style are allowed by their hashes and nothing else
is: whatever a notice holds is text, and nothing is fetched.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from vindue.grammars.registry import load_registry
from vindue.nlp.record import Record, Window
from vindue.watch.bars import bars
from vindue.watch.captures import Seen
from vindue.watch.evidence import Kind, Piece, kind_of, pieces
from vindue.watch.stats import common_zone

TITLE: Final = "Service windows"
# What HTML and JavaScript could read as more than the inside of a string.
_UNSAFE: Final = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Proof:
    """One row of the evidence table."""

    number: int
    field: str
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """One notice as the template needs it."""

    anchor: str
    record: Record
    pieces: list[Piece]
    proofs: list[Proof]


def make_report(seen: Sequence[Seen], title: str = TITLE) -> str:
    """The whole page; the same notices give the same bytes."""
    records = [item.record for item in seen]
    names = system_names(records)
    css, js = _asset("report.css"), _asset("report.js")
    data = {
        "timezone": common_zone(records),
        "bars": bars(records),
        "cards": [_filters(record) for record in records],
        "names": names,
    }
    page = _environment().from_string(_asset("report.html"))
    return page.render(
        title=title,
        css=Markup(css),
        js=Markup(js),
        css_hash=_hash(css),
        js_hash=_hash(js),
        data=Markup(json_in_html(data)),
        cards=[_card(index, item) for index, item in enumerate(seen)],
        names=names,
        timezone=data["timezone"],
    )


def _filters(record: Record) -> dict[str, Any]:
    """What the page's filters ask of a notice, beside its windows."""
    return {
        "status": record.status,
        "environments": record.environments,
        "systems": record.systems,
        "published": record.published_at[:10] if record.published_at else None,
    }


def json_in_html(value: object) -> str:
    """JSON that can stand in a script element: it can't end it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def system_names(records: Sequence[Record]) -> dict[str, str]:
    """The ids that windows and impacts name, by name; an unknown one is its own name."""
    registry = load_registry()
    known = {entry.id: entry.en for entry in (*registry.system, *registry.group)}
    ids = {key for record in records for key in record.systems}
    ids |= {key for record in records for item in record.windows for key in item.systems}
    ids |= {key for record in records for item in record.impacts for key in item.systems}
    return {
        key: known.get(key, key) for key in sorted(ids, key=lambda k: str(known.get(k, k)).lower())
    }


def _asset(name: str) -> str:
    return files("vindue.watch").joinpath("page", name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


@cache
def _environment() -> Environment:
    made = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters |= {"moment": moment, "span": span, "words": words, "web": is_web}
    return made


def _card(index: int, seen: Seen) -> Card:
    evidence = seen.record.evidence
    proofs = [
        Proof(number, item.field, kind_of(item.field), item.text)
        for number, item in enumerate(evidence)
    ]
    return Card(f"notice-{index}", seen.record, pieces(seen), proofs)


def moment(value: str | None) -> str:
    """``Sat 30 May 2026 08:00``; a bare date without the clock; a dash for null."""
    if value is None:
        return "–"
    at = datetime.fromisoformat(value)
    day = f"{_DAYS[at.weekday()]} {at.day} {_MONTHS[at.month - 1]} {at.year}"
    return f"{day} {at:%H:%M}" if at.tzinfo else day


def span(window: Window, planned: bool = False) -> str:
    """A window's interval, its day said once where both ends share it."""
    start = window.planned_start if planned else window.start
    end = window.planned_end if planned else window.end
    if end is None:
        return f"{moment(start)} until further notice"
    if start is None:
        return f"until {moment(end)}"
    last = f"{datetime.fromisoformat(end):%H:%M}" if start[:10] == end[:10] else moment(end)
    return f"{moment(start)} – {last}"


def words(ids: Sequence[str], names: Mapping[str, str]) -> str:
    """Systems by name."""
    return ", ".join(names.get(key, key) for key in ids)


def is_web(value: str | None) -> bool:
    """Whether a value may be a link: nothing but http(s) is."""
    return value is not None and value.lower().startswith(("https://", "http://"))


_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
