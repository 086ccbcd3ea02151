"""The command line: arguments in, output and exit code out; no reading of text.

Whatever a command needs it imports itself, so that ``--version`` and
``--help`` load nothing of the engine.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from vindue.corpus.cli import corpus_app
from vindue.out.cli import register as register_out
from vindue.out.cli_explain import register as register_explain
from vindue.spread.cli import register as register_spread
from vindue.training.cli import register as register_training
from vindue.watch.cli import register as register_watch

if TYPE_CHECKING:
    from vindue.nlp.inputs import Settings
    from vindue.spread.run import Run
    from vindue.spread.work import Read

EXIT_ERRORS: Final = 1
EXIT_INPUT: Final = 2
EXIT_INTERRUPTED: Final = 130
# Grammar, readers and their caches are made once and stay, and reading leaves no cycles: to
# go over them again and again for garbage costs a page a twentieth of its time.
_COLLECT_AFTER: Final = 500_000

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """What is printed."""

    JSONL = "jsonl"
    JSON = "json"
    WINDOWS = "windows"
    ICS = "ics"
    CSV = "csv"
    PARQUET = "parquet"


class From(StrEnum):
    """What an input is."""

    AUTO = "auto"
    PAGE = "page"
    TEXT = "text"
    JSONL = "jsonl"
    HTML = "html"
    MAIL = "mail"
    ICAL = "ical"
    STATUSPAGE = "statuspage"
    SKAT_MESSAGE = "skat-message"
    SKAT_LIST = "skat-list"


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"vindue {version('vindue')}")
        raise typer.Exit


@app.callback()
def main(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Read service-window notices into canonical JSON window objects."""


@app.command()
def schema() -> None:
    """Print the JSON Schema of one record."""
    from vindue.nlp.output import write_schema
    from vindue.out.schema_check import published

    _write(iter([write_schema(published()).encode("utf-8")]), None)


Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATH|-", help="Files and folders; '-' or none: standard input."),
]
Form = Annotated[
    Format,
    typer.Option(
        "--format", "-f", help="A record a line, one array, a window a line, a calendar, a table."
    ),
]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="PATH", help="Write there, not to standard output."),
]
Kind = Annotated[
    From,
    typer.Option(
        "--from", help="A page of many notices, a text of one, a notice a line; auto: as it looks."
    ),
]
Profile = Annotated[
    str,
    typer.Option(metavar="auto|skat|generic", help="The source whose outer form is read."),
]
Timezone = Annotated[
    str | None,
    typer.Option(metavar="ZONE", help="IANA name of the local times' zone, if not the profile's."),
]
PublishedAt = Annotated[
    str | None, typer.Option(metavar="TIME", help="ISO 8601, for a text that bears no stamp.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Exit 1 if any notice has an error.")]


class Reader(StrEnum):
    """Whether the trained reader takes part."""

    OFF = "off"
    AUTO = "auto"
    ALWAYS = "always"


ModelOption = Annotated[
    Reader,
    typer.Option(
        "--model", help="The trained reader of effects: not at all, where rules end, everywhere."
    ),
]
MinConfidence = Annotated[
    float,
    typer.Option(
        "--min-confidence", metavar="P", min=0, max=1, help="What is less sure goes to --review."
    ),
]
Review = Annotated[
    str | None,
    typer.Option("--review", metavar="FILE", help="Where it goes: id, reason, record, as JSONL."),
]
Into = Annotated[
    Path | None,
    typer.Option("--into", metavar="FILE.sqlite", help="Keep every version seen in a store."),
]
Jobs = Annotated[
    str,
    typer.Option("--jobs", "-j", metavar="N|auto", help="Processes that read; auto: all cores."),
]
Resume = Annotated[
    bool,
    typer.Option("--resume", help="Go on where a run with --resume was ended, or begin one."),
]
Limit = Annotated[
    list[str] | None,
    typer.Option("--limit", metavar="NAME=N", help="What a notice or an input may cost; repeat."),
]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Tell on stderr how each input was read.")
]


@app.command()
def parse(
    paths: Paths = None,
    form: Form = Format.JSONL,
    output: Output = None,
    kind: Kind = From.AUTO,
    profile: Profile = "auto",
    timezone: Timezone = None,
    published_at: PublishedAt = None,
    strict: Strict = False,
    model: ModelOption = Reader.OFF,
    min_confidence: MinConfidence = 0.0,
    review: Review = None,
    into: Into = None,
    jobs: Jobs = "1",
    resume: Resume = False,
    limit: Limit = None,
    verbose: Verbose = False,
) -> None:
    """Print the canonical record of every notice.

    \b
    Examples:
      vindue parse corpus/skat/page.txt --format windows
      vindue parse notice.txt --published-at 2026-03-02T10:15 --timezone Europe/Oslo
      pdftotext notice.pdf - | vindue parse - --from text
      vindue parse notices.jsonl archive/ --strict --output records.jsonl
      vindue parse page.txt --min-confidence 0.9 --review doubtful.jsonl
      vindue parse page.txt --format ics --output windows.ics
      vindue parse archive/ --jobs auto --output records.jsonl --resume

    \b
    Exit codes:
      0  all inputs were read
      1  with --strict: a notice has a diagnostic of level error
      2  wrong usage, or an input that could not be read (the others still are)
    """
    gc.set_threshold(_COLLECT_AFTER)
    from vindue.nlp.inputs import Settings
    from vindue.spread.run import Run
    from vindue.spread.work import Job

    _check_pair(min_confidence, review)
    settings = _checked(Settings(profile, timezone, published_at, model.value), limit or ())
    job = Job(kind.value, settings, form in (Format.JSONL, Format.JSON) and review is None)
    run = Run(tuple(paths or ["-"]), job, _processes(jobs, into), _tell, verbose, into)
    if resume:
        _resume(run, form, output, alone=not (review or into))
    else:
        _print(run, form, output, (min_confidence, review))
    _end(run, strict=strict)


def _check_pair(least: float, review: str | None) -> None:
    if (review is None) != (least == 0.0):
        raise typer.BadParameter("--min-confidence and --review go together")


def _print(run: Run, form: Format, output: str | None, aside: tuple[float, str | None]) -> None:
    """Read all and print it; ``aside`` is the least confidence, and where less goes."""
    from vindue.spread.run import RunError

    least, review = aside
    try:
        with closing(run.records()) as records:
            kept = records if review is None else _reviewed(records, least, review)
            _write(_encoded(kept, form), output)
    except RunError as error:
        _tell(f"vindue: {error}")
        raise typer.Exit(EXIT_INPUT) from error
    gc.freeze()  # the process ends here: nothing is left to be searched for garbage


def _resume(run: Run, form: Format, output: str | None, *, alone: bool) -> None:
    """Read what an ended run has not read, and write it behind what that one wrote."""
    from importlib.metadata import version

    from vindue.spread.resume import Resumed, ResumeError
    from vindue.spread.whole import write_pieces

    if output is None or not alone or form not in (Format.JSONL, Format.WINDOWS):
        raise typer.BadParameter("--resume goes with --output, and with a format of lines, alone")
    told = repr((version("vindue"), run.paths, run.job, form.value))
    try:
        with closing(Resumed(Path(output), told)) as resumed:
            run.go_on(resumed)
            if not resumed.mark.whole:
                with closing(run.records()) as records:
                    write_pieces(_encoded(records, form), resumed.file)
            resumed.end()
    except ResumeError as error:
        _tell(f"vindue: {error}")
        raise typer.Exit(EXIT_INPUT) from error
    except OSError as error:
        _tell(f"vindue: {output}: {(error.strerror or str(error)).lower()}")
        raise typer.Exit(EXIT_INPUT) from error
    except KeyboardInterrupt:
        raise typer.Exit(EXIT_INTERRUPTED) from None
    gc.freeze()  # as above


def _end(run: Run, *, strict: bool) -> None:
    """Exit with the code that tells how the inputs were read."""
    if run.failures:
        raise typer.Exit(EXIT_INPUT)
    if strict and run.errors:
        raise typer.Exit(EXIT_ERRORS)


def _processes(jobs: str, into: Path | None) -> int:
    """How many processes read; a store is written by one."""
    if jobs == "auto":
        from vindue.spread.pool import cores

        return cores() if into is None else 1
    if not jobs.isdecimal() or int(jobs) < 1:
        raise typer.BadParameter(f"not a number of processes: {jobs!r}", param_hint="--jobs")
    if into is not None and int(jobs) > 1:
        raise typer.BadParameter("--into is written by one process", param_hint="--jobs")
    return int(jobs)


def _encoded(records: Iterator[Read], form: Format) -> Iterator[bytes]:
    """The records in one of the formats. Exits 2 where an extra is not installed."""
    from vindue.nlp.output import FORMATS, whole, write_records

    if text_form := next((name for name in FORMATS if name == form.value), None):
        yield from (piece.encode("utf-8") for piece in write_records(records, text_form))
        return
    from vindue.out.formats import OUT_FORMATS, encode
    from vindue.out.tables import MissingExtraError

    try:
        yield encode(map(whole, records), next(name for name in OUT_FORMATS if name == form.value))
    except MissingExtraError as error:
        _tell(f"vindue: {error}")
        raise typer.Exit(EXIT_INPUT) from error


def _reviewed(records: Iterator[Read], least: float, path: str) -> Iterator[Read]:
    """The records that are sure enough; the others go to the file for review."""
    import json

    from vindue.nlp.output import whole
    from vindue.nlp.review import is_sure, reason

    try:
        with Path(path).open("w", encoding="utf-8") as file:
            for record in map(whole, records):
                if is_sure(record, least):
                    yield record
                    continue
                told = {"id": record.id, "reason": reason(record)}
                told["record"] = json.loads(record.model_dump_json(by_alias=True))
                file.write(json.dumps(told, ensure_ascii=False) + "\n")
    except OSError as error:
        _tell(f"vindue: {path}: {(error.strerror or str(error)).lower()}")
        raise typer.Exit(EXIT_INPUT) from error


def _checked(settings: Settings, limits: Sequence[str]) -> Settings:
    """The settings with the limits as written, or a usage error that says what can't be."""
    from vindue.nlp.inputs import check_settings
    from vindue.nlp.limits import Limits

    try:
        settings = replace(settings, limits=Limits.of(limits))
        check_settings(settings)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    return settings


def _tell(message: str) -> None:
    """A line on stderr; a file's name or a notice's words in it steer no terminal."""
    from vindue.nlp.printable import printable

    typer.echo(printable(message), err=True)


def _write(pieces: Iterator[bytes], output: str | None) -> None:
    """Write all pieces as UTF-8; a reader that goes away or Ctrl-C ends it quietly."""
    from vindue.spread.whole import write_pieces

    try:
        if output is None:
            write_pieces(pieces, sys.stdout.buffer)
        else:
            _write_file(pieces, Path(output))
    except BrokenPipeError:
        # the interpreter flushes once more at exit, into a pipe that is gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        raise typer.Exit(EXIT_INTERRUPTED) from None


def _write_file(pieces: Iterator[bytes], path: Path) -> None:
    from vindue.spread.whole import write_whole

    try:
        write_whole(pieces, path)
    except OSError as error:
        _tell(f"vindue: {path}: {(error.strerror or str(error)).lower()}")
        raise typer.Exit(EXIT_INPUT) from error


app.add_typer(corpus_app)
for register in (
    register_out,
    register_explain,
    register_spread,
    register_watch,
    register_training,
):
    register(app)
