"""The fuzzed readers over their seeds, whole and damaged, without the fuzzer."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.seeds import KEPT, kept, seeds
from fuzz.targets import TARGETS

BROKEN = [(target, path) for target in TARGETS for path in kept(target)]
SEEDS_READ = 40


@cache
def some_seeds(target: str) -> tuple[bytes, ...]:
    """All that once broke it, and some of the others."""
    every = list(dict.fromkeys(seeds(target)))
    first = len(kept(target))
    rest = every[first:]
    return (*every[:first], *random.Random(3).sample(rest, min(SEEDS_READ, len(rest))))


def test_every_kept_input_is_of_a_target() -> None:
    assert {path.name for path in KEPT.iterdir()} <= set(TARGETS)
    assert BROKEN


@pytest.mark.parametrize(
    ("target", "path"), BROKEN, ids=[f"{target}-{path.name}" for target, path in BROKEN]
)
def test_what_once_broke_a_reader_does_so_no_more(target: str, path: Path) -> None:
    TARGETS[target](path.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_the_seeds_are_read(target: str) -> None:
    for seed in some_seeds(target):
        TARGETS[target](seed)


@pytest.mark.parametrize("target", TARGETS)
@given(st.data())
@settings(max_examples=25, deadline=None)
def test_damaged_seeds_are_read(target: str, data: st.DataObject) -> None:
    """A piece cut out, doubled or overwritten: what the fuzzer does, without its eyes."""
    seed = data.draw(st.sampled_from(some_seeds(target)))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(seed)))
        to = min(len(seed), at + data.draw(st.integers(0, 20)))
        seed = seed[:at] + data.draw(st.binary(max_size=4) | st.just(seed[at:to] * 2)) + seed[to:]
    TARGETS[target](seed)
