"""Answers laid out: a table for people, CSV, TSV, JSON and Turtle for programs."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sys

from pyoxigraph import BlankNode, NamedNode, Triple

from kgbuild.ask.terms import plain, short_term, visible
from kgbuild.ask.things import did_you_mean
from kgbuild.errors import QueryError
from kgbuild.graph.store import Answer, Rows, Term, turtle
from kgbuild.graph.triples import PREFIXES

XSD_STRING = NamedNode(PREFIXES["xsd"] + "string")


def render(answer: Answer, style: str = "table", *, width: int | None = None) -> str:
    """The answer as text: `table` for people, `csv`, `tsv` and `json` as SPARQL 1.1 has them, `turtle` for
    triples.

    The table is *width* columns wide (the terminal's, or 120 in a pipe), has short names for IRIs and no
    control characters, so that no article can speak to the terminal. CSV cells that a spreadsheet would take
    for a formula begin with a quote. QueryError for a style that does not fit.
    """
    if style not in STYLES:
        raise QueryError(f'No style "{style}".{did_you_mean(style, list(STYLES))} There are: {", ".join(STYLES)}.')
    if style == "turtle":
        if not isinstance(answer, list):
            raise QueryError(
                "Only triples can be written as Turtle. Ask with CONSTRUCT, or choose another style: table, csv, tsv, json."
            )
        return turtle(answer).decode()
    if isinstance(answer, bool):
        return render_truth(answer, style)
    rows = as_rows(answer)
    if style == "csv":
        return render_csv(rows)
    if style == "tsv":
        return render_tsv(rows)
    if style == "json":
        return render_json(rows)
    return render_table(rows, width or (shutil.get_terminal_size().columns if sys.stdout.isatty() else 120))


STYLES = ("table", "csv", "tsv", "json", "turtle")


def as_rows(answer: Rows | list[Triple]) -> Rows:
    """Triples as rows of three columns; rows as they are."""
    if isinstance(answer, Rows):
        return answer
    return Rows(
        ("subject", "predicate", "object"),
        [(triple.subject, triple.predicate, triple.object) for triple in answer],
    )


def render_truth(answer: bool, style: str) -> str:
    """Yes or no for people (a table), true or false for programs."""
    if style == "json":
        return json.dumps({"head": {}, "boolean": answer}) + "\n"
    if style == "table":
        return "yes\n" if answer else "no\n"
    return "true\n" if answer else "false\n"


def render_csv(rows: Rows) -> str:
    """SPARQL 1.1 CSV: a header, plain values, lines ended by CR LF."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(rows.columns)
    table.writerows([harmless(plain(cell)) for cell in row] for row in rows.rows)
    return written.getvalue()


def harmless(cell: str) -> str:
    """The cell, quoted if a spreadsheet would run it as a formula; a negative number is none."""
    if cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not re.fullmatch(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", cell):
        return "'" + cell
    return cell


def render_tsv(rows: Rows) -> str:
    """SPARQL 1.1 TSV: each value as Turtle writes it."""
    lines = ["\t".join(f"?{column}" for column in rows.columns)]
    lines += ["\t".join("" if cell is None else str(cell).replace("\t", "\\t") for cell in row) for row in rows.rows]
    return "\n".join(lines) + "\n"


def render_json(rows: Rows) -> str:
    """SPARQL 1.1 Query Results JSON."""
    bindings = [
        {column: json_term(cell) for column, cell in zip(rows.columns, row, strict=True) if cell is not None}
        for row in rows.rows
    ]
    return (
        json.dumps(
            {"head": {"vars": list(rows.columns)}, "results": {"bindings": bindings}},
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )


def json_term(term: Term) -> dict[str, object]:
    """A term as SPARQL 1.1 Query Results JSON has it."""
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: json_term(part) for name, part in parts.items()}}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype == XSD_STRING:
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


def render_table(rows: Rows, width: int) -> str:
    """A table that wraps; a card a row where the columns would be too narrow to read. Columns that are empty
    throughout are left out.
    """
    # rich takes a tenth of a second, which csv and json need not wait for.
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    cells = [[visible(short_term(cell)) for cell in row] for row in rows.rows]
    if not cells:
        return "Nothing found.\n"
    filled = [index for index in range(len(rows.columns)) if any(row[index] for row in cells)]
    columns = [rows.columns[index] for index in filled]
    written = io.StringIO()
    console = Console(file=written, width=width, color_system=None, force_terminal=False)
    if (
        sum(readable_width(column, [row[index] for row in cells]) + 2 for column, index in zip(columns, filled, strict=True))
        <= width
    ):
        table = Table(*columns, box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for row in cells:
            table.add_row(*(Text(row[index]) for index in filled))
        console.print(table)
    else:
        for row in cells:
            card = Table.grid(padding=(0, 2))
            for column, index in zip(columns, filled, strict=True):
                if row[index]:
                    card.add_row(Text(column), Text(row[index]))
            console.print(card)
            console.print()
    return "".join(line.rstrip() + "\n" for line in written.getvalue().rstrip("\n").splitlines())


def readable_width(column: str, cells: list[str]) -> int:
    """The least columns of a terminal in which the cells can be read: the longest word, a third of a long
    text, but 24 at most.
    """
    from rich.cells import cell_len

    word = max(cell_len(word) for text in (column, *cells) for word in (text.split() or [""]))
    return max(min(word, 24), min(24, max(map(cell_len, cells)) // 3))
