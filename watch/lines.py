"""Two texts → the lines that went and the lines that came."""

from __future__ import annotations

from difflib import SequenceMatcher

from vindue.watch.captures import fold


def line_changes(old: str, new: str) -> tuple[list[str], list[str]]:
    """Lines of ``old`` that went, lines of ``new`` that came; blank space is folded."""
    before = [line for line in map(fold, old.splitlines()) if line]
    after = [line for line in map(fold, new.splitlines()) if line]
    went: list[str] = []
    came: list[str] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            went += before[i1:i2]
            came += after[j1:j2]
    return went, came
