"""A notice as seen → its text in pieces, each with the evidence that covers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from vindue.nlp.record import Evidence
from vindue.watch.captures import Seen

Kind = Literal["time", "system", "effect", "update", "other"]

_KINDS: Final[dict[str, Kind]] = {
    "windows": "time", "published_at": "time", "updated_at": "time",
    "systems": "system", "tags": "system",
    "impacts": "effect", "fallback": "effect", "resubmit": "effect",
    "status": "update", "revisions": "update", "duplicate_of": "update",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """``marks`` are indices of the record's evidence, the narrowest first; none: plain text."""

    text: str
    marks: tuple[int, ...]
    kind: Kind | None


def kind_of(field: str) -> Kind:
    """What a JSON pointer is about."""
    return _KINDS.get(field.lstrip("/").split("/", 1)[0], "other")


def pieces(seen: Seen) -> list[Piece]:
    """The whole text, in order, cut where evidence begins or ends; none without a text."""
    if seen.text is None:
        return []
    spans = [_within(item, seen) for item in seen.record.evidence]
    cuts = {0, len(seen.text)}
    for start, end in spans:
        cuts |= {start, end}
    edges = sorted(cuts)
    found: list[Piece] = []
    for start, end in pairwise(edges):
        marks = _covering(spans, start, end)
        kind = kind_of(seen.record.evidence[marks[0]].field) if marks else None
        found.append(Piece(seen.text[start:end], marks, kind))
    return found


def _within(item: Evidence, seen: Seen) -> tuple[int, int]:
    """The span within the notice's own text; what lies outside of it is cut off."""
    base, length = seen.record.source.start, len(seen.text or "")
    start = min(max(item.start - base, 0), length)
    return start, min(max(item.end - base, start), length)


def _covering(spans: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, ...]:
    marks = [n for n, (first, last) in enumerate(spans) if first <= start and end <= last]
    return tuple(sorted(marks, key=lambda n: spans[n][1] - spans[n][0]))
