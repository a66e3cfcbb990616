"""build(): a corpus becomes a graph. The whole story on one screen."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Quad, RdfFormat, parse

from kgbuild import ontology as ontology_module
from kgbuild.ask.network import write_page
from kgbuild.errors import CorpusError, KgbuildError, Problem, Stopped
from kgbuild.extract import read, readings_of
from kgbuild.graph import entities, events, reprints, triples
from kgbuild.graph.store import Graph
from kgbuild.incremental import plan_build, take_in
from kgbuild.model import Reading
from kgbuild.ontology import LEX, Decisions, Ontology, own_decisions
from kgbuild.output import STORE, only_build, readable, staged
from kgbuild.read import DEFAULT_MODEL
from kgbuild.readings_cache import Keys, ReadingsCache
from kgbuild.report import Built, report_text

__all__ = ["Built", "Progress", "as_of", "build", "read"]

KEPT = "readings.sqlite"
"""The file of the output that keeps what has been read."""
Progress = Callable[[int, int, int], None]
"""Is told how many articles have been read, how many are to be, and how many were kept from earlier builds."""


def build(
    corpus: Iterable[str | Path],
    output: Path | str = "output",
    *,
    ontology: Ontology | None = None,
    model: str | None = None,
    jobs: int = 1,
    prune: bool = False,
    progress: Progress = lambda read, unread, kept: None,
) -> Built:
    """Read *corpus* (files, folders, `-`) and write the graph, its page and a report into the folder *output*.

    Only what is new or changed is read; articles of earlier builds stay unless *prune*, which leaves only those
    of *corpus*. The same articles, ontology, model and decisions (same.ttl of *output*, which overrules the ontology's) give
    the same bytes, in whatever order and builds they came.
    The last good graph stays until the new one is whole. Raises CorpusError when there is nothing to read,
    OntologyError when the ontology cannot be used, KgbuildError when *output* cannot be written or another build
    is writing it, Stopped on Ctrl-C.
    """
    ontology, model, output = ontology or ontology_module.load(), model or DEFAULT_MODEL, Path(output)
    problems = list[Problem]()
    given = take_in(corpus, ontology, problems.append)
    if not given:
        raise CorpusError("\n".join([*map(str, problems), "Nothing could be read, so nothing was built."]))

    with only_build(output), ReadingsCache(output / KEPT) as cache:
        decisions = own_decisions(output).over(ontology.decisions)
        plan = plan_build(given, cache, Keys(ontology, model), prune=prune)
        to_read, known, read = len(plan.unread), len(plan.keys) - len(plan.unread), set[str]()
        try:
            progress(0, to_read, known)
            for reading in readings_of(plan.unread, ontology, model, jobs, problems.append):
                cache.add(plan.keys[reading.article.iri], reading)
                read.add(reading.article.iri)
                progress(len(read), to_read, known)
            cache.save()
            keys = plan.keys_after(read)
            readings = [cache.reading(key, plan.kept[iri].article) for iri, key in keys.items()]
            with staged(output) as stage:
                counts = write_graph(stage, readings, ontology, decisions)
                problems += plan.problems
                absent = len(plan.kept.keys() - given.keys())
                built = Built(output, *counts, tuple(sorted(problems)), read=len(read), absent=absent)
                (stage / "report.txt").write_text(report_text(built, readings), encoding="utf-8")
                cache.replace_articles(plan.kept.values(), keys, prune=prune)
        except KeyboardInterrupt as error:
            raise Stopped(
                f"Stopped. {len(read)} of {to_read} new articles had been read and are kept;"
                " the next build goes on from there."
            ) from error
    return built


# -- writing --------------------------------------------------------------------------------------


class Counts(NamedTuple):
    """How much a graph tells."""

    articles: int
    claims: int
    entities: int
    events: int
    quads: int


def write_graph(folder: Path, readings: list[Reading], ontology: Ontology, decisions: Decisions) -> Counts:
    """Write store, TriG and page into *folder*."""
    graph = Graph.create(folder / STORE)
    entity_count, event_count = fill(graph, readings, ontology, decisions)
    graph.compact()
    graph.dump_trig(folder / "graph.trig")
    write_page(graph, folder / "network.html")
    claim_count = sum(len(reading.claims) for reading in readings)
    return Counts(len(readings), claim_count, entity_count, event_count, len(graph))


def fill(graph: Graph, readings: list[Reading], ontology: Ontology, decisions: Decisions) -> tuple[int, int]:
    """Tell the empty *graph* all that *readings* say; how many entities and events it then has."""
    for reading in readings:
        graph.replace(triples.thing(reading.article.iri).value, triples.article_facts(reading))
    graph.replace(triples.thing(triples.ONTOLOGY).value, vocabulary(ontology))
    return merge_into(graph, readings, ontology, decisions)


def merge_into(graph: Graph, readings: list[Reading], ontology: Ontology, decisions: Decisions) -> tuple[int, int]:
    """Tell the empty *graph* what all *readings* say together; how many entities and events that is."""
    articles = [reading.article for reading in readings]
    original = reprints.originals(articles)
    things = entities.merge(readings, ontology, decisions)
    happenings = events.merge(readings, things, reprints.sources(articles, original))
    event_facts, edge_facts = events.facts(happenings, things)
    events.relation_edges(edge_facts, readings, things)
    needed = frozenset(e for happening in happenings for e in happening.parties)
    thing_facts = [*entities.facts(things, readings, needed), *reprints.facts(original)]
    graph.replace(triples.thing(triples.THINGS).value, thing_facts)
    for facts in (event_facts, edge_facts):
        graph.replace(facts.graph.value, facts)
    return len(things.by_id), len(happenings)


def as_of(output: Path, day: str, ontology: Ontology) -> Graph:
    """What the articles in *output* that were issued up to *day* (2014-12-19, 2014-12, 2014) say together.

    Articles without a date are left out, and so is what each article says by itself.
    """
    if not os.path.isfile(output / KEPT):
        raise KgbuildError(f"{output}: no readings are kept here. Build first: kgbuild build seeds/ -o {output}")
    graph, decisions = Graph.memory(), own_decisions(output).over(ontology.decisions)
    with readable(output / KEPT) as file, ReadingsCache(file) as kept:
        readings = [r for r in kept.latest_readings() if r.article.issued and r.article.issued[: len(day)] <= day]
    merge_into(graph, readings, ontology, decisions)
    graph.replace(triples.thing(triples.ONTOLOGY).value, vocabulary(ontology))
    return graph


def vocabulary(ontology: Ontology) -> Iterator[Quad]:
    """The classes and properties of diplomacy.ttl, without the sentences that teach them."""
    graph = triples.thing(triples.ONTOLOGY)
    for quad in parse(path=str(ontology.folder / "diplomacy.ttl"), format=RdfFormat.TURTLE):
        if not quad.predicate.value.startswith(LEX):
            yield Quad(quad.subject, quad.predicate, quad.object, graph)
