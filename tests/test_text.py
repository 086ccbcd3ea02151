"""A bare text: which first line is a title."""

from __future__ import annotations

from typing import Any

import pytest

import vindue


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Planlagt vedligehold\n\nI aften lukkes systemet.", "Planlagt vedligehold"),
        ("\n\n  Planned works  \r\n\r\nTonight.", "Planned works"),
        ("\ufeffPlanned works\nTonight.", "Planned works"),
        ("To be continued …\nTonight.", "To be continued …"),
        ("I aften lukkes systemet.\n\nHilsen os", ""),
        ("Kære kunde\n\nI aften lukkes systemet.", ""),
        ("Hi,\n\nThe system is closed tonight.", ""),
        ("Dear customers\n\nThe system is closed tonight.", ""),
        ("Planned works tonight", ""),
        ("-----\nPlanned works\nTonight", ""),
        ("a" * 200 + "\nTonight", ""),
    ],
)
def test_title_of_a_text(text: str, title: str) -> None:
    record = vindue.parse(text)
    assert record.title == title
    assert record.source.start == 0
    assert record.source.end == len(text)


@pytest.mark.parametrize("text", ["", " \n\t\xa0"])
def test_a_blank_text_is_a_record_with_an_error(text: str) -> None:
    record = vindue.parse(text)
    assert "text.empty" in [d.code for d in record.diagnostics if d.level == "error"]


def test_published_at_counts_where_the_text_bears_no_stamp() -> None:
    told = vindue.parse("Planned works\n\nTonight.", published_at="2026-07-02T10:15")
    stamped = vindue.parse(
        "ManifestPRD-servicewindow18-05-2026 kl. 09:00\n\nDone.\n\n18-05-2026 08:45:00",
        published_at="2020-01-01",
    )
    assert told.published_at == "2026-07-02T10:15:00+02:00"
    assert stamped.published_at == "2026-05-18T08:45:00+02:00"


def test_published_at_is_told_in_the_zone_of_the_notice() -> None:
    record = vindue.parse(
        "Works\n\nTonight.", published_at="2026-07-02T10:15Z", timezone="Asia/Tokyo"
    )
    assert record.published_at == "2026-07-02T19:15:00+09:00"


@pytest.mark.parametrize(
    "settings",
    [{"profile": "nowhere"}, {"timezone": "Europe/Nowhere"}, {"timezone": "../../etc/passwd"}],
)
def test_settings_that_can_not_be_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"unknown (profile|time zone)"):
        vindue.parse("Planned works\n\nTonight.", **settings)
    with pytest.raises(ValueError, match=r"unknown (profile|time zone)"):
        vindue.parse_page("Planned works\n\nTonight.", **settings)


def test_a_published_at_that_is_no_time_is_refused() -> None:
    with pytest.raises(ValueError, match="ISO 8601"):
        vindue.parse("Planned works\n\nTonight.", published_at="yesterday")


def test_lone_surrogates_are_replaced_and_move_nothing() -> None:
    record = vindue.parse("Works \ud800 now\n\nTonight.")
    assert record.title == "Works \ufffd now"
    assert record.model_dump_json(by_alias=True)


def test_a_text_of_no_known_source_is_one_notice_of_a_page() -> None:
    (record,) = vindue.parse_page("Planned works\n\nTonight.")
    assert record.source.profile == "generic"
    assert vindue.parse_page(" \n") == []
