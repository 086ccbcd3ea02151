"""One sentence of a passage: its names, and the scopes that take some out of them.

A reason ("due to the release of …"), an exception ("except …"), a condition
("if …") reaches from the words that open it to the words that close it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

from vindue.nlp.mentions.names import Named
from vindue.nlp.mentions.phrases import Hit
from vindue.nlp.mentions.words import WordStream
from vindue.nlp.spans import Span
from vindue.nlp.values import dataclass

EFFECT: Final = "effect."
FALLBACK: Final = "fallback."
CHANNEL: Final = "channel."
LABEL: Final = "label."
_ABOUT: Final = ("work", "name.before", "name.after", "label.systems", "following")


@dataclass(frozen=True)
class Sentence:
    """Stream offsets ``[start, end)`` with the hits and names inside."""

    text: str
    stream: WordStream
    hits: tuple[Hit, ...]
    names: tuple[Named, ...]
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where it stands in the passage."""
        return self.stream.span(self.start, self.end)

    def of(self, *kinds: str) -> list[Hit]:
        """Hits of these kinds, in order."""
        return [hit for hit in self.hits if hit.kind in kinds]

    @cached_property
    def effects(self) -> list[Hit]:
        """Every hit of an effect phrase, also where they overlap."""
        return [hit for hit in self.hits if hit.kind.startswith(EFFECT)]

    def within(self, start: int, end: int) -> list[Hit]:
        """Hits wholly inside stream offsets ``[start, end)``."""
        return [hit for hit in self.hits if start <= hit.start and hit.end <= end]

    def reach(self, opener: str, *closers: str, over_effects: bool = False) -> Iterator[Span]:
        """From each opener to the first closer behind it, an effect, or the sentence's end."""
        for hit in self.of(opener):
            ends = [other.start for other in self.of(*closers) if other.start >= hit.end]
            if not over_effects:
                ends += [effect.start for effect in self.effects if effect.start >= hit.end]
            yield Span(hit.start, min(ends, default=self.end))

    @cached_property
    def left_out(self) -> frozenset[Named]:
        """Names of the reason for the work, and names that are excepted."""
        spans = [*self.reach("reason", "reason.end"), *self.reach("exception", "exception.end")]
        places = [self.stream.span(span.start, span.end) for span in spans]
        return frozenset(
            n for n in self.names if any(p.start <= n.span.start < p.end for p in places)
        )

    @cached_property
    def left(self) -> tuple[Named, ...]:
        """Names that are neither a reason nor excepted."""
        return tuple(name for name in self.names if name not in self.left_out)

    @cached_property
    def aside_at(self) -> int:
        """Where advice or contact begins; nothing behind it states an impact."""
        return min((hit.start for hit in self.of("aside")), default=self.end)

    @cached_property
    def speaks_of_work(self) -> bool:
        """True where names in it are likely what the work is about."""
        told = any(char.isdigit() for char in self.stream.text[self.start : self.end])
        return told or bool(self.of(*_ABOUT))

    @cached_property
    def asks(self) -> bool:
        """True for a question: it states nothing."""
        end = self.stream.span(self.end, self.end + 1).start
        return self.end < len(self.stream.text) and self.text.startswith("?", end)

    @cached_property
    def points_back(self) -> bool:
        """True where it opens with a word for what the sentence before it told."""
        return any(hit.start == self.start for hit in self.of("pronoun"))


def split_sentences(
    text: str, stream: WordStream, hits: Sequence[Hit], names: Sequence[Named]
) -> Iterator[Sentence]:
    """Tile a passage by its sentence ends."""
    start = 1
    while start < len(stream.text):
        end = stream.text.find(" . ", start - 1)
        stop = len(stream.text) if end < 0 else end + 1
        if stop > start:
            place = stream.span(start, stop)
            yield Sentence(
                text,
                stream,
                tuple(h for h in hits if start <= h.start and h.end <= stop),
                tuple(n for n in names if place.start <= n.span.start < place.end),
                start,
                stop,
            )
        start = stop + 2
