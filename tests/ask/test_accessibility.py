"""The network page for readers who hear it, use no mouse, or see little contrast: axe-core finds nothing serious."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from world import World, small_world

from kgbuild.ask.network import write_page

pytest.importorskip("selenium", reason="selenium is not installed: pip install kgbuild[test]")
axe = pytest.importorskip("axe_core_python", reason="axe-core is not installed: pip install kgbuild[test]")

spec = importlib.util.spec_from_file_location("screenshot", Path(__file__).parents[1] / "bench" / "screenshot.py")
assert spec and spec.loader
screenshot = importlib.util.module_from_spec(spec)
spec.loader.exec_module(screenshot)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(screenshot.find_browser() is None, reason="no chromium with chromedriver on this machine"),
]

STATES = {
    "as it opens": "",
    "an actor open": "kgbuild.select('thing0')",
    "a line open": "kgbuild.select(kgbuild.edges.getIds()[0])",
    "a pair open": "kgbuild.select('thing0 -- thing1')",
    "a path open": "kgbuild.pathBetween('thing2', 'thing1')",
    "the table with a line open": "document.getElementById('open-table')?.click(); "
    "kgbuild.select(kgbuild.edges.getIds()[0])",
    "the table with an actor open": "document.getElementById('open-table')?.click(); kgbuild.select('thing0')",
    "filters, dates and an actor": "document.querySelector('[data-filter]').click(); "
    "document.getElementById('open-time').click(); kgbuild.select(kgbuild.nodes.getIds()[0])",
    "the path": "document.getElementById('open-path')?.click()",
    "the dates": "document.getElementById('open-time')?.click()",
    "the events": "document.getElementById('open-strip')?.click()",
    "the matrix": "document.getElementById('open-matrix')?.click()",
    "the table": "document.getElementById('open-table')?.click()",
    "the keys": "document.getElementById('help-button')?.click()",
    "the lists": "document.querySelectorAll('.facet').forEach((list) => { list.open = true })",
}


def findings(browser: Any) -> list[str]:
    """What axe-core holds to be serious or critical: the rule, and the elements."""
    script = Path(axe.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
    # Through the debugger: the page's own policy lets no other script in.
    browser.execute_cdp_cmd("Runtime.evaluate", {"expression": script})
    found = browser.execute_async_script("axe.run(document).then(arguments[0])")
    return [
        f"{violation['id']}: {', '.join(' '.join(node['target']) for node in violation['nodes'][:3])}"
        for violation in found["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_nothing_serious_stands_in_anybodys_way(browser: Any, tmp_path: Path, state: str, dark: bool) -> None:
    page = write_page(small_world().graph(), tmp_path / "network.html")
    screenshot.wear(browser, dark=dark)
    screenshot.show(browser, page)
    browser.execute_script(STATES[state])
    screenshot.wait_until_drawn(browser)
    assert findings(browser) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nor_where_there_is_nothing_to_draw(browser: Any, tmp_path: Path, dark: bool) -> None:
    screenshot.wear(browser, dark=dark)
    screenshot.show(browser, write_page(World().graph(), tmp_path / "network.html"))
    assert findings(browser) == []
