"""What the checks run with is pinned, with hashes, and follows from what the project asks for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[1]
ASKED: Final = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PINNED: Final = re.compile(r"^(?P<name>[a-z0-9.-]+)==\S+", re.MULTILINE)


def names(wanted: list[str]) -> set[str]:
    found = (re.match(r"[A-Za-z0-9._-]+", each) for each in wanted)
    return {match.group().lower().replace("_", "-") for match in found if match}


def locked(name: str) -> dict[str, str]:
    """Each package that a lock pins, with all that stands under it."""
    text = (ROOT / "requirements" / f"{name}.lock").read_text("utf-8")
    starts = [*PINNED.finditer(text)]
    ends = [match.start() for match in starts[1:]] + [len(text)]
    return {m["name"]: text[m.start() : end] for m, end in zip(starts, ends, strict=True)}


def test_the_locks_hold_all_that_is_asked_for() -> None:
    extras = ASKED["optional-dependencies"]
    assert names(ASKED["dependencies"]) <= locked("run").keys()
    wanted = [*ASKED["dependencies"], *extras["dev"], *extras["browser"]]
    assert names(wanted) <= locked("dev").keys()


@pytest.mark.parametrize("name", ["run", "dev"])
def test_every_pinned_package_bears_its_hashes(name: str) -> None:
    assert locked(name)
    assert [each for each, text in locked(name).items() if "--hash=sha256:" not in text] == []


def test_what_is_needed_to_run_is_pinned_alike_in_both() -> None:
    run, dev = locked("run"), locked("dev")
    assert {name for name in run if run[name].split()[0] != dev[name].split()[0]} == set()
