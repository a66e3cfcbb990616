"""build(): a corpus becomes a graph. The whole story on one screen."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Quad, RdfFormat, parse

from kgbuild import ontology as ontology_module
from kgbuild.ask.network import write_page
from kgbuild.errors import KgbuildError, NothingRead, Problem, Stopped
from kgbuild.extract import jobs_for, read, readings_of
from kgbuild.graph import entities, events, reprints, triples
from kgbuild.graph.store import Graph
from kgbuild.incremental import Plan, plan_build, take_in
from kgbuild.model import Article, Reading
from kgbuild.net import LOG, caught, problem_of
from kgbuild.ontology import LEX, Decisions, Ontology, own_decisions
from kgbuild.output import STORE, only_build, readable, staged
from kgbuild.read import DEFAULT_MODEL
from kgbuild.read.text.fields import Fields
from kgbuild.readings_cache import Keys, ReadingsCache, SpoiledReading
from kgbuild.report import Built, keep_details, log_details, report_text

__all__ = ["Built", "Fields", "Progress", "as_of", "build", "read"]

VIEWED = 300_000
"""A graph of more quads is written as TriG, and drawn, when somebody asks for it."""
KEPT = "readings.sqlite"
"""The file of the output that keeps what has been read."""
Progress = Callable[[int, int, int], None]
"""Is told how many articles have been read, how many are to be, and how many were kept from earlier builds."""


def build(
    corpus: str | Path | Iterable[str | Path],
    output: Path | str = "output",
    *,
    ontology: Ontology | None = None,
    model: str | None = None,
    jobs: int | None = 1,
    scheduler: str | None = None,
    prune: bool = False,
    fields: Fields | None = None,
    progress: Progress = lambda read, unread, kept: None,
) -> Built:
    """Read *corpus* (files, folders, `-`) and write the graph, its page and a report into the folder *output*.

    Only what is new or changed is read; articles of earlier builds stay unless *prune*, which leaves only those
    of *corpus*. *fields* says what tables call text, title, date …, where it is not to be guessed. *jobs* processes read,
    None for as many as are soonest done; or the workers of a Dask cluster, at the address *scheduler* ("local": its own).
    The same articles, ontology, model and decisions (same.ttl of *output*, which overrules the ontology's) give
    the same bytes, in whatever order and builds they came.
    A file or an article that cannot be read or written is left out, as a problem (`Built.left_out`).
    The last good graph stays until the new one is whole. Raises CorpusError when there is nothing to read,
    NothingRead when nothing of it can be, OntologyError when the ontology cannot be used, KgbuildError when *output*
    cannot be written or another build is writing it, Stopped on Ctrl-C.
    """
    ontology, model, output = ontology or ontology_module.load(), model or DEFAULT_MODEL, Path(output)
    left_out = list[Problem]()
    given = take_in([corpus] if isinstance(corpus, str | Path) else corpus, ontology, left_out.append, fields=fields)
    if not given:
        raise _nothing_read(left_out)

    with only_build(output), ReadingsCache(output / KEPT) as cache:
        decisions = own_decisions(output).over(ontology.decisions)
        plan = plan_build(given, cache, Keys(ontology, model), left_out.append, prune=prune)
        to_read, known, read = len(plan.unread), len(plan.keys) - len(plan.unread), set[str]()

        def read_all(articles: Iterable[Article]) -> None:
            several = jobs or jobs_for(len(plan.unread))
            with closing(readings_of(articles, ontology, model, several, left_out.append, scheduler)) as readings:
                for reading in readings:
                    with caught(reading.article.source, left_out.append):
                        cache.add(plan.keys[reading.article.iri], reading)
                        read.add(reading.article.iri)
                    progress(len(read), to_read, known)
            cache.save()

        try:
            progress(0, to_read, known)
            read_all(plan.unread)
            problems = list(plan.problems)
            kept, spoiled = sound(cache, plan, plan.keys_after(read))
            if spoiled:
                to_read, known = to_read + len(spoiled), known - len(spoiled)
                damaged = "its kept reading was damaged.", "It is read anew."
                problems += [Problem(one.source, *damaged, lost=False) for one in spoiled]
                read_all(spoiled)
                kept |= sound(cache, plan, {one.iri: plan.keys[one.iri] for one in spoiled if one.iri in read})[0]
            with staged(output) as stage:
                sound_readings = [kept[iri] for iri in sorted(kept)]
                readings, counts = write_graph(stage, sound_readings, ontology, decisions, left_out.append)
                keys = {one.article.iri: plan.keys[one.article.iri] for one in readings}
                absent = len(plan.kept.keys() - given.keys())
                met = tuple(sorted([*left_out, *problems]))
                built = Built(
                    output,
                    *counts,
                    met,
                    read=len(read & keys.keys()),
                    absent=absent,
                    left_out=tuple(problem for problem in met if problem.lost),
                )
                (stage / "report.txt").write_text(report_text(built, readings), encoding="utf-8")
                if keep_details(stage, built.problems) is None:
                    (output / LOG).unlink(missing_ok=True)
                cache.replace_articles(plan.kept.values(), keys, prune=prune)
        except KeyboardInterrupt as error:
            raise Stopped(
                f"Stopped. {len(read)} of {to_read} new articles had been read and are kept;"
                " the next build goes on from there."
            ) from error
    return built


def sound(cache: ReadingsCache, plan: Plan, keys: Mapping[str, str]) -> tuple[dict[str, Reading], list[Article]]:
    """The kept readings under *keys*, by the IRI of the article; and the articles whose readings are damaged."""
    readings: dict[str, Reading] = {}
    spoiled: list[Article] = []
    for iri, key in keys.items():
        try:
            readings[iri] = cache.reading(key, plan.kept[iri].article)
        except SpoiledReading:
            spoiled.append(plan.kept[iri].article)
    return readings, spoiled


# -- problems -------------------------------------------------------------------------------------


def _nothing_read(problems: list[Problem]) -> NothingRead:
    details = log_details(problems)
    said = [*map(str, sorted(problems)), *([details] if details else [])]
    return NothingRead("\n".join([*said, "Nothing could be read, so nothing was built."]))


# -- writing --------------------------------------------------------------------------------------


class Counts(NamedTuple):
    """How much a graph tells."""

    articles: int
    claims: int
    entities: int
    events: int
    quads: int


def write_graph(
    folder: Path, readings: list[Reading], ontology: Ontology, decisions: Decisions, left_out: Callable[[Problem], None]
) -> tuple[list[Reading], Counts]:
    """Write store, TriG and page into *folder*; those of *readings* that are in them, the others are reported."""
    graph = Graph.create(folder / STORE)
    readings, entity_count, event_count = fill(graph, readings, ontology, decisions, left_out)
    graph.compact()
    quad_count = len(graph)
    if quad_count <= VIEWED:
        graph.dump_trig(folder / "graph.trig")
        write_page(graph, folder / "network.html")
    claim_count = sum(len(reading.claims) for reading in readings)
    return readings, Counts(len(readings), claim_count, entity_count, event_count, quad_count)


def fill(
    graph: Graph, readings: list[Reading], ontology: Ontology, decisions: Decisions, left_out: Callable[[Problem], None]
) -> tuple[list[Reading], int, int]:
    """Tell the empty *graph* all that *readings* say; those it then has, and how many entities and events.

    An article that cannot be written, or not be merged with others, is reported and left out.
    """
    written: list[Reading] = []

    def article_facts() -> Iterator[Quad]:
        for reading in readings:
            facts: list[Quad] = []
            with caught(reading.article.source, left_out):
                facts = list(triples.article_facts(reading))
            if facts:
                written.append(reading)
                yield from facts

    counts = (0, 0)

    def all_facts() -> Iterator[Quad]:
        nonlocal counts
        yield from article_facts()
        yield from vocabulary(ontology)
        entity_count, event_count, merged = merged_facts(written, ontology, decisions)
        counts = entity_count, event_count
        yield from merged

    try:
        graph.load(all_facts())
        return written, *counts
    except (KgbuildError, OSError):
        raise
    except Exception:
        spoilers = _unmerged(written, ontology, decisions)
        if not spoilers:
            raise
    for problem in spoilers.values():
        left_out(problem)
    return fill(graph, [one for one in written if one.article.iri not in spoilers], ontology, decisions, left_out)


def _unmerged(readings: list[Reading], ontology: Ontology, decisions: Decisions) -> dict[str, Problem]:
    """The articles among *readings* that fail to merge even alone, found by halving; with what is said of each."""
    try:
        merged_facts(readings, ontology, decisions)
    except Exception as error:
        if len(readings) == 1:
            article = readings[0].article
            return {article.iri: problem_of(article.source, error)}
        half = len(readings) // 2
        return _unmerged(readings[:half], ontology, decisions) | _unmerged(readings[half:], ontology, decisions)
    return {}


def merged_facts(readings: list[Reading], ontology: Ontology, decisions: Decisions) -> tuple[int, int, Iterator[Quad]]:
    """How many entities and events all *readings* tell of together, and what these say."""
    articles = [reading.article for reading in readings]
    original = reprints.originals(articles)
    things = entities.merge(readings, ontology, decisions)
    happenings = events.merge(readings, things, reprints.sources(articles, original))
    event_facts, edge_facts = events.facts(happenings, things)
    events.relation_edges(edge_facts, readings, things)
    events.claim_summaries(event_facts, readings, things)
    needed = frozenset(e for happening in happenings for e in happening.parties)
    thing_facts = entities.facts(things, readings, needed), reprints.facts(original)
    return len(things.by_id), len(happenings), chain(*thing_facts, event_facts, edge_facts)


def as_of(output: Path, day: str, ontology: Ontology) -> Graph:
    """What the articles in *output* that were issued up to *day* (2014-12-19, 2014-12, 2014) say together.

    Articles without a date are left out, and so is what each article says by itself.
    """
    if not os.path.isfile(output / KEPT):
        raise KgbuildError(f"{output}: no readings are kept here. Build first: kgbuild build seeds/ -o {output}")
    graph, decisions = Graph.memory(), own_decisions(output).over(ontology.decisions)
    with readable(output / KEPT) as file, ReadingsCache(file) as kept:
        readings = [r for r in kept.latest_readings() if r.article.issued and r.article.issued[: len(day)] <= day]
    _, _, merged = merged_facts(readings, ontology, decisions)
    graph.load(chain(merged, vocabulary(ontology)))
    return graph


def vocabulary(ontology: Ontology) -> Iterator[Quad]:
    """The classes and properties of diplomacy.ttl, without the sentences that teach them."""
    graph = triples.thing(triples.ONTOLOGY)
    for quad in parse(path=str(ontology.folder / "diplomacy.ttl"), format=RdfFormat.TURTLE):
        if not quad.predicate.value.startswith(LEX):
            yield Quad(quad.subject, quad.predicate, quad.object, graph)
