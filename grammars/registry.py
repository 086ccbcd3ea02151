"""The registry of systems, as data: models of ``grammars/systems/*.toml`` and their loader."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from vindue.grammars.tables import parse_table


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class System(_Data):
    """One system and its names; ``plain`` are names that are everyday words too.

    Of these the ``common`` are words of other trades: they name the system only
    where the notice shows another sign of the registry.
    A ``gate`` is a way in to other systems (a log-in service): a heading with
    it alone narrows nothing down.
    """

    id: str
    da: str
    en: str
    aliases: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    gate: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """All names, each once."""
        return tuple(dict.fromkeys((self.da, self.en, *self.aliases, *self.seen, *self.plain)))


class Group(System):
    """A group with an id of its own, which adds nothing over its named members."""

    members: tuple[str, ...] = ()


class Family(_Data):
    """Systems that share a first word; ``members`` maps the second to an id."""

    name: str
    aliases: tuple[str, ...] = ()
    members: dict[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        """What names the whole family."""
        return (self.name, *self.aliases)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the members, sorted."""
        return tuple(sorted(set(self.members.values())))


class Registry(_Data):
    """Every system that is known by name."""

    system: tuple[System, ...] = ()
    group: tuple[Group, ...] = ()
    family: tuple[Family, ...] = ()


@cache
def load_registry() -> Registry:
    """Read and check every file; raises ``pydantic.ValidationError`` on a flaw."""
    systems: list[System] = []
    groups: list[Group] = []
    families: list[Family] = []
    folder = files("vindue.grammars").joinpath("systems")
    for source in sorted(folder.iterdir(), key=lambda item: item.name):
        if source.name.endswith(".toml"):
            part = Registry(**parse_table(source.read_text(encoding="utf-8")))
            systems.extend(part.system)
            groups.extend(part.group)
            families.extend(part.family)
    return Registry(system=tuple(systems), group=tuple(groups), family=tuple(families))
