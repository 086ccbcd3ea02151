"""A capture and what was known → believe it, or look again first.

A server that restarts, a half-written file, a page of apology under status
200: each looks as if notices were gone. So a capture is believed at once only
if nothing speaks against it; else when it has been seen again.

| what speaks against it                                    | seen in a row | next look |
|-----------------------------------------------------------|---------------|-----------|
| up to half of the notices are gone                        | 2             | soon      |
| the transfer did not tell where the body ends             | 2             | soon      |
| a notice without a stamp, where all had one (a torn page) | 2             | soon      |
| more than half are gone, or the first capture holds none  | 4             | as usual  |

Two captures are the same if they say the same. Where every look differs,
captures that all miss the same notices count too, twice as many of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vindue.watch.captures import Seen
from vindue.watch.match import match

_LIGHT: Final = 2
_HEAVY: Final = 4


@dataclass(frozen=True, slots=True)
class Memory:
    """The captures in a row that were not believed."""

    digest: str = ""
    same: int = 0
    missing: frozenset[str] = frozenset()
    looks: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """``reason`` is empty for a capture without doubt; ``soon``: look again shortly."""

    believed: bool
    memory: Memory
    reason: str = ""
    soon: bool = False


def judge(
    known: Sequence[Seen], capture: Sequence[Seen], memory: Memory, *, framed: bool
) -> Verdict:
    """Whether to believe ``capture`` after ``known``, given the looks before it."""
    gone = match(known, capture).gone
    reason, needed = _doubt(known, capture, gone, framed=framed)
    if not reason:
        return Verdict(True, Memory())
    digest = _digest(capture)
    missing = frozenset(item.record.id for item in gone)
    held = Memory(
        digest,
        memory.same + 1 if memory.digest == digest else 1,
        missing & memory.missing if memory.looks else missing,
        memory.looks + 1,
    )
    worn = held.looks >= 2 * needed and held.missing == missing
    if held.same >= needed or worn:
        return Verdict(True, Memory(), reason)
    return Verdict(False, held, reason, soon=needed == _LIGHT)


def _doubt(
    known: Sequence[Seen], capture: Sequence[Seen], gone: Sequence[Seen], *, framed: bool
) -> tuple[str, int]:
    if not known and not capture:
        return "it holds no notice", _HEAVY
    if len(gone) > len(known) / 2:
        return f"{len(gone)} of {len(known)} notices are gone", _HEAVY
    if gone:
        return f"{len(gone)} of {len(known)} notices are gone", _LIGHT
    if not framed:
        return "the transfer did not tell where it ends", _LIGHT
    if known and all(item.stamped for item in known) and not all(i.stamped for i in capture):
        return "a notice bears no stamp", _LIGHT
    return "", 0


def _digest(capture: Sequence[Seen]) -> str:
    lines = sorted(f"{item.record.id} {item.digest}" for item in capture)
    return hashlib.sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()
