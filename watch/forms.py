"""Bytes in whatever outer form (records, a page, HTML, e-mail …) → notices as seen."""

from __future__ import annotations

from collections.abc import Iterable

from vindue.nlp.adapters.opening import open_input
from vindue.nlp.decoding import UnreadableError, decode
from vindue.nlp.inputs import AUTO, Settings, choose_profile, find_zone, mend, read_opened
from vindue.nlp.jsonl import BadLineError, looks_like_jsonl, parse_line, read_jsonl, split_jsonl
from vindue.nlp.record import Record
from vindue.watch.captures import (
    CaptureError,
    Seen,
    holds_records,
    read_records,
    seen_on_page,
    with_texts,
)


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
    settings = Settings(profile, timezone)
    if looks_like_jsonl(text):
        return with_line_texts(text, read_jsonl(text, name, settings))
    found = _seen_in_form(data, name, settings)
    if found is not None:
        return found
    return seen_on_page(text, name, profile=profile, timezone=timezone)


def with_line_texts(text: str, records: Iterable[Record]) -> list[Seen]:
    """Records that were read from JSON lines, each with the text of its line."""
    found = []
    for line, record in zip(split_jsonl(text), records, strict=True):
        try:
            found.append(Seen(record, mend(parse_line(line).text)))
        except BadLineError:
            found.append(Seen(record))
    return found


def _seen_in_form(data: bytes, name: str, settings: Settings) -> list[Seen] | None:
    """The notices, each with the plain text that its form was read to; null for a plain text."""
    zone = find_zone(settings.timezone or choose_profile("", settings.profile).zone)
    opened = open_input(data, name, zone, profile=settings.profile)
    if opened.form == "plain":
        return None
    return with_texts(mend(opened.text), read_opened(opened, name, settings))
