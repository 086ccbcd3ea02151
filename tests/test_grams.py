"""The reader of n-grams: what it counts, what it keeps, and that it does so twice alike."""

from __future__ import annotations

import numpy as np
import spacy
from spacy.language import Language
from spacy.training import Example

from vindue.nlp.grams import TABLE, counted_grams, grams_of, learn_grams, settle, shape_of
from vindue.nlp.spelling import SpellingTokenizer

LESSONS = [("files will fail", 1.0), ("all is well", 0.0)] * 4


def blank() -> Language:
    nlp = spacy.blank("xx")
    nlp.tokenizer = SpellingTokenizer(nlp.vocab)
    return nlp


def test_names_inside_a_sentence_are_alike() -> None:
    nlp = blank()
    one, other = (
        nlp("Traffic from Heron Hub to Wren stops."),
        nlp("Traffic from Otter to Mink stops."),
    )
    assert shape_of(one) == shape_of(other) == ("traffic", "from", "@", "to", "@", "stops")
    assert shape_of(nlp("Heron stops."))[0] == "heron"


def test_an_empty_text_has_no_grams_but_a_shape() -> None:
    words, letters, _ = grams_of(blank()(""))
    assert len(words[0]) == len(letters[0]) == 0


def trained() -> tuple[Language, list[float]]:
    nlp = blank()
    pipe = nlp.add_pipe(
        "textcat_multilabel",
        config={"model": {"@architectures": "vindue.CountedGrams.v1", "groups": [2]}},
    )
    for label in ("bad", "good"):
        pipe.add_label(label)  # type: ignore[attr-defined]
    examples = [
        Example.from_dict(nlp.make_doc(text), {"cats": {"bad": bad, "good": 1 - bad}})
        for text, bad in LESSONS
    ]
    optimizer = nlp.initialize(lambda: examples)
    model = pipe.model  # type: ignore[attr-defined]
    learn_grams(model, [eg.predicted for eg in examples])
    for _ in range(60):
        nlp.update(examples, sgd=optimizer)
    truth = np.array([[bad, 1 - bad] for _, bad in LESSONS], np.float32)
    settle(model, [eg.predicted for eg in examples], truth, [2])
    return nlp, [nlp(text).cats["bad"] for text in ("files will fail", "all is well")]


def test_it_learns_and_does_so_the_same_way_twice() -> None:
    _, first = trained()
    assert first[0] > 0.7
    assert first[1] < 0.3
    assert first == trained()[1]


def test_a_settled_table_is_small_and_is_read_back() -> None:
    nlp, answers = trained()
    pipe = nlp.get_pipe("textcat_multilabel")
    table = next(node for node in pipe.model.walk() if node.name == TABLE)  # type: ignore[attr-defined]
    assert table.get_param("weights").dtype == np.int8
    fresh = counted_grams([2]).from_bytes(pipe.model.to_bytes())  # type: ignore[attr-defined]
    doc = nlp.make_doc("files will fail")
    assert float(fresh.predict([doc])[0][0]) == answers[0]


def test_what_training_did_not_show_weighs_nothing() -> None:
    nlp, _ = trained()
    assert abs(nlp("zzz qqq").cats["bad"] - 0.5) < 0.2
