"""Effect sentences in other words, for the model that reads unseen ones.

A file's name says which part it belongs to (``train-1.toml``, ``test.toml``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from vindue.corpus.labels import ROOT, LabelError, SystemId, label_paths
from vindue.nlp.record import Channel, Effect, Language


class Sentence(BaseModel):
    """One sentence and what it states; effect ``none`` states nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    language: Language
    channel: Channel
    effect: Effect | Literal["none"]
    systems: list[SystemId] = []
    note: str | None = None


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    sentence: list[Sentence]


def read_sentences(path: Path) -> list[Sentence]:
    """The sentences of one file. Raises ``LabelError`` naming it."""
    try:
        return _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).sentence
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise LabelError(f"{path}: {error}") from error


def load_sentences(part: str, root: Path = ROOT) -> list[Sentence]:
    """All sentences of ``train``, ``dev`` or ``test``, files by name."""
    paths = [p for p in label_paths(root / "paraphrases") if p.stem.split("-")[0] == part]
    return [sentence for path in paths for sentence in read_sentences(path)]


def sentence_flaws(root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """(file, message): unreadable files, unknown parts, sentences that stand twice."""
    seen: dict[str, str] = {}
    for path in label_paths(root / "paraphrases"):
        where = path.relative_to(root).as_posix()
        if path.stem.split("-")[0] not in ("train", "dev", "test"):
            yield where, "the name does not begin with train, dev or test"
        try:
            sentences = read_sentences(path)
        except LabelError as error:
            yield where, str(error).removeprefix(f"{path}: ")
            continue
        for sentence in sentences:
            key = " ".join(sentence.text.lower().split()).strip(" .!")
            if key in seen:
                yield where, f"{sentence.text!r} stands already in {seen[key]}"
            seen[key] = where
