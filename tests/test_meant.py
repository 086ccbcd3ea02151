"""Which of several windows an update is about: those of the systems that it names."""

from __future__ import annotations

import pytest

import vindue

NOTICE = """PRD-servicewindow Sunday May 3, 2026

{update}

DMS Export, Sunday May 3, 2026, 0800-1000
ICS2, Sunday May 3, 2026, 0800-1130
Manifest, Sunday May 3, 2026, 0800-1200

Files sent to DMS Export and Manifest are rejected.
"""

PLAIN = {"dms-export": ("10:00", "scheduled"), "ics2": ("11:30", "scheduled")}
PLAIN["manifest"] = ("12:00", "scheduled")

TOLD = [
    ("Update at 10:05 - DMS Export is done.", {"dms-export": ("10:00", "completed")}),
    ("Manifest is extended to 1330", {"manifest": ("13:30", "scheduled")}),
    ("The window for Manifest is extended until 1330.", {"manifest": ("13:30", "scheduled")}),
    ("Update at 11:40 - Manifest is delayed, new end 1330.", {"manifest": ("13:30", "scheduled")}),
    ("Vinduet for Manifest er forlænget til kl. 13.30.", {"manifest": ("13:30", "scheduled")}),
    ("The window for ICS2 is cancelled.", {"ics2": ("11:30", "cancelled")}),
    ("ICS2 is cancelled from the servicewindow.", {"ics2": ("11:30", "cancelled")}),
    ("The servicewindow is cancelled.", dict.fromkeys(PLAIN, (None, "cancelled"))),
]


@pytest.mark.parametrize(("update", "changed"), TOLD, ids=[update for update, _ in TOLD])
def test_an_update_changes_the_windows_of_the_systems_it_names(
    update: str, changed: dict[str, tuple[str | None, str]]
) -> None:
    text = NOTICE.format(update=update)
    record = vindue.parse(text, published_at="2026-05-01T08:00:00+02:00", profile="skat")
    found = {w.systems[0]: ((w.end or "")[11:16], w.status) for w in record.windows}
    wanted = {
        system: (changed[system][0] or end, changed[system][1]) if system in changed else told
        for system, told in PLAIN.items()
        for end in [told[0]]
    }
    assert found == wanted


def test_what_is_called_off_on_another_day_is_no_window_here() -> None:
    text = (
        "Service windows in October\n\n"
        "NemLog-in: Wednesday 8 October 2025, 00:00-02:00.\n"
        "MitID: Sunday 12 October 2025, 04:00-05:00.\n"
        "The window for NemLog-in on 22 October is cancelled.\n"
    )
    record = vindue.parse(text, published_at="2025-09-29T08:00:00+02:00")
    assert [w.status for w in record.windows] == ["scheduled", "scheduled"]
    assert record.status == "scheduled"
