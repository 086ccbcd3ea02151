"""The commands ``diff``, ``watch``, ``report``, ``stats`` and ``now``.

Arguments in, output and exit code out. Like the other commands these import
what they need when they run.
"""

from __future__ import annotations

import re
import signal
import sys
import threading
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from vindue.watch.outbox import Sink
    from vindue.watch.watcher import Plan

EXIT_FAILED: Final = 1
EXIT_INPUT: Final = 2
EXIT_DOWN: Final = 3
_UNITS: Final = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
_DURATION: Final = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)([smhd]?)", re.ASCII)
_LEAST_SECONDS: Final = 0.1


class Scope(StrEnum):
    """Which environments count."""

    PRODUCTION = "production"
    TEST = "test"
    ALL = "all"


class Form(StrEnum):
    """For people, or one JSON object a line."""

    TEXT = "text"
    JSON = "json"


Source = Annotated[
    str,
    typer.Argument(
        metavar="SOURCE", help="A page, records as JSON, a store, a URL, or '-' for standard input."
    ),
]
ProfileOption = Annotated[str, typer.Option("--profile", help="How a page is read: as in parse.")]
ZoneOption = Annotated[
    str | None, typer.Option("--timezone", metavar="ZONE", help="Zone of the page's local times.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")]
ScopeOption = Annotated[Scope, typer.Option("--environment", help="Which environments count.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    for command in (diff, watch, report, stats, now):
        app.command()(command)


def diff(
    old: Annotated[
        str,
        typer.Argument(metavar="OLD", help="A page, records as JSON, or a store (STORE@TIME)."),
    ],
    new: Annotated[
        str | None,
        typer.Argument(metavar="NEW", help="The same; left out: all changes that a store saw."),
    ] = None,
    form: Annotated[Form, typer.Option("--format", "-f", help="For people, or JSON lines.")] = (
        Form.TEXT
    ),
    profile: ProfileOption = "auto",
    timezone: ZoneOption = None,
) -> None:
    """Print what changed between two captures of a page.

    \b
    Examples:
      vindue diff monday.txt tuesday.txt
      vindue diff monday.txt tuesday.txt --format json | jq 'select(.change == "gone")'
      vindue diff notices.sqlite@2026-05-01 notices.sqlite
      vindue diff notices.sqlite

    \b
    Exit codes:
      0  nothing changed
      1  something changed
      2  wrong usage, or an input that can't be read
    """
    from vindue.watch.diff import diff_captures
    from vindue.watch.history import history
    from vindue.watch.inputs import load
    from vindue.watch.told import change_lines

    try:
        if new is None:
            changes = history(Path(old))
        else:
            before = load(old, profile=profile, timezone=timezone)
            changes = diff_captures(before, load(new, profile=profile, timezone=timezone))
    except ValueError as error:
        raise _fail(error) from error
    lines = (item.model_dump_json(by_alias=True) for item in changes)
    _print(lines if form is Form.JSON else change_lines(changes))
    if changes:
        raise typer.Exit(EXIT_FAILED)


def watch(
    source: Annotated[
        str, typer.Argument(metavar="URL|FILE", help="A page (http or https), a file, a store.")
    ],
    every: Annotated[
        str, typer.Option(metavar="TIME", help="How often to look: 30s, 5m, 1h.")
    ] = "5m",
    state: Annotated[
        Path, typer.Option(metavar="FILE.sqlite", help="What is known: a store, made if missing.")
    ] = Path("vindue-watch.sqlite"),
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", metavar="FILE", help="Append there: exactly one line a change."
        ),
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="Look once, then end (for cron).")] = False,
    initial: Annotated[
        bool, typer.Option("--initial", help="Tell the notices of the first look as new.")
    ] = False,
    timeout: Annotated[str, typer.Option(metavar="TIME", help="For one whole answer.")] = "30s",
    max_bytes: Annotated[int, typer.Option(min=1, help="A longer page is refused.")] = 20_971_520,
    profile: ProfileOption = "auto",
    timezone: ZoneOption = None,
) -> None:
    """Look at a page again and again; print one JSON line for each change.

    The state file is a store: diff, report, stats and now read it.

    \b
    Examples:
      vindue watch https://example.org/notices --every 5m --out changes.jsonl
      vindue watch page.txt --every 10s --state page.sqlite
      vindue watch https://example.org/notices --once

    \b
    Exit codes:
      0  stopped by a signal, or by a reader that went away
      1  with --once: nothing could be got
      2  wrong usage, or a state that can't be used
    """
    from vindue.watch.fetch import FetchError, Limits
    from vindue.watch.watcher import Plan, Watcher

    limits = Limits(_seconds(timeout, "--timeout"), max_bytes)
    plan = Plan(source, state, _seconds(every, "--every"), profile, timezone, limits, initial)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        _check(plan)
        good = Watcher(plan, _sink(out), _log).run(stop, once=once)
    except BrokenPipeError:
        _forget_output()
        return
    except (ValueError, FetchError, OSError) as error:
        raise _fail(error) from error
    if once and not good:
        raise typer.Exit(EXIT_FAILED)


def report(
    source: Source,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Else standard output.")
    ] = None,
    title: Annotated[str, typer.Option(help="The page's title.")] = "Service windows",
    profile: ProfileOption = "auto",
    timezone: ZoneOption = None,
) -> None:
    """Make one HTML page of all notices: a timeline, filters, each with its evidence.

    \b
    Examples:
      vindue report page.txt -o report.html
      vindue report notices.sqlite -o report.html --title "Customs systems"

    \b
    Exit codes:
      0  the page was made
      2  wrong usage, or an input that can't be read
    """
    from vindue.watch.inputs import load
    from vindue.watch.report import make_report

    try:
        page = make_report(load(source, profile=profile, timezone=timezone), title)
        if output is not None:
            output.write_text(page, encoding="utf-8")
    except (ValueError, OSError) as error:
        raise _fail(error) from error
    if output is None:
        _print([page])


def stats(
    source: Source,
    since: Annotated[
        str | None, typer.Option("--from", metavar="TIME", help="Windows from then on.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--to", metavar="TIME", help="Windows before then.")
    ] = None,
    months: Annotated[bool, typer.Option("--months", help="A row for each month too.")] = False,
    scope: ScopeOption = Scope.PRODUCTION,
    as_json: JsonOption = False,
    profile: ProfileOption = "auto",
    timezone: ZoneOption = None,
) -> None:
    """Print hours of downtime by system, channel and month, extensions, punctuality.

    \b
    Examples:
      vindue stats page.txt
      vindue stats notices.sqlite --from 2026-01-01 --to 2027-01-01 --months
      vindue stats page.txt --json | jq '.totals[] | select(.channel == "any")'
    """
    from vindue.watch.captures import records_of
    from vindue.watch.inputs import load, read_moment
    from vindue.watch.stats import Frame, common_zone, make_stats
    from vindue.watch.tables import stats_lines

    try:
        records = records_of(load(source, profile=profile, timezone=timezone))
        zone = common_zone(records)
        frame = Frame(read_moment(since, zone), read_moment(until, zone), scope.value)
        told = make_stats(records, frame)
    except ValueError as error:
        raise _fail(error) from error
    _print([told.model_dump_json(indent=1)] if as_json else stats_lines(told, months=months))


def now(
    source: Source,
    system: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="An id or a name; may be repeated.")
    ] = None,
    at: Annotated[
        str | None, typer.Option(metavar="TIME", help="ISO 8601; without it, this moment.")
    ] = None,
    scope: ScopeOption = Scope.PRODUCTION,
    coming: Annotated[int, typer.Option("--next", min=0, help="Coming windows to show.")] = 5,
    as_json: JsonOption = False,
    profile: ProfileOption = "auto",
    timezone: ZoneOption = None,
) -> None:
    """Print what is down at this moment, and what comes next.

    \b
    Examples:
      vindue now page.txt
      vindue now notices.sqlite --system dms-import --at 2026-05-30T09:00
      vindue now https://example.org/notices --json || echo "something is down"

    \b
    Exit codes:
      0  nothing is down (degraded is not down)
      2  wrong usage, or an input that can't be read
      3  something is down
    """
    from vindue.watch.captures import records_of
    from vindue.watch.inputs import load, read_moment
    from vindue.watch.now import at_moment, find_systems
    from vindue.watch.stats import common_zone
    from vindue.watch.tables import now_lines

    try:
        records = records_of(load(source, profile=profile, timezone=timezone))
        moment = read_moment(at, common_zone(records)) or datetime.now().astimezone()
    except ValueError as error:
        raise _fail(error) from error
    wanted: set[str] = set()
    for called in system or []:
        found = find_systems(called, records)
        if not found:
            raise _fail(f"no system is called {called!r}")
        wanted |= found
    told = at_moment(records, moment, wanted, scope=scope.value, coming=coming)
    _print([told.model_dump_json()] if as_json else now_lines(told))
    if told.down:
        raise typer.Exit(EXIT_DOWN)


def _seconds(value: str, option: str) -> float:
    found = _DURATION.fullmatch(value.strip())
    seconds = float(found[1]) * _UNITS[found[2]] if found else 0.0
    if seconds < _LEAST_SECONDS:
        raise typer.BadParameter(f"{value!r} is no time such as 30s, 5m or 1h", param_hint=option)
    return seconds


def _check(plan: Plan) -> None:
    """A wrong profile or zone is a wrong usage, not trouble that may pass."""
    from vindue.nlp.inputs import Settings, check_settings

    check_settings(Settings(plan.profile, plan.timezone))
    if "://" in plan.source and not plan.source.lower().startswith(("http://", "https://")):
        raise ValueError(f"{plan.source}: only http and https")


def _sink(out: Path | None) -> Sink:
    from vindue.watch.sinks import FileSink, StreamSink

    return StreamSink(sys.stdout.buffer) if out is None else FileSink(out)


def _log(message: str) -> None:
    from vindue.watch.told import printable

    typer.echo(printable(f"vindue: {message}"), err=True)


def _fail(reason: object) -> typer.Exit:
    _log(str(reason))
    return typer.Exit(EXIT_INPUT)


def _print(lines: Iterable[str]) -> None:
    try:
        for line in lines:
            sys.stdout.buffer.write(f"{line}\n".encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _forget_output()


def _forget_output() -> None:
    """The interpreter flushes once more at exit, into a pipe that is gone."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
