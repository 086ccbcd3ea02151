"""What is trained on and chosen by: sentences of the train split, and made-up ones.

Of ``paraphrases/train-4.toml`` and ``train-5.toml`` every fifth pair (an
English sentence and its Danish one) is held out as ``dev``: the phrases that
sentences are made up from were written before them and don't echo them. The
test set is read by the evaluation, and here to keep its sentences out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Final, Literal

from spacy.language import Language
from spacy.training import Example
from spacy.util import registry

from vindue.corpus.labels import ROOT
from vindue.corpus.paraphrases import Sentence, load_sentences, read_sentences
from vindue.nlp.learned import CHANNEL_LABEL, EFFECT_LABEL
from vindue.training.generate import ANSWERS, CHANNELS, Sample, generate
from vindue.training.phrases import load_lines
from vindue.training.spell import misspell, roughen

Part = Literal["fit", "dev", "all", "test"]
DEV_EVERY: Final = 5
PAIRED: Final = tuple(ROOT / "paraphrases" / f"train-{n}.toml" for n in (4, 5))


def _sample(sentence: Sentence) -> Sample:
    stated = sentence.effect != "none"
    return Sample(sentence.text, sentence.effect, sentence.channel if stated else None)


def _pairs(path: Path) -> Iterator[tuple[Sentence, bool]]:
    """Each sentence of a file, and whether it is held out: both of a pair or neither."""
    seen: Counter[tuple[str, str, str]] = Counter()
    order: dict[tuple[str, str, int], int] = {}
    for sentence in read_sentences(path):
        kind = (sentence.language, sentence.effect, sentence.channel)
        pair = (sentence.effect, sentence.channel, seen[kind])
        seen[kind] += 1
        place = order.setdefault(pair, len(order))
        yield sentence, place % DEV_EVERY == 0


def written(part: Part) -> list[Sample]:
    """Sentences written by hand, of a part."""
    if part == "test":
        return [_sample(sentence) for sentence in load_sentences("test")]
    paired = [each for path in PAIRED for each in _pairs(path)]
    return [_sample(s) for s, held in paired if part == "all" or held == (part == "dev")]


def unpaired() -> list[Sample]:
    """Further hand-written sentences, of files from which none is held out."""
    paired = {sentence.text for path in PAIRED for sentence in read_sentences(path)}
    return [_sample(s) for s in load_sentences("train") if s.text not in paired]


def noticed() -> list[Sample]:
    """Sentences of notices of the train split; most of them state nothing."""
    return [
        Sample(text, group.effect, None if group.effect == "none" else group.channel)
        for group in load_lines().group
        for text in group.texts
    ]


def training_set(part: Part, made_up: int, repeat: int, rough: float, seed: int) -> list[Sample]:
    """All samples of one training, in a fixed order.

    ``made_up`` sentences from phrases; hand-written ones stand ``repeat``
    times, those of notices once. A share ``rough`` of all is misspelt.
    """
    random = Random(seed)
    samples = (written(part) + unpaired()) * repeat + noticed()
    return [
        Sample(roughen(s.text, random), s.effect, s.channel) if random.random() < rough else s
        for s in _apart_from_test([*samples, *generate(made_up, seed)])
    ]


def plain(text: str) -> str:
    """What two writings of one sentence share."""
    return " ".join(text.split()).casefold().strip(" .!")


def _apart_from_test(samples: list[Sample]) -> list[Sample]:
    """The samples without those that stand in the test set too, be it by chance."""
    test = {plain(sample.text) for sample in written("test")}
    return [sample for sample in samples if plain(sample.text) not in test]


def misspelt(samples: list[Sample], seed: int, count: int = 2) -> list[Sample]:
    """The samples with ``count`` misspellings a line."""
    random = Random(seed)
    return [Sample(misspell(s.text, count, random), s.effect, s.channel) for s in samples]


def cats(sample: Sample) -> dict[str, float]:
    """spaCy's annotation; what states nothing teaches nothing about channels."""
    found = {EFFECT_LABEL + answer: float(answer == sample.effect) for answer in ANSWERS}
    if sample.channel is not None:
        found |= {CHANNEL_LABEL + name: float(name == sample.channel) for name in CHANNELS}
    return found


def labels() -> list[str]:
    """All labels of the pipeline, in the order of its groups."""
    return [EFFECT_LABEL + answer for answer in ANSWERS] + [CHANNEL_LABEL + c for c in CHANNELS]


def sentence_reader(
    part: Part, made_up: int = 0, repeat: int = 1, rough: float = 0.0, seed: int = 0
) -> Callable[[Language], Iterator[Example]]:
    """What ``[corpora.*]`` of a config names; ``spacy train`` reads through it too."""

    def read(nlp: Language) -> Iterator[Example]:
        if part in ("dev", "test"):
            samples = written(part)
        else:
            samples = training_set(part, made_up, repeat, rough, seed)
        for sample in samples:
            yield Example.from_dict(nlp.make_doc(sample.text), {"cats": cats(sample)})

    return read


def label_reader() -> list[str]:
    """The labels, for ``[initialize.components]``."""
    return labels()


registry.readers.register("vindue.Sentences.v1", func=sentence_reader)
registry.readers.register("vindue.Labels.v1", func=label_reader)
