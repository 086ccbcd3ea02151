"""The floors that the score must not fall below; data in ``floors.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from vindue.corpus.cases import SourceChoice, SplitChoice
from vindue.corpus.labels import ROOT

Metric = Literal["exact", "precision", "recall", "f1", "right"]


class Floor(BaseModel):
    """One figure that must be reached."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: SourceChoice = "all"
    split: SplitChoice = "all"
    field: str
    metric: Metric
    at_least: float = Field(ge=0, le=1)

    @property
    def name(self) -> str:
        """As the report calls it: ``skat/test windows exact``."""
        return f"{self.source}/{self.split} {self.field} {self.metric}"


class Floors(BaseModel):
    """All of ``floors.toml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fingerprint: str = ""
    floor: list[Floor] = []
    perturb: dict[str, float] = {}


def load_floors(path: Path = ROOT / "floors.toml") -> Floors:
    """The floors; raises pydantic's ``ValidationError`` on a bad file."""
    return Floors.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
