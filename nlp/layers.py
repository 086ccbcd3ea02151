"""Layers of the trained reader: weighted hashed sub-words, one choice a group of labels.

A text is a bag of word n-grams and of character n-grams inside words, each
weighted by how rare it is in training, as in TF-IDF. All are hashed, so the
model's size does not grow with its vocabulary.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt
from spacy.strings import get_string_id
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import (
    Dropout,
    HashEmbed,
    Linear,
    Maxout,
    Model,
    add,
    chain,
    concatenate,
    list2ragged,
    reduce_max,
    reduce_mean,
    zero_init,
)
from thinc.types import Floats1d, Ints1d

Ids = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float32]
Bag = tuple[Ids, Floats, npt.NDArray[np.int32]]

WORD_GRAMS: Final = 3
LETTERS: Final = (2, 5)
CACHE: Final = 60_000
WEIGHTS: Final = "subword_weights"


@lru_cache(maxsize=CACHE)
def letter_grams(word: str) -> tuple[int, ...]:
    """Hashes of the character n-grams of one word with its ends marked."""
    marked = f" {word} "
    low, high = LETTERS
    return tuple(
        get_string_id(marked[at : at + n])
        for n in range(low, high + 1)
        for at in range(len(marked) - n + 1)
    )


@lru_cache(maxsize=CACHE)
def grams(words: tuple[str, ...]) -> tuple[tuple[Ids, Floats], tuple[Ids, Floats]]:
    """Word n-grams and letter n-grams of a text, each with 1 + log of its count."""
    spans = (
        get_string_id(f"{n}#" + " ".join(words[at : at + n]))
        for n in range(1, WORD_GRAMS + 1)
        for at in range(len(words) - n + 1)
    )
    letters = (gram for word in words for gram in letter_grams(word))
    return _counted(spans), _counted(letters)


def _counted(hashes: Iterable[int]) -> tuple[Ids, Floats]:
    counts = Counter(hashes)
    ids = np.array(list(counts), dtype=np.uint64)
    return ids, (1 + np.log(np.array(list(counts.values()), dtype=np.float32)))


def words_of(doc: Doc) -> tuple[str, ...]:
    """The mended words of a text; signs and blanks left out."""
    return tuple(token.norm_ for token in doc if token.norm_[:1].isalnum())


def subword_weights(buckets: int) -> Model[list[Doc], Bag]:
    """Texts → their hashed n-grams, weighted and of length 1 by kind."""
    return Model(WEIGHTS, _weigh, init=_init_weights, params={"idf": None}, attrs={"n": buckets})


def _init_weights(model: Model[Any, Any], X: Any = None, Y: Any = None) -> Model[Any, Any]:  # noqa: N803
    if not model.has_param("idf"):
        model.set_param("idf", cast(Floats1d, np.ones((model.attrs["n"],), dtype=np.float32)))
    return model


def _weigh(
    model: Model[Any, Any], docs: Sequence[Doc], is_train: bool
) -> tuple[Bag, Callable[[Any], list[Any]]]:
    idf = cast(Floats, model.get_param("idf"))
    ids: list[Ids] = []
    values: list[Floats] = []
    lengths: list[int] = []
    for doc in docs:
        size = 1
        ids.append(np.zeros(1, dtype=np.uint64))  # so that no text is without a feature
        values.append(np.zeros(1, dtype=np.float32))
        for hashes, counts in grams(words_of(doc)):
            weight = counts * idf[hashes % np.uint64(len(idf))]
            norm = np.sqrt(weight @ weight)
            if norm:
                ids.append(hashes)
                values.append(weight / norm)
                size += len(hashes)
        lengths.append(size)
    bag = np.concatenate(ids), np.concatenate(values), np.array(lengths, dtype=np.int32)
    return bag, lambda _: []


def learn_weights(model: Model[Any, Any], docs: Iterable[Doc]) -> None:
    """Set the weights of a model's n-grams from ``docs``; one seen once weighs nothing."""
    counts: Counter[int] = Counter()
    total = 0
    for doc in docs:
        total += 1
        for hashes, _ in grams(words_of(doc)):
            counts.update(hashes.tolist())
    for node in model.walk():
        if node.name == WEIGHTS:
            idf = np.zeros((node.attrs["n"],), dtype=np.float32)
            for gram, seen in counts.items():
                if seen > 1:
                    bucket = gram % len(idf)
                    weight = np.log((1 + total) / (1 + seen)) + 1
                    # the commoner gram of a bucket rules: its weight is the lower
                    idf[bucket] = min(idf[bucket] or np.inf, weight)
            node.set_param("idf", cast(Floats1d, idf))


def hashed_sum(nO: int, rows: int, seed: int) -> Model[Bag, Floats]:  # noqa: N803
    """Weighted sum of the vectors that the n-grams of a text hash to."""
    embed: Model[Any, Any] = HashEmbed(nO, rows, seed=seed, initializer=zero_init)
    return Model("hashed_sum", _sum_up, init=_init_sum, layers=[embed])


def _init_sum(model: Model[Any, Any], X: Any = None, Y: Any = None) -> Model[Any, Any]:  # noqa: N803
    model.layers[0].initialize()
    return model


def _sum_up(
    model: Model[Any, Any], bag: Bag, is_train: bool
) -> tuple[Floats, Callable[[Any], Any]]:
    ids, values, lengths = bag
    vectors, backprop = model.layers[0](ids, is_train)
    column = values.reshape(-1, 1)
    summed = model.ops.reduce_sum(vectors * column, cast(Ints1d, lengths))

    def back(gradient: Floats) -> Bag:
        backprop(np.repeat(gradient, lengths, axis=0) * column)
        return bag

    return cast(Floats, summed), back


def one_of_each(groups: Sequence[int]) -> Model[Floats, Floats]:
    """Softmax over each group of labels; the gradient is that of cross-entropy."""
    return Model("one_of_each", _choose, attrs={"groups": list(groups)})


def _choose(
    model: Model[Any, Any], scores: Floats, is_train: bool
) -> tuple[Floats, Callable[[Any], Any]]:
    chosen = np.empty_like(scores)
    start = 0
    for size in model.attrs["groups"]:
        part = scores[:, start : start + size]
        powers = np.exp(part - part.max(axis=1, keepdims=True))
        chosen[:, start : start + size] = powers / powers.sum(axis=1, keepdims=True)
        start += size
    return chosen, lambda gradient: gradient


def subword_choice(
    groups: list[int],
    rows: int,
    buckets: int,
    encoder: Model[list[Doc], Floats] | None = None,
    nO: int | None = None,  # noqa: N803
) -> Model[list[Doc], Floats]:
    """A linear reader of hashed sub-words, with the scores of ``encoder`` added if given.

    ``groups``: sizes of the groups of labels, in label order, of which each
    gives one answer; ``rows`` of the hash table; ``buckets`` for the weights.
    """
    size = sum(groups)
    scores: Model[Any, Any] = chain(subword_weights(buckets), hashed_sum(size, rows, seed=11))
    if encoder is not None:
        scores = add(scores, encoder)
    model: Model[list[Doc], Floats] = chain(scores, one_of_each(groups))
    model.set_dim("nO", size)
    model.set_ref("output_layer", model.layers[-1])
    model.attrs["multi_label"] = True
    return model


def window(
    tok2vec: Model[list[Doc], Any],
    nO: int,  # noqa: N803
    hidden: int,
    dropout: float,
) -> Model[list[Doc], Floats]:
    """Scores from word vectors in their context: mean and maximum over the words."""
    size = 2 * tok2vec.get_dim("nO")
    pooled: Model[Any, Any] = chain(
        tok2vec, list2ragged(), concatenate(reduce_mean(), reduce_max()), Dropout(dropout)
    )
    scores: Model[Any, Any] = chain(
        Maxout(hidden, size, nP=2, normalize=True, dropout=dropout), Linear(nO, hidden)
    )
    return chain(pooled, scores)


registry.architectures.register("vindue.SubwordChoice.v1", func=subword_choice)
registry.architectures.register("vindue.Window.v1", func=window)
