"""A notice in the other language: told by the record, the rest kept and marked."""

from __future__ import annotations

from vindue import parse, parse_page
from vindue.corpus.cases import page_path
from vindue.corpus.texts import read_page
from vindue.out.translate import translate, unread

NOTICE = """Service window DMS Import

Tuesday 10 March 2026, 18:00-20:00

File access

• Files sent to DMS Import will be rejected during the service window.

Bring your own cup of coffee to the counter. The fallback procedure may be used.
"""


def test_what_was_read_is_written_anew_and_the_rest_is_kept() -> None:
    record = parse(NOTICE, published_at="2026-03-01T10:00:00+01:00")
    text = translate(NOTICE, record, "da")
    assert "Filer sendt til DMS Import bliver afvist under servicevinduet." in text
    assert text.endswith(
        "Ikke oversat; den oprindelige tekst:\n"
        "[original] Bring your own cup of coffee to the counter."
    )


def test_headings_are_no_sentences() -> None:
    record = parse(NOTICE, published_at="2026-03-01T10:00:00+01:00")
    assert unread(NOTICE, record) == ["Bring your own cup of coffee to the counter."]


def test_nothing_is_marked_where_all_was_read() -> None:
    text = NOTICE.partition("Bring")[0]
    record = parse(text, published_at="2026-03-01T10:00:00+01:00")
    assert "[original]" not in translate(text, record, "da")


def test_what_is_kept_can_be_printed_anywhere() -> None:
    text = NOTICE.replace("Bring your", "Bring \x1b[31m your \u202e")
    record = parse(text, published_at="2026-03-01T10:00:00+01:00")
    (kept,) = unread(text, record)
    assert kept.isprintable()


def test_a_notice_of_the_page_has_its_own_sentences_only() -> None:
    text = read_page(page_path())
    records = parse_page(text, profile="skat")
    kept = [unread(text, record) for record in records]
    assert any(kept)
    for record, sentences in zip(records, kept, strict=True):
        body = " ".join(text[record.source.start : record.source.end].split())
        for said in sentences:
            assert said.split()[-1] in body


def test_the_page_keeps_little_and_nothing_twice() -> None:
    text = read_page(page_path())
    for record in parse_page(text, profile="skat"):
        kept = unread(text, record)
        assert len(kept) == len(set(kept))
        assert len(kept) <= 12
