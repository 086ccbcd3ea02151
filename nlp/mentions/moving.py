"""What a line tells of time, at another place: a line read once is only moved the next time.

Every span goes by the same number of code points; nothing else changes.
"""

from __future__ import annotations

from typing import Any, Final, TypeVar

from vindue.nlp.mentions.times import (
    ClockMention,
    DateMention,
    DaysMention,
    DurationMention,
    Interval,
    LineTimes,
)
from vindue.nlp.spans import Finding, Span

Mention = TypeVar("Mention")
_MOVING: Final[frozenset[type]] = frozenset(
    (LineTimes, Interval, DateMention, DaysMention, ClockMention, DurationMention, Finding)
)


def moved_times(times: LineTimes, by: int) -> LineTimes:
    """``times`` with every span ``by`` code points further on."""
    if not by or not (times.told or times.durations or times.open_end is not None):
        return times  # nothing in it stands anywhere
    return _moved(times, by)


def _moved(told: Mention, by: int) -> Mention:
    """``told`` with the spans in its fields moved, and in theirs."""
    kind: Any = type(told)
    other: Mention = object.__new__(kind)
    for name in kind.__match_args__:
        value = getattr(told, name)
        inner = value.__class__
        if inner is Span:
            value = Span(value.start + by, value.end + by)
        elif inner is tuple:
            if value and value[0].__class__ in _MOVING:
                value = tuple([_moved(one, by) for one in value])
        elif inner in _MOVING:
            value = _moved(value, by)
        setattr(other, name, value)
    return other
