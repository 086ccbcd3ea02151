"""A label in the contract's terms: the same field names as the record.

What only a program can say (confidence, evidence, spans, diagnostics,
related) is left out; a default of the contract that the label leaves unsaid
is filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from vindue.corpus.cases import Case
from vindue.corpus.labels import ImpactLabel, Label, RevisionLabel, WindowLabel
from vindue.nlp.record import LEVEL_OF, SCHEMA, Record

ZONE = "Europe/Copenhagen"

# A record or a label as JSON sees it; its shape is the record's JSON Schema.
Plain = dict[str, Any]


def time_text(value: datetime | date | None) -> str | None:
    """RFC 3339 with the label's own offset; a bare date as a date."""
    return value.isoformat() if value is not None else None


def duration_text(start: datetime | None, end: datetime | None) -> str | None:
    """ISO 8601 elapsed time, DST counted; null unless both ends are known."""
    if start is None or end is None:
        return None
    elapsed = end.astimezone(UTC) - start.astimezone(UTC)
    days, rest = divmod(elapsed, timedelta(days=1))
    minutes, seconds = divmod(int(rest.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    clock = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if n)
    day = f"{days}D" if days else ""
    return f"P{day}T{clock}" if clock else f"P{day or 'T0S'}"


def _window(window: WindowLabel, label: Label) -> Plain:
    return {
        "start": time_text(window.start),
        "end": time_text(window.end),
        "planned_start": time_text(window.planned_start),
        "planned_end": time_text(window.planned_end),
        "actual_end": time_text(window.actual_end),
        "duration": duration_text(window.start, window.end),
        "timezone": ZONE,
        "open_end": window.open_end,
        "precision": window.precision,
        "status": window.status or label.status,
        "systems": sorted(label.systems if window.systems is None else window.systems),
        "channel": window.channel,
    }


def _impact(impact: ImpactLabel) -> Plain:
    return {
        "systems": list(impact.systems),
        "channel": impact.channel,
        "effect": impact.effect,
        "level": LEVEL_OF[impact.effect],
    }


def _revision(revision: RevisionLabel) -> Plain:
    return {
        "kind": revision.kind,
        "at": time_text(revision.at),
        "end": time_text(revision.end),
        "systems": list(revision.systems),
    }


def plain_label(label: Label, notice_id: str) -> Plain:
    """The label as one JSON object in the contract's terms.

    ``duplicate_of`` is null where the notice is no duplicate and left out
    where it is one whose original the label does not name: null would claim
    that the text names none.
    """
    plain: Plain = {
        "schema": SCHEMA,
        "id": notice_id,
        "title": label.title,
        "tags": list(label.tags),
        "language": label.language,
        "published_at": time_text(label.published_at),
        "updated_at": time_text(label.updated_at),
        "work_orders": list(label.work_orders),
        "environments": sorted(label.environments),
        "status": label.status,
        "windows": [_window(window, label) for window in label.windows],
        "systems": sorted(label.systems),
        "impacts": [_impact(impact) for impact in label.impacts],
        "fallback": label.fallback,
        "resubmit": label.resubmit,
        "revisions": [_revision(revision) for revision in label.revisions],
    }
    if label.duplicate_of is not None or label.status != "duplicate":
        plain["duplicate_of"] = label.duplicate_of
    return plain


def plain_record(record: Record) -> Plain:
    """The record as one JSON object."""
    return record.model_dump(mode="json", by_alias=True)


def export(cases: Iterable[Case], ids: dict[str, str]) -> Iterator[Plain]:
    """Each case in the contract's terms; ``ids`` maps a case's name to its id."""
    for case in cases:
        yield plain_label(case.label, ids[case.name])
