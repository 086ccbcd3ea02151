"""The data contract of the time grammar: every form reads its examples and no ``never``."""

from __future__ import annotations

import pytest

from vindue.grammars.lifecycle import load_lifecycle
from vindue.grammars.time import Form, load_time_grammar
from vindue.grammars.wording import load_wording
from vindue.nlp.lifecycle import LifecycleReader
from vindue.nlp.mentions.atoms import mask
from vindue.nlp.mentions.clocks import ClockReader
from vindue.nlp.mentions.dates import DateReader
from vindue.nlp.mentions.intervals import TimeReader
from vindue.nlp.mentions.symbols import Lexicon
from vindue.nlp.mentions.times import DateMention
from vindue.nlp.spans import Line, Span

GRAMMAR = load_time_grammar()
LEXICON = Lexicon(GRAMMAR)
DATES = DateReader(GRAMMAR, LEXICON)
CLOCKS = ClockReader(GRAMMAR, LEXICON)
TIMES = TimeReader(GRAMMAR)
LIFECYCLE = LifecycleReader(
    load_lifecycle(), load_wording().known, load_wording().lists["abbreviations"]
)
# Their patterns look ahead to the clock time or word that must follow.
LOOKING_AHEAD = {
    "damaged-year",
    "month-day-year-glued",
    "day-month-year-glued",
    "numeric-dotted-clock",
    "weekday-short",
}
# Stands only behind the "T" of a compact date.
BEHIND = {"compact"}


def cases(forms: tuple[Form, ...], attribute: str) -> list[tuple[str, str]]:
    return [(form.name, text) for form in forms for text in getattr(form, attribute)]


def date_forms(text: str) -> list[tuple[str, int, int]]:
    symbols = LEXICON.encode(text, 0)
    found = DATES.read(symbols)
    return [
        (m.form if isinstance(m := one.mention, DateMention) else m.first.form, one.start, one.end)
        for one in found
    ]


@pytest.mark.parametrize(("name", "text"), cases(GRAMMAR.dates, "examples"))
def test_a_date_form_reads_its_examples(name: str, text: str) -> None:
    whole = len(LEXICON.encode(text, 0).text)
    [(form, start, end)] = date_forms(text)
    assert form == name
    assert start == 0
    assert end == whole or name in LOOKING_AHEAD


@pytest.mark.parametrize(("name", "text"), cases(GRAMMAR.dates, "never"))
def test_a_date_form_never_reads(name: str, text: str) -> None:
    whole = len(LEXICON.encode(text, 0).text)
    assert (name, 0, whole) not in date_forms(text)


@pytest.mark.parametrize(("name", "text"), cases(GRAMMAR.clocks, "examples"))
def test_a_clock_form_reads_its_examples(name: str, text: str) -> None:
    symbols = LEXICON.encode(text, 0)
    text_of_clocks = mask(symbols.text, ((f.start, f.end) for f in DATES.read(symbols)))
    forms = [found.mention.form for found in CLOCKS.clocks(symbols, text_of_clocks)]
    assert name in forms or name in BEHIND


@pytest.mark.parametrize(("name", "text"), cases(GRAMMAR.clocks, "never"))
def test_a_clock_form_never_reads(name: str, text: str) -> None:
    symbols = LEXICON.encode(text, 0)
    found = CLOCKS.clocks(symbols, symbols.text)
    assert all(
        found.mention.form != name or (found.start, found.end) != (0, len(symbols.text))
        for found in found
    )


@pytest.mark.parametrize(("name", "text"), cases(GRAMMAR.durations, "examples"))
def test_a_length_of_time_reads_its_examples(name: str, text: str) -> None:
    symbols = LEXICON.encode(text, 0)
    assert name
    assert len(CLOCKS.durations(symbols, symbols.text)) == 1


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1.5 hours", 90),
        ("2 timer", 120),
        ("90 min", 90),
        ("1 hour 30 minutes", 90),
        ("1h 30m", 90),
        ("two hours", 120),
        ("2-3 timer", 180),
    ],
)
def test_lengths(text: str, minutes: int) -> None:
    symbols = LEXICON.encode(text, 0)
    assert [d.mention.minutes for d in CLOCKS.durations(symbols, symbols.text)] == [minutes]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (text, kind)
        for file in load_lifecycle()
        for kind, phrases in file.kind.items()
        if kind not in ("not_so", "not_done")
        for text in phrases.examples
    ],
)
def test_a_lifecycle_kind_reads_its_examples(text: str, kind: str) -> None:
    line = Line(0, Span(0, len(text)), text)
    assert kind in LIFECYCLE.read(line, TIMES.read(text, 0)).kinds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (text, kind)
        for file in load_lifecycle()
        for kind, phrases in file.kind.items()
        if kind != "not_so"
        for text in phrases.never
    ],
)
def test_a_lifecycle_kind_never_reads(text: str, kind: str) -> None:
    line = Line(0, Span(0, len(text)), text)
    assert kind not in LIFECYCLE.read(line, TIMES.read(text, 0)).kinds


def test_both_languages_have_the_same_words() -> None:
    concepts = [concept for concept, _ in GRAMMAR.words]
    assert sorted(concepts[: len(concepts) // 2]) == sorted(concepts[len(concepts) // 2 :])
    kinds = [set(file.kind) for file in load_lifecycle()]
    assert kinds[0] == kinds[1]


def test_misspelt_names_are_found_without_being_listed() -> None:
    for text, month in (("Sepetmber 27", 9), ("Oktber 3", 10), ("Feburary 2", 2), ("Maarch 4", 3)):
        [found] = DATES.read(LEXICON.encode(text, 0))
        assert isinstance(found.mention, DateMention)
        assert found.mention.months == (month,)
        assert found.mention.findings[0].code == "typo.month"


def test_a_name_as_near_to_two_keeps_both() -> None:
    [found] = DATES.read(LEXICON.encode("Thuesday March 14", 0))
    assert isinstance(found.mention, DateMention)
    assert found.mention.weekdays == (2, 4)
