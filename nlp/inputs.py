"""A page or a text → its records: profile chosen, notices read, ids numbered, twins related."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from vindue.grammars.load import load_profile, profile_names
from vindue.grammars.schema import Profile
from vindue.nlp.adapters.opening import Opened, open_text
from vindue.nlp.adapters.records import read_envelopes
from vindue.nlp.arbitration import Mode
from vindue.nlp.assemble import Readings, assemble
from vindue.nlp.identity import number_equals
from vindue.nlp.instants import plausible
from vindue.nlp.limits import USUAL, Limits, OverLimitError, refuse_too_large
from vindue.nlp.notices import page_notices, text_notice
from vindue.nlp.page import is_page
from vindue.nlp.pipeline import Options, read_notice, weigh_notice
from vindue.nlp.readings import Effects, Facts, Schedule
from vindue.nlp.record import Diagnostic, Record
from vindue.nlp.related import relate
from vindue.nlp.spans import Finding, Notice
from vindue.nlp.stamps import localize
from vindue.nlp.values import dataclass, replace
from vindue.nlp.weighing import Weighing

AUTO: Final = "auto"
FALLBACK_PROFILE: Final = "generic"
_SURROGATE: Final = re.compile("[\ud800-\udfff]")

Progress = Callable[[int, int], None]
"""Called with how many notices are read, and of how many."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How inputs are read. ``profile`` is a name or ``auto``; ``timezone`` an IANA name or null.

    ``model`` says whether the trained reader takes part, ``limits`` what one
    input or notice may cost.
    """

    profile: str = AUTO
    timezone: str | None = None
    published_at: datetime | str | None = None
    model: Mode = "off"
    limits: Limits = USUAL


def read_page(
    text: str, name: str, settings: Settings, progress: Progress | None = None
) -> list[Record]:
    """The records of all notices of a page, in page order; none for a blank page.

    Raises ``ValueError`` for an unknown profile or zone.
    """
    text = mend(text)
    profile = choose_profile(text, settings.profile)
    zone = find_zone(settings.timezone or profile.zone)
    if not profile.published:
        return [read_text(text, name, settings)] if text.strip() else []
    notices = page_notices(text, profile, zone)
    records = []
    for number, notice in enumerate(notices, start=1):
        records.append(_read(notice, profile, zone, name, settings))
        if progress is not None:
            progress(number, len(notices))
    ids = number_equals([record.id for record in records])
    for record, numbered in zip(records, ids, strict=True):
        record.id = numbered
    return relate(records)


def read_text(text: str, name: str, settings: Settings, given_id: str | None = None) -> Record:
    """The record of a text that is one notice.

    Raises ``ValueError`` for an unknown profile or zone, or a ``published_at``
    that is no time.
    """
    text = mend(text)
    profile = choose_profile(text, settings.profile)
    zone = find_zone(settings.timezone or profile.zone)
    published_at = read_time(settings.published_at, zone)
    opened = open_text(text, zone, settings.profile)
    if opened.envelopes:
        return _first(read_opened(opened, name, settings), given_id)
    notice = text_notice(text, profile, zone, published_at, given_id)
    return _read(notice, profile, zone, name, settings)


def weigh_record(text: str, record: Record, settings: Settings) -> tuple[Weighing, ...]:
    """What was weighed for each window of ``record``, which was read from ``text``.

    Raises ``ValueError`` as ``read_page`` does.
    """
    text = mend(text)
    profile = choose_profile(text, settings.profile)
    zone = find_zone(settings.timezone or profile.zone)
    notices = page_notices(text, profile, zone) if profile.published else ()
    here = (record.source.start, record.source.end)
    found = next((n for n in notices if (n.span.start, n.span.end) == here), None)
    if found is None:
        found = text_notice(text, profile, zone, read_time(settings.published_at, zone))
    return weigh_notice(found, profile, zone.key)


def read_opened(
    opened: Opened, name: str, settings: Settings, progress: Progress | None = None
) -> list[Record]:
    """The records of what an adapter opened; a page is read as one of the profile it is of."""
    if opened.form == "page":
        return read_page(opened.text, name, replace(settings, profile=opened.profile), progress)
    zone = find_zone(settings.timezone or load_profile(opened.profile).zone)
    published_at = read_time(settings.published_at, zone)

    def read(notice: Notice, profile: Profile, at: ZoneInfo) -> Record:
        return _read(notice, profile, at, name, settings)

    return read_envelopes(opened, zone, published_at, read)


def _first(records: list[Record], given_id: str | None) -> Record:
    """The newest of several messages read as one text, with a warning; the id given is kept."""
    record = records[0]
    if given_id is not None:
        record.id = given_id
    if len(records) > 1:
        message = f"read as one notice, though it has the form of {len(records)}"
        record.diagnostics.append(Diagnostic(code="text.many", level="warning", message=message))
    return record


def choose_profile(text: str, wanted: str) -> Profile:
    """The profile ``wanted``; with ``auto`` the first that knows the text as its own."""
    if wanted != AUTO:
        if wanted not in profile_names():
            raise ValueError(f"unknown profile {wanted!r}: one of {', '.join(known_profiles())}")
        return load_profile(wanted)
    for name in profile_names():
        if name != FALLBACK_PROFILE and is_page(text, load_profile(name)):
            return load_profile(name)
    return load_profile(FALLBACK_PROFILE)


def check_settings(settings: Settings) -> None:
    """Raises ``ValueError`` for an unknown profile or zone, or a time that is none."""
    profile = choose_profile("", settings.profile)
    zone = find_zone(settings.timezone or profile.zone)
    read_time(settings.published_at, zone)


def known_profiles() -> tuple[str, ...]:
    """What ``profile`` may be."""
    return (AUTO, *profile_names())


def find_zone(name: str) -> ZoneInfo:
    """The zone of an IANA name. Raises ``ValueError`` for any other name."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        if not available_timezones():
            raise ValueError("there is no time zone data: install the package tzdata") from error
        raise ValueError(f"unknown time zone {name!r}") from error


def read_time(value: datetime | str | None, zone: ZoneInfo) -> datetime | None:
    """An aware time in ``zone``; one without an offset is local time there.

    Raises ``ValueError`` for a string that is not ISO 8601, and for a year in
    which nobody published on a page.
    """
    if value is None:
        return None
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError as error:
        raise ValueError(f"not an ISO 8601 time: {value!r}") from error
    if plausible(at) is None:
        raise ValueError(f"no year in which a notice was published: {str(value)!r}")
    if at.tzinfo is None:
        return localize(at, zone)[0]
    return at.astimezone(zone)


def mend(text: str) -> str:
    """``text`` with each lone surrogate replaced, so that it can be written out again."""
    return _SURROGATE.sub("\ufffd", text)


def _read(
    notice: Notice, profile: Profile, zone: ZoneInfo, name: str, settings: Settings
) -> Record:
    """One record, whatever happens: a fault of a reader costs one notice its reading, no other."""
    limits = settings.limits
    try:
        refuse_too_large(len(notice.span), limits)
        record = read_notice(notice, profile, zone.key, Options(settings.model, limits=limits))
    except OverLimitError as error:
        record = _unread(notice, profile, zone, error.code, str(error))
    except Exception as error:
        message = f"a fault of the program kept this notice from being read: {error!r}"
        record = _unread(notice, profile, zone, "reader.failed", message)
    record.source.name = mend(name)
    return record


def _unread(notice: Notice, profile: Profile, zone: ZoneInfo, code: str, message: str) -> Record:
    """The record of a notice that was not read: its outer form, and why."""
    finding = Finding(code, "error", message, notice.span)
    failed = replace(notice, findings=(*notice.findings, finding))
    return assemble(failed, Readings(Facts(), Schedule(), Effects()), profile, zone.key)
