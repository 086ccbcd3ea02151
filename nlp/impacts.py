"""Who is hit and how: statements given their systems and channel by the headings.

``EffectReader`` is built once. It reads title and body passage by passage,
follows the headings, and settles which systems are meant at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

import regex

from vindue.grammars.registry import Registry, load_registry
from vindue.grammars.time import load_time_grammar
from vindue.grammars.wording import Wording, load_wording
from vindue.nlp.columns import system_cells
from vindue.nlp.concerned import Naming, SystemSettler, findings_of, ids_of, mentions_of, moved
from vindue.nlp.limits import NO_DEADLINE, Deadline, within
from vindue.nlp.mentions.candidates import Candidate, Placing, by_first_word, standing_in
from vindue.nlp.mentions.gazetteer import fold
from vindue.nlp.mentions.names import Named
from vindue.nlp.mentions.systems import SystemReader
from vindue.nlp.mentions.unknown import is_number_of_thing
from vindue.nlp.outside import names_outside
from vindue.nlp.readings import Effects, ImpactReading, Scope, SystemMention
from vindue.nlp.record import LEVEL_OF, Channel, Effect, Fallback, WindowChannel
from vindue.nlp.sections import Passage, passages
from vindue.nlp.spans import Line, Notice, Span
from vindue.nlp.stated import Reading
from vindue.nlp.statements import StatementReader, Unknown, vocabulary_of
from vindue.nlp.values import dataclass, field, replace

# Distinct passages kept: a page repeats most of its lines.
_CACHE: Final = 8_000
# What opens a line of an earlier message in a reply.
_QUOTE: Final = ">"
# In a line about a change the other effects tell how the work goes.
_LASTING: Final = frozenset(("unavailable", "no_sign_in", "closed", "queued", "unaffected"))
_SENTENCE_END: Final = regex.compile(r"[.!?;](?:\s|$)")


@dataclass(slots=True)
class _Stated:
    """A statement in its place; ``names`` are its own or its section's."""

    effect: Effect
    span: Span
    names: tuple[Named, ...]
    channel: Channel
    spare: bool
    foreign: bool

    def repeats(self, other: _Stated) -> bool:
        """True where it says the same of the same systems."""
        ids = [{ident for n in s.names for ident in n.ids} for s in (self, other)]
        same = (self.effect, self.channel) == (other.effect, other.channel)
        return same and ids[0] == ids[1]


@dataclass(slots=True)
class _Draft:
    """What is gathered on the way down a notice; lives for one reading.

    ``scope`` and ``channel`` are those of the headings above. ``pending`` is
    a statement that waits for the list it opens; ``labelled`` tells that the
    line above was a label such as "Impact:"; ``beside`` that the section
    states no impact; ``history`` that an earlier message has begun, which
    adds only what was not said above it. ``topics`` are names that title,
    headings and schedule give to the whole notice.
    """

    naming: Naming = field(default_factory=Naming)
    stated: list[_Stated] = field(default_factory=list)
    scopes: list[tuple[tuple[Named, ...], WindowChannel | None]] = field(default_factory=list)
    scope: tuple[Named, ...] = ()
    channel: WindowChannel | None = None
    labelled: bool = False
    beside: bool = False
    in_bullets: bool = False
    is_work: bool = False
    history: bool = False
    pending: _Stated | None = None
    fallback: Fallback | None = None
    fallback_span: Span | None = None
    resubmit: Span | None = None
    aside: set[int] = field(default_factory=set)
    topics: list[Named] = field(default_factory=list)


class EffectReader:
    """Reads systems, impacts, fallback and resubmission; compiled once."""

    def __init__(self, registry: Registry | None = None, wording: Wording | None = None) -> None:
        registry, wording = registry or load_registry(), wording or load_wording()
        calendar, vocabulary = _calendar(), vocabulary_of(wording)
        known = wording.known | vocabulary | wording.lists["generic"]
        systems = SystemReader(registry, wording.lists, known, calendar | vocabulary)
        self._read = lru_cache(_CACHE)(StatementReader(wording, systems, calendar).read)
        self._settler: Final = SystemSettler(registry)
        self._gates: Final = frozenset(system.id for system in registry.system if system.gate)
        grouped = (*(g.members for g in registry.group), *(f.ids for f in registry.family))
        self._grouped: Final = frozenset(ident for ids in grouped for ident in ids)

    def systems_in(self, text: str, offset: int = 0) -> tuple[SystemMention, ...]:
        """Systems of the registry named in ``text``, which begins at ``offset``."""
        reading = self._read(text, ())
        names = reading.concerned or reading.names
        return tuple(SystemMention(moved(n.span, offset), n.ids, n.known) for n in names)

    def read_effects(
        self,
        notice: Notice,
        title: Line,
        lines: tuple[Line, ...],
        silent: Mapping[int, tuple[Span, ...]],
        deadline: Deadline = NO_DEADLINE,
    ) -> Effects:
        """Read a notice; ``silent`` are lines that tell a change, and the words that do.

        Of those only a sentence without such words states an impact. Raises
        ``OverLimitError`` at the deadline.
        """
        draft = _Draft()
        rows = system_cells(lines, self._heads_systems)
        parts = tuple(passages(lines, frozenset(silent.keys() | rows.keys())))
        texts = [part.span.of(notice.text) for part in parts]
        cells = [(s, s.of(notice.text)) for s in rows.values()]
        listed = [
            Candidate(s, text, Placing.EXPECTED, True)
            for s, text in cells
            if not is_number_of_thing(text)
        ]
        whole = (title.text, *texts)
        common = any(self._read(text, ()).of_registry for text in within(whole, deadline))
        read = self._read if common else self._read_sure
        unknown = by_first_word(names_outside(read, whole, listed, self._grouped))
        head = read(title.text, standing_in(title.text, unknown))
        self._note(draft, head, title.span.start)
        draft.topics += head.concerned
        for part, text in zip(within(parts, deadline), texts, strict=True):
            reading = read(text, standing_in(text, unknown))
            draft.history = draft.history or reading.history or text.startswith(_QUOTE)
            changes = silent.get(part.lines[0].index)
            if changes is not None:
                self._amend(draft, _unchanged(reading, text, part.span, changes), part.span.start)
            else:
                self._note(draft, reading, part.span.start)
                self._step(draft, reading, part)
            cell = rows.get(part.lines[0].index)
            if cell is not None and reading.is_heading:
                draft.scope = ()  # a row is no heading over what stands below its table
            own = _in_cell(reading, part, cell) if cell is not None else draft.scope
            draft.scopes += [(own, draft.channel)] * len(part.lines)
        if not draft.stated:
            self._state(draft, head, title.span.start)
        return self._settled(notice, draft)

    def _read_sure(self, text: str, unknown: Unknown = ()) -> Reading:
        """``text`` without names that are words of other trades too; most have none."""
        if self._read(text, ()).is_doubtful:
            return self._read(text, unknown, common=False)
        return self._read(text, unknown)

    def _heads_systems(self, cell: str) -> bool:
        """True for the head of a column of systems."""
        return self._read(cell, ()).column

    def _note(self, draft: _Draft, reading: Reading, offset: int) -> None:
        """Take in what a passage tells wherever it stands."""
        draft.is_work = draft.is_work or reading.work
        draft.naming.note(reading.names, reading.concerned, offset)
        own = {n for s in reading.statements for n in s.names}
        draft.topics += (named for named in reading.concerned if named not in own)
        self._note_orders(draft, reading, offset)

    def _amend(self, draft: _Draft, reading: Reading, offset: int) -> None:
        """Take in what a line says beside the change that it tells."""
        own = tuple(dict.fromkeys(n for s in reading.statements for n in s.names))
        draft.naming.note(reading.names, own, offset, reading.concerned)
        self._note_orders(draft, reading, offset)
        self._state(draft, reading, offset)

    @staticmethod
    def _note_orders(draft: _Draft, reading: Reading, offset: int) -> None:
        """Take in what is said of the fallback procedure and of sending again."""
        if draft.fallback is None and reading.fallback_span is not None:
            draft.fallback = reading.fallback
            draft.fallback_span = moved(reading.fallback_span, offset)
        if draft.resubmit is None and reading.resubmit is not None:
            draft.resubmit = moved(reading.resubmit, offset)

    def _step(self, draft: _Draft, reading: Reading, part: Passage) -> None:
        """Take one passage: an item of a list, a label, a heading, or sentences."""
        if reading.aside:
            draft.aside.update(line.index for line in part.lines)
        if draft.pending is not None and _is_item(reading):
            draft.pending.names += reading.concerned
            return
        draft.pending = None
        if reading.label == "impact" and not reading.statements:
            draft.labelled = True
            return
        if draft.in_bullets and not part.lines[0].bullet:
            draft.channel = None
        draft.in_bullets = part.lines[0].bullet
        if reading.beside:
            draft.beside = True
        elif reading.is_heading:
            self._head(draft, reading)
        elif not draft.beside:
            apart = part.lines[0].gap and not part.lines[0].bullet
            self._state(draft, reading, part.span.start, apart=apart)
        draft.labelled = False

    def _head(self, draft: _Draft, reading: Reading) -> None:
        """A heading with systems opens a section; one with a channel alone sets it."""
        draft.beside = False
        if reading.general or reading.concerned:
            gate = any(i in self._gates for n in reading.concerned for i in n.ids)
            draft.scope = () if gate else reading.concerned
            draft.channel = None
        if reading.label is None and reading.channel in ("file", "online"):
            draft.channel = reading.channel

    @staticmethod
    def _state(draft: _Draft, reading: Reading, offset: int, *, apart: bool = False) -> None:
        """Give each statement of a passage what it leaves out.

        A paragraph that stands ``apart`` and names systems of its own is not
        told of the channel of the heading above it.
        """
        labelled = draft.labelled or reading.label == "impact"
        for statement in reading.statements:
            if statement.labelled and not labelled:
                continue
            above = () if statement.every else draft.scope
            names = () if statement.opener else statement.names or above
            inherited = None if statement.apart else draft.channel
            if apart and not _ids(statement.names) & _ids((*draft.scope, *draft.topics)):
                inherited = None if statement.names else inherited
            channel = statement.channel or inherited or "all"
            if channel == "connection" and len(_ids(names)) == 1:
                names = _linked(names, draft.scope)
            span = moved(statement.span, offset)
            stated = _Stated(
                statement.effect, span, names, channel, statement.spare, statement.foreign
            )
            if draft.history and any(stated.repeats(other) for other in draft.stated):
                continue
            draft.naming.stated += statement.names
            draft.stated.append(stated)
            draft.pending = stated if statement.opener else draft.pending

    def _settled(self, notice: Notice, draft: _Draft) -> Effects:
        naming = draft.naming
        tags = [named for tag in notice.tags for named in self._read(tag.text, ()).names]
        systems = self._settler.systems(naming, tags, is_work=draft.is_work)
        stated = [s for s in draft.stated if not s.spare] or draft.stated
        is_told = bool(systems) or draft.is_work
        # "The water in the tap is not affected" says nothing of the systems that are named.
        stated = [s for s in stated if not (s.foreign and s.effect == "unaffected" and systems)]
        left = _meant(draft, stated, systems)
        impacts = [
            ImpactReading(ids_of(s.names, systems) or left, s.channel, s.effect, s.span)
            for s in stated
        ]
        found = tuple(_once(notice.text, impacts))
        return Effects(
            systems=tuple(sorted(systems)),
            mentions=mentions_of(naming),
            scopes=tuple(Scope(ids_of(names, systems), channel) for names, channel in draft.scopes),
            impacts=found if is_told else (),
            idle=() if is_told else found,
            fallback=draft.fallback,
            fallback_span=draft.fallback_span,
            resubmit=draft.resubmit is not None,
            resubmit_span=draft.resubmit,
            findings=tuple(findings_of(naming, systems)),
            aside=frozenset(draft.aside),
        )


def _in_cell(reading: Reading, part: Passage, cell: Span) -> tuple[Named, ...]:
    """The names that the cell of a row holds."""
    at = part.span.start
    return tuple(n for n in reading.names if cell.start <= at + n.span.start < cell.end)


def _ids(names: Iterable[Named]) -> set[str]:
    return {ident for named in names for ident in named.ids}


def _linked(names: tuple[Named, ...], scope: tuple[Named, ...]) -> tuple[Named, ...]:
    """Both ends of a link: "Connection to DMS Import is closed" under the heading Manifest."""
    return names if _ids(names) & _ids(scope) else (*scope, *names)


def _meant(draft: _Draft, stated: Sequence[_Stated], systems: tuple[str, ...]) -> tuple[str, ...]:
    """The systems of a statement that names none: not those only named as spared."""
    spared = {i for s in stated if LEVEL_OF[s.effect] == "none" for n in s.names for i in n.ids}
    hit = {i for s in stated if LEVEL_OF[s.effect] != "none" for n in s.names for i in n.ids}
    told = {i for n in draft.topics for i in n.ids}
    return tuple(i for i in systems if i not in spared or i in hit or i in told)


def _unchanged(reading: Reading, text: str, place: Span, changes: Sequence[Span]) -> Reading:
    """``reading`` with the statements of those sentences alone that tell no change."""
    near = [Span(c.start - place.start, c.end - place.start) for c in changes]
    near = [c for c in near if c.end > 0 and c.start < len(place)]
    kept = tuple(
        s
        for s in reading.statements
        if s.effect in _LASTING and all(_parted(text, s.span, change) for change in near)
    )
    return replace(reading, statements=kept)


def _parted(text: str, one: Span, other: Span) -> bool:
    """True where a sentence ends between two places."""
    low, high = min(one.end, other.end), max(one.start, other.start)
    return _SENTENCE_END.search(text, low, high) is not None


def _is_item(reading: Reading) -> bool:
    """True for a line of nothing but names, as the items of a list are."""
    bare = reading.bare and reading.channel is None
    return bare and bool(reading.concerned) and not reading.statements


def _once(text: str, impacts: Iterable[ImpactReading]) -> Iterator[ImpactReading]:
    """Drop an impact that says over again what the one before its semicolon says."""
    last: ImpactReading | None = None
    for impact in impacts:
        same = last is not None and replace(last, span=impact.span) == impact
        if last is None or not same or text[last.span.end : impact.span.start].strip() != ";":
            yield impact
        last = impact


def _calendar() -> frozenset[str]:
    """Names of months and weekdays: a heading may have them, no system's name does."""
    calendars = load_time_grammar().calendars
    entries = (entry for calendar in calendars for entry in (*calendar.month, *calendar.weekday))
    return frozenset(
        fold(name) for entry in entries for name in (*entry.names, *entry.short, *entry.seen)
    )
