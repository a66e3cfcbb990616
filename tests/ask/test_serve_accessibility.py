"""The pages of `kgbuild serve` for readers who hear them, use no mouse, or see little contrast: axe-core finds nothing."""

from __future__ import annotations

from typing import Any

import pytest
from serving import Served
from test_accessibility import findings, screenshot

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(screenshot.find_browser() is None, reason="no chromium with chromedriver on this machine"),
]
PAGES = (
    "/", "/ask?question=met&name=Arvania", "/ask?question=top", "/query", "/query?query=SELEKT", "/show?name=Belmora",
    "/search?words=belmora", "/nix",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("look", ["light", "dark", "phone"])
def test_nothing_stands_in_a_readers_way_and_nothing_overflows(browser: Any, server: Served, path: str, look: str) -> None:
    screenshot.wear(browser, dark=look == "dark")
    size = {"width": 390 if look == "phone" else 1300, "height": 844, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get(server.address + path)
    overflow = browser.execute_script("return document.documentElement.scrollWidth - window.innerWidth")
    assert (findings(browser), overflow) == ([], 0)


def test_a_form_is_filled_in_and_sent_by_the_keyboard(browser: Any, server: Served) -> None:
    browser.get(server.address + "/ask?question=met")
    if not browser.find_element("css selector", "details").get_attribute("open"):
        browser.find_element("css selector", "summary").send_keys("\n")
    browser.find_element("id", "ask-name1").send_keys("Arvania\n")
    assert browser.find_element("css selector", ".count").text == "1 row"
    assert "name=Arvania" in browser.current_url
