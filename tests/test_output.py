"""Records → JSON lines, one array, or a window a line."""

from __future__ import annotations

import json

import pytest

import vindue
from vindue.nlp.output import Format, write_json, write_records, write_schema
from vindue.nlp.record import Record, Window, json_schema

RECORD = vindue.parse("Planlagt arbejde på •\u2028\n\nI aften.", name="æ.txt")


def write(records: list[Record], form: Format) -> str:
    return "".join(write_records(records, form))


def test_a_record_is_one_line_whatever_it_holds() -> None:
    text = write([RECORD, RECORD], "jsonl")
    assert text.count("\n") == 2
    assert json.loads(text.split("\n")[0])["title"] == RECORD.title


def test_keys_stand_in_the_order_of_the_contract() -> None:
    keys = list(json.loads(write_json(RECORD)))
    assert keys[:5] == ["schema", "id", "source", "title", "tags"]
    assert keys[-2:] == ["evidence", "diagnostics"]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_one_array(count: int) -> None:
    assert len(json.loads(write([RECORD] * count, "json"))) == count


def test_a_window_a_line() -> None:
    window = Window(start="2026-05-01T00:00:00+02:00", end=None, timezone="UTC", systems=["a", "b"])
    record = RECORD.model_copy(update={"windows": [window, window], "title": "a\tb", "id": "x"})
    line = "2026-05-01T00:00:00+02:00\t\tscheduled\tx\ta b\ta,b\n"
    assert write([record], "windows") == line * 2
    assert write([RECORD.model_copy(update={"windows": []})], "windows") == ""


def test_the_schema_names_every_field_and_allows_no_other() -> None:
    schema = json.loads(write_schema(json_schema()))
    assert set(schema["properties"]) == set(json.loads(write_json(RECORD)))
    assert schema["additionalProperties"] is False
