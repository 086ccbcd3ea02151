"""Records written out: dates, plural, changes of clock, styles, both languages."""

from __future__ import annotations

import pytest

from tests.out_records import (
    AUTUMN,
    AUTUMN_SECOND,
    EVENING,
    SPRING,
    impact,
    labelled_records,
    make,
    revision,
    window,
)
from vindue.grammars.rendering import RenderLanguage
from vindue.nlp.record import LEVEL_OF
from vindue.out.render import STYLES, Style, headline, render


def test_a_notice_in_english() -> None:
    record = make(
        EVENING,
        impacts=[impact("file", "rejected", "dms-import", "dms-export")],
        systems=["dms-export", "dms-import"],
        resubmit=True,
        fallback="restricted",
        work_orders=["WO0000000000001"],
    )
    assert render(record, "en") == (
        "Service window: DMS Export and DMS Import, Tuesday 20 May 2025\n"
        "\n"
        "DMS Import: Tuesday 20 May 2025, 18:00-23:00\n"
        "\n"
        "Systems concerned: DMS Export and DMS Import\n"
        "\n"
        "• Files sent to DMS Import and DMS Export will be rejected during the service window.\n"
        "\n"
        "Affected entries need to be resubmitted after the service window.\n"
        "The fallback procedure may only be used during the service window if absolutely "
        "necessary.\n"
        "\n"
        "WO0000000000001"
    )


def test_a_notice_in_danish() -> None:
    record = make(
        EVENING | {"status": "completed"},
        impacts=[impact("online", "unavailable", "dms-import")],
        status="completed",
        revisions=[revision("completed", "2025-05-20T21:45:00+02:00")],
    )
    assert render(record, "da") == (
        "Servicevindue: DMS Import, tirsdag den 20. maj 2025\n"
        "\n"
        "Tirsdag den 20. maj 2025 kl. 18.00-23.00\n"
        "\n"
        "Berørte systemer: DMS Import\n"
        "\n"
        "• Onlinesystemet for DMS Import er utilgængeligt under servicevinduet.\n"
        "\n"
        "Opdatering tirsdag den 20. maj 2025 kl. 21.45: Servicevinduet er afsluttet."
    )


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [
        ("en", "DMS Import is available", "DMS Import and Manifest are available"),
        ("da", "DMS Import er tilgængelig ", "DMS Import og Manifestsystemet er tilgængelige "),
    ],
)
def test_one_and_many(language: RenderLanguage, one: str, many: str) -> None:
    single = make(EVENING, impacts=[impact("all", "available", "dms-import")])
    double = make(EVENING, impacts=[impact("all", "available", "dms-import", "manifest")])
    assert one in render(single, language)
    assert many in render(double, language)


def test_an_impact_without_systems_speaks_of_the_systems() -> None:
    record = make(EVENING, impacts=[impact("all", "unavailable")], systems=[])
    assert "• The systems will be unavailable" in render(record, "en")
    assert "• Systemerne er ikke tilgængelige" in render(record, "da")


@pytest.mark.parametrize(
    ("told", "english", "danish"),
    [
        (AUTUMN, "02:45 (DST)-03:15", "kl. 02.45 (sommertid)-03.15"),
        (AUTUMN_SECOND, "02:30 (ST)-04:00", "kl. 02.30 (vintertid)-04.00"),
    ],
)
def test_the_doubled_hour_is_marked(told: dict[str, object], english: str, danish: str) -> None:
    assert english in render(make(told), "en")
    assert danish in render(make(told), "da")


def test_a_change_of_clocks_is_told() -> None:
    assert "one hour longer" in render(make(AUTUMN), "en")
    assert "en time kortere" in render(make(SPRING), "da")
    assert "Note" not in render(make(EVENING), "en")


@pytest.mark.parametrize(
    ("told", "english", "danish"),
    [
        (
            window("2025-05-20T18:00:00+02:00", "2025-05-21T00:00:00+02:00"),
            "Tuesday 20 May 2025, 18:00-24:00",
            "Tirsdag den 20. maj 2025 kl. 18.00-24.00",
        ),
        (
            window("2025-05-20T22:00:00+02:00", "2025-05-21T06:00:00+02:00"),
            "Tuesday 20 May 2025 at 22:00 to Wednesday 21 May 2025 at 06:00",
            "Tirsdag den 20. maj 2025 kl. 22.00 til onsdag den 21. maj 2025 kl. 06.00",
        ),
        (
            window("2025-05-20T18:00:00+02:00", None, open_end=True),
            "From Tuesday 20 May 2025 at 18:00 until further notice",
            "Fra tirsdag den 20. maj 2025 kl. 18.00 og indtil videre",
        ),
        (
            window(
                "2025-05-20T18:00:00+02:00", "2025-05-20T19:00:00+02:00", precision="approximate"
            ),
            "Tuesday 20 May 2025, about 18:00-19:00",
            "Tirsdag den 20. maj 2025 ca. kl. 18.00-19.00",
        ),
        (
            window("2025-05-20T00:00:00+02:00", "2025-05-23T00:00:00+02:00", precision="day"),
            "Tuesday 20 May 2025 to Thursday 22 May 2025, all day",
            "Tirsdag den 20. maj 2025 til torsdag den 22. maj 2025, hele dagen",
        ),
        (
            window(None, "2025-05-20T03:00:00+02:00"),
            "Until Tuesday 20 May 2025 at 03:00",
            "Indtil tirsdag den 20. maj 2025 kl. 03.00",
        ),
    ],
)
def test_intervals(told: dict[str, object], english: str, danish: str) -> None:
    assert english in render(make(told), "en").splitlines()
    assert danish in render(make(told), "da").splitlines()


def test_a_zone_that_is_not_the_readers_is_named() -> None:
    told = window("2025-05-20T12:00:00-04:00", "2025-05-20T13:00:00-04:00")
    record = make(told | {"timezone": "America/New_York"})
    assert "Tuesday 20 May 2025, 12:00-13:00 (America/New_York)" in render(record, "en")
    assert "(America/New_York)" not in render(record, "en", home="America/New_York")


def test_the_plan_stands_in_the_schedule_and_the_new_end_in_the_update() -> None:
    told = EVENING | {"end": "2025-05-21T01:00:00+02:00"}
    record = make(told, revisions=[revision("extended", None, "2025-05-21T01:00:00+02:00")])
    text = render(record, "en")
    assert "Tuesday 20 May 2025, 18:00-23:00" in text
    assert "Update: The service window has been extended until Wednesday 21 May 2025 at 01:00." in (
        text
    )


def test_a_moved_window_tells_its_new_interval() -> None:
    told = EVENING | {"start": "2025-05-22T18:00:00+02:00", "end": "2025-05-22T23:00:00+02:00"}
    record = make(told, revisions=[revision("moved", "2025-05-19")])
    assert (
        "Update Monday 19 May 2025: The service window has been moved. "
        "New time: Thursday 22 May 2025, 18:00-23:00."
    ) in render(record, "en")


def test_a_state_that_no_revision_tells_is_told() -> None:
    assert "Update: The service window has been cancelled." in render(
        make(EVENING, status="cancelled"), "en"
    )


def test_a_window_with_a_state_of_its_own() -> None:
    other = window("2025-05-21T18:00:00+02:00", "2025-05-21T23:00:00+02:00", status="cancelled")
    assert "The service window Wednesday 21 May 2025, 18:00-23:00 has been cancelled." in render(
        make(EVENING, other), "en"
    )


def test_a_window_that_is_still_planned_in_a_notice_that_is_done() -> None:
    done = window("2025-05-21T18:00:00+02:00", "2025-05-21T23:00:00+02:00", status="completed")
    record = make(EVENING, done, status="completed")
    assert "The service window Tuesday 20 May 2025, 18:00-23:00 is still planned." in render(
        record, "en"
    )


def test_an_end_that_no_revision_tells_is_told() -> None:
    record = make(EVENING | {"actual_end": "2025-05-20T22:10:00+02:00"})
    assert "The service window ended Tuesday 20 May 2025 at 22:10." in render(record, "en")


def test_a_bare_family_word_never_follows_the_family() -> None:
    record = make(EVENING, systems=["dms-import", "export"])
    assert "Systems concerned: Export and DMS Import" in render(record, "en")


def test_an_unknown_system_keeps_the_name_that_was_written() -> None:
    found = {"code": "system.unknown", "level": "info", "message": "m"}
    record = make(
        EVENING,
        systems=["netbank-erhverv"],
        diagnostics=[found | {"found": "NetBank Erhverv", "used": "netbank-erhverv"}],
    )
    assert "NetBank Erhverv" in render(record, "en")
    assert "Netbank Erhverv" in render(make(EVENING, systems=["netbank-erhverv"]), "en")


def test_short_is_a_line_a_window() -> None:
    record = make(EVENING, impacts=[impact("file", "rejected", "dms-import")])
    line = "DMS Import: unavailable, Tuesday 20 May 2025, 18:00-23:00"
    assert render(record, "en", "short") == line
    cancelled = make(EVENING | {"status": "cancelled"}, status="cancelled")
    assert render(cancelled, "da", "short").startswith("Aflyst: DMS Import")


def test_the_test_environment_is_named_in_every_style() -> None:
    record = make(EVENING, environments=["test"])
    for style in STYLES:
        assert "test environment" in render(record, "en", style)
        assert "testmiljøet" in render(record, "da", style)


def test_a_headline_tells_a_state_that_is_news() -> None:
    record = make(EVENING | {"status": "cancelled"})
    assert headline(record, record.windows[0], "en") == "Service window: DMS Import (cancelled)"
    plain = make(EVENING)
    assert headline(plain, plain.windows[0], "da") == "Servicevindue: DMS Import"


@pytest.mark.parametrize("effect", LEVEL_OF)
@pytest.mark.parametrize("channel", ["file", "online", "connection", "all"])
def test_every_effect_has_its_own_sentence(channel: str, effect: str) -> None:
    others = [name for name in LEVEL_OF if name != effect]
    for language in ("en", "da"):
        said = _said(channel, effect, language)
        assert said not in {_said(channel, other, language) for other in others}


def _said(channel: str, effect: str, language: str) -> str:
    record = make(EVENING, impacts=[impact(channel, effect, "dms-import")])  # type: ignore[arg-type]
    return render(record, language)  # type: ignore[arg-type]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("language", ["en", "da"])
def test_every_labelled_notice_can_be_written(style: Style, language: RenderLanguage) -> None:
    records = labelled_records()
    assert len(records) > 200
    for case, record in records:
        text = render(record, language, style)
        assert "{" not in text, case.name
        assert text == text.strip()
        assert text or not record.windows, case.name
