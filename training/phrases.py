"""The pieces that made-up training sentences are put together from: models and loader."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from vindue.nlp.record import Channel, Effect

FOLDER = Path(__file__).parent / "phrases"
LANGUAGES = ("da", "en")


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ByChannel(_Data):
    """Phrases by the channel that they name."""

    file: tuple[str, ...]
    online: tuple[str, ...]
    connection: tuple[str, ...]
    all: tuple[str, ...]

    def of(self, channel: Channel) -> tuple[str, ...]:
        """The phrases of one channel."""
        found: tuple[str, ...] = getattr(self, channel)
        return found


class Predicates(_Data):
    """What is said of a thing, a place or an act; ``whole`` is a sentence with a gap."""

    thing: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()


class Whole(_Data):
    """Sentences that state nothing."""

    whole: tuple[str, ...]


class Tails(_Data):
    """Times, reasons and places that may end a sentence."""

    forms: tuple[str, ...]


class Phrases(_Data):
    """One language's pieces."""

    thing: ByChannel
    place: ByChannel
    act: ByChannel
    predicates: dict[Effect, Predicates]
    none: Whole
    tails: Tails


class Names(_Data):
    """What made-up system names are built of, names of real systems, and a title."""

    starts: tuple[str, ...]
    ends: tuple[str, ...]
    words: tuple[str, ...]
    seconds: tuple[str, ...]
    systems: tuple[str, ...]
    frame: str


class Group(_Data):
    """Lines that state one and the same."""

    effect: Effect | Literal["none"]
    channel: Channel
    texts: tuple[str, ...]


class Lines(_Data):
    """Lines of real notices, by what they state."""

    group: tuple[Group, ...]


@cache
def load_phrases(language: str) -> Phrases:
    """One language's pieces. Raises ``pydantic.ValidationError`` on a flaw."""
    text = (FOLDER / f"{language}.toml").read_text(encoding="utf-8")
    return Phrases.model_validate(tomllib.loads(text))


@cache
def load_names() -> Names:
    """What names are made of. Raises ``pydantic.ValidationError`` on a flaw."""
    text = (FOLDER / "names.toml").read_text(encoding="utf-8")
    return Names.model_validate(tomllib.loads(text))


@cache
def load_lines() -> Lines:
    """The labelled lines. Raises ``pydantic.ValidationError`` on a flaw."""
    text = (FOLDER.parent / "lines.toml").read_text(encoding="utf-8")
    return Lines.model_validate(tomllib.loads(text))
