"""Bytes whose text says in which charset it is written."""

from __future__ import annotations

import codecs
import re
from typing import Final

from vindue.nlp.decoding import decode

_MARKS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_LATIN: Final = ("ascii", "iso8859-1", "iso8859-15", "cp1252")


def mend(text: str) -> str:
    """``text`` with each lone surrogate replaced, so that it can be written out again."""
    return _SURROGATE.sub("\ufffd", text)


def decode_bytes(data: bytes | str, declared: str | None = None) -> str:
    """The text; a byte order mark outranks ``declared``, which outranks the ladder.

    Text that was decoded before is left as it is. What declares a Latin
    charset and yet is valid UTF-8 was saved again by some program: it is
    UTF-8. Raises ``UnreadableError`` for what is no text.
    """
    if isinstance(data, str):
        return mend(data.removeprefix("\ufeff"))
    if declared and not data.startswith(_MARKS):
        for encoding in _candidates(declared):
            try:
                return data.decode(encoding)
            except ValueError:
                continue
    return decode(data)[0]


def _candidates(declared: str) -> tuple[str, ...]:
    """The codecs to try for a declared name; a codec of bytes into bytes is none."""
    try:
        info = codecs.lookup(declared.strip().strip("'\""))
    except (LookupError, ValueError):
        return ()
    if info.name in _LATIN:
        return ("utf-8", "cp1252")
    return (info.name,) if getattr(info, "_is_text_encoding", True) else ()
