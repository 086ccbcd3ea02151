"""Bytes in whatever outer form (records, a page, HTML, e-mail …) → notices as seen."""

from __future__ import annotations

from collections.abc import Iterable

from vindue.grammars.load import load_profile
from vindue.nlp.adapters.opening import Opened, open_input
from vindue.nlp.decoding import UnreadableError, decode
from vindue.nlp.identity import number_equals
from vindue.nlp.inputs import AUTO, Settings, find_zone, mend
from vindue.nlp.jsonl import BadLineError, looks_like_jsonl, parse_line, read_jsonl, split_jsonl
from vindue.nlp.pipeline import read_notice
from vindue.nlp.record import Record
from vindue.watch.captures import (
    CaptureError,
    Seen,
    holds_records,
    read_records,
    seen_on_page,
)

_DEFAULT_PROFILE = "generic"


def seen_in_bytes(
    data: bytes, name: str, *, profile: str = AUTO, timezone: str | None = None
) -> list[Seen]:
    """The notices of records as JSON (lines or an array), of notices as JSON lines,
    of an HTML page, an e-mail and the like, or of a page or text.

    Raises ``CaptureError`` for bytes or records that can't be read,
    ``ValueError`` for an unknown profile or zone.
    """
    try:
        text, _ = decode(data)
    except UnreadableError as error:
        raise CaptureError(f"{name}: {error}") from error
    if holds_records(text):
        return [Seen(record) for record in read_records(text, name)]
    if looks_like_jsonl(text):
        return _seen_in_lines(text, name, Settings(profile, timezone))
    found = _seen_in_form(data, name, profile=profile, timezone=timezone)
    if found is not None:
        return found
    return seen_on_page(text, name, profile=profile, timezone=timezone)


def _seen_in_lines(text: str, name: str, settings: Settings) -> list[Seen]:
    return with_line_texts(text, read_jsonl(text, name, settings))


def with_line_texts(text: str, records: Iterable[Record]) -> list[Seen]:
    """Records that were read from JSON lines, each with the text of its line."""
    found = []
    for line, record in zip(split_jsonl(text), records, strict=True):
        try:
            found.append(Seen(record, mend(parse_line(line).text)))
        except BadLineError:
            found.append(Seen(record))
    return found


def _seen_in_form(
    data: bytes, name: str, *, profile: str, timezone: str | None
) -> list[Seen] | None:
    """The notices, each with the plain text that its form was read to; null for a plain text."""
    known = load_profile(_DEFAULT_PROFILE if profile == AUTO else profile)
    zone = find_zone(timezone or known.zone)
    opened = open_input(data, name, zone, profile=profile)
    if opened.form == "page":
        wanted = opened.profile if profile == AUTO else profile
        return seen_on_page(opened.text, name, profile=wanted, timezone=timezone)
    if not opened.envelopes:
        return None
    return _seen_in_envelopes(opened, name, zone.key)


def _seen_in_envelopes(opened: Opened, name: str, zone: str) -> list[Seen]:
    profile = load_profile(opened.profile)
    notices = [envelope.notice for envelope in opened.envelopes]
    records = [read_notice(notice, profile, zone) for notice in notices]
    ids = number_equals([record.id for record in records])
    found = []
    for notice, record, numbered in zip(notices, records, ids, strict=True):
        record.id, record.source.name = numbered, mend(name)
        found.append(Seen(record, mend(notice.span.of(notice.text))))
    return found
