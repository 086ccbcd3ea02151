"""``--resume``: whatever the moment at which a run ends, going on gives the whole output."""

from __future__ import annotations

import errno
import json
import os
import random
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.kills import killed_until_whole, left_behind, parse, write_batch
from vindue.cli import app
from vindue.spread import resume as resume_module
from vindue.spread.chunks import Files, Lines

LINES = 5
STEPS = 4  # of one entry of the journal: three times on disk, renamed


class Killed(BaseException):
    """Stands for a run that ends here and now."""


@pytest.fixture
def batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A batch, in a folder of its own that is the working one."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "in" / "batch.jsonl"
    path.parent.mkdir()
    write_batch(path, LINES, random.Random(4))
    return path


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["parse", *map(str, arguments)], prog_name="vindue")
    if isinstance(done.exception, Killed):
        raise done.exception
    return done.exit_code, done.stderr


def quiet(*inputs: Path) -> bytes:
    code, told = run(*inputs, "--output", "quiet.jsonl")
    assert code in (0, 2), told
    return Path("quiet.jsonl").read_bytes()


@pytest.fixture
def every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """The journal is written after each notice."""
    monkeypatch.setattr(resume_module, "EVERY", 0.0)


def die_at(step: int, patch: pytest.MonkeyPatch) -> None:
    """End the run at the so-maniest time that something is put on disk, renamed or removed."""
    steps = count(1)

    def dying(do: Callable[..., object]) -> Callable[..., object]:
        def instead(*given: object, **named: object) -> object:
            if next(steps) == step:
                raise Killed
            return do(*given, **named)

        return instead

    patch.setattr(os, "fsync", dying(os.fsync))
    patch.setattr(Path, "replace", dying(Path.replace))
    patch.setattr(Path, "unlink", dying(Path.unlink))


def ended(*arguments: object) -> None:
    """A run with some notices done, ended."""
    with pytest.MonkeyPatch.context() as patch:
        die_at(STEPS * 3, patch)
        with pytest.raises(Killed):
            run(*arguments, "--output", "out.jsonl", "--resume")


def test_a_run_may_end_at_every_single_step(batch: Path, every_step: None) -> None:
    expected = quiet(batch)
    output = Path("out.jsonl")
    for step in count(1):
        with pytest.MonkeyPatch.context() as patch:
            die_at(step, patch)
            try:
                code, _ = run(batch, "--output", output, "--resume")
            except Killed:
                code = -1
        if code == 0:
            break
        assert not output.exists() or output.read_bytes() == expected
        assert run(batch, "--output", output, "--resume")[0] == 0
        assert output.read_bytes() == expected
        output.unlink()
    assert step > 3 * LINES
    assert left_behind(Path()) == []


def test_what_was_read_is_not_read_again(
    batch: Path, every_step: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = quiet(batch)
    ended(batch)
    seen = []
    behind = resume_module._behind

    def watched(chunk: Lines, known: int) -> object:
        seen.append(chunk)
        return behind(chunk, known)

    monkeypatch.setattr(resume_module, "_behind", watched)
    assert run(batch, "--output", "out.jsonl", "--resume")[0] == 0
    assert 0 < len(seen) < LINES
    assert Path("out.jsonl").read_bytes() == expected


def test_what_stands_behind_the_last_entry_is_cut_off(batch: Path, every_step: None) -> None:
    expected = quiet(batch)
    ended(batch)
    with Path(".out.jsonl.part").open("ab") as partial:
        partial.write(b'{"schema":"vindue/1","id":"to')
    assert run(batch, "--output", "out.jsonl", "--resume")[0] == 0
    assert Path("out.jsonl").read_bytes() == expected


def test_a_partial_file_shorter_than_the_journal_says_is_begun_anew(
    batch: Path, every_step: None
) -> None:
    expected = quiet(batch)
    ended(batch)
    os.truncate(".out.jsonl.part", 10)
    assert run(batch, "--output", "out.jsonl", "--resume")[0] == 0
    assert Path("out.jsonl").read_bytes() == expected


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("id", "ID", 1), "the inputs have changed"),
        (lambda text: text.split("\n", 1)[0] + "\n", "there is less input than before"),
    ],
)
def test_another_input_is_not_taken_for_the_same(
    batch: Path, every_step: None, change: Callable[[str], str], said: str
) -> None:
    ended(batch)
    batch.write_text(change(batch.read_text(encoding="utf-8")), encoding="utf-8")
    code, told = run(batch, "--output", "out.jsonl", "--resume")
    assert code == 2
    assert said in told
    assert not Path("out.jsonl").exists()
    Path(".out.jsonl.journal").unlink()
    assert run(batch, "--output", "out.jsonl", "--resume")[0] == 0


def test_other_options_are_another_run(batch: Path, every_step: None) -> None:
    ended(batch)
    code, told = run(batch, "--output", "out.jsonl", "--resume", "--timezone", "Europe/Oslo")
    assert (code, "another run was ended here" in told) == (2, True)


def test_a_journal_that_is_none_is_said(batch: Path) -> None:
    Path(".out.jsonl.journal").write_text("[]")
    code, told = run(batch, "--output", "out.jsonl", "--resume")
    assert (code, "no journal of a run" in told) == (2, True)


def test_two_runs_do_not_write_one_file(batch: Path) -> None:
    fcntl = pytest.importorskip("fcntl", reason="files are locked where the system can")
    with Path(".out.jsonl.part").open("wb") as file:
        fcntl.lockf(file, fcntl.LOCK_EX)
        assert parse(batch, Path("out.jsonl"), "--resume").wait() == 2
        assert not Path("out.jsonl").exists()
    assert parse(batch, Path("out.jsonl"), "--resume").wait() == 0


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_folders_and_failures_are_gone_on_with(batch: Path, every_step: None, jobs: str) -> None:
    notices = batch.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(notices):
        (batch.parent / f"{number:02}.txt").write_text(json.loads(line)["text"], encoding="utf-8")
    (batch.parent / "05.txt").write_bytes(b"")
    expected = quiet(batch.parent)
    ended(batch.parent, "--jobs", jobs)
    code, _ = run(batch.parent, "--output", "out.jsonl", "--resume", "--jobs", jobs)
    assert code == 2  # as for the run that was ended: one input is empty
    assert Path("out.jsonl").read_bytes() == expected


def test_a_chunk_is_cut_where_the_run_was_ended() -> None:
    files = Files(("a", "b", "c"))
    assert resume_module._behind(files, 1) == Files(("b", "c"))
    assert resume_module._behind(files, 0) is files


@pytest.mark.parametrize(
    "options", [(), ("--format", "json"), ("--into", "x.sqlite"), ("--format", "parquet")]
)
def test_resume_needs_a_file_of_lines(batch: Path, options: tuple[str, ...]) -> None:
    output = ("--output", "out") if options else ()
    code, told = run(batch, *output, *options, "--resume")
    assert (code, "--resume goes with --output" in told) == (2, True)


def test_a_full_disk_leaves_what_can_be_gone_on_with(batch: Path, every_step: None) -> None:
    expected = quiet(batch)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", full)
        code, told = run(batch, "--output", "out.jsonl", "--resume")
    assert (code, told) == (2, "vindue: out.jsonl: no space left on device\n")
    assert not Path("out.jsonl").exists()
    assert run(batch, "--output", "out.jsonl", "--resume")[0] == 0
    assert Path("out.jsonl").read_bytes() == expected


def test_a_killed_batch_goes_on(tmp_path: Path) -> None:
    """A few real kills; ``python -m tests.kills`` does many."""
    chance = random.Random(9)
    batch, output, still = (tmp_path / name for name in ("in.jsonl", "out.jsonl", "still.jsonl"))
    write_batch(batch, 100, chance)
    assert parse(batch, still).wait() == 0
    assert killed_until_whole(batch, output, chance, 3.0, most=3) <= 3
    assert output.read_bytes() == still.read_bytes()
    assert left_behind(tmp_path) == []
