"""What goes wrong around a run: disks, pipes, files, clocks, zones, locales, line ends, homes."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

import vindue
from vindue.cli import app
from vindue.corpus.cases import load_cases
from vindue.nlp.inputs import Settings
from vindue.nlp.output import write_json
from vindue.nlp.record import Record
from vindue.spread.run import Run
from vindue.spread.work import Job

ROOT = Path(__file__).resolve().parents[1]
NOTICE = "Maintenance of the billing portal\n\nTuesday 19 May 2026 18:00-22:00 it is closed.\n"
CASES = load_cases("own", split="train")[::6]


def run(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["parse", *map(str, arguments)], prog_name="vindue")
    return done.exit_code, done.stdout, done.stderr


def process(
    *arguments: str, code: str = "from vindue.cli import app; app()", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """A run in a process of its own, under another environment."""
    return subprocess.run(
        [sys.executable, "-c", code, "parse", *arguments],
        input=NOTICE.encode(),
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


needs_full_disk = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="there is no disk that is always full"
)


@needs_full_disk
def test_a_full_disk_is_said(tmp_path: Path) -> None:
    notice = tmp_path / "a.txt"
    notice.write_text(NOTICE)
    code, _, told = run(notice, "--output", "/dev/full")
    assert (code, told) == (2, "vindue: /dev/full: no space left on device\n")


def test_a_file_that_can_not_be_opened_is_said_and_the_next_is_read(tmp_path: Path) -> None:
    loop, good = tmp_path / "loop.txt", tmp_path / "good.txt"
    loop.symlink_to(loop)
    good.write_text(NOTICE)
    code, out, told = run(loop, good)
    assert code == 2
    assert "loop.txt: " in told
    assert len(out.splitlines()) == 1


def test_a_file_that_goes_away_meanwhile_costs_itself_alone(tmp_path: Path) -> None:
    names = [str(tmp_path / f"{number}.txt") for number in range(3)]
    for name in names:
        Path(name).write_text(NOTICE)
    told: list[str] = []
    reading = Run(tuple(names), Job("auto", Settings(), printed=False), 1, told.append)
    records = reading.records()
    first = next(records)
    Path(names[1]).unlink()
    rest = list(records)
    assert isinstance(first, Record)
    assert [record.source.name for record in rest if isinstance(record, Record)] == [names[2]]
    assert told == [f"vindue: {names[1]}: no such file or directory"]
    assert reading.failures == 1


def test_a_file_that_is_cut_off_while_it_is_read_gives_what_was_whole(tmp_path: Path) -> None:
    line = json.dumps({"text": NOTICE}) + "\n"
    path = tmp_path / "a.jsonl"
    path.write_text(line * 4_000)
    job = Job("auto", Settings(), printed=False)
    records = Run((str(path),), job, 1, lambda _: None).records()
    next(records)
    os.truncate(path, len(line) * 3_000 + 20)
    found = [record for record in records if isinstance(record, Record)]
    torn = [r for r in found if any(d.code == "input.malformed" for d in r.diagnostics)]
    assert len(found) == 3_000
    assert torn == found[-1:]


def test_no_reader_asks_what_time_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that is wrong changes nothing: the day of a notice comes from its own words."""
    asked = [
        f"{path.name}:{node.lineno}"
        for room in ("nlp", "grammars")
        for path in sorted((ROOT / room).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("now", "today", "utcnow", "time_ns")
    ]
    assert asked == []
    expected = write_json(vindue.parse(NOTICE))
    monkeypatch.setattr(time, "time", lambda: -1e9)
    assert write_json(vindue.parse(NOTICE)) == expected


def test_without_zones_it_says_what_to_install() -> None:
    code = "import sys; sys.modules['tzdata'] = None\nfrom vindue.cli import app; app()"
    done = process(code=code, PYTHONTZPATH="")
    assert done.returncode == 2
    assert "install the package tzdata" in done.stderr.decode()


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "America/New_York", "Pacific/Apia"])
def test_the_zone_of_the_machine_tells_nothing(zone: str) -> None:
    assert process(TZ=zone).stdout == process(TZ="UTC").stdout != b""


@pytest.fixture(scope="module")
def danish(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a machine that speaks Danish."""
    folder = tmp_path_factory.mktemp("locales")
    made = shutil.which("localedef") and subprocess.run(
        ["localedef", "-i", "da_DK", "-f", "UTF-8", str(folder / "da_DK.UTF-8")],
        capture_output=True,
        check=False,
    )
    if not made or made.returncode:
        pytest.skip("this machine can't make a Danish locale")
    return {"LOCPATH": str(folder), "LC_ALL": "da_DK.UTF-8"}


def test_a_locale_with_other_names_of_days_tells_nothing(danish: dict[str, str]) -> None:
    code = (
        "import locale, sys, vindue\n"
        "from datetime import date\n"
        "locale.setlocale(locale.LC_ALL, '')\n"
        "sys.stderr.write(f'{date(2026, 5, 18):%A}')\n"
        "text = 'Monday 19 May 2026 18:00-22:00 the billing portal is closed.'\n"
        "print(vindue.parse(text, published_at='2026-05-10').model_dump_json())\n"
    )
    here, there = process(code=code, LC_ALL="C"), process(code=code, **danish)
    assert (here.stderr, there.stderr) == (b"Monday", b"mandag")
    assert there.stdout == here.stdout != b""
    assert b"conflict.weekday" in here.stdout


def test_no_message_writes_a_day_or_a_month_by_the_locale() -> None:
    marks = ("%A", "%a", "%B", "%b", "%c", "%x", "%X", "%p")
    found = [
        f"{path.name}:{node.lineno}"
        for room in ("nlp", "grammars", "out", "watch", "spread")
        for path in sorted((ROOT / room).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None
        if any(mark in ast.unparse(node.format_spec) for mark in marks)
    ]
    assert found == []


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_tell_the_same(end: str) -> None:
    for case in CASES:
        at = case.label.published_at
        here = vindue.parse(case.text, published_at=at)
        there = vindue.parse(case.text.replace("\n", end), published_at=at)
        assert (there.windows, there.status, there.systems) == (
            here.windows,
            here.status,
            here.systems,
        ), case.name


def test_a_name_with_the_signs_of_another_systems_paths_is_a_name(tmp_path: Path) -> None:
    path = tmp_path / "C:\\notices\\a.txt"
    path.write_text(NOTICE)
    code, out, _ = run(path)
    assert code == 0
    assert json.loads(out)["source"]["name"] == str(path)


def test_a_home_that_can_not_be_written_is_not_missed() -> None:
    nowhere = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"), "/proc/none")
    done = process(**nowhere)
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(done.stdout.splitlines()) == 1


def test_nothing_is_written_beside_what_is_asked_for(tmp_path: Path) -> None:
    home, work = tmp_path / "home", tmp_path / "work"
    for folder in (home, work):
        folder.mkdir()
    (work / "a.txt").write_text(NOTICE)
    command = [sys.executable, "-c", "from vindue.cli import app; app()", "parse", "a.txt"]
    environment = {**os.environ, "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run(command, cwd=work, env=environment, capture_output=True, check=True)
    kept = {path.relative_to(home).parts[:2] for path in home.rglob("*") if path.is_file()}
    assert kept <= {(".cache", "vindue")}
    assert [path.name for path in work.iterdir()] == ["a.txt"]
