"""What the reading stages hand to ``assemble``: values with their proofs.

A reading is a finished value that is not a record yet: times are aware
datetimes, systems are ids, and every value carries the span it came from.
"""

from __future__ import annotations

from datetime import date, datetime

from vindue.nlp.record import (
    Channel,
    Effect,
    Environment,
    Fallback,
    Language,
    Precision,
    RevisionKind,
    Status,
    WindowChannel,
)
from vindue.nlp.spans import Finding, Piece, Proof, Span
from vindue.nlp.values import dataclass


@dataclass(frozen=True, slots=True)
class SystemMention:
    """Systems named by one stretch of text (a group names several).

    ``meant`` ones are what the work is about, not its reason or an aside.
    """

    span: Span
    ids: tuple[str, ...]
    known: bool = True
    meant: bool = True


@dataclass(frozen=True, slots=True)
class Scope:
    """What a line inherits from the headings above it."""

    systems: tuple[str, ...] = ()
    channel: WindowChannel | None = None


@dataclass(frozen=True, slots=True)
class WindowReading:
    """One window; ``proofs`` name fields relative to it (``start``, ``end`` …).

    ``doubts`` are the codes of the findings about it.
    """

    start: datetime | None
    end: datetime | None
    planned_start: datetime | None = None
    planned_end: datetime | None = None
    actual_end: datetime | None = None
    open_end: bool = False
    precision: Precision = "minute"
    status: Status = "scheduled"
    systems: tuple[str, ...] = ()
    channel: WindowChannel | None = None
    confidence: float = 0.0
    proofs: tuple[Proof, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RevisionReading:
    """One update line."""

    kind: RevisionKind
    span: Span
    at: datetime | date | None = None
    end: datetime | None = None
    systems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Schedule:
    """All that is told about when: windows, their revisions, the final state."""

    windows: tuple[WindowReading, ...] = ()
    revisions: tuple[RevisionReading, ...] = ()
    status: Status = "scheduled"
    status_span: Span | None = None
    duplicate_of: Piece | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class ImpactReading:
    """One stated effect."""

    systems: tuple[str, ...]
    channel: Channel
    effect: Effect
    span: Span
    by: str = "rule"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Effects:
    """All that is told about who is hit and how.

    ``aside`` are indices of lines that speak of fallback, contact or advice:
    a time in them is a limit of its own, no window. ``idle`` impacts are of a
    notice that speaks of no system and no work: they count if it tells a window.
    """

    systems: tuple[str, ...] = ()
    mentions: tuple[SystemMention, ...] = ()
    scopes: tuple[Scope, ...] = ()
    impacts: tuple[ImpactReading, ...] = ()
    idle: tuple[ImpactReading, ...] = ()
    fallback: Fallback | None = None
    fallback_span: Span | None = None
    resubmit: bool = False
    resubmit_span: Span | None = None
    findings: tuple[Finding, ...] = ()
    aside: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands plainly in the notice: work orders, environments, language."""

    work_orders: tuple[Piece, ...] = ()
    environments: tuple[Environment, ...] = ("production",)
    environment_spans: tuple[Span, ...] = ()
    language: Language = "en"
    findings: tuple[Finding, ...] = ()
