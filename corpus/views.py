"""What two tellings of one notice are compared by, field by field.

A field is a bag of items: the windows as (start, end), the impacts as
(system, channel, effect), the status as itself. A missing or null value is an
empty bag. Both sides are plain JSON objects in the contract's terms, so the
same views serve record against label and label against second label.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from vindue.corpus.export import Plain

Item = tuple[str, ...]
Bag = Counter[Item]


def _said(*values: object) -> Item:
    return tuple("-" if value is None else str(value) for value in values)


def _bag(items: Iterable[Item]) -> Bag:
    return Counter(items)


def _one(name: str) -> Callable[[Plain], Bag]:
    def read(plain: Plain) -> Bag:
        value = plain.get(name)
        return Counter() if value in (None, "") else Counter([_said(value)])

    return read


def _each(name: str) -> Callable[[Plain], Bag]:
    return lambda plain: _bag(_said(value) for value in plain[name])


def _windows(plain: Plain) -> Bag:
    return Counter({_said(w["start"], w["end"]): 1 for w in plain["windows"]})


def _planned(plain: Plain) -> Bag:
    pairs = [(w["planned_start"], w["planned_end"]) for w in plain["windows"]]
    return _bag(_said(*pair) for pair in pairs if any(pair))


def _actual_end(plain: Plain) -> Bag:
    return _bag(_said(w["actual_end"]) for w in plain["windows"] if w["actual_end"])


def _window_details(plain: Plain) -> Bag:
    """What a window says beyond its times, each tied to its start."""
    items: list[Item] = []
    for window in plain["windows"]:
        start = window["start"]
        if window["open_end"]:
            items.append(_said(start, "open_end"))
        if window["precision"] != "minute":
            items.append(_said(start, window["precision"]))
        if window["channel"]:
            items.append(_said(start, "channel", window["channel"]))
        if window["status"] != plain["status"]:
            items.append(_said(start, "status", window["status"]))
        if sorted(window["systems"]) != sorted(plain["systems"]):
            items.append(_said(start, "systems", " ".join(sorted(window["systems"]))))
    return _bag(items)


def _impacts(plain: Plain) -> Bag:
    triples = {
        _said(system, impact["channel"], impact["effect"])
        for impact in plain["impacts"]
        for system in impact["systems"] or [None]
    }
    return Counter(dict.fromkeys(triples, 1))


def _resubmit(plain: Plain) -> Bag:
    return Counter([("yes",)]) if plain["resubmit"] else Counter()


def _revisions(plain: Plain) -> Bag:
    return _bag(_said(r["kind"], r["end"]) for r in plain["revisions"])


def _revisions_at(plain: Plain) -> Bag:
    return _bag(_said(r["at"]) for r in plain["revisions"] if r["at"])


@dataclass(frozen=True, slots=True)
class Field:
    """One line of the score; ``pointer`` is where its evidence points to."""

    name: str
    bag: Callable[[Plain], Bag]
    pointer: str


FIELDS: tuple[Field, ...] = (
    Field("windows", _windows, "/windows"),
    Field("planned", _planned, "/windows"),
    Field("actual_end", _actual_end, "/windows"),
    Field("window_details", _window_details, "/windows"),
    Field("status", _one("status"), "/status"),
    Field("systems", _each("systems"), "/systems"),
    Field("impacts", _impacts, "/impacts"),
    Field("fallback", _one("fallback"), "/fallback"),
    Field("resubmit", _resubmit, "/resubmit"),
    Field("revisions", _revisions, "/revisions"),
    Field("revisions.at", _revisions_at, "/revisions"),
    Field("environments", _each("environments"), "/environments"),
    Field("work_orders", _each("work_orders"), "/work_orders"),
    Field("title", _one("title"), "/title"),
    Field("tags", _each("tags"), "/tags"),
    Field("published", _one("published_at"), "/published_at"),
    Field("updated", _one("updated_at"), "/updated_at"),
    Field("language", _one("language"), "/language"),
)
FIELD_NAMES: tuple[str, ...] = tuple(field.name for field in FIELDS)


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two tellings part: items only in one, items only in the other."""

    field: str
    missing: tuple[Item, ...]
    extra: tuple[Item, ...]
    shared: int

    @property
    def exact(self) -> bool:
        """Nothing missing and nothing too much."""
        return not self.missing and not self.extra


def differences(truth: Plain, told: Plain) -> list[Difference]:
    """Each field's difference, in the order of ``FIELDS``, equal ones too."""
    found = []
    for field in FIELDS:
        wanted, given = field.bag(truth), field.bag(told)
        missing, extra = wanted - given, given - wanted
        found.append(
            Difference(
                field.name,
                tuple(sorted(missing.elements())),
                tuple(sorted(extra.elements())),
                (wanted & given).total(),
            )
        )
    return found
