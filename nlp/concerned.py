"""Which systems a notice concerns, once all its names are known.

A group ("all customs systems") adds nothing over its members, a family's
bare name ("DMS") stands for the members that notice or tags name. Tags count
only where title and body name nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from vindue.grammars.registry import Registry
from vindue.nlp.mentions.names import Named
from vindue.nlp.readings import SystemMention
from vindue.nlp.spans import Finding, Span
from vindue.nlp.values import dataclass, field


@dataclass(slots=True)
class Naming:
    """The names of one notice: ``named`` what it concerns, ``spare`` all else that it names.

    ``stated`` are the names of its statements. Names keep spans relative to
    their passage; ``mentions`` have them with the passage's offset, and
    whether the passage is about them.
    """

    named: list[Named] = field(default_factory=list)
    spare: list[Named] = field(default_factory=list)
    stated: list[Named] = field(default_factory=list)
    mentions: list[tuple[Named, int, bool]] = field(default_factory=list)

    def note(
        self,
        names: Sequence[Named],
        concerned: Sequence[Named],
        offset: int,
        meant: Sequence[Named] | None = None,
    ) -> None:
        """Take in the names of one passage that begins at ``offset``.

        ``meant`` are those that it is about, where the notice is not: an
        update of one system.
        """
        about = concerned if meant is None else meant
        self.mentions += ((named, offset, named in about) for named in names)
        self.named += concerned
        taken = set(concerned)
        self.spare += (named for named in names if named not in taken)


class SystemSettler:
    """Turns names into ids by the registry's groups and families."""

    def __init__(self, registry: Registry) -> None:
        self._members: Final = {group.id: frozenset(group.members) for group in registry.group}

    def systems(self, naming: Naming, tags: Sequence[Named], *, is_work: bool) -> tuple[str, ...]:
        """Ids in order of naming; what is named in passing only where nothing else is."""
        for names in (naming.named, tags, naming.spare if is_work else ()):
            ids = tuple(dict.fromkeys(self._settled(names, naming.stated, tags)))
            if ids:
                return ids
        return ()

    def _settled(
        self, names: Sequence[Named], stated: Sequence[Named], tags: Sequence[Named]
    ) -> Iterator[str]:
        plain = [i for n in names if not n.group and n.family is None for i in n.ids]
        once = tuple(dict.fromkeys(plain))
        families = [i for n in names if n.family is not None for i in of_family(n, once, tags)]
        yield from plain
        yield from families
        known = {*plain, *families}
        kept = {i for named in stated if named.group for i in named.ids}
        for named in names:
            if named.group and (named.ids[0] in kept or not self._members[named.ids[0]] & known):
                yield from named.ids


def of_family(named: Named, named_ids: Sequence[str], tags: Sequence[Named]) -> tuple[str, ...]:
    """A family's bare name: its members named elsewhere, else among the tags, else all."""
    tagged = [ident for tag in tags if tag.family is None for ident in tag.ids]
    for known in (named_ids, tagged):
        hit = tuple(dict.fromkeys(ident for ident in known if ident in named.ids))
        if hit:
            return hit
    return named.ids


def ids_of(names: Iterable[Named], systems: Sequence[str]) -> tuple[str, ...]:
    """Ids of names in a heading or statement, given the notice's ``systems``."""
    out: list[str] = []
    for named in names:
        if named.family is not None or named.group:
            out += (ident for ident in named.ids if ident in systems)
        else:
            out += named.ids
    return tuple(dict.fromkeys(out))


def mentions_of(naming: Naming) -> tuple[SystemMention, ...]:
    """Every mention with its place in the input."""
    return tuple(
        SystemMention(moved(named.span, offset), named.ids, named.known, meant)
        for named, offset, meant in naming.mentions
    )


def findings_of(naming: Naming, systems: Sequence[str]) -> Iterator[Finding]:
    """What was corrected, unknown or taken for want of something better."""
    seen: set[str] = set()
    for named, offset, _ in naming.mentions:
        span, written = moved(named.span, offset), named.written
        if named.corrected:
            message = f"{written!r} is read as {named.read!r}"
            yield Finding("typo.system", "info", message, span, written, named.ids[0])
        if not named.known and named.ids[0] in systems and named.ids[0] not in seen:
            seen.add(named.ids[0])
            message = f"{written!r} is no system of the registry: it keeps its name"
            yield Finding("system.unknown", "info", message, span, written, named.ids[0])
        if named.read not in seen and _taken_whole(named, naming, systems):
            seen.add(named.read)
            message = f"{written!r} names no single system: all of its systems are taken"
            yield Finding("system.group", "warning", message, span, written, ", ".join(named.ids))


def _taken_whole(named: Named, naming: Naming, systems: Sequence[str]) -> bool:
    """True for a family's bare name that stands for all members for want of a better one."""
    if named.family is None or not set(named.ids) <= set(systems):
        return False
    others = (other for other, _, _ in naming.mentions if other.family is None)
    return not any(set(other.ids) & set(named.ids) for other in others)


def moved(span: Span, offset: int) -> Span:
    """``span`` with ``offset`` added to both ends."""
    return Span(span.start + offset, span.end + offset)
