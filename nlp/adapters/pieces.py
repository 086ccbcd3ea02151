"""Parts a piece at separators, each part with its own span."""

from __future__ import annotations

import re

from vindue.nlp.adapters.layout import piece_of
from vindue.nlp.spans import Piece, Span


def split_piece(piece: Piece, separators: tuple[str, ...]) -> tuple[Piece, ...]:
    """The non-blank parts of ``piece``; separators inside brackets part nothing."""
    signs = "|".join(re.escape(sign) for sign in separators)
    found: list[Piece | None] = []
    start, depth = 0, 0
    for match in re.finditer(rf"[()]|{signs}|$", piece.text):
        sign = match.group()
        if sign in ("(", ")"):
            depth = max(0, depth + (1 if sign == "(" else -1))
        elif not depth or not sign:
            found.append(_part(piece, start, match.start()))
            start = match.end()
    return tuple(part for part in found if part is not None)


def _part(piece: Piece, start: int, end: int) -> Piece | None:
    """The trimmed part between two offsets of the piece's own text."""
    part = piece_of(piece.text, Span(start, end))
    if part is None:
        return None
    shift = piece.span.start
    return Piece(part.text, Span(part.span.start + shift, part.span.end + shift))
