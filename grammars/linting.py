"""The rules of the checker for authors and their messages, as data: models and loader."""

from __future__ import annotations

from functools import cache
from string import Formatter
from typing import Annotated, Literal

from pydantic import AfterValidator, model_validator

from vindue.grammars.load import read_table
from vindue.grammars.rendering import RenderLanguage
from vindue.grammars.schema import Data

FlawLevel = Literal["error", "warning", "hint"]
Fix = Literal[
    "day", "year", "before", "interval", "clock", "hour", "word", "system", "used",
]  # fmt: skip
_PLACEHOLDERS = {"found", "used"}


def _fillable(template: str) -> str:
    names = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
    if not names <= _PLACEHOLDERS:
        raise ValueError(f"{template!r}: holds {sorted(names - _PLACEHOLDERS)}")
    return template


Message = Annotated[str, AfterValidator(_fillable)]


class Rule(Data):
    """One thing that an author should know of; ``title``: only where the title says it."""

    name: str
    codes: tuple[str, ...] = ()
    title: bool = False
    level: FlawLevel
    fix: Fix | None = None


class Messages(Data):
    """The messages in one language; ``joined`` adds a suggestion to one."""

    joined: str
    message: dict[str, Message]


class LintRules(Data):
    """All rules with their messages."""

    rules: tuple[Rule, ...]
    messages: dict[RenderLanguage, Messages]

    @model_validator(mode="after")
    def _every_rule_speaks(self) -> LintRules:
        names = {rule.name for rule in self.rules}
        for language, words in self.messages.items():
            if words.message.keys() != names:
                raise ValueError(f"{language}: {sorted(words.message.keys() ^ names)}")
        return self

    def named(self, name: str) -> Rule:
        """The rule of that name; raises ``KeyError``."""
        for rule in self.rules:
            if rule.name == name:
                return rule
        raise KeyError(name)

    def of_code(self, code: str, *, in_title: bool) -> Rule | None:
        """The first rule that speaks of a diagnostic, given where it stands."""
        rules = (rule for rule in self.rules if code in rule.codes)
        return next((rule for rule in rules if in_title or not rule.title), None)


@cache
def load_lint_rules() -> LintRules:
    """Read and check the files; raises ``pydantic.ValidationError`` on a flaw."""
    languages: tuple[RenderLanguage, ...] = ("da", "en")
    messages = {
        language: Messages.model_validate(read_table(language, "lint.toml"))
        for language in languages
    }
    return LintRules(rules=read_table("lint.toml")["rule"], messages=messages)
