"""Two captures → changes: notices new, changed field by field, and gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from vindue.nlp.record import Record, Revision, RevisionKind, Status, Time, Window
from vindue.watch.align import Key, align
from vindue.watch.captures import Seen
from vindue.watch.lines import line_changes
from vindue.watch.match import match

ChangeKind = Literal["new", "changed", "gone"]

# Fields with one value, in the order of the record; lists of things follow on their own.
_VALUES: Final = (
    "title", "tags", "language", "published_at", "updated_at", "work_orders", "environments",
    "status", "systems", "fallback", "resubmit", "duplicate_of",
)  # fmt: skip
_WINDOW: Final = (
    "start", "end", "planned_start", "planned_end", "actual_end", "timezone", "open_end",
    "precision", "status", "systems", "channel",
)  # fmt: skip
_IMPACT: Final = ("systems", "channel", "effect", "level")
_REVISION: Final = ("kind", "at", "end", "systems")


class FieldChange(BaseModel):
    """One value that differs.

    ``field`` is a JSON pointer into the new record, into the old one where
    ``to`` is null because an item was removed. For ``/text``, ``from`` and
    ``to`` are the lines that went and came.
    """

    model_config = ConfigDict(extra="forbid", serialize_by_alias=True)

    field: str
    old: Any = Field(validation_alias=AliasChoices("old", "from"), serialization_alias="from")
    new: Any = Field(validation_alias=AliasChoices("new", "to"), serialization_alias="to")


class WindowState(BaseModel):
    """A window in a change: enough to act on."""

    model_config = ConfigDict(extra="forbid")

    start: Time | None
    end: Time | None
    actual_end: Time | None
    status: Status
    systems: list[str]


class Change(BaseModel):
    """What became of one notice between two captures.

    ``id`` names the change, never twice within one state file; null between
    plain files. ``tells`` are the kinds of the update lines that came with
    it. ``windows`` are those of the new state (of the last one if it is gone).
    """

    model_config = ConfigDict(extra="forbid", serialize_by_alias=True, validate_by_name=True)

    schema_: Literal["vindue.change/1"] = Field(default="vindue.change/1", alias="schema")
    id: str | None = None
    change: ChangeKind
    notice: str
    title: str
    status: Status
    source: str
    seen_at: Time | None = None
    published_at: Time | None = None
    updated_at: Time | None = None
    systems: list[str] = []
    windows: list[WindowState] = []
    tells: list[RevisionKind] = []
    fields: list[FieldChange] = []
    again: bool = Field(default=False, description="May have been sent before: see its id")


@dataclass(frozen=True, slots=True)
class Step:
    """A change with the two sights that it lies between."""

    change: Change
    before: Seen | None
    after: Seen | None


def diff_captures(old: Sequence[Seen], new: Sequence[Seen]) -> list[Change]:
    """All changes: those of the new capture in its order, then what is gone."""
    return [step.change for step in steps(old, new)]


def steps(old: Sequence[Seen], new: Sequence[Seen]) -> list[Step]:
    """The changes as ``diff_captures`` gives them, each with its two sights."""
    matched = match(old, new)
    found = []
    for after in matched.after:
        before = matched.before_of.get(after.record.id)
        if before is None:
            found.append(Step(change_of("new", after), None, after))
        elif before.digest != after.digest:
            changed = diff_notice(before, after)
            if changed is not None:
                found.append(Step(changed, before, after))
    found.extend(Step(change_of("gone", before), before, None) for before in matched.gone)
    return found


def diff_notice(before: Seen, after: Seen) -> Change | None:
    """How one notice changed; null where nothing that it says differs.

    The change bears the id under which the notice was known before.
    """
    fields = diff_records(before.record, after.record)
    if before.said is not None and after.said is not None:
        went, came = line_changes(before.said, after.said)
        if went or came:
            fields.append(FieldChange(field="/text", old=went, new=came))
    if not fields:
        return None
    change = change_of("changed", after)
    change.notice = before.record.id
    change.fields = fields
    change.tells = _new_kinds(before.record.revisions, after.record.revisions)
    return change


def diff_records(old: Record, new: Record) -> list[FieldChange]:
    """The values that differ, in the order of the record."""
    before, after = _plain(old), _plain(new)
    found = [
        FieldChange(field=f"/{name}", old=before[name], new=after[name])
        for name in _VALUES
        if before[name] != after[name]
    ]
    found += _items("windows", before, after, _WINDOW, _window_keys(old.windows, new.windows))
    found += _items("impacts", before, after, _IMPACT, _IMPACT_KEYS)
    found += _items("revisions", before, after, _REVISION, _REVISION_KEYS)
    return found


def _plain(record: Record) -> dict[str, Any]:
    return record.model_dump(mode="json", by_alias=True)


def change_of(kind: ChangeKind, seen: Seen) -> Change:
    """The head of a change: what the notice is, and its windows."""
    record = seen.record
    return Change(
        change=kind,
        notice=record.id,
        title=record.title,
        status=record.status,
        source=record.source.name,
        published_at=record.published_at,
        updated_at=record.updated_at,
        systems=record.systems,
        windows=[_state(window) for window in record.windows],
        tells=[item.kind for item in record.revisions] if kind == "new" else [],
    )


def _state(window: Window) -> WindowState:
    return WindowState(
        start=window.start,
        end=window.end,
        actual_end=window.actual_end,
        status=window.status,
        systems=window.systems,
    )


def _new_kinds(old: Sequence[Revision], new: Sequence[Revision]) -> list[RevisionKind]:
    before = [_revision_key(item) for item in old]
    kinds = []
    for item in new:
        key = _revision_key(item)
        if key in before:
            before.remove(key)
        else:
            kinds.append(item.kind)
    return kinds


def _revision_key(item: Revision) -> tuple[object, ...]:
    return item.kind, item.at, item.end, tuple(item.systems)


def _values(item: Mapping[str, Any], names: Iterable[str]) -> tuple[object, ...]:
    return tuple(tuple(v) if isinstance(v := item[name], list) else v for name in names)


def _by(*names: str) -> Key[Mapping[str, Any]]:
    return lambda item: (names, _values(item, names))


def _window_keys(old: Sequence[Window], new: Sequence[Window]) -> list[Key[Mapping[str, Any]]]:
    keys = [
        _by(*_WINDOW),
        _by("planned_start", "planned_end", "channel", "systems"),
        _by("planned_start", "planned_end", "channel"),
        _by("start", "channel"),
        _by("end", "channel"),
    ]
    # As many as before: they were moved, not replaced.
    if len(old) == len(new):
        keys.append(_by())
    return keys


_IMPACT_KEYS: Final = [
    _by(*_IMPACT), _by("systems", "channel"), _by("channel", "effect"), _by("systems", "effect"),
]  # fmt: skip
_REVISION_KEYS: Final = [_by(*_REVISION), _by("kind", "at"), _by("kind", "end")]


def _items(
    name: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    fields: Sequence[str],
    keys: Sequence[Key[Mapping[str, Any]]],
) -> list[FieldChange]:
    old, new = before[name], after[name]
    found: list[FieldChange] = []
    aligned = align(old, new, keys)
    for left, right in aligned.pairs:
        found += [
            FieldChange(field=f"/{name}/{right}/{field}", old=old[left][field], new=value)
            for field in fields
            if old[left][field] != (value := new[right][field])
        ]
    for index in aligned.added:
        item = {field: new[index][field] for field in fields}
        found.append(FieldChange(field=f"/{name}/{index}", old=None, new=item))
    for index in aligned.removed:
        item = {field: old[index][field] for field in fields}
        found.append(FieldChange(field=f"/{name}/{index}", old=item, new=None))
    return found
