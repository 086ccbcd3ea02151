"""HTML → lines and cells; struck words apart; what no reader sees left out."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from vindue.nlp.adapters import html
from vindue.nlp.adapters.envelope import MAX_SIZE, Envelope
from vindue.nlp.limits import USUAL

Raw = Callable[[str], bytes]
Sound = Callable[[tuple[Envelope, ...]], tuple[Envelope, ...]]


def text_of(body: str) -> str:
    return html.html_text(f"<html><body>{body}</body></html>").text


def test_a_generic_page(raw: Raw, zone: ZoneInfo, sound: Sound) -> None:
    (envelope,) = sound(html.decode(raw("generic.html"), zone))
    notice = envelope.notice
    assert notice.title
    assert notice.title.text == "Planlagt arbejde på fibernettet"
    assert notice.published_at
    assert notice.published_at.isoformat() == "2026-03-02T10:15:00+01:00"
    assert notice.body.of(notice.text).split("\n") == [
        "Kære kunde",
        "Vi arbejder på nettet i to nætter.",
        "",
        "Tider",
        "Dato\tFra\tTil",
        "14. marts 2026\t00:00\t02:00",
        "14. marts 2026\t03:00\t04:30",
        "15. marts 2026\t01:00\t05:00",
        "",
        "• Internet er afbrudt.",
        "• Telefoni er ikke berørt.",
    ]
    struck = [(version.kind, version.text.text) for version in envelope.history]
    assert struck == [
        ("struck", "14. marts 2026\t03:00\t04:00"),
        ("struck", "Natten mellem 16. og 17. marts er aflyst."),
    ]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>a<p>b", "a\n\nb"),
        ("a<br>b <b>c</b><i>d</i>", "a\nb cd"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("<span>18-05-2026</span><span>kl. 08:45</span>", "18-05-2026kl. 08:45"),
        ("<dl><dt>Start<dd>22:00</dl>", "Start\n22:00"),
        ("<pre>Fra    Til\n22:00  02:00</pre>", "Fra    Til\n22:00  02:00"),
        ("<table><tr><td>Start<td>22:00<tr><td>End<td>02:00</table>", "Start\t22:00\nEnd\t02:00"),
        ("<table><tr><td><p>22:00</p><p>(CET)</p><td>02:00</table>", "22:00 (CET)\t02:00"),
        ("<table><tr><td><p>a</p><p>b</p></td></tr></table>", "a\n\nb"),
        ("<table><tr><td>a<table><tr><td>1<td>2</table></table>", "a\n\n1\t2"),
        ("<table><tr><td colspan=2>a<td>b<tr><td>1<td>2<td>3</table>", "a\t\tb\n1\t2\t3"),
        ("a<!-- 12:00 --><script>13:00</script><style>14:00</style>b", "ab"),
        ('<p hidden>x</p><p style="DISPLAY:none">y</p><p aria-hidden="true">z</p>w', "w"),
        ("<nav>x</nav><footer>y</footer><div role=navigation>z</div>w", "w"),
        ("&lt;b&gt; &amp; &oslash;", "<b> & ø"),
        ("a &nbsp; b", "a b"),
        ('a <span style="text-decoration: line-through">b</span> c', "a c"),
        ("<ol><li>a<li>b</ol>", "• a\n• b"),
    ],
)
def test_text_of_elements(body: str, text: str) -> None:
    assert text_of(body) == text


def test_main_is_read_if_it_has_words() -> None:
    assert text_of("<p>menu</p><main><p>words</p></main>") == "words"
    assert text_of("<p>words</p><main> </main>") == "words"


def test_the_charset_that_the_head_declares() -> None:
    page = '<meta charset="windows-1252"><p>på søndag'.encode("cp1252")
    assert html.html_text(page).text == "på søndag"
    old = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>blå'
    assert html.html_text(old.encode("latin-1")).text == "blå"
    assert html.html_text('<meta charset="latin1"><p>blå'.encode()).text == "blå"


def test_broken_tags_left_open_and_none_at_all(zone: ZoneInfo, sound: Sound) -> None:
    (envelope,) = sound(html.decode("<table><tr><td>Start<td><b>22:00<p>End", zone))
    assert envelope.notice.body.of(envelope.notice.text) == "Start\t22:00 End"
    (empty,) = sound(html.decode("<html><body></body></html>", zone))
    assert [finding.code for finding in empty.notice.findings] == ["form.empty"]
    (binary,) = sound(html.decode(b"<p>\x00\x01\x02\x03" * 100, zone))
    assert [finding.level for finding in binary.notice.findings] == ["error"]


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 50_000 + "x",
        "<p>start</p>" + "<div>" * 50_000 + "x" + "</div>" * 50_000,
        "<table><tr><td>" * 20_000,
        "".join(f"<b a={number}>" for number in range(20_000)),
    ],
    ids=["open", "closed", "tables", "inline"],
)
def test_hostile_depth_is_cut(bomb: str, zone: ZoneInfo, sound: Sound) -> None:
    (envelope,) = sound(html.decode(bomb, zone))
    assert [finding.code for finding in envelope.notice.findings] == ["form.too_deep"]


def test_hostile_depth_leaves_what_stands_before_it(zone: ZoneInfo) -> None:
    (envelope,) = html.decode("<p>22:00</p>" + "<div>" * (USUAL.elements + 1) + "x", zone)
    assert envelope.notice.body.of(envelope.notice.text) == "22:00"


def test_hostile_cells_that_claim_the_world(zone: ZoneInfo, sound: Sound) -> None:
    row = '<tr><td colspan="99999999" rowspan="99999999">1</td><td colspan="-1">2</td></tr>'
    (envelope,) = sound(html.decode(f"<table>{row * 200}</table>", zone))
    assert len(envelope.notice.text) < 200_000
    assert envelope.notice.text.startswith("1\t")


def test_too_large_is_not_opened(zone: ZoneInfo) -> None:
    (envelope,) = html.decode("x" * (MAX_SIZE + 1), zone)
    assert [finding.code for finding in envelope.notice.findings] == ["form.too_large"]
