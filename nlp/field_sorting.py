"""Which of the windows told in fields count, and what the lines of fields are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from vindue.nlp.cells import is_quoted
from vindue.nlp.field_groups import Group
from vindue.nlp.field_parts import Field, Label
from vindue.nlp.field_values import side_of
from vindue.nlp.mentions.clocks import DAY
from vindue.nlp.mentions.times import Interval, LineTimes
from vindue.nlp.spans import Line
from vindue.nlp.values import replace

NEAR: Final = 2
BOTH_ENDS: Final = 2
IN_FORM: Final = 6
ABOVE: Final = 3
QUARTER: Final = 15


def windows(
    groups: tuple[Group, ...], zones: tuple[str, ...], clocked: bool
) -> Iterator[tuple[Group, Interval | None]]:
    """The groups that make an interval; ``None`` for one that only repeats another vaguely.

    Days alone give way to clock times told anywhere (``clocked``: in prose); a
    start without an end, and local time in a place that is not told, to others.
    """
    made = [(g, i) for g in groups if (i := g.interval(zones)) and g.told != "stamp"]
    if not clocked and not any(group.told == "now" for group, _ in made):
        _promote([group for group, _ in made])
    timed = [(g, i) for g, i in made if g.told == "now" and i.start is not None and g.ended]
    for group, interval in made:
        others = [i for other, i in timed if other is not group]
        vague = (interval.start is None and interval.end is None) or not group.ended
        again = group.local and any(_same_elsewhere(interval, other) for other in others)
        if again or (vague and others and group.told == "now"):
            yield group, None
        elif not (vague and clocked and group.told == "now"):
            yield group, interval


def take_starts(
    groups: tuple[Group, ...], times: tuple[LineTimes, ...], taken: frozenset[int]
) -> None:
    """Give a length told alone ("Duration: 45 min") the start that prose tells just above it."""
    for group in groups:
        bare = group.start.empty and group.when.empty and group.end.empty
        if group.duration is None or not bare or group.whole or group.days or not group.lines:
            continue
        for line in range(group.lines[0] - 1, max(group.lines[0] - 1 - ABOVE, -1), -1):
            told = times[line]
            if line not in taken and len(told.points) == 1 and not told.intervals:
                group.start = replace(side_of(told), line=line)
                group.lines.append(line)
                group.first = line
                break


def _promote(groups: list[Group]) -> None:
    """Make the first telling the window where none is told as it stands ("Was to start")."""
    for told in ("earlier", "actual"):
        found = [group for group in groups if group.told == told and not group.quoted]
        for group in found:
            group.told = "now"
        if found:
            return


def _same_elsewhere(local: Interval, other: Interval) -> bool:
    """True where ``other`` tells the same window in a zone that it names."""
    if not (local.start and local.end and other.start and other.end):
        return False
    if local.start.zones or not other.start.zones:
        return False
    lengths = {(i.end.minute - i.start.minute) % DAY for i in (local, other) if i.start and i.end}
    shift = (local.start.minute - other.start.minute) % QUARTER
    return len(lengths) == 1 and shift == 0


def under_openers(items: tuple[Field, ...]) -> Iterator[Field]:
    """Fields below a label without a value ("Window 2", "Previously announced", "Start") are of it.

    A gap of a few lines, or the next such label, ends what it is said of.
    """
    opener: Label | None = None
    last = 0
    for item in items:
        if item.lines[0] - last > NEAR:
            opener = None
        last = item.lines[-1]
        if not item.text:
            label = item.label
            opens = label.unit or label.told or label.role in ("start", "end")
            opener = label if opens else None
        elif opener is None or item.label.told or item.label.unit:
            yield item
        else:
            role = opener.role if item.label.role == "when" and opener.role != "none" else None
            label = replace(item.label, told=opener.told, unit=opener.unit)
            yield replace(item, label=replace(label, role=role or label.role))


def timed(items: tuple[Field, ...]) -> Iterator[Field]:
    """Fields that tell of time; a telling without a role ("Previously announced") is of when.

    The date in the head of a mail, beside "From: …" and "To: …", is its stamp.
    """
    heads = {item.lines[0] for item in items if _is_address(item)}
    for item in items:
        near = any(abs(line - item.lines[0]) <= NEAR for line in heads)
        if item.label.role == "none":
            if item.label.told != "stamp" and item.times.told:
                yield replace(item, label=replace(item.label, role="when"))
        elif item.label.role == "when" and near and item.times.points and not item.times.intervals:
            yield replace(item, label=replace(item.label, told="stamp"))
        elif item.lines[0] not in heads:
            yield item


def _is_address(item: Field) -> bool:
    """True for an end of a window that tells no time: "From: NOC", "To: all customers"."""
    words = item.times.other_words and not (item.times.told or item.times.durations)
    return item.label.role in ("start", "end") and bool(words) and "@" in item.text


def common_zone(items: tuple[Field, ...]) -> tuple[str, ...]:
    """The zone of a notice that names one in a field or a heading of its own, and no other."""
    told = [i.zones for i in items if i.label.role == "zone" and i.zones]
    told = told or [i.label.zones for i in items if not i.text and i.label.zones]
    return told[0] if told and all(zones == told[0] for zones in told) else ()


def history(items: tuple[Field, ...]) -> Iterator[int]:
    """Lines that tell an earlier version and nothing of the current one."""
    current = {n for i in items if i.label.told in (None, "now") for n in i.lines}
    for item in items:
        if item.label.told == "earlier":
            yield from (line for line in item.lines if line not in current)


def lone_stamps(items: tuple[Field, ...]) -> Iterator[int]:
    """Lines of stamps with words of their own, or without fields around: they are updates."""
    for item in items:
        if item.label.told == "stamp":
            others = (n for i in items if i.label.told != "stamp" for n in i.lines)
            near = any(abs(n - line) <= IN_FORM for n in others for line in item.lines)
            if not near or item.times.other_words:
                yield from item.lines


def apart(groups: tuple[Group, ...]) -> Iterator[int]:
    """Lines whose state is that of one window among several."""
    told = [group for group in groups if group.told == "now"]
    if len(told) > 1:
        for group in told:
            if group.status is not None:
                yield from group.lines


def quoted(lines: tuple[Line, ...], times: tuple[LineTimes, ...]) -> frozenset[int]:
    """Lines of an earlier version that a mail quotes; none where the window is told only there."""
    marked = frozenset(line.index for line in lines if is_quoted(line))
    own = [told for line, told in zip(lines, times, strict=True) if line.index not in marked]
    points = sum(len(told.points) for told in own)
    told = points >= BOTH_ENDS or any(
        told.intervals or (told.durations and (told.points or told.clocks)) for told in own
    )
    return marked if told else frozenset()
