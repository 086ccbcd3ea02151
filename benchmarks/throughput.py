"""Notices a second and core, each reader in a process of its own, all of them in turns."""

from __future__ import annotations

from typing import Any, Final

from benchmarks.measure import python, spread, told
from benchmarks.readers import READERS

SLOW: Final = ("dateparser, lines", "dateparser, whole", "ctparse")
VINDUE: Final = "vindue"
_SAMPLE: Final = 100


def measure(notices: int, repeats: int) -> dict[str, Any]:
    """Rates, and ratios within each turn, on varied notices and on the page as it is.

    The slow ones read every so-manieth notice only.
    """
    rates: dict[str, dict[str, list[float]]] = {
        data: {name: [] for name in READERS} for data in ("varied", "page")
    }
    for _ in range(repeats):
        for data, of in rates.items():
            for name in READERS:
                count = min(notices, _SAMPLE) if name in SLOW else notices
                every = str(notices // count)
                used = python("-m", "benchmarks.readers", name, data, str(count), every)
                found = told(used)
                of[name].append(found["notices"] / found["cpu"])
    return {
        data: {
            name: {
                "rate": spread(values),
                "vindue is": spread(
                    own / other for own, other in zip(of[VINDUE], values, strict=True)
                ),
            }
            for name, values in of.items()
        }
        for data, of in rates.items()
    }
