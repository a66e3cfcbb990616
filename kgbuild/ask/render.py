"""Answers laid out: a table for people, CSV, TSV, JSON, Turtle, Markdown and HTML for programs and pages."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sys
from dataclasses import dataclass

from markupsafe import escape
from pyoxigraph import BlankNode, NamedNode, Triple

from kgbuild.ask.table import table
from kgbuild.ask.terms import plain, short_term, visible
from kgbuild.ask.things import did_you_mean
from kgbuild.errors import QueryError
from kgbuild.graph.store import Answer, Rows, Term, turtle
from kgbuild.graph.triples import PREFIXES

XSD = PREFIXES["xsd"]
XSD_STRING = NamedNode(XSD + "string")
NUMBERS = {XSD + name for name in ("integer", "decimal", "double", "float", "int", "long")}

STYLES = ("table", "csv", "tsv", "json", "jsonl", "sparql-json", "turtle", "markdown", "html")


@dataclass(frozen=True)
class LaidOut:
    """An answer as text, and what is to be said beside it; empty where there is nothing to say."""

    text: str
    note: str = ""


def render(answer: Answer, style: str = "table", *, width: int | None = None) -> str:
    """The answer as text; see `lay_out`."""
    return lay_out(answer, style, width=width).text


def lay_out(answer: Answer, style: str = "table", *, width: int | None = None) -> LaidOut:
    """The answer as text: `table`, `markdown` and `html` for people; `csv`, `tsv` and `sparql-json` as SPARQL 1.1 has them;
    `json` as a list of flat objects, numbers as numbers, and `jsonl` as one such object a line; `turtle` for triples.

    The table is *width* columns wide (the terminal's, or 120 in a pipe), has short names for IRIs and no
    control characters, so that no article can speak to the terminal; the note says which columns had no room. CSV cells that
    a spreadsheet would take for a formula begin with a quote. QueryError for a style that does not fit.
    """
    if style not in STYLES:
        raise QueryError(f'No style "{style}".{did_you_mean(style, list(STYLES))} There are: {", ".join(STYLES)}.')
    if style == "turtle":
        if not isinstance(answer, list):
            others = ", ".join(other for other in STYLES if other != "turtle")
            raise QueryError(
                f"Only triples can be written as Turtle. Ask with CONSTRUCT, or choose another style: {others}."
            )
        return LaidOut(turtle(answer).decode())
    if isinstance(answer, bool):
        return LaidOut(render_truth(answer, style))
    rows = as_rows(answer)
    if style == "table":
        return laid_out_table(rows, width or (shutil.get_terminal_size().columns if sys.stdout.isatty() else 120))
    return LaidOut(WRITERS[style](rows))


def laid_out_table(rows: Rows, width: int) -> LaidOut:
    """A table of *width*, with a note of the columns that are left out."""
    if not rows.rows:
        return LaidOut("Nothing found.\n")
    drawn = table(rows, width)
    if not drawn.left_out:
        return LaidOut(drawn.text)
    return LaidOut(drawn.text, f"Left out, for want of room: {', '.join(drawn.left_out)}. All columns, uncut: -f csv.")


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
    if style == "sparql-json":
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


def render_flat_json(rows: Rows) -> str:
    """A list of flat objects, one a row, with all columns: numbers and truths as such, null where there is nothing."""
    return json.dumps([flat(rows.columns, row) for row in rows.rows], ensure_ascii=False, indent=1) + "\n"


def render_json_lines(rows: Rows) -> str:
    """One flat object a line."""
    return "".join(json.dumps(flat(rows.columns, row), ensure_ascii=False) + "\n" for row in rows.rows)


def flat(columns: tuple[str, ...], row: tuple[Term | None, ...]) -> dict[str, object]:
    """A row as an object of plain values."""
    return {column: _value(cell) for column, cell in zip(columns, row, strict=True)}


def _value(cell: Term | None) -> object:
    if cell is None:
        return None
    text = plain(cell)
    datatype = "" if isinstance(cell, NamedNode | BlankNode | Triple) else cell.datatype.value
    if datatype == XSD + "boolean":
        return text in ("true", "1")
    if datatype in NUMBERS and re.fullmatch(r"[+-]?\d+", text):
        return int(text)
    # Not what JSON has no number for: INF, NaN.
    if datatype in NUMBERS and re.fullmatch(r"[+-]?\d*\.?\d+([eE][+-]?\d{1,2})?", text):
        return float(text)
    return text


def render_markdown(rows: Rows) -> str:
    """A table of GitHub's Markdown; nothing in a cell is taken for markup."""
    lines = ["| " + " | ".join(map(unmarked, rows.columns)) + " |", "|" + " --- |" * len(rows.columns)]
    lines += ["| " + " | ".join(unmarked(visible(short_term(cell))) for cell in row) + " |" for row in rows.rows]
    return "\n".join(lines) + "\n"


def unmarked(text: str) -> str:
    """The text as Markdown has it where none of it is markup."""
    text = re.sub(r"([\\`*_{}\[\]()#+!|~:@.-])", r"\\\1", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def render_html(rows: Rows) -> str:
    """A page with one table, that loads and runs nothing."""
    head = "".join(f"<th scope=col>{escape(column)}</th>" for column in rows.columns)
    body = "\n".join(
        "<tr>" + "".join(f"<td>{escape(visible(short_term(cell)))}</td>" for cell in row) + "</tr>" for row in rows.rows
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>kgbuild query</title>\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        "<style>body{font:16px/1.4 system-ui,sans-serif;margin:1rem}table{border-collapse:collapse}"
        "th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #8886}</style></head>\n"
        f"<body><table><thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></body></html>\n"
    )


WRITERS = {
    "csv": render_csv,
    "tsv": render_tsv,
    "json": render_flat_json,
    "jsonl": render_json_lines,
    "sparql-json": render_json,
    "markdown": render_markdown,
    "html": render_html,
}
