"""The commands ``diff``, ``report``, ``stats`` and ``now``; ``watch`` has a file of its own.

Arguments in, output and exit code out. Like the other commands these import
what they need when they run.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from vindue.watch.cli_watch import watch
from vindue.watch.options import ProfileOption, ZoneOption
from vindue.watch.printing import fail, print_lines

EXIT_CHANGED: Final = 1
EXIT_DOWN: Final = 3


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
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")]
ScopeOption = Annotated[Scope, typer.Option("--environment", help="Which environments count.")]


Old = Annotated[
    str, typer.Argument(metavar="OLD", help="A page, records as JSON, or a store (STORE@TIME).")
]
New = Annotated[
    str | None,
    typer.Argument(metavar="NEW", help="The same; left out: all changes that a store saw."),
]
FormOption = Annotated[Form, typer.Option("--format", "-f", help="For people, or JSON lines.")]
Systems = Annotated[
    list[str] | None,
    typer.Option("--system", metavar="ID", help="An id or a name; may be repeated."),
]
At = Annotated[
    str | None, typer.Option("--at", metavar="TIME", help="ISO 8601; without it, this moment.")
]
Coming = Annotated[int, typer.Option("--next", min=0, help="Coming windows to show.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    for command in (diff, watch, report, stats, now):
        app.command()(command)


def diff(
    old: Old,
    new: New = None,
    form: FormOption = Form.TEXT,
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
    from vindue.nlp.printable import printable_json
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
        raise fail(error) from error
    lines = (printable_json(item.model_dump_json(by_alias=True)) for item in changes)
    print_lines(lines if form is Form.JSON else change_lines(changes))
    if changes:
        raise typer.Exit(EXIT_CHANGED)


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
        raise fail(error) from error
    if output is None:
        print_lines([page])


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
    from vindue.nlp.printable import printable_json
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
        raise fail(error) from error
    print_lines(
        [printable_json(told.model_dump_json(indent=1))]
        if as_json
        else stats_lines(told, months=months)
    )


def now(
    source: Source,
    system: Systems = None,
    at: At = None,
    scope: ScopeOption = Scope.PRODUCTION,
    coming: Coming = 5,
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
    from vindue.nlp.printable import printable_json
    from vindue.watch.captures import records_of
    from vindue.watch.inputs import load, read_moment
    from vindue.watch.now import at_moment, find_systems
    from vindue.watch.stats import common_zone
    from vindue.watch.tables import now_lines

    try:
        records = records_of(load(source, profile=profile, timezone=timezone))
        moment = read_moment(at, common_zone(records)) or datetime.now().astimezone()
    except ValueError as error:
        raise fail(error) from error
    wanted: set[str] = set()
    for called in system or []:
        found = find_systems(called, records)
        if not found:
            raise fail(f"no system is called {called!r}")
        wanted |= found
    told = at_moment(records, moment, wanted, scope=scope.value, coming=coming)
    print_lines([printable_json(told.model_dump_json())] if as_json else now_lines(told))
    if told.down:
        raise typer.Exit(EXIT_DOWN)
