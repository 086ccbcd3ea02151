"""The command ``explain``: a notice with its evidence marked and what was weighed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

import typer

from vindue.out.cli import tell

if TYPE_CHECKING:
    from vindue.nlp.batch import Batch
    from vindue.nlp.inputs import Settings
    from vindue.out.explain import Explanation

EXIT_INPUT: Final = 2


class Form(StrEnum):
    """For a terminal, or one page."""

    TEXT = "text"
    HTML = "html"


def register(app: typer.Typer) -> None:
    """Mount the command on ``app``."""
    app.command()(explain)


def explain(
    path: Annotated[str, typer.Argument(metavar="FILE|-", help="A page or a text of one notice.")],
    notice_id: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Only the notice with this id.")
    ] = None,
    form: Annotated[Form, typer.Option("--format", "-f", help="Text, or an HTML page.")] = (
        Form.TEXT
    ),
    profile: Annotated[str, typer.Option(metavar="auto|NAME", help="The source.")] = "auto",
    timezone: Annotated[str | None, typer.Option(metavar="ZONE", help="IANA name.")] = None,
    published_at: Annotated[
        str | None, typer.Option(metavar="TIME", help="ISO 8601, for a text without a stamp.")
    ] = None,
) -> None:
    """Show a notice with its evidence marked, the days weighed, and the diagnostics.

    \b
    Examples:
      vindue explain corpus/skat/page.txt --id skat-20251013T092100
      vindue explain notice.txt --published-at 2026-03-02T10:15
      vindue explain corpus/skat/page.txt --format html > explained.html

    \b
    Exit codes:
      0  explained
      2  wrong usage, an input that could not be read, or no notice with that id
    """
    from vindue.nlp.inputs import Settings
    from vindue.out.explain import to_html, to_text

    settings = Settings(profile, timezone, published_at)
    found = list(_explanations(path, settings, notice_id))
    if not found:
        wanted = f" with the id {notice_id}" if notice_id else ""
        tell(f"vindue: {path}: no notice{wanted}")
        raise typer.Exit(EXIT_INPUT)
    if form is Form.HTML:
        sys.stdout.write(to_html(found))
        return
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    sys.stdout.write("\n".join(to_text(each, colour) for each in found))


def _explanations(path: str, settings: Settings, notice_id: str | None) -> Iterator[Explanation]:
    from vindue.nlp.batch import Batch, read_batches

    for batch in read_batches((path,), "auto", settings, None):
        if not isinstance(batch, Batch):
            tell(f"vindue: {batch.name}: {batch.reason}")
            raise typer.Exit(EXIT_INPUT)
        yield from _of_batch(batch, settings, notice_id)


def _of_batch(batch: Batch, settings: Settings, notice_id: str | None) -> Iterator[Explanation]:
    from vindue.nlp.inputs import weigh_record
    from vindue.out.explain import explain as make

    text = batch.document.text
    for record in batch.records:
        if notice_id is None or record.id == notice_id:
            yield make(text, record, weigh_record(text, record, settings))
