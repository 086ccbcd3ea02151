"""What changed between two captures: which notice, which field, from what to what."""

from __future__ import annotations

from typing import Any

import pytest

from tests.out_records import impact, make, revision, window
from tests.watch.pages import ONE, THREE, TWO, page, seen
from vindue.nlp.record import Record
from vindue.watch.captures import Seen, seen_on_page
from vindue.watch.diff import Change, diff_captures, diff_records
from vindue.watch.told import change_lines

DAY = "2026-05-30T"
EIGHT, TEN, SIX, NINE = (f"{DAY}{hour}:00:00+02:00" for hour in ("08", "10", "18", "21"))


def fields(old: Record, new: Record) -> dict[str, tuple[Any, Any]]:
    return {item.field: (item.old, item.new) for item in diff_records(old, new)}


def test_nothing_differs_from_itself() -> None:
    assert diff_captures(seen(TWO, ONE), seen(TWO, ONE)) == []


def test_new_changed_and_gone() -> None:
    told = diff_captures(seen(TWO, ONE), seen(THREE, TWO.edited(hours="0800-2000")))
    assert [(item.change, item.notice) for item in told] == [
        ("new", "skat-20260513T084500"),
        ("changed", "skat-20260512T084500"),
        ("gone", "skat-20260511T084500"),
    ]
    changed = {item.field: (item.old, item.new) for item in told[1].fields}
    assert changed["/windows/0/end"] == (SIX, f"{DAY}20:00:00+02:00")
    assert changed["/updated_at"][1] == "2026-05-13T10:00:00+02:00"
    assert told[1].windows[0].end == f"{DAY}20:00:00+02:00"


def test_the_place_on_the_page_is_no_change() -> None:
    told = diff_captures(seen(ONE), seen(THREE, TWO, ONE))
    assert [item.change for item in told] == ["new", "new"]


def test_blank_space_is_no_change() -> None:
    spaced = page(TWO, ONE).replace("\n\nF", "\n \u00a0\n\nF").replace("Files sent", "Files  sent")
    assert diff_captures(seen(TWO, ONE), seen_on_page(spaced, "page.txt")) == []


def test_the_heading_of_the_page_belongs_to_no_notice() -> None:
    told = diff_captures(seen(ONE), seen_on_page(f"Welcome!\n\n{page(ONE)}\n", "page.txt"))
    assert told == []


def test_words_that_change_no_field_are_told_as_lines() -> None:
    (told,) = diff_captures(seen(ONE), seen(ONE.edited("Have a cup of coffee.")))
    (text,) = (item for item in told.fields if item.field == "/text")
    assert "Have a cup of coffee." in text.new
    assert "Have a cup of coffee." not in text.old


def test_the_same_text_read_otherwise_is_no_change() -> None:
    (before,) = seen(ONE)
    reread = Seen(before.record.model_copy(update={"status": "cancelled"}), before.text)
    assert diff_captures([before], [reread]) == []


def test_without_texts_the_records_are_compared() -> None:
    old = make(window(EIGHT, SIX))
    new = make(window(EIGHT, SIX), status="cancelled")
    (told,) = diff_captures([Seen(old)], [Seen(new)])
    assert [item.field for item in told.fields] == ["/status"]


def test_an_extended_window_is_the_same_window() -> None:
    new = make(window(EIGHT, NINE, planned_end=SIX))
    assert fields(make(window(EIGHT, SIX)), new) == {"/windows/0/end": (SIX, NINE)}


def test_a_window_put_before_another_moves_it_and_changes_nothing_in_it() -> None:
    before = make(window(TEN, SIX))
    after = make(window(EIGHT, TEN), window(TEN, SIX))
    assert list(fields(before, after)) == ["/windows/0"]
    assert list(fields(after, before)) == ["/windows/0"]
    assert fields(after, before)["/windows/0"][1] is None


def test_a_window_moved_as_a_whole_is_moved() -> None:
    moved = fields(make(window(EIGHT, TEN)), make(window(SIX, NINE)))
    assert moved["/windows/0/start"] == (EIGHT, SIX)


def test_an_effect_that_got_worse() -> None:
    old = make(impacts=[impact("file", "queued", "ncts"), impact("online", "available", "ncts")])
    new = make(impacts=[impact("file", "rejected", "ncts"), impact("online", "available", "ncts")])
    told = fields(old, new)
    assert told["/impacts/0/effect"] == ("queued", "rejected")
    assert told["/impacts/0/level"] == ("degraded", "outage")


def test_update_lines_name_what_they_tell() -> None:
    old = make(revisions=[revision("extended", EIGHT, SIX)])
    new = make(revisions=[revision("extended", EIGHT, SIX), revision("completed", NINE)])
    (told,) = diff_captures([Seen(old)], [Seen(new)])
    assert told.tells == ["completed"]
    assert [item.field for item in told.fields] == ["/revisions/1"]


@pytest.mark.parametrize("aside", ["related", "diagnostics", "evidence", "source"])
def test_what_the_notice_does_not_say_is_no_change(aside: str) -> None:
    other: dict[str, Any] = {
        "related": ["skat-x"],
        "diagnostics": [{"code": "a.b", "level": "info", "message": "m"}],
        "evidence": [{"field": "/title", "start": 0, "end": 1, "text": "P"}],
        "source": {"profile": "skat", "name": "else", "start": 5, "end": 9, "line": 3},
    }
    assert diff_captures([Seen(make())], [Seen(make(**{aside: other[aside]}))]) == []


def test_a_change_goes_through_json() -> None:
    (told,) = diff_captures(seen(ONE), seen(ONE.edited(hours="0900-1800")))
    assert Change.model_validate_json(told.model_dump_json(by_alias=True)) == told


def test_lines_for_people() -> None:
    lines = list(change_lines(diff_captures(seen(TWO, ONE), seen(TWO.edited(hours="0800-2000")))))
    assert "    windows.0.end: 2026-05-30 18:00 +0200 → 2026-05-30 20:00 +0200" in lines
    assert lines[0].startswith("~ skat-20260512T084500")
    assert any(line.startswith("- skat-20260511T084500") for line in lines)


def test_a_terminal_gets_no_control_characters() -> None:
    evil = make(window(EIGHT, SIX), title="x\x1b[31m\u202ey\x07")
    told = "\n".join(change_lines(diff_captures([], [Seen(evil)])))
    assert not set("\x1b\x07\u202e") & set(told)
