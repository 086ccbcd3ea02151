"""A real headless Chromium for the tests that are marked ``browser``; they skip where it is not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

AXE = Path(__file__).parent / "browser" / "node_modules" / "axe-core" / "axe.min.js"
HOW = "docs/report.md says how to run these"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: needs Chromium, playwright and axe-core")


@pytest.fixture(scope="session")
def axe_source() -> str:
    """The source of axe-core."""
    if not AXE.is_file():
        pytest.skip(f"axe-core is not installed; {HOW}")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for all tests; each opens its own pages."""
    path = os.environ.get("VINDUE_CHROMIUM") or shutil.which("chromium")
    if path is None:
        pytest.skip(f"Chromium is not installed; {HOW}")
    playwright = pytest.importorskip("playwright.sync_api", reason=f"no playwright; {HOW}")
    with playwright.sync_playwright() as driver:
        # Chromium refuses its sandbox to root, as whom a container runs.
        arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        browser = driver.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Open a file; afterwards there was no error, no console line and no other request."""
    contexts: list[Any] = []
    heard: list[str] = []
    asked: list[str] = []
    opened_urls: set[str] = set()

    def opened(path: Path, **how: Any) -> Any:
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **how})
        contexts.append(context)
        page = context.new_page()
        url = path.as_uri()
        page.on("console", lambda line: heard.append(f"console {line.type}: {line.text}"))
        page.on("pageerror", lambda error: heard.append(f"error: {error}"))
        page.on("request", lambda request: asked.append(request.url.split("#")[0]))
        page.on("dialog", lambda dialog: heard.append(f"dialog: {dialog.message}"))
        opened_urls.add(url)
        page.goto(url)
        page.wait_for_selector("html[data-ready]")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert heard == []
    assert set(asked) == opened_urls
