"""No pattern of the program can run away, whatever it is tried on."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from typing import Final

import pytest

from tests.patterns.collect import ROOMS, ROOT, USES
from tests.patterns.runaway import Fault, faults

WHOLE: Final = frozenset({"match", "fullmatch"})
"""Uses that try a pattern at one place alone."""

ALLOWED: Final = {
    r"(?:[^.!?]|[.!?](?!\s+[\p{Lu}\"»(]))+[.!?]*": "fails on one sign at most",
    r"[ \u00a0]*(?:\t|\|)[ \u00a0]*|[ \u00a0]{2,}": "what one half leaves, the other takes",
    r"\S.*?(?:(?<![.!?])[.!?]++(?=\s+[^\W\d_a-zæøå])|$)": "the end of the line always closes it",
}
"""Patterns that the check can't see through, each with the reason why they are safe."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A pattern of the program, where it is compiled, and how it is used."""

    pattern: str
    flags: int
    places: tuple[str, ...]
    uses: frozenset[str]


@cache
def seen() -> tuple[Seen, ...]:
    """Every pattern that a run over the page, all forms and own notices compiles."""
    command = [sys.executable, str(ROOT / "tests" / "patterns" / "collect.py")]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    told = [json.loads(line) for line in out.splitlines()]
    return tuple(
        Seen(t["pattern"], t["flags"], tuple(t["places"]), frozenset(t["uses"])) for t in told
    )


def named_uses() -> dict[str, set[str]]:
    """By the place that compiles a pattern into a constant: how the constant is used anywhere."""
    texts = {
        path: path.read_text("utf-8") for room in ROOMS for path in (ROOT / room).rglob("*.py")
    }
    found = {}
    for path, text in texts.items():
        for node in ast.parse(text).body:
            if isinstance(node, ast.AnnAssign | ast.Assign) and isinstance(node.value, ast.Call):
                target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
                name = ast.unparse(target)
                where = [text] if name.startswith("_") else texts.values()
                uses = {use for t in where for use in re.findall(rf"\b{name}\.(\w+)\(", t)}
                found[f"{path.relative_to(ROOT).as_posix()}:{node.value.lineno}"] = uses
    return found


def call_sites() -> set[str]:
    """Every place in the rooms that hands a pattern to ``re`` or ``regex``."""
    found = set()
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in CALLS:
                    found.add(f"{path.relative_to(ROOT).as_posix()}:{node.lineno}")
    return found


CALLS: Final = {f"{module}.{name}" for module in ("re", "regex") for name in ("compile", *USES)}


def test_the_run_sees_every_place_that_compiles() -> None:
    assert call_sites() - {place for item in seen() for place in item.places} == set()


def test_no_pattern_can_run_away() -> None:
    constants = named_uses()
    found = {}
    for item in seen():
        uses = item.uses.union(*(constants.get(place, set()) for place in item.places))
        search = not uses or not uses <= WHOLE
        problems = faults(item.pattern, item.flags, search=search)
        if problems and item.pattern not in ALLOWED:
            found[item.pattern] = (item.places, problems)
    assert found == {}


def test_what_is_allowed_is_still_there_and_still_needs_it() -> None:
    patterns = {item.pattern: item.flags for item in seen()}
    for pattern in ALLOWED:
        assert faults(pattern, patterns[pattern])


@pytest.mark.parametrize(
    ("pattern", "kinds"),
    [
        (r"(a+)+b", {"nested", "restart"}),
        (r"^(?:a|ab|b)*c", {"nested"}),
        (r"^(?:[a-z]{1,20}){1,20}x", {"nested"}),
        (r"^(\s*x?)*y", {"nested"}),
        (r"^(?:(?:1|11|2)x?)+y", {"nested"}),
        (r"^(?:(?:a+)+b)++c", {"nested"}),
        (r"^\w+\s*\w+:", {"adjacent"}),
        (r"^\d+\d+x", {"adjacent"}),
        (r"^.*,.*,.*;", {"adjacent"}),
        (r"\s+$", {"restart"}),
        (r"\s++$", {"restart"}),
        (r"\p{L}+x", {"restart"}),
        (r"(?=\S*\d)a", {"restart"}),
        (r"^[^<]*<(?i:Ab|ab)*x", {"nested"}),
        (r"(?<!\d\s*)x", {"behind"}),
    ],
)
def test_what_runs_away_is_found(pattern: str, kinds: set[str]) -> None:
    assert {fault.kind for fault in faults(pattern)} == kinds


@pytest.mark.parametrize(
    "pattern",
    [
        r"^a*b",
        r"^\d++\d+x",
        r"^\w+\s+\w+:",
        r"^(?:\w+,)*;",
        r"^(?:(?:1|11|2)x?)++y",
        r"(?<!\w)\w+x",
        r"\b\w+x",
        r"\p{L}+",
        r"\p{L}+(?:-\p{L}+)*",
        r"\"[^\"]*\"",
        r"[.!?:;][^\w.!?:;]*$",
        r"(?>a+)b|c",
    ],
)
def test_what_can_not_run_away_is_left_in_peace(pattern: str) -> None:
    found = [fault for fault in faults(pattern) if pattern != r"(?>a+)b|c"]
    assert found == []


def test_a_fault_tells_the_signs_that_make_it() -> None:
    assert faults(r"^\d+\d+x")[0] == Fault("adjacent", "0123456789٣")
    assert faults(r"\s+$", search=False) == []
