"""Can the tests fail? Small faults in the resolver and the time grammar, one at a time.

``python -m tests.mutation --sample 300``: each mutant is read into a process of
its own, which reads the corpus' notices that reach the changed line and holds
the records against those of the program as it is, as the snapshots do; what
they don't notice, the tests of the stages must. Prints what survived, and the
score; of notices it tells how many reach a line, and no more.

The common tools want a package in a folder of its own name, and start Python
for each mutant; here a fork does.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import gc
import importlib
import inspect
import io
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import _lru_cache_wrapper, partial
from pathlib import Path
from types import CodeType, FunctionType
from typing import Final

import pytest

import vindue
from tests.mutants import Mutant, functions, mutants, source_of
from vindue.corpus.cases import Case, load_cases
from vindue.nlp.output import write_json
from vindue.nlp.pipeline import load_readers

ROOT: Final = Path(__file__).resolve().parents[1]
RESOLVER: Final = (
    "days", "drafts", "occurrences", "windows", "fold", "sayings", "weighing", "witnesses",
    "announced", "instants", "tellings", "told_apart", "listed_days", "doubts", "earlier",
    "events", "unread", "surety",
)  # fmt: skip
GRAMMAR: Final = (
    "mentions.intervals",
    "mentions.assembling",
    "mentions.clocks",
    "mentions.dates",
    "mentions.atoms",
)
STAGE_TESTS: Final = {
    "days": ("test_days.py",),
    "instants": ("test_instants.py",),
    "mentions": ("test_time_grammar.py", "test_time_edges.py", "test_month_first.py"),
}
ALWAYS: Final = (
    *sorted(path.name for path in (ROOT / "tests").glob("test_resolver*.py")),
    "test_cases.py", "test_changes_told.py", "test_time_phrases.py", "test_fields.py",
    "test_assemble.py", "test_unseen.py",
)  # fmt: skip
CPU_SECONDS: Final = 120
MEMORY: Final = 3_000_000_000
"""A fault may fill a list for ever: that counts as noticed, and must not take the machine."""


def infect(name: str, source: str) -> None:
    """Give the functions of a loaded module the code of another source."""
    module = sys.modules[name]
    code = compile(source, inspect.getfile(module), "exec")
    codes = {inner.co_qualname: inner for inner in _inner(code)}
    for owner in (module, *(c for c in vars(module).values() if inspect.isclass(c))):
        if getattr(owner, "__module__", name) != name:
            continue
        for value in list(vars(owner).values()):
            inner = value.fget if isinstance(value, property) else value
            if not callable(inner):
                continue
            function = inspect.unwrap(inner)
            if isinstance(function, FunctionType) and function.__module__ == name:
                found = codes.get(function.__code__.co_qualname)
                if found and found.co_freevars == function.__code__.co_freevars:
                    function.__code__ = found


def _inner(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _inner(constant)


def forget() -> None:
    """Empty the caches that hold what was read; those without a bound hold the grammar."""
    for found in gc.get_objects():
        if isinstance(found, _lru_cache_wrapper) and found.cache_info().maxsize is not None:
            found.cache_clear()


def read(case: Case) -> str:
    """The record of a case, as it is printed."""
    return write_json(vindue.parse(case.text, published_at=case.label.published_at))


Stretch = tuple[str, int, int]
"""A module and the first and the last line of a statement, or of the head of a block."""


def probed(module: str, note: str) -> str:
    """The source of a module that calls ``note`` before every statement, with its lines."""
    tree = ast.parse(source_of(module))
    inside = [node for function in list(functions(tree)) for node in ast.walk(function)]
    blocks = {id(block): block for node in inside for block in _blocks(node)}
    for block in blocks.values():
        told = [(ast.parse(f"{note}({_lines(part)})").body[0], part) for part in block]
        block[:] = [part for both in told for part in both]
    return ast.unparse(ast.fix_missing_locations(tree))


def _blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    for name in ("body", "orelse", "finalbody"):
        block = getattr(node, name, None)
        if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
            yield block


def _lines(part: ast.stmt) -> str:
    block = next(_blocks(part), None)
    last = block[0].lineno - 1 if block is not None else part.end_lineno
    return f"{part.lineno}, {max(part.lineno, last or 0)}"


def lines_reached(cases: list[Case], modules: list[str]) -> dict[str, set[Stretch]]:
    """What reading each case runs of some modules; they are left as they were."""
    found: set[Stretch] = set()
    for module in modules:
        note = partial(lambda name, first, last: found.add((name, first, last)), module)
        vars(sys.modules[module])["_note_lines"] = note
        infect(module, probed(module, "_note_lines"))
    reached: dict[str, set[Stretch]] = {}
    for case in cases:
        found.clear()
        forget()
        read(case)
        reached[case.name] = set(found)
    for module in modules:
        infect(module, source_of(module))
    forget()
    return reached


def try_out(mutant: Mutant, cases: list[Case], expected: dict[str, str]) -> int:
    """The process that tries whether the corpus or the tests of the stages notice a mutant.

    It ends with 0 where they don't.
    """
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        noticed = True
        try:
            infect(mutant.module, mutant.source())
            forget()
            noticed = any(read(case) != expected[case.name] for case in cases)
            if not noticed:
                stage = mutant.module.split(".")[2]
                noticed = run_tests((*STAGE_TESTS.get(stage, ()), *ALWAYS)) != 0
        finally:
            os._exit(1 if noticed else 0)
    return child


def run_tests(names: tuple[str, ...], *options: str) -> int:
    """The tests of these files, in this process."""
    paths = [str(ROOT / "tests" / name) for name in names]
    plain = ("-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly")
    return int(pytest.main([*plain, *options, *paths]))


def read_tests() -> None:
    """Read every test in, so that no mutant's process has to; none is run."""
    every = (name for names in STAGE_TESTS.values() for name in names)
    with contextlib.redirect_stdout(io.StringIO()):
        run_tests((*every, *ALWAYS), "--collect-only")


@dataclass(frozen=True, slots=True)
class Proving:
    """What mutants are tried against: notices, their records, and who runs which line."""

    cases: list[Case]
    expected: dict[str, str]
    reached: dict[str, set[Stretch]]

    def reaching(self, mutant: Mutant) -> list[Case]:
        """The notices that run the statement of a mutant."""
        return [
            case
            for case in self.cases
            if any(
                name == mutant.module and first <= mutant.line <= last
                for name, first, last in self.reached[case.name]
            )
        ]

    def outcomes(self, chosen: list[Mutant], jobs: int) -> Iterator[tuple[Mutant, int]]:
        """Each mutant as it is done, ``jobs`` tried at a time, with how its process ended.

        0: it survived; below that: it ran out of its time.
        """
        running: dict[int, Mutant] = {}
        waiting = list(reversed(chosen))
        while running or waiting:
            while waiting and len(running) < jobs:
                mutant = waiting.pop()
                running[try_out(mutant, self.reaching(mutant), self.expected)] = mutant
            child, status = os.waitpid(-1, 0)
            yield running.pop(child), os.waitstatus_to_exitcode(status)


def proving(names: list[str]) -> Proving:
    """Read every notice twice: once watched, to know whom a line concerns, once not."""
    cases = load_cases()
    reached = lines_reached(cases, [f"vindue.nlp.{name}" for name in names])
    return Proving(cases, {case.name: read(case) for case in cases}, reached)


def main() -> None:
    """See the top of the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=300, help="mutants tried; 0: all")
    parser.add_argument("--seed", type=int, nargs="+", default=[1], help="a sample each")
    parser.add_argument("--jobs", type=int, default=1, help="mutants tried at a time")
    parser.add_argument("modules", nargs="*", default=[*RESOLVER, *GRAMMAR])
    asked = parser.parse_args()
    load_readers()
    names = [name for name in asked.modules if importlib.util.find_spec(f"vindue.nlp.{name}")]
    every = [mutant for name in names for mutant in mutants(name)]
    read_tests()
    tried = proving(names)
    print(f"{len(every)} mutants, {len(tried.cases)} notices", flush=True)
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    sound = Mutant(every[0].module, 0, "none")
    _, status = os.waitpid(try_out(sound, tried.cases, tried.expected), 0)
    if status != 0:
        sys.exit("the tests fail without a fault, so they would notice any")
    for seed in asked.seed:
        sampled = 0 < asked.sample < len(every)
        chosen = random.Random(seed).sample(every, asked.sample) if sampled else every
        begun, alive, endless = time.monotonic(), 0, 0
        for number, (mutant, end) in enumerate(tried.outcomes(chosen, asked.jobs), start=1):
            endless += end < 0
            if end == 0:
                alive += 1
                told = f"{mutant.module}:{mutant.line}: {mutant.what}"
                print(f"{told} ({len(tried.reaching(mutant))}; {alive} of {number})", flush=True)
        took, killed = time.monotonic() - begun, 1 - alive / len(chosen)
        print(f"seed {seed}: {len(chosen)} tried in {took:.0f} s, {endless} without an end")
        print(f"seed {seed}: {killed:.1%} killed", flush=True)


if __name__ == "__main__":
    main()
