"""Flaws → text for people, JSON for programs, annotations for a publishing pipeline."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Final, Literal

from vindue.grammars.linting import FlawLevel, load_lint_rules
from vindue.nlp.printable import printable, printable_json
from vindue.out.lint import Flaw

ReportFormat = Literal["text", "json", "github"]
_GITHUB_LEVEL: Final[dict[FlawLevel, str]] = {
    "error": "error",
    "warning": "warning",
    "hint": "notice",
}
_CONTROL: Final = dict.fromkeys([*range(32), *range(127, 160)], " ")


def report(name: str, flaws: Iterable[Flaw], form: ReportFormat) -> str:
    """The flaws of the file ``name``; empty where there are none, JSON one object a line."""
    write = _WRITERS[form]
    return "".join(f"{write(name, flaw)}\n" for flaw in flaws)


def _text(name: str, flaw: Flaw) -> str:
    said = f"{name}:{flaw.line}:{flaw.column}: {flaw.level} {flaw.rule}: {_told(flaw)}"
    return printable(said.translate(_CONTROL))


def _json(name: str, flaw: Flaw) -> str:
    return printable_json(json.dumps({"file": name, **asdict(flaw)}, ensure_ascii=False))


def _github(name: str, flaw: Flaw) -> str:
    place = f"file={_property(name)},line={flaw.line},col={flaw.column}"
    title = f"title={_property(flaw.rule)}"
    return f"::{_GITHUB_LEVEL[flaw.level]} {place},{title}::{_data(_told(flaw))}"


def _told(flaw: Flaw) -> str:
    if flaw.suggestion is None:
        return flaw.message
    joined = load_lint_rules().messages[flaw.language].joined
    return joined.format(message=flaw.message, suggestion=flaw.suggestion)


def _data(text: str) -> str:
    return printable(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


_WRITERS: Final = {"text": _text, "json": _json, "github": _github}
