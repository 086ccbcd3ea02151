"""The single message: labels above, the newest text read, the earlier ones kept as history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from vindue.nlp.adapters import skat_message
from vindue.nlp.adapters.envelope import Envelope, earliest, revisions

Raw = Callable[[str], bytes]
Sound = Callable[[tuple[Envelope, ...]], tuple[Envelope, ...]]
Read = Callable[[str], tuple[Envelope, ...]]

BLOCK = (
    "Last updated\n2 Jun 2026 07:31\nType\nScheduled\nStatus\nOpen\nSystem\nManifest\nMessage\n\n"
)
NEW, OLD = "Tuesday June 2, 2026, 0700-0730", "Tuesday June 2, 2026, 0700-0800"


@pytest.fixture
def read(zone: ZoneInfo, sound: Sound) -> Read:
    return lambda text: sound(skat_message.decode(text, zone))


def test_labels_with_their_values_below(raw: Raw, read: Read) -> None:
    (envelope,) = read(raw("skat-message.txt").decode())
    notice = envelope.notice
    assert notice.title
    assert notice.title.text == "PRD-servicewindow DMS Saturday March 14, 2026"
    tags = [tag.text for tag in notice.tags]
    assert tags == ["Import", "Customs portal (DMS import)", "DMS Transit (NCTS)"]
    assert notice.updated_at == datetime(2026, 3, 14, 19, 42, tzinfo=ZoneInfo("Europe/Copenhagen"))
    assert notice.published_at
    assert notice.published_at.isoformat() == "2026-03-02T10:15:36+01:00"
    body = notice.body.of(notice.text)
    assert body.startswith("Saturday March 14, 2026, 0800-2200")
    assert body.endswith("WO0000001700042")
    assert "0800-2000" not in body
    assert dict(envelope.labels)["type"].text == "Scheduled unavailability"
    assert envelope.state == "scheduled"


def test_each_earlier_version_is_an_edit_at_the_time_of_the_next(raw: Raw, read: Read) -> None:
    (envelope,) = read(raw("skat-message.txt").decode())
    heads = [version.text.text.splitlines()[0] for version in envelope.history]
    assert heads == ["Saturday March 14, 2026, 0800-2000", "Saturday March 14, 2026, 0800-1800"]
    put_up = [version.at and f"{version.at:%d %H:%M:%S}" for version in envelope.history]
    assert put_up == ["14 08:05:10", "02 10:15:36"]
    edits = [(edit.kind, edit.at and f"{edit.at:%d %H:%M}") for edit in revisions(envelope)]
    assert edits == [("edited", "14 19:42"), ("edited", "14 08:05")]
    first = earliest(envelope)
    assert first
    assert first.body.of(first.text).startswith("Saturday March 14, 2026, 0800-1800")


def test_danish_labels_on_one_line_and_stamps_that_close(raw: Raw, read: Read) -> None:
    (envelope,) = read(raw("skat-message-da.txt").decode())
    notice = envelope.notice
    assert notice.title
    assert notice.title.text == "Servicevindue på Manifest søndag den 10. maj 2026"
    assert [tag.text for tag in notice.tags] == ["Manifest", "EMCS"]
    body = notice.body.of(notice.text)
    assert body == "Søndag den 10. maj 2026 kl. 6-9 er Manifest og EMCS lukket."
    (version,) = envelope.history
    assert version.text.text == "Søndag den 10. maj 2026 kl. 6-8 er Manifest og EMCS lukket."
    assert version.at == notice.published_at
    assert envelope.state == "cancelled"


@pytest.mark.parametrize(
    ("below", "published", "history"),
    [
        ("", None, []),
        ("\n\nPublished: 01-06-2026 10:00:00", "2026-06-01T10:00:00+02:00", []),
        (f"\n\nPublished: 01-06-2026 10:00:00\n\n{OLD}", "2026-06-01T10:00:00+02:00", [OLD]),
        (f"\n\nPublished 1.6.2026 kl. 10.00\n{OLD}\n", "2026-06-01T10:00:00+02:00", [OLD]),
        ("\n\nPublished: soon\n", None, []),
        ("\n\nPublished: 31-06-2026 10:00:00\n", None, []),
    ],
)
def test_stamps_of_versions(
    below: str, published: str | None, history: list[str], read: Read
) -> None:
    (envelope,) = read(f"{BLOCK}{NEW}{below}")
    at = envelope.notice.published_at
    assert (at.isoformat() if at else None) == published
    assert [version.text.text for version in envelope.history] == history
    assert envelope.notice.body.of(envelope.notice.text).startswith(NEW)


def test_a_stamp_inside_a_sentence_parts_nothing(read: Read) -> None:
    said = f"{NEW}\nPublished: 01-06-2026 10:00:00 by mistake, see above."
    (envelope,) = read(BLOCK + said)
    assert envelope.notice.body.of(envelope.notice.text) == said
    assert envelope.history == ()


def test_several_messages_tile_the_text(raw: Raw, read: Read) -> None:
    text = raw("skat-message.txt").decode() + "\n\n" + raw("skat-message-da.txt").decode()
    first, second = read(text)
    assert first.notice.span.start == 0
    assert first.notice.span.end == second.notice.span.start
    assert second.notice.span.end == len(text)
    assert second.notice.line == text[: second.notice.span.start].count("\n") + 1
    assert len(first.history) == len(second.history) + 1


@pytest.mark.parametrize(
    "text",
    [
        "Status\nThe system is up\nType\nfree text",
        "Last updated by the webmaster\n\nThe Message of the day",
        "Updated: 14-03-2026 08:05\nStart: 14-03-2026 22:00\nEnd: 15-03-2026 02:00",
        "",
    ],
)
def test_other_texts_are_no_message(text: str) -> None:
    assert not skat_message.recognises(text)


def test_broken_a_message_cut_in_its_labels(read: Read) -> None:
    (envelope,) = read(BLOCK[: BLOCK.index("Message")])
    assert [finding.code for finding in envelope.notice.findings] == ["form.empty"]
    (envelope,) = read(BLOCK.replace("2 Jun 2026", "32 Jun 2026") + NEW)
    assert [finding.code for finding in envelope.notice.findings] == ["stamp.unreadable"]
    assert envelope.notice.updated_at is None
    assert envelope.notice.body.of(envelope.notice.text) == NEW


def test_hostile_a_message_with_endless_versions(
    read: Read,
) -> None:
    text = BLOCK + NEW + "\n\nUpdated: 01-06-2026 10:00:00\nx" * 3_000
    (envelope,) = read(text)
    assert len(envelope.history) == skat_message.MAX_VERSIONS
    assert envelope.notice.body.of(envelope.notice.text) == NEW
