"""The words of a window's life (done, cancelled, extended …), as data."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict

from vindue.grammars.tables import parse_table
from vindue.grammars.time import LANGUAGES


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class LifecycleKind(_Data):
    """Phrases of one kind; the notation is explained in the files.

    ``effects`` are those of ``alone`` that tell an effect behind a label that
    is no state's ("Online access: closed").
    """

    alone: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    examples: tuple[str, ...]
    never: tuple[str, ...]


class Head(_Data):
    """Words that open an update line, and what may stand before its text.

    ``stamped`` ones do so only before a time and a colon ("NB! kl. 18.40: …").
    ``posted`` open a stamp that may stand below its text, ``first`` name the
    state in which a log begins: what stands there was announced, not changed.
    ``states`` are labels of the notice's own state ("Status: closed").
    """

    words: tuple[str, ...]
    posted: tuple[str, ...]
    first: tuple[str, ...]
    states: tuple[str, ...]
    stamped: tuple[str, ...]
    fillers: tuple[str, ...]


class Occurrence(_Data):
    """Words that count windows: ``nouns`` with ``ordinals`` or a number beside them."""

    nouns: tuple[str, ...]
    ordinals: dict[int, tuple[str, ...]]


class Lifecycle(_Data):
    """One language's file, its sets put into the phrases."""

    language: str
    kind: dict[str, LifecycleKind]
    head: Head
    occurrence: Occurrence


def expand(phrase: str, sets: dict[str, str]) -> str:
    """Put the named sets of a file into a phrase; raises ``KeyError`` on an unknown one."""
    for name, words in sets.items():
        phrase = phrase.replace("{" + name + "}", words)
    if "{" in phrase:
        raise KeyError(f"unknown set in phrase {phrase!r}")
    return phrase


def in_all_languages(tables: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Each named set with the words of every language.

    Writers mix their languages within a sentence ("Servicevinduet is
    extended", "the window er forlænget"): a phrase takes the nouns and verbs
    of its sets from all of them.
    """
    names = dict.fromkeys(name for table in tables for name in table.get("set", {}))
    found: dict[str, str] = {}
    for name in names:
        lists = (table["set"][name].strip("()").split("|") for table in tables)
        found[name] = f"({'|'.join(dict.fromkeys(word for words in lists for word in words))})"
    return found


@cache
def load_lifecycle() -> tuple[Lifecycle, ...]:
    """Every language's lifecycle phrases; raises ``pydantic.ValidationError`` on a flaw."""
    folder = files("vindue.grammars")
    tables = [
        parse_table(folder.joinpath(language, "lifecycle.toml").read_text(encoding="utf-8"))
        for language in LANGUAGES
    ]
    sets = in_all_languages(tables)
    found: list[Lifecycle] = []
    for language, table in zip(LANGUAGES, tables, strict=True):
        for kind in table["kind"].values():
            kind["said"] = [expand(phrase, sets) for phrase in kind.get("said", [])]
        counted = table["occurrence"]
        found.append(
            Lifecycle(language=language, kind=table["kind"], head=table["head"], occurrence=counted)
        )
    return tuple(found)
