"""The canonical record, version ``vindue/1``.

The pydantic models are the contract: the published JSON Schema is generated
from them. Names and meanings are settled; a field may be added, none may
change its meaning.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA: Literal["vindue/1"] = "vindue/1"

Environment = Literal["production", "test"]
Status = Literal["scheduled", "completed", "cancelled", "postponed", "duplicate"]
Precision = Literal["minute", "approximate", "day"]
Channel = Literal["file", "online", "connection", "all"]
WindowChannel = Literal["file", "online"]
Effect = Literal[
    "rejected",
    "unavailable",
    "no_sign_in",
    "closed",
    "queued",
    "delayed",
    "unstable",
    "not_recommended",
    "available",
    "unaffected",
]
ImpactLevel = Literal["outage", "degraded", "none"]
Fallback = Literal["allowed", "restricted", "not_allowed"]
RevisionKind = Literal[
    "extended",
    "delayed",
    "shortened",
    "moved",
    "edited",
    "cancelled",
    "postponed",
    "completed",
    "duplicate",
    "info",
]
Language = Literal["en", "da", "mixed"]

LEVEL_OF: dict[Effect, ImpactLevel] = {
    "rejected": "outage",
    "unavailable": "outage",
    "no_sign_in": "outage",
    "closed": "outage",
    "queued": "degraded",
    "delayed": "degraded",
    "unstable": "degraded",
    "not_recommended": "degraded",
    "available": "none",
    "unaffected": "none",
}

_DATE = r"\d{4}-\d{2}-\d{2}"
_TIME = rf"{_DATE}T\d{{2}}:\d{{2}}:\d{{2}}(\.\d+)?([+-]\d{{2}}:\d{{2}}|Z)"
Time = Annotated[
    str,
    Field(
        pattern=rf"^{_TIME}$",
        description="RFC 3339 local time with its true offset",
        examples=["2025-10-26T02:45:00+02:00"],
    ),
]
TimeOrDate = Annotated[
    str,
    Field(
        pattern=rf"^({_TIME}|{_DATE})$",
        description="A time, or a date where only that is told",
        examples=["2025-05-20T21:45:00+02:00", "2025-06-02"],
    ),
]
Confidence = Annotated[float, Field(ge=0, le=1)]
Offset = Annotated[int, Field(ge=0, description="Code point offset into the input")]


class Model(BaseModel):
    """Strict base: an unknown field is an error, not a silent passenger."""

    model_config = ConfigDict(extra="forbid", serialize_by_alias=True, validate_by_name=True)


class Source(Model):
    """Where the notice stood in the input."""

    profile: str
    name: str = Field(description="File name, '-' for standard input, or what the caller gave")
    start: Offset
    end: Offset
    line: int = Field(ge=1, description="1-based line of the notice's first line")


class Window(Model):
    """A half-open interval [start, end) as last announced."""

    start: Time | None
    end: Time | None
    planned_start: Time | None = None
    planned_end: Time | None = None
    actual_end: Time | None = None
    duration: str | None = Field(
        default=None, description="ISO 8601 elapsed time, DST counted", examples=["PT1H30M"]
    )
    timezone: str = Field(examples=["Europe/Copenhagen"])
    open_end: bool = False
    precision: Precision = "minute"
    status: Status = "scheduled"
    systems: list[str] = []
    channel: WindowChannel | None = None
    confidence: Confidence = 0.0


class Impact(Model):
    """What happens to one channel of some systems meanwhile."""

    systems: list[str]
    channel: Channel
    effect: Effect
    level: ImpactLevel
    start: Offset
    end: Offset
    text: str
    by: Literal["rule", "model"] = "rule"
    confidence: Confidence = 1.0


class Revision(Model):
    """One update line of the notice."""

    kind: RevisionKind
    at: TimeOrDate | None = None
    end: Time | None = None
    systems: list[str] = []
    start_span: Offset
    end_span: Offset


class Evidence(Model):
    """The span that a derived value was read from."""

    field: str = Field(description="JSON pointer into the record", examples=["/windows/0/start"])
    start: Offset
    end: Offset
    text: str = Field(description="Equals the source slice, always")


class Diagnostic(Model):
    """Something doubtful, corrected or inferred."""

    code: str = Field(pattern=r"^[a-z_]+(\.[a-z_]+)+$", examples=["typo.month"])
    level: Literal["info", "warning", "error"]
    message: str
    start: Offset | None = None
    end: Offset | None = None
    found: str | None = None
    used: str | None = None


class Record(Model):
    """The canonical record of one notice."""

    schema_: Literal["vindue/1"] = Field(default=SCHEMA, alias="schema")
    id: str
    source: Source
    title: str
    tags: list[str] = []
    language: Language
    published_at: Time | None = None
    updated_at: Time | None = None
    work_orders: list[str] = []
    environments: list[Environment] = []
    status: Status = "scheduled"
    windows: list[Window] = []
    systems: list[str] = []
    impacts: list[Impact] = []
    fallback: Fallback | None = None
    resubmit: bool = False
    revisions: list[Revision] = []
    duplicate_of: str | None = None
    related: list[str] = []
    evidence: list[Evidence] = []
    diagnostics: list[Diagnostic] = []


def json_schema() -> dict[str, object]:
    """The published JSON Schema (draft 2020-12) of one record."""
    schema: dict[str, object] = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    schema.update(Record.model_json_schema(by_alias=True, mode="serialization"))
    return schema
