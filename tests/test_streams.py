"""Lines of JSON out of a stream: the same records as of the whole, and never more than a line."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vindue.nlp import streams
from vindue.nlp.decoding import decode
from vindue.nlp.jsonl import split_jsonl
from vindue.nlp.sources import EMPTY, Failure, find_inputs, read_document
from vindue.nlp.streams import first_line, is_jsonl, stream_lines

LINE = json.dumps({"id": "a", "text": "Lukket søndag"}, ensure_ascii=False)


def lines(raw: bytes) -> list[str | Failure]:
    file = io.BytesIO(raw)
    found = stream_lines("n", file, first_line(file))
    return [line if isinstance(line, Failure) else line.decode()[0] for line in found]


def encodings(raw: bytes) -> list[str]:
    file = io.BytesIO(raw)
    found = stream_lines("n", file, first_line(file))
    return [line.decode()[1] for line in found if not isinstance(line, Failure)]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
@pytest.mark.parametrize("end", ["", "\n", "\n\n  \n", "\r\n"])
def test_a_stream_gives_the_lines_of_the_whole(codec: str, end: str) -> None:
    raw = f"{LINE}\n\n{LINE * 2}{end}".encode(codec)
    assert lines(raw) == split_jsonl(decode(raw)[0])


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\n"))))
def test_any_lines_are_given_as_they_stood(words: list[str]) -> None:
    raw = "\n".join(["{", *words]).encode()
    assert lines(raw) == split_jsonl("\n".join(["{", *words]))


def test_each_line_of_a_narrow_codec_tells_its_own() -> None:
    raw = LINE.encode() + b"\n" + LINE.encode("cp1252") + b"\n" + b"\x81 \xff"
    assert lines(raw) == [LINE, LINE, "\x81 ÿ"]
    assert encodings(raw) == ["utf-8", "cp1252", "latin-1"]


def test_what_is_too_long_is_cut_off_and_the_next_line_is_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(streams, "MAX_LINE", 100)
    monkeypatch.setattr(streams, "_BLOCK", 40)
    long = "x" * 1_000
    text = f"{long}\n{LINE}\n{long}"
    assert lines(text.encode()) == [long[:100], LINE, long[:100]]
    assert lines(text.encode("utf-16")) == [long[:100], LINE, long[:100]]


def test_a_stream_is_read_no_further_than_asked() -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield LINE.encode() + b"\n"

    class Pipe(io.BytesIO):
        source = endless()

        def readline(self, size: int | None = -1, /) -> bytes:
            return next(self.source)

    found = stream_lines("n", Pipe(), b"")
    assert next(found) == Failure("n", EMPTY)
    pipe = Pipe()
    found = stream_lines("n", pipe, first_line(pipe))
    assert [
        line.number for line in (next(found), next(found)) if not isinstance(line, Failure)
    ] == [
        1,
        2,
    ]


@pytest.mark.parametrize("raw", [b"", b"\n \n", "\ufeff".encode()])
def test_nothing_to_read_is_a_failure(raw: bytes) -> None:
    assert lines(raw) == [Failure("n", EMPTY)]


def test_what_breaks_in_the_middle_is_told_behind_the_whole_lines() -> None:
    raw = (LINE + "\n").encode("utf-16") + b"\x00\xdcx\x00" * 40_000
    *whole, last = lines(raw)
    assert whole == [LINE]
    assert isinstance(last, Failure)
    assert "broken" in last.reason


@pytest.mark.parametrize("raw", [b"%PDF-1.7\n", b"\x1f\x8b\x08\n", b"a\0b\0\0\n"])
def test_what_is_no_text_is_told(raw: bytes) -> None:
    assert [type(line) for line in lines(raw)] == [Failure]


@pytest.mark.parametrize(
    ("name", "head", "known"),
    [
        ("a.jsonl", "words", True),
        ("a", LINE, True),
        ("a", "\n" + LINE, True),
        ("a.json", '{"text": 1}', True),
        ("a.json", "{", False),
        ("a.txt", "words", False),
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_lines_are_told_by_name_or_first_line(
    name: str, head: str, known: bool, codec: str
) -> None:
    file = io.BytesIO(f"{head}\nmore\n".encode(codec))
    assert is_jsonl(name, first_line(file)) is known


def test_a_folder_gives_its_files_in_the_order_of_their_paths(tmp_path: Path) -> None:
    for name in ("b/1.txt", "b.txt", "a/2/x.eml", "a/10.txt", ".h/1.txt", "a/.h.txt", "b/n.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "c").symlink_to(tmp_path / "a")
    found = [str(Path(str(name)).relative_to(tmp_path)) for name in find_inputs([str(tmp_path)])]
    assert found == ["a/10.txt", "a/2/x.eml", "b/1.txt", "b.txt"]


def test_a_file_named_as_standard_input_is_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-").write_text("words")
    (name,) = find_inputs(["."])
    assert isinstance(name, str)
    document = read_document(name)
    assert not isinstance(document, Failure)
    assert document.text == "words"
