"""Who is hit and how: statements given their systems and channel by the headings.

``EffectReader`` is built once. It reads title and body line by line, follows
the headings, and settles groups ("all customs systems", "DMS") once all
names of the notice are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, cast

from vindue.grammars.registry import Registry, load_registry
from vindue.grammars.time import load_time_grammar
from vindue.grammars.wording import Wording, load_wording
from vindue.nlp.mentions.gazetteer import fold
from vindue.nlp.mentions.names import Named
from vindue.nlp.mentions.systems import SystemReader
from vindue.nlp.mentions.unknown import Candidate, accepted
from vindue.nlp.readings import Effects, ImpactReading, Scope, SystemMention
from vindue.nlp.record import Channel, WindowChannel
from vindue.nlp.sections import Passage, passages
from vindue.nlp.spans import Finding, Line, Notice, Span
from vindue.nlp.statements import Reading, Statement, StatementReader

CACHE: Final = 8_000


@dataclass(slots=True)
class _Draft:
    """What is gathered while the lines are read; settled at the end."""

    named: list[Named] = field(default_factory=list)
    spare: list[Named] = field(default_factory=list)
    mentions: list[Named] = field(default_factory=list)
    stated: list[tuple[Statement, tuple[Named, ...], Channel]] = field(default_factory=list)
    scopes: list[tuple[tuple[Named, ...], WindowChannel | None]] = field(default_factory=list)
    scope: tuple[Named, ...] = ()
    channel: WindowChannel | None = None
    impact_label: bool = False
    skipping: bool = False
    work: bool = False
    in_bullets: bool = False
    pending: int | None = None
    fallback: Reading | None = None
    fallback_at: int = 0
    resubmit: Span | None = None
    aside: set[int] = field(default_factory=set)


class EffectReader:
    """Reads systems, impacts, fallback and resubmission; compiled once."""

    def __init__(self, registry: Registry | None = None, wording: Wording | None = None) -> None:
        self._registry: Final = registry or load_registry()
        words = wording or load_wording()
        self._systems: Final = SystemReader(self._registry, words.lists, words.known)
        self._statements: Final = StatementReader(words, self._systems, _calendar())
        self._read = lru_cache(maxsize=CACHE)(self._statements.read)
        self._gates: Final = frozenset(s.id for s in self._registry.system if s.gate)

    def systems_in(self, text: str, offset: int = 0) -> tuple[SystemMention, ...]:
        """Systems named in ``text``; ``offset`` is its place in the input."""
        reading = self._read(text)
        names = reading.concerned or reading.names
        return tuple(
            SystemMention(_moved(n.span, offset), n.ids, n.known) for n in names
        )

    def read_effects(
        self, notice: Notice, title: Line, lines: tuple[Line, ...], silent: frozenset[int]
    ) -> Effects:
        """Read a notice; ``silent`` are indices of lines that state no impact."""
        draft = _Draft()
        parts = tuple(passages(notice.text, lines, silent))
        unknown = self._unknown(title, tuple(part.span.of(notice.text) for part in parts))
        head = self._read(title.text, unknown)
        self._note(draft, head, title.span.start)
        for passage in parts:
            reading = self._read(passage.span.of(notice.text), unknown)
            before = len(draft.scopes)
            if passage.lines[0].index in silent:
                draft.spare += [_at(n, passage.span.start) for n in reading.concerned]
            else:
                self._note(draft, reading, passage.span.start)
                self._step(draft, reading, passage)
            for _ in passage.lines[before - len(draft.scopes) or None :] or passage.lines:
                draft.scopes.append((draft.scope, draft.channel))
        if not draft.stated:
            self._state(draft, head, title.span.start, ())
        return self._settle(notice, draft)

    def _unknown(self, title: Line, texts: tuple[str, ...]) -> tuple[str, ...]:
        """Names outside the registry that title and body speak of as systems."""
        found: list[Candidate] = []
        below = False
        for reading in (self._read(text) for text in (title.text, *texts)):
            value = below and not reading.statements and reading.label is None
            found += (replace(c, placed=c.placed or value) for c in reading.candidates)
            below = reading.label == "systems" and reading.bare and not reading.names
        return tuple(sorted(accepted(found)))

    def _note(self, draft: _Draft, reading: Reading, offset: int) -> None:
        draft.work = draft.work or reading.work
        draft.mentions += [_at(n, offset) for n in reading.names]
        draft.named += [_at(n, offset) for n in reading.concerned]
        spare = [n for n in reading.names if n not in reading.concerned]
        draft.spare += [_at(n, offset) for n in spare]

    def _step(self, draft: _Draft, reading: Reading, passage: Passage) -> None:
        """Take one passage: a list item, a heading, or sentences."""
        start = passage.span.start
        own = tuple(_at(n, start) for n in reading.concerned)
        if reading.aside:
            draft.aside.update(line.index for line in passage.lines)
        if reading.fallback and draft.fallback is None:
            draft.fallback, draft.fallback_at = reading, start
        if reading.resubmit and draft.resubmit is None:
            draft.resubmit = _moved(reading.resubmit, start)
        if draft.pending is not None and self._listed(draft, reading, own):
            return
        draft.pending = None
        if reading.label == "impact" and not reading.statements:
            draft.impact_label = True
            return
        if self._leaves_bullets(draft, passage):
            draft.channel = None
        if reading.apart:
            draft.skipping = True
            return
        labelled = draft.impact_label or reading.label == "impact"
        if self._is_heading(reading):
            self._head(draft, reading, own)
            draft.skipping = False
        elif not draft.skipping:
            self._state(draft, reading, start, draft.scope, labelled)
        draft.impact_label = False

    @staticmethod
    def _leaves_bullets(draft: _Draft, passage: Passage) -> bool:
        """True for the first plain line below bullets: it is under no channel heading."""
        bullet = passage.lines[0].bullet
        left = draft.in_bullets and not bullet
        draft.in_bullets = bullet
        return left

    def _listed(self, draft: _Draft, reading: Reading, own: tuple[Named, ...]) -> bool:
        """Add a line of nothing but names to the sentence that opened the list."""
        if not (own and reading.bare and reading.channel is None and not reading.statements):
            return False
        index = cast(int, draft.pending)
        statement, names, channel = draft.stated[index]
        draft.stated[index] = (statement, (*names, *own), channel)
        return True

    @staticmethod
    def _is_heading(reading: Reading) -> bool:
        if reading.statements or reading.fallback_span:
            return False
        if reading.label == "systems":
            return bool(reading.concerned)
        return reading.bare and bool(reading.concerned or reading.channel or reading.general)

    def _head(self, draft: _Draft, reading: Reading, own: tuple[Named, ...]) -> None:
        """A heading with systems opens a section; one with a channel alone sets it."""
        if reading.general:
            draft.scope, draft.channel = (), None
            return
        channel = reading.channel if reading.channel in ("file", "online") else None
        channel = None if reading.label == "systems" else channel
        if own:
            wide = any(i in self._gates for n in own for i in n.ids)
            draft.scope, draft.channel = () if wide else own, None
        if channel:
            draft.channel = cast(WindowChannel, channel)

    def _state(
        self,
        draft: _Draft,
        reading: Reading,
        start: int,
        scope: tuple[Named, ...],
        labelled: bool = False,
    ) -> None:
        for statement in reading.statements:
            if statement.labelled and not labelled:
                continue
            names = tuple(_at(n, start) for n in statement.names) or scope
            moved = replace(statement, span=_moved(statement.span, start))
            channel = statement.channel or (None if statement.apart else draft.channel) or "all"
            if statement.opener:
                names = ()
                draft.pending = len(draft.stated)
            draft.stated.append((moved, names, channel))

    def _settle(self, notice: Notice, draft: _Draft) -> Effects:
        findings: list[Finding] = []
        tags = [n for tag in notice.tags for n in self._read(tag.text).names]
        systems = self._notice_systems(draft, tags, findings)
        if not systems and not draft.work:
            draft.stated.clear()
        impacts = tuple(
            _once(
                notice.text,
                (
                    ImpactReading(
                        self._impact_ids(draft, names, systems, tags), channel, s.effect, s.span
                    )
                    for s, names, channel in draft.stated
                ),
            )
        )
        findings += _corrections(draft.mentions)
        findings += _unknowns(draft.mentions)
        fallback = draft.fallback
        span = fallback.fallback_span if fallback else None
        return Effects(
            systems=tuple(sorted(systems)),
            mentions=tuple(SystemMention(n.span, n.ids, n.known) for n in draft.mentions),
            scopes=tuple(Scope(self._ids(n, systems), c) for n, c in draft.scopes),
            impacts=impacts,
            fallback=fallback.fallback if fallback else None,
            fallback_span=_moved(span, draft.fallback_at) if span else None,
            resubmit=draft.resubmit is not None,
            resubmit_span=draft.resubmit,
            findings=tuple(findings),
            aside=frozenset(draft.aside),
        )

    def _notice_systems(
        self, draft: _Draft, tags: list[Named], findings: list[Finding]
    ) -> tuple[str, ...]:
        """Ids that the notice concerns: named in it, else its tags, else the reason."""
        stated = {i for s, _, _ in draft.stated for n in s.names if n.group for i in n.ids}
        for names in (draft.named, tags, draft.spare if draft.work else []):
            own = [n for n in names if not n.group and n.family is None]
            groups = [i for n in names if n.group for i in n.ids]
            ids = [i for n in own for i in n.ids]
            ids += [i for n in names if n.family is not None for i in self._family(n, ids, tags, findings)]
            ids += [g for g in groups if not self._covered(g, ids) or g in stated]
            if ids:
                return tuple(dict.fromkeys(ids))
        return ()

    def _covered(self, group: str, ids: Iterable[str]) -> bool:
        members = next(g.members for g in self._registry.group if g.id == group)
        return bool(set(members) & set(ids))

    def _family(
        self, named: Named, ids: list[str], tags: list[Named], findings: list[Finding]
    ) -> tuple[str, ...]:
        """A family's bare name: its members named elsewhere, else among the tags, else all."""
        for known in (ids, [i for tag in tags for i in tag.ids if tag.family is None]):
            hit = tuple(dict.fromkeys(i for i in known if i in named.ids))
            if hit:
                return hit
        message = f"{named.written!r} names no single system: all of its systems are taken"
        used = ", ".join(named.ids)
        findings.append(Finding("system.group", "warning", message, named.span, named.written, used))
        return named.ids

    def _ids(self, names: tuple[Named, ...], systems: tuple[str, ...]) -> tuple[str, ...]:
        """Ids of a heading; a group over named members stands for nothing."""
        out: list[str] = []
        for named in names:
            if named.family is not None:
                out += [i for i in named.ids if i in systems]
            elif not named.group or named.ids[0] in systems:
                out += named.ids
        return tuple(dict.fromkeys(out))

    def _impact_ids(
        self,
        draft: _Draft,
        names: tuple[Named, ...],
        systems: tuple[str, ...],
        tags: list[Named],
    ) -> tuple[str, ...]:
        return self._ids(names, systems) or tuple(_in_order(draft, systems, tags))


def _once(text: str, impacts: Iterable[ImpactReading]) -> Iterator[ImpactReading]:
    """Drop an impact that says over again what the one before its semicolon says."""
    last: ImpactReading | None = None
    for impact in impacts:
        same = last is not None and replace(last, span=impact.span) == impact
        if last is None or not same or text[last.span.end : impact.span.start].strip() != ";":
            yield impact
        last = impact


def _in_order(draft: _Draft, systems: tuple[str, ...], tags: list[Named]) -> Iterator[str]:
    return iter(dict.fromkeys(systems))


def _corrections(names: Iterable[Named]) -> list[Finding]:
    """One finding for each name that was read with a misspelling."""
    return [
        Finding(
            "typo.system",
            "info",
            f"{n.written!r} is read as {n.read!r}",
            n.span,
            n.written,
            n.ids[0],
        )
        for n in names
        if n.corrected
    ]


def _unknowns(names: Iterable[Named]) -> Iterator[Finding]:
    """One finding for each system outside the registry, where it is first named."""
    seen: set[str] = set()
    for named in names:
        if not named.known and named.ids[0] not in seen:
            seen.add(named.ids[0])
            message = f"{named.written!r} is no system of the registry: it keeps its name"
            yield Finding(
                "system.unknown", "info", message, named.span, named.written, named.ids[0]
            )


def _moved(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def _at(named: Named, offset: int) -> Named:
    return replace(named, span=_moved(named.span, offset))


def _calendar() -> frozenset[str]:
    grammar = load_time_grammar()
    names = [n for c in grammar.calendars for entry in (*c.month, *c.weekday) for n in (*entry.names, *entry.short, *entry.seen)]
    return frozenset(fold(name) for name in names)
