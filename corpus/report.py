"""The score as data: what ``--json`` prints and ``--compare`` reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from vindue.corpus.cases import Case, SourceChoice, SplitChoice
from vindue.corpus.floors import Floor, Floors
from vindue.corpus.score import (
    WHOLE,
    FieldScore,
    Group,
    Reliability,
    Result,
    exact_rate,
    field_scores,
    group_by,
    reliability,
)
from vindue.corpus.views import FIELDS, Difference, Item

_POINTERS = {field.name: field.pointer for field in FIELDS}


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Miss(_Part):
    """What the label has and the record has not, and the other way round."""

    missing: list[Item]
    extra: list[Item]


class Proof(_Part):
    """Where the program read a value of a wrong field, or why it doubted."""

    field: str
    text: str


class NoticeScore(_Part):
    """One notice; ``wrong`` is empty where it is read exactly."""

    id: str | None
    source: str
    split: str
    year: str
    difficulty: list[str]
    unsure: bool
    wrong: dict[str, Miss]
    proofs: list[Proof]


class Below(_Part):
    """A floor that was not reached."""

    name: str
    at_least: float
    reached: float


class Report(_Part):
    """The whole score of a selection."""

    schema_: Literal["vindue-score/1"] = "vindue-score/1"
    fingerprint: str
    source: SourceChoice
    split: SplitChoice
    notices: int
    whole: float
    fields: dict[str, FieldScore]
    groups: dict[str, dict[str, Group]]
    reliability: Reliability
    results: dict[str, NoticeScore]
    below: list[Below]


def _miss(difference: Difference) -> Miss:
    return Miss(missing=list(difference.missing), extra=list(difference.extra))


def _proofs(result: Result) -> list[Proof]:
    """The evidence of the wrong fields and every warning, as found in the notice."""
    if result.record is None or not result.wrong:
        return []
    pointers = {_POINTERS[each.field] for each in result.wrong}
    evidence = [
        Proof(field=proof.field, text=proof.text)
        for proof in result.record.evidence
        if any(proof.field.startswith(pointer) for pointer in pointers)
    ]
    doubts = [
        Proof(field=each.code, text=each.message)
        for each in result.record.diagnostics
        if each.level != "info"
    ]
    return evidence + doubts


def notice_score(result: Result) -> NoticeScore:
    """One notice's line of the report."""
    case = result.case
    return NoticeScore(
        id=result.record.id if result.record else None,
        source=case.source,
        split=case.split,
        year=case.year,
        difficulty=list(case.label.difficulty),
        unsure=case.label.unsure,
        wrong={each.field: _miss(each) for each in result.wrong},
        proofs=_proofs(result),
    )


def _hardness(case: Case) -> str:
    return "hard" if case.hard else "clean"


def _groups(results: Sequence[Result]) -> dict[str, dict[str, Group]]:
    return {
        "profile": group_by(results, lambda r: [r.case.source]),
        "split": group_by(results, lambda r: [r.case.split]),
        "year": group_by(results, lambda r: [f"{r.case.source} {r.case.year}"]),
        "difficulty": group_by(results, lambda r: r.case.label.difficulty),
        "hardness": group_by(results, lambda r: [f"{r.case.source} {_hardness(r.case)}"]),
    }


def _reached(results: Sequence[Result], floor: Floor) -> float:
    if floor.field == "confidence":
        return reliability(results).sure_right
    if floor.field == WHOLE:
        return exact_rate(results, WHOLE)
    return float(getattr(field_scores(results)[floor.field], floor.metric))


def _applies(floor: Floor, source: SourceChoice, split: SplitChoice) -> bool:
    """A floor is held only against all the notices that it was set on."""
    return source in ("all", floor.source) and split in ("all", floor.split)


def below_floors(
    results: Sequence[Result], floors: Floors, source: SourceChoice, split: SplitChoice
) -> list[Below]:
    """The floors of this selection that were not reached."""
    below = []
    for floor in floors.floor:
        if not _applies(floor, source, split):
            continue
        some = [
            result
            for result in results
            if floor.source in ("all", result.case.source)
            and floor.split in ("all", result.case.split)
        ]
        reached = _reached(some, floor)
        if reached < floor.at_least:
            below.append(Below(name=floor.name, at_least=floor.at_least, reached=reached))
    return below


def make_report(
    results: Sequence[Result],
    *,
    fingerprint: str,
    floors: Floors,
    source: SourceChoice = "all",
    split: SplitChoice = "all",
) -> Report:
    """The score of ``results``, with the floors that they fall below."""
    return Report(
        fingerprint=fingerprint,
        source=source,
        split=split,
        notices=len(results),
        whole=exact_rate(results, WHOLE),
        fields=field_scores(results),
        groups=_groups(results),
        reliability=reliability(results),
        results={result.case.name: notice_score(result) for result in results},
        below=below_floors(results, floors, source, split),
    )
