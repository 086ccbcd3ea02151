"""The words and forms of time, as data: models of the files and their loader."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict

from vindue.grammars.tables import parse_table

LANGUAGES = ("da", "en")
NUMBER = "number"


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class CalendarName(_Data):
    """A month or weekday: ``number`` is 1–12, or 1–7 from Monday."""

    number: int
    names: tuple[str, ...]
    short: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()


class Calendar(_Data):
    """Names of months and weekdays in one language."""

    month: tuple[CalendarName, ...]
    weekday: tuple[CalendarName, ...]


class Form(_Data):
    """One form of a date, a clock time or a length of time.

    A line that can't hold it is not searched for it: ``needs`` are meanings of which it has a
    word, ``after_digit`` a month behind a digit, ``parted`` numbers with a slash, a dot or two
    dashes between them, or eight digits together.
    """

    name: str
    pattern: str
    examples: tuple[str, ...]
    never: tuple[str, ...]
    needs: tuple[str, ...] = ()
    after_digit: bool = False
    parted: bool = False
    sure: bool = True
    damaged: bool = False


class Zone(_Data):
    """A zone as people name it: the IANA names it may mean, likeliest first.

    ``near`` name it only right behind a clock time ("6 AM Central").
    ``cities`` name it only where nothing but a zone can stand, as in the
    bracket of a label.
    """

    names: tuple[str, ...]
    zones: tuple[str, ...]
    near: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()


class TimeGrammar(_Data):
    """Everything the time readers know: words by concept, forms, zones."""

    calendars: tuple[Calendar, ...]
    words: tuple[tuple[str, tuple[str, ...]], ...]
    numbers: tuple[tuple[int, tuple[str, ...]], ...]
    pieces: dict[str, str]
    dates: tuple[Form, ...]
    clocks: tuple[Form, ...]
    durations: tuple[Form, ...]
    zones: tuple[Zone, ...]


def _read(*path: str) -> dict[str, Any]:
    source = files("vindue.grammars").joinpath(*path)
    return parse_table(source.read_text(encoding="utf-8"))


@cache
def load_time_grammar() -> TimeGrammar:
    """Read and check the files; raises ``pydantic.ValidationError`` on a flaw."""
    words: list[tuple[str, tuple[str, ...]]] = []
    numbers: list[tuple[int, tuple[str, ...]]] = []
    for language in LANGUAGES:
        data = _read(language, "clocks.toml")
        numbers.extend((int(value), tuple(forms)) for value, forms in data.pop(NUMBER).items())
        words.extend((concept, tuple(forms)) for concept, forms in data.items())
    clocks = _read("clocks.toml")
    return TimeGrammar(
        calendars=tuple(Calendar(**_read(language, "calendar.toml")) for language in LANGUAGES),
        words=tuple(words),
        numbers=tuple(numbers),
        pieces=_read("pieces.toml")["piece"] | clocks["piece"],
        dates=_read("dates.toml")["form"],
        clocks=clocks["form"],
        durations=clocks["duration"],
        zones=tuple(_zones(_read("zones.toml"))),
    )


def _zones(data: dict[str, Any]) -> Iterator[Zone]:
    """The zones by their names, then by IANA name and cities; a name told before is left out."""
    told: set[str] = set()
    for entry in data["zone"]:
        zone = Zone(**entry)
        told |= set(zone.names)
        yield zone
    for name, cities in data["city"].items():
        forms = (form.replace("{city}", c) for c in cities for form in data["city_forms"]["forms"])
        yield Zone(
            names=tuple(f for f in (name, *forms) if f not in told), zones=(name,), cities=cities
        )
