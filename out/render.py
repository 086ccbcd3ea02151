"""Record → notice in words: the layouts and blocks that the styles are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, get_args

from vindue.grammars.rendering import Block, Rendering, RenderLanguage, load_rendering
from vindue.nlp.record import ImpactLevel, Record, Window
from vindue.out.changes import Teller, change_lines
from vindue.out.dates import HOME_ZONE, clock_note, current, day_words, interval_words, planned
from vindue.out.names import listed, names_of, sentence

Style = Literal["notice", "short", "plain"]
STYLES: tuple[Style, ...] = get_args(Style)


def render(
    record: Record, language: RenderLanguage, style: Style = "notice", *, home: str = HOME_ZONE
) -> str:
    """The record as a notice in ``language``, without a line break at its end.

    Times are told in each window's own zone, which is named where it is not
    ``home`` (an IANA name), the zone that the reader lives in.
    """
    words = load_rendering(language)
    teller = Teller(words, names_of(record, language), record, home)
    groups = (
        [line for block in group for line in _BLOCKS[block](teller)]
        for group in words.style[style].groups
    )
    return "\n\n".join("\n".join(group) for group in groups if group)


def headline(record: Record, window: Window, language: RenderLanguage) -> str:
    """A window's headline without its day: what, which systems, and a state that is news."""
    words = load_rendering(language)
    ids = window.systems or record.systems
    title = _titled(words, record, [names_of(record, language)[key] for key in ids])
    if window.status == "scheduled":
        return title
    return words.title.of_status.format(title=title, status=getattr(words.short, window.status))


def _titled(words: Rendering, record: Record, names: Sequence[str]) -> str:
    forms = words.title
    if len(set(record.environments)) > 1:
        title = forms.both
    else:
        title = forms.test if "test" in record.environments else forms.production
    return forms.of_systems.format(title=title, systems=listed(words, names)) if names else title


def _title(teller: Teller) -> list[str]:
    words, record = teller.words, teller.record
    few = len(record.systems) <= words.most_in_title
    names = [teller.names[key] for key in record.systems] if few else []
    titled = _titled(words, record, names)
    starts = [start for item in record.windows if (start := planned(item).start)]
    if len({start.date() for start in starts}) != 1:
        return [titled]
    return [words.title.of_day.format(title=titled, day=day_words(words, starts[0]))]


def _schedule(teller: Teller) -> list[str]:
    return [_schedule_line(teller, window) for window in teller.record.windows]


def _schedule_line(teller: Teller, window: Window) -> str:
    words = teller.words
    said = interval_words(words, window, planned(window), teller.home)
    if window.channel == "file":
        said = words.interval.channel_file.format(interval=said)
    elif window.channel == "online":
        said = words.interval.channel_online.format(interval=said)
    if not window.systems or not _told_apart(teller.record):
        return said[:1].upper() + said[1:]
    systems = listed(words, (teller.names[key] for key in window.systems))
    return words.interval.systems.format(systems=systems, interval=said)


def _told_apart(record: Record) -> bool:
    """Whether its systems tell one window of a record from another: then each line names them."""
    return any(set(window.systems) != set(record.systems) for window in record.windows)


def _clock_note(teller: Teller) -> list[str]:
    notes = (clock_note(teller.words, window) for window in teller.record.windows)
    return list(dict.fromkeys(note for note in notes if note))


def _systems(teller: Teller) -> list[str]:
    if not teller.record.systems:
        return []
    systems = listed(teller.words, (teller.names[key] for key in teller.record.systems))
    return [teller.words.systems.format(systems=systems)]


def _impacts(teller: Teller) -> list[str]:
    words = teller.words
    lines = []
    for impact in teller.record.impacts:
        form = getattr(getattr(words.impact, impact.channel), impact.effect)
        text = sentence(words, form, impact.systems, teller.names)
        lines.append(words.bullet.format(text=text))
    return lines


def _rules(teller: Teller) -> list[str]:
    rules, record = teller.words.rule, teller.record
    lines = [rules.resubmit] if record.resubmit else []
    if record.fallback:
        lines.append(getattr(rules, record.fallback))
    return lines


def _work_orders(teller: Teller) -> list[str]:
    return list(teller.record.work_orders)


def _plain_windows(teller: Teller) -> list[str]:
    words = teller.words
    lines = []
    for window in teller.record.windows:
        systems = _named(teller, window.systems or teller.record.systems)
        said = interval_words(words, window, planned(window), teller.home)
        lines.append(words.plain.window.format(interval=said, systems=systems))
    return lines


def _meanwhile(teller: Teller) -> list[str]:
    return [teller.words.plain.meanwhile] if teller.record.impacts else []


def _changes_heading(teller: Teller) -> list[str]:
    return [teller.words.plain.changes] if change_lines(teller) else []


def _short_title(teller: Teller) -> list[str]:
    """Only where several lines follow: the first of them is no headline."""
    return _title(teller) if len(teller.record.windows) > 1 else []


def _short_windows(teller: Teller) -> list[str]:
    return [_short_line(teller, window) for window in teller.record.windows]


def _short_line(teller: Teller, window: Window) -> str:
    words, record = teller.words.short, teller.record
    ids = window.systems or record.systems
    level = getattr(words, gravest(record, ids) or "unknown")
    if record.environments == ["test"]:
        level = words.in_test.format(level=level)
    line = words.window.format(
        systems=_named(teller, ids),
        level=level,
        interval=interval_words(teller.words, window, current(window), teller.home),
    )
    line = line[:1].upper() + line[1:]
    if window.status == "scheduled":
        return line
    status = getattr(words, window.status)
    return words.state.format(status=status[:1].upper() + status[1:], window=line)


def _named(teller: Teller, ids: Sequence[str]) -> str:
    """The systems by name; "the systems" where none is known."""
    return listed(teller.words, (teller.names[key] for key in ids)) if ids else teller.words.nobody


def gravest(record: Record, systems: list[str]) -> ImpactLevel | None:
    """The gravest level stated for any of ``systems``; ``None`` if nothing is stated."""
    order: tuple[ImpactLevel, ...] = ("outage", "degraded", "none")
    levels = {
        impact.level
        for impact in record.impacts
        if not impact.systems or set(impact.systems) & set(systems)
    }
    return next((level for level in order if level in levels), None)


_BLOCKS: Mapping[Block, Callable[[Teller], list[str]]] = {
    "title": _title,
    "schedule": _schedule,
    "clock_note": _clock_note,
    "systems": _systems,
    "impacts": _impacts,
    "rules": _rules,
    "changes": change_lines,
    "work_orders": _work_orders,
    "plain_windows": _plain_windows,
    "short_title": _short_title,
    "short_windows": _short_windows,
    "meanwhile": _meanwhile,
    "changes_heading": _changes_heading,
}
