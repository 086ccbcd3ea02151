"""The stages in order; the one module that imports them all.

notice → lines → mentions of time and lifecycle → updates → effects →
schedule → record. The readers are compiled once, from the grammar as data.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import Final

from vindue.grammars.decoys import load_decoys
from vindue.grammars.labels import load_labels
from vindue.grammars.lifecycle import load_lifecycle
from vindue.grammars.schema import Profile
from vindue.grammars.time import load_time_grammar
from vindue.grammars.weights import Weights, load_weights
from vindue.grammars.wording import load_wording
from vindue.nlp.arbitration import Mode, Model, consult
from vindue.nlp.assemble import Readings, assemble
from vindue.nlp.days import Stamps
from vindue.nlp.decoys import DecoyReader
from vindue.nlp.drafts import Context
from vindue.nlp.entries import stamps_above
from vindue.nlp.facts import read_facts
from vindue.nlp.impacts import EffectReader
from vindue.nlp.instants import zone_named
from vindue.nlp.label_reader import LabelReader
from vindue.nlp.learned import Learned
from vindue.nlp.lifecycle import LifecycleReader
from vindue.nlp.limits import NO_DEADLINE, USUAL, Deadline, Limits
from vindue.nlp.lines import split_lines, title_line
from vindue.nlp.listed_days import in_lists
from vindue.nlp.mentions.intervals import TimeReader
from vindue.nlp.readings import Effects, Schedule
from vindue.nlp.record import Record
from vindue.nlp.spans import Finding, Line, Notice, Span
from vindue.nlp.statements import vocabulary_of
from vindue.nlp.telling import TellingReaders, around, tell
from vindue.nlp.titled import TitleReaders, with_own_title
from vindue.nlp.told_lines import Telling
from vindue.nlp.unseen import put_back, seen, weighed_back
from vindue.nlp.untitled import without_field_title
from vindue.nlp.values import dataclass, replace
from vindue.nlp.weighing import Weighing, weighing
from vindue.nlp.windows import drafts_of, read_schedule

NO_TITLE: Final = Line(-1, Span(0, 0), "")


@dataclass(frozen=True, slots=True)
class Readers:
    """Every reader, compiled from the grammar; holds no state of any notice."""

    telling: TellingReaders
    effects: EffectReader
    weights: Weights


@cache
def load_readers() -> Readers:
    """Compile the readers; the first call costs, later ones don't."""
    times, effects = TimeReader(load_time_grammar()), EffectReader()
    wording = load_wording()
    telling = TellingReaders(
        times,
        LifecycleReader(
            load_lifecycle(),
            vocabulary_of(wording) | wording.known,
            wording.lists["abbreviations"],
        ),
        LabelReader(load_labels(), times),
        DecoyReader(load_decoys()),
        effects.systems_in,
    )
    return Readers(telling, effects, load_weights())


@dataclass(frozen=True, slots=True)
class Options:
    """How to read: whether the trained reader takes part, other weights, what a notice may cost.

    Other ``weights`` than the shipped serve to fit them, or to see what one is worth.
    """

    model: Mode = "off"
    weights: Weights | None = None
    limits: Limits = USUAL


RULES_ALONE: Final = Options()


@cache
def load_learned() -> Learned:
    """The trained reader; spaCy is imported when it is first asked."""
    return Learned()


def read_notice(
    notice: Notice, profile: Profile, zone: str, options: Options = RULES_ALONE
) -> Record:
    """Read one notice that an adapter took out of its outer form.

    ``zone`` is the IANA name of the zone whose local times the notice tells.
    Raises ``OverLimitError`` where the time for one notice is spent.
    """
    readers, deadline = load_readers(), Deadline(options.limits.seconds)
    as_seen = seen(notice)
    told = _with_title(as_seen.notice, readers.telling)
    facts = read_facts(told, profile)
    telling, effects = _told(told, profile, readers, options.model, deadline)
    context = _context(told, profile, zone, options.weights or readers.weights)
    schedule = _within(read_schedule(telling, effects, context), options.limits.windows)
    deadline.check()
    if schedule.windows and effects.idle:
        effects = replace(effects, impacts=effects.idle)
    record = assemble(told, Readings(facts, schedule, effects), profile, zone)
    return put_back(record, as_seen, notice)


def weigh_notice(notice: Notice, profile: Profile, zone: str) -> tuple[Weighing, ...]:
    """What was weighed for each window of a notice: its witnesses and the likeliest days."""
    readers = load_readers()
    as_seen = seen(notice)
    told = _with_title(as_seen.notice, readers.telling)
    telling, effects = _told(told, profile, readers, "off", NO_DEADLINE)
    context = _context(told, profile, zone, readers.weights)
    weighed = tuple(weighing(d, context) for d in drafts_of(telling, effects, context))
    return weighed_back(weighed, as_seen)


def _with_title(notice: Notice, readers: TellingReaders) -> Notice:
    """The notice with the title that a reader would see, or none where a form stands there."""
    plain = without_field_title(notice, readers.labels, readers.times)
    if plain.title is None:
        return plain
    told_by = TitleReaders(readers.times, readers.labels, readers.decoys, readers.lifecycle)
    named = with_own_title(plain, told_by)
    return without_field_title(named, readers.labels, readers.times)


def _told(
    notice: Notice, profile: Profile, readers: Readers, model: Mode, deadline: Deadline
) -> tuple[Telling, Effects]:
    told = readers.telling
    title = title_line(notice)
    lines = stamps_above(split_lines(notice), told.times, told.lifecycle)
    telling = tell(title, lines, readers.telling, profile.about_windows, deadline)
    silent = telling.updates.silent
    changed = {index: telling.changes.get(index, ()) for index in silent}
    effects = readers.effects.read_effects(notice, title or NO_TITLE, lines, changed, deadline)
    if model != "off":
        effects = consult(notice, lines, effects, silent, Model(model, load_learned))
    places = sorted(impact.span.start for impact in effects.impacts)
    stated = frozenset(
        line.index
        for line in lines
        if bisect_left(places, line.span.start) < bisect_left(places, line.span.end)
    )
    near = in_lists(telling.near | around(stated), telling.times)
    # A form with start and end that states an effect needs no word of windows.
    about = telling.about or (telling.about_form and bool(effects.impacts))
    return replace(telling, aside=effects.aside, near=near, about=about), effects


def _within(schedule: Schedule, most: int) -> Schedule:
    """The schedule with at most so many windows, and a finding where there were more."""
    if len(schedule.windows) <= most:
        return schedule
    message = f"tells {len(schedule.windows):,} windows, of which the first {most:,} are kept"
    finding = Finding("windows.too_many", "error", message)
    kept, findings = schedule.windows[:most], (*schedule.findings, finding)
    return replace(schedule, windows=kept, findings=findings)


def _context(notice: Notice, profile: Profile, zone: str, weights: Weights) -> Context:
    tz = zone_named(zone)
    published = notice.published_at.astimezone(tz) if notice.published_at else None
    updated = notice.updated_at.astimezone(tz) if notice.updated_at else None
    stamps = Stamps(published and published.date(), updated and updated.date())
    return Context(stamps, published, zone, weights, updated, profile.about_windows)
