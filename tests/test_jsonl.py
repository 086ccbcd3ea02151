"""JSON lines: one record a line, in the same order, always."""

from __future__ import annotations

import json

import pytest

from vindue.nlp.inputs import Settings
from vindue.nlp.jsonl import looks_like_jsonl, read_jsonl
from vindue.nlp.record import Record

NOTICE = "Planlagt arbejde\n\nI aften."


def line(**keys: object) -> str:
    return json.dumps(keys)


def read(*lines: str, published_at: str | None = None) -> list[Record]:
    return list(read_jsonl("\n".join(lines), "n.jsonl", Settings(published_at=published_at)))


def errors(record: Record) -> list[str]:
    return [d.code for d in record.diagnostics if d.code.startswith("input.")]


def test_ids_times_and_order_are_carried_through() -> None:
    found = read(
        line(id="b", text=NOTICE, published_at="2026-03-02T10:15:00+01:00"),
        line(id="a", text=NOTICE),
        line(id=7, text=NOTICE, published_at=None, more=[1]),
        line(text=NOTICE),
    )
    assert [record.id for record in found[:3]] == ["b", "a", "7"]
    assert found[3].id.startswith("generic-")
    assert [record.published_at for record in found[:2]] == ["2026-03-02T10:15:00+01:00", None]
    assert [record.source.line for record in found] == [1, 2, 3, 4]
    assert {record.source.name for record in found} == {"n.jsonl"}
    assert all(errors(record) == [] for record in found)


def test_a_time_of_the_line_goes_before_the_common_one() -> None:
    found = read(
        line(text=NOTICE, published_at="2026-03-02T10:15:00"),
        line(text=NOTICE),
        published_at="2020-01-01T00:00",
    )
    assert [record.published_at for record in found] == [
        "2026-03-02T10:15:00+01:00",
        "2020-01-01T00:00:00+01:00",
    ]


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        "[1]",
        "null",
        "",
        "words",
        line(id="x"),
        line(id="x", text=5),
        line(id="x", text=NOTICE, published_at=5),
        "[" * 100_000,
        '{"text": "a\x01b"}',
    ],
    ids=lambda bad: bad[:20],
)
def test_a_bad_line_is_a_record_with_an_error(bad: str) -> None:
    found = read(line(id="a", text=NOTICE), bad, line(id="c", text=NOTICE))
    assert [errors(record) for record in found] == [[], ["input.malformed"], []]
    assert [record.id for record in found][::2] == ["a", "c"]
    assert found[1].id == ("x" if '"x"' in bad else found[1].id)
    assert found[1].source.line == 2


def test_a_published_at_that_is_no_time_costs_only_itself() -> None:
    (record,) = read(line(id="a", text=NOTICE, published_at="yesterday"))
    assert record.id == "a"
    assert record.title == "Planlagt arbejde"
    assert record.published_at is None
    assert errors(record) == ["input.published_at"]
    assert record.diagnostics[-1].found == "yesterday"


def test_blank_lines_at_the_end_are_no_lines() -> None:
    assert len(read(line(text=NOTICE), "", "  ", "")) == 1


def test_only_a_line_feed_parts_lines() -> None:
    text = "Planlagt\u2028arbejde\x85\n\nI aften."
    assert len(read(json.dumps({"text": text}, ensure_ascii=False))) == 1


def test_lone_surrogates_do_not_stop_the_output() -> None:
    (record,) = read('{"id": "\\ud800", "text": "Works \\udfff\\n\\nTonight."}')
    assert record.id == "\ufffd"
    assert record.model_dump_json()


def test_a_page_in_a_line_is_still_one_record() -> None:
    notice = "ManifestPRD-servicewindow18-05-2026 kl. 09:00\n\nDone.\n\n18-05-2026 08:45:00\n"
    (record,) = read(line(id="a", text=notice * 2))
    assert "text.many" in [d.code for d in record.diagnostics]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (line(text=NOTICE), True),
        ("\n" + line(id=1, text=NOTICE) + "\nbroken", True),
        ("{}", False),
        ('{"id": 1}', False),
        ("{ braces } in words", False),
        (NOTICE, False),
        ("", False),
    ],
)
def test_what_looks_like_json_lines(text: str, known: bool) -> None:
    assert looks_like_jsonl(text) is known
