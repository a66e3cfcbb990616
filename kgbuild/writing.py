"""The store of a build: that of the last build with what is new, changed or gone, or a fresh one.

What a store was made of stands in the ledger beside it (`graph.ledger`), under a mark that the folder of the store has too:
if they differ, as when a build was killed in between, the store is made afresh, to the same bytes.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib import metadata
from itertools import chain
from pathlib import Path

import msgspec
from pyoxigraph import Quad, RdfFormat, parse

from kgbuild.compiled import code_of
from kgbuild.errors import KgbuildError, Problem
from kgbuild.graph import entities, events, reprints, tallies, triples
from kgbuild.graph.ledger import Ledger
from kgbuild.graph.merge.state import Said
from kgbuild.graph.merging import Merge
from kgbuild.graph.store import Graph
from kgbuild.model import Article, Reading
from kgbuild.net import caught, problem_of
from kgbuild.ontology import LEX, Decisions, Ontology
from kgbuild.output import MARK, STORE
from kgbuild.report import Tally
from kgbuild.version import __version__

LEDGER = "merged.sqlite"
"""The file of the output that has the ledger."""
LIBRARIES = ("pyoxigraph", "msgspec", "rensa", "rapidfuzz", "anyascii", "nicknames")
"""The libraries whose versions decide what is written."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles that a store is to be made of."""

    digests: Mapping[str, bytes]
    """By IRI, a digest of all that each brings into the store: of itself and of how it was read."""
    article_of: Callable[[str], Article]
    reading_of: Callable[[str], Reading]


@dataclass(frozen=True, slots=True)
class Written:
    """What a store has."""

    articles: frozenset[str]
    """Their IRIs."""
    tally: Tally
    entities: int
    events: int
    quads: int


def write_store(
    output: Path,
    stage: Path,
    ledger: Ledger,
    corpus: Corpus,
    ontology: Ontology,
    decisions: Decisions,
    left_out: Callable[[Problem], None],
) -> tuple[Graph, Written]:
    """Write the store of *corpus* into the folder *stage*, from that in *output* where the *ledger* says what that has.

    An article that cannot be written, or not be merged with others, is reported and left out. Commit the ledger when the
    store has taken its place.
    """
    graph = _continued(output, stage, ledger, ontology)
    fresh = graph is None
    if graph is None:
        graph = Graph.create(stage / STORE)
    while True:
        problems = list[Problem]()
        said = _said(ledger, corpus, ontology, decisions, problems.append)
        try:
            if fresh:
                graph.load(chain(vocabulary(ontology), (quad for one in said for quad in one.quads)))
                graph.compact()
                quads = len(graph)
            else:
                quads = ledger.meta("quads") + graph.take(said)
                graph.flush()
            break
        except (KgbuildError, OSError):
            raise
        except Exception:
            spoilers = _unmerged([corpus.reading_of(iri) for iri in sorted(corpus.digests)], ontology, decisions)
            if not spoilers:
                raise
        for problem in spoilers.values():
            left_out(problem)
        corpus = replace(corpus, digests={iri: one for iri, one in corpus.digests.items() if iri not in spoilers})
        ledger.clear()
        graph.clear()
        fresh = True
    for problem in problems:
        left_out(problem)
    ledger.keep("quads", quads)
    _mark(stage, ledger, ontology)
    tallies = (msgspec.msgpack.decode(row[0], type=Tally) for row in ledger.each("SELECT tally FROM made_of"))
    made_of = frozenset(row[0] for row in ledger.rows("SELECT iri FROM made_of"))
    [(things, happenings)] = ledger.rows("SELECT (SELECT count(*) FROM entity), (SELECT count(*) FROM event)")
    return graph, Written(made_of, Tally.total(tallies), things, happenings, quads)


def _continued(output: Path, stage: Path, ledger: Ledger, ontology: Ontology) -> Graph | None:
    """The last store, to go on with; None, and an empty ledger, where that cannot be."""
    last = (output / STORE).resolve()
    with suppress(OSError, KgbuildError):
        if ledger.meta("mark") == (last.parent / MARK).read_bytes() and ledger.meta("under") == _under(ontology):
            return Graph.continued(last, stage / STORE)
    shutil.rmtree(stage / STORE, ignore_errors=True)
    ledger.clear()
    return None


def _mark(stage: Path, ledger: Ledger, ontology: Ontology) -> None:
    """Write of what the store in *stage* was made, there and into the ledger."""
    made = hashlib.sha256(_under(ontology) + (ledger.meta("decisions") or b""))
    for iri, digest in ledger.each("SELECT iri, digest FROM made_of ORDER BY iri"):
        made.update(iri.encode() + digest)
    ledger.keep("mark", made.digest())
    ledger.keep("under", _under(ontology))
    (stage / MARK).write_bytes(made.digest())


def _under(ontology: Ontology) -> bytes:
    """A digest of all, beside articles and decisions, that decides what a store says."""
    here = Path(__file__).parent
    said = [__version__, ontology.digest, *(f"{library} {metadata.version(library)}" for library in LIBRARIES)]
    code = code_of(here / "graph", here / "ontology", here / "model.py", here / "spelling.py", here / "writing.py")
    return hashlib.sha256(b"\0".join([*(one.encode() for one in said), *code])).digest()


def _said(
    ledger: Ledger,
    corpus: Corpus,
    ontology: Ontology,
    decisions: Decisions,
    left_out: Callable[[Problem], None],
) -> Iterator[Said]:
    """What a store that says what the ledger has is to say otherwise."""
    digests = corpus.digests
    known: dict[str, bytes] = dict(ledger.rows("SELECT iri, digest FROM made_of"))
    gone, changed = known.keys() - digests.keys(), list[str]()
    for iri in sorted(gone | {iri for iri, digest in digests.items() if known.get(iri) != digest}):
        facts: list[Quad] = []
        if iri in digests:
            reading = corpus.reading_of(iri)
            with caught(reading.article.source, left_out):
                facts = list(triples.article_facts(reading))
        if facts:
            changed.append(iri)
            ledger.put("made_of", [(iri, digests[iri], msgspec.msgpack.encode(Tally.of(reading)))])
        else:
            gone |= {iri}
            ledger.do("DELETE FROM made_of WHERE iri = ?", iri)
        yield Said(triples.thing(iri), None, facts)
    yield from Merge(ledger, ontology, decisions, corpus.reading_of, corpus.article_of).said(changed, gone)


def vocabulary(ontology: Ontology) -> Iterator[Quad]:
    """The classes and properties of diplomacy.ttl, without the sentences that teach them."""
    graph = triples.thing(triples.ONTOLOGY)
    for quad in parse(path=str(ontology.folder / "diplomacy.ttl"), format=RdfFormat.TURTLE):
        if not quad.predicate.value.startswith(LEX):
            yield Quad(quad.subject, quad.predicate, quad.object, graph)


# -- without a ledger -----------------------------------------------------------------------------


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


def merged_facts(readings: list[Reading], ontology: Ontology, decisions: Decisions) -> Iterable[Quad]:
    """What all *readings* say together."""
    articles = [reading.article for reading in readings]
    original = reprints.originals(articles)
    things = entities.merge(readings, ontology, decisions)
    happenings = events.merge(readings, things, reprints.sources(articles, original))
    event_facts, edge_facts = events.facts(happenings, things)
    events.relation_edges(edge_facts, readings, things)
    events.claim_summaries(event_facts, readings, things)
    publishers = {triples.thing(article.iri).value: article.publisher for article in articles}
    tallies.say_all(event_facts, list(event_facts), publishers)
    needed = frozenset(e for happening in happenings for e in happening.parties)
    return [*entities.facts(things, readings, needed), *reprints.facts(original), *event_facts, *edge_facts]
