"""A capture that looks torn is looked at again; one that is sound is believed at once."""

from __future__ import annotations

import pytest

from tests.watch.pages import FOUR, HEAD, ONE, THREE, TWO, page, seen
from vindue.watch.captures import Seen, seen_on_page
from vindue.watch.doubt import Memory, Verdict, judge

ALL = seen(FOUR, THREE, TWO, ONE)


FRESH = Memory()


def look(capture: list[Seen], memory: Memory = FRESH, now: float = 0.0, **how: bool) -> Verdict:
    return judge(ALL, capture, memory, now, framed=how.get("framed", True))


def looks_until_believed(captures: list[list[Seen]], pace: float = 1.0) -> int:
    memory = Memory()
    for number, capture in enumerate(captures, start=1):
        verdict = look(capture, memory, now=number * pace)
        if verdict.believed:
            return number
        memory = verdict.memory
    return 0


@pytest.mark.parametrize(
    "capture",
    [ALL, seen(FOUR.edited("Done."), THREE, TWO, ONE), [*seen(FOUR.edited()), *ALL]],
)
def test_new_and_changed_notices_are_believed_at_once(capture: list[Seen]) -> None:
    assert look(capture).believed


def test_one_that_is_gone_is_believed_when_seen_again() -> None:
    verdict = look(seen(FOUR, THREE, TWO))
    assert not verdict.believed
    assert verdict.soon
    assert verdict.reason == "1 of 4 notices are gone"
    assert look(seen(FOUR, THREE, TWO), verdict.memory).believed


def test_one_that_is_back_leaves_no_doubt() -> None:
    verdict = look(ALL, look(seen(FOUR, THREE, TWO)).memory)
    assert verdict == Verdict(True, Memory())


def test_most_of_them_gone_takes_longer_and_no_haste() -> None:
    assert not look(seen(FOUR)).soon
    assert looks_until_believed([seen(FOUR)] * 9) == 4


def test_a_page_of_apology_is_not_believed_for_hours() -> None:
    apology = seen_on_page("We are sorry. Please try again later.", "-", profile="skat")
    assert looks_until_believed([apology] * 99, pace=300.0) == 73


def test_a_foot_below_the_notices_hides_no_page_of_apology() -> None:
    with_foot = seen_on_page(f"{page(TWO, ONE)}\n\nContact us.", "-")
    assert [item.stamped for item in with_foot] == [True, True, False]
    apology = seen_on_page("We are sorry. Please try again later.", "-", profile="skat")
    memory = Memory()
    for number in range(9):
        verdict = judge(with_foot, apology, memory, number * 300.0, framed=True)
        assert not verdict.believed
        memory = verdict.memory
    assert judge(with_foot, with_foot, memory, 3000.0, framed=True).believed


def test_an_emptied_page_takes_as_long() -> None:
    assert looks_until_believed([[]] * 99, pace=3600.0) == 7


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.97])
def test_a_page_cut_anywhere_is_not_believed(share: float) -> None:
    whole = page(FOUR, THREE, TWO, ONE)
    torn = whole[: len(HEAD) + int(len(whole[len(HEAD) :]) * share)]
    assert not look(seen_on_page(torn, "-", profile="skat")).believed


def test_a_transfer_without_an_end_is_believed_when_seen_again() -> None:
    verdict = look(ALL, framed=False)
    assert not verdict.believed
    assert look(ALL, verdict.memory, framed=False).believed


def test_a_page_that_differs_at_every_look_is_believed_in_the_end() -> None:
    captures = [seen(FOUR.edited(str(n)), THREE, TWO) for n in range(9)]
    assert looks_until_believed(captures) == 4


def test_a_first_capture_without_a_notice_is_looked_at_again() -> None:
    verdict = judge([], [], Memory(), 0.0, framed=True)
    assert not verdict.believed
