"""What a user's install holds: every package and data file, and only ``vindue`` at top level."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.metadata import distribution, version
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = sorted(path.parent.name for path in ROOT.glob("*/__init__.py"))


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_list_of_packages_is_complete() -> None:
    folders = {path.parent for room in ROOMS for path in ROOT.glob(f"{room}/**/*.py")}
    names = {"vindue", *(f"vindue.{'.'.join(f.relative_to(ROOT).parts)}" for f in folders)}
    assert set(project()["tool"]["setuptools"]["packages"]) == names


def test_the_rooms_are_there() -> None:
    assert {"nlp", "grammars", "corpus"} <= set(ROOMS)


def test_every_folder_with_modules_is_a_package() -> None:
    folders = {path.parent for room in ROOMS for path in ROOT.glob(f"{room}/**/*.py")}
    assert [f for f in folders if not (f / "__init__.py").is_file()] == []


def test_every_data_file_is_shipped() -> None:
    shipped = project()["tool"]["setuptools"]["package-data"]
    for room in ROOMS:
        files = [path for path in (ROOT / room).rglob("*") if path.is_file()]
        data = [path for path in files if path.suffix not in {".py", ".pyc"}]
        # a pattern is "**/*.suffix" or "*.suffix": all files of that kind
        patterns = shipped.get(f"vindue.{room}", [])
        suffixes = {pattern.removeprefix("**/").removeprefix("*") for pattern in patterns}
        assert {path.suffix for path in data} <= suffixes


def test_only_the_doors_stand_at_the_root() -> None:
    assert {path.name for path in ROOT.glob("*.py")} == {"__init__.py", "__main__.py", "cli.py"}


def test_nothing_but_vindue_is_installed_at_top_level() -> None:
    assert (distribution("vindue").read_text("top_level.txt") or "").split() == ["vindue"]
    rooms = "('nlp', 'grammars', 'corpus', 'cli')"
    code = f"from importlib.util import find_spec; print([n for n in {rooms} if find_spec(n)])"
    done = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md"])
def test_the_root_has_what_a_reader_looks_for(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8").strip()


def test_the_installed_version_is_the_projects() -> None:
    assert version("vindue") == project()["project"]["version"]


def test_quick_start_is_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = re.search(r"(?ms)^## Quick start\n(.*?)^## ", readme)
    assert section is not None
    blocks = re.findall(r"(?ms)^```(\w*)\n(.*?)^```", section[1])
    assert [language for language, _ in blocks] == ["sh"]
    assert len(blocks[0][1].splitlines()) == 2
