"""What is trained on: nothing of dev or test, nothing half-filled, the same every time."""

from __future__ import annotations

import tomllib
from random import Random

import pytest
from spacy.util import load_config

from vindue.corpus.cases import load_cases
from vindue.nlp.learned import Calibration
from vindue.training.calibrate import isotonic, to_toml
from vindue.training.data import (
    DEV_EVERY,
    cats,
    labels,
    misspelt,
    noticed,
    plain,
    training_set,
    unpaired,
    written,
)
from vindue.training.evaluate import Score, confusion, gold, score
from vindue.training.fit import CONFIG
from vindue.training.generate import ANSWERS, CHANNELS, Sample, generate, made_up_name
from vindue.training.phrases import LANGUAGES, load_phrases
from vindue.training.spell import misspell, roughen


def joined(text: str) -> str:
    return " ".join(text.split()).casefold()


def test_no_sentence_of_the_test_set_is_trained_on() -> None:
    test = {plain(s.text) for s in written("test")}
    trained = {plain(s.text) for s in training_set("all", 14_000, 1, 0.0, seed=20)}
    assert len(test) >= 200
    assert len(test & trained) == 0
    assert len(test & {plain(s.text) for s in [*unpaired(), *noticed(), *written("all")]}) == 0


def test_what_is_held_out_is_a_fifth_and_not_trained_on() -> None:
    dev = {plain(s.text) for s in written("dev")}
    trained = {plain(s.text) for s in [*written("fit"), *unpaired(), *noticed()]}
    assert len(dev & trained) == 0
    assert len(written("all")) == len(written("fit")) + len(written("dev"))
    assert len(written("dev")) == pytest.approx(len(written("all")) / DEV_EVERY, rel=0.05)


def test_lines_stand_in_notices_of_the_train_split_and_their_statements_in_no_other() -> None:
    texts = {
        split: joined("\n".join(c.text for c in load_cases("all", split)))
        for split in ("train", "dev", "test")
    }
    strangers = [s.text for s in noticed() if joined(s.text) not in texts["train"]]
    assert len(strangers) <= 3, strangers


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_effect_has_phrases_and_each_its_gap(language: str) -> None:
    phrases = load_phrases(language)
    assert set(phrases.predicates) == set(ANSWERS) - {"none"}
    for said in phrases.predicates.values():
        for predicate in said.act:
            assert "{a}" in predicate
        for predicate in (*said.thing, *said.place):
            assert not {"{a}", "{p}", "{t}"} & set(predicate.split())


def test_made_up_sentences_are_whole_and_repeatable() -> None:
    made = generate(400, seed=3)
    assert made == generate(400, seed=3) != generate(400, seed=4)
    assert {s.effect for s in made} == set(ANSWERS)
    assert {s.channel for s in made} == {*CHANNELS, None}
    assert [s.text for s in made if set("{}+") & set(s.text)] == []
    assert all((s.channel is None) == (s.effect == "none") for s in made)


def test_a_training_set_is_the_same_twice_and_its_share_is_rough() -> None:
    clean, rough = (training_set("fit", 50, 1, share, seed=1) for share in (0.0, 0.5))
    assert rough == training_set("fit", 50, 1, 0.5, seed=1)
    changed = sum(a != b for a, b in zip(clean, rough, strict=True))
    assert 0.4 < changed / len(clean) < 0.6


def test_slips_change_words_but_not_their_number() -> None:
    random = Random(1)
    for sample in written("dev")[:40]:
        slipped = misspell(sample.text, 2, random)
        assert slipped != sample.text or len(sample.text) < 12
        assert abs(len(slipped) - len(sample.text)) <= 2
    assert misspell("a b c", 2, random) == "a b c"
    assert roughen("Ærlig talt.", Random(2)) == roughen("Ærlig talt.", Random(2))
    assert [s.effect for s in misspelt(written("dev"), 1)] == [s.effect for s in written("dev")]


def test_what_states_nothing_teaches_no_channel() -> None:
    assert sum(cats(Sample("x", "closed", "file")).values()) == 2
    assert sum(cats(Sample("x", "none", None)).values()) == 1
    assert set(cats(Sample("x", "closed", "file"))) == set(labels())
    assert len(cats(Sample("x", "none", None))) == len(ANSWERS)


def test_names_differ() -> None:
    random = Random(5)
    assert len({made_up_name(random) for _ in range(200)}) > 100


def test_the_config_is_spacys_and_groups_fit_the_labels() -> None:
    config = load_config(CONFIG, interpolate=True)
    assert config["components"]["impact"]["model"]["groups"] == [len(ANSWERS), len(CHANNELS)]
    assert config["training"]["seed"] == config["system"]["seed"]


def test_scores() -> None:
    samples = [
        Sample("a", "closed", "file"),
        Sample("b", "none", None),
        Sample("c", "queued", "all"),
    ]
    answers = [
        frozenset({("closed", "file")}),
        frozenset({("closed", "file")}),
        frozenset({("queued", "file")}),
    ]
    result = score(samples, answers)
    assert result == Score(right=1, found=3, stated=2)
    assert (result.precision, result.recall, result.f1) == (1 / 3, 0.5, 0.4)
    assert gold(samples[1]) == frozenset()
    assert confusion(samples, answers) == {
        ("closed", "closed"): 1,
        ("none", "closed"): 1,
        ("queued", "queued"): 1,
    }


def test_isotonic_rises_and_pools_what_falls() -> None:
    curve = isotonic([(0.1, False), (0.2, True), (0.3, False), (0.9, True)])
    assert [share for _, share in curve] == [0.0, 0.5, 1.0]
    assert curve[1][0] == pytest.approx(0.25)


def test_calibration_is_written_as_it_is_read() -> None:
    told = Calibration(
        threshold=0.5,
        channel_threshold=0.7,
        sure=0.9,
        rule_odds=4.0,
        curve=((0.0, 0.0), (1.0, 0.9)),
    )
    assert Calibration.model_validate(tomllib.loads(to_toml(told))) == told
    assert told.confidence(0.5) == pytest.approx(0.45)
