"""Columns of a table by what they hold: running text, or ids."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

Sample = tuple[Mapping[str, str], ...]
"""The first rows of a table, each with the cells that hold something."""
PROSE = 12
"""Words that a cell of running text has, on the average, at least: a headline has fewer."""


def is_id(value: str) -> bool:
    """Whether *value* is a number, a code or an address, and no text: one word with a digit."""
    return re.search(r"\d", value) is not None and len(value.split()) == 1


def holds_ids(column: str, sample: Sample) -> bool:
    """Whether all cells of the *column* are ids, each another one."""
    cells = _cells(column, sample)
    return bool(cells) and len(set(cells)) == len(cells) and all(map(is_id, cells))


def prose_column(columns: Iterable[str], sample: Sample, *, but: Collection[str] = ()) -> str | None:
    """The column of the longest running text, not one of *but*; None where none holds any."""
    lengths = {column: _words(column, sample) for column in columns if column and column not in but}
    longest = max(lengths, key=lengths.__getitem__, default=None)
    return longest if longest is not None and lengths[longest] >= PROSE else None


def is_prose(column: str, sample: Sample) -> bool:
    """Whether the *column* holds running text."""
    return _words(column, sample) >= PROSE


def _cells(column: str, sample: Sample) -> list[str]:
    return [row[column].strip() for row in sample if row.get(column, "").strip()]


def _words(column: str, sample: Sample) -> float:
    cells = _cells(column, sample)
    return sum(len(cell.split()) for cell in cells) / len(cells) if cells else 0
