"""Asking: a question put to the graph, with names for its parameters."""

from __future__ import annotations

from collections.abc import Mapping

from kgbuild.ask.questions import Question, read_question
from kgbuild.ask.things import find_thing
from kgbuild.errors import QueryError
from kgbuild.graph.bounded import LIMITS, Limits
from kgbuild.graph.store import Answer, Graph, Rows


def ask(
    graph: Graph,
    question: Question | str,
    given: Mapping[str, str] | None = None,
    *,
    limits: Limits | None = LIMITS,
) -> Answer:
    """The answer to *question*, with names *given* for its parameters: `ask(graph, met, {"about":
    "Serbia"})`.

    The answer has no columns for parameters: they would repeat what was given. Rows that are then equal are one. QueryError
    for a parameter that the question does not have, for one that is missing, for a name that nothing has,
    and where one of the *limits* is reached. None, for a process that is bounded already, answers in this one.
    """
    question = read_question("", question) if isinstance(question, str) else question
    names = [parameter.name for parameter in question.parameters]
    values = {}
    for name, value in (given or {}).items():
        if name not in names:
            takes = ", ".join(names) or "none"
            raise QueryError(f'{question.name or "This query"} has no parameter "{name}". It has: {takes}.')
        values[name] = find_thing(graph, value)
    for parameter in question.parameters:
        if not parameter.optional and parameter.name not in values:
            raise QueryError(
                f"{question.name or 'This query'} needs {parameter.about}. Try: kgbuild query {question.name} Russia"
            )
    if limits is None:
        answer = graph.answer_here(question.sparql, **values)
    else:
        answer = graph.query(question.sparql, timeout=limits.seconds, memory=limits.memory, **values)
    return without_columns(answer, names) if isinstance(answer, Rows) else answer


def without_columns(rows: Rows, names: list[str]) -> Rows:
    """The rows without these columns, each once, in their order."""
    if not set(names) & set(rows.columns):
        return rows
    others = [index for index, column in enumerate(rows.columns) if column not in names]
    distinct = dict.fromkeys(tuple(row[index] for index in others) for row in rows.rows)
    return Rows(tuple(rows.columns[index] for index in others), list(distinct))
