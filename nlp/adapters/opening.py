"""The door: an input in whatever outer form → its notices, or the text of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal
from zoneinfo import ZoneInfo

from vindue.grammars.load import load_profile, profile_names
from vindue.nlp.adapters import skat_list, skat_message
from vindue.nlp.adapters.charset import decode_bytes
from vindue.nlp.adapters.envelope import Envelope, guarded, unread
from vindue.nlp.adapters.layout import Layout
from vindue.nlp.adapters.sniff import FormName, sniff, sniff_text
from vindue.nlp.decoding import UnreadableError
from vindue.nlp.limits import USUAL, Limits
from vindue.nlp.page import is_page
from vindue.nlp.spans import Finding
from vindue.nlp.values import dataclass, replace

if TYPE_CHECKING:
    from vindue.nlp.adapters.html import HtmlText

Inner = Literal["page"] | FormName
AUTO: Final = "auto"
GENERIC: Final = "generic"
FORMS: Final[tuple[FormName, ...]] = (
    "html",
    "mail",
    "ical",
    "statuspage",
    "skat-message",
    "skat-list",
)
"""What ``--from`` may name besides page, text and jsonl."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An input out of its outer form.

    ``form`` is the inner form: ``page`` (``text`` is to be split as a page),
    ``plain`` (no form of the adapters', read ``text`` as any text) or that of
    the ``envelopes``. ``profile`` is the one that the form implies;
    ``findings`` belong to the input as a whole where it has no envelope.
    """

    form: Inner
    profile: str
    reason: str
    text: str
    envelopes: tuple[Envelope, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the caller asked for: a zone, and ``auto`` or the name of a profile."""

    zone: ZoneInfo
    profile: str
    limits: Limits = USUAL

    @property
    def fallback(self) -> str:
        """The profile of what has no form of its own."""
        return GENERIC if self.profile == AUTO or self.profile in FORMS else self.profile

    def inner(self, found: str) -> str:
        """The text form to read: the one that was found, unless a profile was named."""
        return found if self.profile == AUTO else self.profile


def open_input(  # noqa: PLR0913, PLR0917 - what the input is, and how it is to be read
    data: bytes | str,
    filename: str,
    zone: ZoneInfo,
    form: str = AUTO,
    profile: str = AUTO,
    limits: Limits = USUAL,
) -> Opened:
    """Take ``data`` out of its outer form.

    ``form`` is ``auto`` or one of ``FORMS``; a ``profile`` that is the name of
    a text form is read as that form, any other (but ``auto``) as a page or
    text of that profile. Never raises for what ``data`` holds.
    """
    found = sniff(data, filename)
    name, reason = (found.form, found.reason) if form == AUTO else (form, "as it was told")
    wish = _Wish(zone, profile, limits)
    if name == "html":
        return _open_html(data, wish, reason)
    if name in ("mail", "ical", "statuspage"):
        envelopes = _decode_file(name, data, wish)
        text = envelopes[0].notice.text if envelopes else ""
        return Opened(_form(name), wish.fallback, reason, text, envelopes)
    try:
        text = decode_bytes(data)
    except UnreadableError as error:
        broken = (unread("plain", "form.broken", str(error)),)
        return Opened("plain", wish.fallback, reason, "", broken)
    inner = name if form != AUTO and name in FORMS else wish.inner(name)
    return _open_text(text, wish, inner, reason)


def open_text(text: str, zone: ZoneInfo, profile: str = AUTO) -> Opened:
    """Take a text out of HTML or of a text form; no other container is looked for.

    Offsets of the envelopes are offsets into ``text`` as it was given, those
    of HTML into its text as it was laid out.
    """
    wish = _Wish(zone, profile)
    if text.lstrip()[:1] == "<" and (markup := sniff(text)).form == "html":
        return _open_html(text, wish, markup.reason)
    found = sniff_text(text)
    return _open_text(text, wish, wish.inner(found.form), found.reason)


def _decode_file(name: str, data: bytes | str, wish: _Wish) -> tuple[Envelope, ...]:
    """The envelopes of a file form; each adapter is imported when it is needed."""
    if name == "mail":
        from vindue.nlp.adapters import mail  # noqa: PLC0415

        return mail.decode(data, wish.zone, wish.limits)
    if name == "ical":
        from vindue.nlp.adapters import ical  # noqa: PLC0415

        return ical.decode(data, wish.zone)
    from vindue.nlp.adapters import statuspage  # noqa: PLC0415

    return statuspage.decode(data, wish.zone)


def _open_html(data: bytes | str, wish: _Wish, reason: str) -> Opened:
    # a page of plain text needs none of it
    from vindue.nlp.adapters import html  # noqa: PLC0415
    from vindue.nlp.adapters.html_page import with_whole_headers  # noqa: PLC0415

    pages: list[HtmlText] = []

    def read() -> tuple[Envelope, ...]:
        page = html.html_text(data, deepest=wish.limits.elements)
        pages.append(page)
        return html.envelopes_of(page, wish.zone)

    envelopes = guarded(html.FORM, data, read)
    generic = Opened("html", wish.fallback, reason, envelopes[0].notice.text, envelopes)
    if not pages or not pages[0].text.strip():
        return generic
    page = pages[0]
    inner = sniff_text(page.text)
    opened = _open_text(page.text, wish, wish.inner(inner.form), inner.reason, page.title)
    told = f"{reason}; inside, {opened.reason}"
    if opened.form == "plain":
        return generic
    if opened.form == "page":
        text = with_whole_headers(page.text, load_profile(opened.profile))
        return replace(opened, text=text, reason=told, findings=page.findings)
    return replace(opened, reason=told, envelopes=_with_page(opened.envelopes, page))


def _open_text(text: str, wish: _Wish, name: str, reason: str, title: str | None = None) -> Opened:
    """A text in one of the text forms, a page, or neither."""
    zone = wish.zone
    if name == "skat-message":
        return Opened("skat-message", name, reason, text, skat_message.decode(text, zone, title))
    if name == "skat-list":
        return Opened("skat-list", name, reason, text, skat_list.decode(text, zone))
    page = _page_profile(text, wish)
    if page is not None:
        return Opened("page", page, f"the profile {page} knows it as a page of its own", text)
    return Opened("plain", wish.fallback, reason, text)


def _page_profile(text: str, wish: _Wish) -> str | None:
    """The first profile of a page that knows the text as its own, among those that may."""
    names = profile_names() if wish.profile == AUTO else (wish.profile,)
    for name in names:
        profile = load_profile(name)
        if name not in FORMS and profile.published and is_page(text, profile):
            return name
    return None


def _with_page(envelopes: tuple[Envelope, ...], page: HtmlText) -> tuple[Envelope, ...]:
    """The envelopes with what the document told besides its text.

    Struck words belong to the one notice there is; of several nobody can tell whose they are.
    """
    from vindue.nlp.adapters import html  # noqa: PLC0415

    if len(envelopes) != 1:
        return envelopes
    envelope = envelopes[0]
    layout = Layout()
    layout.add(f"{envelope.notice.text}\n")
    history = (*envelope.history, *html.lay_out_struck(layout, page.struck))
    findings = (*envelope.notice.findings, *page.findings)
    text = layout.text if page.struck else envelope.notice.text
    notice = replace(envelope.notice, text=text, findings=findings)
    return (replace(envelope, notice=notice, history=history),)


def _form(name: str) -> FormName:
    return next(form for form in FORMS if form == name)
