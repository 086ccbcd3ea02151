"""What each witness is worth: the windows without it, on whole and on damaged notices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from vindue.corpus.cases import Case, page_cases
from vindue.corpus.damage import damage_all
from vindue.grammars.load import load_profile
from vindue.grammars.weights import Weights, load_weights
from vindue.nlp.notices import page_notices
from vindue.nlp.pipeline import Options, read_notice
from vindue.nlp.record import Record

PROFILE = "skat"
SEED = 20260501


@dataclass(frozen=True, slots=True)
class Worth:
    """Share of exact windows without one witness."""

    without: str
    whole: float
    damaged: float


def _plain(weights: Weights) -> Weights:
    return weights


def _weekday(weights: Weights) -> Weights:
    return _zeroed(weights, "disagreement", ("weekday",))


def _stamps(weights: Weights) -> Weights:
    names = tuple(type(weights.prior).model_fields)
    return _zeroed(weights, "prior", names)


def _title(weights: Weights) -> Weights:
    return _zeroed(weights, "role", ("title",))


def _repairs(weights: Weights) -> Weights:
    return weights.model_copy(update={"repairs": False})


def _zeroed(weights: Weights, table: str, names: Iterable[str]) -> Weights:
    changed = getattr(weights, table).model_copy(update=dict.fromkeys(names, 0.0))
    return weights.model_copy(update={table: changed})


_WITHOUT: dict[str, Callable[[Weights], Weights]] = {
    "nothing": _plain,
    "weekday": _weekday,
    "stamps": _stamps,
    "title": _title,
    "repairs": _repairs,
}


def ablation(count: int) -> Iterator[Worth]:
    """One row a witness; ``count`` damaged notices beside the page's own."""
    cases = page_cases()
    damaged = [item.case for item in damage_all(cases, count, SEED)]
    for name, change in _WITHOUT.items():
        weights = change(load_weights())
        yield Worth(name, _share(cases, weights), _share(damaged, weights))


def _share(cases: Iterable[Case], weights: Weights) -> float:
    right = [_right(case, weights) for case in cases]
    return sum(right) / len(right)


def _right(case: Case, weights: Weights) -> bool:
    profile = load_profile(PROFILE)
    notices = page_notices(case.text, profile, ZoneInfo(profile.zone))
    if len(notices) != 1:
        return False
    record = read_notice(notices[0], profile, profile.zone, Options(weights=weights))
    told = sorted((_at(w.start), _at(w.end)) for w in case.label.windows)
    return _windows(record) == told


def _windows(record: Record) -> list[tuple[float, float]]:
    stamps = [
        (datetime.fromisoformat(w.start) if w.start else None,
         datetime.fromisoformat(w.end) if w.end else None)
        for w in record.windows
    ]  # fmt: skip
    return sorted((_at(start), _at(end)) for start, end in stamps)


def _at(at: datetime | None) -> float:
    return at.timestamp() if at else 0.0
