"""Bytes → text: a ladder of encodings, each rung with a plain reason."""

from __future__ import annotations

import codecs
import re
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
)
"""Byte order mark, codec of what follows, name; UTF-32 before UTF-16, whose mark begins it."""

_BINARY: Final = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document of the old form"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\x7fELF", "a program"),
)

_NARROW: Final = ("utf-8", "cp1252")
_SAMPLE: Final = 65536
_WIDE_SHARE: Final = 0.3
"""Share of zero bytes at even or odd places that tells UTF-16 without a mark."""
_CONTROL_SHARE: Final = 0.01
"""Share of control characters above which a text is none."""
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""Control characters but those of layout: tab, line ends, escape."""


class UnreadableError(Exception):
    """The bytes are no text; the message says what they seem to be."""


def decode(raw: bytes) -> tuple[str, str]:
    """``(text, encoding)``; line ends stay as they stood, a byte order mark goes.

    In this order: byte order mark, UTF-16 told by its zero bytes, UTF-8,
    Windows-1252, Latin-1 (which knows every byte). Raises ``UnreadableError``
    for what is no text.
    """
    _refuse_known(raw)
    text, encoding = _decode(raw)
    _refuse_binary(text)
    return text, encoding


def decode_line(raw: bytes) -> tuple[str, str]:
    """``(text, encoding)`` of one line of a stream whose codec nothing tells. Never raises."""
    for encoding in _NARROW:
        try:
            return raw.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1"), "latin-1"


def tell_codec(head: bytes) -> tuple[str | None, str, int]:
    """``(codec, name, length of its mark)`` of a stream that begins with ``head``.

    The codec is null where each line is to be told on its own. Raises
    ``UnreadableError`` for what is no text.
    """
    _refuse_known(head)
    for mark, codec, name in _MARKS:
        if head.startswith(mark):
            return (None if codec == "utf-8" else codec), name, len(mark)
    if wide := _wide(head[: len(head) // 2 * 2]):
        return wide[0], wide[0], 0
    _refuse_binary(head.decode("latin-1"))
    return None, "utf-8", 0


def _decode(raw: bytes) -> tuple[str, str]:
    for mark, codec, name in _MARKS:
        if raw.startswith(mark):
            try:
                return raw[len(mark) :].decode(codec), name
            except UnicodeDecodeError as error:
                reason = f"begins as {codec} but is broken at byte {error.start + len(mark)}"
                raise UnreadableError(reason) from error
    for encoding in (*_wide(raw), *_NARROW):
        try:
            return raw.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1"), "latin-1"


def _wide(raw: bytes) -> tuple[str, ...]:
    """UTF-16 without a mark: Latin text has a zero in every other byte."""
    sample = raw[:_SAMPLE]
    if len(raw) % 2 or not sample:
        return ()
    half = len(sample) / 2
    if sample[1::2].count(0) / half > _WIDE_SHARE and not sample[::2].count(0):
        return ("utf-16-le",)
    if sample[::2].count(0) / half > _WIDE_SHARE and not sample[1::2].count(0):
        return ("utf-16-be",)
    return ()


def _refuse_known(raw: bytes) -> None:
    for magic, kind in _BINARY:
        if raw.startswith(magic):
            raise UnreadableError(f"not text but {kind}: save it as text first")


def _refuse_binary(text: str) -> None:
    if "\0" in text:
        raise UnreadableError("binary: it holds zero bytes")
    sample = text[:_SAMPLE]
    control = len(_CONTROL.findall(sample))
    if sample and control / len(sample) > _CONTROL_SHARE:
        raise UnreadableError("binary: it holds too many control characters")
