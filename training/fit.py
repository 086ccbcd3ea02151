"""One training run: a config → a pipeline, by spaCy's own loop."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final, cast

import numpy as np
from spacy.language import Language
from spacy.pipeline import TextCategorizer
from spacy.training import Example
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_loop
from spacy.util import load_config, registry
from thinc.api import Config, fix_random_seed

from vindue.nlp import grams, layers, spelling
from vindue.training import data
from vindue.training.data import Part

CONFIG: Final = Path(__file__).parent / "config.cfg"
REGISTERED: Final = (grams, layers, spelling, data)  # imported for what they register
NAME: Final = "vindue_impact"
DESCRIPTION: Final = "Effect and channel of a sentence of a service notice, Danish or English"
LICENSE: Final = "Apache-2.0"
STRAY: Final = ("vocab",)  # strings of the training texts: nothing reads them


def learn_weights_callback(
    corpus: Callable[[Language], Iterable[Example]],
) -> Callable[[Language], Language]:
    """What ``[initialize.after_init]`` names: weights of n-grams from the corpus."""

    def learn(nlp: Language) -> Language:
        docs = [example.reference for example in corpus(nlp)]
        for _, pipe in nlp.pipeline:
            model = cast(TextCategorizer, pipe).model
            layers.learn_weights(model, docs)
            grams.learn_grams(model, docs)
        return nlp

    return learn


def fit(part: Part, model: Path | None = None, overrides: dict[str, Any] | None = None) -> Language:
    """Train on ``part`` (``fit`` or ``all``); the same pipeline every time.

    ``model``: a file with another ``[model]`` block, to compare. Raises
    ``ValueError`` or spaCy's ``ConfigValidationError`` for what can't be used.
    """
    config = load_config(
        CONFIG, overrides={"paths.part": part, **(overrides or {})}, interpolate=False
    )
    if model is not None:
        config["components"]["impact"]["model"] = load_config(model)["model"]
    fix_random_seed(int(config["system"]["seed"]))
    silent = io.StringIO()
    trained, _ = train_loop(init_nlp(config), None, stdout=silent, stderr=silent)
    return settled(trained, config)


def settled(nlp: Language, config: Config) -> Language:
    """The pipeline with its trained and its counted reader made one."""
    pipe = cast(TextCategorizer, nlp.get_pipe("impact"))
    corpus = registry.resolve({"corpus": config.interpolate()["corpora"]["train"]})["corpus"]
    examples = list(corpus(nlp))
    truth = np.array(
        [[eg.reference.cats.get(label, 0.0) for label in pipe.labels] for eg in examples],
        dtype=np.float32,
    )
    groups = config["components"]["impact"]["model"].get("groups", [])
    grams.settle(pipe.model, [eg.predicted for eg in examples], truth, groups)
    return nlp


def save(nlp: Language, folder: Path) -> None:
    """Write the pipeline, without what reading does not need.

    The figures that spaCy's loop leaves in the meta data are those of its
    first step: they go, and docs/model-card.md has the true ones.
    """
    nlp.meta |= {"name": NAME, "description": DESCRIPTION, "license": LICENSE, "performance": {}}
    nlp.to_disk(folder, exclude=STRAY)


registry.callbacks.register("vindue.LearnWeights.v1", func=learn_weights_callback)
