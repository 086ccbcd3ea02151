"""Flaws of the labels themselves; nothing here calls the parser.

Each check is a plain function from a case to messages, listed in ``CHECKS``;
the checks of the corpus as a whole stand in ``corpus_check``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from vindue.corpus.calendar import days_in, weekdays_in
from vindue.corpus.cases import Case
from vindue.corpus.export import ZONE
from vindue.corpus.labels import Label, WindowLabel

# A quote may part from the label's calendar where a defect of these says so.
_EXCUSES = ("conflict.", "typo.weekday", "typo.day", "typo.month", "typo.date", "date.")


def _times(label: Label) -> Iterator[tuple[str, datetime]]:
    for name in ("published_at", "updated_at"):
        if (stamp := getattr(label, name)) is not None:
            yield name, stamp
    for place, window in enumerate(label.windows):
        for name in ("start", "end", "planned_start", "planned_end", "actual_end"):
            if (at := getattr(window, name)) is not None:
                yield f"windows/{place}/{name}", at
    for place, revision in enumerate(label.revisions):
        if isinstance(revision.at, datetime):
            yield f"revisions/{place}/at", revision.at
        if revision.end is not None:
            yield f"revisions/{place}/end", revision.end


def check_offsets(case: Case) -> Iterator[str]:
    """Each time has the offset that the zone had then, and existed there."""
    zone = ZoneInfo(ZONE)
    for name, at in _times(case.label):
        true = at.astimezone(UTC).astimezone(zone)
        if true.replace(tzinfo=None) != at.replace(tzinfo=None):
            yield f"{name}: {at.isoformat()} is {true.isoformat()} in {ZONE}"


def check_order(case: Case) -> Iterator[str]:
    """Starts before ends, windows in order of start, an end or its reason."""
    windows = case.label.windows
    for place, window in enumerate(windows):
        for first, last in (("start", "end"), ("planned_start", "planned_end")):
            start, end = getattr(window, first), getattr(window, last)
            if start is not None and end is not None and start >= end:
                yield f"windows/{place}: {first} is not before {last}"
        if window.end is None and not window.open_end:
            yield f"windows/{place}: no end, but open_end is not set"
        if window.start and window.actual_end and window.actual_end <= window.start:
            yield f"windows/{place}: actual_end is not after start"
        if window.start is None and window.end is None:
            yield f"windows/{place}: neither start nor end"
    starts = [window.start for window in windows if window.start]
    if starts != sorted(starts):
        yield "windows are not in order of start"
    keys = [(w.start, w.end, w.channel, tuple(w.systems or ())) for w in windows]
    if len(set(keys)) < len(keys):
        yield "two windows are the same"


def check_quotes(case: Case) -> Iterator[str]:
    """Quotes are one-line substrings of the notice."""
    label = case.label
    quotes: list[tuple[str, str | None]] = []
    quotes += [(f"windows/{n}", each.quote) for n, each in enumerate(label.windows)]
    quotes += [(f"revisions/{n}", each.quote) for n, each in enumerate(label.revisions)]
    quotes += [(f"defects/{n}", each.quote) for n, each in enumerate(label.defects)]
    for name, quote in quotes:
        if quote is None:
            continue
        if not quote.strip() or "\n" in quote:
            yield f"{name}: a quote is one line that says something"
        elif quote not in case.text:
            yield f"{name}: quote {quote!r} does not stand in the notice"
    for name in ("title", *(() if case.source != "skat" else ("tags",))):
        value = getattr(label, name)
        for part in [value] if isinstance(value, str) else value:
            if part not in case.text:
                yield f"{name}: {part!r} does not stand in the notice"


def _days(window: WindowLabel) -> set[date]:
    times = (window.start, window.end, window.planned_start, window.planned_end)
    days = {at.date() for at in times if at is not None}
    # 24:00 is told of the day that it closes.
    closing = [end for end in (window.end, window.planned_end) if end is not None]
    return days | {(end - timedelta(minutes=1)).date() for end in closing}


def _excused(label: Label) -> bool:
    return any(defect.code.startswith(_EXCUSES) for defect in label.defects)


def check_calendar(case: Case) -> Iterator[str]:
    """Weekday and date of a window's quote agree with its label.

    A quote with several windows' dates agrees if one of its days is the label's.
    Not held against it: a date told in another zone, and a quote that several
    windows share (a list or a recurrence, whose days are not all written out).
    """
    if _excused(case.label):
        return
    uses = Counter(window.quote for window in case.label.windows)
    for place, window in enumerate(case.label.windows):
        if window.timezone_said or uses[window.quote] > 1:
            continue
        days = _days(window)
        named = weekdays_in(window.quote)
        if named and not named & {day.weekday() for day in days}:
            yield f"windows/{place}: none of {sorted(days)} is the quote's weekday"
        written = days_in(window.quote)
        if written and not written & {(day.month, day.day) for day in days}:
            yield f"windows/{place}: none of {sorted(days)} is the quote's date"


def check_systems(case: Case) -> Iterator[str]:
    """Systems sorted and distinct; impacts, windows and revisions name no others."""
    label = case.label
    if label.systems != sorted(set(label.systems)):
        yield "systems are not sorted and distinct"
    parts: list[tuple[str, list[str]]] = []
    parts += [(f"impacts/{n}", each.systems) for n, each in enumerate(label.impacts)]
    parts += [(f"windows/{n}", each.systems or []) for n, each in enumerate(label.windows)]
    parts += [(f"revisions/{n}", each.systems) for n, each in enumerate(label.revisions)]
    for name, systems in parts:
        if beyond := sorted(set(systems) - set(label.systems)):
            yield f"{name}: {', '.join(beyond)} not among the notice's systems"


def check_lists(case: Case) -> Iterator[str]:
    """Lists that are sets have no doubles; difficulty and doubt are consistent."""
    label = case.label
    for name in ("work_orders", "environments", "difficulty", "tags"):
        values = getattr(label, name)
        if len(set(values)) < len(values):
            yield f"{name}: a value stands twice"
    if "plain" in label.difficulty and len(label.difficulty) > 1:
        yield "difficulty: plain stands alone"
    if label.unsure != bool(label.alternatives):
        yield "unsure and alternatives go together"
    for order in label.work_orders:
        if order not in case.text.replace(" ", ""):
            yield f"work_orders: {order} does not stand in the notice"


CHECKS: tuple[Callable[[Case], Iterator[str]], ...] = (
    check_offsets,
    check_order,
    check_quotes,
    check_calendar,
    check_systems,
    check_lists,
)


def check_case(case: Case) -> list[str]:
    """All flaws of one label."""
    return [flaw for check in CHECKS for flaw in check(case)]
