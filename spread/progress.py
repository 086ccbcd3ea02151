"""How far a long run is, on stderr, if a person is there to see it."""

from __future__ import annotations

import sys
from typing import Final

from vindue.nlp.inputs import Progress

_LONG: Final = 50
_STEP: Final = 25


def progress_bar() -> Progress | None:
    """What shows how many notices of an input are read; null where nobody looks on."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        if total < _LONG:
            return
        if done == total:
            sys.stderr.write("\r\x1b[K")
        elif done % _STEP == 0:
            sys.stderr.write(f"\r{done}/{total} notices")
        sys.stderr.flush()

    return show
