"""Names of systems that no registry knows, by how and where they are written.

A candidate is a run of words written as a name ("BilletNu", "Order Gateway",
"Exchange Switch 5B"). It counts where the text treats it as a system: it is
the subject of an effect, stands behind "sign in to" or "maintenance of", or
under a label such as "System:". Careful rather than greedy: a word that only
opens its sentence needs more than its capital.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import regex

from vindue.nlp.cover import Cover
from vindue.nlp.mentions.candidates import INNER_CAPITAL, Candidate, Placing
from vindue.nlp.mentions.gazetteer import fold
from vindue.nlp.mentions.names import Named, listed
from vindue.nlp.mentions.phrases import Hit
from vindue.nlp.mentions.runs import RunReader, is_host
from vindue.nlp.mentions.words import WordStream, opens_line
from vindue.nlp.spans import Span
from vindue.nlp.values import replace

_SHAPED: Final = regex.compile(
    r"\p{Ll}\p{Lu}|\p{L}\d|\d\p{L}|^\p{Lu}{3,}$|-\p{Lu}|^\p{Lu}+-|^\p{Lu}{2,3}\p{Ll}{3}"
)
_BRACKETS: Final = regex.compile(r"\s?\(((?=\S*[\p{Lu}\d])[\p{L}\d-]{2,8})\)")
_OPENERS: Final = frozenset(".!?:;•·])")
_DASHES: Final = frozenset("-–—")
_BETWEEN: Final = frozenset("\"'»«“”(*")
# A line with more capitals is shouted.
SHOUTED: Final = 0.6
# Words that may stand between a phrase and the name it leads to.
NEAR: Final = 4
# A word of so many letters is likely put together of others.
LONG_NAME: Final = 9
# "TLP-100G-0017": capitals and digits in parts, the last a number; "A-feed": one of a pair.
_CIRCUIT: Final = regex.compile(
    r"\p{Lu}[\p{Lu}\d]{1,4}(?:-[\p{Lu}\d]{1,6})*-(?:\d{2,}|\d+[GMK]-\d+)(?:-\p{Lu}{2,5})?"
)
# "CORALINE-3": a name even where all letters are capitals.
_CABLE: Final = regex.compile(r"\p{Lu}{4,}-\d")
_FEED: Final = regex.compile(r"\p{Lu}-\p{Ll}+")
KIND: Final = "name.kind"
# So many words at most between a name and the verb of its clause.
_FAR: Final = 3


class NameFinder:
    """Finds candidates; the word lists come from the grammar."""

    def __init__(self, lists: Mapping[str, frozenset[str]], calendar: frozenset[str]) -> None:
        self._reader: Final = RunReader(lists, calendar)
        self._generic: Final = lists["generic"] | lists["heading"]
        self._heads: Final = tuple(sorted(lists["name_endings"]))
        self._nouns: Final = tuple(sorted(lists["noun_endings"]))
        self._owners: Final = tuple(sorted(lists["owner_endings"]))
        self._definite: Final = tuple(sorted(lists["definite_endings"]))
        self._joins: Final = lists["between"]

    def find(
        self, text: str, stream: WordStream, hits: Sequence[Hit], names: Sequence[Named]
    ) -> tuple[Candidate, ...]:
        """All candidates in ``text``; ``hits`` are the phrases found in its stream."""
        shouted = sum(map(str.isupper, text)) > SHOUTED * sum(map(str.isalpha, text))
        kept_out = [h.span for h in hits if h.kind == "aside" or is_label(stream, h)]
        taken = Cover([*(n.span for n in names if not n.plain), *kept_out])
        runs = [_before_kind(r, hits) for r in self._reader.runs(text)]
        runs = [r for r in runs if len(r) and not taken.meets(r)]
        if shouted:
            runs = [r for r in runs if _has_kind(r, hits) or _CABLE.fullmatch(r.of(text))]
        runs = [r for r in runs if not is_number_of_thing(r.of(text))]
        kinds = [h.span for h in hits if h.kind.startswith(("channel.", "label.", "subject"))]
        runs = [r for r in runs if self._beyond(text, r, names, kinds)]
        if not runs:
            return ()
        headline = self._reader.is_headline(text)
        placed = [self._placed(text, stream, hits, run, headline) for run in runs]
        away = [_is_place(stream, hits, run) for run in runs]
        for index in [*range(1, len(runs)), *range(len(runs) - 1, 0, -1)]:
            if listed(text[runs[index - 1].end : runs[index].start], self._joins):
                if away[index - 1]:
                    away[index], placed[index] = True, Placing.NOWHERE
                placed[index] = placed[index - 1] = max(placed[index], placed[index - 1])
        told = [_is_told(stream, hits, run) for run in runs]
        return tuple(
            replace(
                self._candidate(text, run, good, headline), told=says, kind=_has_kind(run, hits)
            )
            for run, good, says in zip(runs, placed, told, strict=True)
        )

    def _candidate(self, text: str, span: Span, placed: Placing, headline: bool) -> Candidate:
        name = span.of(text)
        words = name.split()
        opens = _opens(text, span.start)
        last = fold(words[-1])
        plain = len(words) == 1 and any(last.endswith(noun) for noun in self._nouns)
        plain = plain and not self._is_compound(last)
        shaped = self._shaped(name, headline)
        brackets = _BRACKETS.match(text, span.end)
        short = brackets.group(1) if brackets else ""
        heads = opens and text.startswith(":", span.end)
        leads = heads and text[span.end + 1 : span.end + 3].strip().isupper()
        inside = not opens and not headline
        return Candidate(span, name, placed, shaped, inside, plain, short, heads=heads, leads=leads)

    def _is_compound(self, word: str) -> bool:
        """True for a long word that speaks of one certain thing, as names of systems do."""
        long = len(word) >= LONG_NAME and word not in self._generic
        long = long and not word.endswith(self._owners)
        return long and word.endswith(self._definite)

    def _shaped(self, name: str, headline: bool) -> bool:
        """True where the very form is a name's: inner capital, several words, "…portal"."""
        words = [word for word in name.split() if len(word) > 1]
        return self._marked(name) or (len(words) > 1 and not headline)

    def _marked(self, name: str) -> bool:
        """True where letters alone tell a name: an inner capital, a digit, "…portal"."""
        last = fold(name.rsplit(maxsplit=1)[-1])
        ends = any(last.endswith(head) and last != head for head in self._heads)
        return bool(_SHAPED.search(name)) or ends or is_host(name)

    def _beyond(self, text: str, run: Span, names: Sequence[Named], kinds: Sequence[Span]) -> bool:
        """True where a run says more than the everyday words and kinds of thing that it holds."""
        inside = [n for n in names if n.span.start < run.end and n.span.end > run.start]
        if not inside:
            return True
        if len(inside) > 1 or inside[0].span.end != run.end:
            return False
        words = text[run.start : inside[0].span.start].split()
        kind = any(run.start <= span.start < inside[0].span.start for span in kinds)
        return bool(words) and not kind and not any(fold(w) in self._generic for w in words)

    @staticmethod
    def _spoken_of(stream: WordStream, hits: Sequence[Hit], start: int, stop: int) -> bool:
        """True where a name opens its sentence and the next speaks of it ("It will be down")."""
        opens = start <= 1 or stream.text[max(0, start - 3) : start] == " . "
        said = any(h.kind == "pronoun" and h.start == stop + 3 for h in hits)
        end = stream.text.find(" . ", stop + 3)
        return (
            opens
            and said
            and any(
                h.kind.startswith("effect.") and h.start > stop and (end < 0 or h.start < end)
                for h in hits
            )
        )

    def _placed(
        self, text: str, stream: WordStream, hits: Sequence[Hit], span: Span, headline: bool
    ) -> Placing:
        """How plainly the words around a run expect the name of a system."""
        start, end = _place(stream, span)
        after = _past_bracket(stream.text, end)
        shaped = self._shaped(span.of(text), headline)
        hosted = self._marked(span.of(text))
        hosted = hosted and any(_is_host_of(text, h, span) for h in hits)
        hosted = hosted or self._reader.is_led_by_kind(text, span.start)
        if hosted or any(self._expects(stream, hits, h, (start, after), shaped) for h in hits):
            return Placing.EXPECTED
        acts_itself = any(hit.kind == "name.actor" and hit.start == after for hit in hits)
        if acts_itself or _is_place(stream, hits, span):
            return Placing.NOWHERE
        stop = stream.text.find(" . ", end - 1)
        if shaped and stop >= 0 and self._spoken_of(stream, hits, start, stop):
            return Placing.SUBJECT
        effects = [hit for hit in hits if hit.kind.startswith("effect.")]
        opens = stream.text.rfind(" . ", 0, start)
        around = any(opens < e.start and (stop < 0 or e.start < stop) for e in effects)
        name = span.of(text)
        led = any(hit.kind == "name.not" and hit.end == start for hit in hits)
        works = [h for h in hits if h.kind == "work" and opens < h.start]
        worked = not led and any(stop < 0 or h.start < stop for h in works)
        verbs = [hit for hit in hits if hit.kind == "verb"]
        acts = any(hit.start == after for hit in (*verbs, *effects))
        marked = INNER_CAPITAL.search(name) and (around or (worked and name[:1].isupper()))
        if marked or (around and _is_used_in(stream, hits, (start, after), acts=acts)):
            return Placing.SUBJECT
        if not any(e.end > end and (stop < 0 or e.start < stop) for e in effects):
            return Placing.NOWHERE
        return Placing.SUBJECT if self._acts(text, stream, hits, span) else Placing.NOWHERE

    def _acts(self, text: str, stream: WordStream, hits: Sequence[Hit], span: Span) -> bool:
        """True where a name is the subject of a verb, or of an effect at once."""
        start, end = _place(stream, span)
        after = _past_bracket(stream.text, end)
        if self._is_object(text, stream, hits, span):
            return False
        verbs = [hit for hit in hits if hit.kind == "verb"]
        effects = [hit for hit in hits if hit.kind.startswith("effect.")]
        acts = any(hit.start == after for hit in (*verbs, *effects))
        name = span.of(text)
        marked, shaped = self._marked(name), self._shaped(name, headline=False)
        opened = any(hit.kind == "name.opened" and hit.end == start for hit in hits)
        if not opened and any(hit.kind == "name.not" and hit.end == start for hit in hits):
            sure = marked or self._is_compound(fold(name))
            return sure and (acts or _acts_later(text, stream, (*verbs, *effects), after))
        led = any(hit.end == start for hit in verbs) or any(hit.start == after for hit in verbs)
        several = " " in name and not self._reader.is_headline(text)
        sure = (marked and not name.isupper()) or several or self._is_compound(fold(name))
        led = led or (sure and any(_is_next(text, span, hit) for hit in effects))
        led = led or (shaped and stream.text.startswith(": ", after))
        dashed = stream.text.startswith("- ", after) and _opens(text, span.start)
        led = led or (dashed and _at(effects, after + 2))
        aside = stream.text.startswith(", ", after) and stream.text[:start].endswith(", ")
        led = led or (aside and _at(verbs, after + 2))
        placed = any(h.kind in ("name.not", "name.within") and h.start == after for h in hits)
        placed = placed and not any(e.start < end and e.end > start for e in effects)
        far = (marked and not name.isupper()) or (placed and _opens(text, span.start)) or several
        return led or (far and _acts_later(text, stream, verbs, after))

    def _is_object(self, text: str, stream: WordStream, hits: Sequence[Hit], span: Span) -> bool:
        """True for a thing that something is done to in a system: "Permits cannot be issued"."""
        name = span.of(text)
        if " " in name or not _opens(text, span.start):
            return False
        if self._marked(name) or self._is_compound(fold(name)):
            return False
        _, end = _place(stream, span)
        stop = stream.text.find(" . ", end - 1)
        done = [h.start for h in hits if h.kind == "object" and h.start >= end]
        return any(at < stop or stop < 0 for at in done)

    def _expects(
        self,
        stream: WordStream,
        hits: Sequence[Hit],
        hit: Hit,
        place: tuple[int, int],
        shaped: bool,
    ) -> bool:
        """True where ``hit`` is a phrase that a name follows or comes before."""
        start, after = place
        if hit.kind == "name.before":
            return self._led(stream, hits, hit, start, shaped)
        label = hit.kind == "label.systems" and opens_line(stream, hit.start)
        led = any(h.kind == "name.not" and h.end == start for h in hits)
        return (
            (hit.kind == KIND and hit.start == after)
            or (hit.kind == "name.after" and hit.start == after and not led)
            or (label and stream.text[hit.end : start] == ": ")
        )

    @staticmethod
    def _led(stream: WordStream, hits: Sequence[Hit], hit: Hit, start: int, shaped: bool) -> bool:
        """True where ``hit`` leads to a name at ``start``: at once, or over a few words."""
        if hit.end == start:
            return True
        gap = f" {stream.text[hit.end : start]}"
        if not shaped or hit.end > start or " . " in gap or len(gap.split()) > NEAR:
            return False
        return not any(h.kind == "name.not" and hit.end <= h.start < start for h in hits)


def is_label(stream: WordStream, hit: Hit) -> bool:
    """True for a label that opens its line or stands before its colon."""
    if not hit.kind.startswith("label."):
        return False
    return opens_line(stream, hit.start) or stream.text.startswith(": ", hit.end)


def _is_host_of(text: str, hit: Hit, span: Span) -> bool:
    """True for "node lon-vps-01": a blank alone stands between the word and the name."""
    return hit.kind == "name.host" and _is_next(text, hit.span, hit._replace(span=span))


def _is_next(text: str, span: Span, hit: Hit) -> bool:
    """True where a phrase stands right behind a name, a blank between them."""
    return text[span.end : hit.span.start] in (" ", "\xa0")


def _at(hits: Sequence[Hit], at: int) -> bool:
    return any(hit.start == at for hit in hits)


def _acts_later(text: str, stream: WordStream, hits: Sequence[Hit], after: int) -> bool:
    """True where one of ``hits`` follows over a few small words: "X displays will …"."""
    end = min((h.start for h in hits if h.start > after), default=after)
    gap = stream.text[after:end].split()
    small = end > after and not any(map(str.isupper, stream.span(after, end).of(text)))
    return small and len(gap) <= _FAR and all(word.isalpha() for word in gap)


def _before_kind(run: Span, hits: Sequence[Hit]) -> Span:
    """A run without the words that say what kind of system it names."""
    kinds = [h.span.start for h in hits if h.kind == KIND and run.start <= h.span.start < run.end]
    return Span(run.start, max(min(kinds) - 1, run.start)) if kinds else run


def _has_kind(run: Span, hits: Sequence[Hit]) -> bool:
    # one blank, or the line end of another system
    return any(h.kind == KIND and h.span.start - run.end in (1, 2) for h in hits)


def _is_used_in(
    stream: WordStream, hits: Sequence[Hit], place: tuple[int, int], *, acts: bool
) -> bool:
    """True for "E-books in X are not affected" and "you can still book in X."."""
    start, after = place
    if not any(hit.kind == "name.within" and hit.end == start for hit in hits):
        return False
    opens = stream.text.rfind(" . ", 0, start)
    ends = stream.text.startswith((". ", ", ", "- "), after) or after >= len(stream.text)
    used = any(hit.kind == "use" and opens < hit.start < start for hit in hits)
    return acts or (ends and used)


def _is_place(stream: WordStream, hits: Sequence[Hit], span: Span) -> bool:
    """True behind words for people or things that are somewhere: "members in …"."""
    start, _ = _place(stream, span)
    before = [start, stream.text.rfind(" ", 0, start - 1) + 1]
    if not stream.text[before[1] : start].strip().isdigit():
        before.pop()
    return any(hit.kind == "name.place" and hit.end in before for hit in hits)


def is_number_of_thing(name: str) -> bool:
    """True for the number of a circuit, an order or a feed rather than a system's name."""
    return bool(_CIRCUIT.fullmatch(name) or _FEED.fullmatch(name))


def _is_told(stream: WordStream, hits: Sequence[Hit], span: Span) -> bool:
    """True where the sentence around ``span`` states an effect."""
    start, end = _place(stream, span)
    opens, stop = stream.text.rfind(" . ", 0, start), stream.text.find(" . ", end - 1)
    effects = (hit for hit in hits if hit.kind.startswith("effect."))
    return any(opens < e.start and (stop < 0 or e.start < stop) for e in effects)


def _opens(text: str, at: int) -> bool:
    """True where what stands at ``at`` opens a line or a sentence, quotation marks aside."""
    start = at
    while start and (text[start - 1].isspace() or text[start - 1] in _BETWEEN):
        start -= 1
        if text[start] in "\r\n":
            return True
    if not start or text[start - 1] in _OPENERS:
        return True
    return text[start - 1] in _DASHES and start < at and text[start].isspace()


def _past_bracket(text: str, at: int) -> int:
    """The place behind a bracket that opens at ``at``, else ``at``."""
    close = text.find(") ", at)
    return close + 2 if text.startswith("( ", at) and close > 0 else at


def _place(stream: WordStream, span: Span) -> tuple[int, int]:
    """Where a source span lies in the stream."""
    inside = [i for i, w in enumerate(stream.words) if span.start <= w.span.start < span.end]
    if not inside:
        return 0, 0
    last = inside[-1]
    return stream.starts[inside[0]], stream.starts[last] + len(stream.words[last].form) + 1
