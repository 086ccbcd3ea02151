"""Systems that a notice calls by what they are: "the tender portal", "Our webinar platform".

Such a phrase counts only where the notice names no system, and where it is
the subject of an effect: "the portal" beside "BilletNu" is BilletNu.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import regex

from vindue.nlp.mentions.candidates import Candidate, Placing
from vindue.nlp.mentions.gazetteer import fold
from vindue.nlp.mentions.phrases import Hit
from vindue.nlp.mentions.words import WordStream
from vindue.nlp.spans import Span

KIND: Final = "noun.system"
_WORD: Final = regex.compile(r"\p{L}[\p{L}-]*")
# So long is a word that is put together of two, as "kundeportalen".
_COMPOUND: Final = 9


class NounFinder:
    """Finds them; the word lists come from the grammar."""

    def __init__(self, lists: Mapping[str, frozenset[str]]) -> None:
        self._general: Final = lists["generic"] | lists["heading"] | lists["openers"]
        self._heads: Final = tuple(sorted(lists["name_endings"]))
        self._definite: Final = tuple(sorted(lists["definite_endings"]))

    def find(self, text: str, stream: WordStream, hits: Sequence[Hit]) -> tuple[Candidate, ...]:
        """All that ``text`` tells an effect of."""
        effects = [h for h in hits if h.kind.startswith("effect.")]
        acting = {h.start for h in hits if h.kind == "verb"} | {h.start for h in effects}
        if not effects:
            return ()
        found = [*self._phrases(text, hits, acting), *self._compounds(stream, acting)]
        return tuple(
            Candidate(span, span.of(text), Placing.SUBJECT, shaped=True, told=True)
            for span in found
        )

    def _phrases(self, text: str, hits: Sequence[Hit], acting: set[int]) -> Iterator[Span]:
        """An article, a word or two that tell which, and a word for a kind of system."""
        for hit in hits:
            if hit.kind != KIND or hit.end not in acting:
                continue
            words = list(_WORD.finditer(text, hit.span.start, hit.span.end))[1:]
            telling = [fold(word.group()) for word in words[:-1]]
            if telling and not any(word in self._general for word in telling):
                yield Span(words[0].start(), hit.span.end)

    def _compounds(self, stream: WordStream, acting: set[int]) -> Iterator[Span]:
        """A definite word of two parts: "kundeportalen er nede"."""
        for word, start in zip(stream.words, stream.starts, strict=True):
            form = word.form
            if len(form) < _COMPOUND or start + len(form) + 1 not in acting:
                continue
            kind = form.endswith(self._heads) and form.endswith(self._definite)
            if kind and form not in self._general and form not in self._heads:
                yield word.span
