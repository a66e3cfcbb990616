"""The editor of the query page in a browser: what it colours, completes and marks, and that the keyboard gets out of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from serving import Served
from test_accessibility import screenshot

pytest.importorskip("django_ace", reason="no editor is installed: pip install kgbuild[editor]")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(screenshot.find_browser() is None, reason="no chromium with chromedriver on this machine"),
]
EDITOR = "document.querySelector('.editor').env.editor"


def opened(browser: Any, server: Served, query: str = "") -> None:
    """The query page with *query* in its editor, the cursor at the end, and the keyboard there."""
    from selenium.webdriver.support.ui import WebDriverWait

    browser.get(f"{server.address}/query?query={quote(query)}")
    WebDriverWait(browser, 10).until(
        lambda page: page.execute_script(f"return !!document.querySelector('.ace_line') && !!{EDITOR}")
    )
    browser.execute_script(f"{EDITOR}.focus()")


def typed(browser: Any, *keys: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    ActionChains(browser).send_keys(*keys).perform()


def test_the_box_gives_way_and_variables_and_words_have_colours(browser: Any, server: Served) -> None:
    opened(browser, server, 'SELECT ?what { ?what rdfs:label "x"@en }')
    kinds = browser.execute_script(
        f"return {EDITOR}.session.getTokens(0).map((token) => token.type.split('.')[0])",
    )
    assert not browser.find_element("id", "query").is_displayed()
    assert {"keyword", "variable", "support", "string"} <= set(kinds)


def test_terms_of_the_vocabulary_are_completed(browser: Any, server: Served) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    opened(browser, server, "ASK {}")
    browser.execute_script(f"{EDITOR}.setValue('ASK {{ ?event a ', 1)")
    typed(browser, "dip:Mee")
    WebDriverWait(browser, 10).until(lambda page: page.find_elements("css selector", ".ace_autocomplete .ace_line"))
    typed(browser, "\n")
    assert browser.execute_script(f"return {EDITOR}.getValue()") == "ASK { ?event a dip:Meeting"


def test_the_tab_key_leads_out_of_the_editor(browser: Any, server: Served) -> None:
    opened(browser, server)
    typed(browser, "\t")
    assert browser.execute_script("return document.activeElement.textContent") == "Ask"


def test_a_mistake_is_marked_at_its_line_until_something_is_changed(browser: Any, server: Served) -> None:
    opened(browser, server, "SELECT ?x\nWHERE {\n  ?x a dip:Meeting ; ; ;\n  FILTER(\n}")
    marks = f"return {EDITOR}.session.getAnnotations().map((mark) => [mark.row, mark.text])"
    assert browser.execute_script(marks) == [[4, "The query has a mistake in line 5, column 1: ) is missing before this."]]
    typed(browser, " ")
    assert browser.execute_script(marks) == []


def test_control_and_enter_ask_what_is_written(browser: Any, server: Served) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import WebDriverWait

    opened(browser, server)
    browser.execute_script(f"{EDITOR}.setValue('ASK {{}}', 1)")
    ActionChains(browser).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL).perform()
    WebDriverWait(browser, 10).until(lambda page: "Yes." in page.page_source)
    assert browser.current_url.endswith("/query?query=ASK+%7B%7D")


def test_nothing_is_refused_by_the_policy_of_the_page(browser: Any, server: Served) -> None:
    browser.get_log("browser")
    opened(browser, server, "ASK {}")
    typed(browser, " dip:Mee")
    assert [entry["message"] for entry in browser.get_log("browser")] == []
