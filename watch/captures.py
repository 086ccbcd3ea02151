"""Where notices come from: a page, records as JSON, or a store, told apart by their content."""

from __future__ import annotations

import hashlib
import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from vindue.nlp.inputs import AUTO, Settings, mend, read_page
from vindue.nlp.record import SCHEMA, Record

STDIN: Final = "-"
SQLITE_MAGIC: Final = b"SQLite format 3\x00"
# What depends on where the notice stood or on how it was read, not on what it says.
_ASIDE: Final = frozenset(
    {"schema", "id", "source", "related", "evidence", "diagnostics", "confidence", "by"}
)
_PLACES: Final = frozenset({"start_span", "end_span"})


class CaptureError(ValueError):
    """An input that can't be read as notices; the message names it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One notice as it was seen; ``text`` is null where only its record is at hand."""

    record: Record
    text: str | None = None

    @property
    def stamped(self) -> bool:
        """Whether its id outlives an edit (the published stamp makes the id)."""
        return self.record.published_at is not None

    @property
    def digest(self) -> str:
        """Equal for two sights that say the same.

        Taken over the text, blank space folded, so that a later release that
        reads the same text otherwise makes no change; over the record's
        statements where there is no text.
        """
        said = statements(self.record) if self.said is None else fold(self.said)
        return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()

    @property
    def said(self) -> str | None:
        """``text`` without the lines before its first and after its last evidence.

        The tiles of a page leave nothing out, so its top notice carries the
        page's own heading, and the bottom one its foot: a notice put above
        another would change that one. A notice without a stamp is all there
        is, and is said as a whole.
        """
        evidence = self.record.evidence
        if self.text is None or not self.stamped or not evidence:
            return self.text
        base = self.record.source.start
        first = max(0, min(item.start for item in evidence) - base)
        last = max(0, max(item.end for item in evidence) - base)
        end = self.text.find("\n", last)
        return self.text[self.text.rfind("\n", 0, first) + 1 : end if end >= 0 else None]


def fold(text: str) -> str:
    """NFC, runs of blank space as one space: what a new layout leaves alone."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def statements(record: Record) -> str:
    """What the record says, as canonical JSON, without places and confidence."""
    plain = {
        key: value
        for key, value in record.model_dump(mode="json", by_alias=True).items()
        if key not in _ASIDE
    }
    for window in plain["windows"]:
        window.pop("confidence")
    for impact in plain["impacts"]:
        for key in ("start", "end", "by", "confidence"):
            impact.pop(key)
    for revision in plain["revisions"]:
        for key in _PLACES:
            revision.pop(key)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def seen_on_page(
    text: str, name: str, *, profile: str = AUTO, timezone: str | None = None
) -> list[Seen]:
    """The notices of a page (or of a text that is one notice), each with its text.

    Raises ``ValueError`` for an unknown profile or zone.
    """
    return with_texts(mend(text), read_page(text, name, Settings(profile, timezone)))


def with_texts(text: str, records: Iterable[Record]) -> list[Seen]:
    """Each record with its slice of the input that it was read from."""
    return [Seen(record, text[record.source.start : record.source.end]) for record in records]


def holds_records(text: str) -> bool:
    """Whether ``text`` is JSON that ``vindue parse`` wrote."""
    head = text.lstrip()[:2000]
    return head.startswith(("{", "[")) and f'"{SCHEMA}"' in head


def read_records(text: str, name: str) -> list[Record]:
    """Records from JSON lines or one JSON array. Raises ``CaptureError`` with the line."""
    if text.lstrip().startswith("["):
        try:
            return [Record.model_validate(item) for item in json.loads(text)]
        except (ValidationError, ValueError) as error:
            raise CaptureError(f"{name}: {_first_flaw(error)}") from error
    records = []
    # Not splitlines(): a JSON string may hold a bare U+2028 or U+0085.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                records.append(Record.model_validate_json(line))
            except ValidationError as error:
                raise CaptureError(f"{name}:{number}: {_first_flaw(error)}") from error
    return records


def _first_flaw(error: ValidationError | ValueError) -> str:
    if isinstance(error, ValidationError):
        flaw = error.errors(include_url=False, include_input=False)[0]
        return f"no vindue record: {'.'.join(map(str, flaw['loc']))}: {flaw['msg']}"
    return f"no JSON: {error}"


def is_store(path: Path) -> bool:
    """Whether the file is an SQLite file."""
    try:
        with path.open("rb") as file:
            return file.read(len(SQLITE_MAGIC)) == SQLITE_MAGIC
    except OSError:
        return False


def read_input(name: str) -> bytes:
    """The bytes of a file, or of standard input for ``-``. Raises ``CaptureError``."""
    try:
        return sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
    except OSError as error:
        raise CaptureError(f"{name}: {error.strerror or error}") from error


def records_of(seen: Sequence[Seen]) -> list[Record]:
    """The records alone."""
    return [item.record for item in seen]
