"""Keeps a document out of the parser where its nesting would cost minutes.

The parser's time grows with the square of the depth. This is a count of
opening and closing tags over the raw text, not a reading of it.
"""

from __future__ import annotations

from typing import Final

from vindue.nlp.limits import USUAL
from vindue.nlp.spans import Finding, Span

_LONGEST_NAME: Final = 24
# elements that have no content or that the next of their kind closes
_SHALLOW_TAGS: Final = (
    "area base br col dd dt embed hr img input li link meta option p param source tbody td tfoot "
    "th thead tr track wbr"
)
_SHALLOW: Final = frozenset(_SHALLOW_TAGS.split())


def readable_part(source: str, most: int = USUAL.elements) -> tuple[str, tuple[Finding, ...]]:
    """``source`` up to where it nests deeper than ``most``, and the finding that says so."""
    cut = _too_deep_at(source, most)
    if cut is None:
        return source, ()
    message = f"nested more than {most:,} elements deep, the rest is not read"
    return source[:cut], (Finding("form.too_deep", "error", message, Span(0, 0)),)


def _too_deep_at(source: str, most: int) -> int | None:
    depth, at = 0, source.find("<")
    while at >= 0:
        if source.startswith("/", at + 1):
            depth = max(0, depth - 1)
        else:
            name = _name(source, at + 1)
            if name and name not in _SHALLOW:
                depth += 1
                if depth > most:
                    return at
        at = source.find("<", at + 1)
    return None


def _name(source: str, start: int) -> str:
    """The tag's name at ``start``, or nothing where none begins there."""
    end = start
    while end < len(source) and end - start < _LONGEST_NAME and source[end].isalnum():
        end += 1
    return source[start:end].lower() if end > start and source[start].isalpha() else ""
