"""Which line is the title: the subject of a mail's headers, or what stands below a masthead."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import Final

import regex

from vindue.grammars.forms import load_mail_form
from vindue.nlp.decoys import DecoyReader
from vindue.nlp.label_reader import LabelReader
from vindue.nlp.lifecycle import LifecycleReader
from vindue.nlp.lines import TITLE_INDEX, split_lines
from vindue.nlp.mentions.intervals import TimeReader
from vindue.nlp.spans import Line, Notice, Piece, Span
from vindue.nlp.values import dataclass, replace

HEAD_LINES: Final = 8
"""A subject stands within so many lines; headers are seldom more."""
HEAD_SIZE: Final = 2_000
LONGEST_TITLE: Final = 100

CHANGES: Final = frozenset({"moved", "extended", "delayed", "shortened", "edited"})
"""A line that says so tells of the window, and is read with the rest."""

_FIELD: Final = regex.compile(
    r"[\W_]{0,3}+(\p{L}[\p{L}-]{0,12}+)[*_]{0,2}+[ \t]*+:[*_]{0,2}+[ \t]*+"
)
_MARKS: Final = regex.compile(r"(?:#++(?=\s)|>++|=++)\s*+")
_COLUMN: Final = regex.compile(r"[ ]{4,}+")


@dataclass(frozen=True, slots=True)
class TitleReaders:
    """The readers by which a title is told from its surroundings."""

    times: TimeReader
    labels: LabelReader
    decoys: DecoyReader
    lifecycle: LifecycleReader


def with_own_title(notice: Notice, readers: TitleReaders) -> Notice:
    """``notice`` with the line as its title that a reader would call so.

    Taken are the subject among the headers of a mail that was pasted as text,
    and the line below a masthead (the sender's name, a path of links). The
    lines above it must tell no time but the mail's own; they are read no more.
    """
    if notice.title is None or notice.tags or notice.published is not None:
        return notice
    start = notice.title.span.start
    whole = replace(notice, title=None, body=Span(start, min(notice.body.end, start + HEAD_SIZE)))
    head = tuple(islice(split_lines(whole), HEAD_LINES))
    subject = _subject_line(head, readers)
    if subject is not None:
        return _titled(notice, *subject)
    if len(head) > 1 and _is_masthead(head[0], head[1], readers):
        named = _titled(notice, head[1], 0)
        if _tells_window(head[1], readers):
            # the body tells it too: what it says of a window is no mere witness
            return replace(named, body=Span(head[1].span.start, notice.body.end))
        return named
    span = notice.title.span
    return _titled(notice, Line(TITLE_INDEX, span, notice.title.text), 0)


_MAIL: Final = frozenset({"from", "sent", "to"})


def _subject_line(head: tuple[Line, ...], readers: TitleReaders) -> tuple[Line, int] | None:
    """The line of a subject and where it begins: told as such, or below a mail's headers."""
    kinds = [_field(line) for line in head]
    for number, (line, (kind, start)) in enumerate(zip(head, kinds, strict=True)):
        if kind == "subject":
            return line, start
        headers = {kind for kind, _ in kinds[:number]}
        if kind is None and len(headers) > 1 and headers <= _MAIL:
            return (line, 0) if _stands_as_title(line) and readers.decoys.is_about(line) else None
        if (kind is None and number) or (kind not in _MAIL and _has_clock(readers.times, line)):
            return None
    return None


def _has_clock(times: TimeReader, line: Line) -> bool:
    told = times.read(line.text, 0)
    return bool(told.intervals or told.points or told.ends)


def _stands_as_title(line: Line) -> bool:
    return not line.bullet and len(line.text) <= LONGEST_TITLE and line.text[-1] not in ".:!?,;"


def _field(line: Line) -> tuple[str | None, int]:
    """The kind of mail header that a line is (``other`` fields too), and where its value begins."""
    match = _FIELD.match(line.text)
    if match is None:
        return None, 0
    return _kinds().get(match[1].casefold(), "other"), match.end()


def _is_masthead(first: Line, second: Line, readers: TitleReaders) -> bool:
    """True where only the second line speaks of a window, and stands like a heading."""
    if not _stands_as_title(second) or _COLUMN.search(second.text):
        return False
    if readers.times.read(first.text, 0).told or readers.labels.read(second.text, 0) is not None:
        return False
    return not readers.decoys.is_about(first) and bool(readers.decoys.subject_lines((second,)))


def _tells_window(line: Line, readers: TitleReaders) -> bool:
    """Whether a line tells a window or a change of it."""
    told = readers.times.read(line.text, 0)
    return bool(told.intervals or readers.lifecycle.read(line, told).kinds.keys() & CHANGES)


def _titled(notice: Notice, line: Line, start: int) -> Notice:
    """``notice`` with the line from ``start`` on as its title, without the marks around it."""
    text = line.text[start:]
    lead = _MARKS.match(text)
    first = lead.end() if lead else 0
    column = _COLUMN.search(text, first)
    shown = text[first : column.start() if column else None].rstrip("<= \t")
    if not shown:
        return notice
    span = Span(line.span.start + start + first, line.span.start + start + first + len(shown))
    end = span.end if column else line.span.end
    return replace(notice, title=Piece(shown, span), body=Span(end, notice.body.end))


@cache
def _kinds() -> dict[str, str]:
    header = load_mail_form().header
    kinds: dict[str, str] = {w.casefold(): kind for kind, words in header.items() for w in words}
    return kinds | {word.casefold(): "subject" for word in load_mail_form().subject_lines}
