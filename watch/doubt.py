"""A capture and what was known → believe it, or look again first.

A server that restarts, a half-written file, a page of apology under status
200: each looks as if notices were gone. So a capture is believed at once only
if nothing speaks against it; else when it has been seen again.

| what speaks against it                                    | seen in a row | next look |
|-----------------------------------------------------------|---------------|-----------|
| up to half of the notices are gone                        | 2             | soon      |
| the transfer did not tell where the body ends             | 2             | soon      |
| more notices without a stamp than before (a torn page)    | 2             | soon      |
| more than half are gone, or the first capture holds none  | 4             | as usual  |
| none of them is left, and none with a stamp has come      | 4, for 6 h    | as usual  |

The last is how a page of apology looks, and how a list looks whose last notice
was taken down: only time tells them apart.

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
_FOREIGN_SECONDS: Final = 6 * 3600.0


@dataclass(frozen=True, slots=True)
class Memory:
    """The captures in a row that were not believed."""

    digest: str = ""
    same: int = 0
    missing: frozenset[str] = frozenset()
    looks: int = 0
    since: float = 0.0


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Believed when seen so often in a row, over so many seconds."""

    reason: str
    looks: int
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """``reason`` is empty for a capture without doubt; ``soon``: look again shortly."""

    believed: bool
    memory: Memory
    reason: str = ""
    soon: bool = False


def judge(
    known: Sequence[Seen], capture: Sequence[Seen], memory: Memory, now: float, *, framed: bool
) -> Verdict:
    """Whether to believe ``capture`` after ``known``, given the looks before it.

    ``now`` is in seconds, of a clock that only goes forward.
    """
    gone = match(known, capture).gone
    doubt = _doubt(known, capture, gone, framed=framed)
    if doubt is None:
        return Verdict(True, Memory())
    digest = _digest(capture)
    missing = frozenset(item.record.id for item in gone)
    held = Memory(
        digest,
        memory.same + 1 if memory.digest == digest else 1,
        missing & memory.missing if memory.looks else missing,
        memory.looks + 1,
        memory.since if memory.looks else now,
    )
    often = held.same >= doubt.looks or (held.looks >= 2 * doubt.looks and held.missing == missing)
    if often and now - held.since >= doubt.seconds:
        return Verdict(True, Memory(), doubt.reason)
    return Verdict(False, held, doubt.reason, soon=doubt.looks == _LIGHT)


def _doubt(
    known: Sequence[Seen], capture: Sequence[Seen], gone: Sequence[Seen], *, framed: bool
) -> _Doubt | None:
    stamped = any(item.stamped for item in known)
    lost = f"{len(gone)} of {len(known)} notices are gone"
    rules = (
        (
            stamped and not any(item.stamped for item in capture),
            _Doubt(lost, _HEAVY, _FOREIGN_SECONDS),
        ),
        (len(gone) > len(known) / 2, _Doubt(lost, _HEAVY)),
        (not known and not capture, _Doubt("it holds no notice", _HEAVY)),
        (bool(gone), _Doubt(lost, _LIGHT)),
        (not framed, _Doubt("the transfer did not tell where it ends", _LIGHT)),
        (
            stamped and _unstamped(capture) > _unstamped(known),
            _Doubt("a notice bears no stamp", _LIGHT),
        ),
    )
    return next((doubt for speaks_against, doubt in rules if speaks_against), None)


def _unstamped(capture: Sequence[Seen]) -> int:
    return sum(not item.stamped for item in capture)


def _digest(capture: Sequence[Seen]) -> str:
    lines = sorted(f"{item.record.id} {item.digest}" for item in capture)
    return hashlib.sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()
