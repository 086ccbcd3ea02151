"""The door: each form is told by its content, and opened to notices or the text of a page."""

from __future__ import annotations

import random
from collections.abc import Callable
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest

from vindue.grammars.load import load_profile
from vindue.nlp.adapters.envelope import Envelope
from vindue.nlp.adapters.opening import open_input
from vindue.nlp.adapters.sniff import sniff
from vindue.nlp.notices import page_notices

Raw = Callable[[str], bytes]
Sound = Callable[[tuple[Envelope, ...]], tuple[Envelope, ...]]

FORMS = {
    "forward.eml": ("mail", "generic"),
    "generic.html": ("html", "generic"),
    "mail-html.eml": ("mail", "generic"),
    "mail.eml": ("mail", "generic"),
    "maintenance.ics": ("ical", "generic"),
    "page.html": ("page", "skat"),
    "scheduled-maintenances.json": ("statuspage", "generic"),
    "skat-list.html": ("skat-list", "skat-list"),
    "skat-list.txt": ("skat-list", "skat-list"),
    "skat-message-da.txt": ("skat-message", "skat-message"),
    "skat-message.html": ("skat-message", "skat-message"),
    "skat-message.txt": ("skat-message", "skat-message"),
}


@pytest.mark.parametrize("name", FORMS)
def test_the_form_is_told_by_content_alone(
    name: str, raw: Raw, zone: ZoneInfo, sound: Sound
) -> None:
    opened = open_input(raw(name), "", zone)
    assert (opened.form, opened.profile) == FORMS[name]
    assert opened.reason
    sound(opened.envelopes)
    assert bool(opened.envelopes) == (opened.form != "page")
    again = open_input(raw(name).decode("utf-8"), "", zone)
    assert again == opened, "text that was decoded before is opened alike"


def test_every_file_is_listed(names: set[str]) -> None:
    assert names == set(FORMS)


@pytest.mark.parametrize(
    ("data", "filename", "form", "reason"),
    [
        ("Planned work\n\nSaturday 22:00-02:00", "notice.txt", "plain", "no other"),
        (
            '{"id": "1", "text": "scheduled_for"}\n{"id": "2", "text": "b"}',
            "x.jsonl",
            "plain",
            "no",
        ),
        ("Subject: Planned work\n\nSaturday 22:00", "notice.txt", "plain", "no other"),
        ("Start: 22:00\nEnd: 02:00\n\nDate: 14-03-2026", "", "plain", "no other"),
        ("no headers", "note.EML", "mail", ".eml"),
        ("no calendar", "x.ics", "ical", ".ics"),
        ("\ufeff \n<!DOCTYPE HTML><p>x", "", "html", "<!doctype html"),
        ("<table><tr><td>x", "", "html", "tag"),
        ("a < b and <p>", "", "plain", "no other"),
        (b"\x00\x01\x02", "", "plain", "no other"),
        (b"", "", "plain", "no other"),
    ],
)
def test_sniffed_with_a_reason(data: bytes | str, filename: str, form: str, reason: str) -> None:
    found = sniff(data, filename)
    assert found.form == form
    assert reason in found.reason


def test_a_page_in_html_reads_as_the_page_itself(zone: ZoneInfo) -> None:
    page = files("vindue.corpus").joinpath("skat", "page.txt").read_bytes().decode()
    escaped = page.replace("&", "&amp;").replace("<", "&lt;")
    wrapped = "".join(f"<div>{line}</div>" for line in escaped.split("\n"))
    opened = open_input(f"<html><body><h1>Page</h1>{wrapped}</body></html>", "page.html", zone)
    assert (opened.form, opened.profile) == ("page", "skat")

    def told(text: str) -> list[object]:
        return [
            (n.title and n.title.text, [t.text for t in n.tags], n.published_at, n.updated_at)
            for n in page_notices(text, load_profile("skat"), zone)
        ]

    assert told(opened.text) == told(page)


def test_headers_that_a_page_parts_in_paragraphs(raw: Raw, zone: ZoneInfo) -> None:
    opened = open_input(raw("page.html"), "", zone)
    first, second = page_notices(opened.text, load_profile("skat"), zone)
    assert [tag.text for tag in first.tags] == ["DMS eksport", "Manifest"]
    assert first.title
    assert first.title.text == "PRD-servicewindow DMS Tuesday May 19, 2026"
    assert first.updated_at
    assert f"{first.updated_at:%d-%m %H:%M}" == "19-05 21:50"
    assert second.title
    assert second.title.text == "PRD-servicewindow Manifest May 6, 2026"
    assert not first.findings
    assert not second.findings


def test_a_message_in_html_takes_title_and_struck_words_along(
    raw: Raw, zone: ZoneInfo, sound: Sound
) -> None:
    (envelope,) = sound(open_input(raw("skat-message.html"), "", zone).envelopes)
    notice = envelope.notice
    assert notice.title
    assert notice.title.text == "PRD-servicewindow Manifest Tuesday June 2, 2026"
    assert notice.body.of(notice.text).startswith("Tuesday June 2, 2026, 0700-0730")
    assert [version.kind for version in envelope.history] == ["version", "struck"]
    assert envelope.history[1].text.text == "Tuesday June 2, 2026, 0700-0800"
    assert envelope.state == "completed"


def test_a_list_in_a_table(raw: Raw, zone: ZoneInfo, sound: Sound) -> None:
    first, second = sound(open_input(raw("skat-list.html"), "", zone).envelopes)
    assert first.notice.title
    assert first.notice.title.text.startswith("Servicevindue lørdag")
    assert [tag.text for tag in second.notice.tags] == ["EMCS"]
    assert second.notice.body.of(second.notice.text) == "EMCS er utilgængelig."


def test_a_profile_that_is_named_outranks_what_is_found(raw: Raw, zone: ZoneInfo) -> None:
    message = raw("skat-message.txt")
    generic = open_input(message, "", zone, profile="generic")
    assert (generic.form, generic.profile) == ("plain", "generic")
    forced = open_input("no labels here", "", zone, profile="skat-message")
    assert [finding.code for finding in forced.envelopes[0].notice.findings] == ["form.empty"]
    html = open_input(raw("skat-message.html"), "", zone, profile="generic")
    assert (html.form, html.profile) == ("html", "generic")
    told = open_input(message, "", zone, form="mail")
    assert told.form == "mail"


@pytest.mark.parametrize("name", FORMS)
def test_damaged_files_never_raise(name: str, raw: Raw, zone: ZoneInfo, sound: Sound) -> None:
    chance = random.Random(name)
    whole = raw(name)
    bits = [b"\r", b":", b"<", b">", b'"', b"\xff", b"\x00", b"9999", b"BEGIN:VEVENT\n", b"<td>"]
    for _ in range(40):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 4, 30))):
            at = chance.randrange(len(data) + 1)
            data[at : at + chance.choice((0, 1, 40))] = chance.choice(bits)
        form = chance.choice(("auto", FORMS[name][0] if FORMS[name][0] != "page" else "html"))
        sound(open_input(bytes(data), name, zone, form).envelopes)
        sound(open_input(whole[: chance.randrange(len(whole))], name, zone).envelopes)
