"""Rules alone, the trained reader alone, both together: the same sentences three times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Final, Literal, get_args

from vindue.nlp.arbitration import Mode, Model, consult
from vindue.nlp.impacts import EffectReader
from vindue.nlp.learned import Learned
from vindue.nlp.spans import Line, Notice, Span
from vindue.training.evaluate import Score, Stated, confusion, score
from vindue.training.generate import Sample
from vindue.training.phrases import load_names
from vindue.training.spell import misspell

Who = Literal["rules", "model", "together"]
WHO: Final[tuple[Who, ...]] = get_args(Who)
SLIPS: Final = 2
SEED: Final = 7


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: who answered, what, and how well."""

    who: Who
    text: str
    score: Score


@cache
def _effect_reader() -> EffectReader:
    return EffectReader()


def read_alone(text: str, mode: Mode, learned: Callable[[], Learned]) -> Stated:
    """What a single sentence states, read as the body of a notice."""
    title = load_names().frame
    whole = f"{title}\n{text}"
    start = len(title) + 1
    notice = Notice(whole, Span(0, len(whole)), Span(start, len(whole)), 1)
    head = Line(-1, Span(0, len(title)), title)
    lines = (Line(0, Span(start, len(whole)), text),)
    effects = _effect_reader().read_effects(notice, head, lines, {})
    effects = consult(notice, lines, effects, frozenset(), Model(mode, learned))
    return frozenset((i.effect, i.channel) for i in effects.impacts if i.span.start >= start)


def answers(who: Who, texts: Sequence[str], learned: Learned) -> list[Stated]:
    """What each text states, by ``who``."""
    if who == "model":
        guesses = learned.read(texts)
        return [frozenset({(g.effect, g.channel)} if g.effect else ()) for g in guesses]
    mode: Mode = "off" if who == "rules" else "auto"
    learned.read(texts)  # in one batch: the single sentences below find their answers kept
    return [read_alone(text, mode, lambda: learned) for text in texts]


def ablate(samples: Sequence[Sample], learned: Learned) -> list[Row]:
    """Scores of all three, as written and with two misspellings a line."""
    random = Random(SEED)
    rough = [Sample(misspell(s.text, SLIPS, random), s.effect, s.channel) for s in samples]
    rows = []
    for text, part in (("as written", list(samples)), ("two misspellings a line", rough)):
        for who in WHO:
            found = answers(who, [s.text for s in part], learned)
            rows.append(Row(who, text, score(part, found)))
    return rows


def table(rows: Sequence[Row]) -> list[str]:
    """The rows as a Markdown table."""
    lines = ["| read by | text | precision | recall | F1 |", "|---|---|---:|---:|---:|"]
    for row in rows:
        s = row.score
        lines.append(
            f"| {row.who} | {row.text} | {s.precision:.3f} | {s.recall:.3f} | {s.f1:.3f} |"
        )
    return lines


def confusion_table(samples: Sequence[Sample], learned: Learned) -> list[str]:
    """Stated effects by row, answered ones by column: rules and reader together."""
    found = confusion(samples, answers("together", [s.text for s in samples], learned))
    effects = sorted({e for e, _ in found} | {e for _, e in found})
    lines = ["| stated \\ answered | " + " | ".join(effects) + " |"]
    lines.append("|---|" + "---:|" * len(effects))
    for stated in effects:
        cells = (str(found[stated, answered] or "") for answered in effects)  # type: ignore[index]
        lines.append(f"| {stated} | " + " | ".join(cells) + " |")
    return lines
