"""Ids that outlive later edits of a notice and later notices on its page."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from typing import Final

from vindue.grammars.schema import Profile
from vindue.nlp.spans import Notice

HASH_DIGITS: Final = 12


def base_id(notice: Notice, profile: Profile) -> str:
    """The id of a notice on its own, without the ordinal among equals.

    The id given with the input; else prefix and published stamp as written on
    the wall clock (``skat-20260518T084500``); else prefix and a hash of the
    text, blank space folded, so that another layout changes nothing.
    """
    if notice.given_id is not None:
        return notice.given_id
    if notice.published_at is not None and notice.published is not None:
        return f"{profile.id_prefix}-{notice.published_at:%Y%m%dT%H%M%S}"
    return f"{profile.id_prefix}-{content_hash(notice.span.of(notice.text))}"


def content_hash(text: str) -> str:
    """Twelve hexadecimal digits over ``text`` in NFC, runs of blank space as one space."""
    folded = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(folded.encode("utf-8", "replace")).hexdigest()[:HASH_DIGITS]


def number_equals(ids: list[str]) -> list[str]:
    """``-2``, ``-3`` … for equal ids, counted from the bottom of the page.

    New notices come on top, so the ids below them stay as they were.
    """
    seen: Counter[str] = Counter()
    numbered: list[str] = []
    for name in reversed(ids):
        seen[name] += 1
        numbered.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    numbered.reverse()
    return numbered
