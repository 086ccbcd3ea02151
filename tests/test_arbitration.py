"""Rules first; the reader where they end; abstention is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from vindue.nlp.arbitration import (
    DISPUTED,
    UNREAD,
    Mode,
    Model,
    arbitrate,
    consult,
    looks_like_statement,
    questions,
)
from vindue.nlp.learned import Calibration, Guess
from vindue.nlp.readings import Effects, ImpactReading, Scope, SystemMention
from vindue.nlp.record import Effect
from vindue.nlp.spans import Line, Notice, Span

CALIBRATION = Calibration(
    threshold=0.5,
    channel_threshold=0.8,
    sure=0.9,
    rule_odds=4.0,
    curve=((0.0, 0.0), (1.0, 1.0)),
)
TEXT = (
    "Planned work\n"
    "Import will be unavailable.\n"
    "The gate wobbles a little. All parcels go round in circles.\n"
    "Tuesday May 20, 2025, 1800-2300\n"
    "Questions to the desk, please."
)


@dataclass
class Oracle:
    """Answers from a table, and remembers what it was asked."""

    says: dict[str, Guess]
    asked: list[str] = field(default_factory=list)
    calibration: Calibration = CALIBRATION

    def read(self, sentences: Sequence[str]) -> list[Guess]:
        self.asked += sentences
        return [self.says.get(text, Guess(None, "all", 0.99)) for text in sentences]


def notice_of(text: str) -> tuple[Notice, tuple[Line, ...]]:
    start = text.index("\n") + 1
    notice = Notice(text, Span(0, len(text)), Span(start, len(text)), 1)
    lines, at = [], start
    for index, line in enumerate(text[start:].split("\n")):
        lines.append(Line(index, Span(at, at + len(line)), line))
        at += len(line) + 1
    return notice, tuple(lines)


def span_of(part: str) -> Span:
    return Span(TEXT.index(part), TEXT.index(part) + len(part))


RULED = ImpactReading(("import",), "all", "unavailable", span_of("Import will be unavailable."))
EFFECTS = Effects(
    systems=("import",),
    mentions=(SystemMention(span_of("Import"), ("import",)),),
    scopes=(Scope(), Scope(("manifest",), "file"), Scope(), Scope()),
    impacts=(RULED,),
    aside=frozenset({3}),
)
# The same of a notice whose title alone names the system; and one whose impacts nobody read.
UNNAMED = replace(EFFECTS, mentions=(SystemMention(span_of("Planned work"), ("import",)),))
UNTOLD = replace(EFFECTS, impacts=())
WOBBLES = "The gate wobbles a little."
CIRCLES = "All parcels go round in circles."


def asked(mode: Mode, effects: Effects = EFFECTS) -> list[str]:
    notice, lines = notice_of(TEXT)
    return [q.text for q in questions(notice, lines, effects, frozenset({2}), mode)]


def test_statements_are_asked_about_where_the_rules_read_none() -> None:
    assert asked("auto", UNTOLD) == ["Import will be unavailable.", WOBBLES, CIRCLES]
    assert asked("auto") == []


def test_off_asks_nothing_and_always_also_what_the_rules_read() -> None:
    assert asked("off") == []
    assert asked("always") == ["Import will be unavailable.", WOBBLES, CIRCLES]


def test_a_statement_about_no_known_system_is_ambiguous() -> None:
    assert asked("auto", UNNAMED) == ["Import will be unavailable."]


def test_a_system_with_a_name_of_its_own_is_known_to_the_rules() -> None:
    own = SystemMention(span_of("Planned work"), ("import",), known=False)
    assert asked("auto", replace(EFFECTS, mentions=(own,))) == []
    here = SystemMention(span_of("Import"), ("importeren",), known=False)
    assert len(asked("auto", replace(UNNAMED, mentions=(*UNNAMED.mentions, here)))) == 1


def test_one_of_several_statements_is_not_ambiguous() -> None:
    two = replace(UNNAMED, impacts=(RULED, replace(RULED, span=span_of(WOBBLES))))
    assert asked("auto", two) == []


def test_a_statement_under_a_heading_with_a_system_is_not() -> None:
    scopes = (Scope(("import",)), *EFFECTS.scopes[1:])
    assert asked("auto", replace(UNNAMED, scopes=scopes)) == []


def test_a_notice_that_concerns_no_system_is_let_alone() -> None:
    assert asked("always", Effects()) == []


def test_what_stands_aside_or_says_fallback_is_not_asked_about() -> None:
    effects = replace(UNTOLD, fallback_span=span_of(WOBBLES), resubmit_span=span_of(CIRCLES))
    assert asked("auto", effects) == ["Import will be unavailable."]


def consulted(oracle: Oracle, mode: Mode = "auto", effects: Effects = EFFECTS) -> Effects:
    notice, lines = notice_of(TEXT)
    return consult(notice, lines, effects, frozenset({2}), Model(mode, lambda: oracle))


def test_a_sure_answer_takes_its_place_with_the_headings_systems() -> None:
    oracle = Oracle({WOBBLES: Guess("unstable", "connection", 0.8)})
    found = consulted(oracle, effects=UNTOLD)
    assert [i.effect for i in found.impacts] == ["unstable"]
    added = found.impacts[0]
    assert (added.systems, added.channel, added.by) == (("manifest",), "connection", "model")
    assert (added.confidence, added.span.of(TEXT)) == (0.8, WOBBLES)


def test_all_gives_way_to_the_headings_channel() -> None:
    found = consulted(Oracle({WOBBLES: Guess("unstable", "all", 0.8)}), effects=UNTOLD)
    assert found.impacts[0].channel == "file"


@pytest.mark.parametrize(("effects", "sure"), [(UNTOLD, 0.49), (EFFECTS, 0.99)])
def test_an_unsure_answer_or_one_beside_the_rules_is_no_impact_but_is_told(
    effects: Effects, sure: float
) -> None:
    agreed = {"Import will be unavailable.": Guess("unavailable", "all", 0.99)}
    oracle = Oracle(
        {WOBBLES: Guess("unstable", "file", sure), **(agreed if effects.impacts else {})}
    )
    found = consulted(oracle, "always", effects)
    assert found.impacts == effects.impacts
    assert [(f.code, f.level, f.found) for f in found.findings] == [(UNREAD, "info", "unstable")]
    assert found.findings[0].span == span_of(WOBBLES)


def test_nothing_stated_is_nothing_told() -> None:
    assert consulted(Oracle({})) == EFFECTS


def test_the_reader_is_not_fetched_where_there_is_nothing_to_ask() -> None:
    def fetch() -> Oracle:
        raise AssertionError

    notice, lines = notice_of("Planned work\nImport will be unavailable.")
    assert consult(notice, lines, EFFECTS, frozenset(), Model("auto", fetch)) is EFFECTS


def test_a_ruled_sentence_with_a_system_stands_though_disputed() -> None:
    guess = Guess("delayed", "file", 0.95, 0.95)
    found = consulted(Oracle({"Import will be unavailable.": guess}), "always")
    assert found.impacts == (RULED,)
    assert [(f.code, f.found, f.used) for f in found.findings] == [
        (DISPUTED, "delayed", "unavailable")
    ]


@pytest.mark.parametrize(
    ("odds", "channel_sure", "effect", "channel", "by"),
    [
        ({"closed": 0.9, "unavailable": 0.1}, 0.9, "closed", "file", "model"),
        ({"closed": 0.7, "unavailable": 0.2}, 0.9, "unavailable", "file", "rule"),
        ({"closed": 0.7, "unavailable": 0.2}, 0.6, "unavailable", "all", "rule"),
        ({"unavailable": 0.9}, 0.6, "unavailable", "file", "rule"),
        ({None: 0.9, "closed": 0.1}, 0.9, "unavailable", "all", "rule"),
    ],
)
def test_an_ambiguous_one_may_be_put_right(
    odds: dict[Effect | None, float], channel_sure: float, effect: str, channel: str, by: str
) -> None:
    likeliest = max(odds, key=lambda each: odds[each])
    guess = Guess(likeliest, "file", 0.95, channel_sure, tuple(odds.items()))
    found = consulted(Oracle({"Import will be unavailable.": guess}), effects=UNNAMED)
    first = found.impacts[0]
    assert (first.effect, first.channel, first.by) == (effect, channel, by)


def test_questions_and_guesses_must_match() -> None:
    notice, lines = notice_of(TEXT)
    some = questions(notice, lines, UNTOLD, frozenset(), "auto")
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        arbitrate(EFFECTS, some, [], CALIBRATION)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("The portal is slow.", True),
        ("Siden er nede i nat", True),
        ("File access:", False),
        ("DMS Import/DMS Export/DMS Forsendelse", False),
        ("Tuesday May 20, 2025, 1800-2300", False),
        ("Kl. 23.30-02.45 2025-05-20", False),
        ("Done.", False),
        ("", False),
    ],
)
def test_what_looks_like_a_statement(text: str, is_one: bool) -> None:
    assert looks_like_statement(text) is is_one


def test_a_clock_time_ends_no_sentence() -> None:
    text = "Title\nThe gate is down from kl. 23.30 and comes back at 02.00. It sleeps until then."
    notice, lines = notice_of(text)
    effects = Effects(systems=("import",))
    found = [q.text for q in questions(notice, lines, effects, frozenset(), "auto")]
    assert found == [
        "The gate is down from kl. 23.30 and comes back at 02.00.",
        "It sleeps until then.",
    ]
