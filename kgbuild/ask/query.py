"""Questions and answers: named questions, SPARQL text or a file, asked of the graph and laid out to read."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rapidfuzz import fuzz, process

from kgbuild.ask.days import days_between, first_day, is_within, last_day
from kgbuild.errors import QueryError
from kgbuild.graph.bounded import LIMITS, Limits
from kgbuild.graph.store import Answer, Graph, Rows, Term, turtle
from kgbuild.graph.triples import PREFIXES

XSD_STRING = NamedNode(PREFIXES["xsd"] + "string")


@dataclass(frozen=True)
class Parameter:
    """A variable of a question that a name of the graph can be given for."""

    name: str
    about: str
    optional: bool


@dataclass(frozen=True)
class Question:
    """A query with what its first comment lines say of it; `name` is empty for a query of the user's own."""

    name: str
    title: str
    about: str
    parameters: tuple[Parameter, ...]
    sparql: str
    days: tuple[str, ...] = ()
    """The columns of the first and last day of what a row tells, by which rows are chosen; none where rows are of no day."""


def find_question(asked: str, ontology_folder: Path) -> Question:
    """The question meant by *asked*: a name in `queries/` of *ontology_folder*, a path, `-` for stdin, or
    SPARQL text.

    An unknown name is a QueryError that offers the nearest one, and all.
    """
    if asked == "-":
        return read_question("", read_stdin())
    if re.search(r"[\s{}]", asked) and not asked.endswith(".rq"):
        return read_question("", asked)
    known = named_questions(ontology_folder)
    if asked in known:
        return known[asked]
    if asked.endswith(".rq") or "/" in asked:
        return read_question("", read_query(Path(asked)))
    choices = ", ".join(known) or "none"
    raise QueryError(
        f'No question "{asked}".{did_you_mean(asked, list(known))} There are: {choices}.'
        " SPARQL text, and a .rq file, do too."
    )


def named_questions(ontology_folder: Path) -> dict[str, Question]:
    """The questions of the ontology by name, sorted."""
    files = sorted((ontology_folder / "queries").glob("*.rq"))
    return {file.stem: read_question(file.stem, read_query(file)) for file in files}


def read_query(path: Path) -> str:
    """The text of a query file."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: no query can be read here ({error}). Name a .rq file of UTF-8 text.") from error


def read_stdin() -> str:
    """The text of standard input."""
    try:
        if sys.stdin is None:
            raise OSError("it is closed")
        return sys.stdin.read()
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"Standard input: no query can be read here ({error}). Give UTF-8 text.") from error


def read_question(name: str, sparql: str) -> Question:
    """A question from the text of a query, with the `# title:`, `# about:`, `# param:` and `# days:` of its first
    comment lines.
    """
    said: dict[str, str] = {}
    parameters = []
    for line in sparql.splitlines():
        match = re.fullmatch(r"#\s*(title|about|param|days):\s*(.*?)\s*", line)
        if match is None:
            break
        if match[1] == "param":
            variable, _, about = match[2].partition(" — ")
            parameters.append(Parameter(variable, about, optional="optional" in about))
        else:
            said[match[1]] = match[2]
    days = tuple(said.get("days", "").partition(" — ")[0].split())
    return Question(name, said.get("title", ""), said.get("about", ""), tuple(parameters), sparql, days)


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


def find_thing(graph: Graph, name: str) -> NamedNode:
    """The thing in the graph that goes by *name*: its IRI, short (`id:Serbia`) or long, its label, or another
    name of it.

    Case and accents do not matter; a label wins over another name of something else. QueryError if there is
    none, or several.
    """
    if any("\ud800" <= letter <= "\udfff" for letter in name):
        raise QueryError(f"{name!a} is not text in UTF-8. Write it in the encoding of the terminal.")
    wanted = short_iri(name)
    if wanted is not None and graph.answer_here(
        "ASK { GRAPH id:graph\\/things { ?thing rdfs:label ?label } }", thing=wanted
    ):
        return wanted
    # Most names are typed as they are written, which the store's index finds; other spellings need all names.
    exact = graph.rows_here(THINGS_BY_LABEL, label=Literal(name, language="en")).rows
    if len(exact) == 1 and isinstance(exact[0][0], NamedNode):
        return exact[0][0]
    called: dict[str, dict[str, set[str]]] = {"label": {}, "altLabel": {}}
    rows = graph.rows_here(NAMES_OF_THINGS).rows
    for row in rows:
        thing, kind, label = map(plain, row)
        called[kind].setdefault(folded(label), set()).add(thing)
    for kind in ("label", "altLabel"):
        found = sorted(called[kind].get(folded(name), ()))
        if len(found) == 1:
            return NamedNode(found[0])
        if found:
            raise QueryError(f'"{name}" names {len(found)} things: {", ".join(map(short, found))}. Say which, by its id.')
    labels = sorted({plain(label) for _, _, label in rows})
    raise QueryError(f'Nothing in this graph is called "{name}".{did_you_mean(name, labels)}')


IS_A_THING = "ASK { GRAPH id:graph\\/things { ?thing rdfs:label ?label } }"

THINGS_BY_LABEL = """
SELECT ?thing ?label
WHERE { GRAPH id:graph\\/things { ?thing rdfs:label ?label FILTER NOT EXISTS { ?thing a dip:Tenure } } }
"""

NAMES_OF_THINGS = """
SELECT ?thing ?kind ?name
WHERE {
  GRAPH id:graph\\/things {
    VALUES (?predicate ?kind) { (rdfs:label "label") (skos:altLabel "altLabel") }
    ?thing ?predicate ?name .
    FILTER NOT EXISTS { ?thing a dip:Tenure }
  }
}
"""


def short_iri(name: str) -> NamedNode | None:
    """The IRI that *name* spells: `<https://…>`, `https://…`, or with a known prefix; None if none."""
    prefix, colon, local = name.partition(":")
    if colon and prefix in PREFIXES:
        iri = PREFIXES[prefix] + local
    elif re.match(r"<?https?://", name):
        iri = name.removeprefix("<").removesuffix(">")
    else:
        return None
    with suppress(ValueError):
        return NamedNode(iri)
    return None


def folded(name: str) -> str:
    """A name without case, accents and doubled spaces: what it is compared by."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return " ".join(plain.casefold().split())


def did_you_mean(word: str, choices: list[str]) -> str:
    """` Did you mean "…"?` for the choice most like *word*; empty if none is like it."""
    found = process.extractOne(word, choices, scorer=fuzz.ratio, processor=folded, score_cutoff=60)
    return f' Did you mean "{found[0]}"?' if found else ""


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


def plain(cell: Term | None) -> str:
    """The value of a term as text; empty for an unbound cell."""
    if cell is None:
        return ""
    return str(cell) if isinstance(cell, Triple) else cell.value


def short_term(cell: Term | None) -> str:
    """A term as people read it: `id:Serbia`, or the words."""
    return short(cell.value) if isinstance(cell, NamedNode) else plain(cell)


def short(iri: str) -> str:
    """An IRI with its prefix, `id:Serbia`; as it is where no prefix of ours fits."""
    for prefix, start in PREFIXES.items():
        if iri.startswith(start):
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri


UNSEEN = dict.fromkeys(
    [*range(0x20), *range(0x7F, 0xA0), 0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
"""Control characters, and those that turn the direction of writing: text of an article must not steer a
terminal, nor disguise itself.
"""


def visible(text: str) -> str:
    """The text on one line, without characters that steer a terminal."""
    return re.sub(r"\s+", " ", text).translate(UNSEEN)
