"""build(): a corpus becomes a graph. The whole story on one screen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse

from kgbuild import ontology as ontology_module
from kgbuild.ask.network import write_page
from kgbuild.errors import CorpusError, KgbuildError, Problem, Stopped
from kgbuild.graph import entities, events, reprints, triples, versions
from kgbuild.graph.store import Graph
from kgbuild.kept import Held, Kept, Keys, Place
from kgbuild.model import Article, Reading
from kgbuild.ontology import LEX, Ontology
from kgbuild.output import STORE, only_build, readable, staged
from kgbuild.read import DEFAULT_MODEL
from kgbuild.workers import read_on_processes

KEPT = "readings.sqlite"
"""The file of the output that keeps what has been read."""
Progress = Callable[[int, int, int], None]
"""Is told how many articles have been read, how many are to be, and how many were kept from earlier builds."""


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
    read: int = 0
    """Articles that were new or changed; the others were kept from earlier builds."""
    absent: int = 0
    """Articles of earlier builds that the corpus given no longer has."""


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
    of *corpus*. The same articles, ontology and model give the same bytes, in whatever order and builds they came.
    The last good graph stays until the new one is whole. Raises CorpusError when there is nothing to read,
    OntologyError when the ontology cannot be used, KgbuildError when *output* cannot be written or another build
    is writing it, Stopped on Ctrl-C.
    """
    ontology, model, output = ontology or ontology_module.load(), model or DEFAULT_MODEL, Path(output)
    problems = list[Problem]()
    given = take_in(corpus, ontology, problems.append)
    if not given:
        raise CorpusError("\n".join([*map(str, problems), "Nothing could be read, so nothing was built."]))

    with only_build(output), Kept(output / KEPT) as kept:
        held = given if prune else with_earlier(given, kept.held())
        replaced = versions.superseded(one.article for one in held.values())
        current = [one.article for iri, one in sorted(held.items()) if iri not in replaced]
        keys, known = Keys(ontology, model), kept.known()
        unread, read = [article for article in current if keys(article) not in known], set[str]()
        try:
            progress(0, len(unread), len(current) - len(unread))
            for reading in _readings(unread, ontology, model, jobs, problems.append):
                kept.add(keys(reading.article), reading)
                read.add(reading.article.iri)
                progress(len(read), len(unread), len(current) - len(unread))
            kept.save()
            left_out = {article.iri for article in unread} - read
            readings = [kept.reading(keys(article), article) for article in current if article.iri not in left_out]
            problems += [problem for one in held.values() for problem in one.problems]
            problems += [
                Problem(held[old].article.source, f"replaced by {new.source}, a later version of it.")
                for old, new in replaced.items()
            ]
            with staged(output) as stage:
                made = write_graph(stage, readings, ontology)
                absent = len(held.keys() - given.keys())
                built = Built(output, *made, tuple(sorted(problems)), read=len(read), absent=absent)
                (stage / "report.txt").write_text(report(built, readings), encoding="utf-8")
                kept.hold(held.values(), {r.article.iri: keys(r.article) for r in readings}, prune=prune)
        except KeyboardInterrupt as error:
            raise Stopped(
                f"Stopped. {len(read)} of {len(unread)} new articles had been read and are kept;"
                " the next build goes on from there."
            ) from error
    return built


def write_graph(folder: Path, readings: list[Reading], ontology: Ontology) -> tuple[int, int, int, int, int]:
    """Write store, TriG and page into *folder*; how many articles, claims, entities, events and quads there are."""
    graph = Graph.create(folder / STORE)
    made = fill(graph, readings, ontology)
    graph.settle()
    graph.dump_trig(folder / "graph.trig")
    write_page(graph, folder / "network.html")
    return *made, len(graph)


def fill(graph: Graph, readings: list[Reading], ontology: Ontology) -> tuple[int, int, int, int]:
    """Tell the empty *graph* all that *readings* say; how many articles, claims, entities and events it then has."""
    for reading in readings:
        graph.replace(triples.thing(reading.article.iri).value, triples.article_facts(reading))
    graph.replace(triples.thing(triples.ONTOLOGY).value, vocabulary(ontology))
    met, told = merge_into(graph, readings, ontology)
    return len(readings), sum(len(r.claims) for r in readings), met, told


def merge_into(graph: Graph, readings: list[Reading], ontology: Ontology) -> tuple[int, int]:
    """Tell the empty *graph* what all *readings* say together; how many entities and events that is."""
    articles = [reading.article for reading in readings]
    original = reprints.originals(articles)
    things = entities.merge(readings, ontology)
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
    if not (output / KEPT).is_file():
        raise KgbuildError(f"{output}: no readings are kept here. Build first: kgbuild build seeds/ -o {output}")
    graph = Graph.memory()
    with readable(output / KEPT) as file, Kept(file) as kept:
        readings = [r for r in kept.shown() if r.article.issued and r.article.issued[: len(day)] <= day]
    merge_into(graph, readings, ontology)
    graph.replace(triples.thing(triples.ONTOLOGY).value, vocabulary(ontology))
    return graph


# -- what there is to read ------------------------------------------------------------------------

RECORD = re.compile(r"(.+\.(?:jsonl|ndjson|csv)(?:\.gz)?):\d+", re.IGNORECASE)


def take_in(corpus: Iterable[str | Path], ontology: Ontology, report: Callable[[Problem], None]) -> dict[str, Held]:
    """The articles of *corpus* by IRI, each with its places; problems of what is no article are reported."""
    from kgbuild.read.text.corpus import read_corpus

    taken: dict[str, Held] = {}
    for given in corpus:
        met: list[Problem] = []
        for article in read_corpus([given], ontology, met.append):
            own = [p for p in met if p.where == article.source or p.where.startswith(f"{article.source}, ")]
            for problem in met:
                if problem not in own:
                    report(problem)
            met.clear()
            held = Held(article, (Place(_path(given, article), article.source, tuple(own)),))
            taken[article.iri] = held.also(taken[article.iri]) if article.iri in taken else held
        for problem in met:
            report(problem)
    return taken


def _path(given: str | Path, article: Article) -> str:
    """The file that an article stands in, and for a record which one."""
    record = RECORD.fullmatch(article.source)
    root = Path(given).resolve()
    file = "-" if str(given) == "-" else str(root / (record[1] if record else article.source) if root.is_dir() else root)
    return f"{file}#{article.id}" if record or file == "-" else file


def with_earlier(given: dict[str, Held], earlier: dict[str, Held]) -> dict[str, Held]:
    """*given* with the articles of *earlier* builds, but for what stood where another article stands now."""
    taken = {place.path for held in given.values() for place in held.places}
    together = dict(given)
    for iri, held in earlier.items():
        places = tuple(p for p in held.places if p.path not in taken and (iri not in given or p.exists))
        if places:
            left = Held(held.article, places)
            together[iri] = given[iri].also(left) if iri in given else left
    return together


# -- reading --------------------------------------------------------------------------------------


def read(
    corpus: Iterable[str | Path], ontology: Ontology, report: Callable[[Problem], None], *, model: str | None = None
) -> Iterator[Reading]:
    """The readings of a corpus, one after the other; an article that stands there twice is read once."""
    from kgbuild.read.text.corpus import read_corpus

    articles = _once(read_corpus(corpus, ontology, report), report)
    return _readings(articles, ontology, model or DEFAULT_MODEL, 1, report)


def _once(articles: Iterable[Article], report: Callable[[Problem], None]) -> Iterator[Article]:
    seen: dict[str, str] = {}
    for article in articles:
        if article.iri in seen:
            report(Problem(article.source, f"the same text as {seen[article.iri]}.", "It is read once."))
        else:
            seen[article.iri] = article.source
            yield article


def _readings(
    articles: Iterable[Article], ontology: Ontology, model: str, jobs: int, report: Callable[[Problem], None]
) -> Iterator[Reading]:
    """The readings of *articles*, on *jobs* processes; the model is loaded only if there is one to read."""
    if articles == []:
        return
    if jobs > 1:
        yield from read_on_processes(articles, ontology.folder, model, jobs, report)
        return
    from kgbuild.read.reader import Reader  # kept from `import kgbuild`: it loads spaCy

    yield from Reader(ontology, model).read(articles)


# -- writing --------------------------------------------------------------------------------------


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
