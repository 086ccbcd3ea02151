"""Many processes: order, bounded look-ahead, a bad notice, a dying process, none left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vindue.cli import app
from vindue.nlp.inputs import Settings
from vindue.nlp.output import Printed
from vindue.nlp.sources import Failure
from vindue.nlp.streams import RawLine
from vindue.spread.chunks import Files, Lines, find_chunks
from vindue.spread.pool import LOOK_AHEAD, Work, spread
from vindue.spread.work import Job, give_up, halves, read_chunk

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the tests' own functions reach a process only by a fork"
)
NOTICE = "Planlagt arbejde\n\nPRD-servicewindow søndag den 7. juni 2026 kl. 18-20.\n"
PATIENCE = 60


def line(number: int) -> str:
    return json.dumps({"id": str(number), "text": f"{NOTICE}{number}"})


def parse(*arguments: str, stdin: str = "") -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["parse", *arguments], input=stdin, prog_name="vindue")
    return result.exit_code, result.stdout, result.stderr


def double(items: tuple[int, ...]) -> tuple[int, ...]:
    time.sleep(0.01 * (items[0] % 3))  # so that answers come out of order
    if any(item < 0 for item in items):
        os.kill(os.getpid(), signal.SIGKILL)
    return tuple(2 * item for item in items)


def in_two(items: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    middle = len(items) // 2
    return (items[:middle], items[middle:]) if middle else (items,)


WORK = Work(double, in_two, lambda items: tuple(0 for _ in items))


@pytest.mark.parametrize("jobs", [1, 3])
def test_answers_come_in_the_order_of_the_items(jobs: int) -> None:
    assert list(spread(WORK, ((n,) for n in range(40)), jobs)) == [(2 * n,) for n in range(40)]


def test_items_are_drawn_only_as_answers_are_taken() -> None:
    before = set(children(os.getpid()))
    drawn = 0

    def items() -> Iterator[tuple[int, ...]]:
        nonlocal drawn
        for drawn in range(1, 1_000):
            yield (drawn,)

    answers = spread(WORK, items(), 2)
    for taken in range(1, 30):
        assert next(answers) == (2 * taken,)
        assert drawn < taken + LOOK_AHEAD * 2
    answers.close()  # type: ignore[attr-defined]
    assert set(children(os.getpid())) <= before


def test_what_kills_its_process_costs_only_itself() -> None:
    items = [(1, 2, 3), (4, -1, 6), (7, 8, 9), (-1,), (10,)]
    found = [each for answer in spread(WORK, items, 2) for each in answer]
    assert found == [2, 4, 6, 8, 0, 12, 14, 16, 18, 0, 20]


def test_a_fault_of_the_work_is_raised_and_leaves_no_process() -> None:
    before = set(children(os.getpid()))
    work = Work(divide, in_two, divide)
    with pytest.raises(ZeroDivisionError):
        list(spread(work, [(1,), (0,)], 2))
    assert set(children(os.getpid())) <= before


def divide(items: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(1 // item for item in items)


def test_lines_and_files_are_cut_in_order(tmp_path: Path) -> None:
    lines = tmp_path / "b.jsonl"
    lines.write_text("\n".join(line(n) for n in range(5)))
    (tmp_path / "a.txt").write_text(NOTICE)
    (tmp_path / "c.txt").write_text(NOTICE)
    (tmp_path / "d.txt").write_text(line(1))  # told by its first line
    found = list(find_chunks([str(tmp_path), "none.txt"], "auto", 2))
    names = [getattr(chunk, "name", getattr(chunk, "names", "")) for chunk in found]
    a, c, d = ((str(tmp_path / name),) for name in ("a.txt", "c.txt", "d.txt"))
    assert names == [a, *[str(lines)] * 3, c, d[0], "none.txt"]
    numbers = [[each.number for each in c.lines] for c in found if isinstance(c, Lines)]
    assert numbers == [[1, 2], [3, 4], [5], [1]]


def test_a_chunk_is_halved_until_one_thing_is_left() -> None:
    three = Lines("n", tuple(RawLine(n, b"{") for n in (1, 2, 3)))
    left, right = halves(three)
    assert isinstance(left, Lines)
    assert isinstance(right, Lines)
    assert (*left.lines, *right.lines) == three.lines
    assert halves(left) == (left,)
    assert halves(Files(("a", "b"))) == (Files(("a",)), Files(("b",)))
    assert halves(Files(("a",))) == (Files(("a",)),)


@pytest.mark.parametrize("printed", [True, False])
def test_what_can_not_be_read_anywhere_keeps_its_place(printed: bool) -> None:
    job = Job("auto", Settings(), printed)
    (part,) = give_up(job, Lines("n", (RawLine(7, line(3).encode()),)), "the process ended")
    assert not isinstance(part, Failure)
    (record,) = part.records
    told = record.json if isinstance(record, Printed) else record.model_dump_json(by_alias=True)
    assert (json.loads(told)["id"], json.loads(told)["source"]["line"]) == ("3", 7)
    assert json.loads(told)["diagnostics"][0]["code"] == "reader.failed"
    assert give_up(job, Files(("a",)), "why") == (Failure("a", "why"),)


def test_a_fault_in_reading_a_line_costs_that_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("vindue.spread.work.read_line", fail)
    chunk = Lines("n", (RawLine(1, line(3).encode()),))
    (part,) = read_chunk(Job("jsonl", Settings(), False), chunk)
    assert not isinstance(part, Failure)
    assert "RecursionError" in str(part.records[0])


@pytest.mark.parametrize("form", ["jsonl", "json", "windows", "csv", "ics"])
def test_several_processes_print_what_one_prints(tmp_path: Path, form: str) -> None:
    lines = [line(n) for n in range(200)]
    lines[70] = "{"
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    (tmp_path / "b.txt").write_text(NOTICE)
    (tmp_path / "c.txt").write_bytes(b"\0")
    one = parse(str(tmp_path), "missing.txt", "-f", form, "-v", "--jobs", "1")
    many = parse(str(tmp_path), "missing.txt", "-f", form, "-v", "--jobs", "3")
    assert one == many
    assert one[0] == 2
    assert one[2].splitlines()[0].endswith("a.jsonl: jsonl, utf-8, notices: 200")
    assert len(one[2].splitlines()) == 4


def test_strict_and_review_count_what_all_processes_read(tmp_path: Path) -> None:
    stdin = "\n".join([*(line(n) for n in range(100)), "{"])
    assert parse("--jobs", "2", "--strict", stdin=stdin)[0] == 1
    review = tmp_path / "doubtful.jsonl"
    options = ("--min-confidence", "0.5", "--review", str(review))
    code, stdout, _ = parse("--jobs", "2", *options, stdin=stdin)
    assert code == 0
    assert len(stdout.splitlines()) + len(review.read_text().splitlines()) == 101


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--jobs", "0"), "not a number of processes"),
        (("--jobs", "many"), "not a number of processes"),
        (("--jobs", "2", "--into", "x.sqlite"), "written by one process"),
    ],
)
def test_wrong_numbers_of_processes_are_told(options: tuple[str, ...], said: str) -> None:
    code, _, stderr = parse(*options, stdin=NOTICE)
    assert code == 2
    assert said in stderr


def children(pid: int) -> list[int]:
    return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def gone(pid: int) -> bool:
    """Whether a process is ended, though perhaps nobody has asked yet how."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


@contextmanager
def endless_run() -> Iterator[tuple[subprocess.Popen[bytes], list[int]]]:
    """A run of two processes in the middle of an input that never ends."""
    command = [sys.executable, "-m", "vindue", "parse", "--from", "jsonl", "--jobs", "2"]
    feed = f"yes '{json.dumps({'text': NOTICE})}'"
    pipe = subprocess.PIPE
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with (
        subprocess.Popen(["sh", "-c", f"exec {feed}"], stdout=pipe) as source,
        subprocess.Popen(
            command, stdin=source.stdout, stdout=pipe, stderr=pipe, start_new_session=True
        ) as running,
    ):
        signal.signal(signal.SIGINT, before)
        try:
            assert source.stdout is not None
            assert running.stdout is not None
            source.stdout.close()
            assert json.loads(running.stdout.readline())
            yield running, children(running.pid)
        finally:
            source.kill()
            running.kill()


def wait_until_gone(pids: list[int]) -> None:
    until = time.monotonic() + PATIENCE
    while not all(gone(pid) for pid in pids):
        assert time.monotonic() < until, "a process is left behind"
        time.sleep(0.05)


def test_an_interrupt_leaves_no_process_and_no_traceback() -> None:
    with endless_run() as (running, workers):
        os.killpg(running.pid, signal.SIGINT)  # as a terminal does
        _, stderr = running.communicate(timeout=PATIENCE)
        assert running.returncode == 130
        assert stderr == b""
        assert len(workers) == 2
        wait_until_gone(workers)


def test_a_reader_that_goes_away_leaves_no_process() -> None:
    with endless_run() as (running, workers):
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.wait(PATIENCE) == 0
        assert running.stderr.read() == b""
        wait_until_gone(workers)


def test_processes_do_not_outlive_a_killed_run() -> None:
    with endless_run() as (running, workers):
        running.kill()
        running.wait(PATIENCE)
        wait_until_gone(workers)


def test_a_killed_process_loses_nothing(tmp_path: Path) -> None:
    lines = tmp_path / "a.jsonl"
    lines.write_text("\n".join(line(n) for n in range(600)))
    command = [sys.executable, "-m", "vindue", "parse", str(lines), "--jobs", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        first = running.stdout.readline()
        os.kill(children(running.pid)[0], signal.SIGKILL)
        rest = running.stdout.read()
    assert running.returncode == 0
    ids = [json.loads(each)["id"] for each in (first + rest).splitlines()]
    assert ids == [str(n) for n in range(600)]
