"""What must hold of every page, whatever it is made of."""

from __future__ import annotations

import json
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vindue
from vindue.grammars.load import load_profile
from vindue.nlp.facts import read_facts
from vindue.nlp.notices import page_notices, text_notice
from vindue.nlp.output import write_json
from vindue.nlp.spans import Notice

SKAT = load_profile("skat")
ZONE = ZoneInfo("Europe/Copenhagen")

WORDS = [
    "DMS eksport", "Manifest", "TFE (testsystems)", ", ", ",", "PRD-servicewindow",
    "Service window", "Tuesday May 19, 2026", "1800-2200", "Done.", "19-05-2026 kl. 21:50",
    "18-05-2026 08:45:00",
    "18-05-2026 08:45", "31-02-2026 kl. 25:99", "29-03-2026 02:30:00", "25-10-2026 kl. 02:30",
    "WO0000001587493", "WO ", "•", "-", "\xa0", " ", "  ", "\t", "\n", "\r\n", "\r", "\n\n",
    "2026", "20",
    "kl. ", "æ", "😀", "\u2028", "\ufeff", "\u200b", "(", ")", "/", "On this page you can see",
]  # fmt: skip

pages = st.lists(st.sampled_from(WORDS) | st.text(max_size=5), max_size=40).map("".join)


def check_pieces(notice: Notice) -> None:
    pieces = [*notice.tags, *([notice.title] if notice.title else [])]
    for piece in pieces:
        assert piece.span.of(notice.text) == piece.text
        assert piece.text == piece.text.strip() != ""
    inner = [piece.span for piece in pieces]
    inner += [span for span in (notice.updated, notice.body, notice.published) if span]
    for span in inner:
        assert notice.span.start <= span.start <= span.end <= notice.span.end
    for finding in notice.findings:
        assert finding.span is None or 0 <= finding.span.start <= finding.span.end <= len(
            notice.text
        )


@given(pages)
@settings(max_examples=300, deadline=None)
def test_the_notices_of_a_page_tile_it(text: str) -> None:
    notices = page_notices(text, SKAT, ZONE)
    if not notices:
        assert not any(sign.isalnum() for sign in text)
        return
    assert notices[0].span.start == 0
    assert notices[-1].span.end == len(text)
    for above, below in pairwise(notices):
        assert above.span.end == below.span.start
    for notice in notices:
        assert len(notice.span) > 0
        assert notice.line >= 1
        check_pieces(notice)


@given(pages)
@settings(max_examples=200, deadline=None)
def test_a_text_is_one_notice_that_covers_it(text: str) -> None:
    for profile in (SKAT, load_profile("generic")):
        notice = text_notice(text, profile, ZONE)
        assert (notice.span.start, notice.span.end) == (0, len(text))
        check_pieces(notice)


@given(pages)
@settings(max_examples=25, deadline=None)
def test_every_page_can_be_written_out_and_its_evidence_stands_in_it(text: str) -> None:
    for record in vindue.parse_page(text, profile="skat"):
        assert "reader.failed" not in {d.code for d in record.diagnostics}
        for item in record.evidence:
            assert text[item.start : item.end] == item.text
        assert json.loads(write_json(record))["id"] == record.id


@given(pages)
@settings(max_examples=25, deadline=None)
def test_reading_twice_gives_the_same(text: str) -> None:
    first = [write_json(record) for record in vindue.parse_page(text, profile="skat")]
    assert first == [write_json(record) for record in vindue.parse_page(text, profile="skat")]
    assert len({json.loads(line)["id"] for line in first}) == len(first)


@pytest.mark.parametrize(
    "piece",
    [
        "1", "1-1-", "WO", "a.", "a@", "PRD ", "PRD/", "(", "\n", " ", "Manifest, ", "Quota,\n",
        "18-05-2026 08:45:00\n", "18-05-2026 08:45\n", "18-05-2026 kl. 08:45", "2026-03-13 ",
        "not the in ", "environment:\n", "concerns ", "http://",
    ],
)  # fmt: skip
def test_a_long_text_of_one_thing_comes_back(piece: str) -> None:
    # a pattern that tries every split of a run would still be at it tomorrow
    text = piece * (200_000 // len(piece))
    for profile in (SKAT, load_profile("generic")):
        assert read_facts(text_notice(text, profile, ZONE), profile).environments
    assert sum(len(notice.span) for notice in page_notices(text, SKAT, ZONE)) in (0, len(text))
