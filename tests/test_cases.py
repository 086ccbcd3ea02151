"""The constructed cases of corpus/cases, each key held against the record."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import vindue
from vindue.nlp.record import Record, Window

FOLDER = Path(__file__).parent.parent / "corpus" / "cases"
MINUTE = len("2026-01-01T00:00")
_CASE = re.compile(
    r"^## (?P<name>.+?)\n```text\n(?P<text>.*?)\n```\n```toml\n(?P<keys>.*?)\n```", re.M | re.S
)


@dataclass(frozen=True)
class Case:
    """One constructed notice and the keys that must hold."""

    name: str
    text: str
    keys: dict[str, Any]


def load_cases() -> list[Case]:
    found = []
    for path in sorted(FOLDER.glob("*.md")):
        for match in _CASE.finditer(path.read_text(encoding="utf-8")):
            name = f"{path.stem}: {match['name']}"
            found.append(Case(name, match["text"], tomllib.loads(match["keys"])))
    return found


CASES = load_cases()


def test_there_are_cases() -> None:
    assert len(CASES) > 30


def _told(window: Window, like: str) -> str:
    """A window's end cut to the grain that the case is written in."""
    end = window.end or "none"
    return end if end == "none" or len(like) > MINUTE else end[:MINUTE]


def _windows(record: Record, like: list[list[str]]) -> list[list[str]]:
    grain = like[0] if like else ["", ""]
    cut = len(grain[0]) if grain[0] else None
    return [[(w.start or "none")[:cut], _told(w, grain[1])] for w in record.windows]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case) -> None:
    record = vindue.parse(case.text, published_at=case.keys["published_at"])
    keys = case.keys
    shown = f"{case.text}\n{record.model_dump_json(indent=1, by_alias=True)}"
    assert _windows(record, keys["windows"]) == keys["windows"], shown
    for key, value in _plain(record).items():
        if key in keys:
            assert value == keys[key], shown
    codes = {diagnostic.code for diagnostic in record.diagnostics}
    assert set(keys.get("codes", ())) <= codes, shown
    if keys.get("unsure"):
        assert min(window.confidence for window in record.windows) < 0.9, shown


def _plain(record: Record) -> dict[str, object]:
    return {
        "status": record.status,
        "systems": record.systems,
        "revisions": [revision.kind for revision in record.revisions],
        "planned_ends": [(w.planned_end or "none")[:MINUTE] for w in record.windows],
        "actual_ends": [(w.actual_end or "none")[:MINUTE] for w in record.windows],
        "durations": [window.duration for window in record.windows],
        "precision": record.windows[0].precision if record.windows else None,
    }
