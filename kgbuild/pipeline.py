"""build(): a corpus becomes a graph. The whole story on one screen."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse

from kgbuild import ontology as ontology_module
from kgbuild.ask.network import write_page
from kgbuild.errors import CorpusError, Problem
from kgbuild.graph import entities, events, triples
from kgbuild.graph.store import Graph, written_whole
from kgbuild.model import Article, Reading
from kgbuild.ontology import LEX, Ontology

CHUNK = 16
"""Articles given to a process at a time."""
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build has made, and what it met."""

    output: Path
    articles: int
    claims: int
    entities: int
    events: int
    quads: int
    problems: tuple[Problem, ...]


def build(
    corpus: Iterable[str | Path],
    output: Path | str = "output",
    *,
    ontology: Ontology | None = None,
    model: str | None = None,
    jobs: int = 1,
    progress: Progress = lambda read: None,
) -> Built:
    """Read *corpus* (files, folders, `-`) and write the graph, its page and a report into the folder *output*.

    The same corpus, ontology and model give the same bytes. The last good graph stays until the new one is
    whole. Raises CorpusError when there is nothing to read, OntologyError when the ontology cannot be used.
    """
    ontology = ontology or ontology_module.load()
    output, problems = Path(output), list[Problem]()
    readings = sorted(read(corpus, ontology, problems.append, model=model, jobs=jobs, progress=progress), key=_order)
    if not readings:
        raise CorpusError("\n".join([*map(str, problems), "Nothing could be read, so nothing was built."]))

    things = entities.merge(readings, ontology)
    happenings = events.merge(readings, things)
    event_facts, edge_facts = events.facts(happenings, things)
    events.relation_edges(edge_facts, readings, things)
    needed = frozenset(e for happening in happenings for e in happening.parties)

    with fresh_store(output) as graph:
        for reading in readings:
            graph.replace(triples.thing(reading.article.iri).value, triples.article_facts(reading))
        for facts in (entities.facts(things, readings, needed), event_facts, edge_facts):
            graph.replace(facts.graph.value, facts)
        graph.replace(triples.thing(triples.ONTOLOGY).value, vocabulary(ontology))
        graph.dump_trig(output / "graph.trig")
        write_page(graph, output / "network.html")
        built = Built(
            output,
            len(readings),
            sum(len(r.claims) for r in readings),
            len(things.by_id),
            len(happenings),
            len(graph),
            tuple(sorted(problems)),
        )
    with written_whole(output / "report.txt") as beside:
        beside.write_text(report(built, readings), encoding="utf-8")
    return built


def _order(reading: Reading) -> tuple[str, str]:
    return reading.article.iri, reading.article.source


# -- reading --------------------------------------------------------------------------------------


def read(
    corpus: Iterable[str | Path],
    ontology: Ontology,
    report: Callable[[Problem], None],
    *,
    model: str | None = None,
    jobs: int = 1,
    progress: Progress = lambda read: None,
) -> Iterator[Reading]:
    """The readings of a corpus, on *jobs* processes; an article that stands there twice is read once."""
    from kgbuild.read.corpus import read_corpus  # kept from `import kgbuild`: it loads spaCy
    from kgbuild.read.reading import Reader

    articles = _once(read_corpus(corpus, ontology, report), report)
    found = Reader(ontology, model).read(articles) if jobs <= 1 else _on_processes(articles, ontology, model, jobs)
    for count, reading in enumerate(found, 1):
        progress(count)
        yield reading


def _once(articles: Iterable[Article], report: Callable[[Problem], None]) -> Iterator[Article]:
    seen: dict[str, str] = {}
    for article in articles:
        if article.iri in seen:
            report(Problem(article.source, f"the same text as {seen[article.iri]}.", "It is read once."))
        else:
            seen[article.iri] = article.source
            yield article


def _on_processes(articles: Iterable[Article], ontology: Ontology, model: str | None, jobs: int) -> Iterator[Reading]:
    with ProcessPoolExecutor(jobs, initializer=_start, initargs=(ontology.folder, model)) as pool:
        yield from chain.from_iterable(pool.map(_read_chunk, _chunks(articles)))


def _chunks(articles: Iterable[Article]) -> Iterator[tuple[Article, ...]]:
    stream = iter(articles)
    while chunk := tuple(islice(stream, CHUNK)):
        yield chunk


_READER: list[object] = []


def _start(folder: Path, model: str | None) -> None:
    from kgbuild.read.reading import Reader

    _READER[:] = [Reader(ontology_module.load(folder), model)]


def _read_chunk(articles: tuple[Article, ...]) -> list[Reading]:
    from kgbuild.read.reading import Reader

    reader = _READER[0]
    assert isinstance(reader, Reader)
    return list(reader.read(articles))


# -- writing --------------------------------------------------------------------------------------


class fresh_store:
    """A new store beside the last one, put in its place only when all went well."""

    def __init__(self, output: Path) -> None:
        self.new, self.old, self.place = output / ".store-new", output / ".store-old", output / "store"

    def __enter__(self) -> Graph:
        if self.old.exists() and not self.place.exists():
            self.old.rename(self.place)  # a build was killed between the two renames below
        shutil.rmtree(self.new, ignore_errors=True)
        self.graph = Graph.create(self.new)
        return self.graph

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.graph.settle()
        del self.graph
        if kind is None:
            shutil.rmtree(self.old, ignore_errors=True)
            if self.place.exists():
                self.place.rename(self.old)
            self.new.rename(self.place)
            shutil.rmtree(self.old, ignore_errors=True)
        else:
            shutil.rmtree(self.new, ignore_errors=True)


def vocabulary(ontology: Ontology) -> Iterator[Quad]:
    """The classes and properties of diplomacy.ttl, without the sentences that teach them."""
    graph = triples.thing(triples.ONTOLOGY)
    for quad in parse(path=str(ontology.folder / "diplomacy.ttl"), format=RdfFormat.TURTLE):
        if not quad.predicate.value.startswith(LEX):
            yield Quad(quad.subject, quad.predicate, quad.object, graph)


def report(built: Built, readings: list[Reading]) -> str:
    """What was read, found, dropped and why; the same for the same corpus."""
    claims = [claim for reading in readings for claim in reading.claims]
    dropped: Counter[str] = Counter()
    for reading in readings:
        dropped.update(dict(reading.dropped))
    held = Counter(f"{c.stance.polarity.lower()}, {c.stance.modality.lower()}" for c in claims if c.kind != "statement")
    unsaid = sum(1 for reading in readings if not any(c.kind != "statement" for c in reading.claims))
    lines = [
        f"Read      {built.articles} articles, {sum(len(r.sentences) for r in readings)} sentences",
        f"Found     {built.claims} claims, {built.events} events, {built.entities} entities; {built.quads} quads",
        "",
        "Claims by type",
        *_table(Counter(c.claims for c in claims)),
        "",
        "Claims by stance (statements left out)",
        *_table(held),
        "",
        "Dropped, and why",
        *_table(dropped + Counter({"articles without an event or relation": unsaid})),
        "",
        f"Problems  {len(built.problems)}",
        *(f"  {problem}" for problem in built.problems),
    ]
    return "\n".join(lines) + "\n"


def _table(counts: Counter[str]) -> list[str]:
    return [f"  {count:6}  {what}" for what, count in sorted(counts.items(), key=lambda i: (-i[1], i[0]))]
