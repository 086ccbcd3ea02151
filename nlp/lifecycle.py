"""Lifecycle phrases and update heads of a line (``grammars/*/lifecycle.toml``)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, cast

from vindue.grammars.lifecycle import Lifecycle
from vindue.nlp.mentions.gazetteer import Gazetteer
from vindue.nlp.mentions.phrase_cache import compile_phrases
from vindue.nlp.mentions.phrases import Hit, PhraseBook, words_of
from vindue.nlp.mentions.times import LineTimes
from vindue.nlp.mentions.words import WordStream, read_words
from vindue.nlp.nth import NthReader
from vindue.nlp.spans import Line, Span
from vindue.nlp.values import dataclass

NOT_SO: Final = "not_so"


NOT_DONE: Final = "not_done"


NEW_END: Final = "new_end"


NEW_START: Final = "new_start"


NO_HORIZON: Final = "no_horizon"


RIGHTED: Final = "righted"


RESUMED: Final = "resumed"


REOPENS: Final = "reopens"


NEXT_NEWS: Final = "next_news"
"""The time behind it is when the reader is told more."""

# Of several kinds said in one line the first of these is the event.
ORDER: Final = (
    "duplicate", "postponed", "cancelled", "moved", "extended", "delayed", "shortened",
    "edited", "completed", RESUMED,
)  # fmt: skip


# Which of these it is, the word that opens the line says.
LENGTHENING: Final = frozenset({"extended", "delayed"})


CACHE_SIZE: Final = 8_000


@dataclass(frozen=True, slots=True)
class LifeLine:
    """What one line says of the lifecycle; ``head_end`` is where its head ends.

    ``bare``: the head is a clock time alone, as in the log of a night.
    ``first``: it opens with the state in which a log begins ("Scheduled").
    ``nth``: the line counts the window that it speaks of ("the second night").
    """

    kinds: dict[str, Span]
    headed: bool = False
    head_end: int = 0
    alone: bool = False
    nth: int | None = None
    empty: bool = False
    bare: bool = False
    first: bool = False


class LifecycleReader:
    """Lifecycle phrases and update heads, compiled once."""

    def __init__(
        self,
        grammar: Iterable[Lifecycle],
        known: Iterable[str] = (),
        abbreviations: Iterable[str] = (),
    ) -> None:
        files = tuple(grammar)
        said = [(k, p) for f in files for k, kind in f.kind.items() for p in kind.said]
        self._book: Final = PhraseBook(compile_phrases(said))
        self._alone: Final = {
            tuple(form.split()): name
            for f in files
            for name, kind in f.kind.items()
            for form in kind.alone
        }
        self._effects: Final = frozenset(
            tuple(form.split()) for f in files for kind in f.kind.values() for form in kind.effects
        )
        self._states: Final = frozenset(word for f in files for word in f.head.states)
        self._heads: Final = frozenset(tuple(word.split()) for f in files for word in f.head.words)
        self._stamped: Final = frozenset((w,) for f in files for w in f.head.stamped)
        self._nth: Final = NthReader(f.occurrence for f in files)
        self._fillers: Final = frozenset(word for f in files for word in f.head.fillers)
        self._posted: Final = frozenset(word for f in files for word in f.head.posted)
        self._first: Final = frozenset(word for f in files for word in f.head.first)
        vocabulary = set(words_of(phrase for _, phrase in said))
        vocabulary |= {word for form in self._alone for word in form}
        vocabulary |= {word for form in self._heads for word in form}
        self._vocabulary: Final = Gazetteer(vocabulary, known, shortest=5)

        self._abbreviations: Final = frozenset(abbreviations)
        self._plain: Final = lru_cache(maxsize=CACHE_SIZE)(self._read_plain)

    def read(self, line: Line, times: LineTimes) -> LifeLine:
        """The lifecycle kinds of a line, with the span of each.

        A lone word that may tell an effect does so as the item of a list ("• Closed").
        """
        if line.bullet and tuple(line.text.casefold().strip(" .").split()) in self._effects:
            return LifeLine({})
        if not times.told and times.open_end is None:
            plain = self._plain(line.text, times.other_words)
            if plain is not None:
                return plain
        return self._read(line.text, line.span.start, times)

    def is_posted(self, text: str) -> bool:
        """Whether a line opens with a word such as "Posted"."""
        return text.split(maxsplit=1)[0].casefold().strip(":") in self._posted

    def _read_plain(self, text: str, other_words: int) -> LifeLine | None:
        """What a line without a time says of the lifecycle, if that is nothing."""
        life = self._read(text, 0, LineTimes(other_words=other_words))
        return life if not (life.kinds or life.headed or life.first) else None

    def _read(self, text: str, offset: int, times: LineTimes) -> LifeLine:
        stream = read_words(text, offset, self._vocabulary, self._abbreviations)
        head, head_end, opening = self._head(stream, times, text, offset)
        kinds = self._said(stream)
        if opening is not None:
            kinds = {k: s for k, s in kinds.items() if not {k, opening} <= LENGTHENING}
            kinds.setdefault(opening, stream.words[0].span)
        name, span, alone = self._lone_word(stream, head, times)
        if name is not None and name not in kinds:
            kinds[name] = cast("Span", span)
        empty = bool(head) and all(not w.form[0].isalpha() for w in stream.words[head:])
        bare = opening is None and _is_log(stream, head, times)
        said = next((kinds[kind] for kind in ORDER if kind in kinds), None)
        nth = self._nth.read(stream.sentence_at(said.start)) if said is not None else None
        first = self._is_first(stream, head)
        return LifeLine(kinds, bool(head), head_end, alone, nth, empty, bare, first)

    def _is_state(self, word: tuple[str, ...], label: list[str]) -> bool:
        """Whether a lone word behind a label tells the notice's state rather than an effect."""
        return word not in self._effects or not self._states.isdisjoint(label)

    def _is_first(self, stream: WordStream, head: int) -> bool:
        """Whether the state in which a log begins stands first, or alone behind a stamp."""
        if head:
            return len(stream.forms) == head + 1 and stream.forms[head] in self._first
        forms = stream.forms[:2]
        return bool(forms) and forms[0] in self._first and (len(forms) == 1 or forms[1] in "-:")

    def _said(self, stream: WordStream) -> dict[str, Span]:
        hits = self._book.hits(stream)
        barred = [hit for hit in hits if hit.kind == NOT_SO]
        undone = [hit for hit in hits if hit.kind == NOT_DONE]
        kinds: dict[str, Span] = {}
        for hit in hits:
            bars = barred + undone if hit.kind == "completed" else barred
            free = hit.kind not in ORDER or not any(_covers(bar, hit) for bar in bars)
            if hit.kind not in (NOT_SO, NOT_DONE) and free:
                kinds.setdefault(hit.kind, hit.span)
        return kinds

    def _head(
        self, stream: WordStream, times: LineTimes, text: str, offset: int
    ) -> tuple[int, int, str | None]:
        """How many words the update head takes with its stamp, and where it ends.

        A lifecycle word with a stamp and a colon ("EXTENDED 20:30: …") is a
        head too, and says its kind; so is a bare stamp with a colon or a gap behind it.
        """
        forms = stream.forms
        size = next((n for n in (2, 1) if forms[:n] in self._heads and n <= len(forms)), 0)
        headed = bool(size)
        if not size:
            size = next((n for n in (3, 2, 1) if forms[:n] in self._alone and n <= len(forms)), 0)
        size = size or int(forms[:1] in self._stamped)
        opening = self._alone.get(forms[:size]) if size else None
        points = [point.span for point in times.points]
        told = sorted([*points, *(d.span for d in times.dates), *(c.span for c in times.clocks)])
        at, stamped, begun, reach = size, False, 0, 0
        while at < len(forms):
            word = stream.words[at]
            while begun < len(told) and told[begun].start <= word.span.start:
                reach = max(reach, told[begun].end)
                begun += 1
            inside = word.span.start < reach
            if stamped and not inside and word.form == ":":
                at += 1
                break
            if word.form[0].isalpha() and not inside and word.form not in self._fillers:
                break
            stamped |= inside
            at += 1
        closed = stamped and at < len(forms)
        closed = closed and (forms[at - 1] in ":-" or _is_gap(stream, at, text, offset))
        update = not times.intervals or self._is_known(forms[at : at + 3])
        clock = bool(times.clocks) and times.clocks[0].span == told[0] if told else False
        stamp_alone = not size and closed and (bool(times.points) or clock) and update
        if not at or (not headed and not (closed if size else stamp_alone)):
            return 0, 0, None
        return at, stream.words[at - 1].span.end, opening

    def _is_known(self, forms: tuple[str, ...]) -> bool:
        """Whether a word of the lifecycle or of updates comes next."""
        leads = [forms[:size] for size in range(1, len(forms) + 1)]
        return any(lead in self._heads or lead in self._alone for lead in leads)

    def _lone_word(
        self, stream: WordStream, head: int, times: LineTimes
    ) -> tuple[str | None, Span | None, bool]:
        """A lifecycle word that makes up its line, or opens or closes it by itself."""
        words = [w for w in stream.words[head:] if w.form not in "()"]
        others = times.other_words - head
        for size in (4, 3, 2, 1):
            lead = tuple(w.form for w in words[:size])
            name = self._alone.get(lead) if len(lead) == size else None
            if name is not None:
                rest = words[size].form if len(words) > size else "."
                if rest in ".,:-" or others <= size:
                    span = Span(words[0].span.start, words[size - 1].span.end)
                    return name, span, others <= size
            tail = tuple(w.form for w in words[-size:])
            name = self._alone.get(tail) if len(tail) == size else None
            label = [w.form for w in words[:-size]]
            if name is not None and label and label[-1] in "-:" and self._is_state(tail, label):
                return name, Span(words[-size].span.start, words[-1].span.end), False
        return None, None, False


def _covers(bar: Hit, hit: Hit) -> bool:
    return bar.start < hit.end and hit.start < bar.end


def _is_log(stream: WordStream, head: int, times: LineTimes) -> bool:
    """True where a head is a stamp without a word: a clock time, or one closed by a mere gap."""
    if not head or not (times.clocks or times.points):
        return False
    end = stream.words[head - 1].span.end
    if stream.words[head - 1].form not in ":-" and times.points:
        return True
    clock = bool(times.clocks) and times.clocks[0].span.start < end
    return clock and not any(d.span.start < end for d in times.dates)


def _is_gap(stream: WordStream, at: int, text: str, offset: int) -> bool:
    """True where word ``at`` stands in a column of its own, behind two blanks or a tab."""
    between = text[stream.words[at - 1].span.end - offset : stream.words[at].span.start - offset]
    return "  " in between or "\t" in between or "|" in between or "·" in between
