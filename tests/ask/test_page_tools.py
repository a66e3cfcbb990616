"""The tools of the network page in a real browser: filters, dates, path, table, link, undo and keys."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from world import World

pytest.importorskip("selenium", reason="selenium is not installed: pip install kgbuild[test]")

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from test_page import Reader, actor_id, browser, line_id, screenshot  # noqa: F401  # browser is a fixture

pytestmark = pytest.mark.skipif(screenshot.find_browser() is None, reason="no chromium with chromedriver on this machine")


def islands() -> World:
    """A ring of islands, a minister and a pact: two ways from Arland to Dorland, one of them better attested."""
    world = World()
    for name in ("Arland", "Borland", "Corland", "Dorland", "Éland"):
        world.actor(name, "State")
    world.actor("Ida Falk", "Person", "Minister Falk")
    world.actor("Island Pact", "Agreement")
    gazette = world.article("Two months of talks", issued="2031-01-20", publisher="The Gazette")
    herald = world.article("=SUM(1)", issued="2031-03-02", publisher="The Herald", url="https://herald.example/1")

    def says(article: str, sentence: str, trigger: str, claims: str, a: str, b: str, when: str = "", **stance: Any) -> None:
        roles = {"participant": (a, b)} if claims == "Meeting" else {"actor": (a,), "recipient": (b,)}
        world.says(article, sentence, trigger, claims, when=when, **roles, **stance)

    says(gazette, "Arland met Borland on 10 January.", "met", "Meeting", "Arland", "Borland", "2031-01-10")
    says(gazette, "Borland met Dorland on 15 February.", "met", "Meeting", "Borland", "Dorland", "2031-02-15")
    says(gazette, "Arland met Corland, Falk said.", "met", "Meeting", "Arland", "Corland", "2031-01-12", speaker="Ida Falk")
    says(herald, "Arland met Corland again.", "met", "Meeting", "Arland", "Corland", "2031-03-01")
    says(herald, "Corland met Dorland.", "met", "Meeting", "Corland", "Dorland", "2031-03-02")
    says(herald, "Corland sanctioned Éland.", "sanctioned", "ImposeSanctions", "Corland", "Éland")
    says(herald, "Dorland will aid Éland.", "aid", "ProvideAid", "Dorland", "Éland", "2031-04", modality="Planned")
    for who in ("Éland", "Dorland"):
        world.claim(herald, f"{who} is in the Pact.", "in", "partyTo", {"subject": (who,), "object": ("Island Pact",)})
    return world


WORLD = islands()
ARLAND, BORLAND, CORLAND, DORLAND, ELAND, PACT = (
    actor_id(WORLD, name) for name in ("Arland", "Borland", "Corland", "Dorland", "Éland", "Island Pact")
)
SANCTIONS = line_id(WORLD, "imposes sanctions on")


class User(Reader):
    """A reader who uses the tools."""

    def restore(self, address: str = "") -> None:
        """Follow a link within the page."""
        self.js("kgbuild.restore(arguments[0])", address)
        screenshot.wait_until_drawn(self.browser)

    def call(self, name: str, *arguments: object) -> Any:
        result = self.js(f"kgbuild.{name}(...arguments)", *arguments)
        screenshot.wait_until_drawn(self.browser)
        return result

    def actors(self) -> list[str]:
        """The names of the actors in the picture."""
        labels = {actor_id(WORLD, name): name for name in WORLD.actors if name != "Ida Falk"}
        return sorted(labels[id] for id in self.js("kgbuild.nodes.getIds()"))

    def lines(self) -> set[str]:
        return set(self.js("kgbuild.view.lines()"))

    def tick(self, facet: str, words: str) -> None:
        """Tick an entry of a list of filters."""
        self.open_facet(facet)
        label = next(
            each
            for each in self.browser.find_elements(By.CSS_SELECTOR, f"[data-facet='{facet}'] label")
            if each.text.startswith(words)
        )
        label.click()
        screenshot.wait_until_drawn(self.browser)

    def open_facet(self, facet: str) -> None:
        self.browser.execute_script(f"document.querySelector(`[data-facet='{facet}']`).open = true")
        WebDriverWait(self.browser, 5).until(lambda _: self.texts(f"[data-facet='{facet}'] li"))

    def shows(self, selector: str) -> bool:
        return bool(self.browser.find_element(By.CSS_SELECTOR, selector).is_displayed())
