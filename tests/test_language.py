"""The language of a notice: by its prose, not by the names in it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from vindue.grammars.load import load_languages, load_profile
from vindue.nlp.language import tell_language
from vindue.nlp.notices import text_notice


def tell(text: str) -> str:
    return tell_language(text_notice(text, load_profile("generic"), ZoneInfo("UTC")))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Service window Tuesday\n\nThe online system will be unavailable.", "en"),
        ("Servicevindue tirsdag\n\nSystemet er ikke tilgængeligt i perioden.", "da"),
        (
            "PRD-servicevindue tirsdag 26. november 2024\n\nFile access is closed.",
            "mixed",
        ),
        ("Service window\n\nThe system is closed.\nSystemet er lukket.", "mixed"),
        ("Planned works / Planlagt arbejde\n\n80016623", "mixed"),
        ("PRD-servicewindow DMS Tuesday Marts 4\n\nSign in will not be possible.", "en"),
        ("Service window\n\nDen Centrale Sikkerhedsløsning is unavailable.", "en"),
        ("DMS eksport\n\nDMS Forsendelse will be unavailable.", "en"),
        (
            "Service window\n\n2026-03-16 Nyhedsbrev – DMS opdateres lørdag\nIt is closed.",
            "en",
        ),
        (
            "Service window\n\nIt is closed (2026-03-13 Newsletter – Ny kontaktindgang til os).",
            "en",
        ),
        ("Servicevindue\n\nSe https://status.example/the/outage/will-be/closed", "da"),
        ("1800-2200", "en"),
        ("Ærø 1800-2200", "da"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert tell(text) == language


def test_no_word_tells_two_languages() -> None:
    known = load_languages()
    assert {name for name, _ in known} == {"da", "en"}
    seen: dict[str, str] = {}
    for name, words in known:
        assert not words.common & words.telling
        for word in words.common | words.telling:
            assert word == word.casefold().strip()
            assert seen.setdefault(word, name) == name, word
