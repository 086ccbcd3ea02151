"""Names outside the registry that title and body speak of as systems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from typing import Final

from vindue.nlp.mentions.candidates import DISTINCT, Candidate, Placing, accepted
from vindue.nlp.stated import Reading
from vindue.nlp.statements import Unknown
from vindue.nlp.values import replace

# So many passages about lines and circuits make a notice one of a network.
_OF_NETWORK: Final = 2


def names_outside(
    read: Callable[..., Reading],
    texts: Iterable[str],
    listed: Sequence[Candidate],
    grouped: Set[str],
) -> Unknown:
    """The names as written and as meant; ``read`` reads a passage, given such names.

    Where the notice speaks of a group of systems in the registry (``grouped``
    are their ids), a further name must stand where one is expected outright;
    where it speaks of lines and circuits, its form must be a system's, as
    places have none; where it names nothing, what it calls by its kind is
    taken. ``listed`` are those that a column of systems holds.
    """
    found = [one for one in listed if not read(one.text, ()).names]
    nouns: list[Candidate] = []
    above: Candidate | None = None
    below_label = is_known = named = False
    lines = 0
    for text in texts:
        reading = read(text, ())
        value = below_label and not reading.statements and reading.label is None
        if above is not None and _says_at_once(reading):
            found.append(replace(above, placed=Placing.EXPECTED))
        above = reading.lone
        least = Placing.EXPECTED if value else Placing.NOWHERE
        found += (replace(c, placed=max(c.placed, least)) for c in reading.candidates)
        nouns += reading.nouns
        named = named or bool(reading.names)
        below_label = reading.label == "systems" and reading.bare and not reading.names
        lines += reading.of_network
        ids = (ident for n in reading.concerned for ident in n.ids)
        is_known = is_known or not grouped.isdisjoint(ids)
    if lines >= _OF_NETWORK:
        found = [c for c in found if c.kind or (c.told and DISTINCT.search(c.text))]
        nouns = []
    outside = accepted(found, Placing.EXPECTED if is_known else Placing.SUBJECT)
    return outside or (() if named else accepted(nouns, Placing.SUBJECT))


def _says_at_once(reading: Reading) -> bool:
    """True for a passage that begins with an effect and no subject: "Closed from 23:00"."""
    first = next(iter(reading.statements), None)
    return first is not None and not first.own_verb and not first.names
