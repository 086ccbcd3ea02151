"""Small faults put into the source of a module, one at a time (``tests.mutation`` tries them)."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

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


UNCHANGED: Final = -1


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: where it is, what it is in words, and which of the module's it is."""

    module: str
    line: int
    what: str
    number: int = UNCHANGED

    def source(self) -> str:
        """The module's source with the fault."""
        if self.number == UNCHANGED:
            return source_of(self.module)
        tree = ast.parse(source_of(self.module))
        next(islice(_faults(tree), self.number, None))
        return ast.unparse(ast.fix_missing_locations(tree))


def mutants(name: str) -> Iterator[Mutant]:
    """Every fault of the kinds above in the functions of a module."""
    module = f"vindue.nlp.{name}"
    for number, (line, what) in enumerate(_faults(ast.parse(source_of(module)))):
        yield Mutant(module, line, what, number)


def _faults(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Put in one fault after another, each taken out again before the next."""
    for function in functions(tree):
        for node in values(function):
            for undo, what in changes(node):
                yield getattr(node, "lineno", function.lineno), what
                undo()


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
