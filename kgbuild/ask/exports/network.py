"""The picture as a network for networkx: the same nodes and the same lines as the page draws."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kgbuild.ask.lines import Line
from kgbuild.ask.picture import Actor, Picture, read_picture
from kgbuild.ask.selection import EVERYTHING, Selection
from kgbuild.graph.store import Graph
from kgbuild.graph.triples import CONTROLS, PREFIXES

if TYPE_CHECKING:
    import networkx

Attributes = dict[str, str | int | float | bool]


def network(graph: Graph, selection: Selection = EVERYTHING) -> networkx.MultiDiGraph[str]:
    """The actors of the graph and what they do to each other, as the page of the same *selection* draws it.

    A node is an actor; it is called as its IRI ends (`Serbia`) and has `iri`, `label`, `kind`, `class`, `names`, `wikidata`
    (`Q403`), `iso2`, `acts_for` (a node), `claims` (how many) and `community`. An event of three or more is a node of the
    kind "event" with an edge from each who takes part, or to those to whom it is done. Any other edge is a line: what one
    pair does in one way with one stance.
    Its key is the id of the line; it has `relation` (`Meeting`), `verb`, `label`, `stance` (actual, planned, possible or
    denied) with `stance_words`, `quad`, `directed` (False where it goes both ways), `weight` (how many claims), `events`
    (how many), `score` (-10 to 10), `evidence` (the IRIs of its claims); and of the first of these `sentence`, `speaker`,
    `cue`, `quoted`, `article` (its title), `publisher`, `url` and `time` (EDTF). `day` and `last_day` are the first and
    the last of the days that its claims may be of. A text that is not known is empty, a number that is not known has no
    attribute; several values stand in one, parted by "; ".

    Denied and planned lines are edges too: look at `stance`. All comes sorted. KgbuildError where the graph is damaged, or
    where the selection names something that it does not have.
    """
    graph.look_through()
    return network_of(read_picture(graph, selection))


def network_of(picture: Picture) -> networkx.MultiDiGraph[str]:
    """As `network`, of a picture that has been read already."""
    # networkx takes a tenth of a second, which no other command should wait for.
    import networkx

    found: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(name=clean(picture.title))
    communities = {actor.id: actor.community for actor in picture.actors}
    for actor in sorted(picture.actors, key=lambda actor: actor.id):
        found.add_node(actor.id, **_known(_of_actor(actor)))
    for line in sorted(picture.lines, key=lambda line: line.id):
        if any(line.sides):
            found.add_node(clean(line.id), **_known(_of_many(line, communities[line.ends[0]])))
    edges = [(*edge, line) for line in picture.lines for edge in edges_of(line)]
    for source, target, key, line in sorted(edges, key=lambda edge: edge[:3]):
        found.add_edge(source, target, key=key, **_known(_of_line(line, picture)))
    return found


def edges_of(line: Line) -> Iterator[tuple[str, str, str]]:
    """The edges that stand for a line, each as source, target and key: one, or one for each who takes part."""
    name = clean(line.id)
    if not any(line.sides):
        yield line.source, line.target, name
    for end in line.ends if any(line.sides) else ():
        faced = line.directed and end in line.sides[1]
        yield (name, end, f"{name} : {end}") if faced else (end, name, f"{name} : {end}")


def days_of(line: Line, picture: Picture) -> list[tuple[str, str]]:
    """The first and last day of each claim of the line that has any, sorted, each stretch once."""
    days = {picture.evidence[claim].days for claim in line.claims}
    return sorted((first, last) for first, last in days if first and last)


def iri_of(local: str) -> str:
    """The whole IRI of an id of the picture."""
    return local if ":" in local.partition("/")[0] else PREFIXES["id"] + local


def clean(text: str) -> str:
    """The text without control characters, some of which XML 1.0 cannot hold."""
    return CONTROLS.sub("", text)


def _of_actor(actor: Actor) -> dict[str, str | int | None]:
    return {
        "iri": iri_of(actor.id),
        "label": actor.label,
        "kind": actor.kind,
        "class": actor.cls,
        "names": "; ".join(name.replace(";", ",") for name in actor.names),
        "wikidata": actor.wikidata or "",
        "iso2": actor.iso2 or "",
        "acts_for": actor.stand_in or "",
        "claims": actor.claims,
        "community": actor.community,
    }


def _of_many(line: Line, community: int) -> dict[str, str | int | None]:
    said = {"label": line.label, "kind": "event", "class": line.verb, "relation": line.relation}
    return {**said, "claims": len(line.claims), "community": community}


def _of_line(line: Line, picture: Picture) -> dict[str, str | int | float | bool | None]:
    first, days = picture.evidence[line.claims[0]], days_of(line, picture)
    source = picture.sources[first.article]
    return {
        "relation": line.relation,
        "verb": line.verb,
        "label": line.label,
        "stance": line.stance,
        "stance_words": line.stance_words,
        "quad": line.quad,
        "directed": line.directed,
        "weight": len(line.claims),
        "events": line.events,
        "score": line.score,
        "sentence": first.sentence,
        "speaker": first.speaker or "",
        "cue": first.cue or "",
        "quoted": first.quoted,
        "article": source.title,
        "publisher": source.publisher or "",
        "url": source.url or "",
        "time": first.when or "",
        "day": days[0][0] if days else "",
        "last_day": max(last for _, last in days) if days else "",
        "evidence": "; ".join(map(iri_of, line.claims)),
    }


def _known(attributes: dict[str, str | int | None] | dict[str, str | int | float | bool | None]) -> Attributes:
    """Those that have a value, without control characters."""
    known = ((name, value) for name, value in attributes.items() if value is not None)
    return {name: clean(value) if isinstance(value, str) else value for name, value in known}
