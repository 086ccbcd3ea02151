"""A store → every change between one version of a notice and the next."""

from __future__ import annotations

from contextlib import closing
from itertools import pairwise
from pathlib import Path

from vindue.watch.diff import Change, diff_notice
from vindue.watch.store import open_store, versions


def history(path: Path) -> list[Change]:
    """The story of each notice, told by its versions. Raises ``StoreError``."""
    with closing(open_store(path, create=False)) as db:
        found = []
        for told in versions(db):
            for before, after in pairwise(told):
                change = diff_notice(before.seen, after.seen)
                if change is not None:
                    change.notice, change.seen_at = after.notice, after.first_seen_at
                    found.append(change)
    return found
