"""The network page: the picture of a graph in one HTML file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kgbuild.ask.picture import read_picture
from kgbuild.ask.selection import EVERYTHING, Selection
from kgbuild.graph.store import written_whole

if TYPE_CHECKING:
    from kgbuild.graph.store import Graph


def draw(graph: Graph, *, top: int | None = None, title: str | None = None, selection: Selection = EVERYTHING) -> str:
    """The network page: one HTML file that loads nothing else, whatever text the articles have.

    It has all that is of the *selection*, and shows the *top* actors with most claims first, or so many as can be read;
    without a *title* it is called by what is selected. The same graph gives the same bytes. KgbuildError where nothing is of
    the selection, or the graph is damaged.
    """
    graph.look_through()
    # pyvis brings IPython along, 0.4 s that no other command should wait for.
    from kgbuild.ask.page import NetworkPage

    picture = read_picture(graph, selection)
    return NetworkPage(picture, top=top, title=title or picture.title).generate_html()


def write_page(
    graph: Graph, path: Path, *, top: int | None = None, title: str | None = None, selection: Selection = EVERYTHING
) -> Path:
    """*path*, holding the page of `draw`; it appears when it is whole."""
    html = draw(graph, top=top, title=title, selection=selection)
    with written_whole(path) as unfinished:
        unfinished.write_text(html, encoding="utf-8", newline="\n")
    return path
