"""Ids that belong together: seen over all records of one page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from typing import Final

from vindue.nlp.record import Record

MAX_TIED: Final = 100


def relate(records: list[Record]) -> list[Record]:
    """Copies with ``related`` filled in, in page order.

    Two notices are related that share a work order, or whose windows
    (interval by interval) and systems are the same. A tie that more than
    ``MAX_TIED`` notices share tells nothing, and is left out.
    """
    groups: defaultdict[Hashable, list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        for key in _keys(record):
            groups[key].append(number)
    partners: defaultdict[int, set[int]] = defaultdict(set)
    for members in groups.values():
        if len(members) > MAX_TIED:
            continue
        for member in members:
            partners[member].update(members)
    return [
        record.model_copy(
            update={"related": [records[n].id for n in sorted(partners[number] - {number})]}
        )
        for number, record in enumerate(records)
    ]


def _keys(record: Record) -> Iterator[Hashable]:
    for order in record.work_orders:
        yield ("work order", order)
    if record.windows and record.systems:
        intervals = frozenset((window.start, window.end) for window in record.windows)
        yield ("windows", intervals, tuple(record.systems))
