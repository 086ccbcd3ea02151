"""Which environments a notice is about: production, test or both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from vindue.grammars.schema import Profile, Shape
from vindue.nlp.record import Environment
from vindue.nlp.spans import Finding, Notice, Span

MARK: Final = "{mark}"
_REGIONS: Final = 64
_ORDER: Final[tuple[Environment, ...]] = ("production", "test")

Named = tuple[tuple[Environment, Span], ...]
Reading = tuple[tuple[Environment, ...], tuple[Span, ...], tuple[Finding, ...]]


def read_environments(notice: Notice, profile: Profile) -> Reading:
    """The environments concerned, the spans that name them, and what was assumed.

    The title decides, else what the body says of its scope, else a tag of test
    systems. A notice that excludes one environment and names no other is about
    the other. Nothing said is ``production``, with ``environment.assumed``.
    """
    title = notice.title.span if notice.title else Span(0, 0)
    denied = _denied(notice, title, profile)
    named = _named(notice.text, title, profile, denied) or _scoped(notice, title, profile, denied)
    if not named:
        denied += _denied(notice, notice.body, profile)
        named = _scoped(notice, notice.body, profile, denied)
    named = named or _left_by_denial(notice, profile, denied)
    if not named:
        return _assumed(notice, profile)
    present = {name for name, _ in named}
    spans = tuple(sorted({span for _, span in named}))
    return tuple(name for name in _ORDER if name in present), spans, ()


@cache
def expand_marks(pattern: str, marks: tuple[tuple[str, ...], ...]) -> re.Pattern[str]:
    """``pattern`` with every ``{mark}`` replaced by any of the marks, compiled."""
    anything = "|".join(_mark_pattern(forms) for forms in marks)
    return re.compile(pattern.replace(MARK, f"(?:{anything})"))


def _denied(notice: Notice, region: Span, profile: Profile) -> tuple[Span, ...]:
    """The stretches of ``region`` that exclude an environment."""
    return tuple(
        Span(region.start + match.start(), region.start + match.end())
        for match in _matches(notice, region, profile.denial, profile)
    )


def _left_by_denial(notice: Notice, profile: Profile, denied: tuple[Span, ...]) -> Named:
    """What remains where the text only says which environment is not concerned."""
    excluded = {name for span in denied for name, _ in _named(notice.text, span, profile, ())}
    if len(excluded) != 1:
        return ()
    return tuple((name, denied[0]) for name in _ORDER if name not in excluded)


def _assumed(notice: Notice, profile: Profile) -> Reading:
    """By the tags alone: a test tag adds to, or without other tags replaces, production."""
    test = tuple(tag.span for tag in notice.tags if tag.text in profile.test_tags)
    if test and len(test) == len(notice.tags):
        return ("test",), test, ()
    environments = _ORDER if test else _ORDER[:1]
    message = "no environment is named; a notice is about production unless it says otherwise"
    return environments, test, (Finding("environment.assumed", "info", message, used=_ORDER[0]),)


def _matches(
    notice: Notice, region: Span, shapes: tuple[Shape, ...], profile: Profile
) -> Iterator[re.Match[str]]:
    """Matches within the region's own slice: glued tags before a title are no part of it."""
    marks = tuple(entry.marks for entry in profile.environment)
    written = region.of(notice.text)
    marked = _is_marked(written, marks)
    for shape in shapes:
        if marked or MARK not in shape.pattern:
            yield from expand_marks(shape.pattern, marks).finditer(written)


@lru_cache(maxsize=_REGIONS)
def _is_marked(written: str, marks: tuple[tuple[str, ...], ...]) -> bool:
    """Whether any environment's mark stands there; asked of a region by one stage after another."""
    return expand_marks(MARK, marks).search(written) is not None


def _scoped(notice: Notice, region: Span, profile: Profile, denied: tuple[Span, ...]) -> Named:
    """What the scope shapes name: by a group of the environment's name, or by marks."""
    found: list[tuple[Environment, Span]] = []
    for match in _matches(notice, region, profile.scope, profile):
        groups = match.groupdict()
        for name in _ORDER:
            if groups.get(name):
                start, end = match.span(name)
                found.append((name, Span(region.start + start, region.start + end)))
        whole = Span(region.start + match.start(), region.start + match.end())
        found.extend(_named(notice.text, whole, profile, denied))
    return tuple(found)


def _named(text: str, region: Span, profile: Profile, denied: tuple[Span, ...]) -> Named:
    """The marks in ``region`` that no denial covers."""
    found = []
    written = region.of(text)
    if not _is_marked(written, tuple(entry.marks for entry in profile.environment)):
        return ()
    for entry in profile.environment:
        for match in expand_marks(MARK, (entry.marks,)).finditer(written):
            span = Span(region.start + match.start(), region.start + match.end())
            if not any(no.start <= span.start and span.end <= no.end for no in denied):
                found.append((entry.name, span))
    return tuple(found)


def _mark_pattern(marks: tuple[str, ...]) -> str:
    """Whole words, longest first; a mark in capitals is told by its capitals."""
    forms = []
    for mark in sorted(marks, key=len, reverse=True):
        words = r"\s+".join(re.escape(word) for word in mark.split())
        forms.append(words if mark.isupper() else f"(?i:{words})")
    return rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)"
