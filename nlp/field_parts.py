"""What the readers of labelled fields and tables hand to each other and to the schedule."""

from __future__ import annotations

from typing import Literal

from vindue.nlp.mentions.times import Interval, LineTimes
from vindue.nlp.record import Status
from vindue.nlp.spans import Span
from vindue.nlp.values import dataclass

Role = Literal["start", "end", "when", "duration", "zone", "status", "none"]
ToldAs = Literal["now", "earlier", "reserve", "actual", "stamp"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of a line between column gaps; ``column`` counts the gaps before it.

    ``at`` is its distance from the line's first character, indentation included
    where it can be told.
    """

    text: str
    span: Span
    column: int
    at: int


@dataclass(frozen=True, slots=True)
class Label:
    """A label as read: what its value is, of what telling, in which zone.

    ``end`` is the offset into the cell at which the value begins. ``told`` is
    ``None`` where the label doesn't say. ``closed`` means that a colon or the
    end of the cell closes it. ``unit`` is set where it counts an occurrence
    ("Window 2"); ``month_first`` where it says MM/DD; ``paired`` where it is
    of both ends ("Start / End"); ``local`` where it says local time. A
    ``weak`` one ("From …" without a colon) counts only beside its other half.
    """

    role: Role
    span: Span
    end: int
    told: ToldAs | None = None
    closed: bool = False
    zones: tuple[str, ...] = ()
    unit: str = ""
    month_first: bool = False
    paired: bool = False
    local: bool = False
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A label with its value, and the lines that both stand on."""

    label: Label
    text: str
    span: Span
    lines: tuple[int, ...]
    times: LineTimes
    status: Status | None = None
    zones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldInterval:
    """A window put together out of fields.

    ``line`` is the line of its first value. ``told_as`` is ``now`` for a
    window; the others are none: ``earlier`` is what an older version said
    (planned, not current), ``reserve`` a night only used if needed,
    ``actual`` what came of it.
    """

    line: int
    interval: Interval
    status: Status | None = None
    told_as: ToldAs = "now"


@dataclass(frozen=True, slots=True)
class Fields:
    """All that a notice tells in fields and tables.

    ``labelled`` are lines that fields were made of: no stamp, no update, and
    their own ranges are not read again. ``history`` are lines that tell an
    earlier version. ``apart`` are lines whose status concerns one occurrence
    alone, or one that has no time ("Night 2: cancelled"). ``zones`` is the zone
    that the whole notice is told in, where a field says so.
    """

    intervals: tuple[FieldInterval, ...] = ()
    labelled: frozenset[int] = frozenset()
    history: frozenset[int] = frozenset()
    apart: frozenset[int] = frozenset()
    zones: tuple[str, ...] = ()

    @property
    def form(self) -> bool:
        """True where fields tell a start and an end with their clock times."""
        told = (f.interval for f in self.intervals if f.told_as == "now")
        return any(i.start is not None and (i.end or i.duration) for i in told)
