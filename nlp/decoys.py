"""Sentences whose times are no window: hours, deadlines, events, what is past or next.

A phrase of the grammar marks its sentence; a line is a decoy where every
sentence of it that tells a time is marked. Below a sign-off all lines are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

import regex

from vindue.grammars.decoys import DecoyFile, PhraseGroup
from vindue.nlp.mentions.gazetteer import Gazetteer
from vindue.nlp.mentions.phrase_cache import compile_phrases
from vindue.nlp.mentions.phrases import Hit, PhraseBook, words_of
from vindue.nlp.mentions.times import LineTimes
from vindue.nlp.mentions.words import WordStream, read_words
from vindue.nlp.older_mails import heads_of_mails
from vindue.nlp.phones import phones
from vindue.nlp.spans import Line, Span
from vindue.nlp.values import dataclass, replace

SIGNOFF: Final = "signoff"
FORWARDED: Final = "forwarded"
ORIGINAL: Final = "original"
EARLIER: Final = "earlier"
CHANGE: Final = "change"
PAST: Final = "past"
COMING: Final = "coming"
SUBJECT: Final = "subject"
CLOSED: Final = "closed"
SPEAKING: Final = frozenset({SUBJECT, CLOSED})
FORM: Final = "form"
DENIAL: Final = "denial"
EVENT: Final = "event"
DEADLINE: Final = "deadline"
GENRE: Final = "genre"
MEDLEY: Final = "medley"
PASSING: Final = "passing"
NEGATED: Final = "negated"
SKIPPED: Final = "skipped"
# these give way where their sentence speaks of a window
YIELDING: Final = frozenset({"hours", "contact", "event", "deadline"})
# these give way to whatever else their sentence says is down, worked on or closed
WEAK: Final = frozenset({"unchanged", "nothing", "mended"})
# hours of one desk may be followed by those of the next: "Sales: 09:00-17:00"
ATTENDED: Final = frozenset({"hours", "contact"})
FEW_WORDS: Final = 2
# over how many words one such as "if" or "nothing" takes back another, within its clause
REACH: Final = {PASSING: 4, NEGATED: 1}
CLAUSE_ENDS: Final = frozenset(".,:")
# these say what a text or what follows is, nothing of the times beside them
UNMARKED: Final = frozenset({DENIAL, GENRE, ORIGINAL})
SHORTEST: Final = 8
CACHE_SIZE: Final = 8_000
SIGNED_LINES: Final = 8
BOTH_ENDS: Final = 2
# "23. februar", "kl. 8. 30": a dot behind digits ends no sentence before a small letter or a digit
_ORDINAL_DOT: Final = regex.compile(r"(?<=\d)\.(?=\s+[\p{Ll}\d])")
_DOT: Final = regex.compile(r"\.\s+")
_LONG_WORD: Final = regex.compile(r"\p{L}{3,}")
_END: Final = regex.compile(r" \. (?=.)")
# brackets are read as commas, the sign of copyright as its letter
_SIGNS: Final = str.maketrans("()[]©", ",,,,c")
_DECIMAL_DOT: Final = regex.compile(r"(?<=\d)\.(?=\d)")


@dataclass(frozen=True, slots=True)
class Decoys:
    """What must not be read for windows.

    ``lines`` are lines of which no time is a window's; ``spans`` the marked
    sentences, for lines that tell a window beside a decoy; ``earlier`` lines
    of an earlier version, below the head of a forwarded mail; ``skipped`` the
    spans whose days are left out ("except 4 March").
    """

    lines: frozenset[int] = frozenset()
    spans: tuple[Span, ...] = ()
    earlier: frozenset[int] = frozenset()
    skipped: tuple[Span, ...] = ()


class DecoyReader:
    """Decoy phrases, compiled once from the grammar."""

    def __init__(self, grammar: Iterable[DecoyFile]) -> None:
        files = tuple(grammar)
        decoys = [(d.kind, p) for f in files for d in f.decoy for p in d.phrases]
        known = {word for f in files for word in f.known}
        known |= words_of(phrase for _, phrase in decoys)
        about = [
            (n, p) for f in files for n in (SUBJECT, CLOSED, FORM) for p in _group(f, n).phrases
        ]
        decoys += [(n, p) for f in files for n in (DENIAL, GENRE) for p in _group(f, n).phrases]
        self._decoys: Final = PhraseBook(compile_phrases(decoys))
        aims = [(a.kind, p) for f in files for a in f.purpose for p in a.phrases]
        aims += [(MEDLEY, p) for f in files for p in f.medley.phrases]
        self._aims: Final = PhraseBook(compile_phrases(aims))
        self._weights: Final = {a.kind: a.weight for f in files for a in f.purpose}
        passing = [(n, p) for f in files for n in REACH for p in _group(f, n).phrases]
        self._about: Final = PhraseBook(compile_phrases([*about, *passing]))
        vocabulary = words_of(phrase for _, phrase in about)
        self._vocabulary: Final = Gazetteer(vocabulary, known, shortest=SHORTEST)
        self._exact: Final = Gazetteer(())
        self._abbreviations: Final = frozenset(w for f in files for w in f.abbreviations)
        self._about_kinds: Final = lru_cache(maxsize=CACHE_SIZE)(self._kinds_about)
        self._timeless_kinds: Final = lru_cache(maxsize=CACHE_SIZE)(self._kinds_of_timeless)

    def read(self, lines: tuple[Line, ...], times: tuple[LineTimes, ...]) -> Decoys:
        """The decoys of a notice's body; ``times`` are the mentions of each line."""
        marked: list[Span] = []
        decoys: set[int] = set()
        earlier: set[int] = set()
        skipped: list[Span] = []
        older = heads_of_mails(lines)
        signed = 0
        points, ranges = 0, 0
        for line, told in zip(lines, times, strict=True):
            spans: tuple[Span, ...] = ()
            if not told.told:
                kinds = self._timeless_kinds(line.text)
                kinds |= {FORWARDED} if line.index in older else set()
            else:
                kinds, spans = self._marked(line, tuple(mentions(told)))
                spans += phones(line, told)
                if kinds & ATTENDED:
                    spans += self._continued(line, told, spans)
                if SKIPPED in kinds:
                    # "except Saturday 6-10, when it is closed too" tells a window
                    spans = tuple(s for s in spans if not _holds_range(told, s))
                    skipped.extend(spans)
            told_before = ranges or (points >= BOTH_ENDS and FORWARDED in kinds)
            if kinds & {FORWARDED, ORIGINAL} and told_before:
                earlier.update(one.index for one in lines if one.index >= line.index)
                break
            marked.extend(spans)
            # a sign-off at the end of a line takes only itself out of it
            below = signed if SIGNOFF not in kinds else not told.told
            if below or (spans and all_inside(told, spans)):
                decoys.add(line.index)
            signed = SIGNED_LINES if SIGNOFF in kinds else max(signed - 1, 0)
            points += len(told.points)
            ranges += sum(1 for i in told.intervals if i.end is not None or i.end_dates)
        return Decoys(frozenset(decoys), tuple(marked), frozenset(earlier), tuple(skipped))

    def kinds(self, text: str) -> frozenset[str]:
        """The kinds of the phrases that ``text`` holds."""
        stream = self._stream(text, 0)
        hits = (*self._decoys.hits(stream), *self._about.hits(self._near(text)))
        hits += (*self._aims.hits(stream),)
        return frozenset(hit.kind for hit in hits)

    def is_about_window(
        self,
        title: Line | None,
        lines: tuple[Line, ...],
        form: bool = False,
        rows: frozenset[int] = frozenset(),
    ) -> bool:
        """True where the text speaks of a window or an outage, and does not deny it.

        ``form``: the text tells start and end in fields; that is enough, unless
        it is of another kind (a course, an invitation). ``rows`` are lines of
        tables and forms: what one of them denies is of itself alone.
        """
        texts = [line.text for line in ((title, *lines) if title is not None else lines)]
        free = (line.text for line in lines if line.index not in rows)
        denied = DENIAL in frozenset[str]().union(*map(self._timeless_kinds, free))
        if title is not None:
            spoken = bool(self._about_kinds(title.text) & SPEAKING)
            denied |= self.denies(title.text) or self.titles_another(title, form and spoken)
            denied |= form and not spoken and self.purpose(title.text) > 0
        if denied:
            return False
        if form and not any(EVENT in self._marked(line)[0] for line in lines):
            return True
        return any(self._about_kinds(text) & SPEAKING for text in texts)

    def titles_another(self, title: Line, wholly: bool = False) -> bool:
        """True for the title of a text of another kind; ``wholly``: of one that tells no window."""
        if GENRE in self._timeless_kinds(title.text):
            return True
        return not wholly and MEDLEY in self._aims_in(title.text)

    def denies(self, text: str) -> bool:
        """True where ``text`` says that there is no window."""
        return DENIAL in self._timeless_kinds(text)

    def purpose(self, text: str) -> float:
        """How much ``text`` is for something else: the weight of the heaviest such phrase."""
        return max((self._weights.get(kind, 0.0) for kind in self._aims_in(text)), default=0.0)

    def speaking(self, line: Line) -> tuple[Span, ...]:
        """Where a line says that something is down, worked on or closed."""
        hits = self._said(line.text, line.span.start)
        return tuple(hit.span for hit in hits if hit.kind in SPEAKING)

    def sentences(self, line: Line, told: tuple[Span, ...]) -> tuple[Span, ...]:
        """The sentences of a line; a dot within a time of ``told`` ends none."""
        stream = self._stream(line.text, line.span.start, told)
        places = [0, *(m.end() for m in _END.finditer(stream.text))]
        return tuple(dict.fromkeys(_sentence(stream, line, at) for at in places))

    def is_form(self, lines: tuple[Line, ...]) -> bool:
        """True where a line has a word by which start and end in fields are a window's."""
        return any(FORM in self._about_kinds(line.text) for line in lines)

    def is_about(self, line: Line) -> bool:
        """True for a line with any word that a notice of a window may bear."""
        return bool(self._about_kinds(line.text))

    def window_lines(self, lines: tuple[Line, ...]) -> frozenset[int]:
        """Indices of the lines with a word for a window itself, not only for what stands still."""
        return frozenset(line.index for line in lines if SUBJECT in self._about_kinds(line.text))

    def subject_lines(self, lines: tuple[Line, ...]) -> frozenset[int]:
        """Indices of the lines that speak of a window or an outage."""
        return frozenset(line.index for line in lines if self._about_kinds(line.text) & SPEAKING)

    def _kinds_about(self, text: str) -> frozenset[str]:
        """By which kinds of words ``text`` is about a window."""
        return frozenset(hit.kind for hit in self._said(text))

    def _said(self, text: str, offset: int = 0) -> tuple[Hit, ...]:
        """What a text says of a window, without what is denied or named in passing."""
        stream = self._near(text, offset)
        hits = self._about.hits(stream)
        passing = [hit for hit in hits if hit.kind in REACH]
        return tuple(
            hit
            for hit in hits
            if hit.kind == FORM or not any(_takes_back(stream, other, hit) for other in passing)
        )

    def _kinds_of_timeless(self, text: str) -> frozenset[str]:
        """The kinds of decoy that ``text`` holds, where no time bears on it."""
        return frozenset(hit.kind for hit in self._decoys.hits(self._stream(text, 0)))

    def _aims_in(self, text: str) -> frozenset[str]:
        return frozenset(hit.kind for hit in self._aims.hits(self._stream(text, 0)))

    def _continued(self, line: Line, told: LineTimes, marked: tuple[Span, ...]) -> tuple[Span, ...]:
        """Sentences behind a marked one that are little but a time."""
        found: list[Span] = []
        after = False
        for sentence in self.sentences(line, tuple(mentions(told))):
            if any(span.start <= sentence.start < span.end for span in marked):
                after = True
            elif after and self._little_but_hours(line, told, sentence):
                found.append(sentence)
            else:
                after = False
        return tuple(found)

    def _little_but_hours(self, line: Line, told: LineTimes, sentence: Span) -> bool:
        """Whether a sentence has no date, no word of a window and few words beside its times."""
        dates = (*told.dates, *(d for i in (*told.intervals, *told.points) for d in i.dates))
        dated = any(d.day is not None and _within(sentence, d.span) for d in dates)
        spoken = any(_within(sentence, span) for span in self.speaking(line))
        return not dated and not spoken and words_beside(line, told, sentence) <= FEW_WORDS

    def _stream(self, text: str, offset: int, told: tuple[Span, ...] = ()) -> WordStream:
        """Words as written: a decoy is never guessed from a misspelt name."""
        plain = _plain(_joined(text, offset, told))
        return read_words(plain, offset, self._exact, self._abbreviations)

    def _near(self, text: str, offset: int = 0) -> WordStream:
        return read_words(_plain(text), offset, self._vocabulary, self._abbreviations)

    def _marked(
        self, line: Line, told: tuple[Span, ...] = ()
    ) -> tuple[frozenset[str], tuple[Span, ...]]:
        """Kinds of a line, and its sentences in which a decoy stands."""
        stream = self._stream(line.text, line.span.start, told)
        hits = [hit for hit in self._decoys.hits(stream) if hit.kind not in UNMARKED]
        if not hits:
            return frozenset(), ()
        about = self._said(line.text, line.span.start)
        subjects = [hit.span.start for hit in about if hit.kind == SUBJECT]
        closed = [hit.span.start for hit in about if hit.kind == CLOSED]
        spoken = [hit.span for hit in about if hit.kind in SPEAKING]
        # what a phrase of the first kind marks, one of the second in its sentence takes back
        rivals_of = {EARLIER: CHANGE, PAST: COMING}
        spans: dict[Span, None] = {}
        kinds: set[str] = set()
        for hit in hits:
            span = _sentence(stream, line, hit.start)
            if hit.kind == SKIPPED and not hit.source.startswith("#"):
                # what stands before "except …" is told as ever
                span = Span(hit.span.start, span.end)
            rival = rivals_of.get(hit.kind)
            rivals = [other.span.start for other in hits if other.kind == rival]
            rivals += subjects if hit.kind in YIELDING else []
            # "closes at 20 and opens again no later than 22" sets no deadline
            rivals += closed if hit.kind == DEADLINE else []
            if hit.kind in WEAK:
                rivals += [s.start for s in spoken if not hit.span.start <= s.start < hit.span.end]
            if hit.kind in (CHANGE, COMING) or any(span.start <= at < span.end for at in rivals):
                continue
            spans[span] = None
            kinds.add(hit.kind)
        return frozenset(kinds), tuple(spans)


def outside(times: LineTimes, spans: tuple[Span, ...]) -> LineTimes:
    """The mentions of a line that stand in none of ``spans``: what may tell a window."""
    if not spans:
        return times

    def free(span: Span) -> bool:
        return not any(s.start <= span.start < s.end for s in spans)

    return replace(
        times,
        intervals=tuple(m for m in times.intervals if free(m.span)),
        points=tuple(m for m in times.points if free(m.span)),
        ends=tuple(m for m in times.ends if free(m.span)),
        dates=tuple(m for m in times.dates if free(m.span)),
        days=tuple(m for m in times.days if free(m.span)),
        clocks=tuple(m for m in times.clocks if free(m.span)),
        durations=tuple(m for m in times.durations if free(m.span)),
    )


def _group(file: DecoyFile, name: str) -> PhraseGroup:
    group: PhraseGroup = getattr(file, name)
    return group


def _joined(text: str, offset: int, told: tuple[Span, ...]) -> str:
    """A dot within a time, or between two ("4 p.m. Monday"), ends no sentence."""
    if "." not in text:
        return text
    starts = {span.start - offset for span in told}
    signs = list(text)
    for match in _DOT.finditer(text):
        at, after = match.start(), match.end()
        near = any(span.start - offset < at <= span.end - offset for span in told)
        ends = any(at + 1 >= span.end - offset for span in told if span.start - offset < at)
        if near and (not ends or after in starts):
            signs[at] = " "
    return "".join(signs)


def _plain(text: str) -> str:
    """Dots that end no sentence taken out, length for length."""
    if "." in text:
        text = _DECIMAL_DOT.sub(":", _ORDINAL_DOT.sub(" ", text))
    return text.translate(_SIGNS)


def _sentence(stream: WordStream, line: Line, at: int) -> Span:
    """The sentence of ``line`` in which stream offset ``at`` lies."""
    text = stream.text
    before = text.rfind(" . ", 0, at)
    after = text.find(" . ", at)
    start = stream.span(before + 1, before + 2).end if before >= 0 else line.span.start
    end = stream.span(after + 1, after + 2).end if after >= 0 else line.span.end
    return Span(start, end)


def _holds_range(times: LineTimes, span: Span) -> bool:
    return any(i.start and i.end and span.start <= i.span.start < span.end for i in times.intervals)


def all_inside(times: LineTimes, spans: tuple[Span, ...]) -> bool:
    """Whether every mention of a line stands in one of ``spans``."""
    return all(any(s.start <= m.start < s.end for s in spans) for m in mentions(times))


def _takes_back(stream: WordStream, passing: Hit, hit: Hit) -> bool:
    """Whether ``hit`` follows ``passing`` in its clause, within its reach."""
    between = stream.text[passing.end : hit.start].split()
    behind = hit.start >= passing.end - 1
    near = len(between) <= REACH[passing.kind]
    return behind and near and CLAUSE_ENDS.isdisjoint(between)


def _within(sentence: Span, span: Span) -> bool:
    return sentence.start <= span.start < sentence.end


def words_beside(line: Line, told: LineTimes, sentence: Span) -> int:
    """How many words of a sentence tell nothing of time; those of one or two letters are none."""
    start, signs = line.span.start, list(line.text)
    for span in mentions(told):
        signs[span.start - start : span.end - start] = " " * (span.end - span.start)
    text = "".join(signs)[sentence.start - start : sentence.end - start]
    return len(_LONG_WORD.findall(text))


def mentions(times: LineTimes) -> Iterator[Span]:
    """The span of every mention that a line's decoy may stand beside."""
    for group in (times.intervals, times.points, times.ends, times.dates, times.days, times.clocks):
        yield from (mention.span for mention in group)
