"""The full record of every notice, as last looked at: one JSON file a notice.

A snapshot says what changed; the label says what is true. A failure shows the
notice, its label beside its record and the lines that changed, so that it can
be judged at once. `pytest tests/test_snapshots.py --snapshot-update` takes the
records as they are.
"""

from __future__ import annotations

import difflib
import json
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from syrupy.types import PropertyFilter, PropertyMatcher, SerializableData, SerializedData

from vindue.corpus.cases import Case, load_cases
from vindue.corpus.diff import diff_lines
from vindue.corpus.paint import plain
from vindue.corpus.reading import records_of
from vindue.nlp.record import Record

CASES = [*load_cases("skat"), *load_cases("own")]
FOLDER = Path(__file__).parent / "__snapshots__" / "test_snapshots"


class RecordExtension(SingleFileSnapshotExtension):
    """A file a record, one value a line, letters as themselves."""

    _write_mode = WriteMode.TEXT
    file_extension = "json"

    def serialize(
        self,
        data: SerializableData,
        *,
        exclude: PropertyFilter | None = None,
        include: PropertyFilter | None = None,
        matcher: PropertyMatcher | None = None,
    ) -> SerializedData:
        del exclude, include, matcher
        return as_text(data)


def as_text(record: Record) -> str:
    plain_record = record.model_dump(mode="json", by_alias=True)
    return json.dumps(plain_record, ensure_ascii=False, indent=1) + "\n"


def file_name(case: Case) -> str:
    return case.name.replace("/", "-")


@pytest.fixture(scope="module")
def records() -> dict[str, Record]:
    return records_of(CASES)


@pytest.fixture
def snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(RecordExtension)


def kept_unread(case: Case) -> bool:
    """Own notices of the test part are for measuring: a failure must not print one."""
    return case.source == "own" and case.split == "test"


def changes(case: Case, record: Record) -> str:
    path = FOLDER / f"test_record[{file_name(case)}].json"
    before = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    after = as_text(record).splitlines()
    return "\n".join(difflib.unified_diff(before, after, "snapshot", "record", n=1, lineterm=""))


@pytest.mark.parametrize("case", CASES, ids=file_name)
def test_record(case: Case, records: dict[str, Record], snapshot: SnapshotAssertion) -> None:
    record = records.get(case.name)
    if record is None:
        pytest.fail(f"no record for {case.name}:\n\n{case.text}", pytrace=False)
    same = snapshot == record  # asked once: each question is for the next snapshot
    if not same and kept_unread(case):
        pytest.fail(f"{case.name} reads otherwise; it is of the test part: see its score alone")
    if not same:
        beside = "\n".join(diff_lines(case, record, plain))
        parts = (case.text.strip(), beside, changes(case, record))
        pytest.fail("\n\n".join(parts), pytrace=False)


def test_there_is_a_snapshot_for_each_notice_and_no_other() -> None:
    there = {path.stem for path in FOLDER.glob("*.json")}
    assert there == {f"test_record[{file_name(case)}]" for case in CASES}
