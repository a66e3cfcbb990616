"""CSV: a row is an article, and the first row names the columns; any common delimiter and encoding."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import BinaryIO

from kgbuild.errors import Problem
from kgbuild.read.text.encodings import AS_WINDOWS, TextStream, open_text, repaired
from kgbuild.read.text.record import Record, Unnamed

MAX_ROW, MAX_LINES = 2**24, 100_000
"""Characters and lines of a row that are read at most."""
DELIMITERS = ",;\t|"
"""What may part the cells, the likeliest first."""
NONE = "\x1f"
"""Parts the cells of a table of one column."""
TRIED = 20
"""Rows by which the delimiter is told, and what a column holds."""
NEVER_CLOSED = ("a quotation mark is never closed.", "It is read to the end of its line; close it.")
SWALLOWED = ("a quotation mark is never closed.", "All that follows is read as its text; close it.")
UNMATCHED = ("quotation marks that do not match.", "Write a quotation mark within a cell twice.")
TOO_LONG = "longer than {} MB, or {:,} lines."
_END = re.compile(r"\r\n|\r|\n")
_SEPARATOR = re.compile(r"\ufeff?\"?sep=(.)\"?\s*", re.IGNORECASE)
_ESCAPED = re.compile(r'\\"(?![,;\t|\r\n])')
_DIGIT = re.compile(r"\d")


def read_csv_table(stream: BinaryIO, name: str) -> Iterator[Record | Problem]:
    """The articles of a table of any length, numbered by row; a row may take several lines.

    A row that is too long is left out. A quotation mark that is never closed ends with its line where the next line
    looks like a row.
    """
    opened = open_text(stream, name)
    if isinstance(opened, Problem):
        yield opened
        return
    yield from opened.problems
    lines = _Lines(opened)
    dialect = _dialect_of(lines)
    rows = _rows(lines, dialect)
    header = next(rows, None)
    if header is None:
        yield Problem(name, "empty.")
        return
    if header.fault:
        yield Problem(f"{name}:1", *header.fault, lost=header.loses)
    columns = tuple(cell.strip().removeprefix("\ufeff") for cell in header.cells)
    dialect.width = len(columns)
    number, first = 1, list(islice(rows, TRIED))
    sample = tuple(_fields(columns, row.cells) for row in first)
    for number, row in enumerate(chain(first, rows), 2):
        where = f"{name}:{number}"
        faults = [Problem(where, *row.fault, lost=row.loses)] if row.fault else []
        if row.mended:
            faults.append(Problem(where, *AS_WINDOWS, lost=False))
        cells = row.cells
        if not cells:
            yield from faults
            continue
        if len(cells) > len(columns):
            if any(cell.strip() for cell in cells[len(columns) :]):
                what = f"{len(cells)} cells in a table of {len(columns)} columns."
                faults.append(Problem(where, what, "What is too much is read as part of the last one.", lost=False))
                cells = [*cells[: len(columns) - 1], dialect.delimiter.join(cells[len(columns) - 1 :])]
            cells = cells[: len(columns)]
        yield Unnamed(_fields(columns, cells), where, "", number, tuple(faults), columns=columns, sample=sample)
    if number == 1 and not header.fault:
        yield Problem(name, "a row of names, and nothing beneath it.", "The first row names the columns.")


def _fields(columns: tuple[str, ...], cells: list[str]) -> dict[str, str]:
    """The cells that hold something, by their columns."""
    return {column: cell for column, cell in zip(columns, cells, strict=False) if column and cell}


@dataclass(slots=True)
class _Dialect:
    """How the table is written."""

    delimiter: str
    escape: str | None
    width: int = 0
    """Its columns, once they are known."""

    def reader(self, lines: Iterator[str], *, strict: bool) -> Iterator[list[str]]:
        return csv.reader(
            lines, delimiter=self.delimiter, escapechar=self.escape, doublequote=self.escape is None, strict=strict
        )

    def cells(self, line: str) -> list[str]:
        """Those of one line by itself; none if it cannot be read."""
        try:
            return next(self.reader(iter([line.rstrip("\r\n")]), strict=False), [])
        except csv.Error:
            return []


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as it was read."""

    cells: list[str]
    fault: tuple[str, ...] = ()
    """What is wrong with it, and the cure."""
    mended: bool = False
    """Whether bytes of it were of another encoding."""

    @property
    def loses(self) -> bool:
        """Whether something is not read for its fault: the row, or as rows of their own those after it."""
        return self.fault not in (NEVER_CLOSED, UNMATCHED)


class _Lines(Iterator[str]):
    """The lines of a table, whatever ends them; those of the row that is being read can be put back."""

    def __init__(self, opened: TextStream) -> None:
        self._coming = _split(opened)
        self._back = deque[str]()
        self.taken: list[str] = []
        self.length = 0
        self.mended = False

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._coming, None)
        if line is None:
            raise StopIteration
        self.taken.append(line)
        self.length += len(line)
        if self.length > MAX_ROW or len(self.taken) > MAX_LINES:
            raise _TooLong
        line, mended = repaired(line)
        self.mended |= mended
        return line

    def begin(self) -> None:
        """A row begins."""
        self.taken, self.length, self.mended = [], 0, False

    def put_back(self, lines: list[str]) -> None:
        """These come next."""
        self._back.extendleft(reversed(lines))


def _too_long() -> str:
    return TOO_LONG.format(MAX_ROW >> 20, MAX_LINES)


class _TooLong(Exception):
    """A row is longer than a row may be."""


def _split(opened: TextStream) -> Iterator[str]:
    """The lines of the table with their ends.

    Of one that is too long only the beginning, with what keeps the number of its quotation marks even or odd.
    """
    pieces, length, odd = list[str](), 0, 0
    for chunk in _whole_ends(opened.chunks()):
        start = 0
        for found in _END.finditer(chunk):
            yield "".join([*pieces, '"' * odd, chunk[start : found.end()]])
            pieces, length, odd, start = [], 0, 0, found.end()
        rest = chunk[start:]
        if length <= MAX_ROW:
            pieces.append(rest)
        else:
            odd ^= rest.count('"') % 2
        length += len(rest)
    if length:
        yield "".join([*pieces, '"' * odd])


def _whole_ends(chunks: Iterator[str]) -> Iterator[str]:
    """*chunks*, none of which ends between the two letters of a line end."""
    kept = ""
    for chunk in chunks:
        whole = kept + chunk
        kept = "\r" if whole.endswith("\r") else ""
        yield whole.removesuffix("\r") if kept else whole
    if kept:
        yield kept


def _dialect_of(lines: _Lines) -> _Dialect:
    """What parts the cells, by the first rows: what gives most of them as many cells as the header, and the most."""
    csv.field_size_limit(4 * MAX_ROW)
    lines.begin()
    try:
        while len(lines.taken) < TRIED and lines.length < MAX_ROW / 2:
            next(lines)
    except (StopIteration, _TooLong):
        pass
    head = lines.taken
    if head and (told := _SEPARATOR.fullmatch(head[0])):  # a spreadsheet's own word for it
        lines.put_back(head[1:])
        return _Dialect(told[1], None)
    lines.put_back(head)
    text = "".join(head)
    escape = "\\" if _ESCAPED.search(text) and '""' not in text else None
    tried = []
    for place, delimiter in enumerate(DELIMITERS):
        try:
            rows = [row for row in _Dialect(delimiter, escape).reader(iter(head), strict=False) if row]
        except csv.Error:
            continue
        width = len(rows[0]) if rows else 0
        if width > 1:
            even = sum(len(row) == width for row in rows[1:]) >= len(rows[1:]) / 2
            tried.append((even, width, -place, delimiter))
    return _Dialect(max(tried)[-1] if tried else NONE, escape)


def _rows(lines: _Lines, dialect: _Dialect) -> Iterator[_Row]:
    """The rows, those without a cell left out; one with a fault says so."""
    strict = dialect.reader(lines, strict=True)
    while True:
        lines.begin()
        try:
            cells = next(strict)
        except StopIteration:
            return
        except _TooLong:
            yield _cut_short(lines, dialect) or _left_out(lines)
        except csv.Error as error:
            yield _cut_short(lines, dialect) or _as_it_stands(lines, dialect, at_end="end of data" in str(error))
        else:
            swallowed = len(lines.taken) > 1 and _cut_short(lines, dialect, sure=True)
            if swallowed:
                yield swallowed
            elif cells:
                yield _Row(cells, mended=lines.mended)


def _cut_short(lines: _Lines, dialect: _Dialect, *, sure: bool = False) -> _Row | None:
    """The row up to the line before the first that looks like a row of its own, which is read next; None without one."""
    taken = lines.taken
    pattern = dialect.cells(taken[0])
    for place, line in enumerate(taken[1:], 1):
        if dialect.width > 1 and line.count(dialect.delimiter) and _is_row(dialect, line, pattern, sure=sure):
            lines.put_back(taken[place:])
            cells = next(dialect.reader(iter([repaired(line)[0] for line in taken[:place]]), strict=False))
            cells[-1] = cells[-1].rstrip("\r\n")
            return _Row(cells, NEVER_CLOSED, lines.mended)
    return None


def _is_row(dialect: _Dialect, line: str, pattern: list[str], *, sure: bool) -> bool:
    """Whether *line* has the cells of a row, with digits where *pattern*, the row before, has them; *sure*: all of them."""
    cells = dialect.cells(line)
    whole = len(cells) == dialect.width or (len(cells) > 1 and line.count('"') % 2 == 1)
    numbered = [(_shape(one), _shape(other)) for one, other in zip(pattern[:-1], cells, strict=False) if _DIGIT.search(one)]
    if not whole or not numbered:
        return whole and not sure and dialect.width > 2
    return (all if sure else any)(one == other for one, other in numbered)


def _shape(cell: str) -> str:
    """`2014-12-16` and `2013-01-01` have one shape, `n7` and `n12` too."""
    return re.sub(r"\d+", "9", re.sub(r"[^\W\d_]+", "a", cell.strip()))


def _as_it_stands(lines: _Lines, dialect: _Dialect, *, at_end: bool) -> _Row:
    """The row with its quotation marks taken as leniently as can be."""
    lines.put_back(lines.taken)
    lines.begin()
    try:
        cells = next(dialect.reader(lines, strict=False))
    except _TooLong:
        return _left_out(lines)
    if at_end:
        return _Row(cells, NEVER_CLOSED if len(lines.taken) == 1 else SWALLOWED, lines.mended)
    return _Row(cells, UNMATCHED, lines.mended)


def _left_out(lines: _Lines) -> _Row:
    """Passes over a row that is too long, to where its quotation marks are closed."""
    odd = sum(line.count('"') for line in lines.taken) % 2
    while odd:
        lines.begin()
        try:
            odd ^= next(lines).count('"') % 2
        except _TooLong:
            odd ^= lines.taken[-1].count('"') % 2
        except StopIteration:
            return _Row([], (_too_long(), "A quotation mark in it is never closed: nothing after it is read."))
    return _Row([], (_too_long(), "It is left out."))
