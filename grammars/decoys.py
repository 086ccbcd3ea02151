"""Sentences whose times are no window, as data: model of the files and their loader."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel, ConfigDict

from vindue.grammars.lifecycle import expand
from vindue.grammars.load import read_table
from vindue.grammars.time import LANGUAGES

ABOUT = ("subject", "closed", "form", "denial", "genre", "medley", "passing", "negated")


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class PhraseGroup(_Data):
    """Phrases that mean the same, what they must find and what never."""

    phrases: tuple[str, ...]
    examples: tuple[str, ...]
    never: tuple[str, ...]


class Decoy(PhraseGroup):
    """Phrases of one kind of sentence whose times are no window."""

    kind: str


class Purpose(PhraseGroup):
    """Words by which a text is for something else, and how much a line of them weighs."""

    kind: str
    weight: float


class DecoyFile(_Data):
    """One language's ``decoys.toml``, its sets put into the phrases.

    ``subject`` and ``closed`` are words by which a text is about a window,
    ``form`` those by which one with start and end in fields is, ``denial`` says
    that there is none, ``genre`` titles of other kinds of text, ``medley``
    titles of kinds in which one sentence may tell a window all the same.
    ``passing`` words take back one of ``subject`` or ``closed`` behind them,
    ``negated`` ones that right behind them.
    A ``purpose`` in a line speaks against what the lines beside it tell.
    ``known`` words are never corrected, a dot after an abbreviation ends no
    sentence: both are the language's ``common.toml``.
    """

    language: str
    decoy: tuple[Decoy, ...]
    subject: PhraseGroup
    closed: PhraseGroup
    form: PhraseGroup
    denial: PhraseGroup
    genre: PhraseGroup
    medley: PhraseGroup
    passing: PhraseGroup
    negated: PhraseGroup
    purpose: tuple[Purpose, ...]
    known: tuple[str, ...]
    abbreviations: tuple[str, ...]


@cache
def load_decoys() -> tuple[DecoyFile, ...]:
    """Every language's decoys; raises ``pydantic.ValidationError`` on a flaw."""
    found: list[DecoyFile] = []
    for language in LANGUAGES:
        data = read_table(language, "decoys.toml")
        sets = data.pop("set", {})
        for group in (*data["decoy"], *data["purpose"], *(data[name] for name in ABOUT)):
            group["phrases"] = [expand(phrase, sets) for phrase in group["phrases"]]
        common = read_table(language, "common.toml")
        words = {name: tuple(common.get(name, ())) for name in ("known", "abbreviations")}
        found.append(DecoyFile.model_validate({"language": language} | words | data))
    return tuple(found)
