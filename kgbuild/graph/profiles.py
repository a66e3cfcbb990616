"""What the articles say of each id they give, for `identity` to compare; and before that, two ids for one name of two."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set
from typing import NamedTuple

import msgspec

from kgbuild.graph.identity import Profile
from kgbuild.graph.mentions import Resolution, Resolutions, all_mentions, day_of
from kgbuild.model import Mention, Reading
from kgbuild.ontology import Ontology
from kgbuild.spelling import plain

SPELLED_OUT = ("acronym in brackets", "local name in actors.ttl")
"""Reasons of a mention whose article names the same thing in full: "Tiva Grain Board (TGB)"."""
NAMESAKE = "a namesake who acts for another state"
"""Why a mention denotes another than the one who goes by its name elsewhere."""


Namesakes = Mapping[tuple[str, str], str]
"""By article and id as read, the id of whom it means, where that is not who goes by the name elsewhere."""


class AsRead(NamedTuple):
    """An id as reading gave it, and whether several persons may go by it: a name that nothing else knows."""

    id: str
    shared: bool


class Part(msgspec.Struct, array_like=True):
    """What one article says of one id, as `Profile` has it of all articles."""

    day: str = ""
    count: int = 0
    classes: dict[str, int] = {}
    names: dict[str, int] = {}
    states: set[str] = set()
    offices: set[tuple[str, str]] = set()
    sentences: set[int] = set()
    spelled_out: dict[str, int] = {}


def parts_of(reading: Reading, ontology: Ontology) -> dict[AsRead, Part]:
    """What *reading* says of each id that it gives, those also of which it says nothing.

    A mention of several things ("the sides") says nothing of any of them, nor does one who acts for something of that.
    """
    found: dict[AsRead, Part] = {}
    starts, day = [s.span.start for s in reading.sentences], day_of(reading)

    def part(as_read: AsRead) -> Part:
        return found.setdefault(as_read, Part())

    for mention in all_mentions(reading):
        for entity in mention.represents:
            part(AsRead(entity, False))
        if len(mention.entities) != 1:
            for entity in mention.entities:
                part(AsRead(entity, False))
            continue
        one = part(as_read(mention, ontology))
        one.count += 1
        one.classes[mention.cls] = one.classes.get(mention.cls, 0) + 1
        one.states |= states_of(mention, ontology)
        one.day = day
        if mention.name:
            one.names[mention.name] = one.names.get(mention.name, 0) + 1
            one.sentences.add(bisect_right(starts, mention.span.start))
    for claim in reading.claims:
        if claim.claims == "holdsPosition" and (claim.stance.polarity, claim.stance.modality) == ("Affirmed", "Actual"):
            bodies = [e for m in claim.role("of") for e in m.entities]
            offices = [e for m in claim.role("office") for e in m.entities if e.startswith("office/")]
            for mention in claim.role("holder"):
                if len(mention.entities) == 1:
                    held = {(o, b) for o in offices for b in bodies[:1] or mention.represents[:1]}
                    part(as_read(mention, ontology)).offices |= held
    for acronym, meant in _spelled_out(reading):
        one = part(AsRead(acronym, False))
        one.spelled_out[meant] = one.spelled_out.get(meant, 0) + 1
    return found


def as_read(mention: Mention, ontology: Ontology) -> AsRead:
    """The one id of a mention, as reading gave it."""
    [entity] = mention.entities
    return AsRead(entity, mention.cls == "Person" and ontology.known(entity) is None)


def profile_of(entity: str, parts: Iterable[tuple[str, Part]], ontology: Ontology) -> Profile | None:
    """What all articles, each by its IRI with its part, say of an id; None where they only name it among others."""
    one, classes, names = Profile(entity), Counter[str](), Counter[str]()
    for article, part in parts:
        one.count += part.count
        classes.update(part.classes)
        names.update(part.names)
        one.states |= part.states
        one.offices |= part.offices
        one.sentences |= {(article, number) for number in part.sentences}
        one.spelled_out.update(part.spelled_out)
        if part.day:
            one.days.add(part.day)
    if not (one.count or one.offices or one.spelled_out):
        return None
    known = ontology.known(entity)
    one.cls = known.cls if known else min(classes, key=lambda c: (-classes[c], c), default="Thing")
    one.name = known.label if known else max(names, key=lambda n: (len(plain(n)), names[n], n), default="")
    return one


def profiles_of(
    readings: Iterable[Reading], ontology: Ontology, namesakes: Mapping[tuple[str, str], str]
) -> dict[str, Profile]:
    """What *readings* say of each id that they give, by id; *namesakes* are those of `separate_namesakes`."""
    parts: defaultdict[str, list[tuple[str, Part]]] = defaultdict(list)
    for reading in readings:
        article = reading.article.iri
        for (entity, shared), part in parts_of(reading, ontology).items():
            parts[namesakes.get((article, entity), entity) if shared else entity].append((article, part))
    found = {entity: profile_of(entity, some, ontology) for entity, some in parts.items()}
    return {entity: one for entity, one in found.items() if one is not None}


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


def separate_namesakes(readings: Iterable[Reading], ontology: Ontology) -> Namesakes:
    """The names that articles give to persons of different states.

    "Ivan Petrov" acts for Serbia in two articles and for Bulgaria in a third: the mentions of the third denote
    `Ivan_Petrov_of_Bulgaria`. The state that most articles name keeps the plain id, and so do articles that name no state.
    """
    states: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
    for reading in readings:
        for (entity, shared), part in parts_of(reading, ontology).items():
            if shared:
                states[entity][reading.article.iri] = part.states
    return {
        (article, entity): other
        for entity, by_article in states.items()
        for article, other in namesakes_of(entity, by_article).items()
    }


def namesakes_of(entity: str, states: Mapping[str, Set[str]]) -> dict[str, str]:
    """The articles in which a name means another than the one who keeps the plain id, each with the id of that one;
    *states* has those that he acts for, by article.
    """
    groups = _joined([some for some in states.values() if some])
    if len(groups) < 2:
        return {}
    home = max(groups, key=lambda g: (sum(bool(some & g) for some in states.values()), sorted(g)))
    meant = {article: next((g for g in groups if some & g), home) for article, some in states.items()}
    return {article: f"{entity}_of_{min(group)}" for article, group in meant.items() if group != home}


def resolved(readings: Iterable[Reading], namesakes: Namesakes, ontology: Ontology) -> Resolutions:
    """The mentions of *readings* that *namesakes* give another id."""
    return Resolutions.of(
        (reading, mention, Resolution((other,), NAMESAKE))
        for reading in readings
        for mention in all_mentions(reading)
        if len(mention.entities) == 1
        and (other := namesakes.get((reading.article.iri, mention.entities[0])))
        and as_read(mention, ontology).shared
    )


def _joined(sets: list[Set[str]]) -> list[frozenset[str]]:
    """The sets, joined where they share a member: {a, b}, {b, c}, {d} are {a, b, c} and {d}."""
    groups: list[frozenset[str]] = []
    for one in sets:
        touching = [g for g in groups if g & one]
        groups = [g for g in groups if not g & one] + [frozenset(one).union(*touching)]
    return sorted(groups, key=sorted)
