"""Fuzz one target with atheris: ``python -m fuzz.run times --seconds 60``.

``all`` is every target in one short run: the first byte of an input says which.

What it finds new grows in ``build/fuzz/TARGET``; an input that breaks the
target is left in ``build/fuzz/broken``. Take that, mend the fault, and put the
input into ``fuzz/kept/TARGET``: it is a test from then on.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

import atheris

WORK: Final = Path("build") / "fuzz"
ALL: Final = "all"
_SPARSE: Final = 25
_INPUT_MAX: Final = 4_000
_SLOW: Final = 10

with atheris.instrument_imports(include=["vindue.nlp", "selectolax", "email"]):
    from fuzz.seeds import kept, seeds
    from fuzz.targets import TARGETS


def every(data: bytes) -> None:
    """The target that the first byte picks, on the rest."""
    if data:
        list(TARGETS.values())[data[0] % len(TARGETS)](data[1:])


def starts(target: str) -> Iterator[bytes]:
    """The seeds of a target; of all targets, a few of each."""
    if target != ALL:
        yield from seeds(target)
        return
    for number, name in enumerate(TARGETS):
        for seed in islice(seeds(name), len(kept(name)), None, _SPARSE):
            yield bytes([number]) + seed


def main() -> None:
    """Runs until the time is up (exit 0) or an input breaks the target (exit not 0)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=[*sorted(TARGETS), ALL])
    parser.add_argument("--seconds", type=int, default=60)
    asked = parser.parse_args()
    corpus, broken = WORK / asked.target, WORK / "broken"
    for folder in (corpus, broken):
        folder.mkdir(parents=True, exist_ok=True)
    for seed in starts(asked.target):
        (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    options = [
        f"-max_total_time={asked.seconds}",
        f"-max_len={_INPUT_MAX}",
        f"-timeout={_SLOW}",
        f"-artifact_prefix={broken}/{asked.target}-",
        "-print_final_stats=1",
        "-verbosity=0",
    ]
    target = every if asked.target == ALL else TARGETS[asked.target]
    atheris.Setup([sys.argv[0], *options, str(corpus)], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
