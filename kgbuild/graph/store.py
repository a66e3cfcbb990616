"""The Oxigraph store: one named graph an article, asked by SPARQL, written out sorted."""

from __future__ import annotations

import io
import os
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple, Variable

from kgbuild.errors import KgbuildError, QueryError
from kgbuild.graph import bounded
from kgbuild.graph.bounded import GIGABYTE, LIMITS, EndedByItself, Limits, OutOfMemory, Stage
from kgbuild.graph.guard import mistake, names_its_graphs, refuse_unsafe
from kgbuild.graph.triples import PREFIXES

if TYPE_CHECKING:
    import rdflib

RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")

BATCH = 100_000
"""So many quads are written at a time; each takes about a kilobyte or two until they are on the disk."""

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

    A query of yours is answered in a process of its own, within limits (`query`); a query of ours, which is known to
    be modest, in this one (`answer_here`).
    """

    def __init__(self, store: ox.Store, place: Path | None = None, *, writable: bool = True) -> None:
        self._store, self._place, self._writable = store, place, writable

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
            return cls(ox.Store(str(path)), Path(path))
        except (OSError, RuntimeError) as error:
            if "lock" in str(error).lower():
                raise KgbuildError(
                    f"{path}: another kgbuild is writing to this graph. Wait for it, or build into another folder."
                ) from error
            raise KgbuildError(
                f"{path}: no graph can be written here ({first_line(error)}). Choose a folder that you may write to."
            ) from error

    @classmethod
    def continued(cls, last: Path, path: Path) -> Graph:
        """A store in the new folder *path* that says what the one in *last* says, open for writing; both share the
        files that no store ever changes, so it costs neither time nor space.

        KgbuildError if there is no *last*, or it is damaged.
        """
        cls.open(last)._store.backup(str(path))
        return cls.create(path)

    @classmethod
    def open(cls, path: Path | str) -> Graph:
        """The store in the folder *path*, read only, as it is now; KgbuildError if there is none."""
        while True:
            # A build puts the next store in the place of this one, which then goes: it is opened where it really is.
            place = Path(path).resolve()
            try:
                # RocksDB, under Oxigraph, names its current state in a file CURRENT: without it there is no store.
                if not os.path.isfile(place / "CURRENT"):
                    folder = _output(Path(path))
                    raise KgbuildError(f"{folder}: no graph here yet. Build one first: kgbuild build seeds/ -o {folder}")
                return cls(ox.Store.read_only(str(place)), Path(path), writable=False)
            except (OSError, RuntimeError, KgbuildError) as error:
                if place != Path(path).resolve():
                    continue
                if isinstance(error, KgbuildError):
                    raise
                raise damaged(Path(path), error) from error

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

    def load(self, quads: Iterable[Quad]) -> None:
        """Add many *quads* of whatever graphs, BATCH at a time: each batch is sorted into files of the store's own, and none
        passes its log.
        """
        coming = iter(quads)
        while batch := list(islice(coming, BATCH)):
            self._store.bulk_extend(batch)

    def clear(self) -> None:
        """Forget everything."""
        self._store.clear()

    def take(self, said: Iterable[tuple[NamedNode, NamedNode | None, list[Quad]]]) -> int:
        """Say this instead: for each graph and subject (all subjects where that is None) all that the graph says of it, the
        last one for the same; how many quads that is more than before.
        """
        more, size, waiting = 0, 0, dict[tuple[NamedNode, NamedNode | None], list[Quad]]()
        for graph, subject, quads in said:
            size += len(quads)
            waiting[graph, subject] = quads
            if size >= BATCH:
                more += self._take(waiting)
                size, waiting = 0, {}
        return more + self._take(waiting)

    def _take(self, said: Mapping[tuple[NamedNode, NamedNode | None], list[Quad]]) -> int:
        more, gone, new = 0, list[Quad](), list[Quad]()
        for (graph, subject), quads in said.items():
            now, before = set(quads), set(self._store.quads_for_pattern(subject, None, None, graph))
            more += len(now) - len(before)
            gone += before - now
            new += now - before
        for quad in gone:
            self._store.remove(quad)
        self._store.extend(new)
        return more

    def flush(self) -> None:
        """Write the log into the store's own files: a store that is opened with a long log replays it for seconds."""
        self._store.flush()

    def compact(self) -> None:
        """Write all of the store anew, as small as it can be."""
        self._store.flush()
        self._store.optimize()

    def remove(self, graph_iri: str) -> None:
        """Forget the graph *graph_iri*; nothing happens if there is none."""
        self._store.update(f"DROP SILENT GRAPH {NamedNode(graph_iri)}")

    def query(
        self,
        sparql: str,
        /,
        *,
        timeout: float | None = LIMITS.seconds,
        memory: int | None = LIMITS.memory,
        **bindings: NamedNode | Literal,
    ) -> Answer:
        """The answer to any SPARQL query. It can only read this store: SERVICE, and updates, are a
        QueryError.

        *bindings* give values to variables of the query, which a SELECT must project (SEP-0007): a value is
        never made part of the text.

        It is a QueryError, too, if the answer takes more than *timeout* seconds or wants more than *memory* bytes;
        None is no limit. For this the query has a process of its own, which can neither open a socket nor any file
        but those of the store (Linux). Where no copy of this process can be made (beside other threads, for a graph
        that is open for writing, and elsewhere than on Linux), the process opens the store anew; a graph in memory is
        then asked in this process, without limits.
        """
        limits = Limits(timeout, memory)
        if limits == Limits(None, None):
            return self.answer_here(sparql, **bindings)
        refuse_unsafe(sparql)
        if bounded.can_fork() and not (self._place and self._writable):
            places = (self._place.resolve(),) if self._place else ()
            answers = bounded.bounded(self._steps, sparql, bindings, limits=limits, readable=places, fork=True)
        elif self._place:
            places = (self._place.resolve(),)
            answers = bounded.bounded(_open_and_answer, str(self._place), sparql, bindings, limits=limits, readable=places)
        else:
            return self.answer_here(sparql, **bindings)
        answer: Answer
        [answer] = unless_damaged(self._place, answers)
        return answer

    def select(
        self,
        sparql: str,
        /,
        *,
        timeout: float | None = LIMITS.seconds,
        memory: int | None = LIMITS.memory,
        **bindings: NamedNode | Literal,
    ) -> Rows:
        """The rows of a SELECT; see `query`."""
        return _rows(self.query(sparql, timeout=timeout, memory=memory, **bindings))

    def construct(
        self,
        sparql: str,
        /,
        *,
        timeout: float | None = LIMITS.seconds,
        memory: int | None = LIMITS.memory,
        **bindings: NamedNode | Literal,
    ) -> list[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE, sorted, each once; see `query`."""
        answer = self.query(sparql, timeout=timeout, memory=memory, **bindings)
        if not isinstance(answer, list):
            raise QueryError("A CONSTRUCT is needed here: this query answers no triples.")
        return answer

    def ask(
        self,
        sparql: str,
        /,
        *,
        timeout: float | None = LIMITS.seconds,
        memory: int | None = LIMITS.memory,
        **bindings: NamedNode | Literal,
    ) -> bool:
        """The yes or no of an ASK; see `query`."""
        answer = self.query(sparql, timeout=timeout, memory=memory, **bindings)
        if not isinstance(answer, bool):
            raise QueryError("An ASK is needed here: this query does not answer yes or no.")
        return answer

    def answer_here(self, sparql: str, /, **bindings: NamedNode | Literal) -> Answer:
        """The answer to a query of our own, or in a process that is bounded already: worked out in this process,
        without limits; else as `query`.
        """
        values: dict[Variable, Term] = {Variable(name): value for name, value in bindings.items()}
        with self._found(
            sparql, use_default_graph_as_union=not names_its_graphs(sparql), substitutions=values or None
        ) as found:
            if isinstance(found, ox.QueryBoolean):
                return bool(found)
            if isinstance(found, ox.QueryTriples):
                return sorted(set(found), key=statement_order)
            return Rows(tuple(variable.value for variable in found.variables), [tuple(row) for row in found])

    def written_here(
        self,
        sparql: str,
        /,
        results: str | None,
        triples: str | None,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> tuple[str, bytes]:
        """The answer as the SPARQL protocol sends it, with its media type: *results* for SELECT and ASK, *triples*, sorted,
        for CONSTRUCT and DESCRIBE; see `answer_here`.

        Where graphs are named, by IRIs, these are all that is asked. WrongForm where the type that is needed is None.
        """
        choice: dict[str, Any] = {"use_default_graph_as_union": not names_its_graphs(sparql)}
        if default_graphs or named_graphs:
            choice = {
                "default_graph": [_graph_iri(iri) for iri in default_graphs],
                "named_graphs": [_graph_iri(iri) for iri in named_graphs],
            }
        with self._found(sparql, **choice) as found:
            media = triples if isinstance(found, ox.QueryTriples) else results
            if media is None:
                raise WrongForm
            if not isinstance(found, ox.QueryTriples):
                return media, found.serialize(format=ox.QueryResultsFormat.from_media_type(media)) or b""
            if media == ox.RdfFormat.TURTLE.media_type:
                return media, turtle(found)
            form = ox.RdfFormat.from_media_type(media)
            return media, ox.serialize(sorted(set(found), key=statement_order), format=form) or b""

    @contextmanager
    def _found(self, sparql: str, **choice: Any) -> Iterator[ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples]:
        """What Oxigraph answers, and in our words what it says of the query or of damaged files."""
        refuse_unsafe(sparql)
        try:
            with self._reading():
                yield self._store.query(sparql, prefixes=PREFIXES, **choice)
        except SyntaxError as error:
            raise QueryError(mistake(sparql, str(error))) from error
        except (RuntimeError, ValueError, OSError) as error:
            raise QueryError(f"The query cannot be answered: {first_line(error)}.") from error

    def rows_here(self, sparql: str, /, **bindings: NamedNode | Literal) -> Rows:
        """The rows of a SELECT of our own; see `answer_here`."""
        return _rows(self.answer_here(sparql, **bindings))

    def _steps(self, sparql: str, bindings: Mapping[str, NamedNode | Literal]) -> Iterator[Stage | Answer]:
        yield Stage.OPENING
        yield Stage.ANSWERING
        yield self.answer_here(sparql, **bindings)

    def read_through(self) -> None:
        """Read every statement in all orders in which the store keeps it; KgbuildError where one cannot be read."""
        with self._reading():
            deque(self._store.named_graphs(), 0)
            for part in range(3):
                for in_graph in (False, True):
                    for term, name in {(quad[part], quad[3] if in_graph else None) for quad in self._store}:
                        pattern: list[Any] = [*(term if place == part else None for place in range(3)), name]
                        deque(self._store.quads_for_pattern(*pattern), 0)

    def look_through(self) -> None:
        """Go once through the orders of statements that our queries use, without the texts; KgbuildError where one cannot be
        read.

        It takes half the time of drawing, and nothing for a graph that this process writes. Sorts and joins of Oxigraph
        never end where they cannot read on, and fill the memory: whoever asks for much in this process looks first.
        """
        if self._writable:
            return
        with self._reading():
            found = self._store.query("SELECT DISTINCT ?p { GRAPH ?g { ?s ?p ?o } }")
            predicates = sorted(str(row["p"]) for row in found)  # type: ignore[union-attr]  # a SELECT answers rows
            ours = [name for name in self._store.named_graphs() if str(name).startswith(f"<{PREFIXES['id']}graph/")]
            subjects = "{ SELECT DISTINCT ?s { GRAPH ?g { ?s ?p ?o } } }"
            self._read_all(f"{subjects} OPTIONAL {{ ?s ?q ?nothing FILTER(sameTerm(?s, ?nothing)) }}")
            for predicate in predicates:
                self._read_all(f"?s {predicate} ?nothing FILTER(sameTerm(?s, ?nothing))")
                for name in ours:
                    self._read_all(f"GRAPH {name} {{ ?s {predicate} ?nothing }} FILTER(sameTerm(?s, ?nothing))")

    def _read_all(self, pattern: str) -> None:
        # Nothing in a graph of ours is said of itself, so there is nothing to show; an ASK would go on where it cannot read.
        found = self._store.query(f"SELECT ?nothing {{ {pattern} }}", use_default_graph_as_union=True)
        deque(found, 0)  # type: ignore[arg-type]  # a SELECT answers rows

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """What the store says of damaged files, in our words."""
        try:
            yield
        except (OSError, RuntimeError) as error:
            if self._place and re.match(r"Corruption|IO error", str(error)):
                raise damaged(self._place, error) from error
            raise

    def quads(self) -> Iterator[Quad]:
        """Every quad, sorted by graph, subject, predicate and object (as text); one named graph at a time is
        held in memory.
        """
        for name in self.graph_names():
            yield from self.sorted_quads(name)

    def sorted_quads(self, name: GraphName) -> list[Quad]:
        """What one graph says, sorted."""
        with self._reading():
            return sorted(self._store.quads_for_pattern(None, None, None, name), key=statement_order)

    def graph_names(self) -> list[GraphName]:
        """The graphs that say something, sorted; the default graph, which a built store leaves empty, comes
        first if it does not.
        """
        default = DefaultGraph()
        with self._reading():
            named: list[GraphName] = [*sorted(self._store.named_graphs(), key=str)]
            filled = any(True for _ in self._store.quads_for_pattern(None, None, None, default))
        return [default, *named] if filled else named

    def __len__(self) -> int:
        """How many quads there are."""
        with self._reading():
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


def _open_and_answer(place: str, sparql: str, bindings: Mapping[str, NamedNode | Literal]) -> Iterator[Stage | Answer]:
    yield Stage.OPENING
    graph = Graph.open(place)
    yield Stage.ANSWERING
    yield graph.answer_here(sparql, **bindings)


def unless_damaged(place: Path | None, answers: Iterator[Any]) -> Iterator[Any]:
    """The *answers* of a bounded query; where it ran out of memory, or its process ended by itself, since the files of the
    store are damaged, that is said.

    Oxigraph counts and sorts on when a block cannot be read, meets the same block again, and keeps each failure; sorting
    what cannot be read, it may give up altogether.
    """
    try:
        yield from answers
    except (OutOfMemory, EndedByItself):
        if place is not None:
            limits = Limits(seconds=30, memory=GIGABYTE)
            reading = bounded.bounded(
                _read_all, str(place), limits=limits, readable=(place.resolve(),), fork=bounded.can_fork()
            )
            with suppress(QueryError):  # too large to be read in that time: not known to be damaged
                list(reading)
        raise


def _read_all(place: str) -> Iterator[Stage]:
    """Reads every statement in three orders, and all texts; KgbuildError where that cannot be done."""
    yield Stage.OPENING
    graph = Graph.open(place)
    yield Stage.ANSWERING
    graph.read_through()


class WrongForm(Exception):
    """An answer is of a form that nobody wants to have."""


def _graph_iri(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise QueryError(f"{iri!a} is no IRI, as that of a graph must be. Write it in full.") from error


def _rows(answer: Answer) -> Rows:
    if not isinstance(answer, Rows):
        raise QueryError("A SELECT is needed here: this query answers no rows.")
    return answer


def _output(place: Path) -> Path:
    """The folder that `kgbuild build -o` was given: it keeps its store in output/store."""
    return place.parent if place.name == "store" else place


def damaged(place: Path, error: Exception) -> KgbuildError:
    """The error for a store whose files are not as they were written."""
    folder = _output(place)
    return KgbuildError(
        f"{folder}: this graph is damaged and cannot be read ({first_line(error)})."
        f" Build it again from the same articles: kgbuild build … -o {folder} (what has been read is kept)."
    )


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

    What is no file, such as a pipe or /dev/stdout, is written to itself, and is never replaced.
    """
    if _is_no_file(path):
        try:
            yield path
        except BrokenPipeError:
            raise  # who reads there has had enough
        except OSError as error:
            raise _unwritable(path, error) from error
        return
    unfinished = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield unfinished
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from error


def _is_no_file(path: Path) -> bool:
    """Whether a pipe, a device or the like stands there; /dev/stdout stays what it is even where it leads to a file."""
    if Path(os.path.abspath(path)).is_relative_to("/dev"):
        return True
    return os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path)


def _unwritable(path: Path, error: OSError) -> KgbuildError:
    return KgbuildError(f"{path}: cannot be written ({error.strerror or error}). Choose another place with --out.")


def first_line(error: Exception) -> str:
    """What a library says went wrong, without its details or its full stop."""
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
