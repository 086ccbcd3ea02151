"""What must hold of every record, whatever it was read from."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from vindue.nlp.adapters.opening import open_text
from vindue.nlp.inputs import mend
from vindue.nlp.instants import zone_named
from vindue.nlp.iso import write_duration
from vindue.nlp.output import write_json
from vindue.nlp.record import Record, Window

TIMES = ("start", "end", "planned_start", "planned_end", "actual_end")


def check_record(record: Record, text: str) -> None:
    """Raises ``AssertionError`` for what can't be in a record read from ``text``."""
    text = mend(text)
    codes = {d.code for d in record.diagnostics}
    assert "reader.failed" not in codes, record.diagnostics
    assert 0 <= record.source.start <= record.source.end <= len(text)
    assert Record.model_validate_json(write_json(record)) == record
    check_spans(record, text)
    for window in record.windows:
        check_window(window)
    starts = [datetime.fromisoformat(w.start) for w in record.windows if w.start]
    assert all(above <= below for above, below in pairwise(starts)), "windows out of order"
    assert record.systems == sorted(set(record.systems))


def as_opened(text: str) -> str:
    """What offsets of a text's record count in: the text, or what stood inside its outer form."""
    opened = open_text(mend(text), ZoneInfo("Europe/Copenhagen"))
    return opened.envelopes[0].notice.text if opened.envelopes else text


def check_spans(record: Record, text: str) -> None:
    """Every offset lies in the text, and what is quoted stands there."""
    plain = record.model_dump(mode="json", by_alias=True)
    for item in record.evidence:
        assert text[item.start : item.end] == item.text
        assert item.start < item.end, item.field
        follow(plain, item.field)
    for impact in record.impacts:
        assert text[impact.start : impact.end] == impact.text
    for revision in record.revisions:
        assert 0 <= revision.start_span <= revision.end_span <= len(text)
    for found in record.diagnostics:
        assert (found.start is None) == (found.end is None), found
        if found.start is not None and found.end is not None:
            assert 0 <= found.start <= found.end <= len(text), found


def follow(value: object, pointer: str) -> object:
    """The value at a JSON pointer; raises where there is none."""
    for step in pointer.split("/")[1:]:
        if isinstance(value, list):
            value = value[int(step)]
        else:
            assert isinstance(value, dict)
            value = value[step]
    return value


def check_window(window: Window) -> None:
    """Start before end, offsets true for the zone, the duration the time between them."""
    for name in TIMES:
        check_offset(getattr(window, name), window.timezone)
    for first, last in (("start", "end"), ("planned_start", "planned_end")):
        start, end = getattr(window, first), getattr(window, last)
        if start is not None and end is not None:
            assert instant(start) < instant(end), window
    if window.start is not None and window.end is not None:
        told = write_duration(instant(window.start), instant(window.end))
        assert window.duration == told, window
    else:
        assert window.duration is None, window
    if window.end is None and window.start is not None:
        assert window.open_end, window


def instant(time: str) -> datetime:
    """The moment of a time as written, in UTC."""
    return datetime.fromisoformat(time).astimezone(ZoneInfo("UTC"))


def check_offset(time: str | None, zone: str) -> None:
    """The offset written is the one that the zone had then."""
    if time is None:
        return
    at = datetime.fromisoformat(time)
    offset = at.astimezone(zone_named(zone)).utcoffset()
    assert offset is not None
    assert at.utcoffset() == timedelta(minutes=round(offset.total_seconds() / 60)), (time, zone)
