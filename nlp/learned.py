"""The trained reader: one sentence → what it states, with how sure that is.

spaCy and the pipeline are loaded at the first question, so that whoever asks
none pays nothing. A sentence is asked about once: answers are kept.
"""

from __future__ import annotations

import tomllib
from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from pydantic import BaseModel, ConfigDict

from vindue.nlp.record import Channel, Effect
from vindue.nlp.values import dataclass

if TYPE_CHECKING:
    from spacy.language import Language

MODEL: Final = Path(__file__).parent / "model"
CALIBRATION: Final = "calibration.toml"
EFFECT_LABEL: Final = "effect:"
CHANNEL_LABEL: Final = "channel:"
NONE: Final = "none"
KEPT: Final = 20_000
BATCH: Final = 256


class Calibration(BaseModel):
    """How the pipeline's probabilities are to be read; learned on ``dev``.

    ``curve`` maps a raw probability to the share of answers that were right
    at it: points in rising order, straight lines between. Below ``threshold``
    no answer is better than a doubtful one; at ``channel_threshold`` the
    channel alone is believed, at ``sure`` it is told that the rules contradict.
    ``rule_odds`` is how many times likelier an effect is that the rules read.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    threshold: float
    channel_threshold: float
    sure: float
    rule_odds: float
    curve: tuple[tuple[float, float], ...]

    def confidence(self, raw: float) -> float:
        """The calibrated confidence of a raw probability."""
        left = self.curve[0]
        for right in self.curve:
            if raw <= right[0]:
                width = right[0] - left[0]
                share = (raw - left[0]) / width if width else 1.0
                return left[1] + share * (right[1] - left[1])
            left = right
        return left[1]


@dataclass(frozen=True, slots=True)
class Guess:
    """What a sentence seems to state; a null ``effect`` is "nothing".

    ``effects`` are the raw probabilities of all effects, null for "nothing".
    """

    effect: Effect | None
    channel: Channel
    confidence: float
    channel_confidence: float = 0.0
    effects: tuple[tuple[Effect | None, float], ...] = ()


class Learned:
    """The shipped pipeline, or one at ``path``; nothing is loaded before ``read``.

    Raises ``OSError`` at the first ``read`` where no pipeline is at ``path``.
    """

    def __init__(self, path: Path = MODEL) -> None:
        self._path: Final = path
        self._kept: Final[OrderedDict[str, Guess]] = OrderedDict()

    @cached_property
    def calibration(self) -> Calibration:
        """How probabilities are read. Raises ``OSError`` or ``pydantic.ValidationError``."""
        text = (self._path / CALIBRATION).read_text(encoding="utf-8")
        return Calibration.model_validate(tomllib.loads(text))

    @cached_property
    def _pipeline(self) -> Language:
        return load_pipeline(self._path)

    def read(self, sentences: Sequence[str]) -> list[Guess]:
        """An answer for each sentence, in order; equal sentences are read once."""
        new = [text for text in dict.fromkeys(sentences) if text not in self._kept]
        answers = {text: self._kept[text] for text in sentences if text in self._kept}
        for text, cats in zip(new, raw_answers(self._pipeline, new) if new else (), strict=True):
            answers[text] = self._kept[text] = self._guess(cats)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return [answers[text] for text in sentences]

    def _guess(self, cats: dict[str, float]) -> Guess:
        effect, channel, raw = best(cats)
        confidence = round(self.calibration.confidence(raw), 3)
        return Guess(
            _stated(effect),
            channel,
            confidence,
            round(cats[CHANNEL_LABEL + channel], 3),
            tuple(
                (_stated(label.removeprefix(EFFECT_LABEL)), p)
                for label, p in cats.items()
                if label.startswith(EFFECT_LABEL)
            ),
        )


def _stated(effect: str) -> Effect | None:
    return None if effect == NONE else cast(Effect, effect)


def load_pipeline(path: Path) -> Language:
    """The spaCy pipeline at ``path``. Raises ``OSError`` where there is none."""
    import spacy  # noqa: PLC0415

    # Registers the layers and the tokenizer that the config names.
    import vindue.nlp.grams  # noqa: PLC0415
    import vindue.nlp.spelling  # noqa: PLC0415, F401

    return spacy.load(path)


def raw_answers(pipeline: Language, texts: Sequence[str]) -> list[dict[str, float]]:
    """The probability of each label, for each text."""
    return [dict(doc.cats) for doc in pipeline.pipe(texts, batch_size=BATCH)]


def best(cats: dict[str, float]) -> tuple[str, Channel, float]:
    """The likeliest effect and channel, and the probability of both being right.

    Nothing stated has no channel: then the probability is the effect's own.
    """
    effects = {k.removeprefix(EFFECT_LABEL): p for k, p in cats.items() if k[0] == "e"}
    channels = {k.removeprefix(CHANNEL_LABEL): p for k, p in cats.items() if k[0] == "c"}
    effect = max(effects, key=lambda name: effects[name])
    channel = max(channels, key=lambda name: channels[name])
    sure = effects[effect] * (1.0 if effect == NONE else channels[channel])
    return effect, cast(Channel, channel), sure
