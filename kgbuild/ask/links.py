"""What is drawn between two: a link for each claim of an event or a relation, and the two it joins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

from kgbuild.ask.evidence import EventProperties, Filler, Vocabulary, local, records

if TYPE_CHECKING:
    from kgbuild.graph.store import Graph

FACED = """SELECT DISTINCT ?event WHERE { ?claim dip:otherSide ?mention ; dip:about ?event . ?mention a dip:Mention }"""
EVENT_ROLES = ("actor", "recipient", "participant", "theme")
RELATIONS = """SELECT DISTINCT ?claim ?relation ?from ?to ?office WHERE {
    ?claim a dip:Claim ; dip:claims ?relation FILTER(?relation != dip:Statement)
    { ?claim dip:subject/dip:denotes ?from ; dip:object/dip:denotes ?to }
    UNION
    { ?claim dip:holder/dip:denotes ?from ; dip:of/dip:denotes ?to
      OPTIONAL { ?claim dip:office ?named OPTIONAL { ?named oa:exact ?words }
                 OPTIONAL { ?named dip:denotes/rdfs:label ?label }
                 BIND(COALESCE(?label, ?words) AS ?office) } } }"""


@dataclass(frozen=True, slots=True)
class Link:
    """What one claim says of two actors; links of many claims become one line of the picture."""

    source: str
    target: str
    directed: bool
    relation: str
    verb: str
    quad: str
    event: str | None
    claim: str
    sides: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    """Where three or more take part: all who act or are named first, and all whom they face."""

    @property
    def ends(self) -> tuple[str, ...]:
        """Everybody whom it joins: the two, or all who take part."""
        return (*self.sides[0], *self.sides[1]) or (self.source, self.target)


@dataclass(frozen=True, slots=True)
class Naming:
    """Whom the words of each claim name."""

    denoted: Mapping[str, Set[str]]
    """The entities in the roles of events, by claim."""
    acts_for: Mapping[str, Set[str]]
    """For whom each entity acts, as far as some claim says so."""

    def of(self, claim: str, event: EventProperties) -> set[str]:
        """Those of the *event* whom the *claim* names, by themselves or by who acts for them."""
        denoted = set(self.denoted.get(claim, ()))
        meant = denoted.union(*(self.acts_for.get(entity, set()) for entity in denoted))
        everyone = set().union(*event.roles.values())
        return {entity for entity in everyone if entity in meant or self.acts_for.get(entity, set()) & denoted}


def naming(fillers: Mapping[str, Iterable[Filler]], known: Mapping[str, Set[str]]) -> Naming:
    """Whom claims name; *known* has for whom everybody acts in some event."""
    denoted: dict[str, set[str]] = defaultdict(set)
    acts_for: dict[str, set[str]] = defaultdict(set)
    for claim, each in ((claim, each) for claim, filling in fillers.items() for each in filling):
        if each.entity and each.role in EVENT_ROLES:
            denoted[claim].add(each.entity)
            # Of "the ministers of Peru and Chile" the words do not say who acts for which.
            if each.state and each.state in known.get(each.entity, {each.state}):
                acts_for[each.entity].add(each.state)
    return Naming(dict(denoted), dict(acts_for))


def event_links(
    graph: Graph,
    events: Mapping[str, EventProperties],
    about: Mapping[str, str],
    names: Naming,
    vocabulary: Vocabulary,
    *,
    without: Set[str] = frozenset(),
) -> Iterator[Link]:
    """A link for each claim and each pair of an event that the claim speaks of.

    A claim that names two or more of the event's actors is evidence for those alone: the sentence
    "Lavrov met Dacic" does not say who else Lavrov met that day. One that names fewer ("the talks
    will be held on Friday") speaks of the event as a whole. The claims *without* have none.
    """
    faced = {local(row["event"]) for row in records(graph, FACED)}
    for claim, name in about.items():
        event = events.get(name)
        if event is None or claim in without:
            continue
        named = names.of(claim, event)
        for source, target, directed in pairs(event, vocabulary, faced=name in faced):
            ends = {source, target}
            if _is_own(source, target, event, names.acts_for):
                continue
            if ends <= named or (len(named) < 2 and named <= ends):
                to_theme = target in event.roles["theme"] and target not in event.roles["participant"]
                verb = vocabulary.words_to_theme(event.type) if to_theme else vocabulary.words(event.type)
                yield Link(source, target, directed, event.type, verb, event.quad, name, claim)


def pairs(event: EventProperties, vocabulary: Vocabulary, *, faced: bool = False) -> Iterator[tuple[str, str, bool]]:
    """Who is joined by an event: the two, and whether it goes from the first to the second or is between them.

    As in the graph of edges, only sides are joined: an actor with each recipient or each whom he brings together, and
    participants with those of the other side, or with each other where there is but one. *faced*: there is another, even
    where nobody on it is known.
    """
    actors, recipients = sorted(event.roles["actor"]), sorted(event.roles["recipient"])
    participants, themes = sorted(event.roles["participant"]), sorted(event.roles["theme"])
    yield from ((a, b, True) for a, b in product(actors, recipients or participants) if a != b)
    there = [one for one in participants if one in event.other_side]
    if not actors and there:
        yield from ((a, b, False) for a, b in product([one for one in participants if one not in there], there))
    elif not actors and not faced:
        yield from ((a, b, False) for a, b in combinations(participants, 2))
    # What is signed is an actor of the picture: an agreement is known by its signatories.
    signing = [*actors, *participants] if event.type in vocabulary.signed else actors
    if not recipients and event.type in vocabulary.signed | vocabulary.left:
        yield from ((a, b, True) for a, b in product(signing, themes) if a != b)


def _is_own(source: str, target: str, event: EventProperties, acts_for: Mapping[str, Set[str]]) -> bool:
    """Whether one is the other's own state or organisation; that a state arrests its citizen joins the two."""
    states = {one: acts_for.get(one, frozenset()) for one in (source, target)}
    charged = event.quad.endswith("Conflict") and source in states[target] and target in event.roles["recipient"]
    return not charged and (target in states[source] or source in states[target])


def relation_links(graph: Graph, vocabulary: Vocabulary) -> Iterator[Link]:
    """A link for each claim of a relation that is no event; an office goes from its holder to its body."""
    for row in records(graph, RELATIONS):
        source, target = local(row["from"]), local(row["to"])
        if source == target:
            continue
        relation = local(row["relation"])
        directed = relation not in vocabulary.symmetric
        if not directed:
            source, target = sorted((source, target))
        verb = f"{row['office']} of" if "office" in row else vocabulary.words(relation)
        yield Link(
            source,
            target,
            directed,
            relation,
            verb,
            vocabulary.quad(relation) or "Relation",
            None,
            local(row["claim"]),
        )
