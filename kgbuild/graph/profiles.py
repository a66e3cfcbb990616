"""What the articles say of each id they give, for `identity` to compare; and before that, two ids for one name of two."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable

from kgbuild.graph.identity import Profile
from kgbuild.graph.mentions import Resolution, Resolutions, all_mentions, day_of
from kgbuild.model import Mention, Reading
from kgbuild.ontology import Ontology
from kgbuild.spelling import plain

SPELLED_OUT = ("acronym in brackets", "local name in actors.ttl")
"""Reasons of a mention whose article names the same thing in full: "Tiva Grain Board (TGB)"."""


def profiles_of(readings: Iterable[Reading], ontology: Ontology, namesakes: Resolutions) -> dict[str, Profile]:
    """What *readings* say of each id that they give, by id; mentions in *namesakes* count for the id that stands there.

    A mention of several things ("the sides") says nothing of any of them.
    """
    found: dict[str, Profile] = {}
    classes, names = defaultdict[str, Counter[str]](Counter), defaultdict[str, Counter[str]](Counter)

    def profile(entity: str) -> Profile:
        return found.setdefault(entity, Profile(entity))

    for reading in readings:
        starts, day = [s.span.start for s in reading.sentences], day_of(reading)
        for mention in all_mentions(reading):
            meant = namesakes.entities(reading, mention)
            if len(meant) != 1:
                continue
            one = profile(meant[0])
            one.count += 1
            classes[one.id][mention.cls] += 1
            one.states |= states_of(mention, ontology)
            if day:
                one.days.add(day)
            if mention.name:
                names[one.id][mention.name] += 1
                one.sentences.add((reading.article.iri, bisect_right(starts, mention.span.start)))
        for claim in reading.claims:
            if claim.claims == "holdsPosition" and (claim.stance.polarity, claim.stance.modality) == ("Affirmed", "Actual"):
                bodies = [e for m in claim.role("of") for e in m.entities]
                offices = [e for m in claim.role("office") for e in m.entities if e.startswith("office/")]
                for mention in claim.role("holder"):
                    meant = namesakes.entities(reading, mention)
                    for holder in meant if len(meant) == 1 else ():
                        profile(holder).offices |= {(o, b) for o in offices for b in bodies[:1] or mention.represents[:1]}
        for acronym, meant_id in _spelled_out(reading):
            profile(acronym).spelled_out[meant_id] += 1
    for entity, one in found.items():
        known = ontology.known(entity)
        one.cls = known.cls if known else min(classes[entity], key=lambda c: (-classes[entity][c], c), default="Thing")
        one.name = (
            known.label if known else max(names[entity], key=lambda n: (len(plain(n)), names[entity][n], n), default="")
        )
    return found


def states_of(mention: Mention, ontology: Ontology) -> set[str]:
    """The states that the bearer of a mention acts for, by what it represents.

    A body counts as the state it is of: whoever acts for the Pentagon acts for the United States. What is neither a state
    nor of one, such as the European Union, gives none.
    """
    found = set()
    for entity in mention.represents:
        known = ontology.known(entity)
        owner = ontology.actors.get(known.of or "") if known else None
        found |= {actor.id for actor in (known, owner) if actor and actor.cls == "State"}
    return found


def _spelled_out(reading: Reading) -> list[tuple[str, str]]:
    """The acronyms of an article that names them in full: the id of each where it stands alone, and what it means here.

    "Tiva Grain Board (TGB)" gives ("TGB", "Tiva_Grain_Board").
    """
    shown = [m for m in reading.mentions if m.reason in SPELLED_OUT and m.span.words.isupper() and len(m.entities) == 1]
    return [(m.span.words.replace(".", ""), m.entities[0]) for m in shown if m.span.words != m.entities[0]]


def separate_namesakes(readings: Iterable[Reading], ontology: Ontology) -> Resolutions:
    """The mentions of a full name that articles give to persons of different states: each of these has an id of its own.

    "Ivan Petrov" acts for Serbia in two articles and for Bulgaria in a third: the mentions of the third denote
    `Ivan_Petrov_of_Bulgaria`. The state that most articles name keeps the plain id, and so do articles that name no state.
    """
    states: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    mentions: dict[str, list[tuple[Reading, Mention]]] = defaultdict(list)
    for reading in readings:
        for mention in all_mentions(reading):
            if mention.cls == "Person" and len(mention.entities) == 1 and ontology.known(mention.entities[0]) is None:
                states[mention.entities[0]][reading.article.iri] |= states_of(mention, ontology)
                mentions[mention.entities[0]].append((reading, mention))
    found = []
    for entity, by_article in states.items():
        groups = _joined([some for some in by_article.values() if some])
        if len(groups) < 2:
            continue
        home = max(groups, key=lambda g: (sum(bool(some & g) for some in by_article.values()), sorted(g)))
        for reading, mention in mentions[entity]:
            group = next((g for g in groups if by_article[reading.article.iri] & g), home)
            if group != home:
                resolution = Resolution((f"{entity}_of_{min(group)}",), "a namesake who acts for another state")
                found.append((reading, mention, resolution))
    return Resolutions.of(found)


def _joined(sets: list[set[str]]) -> list[frozenset[str]]:
    """The sets, joined where they share a member: {a, b}, {b, c}, {d} are {a, b, c} and {d}."""
    groups: list[frozenset[str]] = []
    for one in sets:
        touching = [g for g in groups if g & one]
        groups = [g for g in groups if not g & one] + [frozenset(one).union(*touching)]
    return sorted(groups, key=sorted)
