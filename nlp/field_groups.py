"""Fields of one window → its interval: dates, clocks, zone and length put together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from vindue.nlp.field_parts import Field, Role, ToldAs
from vindue.nlp.field_values import Side, days_of, side_of, whole_of, zoned_interval
from vindue.nlp.mentions.times import (
    DateMention,
    DaysMention,
    DurationMention,
    Interval,
    LineTimes,
)
from vindue.nlp.record import Status
from vindue.nlp.spans import Span
from vindue.nlp.values import dataclass, field, replace

COMPLETING: Final = ("start", "end", "when")


@dataclass(slots=True)
class Group:
    """The fields of one window while they are being collected; lives for one notice."""

    told: ToldAs
    start: Side = field(default_factory=Side)
    end: Side = field(default_factory=Side)
    when: Side = field(default_factory=Side)
    days: DaysMention | None = None
    listed: tuple[DateMention, ...] = ()
    whole: Interval | None = None
    duration: DurationMention | None = None
    open_end: Span | None = None
    zones: tuple[str, ...] = ()
    status: Status | None = None
    unit: str = ""
    local: bool = False
    quoted: bool = False
    place: tuple[str, ...] = ()
    listing: Span | None = None
    lines: list[int] = field(default_factory=list)
    first: int = -1

    @property
    def complete(self) -> bool:
        """True where start and end, or a length, are told with their clock times."""
        if self.whole is not None:
            return True
        began = self.start.clock is not None
        ended = self.end.clock is not None or self.duration is not None
        return began and (ended or self.open_end is not None)

    def has_room(self, item: Field) -> bool:
        """True where ``item`` tells something that this window lacks."""
        if item.label.unit and self.unit and item.label.unit != self.unit:
            return False
        value = side_of(item.times)
        room: dict[Role, bool] = {
            "start": self.whole is None and _fits(self.start, value),
            "end": self.whole is None and _fits(self.end, value),
            "when": self._room_for_when(item),
            "duration": self.duration is None,
            "zone": not self.zones,
        }
        return room.get(item.label.role, True)

    def _room_for_when(self, item: Field) -> bool:
        whole = whole_of(item.times, item.label.paired)
        if whole is not None:
            free = self.whole is None and self.start.clock is None and self.end.clock is None
            return free and not (whole.dates and not self.when.empty)
        value = side_of(item.times)
        if self._goes_on(item, value):
            return True
        if value.clock is None and self.whole is not None and self.whole.dates:
            return False
        return _fits(self.when, value) and self.days is None and not self._dated_already(value)

    def _goes_on(self, item: Field, value: Side) -> bool:
        """True for one more day of a list below one label ("Nights:", then a day a line)."""
        bare = value.clock is None and len(value.dates) == 1 and not self.when.clock
        return bare and self.listing == item.label.span and bool(self.when.dates)

    def _dated_already(self, value: Side) -> bool:
        """A second date after a whole start and end opens another window."""
        return bool(value.dates) and self.complete and bool(self.start.dates or self.when.dates)

    def add(self, item: Field) -> None:
        """Take in the value of a field for which there is room."""
        times, line = item.times, item.lines[-1]
        self.lines.extend(item.lines)
        self.unit = self.unit or item.label.unit
        self.status = self.status or item.status
        self.local = self.local or item.label.local
        zones = item.zones or item.label.zones
        value = replace(side_of(times, zones), line=line)
        if value.clock is None and item.label.role == "when" and not whole_of(times):
            self.zones = self.zones or zones
        role = item.label.role
        if self.first < 0 and role in COMPLETING:
            self.first = line
        if role == "start":
            self.start = _joined(self.start, value)
            self._take_length(times)
        elif role == "end":
            self.end = _joined(self.end, value)
            self.open_end = self.open_end or times.open_end or _unknown(item, value)
            self._take_length(times)
        elif role == "when":
            self._add_when(item, value, zones)
        elif role == "duration":
            self._take_length(_as_length(times))
        elif role == "zone":
            self.zones = self.zones or item.zones

    def _take_length(self, times: LineTimes) -> None:
        if times.durations and self.duration is None:
            self.duration = times.durations[0]

    def _add_when(self, item: Field, value: Side, zones: tuple[str, ...]) -> None:
        whole = whole_of(item.times, item.label.paired)
        if whole is not None:
            self.whole = zoned_interval(whole, zones)
        else:
            self.days = self.days or days_of(item.times)
            if self._goes_on(item, value):
                self.listed = (*(self.listed or self.when.dates), *value.dates)
            self.listing = item.label.span
            if len(item.times.dates) > 1 and value.clock is None:
                self.listed = item.times.dates
            self.when = _joined(self.when, value)
        self.open_end = self.open_end or item.times.open_end
        self._take_length(item.times)

    def interval(self, zones: tuple[str, ...]) -> Interval | None:
        """The interval that the fields make, if they make one.

        ``zones`` are those of the whole notice, for clocks that have none.
        """
        zones = self.zones or zones
        made = self._from_whole() if self.whole is not None else self._from_sides()
        if made is None:
            return None
        if self.listed and made.start is not None and made.dates[:1] == self.listed[:1]:
            made = replace(made, dates=(), listed=self.listed)
        return zoned_interval(made, zones)

    def _from_whole(self) -> Interval | None:
        whole = self.whole
        if whole is None:
            return None
        dates = whole.dates or self.when.dates or self.start.dates
        end_dates = whole.end_dates or self.end.dates
        days = whole.days or (None if whole.dates else self.days)
        return replace(whole, dates=() if days else dates, end_dates=end_dates, days=days)

    def _from_sides(self) -> Interval | None:
        spans = [s.span for s in (self.start, self.end, self.when) if s.span is not None]
        if self.days is not None:
            spans.append(self.days.span)
        if not spans or (self.start.empty and self.when.empty and self.days is None):
            return None
        clock = self.start.clock or self.when.clock
        dates = self.start.dates or self.when.dates
        if clock is None and not (self.days or self.end.dates or self.end.clock):
            return None
        return Interval(
            Span(min(s.start for s in spans), max(s.end for s in spans)),
            dates=() if self.days else dates,
            start=clock,
            end_dates=self.end.dates,
            end=self.end.clock,
            days=self.days,
            duration=None if self.end.clock else self.duration,
            open_end=self.open_end,
        )

    @property
    def ended(self) -> bool:
        """True where the fields say anything of an end."""
        end = self.end.clock or self.end.dates or self.duration or self.open_end
        return bool(end or self.days or self.whole)


def _as_length(times: LineTimes) -> LineTimes:
    """A length written as a clock time ("Duration: 04:00") made one."""
    if times.durations or len(times.clocks) != 1:
        return times
    clock = times.clocks[0]
    return replace(times, durations=(DurationMention(clock.span, clock.minute),))


def _unknown(item: Field, value: Side) -> Span | None:
    """An end field that tells no time ("End: TBD") says that the end is open."""
    return item.span if value.empty and not item.times.durations else None


def _fits(side: Side, value: Side) -> bool:
    """Date and clock complete each other; a second date or clock doesn't."""
    return not (side.dates and value.dates) and not (side.clock and value.clock)


def _joined(side: Side, value: Side) -> Side:
    spans = [s for s in (side.span, value.span) if s is not None]
    span = Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else None
    return Side(side.dates or value.dates, side.clock or value.clock, span, value.line)


def compose(items: Iterable[Field]) -> tuple[Group, ...]:
    """The fields of each window, in text order.

    A field that finds no room in the window at hand opens the next one. What
    was planned, what became of it and what was told before are kept apart, and
    so are tellings in zones of their own ("Start (UTC)", "Start (local)").
    """
    groups: list[Group] = []
    for item in items:
        told: ToldAs = item.label.told or "now"
        place = item.label.zones or (("local",) if item.label.local else ())
        group = _at_hand(groups, told, place, item)
        if group is None:
            group = Group(told, place=place)
            groups.append(group)
        group.place = group.place or place
        group.add(item)
    return tuple(groups)


def _at_hand(
    groups: list[Group], told: ToldAs, place: tuple[str, ...], item: Field
) -> Group | None:
    """The window being told: the last of its telling and zone, if it has room for ``item``."""
    same = [group for group in groups if group.told == told]
    own = [group for group in same if group.place == place]
    free = [group for group in same if not (place and group.place)]
    for group in (*own[-1:], *free[-1:]):
        if group.has_room(item):
            return group
    return None
