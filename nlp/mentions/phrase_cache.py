"""The phrases of a reader, compiled: taken from the user's cache where they were compiled before.

What is kept is plain data under the hash of the phrases and of the code that
compiles them: neither an edited phrase nor another version is answered from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from vindue.grammars.tables import kept_under
from vindue.nlp.mentions import phrases
from vindue.nlp.mentions.phrases import Need, Phrase, compile_phrase

Said = tuple[tuple[str, str], ...]


def compile_phrases(said: Iterable[tuple[str, str]]) -> tuple[Phrase, ...]:
    """Each phrase of ``said`` (kind and source), compiled.

    Raises ``ValueError`` on unbalanced brackets.
    """
    pairs = tuple(said)
    code = _code()
    if code is None:
        return _compiled(pairs)
    key = sha256(code + json.dumps(pairs).encode("utf-8")).hexdigest()
    table = kept_under(key, lambda: {"phrases": [_written(p) for p in _compiled(pairs)]})
    return tuple([_read(written) for written in table["phrases"]])


def _compiled(pairs: Said) -> tuple[Phrase, ...]:
    return tuple(compile_phrase(kind, source) for kind, source in pairs)


@cache
def _code() -> bytes | None:
    """What compiles phrases and what writes them down; null where it can't be read."""
    try:
        return b"".join(Path(name).read_bytes() for name in (phrases.__file__, __file__))
    except OSError:
        return None


def _written(phrase: Phrase) -> list[Any]:
    """A phrase as JSON holds it; words hold no blank, so a sequence of them is one string."""
    return [
        phrase.kind,
        phrase.source,
        phrase.expression,
        sorted(phrase.anchors),
        [[sorted(need.words), list(need.stems)] for need in phrase.needs],
        [" ".join(words) for words in phrase.spelled],
    ]


def _read(written: list[Any]) -> Phrase:
    kind, source, expression, anchors, needs, spelled = written
    return Phrase(
        kind,
        source,
        expression,
        frozenset(anchors),
        tuple([Need(frozenset(words), tuple(stems)) for words, stems in needs]),
        tuple([tuple(words.split(" ")) for words in spelled]),
    )
