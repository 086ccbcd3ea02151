"""The weights of the witnesses, as data (``weights.toml`` says why each is what it is)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from vindue.grammars.tables import parse_table


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Disagreement(_Data):
    """Cost of each way in which a witness may be wrong about a day."""

    weekday: float
    day_digit: float
    day_near: float
    day_far: float
    month_near: float
    month_far: float
    order: float
    year_near: float
    year_damaged: float
    year_far: float
    relative: float
    whole: float


class Role(_Data):
    """How much a witness counts, by where it stands."""

    own: float
    title: float
    heading: float
    update: float


class Prior(_Data):
    """Cost of a day by its place among the notice's stamps."""

    day_before_published: float
    before_published: float
    late: float
    very_late: float
    after_updated: float
    off_updated: float
    end_day: float


class Confidence(_Data):
    """From margin and repairs to a probability."""

    slope: float
    offset: float
    overruled: float
    repair: float
    clock_conflict: float
    inferred: float
    no_date: float
    unread: float


class Surety(_Data):
    """What is taken off the confidence of a window by its circumstances, and their bounds.

    ``short`` and ``long`` are hours, the other bounds counts.
    """

    day_inferred: float
    year_inferred: float
    odd_length: float
    short: float
    long: float
    begun: float
    apart: float
    most_lines: int
    unproved: float
    least_proofs: int
    unused: float
    most_unused: int
    changed: float
    many: float
    most_windows: int


class Bearing(_Data):
    """What speaks for and against that a sentence's times are a window's."""

    own: float
    beside: float
    lead: float
    near: float
    title: float
    dated: float
    undated: float
    medley: float
    denial: float
    most_purposes: float
    least: float
    sure: float


class Weights(_Data):
    """All weights; ``repairs`` allows days that no witness says as it stands."""

    disagreement: Disagreement
    role: Role
    prior: Prior
    confidence: Confidence
    surety: Surety
    bearing: Bearing
    repairs: bool = True


@cache
def load_weights() -> Weights:
    """Read and check the file; raises ``pydantic.ValidationError`` on a flaw."""
    source = files("vindue.grammars").joinpath("weights.toml")
    return Weights(**parse_table(source.read_text(encoding="utf-8")))
