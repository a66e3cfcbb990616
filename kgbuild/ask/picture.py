"""The graph as a picture: who stands in what relation to whom, and the claims behind every line."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from kgbuild.ask.evidence import (
    EntityProperties,
    EventProperties,
    Evidence,
    Source,
    Vocabulary,
    local,
    read_entities,
    read_events,
    read_evidence,
    read_fillers,
    read_sources,
    read_vocabulary,
)
from kgbuild.ask.links import Link, event_links, relation_links
from kgbuild.ask.selection import EVERYTHING, Selection, answered, around, of_relations, of_time, query_as_evidence, title_of
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


@dataclass(frozen=True, slots=True)
class Line:
    """One relation between two actors, as claimed with one stance: all their meetings that are reported are one line, those
    that are planned another.
    """

    id: str
    source: str
    target: str
    directed: bool
    relation: str
    verb: str
    stance: str
    """actual, planned, possible or denied."""
    stance_words: str
    quad: str
    events: int
    """How many events; 0 for a relation that is no event, such as membership."""
    score: float | None
    """How friendly or hostile, from -10 to 10: the mean of its events that have a score."""
    claims: tuple[str, ...]

    @property
    def pair(self) -> str:
        """The same for all lines between two actors, whichever way they go."""
        return " -- ".join(sorted((self.source, self.target)))

    @property
    def label(self) -> str:
        """The line in words: "✕ meets ×2 · denied"."""
        times = f" ×{self.events}" if self.events > 1 else ""
        cross = "✕ " if self.stance == "denied" else ""
        stance = "" if self.stance == "actual" else f" · {self.stance_words}"
        return f"{cross}{self.verb}{times}{stance}"


@dataclass(frozen=True, slots=True)
class Picture:
    """All that could be drawn: actors and lines, those with most claims first."""

    actors: tuple[Actor, ...]
    lines: tuple[Line, ...]
    evidence: dict[str, Evidence]
    sources: dict[str, Source]
    title: str
    """What is drawn, in words."""


def read_picture(graph: Graph, selection: Selection = EVERYTHING) -> Picture:
    """The actors of *graph*, the lines between them, and the evidence for each line, as far as they are of the *selection*.

    KgbuildError where it names something that is not in the graph, or where nothing is of it.
    """
    vocabulary = read_vocabulary(graph)
    entities = read_entities(graph)
    events = read_events(graph, vocabulary)
    sources = read_sources(graph)
    fillers = read_fillers(graph)
    evidence = read_evidence(graph, events, fillers, {iri: entity.label for iri, entity in entities.items()})
    links = [*event_links(graph, events, fillers, vocabulary), *relation_links(graph, vocabulary)]
    links = [link for link in links if link.claim in evidence and {link.source, link.target} <= entities.keys()]
    if selection.edges is not None:
        links, unsupported = answered(links, selection.edges, vocabulary)
        for edge in unsupported:
            if {edge.source, edge.target} <= entities.keys():
                claim, source = query_as_evidence(edge, selection.question, len(evidence))
                evidence[claim.id], sources[source.id] = claim, source
                verb = vocabulary.words(edge.relation or "related to")
                name = edge.relation or "related"
                links.append(Link(edge.source, edge.target, True, name, verb, "Relation", None, claim.id))
    links = of_time(of_relations(links, vocabulary, selection), evidence, selection)
    about = local(find_thing(graph, selection.about).value) if selection.about is not None else None
    if about is not None:
        links = around(links, about, entities[about].label if about in entities else about)
    if not links and selection != EVERYTHING:
        raise KgbuildError("No claim of this graph is left to draw. Choose less: leave an option out.")
    lines = bundle(links, evidence, events)
    cited = {claim for line in lines for claim in line.claims}
    return Picture(
        actors=weigh(entities, lines, vocabulary),
        lines=lines,
        evidence={claim: evidence[claim] for claim in sorted(cited)},
        sources={key: sources[key] for key in sorted({evidence[claim].article for claim in cited})},
        title=title_of(selection, entities[about].label if about else None) or TITLE,
    )


# ---- lines and actors ------------------------------------------------------------------------------


def bundle(links: Iterable[Link], evidence: dict[str, Evidence], events: dict[str, EventProperties]) -> tuple[Line, ...]:
    """A line for all links of one pair, relation, verb and stance; the lines with most claims first."""
    threads: dict[tuple[str, str, bool, str, str, str], set[Link]] = defaultdict(set)
    for link in links:
        stance = evidence[link.claim].stance
        threads[link.source, link.target, link.directed, link.relation, link.verb, stance].add(link)
    lines = []
    for (source, target, directed, relation, verb, stance), of_line in threads.items():
        claims = sorted({link.claim for link in of_line}, key=lambda claim: reading_order(evidence[claim]))
        quads = Counter(link.quad for link in of_line)
        happened = sorted({link.event for link in of_line if link.event})
        scores = [score for event in happened if (score := events[event].score) is not None]
        lines.append(
            Line(
                id=f"{source} {'->' if directed else '--'} {target}: {relation}, {verb}, {stance}",
                source=source,
                target=target,
                directed=directed,
                relation=relation,
                verb=verb,
                stance=stance,
                stance_words=stance_words(stance, [evidence[claim] for claim in claims]),
                quad=min(quads, key=lambda quad: (-quads[quad], quad)),
                events=len(happened),
                score=round(fmean(scores), 2) if scores else None,
                claims=tuple(claims),
            )
        )
    return tuple(sorted(lines, key=lambda line: (-len(line.claims), line.id)))


def reading_order(claim: Evidence) -> tuple[str, str, int, str]:
    """Claims by time, else by the day of the report, then article, then place in the article."""
    return (claim.when or claim.reported or "", claim.article, claim.at, claim.id)


def stance_words(stance: str, claims: list[Evidence]) -> str:
    """The stance of a line in the words of its claims: "requested", "denied or cancelled"."""
    if stance == "actual":
        return "claimed as fact"
    if stance == "denied":
        words = {"denied" if claim.polarity == "Negated" else "cancelled" for claim in claims}
        return " or ".join(sorted(words, reverse=True))
    return " or ".join(
        sorted({"possible" if claim.modality in {"Actual", ""} else claim.modality.lower() for claim in claims})
    )


def weigh(entities: dict[str, EntityProperties], lines: tuple[Line, ...], vocabulary: Vocabulary) -> tuple[Actor, ...]:
    """The entities at the ends of *lines*, those with most claims first."""
    degree: Counter[str] = Counter()
    claims: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        for end in (line.source, line.target):
            degree[end] += 1
            claims[end].update(line.claims)
    numbers = communities(lines, {iri: len(claims[iri]) for iri in degree})
    actors = []
    for iri in degree:
        entity = entities[iri]
        # The narrowest class, the one with most classes above it.
        cls = min(entity.classes, key=lambda name: (-len(vocabulary.lineage(name)), name))
        actors.append(
            Actor(
                id=iri,
                label=entity.label,
                kind=vocabulary.kind(cls),
                cls=vocabulary.words(cls),
                names=tuple(sorted(entity.names - {entity.label})),
                wikidata=entity.wikidata,
                iso2=entity.iso2,
                community=numbers[iri],
                degree=degree[iri],
                claims=len(claims[iri]),
            )
        )
    return tuple(sorted(actors, key=lambda actor: (-actor.claims, -actor.degree, actor.id)))


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
            source, target = sorted((line.source, line.target))
            found[source, target] += len(line.claims)
    return found
