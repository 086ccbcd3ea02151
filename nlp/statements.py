"""What one passage of text states, before its place in the notice is known.

A passage is a line, or several where a sentence runs on. It is read once by
itself: names, channels, effects, fallback, resubmission. What a statement
leaves out (systems, channel) is filled in from the headings by ``impacts``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

import regex

from vindue.grammars.wording import EffectForm, Wording
from vindue.nlp.mentions.gazetteer import Gazetteer, fold
from vindue.nlp.mentions.phrases import Hit, Phrase, PhraseBook, compile_phrase, literals
from vindue.nlp.mentions.names import Named, in_runs
from vindue.nlp.mentions.systems import SystemReader
from vindue.nlp.mentions.unknown import Candidate, NameFinder, named_as
from vindue.nlp.mentions.words import WordStream, read_words, with_names
from vindue.nlp.record import Channel, Effect, Fallback
from vindue.nlp.spans import Span

_QUOTED: Final = regex.compile(r"[\"“”»«]\p{Lu}[^\"“”»«]{25,}[\"“”»«]")
EFFECT: Final = "effect."
FALLBACK: Final = "fallback."
CHANNELS: Final[tuple[Channel, ...]] = ("file", "online", "connection")
REACH: Final = 4
ABOUT: Final = ("work", "name.before", "name.after", "label.systems", "following")
PLAIN: Final = ("verb", "negation", "clause.weak", "clause.strong")
SHORTEST: Final = 5
TWICE: Final = 9


@dataclass(frozen=True, slots=True)
class Statement:
    """One effect as its sentence states it; ``names`` and ``channel`` only where told there.

    ``labelled`` ones count only under a label such as "Impact:"; an
    ``opener`` takes its systems from the list that follows; one that stands
    ``apart`` takes no channel from a heading.
    """

    effect: Effect
    span: Span
    names: tuple[Named, ...] = ()
    excepted: tuple[Named, ...] = ()
    channel: Channel | None = None
    labelled: bool = False
    opener: bool = False
    carried: bool = False
    apart: bool = False
    own_verb: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a passage tells, spans relative to its start."""

    names: tuple[Named, ...] = ()
    concerned: tuple[Named, ...] = ()
    reasons: tuple[Named, ...] = ()
    statements: tuple[Statement, ...] = ()
    channel: Channel | None = None
    label: Literal["systems", "impact"] | None = None
    general: bool = False
    bare: bool = False
    opener: bool = False
    fallback: Fallback | None = None
    fallback_span: Span | None = None
    resubmit: Span | None = None
    aside: bool = False
    apart: bool = False
    work: bool = False
    candidates: tuple[Candidate, ...] = ()


class StatementReader:
    """The phrases of effect and structure, compiled once."""

    def __init__(self, wording: Wording, systems: SystemReader, calendar: frozenset[str]) -> None:
        self._systems: Final = systems
        self._forms: Final = {form.name: form for form in wording.effects}
        self._verdicts: Final = {form.name: form.verdict for form in wording.fallback}
        self._order: Final = tuple(dict.fromkeys(form.name for form in wording.fallback))
        said = list(_phrases(wording))
        self._book: Final = PhraseBook(compile_phrase(kind, phrase) for kind, phrase in said)
        vocabulary = frozenset().union(*(literals(phrase) for _, phrase in said))
        self._noise: Final = wording.lists["heading"] | calendar
        known = wording.known | systems.forms | self._noise | calendar | wording.lists["generic"]
        self._vocabulary: Final = Gazetteer(
            vocabulary, known - vocabulary, SHORTEST, long=TWICE, same_start=True
        )
        self._abbreviations: Final = wording.lists["abbreviations"]
        self._between: Final = wording.lists["between"]
        self._finder: Final = NameFinder(wording.lists, calendar)

    def read(self, text: str, unknown: tuple[str, ...] = ()) -> Reading:
        """Read one passage; spans are relative to the start of ``text``.

        ``unknown`` are names outside the registry that the notice is known
        to speak of.
        """
        names = self._names(text, unknown)
        words = read_words(text, 0, self._vocabulary, self._abbreviations)
        stream = with_names(words, _lists(names))
        hits = self._book.hits(stream)
        parts = [
            _Sentence(self, text, stream, hits, names, *bounds) for bounds in _sentences(stream)
        ]
        reasons = tuple(n for part in parts for n in part.reasons)
        rest = self._rest(stream, names, hits)
        concerned = tuple(n for part in parts for n in (part.concerned if rest else part.left))
        statements = tuple(_carried(parts))
        fallback, fallback_span = next((p.fallback for p in parts if p.fallback[0]), (None, None))
        label = self._label(stream, hits)
        return Reading(
            names=names,
            concerned=concerned,
            reasons=reasons,
            statements=statements,
            channel=_channel([h for h in hits if h.kind.startswith("channel.")]),
            label=label,
            general=not rest and any(h.kind == "heading.general" for h in hits),
            bare=not rest,
            opener=any(h.kind == "following" for h in hits),
            fallback=fallback,
            fallback_span=fallback_span,
            resubmit=next((p.resubmit for p in parts if p.resubmit), None),
            apart=not rest and any(h.kind == "heading.aside" for h in hits),
            work=any(h.kind == "work" for h in hits),
            aside=any(p.is_aside or p.fallback_said for p in parts),
            candidates=() if unknown else self._finder.find(text, stream, hits, names),
        )

    def _names(self, text: str, unknown: tuple[str, ...]) -> tuple[Named, ...]:
        known = self._systems.read(text)
        if not unknown:
            return known
        more = tuple(named_as(text, unknown, known))
        kept = [n for n in known if not any(o.span.start <= n.span.start < o.span.end for o in more)]
        merged = sorted((*kept, *more), key=lambda named: named.span)
        return tuple(in_runs(text, merged, self._between))

    @staticmethod
    def quoted(text: str, span: Span) -> bool:
        """True for what stands inside a quotation of several words."""
        return any(q.start() < span.start and span.end <= q.end() for q in _QUOTED.finditer(text))

    def form(self, kind: str) -> EffectForm:
        """The effect block that a hit's kind names."""
        return self._forms[kind.removeprefix(EFFECT)]

    def verdict(self, kinds: set[str]) -> Fallback | None:
        """The first verdict, in the order of the grammar, that was said."""
        for name in self._order:
            if FALLBACK + name in kinds:
                return self._verdicts[name]
        return None

    def _label(self, stream: WordStream, hits: tuple[Hit, ...]) -> Literal["systems", "impact"] | None:
        for hit in hits:
            if hit.start > 1 or not hit.kind.startswith("label."):
                continue
            rest = stream.text[hit.end :].strip()
            if not rest or rest[0] in ":.":
                return "impact" if hit.kind == "label.impact" else "systems"
        return None

    def _rest(self, stream: WordStream, names: tuple[Named, ...], hits: tuple[Hit, ...]) -> bool:
        """True where words are left that no heading has."""
        taken = [n.span for n in names]
        taken += [h.span for h in hits if h.kind.startswith(("channel.", "heading.", "label."))]
        for word in stream.words:
            if not word.form[0].isalpha() or word.form in self._noise:
                continue
            if not any(span.start <= word.span.start < span.end for span in taken):
                return True
        return False


class _Sentence:
    """One sentence: its scopes and clauses; lives for the length of a reading."""

    def __init__(
        self,
        reader: StatementReader,
        text: str,
        stream: WordStream,
        hits: tuple[Hit, ...],
        names: tuple[Named, ...],
        start: int,
        end: int,
    ) -> None:
        self._reader = reader
        self._text = text
        self._stream = stream
        self._hits = tuple(h for h in hits if start <= h.start and h.end <= end)
        self.span = stream.span(start, end)
        self._start, self._end = start, end
        self._names = tuple(n for n in names if self.span.start <= n.span.start < self.span.end)
        self._reason_spans = tuple(self._reach("reason", "reason.end"))
        self._except_spans = tuple(self._reach("exception", "clause.strong"))
        self.reasons = self._within(self._reason_spans)
        self.excepted = self._within(self._except_spans)
        fallbacks = [h for h in self._hits if h.kind == "fallback"]
        self.fallback_said = bool(fallbacks)
        self.fallback = self._fallback()
        self.resubmit = self._resubmit()
        asides = [h for h in self._hits if h.kind == "aside"]
        self._aside_at = min((h.start for h in asides), default=end)
        self.statements = tuple(self._state())
        self.is_aside = bool(asides) and not self.statements
        self.left = tuple(
            n for n in self._names if n not in self.reasons and n not in self.excepted
        )
        self.concerned = self.left if self._concerns() else ()

    def _concerns(self) -> bool:
        """True where a name in this sentence is one that the work is about."""
        if self.is_aside:
            return False
        if self.statements or self._of(*ABOUT):
            return True
        return any(c.isdigit() for c in self._stream.text[self._start : self._end])

    def _of(self, *kinds: str) -> list[Hit]:
        return [h for h in self._hits if h.kind in kinds]

    def _reach(self, opener: str, closer: str, over: bool = False) -> Iterator[Span]:
        """From each opener to the first closer behind it or the sentence's end.

        An effect ends it too, unless it reaches ``over`` effects.
        """
        effects = [h.start for h in self._effects_raw()] if not over else []
        for hit in self._of(opener):
            ends = [h.start for h in self._of(closer) if h.start >= hit.end]
            ends += [at for at in effects if at >= hit.end]
            yield Span(hit.start, min(ends, default=self._end))

    def _within(self, spans: tuple[Span, ...]) -> tuple[Named, ...]:
        if not spans:
            return ()
        places = [self._stream.span(s.start, s.end) for s in spans]
        return tuple(
            n for n in self._names if any(p.start <= n.span.start < p.end for p in places)
        )

    def _fallback(self) -> tuple[Fallback | None, Span | None]:
        if not self.fallback_said:
            return None, None
        verdict = self._reader.verdict({h.kind for h in self._hits if h.kind.startswith(FALLBACK)})
        return verdict, self.span if verdict else None

    def _resubmit(self) -> Span | None:
        """A demand to send again, unless it is negated."""
        for hit in self._of("resubmit"):
            if not self._negated(hit):
                return self.span
        return None

    def _negated(self, hit: Hit) -> bool:
        """True where an odd number of negations stands just before or inside a hit."""
        floor = self._clause_floor(hit)
        before = self._stream.text[floor : hit.start].split()[-REACH:]
        size = sum(len(word) + 1 for word in before)
        own = literals(hit.source)
        found = [
            h
            for h in self._of("negation")
            if hit.start - size <= h.start
            and h.end <= hit.end
            and not (h.start >= hit.start and h.source in own)
        ]
        after = any(h.kind == "negation.after" and h.start == hit.end for h in self._hits)
        return (len(found) + after) % 2 == 1

    def _clause_floor(self, hit: Hit) -> int:
        marks = [h.end for h in self._of("clause.strong") if h.end <= hit.start]
        commas = [h.end for h in self._of("clause.weak") if h.end <= hit.start]
        others = [h.end for h in self._effects_raw() if h.end <= hit.start]
        return max([self._start, *marks, *[c for c in commas if self._stream.text[c - 2] in ",-"], *others])

    def _effects_raw(self) -> list[Hit]:
        return [h for h in self._hits if h.kind.startswith(EFFECT)]

    def _effects(self) -> list[Hit]:
        """Effect hits that stand: the longest of overlapping ones, none said in passing."""
        quiet = tuple(self._reach("condition", "clause.weak", over=True))
        kept: list[Hit] = []
        silent = [h for h in self._hits if h.kind == "quiet" or self._is_label(h)]
        for hit in sorted(self._effects_raw(), key=self._rank):
            if any(hit.start < other.end and hit.end > other.start for other in [*kept, *silent]):
                continue
            kept.append(hit)
        kept = [h for h in kept if h.start < self._aside_at]
        kept = [h for h in kept if not any(q.start <= h.start < q.end for q in quiet)]
        kept = [h for h in kept if not self._reader.quoted(self._text, h.span)]
        return sorted((h for h in kept if not self._is_over(h)), key=lambda h: h.start)

    def _is_label(self, hit: Hit) -> bool:
        """True for a label that opens its line: "Impact:"."""
        rest = self._stream.text[hit.end :]
        return hit.kind.startswith("label.") and hit.start <= 1 and (not rest or rest[0] == ":")

    def _rank(self, hit: Hit) -> tuple[bool, int, int]:
        """What wins where effects overlap: the more telling form, then the longer."""
        return self._reader.form(hit.kind).last, hit.start - hit.end, hit.start

    def _is_over(self, hit: Hit) -> bool:
        """True where the words around an effect say that it is over ("was", "again")."""
        before = self._stream.text[: hit.start].rfind(" ", 0, hit.start - 1)
        if any(before < h.end <= hit.start or hit.start <= h.start < hit.end for h in self._of("past")):
            return True
        after = self._stream.text[hit.end :].split()[:REACH]
        limit = hit.end + sum(len(word) + 1 for word in after)
        weak = self._reader.form(hit.kind).weak
        return weak and any(hit.start <= h.start < limit for h in self._of("again"))

    def _clauses(self, effects: list[Hit]) -> Iterator[tuple[Hit, int, int]]:
        """Each effect with the stretch of the sentence that belongs to it."""
        start = self._start
        for index, hit in enumerate(effects):
            if index + 1 == len(effects):
                yield hit, start, self._end
                return
            cut = self._cut(hit.end, effects[index + 1].start)
            yield hit, start, cut
            start = cut

    def _cut(self, low: int, high: int) -> int:
        for kinds in (("clause.strong",), ("clause.weak",)):
            marks = [h for h in self._of(*kinds) if low <= h.start and h.end <= high]
            if marks:
                return marks[0].start
        return low

    def _state(self) -> Iterator[Statement]:
        effects = self._effects()
        found: list[tuple[Statement, bool]] = []
        for hit, start, end in self._clauses(effects):
            statement, weak = self._statement(hit, start, end)
            inside = [h for h in self._hits if start <= h.start and h.end <= end]
            if any(h.kind == "fallback" for h in inside):
                continue
            if not statement.names and any(h.kind == "vague" for h in inside):
                continue
            if statement.effect == "unaffected" and self._of_another(statement, hit, start):
                continue
            if found and not statement.names:
                last = found[-1][0]
                statement = replace(statement, names=last.names, opener=last.opener, carried=True)
            found.append((statement, weak))
        yield from _settled(found)

    def _of_another(self, statement: Statement, hit: Hit, start: int) -> bool:
        """True where what is unaffected is no system of the notice ("the ferries")."""
        if statement.names:
            return False
        before = [h for h in self._hits if start <= h.start and h.end <= hit.start]
        if any(h.kind == "subject" for h in before):
            return False
        told = [h for h in before if h.kind in PLAIN or h.kind.startswith(("label.", "channel."))]
        words = [
            w
            for w, at in zip(self._stream.words, self._stream.starts, strict=True)
            if start <= at < hit.start and w.form[0].isalpha()
        ]
        return any(not any(h.span.start <= w.span.start < h.span.end for h in told) for w in words)

    def _statement(self, hit: Hit, start: int, end: int) -> tuple[Statement, bool]:
        form = self._reader.form(hit.kind)
        place = self._stream.span(start, end)
        inside = [h for h in self._hits if start <= h.start and h.end <= end]
        names = tuple(
            n
            for n in self._names
            if place.start <= n.span.start < place.end
            and n not in self.reasons
            and n not in self.excepted
        )
        channel = _channel([h for h in inside if h.kind.startswith("channel.")]) or form.channel
        negated = form.flip is not None and self._negated(hit)
        effect = form.flip if negated and form.flip else form.effect
        if channel == "connection" and form.linked and not negated:
            effect = form.linked
        if effect == "no_sign_in":
            channel = "online"
        verbs = [h for h in self._of("verb")]
        return (
            Statement(
                effect=effect,
                span=place,
                names=names,
                excepted=self.excepted,
                channel=channel,
                labelled=form.needs == "label" or (form.needs == "verb" and not verbs),
                apart=form.apart,
                own_verb=any(start <= h.start < hit.end for h in verbs),
                opener=not names and any(h.kind == "following" for h in inside),
            ),
            form.weak and not negated,
        )


def _settled(found: list[tuple[Statement, bool]]) -> Iterator[Statement]:
    """Of several effects on the same systems and channel in one sentence, the one that tells.

    "Files will be received, but may be delayed" states a delay; "unstable or
    unavailable" is unstable.
    """
    for index, (statement, weak) in enumerate(found):
        others = [o for i, (o, _) in enumerate(found) if i != index and _same(o, statement)]
        if weak and others and any(o.effect != statement.effect for o in others):
            continue
        earlier = [o for i, (o, w) in enumerate(found) if i < index and _same(o, statement) and not w]
        shared = statement.channel is None or bool(earlier) and statement.channel == earlier[-1].channel
        if earlier and shared and not _both(statement, earlier):
            continue
        later = [o for i, (o, _) in enumerate(found) if i > index and _same(o, statement)]
        if statement.effect == "unavailable" and any(o.effect == "unstable" for o in later):
            continue
        yield statement


def _both(statement: Statement, earlier: list[Statement]) -> bool:
    """True where a second effect says something of its own."""
    if any(o.effect == statement.effect for o in earlier):
        return False
    return statement.own_verb or statement.effect == "not_recommended" or (
        statement.effect == "unstable" and earlier[-1].effect == "unavailable"
    )


def _same(one: Statement, other: Statement) -> bool:
    return {i for n in one.names for i in n.ids} == {i for n in other.names for i in n.ids} and (
        one.channel == other.channel or one.channel is None or other.channel is None
    ) and "connection" not in (one.channel, other.channel)


def _carried(parts: list[_Sentence]) -> Iterator[Statement]:
    """Statements in order; a sentence without a name speaks of the last one's."""
    names: tuple[Named, ...] = ()
    for part in parts:
        for statement in part.statements:
            if not statement.names and names and not statement.opener:
                yield replace(statement, names=names, carried=True)
            else:
                yield statement
        named = tuple(n for s in part.statements for n in s.names) or part.concerned
        names = named or names


def _channel(hits: list[Hit]) -> Channel | None:
    kinds = {hit.kind.removeprefix("channel.") for hit in hits}
    if "connection" in kinds:
        return "connection"
    found = [channel for channel in CHANNELS if channel in kinds]
    if len(found) > 1:
        return "all"
    return found[0] if found else None


def _lists(names: tuple[Named, ...]) -> Iterator[Span]:
    """The span of each list of names."""
    for run in dict.fromkeys(named.run for named in names):
        own = [named.span for named in names if named.run == run]
        yield Span(own[0].start, own[-1].end)


def _phrases(wording: Wording) -> Iterator[tuple[str, str]]:
    for effect in wording.effects:
        yield from ((EFFECT + effect.name, phrase) for phrase in effect.phrases)
    for form in wording.structure:
        yield from ((form.kind, phrase) for phrase in form.phrases)
    for verdict in wording.fallback:
        yield from ((FALLBACK + verdict.name, phrase) for phrase in verdict.phrases)


def _sentences(stream: WordStream) -> Iterator[tuple[int, int]]:
    """Stretches between sentence ends, as offsets into the stream's text."""
    start = 1
    text = stream.text
    while start < len(text):
        end = text.find(" . ", start - 1)
        stop = len(text) if end < 0 else end + 1
        if stop > start:
            yield start, stop
        start = stop + 2
