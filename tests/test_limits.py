"""What is over a limit is told: a record with an error, or a line that names the file."""

from __future__ import annotations

import io
import json
from email.message import EmailMessage
from pathlib import Path

import pytest
from typer.testing import CliRunner

import vindue
from vindue.cli import app
from vindue.nlp.adapters import mail
from vindue.nlp.adapters.mail_parts import MAX_PARTS
from vindue.nlp.adapters.opening import open_input
from vindue.nlp.inputs import Settings, find_zone, read_opened, read_text
from vindue.nlp.limits import Limits
from vindue.nlp.record import Record
from vindue.nlp.sources import STDIN, Document, Failure, read_document

WINDOW = "DMS Import is closed on Tuesday May 19, 2026 from 18:00 to 20:00.\n"
DAY = "DMS Import is closed on May {}, 2026 from 18:00 to 20:00.\n"
DAYS = "".join(map(DAY.format, (4, 5, 6, 7)))
ZONE = find_zone("Europe/Copenhagen")


def errors(record: Record) -> list[str]:
    return [item.code for item in record.diagnostics if item.level == "error"]


def test_a_notice_that_is_too_long_is_a_record_that_says_so() -> None:
    record = vindue.parse(WINDOW * 20, limits=Limits(notice=1_000))
    assert (errors(record), record.windows) == (["notice.too_large"], [])
    assert record.diagnostics[0].message == "longer than 1,000 signs, not read"
    assert vindue.parse(WINDOW, limits=Limits(notice=1_000)).windows


def test_a_notice_on_a_page_that_is_too_long_costs_no_other_one() -> None:
    stamp = "\n19-05-2026 08:00:{:02}\n"
    title = "DMS eksport, ManifestPRD-servicewindow DMS Tuesday May 19, 202619-05-2026 kl. 21:50\n"
    page = title + WINDOW + stamp.format(1) + title + WINDOW * 20 + stamp.format(2)
    first, second = vindue.parse_page(page, limits=Limits(notice=1_000))
    assert (len(first.windows), errors(first)) == (1, [])
    assert (second.windows, errors(second)) == ([], ["notice.too_large"])
    assert (second.title, second.published_at) != ("", None)


def test_time_that_is_spent_is_told() -> None:
    record = vindue.parse(WINDOW * 200, limits=Limits(seconds=1e-6))
    assert (errors(record), record.windows) == (["notice.out_of_time"], [])


def test_more_windows_than_may_be_are_cut_and_told() -> None:
    record = vindue.parse(DAYS, limits=Limits(windows=3))
    assert (len(record.windows), errors(record)) == (3, ["windows.too_many"])
    assert len(vindue.parse(DAYS).windows) == 4


def test_a_file_that_is_too_long_is_named_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text(WINDOW, "utf-8")
    told = read_document(str(path), most=len(WINDOW) - 1)
    assert told == Failure(str(path), f"longer than {len(WINDOW) - 1} bytes, not read")
    assert isinstance(read_document(str(path), most=len(WINDOW)), Document)


def test_an_input_without_end_is_not_read_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            return b"x" * size

    class Stdin:
        buffer = Endless()

    monkeypatch.setattr("sys.stdin", Stdin())
    assert read_document(STDIN, most=5_000_000) == Failure(
        STDIN, "longer than 5,000,000 bytes, not read"
    )


def nested_mail(depth: int) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Planned work"
    message.set_content(WINDOW)
    for _ in range(depth):
        outer = EmailMessage()
        outer["Subject"] = "Planned work"
        outer.make_mixed()
        outer.attach(message)
        message = outer
    return message.as_bytes()


def test_parts_too_deep_in_parts_are_told() -> None:
    (envelope,) = mail.decode(nested_mail(5), ZONE, Limits(parts=3))
    assert "form.too_deep" in [finding.code for finding in envelope.notice.findings]
    (envelope,) = mail.decode(nested_mail(3), ZONE, Limits(parts=3))
    assert WINDOW.strip() in envelope.notice.text


def test_more_parts_than_are_read_are_told() -> None:
    message = EmailMessage()
    message["Subject"] = "Planned work"
    message.set_content(WINDOW)
    for _ in range(MAX_PARTS):
        message.add_attachment("x", filename="x.txt")
    (envelope,) = mail.decode(message.as_bytes(), ZONE)
    found = [finding.code for finding in envelope.notice.findings]
    assert found == ["form.too_large", "stamp.missing"]


def test_elements_too_deep_in_elements_are_told() -> None:
    html = f"<html><body><p>{WINDOW}</p>{'<div>' * 40}x</body></html>"
    opened = open_input(html, "a.html", ZONE, limits=Limits(elements=20))
    (record,) = read_opened(opened, "a.html", Settings())
    assert (len(record.windows), errors(record)) == (1, ["form.too_deep"])


def test_json_too_deep_in_json_is_told() -> None:
    record = read_text("[" * 100_000, "x", Settings())
    assert record.windows == []
    opened = open_input("[" * 100_000, "x.json", ZONE, "statuspage")
    (record,) = read_opened(opened, "x.json", Settings())
    assert errors(record) == ["form.broken"]


def test_what_is_cut_from_a_calendar_or_a_status_page_is_told() -> None:
    deep = f"<p>{WINDOW.strip()}</p>{'<div>' * 1_600}x"
    event: dict[str, object] = {
        "name": "Work",
        "scheduled_for": "2026-05-19T16:00:00Z",
        "body": deep,
    }
    event["incident_updates"] = [{"body": "x", "created_at": "2026-05-19T16:00:00Z"}] * 101
    page = json.dumps({"scheduled_maintenances": [event]})
    (record,) = read_opened(open_input(page, "a.json", ZONE, "statuspage"), "a.json", Settings())
    assert errors(record) == ["form.too_deep", "form.too_large"]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:1", "DTSTART:20260519T160000Z"]
    lines += [f"DESCRIPTION:{deep}", "END:VEVENT", "END:VCALENDAR", ""]
    opened = open_input("\r\n".join(lines), "a.ics", ZONE, "ical")
    (record,) = read_opened(opened, "a.ics", Settings())
    assert errors(record) == ["form.too_deep"]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("speed=3", "no limit 'speed': one of seconds, notice, windows, input, elements, parts"),
        ("windows=many", "the limit windows needs a number, not 'many'"),
        ("windows=2.5", "the limit windows needs a number, not '2.5'"),
        ("seconds=nan", "the limit seconds must be more than nothing, not 'nan'"),
        ("notice=0", "the limit notice must be more than nothing, not '0'"),
    ],
)
def test_a_limit_that_can_not_be_is_refused(written: str, reason: str) -> None:
    with pytest.raises(ValueError, match="limit") as error:
        Limits.of([written])
    assert str(error.value) == reason


def test_limits_are_set_on_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_text(DAYS, "utf-8")
    command = ["parse", str(path), "--strict", "--limit", "windows=3", "--limit", "seconds=20"]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 1
    assert errors(Record.model_validate(json.loads(result.stdout))) == ["windows.too_many"]
    assert CliRunner().invoke(app, ["parse", str(path), "--limit", "x=1"]).exit_code == 2
