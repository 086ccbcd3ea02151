"""Frozen values that the stages hand to each other.

Offsets are Unicode code points into the input as decoded; a span is
half-open, ``[start, end)``. Nothing here reads text or knows a language.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from vindue.nlp.values import dataclass

Level = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of the input, in code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The slice of ``text`` that this span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Piece:
    """A value as written, with where it stood."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Finding:
    """Something doubtful, corrected or inferred; becomes a ``Diagnostic``.

    ``found`` is what stood in the text, ``used`` what was taken instead.
    """

    code: str
    level: Level
    message: str
    span: Span | None = None
    found: str | None = None
    used: str | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """The span that a value was read from; ``field`` is a JSON pointer."""

    field: str
    span: Span


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice taken out of its outer form; its inner text is not read yet.

    Every adapter (page, text, e-mail, HTML …) ends here, so the inner
    language has one reader. ``text`` is the whole input, shared by all its
    notices; ``span`` is the tile of this one, ``body`` the part below the
    title. Times are aware, in the profile's zone.
    """

    text: str
    span: Span
    body: Span
    line: int
    title: Piece | None = None
    tags: tuple[Piece, ...] = ()
    published_at: datetime | None = None
    published: Span | None = None
    updated_at: datetime | None = None
    updated: Span | None = None
    given_id: str | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the body (or the title, ``index`` -1), trimmed.

    ``text`` equals ``span.of(notice.text)``: bullet and surrounding blanks
    are left outside. ``gap`` tells that at least one blank line stood above.
    """

    index: int
    span: Span
    text: str
    bullet: bool = False
    gap: bool = False
