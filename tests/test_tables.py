"""The flat table: rows, columns that stay, cells that do no harm."""

from __future__ import annotations

import csv
import io
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.out_records import EVENING, impact, labelled_records, make, window
from vindue.nlp.record import Record
from vindue.out.tables import COLUMNS, MissingExtraError, parquet_bytes, rows, write_csv

# The first columns that were published: none may go, move or change its kind.
SETTLED = (
    "notice_id:text window_number:integer system:text start_at:time end_at:time "
    "planned_start_at:time planned_end_at:time actual_end_at:time start_local:text "
    "end_local:text timezone:text duration_minutes:number open_end:flag precision:text "
    "window_status:text channel:text level:text effects:text confidence:number status:text "
    "title:text environments:text language:text fallback:text resubmit:flag work_orders:text "
    "revisions:integer published_at:time updated_at:time profile:text source:text"
)


def _read(records: list[Record]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(write_csv(records), newline="")))


def test_the_columns_stay() -> None:
    told = [f"{column.name}:{column.kind}" for column in COLUMNS]
    assert told[: len(SETTLED.split())] == SETTLED.split()


def test_a_row_for_each_window_and_system() -> None:
    both = EVENING | {"systems": ["dms-import", "manifest"]}
    other = window("2025-05-21T18:00:00+02:00", "2025-05-21T19:00:00+02:00")
    found = _read([make(both, other, impacts=[impact("file", "rejected", "manifest")])])
    keys = [(row["window_number"], row["system"], row["level"]) for row in found]
    assert keys == [("1", "dms-import", ""), ("1", "manifest", "outage"), ("2", "dms-import", "")]
    assert found[1]["effects"] == "file:rejected"


def test_times_are_instants_and_local() -> None:
    (row,) = _read([make(EVENING)])
    assert row["start_at"] == "2025-05-20T16:00:00Z"
    assert row["start_local"] == "2025-05-20T18:00:00+02:00"
    assert row["duration_minutes"] == "300.0"


def test_the_doubled_hour_counts() -> None:
    told = window("2025-10-26T02:45:00+02:00", "2025-10-26T03:15:00+01:00")
    assert _read([make(told)])[0]["duration_minutes"] == "90.0"


def test_an_unknown_end_is_empty() -> None:
    (row,) = _read([make(window("2025-05-20T18:00:00+02:00", None, open_end=True))])
    assert (row["end_at"], row["duration_minutes"], row["open_end"]) == ("", "", "true")


def test_a_window_without_systems_has_a_row() -> None:
    (row,) = _read([make(EVENING | {"systems": []}, systems=[])])
    assert row["system"] == ""


def test_a_notice_without_windows_has_none() -> None:
    assert _read([make()]) == []


@pytest.mark.parametrize(
    "title",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u00a0=1", "＝1", "\n=1", "\x00=1"],
)
def test_no_cell_is_a_formula(title: str) -> None:
    (row,) = _read([make(EVENING, title=title)])
    assert row["title"].startswith("'")


def test_text_comes_back_as_it_was() -> None:
    title = 'a "quoted", title; with æøå\nand a line'
    (row,) = _read([make(EVENING, title=title)])
    assert row["title"] == title


def _query(path: Path, sql: str) -> tuple[object, ...]:
    (answer,) = import_module("duckdb").sql(sql.format(file=path)).fetchall()
    return tuple(answer)


def test_duckdb_gives_the_totals_of_the_json(tmp_path: Path) -> None:
    records = [record for _, record in labelled_records()]
    path = tmp_path / "windows.parquet"
    path.write_bytes(parquet_bytes(records))
    sql = """select count(*), count(distinct (notice_id, window_number)),
        sum(duration_minutes), count(*) filter (system = 'dms-import'), min(start_at)::varchar
        from '{file}'"""
    table = list(rows(records))
    minutes = [row["duration_minutes"] for row in table]
    starts = [row["start_at"] for row in table if row["start_at"] is not None]
    windows = sum(len(record.windows) for record in records)
    count, pairs, total, imports, first = _query(path, sql)
    assert (count, pairs) == (len(table), windows)
    assert total == sum(value for value in minutes if isinstance(value, float))
    assert imports == sum("dms-import" in w.systems for r in records for w in r.windows)
    assert isinstance(first, str)
    assert len(starts) > 200


def test_parquet_and_csv_tell_the_same(tmp_path: Path) -> None:
    records = [record for _, record in labelled_records()][:40]
    parquet, text = tmp_path / "w.parquet", tmp_path / "w.csv"
    parquet.write_bytes(parquet_bytes(records))
    text.write_text(write_csv(records), encoding="utf-8", newline="")
    sql = "select count(*), sum(duration_minutes), max(end_at::timestamptz) from '{file}'"
    assert _query(parquet, sql) == _query(text, sql)


def test_parquet_without_its_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"vindue\[tables\]"):
        parquet_bytes([make(EVENING)])
