"""A span without the blank and invisible signs at its ends."""

from __future__ import annotations

from typing import Final

from vindue.nlp.spans import Piece, Span

INVISIBLE: Final = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
"""Soft hyphen, zero-width signs, byte order mark, marks of direction: ``strip`` leaves them."""


def trim(text: str, span: Span) -> Span:
    """The part of ``span`` between its first and last visible sign; empty if there is none."""
    start, end = span.start, span.end
    while start < end and _unseen(text[start]):
        start += 1
    while start < end and _unseen(text[end - 1]):
        end -= 1
    return Span(start, end)


def trimmed_piece(text: str, span: Span) -> Piece | None:
    """What ``span`` holds, trimmed, or null where nothing is to be seen."""
    inner = trim(text, span)
    return Piece(inner.of(text), inner) if len(inner) else None


def _unseen(sign: str) -> bool:
    return sign.isspace() or sign in INVISIBLE
