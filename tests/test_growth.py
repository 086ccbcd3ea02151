"""What a notice costs grows with its length, not with the square of it.

Counted are calls, not seconds: a loop over all that was found for each thing
found shows in them. What a pattern may cost is held by ``test_patterns``.
"""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vindue
from vindue.nlp.cover import Cover
from vindue.nlp.spans import Span

SHORT: Final = 1_500
TIMES: Final = 4
ALLOWED: Final = 1.6
SHAPES: Final = (
    "Due to maintenance DMS Import will be closed on Tuesday May 19, 2026 from 18:00 to 20:00. ",
    "18:00 ",
    "18:00-20:00 ",
    "19-05-2026 ",
    "19-05-2026 18:00:00",
    "DMS Import, ",
    "a, ",
    "Ab ",
    "Start: \n",
    "\n",
    " \n",
    "\r\n",
    "(",
    "<a",
    "http://",
    "• \n",
    "a\t",
    "DMS Import closed 18:00\n",
    "Tuesday May 19, 2026 18:00-20:00\n",
    "Update: ",
    "until 18:00 ",
    "The system is down, and the system is down, ",
)


def calls(text: str) -> int:
    """How many calls it takes to read ``text``; the resumption of a generator is one."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        vindue.parse(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("shape", SHAPES)
def test_four_times_the_text_is_four_times_the_work(shape: str) -> None:
    short, long = (shape * (size // len(shape)) for size in (SHORT, SHORT * TIMES))
    vindue.parse(long)
    assert calls(long) / calls(short) < TIMES * ALLOWED


spans = st.builds(
    lambda start, length: Span(start, start + length), st.integers(0, 30), st.integers(0, 9)
)


@settings(deadline=None)
@given(st.lists(spans), spans)
def test_a_cover_answers_as_a_look_at_each_span_does(many: list[Span], asked: Span) -> None:
    cover = Cover(many)
    at = asked.start
    assert cover.holds(at) == any(span.start <= at < span.end for span in many)
    meets = any(asked.start < span.end and asked.end > span.start for span in many)
    assert cover.meets(asked) == meets
