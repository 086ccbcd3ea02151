"""Envelopes → records: each notice read by the inner reader, then what its form told besides.

The reader is handed in, so that the adapters need nothing of the engine.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from vindue.grammars.load import load_profile
from vindue.grammars.schema import Profile
from vindue.nlp.adapters.envelope import Envelope, earliest, revisions
from vindue.nlp.adapters.opening import Opened
from vindue.nlp.identity import number_equals
from vindue.nlp.instants import utc
from vindue.nlp.iso import write_time_or_date
from vindue.nlp.record import Diagnostic, Evidence, Record, Revision, Window
from vindue.nlp.related import relate
from vindue.nlp.spans import Notice
from vindue.nlp.values import replace

Reader = Callable[[Notice, Profile, ZoneInfo], Record]
"""Reads one notice; never raises."""

_FIELDS: Final = (("planned_start", "start"), ("planned_end", "end"))


def read_envelopes(
    opened: Opened, zone: ZoneInfo, published_at: datetime | None, read: Reader
) -> list[Record]:
    """The records of all envelopes, in order; ids numbered, twins related.

    ``published_at`` (aware) counts where a form bears no stamp of its own.
    """
    profile = load_profile(opened.profile)
    records = []
    for envelope in opened.envelopes:
        notice = envelope.notice
        dated = replace(notice, published_at=notice.published_at or published_at)
        records.append(_record(replace(envelope, notice=dated), profile, zone, read))
    ids = number_equals([record.id for record in records])
    for record, numbered in zip(records, ids, strict=True):
        record.id = numbered
    return relate(records)


def _record(envelope: Envelope, profile: Profile, zone: ZoneInfo, read: Reader) -> Record:
    record = read(envelope.notice, profile, zone)
    first = earliest(envelope)
    if first is not None:
        _take_first_announced(record, read(first, profile, zone))
    _take_state(record, envelope)
    told = (
        Revision(
            kind=revision.kind,
            at=write_time_or_date(revision.at) if revision.at else None,
            start_span=revision.span.start,
            end_span=revision.span.end,
        )
        for revision in revisions(envelope)
    )
    record.revisions = sorted([*record.revisions, *told], key=lambda item: item.start_span)
    return record


def _take_first_announced(record: Record, first: Record) -> None:
    """What the oldest version announced is what was planned.

    Where the versions tell different numbers of windows nobody can say which
    is which, and nothing is taken.
    """
    if len(record.windows) != len(first.windows):
        return
    for number, (window, old) in enumerate(zip(record.windows, first.windows, strict=True)):
        for planned, plain in _FIELDS:
            _take(record, f"/windows/{number}", (window, old), (planned, plain), first)
        _keep_in_order(record, f"/windows/{number}/planned_end", window)


def _keep_in_order(record: Record, pointer: str, window: Window) -> None:
    """No planned end where the oldest version told none, and a later one's lies too early."""
    start, end = window.planned_start, window.planned_end
    if start and end and utc(datetime.fromisoformat(end)) <= utc(datetime.fromisoformat(start)):
        window.planned_end = None
        record.evidence = [proof for proof in record.evidence if proof.field != pointer]


def _take(
    record: Record,
    pointer: str,
    windows: tuple[Window, Window],
    fields: tuple[str, str],
    first: Record,
) -> None:
    """Set one planned time from the old window, with the evidence for it."""
    window, old = windows
    planned, plain = fields
    value = getattr(old, planned) or getattr(old, plain)
    if value is None or value == getattr(window, planned):
        return
    setattr(window, planned, value)
    target = f"{pointer}/{planned}"
    wanted = (target, f"{pointer}/{plain}")
    told = next((proof for name in wanted for proof in first.evidence if proof.field == name), None)
    record.evidence = [proof for proof in record.evidence if proof.field != target]
    if told is not None:
        record.evidence.append(
            Evidence(field=target, start=told.start, end=told.end, text=told.text)
        )


def _take_state(record: Record, envelope: Envelope) -> None:
    """The state that the form tells, where the text tells none.

    A message that is closed before its work began was closed for another
    reason than that the work is done.
    """
    state = envelope.state
    if state in (None, "scheduled") or record.status != "scheduled":
        return
    if state == "completed" and not _begun(record):
        return
    record.status = state
    for window in record.windows:
        if window.status == "scheduled":
            window.status = state
    label = next((piece for name, piece in envelope.labels if name == "status"), None)
    record.diagnostics.append(
        Diagnostic(
            code="status.by_form",
            level="info",
            message="the text does not tell what became of it, its form does",
            start=label.span.start if label else None,
            end=label.span.end if label else None,
            found=label.text if label else None,
            used=state,
        )
    )


def _begun(record: Record) -> bool:
    """Whether some window began before the last update."""
    if record.updated_at is None:
        return True
    updated = datetime.fromisoformat(record.updated_at)
    starts = [datetime.fromisoformat(window.start) for window in record.windows if window.start]
    return not starts or any(start.timestamp() <= updated.timestamp() for start in starts)
