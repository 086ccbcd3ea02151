"""How much of one input or notice is read; what is over it is told, never dropped in silence.

The figures are wide: the longest notice of the corpus has under a fiftieth of
``notice`` and takes under a hundredth of ``seconds``. Lines need no limit, a
long one is read in pieces.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Final, Self, TypeVar, cast

from vindue.nlp.values import dataclass

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one input or notice may cost.

    ``seconds`` of processor time for one notice (of this thread, so that a
    busy machine changes no record); ``notice``: code points of one notice;
    ``windows`` of one notice; ``input``: bytes of one file that is read
    whole; ``elements``: how deep HTML may nest; ``parts``: how deep the parts
    of a mail may.
    """

    seconds: float = 60.0
    notice: int = 1_000_000
    windows: int = 1_000
    input: int = 256_000_000
    elements: int = 1_500
    parts: int = 20

    @classmethod
    def of(cls, written: Iterable[str]) -> Self:
        """From ``name=value`` each, the others as they are.

        Raises ``ValueError`` for a name that is none or a value that is no positive number.
        """
        given: dict[str, float] = {}
        kinds = {field.name: float if field.name == "seconds" else int for field in fields(cls)}
        for each in written:
            name, _, value = each.partition("=")
            if name not in kinds:
                raise ValueError(f"no limit {name!r}: one of {', '.join(kinds)}")
            try:
                given[name] = kinds[name](value)
            except ValueError as error:
                raise ValueError(f"the limit {name} needs a number, not {value!r}") from error
            if not 0 < given[name] < float("inf"):
                raise ValueError(f"the limit {name} must be more than nothing, not {value!r}")
        return cls(**cast("dict[str, int]", given))


USUAL: Final = Limits()


class OverLimitError(Exception):
    """A notice is not read on; ``code`` is that of the diagnostic which says so."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Deadline:
    """When the time for one notice is spent; asked between lines, where asking is cheap."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.thread_time() + seconds
        self._soonest = time.perf_counter() + seconds

    def check(self) -> None:
        """Raise ``OverLimitError`` where the time is spent."""
        # no thread has spent more than has passed, and the clock on the wall is read at once
        if time.perf_counter() > self._soonest and time.thread_time() > self._end:
            message = f"not read within {self._seconds:g} s of processor time"
            raise OverLimitError("notice.out_of_time", message)


NO_DEADLINE: Final = Deadline(float("inf"))


def within(items: Iterable[Item], deadline: Deadline) -> Iterator[Item]:
    """The items, the deadline asked before each."""
    for item in items:
        deadline.check()
        yield item


def refuse_too_large(size: int, limits: Limits) -> None:
    """Raise ``OverLimitError`` for a notice of ``size`` code points where that is too many."""
    if size > limits.notice:
        message = f"longer than {limits.notice:,} signs, not read"
        raise OverLimitError("notice.too_large", message)
