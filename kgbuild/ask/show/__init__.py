"""`kgbuild show`: a thing, an event or an edge on one screen."""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild.ask.show.dossier import dossier as dossier_called
from kgbuild.ask.show.evidence import account
from kgbuild.ask.show.text import LARGE, WIDE, render
from kgbuild.graph.store import Graph


@dataclass(frozen=True)
class Shown:
    """What is shown, laid out, and whether any article tells of it."""

    text: str
    found: bool


def show(graph: Graph, name: str, style: str = "text", *, width: int = WIDE, height: int | None = LARGE) -> Shown:
    """The dossier of what *name* means, or the evidence of the event or the edge that it is, laid out; see `render`.

    QueryError where nothing, or several, are called so.
    """
    told = account(graph, name)
    if told is not None:
        return Shown(render(told, style, width=width, height=height), bool(told.quotes))
    known = dossier_called(graph, name, most=None if height is None or style == "json" else 12)
    return Shown(render(known, style, width=width, height=height), bool(known.mentions or known.events or known.holders))
