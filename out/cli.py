"""The commands ``render``, ``translate`` and ``lint``: arguments in, output and exit code out.

Like the other commands these import what they need when they run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from vindue.grammars.rendering import RenderLanguage
    from vindue.nlp.batch import Batch
    from vindue.nlp.inputs import Settings
    from vindue.out.lint import Flaw

EXIT_FLAWS: Final = 1
EXIT_INPUT: Final = 2
_STDIN: Final = "-"
_BETWEEN: Final = "\n\n---\n\n"


class Lang(StrEnum):
    """The languages that a record can be written in."""

    DA = "da"
    EN = "en"


class Style(StrEnum):
    """A whole notice, a line a window, or plain sentences."""

    NOTICE = "notice"
    SHORT = "short"
    PLAIN = "plain"


class Form(StrEnum):
    """Notices as they are read, or one object a notice."""

    TEXT = "text"
    JSONL = "jsonl"


class Report(StrEnum):
    """Flaws for people, for programs, or as a pipeline's annotations."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="FILE|-", help="Files; '-' or none: standard input."),
]
StyleOption = Annotated[
    Style, typer.Option(help="A whole notice, a line a window, or plain sentences.")
]
FormOption = Annotated[
    Form, typer.Option("--format", "-f", help="Notices apart by a line, or {id, text} a line.")
]
Home = Annotated[
    str, typer.Option("--home", metavar="ZONE", help="The readers' zone: any other is named.")
]
ProfileOption = Annotated[str, typer.Option("--profile", help="How inputs are read: as in parse.")]
ZoneOption = Annotated[
    str | None, typer.Option("--timezone", metavar="ZONE", help="Zone of the text's local times.")
]
PublishedOption = Annotated[
    str | None,
    typer.Option("--published-at", metavar="TIME", help="For a text without a stamp; lint: now."),
]
_HOME: Final = "Europe/Copenhagen"


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(render)
    app.command()(translate)
    app.command()(lint)


def render(
    paths: Paths = None,
    lang: Annotated[Lang, typer.Option(help="The language to write in.")] = Lang.EN,
    style: StyleOption = Style.NOTICE,
    form: FormOption = Form.TEXT,
    home: Home = _HOME,
) -> None:
    """Write records out as notices.

    \b
    Examples:
      vindue parse page.txt | vindue render --lang da
      vindue render records.jsonl --lang en --style short
      vindue render records.jsonl --lang da --format jsonl > notices.jsonl

    \b
    Exit codes:
      0  every record was written
      2  wrong usage, or an input or a line that holds no record (the others are written)
    """
    from vindue.out.inputs import record_lines
    from vindue.out.render import render as write

    _check_zone(home)
    failed = _Failures()
    told = (
        (record.id, write(record, lang.value, style.value, home=home))
        for record in record_lines(paths or [_STDIN], failed.add)
    )
    _print_notices(told, form)
    failed.exit()


def translate(
    paths: Paths = None,
    to: Annotated[Lang, typer.Option("--to", help="The language to write in.")] = Lang.EN,
    style: StyleOption = Style.NOTICE,
    form: FormOption = Form.TEXT,
    profile: ProfileOption = "auto",
    timezone: ZoneOption = None,
    published_at: PublishedOption = None,
) -> None:
    """Read notices and write them anew in another language.

    A sentence that nothing was read from is kept and marked as original.

    \b
    Examples:
      vindue translate corpus/skat/page.txt --to da
      vindue translate notice.txt --to en --style plain

    \b
    Exit codes:
      0  every notice was written
      2  wrong usage, or an input that could not be read (the others are written)
    """
    from vindue.out.inputs import batches, with_texts
    from vindue.out.translate import translate as write

    failed = _Failures()
    settings = _settings(profile, timezone, published_at)
    told = (
        (record.id, write(text, record, to.value, style.value, home=timezone or _HOME))
        for batch in batches(paths or [_STDIN], settings, failed.add)
        for text, record in with_texts(batch)
    )
    _print_notices(told, form)
    failed.exit()


def lint(
    paths: Paths = None,
    fix: Annotated[bool, typer.Option("--fix", help="Write the suggested texts in.")] = False,
    form: Annotated[Report, typer.Option("--format", "-f", help="How flaws are told.")] = (
        Report.TEXT
    ),
    lang: Annotated[
        Lang | None, typer.Option(help="Language of the messages; else each notice's own.")
    ] = None,
    profile: ProfileOption = "auto",
    timezone: ZoneOption = None,
    published_at: PublishedOption = None,
) -> None:
    """Tell an author what to mend before a notice is published.

    With --fix a file is rewritten in place, standard input goes to standard
    output; what is told then is what is left.

    \b
    Examples:
      vindue lint notice.txt
      vindue lint notice.txt --fix
      vindue lint drafts/*.txt --format github

    \b
    Exit codes:
      0  nothing but hints
      1  an error or a warning
      2  wrong usage, or an input that could not be read (the others still are)
    """
    from vindue.out.inputs import batches
    from vindue.out.reports import report

    failed = _Failures()
    now = datetime.now(UTC).isoformat()  # a draft is about to be published
    settings = _settings(profile, timezone, published_at or now)
    flawed = False
    for batch in batches(paths or [_STDIN], settings, failed.add):
        name = batch.document.name
        if batch.kind == "jsonl":
            failed.add(name, "JSON lines can't be linted: give the notices as text")
            continue
        flaws = _mended(batch, settings, lang, failed) if fix else _flaws(batch, lang)
        flawed = flawed or any(flaw.fails for flaw in flaws)
        told = report(name, flaws, form.value).encode("utf-8")
        typer.echo(told, nl=False, err=fix and name == _STDIN)
    failed.exit()
    if flawed:
        raise typer.Exit(EXIT_FLAWS)


def tell(message: str) -> None:
    """A line on stderr; a file's name or a notice's words in it steer no terminal."""
    from vindue.nlp.printable import printable

    typer.echo(printable(message), err=True)


class _Failures:
    """Inputs that could not be read: told on stderr as they come, the exit code at the end."""

    def __init__(self) -> None:
        self._any = False

    def add(self, name: str, reason: str) -> None:
        """Tell of one."""
        self._any = True
        tell(f"vindue: {name}: {reason}")

    def exit(self) -> None:
        """End the command if there were any."""
        if self._any:
            raise typer.Exit(EXIT_INPUT)


def _settings(profile: str, timezone: str | None, published_at: str | None) -> Settings:
    from vindue.nlp.inputs import Settings, check_settings

    settings = Settings(profile, timezone, published_at)
    try:
        check_settings(settings)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    return settings


def _check_zone(name: str) -> None:
    from vindue.nlp.inputs import find_zone

    try:
        find_zone(name)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def _print_notices(told: Iterator[tuple[str, str]], form: Form) -> None:
    from vindue.nlp.printable import printable_json, printable_lines

    for number, (key, text) in enumerate(told):
        if form is Form.JSONL:
            said = printable_json(json.dumps({"id": key, "text": text}, ensure_ascii=False))
        else:
            said = printable_lines(f"{_BETWEEN if number else ''}{text}")
        typer.echo(said.encode("utf-8"), nl=form is Form.JSONL)
    if form is Form.TEXT:
        typer.echo()


def _flaws(batch: Batch, lang: Lang | None) -> list[Flaw]:
    from vindue.out.lint import lint as check

    return check(batch.document.text, batch.records, language=_spoken(lang))


def _mended(batch: Batch, settings: Settings, lang: Lang | None, failed: _Failures) -> list[Flaw]:
    from vindue.out.inputs import reader_like
    from vindue.out.mending import mend, rewrite

    document = batch.document
    read = reader_like(batch, settings)
    text, left = mend(document.text, read, language=_spoken(lang))
    if document.name == _STDIN:
        typer.echo(text.encode("utf-8"), nl=False)
    elif text != document.text:
        try:
            rewrite(Path(document.name), text, document.encoding)
        except (OSError, UnicodeError) as error:
            failed.add(document.name, str(error))
    return left


def _spoken(lang: Lang | None) -> RenderLanguage | None:
    return None if lang is None else lang.value
