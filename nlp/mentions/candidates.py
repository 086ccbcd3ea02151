"""Candidates for names of systems that no registry knows, and which of them count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from enum import IntEnum
from typing import Final

import regex
from rapidfuzz.distance import OSA

from vindue.nlp.mentions.gazetteer import bound, fold
from vindue.nlp.mentions.names import Named
from vindue.nlp.spans import Span
from vindue.nlp.values import dataclass

INNER_CAPITAL: Final = regex.compile(r"\p{Ll}\p{Lu}|\p{Ll}{2}\d")
DISTINCT: Final = regex.compile(r"\p{Ll}\p{Lu}|^(?=.*(?:\p{Ll}| )).*\d")
"""What the name of a place or a firm seldom has: an inner capital, or a digit unless in a code."""
_LATIN: Final = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "é": "e"}
)
_WORD: Final = re.compile(r"[^\W_]+")
_NOT_SLUG: Final = regex.compile(r"[^\p{L}\p{N}]+")
# Numbers and single letters tell names apart: "web04" is no misspelt "web07".
_MARK: Final = regex.compile(r"\d+|(?<![\p{L}\d])\p{L}(?![\p{L}\d])")
# A name must be this long to be recognised where it is misspelt.
_SHORTEST: Final = 6
# So many names, the most frequent, are looked at for one that a further name may be misspelt of.
_MOST: Final = 500
# So many letters of a first word, or of an ending, make two names kin.
_KIN_FIRST: Final = 4
_KIN_LAST: Final = 7


class Placing(IntEnum):
    """How plainly a candidate stands where the name of a system does."""

    NOWHERE = 0
    SUBJECT = 1
    EXPECTED = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of words written as a name.

    ``placed``: how plainly it stands where a system's name does: as the
    subject of an effect, or where a name is expected outright. ``shaped``: its
    very form is a name's. ``inside``: it stands within a sentence, so its
    capital means something. ``plain``: it might be any noun. ``short`` is
    the abbreviation that follows it in brackets. ``told``: its sentence
    states an effect, ``kind`` that the words behind it say what kind of system it is,
    ``heads`` that it opens its line before a colon, ``leads`` that a capital follows it.
    """

    span: Span
    text: str
    placed: Placing = Placing.NOWHERE
    shaped: bool = False
    inside: bool = False
    plain: bool = False
    short: str = ""
    told: bool = False
    kind: bool = False
    heads: bool = False
    leads: bool = False


def slug(name: str) -> str:
    """The id of a name outside the registry: lower case, letters and digits kept."""
    return "-".join(part for part in _NOT_SLUG.split(fold(name).translate(_LATIN)) if part)


def by_first_word(names: Iterable[tuple[str, str]]) -> dict[str, list[tuple[str, str]]]:
    """``names`` by the first word of each as written; by the empty string those without one."""
    found: dict[str, list[tuple[str, str]]] = {}
    for pair in names:
        first = _WORD.search(pair[0])
        found.setdefault(first[0] if first else "", []).append(pair)
    return found


def standing_in(
    text: str, names: Mapping[str, Sequence[tuple[str, str]]]
) -> tuple[tuple[str, str], ...]:
    """Those of the names ``by_first_word`` that may stand in ``text``, sorted.

    A name stands where no letter or digit adjoins it, so its first word is one of the text's.
    """
    if not names:
        return ()
    words = ("", *dict.fromkeys(_WORD.findall(text)))
    return tuple(sorted(pair for word in words for pair in names.get(word, ())))


def named_as(
    text: str, names: Iterable[tuple[str, str]], taken: Sequence[Named]
) -> Iterator[Named]:
    """Every place in ``text`` where one of ``names`` stands, outside what is ``taken``.

    A name is a pair: as written, and the name that it is taken for. A taken
    everyday word gives way: "Order Gateway" is not "Gateway".
    """
    spans = [named.span for named in taken if not named.plain]
    for written, name in sorted(names, key=lambda pair: len(pair[0]), reverse=True):
        at = text.find(written)
        while at >= 0:
            span = Span(at, at + len(written))
            whole = not (text[at - 1 : at].isalnum() or text[span.end : span.end + 1].isalnum())
            if whole and all(span.end <= o.start or span.start >= o.end for o in spans):
                spans.append(span)
                yield Named(span, (slug(name),), written, name, written != name, known=False)
            at = text.find(written, span.end)


def accepted(found: Sequence[Candidate], least: Placing) -> tuple[tuple[str, str], ...]:
    """The names that count, as written and as meant: well placed, and a name by form or use.

    ``least`` is how plainly a name must stand as one at least once. A rarer
    spelling that is near to a more frequent name is taken for it.
    """
    groups: dict[str, list[Candidate]] = {}
    for candidate in found:
        groups.setdefault(candidate.text, []).append(candidate)
    good = {name: places for name, places in groups.items() if _counts(places, least)}
    firsts = {name.split()[0] for name in good}
    ends = {fold(name)[-_KIN_LAST:] for name in good if " " not in name}
    good = {n: p for n, p in groups.items() if n in good or _is_kin(n, p, firsts, ends)}
    good = {n: p for n, p in good.items() if not _is_spare(n, p, good)}
    ranked = sorted(good, key=lambda name: -len(good[name]))
    meant: dict[str, str] = {}
    alike: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for name in (*ranked, *(name for name in groups if name not in good)):
        others = alike.setdefault(_marks(name), [])
        folded = fold(name)
        near = next((other for other, form in others if _misspelt(folded, form, other)), None)
        if near is not None or name in good:
            meant[name] = near or name
        if near is None and name in good and len(others) < _MOST:
            others.append((name, folded))
    for candidate in found:
        if candidate.short and candidate.text in meant:
            meant[candidate.short] = meant[candidate.text]
    return tuple(sorted(meant.items()))


def _counts(places: Sequence[Candidate], least: Placing) -> bool:
    inner = Placing.SUBJECT if INNER_CAPITAL.search(places[0].text) else least
    placed = [place for place in places if place.placed >= min(least, inner)]
    formed = any(place.shaped or place.inside for place in places)
    return bool(placed) and (formed or not places[0].plain or len(placed) > 1)


def _is_spare(
    name: str, places: Sequence[Candidate], good: Mapping[str, Sequence[Candidate]]
) -> bool:
    """True for a name that a title alone has, where the text tells of others in its stead.

    "MapSource" over "MapSource API is down", "Cormorant HPC" over "Cormorant is
    down", "PlayForge: maintenance" over "Knightfall is down".
    """
    told = [o for o, own in good.items() if o != name and any(place.told for place in own)]
    if told and all(place.leads for place in places):
        return True
    if any(place.told for place in places):
        return False
    sure = [other for other, own in good.items() if _is_expected(own)]
    if any(other.startswith(f"{name} ") for other in (*told, *sure)):
        return True
    if _is_expected(places):
        return False
    whole = any(name.startswith(f"{other} ") for other in told)
    return whole or (bool(told) and all(place.heads for place in places))


def _is_expected(places: Sequence[Candidate]) -> bool:
    return any(place.placed == Placing.EXPECTED for place in places)


def _is_kin(name: str, places: Sequence[Candidate], firsts: Set[str], ends: Set[str]) -> bool:
    """True where a name told of shares its first word, or its ending, with one that counts.

    "Rosling Mobil" beside "Rosling Bredbånd", "Momsangivelse" beside "Lønangivelse".
    """
    if not any(place.told for place in places):
        return False
    words, folded = name.split(), fold(name)
    if len(words) > 1:
        return len(words[0]) >= _KIN_FIRST and words[0] in firsts
    placed = any(place.placed for place in places)
    return placed and len(folded) > _KIN_LAST and folded[-_KIN_LAST:] in ends


def _misspelt(written: str, folded: str, name: str) -> bool:
    """True where ``written`` is a near miss of ``name``, both folded."""
    allowed = bound(len(name), _SHORTEST)
    return 0 < OSA.distance(written, folded, score_cutoff=allowed) <= allowed


def _marks(name: str) -> tuple[str, ...]:
    """Its numbers and single letters: names that differ in them are two names."""
    return tuple(part for part in _MARK.findall(name) if part)
