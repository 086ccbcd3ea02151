"""Dates with the month first: one hand writes all dates of a notice alike."""

from __future__ import annotations

import pytest

from vindue import parse


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("Start: 04/05/2026 22:00 UTC\nEnd: 04/06/2026 02:00 UTC", 5),
        ("Start: 04/05/2026 22:00 ET\nEnd: 04/06/2026 02:00 ET", 4),
        ("Start: 04/05/2026 22:00 UTC\nEnd: 04/05/2026 23:00 UTC\nBackup: 04/15/2026", 4),
        ("Start: 04/05/2026 22:00 ET\nEnd: 04/05/2026 23:00 ET\nSent: 15/04/2026", 5),
        ("Start (MM/DD/YYYY): 04/05/2026 22:00\nEnd (MM/DD/YYYY): 04/05/2026 23:00", 4),
    ],
)
def test_a_date_that_may_be_either_way_round(text: str, month: int) -> None:
    record = parse(f"Planned maintenance\n{text}\n", published_at="2026-03-01T09:00:00Z")
    assert [w.start and int(w.start[5:7]) for w in record.windows][:1] == [month]
