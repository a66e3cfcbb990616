"""The network page: the picture of a graph in one HTML file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kgbuild.ask.choice import EVERYTHING, Choice
from kgbuild.ask.picture import read_picture
from kgbuild.graph.store import written_whole

if TYPE_CHECKING:
    from kgbuild.graph.store import Graph


def draw(graph: Graph, *, top: int = 120, title: str | None = None, choice: Choice = EVERYTHING) -> str:
    """The network page: one HTML file that asks for nothing else and is safe with any text.

    It opens with the *top* weightiest actors, and holds all that *choice* leaves; without a *title* it says
    what that is. The same graph gives the same bytes. KgbuildError for a choice that leaves nothing.
    """
    # pyvis brings IPython along, 0.4 s that no other command should wait for.
    from kgbuild.ask.page import Page

    picture = read_picture(graph, choice)
    return Page(picture, top=top, title=title or picture.title).generate_html()


def write_page(graph: Graph, path: Path, *, top: int = 120, title: str | None = None, choice: Choice = EVERYTHING) -> Path:
    """*path*, holding the page of `draw`; it appears when it is whole."""
    html = draw(graph, top=top, title=title, choice=choice)
    with written_whole(path) as beside:
        beside.write_text(html, encoding="utf-8", newline="\n")
    return path
