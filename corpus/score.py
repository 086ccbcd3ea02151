"""Record against label, notice by notice, and the figures over many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from vindue.corpus.cases import Case
from vindue.corpus.export import Plain, plain_label, plain_record
from vindue.corpus.views import FIELD_NAMES, Difference, differences
from vindue.nlp.record import Record

WHOLE = "whole"

# A case that the program gave no record for is scored as one that says nothing.
_SILENCE: Plain = {
    "tags": [],
    "work_orders": [],
    "environments": [],
    "windows": [],
    "systems": [],
    "impacts": [],
    "resubmit": False,
    "revisions": [],
}

# Lower bounds of the confidence bins; the contract promises 99 % from 0.9 up.
_BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95)
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Result:
    """One case and how its record differs from its label."""

    case: Case
    record: Record | None
    differences: tuple[Difference, ...]

    @property
    def wrong(self) -> tuple[Difference, ...]:
        """The fields that are not exact."""
        return tuple(each for each in self.differences if not each.exact)

    def exact(self, field: str) -> bool:
        """Whether a field, or ``"whole"`` the notice, is read exactly."""
        wrong = {each.field for each in self.wrong}
        return not wrong if field == WHOLE else field not in wrong


class _Figures(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FieldScore(_Figures):
    """Items over all notices, and the share of notices that are exact."""

    precision: float
    recall: float
    f1: float
    exact: float
    shared: int
    missing: int
    extra: int


class Group(_Figures):
    """Share of exact notices by field, and as a whole, of some notices."""

    notices: int
    exact: dict[str, float]


class Bin(_Figures):
    """Windows whose confidence lies in [low, next bin)."""

    low: float
    windows: int
    right: float
    confidence: float


class Reliability(_Figures):
    """How far confidence tells the truth: ``error`` is the expected calibration error."""

    bins: list[Bin]
    error: float
    sure_windows: int
    sure_right: float


def judge(case: Case, record: Record | None) -> Result:
    """Compares one record with its label."""
    truth = plain_label(case.label, record.id if record else case.name)
    told = plain_record(record) if record else _SILENCE
    return Result(case, record, tuple(differences(truth, told)))


def judge_all(cases: Iterable[Case], records: dict[str, Record]) -> list[Result]:
    """Each case against its record; a case without one counts as unread."""
    return [judge(case, records.get(case.name)) for case in cases]


def rate(part: float, whole: float) -> float:
    """``part / whole``; 1 where there is nothing to miss."""
    return part / whole if whole else 1.0


def exact_rate(results: Sequence[Result], field: str) -> float:
    """Share of notices whose ``field`` (or ``"whole"``) is exact."""
    return rate(sum(result.exact(field) for result in results), len(results))


def field_scores(results: Sequence[Result]) -> dict[str, FieldScore]:
    """One line of the score for each field."""
    scores = {}
    for place, name in enumerate(FIELD_NAMES):
        each = [result.differences[place] for result in results]
        shared = sum(one.shared for one in each)
        missing = sum(len(one.missing) for one in each)
        extra = sum(len(one.extra) for one in each)
        scores[name] = FieldScore(
            precision=rate(shared, shared + extra),
            recall=rate(shared, shared + missing),
            f1=rate(2 * shared, 2 * shared + missing + extra),
            exact=exact_rate(results, name),
            shared=shared,
            missing=missing,
            extra=extra,
        )
    return scores


def group_by(
    results: Sequence[Result], keys: Callable[[Result], Iterable[str]]
) -> dict[str, Group]:
    """Exact rates by group; a result may count in several."""
    members: dict[str, list[Result]] = {}
    for result in results:
        for key in keys(result):
            members.setdefault(key, []).append(result)
    return {
        key: Group(
            notices=len(some),
            exact={name: exact_rate(some, name) for name in (WHOLE, *FIELD_NAMES)},
        )
        for key, some in sorted(members.items())
    }


def _claims(results: Iterable[Result]) -> list[tuple[float, bool]]:
    """Confidence of every window told, and whether the label has it."""
    claims = []
    for result in results:
        if result.record is None:
            continue
        truth = {(w["start"], w["end"]) for w in plain_label(result.case.label, "")["windows"]}
        claims += [(w.confidence, (w.start, w.end) in truth) for w in result.record.windows]
    return claims


def reliability(results: Iterable[Result]) -> Reliability:
    """The reliability table of the windows' confidence."""
    claims = _claims(results)
    bins, error = [], 0.0
    for low, high in zip(_BINS, (*_BINS[1:], float("inf")), strict=True):
        inside = [claim for claim in claims if low <= claim[0] < high]
        if not inside:
            continue
        right = rate(sum(ok for _, ok in inside), len(inside))
        mean = sum(confidence for confidence, _ in inside) / len(inside)
        bins.append(Bin(low=low, windows=len(inside), right=right, confidence=mean))
        error += abs(right - mean) * len(inside) / len(claims)
    sure = [ok for confidence, ok in claims if confidence >= SURE]
    return Reliability(
        bins=bins, error=error, sure_windows=len(sure), sure_right=rate(sum(sure), len(sure))
    )
