"""A drawing in a notebook: the page lives in its frame, asks for nothing, and cannot reach what is around it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from selenium.webdriver.support.ui import WebDriverWait

from kgbuild.ask.drawing import Drawing
from kgbuild.ask.network import draw
from tests.ask.world import small_world
from tests.bench import screenshot

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(screenshot.find_browser() is None, reason="no Chromium with chromedriver"),
]


def test_the_page_is_drawn_in_its_frame_and_cannot_reach_the_notebook(tmp_path: Path) -> None:
    notebook = tmp_path / "notebook.html"
    frame = Drawing(draw(small_world().graph()))._repr_html_()
    notebook.write_text(f"<!doctype html><meta charset=utf-8><body>{frame}", encoding="utf-8")
    with screenshot.open_browser() as browser:
        browser.get(notebook.as_uri())
        browser.switch_to.frame(0)
        shown = "return document.getElementById('shown').textContent"
        WebDriverWait(browser, 30).until(lambda _: "actors" in browser.execute_script(shown))
        assert browser.execute_script("return document.querySelectorAll('#picture canvas').length") == 1
        reached = "try { return parent.document.title } catch (error) { return error.name }"
        assert browser.execute_script(reached) == "SecurityError"
        assert browser.get_log("browser") == []
        messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
        asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
        assert [url for url in asked if not url.startswith(("file:", "data:", "about:", "blob:"))] == []
