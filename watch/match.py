"""Which notice of one capture is which of another.

An id made from a published stamp outlives every edit. A notice without one
has an id made from its text, so an edit would read as one gone and one new;
such notices are paired by what else they share, and only where that is plain.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import fuzz

from vindue.watch.captures import Seen, fold

# Of two texts of one notice, edited, at least this share (in percent) is common.
_ALIKE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Matched:
    """``before_of`` maps ids of ``after`` to the sight before, where there is one."""

    after: tuple[Seen, ...]
    before_of: Mapping[str, Seen]
    gone: tuple[Seen, ...]


@dataclass(slots=True)
class _Loose:
    """What no id has paired yet."""

    old: dict[str, Seen]
    new: dict[str, Seen]
    found: dict[str, Seen] = field(default_factory=dict)

    def pair(self, before: Seen, after: Seen) -> None:
        self.found[after.record.id] = before
        del self.old[before.record.id]
        del self.new[after.record.id]


def match(old: Sequence[Seen], new: Sequence[Seen]) -> Matched:
    """Pair by id, then unstamped notices by work order, title or likeness.

    Of several with one id in a capture the last stands.
    """
    before = {item.record.id: item for item in old}
    after = {item.record.id: item for item in new}
    same = {key: before[key] for key in after if key in before}
    loose = _Loose(
        {key: item for key, item in before.items() if key not in same and not item.stamped},
        {key: item for key, item in after.items() if key not in same and not item.stamped},
    )
    for key in (_work_orders, _title):
        _pair_by(loose, key)
    _pair_last(loose)
    paired = {**same, **loose.found}
    kept = {item.record.id for item in paired.values()}
    gone = tuple(item for key, item in before.items() if key not in kept)
    return Matched(tuple(after.values()), paired, gone)


def _work_orders(seen: Seen) -> Hashable | None:
    return tuple(seen.record.work_orders) or None


def _title(seen: Seen) -> Hashable | None:
    return fold(seen.record.title).casefold() or None


def _pair_by(loose: _Loose, key: Callable[[Seen], Hashable | None]) -> None:
    """Pair where one old and one new, and no other, have the same key."""
    old, new = _alone(loose.old.values(), key), _alone(loose.new.values(), key)
    for shared in old.keys() & new.keys():
        loose.pair(old[shared], new[shared])


def _alone(items: Iterable[Seen], key: Callable[[Seen], Hashable | None]) -> dict[Hashable, Seen]:
    groups: dict[Hashable, list[Seen]] = {}
    for item in items:
        found = key(item)
        if found is not None:
            groups.setdefault(found, []).append(item)
    return {shared: group[0] for shared, group in groups.items() if len(group) == 1}


def _pair_last(loose: _Loose) -> None:
    """One old and one new left: the same notice if their texts are alike."""
    if len(loose.old) != 1 or len(loose.new) != 1:
        return
    before, after = next(iter(loose.old.values())), next(iter(loose.new.values()))
    if before.text is None or after.text is None:
        return
    if fuzz.ratio(fold(before.text), fold(after.text)) >= _ALIKE:
        loose.pair(before, after)
