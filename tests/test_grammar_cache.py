"""Tables kept between runs: they say what the data file says, or they are not used."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from vindue.grammars import tables
from vindue.grammars.tables import cache_folder, parse_table
from vindue.grammars.wording import load_wording
from vindue.nlp.mentions import phrase_cache
from vindue.nlp.mentions.phrase_cache import compile_phrases
from vindue.nlp.mentions.phrases import compile_phrase

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((ROOT / "grammars").rglob("*.toml"))
TEXT = 'word = ["a", "å"]\n[deep]\nflag = true\nweight = 0.1\ncount = 3\n'
TABLE = {"word": ["a", "å"], "deep": {"flag": True, "weight": 0.1, "count": 3}}


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))


def kept() -> list[Path]:
    folder = cache_folder()
    assert folder is not None
    return sorted(folder.iterdir()) if folder.is_dir() else []


def unparsed(text: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """The table of ``text``, taken from the cache: nothing is parsed."""

    def refuse(_: str) -> None:
        raise AssertionError("parsed again")

    with monkeypatch.context() as patch:
        patch.setattr("tomllib.loads", refuse)
        return parse_table(text)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_data_file_is_told_the_same_by_the_cache(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = path.read_text(encoding="utf-8")
    assert unparsed_after(text, monkeypatch) == parse_table(text)


def unparsed_after(text: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    parse_table(text)
    return unparsed(text, monkeypatch)


def test_a_table_is_the_callers_own() -> None:
    parse_table(TEXT).clear()
    parse_table(TEXT)["deep"].clear()
    assert parse_table(TEXT) == TABLE


def test_another_text_has_another_file() -> None:
    parse_table(TEXT)
    assert parse_table(TEXT.replace("3", "4"))["deep"]["count"] == 4
    assert len(kept()) == 2


@pytest.mark.parametrize("broken", ["", "\n", "{}", "x" * 64 + '\n{"word": []}', "\xff\xfe\n{}"])
def test_a_broken_file_is_as_good_as_none(broken: str) -> None:
    parse_table(TEXT)
    kept()[0].write_bytes(broken.encode("latin-1"))
    assert parse_table(TEXT) == TABLE
    assert parse_table(TEXT) == TABLE


def test_a_file_cut_short_or_of_another_kind_is_not_used() -> None:
    parse_table(TEXT)
    path = kept()[0]
    path.write_bytes(path.read_bytes()[:-3])
    assert parse_table(TEXT) == TABLE
    path.write_bytes(sha256(b"[1]").hexdigest().encode() + b"\n[1]")
    assert parse_table(TEXT) == TABLE


def test_a_folder_that_can_not_be_made_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "file"))
    assert parse_table(TEXT) == TABLE
    assert (tmp_path / "file").read_text(encoding="utf-8") == "in the way"


def test_no_place_for_a_cache_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "cache_folder", lambda: None)
    assert parse_table(TEXT) == TABLE
    assert kept() == []


def test_what_json_can_not_hold_is_parsed_each_time() -> None:
    text = "at = 2026-05-18T08:45:00Z\n"
    assert parse_table(text) == parse_table(text)
    assert kept() == []


def all_phrases() -> tuple[tuple[str, str], ...]:
    wording = load_wording()
    said = [(form.name, phrase) for form in wording.effects for phrase in form.phrases]
    said += [(form.kind, phrase) for form in wording.structure for phrase in form.phrases]
    return tuple(said)


def test_phrases_are_the_same_compiled_and_kept() -> None:
    said = all_phrases()
    compiled = tuple(compile_phrase(kind, source) for kind, source in said)
    before = len(kept())
    assert len(compiled) > 500
    assert compile_phrases(said) == compiled
    assert compile_phrases(said) == compiled
    assert len(kept()) == before + 1


def test_another_phrase_or_another_code_has_another_file(monkeypatch: pytest.MonkeyPatch) -> None:
    assert compile_phrases([("a", "is (closed|shut)")]) != compile_phrases([("a", "is closed")])
    assert len(kept()) == 2
    monkeypatch.setattr(phrase_cache, "_code", lambda: b"of another version")
    compile_phrases([("a", "is closed")])
    assert len(kept()) == 3


def test_code_that_can_not_be_read_compiles_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrase_cache, "_code", lambda: None)
    assert compile_phrases([("a", "is closed")]) == (compile_phrase("a", "is closed"),)
    assert kept() == []


def test_a_phrase_that_is_wrong_is_refused_and_not_kept() -> None:
    with pytest.raises(ValueError, match="unbalanced"):
        compile_phrases([("a", "is (closed")])
    assert kept() == []
