"""An e-mail (RFC 5322, MIME) → one notice.

*The input as decoded* is laid out as: the subject, the date, what the writer
wrote, and below it (not read) the signature, struck words and quoted mails.
"""

from __future__ import annotations

import re
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Final, cast
from zoneinfo import ZoneInfo

from vindue.grammars.forms import MailForm, load_mail_form
from vindue.nlp.adapters.envelope import Envelope, Version, guarded, unread
from vindue.nlp.adapters.layout import Layout, piece_of, trimmed
from vindue.nlp.adapters.mail_parts import Body, attached_mail, find_body
from vindue.nlp.adapters.mail_quotes import Quote, Written, split_mail
from vindue.nlp.adapters.moments import aware, find_moment
from vindue.nlp.instants import plausible
from vindue.nlp.limits import USUAL, Limits
from vindue.nlp.spans import Finding, Notice, Piece, Span
from vindue.nlp.values import dataclass, replace

FORM: Final = "mail"
MAX_BOUNDARIES: Final = 60
MAX_COMPARED: Final = 1_500_000
MAX_SUBJECT: Final = 400
MAX_HEADER: Final = 8_000
MAX_ATTACHED: Final = 3
_BOUNDARY: Final = re.compile(rb"boundary\s*=", re.IGNORECASE)


class _Bounded(policy.EmailPolicy):
    """The standard's policy; a header of unlikely length is cut before it is parsed.

    The library's header parser takes the square of a header's length, and
    looks into headers of every part as it splits the mail.
    """

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Name and value of a header; raises what the library raises."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:MAX_HEADER]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What of a mail is the notice, and what is not."""

    text: str
    subject: str
    sent: str
    signature: str
    quotes: tuple[Quote, ...]


def decode(data: bytes | str, zone: ZoneInfo, limits: Limits = USUAL) -> tuple[Envelope, ...]:
    """The mail as one notice (more only where all it holds is a calendar). Never raises."""
    raw = data.encode("utf-8", "surrogateescape") if isinstance(data, str) else data
    return guarded(FORM, raw, lambda: _decode(raw, zone, limits))


def _decode(raw: bytes, zone: ZoneInfo, limits: Limits = USUAL) -> tuple[Envelope, ...]:
    # the parser compares each line with each boundary that is open
    boundaries = len(_BOUNDARY.findall(raw))
    if boundaries > MAX_BOUNDARIES or boundaries * raw.count(b"\n") > MAX_COMPARED:
        return (unread(FORM, "form.too_deep", "too many parts within parts, not opened"),)
    parsed = message_from_bytes(_without_envelope_line(raw), policy=_Bounded())
    message = cast("EmailMessage", parsed)
    if not message.keys():
        return (unread(FORM, "form.broken", "no mail: it has no headers"),)
    message, body = _telling(message, limits)
    if not body.text.strip() and body.calendar is not None:
        return _calendar(body.calendar, zone)
    form = load_mail_form()
    reading = _reading(message, body, form)
    return (_envelope(reading, body, form, zone),)


def _telling(message: EmailMessage, limits: Limits) -> tuple[EmailMessage, Body]:
    """The mail that tells something: one attached to it, where it tells no figure itself."""
    body = find_body(message, limits)
    for _ in range(MAX_ATTACHED):
        inner = attached_mail(message, limits)
        if inner is None or body.calendar or any(map(str.isdigit, body.text)):
            break
        message, body = inner, find_body(inner, limits)
    return message, body


def _without_envelope_line(raw: bytes) -> bytes:
    """The mail without what a mailbox or a copy puts above its headers."""
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    return raw.partition(b"\n")[2] if raw.startswith(b"From ") else raw


def _calendar(data: bytes, zone: ZoneInfo) -> tuple[Envelope, ...]:
    from vindue.nlp.adapters.ical import decode as decode_calendar  # noqa: PLC0415 - if needed

    return decode_calendar(data, zone)


def _reading(message: EmailMessage, body: Body, form: MailForm) -> _Reading:
    """The mail's own text; of a forwarded mail the text that was forwarded."""
    written = split_mail(body.text)
    subject, sent = _header(message, "subject"), _header(message, "date")
    own = _Reading(written.own, subject, sent, written.signature, written.quotes)
    first = _forwarded(written, subject, form)
    if first is None:
        return own
    rest = tuple(quote for quote in written.quotes if quote is not first)
    return _Reading(
        first.text, _subject(subject, form) or first.subject or "", first.sent or sent, "", rest
    )


def _forwarded(written: Written, subject: str, form: MailForm) -> Quote | None:
    """The quote that is the notice: a forwarded mail, or all there is to read."""
    if not written.quotes:
        return None
    first = written.quotes[0]
    by_subject = first.sent and _prefix(form.forward_prefixes).match(subject)
    return first if first.forwarded or by_subject or not written.own.strip() else None


def _envelope(reading: _Reading, body: Body, form: MailForm, zone: ZoneInfo) -> Envelope:
    layout = Layout()
    headline = layout.line(reading.subject)
    date = layout.line(reading.sent)
    layout.add("\n")
    content = layout.add(f"{reading.text}\n")
    if reading.signature:
        layout.add(f"\n{reading.signature}\n")
    history = [_struck(layout, line) for line in body.struck]
    history += [_quoted(layout, quote, zone) for quote in reading.quotes]
    text = layout.text
    sent = _sent(reading.sent, zone)
    inner = trimmed(text, content)
    notice = Notice(
        text=text,
        span=Span(0, len(text)),
        body=inner,
        line=1,
        title=_title(text, headline, form),
        published_at=sent,
        published=date.span if sent else None,
        findings=(*body.findings, *_findings(inner, date, sent)),
    )
    return Envelope(FORM, notice, tuple(_replaced(history, sent)))


def _struck(layout: Layout, line: str) -> Version:
    layout.add("\n")
    return Version(layout.line(line), "struck")


def _quoted(layout: Layout, quote: Quote, zone: ZoneInfo) -> Version:
    layout.add("\n")
    at = _sent(quote.sent, zone) if quote.sent else None
    piece = layout.line(quote.text)
    return Version(piece, "quoted", at)


def _replaced(history: list[Version], sent: datetime | None) -> list[Version]:
    """Each version was replaced when the next newer mail was sent."""
    found, newer = [], sent
    for version in history:
        found.append(replace(version, replaced_at=newer))
        newer = version.at or newer
    return found


def _findings(body: Span, date: Piece, sent: datetime | None) -> list[Finding]:
    found = []
    if not len(body):
        found.append(Finding("form.empty", "error", "the mail holds no text"))
    if sent is None:
        code = "stamp.unreadable" if date.text else "stamp.missing"
        message = "the mail's date is no time that can be" if date.text else "the mail has no date"
        found.append(Finding(code, "warning", message, date.span, date.text or None))
    return found


def _title(text: str, headline: Piece, form: MailForm) -> Piece | None:
    """The subject without what replying and forwarding put before it."""
    kept = _subject(headline.text, form)
    end = headline.span.start + len(headline.text.rstrip())
    return piece_of(text, Span(end - len(kept), end))


def _subject(subject: str, form: MailForm) -> str:
    """``subject`` without prefixes; its end is kept as it is."""
    kept = subject.rstrip()
    prefix = _prefix((*form.reply_prefixes, *form.forward_prefixes))
    while match := prefix.match(kept):
        kept = kept[match.end() :]
    return kept


@cache
def _prefix(words: tuple[str, ...]) -> re.Pattern[str]:
    forms = "|".join(re.escape(word) for word in words)
    return re.compile(rf"\s*(?:{forms})\s*+(?:(?:\[\d+\]|\(\d+\))\s*+)?:\s*", re.IGNORECASE)


def _header(message: EmailMessage, name: str) -> str:
    """A header on one line; empty where it is missing or can't be decoded."""
    try:
        return " ".join(str(message.get(name, "")).split())[:MAX_SUBJECT]
    except Exception:  # the header parser trips over damaged encodings in many ways
        return ""


def _sent(written: str, zone: ZoneInfo) -> datetime | None:
    """The time of a date header, in the form of the standard or any other."""
    try:
        return plausible(aware(parsedate_to_datetime(written), zone))
    except (ValueError, TypeError, IndexError, OverflowError):
        moment = find_moment(written, Span(0, len(written)), zone)
        return moment.at if moment else None
