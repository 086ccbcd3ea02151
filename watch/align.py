"""Two lists of things without ids: which of the old is which of the new.

Windows, impacts and revisions have no name of their own. They are paired by
keys of falling strictness: first what is equal in all, then what shares less
and less; what no key pairs was added or removed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

_T = TypeVar("_T")
Key = Callable[[_T], Hashable | None]
"""What two things must share to be one; null takes no part."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Indices into old and new; ``pairs`` in the order of new."""

    pairs: tuple[tuple[int, int], ...]
    removed: tuple[int, ...]
    added: tuple[int, ...]


def align(old: Sequence[_T], new: Sequence[_T], keys: Sequence[Key[_T]]) -> Alignment:
    """Pair ``old`` with ``new``; equal keys are paired in their order."""
    free_old, free_new = list(range(len(old))), list(range(len(new)))
    pairs: list[tuple[int, int]] = []
    for key in keys:
        waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
        for index in free_old:
            found = key(old[index])
            if found is not None:
                waiting[found].append(index)
        for index in list(free_new):
            found = key(new[index])
            if found is not None and waiting.get(found):
                before = waiting[found].pop(0)
                pairs.append((before, index))
                free_old.remove(before)
                free_new.remove(index)
    pairs.sort(key=lambda pair: pair[1])
    return Alignment(tuple(pairs), tuple(free_old), tuple(free_new))
