"""How far those who stand in two network pages have moved from the one to the other, as shares of the picture's width.

python tests/bench/moved.py before.html after.html [--fragment "folded=no&top=60"]
"""

from __future__ import annotations

import argparse
import statistics
from pathlib import Path
from typing import Any

from screenshot import open_browser, show, wear

PLACES = """
const places = kgbuild.network.getPositions(), width = document.getElementById("picture").clientWidth;
const share = (id) => { const { x, y } = kgbuild.network.canvasToDOM(places[id]); return [x / width, y / width]; };
return Object.fromEntries(kgbuild.nodes.getIds().map((id) => [id, share(id)]));"""


def places(browser: Any) -> dict[str, tuple[float, float]]:
    """Where each actor stands, in widths of the picture."""
    found: dict[str, tuple[float, float]] = browser.execute_script(PLACES)
    return found


def moves(before: dict[str, tuple[float, float]], after: dict[str, tuple[float, float]]) -> list[float]:
    """How far each who is in both has moved, the least first."""
    both = before.keys() & after.keys()
    return sorted(((before[id][0] - after[id][0]) ** 2 + (before[id][1] - after[id][1]) ** 2) ** 0.5 for id in both)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--fragment", default="")
    given = parser.parse_args()
    with open_browser() as browser:
        wear(browser, dark=False)
        found = []
        for page in (given.before, given.after):
            browser.get("about:blank")
            show(browser, page, given.fragment)
            found.append(places(browser))
    moved = moves(*found)
    print(f"{len(moved)} in both: median {statistics.median(moved):.3f}, nine in ten {moved[9 * len(moved) // 10]:.3f}")


if __name__ == "__main__":
    main()
