"""Records told apart by how sure they are: what goes on, and what a person should look at."""

from __future__ import annotations

from vindue.nlp.record import Record

DOUBTS = ("error", "warning")


def is_sure(record: Record, least: float) -> bool:
    """Whether every window has at least the confidence ``least`` (0–1), and none is an error.

    A notice without a window is sure if nothing about it is an error.
    """
    if any(found.level == "error" for found in record.diagnostics):
        return False
    return all(window.confidence >= least for window in record.windows)


def reason(record: Record) -> str:
    """One line that says why a record should be looked at."""
    lowest = min((window.confidence for window in record.windows), default=None)
    found = [each for level in DOUBTS for each in record.diagnostics if each.level == level]
    doubt = f"{found[0].code}: {found[0].message}" if found else "no single witness is wrong"
    sure = f"confidence {lowest:.2f}" if lowest is not None else "no window"
    return f"{sure}; {doubt}".replace("\n", " ")
