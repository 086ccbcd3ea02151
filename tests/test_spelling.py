"""The tokenizer that mends spelling, and the layers over what it gives."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.training import Example
from spacy.vocab import Vocab

from vindue.nlp.layers import (
    WEIGHTS,
    grams,
    hashed_sum,
    learn_weights,
    one_of_each,
    subword_choice,
    words_of,
)
from vindue.nlp.spelling import SpellingTokenizer

SEEN = ["files will be rejected", "filer bliver afvist", "the portal will be rejected"] * 2


def trained_tokenizer() -> SpellingTokenizer:
    tokenizer = SpellingTokenizer(Vocab())
    examples = [Example.from_dict(tokenizer(text), {}) for text in SEEN]
    tokenizer.initialize(lambda: examples)
    return tokenizer


@pytest.mark.parametrize(
    "text",
    [
        "Files, e.g. 3.5 GB,  will fail!",
        " leading and trailing ",
        "tabs\tand\n\nbreaks",
        "…«ø»–x",
        "can't",
        "",
        "\u200b😀é",
    ],
)
def test_no_sign_is_lost(text: str) -> None:
    assert trained_tokenizer()(text).text == text


def test_unseen_words_are_read_as_their_nearest() -> None:
    doc = trained_tokenizer()("Fiels will be rejeted 2025 qwertyuiop wil")
    assert words_of(doc) == ("files", "will", "be", "rejected", "0", "qwertyuiop", "will")


def test_a_seen_word_is_never_mended() -> None:
    assert trained_tokenizer().norm("Filer") == "filer"


def test_tokenizer_survives_bytes_and_disk(tmp_path: Path) -> None:
    tokenizer = trained_tokenizer()
    other = SpellingTokenizer(Vocab()).from_bytes(tokenizer.to_bytes())
    tokenizer.to_disk(tmp_path / "tokenizer")
    third = SpellingTokenizer(Vocab()).from_disk(tmp_path / "tokenizer")
    assert other.norm("rejeted") == third.norm("rejeted") == "rejected"
    with pytest.raises(OSError, match="nowhere"):
        SpellingTokenizer(Vocab()).from_disk(tmp_path / "nowhere")


def test_word_order_counts_among_words_not_among_letters() -> None:
    one, other = grams(("will", "not", "fail")), grams(("not", "will", "fail"))
    assert set(one[0][0].tolist()) != set(other[0][0].tolist())
    assert set(one[1][0].tolist()) == set(other[1][0].tolist())


def test_rare_grams_weigh_more_and_those_seen_once_nothing() -> None:
    tokenizer = trained_tokenizer()
    model = subword_choice([2], rows=50, buckets=4096)
    model.initialize()
    learn_weights(model, [tokenizer(text) for text in [*SEEN, "hapax legomenon"]])
    (weights,) = [node for node in model.walk() if node.name == WEIGHTS]
    idf = np.asarray(weights.get_param("idf"))

    def weight(word: str) -> float:
        first = int(grams((word,))[0][0][0])
        return float(idf[first % len(idf)])

    assert weight("portal") > weight("will") > 0 == weight("hapax")


def test_each_group_gives_one_answer() -> None:
    layer = one_of_each([2, 3])
    scores, back = layer.begin_update(np.zeros((4, 5), dtype=np.float32))
    assert np.allclose(scores[:, :2].sum(axis=1), 1)
    assert np.allclose(scores[:, 2:].sum(axis=1), 1)
    gradient = np.ones((4, 5), dtype=np.float32)
    assert (back(gradient) == gradient).all()


def test_a_text_without_a_word_scores_like_nothing() -> None:
    model = hashed_sum(3, rows=10, seed=1)
    model.initialize()
    empty = (
        np.zeros(1, dtype=np.uint64),
        np.zeros(1, dtype=np.float32),
        np.ones(1, dtype=np.int32),
    )
    assert model.predict(empty).tolist() == [[0.0, 0.0, 0.0]]


def test_it_learns_and_does_so_the_same_way_twice() -> None:
    def answers() -> list[float]:
        nlp = spacy.blank("xx")
        nlp.tokenizer = SpellingTokenizer(nlp.vocab)
        pipe = nlp.add_pipe(
            "textcat_multilabel",
            config={
                "model": {
                    "@architectures": "vindue.SubwordChoice.v1",
                    "groups": [2],
                    "rows": 200,
                    "buckets": 1024,
                }
            },
        )
        data = [("files will fail", 1.0), ("all is well", 0.0)] * 4
        for label in ("bad", "good"):
            pipe.add_label(label)  # type: ignore[attr-defined]
        examples = [
            Example.from_dict(nlp.make_doc(text), {"cats": {"bad": bad, "good": 1 - bad}})
            for text, bad in data
        ]
        optimizer = nlp.initialize(lambda: examples)
        for _ in range(60):
            nlp.update(examples, sgd=optimizer)
        return [nlp(text).cats["bad"] for text in ("files will fail", "all is well")]

    first = answers()
    assert first[0] > 0.7
    assert first[1] < 0.3
    assert first == answers()
