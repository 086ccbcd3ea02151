"""Logs whose stamps stand below their text, as status pages write them."""

from __future__ import annotations

import pytest

import vindue

PUBLISHED = "2026-08-12T15:20:00+00:00"
ENTRIES = [
    ("Completed", "The scheduled maintenance has been completed.", "Aug 19, 2026 - 07:41 UTC"),
    ("Update", "We're extending this maintenance until 08:00 UTC.", "Aug 19, 2026 - 05:52 UTC"),
    ("In progress", "Scheduled maintenance is currently in progress.", "Aug 19, 2026 - 04:00 UTC"),
    (
        "Scheduled",
        "On August 19 from 04:00 to 06:00 UTC the search index is rebuilt.",
        "Aug 12, 2026 - 15:20 UTC",
    ),
]
FORMS = {
    "posted": "\n\n".join(f"{state}\n{text}\nPosted {at}" for state, text, at in ENTRIES),
    "without gaps": "\n".join(f"{state}\n{text}\nPosted {at}" for state, text, at in ENTRIES),
    "one line": "\n\n".join(f"{state} - {text}\n{at}" for state, text, at in ENTRIES),
    "above": "\n\n".join(f"{at}\n{state}\n{text}" for state, text, at in ENTRIES),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_stamp_is_that_of_the_entry_it_closes(form: str) -> None:
    text = f"Rebuild of the search index\n\n{FORMS[form]}\n\nAffected: search.\n"
    record = vindue.parse(text, published_at=PUBLISHED)
    (window,) = record.windows
    assert (window.start, window.planned_end) == (
        "2026-08-19T06:00:00+02:00",
        "2026-08-19T08:00:00+02:00",
    )
    assert (window.end, window.actual_end) == (
        "2026-08-19T10:00:00+02:00",
        "2026-08-19T09:41:00+02:00",
    )
    assert [(each.kind, each.at) for each in record.revisions] == [
        ("completed", "2026-08-19T09:41:00+02:00"),
        ("extended", "2026-08-19T07:52:00+02:00"),
        ("info", "2026-08-19T06:00:00+02:00"),
    ]
    assert record.status == "completed"


def test_a_state_beside_its_stamp_is_told_once() -> None:
    text = (
        "Status of Virk\n\n17-06-2026 22:44  Afsluttet\nOpdateringen er gennemført.\n\n"
        "17-06-2026 19:02  Igangværende\nArbejdet er begyndt.\n\n"
        "12-06-2026 11:00  Planlagt\nVirk opdateres onsdag den 17. juni 2026 kl. 19.00-22.00.\n"
    )
    record = vindue.parse(text, published_at="2026-06-12T11:00:00+02:00")
    assert [(each.kind, each.at) for each in record.revisions] == [
        ("completed", "2026-06-17T22:44:00+02:00"),
        ("info", "2026-06-17T19:02:00+02:00"),
    ]
    assert [w.actual_end for w in record.windows] == ["2026-06-17T22:44:00+02:00"]


def test_labels_above_their_values_are_no_log() -> None:
    text = (
        "Planned restart\n\nStart\n18-02-2026 21:00\n\nEnd\n18-02-2026 23:30\n\nThe node is down.\n"
    )
    record = vindue.parse(text, published_at="2026-02-10T10:00:00+01:00")
    assert [(w.start, w.end) for w in record.windows] == [
        ("2026-02-18T21:00:00+01:00", "2026-02-18T23:30:00+01:00")
    ]
    assert record.revisions == []
