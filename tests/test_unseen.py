"""Signs that nobody sees: the record is that of the text without them, its places the input's."""

from __future__ import annotations

from random import Random
from typing import Final

import pytest

import vindue
from vindue.nlp.trimming import INVISIBLE

FORM: Final = (
    "Planned maintenance\n\nStart Time: 2026-03-24 22:00 UTC\nEnd Time: 2026-03-25 02:00 UTC\n"
    "Impact: the link will be unavailable\n"
)
PROSE: Final = (
    "Servicevindue\n\nNetbank er lukket tirsdag den 24. marts 2026 kl. 22-24.\n"
    "Opdatering kl. 23.30: Vinduet er forlænget til kl. 01.00.\n"
)
PAGE: Final = (
    "ManifestPRD-servicewindow March 24, 202618-03-2026 kl. 09:00\n\n"
    "Tuesday March 24, 2026 1800-2000\n\nManifest is closed.\n\n18-03-2026 08:45:00\n"
)


def _sprinkled(text: str, seed: int) -> str:
    rng = Random(seed)
    signs = list(text)
    for _ in range(40):
        signs.insert(rng.randrange(len(signs)), rng.choice(INVISIBLE))
    return "".join(signs)


@pytest.mark.parametrize("text", [FORM, PROSE, PAGE])
@pytest.mark.parametrize("seed", range(8))
def test_unseen_signs_change_nothing_but_the_places(text: str, seed: int) -> None:
    told = _sprinkled(text, seed) if text is not PAGE else _in_body(text, seed)
    plain = vindue.parse(text, published_at="2026-03-18T08:45")
    record = vindue.parse(told, published_at="2026-03-18T08:45")
    assert record.windows == plain.windows
    assert [(r.kind, r.at, r.end) for r in record.revisions] == [
        (r.kind, r.at, r.end) for r in plain.revisions
    ]
    assert record.title == plain.title
    assert record.source.end == len(told)
    for proof in record.evidence:
        assert told[proof.start : proof.end] == proof.text
    for impact in record.impacts:
        assert told[impact.start : impact.end] == impact.text


def _in_body(page: str, seed: int) -> str:
    head, body, stamp = page.split("\n\n", 1)[0], page.split("\n\n", 1)[1], ""
    at = body.rindex("\n\n")
    body, stamp = body[:at], body[at:]
    return head + "\n\n" + _sprinkled(body, seed) + stamp


def test_a_sign_inside_a_label_a_year_and_a_word() -> None:
    text = "Planned work\n\nSt\u00adart \u200bTime: 20\u200b26-03-\ufeff24 22:00 U\u2060TC\n"
    text += "End \u202aTime:\u202c 2026-03-25 02:00 UTC\nThe serv\u00adice is down."
    window = vindue.parse(text, published_at="2026-03-18T08:45").windows[0]
    assert (window.start, window.end) == ("2026-03-24T23:00:00+01:00", "2026-03-25T03:00:00+01:00")


def test_a_visible_sign_is_not_skipped() -> None:
    text = "Planned work\n\nSt_art T.ime: 24.3.\nThe service is up."
    assert not vindue.parse(text, published_at="2026-03-18T08:45").windows
