"""JSON lines out of a file or a pipe, line by line: what can't be held in memory is never held."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import BinaryIO, Final

from vindue.nlp.decoding import UnreadableError, decode_line, tell_codec
from vindue.nlp.jsonl import MAX_LINE, looks_like_jsonl
from vindue.nlp.sources import EMPTY, JSONL_SUFFIXES, STDIN, Failure, fault_of
from vindue.nlp.values import dataclass

_BLOCK: Final = 65_536
_MAX_BLANK: Final = 100_000
_NOTHING: Final = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
"""Bytes of blanks and of byte order marks."""


@dataclass(frozen=True, slots=True)
class RawLine:
    """A line without its line feed; ``number`` counts from 1 in its input.

    Its bytes are UTF-8 where ``encoding`` names another codec, which was undone.
    """

    number: int
    raw: bytes
    encoding: str = ""

    def decode(self) -> tuple[str, str]:
        """``(text, encoding)``; a line of a narrow codec tells its own."""
        text, own = decode_line(self.raw)
        return text, self.encoding or own


def is_jsonl(name: str, first_line: bytes) -> bool:
    """Whether an input is JSON lines, by its name or its first line."""
    if PurePath(name).suffix.lower() in JSONL_SUFFIXES:
        return True
    try:
        codec, _, mark = tell_codec(first_line)
    except UnreadableError:
        return False
    return looks_like_jsonl(first_line[mark:].decode(codec or "utf-8", "ignore"))


def first_line(file: BinaryIO) -> bytes:
    """The bytes of an open input up to its first line that holds anything."""
    head = file.readline(MAX_LINE)
    while not head.strip(_NOTHING) and len(head) < MAX_LINE and (more := file.readline(MAX_LINE)):
        head += more
    return head


def open_input_file(name: str) -> BinaryIO:
    """The file, or standard input. Raises ``OSError``."""
    return sys.stdin.buffer if name == STDIN else Path(name).open("rb")


def stream_lines(name: str, file: BinaryIO, head: bytes) -> Iterator[RawLine | Failure]:
    """All lines of an open input, of which the ``head`` was read; blank ones at the end left out.

    A line is cut off at ``MAX_LINE``. What breaks in the middle is a
    ``Failure`` behind the lines that were whole.
    """
    number, blank = 0, list[RawLine]()
    try:
        for number, (raw, encoding) in enumerate(_raw_lines(file, head), start=1):
            blank.append(RawLine(number, raw, encoding))
            if len(blank) > _MAX_BLANK or not is_blank(raw):
                yield from blank
                blank.clear()
    except OSError as error:
        yield Failure(name, fault_of(error))
    except UnreadableError as error:
        yield Failure(name, str(error))
    else:
        if number == len(blank):
            yield Failure(name, EMPTY)


def is_blank(raw: bytes) -> bool:
    """Whether a line holds nothing but blanks."""
    return not raw.startswith(b"{") and not decode_line(raw)[0].strip()


def _raw_lines(file: BinaryIO, head: bytes) -> Iterator[tuple[bytes, str]]:
    codec, name, mark = tell_codec(head)
    if codec is None:
        yield from ((line, name if mark else "") for line in _narrow(file, head[mark:]))
        return
    for line in _wide(file, head[mark:], codec):
        yield line.encode("utf-8", "surrogatepass"), name


def _narrow(file: BinaryIO, head: bytes) -> Iterator[bytes]:
    more = head
    while more:
        *lines, last = more.split(b"\n")
        yield from lines
        if last:  # without a line feed: the end of the file, or of what is held of a line
            yield last
            while (more := file.readline(_BLOCK)) and not more.endswith(b"\n"):
                pass
        more = file.readline(MAX_LINE)


def _wide(file: BinaryIO, head: bytes, codec: str) -> Iterator[str]:
    decoder, rest, block = codecs.getincrementaldecoder(codec)(), "", head
    while block:
        block = head or file.read(_BLOCK)
        head = b""
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            decoder.errors = "replace"
            whole = decoder.decode(block, final=True).partition("\ufffd")[0]
            yield from (rest + whole).split("\n")[:-1]
            raise UnreadableError(f"begins as {codec} but is broken: {error.reason}") from error
        *lines, rest = (rest + text).split("\n")
        yield from (line[:MAX_LINE] for line in lines)
        rest = rest[:MAX_LINE]
    if rest:
        yield rest
