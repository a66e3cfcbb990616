"""Answers as Python has them: a table of rows, each cell a plain value."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, overload

from markupsafe import Markup
from pyoxigraph import BlankNode, Literal, NamedNode

from kgbuild.ask.render import as_rows, render
from kgbuild.ask.terms import short_term, visible
from kgbuild.errors import KgbuildError
from kgbuild.graph.store import Answer, Rows, Term
from kgbuild.graph.triples import PREFIXES

if TYPE_CHECKING:
    import pandas

Value = str | int | float | bool | date | datetime | None
"""What a cell holds: an IRI is its whole text, a number a number, a day a date; None where nothing is known."""

SHOWN = 100
"""Rows that are shown of a longer table; all are there."""


class Row(Mapping[str, Value]):
    """One row, as a dict in the order of the columns; `row.who` is `row["who"]`, where a dict has no such method."""

    __slots__ = ("_cells",)

    def __init__(self, cells: Mapping[str, Value]) -> None:
        self._cells = dict(cells)

    def __getitem__(self, column: str) -> Value:
        return self._cells[column]

    def __getattr__(self, column: str) -> Value:
        if column.startswith("_"):  # what Python itself looks for, before there are cells
            raise AttributeError(column)
        if column not in self._cells:
            raise AttributeError(f'This row has no column "{column}". It has: {", ".join(self._cells)}.')
        return self._cells[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)

    def __repr__(self) -> str:
        return f"Row({self._cells!r})"


class Table(Sequence[Row]):
    """The rows of an answer: they iterate, have a length, and a slice of them is a table again.

    Printed, and in a notebook, it is a table of its first hundred rows, IRIs short, without columns that are empty. A table
    without rows is false. `ASK` has no columns: one row for yes, none for no. `CONSTRUCT` has the columns subject, predicate
    and object.
    """

    def __init__(self, answer: Answer) -> None:
        self._truth = answer if isinstance(answer, bool) else None
        self._answer = Rows((), [()] * answer) if isinstance(answer, bool) else as_rows(answer)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in their order."""
        return self._answer.columns

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Table: ...
    def __getitem__(self, index: int | slice) -> Row | Table:
        if isinstance(index, slice):
            return Table(Rows(self.columns, self._answer.rows[index]))
        return self._row(self._answer.rows[index])

    def __iter__(self) -> Iterator[Row]:
        return map(self._row, self._answer.rows)

    def __len__(self) -> int:
        return len(self._answer.rows)

    def _row(self, cells: Sequence[Term | None]) -> Row:
        return Row({name: value_of(cell) for name, cell in zip(self.columns, cells, strict=True)})

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a DataFrame; a column of days alone becomes one of datetime64.

        KgbuildError where pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise KgbuildError(
                "A DataFrame is made by pandas, which is not installed. Install it: pip install 'kgbuild[pandas]'"
            ) from error
        frame = pandas.DataFrame([dict(row) for row in self], columns=list(self.columns))
        for column in self.columns:
            known = [cell for cell in frame[column] if cell is not None]
            if known and all(type(cell) is date for cell in known):
                with suppress(ValueError):  # days that its times cannot hold stay as they are
                    frame[column] = pandas.to_datetime(frame[column])
        return frame

    def __repr__(self) -> str:
        answer = self._truth if self._truth is not None else Rows(self.columns, self._answer.rows[:SHOWN])
        table = render(answer, "table", width=shutil.get_terminal_size((120, 24)).columns)
        return (table + self._rest()).rstrip("\n")

    def _rest(self) -> str:
        return f"… and {len(self) - SHOWN:,} more of {len(self):,} rows" if len(self) > SHOWN else ""

    def _repr_html_(self) -> str:
        """A table for a notebook; nothing in it is run, whatever text the articles have."""
        if self._truth is not None or not len(self):
            return str(Markup("<p>{}</p>").format(repr(self).strip()))
        shown = self._answer.rows[:SHOWN]
        filled = [index for index in range(len(self.columns)) if any(row[index] is not None for row in shown)]
        head = Markup("").join(Markup("<th>{}</th>").format(visible(self.columns[index])) for index in filled)
        body = Markup("").join(
            Markup("<tr>{}</tr>\n").format(Markup("").join(_cell(row[index]) for index in filled)) for row in shown
        )
        table = Markup("<table>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody>\n</table>").format(head, body)
        return str(table + (Markup("\n<p>{}</p>").format(self._rest()) if self._rest() else ""))


def _cell(term: Term | None) -> Markup:
    # A notebook aligns cells to the right and centres them; and text of articles may go from right to left.
    style = "text-align: start; vertical-align: top"
    return Markup('<td dir="auto" style="{}">{}</td>').format(style, visible(short_term(term)))


def value_of(term: Term | None) -> Value:
    """The plain value of a term; what is no proper number or day of its type stays text."""
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return term.value
    if isinstance(term, BlankNode) or not isinstance(term, Literal):
        return str(term)
    kind = term.datatype.value.removeprefix(PREFIXES["xsd"])
    if kind == "boolean":
        return term.value in ("true", "1")
    read: Any = READERS.get(kind)
    if read is not None:
        with suppress(ValueError):
            value: Value = read(term.value)
            return value
    return term.value


READERS = {
    **dict.fromkeys(("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger"), int),
    **dict.fromkeys(("decimal", "double", "float"), float),
    "date": date.fromisoformat,
    "dateTime": datetime.fromisoformat,
}
"""How the values of the types of XML Schema are read, by their names."""
