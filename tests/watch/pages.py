"""Small pages in the customs site's form, made of parts, for the tests of the watch room."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vindue.watch.captures import Seen, seen_on_page

HEAD = "Manifest\n\nOn this page you can see scheduled unavailability\n\n"


@dataclass(frozen=True)
class Notice:
    """One notice of a page; ``day`` of May 2026 makes its published stamp."""

    day: int
    hours: str = "0800-1800"
    lines: tuple[str, ...] = ()
    system: str = "DMS Import"
    updated: str = ""

    def text(self) -> str:
        updated = self.updated or f"{self.day:02d}-05-2026 kl. 08:45"
        body = [
            f"{self.system}PRD-servicewindow {self.system} May 30, 2026{updated}",
            f"Saturday May 30, 2026, {self.hours}",
            f"Files sent to {self.system} will be rejected during the service window.",
            *self.lines,
            f"WO00000015874{self.day:02d}",
            f"{self.day:02d}-05-2026 08:45:00",
        ]
        return "\n\n".join(body)

    def edited(self, *lines: str, hours: str | None = None) -> Notice:
        """The same notice a day later: other hours, more lines."""
        updated = f"{self.day + 1:02d}-05-2026 kl. 10:00"
        return replace(self, hours=hours or self.hours, lines=lines, updated=updated)


def page(*notices: Notice) -> str:
    """The page, newest first as given."""
    return HEAD + "\n".join(notice.text() for notice in notices)


def seen(*notices: Notice, name: str = "page.txt") -> list[Seen]:
    """The notices as read from their page."""
    return seen_on_page(page(*notices), name)


ONE, TWO, THREE, FOUR = Notice(11), Notice(12), Notice(13, system="NCTS"), Notice(14)
