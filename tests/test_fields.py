"""Labelled fields and tables: the windows of whole notices, and what each line is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from vindue import parse
from vindue.grammars.labels import load_labels
from vindue.grammars.time import load_time_grammar
from vindue.nlp.field_parts import Fields
from vindue.nlp.fields import read_fields
from vindue.nlp.label_reader import LabelReader
from vindue.nlp.lines import split_lines
from vindue.nlp.mentions.intervals import TimeReader
from vindue.nlp.spans import Notice, Span

FOLDER = Path(__file__).parent / "fields"
ZONE = ZoneInfo("Europe/Copenhagen")
TIMES = TimeReader(load_time_grammar())
LABELS = LabelReader(load_labels(), TIMES)


def cases() -> Iterator[object]:
    """The notices of every file in the folder: name, day, text, windows in UTC."""
    for path in sorted(FOLDER.glob("*.txt")):
        for block in path.read_text(encoding="utf-8").split("== ")[1:]:
            head, _, rest = block.partition("\n")
            name, _, day = head.rpartition(" | ")
            text, _, told = rest.rpartition("\n-- ")
            windows = [] if told.strip() == "none" else told.strip().split(" ; ")
            yield pytest.param(day, text, windows, id=f"{path.stem}: {name}")


CASES = tuple(cases())


def utc(moment: str | None) -> str:
    return "-" if moment is None else f"{datetime.fromisoformat(moment).astimezone(UTC):%FT%R}Z"


def test_the_folder_holds_notices() -> None:
    assert len(CASES) > 100


@pytest.mark.parametrize(("day", "text", "windows"), CASES)
def test_windows_of_a_notice(day: str, text: str, windows: list[str]) -> None:
    published = datetime.fromisoformat(day).replace(hour=9, tzinfo=ZONE)
    record = parse(text, published_at=published, profile="generic")
    assert sorted(f"{utc(w.start)} > {utc(w.end)}" for w in record.windows) == windows


def fields(text: str) -> Fields:
    notice = Notice(text, Span(0, len(text)), Span(0, len(text)), 1)
    lines = split_lines(notice)
    told = tuple(TIMES.read(line.text, line.span.start) for line in lines)
    return read_fields(lines, told, TIMES, LABELS)


def told(text: str) -> list[str]:
    return [interval.told_as for interval in fields(text).intervals]


def test_what_was_planned_what_came_of_it_and_what_is_only_in_reserve() -> None:
    text = (
        "Planned start: 2026-03-12 22:00\nPlanned end: 2026-03-13 02:00\n"
        "Actual start: 2026-03-12 22:04\nActual end: 2026-03-13 01:10\n"
        "Backup window: 2026-03-14 22:00 - 23:00\n"
    )
    assert told(text) == ["now", "actual", "reserve"]


def test_an_earlier_time_is_history_and_no_window() -> None:
    text = (
        "Start: 2026-03-12 22:00\nEnd: 2026-03-13 02:00\n"
        "Previously announced: 2026-03-05 22:00 - 23:00\n"
    )
    found = fields(text)
    assert [interval.told_as for interval in found.intervals] == ["now", "earlier"]
    assert found.history == {2}


def test_quoted_lines_are_history_where_something_else_is_told() -> None:
    text = "> Start: 2026-03-05 22:00\n> End: 2026-03-05 23:00\n"
    assert told(text) == ["now"]
    assert told("New time: 2026-03-12 22:00 - 23:00\n" + text) == ["now", "earlier"]


def test_before_and_now_in_columns() -> None:
    text = (
        "Hvad         Før           Nu\nStartdato    16-09-2025    17-09-2025\n"
        "Start        02:00         01:30\nSlutdato     16-09-2025    17-09-2025\n"
        "Slut         04:00         04:00\n"
    )
    found = {f.told_as: f.interval for f in fields(text).intervals}
    assert found["earlier"].start is not None
    assert found["earlier"].start.minute == 120
    assert found["now"].start is not None
    assert found["now"].start.minute == 90
    assert [d.day for d in found["now"].dates] == [17]


def test_rows_have_states_of_their_own() -> None:
    text = (
        "Activity Window (GMT)                  Activity Status\n"
        "2025-02-18 23:00 - 2025-02-19 05:00    Completed\n"
        "2025-02-19 23:00 - 2025-02-20 05:00    Cancelled\n"
    )
    found = fields(text)
    assert [f.status for f in found.intervals] == ["completed", "cancelled"]
    assert all(f.interval.start and f.interval.start.zones == ("UTC",) for f in found.intervals)
    assert found.apart == {1, 2}


def test_a_night_without_a_time_keeps_its_state_to_itself() -> None:
    text = "Nat 1\n25. marts 2025\nkl. 23.00 - 03.00\nNat 2\nannulleret\n"
    found = fields(text)
    assert len(found.intervals) == 1
    assert {3, 4} <= found.apart


def test_the_zone_of_a_field_is_of_the_whole_notice() -> None:
    text = "Timezone: GMT+1\nStart: 2026-03-12 22:00\nEnd: 2026-03-12 23:00\n"
    assert fields(text).zones == ("+01:00",)
    assert fields("All times are UTC.\nStart: 2026-03-12 22:00\n").zones == ("UTC",)


def test_a_stamp_among_fields_is_no_update_and_one_alone_is() -> None:
    form = "Start: 2026-03-12 22:00\nEnd: 2026-03-12 23:00\nUpdated: 11 March 2026, 10:05\n"
    assert fields(form).labelled == {0, 1, 2}
    assert fields("Update: 11 March 2026, 10:05\nThe work has begun.\n").labelled == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "The work starts at 22:00 and ends at 02:00 on 3 March.\n",
        "From 22:00 to 02:00 on 3 March the portal is closed.\n",
        "Servicevinduet er flyttet til søndag den 13. december 2026 kl. 06:00-09:00.\n",
        "Expected end time Sunday June 8, 2025, 0100\n",
        "Service Window Saturday May 13, 2023, 1515-2050\n",
    ],
)
def test_prose_is_left_to_the_reader_of_prose(text: str) -> None:
    assert fields(text) == Fields()


def test_a_long_hostile_line_is_read_to_its_end() -> None:
    line = "Start: 12/12/2026 End: " * 2000
    assert len(TIMES.read(line, 0).dates) == 2000
    assert fields(line).intervals == ()
