"""A bare text: which of its first lines is a title."""

from __future__ import annotations

import re
from typing import Final

from vindue.nlp.spans import Piece, Span
from vindue.nlp.trimming import trim, trimmed_piece

MAX_TITLE: Final = 140
"""Code points; a longer first line is a paragraph."""

_LINE: Final = re.compile(r"[^\r\n]+")
_SENTENCE_END: Final = (".", "!", "?", ";", ":", ",")
_NO_END: Final = ("...", "…", "!!")
"""What trails off or shouts is no sentence."""
NAME_WORDS: Final = 6


def find_title(text: str, span: Span, greetings: tuple[str, ...]) -> Piece | None:
    """The first line of ``span`` if it reads as a title.

    A title is short, does not end as a sentence does, does not greet, and has
    something below it. Null where the first line is already prose.
    """
    for line in _LINE.finditer(text, span.start, span.end):
        title = trimmed_piece(text, Span(*line.span()))
        if title is None:
            continue
        below = trim(text, Span(line.end(), span.end))
        return title if len(below) and reads_as_title(title.text, greetings) else None
    return None


def reads_as_title(line: str, greetings: tuple[str, ...]) -> bool:
    """Whether a trimmed line is short, no sentence and no greeting (``greetings`` folded)."""
    if not line or len(line) > MAX_TITLE or not any(sign.isalnum() for sign in line):
        return False
    if line.endswith(_SENTENCE_END) and not line.endswith(_NO_END) and not _is_name(line):
        return False
    opening = line.casefold().split()[0].rstrip(",")
    return opening not in greetings


def _is_name(line: str) -> bool:
    """A few words with capitals and a full stop: a firm's name ("North Line Ltd.")."""
    words = line.split()
    return len(words) <= NAME_WORDS and line[-1] == "." and all(w[0].isupper() for w in words)
