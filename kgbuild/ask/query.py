"""Asking: a question put to the graph, with names for its parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kgbuild.ask.days import days_between, first_day, is_within, last_day
from kgbuild.ask.questions import Question, read_question
from kgbuild.ask.terms import plain
from kgbuild.ask.things import find_thing
from kgbuild.errors import QueryError
from kgbuild.graph.bounded import LIMITS, Limits
from kgbuild.graph.store import Answer, Graph, Rows, Term


def ask(
    graph: Graph,
    question: Question | str,
    given: Mapping[str, str] | None = None,
    *,
    since: str | None = None,
    until: str | None = None,
    limits: Limits | None = LIMITS,
) -> Answer:
    """The answer to *question*, with names *given* for its parameters: `ask(graph, met, {"about":
    "Serbia"})`.

    With *since* and *until* (a day, a month or a year) only what may be of that time; a row without days may be of any.
    The answer has no columns for parameters and for the days to choose by. Rows that are then equal are one. QueryError for
    a parameter or a time where the question takes none, for a parameter that is missing, for a name that nothing has,
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
    wanted = days_between(since, until)
    if wanted != (None, None) and not question.days:
        raise QueryError(f"{question.name or 'This query'} is of no time. Leave --since and --until out.")
    if limits is None:
        answer = graph.answer_here(question.sparql, **values)
    else:
        answer = graph.query(question.sparql, timeout=limits.seconds, memory=limits.memory, **values)
    if not isinstance(answer, Rows):
        return answer
    return without_columns(rows_within(answer, question.days, wanted), [*names, *question.days])


def rows_within(rows: Rows, columns: tuple[str, ...], wanted: tuple[str | None, str | None]) -> Rows:
    """The rows that may be of the time *wanted*, by the *columns* of their first and last day; a year there is all of it."""
    if wanted == (None, None) or not set(columns) <= set(rows.columns):
        return rows
    first, last = (rows.columns.index(column) for column in (columns[0], columns[-1]))

    def days(row: Sequence[Term | None]) -> tuple[str | None, str | None]:
        begin = first_day(plain(row[first])) if row[first] is not None else None
        end = last_day(plain(row[last])) if row[last] is not None else None
        return begin, max(begin, end) if begin and end else end

    return Rows(rows.columns, [row for row in rows.rows if is_within(days(row), wanted)])


def without_columns(rows: Rows, names: list[str]) -> Rows:
    """The rows without these columns, each once, in their order."""
    if not set(names) & set(rows.columns):
        return rows
    others = [index for index, column in enumerate(rows.columns) if column not in names]
    distinct = dict.fromkeys(tuple(row[index] for index in others) for row in rows.rows)
    return Rows(tuple(rows.columns[index] for index in others), list(distinct))
