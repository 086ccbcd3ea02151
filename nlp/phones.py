"""Numbers to call, and when they answer: no time of a window is told by them."""

from __future__ import annotations

from typing import Final

import regex

from vindue.nlp.mentions.times import LineTimes
from vindue.nlp.spans import Line, Span

# as in: "+81 6 5550 0133", "(208) 555-0119", "70 12 34 56"
_PHONE: Final = regex.compile(
    r"(?<![\p{L}\d])\+(?:[ ()./-]?\d){8,14}(?![\d:])|\(\d{2,4}\)[ -]?\d{3,4}[ -]\d{3,4}(?![\d:])"
    r"|(?<![\d.:/-])\d\d(?: \d\d){3}(?![\d:./-])"
)


def phones(line: Line, told: LineTimes) -> tuple[Span, ...]:
    """The numbers to call in a line, and the undated hours beside them ("20 00 45 45 (7-15)")."""
    start = line.span.start
    numbers = [m.span() for m in _PHONE.finditer(line.text)]
    spans = [Span(start + first, start + last) for first, last in numbers]
    if spans:
        dated = (bool(i.dates or i.end_dates or i.days) for i in told.intervals)
        spans += [i.span for i, on in zip(told.intervals, dated, strict=True) if not on]
    return tuple(spans)
