"""How sure an answer is: raw probabilities put against how often they were right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from spacy.language import Language

from vindue.nlp.learned import CHANNEL_LABEL, NONE, Calibration, best, raw_answers
from vindue.training.generate import Sample

STEPS: Final = 20
SHARE_RIGHT: Final = 0.4
"""An answer that is right more often than half of F1 raises F1; chosen so by cross validation."""
SURE: Final = 0.6
CHANNEL_RIGHT: Final = 0.98
RULE_ODDS: Final = 10.0
"""How many times likelier an effect is that the rules read; chosen by cross validation."""


def isotonic(points: Iterable[tuple[float, bool]]) -> list[tuple[float, float]]:
    """The rising step function nearest to the points: (mean raw value, share right) a step.

    Pools adjacent violators; a point is a raw value and whether it was right.
    """
    blocks: list[tuple[float, float, int]] = []
    for raw, right in sorted(points):
        blocks.append((raw, float(right), 1))
        while len(blocks) > 1 and blocks[-2][1] >= blocks[-1][1]:
            raw2, share2, n2 = blocks.pop()
            raw1, share1, n1 = blocks.pop()
            n = n1 + n2
            blocks.append(((raw1 * n1 + raw2 * n2) / n, (share1 * n1 + share2 * n2) / n, n))
    return [(raw, share) for raw, share, _ in blocks]


def calibrate(nlp: Language, samples: Sequence[Sample]) -> Calibration:
    """Learn the curve and the thresholds from held-out sentences.

    Answers below ``threshold`` cost more precision than they give recall. From ``SURE``
    on one that the rules contradict is worth telling; from the channel's own
    on, ``CHANNEL_RIGHT`` are right.
    """
    answers = raw_answers(nlp, [sample.text for sample in samples])
    points: list[tuple[float, bool]] = []
    channels: list[tuple[float, bool]] = []
    for sample, cats in zip(samples, answers, strict=True):
        effect, channel, raw = best(cats)
        nothing = effect == NONE == sample.effect
        points.append((raw, nothing or (effect, channel) == (sample.effect, sample.channel)))
        if sample.channel is not None:
            channels.append((cats[CHANNEL_LABEL + channel], channel == sample.channel))
    curve = [(0.0, 0.0), *_smooth(isotonic(points)), (1.0, 0.99)]
    return Calibration(
        threshold=SHARE_RIGHT,
        channel_threshold=round(_from(channels, CHANNEL_RIGHT), 3),
        sure=SURE,
        rule_odds=RULE_ODDS,
        curve=tuple((round(raw, 4), round(min(share, 0.99), 4)) for raw, share in curve),
    )


def _smooth(curve: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """At most one point a twentieth of the scale, so that few sentences decide nothing."""
    kept: dict[int, tuple[float, float]] = {}
    for raw, share in curve:
        kept[int(raw * STEPS)] = (raw, share)
    return list(kept.values())


def _from(points: list[tuple[float, bool]], share: float) -> float:
    """The least raw value from which at least ``share`` of the answers are right."""
    least, right = 1.0, 0
    for n, (raw, is_right) in enumerate(sorted(points, reverse=True), start=1):
        right += is_right
        if right / n >= share:
            least = raw
    return least


def to_toml(calibration: Calibration) -> str:
    """The calibration as the text of its file."""
    points = "".join(f"  [{raw}, {share}],\n" for raw, share in calibration.curve)
    return (
        "# Learned by `vindue train` on sentences held out of the training.\n"
        f"threshold = {calibration.threshold}\n"
        f"channel_threshold = {calibration.channel_threshold}\n"
        f"sure = {calibration.sure}\n"
        f"rule_odds = {calibration.rule_odds}\n"
        f"curve = [\n{points}]\n"
    )
