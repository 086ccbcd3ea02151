"""Revisions and states in words: what has become of the windows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from vindue.grammars.rendering import Change, Rendering
from vindue.nlp.record import Record, Revision, RevisionKind, Window
from vindue.out.dates import (
    current,
    day_words,
    interval_words,
    moment_of,
    moment_words,
    planned,
)
from vindue.out.names import sentence

# The kinds that may carry a window's new interval, and the length of a bare date.
_CARRIERS: tuple[RevisionKind, ...] = (
    "moved", "edited", "delayed", "extended", "shortened", "postponed",
)  # fmt: skip
# The kinds that move a window whole: an end alone would be read as a new start.
_WHOLE: tuple[RevisionKind, ...] = ("moved", "postponed")
_DATE_LENGTH = len("2025-06-02")


@dataclass(frozen=True, slots=True)
class Teller:
    """What the sentences on one record need: templates, names, zones."""

    words: Rendering
    names: Mapping[str, str]
    record: Record
    home: str

    @property
    def zone(self) -> str:
        """The zone that the record's own stamps are told in."""
        return self.record.windows[0].timezone if self.record.windows else self.home


def change_lines(teller: Teller) -> list[str]:
    """Every revision in text order, then what no revision tells: ends, states."""
    carried = _carried_windows(teller.record)
    lines = [
        _stamped(teller, revision, _revision_text(teller, revision, carried.get(index)))
        for index, revision in enumerate(teller.record.revisions)
    ]
    return [*lines, *_untold(teller, carried)]


def _carried_windows(record: Record) -> dict[int, Window]:
    """Which revision tells which window's own interval.

    A move tells the new one, where start and end changed or no end is told; a
    state that is not the notice's tells which window came to it.
    """
    free = [window for window in record.windows if _is_moved(window, _told_ends(record))]
    apart = [window for window in record.windows if window.status != record.status]
    carried: dict[int, Window] = {}
    for index, revision in enumerate(record.revisions):
        if revision.systems:
            continue
        if revision.kind in _CARRIERS:
            fits = [item for item in free if revision.end in (None, item.end)]
            again = [item for item in carried.values() if revision.end == item.end]
            for item in (*fits, *again)[:1]:
                carried[index] = item
            free = [item for item in free if item not in fits[:1]]
        fits = [item for item in apart if item.status == revision.kind]
        if fits and index not in carried:
            carried[index] = fits[0]
            apart.remove(fits[0])
    return carried


def _told_ends(record: Record) -> set[str]:
    """Ends that a revision tells well enough: of several windows it must say which."""
    several = len({(window.start, window.end) for window in record.windows}) > 1
    return set() if several else {item.end for item in record.revisions if item.end}


def _is_moved(window: Window, ends: set[str]) -> bool:
    start_moved = window.planned_start is not None and window.planned_start != window.start
    end_moved = window.planned_end is not None and window.planned_end != window.end
    return start_moved or (end_moved and window.end not in ends)


def _revision_text(teller: Teller, revision: Revision, window: Window | None) -> str:
    words = teller.words.change
    form: Change = getattr(words, revision.kind)
    if revision.kind == "duplicate" and teller.record.duplicate_of:
        return words.duplicate_of.format(url=teller.record.duplicate_of)
    if revision.systems:
        return sentence(teller.words, form.systems, revision.systems, teller.names)
    if window is not None:
        return _window_text(teller, form, window)
    if revision.end and revision.kind not in _WHOLE:
        return form.end.format(end=_told(teller, moment_of(revision.end, teller.zone)))
    return _endless(teller, revision.kind) or form.plain


def _window_text(teller: Teller, form: Change, window: Window) -> str:
    """What became of one window; of several it is told by its planned time which is meant."""
    now, before = _interval(teller, window), None
    if window.planned_start and window.planned_end and len(teller.record.windows) > 1:
        before = interval_words(teller.words, window, planned(window), teller.home)
    if before is not None and before != now and form.several is not None:
        return form.several.format(planned=before, interval=now)
    return form.interval.format(interval=now)


def _endless(teller: Teller, kind: RevisionKind) -> str | None:
    """What can be told of a revision without a new end, beyond its kind."""
    if kind == "delayed" and any(item.open_end for item in teller.record.windows):
        return teller.words.change.no_horizon
    return _edited(teller) if kind == "edited" else None


def _edited(teller: Teller) -> str | None:
    """What was edited in place: the end of which the notice no longer tells what it was."""
    words = teller.words.change
    for window in teller.record.windows:
        if window.start and window.planned_start is None:
            start = _told(teller, moment_of(window.start, window.timezone))
            return words.new_start.format(start=start)
        if window.end and window.planned_end is None:
            return words.new_end.format(end=_told(teller, moment_of(window.end, window.timezone)))
    return None


def _interval(teller: Teller, window: Window) -> str:
    return interval_words(teller.words, window, current(window), teller.home)


def _told(teller: Teller, moment: datetime) -> str:
    said = moment_words(teller.words, moment)
    if teller.zone == teller.home:
        return said
    return teller.words.interval.zone.format(interval=said, zone=teller.zone)


def _stamped(teller: Teller, revision: Revision, text: str) -> str:
    words = teller.words
    if revision.at is None:
        return words.change.unstamped.format(text=text)
    if len(revision.at) == _DATE_LENGTH:
        at = day_words(words, datetime.fromisoformat(revision.at))
    else:
        at = _told(teller, moment_of(revision.at, teller.zone))
    return words.change.stamped.format(at=at, text=text)


def _untold(teller: Teller, carried: Mapping[int, Window]) -> list[str]:
    record, words = teller.record, teller.words.change
    lines = []
    ends = _told_ends(record)
    told = {id(window) for window in carried.values()}
    for window in record.windows:
        if _is_moved(window, ends) and id(window) not in told:
            text = _window_text(teller, words.moved, window)
            lines.append(words.unstamped.format(text=text))
        if window.status != record.status and id(window) not in told:
            lines.append(_window_state(teller, window))
    lines.extend(_untold_ends(teller))
    if record.status != "scheduled" and all(
        revision.kind != record.status for revision in record.revisions
    ):
        form: Change = getattr(words, record.status)
        duplicate = record.status == "duplicate" and record.duplicate_of
        text = words.duplicate_of.format(url=duplicate) if duplicate else form.plain
        lines.append(words.unstamped.format(text=text))
    return lines


def _window_state(teller: Teller, window: Window) -> str:
    words = teller.words.change
    interval = interval_words(teller.words, window, planned(window), teller.home)
    if window.status == "scheduled":
        return words.unstamped.format(text=words.still.format(interval=interval))
    form: Change = getattr(words, window.status)
    return words.unstamped.format(text=form.interval.format(interval=interval))


def _untold_ends(teller: Teller) -> list[str]:
    stamps = {item.at for item in teller.record.revisions if item.kind == "completed"}
    words = teller.words.change
    return [
        words.ended.format(at=_told(teller, moment_of(window.actual_end, window.timezone)))
        for window in teller.record.windows
        if window.actual_end and window.actual_end not in stamps
    ]
