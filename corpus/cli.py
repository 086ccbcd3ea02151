"""``vindue corpus …``: arguments and printing, no reading of text.

Only typer is imported at the top, so that mounting this app costs the other
commands nothing. Exit code 0: all is well; 1: flaws, a floor missed or a
regression; 2: wrong usage.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from vindue.corpus.report import Report

Source = Literal["skat", "own", "negatives", "all"]
Split = Literal["train", "dev", "test", "all"]

SourceOption = Annotated[Source, typer.Option("--source", help="Which notices, by source.")]
SplitOption = Annotated[Split, typer.Option("--split", help="Which notices, by part.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")]
NoticeArgument = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help="A record's id, an ordinal of the page (28) or a name (own/bank-1).",
    ),
]

corpus_app = typer.Typer(
    name="corpus",
    help="The hand-labelled corpus: check it, score against it, look into it.",
    no_args_is_help=True,
)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)


def _fail(message: str) -> typer.Exit:
    typer.echo(message, err=True)
    return typer.Exit(2)


@corpus_app.command()
def check(
    fingerprint: Annotated[
        bool, typer.Option("--fingerprint", help="Print the corpus fingerprint and stop.")
    ] = False,
) -> None:
    """Validate labels: schema, calendar, offsets, quotes, ids, splits.

    Exits 1 on any flaw.
    """
    from vindue.corpus.corpus_check import check_corpus  # noqa: PLC0415
    from vindue.corpus.fingerprint import fingerprint as corpus_fingerprint  # noqa: PLC0415

    if fingerprint:
        typer.echo(corpus_fingerprint())
        return
    flaws = check_corpus()
    _print(f"{flaw.where}: {flaw.message}" for flaw in flaws)
    if flaws:
        typer.echo(f"{len(flaws)} flaws", err=True)
        raise typer.Exit(1)
    typer.echo(f"the corpus is sound ({corpus_fingerprint()})")


def _score_report(source: Source, split: Split) -> Report:
    from vindue.corpus.cases import load_cases  # noqa: PLC0415
    from vindue.corpus.fingerprint import fingerprint  # noqa: PLC0415
    from vindue.corpus.floors import load_floors  # noqa: PLC0415
    from vindue.corpus.reading import records_of  # noqa: PLC0415
    from vindue.corpus.report import make_report  # noqa: PLC0415
    from vindue.corpus.score import judge_all  # noqa: PLC0415

    cases = load_cases(source, split)
    return make_report(
        judge_all(cases, records_of(cases)),
        fingerprint=fingerprint(),
        floors=load_floors(),
        source=source,
        split=split,
    )


@corpus_app.command()
def score(
    source: SourceOption = "all",
    split: SplitOption = "all",
    as_json: JsonOption = False,
    compare_with: Annotated[
        Path | None,
        typer.Option("--compare", help="An earlier --json score; exit 1 on a regression."),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", min=0, help="Failing notices to show; 0 shows all.")
    ] = 20,
) -> None:
    """Score the program against the labels, field by field.

    Exits 1 below a floor of corpus/floors.toml, or on a regression.
    """
    from vindue.corpus.paint import painter  # noqa: PLC0415
    from vindue.corpus.score_text import score_lines  # noqa: PLC0415

    report = _score_report(source, split)
    if as_json:
        typer.echo(report.model_dump_json(indent=1))
    elif compare_with is None:
        _print(score_lines(report, painter(), limit or None))
    regressed = compare_with is not None and _compare(compare_with, report, quiet=as_json)
    if report.below or regressed:
        raise typer.Exit(1)


def _compare(old: Path, report: Report, *, quiet: bool) -> bool:
    from pydantic import ValidationError  # noqa: PLC0415
    from vindue.corpus.compare import compare  # noqa: PLC0415
    from vindue.corpus.paint import painter  # noqa: PLC0415
    from vindue.corpus.report import Report  # noqa: PLC0415
    from vindue.corpus.score_text import comparison_lines  # noqa: PLC0415

    try:
        before = Report.model_validate_json(old.read_bytes())
    except (OSError, ValidationError) as error:
        raise _fail(f"{old}: not a score printed by --json: {error}") from error
    comparison = compare(before, report)
    for line in comparison_lines(comparison, painter()):
        typer.echo(line, err=quiet)
    return comparison.regressed


@corpus_app.command()
def agreement(as_json: JsonOption = False) -> None:
    """Compare the blind second labelling with the first, field by field."""
    from vindue.corpus.agreement import agree, agreement_lines  # noqa: PLC0415
    from vindue.corpus.cases import page_cases  # noqa: PLC0415
    from vindue.corpus.paint import painter  # noqa: PLC0415

    told = agree(page_cases(), page_cases("second"))
    if as_json:
        typer.echo(told.model_dump_json(indent=1))
    else:
        _print(agreement_lines(told, painter()))
