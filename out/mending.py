"""Flaws mended in the text itself: written in, read again, until nothing more can be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import copymode
from typing import Final

from vindue.grammars.rendering import RenderLanguage
from vindue.nlp.record import Record
from vindue.out.lint import Flaw, fixed, lint

Reader = Callable[[str], Sequence[Record]]
_ROUNDS: Final = 3


def mend(
    text: str,
    read: Reader,
    *,
    language: RenderLanguage | None = None,
) -> tuple[str, list[Flaw]]:
    """The text with all suggestions written in, and the flaws that are left.

    A mended date may bring out the next flaw, so it is read again, a few
    rounds at most; a round that makes nothing better is taken back.
    """
    flaws = lint(text, read(text), language=language)
    for _ in range(_ROUNDS):
        again = fixed(text, flaws)
        if again == text:
            break
        left = lint(again, read(again), language=language)
        if _weight(left) > _weight(flaws):
            break
        text, flaws = again, left
    return text, flaws


def rewrite(path: Path, text: str, encoding: str) -> None:
    """Put ``text`` in the file's place once it is written whole.

    Raises ``OSError``, or ``UnicodeEncodeError`` where the file's encoding
    has no sign for what was suggested.
    """
    raw = text.encode(encoding)
    partial = path.with_name(f".{path.name}.part")
    try:
        partial.write_bytes(raw)
        copymode(path, partial)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _weight(flaws: Sequence[Flaw]) -> int:
    return sum(flaw.fails for flaw in flaws)
