"""The page on what leaves the package names every column and every rule."""

from __future__ import annotations

from pathlib import Path

from vindue.grammars.linting import load_lint_rules
from vindue.out.tables import COLUMNS

PAGE = (Path(__file__).parent.parent / "docs" / "out.md").read_text(encoding="utf-8")


def test_every_column_is_described_as_it_is() -> None:
    for column in COLUMNS:
        assert f"| `{column.name}` | {column.kind} | {column.meaning} |" in PAGE


def test_every_rule_is_described_with_its_level() -> None:
    section = PAGE.partition("## A checker")[2]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    for rule in load_lint_rules().rules:
        (row,) = [line for line in rows if f"`{rule.name}`" in line.split("|")[1]]
        assert row.split("|")[2].strip() == rule.level
