"""What a notice tells of time, gathered line by line for the schedule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from vindue.nlp.bearing import Told, Weighed, kept, weigh, without
from vindue.nlp.decoys import DecoyReader, Decoys
from vindue.nlp.field_parts import Fields
from vindue.nlp.fields import read_fields
from vindue.nlp.label_reader import LabelReader
from vindue.nlp.lifecycle import LifecycleReader, LifeLine
from vindue.nlp.limits import Deadline, within
from vindue.nlp.listed_days import in_lists
from vindue.nlp.mentions.intervals import TimeReader
from vindue.nlp.mentions.times import Interval, LineTimes
from vindue.nlp.readings import SystemMention
from vindue.nlp.record import Status
from vindue.nlp.spans import Line, Span
from vindue.nlp.told_lines import Telling
from vindue.nlp.updates import ReadLines, read_updates
from vindue.nlp.values import dataclass, replace

NEAR_LINES: Final = 2
RENEWED: Final = "moved"
CLOSED: Final = frozenset({"cancelled", "postponed"})
STATUSES: Final[tuple[Status, ...]] = ("duplicate", "cancelled", "postponed", "completed")


@dataclass(frozen=True, slots=True)
class TellingReaders:
    """The readers that a telling needs; ``systems_in`` names systems in a text at an offset."""

    times: TimeReader
    lifecycle: LifecycleReader
    labels: LabelReader
    decoys: DecoyReader
    systems_in: Callable[[str, int], tuple[SystemMention, ...]]


def tell(
    title: Line | None,
    lines: tuple[Line, ...],
    readers: TellingReaders,
    always_about: bool,
    deadline: Deadline,
) -> Telling:
    """Read every line's times and lifecycle; fields and events come out of the lines together.

    ``always_about``: the source publishes nothing but windows; otherwise the
    text must show that it is about one. Raises ``OverLimitError`` at the deadline.
    """
    told = tuple(readers.times.read(line.text, line.span.start) for line in within(lines, deadline))
    passed = readers.decoys.read(lines, told)
    lives = tuple(
        _without(readers.lifecycle.read(line, line_times), passed.spans)
        for line, line_times in zip(within(lines, deadline), told, strict=True)
    )
    title_times = readers.times.read(title.text, title.span.start) if title else LineTimes()
    status = _title_status(title, title_times, readers.lifecycle)
    deadline.check()
    fields = read_fields(lines, told, readers.times, readers.labels, earlier=passed.earlier)
    fields = _unrenewed(_sound(fields, lives, lines), lives, lines, told)
    rows = fields.labelled if fields.form else frozenset[int]()
    text = Told(title, title_times, lines, told, rows)
    passed, weighed = _weighed(text, passed, readers.decoys, always_about)
    fields = kept(fields, weighed)
    labelled = fields.labelled | fields.history | passed.earlier | passed.lines
    deadline.check()
    read = ReadLines(lines, told, lives, labelled, titled=_whole(title_times))
    updates = read_updates(read, readers.systems_in)
    everywhere = frozenset(line.index for line in lines)
    whole = fields.form or _tells_range(told, labelled | passed.earlier)
    about, form = (True, False) if always_about else _about(text, weighed, whole, readers.decoys)
    return Telling(
        title,
        title_times,
        lines,
        told,
        updates,
        fields,
        passed,
        status,
        about or (form and fields.form and readers.decoys.is_form(lines)),
        everywhere if always_about else _near(title, lines, told, readers.decoys),
        form,
        subjects=everywhere if always_about else _subjects(title, lines, readers.decoys),
        changes={i: tuple(lives[i].kinds.values()) for i in updates.silent},
        doubted=(*weighed.doubted, *_unlabelled(weighed.bare, lines, fields)),
    )


def _about(text: Told, weighed: Weighed, whole: bool, decoys: DecoyReader) -> tuple[bool, bool]:
    """Whether a text is about a window; else whether its form would make it so.

    ``whole``: it tells a start and an end. The form is asked only where
    nothing else shows it.
    """
    title, lines, rows = text.title, text.lines, text.rows
    if decoys.is_about_window(title, lines, rows=rows) or _told_beside(title, weighed, decoys):
        return True, False
    ranges = (line for line, told in zip(lines, text.times, strict=True) if told.intervals)
    aimed = any(decoys.purpose(line.text) for line in ranges if line.index not in rows)
    return False, whole and not aimed and decoys.is_about_window(title, lines, True, rows)


def _weighed(
    text: Told, decoys: Decoys, reader: DecoyReader, always_about: bool
) -> tuple[Decoys, Weighed]:
    """What was weighed, where the source tells of other things too, and the decoys with it."""
    weighed = Weighed() if always_about else weigh(text, decoys, reader)
    return without(decoys, weighed, text), weighed


def _unlabelled(
    sentences: tuple[Span, ...], lines: tuple[Line, ...], fields: Fields
) -> tuple[Span, ...]:
    """The sentences that are no field: a label says what its value is."""
    labelled = [line.span for line in lines if line.index in fields.labelled]
    return tuple(s for s in sentences if not any(n.start <= s.start < n.end for n in labelled))


def _told_beside(title: Line | None, weighed: Weighed, decoys: DecoyReader) -> bool:
    """Whether a text of another kind tells a window in a sentence that says so itself."""
    return bool(weighed.said) and not (title and decoys.titles_another(title, wholly=True))


def _without(life: LifeLine, spans: tuple[Span, ...]) -> LifeLine:
    """A line's words for what became of a window, but those in sentences of something else."""
    if not life.kinds or not spans:
        return life
    kinds = {
        kind: said
        for kind, said in life.kinds.items()
        if not any(span.start <= said.start < span.end for span in spans)
    }
    return life if len(kinds) == len(life.kinds) else replace(life, kinds=kinds)


def _title_status(
    title: Line | None, times: LineTimes, lifecycle: LifecycleReader
) -> Status | None:
    kinds = lifecycle.read(title, times).kinds if title is not None else {}
    if RENEWED in kinds and times.intervals:
        return None  # "Cancelled. New window: …": it takes place
    return next((name for name in STATUSES if name in kinds), None)


def _subjects(title: Line | None, lines: tuple[Line, ...], decoys: DecoyReader) -> frozenset[int]:
    """Lines that speak of a window; all, where the title does."""
    if title is not None and decoys.window_lines((title,)):
        return frozenset(line.index for line in lines)
    return decoys.window_lines(lines)


def _tells_range(told: tuple[LineTimes, ...], passed: frozenset[int]) -> bool:
    """True where prose tells a dated range of clock times; ``passed`` are lines of other use."""
    return any(
        i.start is not None and i.end is not None and bool(i.dates or i.days)
        for index, times in enumerate(told)
        if index not in passed
        for i in times.intervals
    )


def _sound(fields: Fields, lives: tuple[LifeLine, ...], lines: tuple[Line, ...]) -> Fields:
    """Fields without what is an update after all.

    An end alone ("Expected end time …") tells no window, and a headed line
    with words of its own ("Update 15:23 - …") is no bare stamp; one that tells
    a whole window ("Revised window: …") is a field too.
    """
    updating = {i for i, life in enumerate(lives) if life.headed and not life.empty}
    told = fields.intervals
    kept = tuple(
        f for f in told if _tells_window(f.interval, lines[f.line] if f.line in updating else None)
    )
    dropped = {f.line for f in told} - {f.line for f in kept}
    return replace(fields, intervals=kept, labelled=fields.labelled - dropped - updating)


def _unrenewed(
    fields: Fields,
    lives: tuple[LifeLine, ...],
    lines: tuple[Line, ...],
    times: tuple[LineTimes, ...],
) -> Fields:
    """Fields without a "New time: 11:00-14:00" beside the window that it takes the place of.

    Where the form tells the old time under a label too, it is no update but a form.
    """
    if any(f.told_as == "earlier" for f in fields.intervals):
        return fields
    renewing = {
        f.line
        for f in fields.intervals
        if f.told_as == "now" and _renews(lives[f.line], lines[f.line]) and _whole(times[f.line])
    }
    kept = tuple(f for f in fields.intervals if f.line not in renewing)
    passed = fields.labelled | fields.history
    prose = (told for at, told in enumerate(times) if at not in passed)
    if not any(f.told_as == "now" for f in kept) and not any(_whole(told) for told in prose):
        return fields
    return replace(fields, intervals=kept, labelled=fields.labelled - renewing)


def _renews(life: LifeLine, line: Line) -> bool:
    """Whether the line, or what follows its "Cancelled.", opens with words such as "New time"."""
    said = life.kinds.get(RENEWED)
    if said is None:
        return False
    before = line.text[: said.start - line.span.start].rstrip(" \t*•")
    # "Cancelled. New window: …" tells of the old one first
    closed = bool(life.kinds.keys() & CLOSED) and before.endswith((".", "!", "-", "–"))
    return closed or not before.strip(" \t-*•–")


def _whole(times: LineTimes) -> bool:
    return any(i.start is not None and i.end is not None for i in times.intervals)


def _tells_window(interval: Interval, update: Line | None) -> bool:
    """Whether a field tells a window; on the line of an update only a whole one behind its label.

    "Revised window: …" is one; "Update: it has been moved. New time: …" is told by the update.
    """
    if update is None:
        return bool(interval.start or interval.dates)
    before = update.text[: interval.span.start - update.span.start]
    alone = before.count(":") <= 1 and "." not in before
    return alone and bool(interval.start and interval.end and interval.dates)


def around(indices: frozenset[int]) -> frozenset[int]:
    """Lines within ``NEAR_LINES`` of any of ``indices``."""
    steps = range(-NEAR_LINES, NEAR_LINES + 1)
    return frozenset(index + step for index in indices for step in steps)


def _near(
    title: Line | None, lines: tuple[Line, ...], told: tuple[LineTimes, ...], decoys: DecoyReader
) -> frozenset[int]:
    """Lines near one that speaks of a window, with the whole list; all, where the title does."""
    if title is not None and decoys.subject_lines((title,)):
        return frozenset(line.index for line in lines)
    return in_lists(around(decoys.subject_lines(lines)), told)
