"""Things without ids, and notices without stamps, are paired by what they share."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vindue.watch.align import align
from vindue.watch.captures import Seen, seen_on_page
from vindue.watch.match import match

Pair = tuple[int, int]


def whole(item: Pair) -> Pair:
    return item


def first(item: Pair) -> int:
    return item[0]


def test_the_stricter_key_pairs_first() -> None:
    told = align([(1, 1), (1, 2)], [(1, 2), (1, 3)], [whole, first])
    assert told.pairs == ((1, 0), (0, 1))
    assert (told.removed, told.added) == ((), ())


def test_what_no_key_pairs_was_added_or_removed() -> None:
    told = align([(1, 1), (2, 2)], [(3, 3)], [whole, first])
    assert told.pairs == ()
    assert (told.removed, told.added) == ((0, 1), (0,))


def test_a_null_key_takes_no_part() -> None:
    assert align([(1, 1)], [(1, 1)], [lambda _: None]).pairs == ()


PAIRS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=8)


@given(PAIRS, PAIRS)
def test_everything_is_paired_once_or_left_once(old: list[Pair], new: list[Pair]) -> None:
    told = align(old, new, [whole, first])
    assert sorted([left for left, _ in told.pairs] + list(told.removed)) == list(range(len(old)))
    assert sorted([right for _, right in told.pairs] + list(told.added)) == list(range(len(new)))
    assert all(old[left][0] == new[right][0] for left, right in told.pairs)


@given(PAIRS)
def test_nothing_differs_from_itself(items: list[Pair]) -> None:
    assert align(items, items, [whole]).pairs == tuple((n, n) for n in range(len(items)))


def text(body: str) -> Seen:
    (found,) = seen_on_page(body, "-")
    assert not found.stamped
    return found


BANK = text("Maintenance of the bank's website\nSaturday May 30, 2026, 0800-1800\nIt will be down.")
BANK_LATER = text(
    "Maintenance of the bank's website\nSaturday May 30, 2026, 0800-2000\nIt will be down."
)
OTHER = text("Road works\nThe bridge is closed.")


def test_an_edited_notice_without_a_stamp_is_the_same_notice() -> None:
    assert BANK.record.id != BANK_LATER.record.id
    told = match([BANK, OTHER], [BANK_LATER])
    assert told.before_of == {BANK_LATER.record.id: BANK}
    assert told.gone == (OTHER,)


def test_two_unlike_texts_are_two_notices() -> None:
    told = match([BANK], [OTHER])
    assert told.before_of == {}
    assert told.gone == (BANK,)


def test_a_likeness_that_several_share_pairs_none() -> None:
    twin = text("Maintenance of the bank's website\nSunday May 31, 2026, 0800-0900\nShort.")
    told = match([BANK], [BANK_LATER, twin])
    assert BANK_LATER.record.id not in told.before_of
    assert told.gone == (BANK,)
