"""The shape of the code: sizes that a person can hold, and no word of a language in the engine."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from vindue.nlp import record

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = [
    *sorted(ROOT.glob("*.py")),
    *(
        path
        for room in ("nlp", "grammars", "corpus")
        for path in sorted(ROOT.glob(f"{room}/**/*.py"))
    ),
]
ENGINE = sorted(ROOT.glob("nlp/**/*.py"))
MAX_FILE = 400
MAX_FUNCTION = 50


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_there_is_something_to_look_at() -> None:
    assert len(ENGINE) > 20
    assert len(phrases()) > 100
    assert len(danish_words()) > 100


@pytest.mark.parametrize("path", PACKAGE, ids=name)
def test_no_file_and_no_function_is_too_long(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= MAX_FILE
    functions = (
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    long = [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > MAX_FUNCTION]
    assert long == []


@pytest.mark.parametrize("path", PACKAGE, ids=name)
def test_every_module_and_every_public_name_is_documented(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    public = (
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    )
    assert [node.name for node in public if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("path", ENGINE, ids=name)
def test_the_engine_holds_no_form_of_the_grammars(path: Path) -> None:
    found = {text.strip().casefold() for text in literals(path)}
    assert found & phrases() == set()
    if path.parent.name != "adapters":  # these hold the words of file formats: "from", "del" …
        assert found & danish_words() == set()


def literals(path: Path) -> list[str]:
    """All string constants of a module that are no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    expressions = (node for node in ast.walk(tree) if isinstance(node, ast.Expr))
    documents = {id(node.value) for node in expressions if isinstance(node.value, ast.Constant)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documents
    ]


@cache
def grammar_forms(language: str) -> frozenset[str]:
    """Every word or phrase that a language's files list, folded."""
    found: set[str] = set()
    for path in sorted(ROOT.glob(f"grammars/{language}/*.toml")):
        found.update(leaves(tomllib.loads(path.read_text(encoding="utf-8"))))
    return frozenset(form.casefold() for form in found if len(form) > 2)


@cache
def phrases() -> frozenset[str]:
    """Forms of several words: no name of a meaning looks like one."""
    return frozenset(form for form in grammar_forms("da") | grammar_forms("en") if " " in form)


@cache
def danish_words() -> frozenset[str]:
    """Danish forms; English ones may be names of meanings, fields or closed values."""
    words = grammar_forms("da") - grammar_forms("en") - contract_words()
    return frozenset(word for word in words if word.isalpha())


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)


def contract_words() -> frozenset[str]:
    """What the record itself says: field names and the values of its closed lists."""
    words: set[str] = set()
    for kind in vars(record).values():
        words.update(str(value) for value in get_args(kind) if isinstance(value, str))
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            words.update(kind.model_fields)
    return frozenset(words)
