"""Where an older mail begins below a newer one, told by its headers."""

from __future__ import annotations

from functools import cache
from typing import Final

import regex

from vindue.grammars.forms import load_mail_form
from vindue.nlp.spans import Line

LEAST_KINDS: Final = 3
"""Of from, sent, to and subject: so many in a row head a mail."""

_HEADER: Final = regex.compile(r"\W{0,3}(\p{L}[\p{L}-]{1,12})\*?\s*:")


def heads_of_mails(lines: tuple[Line, ...]) -> frozenset[int]:
    """Indices of the lines with which an older mail's headers begin.

    The headers that open the text are the notice's own.
    """
    found: set[int] = set()
    run: list[tuple[int, str]] = []
    for line in lines:
        match = _HEADER.match(line.text)
        kind = _kinds().get(match[1].casefold()) if match else None
        if kind is None:
            run = []
            continue
        run.append((line.index, kind))
        if len({name for _, name in run}) >= LEAST_KINDS and run[0][0] > 0:
            found.add(run[0][0])
    return frozenset(found)


@cache
def _kinds() -> dict[str, str]:
    header = load_mail_form().header
    return {word.casefold(): kind for kind, words in header.items() for word in words}
