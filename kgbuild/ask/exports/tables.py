"""Tables in files: CSV that a spreadsheet may open, and Parquet with types."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kgbuild.ask.exports.network import clean
from kgbuild.ask.exports.rows import CLAIMS, EVENTS, Cell, Columns, Row, claim_rows, event_rows
from kgbuild.ask.render import harmless
from kgbuild.ask.terms import visible
from kgbuild.errors import KgbuildError
from kgbuild.graph.store import Graph


def claims_and_events(graph: Graph) -> dict[str, Iterator[bytes]]:
    """A row a claim, a row an event; several values in one cell are parted by semicolons."""
    return {
        "claims.csv": for_spreadsheets(csv_lines(list(CLAIMS), (list(row.values()) for row in claim_rows(graph)))),
        "events.csv": for_spreadsheets(csv_lines(list(EVENTS), (list(row.values()) for row in event_rows(graph)))),
    }


def for_spreadsheets(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines after the mark by which a spreadsheet knows UTF-8."""
    yield codecs.BOM_UTF8
    yield from lines


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Lines of CSV in UTF-8 after one with the names of the *columns*; a cell that is not known is empty.

    Each row is one line; no cell steers a terminal or is run by a spreadsheet.
    """
    yield _line(columns)
    for row in rows:
        yield _line([harmless(visible(_text(cell))) for cell in row])


def _line(cells: Sequence[str]) -> bytes:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow(cells)
    return written.getvalue().encode("utf-8", "replace")


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, tuple):
        return ";".join(value.replace(";", ",") for value in cell)
    return "" if cell is None else str(cell)


def parquet(graph: Graph) -> dict[str, Iterator[bytes]]:
    """As CSV, with types: days are dates, and where there may be several values a cell is a list.

    KgbuildError where pyarrow is not installed.
    """
    pyarrow, writer = _arrow()
    return {
        "claims.parquet": _parquet(pyarrow, writer, CLAIMS, claim_rows(graph)),
        "events.parquet": _parquet(pyarrow, writer, EVENTS, event_rows(graph)),
    }


def _parquet(pyarrow: Any, writer: Any, columns: Columns, rows: Iterable[Row]) -> Iterator[bytes]:
    types = {
        "text": pyarrow.string(),
        "texts": pyarrow.list_(pyarrow.string()),
        "number": pyarrow.int64(),
        "fraction": pyarrow.float64(),
        "truth": pyarrow.bool_(),
        "day": pyarrow.date32(),
    }
    schema = pyarrow.schema([(name, types[kind]) for name, kind in columns.items()])
    cells = [{name: _clean(cell) for name, cell in row.items()} for row in rows]
    written = io.BytesIO()
    writer.write_table(pyarrow.Table.from_pylist(cells, schema=schema), written)
    yield written.getvalue()


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise KgbuildError(
            "Parquet is written by pyarrow, which is not installed. Install it: pip install 'kgbuild[parquet]',"
            " or choose --format csv."
        ) from error
    return pyarrow, pyarrow.parquet


def _clean(cell: Cell) -> Cell:
    if isinstance(cell, tuple):
        return tuple(map(clean, cell))
    return clean(cell) if isinstance(cell, str) else cell
