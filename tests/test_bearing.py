"""What the times of a sentence are for, weighed: in place and as properties."""

from __future__ import annotations

import pytest

from vindue import parse
from vindue.nlp.bearing import Told, kept, weigh, without
from vindue.nlp.decoys import Decoys
from vindue.nlp.field_parts import Fields
from vindue.nlp.mentions.times import LineTimes
from vindue.nlp.pipeline import load_readers
from vindue.nlp.record import Record
from vindue.nlp.spans import Line, Span

PUBLISHED = "2026-03-02T09:00:00+01:00"
WINDOW = "The portal is closed on Saturday 14 March 2026, 10:00-12:00, for an upgrade.\n"


def read(text: str) -> Record:
    return parse(text, published_at=PUBLISHED)


def starts(record: Record) -> list[str]:
    return [w.start for w in record.windows if w.start]


@pytest.mark.parametrize(
    "text",
    [
        "Invitation: user forum\n" + WINDOW,
        "Release notes 5.2\n" + WINDOW + "Fixed: 23:00-24:00 showed the wrong day.\n",
        "News\nWe are hiring a planner. Apply by 20 March at noon.\n" + WINDOW,
        "Webinar: what is new\nSign up by 9 March.\nAgenda\n" + WINDOW,
    ],
)
def test_a_sentence_that_says_day_times_and_work_is_kept_in_any_text(text: str) -> None:
    record = read(text)
    assert starts(record) == ["2026-03-14T10:00:00+01:00"]


def test_a_window_in_a_text_for_something_else_is_said_to_be_less_sure() -> None:
    alone, beside = read("Portal\n" + WINDOW), read("Release notes 5.2\n" + WINDOW)
    assert "window.aside" in {d.code for d in beside.diagnostics}
    assert "window.aside" not in {d.code for d in alone.diagnostics}
    assert beside.windows[0].confidence < alone.windows[0].confidence


@pytest.mark.parametrize(
    "text",
    [
        "Night planner\nYou plan our maintenance, Saturday 22:00 to Sunday 06:00.\n"
        "37 hours a week.\nApply by 20 March.\n",
        "Invitation: planning the April window\nWednesday 11 March 2026, 10:00-11:30\n"
        "Agenda\n1. What goes into the window?\nSign up by 9 March.\n",
        "Some noise\nOn Saturday 14 March 2026, 10:00-12:00, you may hear our engines.\n"
        "Nothing is switched off.\n",
        "Ændringsstop\nFra den 14. marts kl. 12 til den 20. marts kl. 6 "
        "lægger vi intet nyt i drift.\n",
    ],
)
def test_a_word_in_passing_makes_no_window(text: str) -> None:
    assert starts(read(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Portal\nLogin may fail at any time on Saturday 14 March 2026, 10:00-12:00.\n",
        "Netbank\nLørdag den 14. marts 2026 kl. 10-12 er netbanken lukket. Den åbner som altid.\n",
        "Mobil\nSamtaler kan blive afbrudt lørdag den 14. marts 2026 kl. 10-12.\n",
        "Course portal: planned maintenance\nSaturday 14 March 2026, 10:00-12:00\nPrice EUR 20.\n",
        "Calls\nIn the course of Saturday 14 March 2026, 10:00-12:00, the line is restarted.\n",
    ],
)
def test_a_notice_with_a_word_of_something_else_keeps_its_window(text: str) -> None:
    assert starts(read(text)) == ["2026-03-14T10:00:00+01:00"]


def test_hours_of_the_next_desk_are_hours_too() -> None:
    text = (
        "Planned maintenance\n" + WINDOW + "Support is open weekdays 08:00-16:00. Sales: 09-17.\n"
    )
    assert starts(read(text)) == ["2026-03-14T10:00:00+01:00"]


def test_where_nothing_is_spoken_of_nothing_is_weighed() -> None:
    line = Line(0, Span(0, 22), "Saturday, 10:00-12:00.")
    readers = load_readers().telling
    times = (readers.times.read(line.text, 0),)
    told = Told(None, LineTimes(), (line,), times)
    weighed = weigh(told, Decoys(), readers.decoys)
    assert weighed == type(weighed)()
    assert without(Decoys(), weighed, told) == Decoys()
    assert kept(Fields(), weighed) == Fields()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Opening hours\nThe desk is open weekdays 08:00-16:00.\n", "of something else"),
        ("Your parcel\nTuesday 3 March 2026, 10:00-12:00.\n", "nothing is said to be down"),
    ],
)
def test_a_record_without_a_window_says_why(text: str, why: str) -> None:
    told = [d.message for d in read(text).diagnostics if d.code == "window.none"]
    assert len(told) == 1
    assert why in told[0]
