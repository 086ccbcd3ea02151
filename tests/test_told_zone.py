"""Updates take the zone of the windows where they name none, and stamps stand as written."""

from __future__ import annotations

import pytest

from vindue import parse

PUBLISHED = "2026-03-14T20:00:00+01:00"


@pytest.mark.parametrize(
    ("window", "end"),
    [
        ("14 March 2026 22:00 - 15 March 2026 02:00 UTC", "2026-03-15T05:00:00+01:00"),
        ("14 March 2026 22:00 - 15 March 2026 02:00", "2026-03-15T04:00:00+01:00"),
        (
            "14 March 2026 22:00 - 15 March 2026 02:00 UTC\n"
            "Local: 14 March 2026 23:00 - 15 March 2026 03:00",
            "2026-03-15T04:00:00+01:00",
        ),
    ],
)
def test_a_new_end_is_in_the_zone_of_the_window(window: str, end: str) -> None:
    text = f"Planned work\n\nMaintenance window: {window}\n\nThe work has been extended to 04:00.\n"
    [told] = parse(text, published_at=PUBLISHED).windows
    assert told.end == end


def test_a_sentence_that_tells_the_window_and_its_new_end() -> None:
    text = (
        "Cutover running late\n\nThe cutover that was meant to be 8pm Saturday 14 March to 2am "
        "Sunday 15 March needs longer. A van broke down so we now expect to finish at 4am Sunday.\n"
    )
    record = parse(text, published_at=PUBLISHED)
    [told] = record.windows
    assert (told.planned_end, told.end) == (
        "2026-03-15T02:00:00+01:00",
        "2026-03-15T04:00:00+01:00",
    )
    assert [revision.kind for revision in record.revisions] == ["extended"]


def test_the_stamps_of_a_log_stand_as_written() -> None:
    text = (
        "Change notice\n\n2026-03-10 09:12 - POSTPONED\nThe update of 26 March is postponed.\n\n"
        "2026-02-17 13:40 - UPDATE\nPlease save your work.\n\n"
        "The maintenance is on 26 March 2026 between 06:00 and 11:00.\n"
    )
    record = parse(text, published_at=PUBLISHED)
    assert [revision.at for revision in record.revisions] == [
        "2026-03-10T09:12:00+01:00",
        "2026-02-17T13:40:00+01:00",
    ]


def test_a_correction_that_stands_in_the_schedule_already() -> None:
    text = (
        "Router upgrade\n\nRevised 10 March: the end time in our first mail was wrong. It said "
        "11:30, it should have said 13:30.\n\nMaintenance: Wednesday 18 March 2026, 09:30 - 13:30\n"
    )
    [told] = parse(text, published_at=PUBLISHED).windows
    assert (told.planned_end, told.end) == (
        "2026-03-18T11:30:00+01:00",
        "2026-03-18T13:30:00+01:00",
    )


@pytest.mark.parametrize(
    ("written", "at"),
    [("12-02-2026 11:00", "2026-02-12T11:00:00+01:00"), ("10-03-2026 09:12", None)],
)
def test_a_stamp_that_can_only_be_read_one_way_is_read_so(written: str, at: str | None) -> None:
    text = (
        f"Status\n\n{written}  Update\nPlease save your work before the window.\n\n"
        "The maintenance is on 26 March 2026 between 06:00 and 11:00.\n"
    )
    record = parse(text, published_at=PUBLISHED)
    assert at is None or [revision.at for revision in record.revisions] == [at]


def test_down_since_a_time_and_no_end_told() -> None:
    text = "Portal down\n\n14 March 2026\n\nThe portal has been down since 06:20 this morning.\n"
    [told] = parse(text, published_at=PUBLISHED).windows
    assert (told.start, told.end, told.open_end) == ("2026-03-14T06:20:00+01:00", None, True)
