"""Notices for the tests of effects, built from plain lines."""

from __future__ import annotations

from functools import cache

from vindue.nlp.impacts import EffectReader
from vindue.nlp.lines import split_lines
from vindue.nlp.readings import Effects
from vindue.nlp.spans import Line, Notice, Piece, Span

Triple = tuple[tuple[str, ...], str, str]


@cache
def reader() -> EffectReader:
    """One compiled reader for all tests: it holds no state of a notice."""
    return EffectReader()


def notice(body: str, title: str = "", tags: tuple[str, ...] = ()) -> Notice:
    """A notice whose title line stands above ``body``, its tags above the title."""
    head = "".join(f"{tag}\n" for tag in tags)
    text = f"{head}{title}\n{body}"
    start = len(head)
    pieces, at = [], 0
    for tag in tags:
        pieces.append(Piece(tag, Span(at, at + len(tag))))
        at += len(tag) + 1
    below = Span(start + len(title) + 1, len(text))
    told = Piece(title, Span(start, start + len(title)))
    return Notice(text, Span(0, len(text)), below, 1, title=told, tags=tuple(pieces))


def effects(
    body: str, title: str = "", tags: tuple[str, ...] = (), silent: frozenset[int] = frozenset()
) -> Effects:
    """What the reader makes of a notice."""
    told = notice(body, title, tags)
    head = told.title.span if told.title else Span(0, 0)
    line = Line(-1, head, head.of(told.text))
    lines = split_lines(told)
    return reader().read_effects(told, line, lines, {i: (lines[i].span,) for i in silent})


def triples(body: str, title: str = "", tags: tuple[str, ...] = ()) -> list[Triple]:
    """The impacts of a notice as (systems, channel, effect), in text order."""
    return [(i.systems, i.channel, i.effect) for i in effects(body, title, tags).impacts]
