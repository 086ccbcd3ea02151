"""System ids as people name them, and lists of such names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from vindue.grammars.registry import load_registry
from vindue.grammars.rendering import Counted, Rendering, RenderLanguage
from vindue.nlp.record import Record

_UNKNOWN = "system.unknown"


@cache
def registered(language: RenderLanguage) -> dict[str, str]:
    """The name of every system in the registry, by its id."""
    registry = load_registry()
    entries = (*registry.system, *registry.group)
    return {entry.id: getattr(entry, language) for entry in entries}


def names_of(record: Record, language: RenderLanguage) -> dict[str, str]:
    """Each id that the record holds, and its name in ``language``.

    A system outside the registry keeps the name that the notice wrote, which
    its diagnostic remembers; without one the id's own words are its name.
    """
    known = registered(language)
    written = {
        item.used: item.found
        for item in record.diagnostics
        if item.code == _UNKNOWN and item.used and item.found
    }
    lists = [record.systems]
    lists += [window.systems for window in record.windows]
    lists += [impact.systems for impact in record.impacts]
    lists += [revision.systems for revision in record.revisions]
    ids = {key for part in lists for key in part}
    return {key: known.get(key) or written.get(key) or _from_slug(key) for key in ids}


def _from_slug(key: str) -> str:
    return " ".join(word.capitalize() for word in key.split("-"))


@cache
def _family_words() -> frozenset[str]:
    registry = load_registry()
    return frozenset(word.casefold() for family in registry.family for word in family.members)


def listed(words: Rendering, names: Iterable[str]) -> str:
    """``A, B and C``.

    A name that is also the second word of a family ("Export") stands before
    the family's own: "DMS Import, Export" would be read as two of the family.
    """
    *first, last = sorted(names, key=lambda name: name.casefold() not in _family_words())
    return words.last.join(filter(None, (words.comma.join(first), last)))


def sentence(words: Rendering, form: Counted, ids: Iterable[str], names: Mapping[str, str]) -> str:
    """A sentence about systems, singular or plural as they are; none are "the systems"."""
    told = [names[key] for key in ids]
    if not told:
        said = form.many.format(systems=words.nobody)
        return said[:1].upper() + said[1:]
    counted = form.one if len(told) == 1 else form.many
    return counted.format(systems=listed(words, told))
