"""Where an impact is told: beside a change, in a cell, under a numbered label, in a question."""

from __future__ import annotations

import pytest

from tests.effect_texts import Triple, effects, triples
from vindue import parse


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The activity WILL NOT take place. Your services are not affected.", "unaffected"),
        ("UPDATE 18/11 08.15: Cancelled. LabNet is down until noon.", "unavailable"),
        ("Update 21.10: We work on it, the upgrade is delayed until 23.30.", ""),
    ],
)
def test_a_sentence_beside_a_change_is_heard(text: str, told: str) -> None:
    body = f"{text}\n\nMaintenance: Thursday 19 November 2026, 06:00-07:30\n"
    record = parse(f"Maintenance of LabNet\n\n{body}")
    assert " ".join(i.effect for i in record.impacts) == told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TWM-778101 | Hamburg - Frankfurt | 100GE | Outage", ["unavailable"]),
        ("Service | Type | Outage", []),
        ("3. Impact on customers\n   None", ["unaffected"]),
        ("| Customer impact | The site may respond slower than usual |", ["delayed"]),
        ("Break in service: Two breaks, five minutes each", ["unavailable"]),
        ("Downtime: none expected", ["unaffected"]),
        ("Can I use the portal in the meantime?\nNo.", []),
        ("Will my files be lost?", []),
    ],
)
def test_impacts_in_cells_labels_and_questions(text: str, expected: list[str]) -> None:
    told = effects(f"Planned maintenance\n{text}")
    assert [i.effect for i in told.impacts] == expected


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("BookTrail, our online catalog, will be down.", "all"),
        ("The web interface, StatWeb, is unavailable.", "all"),
        ("The online system of StatWeb is unavailable.", "online"),
    ],
)
def test_words_that_only_describe_a_system_tell_no_channel(text: str, channel: str) -> None:
    assert [i.channel for i in effects(text).impacts] == [channel]


def test_a_paragraph_of_its_own_leaves_the_channel_of_the_heading() -> None:
    body = "Fjordbank Business\nOnline:\nYou cannot log on.\n\nValutaTerminal is not affected."
    told: list[Triple] = triples(body, "Maintenance of Fjordbank Business")
    assert told[-1] == (("valutaterminal",), "all", "unaffected")


def test_both_systems_are_those_of_the_notice() -> None:
    body = "Import: Monday\nExport: Tuesday\nBoth systems are closed online."
    assert triples(body, "Import and Export") == [(("import", "export"), "online", "unavailable")]


@pytest.mark.parametrize(
    ("text", "systems"),
    [
        ("Gateway maintenance in Redu: terminals will be offline.", ()),
        ("Servicevindue: Gateways are closed.", ("gateways",)),
        ("Reload of NCS chassis: ports out of service.", ()),
        ("Cliente: TRANSIT DK\nDowntime: 240 minutes", ()),
    ],
)
def test_words_of_other_trades_need_another_sign(text: str, systems: tuple[str, ...]) -> None:
    assert effects(text).systems == systems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Services are at risk during the activity.", ["unstable"]),
        ("No service impact is expected. Services are at risk.", ["unaffected"]),
        ("Effect: loss of redundancy, no outage", ["unaffected"]),
        (
            "Users will be logged out and cannot log in again until the work is done.",
            ["no_sign_in"],
        ),
    ],
)
def test_a_risk_counts_where_nothing_else_is_told(text: str, expected: list[str]) -> None:
    assert [i.effect for i in effects(f"Planned maintenance\n{text}").impacts] == expected


@pytest.mark.parametrize(
    ("text", "demanded"),
    [
        ("Rejected declarations shall be lodged again.", True),
        ("Brugere skal indsende deres angivelse igen.", True),
        ("Please submit the rejected files once more.", True),
        ("There is no need to resend files.", False),
        ("No resubmission is necessary.", False),
        ("Files that fail are resent automatically.", False),
        ("Vi gensender de fejlede beskeder.", False),
        ("If you get an error, please try to submit again later.", False),
    ],
)
def test_who_sends_again(text: str, demanded: bool) -> None:
    assert effects(f"DMS Import\n{text}").resubmit is demanded


@pytest.mark.parametrize(
    ("text", "fallback"),
    [
        ("Nødproceduren må ikke tages i brug.", "not_allowed"),
        ("Nødproceduren gælder ikke under servicevinduet.", "not_allowed"),
        ("Use of fallback is restricted to urgent consignments.", "restricted"),
        ("The fallback procedure is allowed, except for NCTS.", "restricted"),
        ("If it is strictly necessary, the fallback procedure may be used.", "restricted"),
        ("Fallback applies from 2000.", "allowed"),
    ],
)
def test_what_is_said_of_the_fallback_procedure(text: str, fallback: str) -> None:
    assert effects(f"DMS Import\n{text}").fallback == fallback
