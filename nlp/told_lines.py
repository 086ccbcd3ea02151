"""What a notice tells of time, line by line, as the schedule is given it."""

from __future__ import annotations

from collections.abc import Mapping

from vindue.nlp.decoys import Decoys
from vindue.nlp.field_parts import Fields
from vindue.nlp.mentions.times import LineTimes
from vindue.nlp.record import Status
from vindue.nlp.spans import Line, Span
from vindue.nlp.updates import Updates
from vindue.nlp.values import dataclass, field


@dataclass(frozen=True, slots=True)
class Telling:
    """What the notice tells of time, line by line; the title apart.

    ``about`` says that the text is about a window at all, ``about_form`` that
    its fields would make it one if an effect is stated; ``near`` are the
    lines that stand near enough to a word of windows to tell one, ``subjects``
    those that hold one for a window itself, or all where the title does.
    ``changes`` are the words that tell a change, by the line that is about one.
    ``doubted`` are sentences in a text that is for something else too.
    """

    title: Line | None
    title_times: LineTimes
    lines: tuple[Line, ...]
    times: tuple[LineTimes, ...]
    updates: Updates
    fields: Fields
    decoys: Decoys
    title_status: Status | None
    about: bool
    near: frozenset[int]
    about_form: bool = False
    aside: frozenset[int] = frozenset()
    subjects: frozenset[int] = frozenset()
    changes: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)
    doubted: tuple[Span, ...] = ()
