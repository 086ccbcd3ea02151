"""The page as published, cut into notices.

Cut by its own simple rule (a line that begins with the published stamp ends
a notice), not by the parser's: labels must not move when the parser errs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_STAMP = re.compile(r"^[^\S\n]*(?P<stamp>\d{2}-\d{2}-\d{4} \d{2}:\d{2}:\d{2})", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PageNotice:
    """One notice of the page; ``start``/``end`` in code points of the page."""

    ordinal: int
    start: int
    end: int
    text: str
    stamp: str


def cut_page(page: str) -> list[PageNotice]:
    """The notices of ``page``, in its order, each up to its published stamp.

    What stands after the last stamp belongs to no notice.
    """
    notices: list[PageNotice] = []
    start = 0
    for number, match in enumerate(_STAMP.finditer(page), start=1):
        end = match.end()
        text = page[start:end]
        lead = len(text) - len(text.lstrip("\n"))
        notices.append(
            PageNotice(number, start + lead, end, text[lead:], match.group("stamp")),
        )
        start = end
    return notices


def read_page(path: Path) -> str:
    """The page, decoded as UTF-8, line ends as they stand."""
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()
