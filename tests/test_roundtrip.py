"""parse(render(record)) gives the record back: the whole corpus, both languages."""

from __future__ import annotations

from functools import cache

import pytest

from vindue import parse
from vindue.corpus.cases import load_cases
from vindue.corpus.export import plain_record
from vindue.corpus.reading import records_of
from vindue.corpus.views import FIELDS
from vindue.grammars.rendering import RenderLanguage
from vindue.nlp.record import Record
from vindue.out.render import render

OTHERS = ("status", "systems", "impacts", "fallback", "resubmit", "actual_end", "planned")
ENOUGH = 0.98


@cache
def corpus_records() -> tuple[tuple[str, Record], ...]:
    """What the reader makes of every notice of the corpus."""
    return tuple(records_of(load_cases("all")).items())


@cache
def read_back(language: RenderLanguage) -> tuple[tuple[str, Record, Record], ...]:
    """Name, record, and the record of what was written from it."""
    return tuple(
        (name, record, parse(render(record, language), profile="generic"))
        for name, record in corpus_records()
    )


def _differing(field: str, language: RenderLanguage) -> list[str]:
    bag = next(item.bag for item in FIELDS if item.name == field)
    return [
        f"{name}: {dict(bag(plain_record(before)))} != {dict(bag(plain_record(after)))}"
        for name, before, after in read_back(language)
        if bag(plain_record(before)) != bag(plain_record(after))
    ]


@pytest.mark.parametrize("language", ["en", "da"])
def test_every_window_comes_back(language: RenderLanguage) -> None:
    assert len(corpus_records()) > 200
    assert _differing("windows", language) == []


@pytest.mark.parametrize("field", OTHERS)
@pytest.mark.parametrize("language", ["en", "da"])
def test_the_other_fields_come_back(language: RenderLanguage, field: str) -> None:
    wrong = _differing(field, language)
    assert len(wrong) <= (1 - ENOUGH) * len(corpus_records()), "\n".join(wrong)
