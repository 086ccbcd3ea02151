"""What a terminal would obey, taken out of what it shows."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Final

_OBEYED: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# What JSON leaves as it is and a terminal obeys: controls beyond ASCII and signs of format
# (marks of direction among them), as of Unicode 14.
_IN_JSON: Final = re.compile(
    r"["
    r"\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890-\u0891\u08e2\u180e\u200b-\u200f"
    r"\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd"
    r"\U00013430-\U00013438\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001"
    r"\U000e0020-\U000e007f"
    r"]"
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
    return _IN_JSON.sub(lambda sign: json.dumps(sign[0])[1:-1], line)
