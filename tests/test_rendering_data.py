"""The templates as data: placeholders, both languages alike, nothing unknown."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from vindue.grammars.linting import LintRules, load_lint_rules
from vindue.grammars.load import read_table
from vindue.grammars.rendering import Rendering, load_rendering


def _table(language: str) -> dict[str, object]:
    return read_table(language, "render.toml") | {"calendar": read_table(language, "calendar.toml")}


@pytest.mark.parametrize("language", ["en", "da"])
def test_the_templates_are_sound(language: str) -> None:
    assert Rendering.model_validate(_table(language)).calendar.month[4].number == 5


def test_both_languages_hold_the_same_keys() -> None:
    english, danish = _keys(read_table("en", "render.toml")), _keys(read_table("da", "render.toml"))
    assert english == danish
    assert len(english) > 80


def _keys(table: object, place: str = "") -> set[str]:
    """Places of the values; ``one`` and ``many`` may stand for a bare string."""
    if not isinstance(table, dict) or table.keys() == {"one", "many"}:
        return {place}
    return {key for name, value in table.items() for key in _keys(value, f"{place}.{name}")}


@pytest.mark.parametrize(
    ("section", "name", "value"),
    [
        ("date", "day", "{weekday} {month}"),
        ("date", "day", "{weekday} {day} {month} {year} {hour}"),
        ("rule", "resubmit", "{systems}"),
        ("rule", "unknown", "text"),
    ],
)
def test_a_template_with_a_wrong_placeholder_or_key_is_refused(
    section: str, name: str, value: str
) -> None:
    table = _table("en")
    part = table[section]
    assert isinstance(part, dict)
    part[name] = value
    with pytest.raises(ValidationError):
        Rendering.model_validate(table)


def test_a_calendar_that_lacks_a_month_is_refused() -> None:
    table = _table("en")
    calendar = table["calendar"]
    assert isinstance(calendar, dict)
    del calendar["month"][3]
    with pytest.raises(ValidationError, match="every month"):
        Rendering.model_validate(table)


def test_every_rule_of_the_checker_speaks_both_languages() -> None:
    rules = load_lint_rules()
    names = {rule.name for rule in rules.rules}
    assert {"weekday", "title", "year-missing", "order", "past"} <= names
    for words in rules.messages.values():
        assert words.message.keys() == names


def test_a_rule_without_a_message_is_refused() -> None:
    rules = load_lint_rules()
    silent = [*rules.rules, rules.rules[0].model_copy(update={"name": "silent"})]
    with pytest.raises(ValidationError, match="silent"):
        LintRules(rules=tuple(silent), messages=rules.messages)


def test_a_code_finds_the_title_rule_only_in_the_title() -> None:
    rules = load_lint_rules()
    in_title = rules.of_code("conflict.date", in_title=True)
    in_body = rules.of_code("conflict.date", in_title=False)
    assert in_title is not None
    assert in_body is not None
    assert (in_title.name, in_body.name) == ("title", "date")
    assert rules.of_code("work_order.missing", in_title=False) is None


def test_suggestions_need_placeholders_that_are_there() -> None:
    assert load_rendering("en").original.line.format(text="x") == "[original] x"
