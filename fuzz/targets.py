"""What is fuzzed: a reader each, as a function of bytes that raises for what must not be.

Nothing here knows the tool that makes the bytes: ``run.py`` drives these with
atheris, the tests with seeds and Hypothesis.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from tests.whole import as_opened, check_record
from vindue.grammars.load import load_profile
from vindue.grammars.schema import Profile
from vindue.grammars.time import load_time_grammar
from vindue.nlp.adapters import html, ical, mail, statuspage
from vindue.nlp.adapters.envelope import Envelope
from vindue.nlp.adapters.opening import open_input
from vindue.nlp.decoding import UnreadableError
from vindue.nlp.inputs import Settings, mend, read_opened, read_page, read_text
from vindue.nlp.jsonl import parse_line, read_jsonl, split_jsonl
from vindue.nlp.mentions.intervals import TimeReader
from vindue.nlp.mentions.times import LineTimes
from vindue.nlp.notices import page_notices
from vindue.nlp.spans import Notice, Span

Target = Callable[[bytes], None]

ROOT: Final = Path(__file__).resolve().parents[1]
ZONE: Final = ZoneInfo("Europe/Copenhagen")
_SKAT: Final = "skat"
_SPLIT_MAX: Final = 20_000
_READ_MAX: Final = 2_000
_LINE_MAX: Final = 400
_DAY_END: Final = 24 * 60
_MONTHS: Final = 12
_WEEK: Final = 7


def as_text(data: bytes) -> str:
    """Any bytes as a text; lone surrogates are let through."""
    return data.decode("utf-8", "surrogatepass" if b"\xed" in data else "replace")


def page(data: bytes) -> None:
    """The splitter of pages: its notices tile the page, and pieces stand where they say."""
    text = _text(data)[:_SPLIT_MAX]
    notices = page_notices(text, _profile(), ZONE)
    if not notices:
        assert not any(sign.isalnum() for sign in text)
        return
    assert notices[0].span.start == 0
    assert notices[-1].span.end == len(text)
    for above, below in pairwise(notices):
        assert above.span.end == below.span.start
    for notice in notices:
        assert len(notice.span) > 0
        _check_pieces(notice)


def times(data: bytes) -> None:
    """The time grammar: what a line tells lies within it, and is a time that can be."""
    for line in _text(data).splitlines()[:5]:
        _check_times(_times().read(line[:_LINE_MAX], 7), Span(7, 7 + len(line[:_LINE_MAX])))


def notice(data: bytes) -> None:
    """The whole engine on one text."""
    text = _text(data)[:_READ_MAX]
    check_record(read_text(text, "fuzz", Settings()), as_opened(text))


def records(data: bytes) -> None:
    """The whole engine on a page."""
    text = _text(data)[:_READ_MAX]
    for record in read_page(text, "fuzz", Settings(_SKAT)):
        check_record(record, text)


def html_page(data: bytes) -> None:
    """The reader of HTML, and what the engine makes of it."""
    _form(data, "html", lambda: (html.html_text(data), html._decode(data, ZONE))[1])


def mail_message(data: bytes) -> None:
    """The reader of e-mail, and what the engine makes of it."""
    _form(data, "mail", lambda: mail._decode(data, ZONE))


def calendar(data: bytes) -> None:
    """The reader of iCalendar, and what the engine makes of it."""
    _form(data, "ical", lambda: ical._decode(data, ZONE))


def status_page(data: bytes) -> None:
    """The reader of status pages' JSON, and what the engine makes of it."""
    _form(data, "statuspage", lambda: statuspage._decode(data, ZONE))


def json_lines(data: bytes) -> None:
    """The reader of JSON lines: one record a line, in order."""
    text = _text(data)[:_READ_MAX]
    lines = split_jsonl(text)
    found = list(read_jsonl(text, "fuzz", Settings()))
    assert [record.source.line for record in found] == list(range(1, len(lines) + 1))
    for line, record in zip(lines, found, strict=True):
        malformed = any(d.code == "input.malformed" for d in record.diagnostics)
        if not malformed:
            check_record(record, as_opened(parse_line(line).text))


TARGETS: Final[dict[str, Target]] = {
    "page": page,
    "times": times,
    "html": html_page,
    "mail": mail_message,
    "jsonl": json_lines,
    "ical": calendar,
    "statuspage": status_page,
    "notice": notice,
    "records": records,
}
"""By the name of the folder that holds the target's seeds."""


@cache
def _times() -> TimeReader:
    return TimeReader(load_time_grammar())


def _profile() -> Profile:
    return load_profile(_SKAT)


def _text(data: bytes) -> str:
    try:
        return as_text(data)
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def _form(data: bytes, form: str, decode: Callable[[], tuple[Envelope, ...]]) -> None:
    """An input in an outer form: first the bare reader, then through the door.

    A library beneath may raise what it likes, the door catches it; but what
    our own code raises is a fault, though the door would catch that too.
    """
    try:
        decode()
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        ours = (
            ROOT in Path(last.filename).resolve().parents and "site-packages" not in last.filename
        )
        if ours and not isinstance(error, (ValueError, UnreadableError)):
            raise
    opened = open_input(data, "fuzz", ZONE, form)
    _check_envelopes(opened.envelopes)
    found = read_opened(opened, "fuzz", Settings())
    if opened.form == "page":
        for record in found:
            check_record(record, opened.text)
        return
    assert len(found) == len(opened.envelopes)
    for envelope, record in zip(opened.envelopes, found, strict=True):
        check_record(record, envelope.notice.text)


def _check_envelopes(envelopes: tuple[Envelope, ...]) -> None:
    for envelope in envelopes:
        text = envelope.notice.text
        assert text == mend(text), "a lone surrogate can't be written out"
        pieces = [version.text for version in envelope.history]
        pieces += [piece for _, piece in envelope.labels]
        for piece in pieces:
            assert piece.span.of(text) == piece.text
        _check_pieces(envelope.notice)


def _check_pieces(found: Notice) -> None:
    pieces = [*found.tags, *([found.title] if found.title else [])]
    for piece in pieces:
        assert piece.span.of(found.text) == piece.text
        assert piece.text == piece.text.strip() != ""
    for span in (found.updated, found.body, found.published):
        assert span is None or found.span.start <= span.start <= span.end <= found.span.end
    for finding in found.findings:
        assert finding.span is None or 0 <= finding.span.start <= finding.span.end
        assert finding.span is None or finding.span.end <= len(found.text)


def _check_times(told: LineTimes, within: Span) -> None:
    """Spans within the line; clock times of a day, days of a month, months of a year."""
    spread = (*told.intervals, *told.points, *told.ends)
    dates = [*told.dates, *(day for days in told.days for day in (days.first, days.last))]
    dates += [day for part in spread for day in (*part.dates, *part.end_dates, *part.listed)]
    clocks = [*told.clocks, *(clock for p in spread for clock in (p.start, p.end) if clock)]
    spans = [part.span for part in spread] + [date.span for date in dates]
    spans += [clock.span for clock in clocks] + [days.span for days in told.days]
    spans += [length.span for length in told.durations]
    for span in spans:
        assert within.start <= span.start < span.end <= within.end, span
    for date in dates:
        assert all(1 <= month <= _MONTHS for month in date.months), date
        assert all(1 <= weekday <= _WEEK for weekday in date.weekdays), date
    for clock in clocks:
        for minute in (clock.minute, *clock.alternatives):
            assert 0 <= minute <= _DAY_END, clock
    for duration in told.durations:
        assert duration.minutes >= 0, duration
