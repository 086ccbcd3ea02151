"""Headers of a page's notices put together again where the document parted them."""

from __future__ import annotations

from typing import Final

from vindue.grammars.schema import Profile
from vindue.nlp.adapters.html_walk import BULLET
from vindue.nlp.stamps import compiled, compiled_at_end

_HEADER_LINES: Final = 3
"""Tags, title and stamp: the most lines that a document makes of one header."""


def with_whole_headers(text: str, profile: Profile) -> str:
    """``text`` without the gaps inside headers, and without bullets before them.

    A document may give tags, title and stamp a paragraph each; the page's own
    reader wants a header's lines directly below each other.
    """
    lines = text.split("\n")
    gaps: set[int] = set()
    for at, line in enumerate(lines):
        if line.startswith(BULLET) and _ends_in_stamp(line, profile):
            lines[at] = line.removeprefix(BULLET)
        if _is_stamp(line, profile):
            gaps.update(_gaps_above(lines, at))
    return "\n".join(line for at, line in enumerate(lines) if at not in gaps)


def _gaps_above(lines: list[str], at: int) -> list[int]:
    """The empty lines between the stamp at ``at`` and the header's other lines."""
    found: list[int] = []
    words = 1
    for number in range(at - 1, -1, -1):
        if lines[number].strip():
            words += 1
        elif number and _published_above(lines[number - 1]):
            break
        else:
            found.append(number)
        if words == _HEADER_LINES:
            break
    return found


def _published_above(line: str) -> bool:
    """Whether the line closes the notice above: a date and a time with seconds."""
    return bool(line.strip()) and not any(map(str.isalpha, line)) and line.count(":") > 1


def _is_stamp(line: str, profile: Profile) -> bool:
    return any(compiled(shape.pattern).fullmatch(line.strip()) for shape in profile.updated)


def _ends_in_stamp(line: str, profile: Profile) -> bool:
    return any(compiled_at_end(shape.pattern).search(line) for shape in profile.updated)
