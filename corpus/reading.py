"""Records for cases: the one place where the corpus tools call the parser."""

from __future__ import annotations

from collections.abc import Iterable

from vindue import parse, parse_page
from vindue.corpus.cases import Case, page_path
from vindue.corpus.texts import read_page
from vindue.nlp.record import Record


def page_records() -> list[Record]:
    """The records of the customs page, in its order."""
    return parse_page(read_page(page_path()), profile="skat", name="page.txt")


def record_of(case: Case) -> Record | None:
    """One notice read on its own, or null where nothing was read.

    A page notice keeps its outer form, so header and stamps are read too.
    """
    if case.source == "skat":
        records = parse_page(case.text, profile="skat", name=case.name)
        return records[0] if records else None
    return parse(case.text, published_at=case.label.published_at, name=case.name)


def records_of(cases: Iterable[Case]) -> dict[str, Record]:
    """The record of each case by name; page notices as parts of their page.

    A page notice's record is the one whose tile holds the last character of
    the notice, its published stamp: that holds even where tiles were cut
    wrongly, and a notice whose tile was swallowed by another gets none.
    """
    wanted = list(cases)
    page = [case for case in wanted if case.source == "skat"]
    found: dict[str, Record] = {}
    taken: set[int] = set()
    records = page_records() if page else []
    for case in page:
        last = case.start + len(case.text) - 1
        for place, record in enumerate(records):
            if place not in taken and record.source.start <= last < record.source.end:
                found[case.name] = record
                taken.add(place)
    for case in wanted:
        if case.source != "skat":
            alone = record_of(case)
            if alone is not None:
                found[case.name] = alone
    return found
