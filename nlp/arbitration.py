"""Rules and trained reader brought together, in one place.

Rules answer first. The reader is asked where they read no impact in a notice:
about each sentence that looks like a statement. And it is asked about an
ambiguous one: the only one of its notice that they read, and neither it nor
its heading names a system that they know, so that its words may be those of
another trade. There the reader adds the channel, and both weigh in on the
effect. Where it isn't sure enough it abstains, and the record says which
sentence went unread.

What is left beside impacts that the rules have read is mostly advice, a reason
or said of something else; even the reader's surest answers are more often
wrong than right there (docs/ablation.md). It is asked about that only by
``always``, and no impact is taken from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, Literal, Protocol

import regex

from vindue.nlp.learned import Calibration, Guess
from vindue.nlp.readings import Effects, ImpactReading, Scope
from vindue.nlp.record import Channel, Effect
from vindue.nlp.sections import passages
from vindue.nlp.spans import Finding, Line, Notice, Span
from vindue.nlp.values import dataclass, replace

Mode = Literal["off", "auto", "always"]
"""``off``: rules alone. ``auto``: the reader where they end. ``always``: it
is asked about every sentence; the rules' answers stand, and what it surely
reads otherwise or besides gets a finding."""

SENTENCE: Final = regex.compile(r"(?:[^.!?]|[.!?](?!\s+[\p{Lu}\"»(]))+[.!?]*")
WORD: Final = regex.compile(r"\p{L}{2,}")
LOWER: Final = regex.compile(r"\b\p{Ll}{2,}")
LEAST_WORDS: Final = 3
LEAST_LOWER: Final = 2
MOST_DIGITS: Final = 0.3
UNREAD: Final = "impact.unread"
DISPUTED: Final = "impact.disputed"


class Reader(Protocol):
    """Whoever answers: the shipped pipeline, or a stand-in."""

    @property
    def calibration(self) -> Calibration:
        """How its confidence is to be read."""

    def read(self, sentences: Sequence[str]) -> list[Guess]:
        """An answer for each sentence."""


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence to ask about.

    ``impact`` is the place of the rules' answer, if there is one, and
    ``ambiguous`` tells that it may be put right.
    """

    span: Span
    text: str
    line: int
    impact: int | None = None
    ambiguous: bool = False


def looks_like_statement(text: str) -> bool:
    """True for running words that are no heading, label, name or time."""
    digits = sum(sign.isnumeric() for sign in text)
    return (
        len(WORD.findall(text)) >= LEAST_WORDS
        and len(LOWER.findall(text)) >= LEAST_LOWER
        and not text.rstrip().endswith(":")
        and digits <= MOST_DIGITS * len(text)
    )


def questions(
    notice: Notice, lines: tuple[Line, ...], effects: Effects, taken: frozenset[int], mode: Mode
) -> tuple[Question, ...]:
    """What the reader is to be asked; nothing of a notice that concerns no system.

    ``taken`` are indices of lines that others have read: updates, schedules.
    """
    if mode == "off" or not (effects.systems or effects.impacts):
        return ()
    told = bool(effects.impacts) and mode == "auto"
    shut = [span for span in (effects.fallback_span, effects.resubmit_span) if span]
    found: list[Question] = []
    for span, line in _sentences(notice.text, lines, taken):
        text = span.of(notice.text)
        known = [n for n, impact in enumerate(effects.impacts) if _meet(impact.span, span)]
        if len(known) == 1:
            ambiguous = len(effects.impacts) == 1 and _is_ambiguous(effects, span, line)
            if ambiguous or mode == "always":
                found.append(Question(span, text, line, known[0], ambiguous))
        elif told or known or line in effects.aside or any(_meet(other, span) for other in shut):
            continue
        elif looks_like_statement(text):
            found.append(Question(span, text, line))
    return tuple(found)


def _sentences(
    text: str, lines: tuple[Line, ...], taken: frozenset[int]
) -> Iterator[tuple[Span, int]]:
    """Each sentence of what is left, with the line it begins on."""
    for part in passages(lines, taken):
        if part.lines[0].index in taken:
            continue
        for match in SENTENCE.finditer(text, part.span.start, part.span.end):
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            end = start + len(match.group().strip())
            if start < end:
                on = [line.index for line in part.lines if line.span.start <= start]
                yield Span(start, end), on[-1]


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _is_ambiguous(effects: Effects, span: Span, line: int) -> bool:
    """True where a notice of systems of the registry speaks of something else.

    Neither the sentence nor a heading above it names a system of the
    registry, and the rest of the notice names no other: of a system with a
    name of its own the rules know that it is meant.
    """
    if line < len(effects.scopes) and effects.scopes[line] != Scope():
        return False
    within = [mention for mention in effects.mentions if _meet(mention.span, span)]
    without = [mention for mention in effects.mentions if not _meet(mention.span, span)]
    named = {ident for mention in without for ident in mention.ids} & set(effects.systems)
    known = {ident for mention in without if mention.known for ident in mention.ids}
    return not any(m.known for m in within) and bool(named) and named <= known


def arbitrate(
    effects: Effects,
    asked: Sequence[Question],
    guesses: Sequence[Guess],
    calibration: Calibration,
) -> Effects:
    """The effects with the reader's answers in their places, in text order.

    Raises ``ValueError`` where questions and guesses differ in number.
    """
    impacts = list(effects.impacts)
    findings = list(effects.findings)
    told = bool(impacts)
    for question, guess in zip(asked, guesses, strict=True):
        if question.impact is not None:
            said = impacts[question.impact]
            impacts[question.impact] = _settled(said, question, guess, calibration)
            findings += _disputed(said, impacts[question.impact], question, guess, calibration)
        elif guess.effect is None:
            continue
        elif guess.confidence >= calibration.threshold and not told:
            impacts.append(_impact(effects, question, guess))
        else:
            findings.append(_unread(question, guess))
    impacts.sort(key=lambda impact: impact.span.start)
    return replace(effects, impacts=tuple(impacts), findings=tuple(findings))


def _settled(
    said: ImpactReading, question: Question, guess: Guess, calibration: Calibration
) -> ImpactReading:
    """The rules' answer, with the reader's where it is ambiguous.

    The effect that the rules read is so many times likelier. Where the reader
    finds nothing stated its channel means nothing: what states nothing taught
    it none.
    """
    if not question.ambiguous:
        return said
    effect = _weighed(said, guess, calibration)
    if effect is None:
        return said
    if effect == said.effect:
        sure = guess.channel_confidence >= calibration.channel_threshold
        channel = guess.channel if sure or guess.effect == effect else said.channel
        return replace(said, channel=channel)
    return replace(
        said, effect=effect, channel=guess.channel, by="model", confidence=guess.confidence
    )


def _weighed(said: ImpactReading, guess: Guess, calibration: Calibration) -> Effect | None:
    """The likeliest effect, the one that the rules read weighing more; null for "nothing"."""
    odds = {
        effect: p * (calibration.rule_odds if effect == said.effect else 1.0)
        for effect, p in guess.effects
    }
    return max(odds, key=lambda effect: odds[effect]) if odds else guess.effect


def _disputed(
    said: ImpactReading,
    taken: ImpactReading,
    question: Question,
    guess: Guess,
    calibration: Calibration,
) -> Iterator[Finding]:
    """What to tell where rules and reader differ and the reader is sure."""
    if guess.effect != said.effect and guess.confidence >= calibration.sure:
        other = guess.effect or "none"
        message = f"The rules read {said.effect!r} here, the trained reader {other!r}"
        lost = other if taken.effect == said.effect else said.effect
        yield Finding(DISPUTED, "info", message, question.span, found=lost, used=taken.effect)


def _impact(effects: Effects, question: Question, guess: Guess) -> ImpactReading:
    """The reader's answer, with the systems that the sentence names or inherits."""
    own = [m.ids for m in effects.mentions if _meet(m.span, question.span)]
    scope = effects.scopes[question.line] if question.line < len(effects.scopes) else Scope()
    named = tuple(dict.fromkeys(ident for ids in own for ident in ids))
    systems = tuple(ident for ident in named if ident in effects.systems)
    channel: Channel = guess.channel
    if channel == "all" and scope.channel is not None:
        channel = scope.channel
    return ImpactReading(
        systems=systems or scope.systems or effects.systems,
        channel=channel,
        effect=guess.effect or "unaffected",
        span=question.span,
        by="model",
        confidence=guess.confidence,
    )


def _unread(question: Question, guess: Guess) -> Finding:
    message = "This sentence may state an impact, but none is read from it: too unsure"
    return Finding(UNREAD, "info", message, question.span, found=guess.effect, used=None)


@dataclass(frozen=True, slots=True)
class Model:
    """How the reader takes part; it is fetched only when there is something to ask."""

    mode: Mode
    fetch: Callable[[], Reader]


def consult(
    notice: Notice, lines: tuple[Line, ...], effects: Effects, taken: frozenset[int], model: Model
) -> Effects:
    """Ask what is to be asked, and settle it; ``taken`` as for ``questions``."""
    asked = questions(notice, lines, effects, taken, model.mode)
    if not asked:
        return effects
    reader = model.fetch()
    guesses = reader.read([question.text for question in asked])
    return arbitrate(effects, asked, guesses, reader.calibration)
