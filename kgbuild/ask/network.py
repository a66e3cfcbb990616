"""The network page: the picture of a graph in one HTML file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kgbuild.ask.picture import read_picture

if TYPE_CHECKING:
    from kgbuild.graph.store import Graph

TITLE = "Who does what to whom"


def draw(graph: Graph, *, top: int = 120, title: str = TITLE) -> str:
    """The network page: one HTML file that asks for nothing else and is safe with any text.

    It opens with the *top* weightiest actors, and holds them all. The same graph gives the same bytes.
    """
    # pyvis brings IPython along, 0.4 s that no other command should wait for.
    from kgbuild.ask.page import Page

    return Page(read_picture(graph), top=top, title=title).generate_html()


def write_page(graph: Graph, path: Path, *, top: int = 120, title: str = TITLE) -> Path:
    """*path*, holding the page of `draw`; it is written beside and renamed, so it is never half there."""
    html = draw(graph, top=top, title=title)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        beside.write_text(html, encoding="utf-8", newline="\n")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return path
