"""The words of effects and structure, as data: models of the files and their loader."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from vindue.grammars.tables import parse_table
from vindue.nlp.record import Channel, Effect, Fallback

LANGUAGES = ("da", "en")


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class EffectForm(_Data):
    """Phrases that state one effect.

    ``flip`` is what a negation makes of it; without one a negation changes
    nothing, because the phrase carries its own. Phrases that need a verb
    state something only beside one or under a label ("Impact:"), those that
    need a label only there. ``channel`` is implied by
    the phrase; ``linked`` is the effect where the subject is a link between
    two systems. A ``weak`` effect gives way to another in its sentence; one
    that stands ``apart`` takes no channel from a heading; one that is ``last``
    gives way to any phrase that it overlaps; a ``spare`` one without a system
    of its own counts only in a notice that states nothing else; a ``firm``
    weak one gives way to none that is contrasted with it ("open, but slow").
    """

    name: str
    effect: Effect
    phrases: tuple[str, ...]
    examples: tuple[str, ...]
    never: tuple[str, ...]
    flip: Effect | None = None
    linked: Effect | None = None
    channel: Channel | None = None
    needs: Literal["verb", "label"] | None = None
    weak: bool = False
    apart: bool = False
    last: bool = False
    spare: bool = False
    firm: bool = False


class WordForm(_Data):
    """Phrases of one structural kind (``channel.file``, ``negation`` …)."""

    kind: str
    phrases: tuple[str, ...]
    examples: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


class FallbackForm(_Data):
    """Phrases that say what the fallback procedure is; null ends it and says nothing."""

    name: str
    verdict: Fallback | None = None
    phrases: tuple[str, ...]
    examples: tuple[str, ...]
    never: tuple[str, ...]


class Wording(_Data):
    """All phrases of every language, and the words that are never corrected."""

    effects: tuple[EffectForm, ...]
    structure: tuple[WordForm, ...]
    fallback: tuple[FallbackForm, ...]
    known: frozenset[str]
    lists: dict[str, frozenset[str]]


def _read(language: str, name: str) -> dict[str, Any]:
    source = files("vindue.grammars").joinpath(language, name)
    return parse_table(source.read_text(encoding="utf-8"))


@cache
def load_wording() -> Wording:
    """Read and check the files; raises ``pydantic.ValidationError`` on a flaw."""
    effects: list[Any] = []
    structure: list[Any] = []
    fallback: list[Any] = []
    lists: dict[str, set[str]] = {}
    for language in LANGUAGES:
        effects.extend(_read(language, "effects.toml")["effect"])
        data = _read(language, "structure.toml")
        structure.extend(data["form"])
        fallback.extend(data["fallback"])
        for name, words in _read(language, "common.toml").items():
            lists.setdefault(name, set()).update(words)
    known = frozenset(lists.pop("known"))
    return Wording(
        effects=tuple(effects),
        structure=tuple(structure),
        fallback=tuple(fallback),
        known=known,
        lists={name: frozenset(words) for name, words in lists.items()},
    )
