"""Whether any of many spans holds a place or meets another span, without a look at each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import Final

from vindue.nlp.spans import Span


class Cover:
    """Spans, sorted once; each question then costs the logarithm of their number."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts: Final = [span.start for span in ordered]
        self._tops: Final = list(accumulate((span.end for span in ordered), max))

    def holds(self, at: int) -> bool:
        """True where some span holds the place ``at``."""
        before = bisect_right(self._starts, at)
        return before > 0 and self._tops[before - 1] > at

    def meets(self, span: Span) -> bool:
        """True where some span shares a place with ``span``."""
        before = bisect_left(self._starts, span.end)
        return before > 0 and self._tops[before - 1] > span.start
