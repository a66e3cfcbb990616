"""Asking: a question put to the graph, with names for its parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pyoxigraph import Literal, NamedNode

from kgbuild.ask.days import days_between
from kgbuild.ask.questions import Parameter, Question, read_question
from kgbuild.ask.rows import first_of_each, ordered, rows_within, without_columns
from kgbuild.ask.spelled import as_meant, refuse_mistakes
from kgbuild.ask.things import find_outlet, find_thing, those_who_act_for
from kgbuild.errors import QueryError
from kgbuild.graph.bounded import LIMITS, Limits
from kgbuild.graph.guard import MISTAKE
from kgbuild.graph.store import Answer, Graph, Rows

Names = Mapping[str, str] | Sequence[str]
"""Names for the parameters of a question: by parameter, or in their order."""

ORDER = "order"
"""The column by which times are sorted; it is not shown."""

FOUND = "found"
"""The column that tells apart what a query counts for its limit, where each has many rows; it is not shown."""

Values = dict[str, set[NamedNode | Literal]]
"""What is asked for by variable: one thing, or all who act for a state."""


def ask(
    graph: Graph,
    question: Question | str,
    given: Names | None = None,
    *,
    since: str | None = None,
    until: str | None = None,
    limit: int | None = None,
    sort: str | None = None,
    state: str | None = None,
    limits: Limits | None = LIMITS,
) -> Answer:
    """The answer to *question*, with names *given* for its parameters: `ask(graph, met, ["Russia", "Ukraine"])` or
    `ask(graph, met, {"about": "Russia"})`.

    With *since* and *until* (a day, a month or a year) only what may be of that time; a row without days may be of any.
    *state* is given instead of the first name, and means everyone who acts for it. Rows are sorted by the column *sort*
    (from the last one with a hyphen before it, "-when"), and of them there are *limit* at most. The answer has no columns
    for parameters and for the days to choose by. Rows that are then equal are one. QueryError for a name, a state or a
    time where the question takes none, for a parameter that is missing, for a name that nothing has, for a column that is
    not there, and where one of the *limits* is reached. None, for a process that is bounded already, answers in this one.
    """
    question = read_question("", question) if isinstance(question, str) else question
    wanted = days_between(since, until)
    if wanted != (None, None) and not question.takes_days:
        raise QueryError(f"{_called(question)} is of no time. Leave --since and --until out.")
    # What is named is ours; what has no name is a text of the user, who may write what is printed.
    written = [] if question.name else as_meant(graph, question.sparql)
    meant = question if question.name else replace(question, sparql="".join(new for _, new in written))
    values = _values(graph, meant, given or (), state)
    reach = limit + limit // 4 if limit is not None and sort is None and meant.takes_limit else None
    while True:
        try:
            answer = _answer(graph, meant, values, wanted, reach, limits)
        except QueryError as error:
            if written and str(error).startswith(MISTAKE):
                refuse_mistakes(written)
            raise
        if not isinstance(answer, Rows):
            return answer
        rows = _laid_bare(answer, question, wanted, sort)
        # Several rows of the answer may be one, as those of reprints: then it looks further, while there is more.
        if reach is None or limit is None or len(rows.rows) >= limit or _number_found(answer) < reach:
            return rows if limit is None else Rows(rows.columns, rows.rows[:limit])
        reach *= FURTHER


FURTHER = 4
"""So many times as far a question looks where it has found too few."""


def _number_found(answer: Rows) -> int:
    """How many things the limit of a query has let through: there is a row of each at least, or a value of FOUND."""
    if FOUND not in answer.columns:
        return len(answer.rows)
    place = answer.columns.index(FOUND)
    return len({row[place] for row in answer.rows})


def _answer(
    graph: Graph,
    question: Question,
    values: Values,
    wanted: tuple[str | None, str | None],
    reach: int | None,
    limits: Limits | None,
) -> Answer:
    """The answer with *values*; those that the text has no place for are bound from outside."""
    sparql = question.filled(values, wanted, reach)
    bound = {p.name: min(values[p.name]) for p in question.parameters if p.name in values and not question.has_place_for(p)}
    if limits is None:
        return graph.answer_here(sparql, **bound)
    return graph.query(sparql, timeout=limits.seconds, memory=limits.memory, **bound)


def _called(question: Question) -> str:
    return question.name or "This query"


def _named(question: Question, given: Names, state: str | None) -> list[tuple[Parameter, str]]:
    """The names by parameter, that of the state first; QueryError where there are too many, or one is missing."""
    parameters = list(question.parameters)
    if state is not None and not parameters:
        raise QueryError(f"{_called(question)} takes no name. Leave --state out.")
    if isinstance(given, Mapping):
        known = {parameter.name: parameter for parameter in parameters}
        for name in given:
            if name not in known:
                takes = ", ".join(dict.fromkeys(parameter.name for parameter in parameters)) or "none"
                raise QueryError(f'{_called(question)} has no parameter "{name}". It has: {takes}.')
        named = [(known[name], value) for name, value in given.items()]
        named = ([(parameters[0], state)] if state is not None else []) + named
    else:
        words = [*([state] if state is not None else []), *given]
        if len(words) > len(parameters):
            most = {0: "no name", 1: "one name", 2: "two names"}.get(len(parameters), f"{len(parameters)} names")
            raise QueryError(f"{_called(question)} takes {most}. Leave {words[len(parameters)]!r} out.")
        named = list(zip(parameters, words, strict=False))
    has = {parameter.name for parameter, _ in named}
    for parameter in parameters:
        if not parameter.optional and parameter.name not in has:
            example = " ".join(["Russia", "Ukraine"][: sum(not one.optional for one in parameters)])
            raise QueryError(f"{_called(question)} needs {parameter.about}. Try: kgbuild query {question.name} {example}")
    return named


def _values(graph: Graph, question: Question, given: Names, state: str | None) -> Values:
    """What is asked for, by variable."""
    values: Values = {}
    for place, (parameter, name) in enumerate(_named(question, given, state)):
        value: NamedNode | Literal = find_outlet(graph, name) if parameter.of_outlet else find_thing(graph, name)
        values[parameter.name] = {value}
        # An event involves those for whom somebody takes part; elsewhere it is asked of everyone who ever does.
        everyone = parameter.optional and question.has_place_for(parameter) and "dip:involves" not in question.sparql
        if state is not None and place == 0 and everyone and isinstance(value, NamedNode):
            values[parameter.name] = those_who_act_for(graph, value)
    return values


def _laid_bare(rows: Rows, question: Question, wanted: tuple[str | None, str | None], sort: str | None) -> Rows:
    """The rows that count, in their order, with the columns that tell something."""
    rows = rows_within(rows, question.days, wanted)
    each = question.each
    rows = first_of_each(rows, each, question.joined)
    hidden = [*(parameter.name for parameter in question.parameters), *question.days, ORDER, FOUND]
    if each and each in rows.columns and not _are_iris(rows, each):
        hidden.append(each)  # words that are a key, where an IRI can be asked about
    if sort is not None:
        shown = [column for column in rows.columns if column not in hidden]
        rows = ordered(rows, sort, shown, by_day=next((c for c in (ORDER, *question.days[:1]) if c in rows.columns), None))
    return without_columns(rows, hidden)


def _are_iris(rows: Rows, column: str) -> bool:
    place = rows.columns.index(column)
    return any(isinstance(row[place], NamedNode) for row in rows.rows)
