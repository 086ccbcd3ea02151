"""Whole phrases of time with what they mean (``time-phrases.toml``), and their table."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict

Language = Literal["en", "da"]
LANGUAGES: tuple[Language, ...] = ("en", "da")


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TimePhrase(_Data):
    """One phrase in both languages; ``windows`` are local times, ``start/end``.

    ``only`` names the one language in which the phrase means that.
    """

    en: str
    da: str
    windows: tuple[str, ...]
    only: Language | None = None

    def told(self) -> Iterator[tuple[Language, str]]:
        """The languages in which it is told, with its words."""
        for language in LANGUAGES:
            if self.only in (None, language):
                yield language, self.en if language == "en" else self.da


class PhraseGroup(_Data):
    """Phrases of one kind."""

    title: str
    phrases: tuple[TimePhrase, ...]


class TimePhrases(_Data):
    """All phrases, and when the notice that tells them was published, also in words."""

    published: datetime
    published_words: str
    group: tuple[PhraseGroup, ...]


@cache
def load_time_phrases() -> TimePhrases:
    """Read and check the file; raises ``pydantic.ValidationError`` on a flaw."""
    source = files("vindue.grammars").joinpath("time-phrases.toml")
    return TimePhrases(**tomllib.loads(source.read_text(encoding="utf-8")))


def phrase_table(phrases: TimePhrases) -> str:
    """The table as Markdown."""
    lines = [
        "# Time phrases",
        "",
        "Made from `grammars/time-phrases.toml` by `python -m vindue.grammars.time_phrases`; "
        "each phrase is run as a test. The notice was published on "
        f"{phrases.published_words}, Copenhagen time. "
        "The forms of dates, clock times and lengths, with examples that are run too, stand in "
        "`grammars/dates.toml` and `grammars/clocks.toml`.",
    ]
    for group in phrases.group:
        lines += ["", f"## {group.title}", "", "| English | Danish | read as |", "|---|---|---|"]
        for phrase in group.phrases:
            told = dict(phrase.told())
            cells = [told.get(language, "–") for language in LANGUAGES]
            lines.append(f"| {cells[0]} | {cells[1]} | {_windows(phrase.windows)} |")
    return "\n".join(lines) + "\n"


def _windows(windows: tuple[str, ...]) -> str:
    return "; ".join(_window(*window.split("/")) for window in windows)


def _window(start: str, end: str) -> str:
    if not end:
        return f"{start} –, end open"
    return f"{start} – {end[11:] if end[:10] == start[:10] else end}"


if __name__ == "__main__":
    print(phrase_table(load_time_phrases()), end="")
