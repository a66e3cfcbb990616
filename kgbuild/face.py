"""kgbuild from Python: build a graph, open it, ask it, and take it along."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kgbuild.ask.answer import Table
from kgbuild.ask.drawing import Drawing
from kgbuild.ask.selection import Selection
from kgbuild.errors import QueryError
from kgbuild.graph.bounded import LIMITS, Limits
from kgbuild.graph.store import Graph as Store
from kgbuild.report import Built

if TYPE_CHECKING:
    import networkx
    import rdflib
    from pyoxigraph import Literal, NamedNode

    from kgbuild.read.text.fields import Fields


def build(
    corpus: str | Path | Iterable[str | Path],
    output: str | Path = "output",
    *,
    ontology: str | Path | None = None,
    model: str | None = None,
    jobs: int | None = 1,
    scheduler: str | None = None,
    prune: bool = False,
    fields: Fields | None = None,
    progress: Callable[[int, int, int], None] = lambda read, unread, kept: None,
) -> Built:
    """Read *corpus*, a file, a folder or several, and write the graph, its page and a report into the folder *output*.

    Only what is new or changed is read; articles of earlier builds stay unless *prune*. *ontology* is a folder of Turtle
    files to use instead of our own; *jobs* is how many processes read, None for as many as are soonest done (a script must
    then call this under `if __name__ == "__main__":`); *scheduler* is the address of a Dask cluster to read on; *progress*
    is told how many articles are read, are to be, and were kept. What is left out of the corpus, and why, is in `left_out`
    of what is handed back. KgbuildError where nothing can be read or written.

    >>> built = kgbuild.build("seeds/", "output")
    >>> built.articles, built.left_out
    (1, ())
    """
    from kgbuild import pipeline
    from kgbuild.ontology import load

    return pipeline.build(
        corpus,
        output,
        ontology=load(Path(ontology)) if ontology is not None else None,
        model=model,
        jobs=jobs,
        scheduler=scheduler,
        prune=prune,
        fields=fields,
        progress=progress,
    )


def open(output: str | Path | Built = "output") -> Graph:
    """The graph in the folder that `build` wrote, or in what it handed back; it can only be read.

    KgbuildError where there is none.

    >>> kgbuild.open("output")
    Graph of output: 4,713 quads
    """
    folder = output.output if isinstance(output, Built) else Path(output)
    if folder.name == "store" and not (folder / "store").exists():
        folder = folder.parent
    return Graph(Store.open(folder / "store"), folder)


class Graph:
    """All that a corpus says, to be asked.

    An answer has 60 seconds and 2 GB of memory, in a process of its own that reads the store and nothing else; see
    *timeout* and *memory*, where None is no limit. Elsewhere than on Linux that process starts afresh, so that there a
    script asks under `if __name__ == "__main__":`.
    """

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        """The store itself, with the terms of RDF: `select`, `construct`, `quads`."""
        self.folder = folder

    def __repr__(self) -> str:
        return f"Graph of {self.folder}: {len(self):,} quads"

    def __len__(self) -> int:
        """How many quads there are."""
        return len(self.store)

    @property
    def questions(self) -> dict[str, str]:
        """The questions that have a name, each with what it asks.

        >>> kgbuild.open("output").questions["met"]
        'Who meets whom, when and where'
        """
        from kgbuild.ask.questions import named_questions, own_folders
        from kgbuild.ontology import default_folder

        known = named_questions(default_folder(), own_folders(self.folder))
        return {name: question.title for name, question in known.items()}

    def ask(
        self,
        question: str | Path,
        *names: str,
        since: str | None = None,
        until: str | None = None,
        state: str | None = None,
        sort: str | None = None,
        limit: int | None = None,
        timeout: float | None = LIMITS.seconds,
        memory: int | None = LIMITS.memory,
    ) -> Table:
        """The answer to a question by its name (or a .rq file, or SPARQL), about whom *names* name, by any name of theirs.

        With *since* and *until* (a day, a month or a year) only what may be of that time. *state* is given instead of the
        first name, and means everyone who acts for it. Rows are sorted by the column *sort* ("-when": from the last one),
        *limit* at most. QueryError for a name that nothing has, a question that there is not, and where a limit is reached.

        >>> graph = kgbuild.open("output")
        >>> for row in graph.ask("met", "Russia", since="2014-12", limit=1):
        ...     print(row["when"], row.article)
        2014-12-19 Russia confirms readiness to develop security cooperation with Serbia
        """
        from kgbuild.ask.query import ask
        from kgbuild.ask.questions import find_question, own_folders
        from kgbuild.ontology import default_folder

        if str(question) == "-":
            raise QueryError('"-" is no question. Give the name of one, a .rq file or SPARQL.')
        found = find_question(str(question), default_folder(), own_folders(self.folder))
        chosen = {"since": since, "until": until, "state": state, "sort": sort}
        return Table(ask(self.store, found, names, limit=limit, limits=Limits(timeout, memory), **chosen))

    def query(
        self,
        sparql: str,
        *,
        timeout: float | None = LIMITS.seconds,
        memory: int | None = LIMITS.memory,
        **bindings: NamedNode | Literal,
    ) -> Table:
        """The answer to SPARQL, with all prefixes declared and all graphs as one.

        *bindings* give values to variables that a SELECT projects; a value is never made part of the text. QueryError for
        what is not SPARQL, for SERVICE and for updates, and where a limit is reached.

        >>> rows = kgbuild.open("output").query("SELECT ?name { id:Serbia rdfs:label ?label BIND(STR(?label) AS ?name) }")
        >>> len(rows), rows[0]
        (1, Row({'name': 'Serbia'}))
        """
        return Table(self.store.query(sparql, timeout=timeout, memory=memory, **bindings))

    def show(self, name: str) -> Text:
        """The dossier of the one thing that goes by *name*, as text of one screen; a notebook shows it as it is.

        An event as it is printed (id:event/…), and an edge ("id:Russia dip:metWith id:Serbia"), show their evidence.
        QueryError where nothing, or several, are called so.

        >>> print(kgbuild.open("output").show("Serbia")[:6])
        Serbia
        """
        from kgbuild.ask.worker import bounded_show

        return Text(bounded_show(self.folder / "store", name).text)

    def draw(
        self,
        *,
        about: str | None = None,
        relations: str | Iterable[str] = (),
        since: str | None = None,
        until: str | None = None,
        top: int | None = None,
        height: int = 640,
    ) -> Drawing:
        """The network page: a notebook shows it inline, *height* pixels high; `.save(path)` writes it.

        All of the graph, or an actor with its neighbours (*about*), some *relations*, a stretch of time; the *top* actors
        are shown first, or so many as can be read. KgbuildError where nothing is of that.

        >>> page = kgbuild.open("output").draw(about="Serbia").save("serbia.html")
        """
        from kgbuild.ask.network import draw

        return Drawing(draw(self.store, top=top, selection=_selection(about, relations, since, until)), height=height)

    def network(
        self,
        *,
        about: str | None = None,
        relations: str | Iterable[str] = (),
        since: str | None = None,
        until: str | None = None,
    ) -> networkx.MultiDiGraph[str]:
        """What `draw` draws, for networkx: a node an actor; an edge a line, with sentence, article, speaker, quad, weight.

        See `kgbuild.ask.exports.network.network` for all attributes.

        >>> network = kgbuild.open("output").network()
        >>> network.nodes["Serbia"]["kind"], network.has_edge("Russia", "Serbia")
        ('state', True)
        """
        from kgbuild.ask.exports.network import network

        return network(self.store, _selection(about, relations, since, until))

    def dataset(self) -> rdflib.Dataset:
        """The graph for rdflib; a query there sees all graphs as one, and is not bounded.

        >>> graph = kgbuild.open("output")
        >>> len(list(graph.dataset().quads())) == len(graph)
        True
        """
        return self.store.dataset()

    def export(self, format: str, path: str | Path) -> Path:
        """Write the graph to the file *path*, or into that folder, and hand *path* back: `kgbuild export` lists the formats.

        KgbuildError for a format that there is not, and where nothing can be written.

        >>> file = kgbuild.open("output").export("gexf", "graph.gexf")
        """
        from kgbuild.ask.export import export

        export(self.store, format, Path(path))
        return Path(path)


class Text(str):
    """Text that is shown as it is, not in quotes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _selection(about: str | None, relations: str | Iterable[str], since: str | None, until: str | None) -> Selection:
    return Selection(about, (relations,) if isinstance(relations, str) else tuple(relations), since, until)
