"""The labels of fields and table columns, as data: model of the files and their loader."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pydantic import BaseModel, ConfigDict

from vindue.grammars.load import read_table
from vindue.grammars.time import LANGUAGES
from vindue.nlp.record import Status


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class LabelRoles(_Data):
    """Words by what the value beside the label is."""

    start: tuple[str, ...]
    end: tuple[str, ...]
    when: tuple[str, ...]
    duration: tuple[str, ...]
    zone: tuple[str, ...]
    status: tuple[str, ...]


class LabelMarks(_Data):
    """Words by what kind of telling it is; ``unit`` words count occurrences.

    ``pair`` words say that two clock times are both ends ("Reboot between").
    """

    earlier: tuple[str, ...]
    current: tuple[str, ...]
    reserve: tuple[str, ...]
    actual: tuple[str, ...]
    stamp: tuple[str, ...]
    unit: tuple[str, ...]
    place: tuple[str, ...]
    pair: tuple[str, ...]


class LabelWords(_Data):
    """Words without a role: inside a label, too weak for one, of other labels.

    ``column`` forms are labels only where they stand alone.
    ``zone_for_all`` begins a sentence that says which zone all times are in.
    """

    filler: tuple[str, ...]
    weak: tuple[str, ...]
    other: tuple[str, ...]
    column: tuple[str, ...]
    zone_for_all: tuple[str, ...]


class LabelExamples(LabelRoles):
    """Labels that must be read as each role, and texts that are none."""

    never: tuple[str, ...]


class LabelFile(_Data):
    """One language's ``labels.toml``."""

    role: LabelRoles
    mark: LabelMarks
    words: LabelWords
    status: Mapping[Status, tuple[str, ...]]
    examples: LabelExamples


@cache
def load_labels() -> tuple[LabelFile, ...]:
    """Every language's labels; raises ``pydantic.ValidationError`` on a flaw."""
    return tuple(LabelFile.model_validate(read_table(name, "labels.toml")) for name in LANGUAGES)
