"""``vindue train`` and ``vindue ablation``: arguments and printing.

Only typer is imported at the top, so that mounting these costs the other
commands nothing. Exit code 1: a training that can't be done.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Mount both commands on the top-level app."""
    app.command()(train)
    app.command()(ablation)


def train(
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Folder for the pipeline; the shipped one if not given."),
    ] = None,
    model: Annotated[
        Path | None,
        typer.Option("--model", help="Another [model] block of spaCy's config, to compare."),
    ] = None,
) -> None:
    """Train the reader that answers where the rules are silent.

    Trains on all but the held-out sentences, learns from these how sure an
    answer is, then trains on all. The same corpus gives the same pipeline.
    """
    from vindue.nlp.learned import MODEL
    from vindue.training.train import train_pipeline

    for line in train_pipeline(out or MODEL, model):
        typer.echo(line)


def ablation(
    sample: Annotated[
        int | None, typer.Option("--sample", min=1, help="Only so many sentences, spread evenly.")
    ] = None,
    part: Annotated[str, typer.Option("--part", help="test, or dev to choose by.")] = "test",
    confusion: Annotated[
        bool, typer.Option("--confusion", help="Also print who was taken for whom.")
    ] = False,
) -> None:
    """Score rules alone, the trained reader alone, and both, on paraphrased sentences."""
    from vindue.nlp.learned import Learned
    from vindue.training.ablation import ablate, confusion_table, table
    from vindue.training.data import written

    if part not in ("test", "dev"):
        typer.echo(f"unknown part {part!r}: test or dev", err=True)
        raise typer.Exit(2)
    sentences = written("test" if part == "test" else "dev")
    step = max(1, len(sentences) // sample) if sample else 1
    chosen = sentences[::step][:sample]
    learned = Learned()
    typer.echo(f"{len(chosen)} sentences of {part}")
    for line in table(ablate(chosen, learned)):
        typer.echo(line)
    if confusion:
        typer.echo("")
        for line in confusion_table(chosen, learned):
            typer.echo(line)
