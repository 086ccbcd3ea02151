"""What a terminal would obey, taken out of what it shows."""

from __future__ import annotations

import unicodedata


def printable(line: str) -> str:
    """``line`` without what a terminal would obey: controls and direction marks go."""
    return "".join(
        char if char == "\t" or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        else "\ufffd"
        for char in line
    )  # fmt: skip
