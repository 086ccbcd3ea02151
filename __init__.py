"""Reads service-window notices into canonical JSON window objects.

Two doors: ``parse`` for a text that is one notice, ``parse_page`` for a page
of many. Both return the pydantic models of ``vindue.nlp.record``; a record's
``model_dump_json(by_alias=True)`` is the line that ``vindue parse`` prints.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from vindue.nlp.limits import Limits
    from vindue.nlp.record import Record

__all__ = ["parse", "parse_page"]


def parse(
    text: str,
    *,
    published_at: datetime | str | None = None,
    profile: str = "auto",
    timezone: str | None = None,
    name: str = "-",
    limits: Limits | None = None,
) -> Record:
    """Read ``text`` as one notice.

    ``published_at`` is when the notice was published, if the text bears no
    stamp: a datetime or ISO 8601, local time where it has no offset.
    ``profile`` names the source's outer form (``auto``: told by the text);
    ``timezone`` is the IANA name of the zone whose local times the text
    tells, the profile's where null. ``name`` goes into ``source.name``.
    ``limits`` (``vindue.nlp.limits.Limits``) is what reading it may cost.

    A text that can't be read gives a record with an ``error`` diagnostic.
    Raises ``ValueError`` only for an unknown profile or zone, or a
    ``published_at`` that is no time.
    """
    from vindue.nlp.inputs import Settings, read_text
    from vindue.nlp.limits import USUAL

    return read_text(text, name, Settings(profile, timezone, published_at, "off", limits or USUAL))


def parse_page(
    text: str,
    *,
    profile: str = "auto",
    timezone: str | None = None,
    name: str = "-",
    limits: Limits | None = None,
) -> list[Record]:
    """Read all notices of a page, in page order; a blank page has none.

    The parameters are those of ``parse``. The records' ``source`` spans tile
    the text: every code point belongs to exactly one notice.

    Raises ``ValueError`` only for an unknown profile or zone.
    """
    from vindue.nlp.inputs import Settings, read_page
    from vindue.nlp.limits import USUAL

    return read_page(text, name, Settings(profile, timezone, None, "off", limits or USUAL))
