"""What the times of a sentence are for: evidence that they are a window's, and against it.

A window is told where something is said to be down, worked on or closed
meanwhile. In a text that is for something else too (an invitation, a job
advert, release notes) a word in passing is not enough: what the sentence, its
neighbours and the title say is weighed against what the text is for. What
loses tells no window; what barely wins is a window that is less sure.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from vindue.grammars.weights import Bearing, load_weights
from vindue.nlp.decoys import (
    FEW_WORDS,
    DecoyReader,
    Decoys,
    all_inside,
    mentions,
    outside,
    words_beside,
)
from vindue.nlp.field_parts import Fields
from vindue.nlp.mentions.times import LineTimes
from vindue.nlp.spans import Line, Span
from vindue.nlp.values import dataclass, replace
from vindue.nlp.witnesses import dates_of

NEAR_LINES: Final = 2


@dataclass(frozen=True, slots=True)
class Weighed:
    """The sentences that lost, those that won barely, and those that speak for themselves.

    ``bare`` are those for which nothing speaks but a word elsewhere; ``weak``
    those of them against which something speaks: they lose where another
    sentence says for itself what is down.
    """

    lost: tuple[Span, ...] = ()
    doubted: tuple[Span, ...] = ()
    said: tuple[Span, ...] = ()
    bare: tuple[Span, ...] = ()
    weak: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Text:
    """A notice as it is weighed.

    ``title`` is what its title says for it, ``against`` what its kind says
    against it. By line: ``spoken`` are the
    places that speak of a window, ``purposes`` how much the line is for
    something else.
    """

    title: float
    against: float
    lines: tuple[Line, ...]
    times: tuple[LineTimes, ...]
    spoken: tuple[tuple[Span, ...], ...]
    purposes: tuple[float, ...]
    title_dated: bool
    decoys: Decoys
    reader: DecoyReader
    scale: Bearing


@dataclass(frozen=True, slots=True)
class Told:
    """A notice and its times as they were read; the title apart.

    ``rows`` are lines of a form: what one of them denies is of itself alone.
    """

    title: Line | None
    title_times: LineTimes
    lines: tuple[Line, ...]
    times: tuple[LineTimes, ...]
    rows: frozenset[int] = frozenset()


def weigh(told: Told, decoys: Decoys, reader: DecoyReader) -> Weighed:
    """Weigh each sentence that tells a time; nothing where the text speaks of no window."""
    scale = load_weights().bearing
    title, lines = told.title, told.lines
    purposes = tuple(map(reader.purpose, (line.text for line in lines)))
    free = [line for line in lines if line.index not in told.rows]
    denied = any(reader.denies(line.text) for line in ([title, *free] if title else free))
    another = title is not None and reader.titles_another(title)
    aim = reader.purpose(title.text) if title is not None else 0.0
    spoken = tuple(map(reader.speaking, lines))
    if not any(spoken):
        return Weighed()
    about = title is not None and not denied and bool(reader.speaking(title))
    # a course for a title; but "Course portal: planned maintenance" is none
    another = another or (bool(aim) and not about)
    text = _Text(
        title=scale.title if about else 0.0,
        against=(scale.medley if another else 0.0) + (scale.denial if denied else 0.0),
        lines=lines,
        times=told.times,
        spoken=spoken,
        purposes=purposes,
        title_dated=_dated(told.title_times),
        decoys=decoys,
        reader=reader,
        scale=scale,
    )
    weighed = _joined(tuple(map(partial(_line, text), range(len(lines)))))
    return replace(weighed, lost=weighed.lost + weighed.weak) if weighed.said else weighed


def _joined(parts: tuple[Weighed, ...]) -> Weighed:
    return Weighed(
        tuple(span for part in parts for span in part.lost),
        tuple(span for part in parts for span in part.doubted),
        tuple(span for part in parts for span in part.said),
        tuple(span for part in parts for span in part.bare),
        tuple(span for part in parts for span in part.weak),
    )


def _line(text: _Text, index: int) -> Weighed:
    """The sentences of one line, weighed."""
    line, told = text.lines[index], text.times[index]
    if line.index in text.decoys.lines | text.decoys.earlier or not told.told:
        return Weighed()
    free = tuple(mentions(outside(told, text.decoys.spans)))
    sentences = text.reader.sentences(line, tuple(mentions(told)))
    return _joined(
        tuple(
            _sentence(text, index, sentences, at)
            for at, sentence in enumerate(sentences)
            if any(_holds(sentence, span) for span in free)
        )
    )


def _sentence(text: _Text, index: int, sentences: tuple[Span, ...], at: int) -> Weighed:
    """One sentence that tells a time, weighed."""
    scale, this = text.scale, (sentences[at],)
    against, found = _against(text, index), _for(text, index, sentences, at)
    speaks = _own(text, index, this[0]) or _beside(text, index, sentences, at)
    said = this if speaks and _range_in(text.times[index], this[0]) else ()
    if against < scale.least:
        bare = () if found > scale.near else this
        return Weighed(said=said, bare=bare, weak=bare if against else ())
    # a lost notice is worse than one too many: what tells day, times and work is kept, doubted
    whole = bool(said) and _own(text, index, this[0]) and _dated_in(text.times[index], this[0])
    if found < against and not whole:
        return Weighed(lost=this)
    return Weighed(doubted=this if found - against < scale.sure else (), said=said)


def _own(text: _Text, index: int, sentence: Span) -> bool:
    return any(_holds(sentence, span) for span in text.spoken[index])


def _for(text: _Text, index: int, sentences: tuple[Span, ...], at: int) -> float:
    """What speaks for one sentence; of its surroundings the nearest word counts alone."""
    scale, sentence = text.scale, sentences[at]
    own = _own(text, index, sentence)
    if own or _beside(text, index, sentences, at):
        said = scale.own if own else scale.beside
        said += scale.dated if _dated_in(text.times[index], sentence) else 0.0
    elif index and text.spoken[index - 1] and _bare(text, index, sentence):
        said = scale.lead
    else:
        said = scale.near
    return text.title + said + (0.0 if _has_day(text, index) else scale.undated)


def _against(text: _Text, index: int) -> float:
    """What speaks against it: the kind of text, and lines nearby that are for something else."""
    near = text.purposes[max(index - NEAR_LINES, 0) : index + NEAR_LINES + 1]
    return text.against + min(sum(near), text.scale.most_purposes)


def _beside(text: _Text, index: int, sentences: tuple[Span, ...], at: int) -> bool:
    """Whether a sentence beside it, without a time of its own, speaks of a window."""
    told = tuple(mentions(text.times[index]))
    return any(
        any(_holds(other, span) for span in text.spoken[index])
        and not any(_holds(other, span) for span in told)
        for other in (*sentences[max(at - 1, 0) : at], *sentences[at + 1 : at + 2])
    )


def _bare(text: _Text, index: int, sentence: Span) -> bool:
    return words_beside(text.lines[index], text.times[index], sentence) <= FEW_WORDS


def _has_day(text: _Text, index: int) -> bool:
    """Whether the line, one above it or the title tells more of a day than its weekday."""
    passed = text.decoys.lines
    above = (told for at, told in enumerate(text.times[: index + 1]) if at not in passed)
    return text.title_dated or any(map(_dated, above))


def _range_in(told: LineTimes, sentence: Span) -> bool:
    return any(
        i.start is not None and (i.end is not None or i.duration) and _holds(sentence, i.span)
        for i in told.intervals
    )


def _dated_in(told: LineTimes, sentence: Span) -> bool:
    return any(
        not date.told_weekday_only and _holds(sentence, date.span)
        for date in (*dates_of(told), *told.dates)
    )


def _dated(times: LineTimes) -> bool:
    return any(not date.told_weekday_only for date in (*dates_of(times), *times.dates))


def _holds(sentence: Span, span: Span) -> bool:
    return sentence.start <= span.start < sentence.end


def without(decoys: Decoys, weighed: Weighed, told: Told) -> Decoys:
    """The decoys with the sentences that lost among them."""
    if not weighed.lost:
        return decoys
    spans = (*decoys.spans, *weighed.lost)
    passed = {
        line.index
        for line, times in zip(told.lines, told.times, strict=True)
        if times.told and all_inside(times, spans)
    }
    return replace(decoys, spans=spans, lines=decoys.lines | passed)


def kept(fields: Fields, weighed: Weighed) -> Fields:
    """The fields without the windows whose first value stands in a sentence that lost."""
    if not weighed.lost:
        return fields
    intervals = tuple(
        f
        for f in fields.intervals
        if not any(_holds(sentence, f.interval.span) for sentence in weighed.lost)
    )
    return replace(fields, intervals=intervals)
