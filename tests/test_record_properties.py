"""What must hold of every record, and of any two readings that ought to tell the same."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import vindue
from tests.whole import as_opened, check_record
from vindue.corpus.cases import Case, load_cases
from vindue.nlp.output import write_json
from vindue.nlp.record import Record

TRAIN = load_cases(split="train")
OWN = [case for case in TRAIN if case.source == "own"]
PAGE = [case for case in TRAIN if case.source == "skat"]
WITHOUT_TIMES = [
    "The canteen has new chairs.",
    "We thank the gardeners for the hedge.",
    "Kantinen har fået nye stole.",
    "Vi takker gartnerne for hækken.",
]

# Words of time and state, whole sentences of both languages, and what breaks a careless reader.
PIECES = [
    "Tuesday May 19, 2026", "onsdag den 20. maj", "natten til søndag", "every Sunday in April",
    "1800-2200", "kl. 22-02", "from 23:00", "until 0200", "for 3 hours", "02:30 (ST)", "24:00",
    "29 March 2026 02:30", "25-10-2026 02:45", "UTC", "CEST", "+05:30", "approx.", "week 53",
    "hver lørdag", "tomorrow", "i morgen", "until further notice", "31 April", "0000", "9999",
    "PRD-servicewindow", "Manifest", "DMS Import", "is closed", "er lukket", "Done.", "Delayed",
    "extended to 23:30", "cancelled", "udsat", "duplicate", "completed at 21:10", "•", "- ",
    ". ", ", ", "; ", ": ", "\n", "\n\n", "\r\n", "\r", "\t", " ", "\xa0", "\u2028", "\u0085",
    "\x00", "\x1b[31m", "\ud800", "\udfff", "\ufeff", "\u200b", "\u202e", "\u2066", "א", "مساء",
    "e\u0301", "\u0301\u0327", "å", "a\u030a", "ǆ", "İ", "ß", "ﬁ", "😀", "👩🏽‍🚒", "🇩🇰",
    "１８", "٢٠٢٦", "²",
    "18-05-2026 08:45:00", "19-05-2026 kl. 21:50", "\x0b", "\x0c", "\x1c",
]  # fmt: skip

ANY_SIGN = st.characters(exclude_categories=())
texts = st.lists(st.sampled_from(PIECES) | st.text(ANY_SIGN, max_size=6), max_size=30).map("".join)
spaced = st.lists(st.sampled_from(PIECES), max_size=20).map(" ".join)
profiles = st.sampled_from(["auto", "generic", "skat"])


@given(texts | spaced, profiles)
@example("every Sunday in April from 01:00 to 03:00", "generic")
@settings(max_examples=60, deadline=None)
def test_any_text_gives_sound_records(text: str, profile: str) -> None:
    check_record(vindue.parse(text, profile=profile), as_opened(text))
    records = vindue.parse_page(text, profile=profile)
    for record in records:
        check_record(record, text)
    if records:
        assert records[0].source.start == 0
        assert records[-1].source.end == len(text)
        ends = [record.source.end for record in records[:-1]]
        assert ends == [record.source.start for record in records[1:]]


@given(spaced, spaced)
@settings(max_examples=30, deadline=None)
def test_what_was_read_before_changes_nothing(text: str, other: str) -> None:
    first = write_json(vindue.parse(text))
    vindue.parse_page(other)
    assert write_json(vindue.parse(text)) == first


@given(st.randoms(use_true_random=False), st.sampled_from(TRAIN))
@settings(max_examples=60, deadline=None)
def test_a_damaged_notice_gives_sound_records(chance: random.Random, case: Case) -> None:
    text = damaged(case.text, chance)
    check_record(vindue.parse(text, published_at=case.label.published_at), as_opened(text))


def damaged(text: str, chance: random.Random) -> str:
    """A few cuts, swaps and foreign pieces."""
    for _ in range(chance.randint(1, 6)):
        at, to = sorted(chance.choices(range(len(text) + 1), k=2))
        to = min(to, at + 30)
        text = chance.choice(
            [
                text[:at] + text[to:],
                text[:at] + chance.choice(PIECES) + text[at:],
                text[:at] + chance.choice(PIECES) + text[to:],
                text[:at] + text[at:to] * 2 + text[to:],
            ]
        )
    return text


def test_records_do_not_depend_on_the_order_of_reading() -> None:
    """Forwards, backwards, and in a process with another seed of hashes: the same bytes."""
    cases = random.Random(11).sample(OWN, 25)
    forwards = {case.name: as_read(case) for case in cases}
    assert {case.name: as_read(case) for case in reversed(cases)} == forwards
    code = (
        "import sys, json, vindue\n"
        "for line in sys.stdin:\n"
        "    name, text, at = json.loads(line)\n"
        "    print(vindue.parse(text, published_at=at, name=name).model_dump_json(by_alias=True))\n"
    )
    lines = "".join(
        json.dumps([case.name, case.text, published(case)]) + "\n" for case in reversed(cases)
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=lines,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONUTF8": "1"},
    )
    assert done.stdout.splitlines() == [forwards[case.name] for case in reversed(cases)]


def as_read(case: Case) -> str:
    return write_json(vindue.parse(case.text, published_at=published(case), name=case.name))


def published(case: Case) -> str | None:
    at = case.label.published_at
    return at.isoformat() if at else None


notices = st.lists(st.sampled_from(PAGE), min_size=1, max_size=5, unique_by=lambda case: case.name)


@given(notices, notices)
@settings(max_examples=20, deadline=None)
def test_pages_one_after_the_other_give_their_records_one_after_the_other(
    above: list[Case], below: list[Case]
) -> None:
    first, second = page_of(above), page_of(below)
    alone = [*values(first), *values(second)]
    assert values(first + second) == alone


@given(st.permutations(random.Random(5).sample(PAGE, 6)))
@settings(max_examples=10, deadline=None)
def test_the_order_of_notices_changes_no_record(order: list[Case]) -> None:
    found = dict(zip((case.name for case in order), values(page_of(order)), strict=True))
    usual = sorted(order, key=lambda case: case.name)
    assert found == dict(zip((case.name for case in usual), values(page_of(usual)), strict=True))


def page_of(cases: list[Case]) -> str:
    return "".join(case.text.rstrip("\n") + "\n" for case in cases)


def values(page: str) -> list[str]:
    """The records less what tells where on the page they stood and who stood beside them."""
    return [without_place(record) for record in vindue.parse_page(page, profile="skat")]


def without_place(record: Record) -> str:
    start = record.source.start
    plain = record.model_copy(deep=True)
    plain.id = ""
    plain.related = []
    plain.source.start, plain.source.end, plain.source.line = 0, 0, 1
    for proof in plain.evidence:
        proof.start, proof.end = proof.start - start, proof.end - start
    for impact in plain.impacts:
        impact.start, impact.end = impact.start - start, impact.end - start
    for found in plain.diagnostics:
        if found.start is not None and found.end is not None:
            found.start, found.end = found.start - start, found.end - start
    for revision in plain.revisions:
        revision.start_span -= start
        revision.end_span -= start
    return write_json(plain)


@pytest.mark.parametrize("sentence", WITHOUT_TIMES)
def test_a_sentence_about_something_else_changes_no_window(sentence: str) -> None:
    changed = []
    for case in OWN[::2]:
        before = vindue.parse(case.text, published_at=case.label.published_at)
        more = f"{case.text.rstrip()}\n\n{sentence}\n"
        after = vindue.parse(more, published_at=case.label.published_at)
        if after.windows != before.windows or after.status != before.status:
            changed.append(case.name)
    assert changed == []
