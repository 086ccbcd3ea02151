"""JSON lines: one ``{"id", "text", "published_at"}`` a line, one record a line, always."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from vindue.nlp.identity import content_hash
from vindue.nlp.inputs import Settings, choose_profile, find_zone, mend, read_text
from vindue.nlp.record import Diagnostic, Record, Source
from vindue.nlp.values import dataclass, replace

KEYS = frozenset({"id", "text", "published_at"})
MAX_LINE: Final = 16_000_000
"""Characters of a line: no notice has as many, and a file without line ends must not be held."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line as understood."""

    text: str
    given_id: str | None
    published_at: str | None


class BadLineError(Exception):
    """A line that holds no notice; ``given_id`` is its id where it has one."""

    def __init__(self, reason: str, given_id: str | None = None) -> None:
        super().__init__(reason)
        self.given_id = given_id


def looks_like_jsonl(text: str) -> bool:
    """Whether the first line that holds anything is a JSON object with a ``text``."""
    first = text.lstrip().split("\n", 1)[0]
    if not first.startswith("{"):
        return False
    try:
        value = json.loads(first)
    except ValueError:
        return False
    return isinstance(value, dict) and "text" in value


def split_jsonl(text: str) -> list[str]:
    """The lines, blank ones at the end left out. Only a line feed parts lines."""
    lines = text.split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def read_jsonl(text: str, name: str, settings: Settings) -> Iterator[Record]:
    """One record for each line, in their order.

    Offsets count in the line's ``text``; ``source.line`` is the line of the
    file. A line that can't be read gives a record with ``input.malformed`` at
    level ``error``. A ``published_at`` of the line's own goes before the one
    in ``settings``.
    """
    for number, line in enumerate(split_jsonl(text), start=1):
        yield read_line(line, number, name, settings)


def read_line(line: str, number: int, name: str, settings: Settings) -> Record:
    """The record of the line with that ``number`` (from 1), as ``read_jsonl`` reads it."""
    try:
        record = _read(parse_line(line), name, settings)
    except BadLineError as error:
        record = _bad(line, name, settings, error)
    record.source.line = number
    return record


def unread_line(line: str, number: int, name: str, settings: Settings, reason: str) -> Record:
    """The record of a line whose reading failed, for a ``reason`` that is none of its own."""
    try:
        given_id = parse_line(line).given_id
    except BadLineError as error:
        given_id = error.given_id
    record = _bad(line, name, settings, BadLineError(reason, given_id), "reader.failed")
    record.source.line = number
    return record


def parse_line(line: str) -> Item:
    """The line's notice. Raises ``BadLineError``."""
    if len(line) >= MAX_LINE:
        raise BadLineError(f"the line is longer than {MAX_LINE:,} characters")
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLineError(f"the line is no JSON: {error}") from error
    if not isinstance(value, dict):
        raise BadLineError("the line is no JSON object")
    given = value.get("id")
    given_id = mend(str(given)) if isinstance(given, str | int) else None
    text = value.get("text")
    if not isinstance(text, str):
        raise BadLineError("the line has no text, or one that is no string", given_id)
    published_at = value.get("published_at")
    if published_at is not None and not isinstance(published_at, str):
        raise BadLineError("published_at is no string", given_id)
    return Item(text, given_id, published_at)


def _read(item: Item, name: str, settings: Settings) -> Record:
    """The record of a good line; a ``published_at`` that is no time costs only itself."""
    own = replace(settings, published_at=item.published_at or settings.published_at)
    try:
        return read_text(item.text, name, own, item.given_id)
    except ValueError as error:
        if item.published_at is None:
            raise
        without = replace(settings, published_at=None)
        record = read_text(item.text, name, without, item.given_id)
        record.diagnostics.append(
            Diagnostic(
                code="input.published_at",
                level="error",
                message=mend(str(error)),
                found=mend(item.published_at),
            )
        )
        return record


def _bad(
    line: str,
    name: str,
    settings: Settings,
    error: BadLineError,
    code: str = "input.malformed",
) -> Record:
    profile = choose_profile("", settings.profile)
    find_zone(settings.timezone or profile.zone)
    return Record(
        id=error.given_id or f"{profile.id_prefix}-{content_hash(line)}",
        source=Source(profile=profile.name, name=mend(name), start=0, end=0, line=1),
        title="",
        language="en",
        diagnostics=[Diagnostic(code=code, level="error", message=mend(str(error)))],
    )
