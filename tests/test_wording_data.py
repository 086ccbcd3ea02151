"""The words of effects and structure: every phrase shows what it finds and what it must not."""

from __future__ import annotations

import time
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from tests.effect_texts import reader
from vindue.grammars.wording import LANGUAGES, EffectForm, load_wording
from vindue.nlp.mentions.gazetteer import Gazetteer
from vindue.nlp.mentions.phrases import PhraseBook, compile_phrase, literals
from vindue.nlp.mentions.words import read_words
from vindue.nlp.record import LEVEL_OF, Effect

ROOT = Path(__file__).resolve().parents[1]
NO_CORRECTION = Gazetteer(())
NAME = "@"
MAX_SECONDS = 2.0


def blocks() -> list[tuple[str, str, dict[str, Any]]]:
    """(language, name, block) of every block of phrases in every language's files."""
    found = []
    for language in LANGUAGES:
        for file, tables in (("effects", ("effect",)), ("structure", ("form", "fallback"))):
            path = ROOT / "grammars" / language / f"{file}.toml"
            data = tomllib.loads(path.read_text(encoding="utf-8"))
            for table in tables:
                for block in data[table]:
                    found.append((language, block.get("name") or block["kind"], block))
    return found


BLOCKS = blocks()
IDS = [f"{language}-{name}" for language, name, _ in BLOCKS]
# Marks and single words that stand for themselves: the phrase is its own example.
SELF_EXPLAINED = frozenset({"negation"})


def finds(phrase: str, text: str) -> bool:
    book = PhraseBook([compile_phrase("kind", phrase)])
    return bool(book.hits(read_words(text, 0, NO_CORRECTION)))


def sample(phrase: str, examples: tuple[str, ...]) -> bool:
    """True where an example shows the phrase; a name may stand for the sign of a name."""
    return any(finds(phrase.replace(NAME, "billetnu"), text) for text in examples)


@pytest.mark.parametrize(("language", "name", "block"), BLOCKS, ids=IDS)
def test_every_phrase_is_shown_by_an_example(
    language: str, name: str, block: dict[str, Any]
) -> None:
    examples = tuple(block.get("examples", ()))
    shown = [p for p in block["phrases"] if name in SELF_EXPLAINED or sample(p, examples)]
    assert [p for p in block["phrases"] if p not in shown] == []


@pytest.mark.parametrize(("language", "name", "block"), BLOCKS, ids=IDS)
def test_every_example_is_found(language: str, name: str, block: dict[str, Any]) -> None:
    phrases = block["phrases"]
    lost = [t for t in block.get("examples", ()) if not any(sample(p, (t,)) for p in phrases)]
    assert lost == []


@pytest.mark.parametrize(("language", "name", "block"), BLOCKS, ids=IDS)
def test_no_phrase_finds_what_it_must_not(language: str, name: str, block: dict[str, Any]) -> None:
    found = [(p, t) for t in block.get("never", ()) for p in block["phrases"] if finds(p, t)]
    assert found == []


@pytest.mark.parametrize(("language", "name", "block"), BLOCKS, ids=IDS)
def test_no_phrase_matches_nothing(language: str, name: str, block: dict[str, Any]) -> None:
    assert [p for p in block["phrases"] if finds(p, "") or not literals_or_marks(p)] == []


def literals_or_marks(phrase: str) -> bool:
    return any(char.isalnum() or char in ",-:&" for char in phrase)


@pytest.mark.parametrize(("language", "name", "block"), BLOCKS, ids=IDS)
def test_phrases_are_distinct_folded_and_composed(
    language: str, name: str, block: dict[str, Any]
) -> None:
    phrases = block["phrases"]
    assert len(set(phrases)) == len(phrases)
    for phrase in phrases:
        assert phrase == unicodedata.normalize("NFC", phrase.strip())
        assert phrase == phrase.lower()


def test_each_language_has_the_same_effects_and_kinds() -> None:
    names = {lang: {n for l2, n, _ in BLOCKS if l2 == lang} for lang in LANGUAGES}
    assert names["da"] == names["en"]


@cache
def effects_by_name() -> dict[str, list[EffectForm]]:
    found: dict[str, list[EffectForm]] = {}
    for form in load_wording().effects:
        found.setdefault(form.name, []).append(form)
    return found


@pytest.mark.parametrize("name", sorted(effects_by_name()))
def test_an_effect_means_the_same_in_each_language(name: str) -> None:
    meanings = [
        form.model_dump(exclude={"phrases", "examples", "never"})
        for form in effects_by_name()[name]
    ]
    assert len(meanings) == len(LANGUAGES)
    assert meanings[0] == meanings[1]


def test_every_effect_of_the_contract_can_be_said() -> None:
    said = {form.effect for form in load_wording().effects}
    said |= {
        effect for form in load_wording().effects for effect in (form.flip, form.linked) if effect
    }
    assert said == set(get_args(Effect)) == set(LEVEL_OF)


def words_of_phrases() -> Iterator[str]:
    for _, _, block in BLOCKS:
        for phrase in block["phrases"]:
            yield from literals(phrase)


def test_no_everyday_word_is_a_word_of_the_grammar() -> None:
    """A word that a phrase is made of needs no protection from being corrected into one."""
    assert sorted(load_wording().known & set(words_of_phrases())) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_common_words_are_sorted_where_they_are_many_and_folded(language: str) -> None:
    path = ROOT / "grammars" / language / "common.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    assert data["known"] == sorted(data["known"])
    for name, words in data.items():
        assert len(set(words)) == len(words), name
        assert all(word == word.strip().lower() for word in words), name


def test_both_languages_have_the_same_lists() -> None:
    lists = [
        set(tomllib.loads((ROOT / "grammars" / lang / "common.toml").read_text(encoding="utf-8")))
        for lang in LANGUAGES
    ]
    assert lists[0] == lists[1]


def test_a_long_hostile_line_is_read_in_bounded_time() -> None:
    text = "files to import will not be " * 400 + "not " * 400 + "/" * 400
    before = time.process_time()
    reader().systems_in(text)
    assert time.process_time() - before < MAX_SECONDS
