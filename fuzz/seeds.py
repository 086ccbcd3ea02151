"""Seeds for every target: notices of the corpus' train part, files of the tests, broken bits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from vindue.corpus.cases import Case, load_cases

ROOT: Final = Path(__file__).resolve().parents[1]
KEPT: Final = Path(__file__).parent / "kept"
"""Inputs that once broke something, a folder a target; they are seeds and tests for ever."""

_FILES: Final = ROOT / "tests" / "adapters" / "files"
_BITS: Final = (
    "", "\x00", "\ud800", "\ufeff", "\u202e1800-2200\u202c", "e\u0301\u0301\u0301", "\u2028",
    "18-05-2026 08:45:00", "18-05-2026 08:45:00\n18-05-2026 08:45:00", "31-02-2026 kl. 25:99",
    "0000-00-00 00:00:00", "99-99-9999 99:99:99", "Monday February 30, 2026 2400-2500",
    "29-03-2026 02:30-03:30", "October 26, 2025 02:45 (DST) - 03:15 (ST)", "24:00-24:00",
    "from 18 to", "until until 0200", "1800-1800", "1800 - - - 2200", "from 1 January 0001",
    "31 December 9999 2200 - 1 January 10000 0200", "week 53", "uge 99", "kl. 18-20-22",
    "in 999999999999 hours", "+99:99", "18:00 UTC+26", "every day for 99 years",
    "natten mellem den 31. og 1. februar kl. 23-25", "Tuesday, Tuesday, Tuesday",
    "extended to 9999", "delayed until further notice", "<b>1800<s>2200", "=1+1", "\x1b[31m",
)  # fmt: skip


def seeds(target: str) -> Iterator[bytes]:
    """The seeds of one target, those that once broke it first."""
    yield from (path.read_bytes() for path in kept(target))
    yield from (bit.encode("utf-8", "surrogatepass") for bit in _BITS)
    train = load_cases(split="train")
    yield from _MAKERS.get(target, _texts)(train)


def kept(target: str) -> list[Path]:
    """The files that hold inputs which once broke ``target``."""
    return sorted(path for path in (KEPT / target).glob("*") if path.is_file())


def _texts(train: list[Case]) -> Iterator[bytes]:
    for case in train:
        yield case.text.encode()


def _lines(train: list[Case]) -> Iterator[bytes]:
    told = {line.strip() for case in train for line in case.text.splitlines()}
    for line in sorted(told):
        if any(sign.isdigit() for sign in line):
            yield line.encode()


def _pages(train: list[Case]) -> Iterator[bytes]:
    notices = [case.text for case in train if case.source == "skat"]
    for at in range(0, len(notices), 3):
        yield "\n\n".join(notices[at : at + 3]).encode()


def _json(train: list[Case]) -> Iterator[bytes]:
    for case in train:
        at = case.label.published_at
        value = {"id": case.name, "text": case.text, "published_at": at and at.isoformat()}
        yield json.dumps(value, ensure_ascii=False).encode()
    yield b'{"text": 7}\n{"text": "a", "id": 3}\n\n[]\n{"text": "\\ud800", "id": "\\udfff"}'
    yield b'{"text": "Done.", "published_at": "0001-01-01T00:00:00+14:00"}'
    yield b"[" * 3_000


def _html(train: list[Case]) -> Iterator[bytes]:
    yield from _files(".html")
    for case in train[::5]:
        lines = "".join(f"<p>{line}</p>" for line in case.text.splitlines())
        yield f"<html><h1>{case.label.title}</h1>{lines}<s>1800</s></html>".encode()
    yield b"<table><tr><td colspan=99999>Start<td>1800<tr><th>End<td>2200</table>"


def _mails(train: list[Case]) -> Iterator[bytes]:
    yield from _files(".eml")
    for case in train[::5]:
        head = f"From: a@example.org\nSubject: {case.label.title}\nDate: Mon, 02 Mar 2026 10:15:00"
        yield f"{head} +0100\nContent-Type: text/plain; charset=utf-8\n\n{case.text}".encode()
    yield b"Subject: =?utf-8?B?////?=\nContent-Type: multipart/mixed; boundary=a\n\n--a\n\n--a--"


def _calendars(train: list[Case]) -> Iterator[bytes]:
    del train
    yield from _files(".ics")


def _status(train: list[Case]) -> Iterator[bytes]:
    del train
    yield from _files(".json")


def _files(suffix: str) -> Iterator[bytes]:
    for path in sorted(_FILES.glob(f"*{suffix}")):
        yield path.read_bytes()


_MAKERS: Final = {
    "page": _pages,
    "records": _pages,
    "times": _lines,
    "jsonl": _json,
    "html": _html,
    "mail": _mails,
    "ical": _calendars,
    "statuspage": _status,
}
