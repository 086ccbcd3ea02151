"""The command line: in this process where that tells the same, else in one of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vindue.cli import app

NOTICE = "Planlagt arbejde\n\nI aften.\n"
STAMPED = "ManifestPRD-servicewindow18-05-2026 kl. 09:00\n\nDone.\n\n18-05-2026 08:45:00\n"
CUT = "ManifestPRD-servicewindow18-05-2026 kl. 09:00\n\nDone.\n"


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: bytes
    stderr: bytes


def run(*arguments: str, stdin: bytes = b"") -> Done:
    result = CliRunner().invoke(app, arguments, input=stdin, prog_name="vindue")
    return Done(result.exit_code, result.stdout_bytes, result.stderr_bytes)


def process(*arguments: str, stdin: bytes = b"") -> Done:
    command = [sys.executable, "-m", "vindue", *arguments]
    done = subprocess.run(command, input=stdin, capture_output=True, check=False)
    return Done(done.returncode, done.stdout, done.stderr)


def records(done: Done) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(NOTICE)
    (tmp_path / "b.txt").write_text(STAMPED)
    (tmp_path / "c.jsonl").write_text(json.dumps({"id": "seven", "text": NOTICE}) + "\n{\n")
    return tmp_path


def test_the_shipped_page_gives_203_lines() -> None:
    with as_file(files("vindue.corpus") / "skat" / "page.txt") as page:
        done = process("parse", str(page))
    assert done.returncode == 0
    assert done.stderr == b""
    found = records(done)
    assert len(found) == 203
    assert len({record["id"] for record in found}) == 203
    diagnostics = [d["code"] for r in found for d in r["diagnostics"]]  # type: ignore[attr-defined]
    assert "reader.failed" not in diagnostics


def test_files_folders_and_standard_input_in_the_order_given(folder: Path) -> None:
    done = run("parse", str(folder / "b.txt"), "-", str(folder), stdin=NOTICE.encode())
    assert done.returncode == 0
    names = [record["source"]["name"] for record in records(done)]  # type: ignore[index]
    short = [Path(str(name)).name for name in names]
    assert short == ["b.txt", "-", "a.txt", "b.txt", "c.jsonl", "c.jsonl"]


@pytest.mark.parametrize("arguments", [(), ("-",)])
def test_standard_input_without_a_path(arguments: tuple[str, ...]) -> None:
    done = run("parse", *arguments, stdin=NOTICE.encode("utf-16"))
    assert [record["title"] for record in records(done)] == ["Planlagt arbejde"]
    assert done.stderr == b""


@pytest.mark.parametrize(
    ("kind", "stdin", "count"),
    [
        ("auto", STAMPED * 2, 2),
        ("page", STAMPED * 2, 2),
        ("text", STAMPED * 2, 1),
        ("auto", json.dumps({"text": NOTICE}) + "\n" + json.dumps({"text": NOTICE}), 2),
        ("jsonl", "{}\n{}\n{}", 3),
        ("text", "{}\n{}\n{}", 1),
        ("auto", NOTICE, 1),
    ],
)
def test_what_an_input_is(kind: str, stdin: str, count: int) -> None:
    done = run("parse", "--from", kind, stdin=stdin.encode())
    assert done.returncode == 0
    assert len(records(done)) == count


def test_bad_inputs_are_named_and_the_others_read(folder: Path) -> None:
    (folder / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    paths = ["missing.txt", "bad.txt", "a.txt"]
    done = run("parse", *paths)
    assert done.returncode == 2
    assert len(records(done)) == 1
    assert done.stderr.decode().splitlines() == [
        "vindue: missing.txt: no such file or directory",
        "vindue: bad.txt: not text but a PNG image: save it as text first",
    ]


@pytest.mark.parametrize(
    ("stdin", "strict", "code"), [(CUT, True, 1), (CUT, False, 0), (STAMPED, False, 0)]
)
def test_strict_tells_errors_by_the_exit_code(stdin: str, strict: bool, code: int) -> None:
    done = run("parse", *(["--strict"] if strict else []), stdin=stdin.encode())
    assert done.returncode == code
    assert len(records(done)) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--profile", "nowhere"], "nowhere"),
        (["--timezone", "Mars/North"], "Mars/North"),
        (["--published-at", "yesterday"], "yesterday"),
        (["--format", "xml"], "xml"),
        (["--from", "xml"], "xml"),
        (["--unknown"], "--unknown"),
    ],
)
def test_wrong_usage_says_what_is_wrong(arguments: list[str], message: str) -> None:
    done = run("parse", *arguments, stdin=NOTICE.encode())
    assert done.returncode == 2
    assert done.stdout == b""
    assert message in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_options_reach_the_reading() -> None:
    done = run(
        "parse", "--published-at", "2026-07-02T10:15", "--timezone", "UTC", stdin=NOTICE.encode()
    )
    assert records(done)[0]["published_at"] == "2026-07-02T10:15:00+00:00"
    assert records(run("parse", "--profile", "skat", stdin=NOTICE.encode()))[0]["source"] == {
        "profile": "skat", "name": "-", "start": 0, "end": len(NOTICE), "line": 1,
    }  # fmt: skip


def test_output_goes_into_a_whole_file(folder: Path) -> None:
    target = folder / "out.json"
    target.write_text("old")
    done = run("parse", "a.txt", "--format", "json", "--output", str(target))
    assert (done.returncode, done.stdout) == (0, b"")
    assert len(json.loads(target.read_text())) == 1
    assert sorted(path.name for path in folder.iterdir()) == [
        "a.txt", "b.txt", "c.jsonl", "out.json",
    ]  # fmt: skip
    assert process("parse", "a.txt", "--output", "/dev/stdout").stdout.count(b"\n") == 1


def test_an_output_that_can_not_be_written(folder: Path) -> None:
    done = run("parse", "a.txt", "--output", "nowhere/out.json")
    assert done.returncode == 2
    assert b"nowhere/out.json: no such file or directory" in done.stderr


def test_verbose_tells_how_each_input_was_read(folder: Path) -> None:
    done = run("parse", "-v", "a.txt", "b.txt", "c.jsonl")
    lines = [line.split("; ") for line in done.stderr.decode().splitlines()]
    assert [line[0] for line in lines] == [
        "vindue: a.txt: text, utf-8, notices: 1",
        "vindue: b.txt: page, utf-8, notices: 1",
        "vindue: c.jsonl: jsonl, utf-8, notices: 2",
    ]
    assert lines[0][1] == "profile generic: no other outer form is recognised"
    assert lines[1][1].startswith("profile skat: ")


def test_a_reader_that_goes_away_ends_it_quietly(folder: Path) -> None:
    many = folder / "many.jsonl"
    many.write_text((json.dumps({"text": NOTICE}) + "\n") * 400)
    script = f'"{sys.executable}" -m vindue parse "{many}" | head -n 1'
    done = subprocess.run(["sh", "-c", script], capture_output=True, check=False)
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_an_interrupt_ends_it_without_a_traceback() -> None:
    command = [sys.executable, "-m", "vindue", "parse", "--from", "text"]
    pipe = subprocess.PIPE
    # a test run in the background may have been told to ignore it, and so would the command
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as running:
        assert running.stdin is not None
        # the command is past its imports once it has taken what a pipe holds no more of
        running.stdin.write(b"word " * 40_000)
        running.stdin.flush()
        running.send_signal(signal.SIGINT)
        _, stderr = running.communicate()
    signal.signal(signal.SIGINT, before)
    assert running.returncode == 130
    assert b"Traceback" not in stderr


def test_the_schema_is_json_that_every_record_keeps() -> None:
    schema = json.loads(run("schema").stdout)
    assert schema["$schema"].endswith("2020-12/schema")
    assert set(schema["required"]) <= set(records(run("parse", stdin=NOTICE.encode()))[0])


def test_version_and_help_load_nothing_of_the_engine() -> None:
    assert process("--version").stdout.decode() == f"vindue {version('vindue')}\n"
    assert b"Examples:" in run("parse", "--help").stdout
    assert b"Exit codes:" in run("parse", "--help").stdout
    code = (
        "import sys\nimport vindue.cli\nfrom typer.testing import CliRunner\n"
        "for words in (['--version'], ['--help'], ['parse', '--help']):\n"
        "    assert CliRunner().invoke(vindue.cli.app, words).exit_code == 0\n"
        "heavy = {'spacy', 'dateparser', 'regex', 'rapidfuzz'}\n"
        "print(sorted(heavy & set(sys.modules)), [m for m in sys.modules if '.nlp' in m])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[] []"


def test_the_library_imports_nothing_until_it_is_called() -> None:
    code = "import sys, vindue; print([m for m in sys.modules if m.startswith(('vindue.', 'pyd'))])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[]"
