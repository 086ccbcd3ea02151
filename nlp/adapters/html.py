"""HTML → plain text; a generic page → one notice.

The plain text is *the input as decoded*: offsets of evidence point into it.
Cells of a table row are parted by tabs, rows by lines; struck words are left
out of the text and kept as history below it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from vindue.nlp.adapters.charset import decode_bytes
from vindue.nlp.adapters.envelope import Envelope, Version, guarded
from vindue.nlp.adapters.html_depth import readable_part
from vindue.nlp.adapters.html_lines import Run
from vindue.nlp.adapters.html_walk import BULLET, Walk
from vindue.nlp.adapters.layout import Layout, trimmed
from vindue.nlp.adapters.moments import aware
from vindue.nlp.instants import plausible
from vindue.nlp.limits import USUAL
from vindue.nlp.spans import Finding, Notice, Piece, Span
from vindue.nlp.values import dataclass

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

FORM: Final = "html"
_HEAD: Final = 4096
_PUBLISHED: Final = ("article:published_time", "datePublished", "dcterms.created")
_UPDATED: Final = ("article:modified_time", "dateModified", "dcterms.modified")


@dataclass(frozen=True, slots=True)
class HtmlText:
    """A document as plain text. ``struck`` are lines as they were before words
    in them were struck; times are as the document's head declares them."""

    text: str
    title: str | None = None
    struck: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    findings: tuple[Finding, ...] = ()


def decode(data: bytes | str, zone: ZoneInfo) -> tuple[Envelope, ...]:
    """A page of any site as one notice; never raises."""
    return guarded(FORM, data, lambda: _decode(data, zone))


def html_text(
    data: bytes | str,
    quote_classes: frozenset[str] | None = None,
    deepest: int = USUAL.elements,
) -> HtmlText:
    """The document's words in lines, of elements nested at most ``deepest``.

    With ``quote_classes`` it is read as a mail: quoted parts get ``> ``.
    Raises what the parser raises; ``decode`` is the safe door.
    """
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - only for HTML

    source, findings = readable_part(decode_bytes(data, _declared(data)), deepest)
    tree = LexborHTMLParser(source)
    walk = Walk(quote_classes)
    root = _content(tree)
    lines = walk.lines(root) if root is not None else []
    if not walk.complete:
        findings += (Finding("form.too_large", "error", "too many elements, the rest is not read"),)
    text = "\n".join(_without_wide_gaps([_kept(line) for line in lines])).strip("\n")
    return HtmlText(
        text,
        walk.heading or _document_title(tree),
        tuple(before for line in lines if (before := _before(line))),
        _declared_time(tree, _PUBLISHED),
        _declared_time(tree, _UPDATED),
        findings,
    )


def _decode(data: bytes | str, zone: ZoneInfo) -> tuple[Envelope, ...]:
    return envelopes_of(html_text(data), zone)


def envelopes_of(page: HtmlText, zone: ZoneInfo) -> tuple[Envelope, ...]:
    """The document as one notice, or none if there is nothing to tell of it."""
    told = page.text.strip() or page.struck or page.findings
    return (_envelope(page, zone),) if told else ()


def _envelope(page: HtmlText, zone: ZoneInfo) -> Envelope:
    """The heading is the title, what is above it is left."""
    layout = Layout()
    if page.title and page.title not in page.text.split("\n"):
        layout.line(page.title)
    content = layout.add(page.text)
    layout.add("\n")
    history = lay_out_struck(layout, page.struck)
    text = layout.text
    title = _find_line(text, page.title)
    body = trimmed(text, Span(title.span.end if title else content.start, content.end))
    notice = Notice(
        text=text,
        span=Span(0, len(text)),
        body=body,
        line=1,
        title=title,
        published_at=aware(page.published, zone) if page.published else None,
        updated_at=aware(page.updated, zone) if page.updated else None,
        findings=page.findings,
    )
    return Envelope(FORM, notice, history)


def lay_out_struck(layout: Layout, struck: tuple[str, ...]) -> tuple[Version, ...]:
    """Append the struck lines below the text; each is a piece of history."""
    if struck:
        layout.add("\n")
    return tuple(Version(layout.line(line), "struck") for line in struck)


def _find_line(text: str, title: str | None) -> Piece | None:
    if not title:
        return None
    at = f"\n{text}".find(f"\n{title}\n")
    return Piece(title, Span(at, at + len(title))) if at >= 0 else None


def _content(tree: LexborHTMLParser) -> LexborNode | None:
    """The element that holds the page's own text: ``main`` if it has words."""
    for selector in ("main", "[role=main]"):
        found = tree.css_first(selector)
        if found is not None and (found.text() or "").strip():
            return found
    return tree.body


def _document_title(tree: LexborHTMLParser) -> str | None:
    node = tree.css_first("head > title")
    return (" ".join(node.text().split()) or None) if node is not None else None


def _declared(data: bytes | str) -> str | None:
    """The charset that a document's head declares."""
    if isinstance(data, str):
        return None
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - only for HTML

    head = LexborHTMLParser(data[:_HEAD].decode("latin-1"))
    for node in head.css("meta"):
        attributes = node.attributes
        if charset := attributes.get("charset"):
            return charset
        _, _, named = (attributes.get("content") or "").lower().partition("charset=")
        if named:
            return named.split(";")[0].strip()
    return None


def _declared_time(tree: LexborHTMLParser, names: tuple[str, ...]) -> datetime | None:
    for node in tree.css("meta"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("itemprop") or attributes.get("name")
        if name in names:
            try:
                at = datetime.fromisoformat((attributes.get("content") or "").strip())
            except ValueError:
                continue
            return plausible(at)
    return None


def _kept(line: list[Run]) -> str:
    """The line as it reads now; a bullet alone is nothing."""
    words = "".join(run.text for run in line if not run.struck).rstrip()
    if any(run.struck for run in line):
        words = words.replace("  ", " ").replace("\t ", "\t").replace(" \t", "\t")
    return words if words.strip(BULLET) else ""


def _without_wide_gaps(lines: list[str]) -> list[str]:
    """The lines, never two empty ones in a row."""
    return [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]


def _before(line: list[Run]) -> str:
    """The line as it was: up to its last struck word, without what was put in instead."""
    last = max((at for at, run in enumerate(line) if run.struck), default=None)
    if last is None:
        return ""
    return (
        "".join(run.text for run in line[: last + 1] if not run.inserted)
        .strip()
        .removeprefix(BULLET)
    )
