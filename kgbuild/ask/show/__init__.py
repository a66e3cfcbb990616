"""`kgbuild show`: a thing, an event or an edge on one screen."""

from __future__ import annotations

from kgbuild.ask.show.dossier import dossier as dossier_called
from kgbuild.ask.show.evidence import account
from kgbuild.ask.show.text import LARGE, WIDE, render
from kgbuild.graph.store import Graph


def show(graph: Graph, name: str, style: str = "text", *, width: int = WIDE, height: int | None = LARGE) -> str:
    """The dossier of what *name* means, or the evidence of the event or the edge that it is, laid out; see `render`.

    QueryError where nothing, or several, are called so.
    """
    told = account(graph, name)
    whole = height is None or style == "json"
    return render(told or dossier_called(graph, name, most=None if whole else 12), style, width=width, height=height)
