"""The commands render, translate and lint: output, exit codes, files left alone or rewritten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from tests.out_records import EVENING, make
from vindue.out.cli import register
from vindue.out.formats import OUT_FORMATS, encode

app = typer.Typer()
register(app)
run = CliRunner()

FLAWED = """Service window DMS Import

Friday 10 March 2026, 18:00-20:00 CET

DMS Import will be unavailable.
"""
PUBLISHED = ["--published-at", "2026-03-01T10:00:00+01:00"]


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    lines = [make(EVENING, id=name).model_dump_json(by_alias=True) for name in ("a", "b")]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "notice.txt"
    path.write_text(FLAWED, encoding="utf-8")
    return path


def test_render_as_text(records: Path) -> None:
    result = run.invoke(app, ["render", str(records), "--lang", "da", "--style", "short"])
    line = "DMS Import: servicevindue, tirsdag den 20. maj 2025 kl. 18.00-23.00"
    assert result.stdout == f"{line}\n\n---\n\n{line}\n"
    assert result.exit_code == 0


def test_render_as_json_lines_in_order(records: Path) -> None:
    result = run.invoke(app, ["render", str(records), "--lang", "en", "--format", "jsonl"])
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [item["id"] for item in told] == ["a", "b"]
    assert all(item.keys() == {"id", "text"} for item in told)


def test_render_reads_standard_input_and_arrays(records: Path) -> None:
    lines = records.read_text(encoding="utf-8").splitlines()
    array = "[" + ",".join(lines) + "]"
    from_lines = run.invoke(app, ["render"], input="\n".join(lines))
    from_array = run.invoke(app, ["render", "-"], input=array)
    assert from_lines.stdout == from_array.stdout != ""


def test_render_tells_bad_lines_and_writes_the_others(records: Path) -> None:
    text = records.read_text(encoding="utf-8").replace(
        "\n", '\nnonsense\n{"schema": "vindue/1"}\n', 1
    )
    records.write_text(text, encoding="utf-8")
    result = run.invoke(app, ["render", str(records), "--format", "jsonl"])
    assert len(result.stdout.splitlines()) == 2
    assert f"{records}:2: no record" in result.stderr
    assert f"{records}:3: no record: id Field required" in result.stderr
    assert result.exit_code == 2


def test_an_unknown_zone_is_a_usage_error(records: Path) -> None:
    result = run.invoke(app, ["render", str(records), "--home", "Mars/Olympus"])
    assert result.exit_code == 2


def test_translate(notice: Path) -> None:
    result = run.invoke(app, ["translate", str(notice), "--to", "da", *PUBLISHED])
    assert result.stdout.startswith("Servicevindue: DMS Import, tirsdag den 10. marts 2026\n")
    assert result.exit_code == 0


def test_translate_of_json_lines_keeps_ids() -> None:
    lines = json.dumps({"id": "n1", "text": FLAWED, "published_at": PUBLISHED[1]})
    result = run.invoke(app, ["translate", "--to", "da", "--format", "jsonl"], input=lines)
    told = json.loads(result.stdout)
    assert told["id"] == "n1"
    assert "tirsdag den 10. marts 2026" in told["text"]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    for command in (["translate"], ["lint"], ["render"]):
        result = run.invoke(app, [*command, str(tmp_path / "none.txt")])
        assert "none.txt" in result.stderr
        assert result.exit_code == 2


def test_lint_tells_place_reason_and_suggestion(notice: Path) -> None:
    result = run.invoke(app, ["lint", str(notice), *PUBLISHED])
    assert result.stdout == (
        f"{notice}:3:1: error weekday: The weekday in “Friday 10 March 2026” is not that of the "
        "date; it is Tuesday 10 March 2026. Suggested: Tuesday 10 March 2026\n"
    )
    assert result.exit_code == 1
    assert notice.read_text(encoding="utf-8") == FLAWED


def test_lint_for_programs(notice: Path) -> None:
    result = run.invoke(app, ["lint", str(notice), "--format", "json", *PUBLISHED])
    told = json.loads(result.stdout)
    assert (told["file"], told["rule"], told["line"], told["column"]) == (
        str(notice),
        "weekday",
        3,
        1,
    )
    assert FLAWED[told["start"] : told["end"]] == told["found"] == "Friday 10 March 2026"


def test_lint_for_a_pipeline(notice: Path) -> None:
    result = run.invoke(app, ["lint", str(notice), "--format", "github", *PUBLISHED])
    assert result.stdout.startswith(f"::error file={notice},line=3,col=1,title=weekday::")


def test_lint_of_a_sound_notice_is_silent(notice: Path) -> None:
    notice.write_text(FLAWED.replace("Friday", "Tuesday"), encoding="utf-8")
    result = run.invoke(app, ["lint", str(notice), *PUBLISHED])
    assert (result.stdout, result.exit_code) == ("", 0)


def test_fix_rewrites_the_file(notice: Path) -> None:
    notice.chmod(0o640)
    result = run.invoke(app, ["lint", str(notice), "--fix", *PUBLISHED])
    assert notice.read_text(encoding="utf-8") == FLAWED.replace("Friday", "Tuesday")
    assert (result.stdout, result.exit_code) == ("", 0)
    assert notice.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in notice.parent.iterdir()] == ["notice.txt"]


def test_fix_keeps_encoding_and_line_ends(notice: Path) -> None:
    text = FLAWED.replace("\n", "\r\n").replace("unavailable", "unavailable – sørgeligt")
    notice.write_bytes(text.encode("cp1252"))
    run.invoke(app, ["lint", str(notice), "--fix", *PUBLISHED])
    assert notice.read_bytes() == text.replace("Friday", "Tuesday").encode("cp1252")


def test_fix_of_standard_input_goes_to_standard_output() -> None:
    result = run.invoke(app, ["lint", "--fix", "-", *PUBLISHED], input=FLAWED)
    assert result.stdout == FLAWED.replace("Friday", "Tuesday")


def test_json_lines_are_not_linted() -> None:
    result = run.invoke(app, ["lint"], input=json.dumps({"text": FLAWED}))
    assert "JSON lines" in result.stderr
    assert result.exit_code == 2


@pytest.mark.parametrize("form", OUT_FORMATS)
def test_each_format_for_other_programs(form: str) -> None:
    raw = encode([make(EVENING)], form)  # type: ignore[arg-type]
    begins = {"ics": b"BEGIN:VCALENDAR", "csv": b"notice_id,", "parquet": b"PAR1"}
    assert raw.startswith(begins[form])
