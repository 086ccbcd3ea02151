"""Names of systems: longest match, lists, near misspellings, everyday words, unknown names."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path

import pytest

from tests.effect_texts import effects, notice, reader
from vindue.grammars.registry import Family, System, load_registry
from vindue.nlp.mentions.gazetteer import fold

ROOT = Path(__file__).resolve().parents[1]
CONTRACT = [
    "dms-import",
    "dms-export",
    "dms-forsendelse",
    "import",
    "export",
    "ncts",
    "ics",
    "ics2",
    "manifest",
    "emcs",
    "ntse",
    "nemlog-in",
    "mitid",
    "nemid",
    "tillidstjenester",
    "gateways",
    "ftps-gateway",
    "as4-gateway",
    "traderportal",
    "eu-ctp",
    "ipep",
    "uum-ds",
    "rex",
    "inf",
    "ebti",
    "eaeo",
    "toldbevilling",
    "cbam",
    "dkcrs",
    "quota",
    "sso",
    "taric",
    "ecs",
    "manifest-2",
    "certifikatportalen",
    "den-centrale-sikkerhedsloesning",
    "customs-systems",
    "eu-systems",
]
REGISTRY = load_registry()
SYSTEMS = (*REGISTRY.system, *REGISTRY.group)


def ids(text: str) -> list[str]:
    return [ident for mention in reader().systems_in(text) for ident in mention.ids]


# --- the registry -------------------------------------------------------------


def test_the_registry_has_every_id_of_the_contract() -> None:
    assert set(CONTRACT) <= {system.id for system in SYSTEMS}


def test_a_name_stands_for_one_id() -> None:
    owner: dict[str, str] = {}
    for system in SYSTEMS:
        for name in system.names:
            assert owner.setdefault(fold(name), system.id) == system.id


def test_ids_that_the_registry_points_to_exist() -> None:
    known = {system.id for system in SYSTEMS}
    for system in SYSTEMS:
        assert set(system.supersedes) <= known
    for group in REGISTRY.group:
        assert set(group.members) <= known
    for family in REGISTRY.family:
        assert set(family.ids) <= known


@pytest.mark.parametrize("path", sorted(ROOT.glob("grammars/systems/*.toml")), ids=lambda p: p.stem)
def test_names_are_composed_trimmed_and_sorted(path: Path) -> None:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    for entry in (*data.get("system", ()), *data.get("group", ())):
        for key in ("aliases", "plain", "seen", "members", "supersedes"):
            names = entry.get(key, [])
            assert names == sorted(names, key=str.casefold), (entry["id"], key)
            assert all(n == unicodedata.normalize("NFC", n.strip()) for n in names)


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda s: s.id)
def test_every_name_is_read_as_its_system(system: System) -> None:
    for name in system.names:
        assert ids(f"The online system for {name} will be unavailable.") == [system.id], name


@pytest.mark.parametrize("family", REGISTRY.family, ids=lambda f: f.name)
def test_a_family_names_its_members(family: Family) -> None:
    for name in family.names:
        assert sorted(ids(f"Files sent to {name} will fail.")) == list(family.ids)


# --- lists and longest match --------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "DMS Import/DMS Export\n/DMS Forsendelse",
            ["dms-import", "dms-export", "dms-forsendelse"],
        ),
        ("DMS Import, Export and Forsendelse", ["dms-import", "dms-export", "dms-forsendelse"]),
        ("DMS Import/Export", ["dms-import", "dms-export"]),
        ("DMS (Import, Export og Transit)", ["dms-import", "dms-export", "dms-forsendelse"]),
        ("Import/DMS Import/DMS Export", ["import", "dms-import", "dms-export"]),
        ("DMS Import, DMS Eksport, Import", ["dms-import", "dms-export", "import"]),
        (
            "Import Export NCTS (Transit) Import Control System (ICS) Manifest",
            ["import", "export", "ncts", "ics", "manifest"],
        ),
        ("Import; Export; Manifest", ["import", "export", "manifest"]),
        ("Import + Export & Manifest", ["import", "export", "manifest"]),
        ("ICS2 and ICS", ["ics2", "ics"]),
        ("Manifest-2", ["manifest-2"]),
        ("UUM&DS", ["uum-ds"]),
        ("NemLog-In (MitID)", ["nemlog-in"]),
        ("NemLog-in og MitID", ["nemlog-in", "mitid"]),
        ("Toldportalen (DMS-Import)", ["dms-import"]),
        ("FTPS Gateway and AS4 Gateway", ["ftps-gateway", "as4-gateway"]),
    ],
)
def test_lists(text: str, expected: list[str]) -> None:
    assert ids(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DMP Import", ["dms-import"]),
        ("Manifes", ["manifest"]),
        ("Mainfest", ["manifest"]),
        ("Import Control Sytem", ["ics"]),
        ("DMS Forsendlese", ["dms-forsendelse"]),
        ("Toldbeviling", ["toldbevilling"]),
        ("Traderprtal", ["traderportal"]),
    ],
)
def test_misspellings(text: str, expected: list[str]) -> None:
    assert ids(f"Files sent to {text} will fail.") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Import declarations may be lodged as usual in 2025.",
        "The goods are in transit until 12.30.",
        "We export goods to 30 countries.",
        "Transit times are 3 days.",
        "An expert will call you before 12.00.",
        "They report the exports of 2024.",
        "The quota for 2025 is used up.",
    ],
)
def test_everyday_words_are_no_systems(text: str) -> None:
    assert ids(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Files for import, export, ncts will be processed.", ["import", "export", "ncts"]),
        ("import/export", ["import", "export"]),
        ("Import is available.", ["import"]),
        ("Sign in to export will not be possible.", ["export"]),
    ],
)
def test_everyday_words_where_a_name_is_expected(text: str, expected: list[str]) -> None:
    assert ids(text) == expected


def test_spans_are_those_of_the_input() -> None:
    text = "Files sent to DMS Import and Manifest will fail."
    found = reader().systems_in(text, 100)
    assert [text[m.span.start - 100 : m.span.end - 100] for m in found] == [
        "DMS Import",
        "Manifest",
    ]


# --- what a notice concerns ---------------------------------------------------


def test_a_group_adds_nothing_over_its_members() -> None:
    told = effects(
        "Files sent to Import will be rejected.", "Service window for all customs systems"
    )
    assert told.systems == ("import",)


def test_a_group_by_itself_is_an_id() -> None:
    told = effects("Delays may occur.", "Service window for alle customs systems", ("Import",))
    assert told.systems == ("customs-systems",)


def test_a_group_in_a_statement_counts_beside_its_members() -> None:
    told = effects("Files to Import will fail.\nThere is no access to any customs systems.")
    assert told.systems == ("customs-systems", "import")
    assert told.impacts[1].systems == ("customs-systems",)


def test_a_bare_family_over_named_members_adds_nothing() -> None:
    told = effects("Files sent to DMS Export will fail.", "PRD-servicewindow DMS")
    assert told.systems == ("dms-export",)


def test_a_bare_family_takes_the_members_among_the_tags() -> None:
    told = effects("Delays may occur.", "Service window at DMS", ("DMS Import", "Manifest"))
    assert told.systems == ("dms-import",)
    assert [f.code for f in told.findings] == []


def test_a_bare_family_without_help_takes_all_and_says_so() -> None:
    told = effects("Delays may occur.", "Service window at DMS")
    assert told.systems == ("dms-export", "dms-forsendelse", "dms-import")
    assert [f.code for f in told.findings] == ["system.group"]


@pytest.mark.parametrize(
    "text",
    [
        "Due to the implementation of DMS Export and ICS2, there is no access to Manifest.",
        "Manifest will be unavailable due to the release of DMS Export.",
        "På grund af idriftsættelsen af DMS Eksport er Manifest utilgængeligt.",
        "Because of the migration of DMS Import the connection to Manifest is slow.",
    ],
)
def test_the_reason_is_no_system_concerned(text: str) -> None:
    assert effects(text).systems == ("manifest",)


@pytest.mark.parametrize(
    "text",
    [
        "All systems except Import will be unavailable, Manifest too.",
        "Manifest er utilgængeligt, undtagen Import.",
    ],
)
def test_an_exception_is_not_hit(text: str) -> None:
    assert "import" not in {ident for impact in effects(text).impacts for ident in impact.systems}


def test_tags_count_only_where_nothing_is_named() -> None:
    assert effects("Delays may occur.", "Service window", ("ICS", "Manifest")).systems == (
        "ics",
        "manifest",
    )
    assert effects("Delays in Import may occur.", "Service window", ("ICS",)).systems == ("import",)


def test_a_correction_is_told() -> None:
    told = effects("Files sent to Manifes will be rejected.")
    (finding,) = told.findings
    assert (finding.code, finding.found, finding.used) == ("typo.system", "Manifes", "manifest")
    assert finding.span is not None
    assert finding.span.of(notice("Files sent to Manifes will be rejected.").text) == "Manifes"


# --- names outside the registry -----------------------------------------------


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("Maintenance of BilletNu", "BilletNu will be unavailable.", ["billetnu"]),
        ("Driftsarbejde", "Fra kl. 20 opdaterer vi Netbank Erhverv.", ["netbank-erhverv"]),
        ("Notice", "System: Order Gateway\nNot available.", ["order-gateway"]),
        ("Notice", "Affected services:\nCampus Wifi\nWe do maintenance.", ["campus-wifi"]),
        ("Varsel", "Log ind på Lånebogen er ikke muligt.", ["laanebogen"]),
        ("Notice", "Requests to Parcel Tracker API will be rejected.", ["parcel-tracker-api"]),
        ("Varsel", "Kl. 22 er Min Pension og eSkat lukket.", ["eskat", "min-pension"]),
        ("PayRail maintenance", "Payouts are suspended.", ["payrail"]),
    ],
)
def test_unknown_names_keep_their_own(title: str, body: str, expected: list[str]) -> None:
    told = effects(body, title)
    assert list(told.systems) == expected
    assert {f.used for f in told.findings if f.code == "system.unknown"} == set(expected)


@pytest.mark.parametrize(
    "body",
    [
        "Minor delays may be experienced.",
        "Refunds are delayed during the maintenance.",
        "Internet og tv er ustabilt, mens vi arbejder.",
        "Fibre work near Padborg: the service will be unavailable.",
        "In Aarhus and Odense the service is down for maintenance.",
        "Færger fra Nordhavn er forsinkede på grund af vedligehold.",
        "Customers connected to cr1.example will lose connectivity.",
        "Harbour Street Hosting Ltd will be offline.",
        "Vandet på Lillevang Allé er lukket.",
    ],
)
def test_ordinary_words_and_places_are_no_systems(body: str) -> None:
    assert effects(body, "Planned maintenance").systems == ()


def test_a_misspelt_unknown_name_is_the_same_system() -> None:
    told = effects("BilletNu will be unavailable.\nSign in to BiletNu will not be possible.")
    assert told.systems == ("billetnu",)


def test_names_that_differ_in_a_number_are_two() -> None:
    told = effects("Hjemmesider på web04 og web07 kan ikke nås.", "Vedligehold")
    assert told.systems == ("web04", "web07")
