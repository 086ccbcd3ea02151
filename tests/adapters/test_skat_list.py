"""The Danish list: a stamp and a system open each message; other stamps don't."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from vindue.nlp.adapters import skat_list
from vindue.nlp.adapters.envelope import Envelope

Raw = Callable[[str], bytes]
Read = Callable[[str], tuple[Envelope, ...]]


@pytest.fixture
def read(zone: ZoneInfo, sound: Callable[[tuple[Envelope, ...]], tuple[Envelope, ...]]) -> Read:
    return lambda text: sound(skat_list.decode(text, zone))


def test_messages_of_the_list(raw: Raw, read: Read) -> None:
    text = raw("skat-list.txt").decode()
    news, window, short = read(text)
    assert [tag.text for tag in window.notice.tags] == ["Alle toldsystemer"]
    assert [tag.text for tag in short.notice.tags] == ["Import", "Eksport"]
    assert news.notice.title
    assert news.notice.title.text == "Nyt telefonnummer til helpdesk"
    assert window.notice.published_at
    assert window.notice.published_at.isoformat() == "2022-03-21T19:48:00+01:00"
    assert window.notice.title
    assert window.notice.title.text.endswith("klokken 1515-2100.")
    body = window.notice.body.of(text)
    assert body.startswith("Det betyder")
    assert body.endswith("2022-03-26 20:45 Servicevinduet er forlænget til klokken 2200.")
    assert short.notice.title is None
    assert short.notice.body.of(text).startswith("Kort varsel")


def test_tiles_cover_the_text(raw: Raw, read: Read) -> None:
    text = raw("skat-list.txt").decode()
    spans = [envelope.notice.span for envelope in read(text)]
    assert "".join(span.of(text) for span in spans) == text
    assert [text.splitlines()[e.notice.line - 1][:4] for e in read(text)] == ["2022"] * 3


@pytest.mark.parametrize(
    ("line", "tags", "title"),
    [
        ("2022-03-20 08:00Import", ["Import"], None),
        ("2022-03-20 08:00 dms import + EMCS", ["dms import", "EMCS"], None),
        (
            "2022-03-20 08:00\tManifest\tManifest er lukket\tLukket",
            ["Manifest"],
            "Manifest er lukket",
        ),
        ("2022-03-20 08:00ManifestServicevindue tirsdag", ["Manifest"], "Servicevindue tirsdag"),
    ],
)
def test_heads(line: str, tags: list[str], title: str | None, read: Read) -> None:
    (envelope,) = read(f"{line}\nDer er lukket kl. 12-13 i dag.")
    assert [tag.text for tag in envelope.notice.tags] == tags
    found = envelope.notice.title
    assert (found.text if found else None) == title


@pytest.mark.parametrize(
    "text",
    [
        "2022-03-20 08:00 - 2022-03-20 10:00 Import",
        "2022-03-20 08:00 Import er lukket fra nu af",
        "2022-03-20 08:00 UTC\nUpdate: the work is extended",
        "Work on 2022-03-20 08:00 Import",
        "20-03-2022 08:00 Import",
        "",
    ],
)
def test_other_stamps_open_nothing(text: str) -> None:
    assert not skat_list.recognises(text)


def test_a_system_unknown_so_far_among_known_ones(read: Read) -> None:
    first, second = read("2022-03-20 08:00Import\nx\n2022-03-19 08:00Nyt Toldsystem\ny\n")
    assert [tag.text for tag in second.notice.tags] == ["Nyt Toldsystem"]
    assert first.notice.body.of(first.notice.text) == "x"


def test_broken_a_stamp_that_can_not_be_and_an_empty_message(read: Read) -> None:
    impossible, empty = read("2022-02-30 08:00Import\ntekst\n2022-02-20 08:00Import\n\n")
    assert [finding.code for finding in impossible.notice.findings] == ["stamp.unreadable"]
    assert impossible.notice.published_at is None
    assert [finding.code for finding in empty.notice.findings] == ["form.empty"]


def test_hostile_a_list_of_heads_alone(read: Read) -> None:
    found = read("2022-03-20 08:00 Import\n" * 2_000)
    assert len(found) == 2_000
    assert {f.code for e in found for f in e.notice.findings} == {"form.empty"}
