"""The page holds everything, escapes everything and needs nothing else."""

from __future__ import annotations

import json
import re
from functools import cache
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.out_records import make, window
from tests.watch.hostile import ATTACKS, attacked, hostile
from tests.watch.pages import ONE, THREE, TWO, seen
from vindue.watch.bars import bars
from vindue.watch.captures import Seen
from vindue.watch.evidence import pieces
from vindue.watch.report import json_in_html, make_report


class Outline(HTMLParser):
    """Elements, attributes and texts of a page, as a browser's parser would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.texts: list[str] = []
        self._in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in = tag
        if tag == "script":
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in == "script":
            self.scripts[-1] += data
        else:
            self.texts.append(data)


@cache
def plain() -> str:
    return make_report(seen(THREE, TWO.edited("Extended until 2000."), ONE))


def outline(page: str) -> Outline:
    found = Outline()
    found.feed(page)
    return found


def shape(page: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(tag, tuple(sorted(attrs))) for tag, attrs in outline(page).tags]


def bare(text: str) -> str:
    """Without blank space: marks and layout come between."""
    return "".join(text.split())


def test_the_same_notices_give_the_same_page() -> None:
    assert make_report(seen(ONE)) == make_report(seen(ONE))


def test_every_notice_is_there_with_its_text_and_evidence() -> None:
    texts = bare("".join(outline(plain()).texts))
    for item in seen(THREE, TWO.edited("Extended until 2000."), ONE):
        assert bare(item.record.title) in texts
        assert "/windows/0/start" in texts
        assert bare(item.said or "") in texts


def test_it_fetches_nothing_and_runs_nothing_but_its_own() -> None:
    found = outline(plain())
    policy = next(a["content"] for t, a in found.tags if a.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    for tag, attrs in found.tags:
        assert not {name for name in attrs if name.startswith("on") or name == "style"}
        assert tag not in ("iframe", "object", "embed", "base")
        for name in ("src", "href"):
            assert (attrs.get(name) or "#").startswith(("#", "data:,"))


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_text_and_changes_no_element(attack: str) -> None:
    harmless = attacked("x" * 20)
    page, other = make_report([attacked(attack)]), make_report([harmless])
    assert shape(page) == shape(other)
    first, last = outline(page).scripts
    assert last == outline(other).scripts[-1]
    assert json.loads(first)["bars"]


def test_a_duplicate_is_a_link_only_to_the_web() -> None:
    def links(target: str) -> list[str | None]:
        page = make_report([Seen(make(status="duplicate", duplicate_of=target))])
        return [a["href"] for t, a in outline(page).tags if t == "a" and a.get("rel")]

    assert links("https://example.org/?a=1&b=2") == ["https://example.org/?a=1&b=2"]
    assert links("javascript:alert(1)") == []
    assert links(" https://example.org/") == []


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_json_can_stand_in_a_script(value: object) -> None:
    told = json_in_html(value)
    assert json.loads(told) == value
    assert not re.search("[<>&\u2028\u2029]", told)


def test_the_hostile_page_is_whole() -> None:
    page = make_report(hostile())
    assert page.count("<article") == len(ATTACKS) + 1
    assert page.rstrip().endswith("</html>")


@settings(max_examples=60)
@given(st.data())
def test_the_pieces_are_the_text_and_each_mark_covers_its_evidence(data: st.DataObject) -> None:
    text = data.draw(st.text(max_size=40))
    base = data.draw(st.integers(0, 9))
    spans = data.draw(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5))
    evidence = [
        {"field": f"/tags/{n}", "start": min(s), "end": max(s), "text": ""}
        for n, s in enumerate(spans)
    ]
    source = {"profile": "p", "name": "n", "start": base, "end": base + len(text), "line": 1}
    found = pieces(Seen(make(evidence=evidence, source=source), text))
    assert "".join(piece.text for piece in found) == text
    for number, (start, end) in enumerate(map(sorted, spans)):
        marked = "".join(piece.text for piece in found if number in piece.marks)
        assert marked == text[max(0, start - base) : max(0, end - base)]


def test_a_bar_for_each_window_that_has_a_start() -> None:
    record = make(
        window("2025-10-26T02:30:00+02:00", "2025-10-26T02:30:00+01:00"),
        window(None, None, open_end=True),
    )
    (bar,) = bars([record])
    # Wall clock times: both are 02:30, whichever offset the reader's browser has.
    assert bar["start"] == bar["end"] == 1761445800000
    assert bar["ways"] == {"dms-import": {"any": "unstated"}}


def test_an_empty_page_is_a_page() -> None:
    assert "0 notices" in make_report([])
