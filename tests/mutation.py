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
import copy
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
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import _lru_cache_wrapper
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Final

import pytest

import vindue
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
SKIPPED: Final = ("__init__", "__post_init__", "_items")
NOT_RUN: Final = ("annotation", "returns", "decorator_list", "defaults", "kw_defaults")

SWAPS: Final[dict[type[ast.AST], tuple[type[ast.AST], ...]]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt), ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,), ast.And: (ast.Or,),
    ast.Or: (ast.And,), ast.Add: (ast.Sub,), ast.Sub: (ast.Add,), ast.Mult: (ast.Add,),
    ast.Mod: (ast.Mult,), ast.FloorDiv: (ast.Mult,), ast.BitOr: (ast.BitAnd,),
}  # fmt: skip
NAMES: Final = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True)
class Mutant:
    """One fault: where it is, what it is in words, and the module's source with it."""

    module: str
    line: int
    what: str
    source: str


def mutants(name: str) -> Iterator[Mutant]:
    """Every fault of the kinds above in the functions of a module."""
    module = importlib.import_module(f"vindue.nlp.{name}")
    tree = ast.parse(source_of(module.__name__))
    for function in functions(tree):
        for node in values(function):
            for undo, what in changes(node):
                fault = ast.unparse(ast.fix_missing_locations(copy.deepcopy(tree)))
                line = getattr(node, "lineno", function.lineno)
                undo()
                yield Mutant(module.__name__, line, what, fault)


def source_of(module: str) -> str:
    """The source of a module as it is."""
    return Path(inspect.getfile(importlib.import_module(module))).read_text(encoding="utf-8")


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """All functions that run while a notice is read."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name not in SKIPPED:
            node.body = [part for part in node.body if not _is_words(part)] or [ast.Pass()]
            yield node


def values(node: ast.AST) -> Iterator[ast.AST]:
    """A node and all below it that is run when the function is; types and decorators are not."""
    yield node
    for name, field in ast.iter_fields(node):
        if name not in NOT_RUN:
            for part in field if isinstance(field, list) else (field,):
                if isinstance(part, ast.AST):
                    yield from values(part)


def _is_words(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


Change = tuple[Callable[[], None], str]


def changes(node: ast.AST) -> Iterator[Change]:
    """Change ``node`` in place, again and again; each change comes with how to undo it."""
    for kind, make in KINDS.items():
        if isinstance(node, kind):
            yield from make(node)


def _compare(node: ast.Compare) -> Iterator[Change]:
    for at, sign in enumerate(node.ops):
        for other in SWAPS.get(type(sign), ()):
            ops = [*node.ops[:at], other(), *node.ops[at + 1 :]]
            yield from _put(node, "ops", ops, f"{_sign(sign)} -> {other.__name__}")


def _operator(node: ast.BinOp | ast.BoolOp) -> Iterator[Change]:
    for other in SWAPS.get(type(node.op), ()):
        yield from _put(node, "op", other(), f"{_sign(node.op)} -> {other.__name__}")


def _operands(node: ast.BoolOp) -> Iterator[Change]:
    yield from _operator(node)
    for at in range(len(node.values)):
        rest = node.values[:at] + node.values[at + 1 :]
        yield from _put(node, "values", rest, f"operand {at} of {_sign(node.op)} left out")


def _not(node: ast.UnaryOp) -> Iterator[Change]:
    if isinstance(node.op, ast.Not):
        # a second "not" undoes the first, and leaves a truth
        inside = ast.UnaryOp(ast.Not(), node.operand)
        yield from _put(node, "operand", inside, "not left out")


def _constant(node: ast.Constant) -> Iterator[Change]:
    if type(node.value) is int:
        yield from _put(node, "value", node.value + 1, f"{node.value} -> {node.value + 1}")
    elif type(node.value) is bool:
        yield from _put(node, "value", not node.value, f"{node.value} -> {not node.value}")


def _name(node: ast.Name) -> Iterator[Change]:
    if node.id in NAMES:
        yield from _put(node, "id", NAMES[node.id], f"{node.id} -> {NAMES[node.id]}")


def _condition(node: ast.If | ast.IfExp) -> Iterator[Change]:
    for value in (True, False):
        yield from _put(node, "test", ast.Constant(value), f"condition -> {value}")


def _return(node: ast.Return) -> Iterator[Change]:
    if node.value is not None and not isinstance(node.value, ast.Constant):
        yield from _put(node, "value", ast.Constant(None), "returns None")


def _keyword(node: ast.keyword) -> Iterator[Change]:
    if node.arg and not isinstance(node.value, ast.Constant):
        yield from _put(node, "value", ast.Constant(None), f"{node.arg}=None")


KINDS: Final[dict[type[ast.AST], Callable[..., Iterator[Change]]]] = {
    ast.Compare: _compare, ast.BinOp: _operator, ast.BoolOp: _operands, ast.UnaryOp: _not,
    ast.Constant: _constant, ast.Name: _name, ast.If: _condition, ast.IfExp: _condition,
    ast.Return: _return, ast.keyword: _keyword,
}  # fmt: skip


def _sign(node: ast.AST) -> str:
    return type(node).__name__


def _put(node: ast.AST, field: str, value: object, what: str) -> Iterator[Change]:
    before = getattr(node, field)
    setattr(node, field, value)
    yield (lambda: setattr(node, field, before)), what


def infect(mutant: Mutant) -> None:
    """Give the functions of the loaded module the code of the mutant's."""
    module = sys.modules[mutant.module]
    fresh = ModuleType(mutant.module)
    fresh.__dict__.update(module.__dict__)
    code = compile(mutant.source, inspect.getfile(module), "exec")
    codes = {inner.co_qualname: inner for inner in _inner(code)}
    for owner in (module, *(c for c in vars(module).values() if inspect.isclass(c))):
        if getattr(owner, "__module__", mutant.module) != mutant.module:
            continue
        for value in list(vars(owner).values()):
            inner = value.fget if isinstance(value, property) else value
            if not callable(inner):
                continue
            function = inspect.unwrap(inner)
            if isinstance(function, FunctionType) and function.__module__ == mutant.module:
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


def lines_reached(case: Case, files: dict[str, str]) -> set[tuple[str, int]]:
    """The lines of some files that reading a case runs."""
    found: set[tuple[str, int]] = set()

    def trace(frame: FrameType, event: str, _: object) -> object:
        module = files.get(frame.f_code.co_filename)
        if module is None:
            return None
        if event == "line":
            found.add((module, frame.f_lineno))
        return trace

    forget()
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        read(case)
    finally:
        sys.settrace(None)
    return found


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
            infect(mutant)
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
    reached: dict[str, set[tuple[str, int]]]

    def reaching(self, mutant: Mutant) -> list[Case]:
        """The notices that run the line of a mutant."""
        place = (mutant.module, mutant.line)
        return [case for case in self.cases if place in self.reached[case.name]]

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
    files = {inspect.getfile(sys.modules[f"vindue.nlp.{n}"]): f"vindue.nlp.{n}" for n in names}
    cases = load_cases()
    reached = {case.name: lines_reached(case, files) for case in cases}
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
    sound = replace(every[0], source=source_of(every[0].module))
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
