"""Flaws that no diagnostic speaks of: worked out from the record and its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from vindue.grammars.rendering import RenderLanguage, load_rendering
from vindue.grammars.time import load_time_grammar
from vindue.nlp.record import Record, Window
from vindue.nlp.spans import Span
from vindue.out.dates import (
    clock_note,
    current,
    interval_words,
    is_ambiguous,
    planned,
)
from vindue.out.rewording import calendar_forms, capitals_of, moment


@dataclass(frozen=True, slots=True)
class Remark:
    """A rule that something breaks: where, what it was read as, and what would mend it."""

    rule: str
    span: Span
    used: str = ""
    suggestion: str | None = None


_LONG: Final = timedelta(hours=16)
_NEAR: Final = 40
_PAIR: Final = re.compile(r"(?<!\w)(?P<first>[^\W\d_]{3,}) (?=(?P<second>[^\W\d_]{3,})(?!\w))")
_WORD: Final = re.compile(r"[^\W\d_]+")
_FREE_ZONE_PROFILE: Final = "generic"
_LOCAL: Final = "local"
_CLOCK_CONCEPTS: Final = ("summer", "standard")
_ZONE_CONCEPTS: Final = (*_CLOCK_CONCEPTS, _LOCAL)
# A word of one or two letters ("st") stands for too much else to tell anything.
_SIGN: Final = 2
_NAME: Final = 6


def worked_out(text: str, record: Record, language: RenderLanguage) -> Iterator[Remark]:
    """The flaws of one record; ``language`` is that of the notice."""
    for index, window in enumerate(record.windows):
        yield from _order(text, record, index, window, language)
        yield from _clock_change(text, record, index, window, language)
        yield from _past(record, index, window, language)
        yield from _no_zone(text, record, index, window, language)
    yield from _two_weekdays(text, record, language)
    yield from _no_systems(record)
    yield from _other_language(text, record, language)


def _places(record: Record, field: str) -> list[Span]:
    spans = {Span(item.start, item.end) for item in record.evidence if item.field == field}
    return sorted(spans)


def _place(record: Record, index: int) -> Span:
    told = _places(record, f"/windows/{index}/start") + _places(record, f"/windows/{index}/end")
    if not told:
        return Span(record.source.start, record.source.start)
    near = [span for span in told if span.start - told[0].end <= _NEAR]
    return Span(told[0].start, max(span.end for span in near))


def _words(window: Window, language: RenderLanguage) -> str:
    return interval_words(load_rendering(language), window, current(window), window.timezone)


def _order(
    text: str, record: Record, index: int, window: Window, language: RenderLanguage
) -> Iterator[Remark]:
    """One day told, two clock times, the second one earlier: nearly a day long."""
    interval = planned(window)
    places = _places(record, f"/windows/{index}/end")
    if interval.start is None or interval.end is None or len(places) != 1:
        return
    start, end = interval.start, interval.end
    overnight = end.date() == start.date() + timedelta(days=1)
    backwards = (0, 0) < (end.hour, end.minute) < (start.hour, start.minute)
    if overnight and backwards and end - start > _LONG:
        told = moment(end.date(), places[0].of(text), language)
        yield Remark("order", places[0], _words(window, language), told)


def _clock_change(
    text: str, record: Record, index: int, window: Window, language: RenderLanguage
) -> Iterator[Remark]:
    """The clocks change within the window and no word of the notice says so."""
    note = clock_note(load_rendering(language), window)
    if note is None or any(is_ambiguous(at) for at in _ends(window)):
        return
    if not _named(_CLOCK_CONCEPTS).search(_notice(text, record)):
        place = _place(record, index)
        suggested = f"{place.of(text)}. {note.rstrip('.')}" if len(place) else None
        yield Remark("clock-change", place, _words(window, language), suggested)


def _past(record: Record, index: int, window: Window, language: RenderLanguage) -> Iterator[Remark]:
    published = datetime.fromisoformat(record.published_at) if record.published_at else None
    end = current(window).end
    if published and end and end <= published and window.status == "scheduled":
        yield Remark("past", _place(record, index), _words(window, language))


def _no_systems(record: Record) -> Iterator[Remark]:
    for impact in record.impacts:
        if not impact.systems:
            yield Remark("no-systems", Span(impact.start, impact.end))
    if record.windows and not record.systems and not record.impacts:
        yield Remark("no-systems", _place(record, 0))


def _two_weekdays(text: str, record: Record, language: RenderLanguage) -> Iterator[Remark]:
    """Two weekdays side by side, of which one at most can be meant."""
    for match in _PAIR.finditer(text, record.source.start, record.source.end):
        first, second = (_weekday(match[name]) for name in ("first", "second"))
        if not first or not second or first == second:
            continue
        fitting = [day for day in (first, second) if day in _weekdays_of(record)]
        name = _weekday_name(language, fitting[0]) if fitting else ""
        mended = capitals_of(match["first"], name) if fitting else None
        yield Remark("weekday", Span(match.start(), match.end("second")), name, mended)


def _weekday(word: str) -> int | None:
    forms = calendar_forms().get(word.casefold(), ())
    return next((number for _, kind, number, _ in forms if kind == "weekday"), None)


def _weekday_name(language: RenderLanguage, number: int) -> str:
    return load_rendering(language).calendar.weekday[number - 1].names[0]


def _weekdays_of(record: Record) -> set[int]:
    moments = [at for window in record.windows for at in _ends(window)]
    return {at.isoweekday() for at in moments}


def _ends(window: Window) -> list[datetime]:
    first, last = planned(window), current(window)
    return [at for at in (first.start, first.end, last.start, last.end) if at]


def _other_language(text: str, record: Record, language: RenderLanguage) -> Iterator[Remark]:
    """Names of months and weekdays in a notice of another language."""
    if record.language == "mixed":
        return
    spans = {
        span
        for field in _time_fields(record)
        for span in _places(record, field)
        if span.end - span.start <= _NEAR
    }
    for span in sorted(spans):
        for match in _WORD.finditer(text, span.start, span.end):
            forms = calendar_forms().get(match.group().casefold(), ())
            if forms and all(form[0] != language for form in forms):
                _, kind, number, short = forms[0]
                entries = getattr(load_rendering(language).calendar, kind)
                entry = next(item for item in entries if item.number == number)
                name = entry.short[0] if short and entry.short else entry.names[0]
                place = Span(match.start(), match.end())
                yield Remark("other-language", place, name, capitals_of(match.group(), name))


def _time_fields(record: Record) -> Iterator[str]:
    for index in range(len(record.windows)):
        for name in ("start", "end", "actual_end", "planned_start", "planned_end"):
            yield f"/windows/{index}/{name}"
    for index in range(len(record.revisions)):
        yield f"/revisions/{index}"


def _no_zone(
    text: str, record: Record, index: int, window: Window, language: RenderLanguage
) -> Iterator[Remark]:
    """Only where the source has no zone of its own, as an agency's page has."""
    if record.source.profile != _FREE_ZONE_PROFILE or window.precision == "day":
        return
    if not _named(_ZONE_CONCEPTS).search(_notice(text, record)):
        place = _place(record, index)
        zones = {at.tzname() or "" for at in _ends(window)}
        sole = zones.pop() if len(zones) == 1 else ""
        suggested = f"{place.of(text)} {sole}" if sole.isalpha() and len(place) else None
        yield Remark("no-zone", place, window.timezone, suggested)


def _notice(text: str, record: Record) -> str:
    return text[record.source.start : record.source.end]


@cache
def _named(concepts: tuple[str, ...]) -> re.Pattern[str]:
    """The words of these concepts; with the zones' own names where any zone will do."""
    grammar = load_time_grammar()
    words = [form for concept, forms in grammar.words if concept in concepts for form in forms]
    names = [rf"(?i:{re.escape(word)})" for word in words if len(word) > _SIGN]
    if _LOCAL in concepts:
        names += [re.escape(name) for zone in grammar.zones for name in zone.names]
    # a long word may be inflected ("sommertiden"), a zone's name stands as it is
    inflected = [rf"(?i:{re.escape(word)})\w*" for word in words if len(word) > _NAME]
    return re.compile(rf"(?<!\w)(?:{'|'.join([*inflected, *names])})(?!\w)")
