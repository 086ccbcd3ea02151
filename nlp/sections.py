"""Lines put together where a sentence or a list of names runs on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from vindue.nlp.spans import Line, Span
from vindue.nlp.values import dataclass
from vindue.nlp.wrapped import LONGEST

_JOINS: Final = ("/", "&", "+")
_RUNS_ON: Final = regex.compile(r"[\p{Ll},(]")
_ENDS: Final = regex.compile(r"[.!?:;][^\w.!?:;]*$")
# A line this long was likely broken to fit, a shorter one ended by intent.
_BROKEN: Final = 45


@dataclass(frozen=True, slots=True)
class Passage:
    """One line, or several that are one sentence in the source."""

    lines: tuple[Line, ...]

    @property
    def span(self) -> Span:
        """From the first line's start to the last line's end."""
        return Span(self.lines[0].span.start, self.lines[-1].span.end)


def passages(lines: tuple[Line, ...], silent: frozenset[int]) -> Iterator[Passage]:
    """Tile ``lines``; a line goes on with the next where that begins in mid-sentence.

    A ``silent`` line is never joined to another; joined lines are no longer than ``LONGEST``.
    """
    held: list[Line] = []
    for line in lines:
        alone = line.index in silent or (bool(held) and held[-1].index in silent)
        full = bool(held) and line.span.end - held[0].span.start > LONGEST
        if held and (alone or full or not _goes_on(held[-1], line)):
            yield Passage(tuple(held))
            held = []
        held.append(line)
    if held:
        yield Passage(tuple(held))


def _goes_on(last: Line, line: Line) -> bool:
    if line.bullet:
        return False
    if line.text.startswith(_JOINS) or last.text.endswith(_JOINS):
        return True
    if line.gap or _ENDS.search(last.text) or not _RUNS_ON.match(line.text):
        return False
    return len(last.text) >= _BROKEN or last.text.endswith(",")
