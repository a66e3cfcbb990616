"""What to ask a new graph first: its weightiest actor, and questions that have answers there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kgbuild.ask.query import ask
from kgbuild.ask.questions import named_questions
from kgbuild.ask.terms import plain
from kgbuild.graph.store import Graph, Rows

FIRST = ("met", "timeline", "promises", "sanctions", "threats", "contested", "agreements", "trade", "offices")
"""Questions to begin with, the most asked first."""

WEIGHTIEST = "SELECT ?label { ?actor dip:prominence ?part ; rdfs:label ?label } ORDER BY DESC(?part) ?label LIMIT 1"


def first_questions(graph: Graph, ontology_folder: Path, *, most: int = 4) -> tuple[str | None, Sequence[str]]:
    """The actor with part in most events, by its label, and *most* questions that have answers about it; None, and none,
    where nobody has part in anything.
    """
    found = graph.rows_here(WEIGHTIEST).rows
    if not found:
        return None, ()
    actor = plain(found[0][0])
    questions = named_questions(ontology_folder)
    answered: list[str] = []
    for name in FIRST:
        if len(answered) < most and name in questions:
            answer = ask(graph, questions[name], [actor], limit=1, limits=None)
            if isinstance(answer, Rows) and answer.rows:
                answered.append(name)
    return actor, answered
