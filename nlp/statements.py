"""Reads one passage by itself: names, channels, effects, fallback, resubmission.

A passage is a line, or several where a sentence runs on. What a statement
leaves out (systems, channel) is filled in from the headings by ``impacts``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from vindue.grammars.wording import Wording
from vindue.nlp.clauses import channel_of, effect_kinds, in_column, is_negated, read_statements
from vindue.nlp.mentions.candidates import named_as
from vindue.nlp.mentions.gazetteer import Gazetteer
from vindue.nlp.mentions.names import Named, in_runs
from vindue.nlp.mentions.nouns import NounFinder
from vindue.nlp.mentions.phrase_cache import compile_phrases
from vindue.nlp.mentions.phrases import Hit, PhraseBook, words_of
from vindue.nlp.mentions.systems import SystemReader
from vindue.nlp.mentions.unknown import NameFinder
from vindue.nlp.mentions.words import WordStream, ends_label, opens_line, read_words, with_names
from vindue.nlp.record import Fallback
from vindue.nlp.sentences import CHANNEL, EFFECT, FALLBACK, LABEL, Sentence, split_sentences
from vindue.nlp.spans import Span
from vindue.nlp.stated import Label, Reading, Statement
from vindue.nlp.values import replace

# A word must be this long to be taken for a misspelt word of the grammar, and
# this long to be taken for one with two errors.
_SHORTEST: Final = 5
_TWICE: Final = 9
_LABELS: Final[dict[str, Label]] = {
    "label.systems": "systems",
    "label.impact": "impact",
    "label.reason": "reason",
}

NO_CHANNEL: Final = "no.channel"
COLUMN: Final = "column.systems"

Unknown = tuple[tuple[str, str], ...]


class StatementReader:
    """The phrases of effect and structure, compiled once."""

    def __init__(self, wording: Wording, systems: SystemReader, calendar: frozenset[str]) -> None:
        self._systems: Final = systems
        self._forms: Final = effect_kinds(wording.effects)
        self._verdicts: Final = {FALLBACK + form.name: form.verdict for form in wording.fallback}
        said = _phrases(wording)
        self._book: Final = PhraseBook(compile_phrases(said))
        vocabulary = vocabulary_of(wording)
        self._noise: Final = wording.lists["heading"] | calendar
        known = wording.known | systems.forms | self._noise | wording.lists["generic"]
        self._vocabulary: Final = Gazetteer(
            vocabulary, known - vocabulary, _SHORTEST, long=_TWICE, same_start=True
        )
        self._abbreviations: Final = wording.lists["abbreviations"]
        self._between: Final = wording.lists["between"]
        self._finder: Final = NameFinder(wording.lists, calendar)
        self._nouns: Final = NounFinder(wording.lists)

    def read(self, text: str, unknown: Unknown = (), *, common: bool = True) -> Reading:
        """Read one passage; spans are relative to the start of ``text``.

        ``unknown`` are names outside the registry that the notice is known
        to speak of, as written and as meant; without them, candidates for
        such names are looked for. Without ``common`` a word that
        other trades use too is no name: the notice shows no other sign of the registry.
        """
        known = self._systems.read(text)
        sure = tuple(filter(self._systems.is_sure, known))
        names = self._names(text, unknown, known if common else sure)
        words = read_words(text, 0, self._vocabulary, self._abbreviations)
        stream = with_names(words, _lists(names))
        hits = tuple(_channels_sorted(self._book.hits(stream)))
        kinds = {hit.kind for hit in hits}
        parts = tuple(split_sentences(text, stream, hits, names))
        stated = [read_statements(part, self._forms) for part in parts]
        for place, (before, part) in enumerate(pairwise(parts), start=1):
            if before.of("fallback") and part.points_back:
                stated[place] = ()  # "It may only be used for medicine": still the procedure
        bare = self._is_bare(stream, names, hits)
        fallback, fallback_span = self._fallback(parts)
        label = _label(text, stream, hits)
        candidates = () if unknown else self._finder.find(text, stream, hits, names)
        nouns = () if unknown else self._nouns.find(text, stream, hits)
        return Reading(
            names=names,
            concerned=tuple(_concerned(parts, stated, bare)),
            statements=() if label == "reason" else tuple(_carried(parts, stated)),
            channel=channel_of(hits),
            label=label,
            bare=bare,
            general=bare and "heading.general" in kinds,
            beside=bare and "heading.aside" in kinds,
            fallback=fallback,
            fallback_span=fallback_span,
            resubmit=_resubmit(parts),
            aside=any(map(_is_aside, parts, stated)),
            work="work" in kinds,
            of_network="network" in kinds,
            of_registry="registry" in kinds
            or any(n.known and self._systems.is_sure(n) for n in names),
            is_doubtful=len(sure) < len(known),
            history="history" in kinds,
            column=any(h.kind == COLUMN and not stream.text[h.end :].strip() for h in hits[:2]),
            candidates=candidates,
            nouns=nouns,
            is_lone=not bare and [c.text for c in candidates] == [text.strip(" .:")],
        )

    def _names(self, text: str, unknown: Unknown, known: tuple[Named, ...]) -> tuple[Named, ...]:
        if not unknown:
            return known
        more = tuple(named_as(text, unknown, known))
        kept = [
            n for n in known if not any(o.span.start <= n.span.start < o.span.end for o in more)
        ]
        merged = sorted((*kept, *more), key=lambda named: named.span)
        return tuple(in_runs(text, merged, self._between))

    def _fallback(self, parts: Sequence[Sentence]) -> tuple[Fallback | None, Span | None]:
        """The first verdict on the fallback procedure, and its sentence."""
        for part in parts:
            if not part.of("fallback"):
                continue
            said = {hit.kind for hit in part.hits}
            verdict = next((v for kind, v in self._verdicts.items() if kind in said), None)
            if verdict is not None:
                return verdict, part.span
        return None, None

    def _is_bare(self, stream: WordStream, names: Sequence[Named], hits: Sequence[Hit]) -> bool:
        """True where no word is left but those that a heading may have."""
        taken = [named.span for named in names]
        taken += [hit.span for hit in hits if hit.kind.startswith((CHANNEL, "heading.", LABEL))]
        return not any(
            word.form[0].isalpha()
            and word.form not in self._noise
            and not any(span.start <= word.span.start < span.end for span in taken)
            for word in stream.words
        )


def vocabulary_of(wording: Wording) -> frozenset[str]:
    """Every word that the phrases of effect and structure are made of."""
    return words_of(phrase for _, phrase in _phrases(wording))


def _concerned(
    parts: Sequence[Sentence], stated: Sequence[tuple[Statement, ...]], bare: bool
) -> Iterator[Named]:
    """Names that the work is about: of headings, statements and schedules, not of advice."""
    for part, statements in zip(parts, stated, strict=True):
        advice = bool(part.of("aside")) and not statements
        if bare or (not advice and (statements or part.speaks_of_work)):
            yield from part.left


def _carried(
    parts: Sequence[Sentence], stated: Sequence[tuple[Statement, ...]]
) -> Iterator[Statement]:
    """Statements in order; one without a name speaks of those of the sentence before it.

    A sentence that points back ("This may affect …") and states the same
    effect again adds its names to the statement before.
    """
    names: tuple[Named, ...] = ()
    last: Statement | None = None
    for part, statements in zip(parts, stated, strict=True):
        for statement in statements:
            if last is not None and _goes_on(last, statement):
                last = replace(last, names=statement.names)
                continue
            if last is not None:
                yield last
            bare = not statement.names and not statement.opener and not part.of("every")
            last = replace(statement, names=names) if bare else statement
        names = tuple(n for s in statements for n in s.names) or part.left or names
    if last is not None:
        yield last


def _goes_on(last: Statement, statement: Statement) -> bool:
    same = last.effect == statement.effect and last.channel == statement.channel
    return statement.back and same and not last.names and bool(statement.names)


def _resubmit(parts: Sequence[Sentence]) -> Span | None:
    """The sentence that demands to send again, unless it is negated or done by the operator."""
    for part in parts:
        if not part.of("resubmit.not") and any(
            not is_negated(part, hit) for hit in part.of("resubmit")
        ):
            return part.span
    return None


def _is_aside(part: Sentence, statements: tuple[Statement, ...]) -> bool:
    return bool(part.of("fallback")) or (bool(part.of("aside")) and not statements)


def _label(text: str, stream: WordStream, hits: Sequence[Hit]) -> Label | None:
    """The label that opens a passage: "System: …", "Impact" alone."""
    for hit in hits:
        ends = ends_label(stream.text[hit.end :]) or in_column(text, hit.span)
        if ends and hit.kind in _LABELS and opens_line(stream, hit.start):
            return _LABELS[hit.kind]
    return None


def _lists(names: Sequence[Named]) -> Iterator[Span]:
    """The span of each list of names."""
    for run in dict.fromkeys(named.run for named in names):
        own = [named.span for named in names if named.run == run]
        yield Span(own[0].start, own[-1].end)


def _channels_sorted(hits: Sequence[Hit]) -> Iterator[Hit]:
    """The hits without words of channels that name none where they stand ("to file a return")."""
    apart = [hit for hit in hits if hit.kind == NO_CHANNEL]
    for hit in hits:
        inside = any(o.start <= hit.start and hit.end <= o.end for o in apart)
        if not (inside and hit.kind.startswith(CHANNEL)):
            yield hit


def _phrases(wording: Wording) -> Iterator[tuple[str, str]]:
    """Every phrase with the kind that its hits bear."""
    for effect in wording.effects:
        yield from ((EFFECT + effect.name, phrase) for phrase in effect.phrases)
    for form in wording.structure:
        yield from ((form.kind, phrase) for phrase in form.phrases)
    for verdict in wording.fallback:
        yield from ((FALLBACK + verdict.name, phrase) for phrase in verdict.phrases)
