"""Paths, folders and encodings: what is read, and what is refused with which words."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from vindue.nlp.decoding import UnreadableError, decode
from vindue.nlp.sources import Document, Failure, read_sources

TEXT = "Planlagt vedligehold på øen – 20 €\r\n\r\nI aften.\n"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode("utf-8"), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-32"), "utf-32"),
        (TEXT.encode("cp1252"), "cp1252"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_encodings_give_the_same_text_line_ends_kept(raw: bytes, encoding: str) -> None:
    assert decode(raw) == (TEXT, encoding)


def test_latin_1_takes_what_windows_has_no_sign_for() -> None:
    text = "l\xf8rdag \x81 \x9d i aften"
    assert decode(text.encode("latin-1")) == (text, "latin-1")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04....", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"text with \x00 a zero", "zero bytes"),
        (bytes(range(1, 9)) * 20, "control characters"),
        (codecs.BOM_UTF8 + b"broken \xff", "broken at byte 10"),
        (codecs.BOM_UTF16_LE + b"a", "broken"),
    ],
)
def test_what_is_no_text_is_refused_by_name(raw: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        decode(raw)


def test_every_input_is_read_whatever_befalls_the_others(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_bytes(TEXT.encode())
    binary = tmp_path / "picture.png"
    binary.write_bytes(b"\x89PNG\r\n\x1a\n")
    empty = tmp_path / "empty.txt"
    empty.write_text(" \n")
    missing = tmp_path / "missing.txt"
    paths = [str(path) for path in (missing, binary, good, empty, good)]
    found = list(read_sources(paths))
    assert [item.name for item in found] == paths
    assert [item.reason if isinstance(item, Failure) else "" for item in found] == [
        "no such file or directory",
        "not text but a PNG image: save it as text first",
        "",
        "empty: there is nothing to read",
        "",
    ]
    assert isinstance(found[2], Document)
    assert found[2].text == TEXT


def test_a_folder_gives_its_files_by_name(tmp_path: Path) -> None:
    for name in ("b.txt", "a.jsonl", "c/d.md", "plain", "x.png", ".hidden.txt", ".git/e.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("words")
    names = [Path(item.name).relative_to(tmp_path) for item in read_sources([str(tmp_path)])]
    assert [str(name) for name in names] == ["a.jsonl", "b.txt", "c/d.md", "plain"]


def test_a_folder_with_nothing_to_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(b"")
    (failure,) = read_sources([str(tmp_path)])
    assert isinstance(failure, Failure)
    assert failure.name == str(tmp_path)
    assert "no file that can be read" in failure.reason
