"""What the articles say of each id they give, gathered for `identity`; namesakes of different states told apart."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kgbuild.graph.identity import Profile
from kgbuild.graph.names import plain
from kgbuild.model import Mention, Reading
from kgbuild.ontology import Ontology

SHOWN = ("acronym in brackets", "local name in actors.ttl")
"""Why a mention denotes what its article names in full, too."""


class Settled(NamedTuple):
    """Whom a mention means by what other articles say, and why."""

    entities: tuple[str, ...]
    why: str


def profiles_of(readings: Iterable[Reading], ontology: Ontology, namesakes: Mapping[Mention, Settled]) -> dict[str, Profile]:
    """What *readings* say of each id."""
    found: dict[str, Profile] = {}
    classes, names = defaultdict[str, Counter[str]](Counter), defaultdict[str, Counter[str]](Counter)

    def profile(entity: str) -> Profile:
        return found.setdefault(entity, Profile(entity))

    for reading in readings:
        starts, day = [s.span.start for s in reading.sentences], day_of(reading)
        for mention in all_mentions(reading):
            meant = namesakes[mention].entities if mention in namesakes else mention.entities
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
                    meant = namesakes[mention].entities if mention in namesakes else mention.entities
                    for holder in meant if len(meant) == 1 else ():
                        profile(holder).offices |= {(o, b) for o in offices for b in bodies[:1] or mention.represents[:1]}
        for acronym, meant_id in _spelled_out(reading):
            profile(acronym).spelled_out[meant_id] += 1
    for entity, one in found.items():
        known = ontology.actors.get(entity)
        one.cls = known.cls if known else min(classes[entity], key=lambda c: (-classes[entity][c], c), default="Thing")
        one.name = (
            known.label if known else max(names[entity], key=lambda n: (len(plain(n)), names[entity][n], n), default="")
        )
    return found


def states_of(mention: Mention, ontology: Ontology) -> set[str]:
    """The states that a mention's bearer acts for: those of his ministry, too; a bloc says nothing."""
    found = set()
    for entity in mention.represents:
        known = ontology.actors.get(entity)
        owner = ontology.actors.get(known.of or "") if known else None
        found |= {actor.id for actor in (known, owner) if actor and actor.cls == "State"}
    return found


def _spelled_out(reading: Reading) -> list[tuple[str, str]]:
    """Acronyms that an article shows the meaning of: the id that each has where it stands alone -> what it means here."""
    shown = [m for m in reading.mentions if m.reason in SHOWN and m.span.text.isupper() and len(m.entities) == 1]
    return [(m.span.text.replace(".", ""), m.entities[0]) for m in shown if m.span.text != m.entities[0]]


def told_apart(readings: Iterable[Reading], ontology: Ontology) -> dict[Mention, Settled]:
    """The mentions of persons of one full name whom articles have act for different states: two, by their states."""
    articles: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    mentions: dict[str, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for reading in readings:
        for mention in all_mentions(reading):
            if mention.cls == "Person" and len(mention.entities) == 1 and mention.entities[0] not in ontology.actors:
                articles[mention.entities[0]][reading.article.iri] |= states_of(mention, ontology)
                mentions[mention.entities[0]][reading.article.iri].append(mention)
    chosen = []
    for entity, by_article in articles.items():
        groups = _together([states for states in by_article.values() if states])
        if len(groups) < 2:
            continue
        home = max(groups, key=lambda g: (sum(bool(s & g) for s in by_article.values()), sorted(g)))
        for article, states in by_article.items():
            group = next((g for g in groups if states & g), home)
            if group != home:  # who acts for no one stays with the one most spoken of
                settled = Settled((f"{entity}_of_{min(group)}",), "a namesake who acts for another state")
                chosen += [(mention, settled) for mention in mentions[entity][article]]
    return agreed(chosen)


def _together(sets: list[set[str]]) -> list[frozenset[str]]:
    """Sets joined where they share a member."""
    groups: list[frozenset[str]] = []
    for one in sets:
        touching = [g for g in groups if g & one]
        groups = [g for g in groups if not g & one] + [frozenset(one).union(*touching)]
    return sorted(groups, key=sorted)


def agreed(chosen: Iterable[tuple[Mention, Settled]]) -> dict[Mention, Settled]:
    """Each mention with what was chosen for it, where that is one thing.

    A mention does not know its article: equal ones of two articles, at one place with the same words, count only
    where both mean the same.
    """
    found: dict[Mention, set[Settled]] = defaultdict(set)
    for mention, settled in chosen:
        found[mention].add(settled)
    return {mention: next(iter(some)) for mention, some in found.items() if len(some) == 1}


def day_of(reading: Reading) -> str:
    """The day of an article as an ISO date, or the empty word."""
    return reading.article.issued[:10] if reading.article.issued else ""


def all_mentions(reading: Reading) -> list[Mention]:
    """Every mention of a reading once: those kept, those in roles, and speakers."""
    found = dict.fromkeys(reading.mentions)
    for claim in reading.claims:
        found |= dict.fromkeys(role.mention for role in claim.roles)
        if claim.stance.speaker is not None:
            found[claim.stance.speaker] = None
    return list(found)
