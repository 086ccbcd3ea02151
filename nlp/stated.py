"""What one passage of text states: the values handed from ``statements`` to ``impacts``.

Spans are relative to the start of the passage, so that a passage that recurs
on a page is read once.
"""

from __future__ import annotations

from typing import Literal

from vindue.nlp.mentions.candidates import Candidate
from vindue.nlp.mentions.names import Named
from vindue.nlp.record import Channel, Effect, Fallback
from vindue.nlp.spans import Span
from vindue.nlp.values import dataclass

Label = Literal["systems", "impact", "reason"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One effect as its sentence states it; ``names`` and ``channel`` only where told there.

    ``labelled`` ones count only under a label such as "Impact:"; an
    ``opener`` takes its systems from the list that follows; one that stands
    ``apart`` takes no channel from a heading. A ``weak`` one gives way to
    another effect of its sentence; ``own_verb`` tells that its clause has a
    verb of its own; ``back`` that its sentence points back to the one before.
    A ``spare`` one counts only in a notice that states nothing else; a
    ``firm`` weak one stands beside one that is ``contrasted`` with it. A
    ``foreign`` one has a subject of its own that is no system, one of ``every``
    speaks of all the systems of the notice. One that ``goes_on`` has no subject
    but that of the clause before it ("… and will be rejected").
    """

    effect: Effect
    span: Span
    names: tuple[Named, ...] = ()
    channel: Channel | None = None
    labelled: bool = False
    opener: bool = False
    apart: bool = False
    weak: bool = False
    own_verb: bool = False
    back: bool = False
    spare: bool = False
    firm: bool = False
    contrasted: bool = False
    foreign: bool = False
    every: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a passage tells.

    ``concerned`` are the names that the work is about, out of all ``names``.
    ``bare`` passages hold nothing but names, channels and the words that
    headings have; a ``general`` one is a heading over no system, one that is
    ``beside`` opens a section that states no impact. ``aside`` tells of
    fallback, contact or advice; ``work`` that it speaks of work at all;
    ``history`` that an earlier message stands below; ``column`` that it may be
    the head of a column of systems; ``is_lone`` that
    one candidate for a name is all that it holds; ``of_registry`` that it speaks of
    what the registry is about, ``of_network`` of lines rather than systems;
    ``is_doubtful`` that one of its names is a word of other trades too. ``nouns``
    are systems that it calls by what they are.
    """

    names: tuple[Named, ...] = ()
    concerned: tuple[Named, ...] = ()
    statements: tuple[Statement, ...] = ()
    channel: Channel | None = None
    label: Label | None = None
    bare: bool = False
    general: bool = False
    beside: bool = False
    fallback: Fallback | None = None
    fallback_span: Span | None = None
    resubmit: Span | None = None
    aside: bool = False
    work: bool = False
    history: bool = False
    column: bool = False
    candidates: tuple[Candidate, ...] = ()
    nouns: tuple[Candidate, ...] = ()
    is_lone: bool = False
    of_registry: bool = False
    is_doubtful: bool = False
    of_network: bool = False

    @property
    def lone(self) -> Candidate | None:
        """The candidate that makes up the whole passage, as a heading by name does."""
        return self.candidates[0] if self.is_lone and len(self.candidates) == 1 else None

    @property
    def is_heading(self) -> bool:
        """True for a line that only says what the lines below it are about."""
        if self.statements or self.fallback_span:
            return False
        if self.label == "systems":
            return bool(self.concerned)
        return self.bare and bool(self.concerned or self.channel or self.general)
