"""Two scores, notice by notice: what got better and what got worse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vindue.corpus.report import Report


@dataclass(frozen=True, slots=True)
class Change:
    """A field of a notice that was exact in one score only."""

    name: str
    field: str
    verdict: Literal["better", "worse"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The changes, and the notices that only one score knows."""

    changes: tuple[Change, ...]
    added: tuple[str, ...]
    gone: tuple[str, ...]
    same_labels: bool

    @property
    def regressed(self) -> bool:
        """Whether anything that was exact is exact no more."""
        return any(change.verdict == "worse" for change in self.changes)


def compare(old: Report, new: Report) -> Comparison:
    """Compares the notices that both scores hold, in the new one's order.

    A notice outside the new selection is not ``gone``: only one whose source
    and split the new score covers can be missed.
    """
    changes = []
    for name, now in new.results.items():
        if name not in old.results:
            continue
        before = old.results[name]
        for field in now.wrong.keys() - before.wrong.keys():
            changes.append(Change(name, field, "worse"))
        for field in before.wrong.keys() - now.wrong.keys():
            changes.append(Change(name, field, "better"))
    covered = {
        name
        for name, each in old.results.items()
        if new.source in ("all", each.source) and new.split in ("all", each.split)
    }
    return Comparison(
        changes=tuple(sorted(changes, key=lambda c: (c.name, c.verdict, c.field))),
        added=tuple(name for name in new.results if name not in old.results),
        gone=tuple(sorted(covered - new.results.keys())),
        same_labels=old.fingerprint == new.fingerprint,
    )
