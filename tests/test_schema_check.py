"""The published schema: current, with examples, and red when a field is lost or retyped."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from vindue.out.schema_check import breaks, current, dumped, main, published, version_of

Schema = dict[str, Any]


def test_the_published_schema_loses_and_retypes_nothing() -> None:
    assert breaks(published(), current()) == []


def test_the_published_schema_is_that_of_the_models() -> None:
    assert published() == current()
    assert version_of(published()) == "vindue/1"


def _fields(schema: Schema, part: Schema, place: str = "") -> Iterator[tuple[str, Schema]]:
    part = _resolved(schema, part)
    for option in part.get("anyOf", [part]):
        option = _resolved(schema, option)  # noqa: PLW2901
        for name, field in option.get("properties", {}).items():
            yield f"{place}/{name}", field
            yield from _fields(schema, field, f"{place}/{name}")
        if "items" in option:
            yield from _fields(schema, option["items"], f"{place}/0")


def _resolved(schema: Schema, part: Schema) -> Schema:
    return schema["$defs"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part


def test_every_field_has_an_example() -> None:
    schema = published()
    places = dict(_fields(schema, schema))
    assert len(places) > 50
    bare = [
        place
        for place, field in places.items()
        if "examples" not in json.dumps([field, _resolved(schema, field)])
    ]
    assert bare == []


def _remove_field(schema: Schema) -> None:
    del schema["$defs"]["Window"]["properties"]["open_end"]


def _retype_field(schema: Schema) -> None:
    schema["properties"]["resubmit"] = {"type": "string"}


def _allow_null(schema: Schema) -> None:
    schema["properties"]["title"] = {"anyOf": [{"type": "string"}, {"type": "null"}]}


def _forbid_null(schema: Schema) -> None:
    schema["properties"]["duplicate_of"] = {"type": "string"}


def _drop_value(schema: Schema) -> None:
    schema["$defs"]["Impact"]["properties"]["effect"]["enum"].remove("queued")


def _retype_items(schema: Schema) -> None:
    schema["properties"]["tags"]["items"] = {"type": "integer"}


def _make_optional(schema: Schema) -> None:
    schema["$defs"]["Window"]["required"].remove("start")


def _loosen_pattern(schema: Schema) -> None:
    schema["$defs"]["Diagnostic"]["properties"]["code"]["pattern"] = ".*"


BREAKS = [
    (_remove_field, "/windows/0/open_end: removed"),
    (_retype_field, "/resubmit: was"),
    (_allow_null, "/title: was"),
    (_forbid_null, "/duplicate_of: was"),
    (_drop_value, "/impacts/0/effect: was"),
    (_retype_items, "/tags/0: was"),
    (_make_optional, "/windows/0/start: may be left out"),
    (_loosen_pattern, "/diagnostics/0/code: was"),
]


@pytest.mark.parametrize(("change", "said"), BREAKS)
def test_a_break_is_found(change: Callable[[Schema], None], said: str) -> None:
    old, new = published(), copy.deepcopy(published())
    change(new)
    assert any(line.startswith(said) for line in breaks(old, new))


@pytest.mark.parametrize(("change", "said"), BREAKS)
def test_a_break_passes_when_the_version_rises(change: Callable[[Schema], None], said: str) -> None:
    old, new = published(), copy.deepcopy(published())
    change(new)
    new["properties"]["schema"]["const"] = "vindue/2"
    assert breaks(old, new) == [], said


def test_a_new_field_breaks_nothing() -> None:
    old, new = published(), copy.deepcopy(published())
    new["properties"]["severity"] = {"type": "string"}
    new["required"].append("severity")
    assert breaks(old, new) == []


def test_the_command_is_green(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert capsys.readouterr().err == ""


def test_the_command_turns_red_against_a_schema_that_held_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = published()
    old["$defs"]["Window"]["properties"]["owner"] = {"type": "string"}
    path = tmp_path / "old.json"
    path.write_text(dumped(old), encoding="utf-8")
    assert main(["--against", str(path)]) == 1
    assert "/windows/0/owner: removed" in capsys.readouterr().err
