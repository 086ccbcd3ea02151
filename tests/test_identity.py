"""Ids that last: through edits, and through new notices on top."""

from __future__ import annotations

import pytest

import vindue
from vindue.nlp.identity import content_hash, number_equals

STAMP = "18-05-2026 08:45:00"


def notice(number: int, stamp: str = STAMP, body: str = "Done.") -> str:
    return f"ManifestPRD-servicewindow {number}18-05-2026 kl. 09:00\n\n{body}\n\n{stamp}\n"


def ids(page: str) -> list[str]:
    return [record.id for record in vindue.parse_page(page)]


def test_profile_and_published_stamp_name_a_notice() -> None:
    assert ids(notice(1)) == ["skat-20260518T084500"]


def test_equal_stamps_are_numbered_from_the_bottom() -> None:
    page = notice(1) + notice(2)
    assert ids(page) == ["skat-20260518T084500-2", "skat-20260518T084500"]


def test_a_notice_on_top_changes_no_id_below() -> None:
    page = notice(1) + notice(2) + notice(3, "01-05-2026 10:00:00")
    assert ids(notice(0) + page)[1:] == ids(page)
    assert len(set(ids(notice(0) + page))) == 4


def test_an_edit_keeps_the_id() -> None:
    assert ids(notice(1, body="Done.")) == ids(notice(9, body="Extended to 2300.\nWO0000001486689"))


def test_without_a_stamp_the_text_names_it() -> None:
    first = vindue.parse("Planlagt arbejde\n\nI aften.")
    assert first.id == "generic-" + content_hash("Planlagt arbejde I aften.")
    assert first.id == vindue.parse("Planlagt arbejde\r\n\r\n  I aften.\xa0\n").id
    assert first.id != vindue.parse("Planlagt arbejde\n\nI morgen.").id


def test_a_published_time_from_outside_is_no_stamp() -> None:
    text = "Planned work\n\nTonight."
    assert vindue.parse(text, published_at="2026-03-02T10:15").id == vindue.parse(text).id


@pytest.mark.parametrize(("left", "right"), [("o\u0308", "\xf6"), ("a  b", "a\nb"), (" a", "a ")])
def test_the_hash_folds_what_a_reader_does_not_see(left: str, right: str) -> None:
    assert content_hash(left) == content_hash(right)


def test_number_equals_leaves_single_ids_alone() -> None:
    assert number_equals(["a", "b", "a", "a"]) == ["a-3", "b", "a-2", "a"]
    assert number_equals([]) == []
