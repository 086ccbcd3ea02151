"""The command ``watch``: arguments in, a watcher run until it is told to stop."""

from __future__ import annotations

import re
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from vindue.watch.options import ProfileOption, ZoneOption
from vindue.watch.printing import fail, forget_output, note

if TYPE_CHECKING:
    from vindue.watch.outbox import Sink
    from vindue.watch.watcher import Plan

EXIT_FAILED: Final = 1
_UNITS: Final = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
_DURATION: Final = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)([smhd]?)", re.ASCII)
_LEAST_SECONDS: Final = 0.1


Watched = Annotated[
    str, typer.Argument(metavar="URL|FILE", help="A page (http or https), a file, a store.")
]
Every = Annotated[str, typer.Option(metavar="TIME", help="How often to look: 30s, 5m, 1h.")]
State = Annotated[
    Path, typer.Option(metavar="FILE.sqlite", help="What is known: a store, made if missing.")
]
Out = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="FILE", help="Append there: exactly one line a change."),
]
Once = Annotated[bool, typer.Option("--once", help="Look once, then end (for cron).")]
Initial = Annotated[
    bool, typer.Option("--initial", help="Tell the notices of the first look as new.")
]
Timeout = Annotated[str, typer.Option(metavar="TIME", help="For one whole answer.")]
MaxBytes = Annotated[int, typer.Option(min=1, help="A longer page is refused.")]


def watch(
    source: Watched,
    every: Every = "5m",
    state: State = Path("vindue-watch.sqlite"),
    out: Out = None,
    once: Once = False,
    initial: Initial = False,
    timeout: Timeout = "30s",
    max_bytes: MaxBytes = 20_971_520,
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
    from vindue.watch.fetch import Limits
    from vindue.watch.watcher import Plan

    limits = Limits(_seconds(timeout, "--timeout"), max_bytes)
    plan = Plan(source, state, _seconds(every, "--every"), profile, timezone, limits, initial)
    if not _run(plan, out, once=once) and once:
        raise typer.Exit(EXIT_FAILED)


def _run(plan: Plan, out: Path | None, *, once: bool) -> bool:
    from vindue.watch.fetch import FetchError
    from vindue.watch.watcher import Watcher

    try:
        _check(plan)
        with _told_to_stop() as stop:
            return Watcher(plan, _sink(out), note).run(stop, once=once)
    except BrokenPipeError:
        forget_output()
        return True
    except (ValueError, FetchError, OSError) as error:
        raise fail(error) from error


@contextmanager
def _told_to_stop() -> Iterator[threading.Event]:
    """Set by Ctrl-C and by a polite kill; the signals are as before afterwards."""
    stop = threading.Event()
    before = {
        number: signal.signal(number, lambda *_: stop.set())
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


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
