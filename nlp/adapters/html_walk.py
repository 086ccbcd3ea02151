"""Walks a parsed document and lays its words out in lines.

The walk goes by pointers, not by recursion, so depth costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vindue.nlp.adapters.html_lines import LINE, MAX_SPAN, PARAGRAPH, Cell, Frame, Run, table_lines
from vindue.nlp.values import dataclass

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MAX_NODES: Final = 400_000
BULLET: Final = "• "
QUOTE: Final = "> "

_DROPPED_TAGS: Final = (
    "audio button canvas embed footer head iframe math nav noscript object option script select "
    "style svg template textarea title video"
)
_PARAGRAPH_TAGS: Final = "blockquote dl h1 h2 h3 h4 h5 h6 hr ol p pre table ul"
_LINE_TAGS: Final = (
    "address article aside br caption center dd details div dt fieldset figcaption figure form "
    "header legend li main section summary tr"
)
_DROPPED: Final = frozenset(_DROPPED_TAGS.split())
_PARAGRAPHS: Final = frozenset(_PARAGRAPH_TAGS.split())
_LINES: Final = frozenset(_LINE_TAGS.split())
_STRUCK: Final = frozenset(("s", "del", "strike"))
_TIGHT: Final = frozenset(("li", "dd"))
_SIDE_ROLES: Final = frozenset(("contentinfo", "navigation", "search"))
_HIDING: Final = frozenset((("display", "none"), ("visibility", "hidden"), ("mso-hide", "all")))


@dataclass(slots=True)
class _Open:
    """An element that has been entered: what leaving it must undo or finish."""

    tag: str
    struck: bool = False
    inserted: bool = False
    kept: bool = False
    quoted: bool = False
    columns: int = 1
    rows: int = 1


class Walk:
    """One walk over one document; local to its caller."""

    def __init__(self, quote_classes: frozenset[str] | None = None) -> None:
        self.heading: str | None = None
        self.complete = True
        self._quote_classes = quote_classes
        self._frames = [Frame()]
        self._tables: list[list[list[Cell]]] = []
        self._open: list[_Open] = []

    def lines(self, root: LexborNode) -> list[list[Run]]:
        """The lines of ``root``'s content; ``complete`` is false if it was cut short."""
        seen, node = 0, root.child
        while node is not None:
            seen += 1
            if seen > MAX_NODES:
                self.complete = False
                break
            child = node.child if self._enter(node) else None
            if child is not None:
                node = child
                continue
            node = self._onward(node, root)
        while self._open:
            self._leave()
        return self._frames[0].lines

    def _onward(self, node: LexborNode, root: LexborNode) -> LexborNode | None:
        """Leave ``node``, and every parent that ends with it; the next node to enter."""
        at: LexborNode | None = node
        while at is not None and at.mem_id != root.mem_id:
            if at.is_element_node and not _is_dropped(at):
                self._leave()
            if at.next is not None:
                return at.next
            at = at.parent
        return None

    def _enter(self, node: LexborNode) -> bool:
        """Take in ``node``; whether its children are to be read."""
        if node.is_text_node:
            self._text(node.text_content or "")
            return False
        if not node.is_element_node or _is_dropped(node):
            return False
        tag, attributes = node.tag or "", node.attributes
        style = _style(attributes.get("style"))
        opened = _Open(
            tag,
            struck=tag in _STRUCK or any("line-through" in value for _, value in style),
            inserted=tag == "ins",
            kept=tag == "pre",
            quoted=self._quotes(tag, attributes),
        )
        self._break(tag)
        self._open.append(opened)
        if opened.quoted or tag in ("td", "th", "caption"):
            opened.columns = _count(attributes.get("colspan"))
            opened.rows = _count(attributes.get("rowspan"))
            self._frames.append(Frame())
        elif tag == "table":
            self._tables.append([])
        elif tag == "tr" and self._tables:
            self._tables[-1].append([])
        elif tag == "li":
            self._frames[-1].prefix = BULLET
        return True

    def _leave(self) -> None:
        opened = self._open.pop()
        tag = opened.tag
        if opened.quoted:
            self._close_quote()
        elif tag in ("td", "th", "caption"):
            self._close_cell(opened)
        elif tag == "table" and self._tables:
            lines = table_lines(self._tables.pop())
            self._frames[-1].close(PARAGRAPH)
            self._frames[-1].take(lines)
        elif tag == "li":
            self._frames[-1].prefix = ""
        elif tag == "h1" and self.heading is None:
            self.heading = _words(self._frames[-1].lines[-1]) or None
        self._break(tag)

    def _close_cell(self, opened: _Open) -> None:
        lines = self._frames.pop().lines
        if not self._tables:
            self._frames[-1].take(lines)
            return
        table = self._tables[-1]
        if opened.tag == "caption" or not table:
            table.append([])
        table[-1].append(Cell(lines, opened.columns, opened.rows))

    def _close_quote(self) -> None:
        """The lines of a quoted mail, marked as in plain text."""
        lines = self._frames.pop().lines
        self._frames[-1].close(PARAGRAPH)
        self._frames[-1].take([[Run(QUOTE), *line] if line else [Run(">")] for line in lines])
        self._frames[-1].close(PARAGRAPH)

    def _text(self, text: str) -> None:
        self._frames[-1].text(
            text,
            struck=any(opened.struck for opened in self._open),
            inserted=any(opened.inserted for opened in self._open),
            keep=any(opened.kept for opened in self._open),
        )

    def _break(self, tag: str) -> None:
        """A gap around a paragraph, a new line around other blocks and inside items."""
        inside = self._open[-1].tag if self._open else ""
        if tag in _LINES or (tag == "p" and inside in _TIGHT):
            self._frames[-1].close(LINE)
        elif tag in _PARAGRAPHS:
            self._frames[-1].close(PARAGRAPH)

    def _quotes(self, tag: str, attributes: dict[str, str | None]) -> bool:
        if self._quote_classes is None:
            return False
        if tag == "blockquote" and attributes.get("type") == "cite":
            return True
        return not self._quote_classes.isdisjoint((attributes.get("class") or "").split())


def _is_dropped(node: LexborNode) -> bool:
    """Whether a reader of the page does not see the element, or it is no part of its text."""
    if node.tag in _DROPPED:
        return True
    attributes = node.attributes
    if not attributes:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if attributes.get("role") in _SIDE_ROLES:
        return True
    return not _HIDING.isdisjoint(_style(attributes.get("style")))


def _style(written: str | None) -> tuple[tuple[str, str], ...]:
    """The declarations of a style attribute, in small letters."""
    if not written:
        return ()
    parts = (part.partition(":") for part in written.lower().split(";"))
    return tuple(
        (name.strip(), value.replace("!important", "").strip()) for name, _, value in parts
    )


def _count(written: str | None) -> int:
    """A column or row count within bounds; 1 where it can't be read."""
    if written is None or not written.strip().isdecimal() or len(written) > len("1000"):
        return 1
    return min(max(int(written), 1), MAX_SPAN)


def _words(line: list[Run]) -> str:
    return "".join(run.text for run in line if not run.struck).strip()
