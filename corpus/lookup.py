"""One case by what a person calls it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vindue.corpus.cases import Case


def find_case(called: str, cases: Sequence[Case], ids: Mapping[str, str]) -> Case:
    """The case called by its name, its page ordinal, its file's stem or its id.

    ``ids`` maps names to record ids. Raises ``LookupError`` where none or
    several fit.
    """
    for case in cases:
        if called in (case.name, ids.get(case.name)):
            return case
    if called.isdigit():
        called = f"skat/{int(called):04d}"
    found = [case for case in cases if called in (case.name, case.name.split("/")[1])]
    if len(found) == 1:
        return found[0]
    if found:
        raise LookupError(f"{called!r} is several: {', '.join(case.name for case in found)}")
    raise LookupError(f"no notice {called!r} in the corpus")
