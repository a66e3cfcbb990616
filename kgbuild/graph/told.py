"""A claim as merging sees it: who acts and for whom, where, about what and when, each worked out once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kgbuild.graph.entities import Entities
from kgbuild.model import Claim, Mention, Quantity, Reading, When

NEAR_DAYS = 4
"""An undated claim speaks of days at most so far from its article's."""
FOREVER = date.max.toordinal()
WORD = re.compile(r"[^\W\d_]{4,}")
"""Words long enough to say something: articles and particles are shorter."""
LOWER = re.compile(r"\b[a-z][^\W\d_]{5,}")
"""Long words that are no names."""
STEM = 6
"""Words that begin with the same letters, so many of them, are taken for one."""
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A claim of an event with what its roles denote after merging."""

    reading: Reading
    claim: Claim
    roles: tuple[tuple[str, str], ...]
    parties: Mapping[str, frozenset[str]]
    """Per core role that has any, the states or organisations acting."""
    persons: Mapping[str, frozenset[str]]
    """Per party, the persons who act for it here."""
    described: Mapping[str, frozenset[str]]
    """Per core role, the words for those of whom nobody knows who they are ("two protesters"), and per party, those for
    whoever acts for it without a name ("Ukrainian officials").
    """
    themes: frozenset[str]
    places: frozenset[str]
    words: frozenset[str]
    """The words of its theme."""
    topics: frozenset[str]
    """The words of its topic."""
    gist: frozenset[str]
    """The long words of its sentence that are no names."""
    predicate: frozenset[str]
    """The first word of its predicate: any claim of its type may have it."""
    amounts: Mapping[str, tuple[float, ...]]
    """Its sums and numbers by unit."""
    begin: int | None
    """First day of its time, as an ordinal; None where it gives no time."""
    end: int
    """Last day of its time."""
    day: int | None
    """Its article's day; None where the article has none."""
    everyone: frozenset[str]
    """All parties."""

    @property
    def article(self) -> str:
        """The article's IRI."""
        return self.reading.article.iri

    @property
    def key(self) -> tuple[str, int, int, str]:
        """By which claims are ordered: unique, as the claim's IRI is, and cheaper."""
        return self.reading.article.iri, self.claim.trigger.start, self.claim.trigger.end, self.claim.claims

    @property
    def length(self) -> int:
        """Days that its time spans, 0 for one day."""
        return 0 if self.begin is None else self.end - self.begin

    @property
    def affirmed(self) -> bool:
        """Whether it says that it is, was or will be so."""
        return self.claim.stance.polarity == "Affirmed"

    @property
    def actual(self) -> bool:
        """Whether it speaks of what has happened or not happened."""
        return self.claim.stance.modality == "Actual"

    def filled(self, role: str) -> frozenset[str]:
        """The entities in *role*."""
        return frozenset(e for r, e in self.roles if r == role)


def teller(readings: Iterable[Reading], entities: Entities) -> Callable[[Reading, Claim], Told]:
    """What makes a Told of a claim. A person for whom a claim names no state acts for the one that most claims name."""
    on_account = _on_account(entities)
    home = _homes(readings, entities, on_account)
    is_a, sides = entities.ontology.is_a, entities.ontology.sides
    is_person: dict[str, bool] = {}

    def person(entity: str) -> bool:
        if entity not in is_person:
            is_person[entity] = is_a(entities.cls(entity), "Person")
        return is_person[entity]

    def parties_of(mention: Mention, found: tuple[str, ...]) -> tuple[str, ...]:
        acting = entities.parties(mention) if mention.represents else (home.get(e, e) for e in found)
        return tuple(dict.fromkeys(map(on_account, acting)))

    def tell(reading: Reading, claim: Claim) -> Told:
        roles: dict[tuple[str, str], None] = {}
        parties: defaultdict[str, set[str]] = defaultdict(set)
        persons: defaultdict[str, set[str]] = defaultdict(set)
        described: defaultdict[str, set[str]] = defaultdict(set)
        words: set[str] = set()
        topics: set[str] = set()
        for part in claim.roles:
            role, mention = part.role, part.mention
            found = entities.of(mention)
            if role in sides:
                acting = parties_of(mention, found)
                if acting:
                    parties[role].update(acting)
                    if len(acting) == 1 and acting[0] not in found:
                        persons[acting[0]].update(e for e in found if person(e))
                        if not found and not mention.reason and is_a(mention.cls, "Person"):
                            described[acting[0]].update(_words(mention.span.text))
                elif not mention.reason:
                    described[role].update(_words(mention.span.text))
                found = found or acting
            elif role == "theme":
                words.update(_words(mention.span.text))
            elif role == "topic":
                topics.update(_words(mention.span.text))
            for entity in found:
                roles[role, entity] = None
        day = reading.article.issued
        begin, end = _window(claim.when) if claim.when else (None, 0)
        return Told(
            reading,
            claim,
            tuple(roles),
            {role: frozenset(group) for role, group in parties.items()},
            {party: frozenset(group) for party, group in persons.items() if group},
            {role: frozenset(group) for role, group in described.items() if group},
            frozenset(e for r, e in roles if r == "theme") if roles else NOBODY,
            frozenset(e for r, e in roles if r == "place") if roles else NOBODY,
            frozenset(words) if words else NOBODY,
            frozenset(topics) if topics else NOBODY,
            _gist(claim.sentence.span.text),
            frozenset(_words(claim.trigger.text)[:1]),
            _amounts(claim.quantities) if claim.quantities else {},
            begin,
            end,
            ordinal(day[:10]) if day else None,
            frozenset().union(*parties.values()) if parties else NOBODY,
        )

    return tell


def _on_account(entities: Entities) -> Callable[[str], str]:
    """A party -> the state for which it acts, if it is a known body of one ("the Pentagon"), else the party."""
    ontology = entities.ontology
    states = {a.id: a.of for a in ontology.actors.values() if a.of and ontology.is_a(a.cls, "GovernmentBody")}
    return lambda party: states.get(party, party)


def _homes(readings: Iterable[Reading], entities: Entities, on_account: Callable[[str], str]) -> dict[str, str]:
    """Each person's state or organisation, where at least two of three claims that name one name it."""
    named: defaultdict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for reading in readings:
        for claim in reading.claims:
            for role in claim.roles:
                mention = role.mention
                if mention.represents and mention.cls == "Person" and len(mention.entities) == 1:
                    for entity in entities.of(mention):
                        named[entity][tuple(dict.fromkeys(map(on_account, entities.parties(mention))))] += 1
    homes = {}
    for entity, counts in named.items():
        (parties, most), *_ = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if len(parties) == 1 and 3 * most >= 2 * counts.total():
            homes[entity] = parties[0]
    return homes


@lru_cache(maxsize=65536)
def _words(text: str) -> tuple[str, ...]:
    return tuple(word.casefold()[:STEM] for word in WORD.findall(text))


@lru_cache(maxsize=65536)
def _gist(sentence: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in LOWER.findall(sentence))


def _amounts(quantities: Iterable[Quantity]) -> dict[str, tuple[float, ...]]:
    found: defaultdict[str, list[float]] = defaultdict(list)
    for quantity in quantities:
        found[quantity.unit].append(float(quantity.value))
    return {unit: tuple(values) for unit, values in found.items()}


@lru_cache(maxsize=65536)
def ordinal(day: str) -> int:
    """The number of a day, as `date.toordinal` has it."""
    return date.fromisoformat(day).toordinal()


def _window(when: When) -> tuple[int, int]:
    return ordinal(when.begin), ordinal(when.end) if when.end else FOREVER
