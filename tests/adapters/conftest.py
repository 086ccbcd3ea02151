"""What the adapters' tests share: the files, the zone, and what must hold of every envelope."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from vindue.nlp.adapters.envelope import Envelope

FILES = Path(__file__).parent / "files"

Sound = Callable[[tuple[Envelope, ...]], tuple[Envelope, ...]]


@pytest.fixture
def zone() -> ZoneInfo:
    return ZoneInfo("Europe/Copenhagen")


@pytest.fixture
def raw() -> Callable[[str], bytes]:
    return lambda name: (FILES / name).read_bytes()


@pytest.fixture
def names() -> set[str]:
    return {path.name for path in FILES.iterdir()} - {"README.md"}


@pytest.fixture
def sound() -> Sound:
    """Checks that every offset points where its text stands, and hands the envelopes on."""
    return check_sound


def check_sound(envelopes: tuple[Envelope, ...]) -> tuple[Envelope, ...]:
    for envelope in envelopes:
        notice = envelope.notice
        text = notice.text
        assert 0 <= notice.span.start <= notice.body.start <= notice.body.end <= len(text)
        pieces = [version.text for version in envelope.history]
        pieces += [piece for _, piece in envelope.labels]
        pieces += [*notice.tags, *([notice.title] if notice.title else [])]
        for piece in pieces:
            assert piece.span.of(text) == piece.text
        for version in envelope.history:
            apart = version.text.span.start >= notice.body.end
            assert apart, "history stands inside the body that is read"
    return envelopes
