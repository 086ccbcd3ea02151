"""The customs page as it stood at each of its stamps: notices as published, then as updated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from vindue.corpus.cases import Case, page_cases
from vindue.nlp.identity import number_equals
from vindue.watch.captures import Seen, seen_on_page


@dataclass(frozen=True)
class Edition:
    """One text of one notice, and since when it stood there."""

    since: datetime
    text: str


@dataclass(frozen=True)
class Told:
    """A notice of the page with its editions; ``lines`` are what the update added."""

    case: Case
    editions: tuple[Edition, ...]
    lines: tuple[str, ...]

    def at(self, moment: datetime) -> Edition | None:
        """What stood there at ``moment``; null before it was published."""
        found = [edition for edition in self.editions if edition.since <= moment]
        return found[-1] if found else None


def told_notices() -> list[Told]:
    """Every notice of the page, in its order."""
    return [_told(case) for case in page_cases()]


def _told(case: Case) -> Told:
    label = case.label
    published, updated = label.published_at, label.updated_at
    assert published is not None
    last = Edition(published, case.text)
    # The updated stamp bears no seconds: the same minute is the first edition.
    if updated is None or updated <= published.replace(second=0):
        return Told(case, (last,), ())
    lines = _added(case)
    first = case.text.replace(f"{updated:%d-%m-%Y kl. %H:%M}", f"{published:%d-%m-%Y kl. %H:%M}", 1)
    kept = [line for line in first.splitlines() if line.strip() not in lines]
    return Told(case, (Edition(published, "\n".join(kept)), replace(last, since=updated)), lines)


def _added(case: Case) -> tuple[str, ...]:
    """The lines that the label calls an update, with the word below a stamp ("Done.")."""
    (read,) = seen_on_page(case.text, "page", profile="skat")
    spans = [(item.start_span, item.end_span) for item in read.record.revisions]
    quotes = [part for item in case.label.revisions for part in item.quote.splitlines()]
    found, at = [], 0
    for line in case.text.splitlines(keepends=True):
        touched = any(start < at + len(line) and at < end for start, end in spans)
        if line.strip() and (touched or any(quote in line for quote in quotes)):
            found.append(line.strip())
        at += len(line)
    return tuple(found)


def moments(notices: Sequence[Told]) -> list[datetime]:
    """When the page changed, in order."""
    return sorted({edition.since for told in notices for edition in told.editions})


def read_once(notices: Sequence[Told]) -> dict[tuple[str, str], Seen]:
    """Each edition by its notice's name and its text, read once, on a page of its own.

    A notice is read the same wherever it stands; only its ordinal among equal
    stamps is the page's matter.
    """
    read = {
        (told.case.name, edition.text): seen_on_page(edition.text, "page", profile="skat")[0]
        for told in notices
        for edition in told.editions
    }
    last = [read[told.case.name, told.editions[-1].text].record.id for told in notices]
    for told, numbered in zip(notices, number_equals(last), strict=True):
        for edition in told.editions:
            read[told.case.name, edition.text].record.id = numbered
    return read


def captures(
    notices: Sequence[Told], read: dict[tuple[str, str], Seen]
) -> Iterator[tuple[datetime, list[Seen]]]:
    """What the page showed at each moment."""
    for moment in moments(notices):
        standing = [(told.case.name, told.at(moment)) for told in notices]
        yield moment, [read[name, edition.text] for name, edition in standing if edition]


def page_at(notices: Sequence[Told], moment: datetime) -> str:
    """The page as it stood."""
    standing = [told.at(moment) for told in notices]
    return "\n".join(edition.text for edition in standing if edition is not None)
