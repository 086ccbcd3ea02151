"""The command line: arguments in, output and exit code out; no reading of text.

Whatever a command needs it imports itself, so that ``--version`` and
``--help`` load nothing of the engine.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, Final, Literal

import typer

if TYPE_CHECKING:
    from vindue.nlp.inputs import Settings
    from vindue.nlp.record import Record

EXIT_ERRORS: Final = 1
EXIT_INPUT: Final = 2
EXIT_INTERRUPTED: Final = 130
_LONG: Final = 50
_PROGRESS_STEP: Final = 25

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


class From(StrEnum):
    """What an input is."""

    AUTO = "auto"
    PAGE = "page"
    TEXT = "text"
    JSONL = "jsonl"


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
    from vindue.nlp.record import json_schema

    _write(iter([write_schema(json_schema())]), None)


Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATH|-", help="Files and folders; '-' or none: standard input."),
]
Form = Annotated[
    Format, typer.Option("--format", "-f", help="A record a line, one array, or a window a line.")
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
    verbose: Verbose = False,
) -> None:
    """Print the canonical record of every notice.

    \b
    Examples:
      vindue parse corpus/skat/page.txt
      vindue parse corpus/skat/page.txt --format windows
      vindue parse notice.txt --published-at 2026-03-02T10:15 --timezone Europe/Oslo
      pdftotext notice.pdf - | vindue parse - --from text
      vindue parse notices.jsonl archive/ --strict --output records.jsonl

    \b
    Exit codes:
      0  all inputs were read
      1  with --strict: a notice has a diagnostic of level error
      2  wrong usage, or an input that could not be read (the others still are)
    """
    from vindue.nlp.inputs import Settings
    from vindue.nlp.output import write_records

    settings = _checked(Settings(profile, timezone, published_at))
    run = _Run(tuple(paths or ["-"]), kind.value, settings, verbose)
    _write(write_records(run.records(), form.value), output)
    if run.failures:
        raise typer.Exit(EXIT_INPUT)
    if strict and run.errors:
        raise typer.Exit(EXIT_ERRORS)


def _checked(settings: Settings) -> Settings:
    """The settings, or a usage error that says what can't be."""
    from vindue.nlp.inputs import check_settings

    try:
        check_settings(settings)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    return settings


@dataclass(slots=True)
class _Run:
    """One ``parse`` command; counts what its exit code needs while it reads."""

    paths: tuple[str, ...]
    kind: Literal["auto", "page", "text", "jsonl"]
    settings: Settings
    verbose: bool
    failures: int = 0
    errors: int = 0

    def records(self) -> Iterator[Record]:
        """The records of all inputs; what can't be read is told on stderr."""
        from vindue.nlp.batch import Batch, read_batches

        for batch in read_batches(self.paths, self.kind, self.settings, _progress()):
            if not isinstance(batch, Batch):
                self.failures += 1
                _tell(f"vindue: {batch.name}: {batch.reason}")
                continue
            count = 0
            for record in batch.records:
                count += 1
                self.errors += any(finding.level == "error" for finding in record.diagnostics)
                yield record
            if self.verbose:
                source = f"{batch.document.name}: {batch.kind}, {batch.document.encoding}"
                _tell(f"vindue: {source}, notices: {count}")


def _progress() -> Callable[[int, int], None] | None:
    """A counter on stderr for long inputs, if a person is there to see it."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        if total < _LONG:
            return
        if done == total:
            sys.stderr.write("\r\x1b[K")
        elif done % _PROGRESS_STEP == 0:
            sys.stderr.write(f"\r{done}/{total} notices")
        sys.stderr.flush()

    return show


def _tell(message: str) -> None:
    typer.echo(message, err=True)


def _write(pieces: Iterator[str], output: str | None) -> None:
    """Write all pieces as UTF-8; a reader that goes away or Ctrl-C ends it quietly."""
    try:
        if output is None:
            _copy(pieces, sys.stdout.buffer)
        else:
            _write_file(pieces, Path(output))
    except BrokenPipeError:
        # the interpreter flushes once more at exit, into a pipe that is gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        raise typer.Exit(EXIT_INTERRUPTED) from None


def _copy(pieces: Iterator[str], target: BinaryIO) -> None:
    for piece in pieces:
        target.write(piece.encode("utf-8"))
    target.flush()


def _write_file(pieces: Iterator[str], path: Path) -> None:
    """Into a new file that takes the old one's place when it is whole."""
    special = path.exists() and not path.is_file()
    partial = path if special else path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with partial.open("wb") as target:
            _copy(pieces, target)
        if not special:
            partial.replace(path)
    except OSError as error:
        _tell(f"vindue: {path}: {(error.strerror or str(error)).lower()}")
        raise typer.Exit(EXIT_INPUT) from error
    finally:
        if not special:
            partial.unlink(missing_ok=True)
