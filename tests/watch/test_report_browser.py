"""The report in a real browser: filters, keyboard, dark, narrow, silent, accessible, quick."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.watch.hostile import ATTACKS, hostile
from vindue.corpus.cases import page_path
from vindue.corpus.texts import read_page
from vindue.watch.captures import seen_on_page
from vindue.watch.report import make_report

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
DARK = {"color_scheme": "dark"}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": True}
USABLE_SECONDS = 3.0
PAINT_ALL = """
for (const article of document.querySelectorAll('article'))
    article.style.contentVisibility = 'visible';
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the whole customs page."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(make_report(seen_on_page(read_page(page_path()), "page.txt")), "utf-8")
    return path


def shown(page: Any) -> int:
    return int(page.locator("article:visible").count())


def period(page: Any, low: str, high: str) -> None:
    page.fill("#from", low)
    page.fill("#to", high)
    settle(page)


def settle(page: Any) -> None:
    """Filters answer after a moment's pause in the typing."""
    page.wait_for_timeout(150)


def rows(page: Any) -> list[str]:
    return list(page.locator("#rows .name").all_inner_texts())


def test_it_opens_on_the_latest_month(report: Path, open_page: Open) -> None:
    page = open_page(report)
    assert page.inner_text("#period") == "Fri 1 May 2026 – Sun 31 May 2026"
    assert shown(page) == 3
    assert page.inner_text("#count") == "3 of 203 notices"
    assert "DMS Import" in rows(page)


def test_it_is_usable_within_three_seconds(report: Path, open_page: Open) -> None:
    began = time.monotonic()
    page = open_page(report)
    page.click("#all")
    page.wait_for_function("document.querySelectorAll('.bar').length > 900")
    assert time.monotonic() - began < USABLE_SECONDS


def test_the_whole_period_shows_every_notice_and_every_window(
    report: Path, open_page: Open
) -> None:
    page = open_page(report)
    page.click("#all")
    assert shown(page) == 203
    records = [item.record for item in seen_on_page(read_page(page_path()), "page.txt")]
    bars = sum(len(window.systems) for record in records for window in record.windows)
    assert page.locator(".bar").count() == bars


def test_filters_leave_what_fits(report: Path, open_page: Open) -> None:
    page = open_page(report)
    page.click("#all")
    page.select_option("#system", "emcs")
    settle(page)
    emcs = shown(page)
    assert 0 < emcs < 203
    assert rows(page) == ["EMCS"]
    page.select_option("#channel", "connection")
    settle(page)
    assert shown(page) < emcs
    page.click("#clear")
    settle(page)
    assert shown(page) == 203
    page.select_option("#environment", "test")
    settle(page)
    assert 0 < shown(page) < 203
    page.click("#clear")
    page.select_option("#status", "cancelled")
    settle(page)
    assert 0 < shown(page) < 20
    assert page.locator(".bar:not(.off)").count() == 0


def test_words_find_notices(report: Path, open_page: Open) -> None:
    page = open_page(report)
    page.click("#all")
    page.fill("#words", "WO0000001587493")
    settle(page)
    assert shown(page) == 1
    page.fill("#words", "perishable emergency")
    settle(page)
    assert 1 < shown(page) < 203


def test_months_and_years_go_by(report: Path, open_page: Open) -> None:
    page = open_page(report)
    page.click("#earlier")
    assert page.input_value("#from") == "2026-04-01"
    assert page.input_value("#to") == "2026-04-30"
    page.click("#later")
    page.click("#later")
    assert page.input_value("#from") == "2026-06-01"
    page.click("#earlier")
    page.click("#year")
    assert (page.input_value("#from"), page.input_value("#to")) == ("2026-01-01", "2026-12-31")
    period(page, "2025-10-26", "2025-10-26")
    page.click("#later")
    assert page.input_value("#from") == "2025-10-27"


def test_a_period_without_a_window_says_so(report: Path, open_page: Open) -> None:
    page = open_page(report)
    period(page, "1999-01-01", "1999-01-31")
    assert page.is_visible("#nothing")
    assert shown(page) == 0


def test_by_keyboard_alone(report: Path, open_page: Open) -> None:
    page = open_page(report)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.focus("#timeline")
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert first.startswith("DMS Export: Wed 6 May 2026 00:01")
    page.keyboard.press("ArrowRight")
    assert "Sat 16 May" in page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("End")
    assert "Sat 30 May" in page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert second.startswith("DMS Import: Sat 30 May")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    assert page.locator(".bar[tabindex='0']").count() == 1
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H3"
    assert page.evaluate("location.hash").startswith("#notice-")


def test_evidence_is_lit_in_the_text(report: Path, open_page: Open) -> None:
    page = open_page(report)
    article = page.locator("article:visible").first
    article.locator("summary", has_text="Text and evidence").click()
    button = article.locator("button[data-mark]", has_text="/windows/0/start").first
    button.click()
    lit = "".join(article.locator("mark.lit").all_inner_texts())
    row = article.locator("tr", has=page.locator("button[aria-pressed=true]"))
    assert lit == row.locator("td").inner_text()
    button.click()
    assert article.locator("mark.lit").count() == 0


def test_what_was_called_off_is_struck_through(report: Path, open_page: Open) -> None:
    page = open_page(report)
    page.click("#all")
    page.select_option("#status", "cancelled")
    settle(page)
    line = page.locator("article:visible dd s").first
    assert "line-through" in line.evaluate("node => getComputedStyle(node).textDecorationLine")


def test_a_link_to_a_notice_shows_it_whatever_the_filters(report: Path, open_page: Open) -> None:
    page = open_page(report)
    assert not page.is_visible("#notice-150")
    page.evaluate("location.hash = '#notice-150'")
    page.wait_for_selector("#notice-150", state="visible")


def background(page: Any) -> int:
    """Brightness of the page, 0 to 255."""
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return max(int(part) for part in colour.strip("rgb()").split(","))


def test_dark_and_light_follow_the_system_and_the_choice(report: Path, open_page: Open) -> None:
    light, dark = open_page(report), open_page(report, **DARK)
    assert background(light) > 200
    assert background(dark) < 60
    light.select_option("#theme", "dark")
    dark.select_option("#theme", "light")
    assert background(light) < 60
    assert background(dark) > 200


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Auckland"])
def test_times_are_those_of_the_notices_wherever_the_reader_sits(
    report: Path, open_page: Open, zone: str
) -> None:
    page = open_page(report, timezone_id=zone, locale="de-DE")
    label = page.locator(".bar").first.get_attribute("aria-label")
    assert label.startswith("DMS Export: Wed 6 May 2026 00:01 – 04:00; scheduled")


@pytest.mark.parametrize("width", [320, 390, 768])
def test_a_narrow_screen_needs_no_sideways_scrolling(
    report: Path, open_page: Open, width: int
) -> None:
    page = open_page(report, viewport={"width": width, "height": 700})
    page.click("#filter-box summary")
    page.locator("article:visible summary").last.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_phone_the_filters_are_folded(report: Path, open_page: Open) -> None:
    page = open_page(report, **PHONE)
    assert not page.is_visible("#system")
    page.tap("#filter-box summary")
    page.select_option("#system", "dms-import")
    settle(page)
    assert rows(page) == ["DMS Import"]


def test_without_scripts_every_notice_stands(report: Path, chromium: Any) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(report.as_uri())
    assert page.locator("article:visible").count() == 203
    assert not page.is_visible("#filters")
    context.close()


@pytest.mark.parametrize(
    ("how", "view"),
    [({}, "month"), (DARK, "month"), (PHONE, "month"), (DARK, "whole"), (PHONE | DARK, "whole")],
    ids=str,
)
def test_axe_finds_nothing_serious(
    report: Path, open_page: Open, axe_source: str, how: dict[str, Any], view: str
) -> None:
    page = open_page(report, **how)
    if view == "whole":
        page.evaluate("document.getElementById('all').click()")
        # Every notice would take minutes; a window of them takes seconds.
        page.evaluate(
            "document.querySelectorAll('article').forEach((a, n) => n % 15 && a.remove())"
        )
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    # What is not painted yet has no colours that could be compared.
    page.evaluate(PAINT_ALL)
    page.evaluate(axe_source)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    serious = [
        (item["id"], item["nodes"][0]["html"][:200], item["nodes"][0]["failureSummary"])
        for item in found["violations"]
        if item["impact"] in ("serious", "critical")
    ]
    assert serious == []
    assert [item["id"] for item in found["violations"]] == []


def test_a_hostile_page_does_nothing(tmp_path: Path, open_page: Open) -> None:
    path = tmp_path / "hostile.html"
    path.write_text(make_report(hostile()), "utf-8")
    page = open_page(path)
    page.click("#all")
    assert shown(page) == len(ATTACKS) + 1
    for details in page.locator("details").all():
        details.evaluate("node => { node.open = true; }")
    for button in page.locator("button[data-mark]").all():
        button.click()
    page.locator(".bar").first.click()
    assert page.evaluate("window.hacked") is None
    assert page.locator("form").count() == 1
    assert page.locator("img, svg, iframe").count() == 0


def test_screenshots(report: Path, open_page: Open) -> None:
    """With VINDUE_SCREENSHOTS=FOLDER these become the pictures of docs/report.md."""
    folder = os.environ.get("VINDUE_SCREENSHOTS")
    wide = {"viewport": {"width": 1200, "height": 1500}}
    for name, how in (("light", wide), ("dark", {**wide, **DARK}), ("phone", PHONE)):
        page = open_page(report, **how)
        for field, value in (("from", "2025-06-01"), ("to", "2025-07-31")):
            page.evaluate(f"document.getElementById('{field}').value = '{value}'")
        page.dispatch_event("#filters", "input")
        settle(page)
        page.locator("article:visible details.evidence summary").first.click()
        if name == "phone":
            page.locator("#timeline").scroll_into_view_if_needed()
        else:
            page.evaluate("scrollTo(0, 0)")
        picture = page.screenshot(path=f"{folder}/report-{name}.png" if folder else None)
        assert len(picture) > 20_000
