"""The notices that are measured: those of the shipped page as they are, or many with lines varied.

Varied means: every line with a word in it gets a made word of its own, all
clock times of a notice are moved by the same minutes, work orders are others.
The phrases stay whole, so that what is read is of the same kind; but no line
stands twice, and no cache of lines can answer.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = ROOT / "corpus" / "skat" / "page.txt"
SEED: Final = 20260518
_PUBLISHED: Final = re.compile(r"(?m)^[^\S\n]*\d{2}-\d{2}-\d{4} \d{2}:\d{2}:\d{2}")
_UPDATED: Final = re.compile(r"(?=\d{2}-\d{2}-\d{4} kl\. \d{2}:\d{2}$)")
_CLOCK: Final = re.compile(r"(?<![\d:.-])([01]\d|2[0-3])([:.]?)([0-5]\d)(?![\d:.]|-\d\d-)")
_YEAR: Final = re.compile(r"20[12]\d")
_ORDER: Final = re.compile(r"WO\d+")
_SENTENCE: Final = re.compile(r"(?<![.:])(?=[.:]*$)|(?=\. [A-Z])")
_LETTERS: Final = "bcdfghjklmnprstvz", "aeiou"


@cache
def page_notices() -> tuple[str, ...]:
    """The notices of the page, each as it stands there, stamps and all."""
    page, start, found = PAGE.read_text(encoding="utf-8"), 0, []
    for match in _PUBLISHED.finditer(page):
        found.append(page[start : match.end()].lstrip("\n") + "\n")
        start = match.end()
    return tuple(found)


def repeated(count: int) -> Iterator[str]:
    """The page's notices over and over."""
    notices = page_notices()
    return (notices[number % len(notices)] for number in range(count))


def varied(count: int, seed: int = SEED) -> Iterator[str]:
    """The page's notices over and over, no line twice; the same in every run with that seed."""
    made = random.Random(seed)
    return (_vary(notice, made) for notice in repeated(count))


def write_lines(path: Path, notices: Iterator[str]) -> Path:
    """The notices as JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        for number, text in enumerate(notices):
            file.write(json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n")
    return path


def small(count: int) -> Iterator[str]:
    """Short notices of one sentence each, for streams of a million lines."""
    made = random.Random(SEED)
    for _ in range(count):
        day, hour = made.randint(1, 28), made.randint(0, 20)
        yield f"Planned work {_word(made)}\n\n{day} March 2026 {hour:02}:00-{hour + 2:02}:00 UTC"


def _vary(notice: str, made: random.Random) -> str:
    minutes = made.randint(1, 59)
    return "\n".join(_line(line, minutes, made) for line in notice.split("\n"))


def _line(line: str, minutes: int, made: random.Random) -> str:
    if _PUBLISHED.match(line):
        return f"{line[:-2]}{made.randrange(60):02}"
    if _ORDER.match(line):
        return f"WO{made.randrange(10**12):013}"
    if any(sign.isalpha() for sign in line):
        place = _UPDATED if _UPDATED.search(line) else _SENTENCE
        line = place.sub(lambda _: f" {_word(made)}", line)
    return _CLOCK.sub(lambda match: _later(match, minutes), line)


def _later(match: re.Match[str], minutes: int) -> str:
    if not match[2] and _YEAR.fullmatch(match[0]):
        return match[0]
    at = (int(match[1]) * 60 + int(match[3]) + minutes) % (24 * 60)
    return f"{at // 60:02}{match[2]}{at % 60:02}"


def _word(made: random.Random) -> str:
    return "".join(made.choice(_LETTERS[place % 2]) for place in range(8))
