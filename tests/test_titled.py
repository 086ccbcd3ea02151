"""Which line a reader would call the title."""

from __future__ import annotations

import pytest

import vindue

WHEN = "Start: Saturday 7 March 2026 20:00\nEnd: Saturday 7 March 2026 22:00\n"
TITLES = [
    ("Subject: Planned work in Odense\n\nDear all,\n", "Planned work in Odense"),
    (
        "From: NOC <noc@line.example>\nSent: Monday, March 2, 2026 9:12 AM\nTo: customers\n"
        "Subject: Planned work in Odense\n\nDear all,\n",
        "Planned work in Odense",
    ),
    (
        "Til: Alle netselskaber\nFra: Markedsdrift\nDato: 2. marts 2026\n\n"
        "Servicevindue i Stamhub\n\n",
        "Servicevindue i Stamhub",
    ),
    ("Ticket 4411\nDepartment: News\nEmne: Vedligehold af webhotel\n\n", "Vedligehold af webhotel"),
    ("North Line Ltd.\nMaintenance notice 26-14\n\n", "Maintenance notice 26-14"),
    ("Home > News > March\n\nThe portal is down on Saturday\n\n", "The portal is down on Saturday"),
    ("## Upgrade of the database\n\n", "Upgrade of the database"),
    (">>> Planned outage <<<\n\n", "Planned outage"),
    ("*** CANCELLED *** Planned work\n\n", "*** CANCELLED *** Planned work"),
    ("Planned work in Odense\nMaintenance notice 26-14\n\n", "Planned work in Odense"),
    ("Re: Planned work in Odense\n\n", "Re: Planned work in Odense"),
    ("North Line Ltd.\nDear customer, we have planned maintenance.\n\n", "North Line Ltd."),
]


@pytest.mark.parametrize(("head", "title"), TITLES, ids=[title for _, title in TITLES])
def test_the_title_is_the_line_that_a_reader_would_call_so(head: str, title: str) -> None:
    record = vindue.parse(head + WHEN, published_at="2026-03-02T10:00:00+01:00")
    assert record.title == title
    assert [(w.start, w.end) for w in record.windows] == [
        ("2026-03-07T20:00:00+01:00", "2026-03-07T22:00:00+01:00")
    ]


def test_the_subject_of_an_older_mail_below_is_no_title() -> None:
    text = (
        "Planned work is cancelled\n\nWe have called it off.\n\n"
        "Sent: 26 October 2026 09:12\nSubject: Planned work in Odense\n"
    )
    record = vindue.parse(text, published_at="2026-10-27T10:00:00+01:00")
    assert record.title == "Planned work is cancelled"
