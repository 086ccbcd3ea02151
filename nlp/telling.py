"""What a notice tells of time, gathered line by line for the schedule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from vindue.nlp.mentions.intervals import TimeReader
from vindue.nlp.mentions.times import LineTimes
from vindue.nlp.readings import SystemMention
from vindue.nlp.record import Status
from vindue.nlp.spans import Line
from vindue.nlp.updates import LifecycleReader, read_updates
from vindue.nlp.windows import Telling

STATUSES: Final[tuple[Status, ...]] = ("duplicate", "cancelled", "postponed", "completed")


def tell(
    title: Line | None,
    lines: tuple[Line, ...],
    times: TimeReader,
    lifecycle: LifecycleReader,
    systems_in: Callable[[str, int], tuple[SystemMention, ...]],
    aside: frozenset[int] = frozenset(),
) -> Telling:
    """Read every line's times and lifecycle; the events come out of the lines together."""
    told = tuple(times.read(line.text, line.span.start) for line in lines)
    lives = tuple(
        lifecycle.read(line, line_times) for line, line_times in zip(lines, told, strict=True)
    )
    title_times = times.read(title.text, title.span.start) if title else LineTimes()
    status: Status | None = None
    if title is not None:
        kinds = lifecycle.read(title, title_times).kinds
        status = next((name for name in STATUSES if name in kinds), None)
    updates = read_updates(lines, told, lives, systems_in)
    return Telling(title, title_times, lines, told, updates, status, aside)
