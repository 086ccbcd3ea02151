"""What a terminal would obey, taken out of what it shows."""

from __future__ import annotations

import unicodedata
from typing import Final

import regex

_OBEYED: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# What JSON leaves as it is and a terminal obeys: controls beyond ASCII, marks of direction.
_IN_JSON: Final = regex.compile(
    r"[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)


def printable(line: str) -> str:
    """``line`` without what a terminal would obey: controls and direction marks go."""
    if line.isascii() and line.isprintable():
        return line
    return "".join(
        char if char == "\t" or unicodedata.category(char) not in _OBEYED else "\ufffd"
        for char in line
    )


def printable_lines(text: str) -> str:
    """Each line of ``text`` as ``printable``; only a line feed parts lines."""
    return "\n".join(printable(line.removesuffix("\r")) for line in text.split("\n"))


def printable_json(line: str) -> str:
    """The same JSON, with the signs that a terminal would obey written as escapes."""
    if line.isascii() and "\x7f" not in line:
        return line
    return _IN_JSON.sub(lambda sign: f"\\u{ord(sign[0]):04x}", line)
