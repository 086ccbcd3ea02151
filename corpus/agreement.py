"""How far two labellings of the same notices agree.

The second labelling is blind: made by someone who did not see the first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from vindue.corpus.cases import Case
from vindue.corpus.export import plain_label
from vindue.corpus.labels import Label
from vindue.corpus.paint import Paint, table
from vindue.corpus.score import WHOLE, rate
from vindue.corpus.score_text import item_text, percent
from vindue.corpus.views import FIELD_NAMES, Difference, Item, differences


class FieldAgreement(BaseModel):
    """Share of notices told alike, and of items (F1), on one field."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    exact: float
    f1: float


class Disagreement(BaseModel):
    """One field of one notice told differently."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    field: str
    first: list[Item]
    second: list[Item]
    unsure: bool


class Agreement(BaseModel):
    """The agreement of two labellings on the notices that both hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    notices: int
    whole: float
    fields: dict[str, FieldAgreement]
    disagreements: list[Disagreement]


@dataclass(frozen=True, slots=True)
class _Pair:
    first: Case
    second: Case
    differences: tuple[Difference, ...]


# What a label says beyond the record: told apart here, but no part of "whole".
LABEL_ONLY = ("difficulty", "defects", "unsure")


def _beyond(first: Label, second: Label) -> list[Difference]:
    """Difference of the ``LABEL_ONLY`` fields."""
    found = []
    for name in LABEL_ONLY:
        bags = []
        for label in (first, second):
            value = getattr(label, name)
            words = [str(value)] if isinstance(value, bool) else value
            bags.append(Counter((getattr(word, "code", word),) for word in words))
        one, other = bags
        missing, extra = (one - other).elements(), (other - one).elements()
        shared = (one & other).total()
        found.append(Difference(name, tuple(sorted(missing)), tuple(sorted(extra)), shared))
    return found


def _pairs(first: Sequence[Case], second: Sequence[Case]) -> list[_Pair]:
    known = {case.name: case for case in first}
    pairs = []
    for other in second:
        if other.name in known:
            one = known[other.name]
            truth, told = (plain_label(case.label, other.name) for case in (one, other))
            both = [*differences(truth, told), *_beyond(one.label, other.label)]
            pairs.append(_Pair(one, other, tuple(both)))
    return pairs


def _disagreements(pairs: Sequence[_Pair]) -> Iterator[Disagreement]:
    for pair in pairs:
        for each in pair.differences:
            if not each.exact:
                yield Disagreement(
                    name=pair.first.name,
                    field=each.field,
                    first=list(each.missing),
                    second=list(each.extra),
                    unsure=pair.first.label.unsure or pair.second.label.unsure,
                )


def agree(first: Sequence[Case], second: Sequence[Case]) -> Agreement:
    """Compares two labellings, field by field."""
    pairs = _pairs(first, second)
    fields = {}
    for place, name in enumerate((*FIELD_NAMES, *LABEL_ONLY)):
        each = [pair.differences[place] for pair in pairs]
        shared = sum(one.shared for one in each)
        apart = sum(len(one.missing) + len(one.extra) for one in each)
        fields[name] = FieldAgreement(
            exact=rate(sum(one.exact for one in each), len(each)),
            f1=rate(2 * shared, 2 * shared + apart),
        )
    alike = sum(
        all(each.exact for each in pair.differences if each.field not in LABEL_ONLY)
        for pair in pairs
    )
    return Agreement(
        notices=len(pairs),
        whole=rate(alike, len(pairs)),
        fields=fields,
        disagreements=list(_disagreements(pairs)),
    )


def agreement_lines(agreement: Agreement, paint: Paint) -> Iterator[str]:
    """The agreement as a table, then each disagreement."""
    yield paint(f"{agreement.notices} notices labelled twice", "bold")
    rows = [["field", "alike", "F1"]]
    rows += [[name, percent(a.exact), percent(a.f1)] for name, a in agreement.fields.items()]
    rows.append([WHOLE, percent(agreement.whole), ""])
    yield from table(rows)
    yield ""
    for each in agreement.disagreements:
        doubt = "  (marked unsure)" if each.unsure else ""
        yield f"{paint(each.name, 'bold')}  {each.field}{doubt}"
        yield f"  first   {paint(item_text(each.first) or '·', 'green')}"
        yield f"  second  {paint(item_text(each.second) or '·', 'red')}"
