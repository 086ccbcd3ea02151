"""Changes of meaning, with the label changed alike."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from vindue.corpus.cases import Case
from vindue.corpus.edits import Edit, Part, apply, quote_parts, requote, title_part, words_parts
from vindue.corpus.export import ZONE
from vindue.corpus.labels import Label
from vindue.corpus.perturb_data import NamedSystem, perturbations
from vindue.corpus.written import (
    has_half_days,
    month_numbers,
    rewrite,
    written_clocks,
    written_dates,
)

# A text whose calendar is in doubt has no one way to be shifted.
_DOUBTFUL = frozenset(("conflict", "dst"))
_DOUBTFUL_DEFECTS = ("conflict.", "typo.month", "typo.day", "typo.date", "typo.time", "date.")
# What tells a day in a form that is not rewritten.
_OTHER_DAYS = re.compile(
    r"\b\d{1,2}/\d{1,2}\b|\b\d{1,2}[.-]\d{1,2}[.-]\d{2}\b(?!\d)|\b(?:week|uge)[ ]\d", re.IGNORECASE
)
_LAST_HOUR = 23
_WORD = re.compile(r"[^\W\d_]{3,}")


class _CannotMoveError(Exception):
    """A time that has no one place after the shift."""


def _doubtful(label: Label) -> bool:
    return (
        label.unsure
        or not _DOUBTFUL.isdisjoint(label.difficulty)
        or any(defect.code.startswith(_DOUBTFUL_DEFECTS) for defect in label.defects)
        or any(window.timezone_said for window in label.windows)
    )


def _moved(value: object, by: timedelta) -> object:
    """The same clock of the zone ``by`` later; a date likewise."""
    if not isinstance(value, datetime):
        return value + by if isinstance(value, date) else value
    zone = ZoneInfo(ZONE)
    wall = value.replace(tzinfo=None) + by
    there = wall.replace(tzinfo=zone)
    back = there.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    if back != wall or there.replace(fold=1).utcoffset() != there.utcoffset():
        raise _CannotMoveError
    return there


def _change(value: object, leaf: Callable[[str, object], object], key: str = "") -> object:
    """A plain label rebuilt with every leaf changed; lists keep their key."""
    if isinstance(value, dict):
        return {name: _change(one, leaf, name) for name, one in value.items()}
    if isinstance(value, list):
        return [_change(one, leaf, key) for one in value]
    return leaf(key, value)


def _relabelled(
    case: Case, edits: list[Edit], leaf: Callable[[str, object], object]
) -> Case | None:
    """The case with text, quotes and label changed; null where there is no way."""
    changed, quotes = apply(case, edits), requote(case, edits)

    def quoting(key: str, value: object) -> object:
        if key in ("quote", "title") and isinstance(value, str):
            return quotes.get(value, value)
        return leaf(key, value)

    try:
        plain = _change(case.label.model_dump(), quoting)
    except _CannotMoveError:
        return None
    return changed and replace(changed, label=type(case.label).model_validate(plain))


def _regions(case: Case) -> list[Part]:
    """The whole text; a title is a region of its own, for it is glued to its stamp."""
    title = title_part(case)
    if title is None:
        return [Part(0, len(case.text))]
    return [Part(0, title.start), title, Part(title.end, len(case.text))]


def _told_days(label: Label) -> set[date]:
    """The days of windows and updates."""
    times: list[date | None] = []
    for window in label.windows:
        times += [window.start, window.end, window.planned_start, window.planned_end]
        times.append(window.actual_end)
    for revision in label.revisions:
        times += [revision.at, revision.end]
    return {at.date() if isinstance(at, datetime) else at for at in times if at is not None}


def _untold(case: Case, edits: list[Edit]) -> bool:
    """Whether a day stands in the text that no edit moves."""
    for part in words_parts(case):
        inner = case.text[part.start : part.end]
        words = (m for m in _WORD.finditer(inner) if m.group().lower() in month_numbers())
        for match in (*_OTHER_DAYS.finditer(inner), *words):
            at = match.start() + part.start
            if match.group() != "may" and not any(e.start <= at < e.end for e in edits):
                return True
    return False


def shift_weeks(case: Case, rng: Random) -> Case | None:
    """All days by whole weeks, stamps too, so that every weekday holds."""
    published = case.label.published_at
    if _doubtful(case.label) or not case.label.windows or published is None:
        return None
    by = timedelta(weeks=rng.choice([n for n in range(-9, 10) if n]))
    edits, found = [], {published.date()}
    for part in _regions(case):
        for written in written_dates(case.text, part):
            day = written.on(published.year)
            if day is None or (written.year is None and (day + by).year != day.year):
                return None
            found.add(day)
            edits.append(Edit(written.start, written.end, rewrite(written, day + by)))
    near = found | {day + timedelta(days=1) for day in found}
    if not _told_days(case.label) <= near or _untold(case, edits):
        return None
    return _relabelled(case, edits, lambda _, value: _moved(value, by))


_WINDOW_TIMES = ("start", "end", "planned_start", "planned_end")


def _clocks_of(label: Label) -> set[tuple[int, int]]:
    times = [getattr(window, name) for window in label.windows for name in _WINDOW_TIMES]
    return {(at.hour, at.minute) for at in times if at is not None}


def _quoted_clocks(case: Case) -> set[tuple[int, int]] | None:
    """The schedule's clock times, if the quotes tell these and no others.

    Null too where an update or a close tells times that would have to follow.
    """
    label, quotes = case.label, quote_parts(case)
    if _doubtful(label) or label.revisions or any(w.actual_end for w in label.windows):
        return None
    if any(has_half_days(case.text, part) for part in quotes):
        return None
    quoted = [clock for part in quotes for clock in written_clocks(case.text, part)]
    wanted = _clocks_of(label)
    return wanted if wanted and {(c.hour, c.minute) for c in quoted} == wanted else None


def shift_hours(case: Case, rng: Random) -> Case | None:
    """The schedule's clock times by whole hours within their days."""
    wanted = _quoted_clocks(case)
    if wanted is None:
        return None
    low, high = min(hour for hour, _ in wanted), max(hour for hour, _ in wanted)
    free = [n for n in range(-4, 5) if n and low + n >= 0 and high + n <= _LAST_HOUR]
    if not free:
        return None
    hours = rng.choice(free)
    edits = [
        Edit(clock.start, clock.end, f"{clock.hour + hours:02d}{clock.mark}{clock.minute:02d}")
        for part in words_parts(case)
        for clock in written_clocks(case.text, part)
        if (clock.hour, clock.minute) in wanted
    ]
    if _title_tells_more(case, edits):
        return None
    by = timedelta(hours=hours)

    def leaf(key: str, value: object) -> object:
        return _moved(value, by) if key in _WINDOW_TIMES else value

    return _relabelled(case, edits, leaf)


def _title_tells_more(case: Case, edits: list[Edit]) -> bool:
    """Whether digits of the title belong neither to a date nor to an edit."""
    title = title_part(case)
    if title is None:
        return False
    known = [(each.start, each.end) for each in written_dates(case.text, title)]
    known += [(edit.start, edit.end) for edit in edits]
    digits = (n for n in range(title.start, title.end) if case.text[n].isdigit())
    return not all(any(start <= n < end for start, end in known) for n in digits)


def _name(system: NamedSystem) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(system.name)}(?![\w-]|[ ]\d)")


def swap_system(case: Case, rng: Random) -> Case | None:
    """One system's name for another's, where the text knows it by that name only."""
    label, words = case.label, [case.text[p.start : p.end] for p in words_parts(case)]
    if any(defect.code.startswith(("typo.system", "conflict.systems")) for defect in label.defects):
        return None
    listed = perturbations().systems
    there = [s for s in listed if s.id in label.systems and any(map(_name(s).search, words))]
    away = [
        s for s in listed if s.id not in label.systems and s.name.lower() not in case.text.lower()
    ]
    if not there or not away:
        return None
    old, new = rng.choice(there), rng.choice(away)
    pattern = _name(old)
    edits = [
        Edit(match.start(), match.end(), new.name)
        for part in words_parts(case)
        for match in pattern.finditer(case.text, part.start, part.end)
    ]

    def leaf(key: str, value: object) -> object:
        return new.id if key == "systems" and value == old.id else value

    return _relabelled(case, edits, leaf)
