"""A picture of the network page as a browser draws it.

python tests/bench/screenshot.py output/network.html output/network.png
python tests/bench/screenshot.py output/network.html dark.png --dark --size 390x844 --fragment "top=20"
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

SIZE = (1400, 900)


def find_browser() -> tuple[str, str] | None:
    """Chromium or Chrome and its driver on this machine, or None: nothing is ever downloaded."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
    driver = shutil.which("chromedriver")
    return (browser, driver) if browser and driver else None


@contextmanager
def open_browser() -> Iterator[webdriver.Chrome]:
    """A headless browser with an empty profile, closed at the end; it logs its network traffic."""
    found = find_browser()
    if found is None:
        raise SystemExit("No chromium with chromedriver. Install them, e.g. apt-get install chromium chromium-driver.")
    options = webdriver.ChromeOptions()
    options.binary_location = found[0]
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        f"--window-size={SIZE[0]},{SIZE[1]}",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=Service(found[1]))
    try:
        yield browser
    finally:
        browser.quit()


def show(browser: webdriver.Chrome, page: Path, fragment: str = "") -> None:
    """Open *page* at *fragment* and wait until its picture stands still."""
    browser.get(page.resolve().as_uri() + (f"#{fragment.removeprefix('#')}" if fragment else ""))
    wait_until_drawn(browser)


def wait_until_drawn(browser: webdriver.Chrome) -> None:
    """Wait until the page's state says that nothing moves any more."""
    WebDriverWait(browser, 60, poll_frequency=0.02).until(
        lambda it: it.execute_script("return document.body.dataset.state") in {"ready", "empty"}
    )


def wear(browser: webdriver.Chrome, *, dark: bool) -> None:
    """Let the system look light or dark, and move nothing."""
    features = [
        {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def screenshot(
    page: Path,
    png: Path,
    *,
    dark: bool = False,
    size: tuple[int, int] = SIZE,
    fragment: str = "",
    select: str | None = None,
) -> None:
    """Draw *page* into *png*, of *size* in pixels, at the link *fragment*; *select* opens an actor or a line first."""
    with open_browser() as browser:
        browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False},
        )
        wear(browser, dark=dark)
        show(browser, page, fragment)
        if select is not None:
            browser.execute_script("kgbuild.select(arguments[0])", select)
            wait_until_drawn(browser)
        # Two frames, so that what was decided is also painted.
        browser.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
        png.parent.mkdir(parents=True, exist_ok=True)
        browser.save_screenshot(str(png))


def size_of(text: str) -> tuple[int, int]:
    """Width and height of "1400x900"."""
    width, height = map(int, text.lower().split("x"))
    return width, height


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("page", type=Path)
    parser.add_argument("png", type=Path)
    parser.add_argument("--dark", action="store_true", help="as a dark system shows it")
    parser.add_argument("--size", type=size_of, default=SIZE, help="in pixels, e.g. 390x844")
    parser.add_argument("--fragment", default="", help="what a link to the page says after the #")
    parser.add_argument("--select", help="id of an actor or line to open")
    arguments = parser.parse_args()
    screenshot(
        arguments.page,
        arguments.png,
        dark=arguments.dark,
        size=arguments.size,
        fragment=arguments.fragment,
        select=arguments.select,
    )
