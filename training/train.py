"""The whole training: held-out figures and calibration first, then all sentences."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

from spacy.language import Language

from vindue.nlp.learned import CALIBRATION, NONE, best, raw_answers
from vindue.training.calibrate import calibrate, to_toml
from vindue.training.data import misspelt, written
from vindue.training.evaluate import Stated, score
from vindue.training.fit import fit, save
from vindue.training.generate import Sample


def train_pipeline(out: Path, model: Path | None = None) -> Iterator[str]:
    """Train, calibrate and write the pipeline to ``out``; yields what to tell meanwhile.

    ``model`` is a file with another ``[model]`` block. Raises ``OSError`` where
    ``out`` can't be written, ``ValueError`` for a model that can't be used.
    """
    started = monotonic()
    held_out = written("dev")
    rough = misspelt(held_out, seed=1)
    judge = fit("fit", model)
    yield f"held out, as written: {_told(judge, held_out)}"
    yield f"held out, two misspellings a line: {_told(judge, rough)}"
    calibration = calibrate(judge, [*held_out, *rough, *misspelt(held_out, seed=2)])
    save(fit("all", model), out)
    (out / CALIBRATION).write_text(to_toml(calibration), encoding="utf-8")
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield (
        f"{out}: {size / 1e6:.1f} MB, trained in {monotonic() - started:.0f} s "
        f"with {memory:.0f} MB of memory"
    )


def _told(nlp: Language, samples: list[Sample]) -> str:
    found: list[Stated] = []
    for cats in raw_answers(nlp, [sample.text for sample in samples]):
        effect, channel, _ = best(cats)
        found.append(frozenset() if effect == NONE else frozenset({(effect, channel)}))
    return f"F1 {score(samples, found).f1:.3f} of {len(samples)} sentences"
