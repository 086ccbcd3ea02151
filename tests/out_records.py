"""Records made by hand and out of labels, for the tests of what leaves the package."""

from __future__ import annotations

from functools import cache
from typing import Any

from vindue.corpus.cases import Case, load_cases
from vindue.corpus.export import plain_label
from vindue.nlp.record import LEVEL_OF, Effect, Record

SOURCE = {"profile": "skat", "name": "page.txt", "start": 0, "end": 10, "line": 1}


def window(start: str | None, end: str | None, **changes: Any) -> dict[str, Any]:
    """A window whose plan is as it stands, in Danish time."""
    told: dict[str, Any] = {"start": start, "end": end, "timezone": "Europe/Copenhagen"}
    told |= {"planned_start": start, "planned_end": end, "systems": ["dms-import"]}
    return told | changes


def impact(channel: str, effect: Effect, *systems: str) -> dict[str, Any]:
    """One stated effect."""
    return {
        "systems": list(systems),
        "channel": channel,
        "effect": effect,
        "level": LEVEL_OF[effect],
        "start": 0,
        "end": 1,
        "text": "",
    }


def revision(kind: str, at: str | None = None, end: str | None = None) -> dict[str, Any]:
    """One update line."""
    return {"kind": kind, "at": at, "end": end, "start_span": 0, "end_span": 1}


def make(*windows: dict[str, Any], **changes: Any) -> Record:
    """A record of one notice on DMS Import."""
    plain: dict[str, Any] = {
        "id": "skat-20250514T075600",
        "source": SOURCE,
        "title": "PRD-servicewindow DMS",
        "language": "en",
        "environments": ["production"],
        "systems": ["dms-import"],
        "windows": list(windows),
    }
    return Record.model_validate(plain | changes)


EVENING = window("2025-05-20T18:00:00+02:00", "2025-05-20T23:00:00+02:00")
AUTUMN = window("2025-10-26T02:45:00+02:00", "2025-10-26T03:15:00+01:00")
AUTUMN_SECOND = window("2025-10-26T02:30:00+01:00", "2025-10-26T04:00:00+01:00")
SPRING = window("2025-03-30T01:30:00+01:00", "2025-03-30T03:15:00+02:00")


@cache
def labelled_records() -> tuple[tuple[Case, Record], ...]:
    """A true record for every label of the corpus, made from the label alone."""
    return tuple((case, _of_label(case)) for case in load_cases("all"))


def _of_label(case: Case) -> Record:
    plain = plain_label(case.label, case.name)
    plain["source"] = SOURCE
    for item in plain["impacts"]:
        item.update(start=0, end=1, text="")
    for item in plain["revisions"]:
        item.update(start_span=0, end_span=1)
    return Record.model_validate(plain)
