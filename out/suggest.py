"""A diagnostic → the text that would mend what it speaks of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from vindue.grammars.linting import Fix
from vindue.grammars.rendering import RenderLanguage, load_rendering
from vindue.nlp.record import Diagnostic, Record
from vindue.out.dates import HOME_ZONE, current, interval_words, moment_of, planned
from vindue.out.names import registered
from vindue.out.rewording import capitals_of, clock, dated, moment, with_year

_EITHER: Final = "/"


def suggestion(
    fix: Fix | None, item: Diagnostic, written: str, record: Record, language: RenderLanguage
) -> str | None:
    """The text to write for ``written``; ``None`` where none can be made."""
    make = _MAKERS.get(fix) if fix else None
    return make(item, written, record, language) if make else None


def _anew(item: Diagnostic, written: str, record: Record, language: RenderLanguage) -> str | None:
    day = _day(item, record)
    return dated(written, day, language) if day else None


def _with_year(
    item: Diagnostic, written: str, record: Record, language: RenderLanguage
) -> str | None:
    day = _day(item, record)
    return with_year(written, day, language) if day else None


def _with_day(
    item: Diagnostic, written: str, record: Record, language: RenderLanguage
) -> str | None:
    day = _day(item, record)
    return moment(day, written, language) if day else None


def _interval(
    _item: Diagnostic, _written: str, record: Record, language: RenderLanguage
) -> str | None:
    if len(record.windows) != 1:
        return None
    window = record.windows[0]
    return interval_words(load_rendering(language), window, current(window), window.timezone)


def _clock(item: Diagnostic, _written: str, record: Record, language: RenderLanguage) -> str | None:
    zone = record.windows[0].timezone if record.windows else HOME_ZONE
    try:
        return clock(moment_of(item.used or "", zone), language)
    except ValueError:
        return None


def _word(item: Diagnostic, written: str, record: Record, _language: RenderLanguage) -> str | None:
    return capitals_of(written, _weekday_that_fits(item.used, record)) if item.used else None


def _system(
    item: Diagnostic, _written: str, _record: Record, language: RenderLanguage
) -> str | None:
    return registered(language).get(item.used or "")


def _used(
    item: Diagnostic, _written: str, _record: Record, _language: RenderLanguage
) -> str | None:
    return item.used


_MAKERS: Final[dict[Fix, Callable[[Diagnostic, str, Record, RenderLanguage], str | None]]] = {
    "day": _anew,
    "year": _with_year,
    "before": _with_day,
    "interval": _interval,
    "clock": _clock,
    "hour": _clock,
    "word": _word,
    "system": _system,
    "used": _used,
}


def _day(item: Diagnostic, record: Record) -> date | None:
    """The day that was taken: the diagnostic's own, else that of the only window."""
    days = {start.date() for window in record.windows if (start := planned(window).start)}
    only = next(iter(days)) if len(days) == 1 else None
    if item.used is None:
        return only
    try:
        return date.fromisoformat(item.used)
    except ValueError:
        year = item.used if only and item.used.isdigit() else ""
        return only if only and str(only.year) == year else None


def _weekday_that_fits(used: str, record: Record) -> str:
    """Of several words that may be meant, the weekday of one of the notice's own days."""
    if _EITHER not in used:
        return used
    words = used.split(_EITHER)
    told = [window.start for window in record.windows] + [item.at for item in record.revisions]
    days = [moment_of(at, HOME_ZONE) for at in told if at]
    for language in ("da", "en"):
        weekdays = load_rendering(language).calendar.weekday
        for day in days:
            names = weekdays[day.weekday()].names
            fitting = next((word for word in words if word in names), None)
            if fitting:
                return fitting
    return words[0]
