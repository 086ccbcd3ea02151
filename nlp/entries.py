"""A log whose stamps stand below their text, with each stamp put above what it closes.

Status pages write "Completed / The work is done. / Posted Aug 19, 07:41 UTC".
All later stages read a stamp as the head of what follows, so the lines are
put into that order here; their spans stay where they are.
"""

from __future__ import annotations

from typing import Final

from vindue.nlp.lifecycle import ORDER, LifecycleReader, LifeLine
from vindue.nlp.mentions.intervals import TimeReader
from vindue.nlp.mentions.times import LineTimes
from vindue.nlp.spans import Line
from vindue.nlp.values import dataclass, replace

STAMP_WORDS: Final = 4
"""Words of a stamp's line that tell no time: "Posted 3 days ago", a zone, a name."""


_SENTENCE_END: Final = (".", "!", "?", ")")


def stamps_above(
    lines: tuple[Line, ...], times: TimeReader, lifecycle: LifecycleReader
) -> tuple[Line, ...]:
    """``lines`` in the order stamp, state, text; as given where no stamp stands below its text."""
    told = [times.read(line.text, line.span.start) for line in lines]
    if not any(_may_be_stamp(line, each) for line, each in zip(lines, told, strict=True)):
        return lines
    lives = [lifecycle.read(line, each) for line, each in zip(lines, told, strict=True)]
    stamps = [
        line.index
        for line, each, life in zip(lines, told, lives, strict=True)
        if _may_be_stamp(line, each) and _is_stamp(line, each, life, lifecycle)
    ]
    if not stamps or stamps[0] == 0:
        return lines
    posted = all(lifecycle.is_posted(lines[index].text) for index in stamps)
    log = _Log(lines, lives, posted)
    plain = all(log.stands_below(index) for index in stamps[:-1])
    if not plain or not log.stands_below(stamps[-1], last=len(stamps) > 1):
        return lines
    ordered: list[Line] = []
    begun = 0
    for index in stamps:
        start = begun if ordered else log.first_entry(index)
        ordered += lines[begun:start]
        ordered.append(replace(lines[index], gap=True))
        ordered += lines[start:index]
        begun = index + 1
    ordered += lines[begun:]
    return tuple(
        replace(line, index=place) if line.index != place else line
        for place, line in enumerate(ordered)
    )


def _may_be_stamp(line: Line, told: LineTimes) -> bool:
    """A date with one clock time, and few other words."""
    if line.bullet or len(told.points) != 1 or told.intervals or told.ends or told.durations:
        return False
    return told.other_words <= STAMP_WORDS and told.points[0].open_end is None


def _is_stamp(line: Line, told: LineTimes, life: LifeLine, lifecycle: LifecycleReader) -> bool:
    """Alone, or behind a word such as "Posted"."""
    return lifecycle.is_posted(line.text) or (told.other_words <= 1 and not life.kinds)


@dataclass(frozen=True, slots=True)
class _Log:
    """Lines that may be a log; ``posted``: all of its stamps open with a word such as "Posted"."""

    lines: tuple[Line, ...]
    lives: list[LifeLine]
    posted: bool

    def stands_below(self, index: int, *, last: bool = False) -> bool:
        """True where a stamp closes a paragraph: text right above, a gap or a new state below.

        Below the ``last`` of several anything may follow.
        """
        above, state = self.lines[index - 1].text, _is_state(self.lives[index - 1])
        if self.lines[index].gap and not state:
            return False
        says = any(kind in ORDER for kind in self.lives[index - 1].kinds)
        if not (self.posted or says or state or above.endswith(_SENTENCE_END)):
            return False
        below = index + 1
        if last or below == len(self.lines):
            return True
        return self.lines[below].gap or _is_state(self.lives[below])

    def first_entry(self, index: int) -> int:
        """Where the log begins: the state, or the head of the paragraph, above its first stamp."""
        start = index - 1
        while start > 0 and not self.lines[start].gap and not _is_state(self.lives[start]):
            start -= 1
        return start


def _is_state(life: LifeLine) -> bool:
    """True for a line that is nothing but the name of a state ("Completed", "Update")."""
    return life.alone or life.empty or life.first
