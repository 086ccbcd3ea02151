"""Cases and perfect records made by hand, for the tests of the corpus tools."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from vindue.corpus.cases import Case
from vindue.corpus.export import plain_label
from vindue.corpus.labels import Label, TextLabel
from vindue.nlp.record import Record

TEXT = """Maintenance of Alpha

Tuesday May 20, 2025, 1800-2300

Files sent to Alpha will be rejected.

Tuesday May 20, 2025, 2145
Done.
"""

VALUES: dict[str, Any] = {
    "kind": "hosting",
    "hard": False,
    "split": "dev",
    "text": TEXT,
    "title": "Maintenance of Alpha",
    "language": "en",
    "published_at": "2025-05-14T07:56:00+02:00",
    "work_orders": [],
    "environments": ["production"],
    "status": "completed",
    "systems": ["alpha"],
    "resubmit": False,
    "difficulty": ["revision"],
    "unsure": False,
    "impacts": [{"systems": ["alpha"], "channel": "file", "effect": "rejected"}],
    "windows": [
        {
            "start": "2025-05-20T18:00:00+02:00",
            "end": "2025-05-20T23:00:00+02:00",
            "planned_start": "2025-05-20T18:00:00+02:00",
            "planned_end": "2025-05-20T23:00:00+02:00",
            "actual_end": "2025-05-20T21:45:00+02:00",
            "quote": "Tuesday May 20, 2025, 1800-2300",
        }
    ],
    "revisions": [
        {
            "kind": "completed",
            "at": "2025-05-20T21:45:00+02:00",
            "quote": "Tuesday May 20, 2025, 2145",
        }
    ],
}


def make_label(**changes: Any) -> TextLabel:
    """A sound label with some values changed; times as RFC 3339 text."""
    return TextLabel.model_validate({**VALUES, **changes}, strict=False)


def make_case(name: str = "own/alpha", **changes: Any) -> Case:
    """A sound case with some values of its label changed."""
    label = make_label(**changes)
    return Case(name, "own", Path(f"{name}.toml"), label.text, label, label.split, hard=label.hard)


def perfect_record(label: Label, notice_id: str = "own-alpha", **changes: Any) -> Record:
    """The record that says exactly what the label says, then ``changes``."""
    plain = plain_label(label, notice_id)
    for window in plain["windows"]:
        window["confidence"] = 0.95
    for impact in plain["impacts"]:
        impact.update(start=0, end=0, text="")
    for revision in plain["revisions"]:
        revision.update(start_span=0, end_span=0)
    source = {"profile": "generic", "name": "-", "start": 0, "end": len(TEXT), "line": 1}
    return Record.model_validate({**plain, "source": source, **changes})
