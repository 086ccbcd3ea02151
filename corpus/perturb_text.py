"""Changed notices and the score under changes, as they are printed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from vindue.corpus.cases import Case
from vindue.corpus.export import plain_label
from vindue.corpus.paint import Paint, table
from vindue.corpus.perturb import Kind, KindScore
from vindue.corpus.score_text import percent


def changed_text(case: Case, kind: Kind) -> str:
    """One changed notice as a JSON line; its label's id is the case's name."""
    label = plain_label(case.label, case.name)
    line = {"name": case.name, "kind": kind.name, "text": case.text, "label": label}
    return json.dumps(line, ensure_ascii=False)


def as_json_text(scores: Mapping[str, KindScore]) -> str:
    """The scores by kind as JSON."""
    plain = {name: score.model_dump() for name, score in scores.items()}
    return json.dumps(plain, ensure_ascii=False, indent=1)


def below_kinds(scores: Mapping[str, KindScore], floors: Mapping[str, float]) -> list[str]:
    """The kinds whose share is below their floor."""
    return [name for name, least in floors.items() if name in scores and scores[name].share < least]


def kind_lines(scores: Mapping[str, KindScore], below: list[str], paint: Paint) -> Iterator[str]:
    """One number a kind, then the notices that were lost."""
    rows = [["exact windows kept", "changed", "exact", "kept", "share"]]
    for name, score in scores.items():
        counts = (score.changed, score.exact, score.kept)
        rows.append([name, *map(str, counts), percent(score.share)])
    exact = sum(score.exact for score in scores.values())
    kept = sum(score.kept for score in scores.values())
    rows.append(["all kinds", "", str(exact), str(kept), percent(kept / exact if exact else 1.0)])
    yield from table(rows)
    for name, score in scores.items():
        if score.lost:
            yield f"{paint(name, 'bold')} lost: {', '.join(score.lost)}"
    for name in below:
        yield paint(f"below the floor: {name}", "red")
