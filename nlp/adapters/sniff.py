"""Which outer form an input has, and by what it is told."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final, Literal

from vindue.nlp.adapters import skat_list, skat_message
from vindue.nlp.adapters.charset import decode_bytes
from vindue.nlp.adapters.envelope import MAX_SIZE
from vindue.nlp.decoding import UnreadableError
from vindue.nlp.values import dataclass

FormName = Literal["html", "mail", "ical", "statuspage", "skat-message", "skat-list", "plain"]

SUFFIXES: Final[dict[str, FormName]] = {
    ".eml": "mail",
    ".htm": "html",
    ".html": "html",
    ".xhtml": "html",
    ".ics": "ical",
    ".ical": "ical",
}
"""What a file's name says of it, where its content says nothing."""

_HEAD: Final = 8_192
_HTML_OPENINGS: Final = ("<!doctype html", "<html", "<head", "<body")
_HTML_PARTS: Final = ("<table", "<div", "<p>", "<p ", "<br", "<ul", "<span", "<h1", "<article")
_MAIL_HEADERS: Final = frozenset(
    ("from", "to", "subject", "date", "content-type", "reply-to", "sender", "cc")
)
_MAIL_MARKS: Final = frozenset(
    ("received", "message-id", "mime-version", "return-path", "delivered-to", "dkim-signature")
)
_ENOUGH: Final = 3


@dataclass(frozen=True, slots=True)
class Sniffed:
    """The form, and the reason in words for a person; ``plain`` is no form of the adapters'."""

    form: FormName
    reason: str


def sniff(data: bytes | str, filename: str = "") -> Sniffed:
    """Tell the form by content, else by the file's name. Never raises."""
    text = _text(data)
    found = _container(text) or sniff_text(text)
    if found.form != "plain":
        return found
    suffix = PurePath(filename).suffix.lower()
    named = SUFFIXES.get(suffix)
    return Sniffed(named, f"the file's name ends in {suffix}") if named else found


def sniff_text(text: str) -> Sniffed:
    """Tell the form of a text out of its container."""
    if skat_message.recognises(text):
        return Sniffed("skat-message", "a block of labelled values stands above the text")
    if skat_list.recognises(text):
        return Sniffed("skat-list", "a stamp, year first, stands beside a known system")
    return Sniffed("plain", "no other outer form is recognised")


def _container(text: str) -> Sniffed | None:
    """The form of a file that wraps text."""
    head = text[:_HEAD].lstrip().lower()
    if head.startswith("begin:vcalendar"):
        return Sniffed("ical", "it opens with BEGIN:VCALENDAR")
    opening = next((mark for mark in _HTML_OPENINGS if head.startswith(mark)), None)
    if opening:
        return Sniffed("html", f"it opens with {opening}")
    if head.startswith("<") and any(part in head for part in _HTML_PARTS):
        return Sniffed("html", "it opens with a tag and holds elements of HTML")
    if head.startswith(("{", "[")):
        return _json(text)
    return _mail(head)


def _json(text: str) -> Sniffed | None:
    """Maintenances in one JSON value; lines of JSON are another form."""
    from vindue.nlp.adapters import statuspage  # noqa: PLC0415

    if not statuspage.recognises(text):
        return None
    return Sniffed("statuspage", "JSON with a scheduled maintenance in it")


def _mail(head: str) -> Sniffed | None:
    """Headers up to a blank line, with a mark that only mail has or all that a reader sees."""
    lines = head.splitlines()
    if lines and lines[0].startswith("from "):
        lines = lines[1:]
    names = set()
    for line in lines:
        if not line.strip():
            break
        if line[0] in " \t":
            continue
        name, colon, _ = line.partition(":")
        if not colon or not name or any(sign.isspace() for sign in name):
            return None
        names.add(name)
    marks = names & _MAIL_MARKS
    if marks and names & _MAIL_HEADERS:
        return Sniffed("mail", f"it opens with mail headers, {sorted(marks)[0]} among them")
    if {"from", "subject"} <= names and len(names & _MAIL_HEADERS) >= _ENOUGH:
        return Sniffed("mail", "it opens with the headers of a mail")
    return None


def _text(data: bytes | str) -> str:
    """The text as far as it can be had; a mail may mix charsets."""
    if len(data) > MAX_SIZE:
        data = data[:_HEAD]
    try:
        return decode_bytes(data)
    except UnreadableError:
        return data[:_HEAD].decode("latin-1") if isinstance(data, bytes) else data
