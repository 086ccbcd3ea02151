"""The README says what the program does."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import vindue
from vindue.nlp.inputs import known_profiles

README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")


def block(language: str, section: str) -> str:
    after = README.split(f"## {section}\n", 1)[1]
    found = re.search(rf"(?ms)^```{language}\n(.*?)^```", after)
    assert found is not None
    return found[1]


def test_the_example_is_what_comes_out() -> None:
    record = vindue.parse(block("text", "An example"))
    shown = json.loads(block("json", "An example"))
    whole = json.loads(record.model_dump_json(by_alias=True))
    assert set(whole) - set(shown) == {"source", "impacts", "evidence"}
    assert {key: whole[key] for key in shown} == shown
    assert whole["impacts"] == []


def test_every_code_that_the_page_calls_forth_is_explained() -> None:
    page = (files("vindue.corpus") / "skat" / "page.txt").read_text(encoding="utf-8")
    explained = set(re.findall(r"`([a-z_]+\.[a-z_]+)`", README.split("## Diagnostics\n")[1]))
    found = {d.code for record in vindue.parse_page(page) for d in record.diagnostics}
    assert found
    assert found - explained == set()


def test_every_field_is_explained() -> None:
    section = README.split("## The record\n")[1].split("\n## ")[0]
    explained = set(re.findall(r"`(\w+)`", section))
    fields = set(json.loads(vindue.parse("x\n\ny").model_dump_json(by_alias=True)))
    assert fields - explained == set()


def test_the_profiles_of_the_table_are_there() -> None:
    section = README.split("## Profiles\n")[1].split("\n## ")[0]
    named = set(re.findall(r"(?m)^\| `([\w-]+)`", section))
    assert named
    assert named <= set(known_profiles())
