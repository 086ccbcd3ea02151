"""Training sentences put together from phrases, in both languages, with made-up names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random
from typing import Final, Literal, get_args

from vindue.nlp.record import Channel, Effect
from vindue.training.phrases import LANGUAGES, ByChannel, Phrases, load_names, load_phrases

Answer = Effect | Literal["none"]
CHANNELS: Final[tuple[Channel, ...]] = get_args(Channel)
EFFECTS: Final[tuple[Effect, ...]] = get_args(Effect)
ANSWERS: Final[tuple[Answer, ...]] = (*EFFECTS, "none")
NAME: Final = re.compile(r"\{N\}")
KINDS: Final = ("thing", "place", "act", "whole")
MOST_OF_KIND: Final = 40
TAILED: Final = 0.55
PLURAL: Final = {"{is}": "are", "{has}": "have", "{does}": "do", "{es}": "", "{s}": ""}
SINGULAR: Final = {"{is}": "is", "{has}": "has", "{does}": "does", "{es}": "es", "{s}": "s"}


@dataclass(frozen=True, slots=True)
class Sample:
    """A sentence and what it states; no channel where it states nothing."""

    text: str
    effect: Answer
    channel: Channel | None


def made_up_name(random: Random) -> str:
    """A name of syllables, of words, or now and then of a real system."""
    names = load_names()
    kind = random.random()
    if kind < 0.3:  # noqa: PLR2004
        syllables = (random.choice(names.starts) for _ in range(random.randint(2, 3)))
        return ("".join(syllables) + random.choice(names.ends)).capitalize()
    if kind < 0.75:  # noqa: PLR2004
        word = random.choice(names.words)
        return f"{word} {random.choice(names.seconds)}" if random.random() < 0.3 else word  # noqa: PLR2004
    return random.choice(names.systems)


def generate(count: int, seed: int) -> list[Sample]:
    """``count`` different sentences; the same for the same seed."""
    random = Random(seed)
    found: dict[str, Sample] = {}
    while len(found) < count:
        sample = _sentence(random)
        found.setdefault(sample.text, sample)
    return list(found.values())


def _sentence(random: Random) -> Sample:
    phrases = load_phrases(random.choice(LANGUAGES))
    answer: Answer = random.choice(ANSWERS)
    if answer == "none":
        return Sample(_named(random.choice(phrases.none.whole), random), answer, None)
    channel: Channel = "online" if answer == "no_sign_in" else random.choice(CHANNELS)
    text = _named(_clause(phrases, answer, channel, random), random)
    stop = "." if random.random() < 0.9 else ""  # noqa: PLR2004
    text = text.rstrip(".")
    if random.random() < TAILED:
        joint = ", " if random.random() < 0.15 else " "  # noqa: PLR2004
        text += joint + _named(random.choice(phrases.tails.forms), random)
    return Sample(text[0].upper() + text[1:] + stop, answer, channel)


def _clause(phrases: Phrases, effect: Effect, channel: Channel, random: Random) -> str:
    """A subject with a predicate, an act under a verdict, or a sentence with its gap filled."""
    said = {kind: getattr(phrases.predicates[effect], kind) for kind in KINDS}
    weights = [min(len(said[kind]), MOST_OF_KIND) * (2 if kind == "act" else 1) for kind in KINDS]
    kind = random.choices(KINDS, weights)[0]
    predicate: str = random.choice(said[kind])
    if kind == "act":
        return predicate.replace("{a}", random.choice(phrases.act.of(channel)))
    if kind == "whole":
        gap = "thing" if "{t}" in predicate else "place"
        filler = _subject(getattr(phrases, gap), channel, random)[0].rstrip(",")
        return predicate.replace("{t}", filler).replace("{p}", filler)
    subject, plural = _subject(getattr(phrases, kind), channel, random)
    for slot, form in (PLURAL if plural else SINGULAR).items():
        predicate = predicate.replace(slot, form)
    return f"{subject} {predicate}"


def _subject(phrases: ByChannel, channel: Channel, random: Random) -> tuple[str, bool]:
    subject = random.choice(phrases.of(channel))
    return subject.rstrip("+"), subject.endswith("+")


def _named(text: str, random: Random) -> str:
    return NAME.sub(lambda _: made_up_name(random), text)
