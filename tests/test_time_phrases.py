"""Every phrase of the table is read as it says, and the docs show that table."""

from __future__ import annotations

from pathlib import Path

import pytest

from vindue import parse
from vindue.grammars.time_phrases import TimePhrase, load_time_phrases, phrase_table

PHRASES = load_time_phrases()
OPENER = {"en": "Service window: ", "da": "Servicevindue: "}
DOCS = Path(__file__).parent.parent / "docs" / "time-phrases.md"
CASES = [
    pytest.param(phrase, OPENER[language] + words, id=words)
    for group in PHRASES.group
    for phrase in group.phrases
    for language, words in phrase.told()
]


@pytest.mark.parametrize(("phrase", "line"), CASES)
def test_a_phrase_is_read_as_the_table_says(phrase: TimePhrase, line: str) -> None:
    record = parse(f"Portal\n\n{line}\n", published_at=PHRASES.published.isoformat())
    told = tuple(f"{_local(w.start)}/{_local(w.end)}" for w in record.windows)
    assert told == phrase.windows
    assert all(window.open_end == (window.end is None) for window in record.windows)


def test_the_docs_show_the_table() -> None:
    assert DOCS.read_text(encoding="utf-8") == phrase_table(PHRASES)


def _local(at: str | None) -> str:
    return at[:16].replace("T", " ") if at else ""
