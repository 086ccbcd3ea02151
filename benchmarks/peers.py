"""How often the first window's start and end are found: vindue and general readers of dates.

``make peers`` sets it up. Each peer is given the best input that it can get:
the line where the label's evidence stands (and that line with the title
before it), as written, with clock times and ranges rewritten in common forms,
and once for each clock time with the date beside it; the base is the time of
publication, the languages are told. Whatever it finds in any of these counts,
and any two hits may be start and end. vindue reads the whole notice, and, for
comparison, title and line alone, once, as written.

Only notices of the parts ``train`` and ``dev`` are read.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from importlib.metadata import version
from typing import Any, Final

from vindue import parse
from vindue.corpus.cases import Case, load_cases
from vindue.corpus.labels import WindowLabel
from vindue.corpus.reading import records_of

Hits = frozenset[datetime]
Peer = Callable[[str, datetime, tuple[str, ...]], Iterable[datetime]]
Interval = tuple[datetime, datetime]

LANGUAGES: Final = {"en": ("en",), "da": ("da",), "mixed": ("en", "da")}
CLOCK: Final = re.compile(
    r"(?<![\d.,/:-])(?:kl\.?\s*)?([01]?\d|2[0-4])(?:[:.]?([0-5]\d))(?![\d/]|[.:-]\d)"
    r"|\bkl\.?\s*([01]?\d|2[0-4])\b(?![.:]\d)",
    re.I,
)
BETWEEN: Final = re.compile(
    r"(?<![\d.,/:-])(\d{1,2}[:.]?\d\d)\s*[-–—]\s*(\d{1,2}[:.]?\d\d)(?![\d/]|[.:-]\d)"
    r"|\b(?:kl\.?|from|fra|between|mellem)\s*(\d{1,2})\s*[-–—]\s*(\d{1,2})\b(?![.:-]\d)",
    re.I,
)
"""Two clock times with a dash between them, with or without minutes."""
YEAR: Final = re.compile(r"(?:19|20)[0-3]\d")
RANGE: Final = re.compile(r"\s+(?:[-–—]|to|til|until|og|and)\s+", re.I)
PACKAGES: Final = ("vindue", "dateparser", "ctparse", "recognizers-text-date-time")


@dataclass(frozen=True, slots=True)
class Asked:
    """One window to be found: the tellings that a peer gets, and the times that are right."""

    case: Case
    window: WindowLabel
    tellings: tuple[str, ...]
    base: datetime
    starts: Hits
    ends: Hits


def questions(source: str) -> Iterator[Asked]:
    """The first window of each notice that has one with a start and an end to the minute."""
    for split in ("train", "dev"):
        for case in load_cases(source, split):  # type: ignore[arg-type]
            for window in case.label.windows[:1]:
                if window.start and window.end and window.precision != "day":
                    yield _asked(case, window)


def _asked(case: Case, window: WindowLabel) -> Asked:
    at = case.label.published_at
    assert window.start
    base = (at or window.start).replace(tzinfo=None)
    lines = [window.quote, f"{case.label.title or ''} {window.quote}".strip()]
    tellings = dict.fromkeys(telling for line in lines for telling in _tellings(line))
    starts = _walls(window.start, window.planned_start)
    return Asked(
        case, window, tuple(tellings), base, starts, _walls(window.end, window.planned_end)
    )


def _walls(*times: datetime | None) -> Hits:
    """A time as announced first or last, in its own zone or in UTC: a peer need not know zones."""
    known = [time for time in times if time]
    local = {time.replace(tzinfo=None) for time in known}
    return frozenset(local | {time.astimezone(UTC).replace(tzinfo=None) for time in known})


def _tellings(line: str) -> Iterator[str]:
    line = " ".join(line.split())
    yield line
    clocks: list[str] = []

    def plain(match: re.Match[str]) -> str:
        if YEAR.fullmatch(match[0]):
            return match[0]
        clocks.append(f"{int(match[1] or match[3]):02}:{match[2] or '00'}")
        return f" {clocks[-1]} "

    apart = BETWEEN.sub(lambda m: " - ".join(_clock(each) for each in m.groups() if each), line)
    common = " ".join(CLOCK.sub(plain, apart).split())
    for joint in (" - ", " to "):
        yield RANGE.sub(joint, common)
    for clock in dict.fromkeys(clocks):
        others = [each for each in clocks if each != clock]
        yield _without(common, others).replace("24:00", "00:00")
        yield f"{_without(common, clocks)} {clock.replace('24:00', '00:00')}"


def _without(line: str, clocks: Iterable[str]) -> str:
    """The line with some clock times, and what joined them, left out."""
    for clock in clocks:
        line = line.replace(clock, " ")
    return " ".join(re.sub(r"\s[-–—](?=\s|$)", " ", f"{line} ").split()).strip(" ,.:;")


def _clock(digits: str) -> str:
    return digits if len(digits) > len("18") else f"{digits}:00"


def dateparser_peer() -> Peer:
    """``search_dates``, with the day before and behind the month."""
    search = import_module("dateparser.search").search_dates

    def read(text: str, base: datetime, languages: tuple[str, ...]) -> Iterator[datetime]:
        for order in ("DMY", "MDY"):
            settings = {"RELATIVE_BASE": base, "DATE_ORDER": order, "PREFER_DATES_FROM": "future"}
            found = search(text, languages=list(languages), settings=settings) or ()
            yield from (time for _, time in found)

    return read


def ctparse_peer() -> Peer:
    """Its best reading, a time or an interval; it knows no Danish."""
    parse_time = import_module("ctparse").ctparse

    def read(text: str, base: datetime, languages: tuple[str, ...]) -> Iterator[datetime]:
        found = parse_time(text, ts=base, timeout=1.0)
        value = found and found.resolution
        for part in (value, getattr(value, "t_from", None), getattr(value, "t_to", None)):
            if part is not None and getattr(part, "isDateTime", False):
                yield part.dt

    return read


def recognizers_peer() -> Peer:
    """All that its English recogniser of dates and times finds; it knows no Danish."""
    module = import_module("recognizers_date_time")

    def read(text: str, base: datetime, languages: tuple[str, ...]) -> Iterator[datetime]:
        for found in module.recognize_datetime(text, module.Culture.English, reference=base):
            for value in (found.resolution or {}).get("values", ()):
                for key in ("value", "start", "end"):
                    try:
                        yield datetime.strptime(str(value.get(key)), "%Y-%m-%d %H:%M:%S")
                    except ValueError:
                        continue

    return read


PEERS: Final[dict[str, Callable[[], Peer]]] = {
    "dateparser `search_dates`": dateparser_peer,
    "ctparse": ctparse_peer,
    "recognizers-text": recognizers_peer,
}


def judge(asked: Asked, peer: Peer) -> tuple[bool, bool]:
    """Whether start and end are among all that a peer finds; where it fails, it finds nothing.

    An end past midnight may be told on the day before. No more is asked once both are found.
    """
    languages = LANGUAGES[asked.case.label.language]
    start = end = False
    for telling in asked.tellings:
        try:
            hits = {wall for time in peer(telling, asked.base, languages) for wall in _wall(time)}
        except Exception as error:  # whatever a peer trips over is its own
            print(f"{asked.case.name}: {error!r}", file=sys.stderr)
            continue
        start = start or bool(asked.starts & hits)
        end = end or bool(asked.ends & (hits | {time + timedelta(days=1) for time in hits}))
        if start and end:
            break
    return start, end


def _wall(time: datetime) -> Iterator[datetime]:
    time = time.replace(second=0, microsecond=0)
    yield time.replace(tzinfo=None)
    if time.tzinfo:
        yield time.astimezone(UTC).replace(tzinfo=None)


def own(questions: list[Asked], *, alone: bool) -> Iterator[tuple[bool, bool]]:
    """vindue: the first window's start and end, from the whole notice or from title and line."""
    whole = records_of([asked.case for asked in questions])
    for asked in questions:
        record = whole.get(asked.case.name)
        if alone:
            text = f"{asked.case.label.title or ''}\n\n{asked.window.quote}"
            record = parse(text, published_at=asked.case.label.published_at)
        window = record.windows[0] if record and record.windows else None
        times = [window.start, window.end] if window else [None, None]
        walls = [
            datetime.fromisoformat(time).replace(tzinfo=None) if time else None for time in times
        ]
        if alone:
            yield walls[0] in asked.starts, walls[1] in asked.ends
        else:
            last = [asked.window.start, asked.window.end]
            same = [time and datetime.fromisoformat(time) for time in times]
            yield same[0] == last[0], same[1] == last[1]


def table(source: str) -> dict[str, Any]:
    """Counts of one source: how many windows, and of each reader starts, ends, and both."""
    asked = list(questions(source))
    found: dict[str, list[int]] = {}

    def count(name: str, answers: Iterable[tuple[bool, bool]]) -> None:
        rows = list(answers)
        found[name] = [
            sum(s for s, _ in rows),
            sum(e for _, e in rows),
            sum(s and e for s, e in rows),
        ]

    count("vindue, whole notice", own(asked, alone=False))
    count("vindue, title and line", own(asked, alone=True))
    for name, make in PEERS.items():
        peer = make()
        count(name, (judge(each, peer) for each in asked))
    return {"windows": len(asked), "found": found}


def main() -> None:
    """Print the table in Markdown."""
    warnings.simplefilter("ignore")
    asked = argparse.ArgumentParser(prog="python -m benchmarks.peers")
    asked.add_argument("--json", action="store_true", help="the counts")
    as_json = asked.parse_args().json
    found = {source: table(source) for source in ("skat", "own")}
    if as_json:
        print(json.dumps(found, indent=1))
        return
    print(
        f"{datetime.now(UTC):%Y-%m-%d}; " + ", ".join(f"{p} {version(p)}" for p in PACKAGES) + ".\n"
    )
    for source, of in found.items():
        print(f"| {source}, {of['windows']} windows | start | end | both |")
        print("|---|---|---|---|")
        for name, counts in of["found"].items():
            shares = (f"{each} ({each / of['windows']:.0%})" for each in counts)
            print(f"| {name} | {' | '.join(shares)} |")
        print()


if __name__ == "__main__":
    main()
