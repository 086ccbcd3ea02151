"""A notice explained: evidence marked, charges laid open, nothing raw."""

from __future__ import annotations

from vindue.nlp.inputs import Settings, read_text, weigh_record
from vindue.out.explain import Explanation, explain, safe, to_html, to_text

TEXT = (
    "PRD-servicewindow Gateways Wednesday October 15, 2025\n"
    "PRD-servicewindow Gateways Wednesday October 14, 2025, 1815-1930\n"
    "File access to Manifest will be unavailable. <script>alert(1)</script> \x1b[31m\n"
)
SETTINGS = Settings("generic", None, "2025-10-13T09:21:00+02:00")


def explained() -> Explanation:
    record = read_text(TEXT, "notice.txt", SETTINGS)
    return explain(TEXT, record, weigh_record(TEXT, record, SETTINGS))


def test_segments_are_the_whole_notice() -> None:
    assert "".join(segment.text for segment in explained().segments) == TEXT


def test_text_shows_evidence_and_both_readings() -> None:
    shown = to_text(explained(), colour=False)
    assert "[Wednesday October 14, 2025], [1815]-[1930]" in shown
    assert "→ Wed 2025-10-15" in shown
    assert "Tue 2025-10-14" in shown
    assert "conflict.date" in shown


def test_terminal_gets_no_escape_of_the_notice() -> None:
    shown = to_text(explained(), colour=True)
    assert "\x1b[31m" not in shown
    assert "\\x1b[31m" in shown
    assert safe("a\x07b\xa0c") == "a\\x07b c"


def test_page_escapes_everything() -> None:
    page = to_html([explained()])
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert '<mark class="start" title="/windows/0/start">' in page


def test_the_winner_is_charged_least() -> None:
    weighed = explained().weighings[0]
    charges = [candidate.charge for candidate in weighed.candidates]
    assert charges == sorted(charges)
    assert weighed.candidates[0].day.isoformat() == "2025-10-15"
