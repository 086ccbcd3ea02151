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
    from vindue.corpus.cases import Case
    from vindue.corpus.perturb import Kind
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
    from vindue.corpus.corpus_check import check_corpus
    from vindue.corpus.fingerprint import fingerprint as corpus_fingerprint

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
    from vindue.corpus.cases import load_cases
    from vindue.corpus.fingerprint import fingerprint
    from vindue.corpus.floors import load_floors
    from vindue.corpus.reading import records_of
    from vindue.corpus.report import make_report
    from vindue.corpus.score import judge_all

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
    kinds: Annotated[
        list[str] | None, typer.Argument(metavar="[KIND]…", help="With --perturb: only these.")
    ] = None,
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
    perturbed: Annotated[
        bool, typer.Option("--perturb", help="One number a kind of change instead.")
    ] = False,
) -> None:
    """Score the program against the labels, field by field.

    Exits 1 below a floor of corpus/floors.toml, or on a regression.
    """
    from vindue.corpus.paint import painter
    from vindue.corpus.score_text import score_lines

    if perturbed:
        _score_perturbed(kinds or [], source, split, as_json=as_json)
        return
    if kinds:
        raise _fail("a KIND is given with --perturb only")
    report = _score_report(source, split)
    if as_json:
        typer.echo(report.model_dump_json(indent=1))
    elif compare_with is None:
        _print(score_lines(report, painter(), limit or None))
    regressed = compare_with is not None and _compare(compare_with, report, quiet=as_json)
    if report.below or regressed:
        raise typer.Exit(1)


def _kinds(names: list[str]) -> list[Kind]:
    from vindue.corpus.perturb import KINDS

    if unknown := sorted(set(names) - KINDS.keys()):
        raise _fail(f"no kind {', '.join(unknown)}; there are: {', '.join(KINDS)}")
    return [KINDS[name] for name in names or KINDS]


def _score_perturbed(names: list[str], source: Source, split: Split, *, as_json: bool) -> None:
    from vindue.corpus.cases import load_cases
    from vindue.corpus.floors import load_floors
    from vindue.corpus.paint import painter
    from vindue.corpus.perturb import score_kinds
    from vindue.corpus.perturb_text import as_json_text, below_kinds, kind_lines
    from vindue.corpus.reading import record_of

    scores = score_kinds(load_cases(source, split), _kinds(names), record_of)
    below = below_kinds(scores, load_floors().perturb) if source == split == "all" else []
    if as_json:
        typer.echo(as_json_text(scores))
    else:
        _print(kind_lines(scores, below, painter()))
    if below:
        raise typer.Exit(1)


def _compare(old: Path, report: Report, *, quiet: bool) -> bool:
    from pydantic import ValidationError

    from vindue.corpus.compare import compare
    from vindue.corpus.paint import painter
    from vindue.corpus.report import Report
    from vindue.corpus.score_text import comparison_lines

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
    from vindue.corpus.agreement import agree, agreement_lines
    from vindue.corpus.cases import page_cases
    from vindue.corpus.paint import painter

    told = agree(page_cases(), page_cases("second"))
    if as_json:
        typer.echo(told.model_dump_json(indent=1))
    else:
        _print(agreement_lines(told, painter()))


@corpus_app.command()
def export(source: SourceOption = "skat", split: SplitOption = "all") -> None:
    """Print labels as JSON Lines in the record's terms, in page order."""
    import json

    from vindue.corpus.cases import load_cases
    from vindue.corpus.export import export as exported
    from vindue.corpus.ids import record_ids

    ids = record_ids(load_cases(source))
    for plain in exported(load_cases(source, split), ids):
        typer.echo(json.dumps(plain, ensure_ascii=False))


def _find(called: str) -> Case:
    from vindue.corpus.cases import load_cases
    from vindue.corpus.ids import record_ids
    from vindue.corpus.lookup import find_case

    cases = load_cases()
    try:
        return find_case(called, cases, record_ids(cases))
    except LookupError as error:
        raise _fail(str(error.args[0])) from error


@corpus_app.command()
def show(notice: NoticeArgument) -> None:
    """Print a notice with its label, and the words it was read from marked."""
    from vindue.corpus.paint import painter
    from vindue.corpus.show import show_lines

    _print(show_lines(_find(notice), painter()))


@corpus_app.command()
def diff(
    notices: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]…", help="As for show; none: all that part.")
    ] = None,
    source: SourceOption = "all",
    split: SplitOption = "all",
) -> None:
    """Print a notice's label beside its record, field by field.

    Without ids the test part is left out, unless --split test asks for it.
    """
    from vindue.corpus.cases import load_cases
    from vindue.corpus.diff import diff_lines
    from vindue.corpus.paint import painter
    from vindue.corpus.reading import records_of
    from vindue.corpus.score import judge_all

    cases = [_find(called) for called in notices or []] or [
        case for case in load_cases(source, split) if split == "test" or case.split != "test"
    ]
    for result in judge_all(cases, records_of(cases)):
        if notices or result.wrong:
            _print(diff_lines(result.case, result.record, painter(), all_fields=bool(notices)))
            typer.echo()


@corpus_app.command()
def perturb(
    kinds: Annotated[
        list[str] | None, typer.Argument(metavar="[KIND]…", help="Kinds of change; none: all.")
    ] = None,
    source: SourceOption = "skat",
    split: SplitOption = "all",
) -> None:
    """Print changed notices as JSON Lines: name, kind, text and label."""
    from vindue.corpus.cases import load_cases
    from vindue.corpus.perturb import changed_cases
    from vindue.corpus.perturb_text import changed_text

    cases = load_cases(source, split)
    for kind in _kinds(kinds or []):
        for _, after in changed_cases(cases, kind):
            typer.echo(changed_text(after, kind))


@corpus_app.command()
def damage(
    count: Annotated[int, typer.Option("--count", min=1, help="How many damaged notices.")] = 2000,
    seed: Annotated[int, typer.Option("--seed", help="The same seed, the same notices.")] = 1,
) -> None:
    """Damage one witness of many notices; print how the windows stand up to it."""
    from vindue.corpus.cases import page_cases
    from vindue.corpus.damage import damage_all
    from vindue.corpus.damage_score import score_damage
    from vindue.corpus.paint import table

    scores = score_damage(damage_all(page_cases(), count, seed))
    rows = [["kind", "tried", "kept %", "wrong", "wrong at 0.9 or above"]]
    for kind, score in sorted(scores.items(), key=lambda item: (item[0] == "all", item[0])):
        wrong = score.tried - score.right
        rows.append([kind, str(score.tried), f"{score.kept:.1%}", str(wrong), str(score.sure)])
    _print(table(rows))


@corpus_app.command()
def ablation(
    count: Annotated[int, typer.Option("--count", min=1, help="How many damaged notices.")] = 600,
) -> None:
    """Take one witness away at a time; print what each is worth."""
    from vindue.corpus.ablation import ablation as rows_of
    from vindue.corpus.paint import table

    rows = [["without", "windows exact", "windows exact, one witness damaged"]]
    rows += [[row.without, f"{row.whole:.1%}", f"{row.damaged:.1%}"] for row in rows_of(count)]
    _print(table(rows))


@corpus_app.command()
def fit(
    write: Annotated[
        bool, typer.Option("--write", help="Put the weights into grammars/weights.toml.")
    ] = False,
) -> None:
    """Fit the weights of the witnesses on the train split; the same corpus, the same weights."""
    from vindue.corpus.fit import fit as fitted
    from vindue.corpus.fit import lessons, write_weights

    weights, steps = fitted(lessons())
    _print(steps)
    path = Path(__file__).parent.parent / "grammars" / "weights.toml"
    if write:
        write_weights(weights, path)
        typer.echo(f"written to {path}", err=True)
