"""The parts of a mail → the text that a person would read first."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage, Message
from typing import Final

from vindue.grammars.forms import load_mail_form
from vindue.nlp.adapters.charset import decode_bytes
from vindue.nlp.adapters.html import HtmlText, html_text
from vindue.nlp.decoding import UnreadableError
from vindue.nlp.limits import USUAL, Limits
from vindue.nlp.spans import Finding
from vindue.nlp.values import dataclass

MAX_PARTS: Final = 200
MAX_LINES: Final = 20_000
_SOFT: Final = " "
_MAIL: Final = "message/rfc822"


@dataclass(frozen=True, slots=True)
class Body:
    """The mail's text; struck lines of its HTML; a calendar that stands beside it."""

    text: str
    struck: tuple[str, ...] = ()
    calendar: bytes | None = None
    findings: tuple[Finding, ...] = ()


def find_body(message: EmailMessage, limits: Limits = USUAL) -> Body:
    """Plain text first, HTML where the plain text is empty or a mere stub."""
    walk = _Walk(limits.parts)
    plain: list[str] = []
    pages: list[HtmlText] = []
    calendar: bytes | None = None
    findings: list[Finding] = []
    for part in _parts(message, walk):
        kind = part.get_content_type()
        try:
            if kind == "text/plain":
                plain.append(_plain(part))
            elif kind == "text/html":
                pages.append(_page(part, limits.elements))
            elif kind == "text/calendar" and calendar is None:
                calendar = _bytes(part)
        except UnreadableError as error:
            findings.append(Finding("form.part_unread", "warning", f"a {kind} part: {error}"))
    text = "\n\n".join(filter(str.strip, plain))
    page = _joined(pages)
    if page is not None and _is_stub(text, page.text):
        text = page.text
        findings.extend(page.findings)
    lines = text.split("\n", MAX_LINES)
    if len(lines) > MAX_LINES:
        reason = f"more than {MAX_LINES:,} lines, the rest is not read"
        findings.append(Finding("form.too_large", "error", reason))
    findings.extend(walk.findings)
    # what was struck is told by the HTML telling alone
    struck = page.struck if page else ()
    return Body("\n".join(lines[:MAX_LINES]), struck, calendar, tuple(findings))


def attached_mail(message: EmailMessage, limits: Limits = USUAL) -> EmailMessage | None:
    """The first mail that is attached whole, if there is one."""
    for part in _Walk(limits.parts).parts(message):
        if part.get_content_type() == _MAIL:
            inner = part.get_payload()
            first = inner[0] if isinstance(inner, list) and inner else None
            return first if isinstance(first, EmailMessage) else None
    return None


def _parts(message: Message, walk: _Walk) -> Iterator[Message]:
    """The parts that are read, in order: neither containers nor attachments."""
    for part in walk.parts(message):
        if not part.is_multipart() and not _is_attachment(part):
            yield part


class _Walk:
    """One walk over the parts of a mail, within bounds; ``findings`` tell what lies beyond."""

    def __init__(self, deepest: int) -> None:
        self._deepest = deepest
        self.findings: list[Finding] = []

    def parts(self, message: Message) -> Iterator[Message]:
        """Every part outside attached mails, in order."""
        waiting: list[tuple[Message, int]] = [(message, 0)]
        seen = 0
        while waiting:
            if seen == MAX_PARTS:
                reason = f"more than {MAX_PARTS} parts, the rest is not read"
                self.findings.append(Finding("form.too_large", "error", reason))
                return
            part, depth = waiting.pop()
            seen += 1
            yield part
            inner = part.get_payload()
            if not isinstance(inner, list) or part.get_content_type() == _MAIL:
                continue
            if depth >= self._deepest:
                reason = f"parts more than {self._deepest} deep in parts, not read"
                self.findings.append(Finding("form.too_deep", "error", reason))
                continue
            nested = [item for item in inner if isinstance(item, Message)]
            waiting.extend((item, depth + 1) for item in reversed(nested))


def _is_attachment(part: Message) -> bool:
    """An attached file; a calendar is one of the tellings however it is attached."""
    attached = part.get_content_disposition() == "attachment"
    return attached and part.get_content_type() != "text/calendar"


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _plain(part: Message) -> str:
    text = decode_bytes(_bytes(part), part.get_content_charset())
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _parameter(part, "format") != "flowed":
        return text
    return _unflowed(text, delete_space=_parameter(part, "delsp") == "yes")


def _parameter(part: Message, name: str) -> str:
    return str(part.get_param(name, "") or "").lower()


def _page(part: Message, deepest: int) -> HtmlText:
    text = decode_bytes(_bytes(part), part.get_content_charset())
    return html_text(text, frozenset(load_mail_form().quote_classes), deepest)


def _joined(pages: list[HtmlText]) -> HtmlText | None:
    if not pages:
        return None
    text = "\n\n".join(page.text for page in pages if page.text.strip())
    struck = tuple(line for page in pages for line in page.struck)
    findings = tuple(finding for page in pages for finding in page.findings)
    return HtmlText(text, struck=struck, findings=findings)


def _is_stub(plain: str, page: str) -> bool:
    """Whether the plain text is empty, or tells no figure where the HTML does."""
    if not plain.strip():
        return True
    return any(map(str.isdigit, page)) and not any(map(str.isdigit, plain))


def _unflowed(text: str, *, delete_space: bool) -> str:
    """Paragraphs put together again that were broken with a blank at the line's end (RFC 3676)."""
    found: list[str] = []
    open_line = False
    for line in text.split("\n"):
        content = line.removeprefix(" ") if line.startswith(" ") else line
        depth = len(content) - len(content.lstrip(">"))
        if open_line and depth == _depth(found[-1]) and content != "-- ":
            start = found[-1][:-1] if delete_space else found[-1]
            found[-1] = start + content[depth:].removeprefix(" " if depth else "")
        else:
            found.append(content)
        open_line = content.endswith(_SOFT) and content != "-- "
    return "\n".join(found)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(">"))
