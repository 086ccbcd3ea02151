"""The shipped reader: a text as a bag of n-grams, each with a weight for each label.

Two linear readers of the same bag are added up. One is trained by gradient,
the other is counted: which labels an n-gram stands with (complement naive
Bayes). Each n-gram that training shows twice has a row of its own; others
weigh nothing, so none is taken for another. ``settle`` makes one table of the
two, a byte a weight.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt
import regex
from spacy.strings import get_string_id
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Model, chain
from thinc.types import Floats2d

from vindue.nlp.layers import Floats, Ids, letter_grams, one_of_each, words_of

TABLE: Final = "counted_grams"
WORD_GRAMS: Final = 3
APART: Final = 4
"""Two words may stand so far apart to count as a pair."""
MOST_NAMES: Final = 3
SMOOTHED: Final = 0.1
COUNTED_SHARE: Final = 0.9
"""What the counted reader adds, the trained one being 1."""
BYTE: Final = 127
_NAME: Final = regex.compile(r"\p{Lu}\p{Ll}+")
_NAMED: Final = "@"
_ENDS: Final = frozenset(".!?:")

Weights = npt.NDArray[np.float32]
Bag = tuple[npt.NDArray[np.int64], Floats, npt.NDArray[np.int64]]


def shape_of(doc: Doc) -> tuple[str, ...]:
    """The mended words with names inside sentences as one sign: how a sentence is built."""
    found: list[str] = []
    first = True
    for token in doc:
        if token.text in _ENDS:
            first = True
        elif token.norm_[:1].isalnum():
            name = not first and _NAME.fullmatch(token.text) is not None
            if not (name and found and found[-1] == _NAMED):
                found.append(_NAMED if name else token.norm_)
            first = False
    return tuple(found)


def _word_grams(words: tuple[str, ...]) -> Iterator[str]:
    for n in range(1, WORD_GRAMS + 1):
        yield from (" ".join(words[at : at + n]) for at in range(len(words) - n + 1))


def _shape_grams(shape: tuple[str, ...]) -> Iterator[str]:
    """N-grams with a name in them, both ends of the text, and pairs of words apart."""
    yield from (gram for gram in _word_grams(shape) if _NAMED in gram)
    yield f"n{min(shape.count(_NAMED), MOST_NAMES)}"
    yield from ("^" + " ".join(shape[:n]) for n in (1, 2))
    yield "$" + " ".join(shape[-1:])
    for one, other in combinations(range(len(shape)), 2):
        if 1 < other - one <= APART:
            yield f"{shape[one]} _ {shape[other]}"


def grams_of(doc: Doc) -> tuple[tuple[Ids, Floats], ...]:
    """Hashes of words, letters and shape of a text, each with 1 + log of its count."""
    words, shape = words_of(doc), shape_of(doc)
    return (
        _counted(get_string_id("w#" + gram) for gram in _word_grams(words)),
        _counted(gram for word in words for gram in letter_grams(word)),
        _counted(get_string_id("s#" + gram) for gram in _shape_grams(shape)),
    )


def _counted(hashes: Iterable[int]) -> tuple[Ids, Floats]:
    counts = Counter(hashes)
    ids = np.array(list(counts), dtype=np.uint64)
    return ids, 1 + np.log(np.array(list(counts.values()), dtype=np.float32))


def counted_grams(groups: list[int], dropped: float = 0.0) -> Model[list[Doc], Floats2d]:
    """The reader. ``groups``: sizes of the groups of labels, each of which gives one answer.

    ``dropped``: share of the n-grams that each step of the training leaves out.
    """
    table: Model[Any, Any] = Model(
        TABLE,
        _read,
        init=_init,
        params={"keys": None, "idf": None, "weights": None, "counted": None, "scale": None},
        attrs={"n": sum(groups), "dropped": dropped},
    )
    model: Model[list[Doc], Any] = chain(table, one_of_each(groups))
    model.set_dim("nO", sum(groups))
    model.set_ref("output_layer", model.layers[-1])
    model.attrs["multi_label"] = True
    return model


def _init(model: Model[Any, Any], X: Any = None, Y: Any = None) -> Model[Any, Any]:  # noqa: N803
    if not model.has_param("keys"):
        _set(model, np.zeros(1, np.uint64), np.zeros(1, np.float32))
    return model


def _set(model: Model[Any, Any], keys: Ids, idf: Weights) -> None:
    empty = np.zeros((len(keys), model.attrs["n"]), np.float32)
    scale = np.ones(model.attrs["n"], np.float32)
    known = {"keys": keys, "idf": idf, "weights": empty, "counted": empty.copy(), "scale": scale}
    for name, value in known.items():
        model.set_param(name, cast(Any, value))


def _bag(model: Model[Any, Any], docs: Sequence[Doc]) -> Bag:
    """Rows, values and text of each known n-gram; of length 1 by kind and text."""
    keys, idf = cast(Any, model.get_param("keys")), cast(Any, model.get_param("idf"))
    rows: list[Any] = [np.zeros(0, np.int64)]
    values: list[Any] = [np.zeros(0, np.float32)]
    texts: list[Any] = [np.zeros(0, np.int64)]
    for place, doc in enumerate(docs):
        for hashes, counts in grams_of(doc):
            at = np.minimum(np.searchsorted(keys, hashes), len(keys) - 1)
            known = keys[at] == hashes
            weight = counts[known] * idf[at[known]].astype(np.float32)
            norm = np.sqrt(weight @ weight)
            if norm:
                rows.append(at[known])
                values.append(weight / norm)
                texts.append(np.full(len(weight), place))
    return np.concatenate(rows), np.concatenate(values), np.concatenate(texts)


def _read(
    model: Model[Any, Any], docs: Sequence[Doc], is_train: bool
) -> tuple[Weights, Callable[[Any], list[Any]]]:
    rows, values, texts = _bag(model, docs)
    if is_train and model.attrs["dropped"]:
        kept = np.random.random(len(rows)) >= model.attrs["dropped"]
        rows, values, texts = rows[kept], values[kept], texts[kept]
    weights = cast(Any, model.get_param("weights"))
    found = weights[rows].astype(np.float32) * cast(Any, model.get_param("scale"))
    if not is_train and len(counted := cast(Any, model.get_param("counted"))) == len(weights):
        found += counted[rows]
    scores = np.zeros((len(docs), model.attrs["n"]), np.float32)
    np.add.at(scores, texts, found * values[:, None])

    def back(gradient: Any) -> list[Any]:
        change = np.zeros_like(weights)
        np.add.at(change, rows, gradient[texts] * values[:, None])
        model.inc_grad("weights", change)
        return []

    return scores, back


def learn_grams(model: Model[Any, Any], docs: Sequence[Doc]) -> None:
    """Give each n-gram that ``docs`` show twice a row, and its weight as in TF-IDF."""
    seen: Counter[int] = Counter()
    for doc in docs:
        for hashes, _ in grams_of(doc):
            seen.update(hashes.tolist())
    keys = np.array(sorted(gram for gram, n in seen.items() if n > 1), dtype=np.uint64)
    times = np.array([seen[int(key)] for key in keys], dtype=np.float32)
    for table in _tables(model):
        _set(table, keys, (np.log((1 + len(docs)) / (1 + times)) + 1).astype(np.float32))


def _tables(model: Model[Any, Any]) -> Iterator[Model[Any, Any]]:
    return (node for node in model.walk() if node.name == TABLE)


def settle(model: Model[Any, Any], docs: Sequence[Doc], truth: Weights, groups: list[int]) -> None:
    """Count, add up both readers and keep a byte a weight; ``truth`` has a row a text."""
    for table in _tables(model):
        rows, values, texts = _bag(table, docs)
        trained = cast(Any, table.get_param("weights"))
        both = trained.copy()
        start = 0
        for size in groups:
            part = slice(start, start + size)
            counted = _complement(rows, values, truth[texts, part], len(trained))
            told = [_spread(w, rows, values, texts, len(docs)) for w in (trained[:, part], counted)]
            both[:, part] += COUNTED_SHARE * told[0] / max(told[1], 1e-9) * counted
            start += size
        scale = (np.abs(both).max(axis=0) / BYTE).astype(np.float32)
        table.set_param("weights", cast(Any, np.rint(both / scale).astype(np.int8)))
        table.set_param("scale", cast(Any, scale))
        table.set_param("counted", cast(Any, np.zeros((0, both.shape[1]), np.float32)))
        table.set_param("idf", cast(Any, cast(Any, table.get_param("idf")).astype(np.float16)))


def _complement(rows: Any, values: Any, truth: Weights, size: int) -> Weights:
    """For each n-gram and label: how much rarer it is with all other labels."""
    sums = np.zeros((size, truth.shape[1]), np.float64)
    np.add.at(sums, rows, values[:, None] * truth)
    others = sums.sum(axis=1, keepdims=True) - sums + SMOOTHED
    logs = -np.log(others / others.sum(axis=0))
    return cast(Weights, (logs - logs.mean(axis=1, keepdims=True)).astype(np.float32))


def _spread(weights: Weights, rows: Any, values: Any, texts: Any, count: int) -> float:
    scores = np.zeros((count, weights.shape[1]), np.float32)
    np.add.at(scores, texts, weights[rows] * values[:, None])
    return float((scores - scores.mean(axis=1, keepdims=True)).std())


registry.architectures.register("vindue.CountedGrams.v1", func=counted_grams)
