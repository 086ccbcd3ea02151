"""The plain baseline: TF-IDF of words and letters under a linear model, for comparison only.

Needs scikit-learn, which only developers have. Run as
``python -m vindue.training.baseline``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from vindue.training.data import misspelt, training_set, written
from vindue.training.evaluate import Stated, score
from vindue.training.generate import Sample

MADE_UP: Final = 14_000
REPEAT: Final = 4
ROUGH: Final = 0.3
SEED: Final = 20


def _linear() -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]  # noqa: PLC0415
    from sklearn.linear_model import SGDClassifier  # type: ignore[import-untyped]  # noqa: PLC0415
    from sklearn.pipeline import make_pipeline, make_union  # type: ignore[import-untyped]  # noqa: PLC0415

    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2)
    words = TfidfVectorizer(ngram_range=(1, 3), sublinear_tf=True, min_df=2, token_pattern=r"\w+")
    judge = SGDClassifier(loss="log_loss", alpha=1e-5, max_iter=20, random_state=SEED)
    return make_pipeline(make_union(letters, words), judge)


def baseline(taught: Sequence[Sample], asked: Sequence[Sample]) -> list[Stated]:
    """What two linear models, one for effects and one for channels, answer."""
    effects = _linear().fit([s.text for s in taught], [s.effect for s in taught])
    stating = [s for s in taught if s.channel is not None]
    channels = _linear().fit([s.text for s in stating], [s.channel for s in stating])
    texts = [s.text for s in asked]
    pairs = zip(effects.predict(texts), channels.predict(texts), strict=True)
    return [frozenset() if e == "none" else frozenset({(str(e), str(c))}) for e, c in pairs]


if __name__ == "__main__":
    lessons = training_set("fit", MADE_UP, REPEAT, ROUGH, SEED)
    held_out = written("dev")
    for name, part in (("as written", held_out), ("misspelt", misspelt(held_out, seed=1))):
        print(f"{name}: F1 {score(part, baseline(lessons, part)).f1:.3f}")
