"""A page of hostile notices, through every command and into every form that is written."""

from __future__ import annotations

import csv
import io
import json
import pickle
import socket
import sqlite3
import subprocess
import sys
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

import pytest
from openpyxl import Workbook, load_workbook
from typer.testing import CliRunner

from vindue.cli import app
from vindue.corpus.cases import page_path
from vindue.nlp.printable import printable_json

ROOT: Final = Path(__file__).resolve().parents[1]
ATTACKS: Final = (
    "<script>window.hacked = true</script>",
    "\"><img src=x onerror='window.hacked = true'>",
    "' onmouseover='window.hacked = true",
    "</pre></article></script><svg onload=window.hacked=true>",
    "=cmd|'/C calc'!A0",
    "+1+1",
    "@SUM(1)",
    "-2+3",
    "\uff1d1+1",
    "\x1b[2J\x1b]0;hacked\x07",
    "\x9b31m\x9d0;hacked\x9c",
    "\u202egnitide\u2066 hacked",
    "\x08\x08\x08\x7f hacked",
    "\u2028hacked\u2029",
)
RECORD: Final = (
    "{attack} DMS Import closed {attack}\n\n{attack}\nDMS Import {attack} and Portal{attack} \
will be closed on Tuesday May 19, 2026 from 18:00 to 20:00. {attack} is not available.\n"
)
STEERS: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def steering(text: str) -> set[str]:
    """The signs in what was shown that a terminal would obey."""
    return {sign for sign in text if sign not in "\n\t" and unicodedata.category(sign) in STEERS}


@pytest.fixture(scope="module")
def notices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A notice for each attack, in JSON lines, with the attack in its id too."""
    path = tmp_path_factory.mktemp("hostile") / "notices.jsonl"
    lines = [
        json.dumps({"id": f"{attack}{number}", "text": RECORD.format(attack=attack)})
        for number, attack in enumerate(ATTACKS)
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The same as files of text."""
    folder = tmp_path_factory.mktemp("texts")
    paths = [folder / f"{number}.txt" for number in range(len(ATTACKS))]
    for path, attack in zip(paths, ATTACKS, strict=True):
        path.write_text(RECORD.format(attack=attack), "utf-8")
    return paths


def run(*command: str | Path) -> Any:
    return CliRunner().invoke(app, [str(each) for each in command])


def test_every_attack_is_read_into_a_record(notices: Path) -> None:
    records = [json.loads(line) for line in run("parse", notices).stdout.splitlines()]
    assert [len(record["windows"]) for record in records] == [1] * len(ATTACKS)
    assert any("<script>" in record["title"] for record in records)


@pytest.mark.parametrize(
    "command",
    [
        ("parse",),
        ("parse", "--format", "json"),
        ("parse", "--format", "windows"),
        ("parse", "--format", "csv"),
        ("translate", "--to", "da"),
        ("translate", "--to", "en", "--format", "jsonl"),
        ("now", "--at", "2026-05-19T19:00"),
        ("now", "--at", "2026-05-19T19:00", "--json"),
        ("stats",),
        ("stats", "--json"),
    ],
)
def test_nothing_of_a_notice_steers_the_terminal(command: tuple[str, ...], notices: Path) -> None:
    result = run(*command, notices)
    assert result.exit_code in (0, 3), result.output
    assert "hacked" in result.stdout or command[0] in ("now", "stats")
    assert steering(result.stdout) == steering(result.stderr) == set()


def test_nothing_of_a_record_steers_the_terminal(notices: Path, tmp_path: Path) -> None:
    records = tmp_path / "records.jsonl"
    records.write_text(run("parse", notices).stdout, "utf-8")
    for language in ("da", "en"):
        result = run("render", records, "--lang", language)
        assert result.exit_code == 0
        assert steering(result.stdout) == set()


@pytest.mark.parametrize("command", [("explain",), ("lint",), ("lint", "--format", "json")])
def test_nothing_of_a_text_steers_the_terminal(command: tuple[str, ...], texts: list[Path]) -> None:
    for path in texts:
        result = run(*command, path)
        assert steering(result.stdout) == steering(result.stderr) == set()


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_has_changed_steers_no_terminal(form: str, notices: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.jsonl"
    old.write_text(notices.read_text("utf-8").replace("20:00", "19:00"), "utf-8")
    result = run("diff", old, notices, "--format", form)
    assert "hacked" in result.stdout
    assert steering(result.stdout) == set()


def test_a_file_with_a_hostile_name_is_told_of_without_harm(tmp_path: Path) -> None:
    for name in ("\x1b[2Jgone.txt", "\u202etxt.exe", "\x9b31m.txt"):
        for command in ("parse", "explain", "lint", "translate", "stats", "now"):
            result = run(
                command, tmp_path / name, *(["--to", "da"] if command == "translate" else [])
            )
            assert result.exit_code == 2
            assert steering(result.stderr) == set()


def test_json_is_the_same_with_what_steers_written_as_escapes() -> None:
    line = json.dumps({"text": "".join(ATTACKS)}, ensure_ascii=False)
    assert json.loads(printable_json(line)) == json.loads(line)
    assert steering(printable_json(line)) == set()


class Elements(HTMLParser):
    """The elements of a document, and whatever of them could run."""

    def __init__(self) -> None:
        super().__init__()
        self.live: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "img", "svg", "iframe", "object", "form", "link"}:
            self.live.append(tag)
        self.live += [name for name, _ in attrs if name.startswith("on") or name in {"src", "href"}]


def test_an_explanation_as_html_holds_nothing_that_runs(texts: list[Path]) -> None:
    for path in texts:
        document = run("explain", path, "--format", "html").stdout
        elements = Elements()
        elements.feed(document)
        assert elements.live == []
        assert steering(document) == set()


def test_a_table_holds_no_formula_and_opens_in_a_spreadsheet(notices: Path, tmp_path: Path) -> None:
    rows = list(csv.reader(io.StringIO(run("parse", "--format", "csv", notices).stdout)))
    assert len(rows) > len(ATTACKS)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(tmp_path / "windows.xlsx")
    read = load_workbook(tmp_path / "windows.xlsx").active
    assert read is not None
    kinds = {cell.data_type for row in read.iter_rows() for cell in row}
    assert "f" not in kinds
    assert kinds <= {"s", "n", "inlineStr"}


def test_the_store_takes_every_attack_as_a_value(notices: Path, tmp_path: Path) -> None:
    attack = "'); drop table notices; --"
    text = json.dumps({"id": attack, "text": RECORD.format(attack=attack)})
    notices = tmp_path / "more.jsonl"
    notices.write_text(text + "\n", "utf-8")
    assert run("parse", notices, "--into", tmp_path / "store.sqlite").exit_code == 0
    with sqlite3.connect(tmp_path / "store.sqlite") as store:
        tables = [name for (name,) in store.execute("select name from sqlite_master")]
        assert "notices" in tables


def test_reading_asks_no_network(monkeypatch: pytest.MonkeyPatch, notices: Path) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    forms = sorted(path for path in (ROOT / "tests/adapters/files").rglob("*") if path.is_file())
    for path in (notices, page_path(), *forms):
        if path.suffix != ".md":
            assert run("parse", path, "--model", "auto").exit_code == 0, path


def test_the_trained_reader_is_loaded_without_pickle(monkeypatch: pytest.MonkeyPatch) -> None:
    files = [path for path in (ROOT / "nlp" / "model").rglob("*") if path.is_file()]
    assert files
    assert {path.suffix for path in files} <= {"", ".cfg", ".json", ".toml", ".txt"}
    for path in files:
        if not path.suffix:  # weights and tables stand in msgpack, whose first byte is no opcode
            assert path.read_bytes()[:1] != pickle.PROTO
    code = (
        "import pickle, spacy\n"
        "def refuse(*a, **k): raise AssertionError('a pickle was loaded')\n"
        "pickle.load = pickle.loads = pickle.Unpickler = refuse\n"
        "import vindue\n"
        "from vindue.nlp.inputs import Settings, read_text\n"
        f"read_text({RECORD.format(attack='x')!r}, '-', Settings(model='always'))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


METHODS = ROOT / "nlp" / "values.py"
"""Compiles the methods of classes: of the names of their fields, of nothing that was read."""


def test_no_part_of_the_program_loads_a_pickle_or_runs_what_it_reads() -> None:
    loaders = ("pickle", "marshal", "shelve", "joblib", "eval(", "exec(", "yaml", "xml.", "zipfile")
    for room in ("grammars", "nlp", "out", "watch", "spread"):
        for path in (ROOT / room).rglob("*.py"):
            source = path.read_text("utf-8")
            lines = [
                line for line in source.splitlines() if line.strip().startswith(("import", "from"))
            ]
            found = [name for name in loaders[:5] + loaders[7:] for line in lines if name in line]
            found += [call for call in ("eval(", "exec(") if f" {call}" in source]
            assert found == (["exec("] if path == METHODS else []), path
