"""A name as it stands in the text, and the lists that names stand in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import regex

from vindue.nlp.spans import Span
from vindue.nlp.values import dataclass, replace

_LIST: Final = regex.compile(r"[\s,/&+;()\[\]\-–•*]+")


@dataclass(frozen=True, slots=True)
class Named:
    """One name as it stands: ``ids`` of one system or group, or a whole family.

    ``run`` numbers the lists of the text: neighbours in one list share it.
    ``written`` is what stood there, ``read`` the name it was taken for;
    ``plain`` ones are everyday words too.
    """

    span: Span
    ids: tuple[str, ...]
    written: str
    read: str
    corrected: bool = False
    group: bool = False
    family: int | None = None
    run: int = 0
    known: bool = True
    plain: bool = False


# Behind a semicolon a name with a word after it begins a sentence of its own.
_SAYS: Final = regex.compile(r"\s\p{Ll}")


def listed(gap: str, between: frozenset[str]) -> bool:
    """True where only marks and joining words stand between two names."""
    rest = " ".join(_LIST.sub(" ", gap).split()).lower()
    return not rest or rest in between or all(word in between for word in rest.split(" "))


def _breaks(gap: str) -> bool:
    """True for a comma with a word behind it: between two names it parts clauses."""
    return "," in gap and any(char.isalpha() for char in gap)


def in_runs(text: str, names: Iterable[Named], between: frozenset[str]) -> Iterator[Named]:
    """The names with their lists numbered: neighbours in one list share a number."""
    run = size = 0
    last: Named | None = None
    for named in names:
        gap = text[last.span.end : named.span.start] if last is not None else ""
        if last is not None and (
            not listed(gap, between)
            or (size == 1 and _breaks(gap))
            or (";" in gap and _SAYS.match(text, named.span.end))
        ):
            run, size = run + 1, 0
        size += 1
        last = named if named.run == run else replace(named, run=run)
        yield last
