"""The sentences that a record is written out in, as data: models and loader."""

from __future__ import annotations

from functools import cache
from string import Formatter
from typing import Annotated, Literal

from pydantic import AfterValidator, model_validator

from vindue.grammars.load import read_table
from vindue.grammars.schema import Data
from vindue.grammars.time import Calendar

RenderLanguage = Literal["da", "en"]


def _takes(*names: str) -> AfterValidator:
    """A template that holds every one of ``names`` as a placeholder, and no other."""

    def check(template: str) -> str:
        found = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
        if found != set(names):
            raise ValueError(f"{template!r}: holds {sorted(found)}, should hold {sorted(names)}")
        return template

    return AfterValidator(check)


Plain = Annotated[str, _takes()]
OfSystems = Annotated[str, _takes("systems")]
OfDay = Annotated[str, _takes("day")]
OfEnd = Annotated[str, _takes("end")]
OfInterval = Annotated[str, _takes("interval")]


class Counted(Data):
    """A sentence about ``systems``, by their number; a bare string serves both."""

    one: OfSystems
    many: OfSystems

    @model_validator(mode="before")
    @classmethod
    def _one_for_both(cls, value: object) -> object:
        return {"one": value, "many": value} if isinstance(value, str) else value


class Effects(Data):
    """One sentence for each effect on one channel."""

    rejected: Counted
    unavailable: Counted
    no_sign_in: Counted
    closed: Counted
    queued: Counted
    delayed: Counted
    unstable: Counted
    not_recommended: Counted
    available: Counted
    unaffected: Counted


class Impacts(Data):
    """The sentences of each channel."""

    file: Effects
    online: Effects
    connection: Effects
    all: Effects


class Dates(Data):
    """Days, clock times and points in time."""

    capitals: bool
    day: Annotated[str, _takes("weekday", "day", "month", "year")]
    clock: Annotated[str, _takes("hour", "minute")]
    clock_summer: Annotated[str, _takes("clock")]
    clock_standard: Annotated[str, _takes("clock")]
    moment: Annotated[str, _takes("day", "clock")]
    moment_about: Annotated[str, _takes("day", "clock")]


class Intervals(Data):
    """A window's time in words; ``zone`` names a zone that is not the reader's own."""

    same_day: Annotated[str, _takes("day", "start", "end")]
    days: Annotated[str, _takes("start", "end")]
    approximate_day: Annotated[str, _takes("day", "start", "end")]
    whole_day: OfDay
    whole_days: Annotated[str, _takes("first", "last")]
    open_end: Annotated[str, _takes("start")]
    only_end: OfEnd
    unknown: Plain
    zone: Annotated[str, _takes("interval", "zone")]
    systems: Annotated[str, _takes("systems", "interval")]
    channel_file: OfInterval
    channel_online: OfInterval
    clocks_back: Plain
    clocks_forward: Plain


class Change(Data):
    """One kind of revision: with and without a new end, a new interval, for some systems only.

    ``several`` tells which of several windows has a new interval.
    """

    plain: Plain
    end: OfEnd
    interval: OfInterval
    systems: Counted
    several: Annotated[str, _takes("planned", "interval")] | None = None


class Changes(Data):
    """How each kind of revision is told."""

    stamped: Annotated[str, _takes("at", "text")]
    unstamped: Annotated[str, _takes("text")]
    no_horizon: Plain
    duplicate_of: Annotated[str, _takes("url")]
    still: OfInterval
    ended: Annotated[str, _takes("at")]
    new_start: Annotated[str, _takes("start")]
    new_end: OfEnd
    extended: Change
    delayed: Change
    shortened: Change
    moved: Change
    edited: Change
    cancelled: Change
    postponed: Change
    completed: Change
    duplicate: Change
    info: Change


class Titles(Data):
    """The headline, by environment."""

    production: Plain
    test: Plain
    both: Plain
    of_systems: Annotated[str, _takes("title", "systems")]
    of_day: Annotated[str, _takes("title", "day")]
    of_status: Annotated[str, _takes("title", "status")]


class Rules(Data):
    """What the reader must do or may do."""

    resubmit: Plain
    allowed: Plain
    restricted: Plain
    not_allowed: Plain


class Levels(Data):
    """The gravest level in a word or two, and a status, for the short style."""

    outage: Plain
    degraded: Plain
    none: Plain
    unknown: Plain
    scheduled: Plain
    completed: Plain
    cancelled: Plain
    postponed: Plain
    duplicate: Plain
    in_test: Annotated[str, _takes("level")]
    window: Annotated[str, _takes("systems", "level", "interval")]
    state: Annotated[str, _takes("status", "window")]


class PlainWords(Data):
    """The plain style: whole sentences, the time first."""

    window: Annotated[str, _takes("interval", "systems")]
    meanwhile: Plain
    changes: Plain


class Originals(Data):
    """How sentences that were not understood are handed on by a translation."""

    heading: Plain
    line: Annotated[str, _takes("text")]


Block = Literal[
    "title", "schedule", "clock_note", "systems", "impacts", "rules",
    "changes", "work_orders", "plain_windows", "short_title", "short_windows",
    "meanwhile", "changes_heading",
]  # fmt: skip


class Style(Data):
    """A layout: groups of blocks; a blank line parts the groups."""

    groups: tuple[tuple[Block, ...], ...]


class Rendering(Data):
    """All that is needed to write a record in one language."""

    comma: Plain
    last: Plain
    nobody: Plain
    bullet: Annotated[str, _takes("text")]
    systems: OfSystems
    most_in_title: int
    style: dict[Literal["notice", "short", "plain"], Style]
    title: Titles
    date: Dates
    interval: Intervals
    impact: Impacts
    rule: Rules
    change: Changes
    short: Levels
    plain: PlainWords
    original: Originals
    calendar: Calendar

    @model_validator(mode="after")
    def _calendar_is_whole(self) -> Rendering:
        months = [name.number for name in self.calendar.month]
        weekdays = [name.number for name in self.calendar.weekday]
        if months != list(range(1, 13)) or weekdays != list(range(1, 8)):
            raise ValueError("the calendar must name every month and weekday, in order")
        return self


@cache
def load_rendering(language: RenderLanguage) -> Rendering:
    """The sentences of one language; raises ``pydantic.ValidationError`` on a flaw."""
    table = read_table(language, "render.toml")
    return Rendering.model_validate(table | {"calendar": read_table(language, "calendar.toml")})
