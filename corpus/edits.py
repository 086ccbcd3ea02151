"""Which parts of a notice may be changed, and how changes are put in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from vindue.corpus.cases import Case

_PUBLISHED = re.compile(r"^[^\S\n]*\d{2}-\d{2}-\d{4} \d{2}:\d{2}:\d{2}\s*\Z", re.MULTILINE)


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """``text[start:end]`` becomes ``new``."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """A stretch of the notice's text, half-open."""

    start: int
    end: int

    def holds(self, start: int, end: int) -> bool:
        """Whether ``[start, end)`` lies within."""
        return self.start <= start and end <= self.end


def title_part(case: Case) -> Part | None:
    """Where the title stands; on a page the tags stand before it."""
    title = case.label.title
    start = case.text.find(title) if title else -1
    return Part(start, start + len(title)) if start >= 0 else None


def body_part(case: Case) -> Part:
    """What follows the title's line, up to the published stamp of a page."""
    title = title_part(case)
    start = case.text.find("\n", title.end) if title else 0
    start = len(case.text) if start < 0 else start
    stamp = _PUBLISHED.search(case.text) if case.source == "skat" else None
    return Part(start, stamp.start() if stamp else len(case.text))


def words_parts(case: Case) -> list[Part]:
    """Title and body: what a person wrote. Tags and stamps stay as they are."""
    title = title_part(case)
    return [title, body_part(case)] if title else [body_part(case)]


def quote_parts(case: Case, *, updates: bool = False) -> list[Part]:
    """Each place where a window's quote (and an update's) stands, in order."""
    quotes = {window.quote for window in case.label.windows}
    if updates:
        quotes |= {revision.quote for revision in case.label.revisions}
    found = {
        Part(match.start(), match.end())
        for quote in quotes
        for match in re.finditer(re.escape(quote), case.text)
    }
    outer: list[Part] = []
    for part in sorted(found, key=lambda p: (p.start, -p.end)):
        if not outer or part.start >= outer[-1].end:
            outer.append(part)
    return outer


def apply(case: Case, edits: Iterable[Edit]) -> Case | None:
    """The case with its text changed; null where nothing changes."""
    text = case.text
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return replace(case, text=text) if text != case.text else None


def requote(case: Case, edits: Iterable[Edit]) -> dict[str, str]:
    """Title and quotes that the edits change → what stands there now.

    An edit that lies across the border of a quote leaves that quote as it was.
    """
    label = case.label
    quoted = [label.title, *(window.quote for window in label.windows)]
    quoted += [revision.quote for revision in label.revisions]
    quoted += [defect.quote for defect in label.defects if defect.quote]
    inner = sorted(edits, reverse=True)
    changed = {}
    for quote in filter(None, quoted):
        start, new = case.text.find(quote), quote
        for edit in inner:
            if Part(start, start + len(quote)).holds(edit.start, edit.end):
                new = new[: edit.start - start] + edit.new + new[edit.end - start :]
        changed[quote] = new
    return changed


def substitute(
    case: Case,
    parts: Iterable[Part],
    pattern: re.Pattern[str],
    new: Callable[[re.Match[str]], str | None],
) -> list[Edit]:
    """An edit for each match inside ``parts`` that ``new`` gives a text for."""
    edits = []
    for part in parts:
        for match in pattern.finditer(case.text, part.start, part.end):
            text = new(match)
            if text is not None:
                edits.append(Edit(match.start(), match.end(), text))
    return edits
