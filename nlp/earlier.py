"""What a form tells of an earlier version: the plan that the window was moved from."""

from __future__ import annotations

from vindue.nlp.drafts import Context, Draft
from vindue.nlp.fold import Folded
from vindue.nlp.instants import utc
from vindue.nlp.occurrences import resolve
from vindue.nlp.readings import RevisionReading
from vindue.nlp.told_lines import Telling
from vindue.nlp.values import replace

CHANGES = ("moved", "extended", "delayed", "shortened", "edited", "postponed")


def earlier_telling(telling: Telling, drafts: tuple[Draft, ...], context: Context) -> Draft | None:
    """The earlier interval of a notice's one window, if fields tell it ("Old: …")."""
    told = [f for f in telling.fields.intervals if f.told_as == "earlier"]
    if len(drafts) != 1 or len(told) != 1:
        return None
    before = resolve(told[0].interval, told[0].line, (), context)[0]
    now = drafts[0]
    if before.start is None or before.end is None or now.start is None or now.end is None:
        return None
    same = utc(before.start) == utc(now.start) and utc(before.end) == utc(now.end)
    return None if same else before


def replanned(folded: Folded, before: Draft | None) -> Folded:
    """The window with the earlier interval as its plan."""
    if before is None:
        return folded
    state = replace(folded.state, planned_start=before.start, planned_end=before.end)
    return replace(folded, state=state)


def moved_from(before: Draft | None, folded: tuple[Folded, ...]) -> tuple[RevisionReading, ...]:
    """The move as a revision, unless an update line tells a change already."""
    told = {kind for f in folded for _, kind, _ in f.outcomes}
    if before is None or told & set(CHANGES):
        return ()
    return (RevisionReading("moved", before.span, None, folded[0].state.end),)
