"""The graph as a picture: who stands in what relation to whom, and the claims behind every line."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from kgbuild.ask.asides import Aside, Counts, asides_of, counted
from kgbuild.ask.evidence import (
    EntityProperties,
    Evidence,
    Source,
    Vocabulary,
    local,
    read_about,
    read_acts_for,
    read_entities,
    read_events,
    read_evidence,
    read_fillers,
    read_kinds,
    read_sentences,
    read_sources,
    read_vocabulary,
)
from kgbuild.ask.folding import stand_ins
from kgbuild.ask.gatherings import gathering_links
from kgbuild.ask.lines import Line, bundle
from kgbuild.ask.links import Link, event_links, naming, relation_links
from kgbuild.ask.selection import (
    EVERYTHING,
    Selection,
    answered,
    around,
    of_relations,
    of_time,
    period,
    query_as_evidence,
    title_of,
)
from kgbuild.ask.things import find_thing
from kgbuild.errors import KgbuildError

if TYPE_CHECKING:
    from kgbuild.graph.store import Graph

TITLE = "Who does what to whom"


@dataclass(frozen=True, slots=True)
class Actor:
    """An entity that takes part in something: a node."""

    id: str
    label: str
    kind: str
    cls: str
    names: tuple[str, ...]
    wikidata: str | None
    iso2: str | None
    """The two letters of a state, in lower case: "rs"."""
    community: int
    """Actors of one number share more claims with each other than with the rest; 0 is the number of the first actor."""
    degree: int
    """How many lines end here."""
    claims: int
    """How many claims stand behind those lines: actors with more come first."""
    stand_in: str | None
    """The state or organisation that it acts for, and is drawn as where there are many; None where none is known."""


@dataclass(frozen=True, slots=True)
class Picture:
    """All that could be drawn: actors and lines, those with most claims first."""

    actors: tuple[Actor, ...]
    lines: tuple[Line, ...]
    evidence: dict[str, Evidence]
    sources: dict[str, Source]
    title: str
    """What is drawn, in words, with the number of articles and their time."""
    asides: dict[str, tuple[Aside, ...]]
    """The claims of each actor that no line stands for."""
    said: dict[str, Evidence]
    """The evidence for these."""
    counts: Counts
    alone: tuple[Actor, ...]
    """Those of whom there are such claims alone, by their names: they are found and read, and not drawn."""
    beside: dict[tuple[str, int], str]
    """The sentences before and behind those of the evidence that no claim here stands in, by article and number."""


def read_picture(graph: Graph, selection: Selection = EVERYTHING) -> Picture:
    """The actors of *graph*, the lines between them, and the evidence for each line, as far as they are of the *selection*.

    KgbuildError where it names something that is not in the graph, or where nothing is of it.
    """
    vocabulary, entities = read_vocabulary(graph), read_entities(graph)
    events, kinds, about = read_events(graph, vocabulary), read_kinds(graph), read_about(graph)
    sources, fillers, acts_for = read_sources(graph), read_fillers(graph), read_acts_for(graph)
    articles = tuple(sources.values())
    evidence = read_evidence(graph, events, fillers, {iri: entity.label for iri, entity in entities.items()})
    names = naming(fillers, acts_for)
    many = list(gathering_links(events, acts_for, about, names, evidence, vocabulary))
    relations = list(relation_links(graph, vocabulary))
    two = event_links(graph, events, about, names, vocabulary, without={link.claim for link in many})
    links = [link for link in (*many, *two, *relations) if link.claim in evidence and entities.keys() >= set(link.ends)]
    if selection.edges is not None:
        links = with_answers(links, selection, entities, evidence, sources, vocabulary)
    links = of_time(of_relations(links, vocabulary, selection), evidence, selection)
    centre = local(find_thing(graph, selection.about).value) if selection.about is not None else None
    named = (entities[centre].label if centre in entities else centre) if centre is not None else None
    if centre is not None and named is not None:
        links = around(links, centre, named)
    if not links and selection != EVERYTHING:
        raise KgbuildError("No claim of this graph is left to draw. Choose less: leave an option out.")
    lines = bundle(links, evidence, events)
    cited = {claim for line in lines for claim in line.claims}
    beside = asides_of(kinds, fillers, events, about, vocabulary, drawn=cited) if selection == EVERYTHING else {}
    beside = {iri: beside[iri] for iri in sorted(beside.keys() & entities.keys())}
    actors = weigh(entities, lines, vocabulary, stand_ins(entities, fillers, acts_for, relations, vocabulary))
    lonely = beside.keys() - {actor.id for actor in actors} if lines else ()
    said = {one.claim for some in beside.values() for one in some} & evidence.keys()
    shown = {claim: evidence[claim] for claim in sorted(cited | said)}
    return Picture(
        actors=actors,
        lines=lines,
        evidence={claim: each for claim, each in shown.items() if claim in cited},
        sources={key: sources[key] for key in sorted({each.article for each in shown.values()})},
        title=" · ".join(filter(None, (title_of(selection, named), period(articles)))) or TITLE,
        asides=beside,
        said={claim: each for claim, each in shown.items() if claim in said},
        counts=counted(len(kinds), cited & kinds.keys(), beside.values()),
        alone=lone_actors(entities, lonely, vocabulary),
        beside=read_sentences(graph, neighbours(shown.values())),
    )


def neighbours(evidence: Iterable[Evidence]) -> set[tuple[str, int]]:
    """The sentences just before and just behind those of the *evidence*, without these, by article and number."""
    told = {(claim.article, claim.index) for claim in evidence}
    return {(article, index + step) for article, index in told for step in (-1, 1)} - told


def with_answers(
    links: list[Link],
    selection: Selection,
    entities: Mapping[str, EntityProperties],
    evidence: dict[str, Evidence],
    sources: dict[str, Source],
    vocabulary: Vocabulary,
) -> list[Link]:
    """The links that a query names, and one for each answer that no claim supports, whose *evidence* and *sources* are
    added: the query itself.
    """
    found, unsupported = answered(links, selection.edges or (), vocabulary)
    for edge in unsupported:
        if {edge.source, edge.target} <= entities.keys():
            claim, source = query_as_evidence(edge, selection.question, len(evidence))
            evidence[claim.id], sources[source.id] = claim, source
            verb, name = vocabulary.words(edge.relation or "related to"), edge.relation or "related"
            found.append(Link(edge.source, edge.target, True, name, verb, "Relation", None, claim.id))
    return found


# ---- actors ----------------------------------------------------------------------------------------


def weigh(
    entities: dict[str, EntityProperties], lines: tuple[Line, ...], vocabulary: Vocabulary, stands_for: dict[str, str]
) -> tuple[Actor, ...]:
    """The entities at the ends of *lines*, those with most claims first; *stands_for* has for whom they act."""
    degree: Counter[str] = Counter()
    claims: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        for end in line.ends:
            degree[end] += 1
            claims[end].update(line.claims)
    for iri in {stands_for[iri] for iri in degree if iri in stands_for} - degree.keys():
        degree[iri] = 0  # nobody but those who act for it has lines
    numbers = communities(lines, {iri: len(claims[iri]) for iri in degree})
    actors = [
        replace(
            actor_of(iri, entities[iri], vocabulary),
            community=numbers[iri],
            degree=degree[iri],
            claims=len(claims[iri]),
            stand_in=stands_for.get(iri),
        )
        for iri in degree
    ]
    return tuple(sorted(actors, key=lambda actor: (-actor.claims, -actor.degree, actor.id)))


def lone_actors(entities: dict[str, EntityProperties], some: Iterable[str], vocabulary: Vocabulary) -> tuple[Actor, ...]:
    """*some* of the entities as actors without lines, by their names."""
    return tuple(
        sorted((actor_of(iri, entities[iri], vocabulary) for iri in some), key=lambda actor: (actor.label, actor.id))
    )


def actor_of(iri: str, entity: EntityProperties, vocabulary: Vocabulary) -> Actor:
    """What the graph says of an entity, as an actor that has no lines."""
    # The narrowest class, the one with most classes above it.
    cls = min(entity.classes, key=lambda name: (-len(vocabulary.lineage(name)), name))
    return Actor(
        id=iri,
        label=entity.label,
        kind=vocabulary.kind(cls),
        cls=vocabulary.words(cls),
        names=tuple(sorted(entity.names - {entity.label})),
        wikidata=entity.wikidata,
        iso2=entity.iso2,
        community=0,
        degree=0,
        claims=0,
        stand_in=None,
    )


def communities(lines: tuple[Line, ...], weights: dict[str, int]) -> dict[str, int]:
    """The community of each actor, by Louvain's method over claims that are not denied.

    Numbered from 0 by the weightiest actor of each; source: Blondel et al. 2008, as networkx has it.
    """
    # networkx takes a tenth of a second, which no other command should wait for.
    import networkx

    ranked = sorted(weights, key=lambda iri: (-weights[iri], iri))
    # Numbers, for the method goes through sets: those of texts have another order in each process.
    number = {iri: rank for rank, iri in enumerate(ranked)}
    joined: networkx.Graph[int] = networkx.Graph()
    joined.add_nodes_from(range(len(ranked)))
    for pair, claims in sorted(claims_between(lines).items()):
        joined.add_edge(number[pair[0]], number[pair[1]], weight=claims)
    found = sorted(networkx.community.louvain_communities(joined, seed=1), key=min)
    return {ranked[member]: index for index, members in enumerate(found) for member in members}


def claims_between(lines: tuple[Line, ...]) -> Counter[tuple[str, str]]:
    """How many claims that are not denied join each two actors."""
    found: Counter[tuple[str, str]] = Counter()
    for line in lines:
        if line.stance != "denied":
            for source, target in combinations(sorted(line.ends), 2):
                found[source, target] += len(line.claims)
    return found
