"""Which case may be seen by whom; declared in ``splits.toml``."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from functools import cache
from typing import cast

from vindue.corpus.labels import ROOT, Split

PARTS: tuple[Split, ...] = ("train", "dev", "test")


@cache
def page_splits() -> tuple[tuple[date, Split], ...]:
    """First day of each part of the page, oldest first."""
    declared = tomllib.loads((ROOT / "splits.toml").read_text(encoding="utf-8"))["skat"]
    return tuple(sorted((cast(date, declared[part]["from"]), part) for part in PARTS))


def split_of(published: datetime) -> Split:
    """The part that a page notice published at ``published`` belongs to.

    Raises ``ValueError`` for a day before the first part.
    """
    day = published.date()
    fitting = [part for first, part in page_splits() if first <= day]
    if not fitting:
        raise ValueError(f"{day} lies before every split in splits.toml")
    return fitting[-1]
