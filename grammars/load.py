"""Reads the data files out of the package; nothing is read at import."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from vindue.grammars.schema import LanguageWords, Profile
from vindue.grammars.tables import parse_table

_PACKAGE = "vindue.grammars"


def _root() -> Traversable:
    return files(_PACKAGE)


def read_table(*path: str) -> dict[str, Any]:
    """The TOML table at ``path`` inside the package.

    Raises ``FileNotFoundError`` or ``tomllib.TOMLDecodeError``.
    """
    return parse_table(_root().joinpath(*path).read_text(encoding="utf-8"))


@cache
def profile_names() -> tuple[str, ...]:
    """The names of all profiles; one is registered by its file being there."""
    names = (entry.name for entry in _root().joinpath("profiles").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def load_profile(name: str) -> Profile:
    """The profile ``name``; what its file leaves out is taken from its base.

    Raises ``KeyError`` for an unknown name, ``pydantic.ValidationError`` for
    a file that breaks the schema.
    """
    if name not in profile_names():
        raise KeyError(name)
    return Profile.model_validate(_profile_table(name))


def _profile_table(name: str) -> dict[str, Any]:
    table = read_table("profiles", f"{name}.toml")
    base = table.get("base")
    return _profile_table(base) | table if base else table


@cache
def load_languages() -> tuple[tuple[str, LanguageWords], ...]:
    """The telling words of each language that has a ``language.toml``, by its folder's name."""
    found = [
        (entry.name, LanguageWords.model_validate(read_table(entry.name, "language.toml")))
        for entry in _root().iterdir()
        if entry.is_dir() and entry.joinpath("language.toml").is_file()
    ]
    return tuple(sorted(found, key=lambda item: item[0]))


@cache
def load_votes() -> Mapping[str, tuple[str, int]]:
    """Each word that tells a language → the language and the weight of the vote."""
    votes: dict[str, tuple[str, int]] = {}
    for name, words in load_languages():
        votes |= dict.fromkeys(words.common, (name, 1))
        votes |= dict.fromkeys(words.telling, (name, 2))
    return MappingProxyType(votes)


@cache
def load_letters() -> tuple[tuple[str, str], ...]:
    """The letters that only one language writes, by language."""
    return tuple((name, words.letters) for name, words in load_languages())


@cache
def load_greetings() -> tuple[str, ...]:
    """How letters begin, in all languages, folded: a line that greets is no title."""
    return tuple(sorted(word for _, words in load_languages() for word in words.greetings))
