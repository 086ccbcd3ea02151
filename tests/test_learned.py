"""The shipped pipeline: small, quick, without pickles, asked once a sentence."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from typer import Typer
from typer.testing import CliRunner

from vindue.corpus.cases import load_cases
from vindue.corpus.score import field_scores, judge_all
from vindue.nlp import learned
from vindue.nlp.arbitration import Mode
from vindue.nlp.inputs import Settings, read_text
from vindue.nlp.learned import MODEL, Learned, load_pipeline
from vindue.training.cli import register
from vindue.training.data import labels, misspelt, written
from vindue.training.evaluate import score
from vindue.training.generate import Sample

FILES = [path for path in MODEL.rglob("*") if path.is_file()]


@pytest.fixture(scope="module")
def reader() -> Learned:
    return Learned()


def test_it_is_small_and_holds_no_pickle() -> None:
    assert 0 < sum(path.stat().st_size for path in FILES) < 5_000_000
    assert {path.suffix for path in FILES} <= {"", ".cfg", ".json", ".toml", ".txt"}
    assert [path for path in FILES if path.read_bytes()[:1] == b"\x80" and path.suffix] == []


def test_it_loads_quickly() -> None:
    load_pipeline(MODEL)
    started = time.process_time()
    load_pipeline(MODEL)
    assert time.process_time() - started < 0.3


def test_spacy_loads_it_and_its_labels_are_ours() -> None:
    nlp = spacy.load(MODEL)
    assert nlp.pipe_names == ["impact"]
    assert list(nlp.pipe_labels["impact"]) == labels()


def test_nothing_of_spacy_is_loaded_before_a_question() -> None:
    code = (
        "import sys, vindue.nlp.arbitration\n"
        "from vindue.nlp.learned import Learned\n"
        "Learned(); print('spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_folder_without_a_pipeline_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="E053"):
        Learned(tmp_path).read(["Files will be rejected."])


@pytest.mark.parametrize(
    ("text", "effect", "channel"),
    [
        ("Files sent to Zorblax will be rejected.", "rejected", "file"),
        ("Det er ikke muligt at logge på Zorblax.", "no_sign_in", "online"),
        ("Forbindelsen mellem Zorblax og Quux er lukket.", "closed", "connection"),
        ("Hjemmesiden er langsom under arbejdet.", "delayed", "online"),
        ("Orders are queued and handled after the work.", "queued", "all"),
        ("We advise you not to upload files.", "not_recommended", "file"),
        ("Kontakt servicedesken, hvis du har spørgsmål.", None, None),
    ],
)
def test_it_reads(reader: Learned, text: str, effect: str | None, channel: str | None) -> None:
    guess = reader.read([text])[0]
    assert guess.effect == effect
    assert channel in (None, guess.channel)
    assert 0 <= guess.confidence <= 1


def test_it_read_what_it_was_taught_and_nearly_all_of_it_misspelt(reader: Learned) -> None:
    def f1(samples: Sequence[Sample]) -> float:
        guesses = reader.read([sample.text for sample in samples])
        answers = [frozenset({(g.effect, g.channel)} if g.effect else ()) for g in guesses]
        return score(samples, answers).f1

    taught = written("dev")
    assert f1(taught) > 0.95
    assert f1(misspelt(taught, seed=5)) > 0.9


def test_no_sentence_is_asked_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def spy(pipeline: Language, texts: Sequence[str]) -> list[dict[str, float]]:
        seen.extend(texts)
        return [{"effect:none": 1.0, "channel:all": 1.0} for _ in texts]

    monkeypatch.setattr(learned, "raw_answers", spy)
    reader = Learned()
    assert len(reader.read(["a", "b", "a"])) == 3
    reader.read(["b", "c"])
    assert seen == ["a", "b", "c"]


def test_the_curve_rises_and_stays_within_bounds(reader: Learned) -> None:
    curve = reader.calibration.curve
    assert list(curve) == sorted(curve)
    assert [share for _, share in curve] == sorted(share for _, share in curve)
    assert reader.calibration.confidence(0.0) >= 0
    assert reader.calibration.confidence(1.0) < 1


def test_on_whole_notices_it_does_no_harm() -> None:
    cases = load_cases("own", "dev")

    def impacts(mode: Mode) -> float:
        records = {
            c.name: read_text(c.text, c.name, Settings("auto", None, c.label.published_at, mode))
            for c in cases
        }
        return field_scores(judge_all(cases, records))["impacts"].f1

    assert len(cases) >= 40
    assert impacts("auto") >= impacts("off")


def test_ablation_is_one_command() -> None:
    app = Typer()
    register(app)
    done = CliRunner().invoke(app, ["ablation", "--sample", "12", "--part", "dev", "--confusion"])
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "12 sentences of dev"
    assert sum(line.startswith(("| rules", "| model", "| together")) for line in lines) == 6
    assert any(line.startswith("| stated") for line in lines)
    assert CliRunner().invoke(app, ["ablation", "--part", "train"]).exit_code == 2
