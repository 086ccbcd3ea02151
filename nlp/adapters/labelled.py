"""A block of labelled values: ``Label value``, ``Label: value`` or the value below."""

from __future__ import annotations

import re
from typing import Final

from vindue.nlp.adapters.layout import piece_of
from vindue.nlp.spans import Piece, Span
from vindue.nlp.values import dataclass

MAX_BLOCK: Final = 16
"""Non-blank lines within which the labels of one block stand."""
_LINE: Final = re.compile(r"[^\r\n]+")
_AFTER_LABEL: Final = re.compile(r"\s*[:\t]\s*|\s+|$")

Labels = tuple[tuple[str, tuple[str, ...]], ...]
"""Label by its own name, and what it is called, in the order to be tried."""


@dataclass(frozen=True, slots=True)
class Block:
    """The values by label; ``span`` is from the first label to where the text begins."""

    span: Span
    values: tuple[tuple[str, Piece], ...]

    def value(self, name: str) -> Piece | None:
        """The value of the label ``name``, or null."""
        return next((piece for label, piece in self.values if label == name), None)


@dataclass(frozen=True, slots=True)
class _Hit:
    name: str
    line: Span
    rest: Span


def lines_of(text: str, span: Span) -> list[Span]:
    """The non-blank lines inside ``span``, trimmed."""
    found = (piece_of(text, Span(*m.span())) for m in _LINE.finditer(text, span.start, span.end))
    return [piece.span for piece in found if piece is not None]


def find_blocks(text: str, labels: Labels, first: str, last: str) -> list[Block]:
    """Every block that opens with the label ``first`` and has two more labels.

    A block ends with the label ``last`` if it stands near, else with the last
    label's value.
    """
    lines = lines_of(text, Span(0, len(text)))
    hits = [_label(text, line, labels) for line in lines]
    found: list[Block] = []
    at = 0
    while at < len(lines):
        hit = hits[at]
        block = _block(text, lines, hits, at, last) if hit and hit.name == first else None
        if block is None:
            at += 1
            continue
        found.append(block)
        while at < len(lines) and lines[at].start < block.span.end:
            at += 1
    return found


def _block(
    text: str, lines: list[Span], hits: list[_Hit | None], at: int, last: str
) -> Block | None:
    """The block that opens at line ``at``: each label once, ``last`` closes it."""
    values: list[tuple[str, Piece]] = []
    seen: set[str] = set()
    end = lines[at].end
    number = at
    while number < min(at + MAX_BLOCK, len(lines)):
        hit = hits[number]
        if hit is None or hit.name in seen:
            break
        seen.add(hit.name)
        if hit.name == last:
            end = hit.rest.start
            break
        value = piece_of(text, hit.rest)
        below = number + 1
        if value is None and below < len(lines) and hits[below] is None:
            value = piece_of(text, lines[below])
            below += 1
        if value is not None:
            values.append((hit.name, value))
            end = value.span.end
        number = below
    enough = len(seen) > len(("first", "another"))
    return Block(Span(lines[at].start, end), tuple(values)) if enough else None


def _label(text: str, line: Span, labels: Labels) -> _Hit | None:
    """The label that opens ``line``, the longest where several do."""
    written = line.of(text)
    folded = written.casefold()
    best: tuple[int, str] | None = None
    for name, forms in labels:
        for form in forms:
            if folded.startswith(form.casefold()) and (best is None or len(form) > best[0]):
                best = (len(form), name)
    if best is None:
        return None
    after = _AFTER_LABEL.match(written, best[0])
    if after is None:
        return None
    return _Hit(best[1], line, Span(line.start + after.end(), line.end))
