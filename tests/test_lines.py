"""Body → lines: what stands outside a line, and how a line that is too long is cut."""

from __future__ import annotations

import pytest

from vindue.nlp.lines import split_lines
from vindue.nlp.spans import Notice, Span
from vindue.nlp.wrapped import LONGEST

SENTENCE = "The portal is closed on Monday 2 March 2026 from 22:00 to 23:30. "


def lines(text: str) -> list[str]:
    whole = Span(0, len(text))
    found = split_lines(Notice(text=text, span=whole, body=whole, line=1))
    assert [line.text for line in found] == [line.span.of(text) for line in found]
    assert [line.index for line in found] == list(range(len(found)))
    return [line.text for line in found]


def test_blanks_bullets_and_unseen_signs_stand_outside() -> None:
    assert lines("  • One\u200b \r\n\u00a0\n\t– Two\u3000\nthree") == ["One", "Two", "three"]


def test_a_line_of_the_usual_length_is_left_whole() -> None:
    text = "x" * (LONGEST - 1) + "."
    assert lines(text) == [text]


@pytest.mark.parametrize("times", [31, 100, 1_000])
def test_a_long_line_is_cut_behind_a_sentence(times: int) -> None:
    found = lines(SENTENCE * times)
    assert max(map(len, found)) <= LONGEST
    assert " ".join(found) == (SENTENCE * times).strip()
    assert all(piece.endswith("23:30.") for piece in found)


@pytest.mark.parametrize("piece", ["word ", "20:00 - 22:00, ", "x", "1", "å", "\u200bå", "- "])
def test_nothing_of_a_long_line_is_lost(piece: str) -> None:
    text = piece * (3 * LONGEST // len(piece))
    found = lines(f"a{text}a")
    assert max(map(len, found)) <= LONGEST
    seen = "".join(found).replace(" ", "").replace("\u200b", "")
    expected = f"a{text}a".replace(" ", "").replace("\u200b", "")
    assert seen.replace("-", "") == expected.replace("-", "")
