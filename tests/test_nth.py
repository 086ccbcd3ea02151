"""Which of several windows a line counts, and that the update is of that one alone."""

from __future__ import annotations

import pytest

from vindue import parse
from vindue.grammars.lifecycle import load_lifecycle
from vindue.nlp.nth import NthReader

READER = NthReader(file.occurrence for file in load_lifecycle())
NIGHTS = """Planned work

Tuesday 10 March 2026, 23:00 - 05:00
Wednesday 11 March 2026, 23:00 - 05:00
Thursday 12 March 2026, 23:00 - 05:00

{}
"""


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("the second night is cancelled", 2),
        ("phase 1 was completed", 1),
        ("2 nedlukning kan gøres kortere", 2),
        ("den anden nat er aflyst", 2),
        ("the first night went well and the second night is off", None),
        ("on the first page", None),
        ("night 47 is cancelled", None),
        ("", None),
    ],
)
def test_the_number_of_a_window(words: str, number: int | None) -> None:
    assert READER.read(words.split()) == number


@pytest.mark.parametrize(
    ("update", "cancelled"),
    [
        ("The first night went well. The second night is cancelled.", 1),
        ("The third window has been cancelled.", 2),
        ("Night 1 is cancelled.", 0),
    ],
)
def test_an_update_is_of_the_window_that_it_counts(update: str, cancelled: int) -> None:
    record = parse(NIGHTS.format(update), published_at="2026-03-02T09:00:00+01:00")
    told = ["cancelled" if at == cancelled else "scheduled" for at in range(3)]
    assert [window.status for window in record.windows] == told
    assert record.status == "scheduled"


def test_all_windows_are_meant_where_none_is_counted() -> None:
    record = parse(
        NIGHTS.format("The work is cancelled."), published_at="2026-03-02T09:00:00+01:00"
    )
    assert {window.status for window in record.windows} == {"cancelled"}
