"""The graph as a picture: who stands in what relation to whom, and the claims behind every line."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean
from typing import TYPE_CHECKING

from kgbuild.ask.asides import Aside, Counts, asides_of, counted
from kgbuild.ask.evidence import (
    EntityProperties,
    EventProperties,
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
    read_sources,
    read_vocabulary,
)
from kgbuild.ask.folding import stand_ins
from kgbuild.ask.gatherings import gathering_links
from kgbuild.ask.links import Link, event_links, relation_links
from kgbuild.ask.selection import EVERYTHING, Selection, answered, around, of_relations, of_time, query_as_evidence, title_of
from kgbuild.ask.things import find_thing
from kgbuild.errors import KgbuildError

if TYPE_CHECKING:
    from kgbuild.graph.store import Graph

TITLE = "Who does what to whom"
FIRMNESS = ("actual", "planned", "possible", "denied")
"""The stances of claims, the firmest first."""


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
    sides: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    """Where three or more take part, who is drawn as a node of its own: all who act or are named first, and all whom they
    face."""

    @property
    def ends(self) -> tuple[str, ...]:
        """Everybody whom it joins."""
        return (*self.sides[0], *self.sides[1]) or (self.source, self.target)

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
    """What is drawn, in words, with the number of articles and their time."""
    asides: dict[str, tuple[Aside, ...]]
    """The claims of each actor that no line stands for."""
    said: dict[str, Evidence]
    """The evidence for these."""
    counts: Counts


def read_picture(graph: Graph, selection: Selection = EVERYTHING) -> Picture:
    """The actors of *graph*, the lines between them, and the evidence for each line, as far as they are of the *selection*.

    KgbuildError where it names something that is not in the graph, or where nothing is of it.
    """
    vocabulary = read_vocabulary(graph)
    entities = read_entities(graph)
    events, kinds, about_event = read_events(graph, vocabulary), read_kinds(graph), read_about(graph)
    sources = read_sources(graph)
    articles = tuple(sources.values())
    fillers, acts_for = read_fillers(graph), read_acts_for(graph)
    evidence = read_evidence(graph, events, fillers, {iri: entity.label for iri, entity in entities.items()})
    states = {iri for iri, entity in entities.items() if "State" in entity.classes}
    many = list(gathering_links(events, acts_for, about_event, states, vocabulary))
    relations = list(relation_links(graph, vocabulary))
    pairs = event_links(graph, events, fillers, vocabulary, gathered={link.event for link in many if link.event})
    links = [link for link in (*many, *pairs, *relations) if link.claim in evidence and entities.keys() >= set(link.ends)]
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
    folded = stand_ins(entities, fillers, acts_for, relations, vocabulary)
    actors = weigh(entities, lines, vocabulary, folded)
    beside = asides_of(kinds, fillers, events, about_event, vocabulary, drawn=cited) if selection == EVERYTHING else {}
    beside = {actor.id: beside[actor.id] for actor in sorted(actors, key=lambda each: each.id) if actor.id in beside}
    said = {one.claim for some in beside.values() for one in some} & evidence.keys()
    return Picture(
        actors=actors,
        lines=lines,
        evidence={claim: evidence[claim] for claim in sorted(cited)},
        sources={key: sources[key] for key in sorted({evidence[claim].article for claim in cited | said})},
        title=" · ".join(filter(None, (title_of(selection, entities[about].label if about else None), period(articles)))) or TITLE,
        asides=beside,
        said={claim: evidence[claim] for claim in sorted(said)},
        counts=counted(len(kinds), cited & kinds.keys(), beside.values()),
    )


def period(articles: Sequence[Source]) -> str | None:
    """How many articles there are, and from what month to what: "200 articles, 2015-03 to 2025-06"; None of none."""
    months = [article.issued[:7] if article.issued else "" for article in articles]
    dated = sorted(filter(None, months))
    time = f", {dated[0]}" + (f" to {dated[-1]}" if dated[-1] != dated[0] else "") if dated else ""
    return f"{len(months):,} article{'' if len(months) == 1 else 's'}{time}" if months else None


# ---- lines and actors ------------------------------------------------------------------------------


def bundle(links: Iterable[Link], evidence: dict[str, Evidence], events: dict[str, EventProperties]) -> tuple[Line, ...]:
    """A line for all links of one pair, relation, verb and stance; the lines with most claims first."""
    threads: dict[tuple[tuple[tuple[str, ...], ...], bool, str, str, str], set[Link]] = defaultdict(set)
    links = list(links)
    gathered = stances_of(links, evidence)
    for link in links:
        stance = gathered.get(link.event or "", evidence[link.claim].stance)
        ends = link.sides if any(link.sides) else ((link.source,), (link.target,))
        threads[ends, link.directed, link.relation, link.verb, stance].add(link)
    lines = []
    for (ends, directed, relation, verb, stance), of_line in threads.items():
        source, target = (ends[0] or ends[1])[0], (ends[1] or ends[0])[-1]
        claims = sorted({link.claim for link in of_line}, key=lambda claim: reading_order(evidence[claim]))
        quads = Counter(link.quad for link in of_line)
        happened = sorted({link.event for link in of_line if link.event})
        scores = [score for event in happened if (score := events[event].score) is not None]
        lines.append(
            Line(
                id=f"{name_of(ends, directed=directed)}: {relation}, {verb}, {stance}",
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
                sides=(ends[0], ends[1]) if sum(map(len, ends)) > 2 else ((), ()),
            )
        )
    return tuple(sorted(lines, key=lambda line: (-len(line.claims), line.id)))


def stances_of(links: Iterable[Link], evidence: dict[str, Evidence]) -> dict[str, str]:
    """The stance of each event of three or more, which is one thing: the firmest of what its claims say."""
    found: dict[str, str] = {}
    for link in links:
        if any(link.sides) and link.event:
            stances = (evidence[link.claim].stance, found.get(link.event, FIRMNESS[-1]))
            found[link.event] = min(stances, key=FIRMNESS.index)
    return found


def name_of(sides: tuple[tuple[str, ...], ...], *, directed: bool) -> str:
    """Who is joined, as the id of a line has it: "A -> B", "A & B -> C"."""
    return f" {'->' if directed else '--'} ".join(" & ".join(side) for side in sides if side)


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
                stand_in=stands_for.get(iri),
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
            for source, target in combinations(sorted(line.ends), 2):
                found[source, target] += len(line.claims)
    return found
