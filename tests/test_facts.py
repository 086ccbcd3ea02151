"""Work orders and environments, wherever a notice tells them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from vindue.grammars.load import load_profile, profile_names
from vindue.nlp.environments import expand_marks
from vindue.nlp.facts import read_facts
from vindue.nlp.notices import text_notice
from vindue.nlp.readings import Facts
from vindue.nlp.spans import Notice

ZONE = ZoneInfo("Europe/Copenhagen")


def notice(title: str, body: str = "", tags: str = "Manifest") -> Notice:
    text = f"{tags}{title}03-05-2026 kl. 09:00\n\n{body}\n\n01-05-2026 09:00:00\n"
    return text_notice(text, load_profile("skat"), ZONE)


def facts(title: str, body: str = "", tags: str = "Manifest") -> Facts:
    return read_facts(notice(title, body, tags), load_profile("skat"))


def codes(found: Facts) -> list[str]:
    return [finding.code for finding in found.findings]


@pytest.mark.parametrize(
    ("body", "orders"),
    [
        ("WO0000001486689", ["WO0000001486689"]),
        (" WO0000001486689\n\nWO0000001486689", ["WO0000001486689"]),
        ("WO0000001486689WO0000001486689", ["WO0000001486689"]),
        ("Case: WO0000000928478", ["WO0000000928478"]),
        ("WO0000001486689Done 21:45", ["WO0000001486689"]),
        ("Extended to 2300WO0000001486689", ["WO0000001486689"]),
        ("\xa0WO0000001486689, WO0000000928478.", ["WO0000001486689", "WO0000000928478"]),
        ("WO0000000928478\nx\nWO0000001486689", ["WO0000000928478", "WO0000001486689"]),
    ],
)
def test_work_orders(body: str, orders: list[str]) -> None:
    found = facts("PRD-servicewindow", body)
    assert [order.text for order in found.work_orders] == orders
    assert codes(found) == []


@pytest.mark.parametrize("body", ["WO 0000001486689", "wo0000001486689", "WO\xa00000001486689"])
def test_a_work_order_oddly_written_is_put_right_aloud(body: str) -> None:
    source = notice("PRD-servicewindow", body)
    found = read_facts(source, load_profile("skat"))
    assert [order.text for order in found.work_orders] == ["WO0000001486689"]
    assert [order.span.of(source.text) for order in found.work_orders] == [body]
    assert [(f.code, f.found, f.used) for f in found.findings] == [
        ("typo.work_order", body, "WO0000001486689")
    ]


@pytest.mark.parametrize("body", ["", "two 1800", "WO 1800", "TWO0000001486689"])
def test_no_work_order(body: str) -> None:
    found = facts("PRD-servicewindow", body)
    assert found.work_orders == ()
    assert codes(found) == ["work_order.missing"]


def test_a_source_without_work_orders_does_not_miss_them() -> None:
    profile = load_profile("generic")
    found = read_facts(text_notice("Planned work\n\nTonight", profile, ZONE), profile)
    assert codes(found) == ["environment.assumed"]


@pytest.mark.parametrize(
    ("title", "body", "environments"),
    [
        ("PRD-servicewindow DMS", "", ["production"]),
        ("TFE Service Window", "", ["test"]),
        ("TFE/TEST-servicewindow Gateways", "", ["test"]),
        ("TFE/PRD-Servicewindow Manifest", "", ["production", "test"]),
        ("Service window on Custom Systems TFE, Oct. 15", "", ["test"]),
        ("PRD-servicewindow", "TFE-servicewindow Export next week", ["production"]),
        ("Service window", "PRD-servicewindow Tuesday", ["production"]),
        ("Service window", "TFE/TEST-servicewindow Gateways", ["test"]),
        (
            "Service window",
            "This concernes the test environment only - not the production environment",
            ["test"],
        ),
        ("Servicevindue", "Det gælder kun testmiljøet.", ["test"]),
        ("Servicevindue", "Opdatering af testmiljøet og produktionsmiljøet.", ["test"]),
        ("Service window", "The production environment is not affected.", ["test"]),
        ("Service window", "Ikke i testmiljøet.", ["production"]),
        ("Service window", "Blood bank (PROD og TEST)", ["production", "test"]),
        ("Service window", "Environment: Test", ["test"]),
        ("Service window", "Miljø: produktion", ["production"]),
    ],
)
def test_environments_that_are_told(title: str, body: str, environments: list[str]) -> None:
    found = facts(title, f"{body}\n\nWO0000001486689")
    assert list(found.environments) == environments
    assert codes(found) == []
    assert found.environment_spans


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Service window", ""),
        ("Test of the emergency procedure", ""),
        ("Service window", "Download the updates for both TFE (TEST) and PRD (Production) now."),
        ("Service window", "Attestation is closed. PRDX is open."),
    ],
)
def test_environments_that_are_not_told(title: str, body: str) -> None:
    found = facts(title, f"{body}\n\nWO0000001486689")
    assert found.environments == ("production",)
    assert codes(found) == ["environment.assumed"]


def test_a_test_tag_counts_where_the_words_say_nothing() -> None:
    among_others = facts("Service window", "WO0000001486689", "Manifest, TFE (testsystems)")
    alone = facts("Service window", "WO0000001486689", "TFE (testsystems)")
    overruled = facts("PRD-service window", "WO0000001486689", "Manifest, TFE (testsystems)")
    assert among_others.environments == ("production", "test")
    assert codes(among_others) == ["environment.assumed"]
    assert alone.environments == ("test",)
    assert codes(alone) == []
    assert overruled.environments == ("production",)


@pytest.mark.parametrize("name", profile_names())
def test_scope_and_denial_shapes_match_their_examples_and_nothing_else(name: str) -> None:
    profile = load_profile(name)
    marks = tuple(entry.marks for entry in profile.environment)
    for shape in (*profile.scope, *profile.denial):
        pattern = expand_marks(shape.pattern, marks)
        for example in shape.examples:
            assert pattern.search(example), f"{shape.name}: {example}"
        for text in shape.never:
            assert not pattern.search(text), f"{shape.name}: {text}"
