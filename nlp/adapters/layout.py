"""Lays out decoded pieces as one text and tells where each came to stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from vindue.nlp.adapters.charset import mend
from vindue.nlp.spans import Piece, Span


class Layout:
    """A text under construction; local to one ``decode``, never shared."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0

    @property
    def length(self) -> int:
        """Code points so far."""
        return self._length

    @property
    def text(self) -> str:
        """What has been laid out."""
        return "".join(self._parts)

    def add(self, text: str) -> Span:
        """Append ``text``; its span. A lone surrogate, as JSON may escape one, is mended."""
        start = self._length
        self._parts.append(mend(text))
        self._length += len(text)
        return Span(start, self._length)

    def line(self, text: str) -> Piece:
        """Append ``text`` and a line break; the piece without the break."""
        span = self.add(text)
        written = self._parts[-1]
        self.add("\n")
        return Piece(written, span)


def trimmed(text: str, span: Span) -> Span:
    """``span`` without the blanks at its ends; empty at its start where all is blank."""
    written = span.of(text)
    lead = len(written) - len(written.lstrip())
    kept = len(written.strip())
    start = span.start + lead if kept else span.start
    return Span(start, start + kept)


def piece_of(text: str, span: Span) -> Piece | None:
    """The trimmed piece that ``span`` covers, or null where it is blank."""
    inner = trimmed(text, span)
    return Piece(inner.of(text), inner) if len(inner) else None


def line_counter(text: str) -> Callable[[int], int]:
    """A function from an offset to its 1-based line."""
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return lambda offset: bisect_right(starts, offset)
