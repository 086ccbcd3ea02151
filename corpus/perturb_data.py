"""Model of ``perturbations.toml`` and its loader."""

from __future__ import annotations

import tomllib
from functools import cache

from pydantic import BaseModel, ConfigDict

from vindue.corpus.labels import ROOT


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Data):
    """One language's calendar, key words and ways to write dates and ranges."""

    months: list[str]
    months_short: list[str]
    weekdays: list[str]
    keywords: list[str]
    dates: list[str]
    ranges: list[str]
    range_leads: list[str]


class Separator(_Data):
    """A change of punctuation: a pattern and what takes its place."""

    name: str
    pattern: str
    to: str


class Bullets(_Data):
    """Bullets as found at the head of a line, and what may stand there."""

    found: list[str]
    forms: list[str]


class NamedSystem(_Data):
    """A system that goes by one plain name."""

    name: str
    id: str


class Perturbations(_Data):
    """All of ``perturbations.toml``."""

    seed: int
    en: Words
    da: Words
    danish: dict[str, str]
    separators: list[Separator]
    bullets: Bullets
    systems: list[NamedSystem]

    def words(self, language: str) -> Words:
        """The words that a notice in ``language`` is changed with."""
        return self.da if language == "da" else self.en


@cache
def perturbations() -> Perturbations:
    """The data, read once."""
    text = (ROOT / "perturbations.toml").read_text(encoding="utf-8")
    return Perturbations.model_validate(tomllib.loads(text))
