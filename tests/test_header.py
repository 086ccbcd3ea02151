"""Header line → tags, title, stamp: as published, and as it may yet be published."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from vindue.grammars.load import load_profile
from vindue.nlp.header import Header, Support, find_header, header_support, read_header
from vindue.nlp.outer import Outer
from vindue.nlp.spans import Span


def outer(text: str) -> Outer:
    return Outer(text, load_profile("skat"), ZoneInfo("Europe/Copenhagen"))


def read(text: str) -> Header:
    page = outer(text)
    span = find_header(page, Span(0, len(text)))
    assert span is not None
    return read_header(page, span)


@dataclass(frozen=True)
class Case:
    line: str
    tags: list[str]
    title: str
    updated: str | None
    codes: list[str] = field(default_factory=list)


AS_PUBLISHED = [
    Case(
        "DMS eksport, ManifestPRD-servicewindow DMS January 31, 202622-01-2026 kl. 08:08",
        ["DMS eksport", "Manifest"],
        "PRD-servicewindow DMS January 31, 2026",
        "2026-01-22T08:08:00+01:00",
    ),
    Case(
        "DMS Import, Export, TransitService Window 18/1118-11-2023 kl. 21:18",
        ["DMS Import", "Export", "Transit"],
        "Service Window 18/11",
        "2023-11-18T21:18:00+01:00",
    ),
    Case(
        "ICS, ManifestService window 11.08.22 20-0521-01-2023 kl. 10:00",
        ["ICS", "Manifest"],
        "Service window 11.08.22 20-05",
        "2023-01-21T10:00:00+01:00",
    ),
    Case(
        "E-tax for businesses (NTSE)MitID btw 02:00-02:3017-10-2023 kl. 08:17",
        ["E-tax for businesses (NTSE)"],
        "MitID btw 02:00-02:30",
        "2023-10-17T08:17:00+02:00",
    ),
    Case(
        "ManifestPRD-servicewindow Tuesday 11-06-2411-06-2024 kl. 19:10",
        ["Manifest"],
        "PRD-servicewindow Tuesday 11-06-24",
        "2024-06-11T19:10:00+02:00",
    ),
    Case(
        "Import, ManifestDMS PRD-servicewindow Tuesday May 21, 2024, 1800-220017-05-2024 kl. 08:28",
        ["Import", "Manifest"],
        "DMS PRD-servicewindow Tuesday May 21, 2024, 1800-2200",
        "2024-05-17T08:28:00+02:00",
    ),
    Case(
        "EMCS, Customs portal (DMS import)Service window 17/05-202218-05-2022 kl. 09:35",
        ["EMCS", "Customs portal (DMS import)"],
        "Service window 17/05-2022",
        "2022-05-18T09:35:00+02:00",
    ),
    Case(
        "Manifest, TFE (testsystems)TFE/PRD-Servicewindow Manifest26-11-2025 kl. 19:41",
        ["Manifest", "TFE (testsystems)"],
        "TFE/PRD-Servicewindow Manifest",
        "2025-11-26T19:41:00+01:00",
    ),
    Case(
        "DMS Import, ManifestExtended response times may occur.24-11-2023 kl. 15:31",
        ["DMS Import", "Manifest"],
        "Extended response times may occur.",
        "2023-11-24T15:31:00+01:00",
    ),
    Case(
        "Export, ICS2, Other messagesPRD-servicewindow December 13, 202513-12-2025 kl. 19:02",
        ["Export", "ICS2", "Other messages"],
        "PRD-servicewindow December 13, 2025",
        "2025-12-13T19:02:00+01:00",
    ),
]

TAG_LIKE_TITLES = [
    Case(
        "DMS eksport, ManifestImport PRD-servicewindow May 3, 202603-05-2026 kl. 09:00",
        ["DMS eksport", "Manifest"],
        "Import PRD-servicewindow May 3, 2026",
        "2026-05-03T09:00:00+02:00",
    ),
    Case(
        "DMS ImportDMS Import is closed03-05-2026 kl. 09:00",
        ["DMS Import"],
        "DMS Import is closed",
        "2026-05-03T09:00:00+02:00",
    ),
    Case(
        "ManifestImport/Manifest Tuesday03-05-2026 kl. 09:00",
        ["Manifest"],
        "Import/Manifest Tuesday",
        "2026-05-03T09:00:00+02:00",
    ),
    Case(
        "Import service window May 3, 202603-05-2026 kl. 09:00",
        [],
        "Import service window May 3, 2026",
        "2026-05-03T09:00:00+02:00",
    ),
    Case(
        "Import, Export and Manifest closed03-05-2026 kl. 09:00",
        [],
        "Import, Export and Manifest closed",
        "2026-05-03T09:00:00+02:00",
    ),
    Case(
        "IMPORTANT: all systems closed03-05-2026 kl. 09:00",
        [],
        "IMPORTANT: all systems closed",
        "2026-05-03T09:00:00+02:00",
    ),
    Case(
        "Manifestos of goods03-05-2026 kl. 09:00",
        [],
        "Manifestos of goods",
        "2026-05-03T09:00:00+02:00",
    ),
]

TOLERATED = [
    Case(
        "dms eksport, MANIFESTPRD-servicewindow DMS03-05-2026 kl. 09:00",
        ["dms eksport", "MANIFEST"],
        "PRD-servicewindow DMS",
        "2026-05-03T09:00:00+02:00",
    ),
    Case(
        "DMS eksport , Manifest PRD-servicewindow DMS 03-05-2026 kl. 9:05",
        ["DMS eksport", "Manifest"],
        "PRD-servicewindow DMS",
        "2026-05-03T09:05:00+02:00",
    ),
    Case(
        "DMS eksport,\xa0ManifestPRD-servicewindow\xa0DMS03-05-2026\xa0kl.\xa009:05\xa0",
        ["DMS eksport", "Manifest"],
        "PRD-servicewindow\xa0DMS",
        "2026-05-03T09:05:00+02:00",
    ),
    Case(
        "DMS Forsendelse  (NCTS), Manifestservicewindow DMS3.5.2026 kl 09.05",
        ["DMS Forsendelse  (NCTS)", "Manifest"],
        "servicewindow DMS",
        "2026-05-03T09:05:00+02:00",
    ),
    Case(
        "PRD-servicewindow without tags March 3, 202603-05-2026 kl. 09:05",
        [],
        "PRD-servicewindow without tags March 3, 2026",
        "2026-05-03T09:05:00+02:00",
    ),
    Case(
        "ManifestPRD-servicewindow March 3, 20263-05-2026 kl. 09:05",
        ["Manifest"],
        "PRD-servicewindow March 3, 2026",
        "2026-05-03T09:05:00+02:00",
    ),
    Case(
        "ManifestPRD-servicewindow March 3, 202603-05-2026 09:05",
        ["Manifest"],
        "PRD-servicewindow March 3, 2026",
        "2026-05-03T09:05:00+02:00",
    ),
    Case(
        "DMS eksport, Quota, ManifestPRD-servicewindow Quota03-05-2026 kl. 09:05",
        ["DMS eksport", "Quota", "Manifest"],
        "PRD-servicewindow Quota",
        "2026-05-03T09:05:00+02:00",
        ["tag.unknown"],
    ),
    Case(
        "DMS eksport, QuotaPRD-servicewindow Quota03-05-2026 kl. 09:05",
        ["DMS eksport", "Quota"],
        "PRD-servicewindow Quota",
        "2026-05-03T09:05:00+02:00",
        ["tag.unknown"],
    ),
]

DAMAGED = [
    Case("ManifestPRD-servicewindow March 3, 2026", ["Manifest"], "PRD-servicewindow March 3, 2026",
         None, ["stamp.missing"]),
    Case("ManifestService Window on 21.06.2023", ["Manifest"], "Service Window on 21.06.2023",
         None, ["stamp.missing"]),
    Case("ManifestService Window 19-10-2022 18:00", ["Manifest"], "Service Window 19-10-2022 18:00",
         None, ["stamp.missing"]),
    Case("ManifestPRD-service 202631-02-2026 kl. 09:05", ["Manifest"], "PRD-service 2026",
         None, ["stamp.unreadable"]),
    Case("ManifestPRD-service 202603-05-2026 kl. 24:61", ["Manifest"], "PRD-service 2026",
         None, ["stamp.unreadable"]),
    Case("ManifestPRD-service 202603-05-202 kl. 09:05", ["Manifest"], "PRD-service 2026",
         None, ["stamp.unreadable"]),
    Case("ManifestPRD-service 202603-05-2026", ["Manifest"], "PRD-service 2026",
         None, ["stamp.unreadable"]),
    Case("ManifestPRD-service DMSl2-O1-2026 kl. 08:08", ["Manifest"], "PRD-service DMS",
         None, ["stamp.unreadable"]),
    Case("ManifestPRD-service 202603-05-2026 lk. 09:05", ["Manifest"], "PRD-service 2026",
         "2026-05-03T09:05:00+02:00", ["typo.stamp"]),
    Case("DMS eksport, Manifest03-05-2026 kl. 09:05", ["DMS eksport", "Manifest"], "",
         "2026-05-03T09:05:00+02:00", ["title.missing"]),
]  # fmt: skip


@pytest.mark.parametrize(
    "case", AS_PUBLISHED + TAG_LIKE_TITLES + TOLERATED + DAMAGED, ids=lambda c: c.line
)
def test_header_line(case: Case) -> None:
    header = read(case.line)
    stamp = header.updated.at if header.updated else None
    assert [tag.text for tag in header.tags] == case.tags
    assert (header.title.text if header.title else "") == case.title
    assert (stamp.isoformat() if stamp else None) == case.updated
    assert [finding.code for finding in header.findings] == case.codes


@pytest.mark.parametrize("case", AS_PUBLISHED + TAG_LIKE_TITLES + TOLERATED, ids=lambda c: c.line)
def test_pieces_are_slices_that_leave_only_blanks_and_commas(case: Case) -> None:
    header = read(case.line)
    pieces = [*header.tags, *([header.title] if header.title else [])]
    for piece in pieces:
        assert piece.span.of(case.line) == piece.text
    spans = sorted(
        [*(piece.span for piece in pieces), *([header.updated.span] if header.updated else [])]
    )
    between = [case.line[a.end : b.start] for a, b in pairwise(spans)]
    assert "".join(between).replace(",", "").strip() == ""


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "lines",
    [
        ["DMS eksport,", "ManifestPRD-servicewindow DMS May 19, 202619-05-2026 kl. 21:50"],
        ["DMS eksport, Manifest", "PRD-servicewindow DMS May 19, 2026", "19-05-2026 kl. 21:50"],
        ["DMS eksport, ManifestPRD-servicewindow DMS", "May 19, 202619-05-2026 kl. 21:50"],
        ["DMS eksport, ManifestPRD-servicewindow DMS May 19, 202619-05-2026", "kl. 21:50"],
    ],
)
def test_a_header_broken_over_lines(lines: list[str], newline: str) -> None:
    text = newline.join([*lines, "", "Tuesday May 19, 2026, 1800-2200"])
    header = read(text)
    assert [tag.text for tag in header.tags] == ["DMS eksport", "Manifest"]
    assert header.title is not None
    assert header.title.text.split() == ["PRD-servicewindow", "DMS", "May", "19,", "2026"]
    assert header.updated is not None
    assert header.updated.at is not None
    assert header.updated.at.isoformat() == "2026-05-19T21:50:00+02:00"
    assert text[header.span.end :].strip() == "Tuesday May 19, 2026, 1800-2200"


def test_a_sentence_below_that_ends_in_a_time_is_no_header() -> None:
    text = "ManifestPRD-servicewindow March 3, 2026\nForlænget til 19-05-2026 kl. 22:00"
    header = read(text)
    assert header.title is not None
    assert header.title.text == "PRD-servicewindow March 3, 2026"
    assert header.updated is None


@pytest.mark.parametrize(
    ("text", "support"),
    [
        ("ManifestPRD-servicewindow03-05-2026 kl. 09:05", Support.STAMP),
        ("DMS eksport, ManifestSomething", Support.TAGS),
        ("PRD-servicewindow Tuesday", Support.OPENING),
        ("Manifest", Support.NONE),
        ("DMS Import/DMS Export/DMS Forsendelse", Support.NONE),
        ("Done.", Support.NONE),
        ("  \n ", Support.NONE),
    ],
)
def test_what_tells_a_header(text: str, support: Support) -> None:
    assert header_support(outer(text), Span(0, len(text))) is support
