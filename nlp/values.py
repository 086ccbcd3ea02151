"""Plain values: dataclasses that cost little to define and to make.

The standard library compiles six methods for each class when it is defined,
and its frozen classes go through ``object.__setattr__`` for each field: of a
page read cold, that was an eighth of the time. To a type checker these are
the standard library's own, and it alone sees to it that a frozen value is
never changed; ``asdict``, ``fields`` and the like take them as well.
"""

from __future__ import annotations

import dataclasses
import inspect
import operator
from collections.abc import Callable
from dataclasses import MISSING, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

__all__ = ["dataclass", "field", "replace"]

if TYPE_CHECKING:
    from dataclasses import dataclass, replace

_ORDER: Final = ("__lt__", "__le__", "__gt__", "__ge__")
_OF_ITS_OWN: Final = frozenset({"__dict__", "__weakref__"})


def _dataclass(*, frozen: bool = False, slots: bool = False, order: bool = False) -> Any:
    """What ``dataclasses.dataclass`` is, for a class that has no such class as its base."""

    def made(plain: Any) -> Any:
        names = tuple(inspect.get_annotations(plain))
        defaults = {name: plain.__dict__[name] for name in names if name in plain.__dict__}
        methods = _methods(names, frozen=frozen, order=order)
        body = {k: v for k, v in plain.__dict__.items() if k not in _OF_ITS_OWN | {*defaults}}
        if slots:
            body["__slots__"] = names
        kind: Any = type(plain)(plain.__name__, plain.__bases__, {**methods, **body})
        kind.__init__ = _maker(kind, names, defaults)
        return kind

    return made


def _replace(value: Any, /, **changes: Any) -> Any:
    """A copy of ``value`` with other values for some of its fields."""
    kind = value.__class__
    for name in kind.__match_args__:
        if name not in changes:
            changes[name] = getattr(value, name)
    return kind(**changes)


class _Fields:
    """What the standard library's functions ask of a dataclass, made when they ask."""

    def __get__(self, value: object, kind: Any) -> Any:
        twin = dataclasses.make_dataclass(kind.__name__, kind.__match_args__)
        return twin.__dict__["__dataclass_fields__"]


def _methods(names: tuple[str, ...], *, frozen: bool, order: bool) -> dict[str, Any]:
    """All methods but the one that makes a value."""
    told: Callable[[Any], Any] = attrgetter(*names) if names else lambda _: ()

    def hashed(value: Any) -> int:
        return hash(told(value))

    def written(value: Any) -> str:
        values = ", ".join(f"{name}={getattr(value, name)!r}" for name in names)
        return f"{value.__class__.__qualname__}({values})"

    found = {"__repr__": written, "__match_args__": names, "__dataclass_fields__": _Fields()}
    found["__hash__"] = hashed if frozen else None
    for name in ("__eq__", *(_ORDER if order else ())):
        found[name] = _compared(told, getattr(operator, name))
    return found


def _compared(
    told: Callable[[Any], Any], compare: Callable[[Any, Any], bool]
) -> Callable[[Any, Any], Any]:
    def compared(value: Any, other: Any) -> Any:
        if value.__class__ is not other.__class__:
            return NotImplemented
        return compare(told(value), told(other))

    return compared


def _maker(kind: Any, names: tuple[str, ...], defaults: dict[str, Any]) -> Callable[..., None]:
    """``__init__``, compiled when a value is first made: few runs make values of every kind."""

    def first(value: Any, *given: Any, **named: Any) -> None:
        known: dict[str, Any] = {"_missing": MISSING}
        taken, body = ["self"], []
        for name in names:
            default = defaults.get(name, MISSING)
            made = getattr(default, "default_factory", None)
            known[f"_{name}"] = made or default
            if made:
                taken.append(f"{name}=_missing")
                body.append(f" self.{name} = _{name}() if {name} is _missing else {name}")
            else:
                taken.append(name if default is MISSING else f"{name}=_{name}")
                body.append(f" self.{name} = {name}")
        source = f"def __init__({', '.join(taken)}):\n" + "\n".join(body or [" pass"])
        exec(source, known)  # as the standard library does: nothing else makes a value as fast
        kind.__init__ = known["__init__"]
        kind.__init__(value, *given, **named)

    return first


if not TYPE_CHECKING:
    dataclass, replace = _dataclass, _replace
