"""The kinds of changes, and the score under them, one number a kind.

The changes never ask the parser: they read a notice through its label's
quotes and plain shapes of their own, and leave out what they are not sure of.
With one seed the same notices come out, on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from pydantic import BaseModel, ConfigDict

from vindue.corpus import perturb_form as form
from vindue.corpus import perturb_meaning as meaning
from vindue.corpus import perturb_words as words
from vindue.corpus.cases import Case
from vindue.corpus.perturb_data import perturbations
from vindue.corpus.score import judge
from vindue.nlp.record import Record


@dataclass(frozen=True, slots=True)
class Kind:
    """A change; ``fields`` must all be exact for a notice to count as kept."""

    name: str
    change: Callable[[Case, Random], Case | None]
    preserving: bool = True
    fields: tuple[str, ...] = ("windows",)


_KINDS = (
    Kind("letters_swapped", words.letters_swapped),
    Kind("letter_doubled", words.letter_doubled),
    Kind("letter_dropped", words.letter_dropped),
    Kind("danish", words.in_danish),
    Kind("separators", form.separators),
    Kind("date_forms", form.date_forms),
    Kind("range_forms", form.range_forms),
    Kind("updates_below", form.updates_below),
    Kind("schedule_below", form.schedule_below),
    Kind("date_first", form.date_first),
    Kind("line_ends", form.line_ends),
    Kind("hard_blanks", form.hard_blanks),
    Kind("tabs", form.tabs),
    Kind("invisible", form.invisible),
    Kind("decomposed", form.decomposed),
    Kind("bullets", form.bullets),
    Kind("upper_case", form.upper_case),
    Kind("shift_weeks", meaning.shift_weeks, preserving=False),
    Kind("shift_hours", meaning.shift_hours, preserving=False),
    Kind(
        "swap_system",
        meaning.swap_system,
        preserving=False,
        fields=("windows", "systems", "impacts"),
    ),
)
KINDS: dict[str, Kind] = {kind.name: kind for kind in _KINDS}


class KindScore(BaseModel):
    """``kept`` of the ``exact`` notices stay exact; ``changed`` were changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    changed: int
    exact: int
    kept: int
    share: float
    lost: list[str]


def changed_cases(
    cases: Iterable[Case], kind: Kind, seed: int | None = None
) -> Iterator[tuple[Case, Case]]:
    """(before, after) of each case that ``kind`` can change."""
    number = perturbations().seed if seed is None else seed
    for case in cases:
        # A generator of its own for each notice: one more in the corpus changes no other.
        after = kind.change(case, Random(f"{number}/{kind.name}/{case.name}"))
        if after is not None:
            yield case, after


def score_kind(
    cases: Sequence[Case],
    kind: Kind,
    read: Callable[[Case], Record | None],
    exact_before: Callable[[Case, str], bool],
) -> KindScore:
    """How many exact notices stay exact under ``kind``.

    ``exact_before`` tells whether a field of the unchanged notice is exact.
    """
    changed, exact, lost = 0, 0, []
    for before, after in changed_cases(cases, kind):
        changed += 1
        if not all(exact_before(before, field) for field in kind.fields):
            continue
        exact += 1
        result = judge(after, read(after))
        if not all(result.exact(field) for field in kind.fields):
            lost.append(before.name)
    kept = exact - len(lost)
    share = kept / exact if exact else 1.0
    return KindScore(changed=changed, exact=exact, kept=kept, share=share, lost=lost)


def score_kinds(
    cases: Sequence[Case], kinds: Iterable[Kind], read: Callable[[Case], Record | None]
) -> dict[str, KindScore]:
    """The score under each kind; every notice is read unchanged once."""
    before = {case.name: judge(case, read(case)) for case in cases}

    def exact_before(case: Case, field: str) -> bool:
        return before[case.name].exact(field)

    return {kind.name: score_kind(cases, kind, read, exact_before) for kind in kinds}
