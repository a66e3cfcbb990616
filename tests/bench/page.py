"""How fast the network page of a large graph opens and redraws, beside an empty page with the same library.

python tests/bench/page.py               (20,000 claims between 6,500 actors)
python tests/bench/page.py --output output
"""

from __future__ import annotations

import argparse
import importlib.util
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kgbuild.ask.network import draw
from kgbuild.ask.page import vis_network
from kgbuild.graph.store import Graph

HERE = Path(__file__).parent
OPENED = (1.5, 1.0)
"""The first picture may take so many times as long as an empty page of vis-network, and so many seconds more."""
REDRAWN = 0.2
"""Seconds from a choice to its picture."""
SIZE = 6_000_000
"""Bytes of the page of 20,000 claims."""
EMPTY = """<!doctype html><meta charset="utf-8"><div id="picture" style="height:600px"></div><script>{script}</script>
<script>new vis.Network(document.getElementById("picture"), {{}}, {{}}); document.body.dataset.state = "ready"</script>"""


def load(name: str, path: Path) -> Any:
    """A module by its path."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def seconds(action: Callable[[], object]) -> float:
    """How long *action* takes."""
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def measure(graph: Graph, folder: Path, rounds: int = 9) -> dict[str, float]:
    """What was measured, in seconds and bytes.

    Of times in the browser the least counts, for all that other programs do adds to it; the median stands beside it.
    """
    screenshot = load("screenshot", HERE / "screenshot.py")
    page, empty = folder / "network.html", folder / "empty.html"
    found: dict[str, float] = {}
    html: list[str] = []
    found["draw"] = seconds(lambda: html.append(draw(graph)))
    page.write_text(html[0], encoding="utf-8")
    empty.write_text(EMPTY.format(script=vis_network()), encoding="utf-8")
    found["bytes"] = page.stat().st_size
    with screenshot.open_browser() as browser:
        screenshot.wear(browser, dark=False)
        for name, file in (("empty", empty), ("opened", page)):
            note(found, name, [seconds(lambda file=file: screenshot.show(browser, file)) for _ in range(rounds)])
        redraws = []
        for number in range(rounds):
            # From the choice to the next frame that is painted after all stands still.
            redraws.append(
                browser.execute_async_script(
                    """const done = arguments[1], top = document.getElementById("top"), begun = performance.now();
                    const settled = () => document.body.dataset.state === "ready"
                      ? requestAnimationFrame(() => done((performance.now() - begun) / 1000)) : setTimeout(settled, 2);
                    top.value = [...top.options][arguments[0]].value;
                    top.dispatchEvent(new Event("change"));
                    settled();""",
                    3 + number % 2,
                )
            )
        note(found, "redrawn", redraws)
    return found


def note(found: dict[str, float], name: str, times: list[float]) -> None:
    """Put the least and the median of *times* into *found*."""
    found[name], found[f"{name}, median"] = min(times), statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--output", type=Path, help="the folder of a graph; else one is invented")
    arguments = parser.parse_args()
    if arguments.output:
        graph = Graph.open(arguments.output / "store")
    else:
        graph = load("world", HERE.parent / "ask" / "world.py").large_world(6500, 20_000).graph()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(graph, Path(folder))
    allowed = OPENED[0] * found["empty"] + OPENED[1]
    print(f"draw     {found['draw']:6.2f} s")
    print(f"page     {found['bytes'] / 1e6:6.2f} MB  (at most {SIZE / 1e6:.0f})")
    print("in the browser, the least of nine times and [the median]:")
    for name, limit in (("empty", "a page of vis-network without data"), ("opened", f"(at most {allowed:.2f})")):
        print(f"{name:8} {found[name]:6.2f} s  [{found[f'{name}, median']:.2f}]  {limit}")
    print(f"redrawn  {found['redrawn']:6.2f} s  [{found['redrawn, median']:.2f}]  (at most {REDRAWN})")
    sys.exit(found["opened"] > allowed or found["redrawn"] > REDRAWN or found["bytes"] > SIZE)


if __name__ == "__main__":
    main()
