"""The corpus commands: what they print, what they exit with."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vindue import parse_page
from vindue.corpus.cases import load_cases, page_path
from vindue.corpus.cli import corpus_app
from vindue.corpus.lookup import find_case
from vindue.corpus.reading import records_of
from vindue.corpus.texts import read_page

RUNNER = CliRunner()


def run(*words: str, code: int = 0) -> str:
    result = RUNNER.invoke(corpus_app, list(words))
    assert result.exit_code == code, result.output
    return result.stdout


def test_check_is_clean() -> None:
    assert run("check").startswith("the corpus is sound")
    assert len(run("check", "--fingerprint").strip()) == 16


def test_score_reaches_every_floor() -> None:
    out = run("score", "--limit", "1")
    assert "whole notice" in out
    assert "below the floor" not in out


def test_score_as_json_compares_with_itself(tmp_path: Path) -> None:
    old = tmp_path / "old.json"
    old.write_text(run("score", "--source", "skat", "--split", "dev", "--json"), encoding="utf-8")
    again = run("score", "--source", "skat", "--split", "dev", "--compare", str(old))
    assert again.splitlines()[-1] == "0 fields better, 0 worse"


def test_a_regression_exits_with_one(tmp_path: Path) -> None:
    score = json.loads(run("score", "--source", "negatives", "--split", "dev", "--json"))
    failing = [name for name, each in score["results"].items() if each["wrong"]]
    for each in score["results"].values():
        each["wrong"] = {}
    old = tmp_path / "old.json"
    old.write_text(json.dumps(score), encoding="utf-8")
    code = 1 if failing else 0
    command = ("score", "--source", "negatives", "--split", "dev", "--compare", str(old))
    out = run(*command, code=code)
    assert all(name in out for name in failing)


def test_a_file_that_is_no_score_is_wrong_usage(tmp_path: Path) -> None:
    path = tmp_path / "no.json"
    path.write_text("{}", encoding="utf-8")
    run("score", "--source", "negatives", "--compare", str(path), code=2)


def test_export_gives_each_notice_of_the_page_the_parser_s_id() -> None:
    exported = [json.loads(line) for line in run("export").splitlines()]
    records = parse_page(read_page(page_path()), profile="skat")
    assert [each["id"] for each in exported] == [record.id for record in records]
    assert len(exported) == 203


def test_export_names_the_record_s_fields_only() -> None:
    record = parse_page(read_page(page_path()), profile="skat")[0].model_dump(by_alias=True)
    for line in run("export", "--source", "all").splitlines():
        plain = json.loads(line)
        assert plain.keys() <= record.keys()
        for window in plain["windows"]:
            assert window.keys() == record["windows"][0].keys() - {"confidence"}
        for impact in plain["impacts"]:
            assert impact.keys() == {"systems", "channel", "effect", "level"}


def test_export_of_one_part_has_the_ids_of_the_whole() -> None:
    whole = {json.loads(line)["id"] for line in run("export").splitlines()}
    part = [json.loads(line)["id"] for line in run("export", "--split", "dev").splitlines()]
    assert 0 < len(part) < len(whole)
    assert set(part) <= whole


def test_agreement_counts_every_second_label() -> None:
    told = json.loads(run("agreement", "--json"))
    assert told["notices"] == 40
    assert set(told["fields"]) >= {"windows", "status", "systems", "impacts"}
    assert "notices labelled twice" in run("agreement")


def test_show_and_diff_find_a_notice_by_any_of_its_names() -> None:
    by_ordinal = run("show", "65")
    assert by_ordinal.startswith("skat/0065")
    assert run("show", "skat/0065") == by_ordinal
    assert run("show", "skat-20250514T075600") == by_ordinal
    assert "2025-05-20T21:45:00+02:00" in run("diff", "65")
    run("show", "no-such-notice", code=2)


def test_output_that_is_no_terminal_has_no_colours() -> None:
    for words in (["show", "65"], ["diff", "65"], ["agreement"]):
        assert "\x1b" not in run(*words)


def test_perturb_prints_changed_notices() -> None:
    lines = run("perturb", "line_ends", "--split", "dev").splitlines()
    assert lines
    assert all("\r\n" in json.loads(line)["text"] for line in lines)
    run("perturb", "no_such_kind", code=2)


def test_score_under_one_kind_of_change() -> None:
    out = run("score", "--perturb", "line_ends", "--source", "skat", "--split", "dev")
    assert out.splitlines()[1].startswith("line_ends")
    run("score", "line_ends", code=2)


def test_a_name_that_several_notices_bear_is_refused() -> None:
    case = load_cases("own")[0]
    twin = load_cases("own")[0]
    with pytest.raises(LookupError, match="several"):
        find_case(case.name.split("/")[1], [case, twin], {})


def test_mounting_the_app_loads_nothing_of_the_corpus() -> None:
    code = (
        "import sys, vindue.corpus.cli;"
        "print([m for m in sys.modules if m.startswith(('vindue.', 'pydantic', 'rapidfuzz'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['vindue.corpus', 'vindue.corpus.cli']"


def test_no_notice_of_the_corpus_makes_the_reader_fail() -> None:
    records = records_of(load_cases())
    failed = {
        name: each.message
        for name, record in records.items()
        for each in record.diagnostics
        if each.code == "reader.failed"
    }
    assert failed == {}
