"""Label files: their models and how they are read.

A label is what a careful person reads in a notice. The models accept what
the guide allows and nothing else, so a misspelt key is an error with the
file's name and not a label that silently says less.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from vindue.nlp.record import (
    Channel,
    Effect,
    Environment,
    Fallback,
    Language,
    Precision,
    RevisionKind,
    Status,
    WindowChannel,
)

ROOT = Path(__file__).parent

Split = Literal["train", "dev", "test"]
Source = Literal["skat", "own", "negatives"]
Difficulty = Literal["plain", "conflict", "revision", "several", "typo", "dst", "sparse"]
SystemId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
WorkOrder = Annotated[str, Field(pattern=r"^WO\d{6,}$")]


_L = TypeVar("_L", bound="Label")


class LabelError(ValueError):
    """A label file that can't be read; the message starts with its path."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class WindowLabel(_Model):
    """An interval as last announced; an absent key is null or the default."""

    start: AwareDatetime | None = None
    end: AwareDatetime | None = None
    planned_start: AwareDatetime | None = None
    planned_end: AwareDatetime | None = None
    actual_end: AwareDatetime | None = None
    open_end: bool = False
    precision: Precision = "minute"
    status: Status | None = None
    systems: list[SystemId] | None = None
    channel: WindowChannel | None = None
    timezone_said: str | None = None
    quote: str
    note: str | None = None


class ImpactLabel(_Model):
    """One stated effect; ``systems`` in text order."""

    systems: list[SystemId]
    channel: Channel
    effect: Effect


class RevisionLabel(_Model):
    """One update line; ``at`` is a date where only that is told."""

    kind: RevisionKind
    at: AwareDatetime | date | None = None
    end: AwareDatetime | None = None
    systems: list[SystemId] = []
    quote: str
    note: str | None = None


class DefectLabel(_Model):
    """A flaw of the source text that bears on a value."""

    code: str = Field(pattern=r"^[a-z_]+(\.[a-z_]+)+$")
    quote: str | None = None
    note: str | None = None


class AlternativeLabel(_Model):
    """The other reading of a value that two careful readers could differ about."""

    field: str
    value: object = None
    note: str | None = None


class Label(_Model):
    """What one notice says, in the contract's terms."""

    ordinal: int | None = Field(default=None, ge=1)
    title: str = ""
    tags: list[str] = []
    language: Language
    published_at: AwareDatetime | None = None
    updated_at: AwareDatetime | None = None
    work_orders: list[WorkOrder]
    environments: list[Environment] = Field(min_length=1)
    status: Status
    systems: list[SystemId]
    fallback: Fallback | None = None
    resubmit: bool
    duplicate_of: str | None = None
    difficulty: list[Difficulty] = Field(min_length=1)
    unsure: bool
    impacts: list[ImpactLabel]
    windows: list[WindowLabel] = []
    revisions: list[RevisionLabel] = []
    defects: list[DefectLabel] = []
    alternatives: list[AlternativeLabel] = []


class TextLabel(Label):
    """A label that carries its text: an own notice or a negative."""

    kind: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    hard: bool
    split: Split
    text: str = Field(min_length=1)
    trap: str | None = None


def _read(path: Path, model: type[_L]) -> _L:
    try:
        return model.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LabelError(f"{path}: {error}") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise LabelError(f"{path}: {where}: {first['msg']}") from error


def read_label(path: Path) -> Label:
    """The label of a page notice. Raises ``LabelError`` naming the file."""
    return _read(path, Label)


def read_text_label(path: Path) -> TextLabel:
    """The label of an own notice or a negative. Raises ``LabelError``."""
    return _read(path, TextLabel)


def label_paths(folder: Path) -> list[Path]:
    """The label files of a folder by name; none if the folder is not there."""
    return sorted(folder.glob("*.toml"))
