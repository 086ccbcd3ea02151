"""The command line: arguments in, output and exit code out; no reading of text.

Whatever a command needs it imports itself, so that ``--version`` and
``--help`` load nothing of the engine.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, Final, Literal

import typer

from vindue.corpus.cli import corpus_app
from vindue.out.cli import register as register_out
from vindue.out.cli_explain import register as register_explain
from vindue.training.cli import register as register_training
from vindue.watch.cli import register as register_watch

if TYPE_CHECKING:
    from vindue.nlp.batch import Batch
    from vindue.nlp.inputs import Settings
    from vindue.nlp.record import Record
    from vindue.nlp.sources import Kind as InputKind

EXIT_ERRORS: Final = 1
EXIT_INPUT: Final = 2
EXIT_INTERRUPTED: Final = 130
_COLLECT_AFTER: Final = 50_000
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
      vindue parse page.txt --min-confidence 0.9 --review doubtful.jsonl
      vindue parse page.txt --format ics --output windows.ics

    \b
    Exit codes:
      0  all inputs were read
      1  with --strict: a notice has a diagnostic of level error
      2  wrong usage, or an input that could not be read (the others still are)
    """
    from vindue.nlp.inputs import Settings

    # Grammar, readers and their caches are made once and stay: to go over them again
    # and again for garbage costs a page a twentieth of its time.
    gc.set_threshold(_COLLECT_AFTER)
    if (review is None) != (min_confidence == 0.0):
        raise typer.BadParameter("--min-confidence and --review go together")
    settings = _checked(Settings(profile, timezone, published_at, model.value))
    run = _Run(tuple(paths or ["-"]), kind.value, settings, verbose, into)
    records = run.records()
    if review is not None:
        records = _reviewed(records, min_confidence, review)
    _write(_encoded(records, form), output)
    gc.freeze()  # the process ends here: nothing is left to be searched for garbage
    run.end(strict=strict)


def _encoded(records: Iterator[Record], form: Format) -> Iterator[bytes]:
    """The records in one of the formats. Exits 2 where an extra is not installed."""
    from vindue.nlp.output import FORMATS, write_records

    if text_form := next((name for name in FORMATS if name == form.value), None):
        yield from (piece.encode("utf-8") for piece in write_records(records, text_form))
        return
    from vindue.out.formats import OUT_FORMATS, encode
    from vindue.out.tables import MissingExtraError

    try:
        yield encode(records, next(name for name in OUT_FORMATS if name == form.value))
    except MissingExtraError as error:
        _tell(f"vindue: {error}")
        raise typer.Exit(EXIT_INPUT) from error


def _reviewed(records: Iterator[Record], least: float, path: str) -> Iterator[Record]:
    """The records that are sure enough; the others go to the file for review."""
    import json

    from vindue.nlp.review import is_sure, reason

    try:
        with Path(path).open("w", encoding="utf-8") as file:
            for record in records:
                if is_sure(record, least):
                    yield record
                    continue
                told = {"id": record.id, "reason": reason(record)}
                told["record"] = json.loads(record.model_dump_json(by_alias=True))
                file.write(json.dumps(told, ensure_ascii=False) + "\n")
    except OSError as error:
        _tell(f"vindue: {path}: {(error.strerror or str(error)).lower()}")
        raise typer.Exit(EXIT_INPUT) from error


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
    kind: InputKind | Literal["auto"]
    settings: Settings
    verbose: bool
    into: Path | None = None
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
            for record in self._kept(batch):
                count += 1
                self.errors += any(finding.level == "error" for finding in record.diagnostics)
                yield record
            if self.verbose:
                source = f"{batch.document.name}: {batch.kind}, {batch.document.encoding}"
                why = f"; profile {batch.profile}: {batch.reason}" if batch.reason else ""
                _tell(f"vindue: {source}, notices: {count}{why}")

    def end(self, *, strict: bool) -> None:
        """Exit with the code that tells how the inputs were read."""
        if self.failures:
            raise typer.Exit(EXIT_INPUT)
        if strict and self.errors:
            raise typer.Exit(EXIT_ERRORS)

    def _kept(self, batch: Batch) -> Iterator[Record]:
        """The records of a batch, put into the store first if there is one."""
        if self.into is None:
            return batch.records
        from vindue.watch.keep import keep_batch
        from vindue.watch.store import StoreError

        records = list(batch.records)
        text, name = batch.document.text, batch.document.name
        try:
            keep_batch(self.into, text, records, name, lines=batch.kind == "jsonl")
        except (StoreError, OSError) as error:
            _tell(f"vindue: {self.into}: {error}")
            raise typer.Exit(EXIT_INPUT) from error
        return iter(records)


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


def _write(pieces: Iterator[bytes], output: str | None) -> None:
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


def _copy(pieces: Iterator[bytes], target: BinaryIO) -> None:
    for piece in pieces:
        target.write(piece)
    target.flush()


def _write_file(pieces: Iterator[bytes], path: Path) -> None:
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


app.add_typer(corpus_app)
for register in (register_out, register_explain, register_watch, register_training):
    register(app)
