"""A real cluster of processes: the records of the local run, whoever is lost on the way."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from vindue.cli import app
from vindue.nlp.inputs import Settings
from vindue.nlp.jsonl import read_jsonl
from vindue.nlp.output import write_json
from vindue.spread.cluster import ForeignPartsError, Plan, Written, connect, parts, read_over
from vindue.spread.partitions import find_partitions, read_partition, write_partition

NOTICE = "Planlagt arbejde\n\nPRD-servicewindow søndag den 7. juni 2026 kl. 18-20.\n"


def lines(count: int) -> list[str]:
    found = [json.dumps({"id": str(n), "text": f"{NOTICE}{n}"}) for n in range(count)]
    found[count // 2] = "{"
    return found


def local(path: Path) -> list[str]:
    records = read_jsonl(path.read_text(encoding="utf-8"), str(path), Settings())
    return [write_json(record) for record in records]


def told(folder: Path) -> list[str]:
    return [line for part in parts(str(folder), "jsonl") for line in part.read_text().splitlines()]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "n.jsonl"
    path.write_text("\n".join([*lines(50), "", " ", "\u00a0", ""]), encoding="utf-8")
    return path


@pytest.mark.parametrize("most", [1, 7, 25, 50, 1_000])
def test_partitions_hold_every_line_once_and_none_behind_the_last(file: Path, most: int) -> None:
    found = list(find_partitions([str(file)], most))
    assert len(found) == -(-50 // most)
    records = [record for each in found for record in read_partition(each, Settings())]
    assert [write_json(record) for record in records] == local(file)
    assert sorted(each.name for each in found) == [each.name for each in found]


def test_a_mark_and_blank_lines_within_are_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / "n.jsonl"
    path.write_text("\n".join([lines(2)[0], "", "", "", lines(2)[0]]), encoding="utf-8-sig")
    found = list(find_partitions([str(path)], 2))
    records = [record for each in found for record in read_partition(each, Settings())]
    assert [record.source.line for record in records] == [1, 2, 3, 4, 5]
    assert [record.id for record in records][::4] == ["0", "0"]


def test_what_can_not_be_cut_is_refused(tmp_path: Path) -> None:
    (tmp_path / "wide.jsonl").write_text(lines(2)[0], encoding="utf-16")
    (tmp_path / "page.txt").write_text(NOTICE)
    for name in ("wide.jsonl", "page.txt"):
        with pytest.raises(ValueError, match=name):
            list(find_partitions([str(tmp_path / name)], 10))


def test_rows_of_parquet_are_read_as_lines(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow", reason="the extra `tables` is not installed")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "n.parquet"
    rows: list[dict[str, Any]] = [{"id": str(n), "text": f"{NOTICE}{n}"} for n in range(20)]
    rows[5] |= {"text": None, "more": 1}
    parquet.write_table(arrow.Table.from_pylist(rows), path, row_group_size=6)
    found = list(find_partitions([str(path)], 4))
    records = [record for each in found for record in read_partition(each, Settings())]
    assert [record.id for record in records] == [str(n) for n in range(20)]
    assert [record.source.line for record in records] == list(range(1, 21))
    assert [r.id for r in records if any(d.level == "error" for d in r.diagnostics)] == ["5"]


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_writing_twice_leaves_the_same_bytes(file: Path, tmp_path: Path, form: Any) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="the extra `tables` is not installed")
    (first, *_) = find_partitions([str(file)], 20)
    out = tmp_path / "out"
    out.mkdir()
    assert write_partition(first, str(out), form, Settings()) == 20
    (written,) = out.iterdir()
    before = written.read_bytes()
    assert write_partition(first, str(out), form, Settings()) == 20
    assert [path.read_bytes() for path in out.iterdir()] == [before]


def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    path = tmp_path / "n.jsonl"
    path.write_text("\n".join(lines(600)), encoding="utf-8")
    plan = Plan((str(path),), str(tmp_path / "out"), lines=10)
    with connect(None, 2) as client:
        workers = client.run(os.getpid)
        done = read_over(client, plan)
        first = next(done)
        os.kill(next(iter(workers.values())), signal.SIGKILL)
        found = [first, *done]
        assert set(client.run(os.getpid).values()) != set(workers.values())
    assert all(isinstance(each, Written) for each in found)
    assert len({each.partition for each in found if isinstance(each, Written)}) == 60
    assert sorted(told(tmp_path / "out")) == sorted(local(path))
    assert [p.name for p in (tmp_path / "out").iterdir() if p.name.startswith(".")] == []


def test_a_second_run_writes_the_same_and_another_cut_is_refused(
    file: Path, tmp_path: Path
) -> None:
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    out = tmp_path / "out"
    command = ["spread", str(file), "--output", str(out), "--workers", "1"]
    for _ in range(2):
        assert CliRunner().invoke(app, [*command, "--lines", "20"]).exit_code == 0
        assert told(out) == local(file)
    again = CliRunner().invoke(app, [*command, "--lines", "7"])
    assert again.exit_code == 2
    assert "another run" in again.stderr
    assert told(out) == local(file)


def test_parts_of_another_run_are_refused(file: Path, tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    (tmp_path / "part-0009-000000000001.jsonl").write_text("{}\n")
    with connect(None, 1) as client, pytest.raises(ForeignPartsError):
        next(read_over(client, Plan((str(file),), str(tmp_path))))
