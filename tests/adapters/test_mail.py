"""E-mail: what its writer wrote is the notice, what is quoted is history."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from vindue.nlp.adapters import mail
from vindue.nlp.adapters.envelope import Envelope
from vindue.nlp.adapters.mail_quotes import split_mail

Raw = Callable[[str], bytes]
Read = Callable[[bytes | str], Envelope]

HEAD = (
    "From: noc@carrier.example\nTo: a@firm.example\nSubject: Planned work\n"
    "Date: Mon, 2 Mar 2026 10:15:00 +0100\n"
)
WINDOW = "Start: 14-03-2026 22:00 UTC\nEnd: 15-03-2026 02:00 UTC"


@pytest.fixture
def read(zone: ZoneInfo, sound: Callable[[tuple[Envelope, ...]], tuple[Envelope, ...]]) -> Read:
    def one(data: bytes | str) -> Envelope:
        (envelope,) = sound(mail.decode(data, zone))
        return envelope

    return one


def body_of(envelope: Envelope) -> str:
    return envelope.notice.body.of(envelope.notice.text)


def codes_of(envelope: Envelope) -> list[str]:
    return [finding.code for finding in envelope.notice.findings]


def history_of(envelope: Envelope) -> list[tuple[str, str]]:
    return [(version.kind, version.text.text) for version in envelope.history]


def test_plain_text_with_signature_and_two_kinds_of_quotes(raw: Raw, read: Read) -> None:
    envelope = read(raw("mail.eml"))
    notice = envelope.notice
    assert notice.title
    assert notice.title.text == "Planlagt arbejde på Østerbro"
    assert notice.published_at
    assert notice.published_at.isoformat() == "2026-03-02T10:15:00+01:00"
    assert notice.published
    assert notice.published.of(notice.text) == "Mon, 02 Mar 2026 10:15:00 +0100"
    assert body_of(envelope).splitlines() == [
        "Arbejdet er flyttet til lørdag den 14. marts 2026.",
        "",
        "Dato: 14-03-2026",
        "Fra: 22:00",
        "Til: 23:30",
        "",
        "Hilsen",
    ]
    assert history_of(envelope) == [
        ("quoted", "Arbejdet er fredag den 13. marts 2026 kl. 22-02.\n\nHilsen"),
        ("quoted", "Arbejdet er torsdag den 12. marts 2026 kl. 22-02."),
    ]
    assert envelope.history[1].at
    assert envelope.history[1].at.isoformat() == "2026-02-27T08:00:00+01:00"
    assert "decoy" not in notice.text, "an attached file is no part of the mail's text"


def test_html_where_the_plain_text_is_a_stub(raw: Raw, read: Read) -> None:
    envelope = read(raw("mail-html.eml"))
    assert body_of(envelope) == "Start\t14 March 2026 22:00 UTC\nEnd\t15 March 2026 02:00 UTC"
    assert history_of(envelope) == [
        ("struck", "End\t15 March 2026 01:00 UTC"),
        ("quoted", "Start 13 March 2026 22:00 UTC"),
    ]
    assert envelope.notice.title
    assert envelope.notice.title.text == "Planned work"


def test_a_forwarded_mail_is_the_notice(raw: Raw, read: Read) -> None:
    envelope = read(raw("forward.eml"))
    body = body_of(envelope)
    assert "Til orientering" not in body
    assert "serves you and on the routers of your site.\n" in body
    assert body.endswith("End: 15-03-2026 02:00 UTC")
    assert envelope.notice.published_at
    assert envelope.notice.published_at.isoformat() == "2026-03-02T22:10:00+01:00"
    assert envelope.history == ()


def test_a_mail_attached_whole_is_read_where_the_outer_one_tells_nothing(read: Read) -> None:
    inner = HEAD.replace("Planned work", "The inner one") + f"\n{WINDOW}\n"
    outer = (
        HEAD + 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\n{text}\n--b\nContent-Type: message/rfc822\n\n"
        + inner
        + "\n--b--\n"
    )
    told = read(outer.replace("{text}", "See below."))
    assert body_of(told) == WINDOW
    assert told.notice.title
    assert told.notice.title.text == "The inner one"
    assert body_of(read(outer.replace("{text}", "Moved to 16-03-2026."))) == "Moved to 16-03-2026."


def test_a_calendar_alone_is_read_as_one(zone: ZoneInfo) -> None:
    event = (
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:u1\nSUMMARY:Work\n"
        "DTSTART:20260314T210000Z\nDTEND:20260314T230000Z\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    (envelope,) = mail.decode(
        HEAD + f"MIME-Version: 1.0\nContent-Type: text/calendar\n\n{event}", zone
    )
    assert envelope.form == "ical"
    assert "Start: 2026-03-14 21:00 UTC" in body_of(envelope)


@pytest.mark.parametrize(
    ("text", "own", "quotes"),
    [
        ("From: 22:00\nTo: 02:00\nDate: 14-03-2026", None, []),
        ("Fra: mandag\nTil: tirsdag\nDato: se nedenfor", None, []),
        ("On 14 March at 22:00 we will do the following:\n- restart", None, []),
        ("a\n\n--\n" + "line\n" * 12 + "last", None, []),
        ("new\n\nOn Mon, 2 Mar 2026 at 10:15, NOC wrote:\n\nold", "new", ["old"]),
        ("> old\n> older\n\nnew", "new", ["old\nolder"]),
        (
            "new\n________________\nFrom: NOC\nSent: Monday\nTo: x\nSubject: y\n\nold",
            "new",
            ["old"],
        ),
        ("new\n-------- Videresendt meddelelse --------\nold", "new", ["old"]),
        ("new\n---- Original Message ----\nFrom: a@b\n\nold\n> oldest", "new", ["old", "oldest"]),
    ],
)
def test_what_is_quoted_and_what_only_looks_like_it(
    text: str, own: str | None, quotes: list[str]
) -> None:
    written = split_mail(text)
    assert written.own == (text if own is None else own)
    assert [quote.text for quote in written.quotes] == quotes


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Re: Fwd: RE[2]: Planned work", "Planned work"),
        ("SV: VS: Planlagt arbejde", "Planlagt arbejde"),
        ("Reminder: Planned work", "Reminder: Planned work"),
        ("=?iso-8859-1?Q?=D8sterbro?=", "Østerbro"),
        ("Re:", None),
    ],
)
def test_titles(subject: str, title: str | None, read: Read) -> None:
    found = read(HEAD.replace("Planned work", subject) + f"\n{WINDOW}").notice.title
    assert (found.text if found else None) == title


def test_dates_in_other_forms_and_none(read: Read) -> None:
    standard = "Mon, 2 Mar 2026 10:15:00 +0100"
    other = read(HEAD.replace(standard, "2026-03-02 10:15") + f"\n{WINDOW}")
    assert other.notice.published_at
    assert other.notice.published_at.isoformat() == "2026-03-02T10:15:00+01:00"
    assert codes_of(read(HEAD.replace(standard, "soon") + f"\n{WINDOW}")) == ["stamp.unreadable"]
    undated = "".join(line for line in HEAD.splitlines(True) if not line.startswith("Date"))
    assert codes_of(read(f"{undated}\n{WINDOW}")) == ["stamp.missing"]


def test_broken_charsets_encodings_and_boundaries(read: Read) -> None:
    kind = "MIME-Version: 1.0\nContent-Type: text/plain; charset="
    blue = "blå 22:00"
    assert body_of(read(HEAD.encode() + f"{kind}no-such\n\n".encode() + blue.encode())) == blue
    assert (
        body_of(read(HEAD.encode() + f"{kind}utf-8\n\n".encode() + blue.encode("cp1252"))) == blue
    )
    assert body_of(read(HEAD.encode() + f"{kind}latin1\n\n".encode() + blue.encode())) == blue
    assert body_of(read(HEAD + f"{kind}hex\n\nfull 22:00")) == "full 22:00"
    cut = (
        HEAD + 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n--b\n\n' + WINDOW
    )
    assert body_of(read(cut)) == WINDOW
    assert codes_of(read(HEAD)) == ["form.empty"]
    assert codes_of(read(b"\x00\x01 no mail")) == ["form.broken"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (
            HEAD + "Content-Type: multipart/mixed; boundary=a\n\n" + "--a\nX: boundary=b\n" * 99,
            "deep",
        ),
        (HEAD + "Content-Type: text/plain; a=" + "(" * 5_000 + "\n\nx 1", "broken"),
        (HEAD + "\n" + "> x\ny\n" * 30_000, "large"),
        ("X" * (16_000_000 + 1), "large"),
    ],
    ids=["parts", "comments", "lines", "size"],
)
def test_hostile_mails_end_in_an_error(data: str, code: str, read: Read) -> None:
    assert any(finding.endswith(code) for finding in codes_of(read(data)))


def test_hostile_headers_are_cut(read: Read) -> None:
    long = read(HEAD.replace("Planned work", "=?utf-8?q?=41?= " * 50_000) + f"\n{WINDOW}")
    assert long.notice.title
    assert len(long.notice.title.text) <= mail.MAX_SUBJECT
    assert body_of(long) == WINDOW
