"""The commands: what they print and how they end."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from tests.watch.pages import ONE, THREE, TWO, page, seen
from tests.watch.servers import Server, response
from vindue.nlp.output import write_records
from vindue.watch.captures import records_of
from vindue.watch.cli import register
from vindue.watch.keep import keep

app = typer.Typer()
register(app)
TWO_LATER = TWO.edited(hours="0800-2000")


def run(*arguments: str | Path, given: bytes | None = None) -> Result:
    return CliRunner().invoke(app, [str(item) for item in arguments], input=given)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.txt"
    path.write_text(page(TWO, ONE))
    return path


@pytest.fixture
def new(tmp_path: Path) -> Path:
    path = tmp_path / "new.txt"
    path.write_text(page(THREE, TWO_LATER))
    return path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "notices.sqlite"
    keep(path, seen(TWO, ONE), "page.txt")
    keep(path, seen(THREE, TWO_LATER), "page.txt")
    return path


def test_diff_of_files(old: Path, new: Path) -> None:
    done = run("diff", old, new)
    assert done.exit_code == 1
    assert [line[0] for line in done.stdout.splitlines() if line[0] != " "] == ["+", "~", "-"]
    assert run("diff", old, old).exit_code == 0
    assert run("diff", old, old).stdout == ""


def test_diff_as_json(old: Path, new: Path) -> None:
    lines = [json.loads(line) for line in run("diff", old, new, "-f", "json").stdout.splitlines()]
    assert [line["change"] for line in lines] == ["new", "changed", "gone"]


def test_diff_of_records_and_from_standard_input(old: Path, new: Path, tmp_path: Path) -> None:
    records = tmp_path / "old.jsonl"
    records.write_text("".join(write_records(records_of(seen(TWO, ONE)), "jsonl")))
    for left in (records, "-"):
        done = run("diff", left, new, given=old.read_bytes())
        assert done.exit_code == 1
        assert "~ skat-20260512T084500" in done.stdout


def test_diff_of_an_array_of_records(old: Path, tmp_path: Path) -> None:
    records = tmp_path / "old.json"
    records.write_text("".join(write_records(records_of(seen(TWO, ONE)), "json")))
    assert run("diff", records, old).exit_code == 0


def test_diff_of_an_html_page(old: Path, tmp_path: Path) -> None:
    html = tmp_path / "page.html"
    lines = "".join(f"<p>{line}</p>\n" for line in page(TWO, ONE).split("\n\n"))
    html.write_text(f"<html><body><nav>Menu</nav>{lines}</body></html>")
    done = run("diff", old, html)
    assert (done.exit_code, done.stdout) == (0, "")


def test_diff_within_a_store(store: Path) -> None:
    done = run("diff", store)
    assert done.exit_code == 1
    assert "windows.0.end: 2026-05-30 18:00 +0200 → 2026-05-30 20:00 +0200" in done.stdout
    assert run("diff", f"{store}@2000-01-01", f"{store}@2000-01-02").exit_code == 0
    assert run("diff", f"{store}@2000-01-01", store).stdout.count("+ ") == 3


def test_report_to_a_file_and_to_standard_output(old: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    assert run("report", old, "-o", out, "--title", "A & B").exit_code == 0
    assert "<h1>A &amp; B</h1>" in out.read_text(encoding="utf-8")
    assert run("report", old, "--title", "A & B").stdout == out.read_text(encoding="utf-8") + "\n"


def test_stats(store: Path) -> None:
    told = json.loads(run("stats", store, "--json").stdout)
    assert told["windows"]["total"] == 3
    assert "dms-import" in run("stats", store, "--months").stdout
    within = run("stats", store, "--from", "2026-06-01", "--json").stdout
    assert json.loads(within)["windows"]["total"] == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--at", "2026-05-30T09:00"], 3),
        (["--at", "2026-05-30T07:00Z"], 3),
        (["--at", "2026-05-30T09:00Z", "--system", "emcs"], 0),
        (["--at", "2026-05-30T09:00", "--system", "DMS Import"], 3),
        (["--at", "2026-05-30T07:00"], 0),
        (["--at", "2026-05-30T09:00", "--environment", "test"], 0),
        (["--at", "yesterday"], 2),
        (["--system", "no such system"], 2),
        (["--environment", "moon"], 2),
    ],
)
def test_now_ends_with_3_if_something_is_down(old: Path, arguments: list[str], code: int) -> None:
    assert run("now", old, *arguments).exit_code == code


def test_now_as_json(old: Path) -> None:
    done = run("now", old, "--at", "2026-05-30T09:00", "--json")
    told = json.loads(done.stdout)
    assert told["at"] == "2026-05-30T09:00:00+02:00"
    assert {row["system"] for row in told["down"]} == {"dms-import"}


def test_now_of_a_page_on_the_web() -> None:
    with Server(lambda *_: [response(page(ONE).encode())]) as server:
        assert run("now", server.url, "--at", "2026-05-30T09:00").exit_code == 3
    assert run("now", server.url).exit_code == 2


@pytest.mark.parametrize("command", ["diff", "report", "stats", "now"])
def test_what_can_not_be_read_is_told_in_one_line(command: str, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"schema": "vindue/1", "id": 1}\n')
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    for path in (tmp_path / "none.txt", broken, picture):
        done = run(command, path, *([path] if command == "diff" else []))
        assert done.exit_code == 2
        assert len(done.stderr.splitlines()) == 1
        assert path.name in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["ftp://example.org/page"],
        ["https://me:secret@example.org/"],
        ["page.txt", "--every", "often"],
        ["page.txt", "--every", "0"],
        ["page.txt", "--profile", "mars"],
        ["page.txt", "--timezone", "Mars/Base"],
    ],
)
def test_watch_refuses_what_can_not_be(arguments: list[str], tmp_path: Path) -> None:
    state = tmp_path / "state.sqlite"
    assert run("watch", *arguments, "--state", state).exit_code == 2
    assert not state.exists()


def test_watching_a_store(store: Path, tmp_path: Path) -> None:
    state = tmp_path / "state.sqlite"
    command = ("watch", store, "--once", "--state", state)
    first = run(*command)
    assert (first.exit_code, first.stdout) == (0, "")
    keep(store, seen(THREE.edited("Cancelled."), TWO_LATER), "page.txt")
    (line,) = run(*command).stdout.splitlines()
    assert json.loads(line)["status"] == "cancelled"
    assert run("watch", store, "--once", "--state", store).exit_code == 2


def test_help_needs_no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    monkeypatch.setitem(sys.modules, "urllib3", None)
    for command in ("diff", "watch", "report", "stats", "now"):
        done = run(command, "--help")
        assert done.exit_code == 0
        assert "Exit" in done.stdout or command in ("stats", "report")
