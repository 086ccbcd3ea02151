"""Readings → record, in the order of the contract, each value with its evidence."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from vindue.grammars.schema import Profile
from vindue.nlp.identity import base_id
from vindue.nlp.instants import utc
from vindue.nlp.iso import write_duration, write_time, write_time_or_date
from vindue.nlp.readings import (
    Effects,
    Facts,
    ImpactReading,
    RevisionReading,
    Schedule,
    WindowReading,
)
from vindue.nlp.record import (
    LEVEL_OF,
    Diagnostic,
    Evidence,
    Impact,
    Record,
    Revision,
    Source,
    Window,
)
from vindue.nlp.spans import Finding, Notice, Span
from vindue.nlp.values import dataclass

_BLANKS: Final = re.compile(r"\s+")
_LAST: Final = datetime.max.replace(tzinfo=UTC)
STDIN_NAME: Final = "-"


@dataclass(frozen=True, slots=True)
class Readings:
    """All that the stages found in one notice."""

    facts: Facts
    schedule: Schedule
    effects: Effects


def assemble(notice: Notice, readings: Readings, profile: Profile, zone: str) -> Record:
    """One record. ``zone`` is the IANA name that its windows carry.

    The id is the notice's own; ``number_equals`` and the source's name come
    from whoever reads several notices together.
    """
    facts, schedule, effects = readings.facts, readings.schedule, readings.effects
    windows = tuple(sorted(schedule.windows, key=_by_start))
    findings = (*notice.findings, *facts.findings, *schedule.findings, *effects.findings)
    return Record(
        id=base_id(notice, profile),
        source=Source(
            profile=profile.name,
            name=STDIN_NAME,
            start=notice.span.start,
            end=notice.span.end,
            line=notice.line,
        ),
        title=_one_line(notice.title.text) if notice.title else "",
        tags=[_one_line(tag.text) for tag in notice.tags],
        language=facts.language,
        published_at=_time(notice.published_at),
        updated_at=_time(notice.updated_at),
        work_orders=[order.text for order in facts.work_orders],
        environments=list(facts.environments),
        status=schedule.status,
        windows=[_window(reading, schedule, effects, zone) for reading in windows],
        systems=sorted(set(effects.systems)),
        impacts=[_impact(reading, notice.text) for reading in effects.impacts],
        fallback=effects.fallback,
        resubmit=effects.resubmit,
        revisions=[_revision(reading) for reading in schedule.revisions],
        duplicate_of=schedule.duplicate_of.text if schedule.duplicate_of else None,
        evidence=_evidence(notice, readings, windows),
        diagnostics=[_diagnostic(finding) for finding in findings],
    )


def _by_start(window: WindowReading) -> tuple[datetime, datetime]:
    """In UTC: the two autumn hours of one zone compare as equal."""
    start = utc(window.start) if window.start else _LAST
    return start, utc(window.end) if window.end else _LAST


def _one_line(text: str) -> str:
    """Blanks that hold a line break as one blank."""
    return _BLANKS.sub(lambda run: " " if {"\r", "\n"} & set(run[0]) else run[0], text)


def _time(at: datetime | None) -> str | None:
    return write_time(at) if at is not None else None


def _window(reading: WindowReading, schedule: Schedule, effects: Effects, zone: str) -> Window:
    start, end = reading.start, reading.end
    return Window(
        start=_time(start),
        end=_time(end),
        planned_start=_time(reading.planned_start),
        planned_end=_time(reading.planned_end),
        actual_end=_time(reading.actual_end),
        duration=write_duration(start, end) if start and end else None,
        timezone=zone,
        open_end=reading.open_end,
        precision=reading.precision,
        status=schedule.status if reading.status == "scheduled" else reading.status,
        systems=sorted(set(reading.systems or effects.systems)),
        channel=reading.channel,
        confidence=round(reading.confidence, 3),
    )


def _impact(reading: ImpactReading, text: str) -> Impact:
    return Impact(
        systems=list(reading.systems),
        channel=reading.channel,
        effect=reading.effect,
        level=LEVEL_OF[reading.effect],
        start=reading.span.start,
        end=reading.span.end,
        text=reading.span.of(text),
        by="model" if reading.by == "model" else "rule",
        confidence=round(reading.confidence, 3),
    )


def _revision(reading: RevisionReading) -> Revision:
    return Revision(
        kind=reading.kind,
        at=write_time_or_date(reading.at) if reading.at is not None else None,
        end=_time(reading.end),
        systems=sorted(set(reading.systems)),
        start_span=reading.span.start,
        end_span=reading.span.end,
    )


def _diagnostic(finding: Finding) -> Diagnostic:
    return Diagnostic(
        code=finding.code,
        level=finding.level,
        message=finding.message,
        start=finding.span.start if finding.span else None,
        end=finding.span.end if finding.span else None,
        found=finding.found,
        used=finding.used,
    )


def _evidence(
    notice: Notice, readings: Readings, windows: tuple[WindowReading, ...]
) -> list[Evidence]:
    """The spans in the order of the record's fields; ``text`` is the source's slice."""
    pointed = [
        *_outer_evidence(notice),
        *_fact_evidence(readings.facts),
        *_schedule_evidence(readings.schedule, windows),
        *_effect_evidence(readings.effects),
    ]
    return [
        Evidence(field=field, start=span.start, end=span.end, text=span.of(notice.text))
        for field, span in pointed
    ]


def _outer_evidence(notice: Notice) -> list[tuple[str, Span]]:
    named = [
        ("/title", notice.title.span if notice.title else None),
        *((f"/tags/{n}", tag.span) for n, tag in enumerate(notice.tags)),
        ("/published_at", notice.published if notice.published_at else None),
        ("/updated_at", notice.updated if notice.updated_at else None),
    ]
    return [(field, span) for field, span in named if span is not None]


def _fact_evidence(facts: Facts) -> list[tuple[str, Span]]:
    orders = [(f"/work_orders/{n}", order.span) for n, order in enumerate(facts.work_orders)]
    return orders + [("/environments", span) for span in facts.environment_spans]


def _schedule_evidence(
    schedule: Schedule, windows: tuple[WindowReading, ...]
) -> list[tuple[str, Span]]:
    pointed = [("/status", schedule.status_span)]
    for number, window in enumerate(windows):
        pointed += [(f"/windows/{number}/{p.field.lstrip('/')}", p.span) for p in window.proofs]
    pointed += [(f"/revisions/{n}", item.span) for n, item in enumerate(schedule.revisions)]
    if schedule.duplicate_of is not None:
        pointed.append(("/duplicate_of", schedule.duplicate_of.span))
    return [(field, span) for field, span in pointed if span is not None]


def _effect_evidence(effects: Effects) -> list[tuple[str, Span]]:
    pointed: list[tuple[str, Span | None]] = []
    for number, system in enumerate(sorted(set(effects.systems))):
        first = next((m.span for m in effects.mentions if system in m.ids), None)
        pointed.append((f"/systems/{number}", first))
    pointed += [(f"/impacts/{n}", impact.span) for n, impact in enumerate(effects.impacts)]
    pointed += [("/fallback", effects.fallback_span), ("/resubmit", effects.resubmit_span)]
    return [(field, span) for field, span in pointed if span is not None]
