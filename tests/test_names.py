"""Names outside the registry: where a run of words begins and ends, and where it counts."""

from __future__ import annotations

import pytest

from tests.effect_texts import effects


@pytest.mark.parametrize(
    ("text", "systems"),
    [
        (
            "Larkwing Tickets is down. Larkwing Status is unaffected.",
            "larkwing-status larkwing-tickets",
        ),
        ("Attribute Service is not affected.", "attribute-service"),
        ("BushBank Internet Banking will be unavailable.", "bushbank-internet-banking"),
        ("e-Banking and PayEasy will be suspended.", "e-banking payeasy"),
        ("SuperView's upgrade is on Friday. SuperView won't be available.", "superview"),
        ("FlightWall displays will continue to work.", "flightwall"),
        ("Eduroam i kantinen er ikke berørt.", "eduroam"),
        ("Offlinekøb i PulsTerminal er ikke berørt.", "pulsterminal"),
        ("Bestillinger fra Prøvekurven kommer frem med forsinkelse.", "proevekurven"),
        ("Databaseserveren db4 er ikke berørt.", "db4"),
        ("Leafline Finder - unavailable from about 9am.", "leafline-finder"),
        ("Your boarding pass in the Sundlink app works as always.", "sundlink-app"),
        ("Vi forventer ikke, at Lækagealarm bliver berørt.", "laekagealarm"),
    ],
)
def test_a_name_is_read_whole(text: str, systems: str) -> None:
    assert " ".join(effects(text).systems) == systems


@pytest.mark.parametrize(
    ("text", "systems"),
    [
        ("Maintenance on node fra-07. It will be offline.", "fra-07"),
        ("srv-odense-07 er offline i 25 minutter.", "srv-odense-07"),
        ("Your VPS on kbh-31 will be powered off.", "kbh-31"),
        ("Your ports on fra-sw4 will be down.", ""),
        ("Members with LAG to edge-osk4: not affected.", ""),
    ],
)
def test_a_server_has_a_name_and_network_equipment_none(text: str, systems: str) -> None:
    assert " ".join(effects(text).systems) == systems


@pytest.mark.parametrize(
    ("title", "systems"),
    [
        ("SUNDA GATE CABLE SYSTEM - PLANNED WORKS NOTIFICATION", "sunda-gate"),
        ("Planned work on the Mahina cable system", "mahina"),
        ("VEDLIGEHOLD AF BILLETNU", ""),
    ],
)
def test_the_words_behind_a_name_say_its_kind(title: str, systems: str) -> None:
    assert " ".join(effects("Traffic will be interrupted.", title).systems) == systems


@pytest.mark.parametrize(
    "text",
    [
        "RFC 5730 does not affect you.",
        "CHG0092231 will affect services.",
        "Your waves in Zwolle will be interrupted.",
        "Digitaliseringsstyrelsen oplyser, at der kan forekomme ustabilitet.",
        "ATM services will not be affected.",
        "None of it is affected.",
    ],
)
def test_what_is_written_as_a_name_and_is_none(text: str) -> None:
    assert effects(text).systems == ()


def test_a_notice_of_lines_and_circuits_names_places_rather_than_systems() -> None:
    body = "Circuit ID: ABC-100\nFibre works at Kolding.\nMasterton will be down, PennineVoice too."
    assert effects(f"{body}\nPennineVoice will be down.").systems == ("penninevoice",)


@pytest.mark.parametrize(
    ("title", "body", "systems"),
    [
        ("Maintenance of MapSource", "MapSource API is down.", "mapsource-api"),
        (
            "PlayForge: server maintenance",
            "All servers of Knightfall will be offline.",
            "knightfall",
        ),
        ("Planlagt nedetid", "System: Havnelog\nAnløb kan ikke registreres.", "havnelog"),
        ("Vedligehold", "Vedligehold hos BankCentralen. Overførsler kan være forsinket.", ""),
        ("Vi flytter systemer", "Imens kan du ikke bruge Nordlys Netbank.", "nordlys-netbank"),
        (
            "Maintenance",
            "We will be upgrading the layer behind Pebble Docs. It is slow.",
            "pebble-docs",
        ),
    ],
)
def test_a_name_in_the_title_alone_and_a_thing_in_a_system(
    title: str, body: str, systems: str
) -> None:
    assert " ".join(effects(body, title).systems) == systems


@pytest.mark.parametrize(
    ("title", "body", "systems"),
    [
        ("Tenders", "The tender portal is closed from 18:00.", "tender-portal"),
        ("Driftsinfo", "Fra kl. 18 er det sådan, at kundeportalen er nede.", "kundeportalen"),
        ("Maintenance", "The portal is closed from 18:00.", ""),
        ("Maintenance", "The whole system is down from 18:00.", ""),
        ("Maintenance of BilletNu", "The tender portal is closed.", "billetnu"),
    ],
)
def test_a_system_is_called_by_its_kind_where_none_is_named(
    title: str, body: str, systems: str
) -> None:
    assert " ".join(effects(body, title).systems) == systems


@pytest.mark.parametrize(
    ("text", "systems"),
    [
        ("SmåFærgen: Sejlplan-app og SmåBillet er nede i dag.", "sejlplan-app smaabillet"),
        ("LabelHub: offline 10pm Sat 4 Apr.", "labelhub"),
        ("Tickets may be sold through Quickfare as normal.", "quickfare"),
        ("Servicevinduet på Mit Tryghus bliver kortere.", "mit-tryghus"),
        ("Virker app'en Lommepension? Nej, den kan ikke bruges.", "lommepension"),
        ("Vandkonto har været nede siden kl. 06.20.", "vandkonto"),
        ("eBooks on ListenShelf can be borrowed as usual.", "listenshelf"),
    ],
)
def test_names_where_a_notice_begins_with_its_sender_or_leads_to_them(
    text: str, systems: str
) -> None:
    assert " ".join(effects(text).systems) == systems


def test_a_word_for_a_kind_of_system_leads_to_its_name() -> None:
    body = "Onsdag kl. 13 opdateres vagtplansystemet Turnus. Du kan ikke bytte vagter."
    assert effects(body).systems == ("turnus",)
