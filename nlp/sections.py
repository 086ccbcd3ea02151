"""Lines put together where a sentence or a list of names runs on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import regex

from vindue.nlp.spans import Line, Span

_RUNS_ON: Final = regex.compile(r"[\p{Ll}/,&+(]")
_ENDS: Final = regex.compile(r"[.!?:;]\W*$")
_HANGS: Final = regex.compile(r"[/,&+–-]$")
LONG: Final = 45


@dataclass(frozen=True, slots=True)
class Passage:
    """One line, or several that are one sentence in the source."""

    lines: tuple[Line, ...]

    @property
    def span(self) -> Span:
        """From the first line's start to the last line's end."""
        return Span(self.lines[0].span.start, self.lines[-1].span.end)


def passages(text: str, lines: tuple[Line, ...], silent: frozenset[int]) -> Iterator[Passage]:
    """Tile ``lines``; a line goes on with the next where the next begins in mid-sentence."""
    held: list[Line] = []
    for line in lines:
        if held and not _goes_on(held[-1], line, silent):
            yield Passage(tuple(held))
            held = []
        held.append(line)
    if held:
        yield Passage(tuple(held))


def _goes_on(last: Line, line: Line, silent: frozenset[int]) -> bool:
    if line.bullet or (last.index in silent) != (line.index in silent) or line.index in silent:
        return False
    if line.text[:1] in ("/", "&", "+") or _HANGS.search(last.text) and last.text[-1] in "/&+":
        return True
    if line.gap or _ENDS.search(last.text) or not _RUNS_ON.match(line.text):
        return False
    return len(last.text) >= LONG or last.text.endswith(",")
