"""Changes → lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from vindue.nlp.printable import printable
from vindue.watch.diff import Change, FieldChange

_SIGNS: Final = {"new": "+", "changed": "~", "gone": "-"}
_NOTHING: Final = "–"


def change_lines(changes: Iterable[Change]) -> Iterator[str]:
    """A head line for each change, its fields indented below."""
    for change in changes:
        yield printable(f"{_SIGNS[change.change]} {change.notice}  {change.title}".rstrip())
        if change.change != "changed":
            for window in change.windows:
                span = f"{moment(window.start)} – {moment(window.end)}"
                yield printable(f"    {span}  {window.status}  {', '.join(window.systems)}")
        if change.change == "changed" and change.tells:
            yield f"    told: {', '.join(change.tells)}"
        for field in change.fields:
            yield from map(printable, _field_lines(field))


def _field_lines(field: FieldChange) -> Iterator[str]:
    name = field.field.lstrip("/").replace("/", ".")
    if field.field == "/text":
        yield from (f"    text - {line}" for line in field.old)
        yield from (f"    text + {line}" for line in field.new)
    else:
        yield f"    {name}: {_value(field.old)} → {_value(field.new)}"


def _value(value: Any) -> str:
    if value is None or value == []:
        return _NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(_value, value))
    if isinstance(value, dict):
        told = (f"{key} {_value(item)}" for key, item in value.items() if item not in (None, []))
        return "; ".join(told)
    return moment(value) if isinstance(value, str) else str(value)


def moment(value: str | None) -> str:
    """A time as people read it, with its offset; any other string as it is."""
    if value is None:
        return _NOTHING
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return value
    return f"{at:%Y-%m-%d %H:%M %z}" if at.tzinfo else value
