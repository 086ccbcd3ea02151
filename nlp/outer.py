"""What every stage of the outer form needs: the text, its profile, its zone."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from vindue.grammars.schema import Profile
from vindue.nlp.values import dataclass


@dataclass(frozen=True, slots=True)
class Outer:
    """One input, shared by all its notices."""

    text: str
    profile: Profile
    zone: ZoneInfo
