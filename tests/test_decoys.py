"""Sentences whose times are no window, by the grammar's own examples and in place."""

from __future__ import annotations

import pytest

from vindue.grammars.decoys import ABOUT, PhraseGroup, load_decoys
from vindue.grammars.time import load_time_grammar
from vindue.nlp.decoys import DecoyReader, Decoys, outside
from vindue.nlp.lines import split_lines
from vindue.nlp.mentions.intervals import TimeReader
from vindue.nlp.spans import Line, Notice, Span

READER = DecoyReader(load_decoys())
TIMES = TimeReader(load_time_grammar())
GROUPS: list[tuple[str, PhraseGroup]] = [
    *((decoy.kind, decoy) for file in load_decoys() for decoy in file.decoy),
    *((name, getattr(file, name)) for file in load_decoys() for name in ABOUT),
]
EXAMPLES = [(kind, text) for kind, group in GROUPS for text in group.examples]
NEVER = [(kind, text) for kind, group in GROUPS for text in group.never]


@pytest.mark.parametrize(("kind", "text"), EXAMPLES)
def test_an_example_is_of_its_kind(kind: str, text: str) -> None:
    assert kind in READER.kinds(text)


@pytest.mark.parametrize(("kind", "text"), NEVER)
def test_what_is_not_of_a_kind_is_not_read_so(kind: str, text: str) -> None:
    assert kind not in READER.kinds(text)


def test_both_languages_have_the_same_kinds() -> None:
    first, second = ({decoy.kind for decoy in file.decoy} for file in load_decoys())
    assert first == second


def read(text: str) -> tuple[Decoys, tuple[Line, ...]]:
    lines = split_lines(Notice(text, Span(0, len(text)), Span(0, len(text)), 1))
    return READER.read(
        lines, tuple(TIMES.read(line.text, line.span.start) for line in lines)
    ), lines


def test_a_line_with_a_window_beside_a_decoy_keeps_the_window() -> None:
    text = "The portal is down on 12 March 22:00-23:00. The desk is open weekdays 08:00-16:00.\n"
    found, lines = read(text)
    assert found.lines == frozenset()
    kept = outside(TIMES.read(lines[0].text, 0), found.spans)
    assert [i.start and i.start.minute for i in kept.intervals] == [22 * 60]


def test_a_line_of_decoys_alone_is_passed_over() -> None:
    found, _ = read("The portal is down tonight.\nHelp desk hours: 08:00-22:00, every day.\n")
    assert found.lines == {1}


def test_an_ordinal_or_an_abbreviation_ends_no_sentence() -> None:
    text = "Den planlagte omlægning d. 17. december kl. 1-5 er ikke en del af denne besked.\n"
    assert read(text)[0].lines == {0}


def test_below_a_sign_off_nothing_is_a_window() -> None:
    found, _ = read("Down 22:00-23:00.\nKind regards\nNOC, 3 March 2026, 10:00-11:00\n")
    assert {1, 2} <= found.lines


def test_below_the_head_of_a_forwarded_mail_stands_an_earlier_version() -> None:
    text = "New time: 22:00-23:00\n-----Original Message-----\nStart: 20:00\nEnd: 21:00\n"
    assert read(text)[0].earlier == {1, 2, 3}
    assert read(text.split("\n", 1)[1])[0].earlier == frozenset()


@pytest.mark.parametrize(
    ("title", "body", "about"),
    [
        ("Planned maintenance", "Tonight 22:00-23:00.", True),
        ("Service window", "There is no service window on Saturday.", False),
        ("How to announce a service window", "Write the date first.", False),
        ("Courses in spring", "Thursday 7 May, 09:00-15:30", False),
        ("Planlagt vedligehold", "I aften kl. 22-23.", True),
        ("Ingen servicevinduer i uge 12", "Alt er oppe.", False),
    ],
)
def test_what_a_text_is_about(title: str, body: str, about: bool) -> None:
    head = Line(-1, Span(0, len(title)), title)
    line = Line(0, Span(100, 100 + len(body)), body)
    assert READER.is_about_window(head, (line,)) is about
