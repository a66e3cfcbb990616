"""Rows of an answer chosen, put in order and cut: by days, by a column, one for each event."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal

from kgbuild.ask.days import first_day, is_within, last_day
from kgbuild.ask.terms import plain
from kgbuild.ask.things import did_you_mean, folded
from kgbuild.errors import QueryError
from kgbuild.graph.store import Rows, Term


def rows_within(rows: Rows, columns: tuple[str, ...], wanted: tuple[str | None, str | None]) -> Rows:
    """The rows that may be of the time *wanted*, by the *columns* of their first and last day; a year there is all of it."""
    if wanted == (None, None) or not columns or not set(columns) <= set(rows.columns):
        return rows
    first, last = (rows.columns.index(column) for column in (columns[0], columns[-1]))

    def days(row: Sequence[Term | None]) -> tuple[str | None, str | None]:
        begin = first_day(plain(row[first])) if row[first] is not None else None
        end = last_day(plain(row[last])) if row[last] is not None else None
        return begin, max(begin, end) if begin and end else end

    return Rows(rows.columns, [row for row in rows.rows if is_within(days(row), wanted)])


def first_of_each(rows: Rows, column: str, joined: Sequence[str] = ()) -> Rows:
    """The first row of each value in *column*, and those that have none there; all rows where there is no such column.

    In the columns *joined* it has what all rows of that value have there, once each, by commas.
    """
    if column not in rows.columns:
        return rows
    place = rows.columns.index(column)
    groups: dict[object, list[tuple[Term | None, ...]]] = {}
    for number, row in enumerate(rows.rows):
        groups.setdefault(number if row[place] is None else row[place], []).append(row)
    places = [rows.columns.index(name) for name in joined]
    return Rows(rows.columns, [_one_row(group, places) for group in groups.values()])


def _one_row(group: list[tuple[Term | None, ...]], joined: list[int]) -> tuple[Term | None, ...]:
    first = list(group[0])
    for place in joined:
        values = sorted({plain(row[place]) for row in group if row[place] is not None})
        first[place] = Literal(", ".join(values)) if values else None
    return tuple(first)


def ordered(rows: Rows, sort: str, columns: Sequence[str], *, by_day: str | None = None) -> Rows:
    """The rows by the column *sort*, which is one of *columns*, downwards with a hyphen before it; numbers as numbers, what
    has nothing there last, equals in their order. Times ("when") are sorted by the column *by_day*, where there is one.
    """
    name = sort.removeprefix("-")
    if name not in columns:
        meant = did_you_mean(name, list(columns))
        raise QueryError(f'There is no column "{name}" to sort by.{meant} There are: {", ".join(columns)}.')
    told = rows.columns.index(name)
    place = rows.columns.index(by_day) if by_day is not None and name in ("when", "since") else told
    filled = [row for row in rows.rows if row[told] is not None and row[place] is not None]
    empty = [row for row in rows.rows if row[told] is None or row[place] is None]
    filled.sort(key=lambda row: _sort_key(row[place]), reverse=sort.startswith("-"))
    return Rows(rows.columns, [*filled, *empty])


def _sort_key(cell: Term | None) -> tuple[bool, Decimal, str]:
    """A number before every text."""
    text = plain(cell)
    if isinstance(cell, Literal) and not cell.datatype.value.endswith("#string"):
        try:
            number = Decimal(text)
        except InvalidOperation:
            pass
        else:
            if number.is_finite():
                return False, number, ""
    return True, Decimal(0), folded(text)


def without_columns(rows: Rows, names: Collection[str]) -> Rows:
    """The rows without these columns, each once, in their order."""
    if not set(names) & set(rows.columns):
        return rows
    others = [index for index, column in enumerate(rows.columns) if column not in names]
    distinct = dict.fromkeys(tuple(row[index] for index in others) for row in rows.rows)
    return Rows(tuple(rows.columns[index] for index in others), list(distinct))
