"""Models of the data files: what a grammar file may hold, and nothing else.

A file that names an unknown key, lacks one, or whose pattern matches none of
its own examples is refused when it is loaded.
"""

from __future__ import annotations

import re
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator


class Data(BaseModel):
    """Base of every data file's model: frozen, and strict about keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Shape(Data):
    """A pattern with its examples; the pattern is a regular expression.

    ``reads`` tells what a match is worth: ``sure`` (the value stands there),
    ``corrected`` (the value stands there, misspelt) or ``not`` (it is plain
    what was meant to stand there, but no value can be had from it). A
    ``weak`` shape needs support from what surrounds it.
    """

    name: str
    pattern: str
    examples: tuple[str, ...]
    never: tuple[str, ...] = ()
    reads: Literal["sure", "corrected", "not"] = "sure"
    weak: bool = False

    @model_validator(mode="after")
    def _examples_hold(self) -> Self:
        if "{" in re.sub(r"\{\d*+,?\d*\}", "", self.pattern):
            return self
        compiled = re.compile(self.pattern)
        for example in self.examples:
            if compiled.search(example) is None:
                raise ValueError(f"{self.name}: does not match its example {example!r}")
        for text in self.never:
            if compiled.search(text) is not None:
                raise ValueError(f"{self.name}: matches what it never should, {text!r}")
        return self


class EnvironmentMarks(Data):
    """How one environment is named; a mark in capitals is told by its capitals."""

    name: Literal["production", "test"]
    marks: tuple[str, ...]


class Profile(Data):
    """The outer form, zone and defaults of one source.

    ``tags`` and ``openings`` (how titles begin) stand as the source writes
    them. ``about_windows`` says that every notice of the source is about a
    window; elsewhere the text must say so. In ``scope`` and ``denial``
    patterns ``{mark}`` stands for any mark of any environment.
    """

    name: str
    description: str
    base: str | None = None
    zone: str
    id_prefix: str
    tags: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    preamble: tuple[Shape, ...] = ()
    recognise: tuple[Shape, ...] = ()
    published: tuple[Shape, ...] = ()
    updated: tuple[Shape, ...] = ()
    work_order: tuple[Shape, ...] = ()
    work_order_expected: bool = False
    about_windows: bool = False
    environment: tuple[EnvironmentMarks, ...] = ()
    test_tags: tuple[str, ...] = ()
    scope: tuple[Shape, ...] = ()
    denial: tuple[Shape, ...] = ()


class LanguageWords(Data):
    """Words that tell a language: ``common`` ones count once, ``telling`` ones twice.

    ``letters`` occur in this language alone; ``greetings`` begin a letter.
    """

    common: frozenset[str]
    telling: frozenset[str]
    letters: str = ""
    greetings: frozenset[str] = frozenset()
