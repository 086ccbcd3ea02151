"""``vindue spread``: JSON lines or Parquet → records on a cluster."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

EXIT_INPUT = 2


class Form(StrEnum):
    """What is written."""

    JSONL = "jsonl"
    PARQUET = "parquet"


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command()(spread)


def spread(
    paths: Annotated[list[str], typer.Argument(metavar="FILE", help="JSON lines or Parquet.")],
    output: Annotated[str, typer.Option("--output", "-o", metavar="FOLDER")],
    form: Annotated[
        Form, typer.Option("--format", "-f", help="Records, or a row a window and system.")
    ] = Form.JSONL,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="A running Dask cluster; none: one here.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes of a cluster made here.")] = 2,
    lines: Annotated[int, typer.Option(min=1, help="Lines or rows of a partition.")] = 1_000,
    profile: Annotated[str, typer.Option(metavar="auto|skat|generic")] = "auto",
    timezone: Annotated[str | None, typer.Option(metavar="ZONE")] = None,
) -> None:
    """Read files on a cluster: a file of records for each partition, written once.

    \b
    Examples:
      vindue spread notices.jsonl --output records --workers 4
      vindue spread 2025.parquet 2026.parquet --output windows --format parquet \\
        --scheduler tcp://10.0.0.1:8786
    """
    from vindue.nlp.inputs import Settings, check_settings
    from vindue.nlp.printable import printable
    from vindue.nlp.sources import Failure
    from vindue.out.tables import MissingExtraError
    from vindue.spread.cluster import Plan, connect, read_over

    settings = Settings(profile, timezone)
    plan = Plan(tuple(paths), output, form.value, settings, lines)
    failures = 0
    try:
        check_settings(settings)
        with connect(scheduler, workers) as client:
            for done in read_over(client, plan):
                if isinstance(done, Failure):
                    failures += 1
                    typer.echo(printable(f"vindue: {done.name}: {done.reason}"), err=True)
    except (MissingExtraError, ValueError, OSError) as error:
        typer.echo(printable(f"vindue: {error}"), err=True)
        raise typer.Exit(EXIT_INPUT) from error
    if failures:
        raise typer.Exit(EXIT_INPUT)
