"""Who a statement is about: spared systems, contrast, tables, circuits, names by their kin."""

from __future__ import annotations

import pytest

import vindue
from tests.effect_texts import Triple, triples


def told(text: str) -> list[Triple]:
    record = vindue.parse(text, published_at="2026-01-05T10:00:00+01:00")
    return [(tuple(i.systems), i.channel, i.effect) for i in record.impacts]


WORK = "Planned maintenance on Saturday 7 March 2026, 20:00-22:00\n\n"


def test_a_system_named_only_as_spared_takes_no_others_effect() -> None:
    body = "Services on the ring will be down for 20 minutes.\nPennineVoice is not affected."
    assert told(WORK + body) == [
        ((), "all", "unavailable"),
        (("penninevoice",), "all", "unaffected"),
    ]


@pytest.mark.parametrize(
    ("text", "effects"),
    [
        ("Import is open, but slow.", ["available", "delayed"]),
        ("Import er åben, men langsom.", ["available", "delayed"]),
        ("Files to Import will be received, but may be delayed.", ["delayed"]),
        (
            "Import er åben i perioden, bortset fra lørdag, hvor den er lukket.",
            ["available", "unavailable"],
        ),
    ],
)
def test_what_is_contrasted_is_told_twice(text: str, effects: list[str]) -> None:
    assert [effect for _, _, effect in triples(text)] == effects


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Import is down.\nThe water in the tap is not affected.", ["unavailable"]),
        ("Import er nede.\nVandet i hanen er ikke berørt.", ["unavailable"]),
        ("Import is down.\nMobile data is unaffected.", ["unavailable", "unaffected"]),
        ("Import is down.\nUsers will notice nothing.", ["unavailable", "unaffected"]),
    ],
)
def test_a_subject_that_is_no_system_is_not_said_of_the_systems(
    text: str, expected: list[str]
) -> None:
    assert [effect for _, _, effect in triples(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Import: entries that were rejected must be submitted again.",
        "Import: afviste angivelser skal genindsendes.",
        "We postpone the upgrade of Import.",
        "Import must be changed without delay.",
        "Reason for cancellation: the utility of Import has withdrawn its outage request.",
    ],
)
def test_what_is_said_in_passing_states_nothing(text: str) -> None:
    assert triples(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Outage: up to 30 minutes",
        "Interruption per service 1 x 40 min.",
        "Nedetid: op til 30 minutter",
        "Customer outage   up to 30 minutes",
    ],
)
def test_a_length_under_its_word_is_an_outage(text: str) -> None:
    assert told(WORK + text) == [((), "all", "unavailable")]


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        ("Import will not be available, neither for files nor online.", ["file", "online"]),
        ("You can't file VAT returns in Import.", ["all"]),
    ],
)
def test_channels_that_are_told(text: str, channels: list[str]) -> None:
    assert [channel for _, channel, _ in triples(text)] == channels


def test_a_link_under_a_heading_has_two_ends() -> None:
    assert triples("Manifest\n- Connection to DMS Import is closed.") == [
        (("manifest", "dms-import"), "connection", "closed")
    ]


def test_the_numbers_of_circuits_are_no_systems() -> None:
    text = WORK + "Your wavelengths NIT-W-071 and NIT-W-074 will be down for an hour."
    assert told(text) == [((), "all", "unavailable")]


def test_whoever_does_the_work_is_no_system() -> None:
    text = WORK + "Boreal Transport will be performing maintenance. Services will be interrupted."
    assert told(text) == [((), "all", "unavailable")]


def test_names_are_known_by_their_kin() -> None:
    text = WORK + "Mobildata i Rosling Mobil er ustabil. Rosling Bredbånd er ikke berørt."
    assert told(text) == [
        (("rosling-mobil",), "all", "unstable"),
        (("rosling-bredbaand",), "all", "unaffected"),
    ]


def test_each_row_of_a_table_tells_its_system() -> None:
    text = (
        "Planned outages in March\n\n"
        "System          Date             From     To\n"
        "Gas Desk        3 March 2026     09:00    11:00\n"
        "Power Desk      4 March 2026     12:00    14:00\n\n"
        "Gas Desk and Power Desk will be unavailable."
    )
    record = vindue.parse(text, published_at="2026-02-01T10:00:00+01:00")
    assert [window.systems for window in record.windows] == [["gas-desk"], ["power-desk"]]


def test_what_follows_the_procedure_is_still_of_the_procedure() -> None:
    body = (
        "Import is down.\n"
        "The fallback procedure is not for general use. It may only be used for medicine."
    )
    assert triples(body) == [(("import",), "all", "unavailable")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Files can't be sent and will be rejected.",
            [("file", "unavailable"), ("file", "rejected")],
        ),
        (
            "Files are rejected and users can't log in.",
            [("file", "rejected"), ("online", "no_sign_in")],
        ),
        (
            "Files sent to Manifest: rejected. No files will be processed.",
            [("file", "rejected"), ("file", "queued")],
        ),
        ("Sign in to Import won't be possible.", [("online", "no_sign_in")]),
        ("File access: closed", [("file", "unavailable")]),
        ("Online: open", [("online", "available")]),
        ("None of the online systems are affected.", [("online", "unaffected")]),
        ("No. Import won't be available.", [("all", "unavailable")]),
        ("Import shouldn't be affected.", [("all", "unaffected")]),
        ("Ingen af systemerne berøres.", [("all", "unaffected")]),
        ("Please resubmit rejected files when the window is over.", []),
    ],
)
def test_a_statement_has_the_channel_of_its_subject(
    text: str, wanted: list[tuple[str, str]]
) -> None:
    assert [(channel, effect) for _, channel, effect in told(WORK + text)] == wanted
