"""The Oxigraph store: one named graph an article, asked by SPARQL, written out sorted."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple, Variable

from kgbuild.errors import KgbuildError, QueryError
from kgbuild.graph.triples import PREFIXES

if TYPE_CHECKING:
    import rdflib

RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")

GraphName = NamedNode | BlankNode | DefaultGraph
Term = NamedNode | Literal | BlankNode | Triple


@dataclass(frozen=True)
class Rows:
    """What a SELECT answers: a cell is None where the query left a variable unbound."""

    columns: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]


Answer = Rows | list[Triple] | bool
"""What any query answers: rows (SELECT), triples (CONSTRUCT, DESCRIBE; sorted), or yes and no (ASK)."""


class Graph:
    """All that a corpus says, on disk or in memory; queries see the union of its named graphs unless they say
    GRAPH or FROM.
    """

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    @classmethod
    def memory(cls) -> Graph:
        """An empty graph in memory; it ends with the process."""
        return cls(ox.Store())

    @classmethod
    def create(cls, path: Path | str) -> Graph:
        """The store in the folder *path*, made if there is none, open for writing; KgbuildError if another
        process writes to it.
        """
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        try:
            return cls(ox.Store(str(path)))
        except OSError as error:
            if "lock" in str(error).lower():
                raise KgbuildError(
                    f"{path}: another kgbuild is writing to this graph. Wait for it, or build into another folder."
                ) from error
            raise KgbuildError(
                f"{path}: no graph can be written here ({first_line(error)}). Choose a folder that you may write to."
            ) from error

    @classmethod
    def open(cls, path: Path | str) -> Graph:
        """The store in the folder *path*, read only, as it is now; KgbuildError if there is none."""
        # `kgbuild build -o output` keeps its store in output/store; a reader knows the folder that was named.
        folder = Path(path).parent if Path(path).name == "store" else Path(path)
        while True:
            # A build puts the next store in the place of this one, which then goes: it is opened where it really is.
            place = Path(path).resolve()
            try:
                # RocksDB, under Oxigraph, names its current state in a file CURRENT: without it there is no store.
                if not (place / "CURRENT").is_file():
                    raise KgbuildError(f"{folder}: no graph here yet. Build one first: kgbuild build seeds/ -o {folder}")
                return cls(ox.Store.read_only(str(place)))
            except (OSError, KgbuildError) as error:
                if place != Path(path).resolve():
                    continue
                if isinstance(error, KgbuildError):
                    raise
                raise KgbuildError(
                    f"{folder}: this graph cannot be read ({first_line(error)})."
                    f" Build it again: kgbuild build seeds/ -o {folder}"
                ) from error

    def replace(self, graph_iri: str, quads: Iterable[Quad]) -> None:
        """Make *quads* all that the graph *graph_iri* says, in one step: a reader, or a crash, sees the old
        or the new, never half.
        """
        name = NamedNode(graph_iri)
        new = list(quads)
        for quad in new:
            if quad.graph_name != name:
                raise ValueError(f"a quad of {quad.graph_name} was given for <{graph_iri}>")
        if not self._store.contains_named_graph(name):
            # Nothing to drop, so the plain insertion is one transaction already, and several times faster.
            self._store.extend(new)
            return
        triples = "\n".join(f"{quad.subject} {quad.predicate} {quad.object} ." for quad in new)
        self._store.update(f"DROP SILENT GRAPH {name} ; INSERT DATA {{ GRAPH {name} {{\n{triples}\n}} }}")

    def compact(self) -> None:
        """Write the log into the store's own files: a store that is opened with a long log replays it for seconds."""
        self._store.flush()
        self._store.optimize()

    def remove(self, graph_iri: str) -> None:
        """Forget the graph *graph_iri*; nothing happens if there is none."""
        self._store.update(f"DROP SILENT GRAPH {NamedNode(graph_iri)}")

    def query(self, sparql: str, /, **bindings: NamedNode | Literal) -> Answer:
        """The answer to any SPARQL query. It can only read this store: SERVICE, and updates, are a
        QueryError.

        *bindings* give values to variables of the query, which a SELECT must project (SEP-0007): a value is
        never made part of the text.
        """
        refuse_unsafe(sparql)
        values: dict[Variable, Term] = {Variable(name): value for name, value in bindings.items()}
        try:
            found = self._store.query(
                sparql,
                prefixes=PREFIXES,
                use_default_graph_as_union=not names_its_graphs(sparql),
                substitutions=values or None,
            )
            if isinstance(found, ox.QueryBoolean):
                return bool(found)
            if isinstance(found, ox.QueryTriples):
                return sorted(set(found), key=statement_order)
            return Rows(tuple(variable.value for variable in found.variables), [tuple(row) for row in found])
        except SyntaxError as error:
            raise QueryError(mistake(sparql, str(error))) from error
        except (RuntimeError, ValueError) as error:
            raise QueryError(f"The query cannot be answered: {first_line(error)}.") from error

    def select(self, sparql: str, /, **bindings: NamedNode | Literal) -> Rows:
        """The rows of a SELECT; see `query`."""
        answer = self.query(sparql, **bindings)
        if not isinstance(answer, Rows):
            raise QueryError("A SELECT is needed here: this query answers no rows.")
        return answer

    def construct(self, sparql: str, /, **bindings: NamedNode | Literal) -> list[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE, sorted, each once; see `query`."""
        answer = self.query(sparql, **bindings)
        if not isinstance(answer, list):
            raise QueryError("A CONSTRUCT is needed here: this query answers no triples.")
        return answer

    def ask(self, sparql: str, /, **bindings: NamedNode | Literal) -> bool:
        """The yes or no of an ASK; see `query`."""
        answer = self.query(sparql, **bindings)
        if not isinstance(answer, bool):
            raise QueryError("An ASK is needed here: this query does not answer yes or no.")
        return answer

    def quads(self) -> Iterator[Quad]:
        """Every quad, sorted by graph, subject, predicate and object (as text); one named graph at a time is
        held in memory.
        """
        for name in self.graph_names():
            yield from self.sorted_quads(name)

    def sorted_quads(self, name: GraphName) -> list[Quad]:
        """What one graph says, sorted."""
        return sorted(self._store.quads_for_pattern(None, None, None, name), key=statement_order)

    def graph_names(self) -> list[GraphName]:
        """The graphs that say something, sorted; the default graph, which a built store leaves empty, comes
        first if it does not.
        """
        default = DefaultGraph()
        named: list[GraphName] = [*sorted(self._store.named_graphs(), key=str)]
        return [default, *named] if any(True for _ in self._store.quads_for_pattern(None, None, None, default)) else named

    def __len__(self) -> int:
        """How many quads there are."""
        return len(self._store)

    def load_trig(self, path: Path | str) -> None:
        """Add what a TriG file says: all of it, or nothing and a KgbuildError."""
        try:
            self._store.load(path=str(path), format=ox.RdfFormat.TRIG)
        except FileNotFoundError as error:
            raise KgbuildError(
                f"{path}: no such file. Name a TriG file, as `kgbuild export --format trig` writes it."
            ) from error
        except SyntaxError as error:
            raise KgbuildError(
                f"{path}:{error.lineno or 1}: not TriG: {first_line(error)}. Correct the line, or export the file again."
            ) from error

    def dump_trig(self, path: Path | str) -> None:
        """Write the whole graph as TriG: sorted, prefixed, the same bytes for the same quads; the file
        appears when it is whole.
        """
        with written_whole(Path(path)) as unfinished, unfinished.open("wb") as file:
            file.writelines(self.trig())

    def trig(self) -> Iterator[bytes]:
        """The graph as TriG, piece by piece: the prefixes, then each named graph."""
        yield prefix_lines()
        for name in self.graph_names():
            yield without_prefix_lines(self.sorted_quads(name), ox.RdfFormat.TRIG)

    def dataset(self) -> rdflib.Dataset:
        """The same store through rdflib, for Python code; what rdflib or its SERVICE then does is not
        guarded.

        Rows cost 7 to 20 times those of `select`.
        """
        import rdflib
        from oxrdflib import OxigraphStore

        dataset = rdflib.Dataset(store=OxigraphStore(store=self._store), default_union=True)
        for prefix, iri in PREFIXES.items():
            dataset.bind(prefix, iri, override=True, replace=True)
        return dataset


def statement_order(statement: Quad | Triple) -> tuple[str, bool, str, str]:
    """Subject, predicate, object as text; the class of a thing is said first, as people write Turtle."""
    return (
        str(statement.subject),
        statement.predicate != RDF_TYPE,
        str(statement.predicate),
        str(statement.object),
    )


def turtle(triples: Iterable[Triple]) -> bytes:
    """The triples as Turtle: sorted, each once, prefixed, the same bytes for the same triples."""
    ordered = sorted(set(triples), key=statement_order)
    return prefix_lines() + without_prefix_lines(ordered, ox.RdfFormat.TURTLE)


def prefix_lines() -> bytes:
    """The prefixes as Turtle declares them, sorted."""
    return "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(PREFIXES.items())).encode()


def without_prefix_lines(statements: Sequence[Quad] | Sequence[Triple], form: ox.RdfFormat) -> bytes:
    """The statements in TriG or Turtle, in their order, without declarations: Oxigraph declares prefixes in
    random order.
    """
    written = io.BytesIO()
    ox.serialize(statements, written, form, prefixes=PREFIXES)
    return written.getvalue().split(b"\n", len(PREFIXES))[-1]


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A file beside *path* to write to, renamed to *path* at the end: nobody ever sees half of it;
    KgbuildError if it cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield unfinished
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise KgbuildError(f"{path}: cannot be written ({error.strerror}). Choose another place with -o.") from error


# What follows guards the store against queries of strangers: Oxigraph itself calls out for SERVICE, and has
# no switch for it.

CODE = re.compile(
    r"""
    (?P<comment>  \#[^\r\n]* )
  | (?P<string>   \"{3} (?: \"{0,2} (?: [^"\\] | \\. ) )* \"{3}
                | '{3} (?: '{0,2} (?: [^'\\] | \\. ) )* '{3}
                | " (?: [^"\\\r\n] | \\. )* "
                | ' (?: [^'\\\r\n] | \\. )* ' )
  | (?P<iri>      < [A-Za-z][A-Za-z0-9+.-]* :// (?: [^\x00-\x20<>"{}|^`\\]
                    | \\u[0-9A-Fa-f]{4} | \\U[0-9A-Fa-f]{8} )* >
                | < [^\x00-\x20<>"{}|^`\\'\#]* > )
  | (?P<unclear>  <[^\x00-\x20<>"{}|^`]*> )
  | (?P<variable> [?$][A-Za-z0-9_]+ )
  | (?P<local>    :[A-Za-z0-9_-]+ )
  | (?P<escaped>  \\. )
  | (?P<word>     [A-Za-z]+ )
  | (?P<sign>     . )
    """,
    re.DOTALL | re.VERBOSE,
)
"""The tokens of SPARQL, as far as telling code from text needs them.

A `#` or `'` after a backslash is part of a local name, not the start of anything. What is `unclear` may be an
IRI or a less-than sign: `?a<b:c#>` ends in a comment, `<b:c#>` is an IRI. With `://` it is an IRI, since no
expression holds two strokes; without quote and `#` no SERVICE can hide in it, since that goes on with a name
and a brace.
"""

ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def refuse_unsafe(sparql: str) -> None:
    """QueryError if the query has a SERVICE, in any spelling that some SPARQL parser may take for one;
    strings, comments and IRIs may say it.
    """
    for text in dict.fromkeys((sparql, unescape(sparql))):
        # Oxigraph wants no space around keywords ("trueSERVICEex:x{}"), so the word is looked for inside
        # words too.
        if "service" in text.lower() and any(
            kind == "unclear" or (kind == "word" and "service" in word.lower()) for kind, word in tokens(text)
        ):
            raise QueryError(
                "The query says SERVICE, which would send data to another server."
                " Remove it: kgbuild asks the graph on this machine alone."
                " (Call a prefix of that name something else, and write an IRI beside it in full.)"
            )


def unescape(sparql: str) -> str:
    """The query with its codepoint escapes resolved everywhere, as the SPARQL specification has it; Oxigraph
    does so in strings and IRIs alone.
    """

    def character(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code < 0x110000 else match[0]

    return ESCAPE.sub(character, sparql)


def tokens(sparql: str) -> Iterator[tuple[str, str]]:
    """Kind and text of each token of the query, in order."""
    for match in CODE.finditer(sparql):
        yield match.lastgroup or "sign", match[0]


def names_its_graphs(sparql: str) -> bool:
    """Whether the query chooses its dataset by FROM, so that the default graph is what it says and not the
    union.
    """
    words = [word.upper() for kind, word in tokens(sparql) if kind == "word"]
    return "FROM" in words


UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}


def mistake(sparql: str, error: str) -> str:
    """What is wrong with a query that does not parse, where, and what may cure it."""
    words = [word.upper() for kind, word in tokens(sparql) if kind == "word"]
    if not {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"} & set(words) and UPDATES & set(words):
        return (
            "A query can only read the graph: write SELECT, ASK, CONSTRUCT or DESCRIBE."
            " `kgbuild build` is what changes the graph."
        )
    place = re.match(r"error at (\d+):(\d+): (.*)", error, re.DOTALL)
    if place is None:
        return f"The query is not SPARQL: {error}."
    row, column = int(place[1]), int(place[2])
    lines = sparql.splitlines()
    line = lines[row - 1] if row <= len(lines) else ""
    if "Prefix not found" in place[3]:
        known = " ".join(f"{prefix}:" for prefix in PREFIXES)
        cure = f"Its prefix is not known. These need no declaration: {known}"
    else:
        cure = "Correct it, or see `kgbuild query --help` for examples."
    seen = f"{line[max(0, column - 21) : column - 1]} ⟨here⟩ {line[column - 1 : column + 19]}"
    return f"The query has a mistake in line {row}, column {column}: …{seen}… {cure}"


def first_line(error: Exception) -> str:
    """What a library says went wrong, without its details or its full stop."""
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
