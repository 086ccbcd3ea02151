"""Page → tiles: the real page, and pages that only just hold together."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from vindue.grammars.load import load_profile
from vindue.nlp.notices import page_notices, text_notice
from vindue.nlp.outer import Outer
from vindue.nlp.page import is_page, split_page
from vindue.nlp.spans import Notice

ZONE = ZoneInfo("Europe/Copenhagen")

HEADER_A = "DMS eksport, ManifestPRD-servicewindow DMS Tuesday May 19, 202619-05-2026 kl. 21:50"
BODY_A = "Tuesday May 19, 2026, 1800-2200\n\nDone.\n\nWO0000001587493"
STAMP_A = "11-05-2026 09:31:00"
HEADER_B = "ManifestService window Manifest June 2, 202602-06-2026 kl. 08:00"
BODY_B = "Tuesday June 2, 2026, 0700-0800"
STAMP_B = "01-06-2026 10:00:00"
TITLES = ["PRD-servicewindow DMS Tuesday May 19, 2026", "Service window Manifest June 2, 2026"]
NOTICE_A = f"{HEADER_A}\n\n{BODY_A}\n\n{STAMP_A}"
NOTICE_B = f"{HEADER_B}\n\n{BODY_B}\n\n{STAMP_B}"


@pytest.fixture(scope="module")
def page() -> str:
    raw = files("vindue.corpus").joinpath("skat", "page.txt").read_bytes()
    return raw.decode("utf-8")


def read(text: str) -> tuple[Notice, ...]:
    return page_notices(text, load_profile("skat"), ZONE)


def titles(notices: tuple[Notice, ...]) -> list[str]:
    return [notice.title.text if notice.title else "" for notice in notices]


def codes(notice: Notice) -> list[str]:
    return [finding.code for finding in notice.findings]


def assert_tiled(text: str, notices: tuple[Notice, ...]) -> None:
    assert notices[0].span.start == 0
    assert notices[-1].span.end == len(text)
    for above, below in pairwise(notices):
        assert above.span.end == below.span.start


def test_the_real_page_has_203_notices_that_tile_it(page: str) -> None:
    notices = read(page)
    assert len(notices) == 203
    assert_tiled(page, notices)


def test_every_notice_of_the_real_page_is_whole(page: str) -> None:
    for notice in read(page):
        assert codes(notice) == []
        assert notice.title is not None
        assert notice.tags
        assert notice.published is not None
        assert notice.updated is not None
        assert notice.span.start <= notice.title.span.start < notice.title.span.end
        assert notice.title.span.end == notice.updated.start
        assert notice.updated.end == notice.body.start
        assert notice.body.end == notice.published.start < notice.span.end


def test_stamps_of_the_real_page_are_those_that_stand_there(page: str) -> None:
    written = re.findall(r"(?m)^\d\d-\d\d-\d{4} \d\d:\d\d:\d\d$", page)
    read_back = [f"{notice.published_at:%d-%m-%Y %H:%M:%S}" for notice in read(page)]
    assert read_back == written


def test_lines_of_the_real_page_count_to_the_header(page: str) -> None:
    lines = page.split("\n")
    for notice in read(page):
        assert notice.title is not None
        assert notice.title.text in lines[notice.line - 1]
    assert [notice.line for notice in read(page)[:2]] == [5, 34]


@pytest.mark.parametrize(
    "vary",
    [
        pytest.param(lambda page: page.replace("\n", "\r\n"), id="carriage return and line feed"),
        pytest.param(lambda page: page.replace("\n", "\r"), id="carriage return alone"),
        pytest.param(
            lambda page: re.sub(r"(?m)^(\d\d-.{8} .{5}:\d\d)\n(?=\S)", r"\1", page),
            id="headers glued",
        ),
        pytest.param(lambda page: page.replace(" ", "\xa0"), id="no-break spaces"),
        pytest.param(lambda page: page.replace(" kl. 0", " kl. "), id="one-digit hours"),
        pytest.param(lambda page: re.sub(r"\n{2,}", "\n", page), id="no blank lines"),
        pytest.param(lambda page: re.sub(r"(?m)^(\d\d-.*:\d\d):00$", r"\1", page), id="no seconds"),
        pytest.param(lambda page: page.upper().replace(" KL. ", " kl. "), id="capitals"),
        pytest.param(
            lambda page: re.sub(r"(\d\d-\d\d-\d{4} kl\.)", r"\n\1", page), id="stamps below titles"
        ),
        pytest.param(lambda page: page.replace(" kl. ", "\nkl. "), id="stamps broken"),
        pytest.param(
            lambda page: re.sub(r"(?m)^(\S.*\d), (202\d\d\d-.* kl)", r"\1,\n\2", page),
            id="titles broken",
        ),
    ],
)
def test_the_real_page_in_another_layout(page: str, vary: Callable[[str], str]) -> None:
    varied = vary(page)
    notices, before = read(varied), read(page)
    assert_tiled(varied, notices)
    assert [n.published_at for n in notices] == [n.published_at for n in before]
    assert [n.updated_at for n in notices] == [n.updated_at for n in before]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{NOTICE_A}\n{NOTICE_B}\n", id="as published"),
        pytest.param(f"{NOTICE_A}{NOTICE_B}", id="header directly after the stamp"),
        pytest.param(f"{NOTICE_A} {NOTICE_B}", id="header after a blank"),
        pytest.param(f"{NOTICE_A}\n\n\n{NOTICE_B}\n\n \n", id="blank lines"),
        pytest.param(f"\n\n{NOTICE_A}\n{NOTICE_B}", id="blank lines before"),
        pytest.param(f"Manifest\n\nSome words.\n\n{NOTICE_A}\n{NOTICE_B}", id="preamble"),
        pytest.param(f"Manifest\n{NOTICE_A}\n{NOTICE_B}", id="preamble directly above"),
        pytest.param(
            f"Manifest\nOn this page you can see scheduled unavailability\n{NOTICE_A}\n{NOTICE_B}",
            id="the page's own preamble",
        ),
        pytest.param(
            f"{HEADER_A}\n{BODY_A}\n{STAMP_A}\n{HEADER_B}\n{BODY_B}\n{STAMP_B}", id="no blank lines"
        ),
        pytest.param(
            f"{HEADER_A}\n\n{BODY_A} {STAMP_A}\n{NOTICE_B}", id="stamp at the end of a line"
        ),
        pytest.param(f"{HEADER_A}\n\n{BODY_A}{STAMP_A}\n{NOTICE_B}", id="stamp glued to the body"),
        pytest.param(f"{NOTICE_A[:-3]}\n{NOTICE_B}", id="seconds missing"),
        pytest.param(f"{NOTICE_A}\n{NOTICE_B[:-3]}", id="seconds missing at the end"),
        pytest.param(
            f"{HEADER_A}\n\n19-05-2026 21:45\nDone.\n\n{BODY_A}\n\n{STAMP_A}\n{NOTICE_B}",
            id="an update that looks like a stamp without seconds",
        ),
        pytest.param(
            f"{HEADER_A}\n\n18-05-2026 08:45:00 it was started again\n\n{STAMP_A}\n{NOTICE_B}",
            id="a stamp within a sentence",
        ),
    ],
)
def test_two_notices_stay_two(text: str) -> None:
    notices = read(text)
    assert titles(notices) == TITLES
    assert_tiled(text, notices)
    assert [n.published_at and f"{n.published_at:%d%m%H%M}" for n in notices] == [
        "11050931",
        "01061000",
    ]
    assert all(codes(notice) == [] for notice in notices)


def test_a_page_cut_in_the_middle_of_a_notice() -> None:
    text = f"{NOTICE_A}\n{HEADER_B}\n\nTuesday June 2, 20"
    first, second = read(text)
    assert codes(first) == []
    assert codes(second) == ["page.truncated"]
    assert second.published_at is None
    assert titles((second,)) == TITLES[1:]


def test_a_page_cut_in_its_first_notice() -> None:
    text = f"will be rejected during the service window.\n\n{STAMP_A}\n{NOTICE_B}"
    first, second = read(text)
    assert codes(first) == ["header.missing"]
    assert first.title is None
    assert first.body.of(text).strip() == "will be rejected during the service window."
    assert codes(second) == []


def test_a_header_without_its_stamp_still_parts_notices() -> None:
    text = f"{HEADER_A[:-20]}\n\n{BODY_A}\n\n{STAMP_A}\n{NOTICE_B}"
    first, second = read(text)
    assert titles((first, second)) == TITLES
    assert codes(first) == ["stamp.missing"]
    assert first.updated_at is None


def test_a_stamp_that_is_no_date_still_closes_its_notice() -> None:
    text = f"{HEADER_A}\n\n{BODY_A}\n\n31-02-2026 09:31:00\n{NOTICE_B}"
    first, second = read(text)
    assert titles((first, second)) == TITLES
    assert codes(first) == ["stamp.unreadable"]
    assert first.published_at is None


def test_two_stamps_in_a_row_leave_a_notice_with_an_error() -> None:
    text = f"{NOTICE_A}\n{STAMP_A}\n{NOTICE_B}"
    notices = read(text)
    assert_tiled(text, notices)
    assert [codes(notice) for notice in notices] == [[], ["header.missing"], []]


@pytest.mark.parametrize("text", ["", " \n\n", "\ufeff", "•\n—\n"])
def test_a_page_without_a_word_has_no_notice(text: str) -> None:
    assert split_page(Outer(text, load_profile("skat"), ZONE)) == ()


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (NOTICE_A, True),
        (HEADER_A, True),
        (f"{HEADER_A[:-20]}\n\n{BODY_A}\n\n{STAMP_A}\n", True),
        ("Planlagt vedligehold\n\nForlænget til 19-05-2026 kl. 22:00", False),
        ("Planlagt vedligehold\n\n19-05-2026 22:00\nAfsluttet", False),
        ("", False),
    ],
)
def test_what_is_a_page_of_this_source(text: str, known: bool) -> None:
    assert is_page(text, load_profile("skat")) is known


def test_one_notice_of_the_page_read_as_a_text() -> None:
    notice = text_notice(NOTICE_A, load_profile("skat"), ZONE)
    assert titles((notice,)) == TITLES[:1]
    assert [tag.text for tag in notice.tags] == ["DMS eksport", "Manifest"]
    assert notice.published_at is not None
    assert codes(notice) == []


def test_several_notices_read_as_one_text_are_told() -> None:
    text = f"{NOTICE_A}\n{NOTICE_B}"
    notice = text_notice(text, load_profile("skat"), ZONE)
    assert codes(notice) == ["text.many"]
    assert notice.span.of(text) == text
