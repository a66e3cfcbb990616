"""A claim of an event as merging sees it: who acts and for whom, where, about what and when, each worked out once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from kgbuild.graph.entities import Entities
from kgbuild.graph.sides import Standing
from kgbuild.model import NATIONAL, SURE, Claim, Mention, Quantity, Reading, When
from kgbuild.ontology import Ontology

NEAR_DAYS = 4
"""A claim without a time speaks of days at most so far from its article's."""
FOREVER = date.max.toordinal()
WORD = re.compile(r"[^\W\d_]{4,}")
"""Words long enough to say something: "with" is one, "the" is not."""
LOWER = re.compile(r"\b[a-z][^\W\d_]{5,}")
"""Long words that are no names: they begin with a small letter."""
STEM = 6
"""Words with the same first letters, so many of them, count as one: "discussed" and "discussion"."""
NONE: frozenset[str] = frozenset()
DOING = ("actor", "participant")
"""The roles of those who do it."""


@dataclass(frozen=True, slots=True, eq=False)
class ClaimView:
    """A claim of an event, with what its roles denote after merging."""

    reading: Reading
    claim: Claim
    roles: tuple[tuple[str, str], ...]
    """Role and entity, for each entity that a mention in a role denotes; where it denotes none, for whom it acts for."""
    parties: Mapping[str, frozenset[str]]
    """Per core role that has any, the states or organisations acting: of "Lavrov met Kerry" Russia and the United States."""
    persons: Mapping[str, frozenset[str]]
    """Per party, the persons who act for it in this claim: for Russia, Lavrov."""
    described: Mapping[str, frozenset[str]]
    """Words for those who have no name here: per core role, of those who act for nobody that is known ("two protesters"),
    and per party, of those who act for it ("Ukrainian officials").
    """
    themes: frozenset[str]
    places: frozenset[str]
    theme_words: frozenset[str]
    """The words of its themes, whether or not they denote something."""
    topic_words: frozenset[str]
    gist: frozenset[str]
    """The long words of its sentence that are no names."""
    predicate: frozenset[str]
    """The first word of its predicate: it says only what the type says already."""
    amounts: Mapping[str, tuple[float, ...]]
    """Its sums and numbers by unit."""
    begin: int | None
    """First day of its time, as an ordinal; None where it gives no time."""
    end: int
    """Last day of its time."""
    day: int | None
    """The day of its article; None where the article has none."""
    all_parties: frozenset[str]
    """The parties of all core roles."""
    standings: tuple[Standing, ...]
    """Whoever stands in a core role, and each theme, in the order of the roles: what sides are made of."""
    vouched: bool
    """Whether the article says so in its own words, or one of those who do it, and without doubt."""
    voice: frozenset[str]
    """Who says so: the speaker, whom he is known as or by which words, else the outlet, else the article."""

    @property
    def article(self) -> str:
        """The article's IRI."""
        return self.reading.article.iri

    @property
    def key(self) -> tuple[str, int, int, str]:
        """What claims are ordered by: article, place and type, one for each claim."""
        return self.reading.article.iri, self.claim.trigger.start, self.claim.trigger.end, self.claim.claims

    @property
    def length(self) -> int:
        """Days from the first to the last of its time: 0 for one day, and where it gives no time."""
        return 0 if self.begin is None else self.end - self.begin

    @property
    def affirmed(self) -> bool:
        """Whether it affirms the event, be it as a fact or as a plan; "did not meet" does not."""
        return self.claim.stance.polarity == "Affirmed"

    @property
    def actual(self) -> bool:
        """Whether it speaks of a fact, that it happened or that it did not; "will meet" and "may meet" do not."""
        return self.claim.stance.modality == "Actual"

    @property
    def fact(self) -> bool:
        """Whether it affirms that it happened, and was read surely."""
        return self.affirmed and self.actual and self.claim.confidence >= SURE

    @property
    def denies(self) -> bool:
        """Whether it surely says that it did not happen or will not; that it should not, or may not, is no denial."""
        told = self.claim.stance.modality in ("Actual", "Planned")
        return told and not self.affirmed and self.claim.confidence >= SURE

    def filled(self, role: str) -> frozenset[str]:
        """The entities in *role*."""
        return frozenset(e for r, e in self.roles if r == role)


def publisher_of(reading: Reading) -> str:
    """What an article counts for as a source where nothing better is known: its publisher, else itself."""
    return (reading.article.publisher or reading.article.iri).casefold()


Home = Callable[[str], str]
"""What gives the state or organisation that a person acts for where a claim names none: see `home_of`; else himself."""


def views_of(readings: Iterable[Reading], entities: Entities) -> list[ClaimView]:
    """A view of each claim of an event, in the order of *readings*.

    A person for whom a claim names no state acts for the one that the other claims about him name: see `home_of`.
    """
    readings = list(readings)
    counts: defaultdict[str, Counter[Acting]] = defaultdict(Counter)
    for reading in readings:
        for person, acting in acting_in(reading, entities).items():
            counts[person].update(acting)
    homes = {person: home for person, acting in counts.items() if (home := home_of(acting))}
    view = viewer(entities, lambda person: homes.get(person, person))
    return [one for reading in readings for one in view(reading)]


def viewer(entities: Entities, home: Home) -> Callable[[Reading], list[ClaimView]]:
    """What gives the views of the claims of one reading, in their order."""
    on_account = _on_account(entities.ontology)
    is_a, sides = entities.ontology.is_a, entities.ontology.sides
    is_person: dict[str, bool] = {}

    def person(entity: str) -> bool:
        if entity not in is_person:
            is_person[entity] = is_a(entities.cls(entity), "Person")
        return is_person[entity]

    def parties_of(reading: Reading, mention: Mention, found: tuple[str, ...]) -> tuple[str, ...]:
        acting = entities.parties(reading, mention) if mention.represents else map(home, found)
        return tuple(dict.fromkeys(map(on_account, acting)))

    def standings_of(claim: Claim, reading: Reading) -> Iterator[Standing]:
        for part in claim.roles:
            if part.role not in sides and part.role != "theme":
                continue
            found = entities.of(reading, part.mention)
            acting = parties_of(reading, part.mention, found)
            each = len(found) == len(part.mention.represents) > 1
            if not (found or acting) or (not found and part.mention.reason == NATIONAL):
                yield Standing(part.role, part.side, "", NONE, "", person=False, able=False)
            for number, entity in enumerate(found or acting):
                acts_for = frozenset(parties_of_one(reading, part.mention, number) if each else acting)
                able = can_be_side(claim, part.role, entity)
                end = entity
                if not able and len(acts_for) == 1 and is_a(entities.cls(entity), "City"):
                    [end] = acts_for  # who visits a capital visits its state
                    able = True
                alone = acts_for if found else frozenset({entity})
                yield Standing(part.role, part.side, entity, alone, end, person=person(entity), able=able)

    def parties_of_one(reading: Reading, mention: Mention, number: int) -> tuple[str, ...]:
        acting = entities.parties(reading, replace(mention, represents=mention.represents[number : number + 1]))
        return tuple(map(on_account, acting))

    def can_be_side(claim: Claim, role: str, entity: str) -> bool:
        cls, kind = entities.cls(entity), entities.ontology.types[claim.claims]
        bears = role == "recipient" and kind.category != "CONSULT" and is_a(cls, "Place")
        bears = bears and (kind.quad == "MaterialConflict" or not is_a(cls, "City"))  # "aid for the town" is its state's
        return bears or any(is_a(cls, wanted) for wanted in ("Actor", *kind.target_classes))

    def vouched(reading: Reading, claim: Claim, doing: set[str]) -> bool:
        speaker = claim.stance.speaker
        if claim.stance.certainty != "Certain" or (speaker is None and claim.stance.quoted):
            return False
        found = entities.of(reading, speaker) if speaker else ()
        return speaker is None or bool(doing & {*found, *parties_of(reading, speaker, found)})

    def voice(reading: Reading, claim: Claim) -> frozenset[str]:
        speaker = claim.stance.speaker
        if speaker is None:
            return frozenset({publisher_of(reading)})
        return frozenset(entities.of(reading, speaker) or (speaker.span.words.casefold(),))

    def view(reading: Reading, claim: Claim) -> ClaimView:
        roles: dict[tuple[str, str], None] = {}
        parties: defaultdict[str, set[str]] = defaultdict(set)
        persons: defaultdict[str, set[str]] = defaultdict(set)
        described: defaultdict[str, set[str]] = defaultdict(set)
        theme_words: set[str] = set()
        topic_words: set[str] = set()
        for part in claim.roles:
            role, mention = part.role, part.mention
            found = entities.of(reading, mention)
            if role in sides:
                acting = parties_of(reading, mention, found)
                if acting:
                    parties[role].update(acting)
                    if len(acting) == 1 and acting[0] not in found:
                        persons[acting[0]].update(e for e in found if person(e))
                        if not found and mention.reason in ("", NATIONAL) and is_a(mention.cls, "Person"):
                            described[acting[0]].update(_words(mention.span.words))
                elif mention.reason in ("", NATIONAL):
                    described[role].update(_words(mention.span.words))
                found = found or acting
            elif role == "theme":
                theme_words.update(_words(mention.span.words))
            elif role == "topic":
                topic_words.update(_words(mention.span.words))
            for entity in found:
                roles[role, entity] = None
        day = reading.article.issued
        begin, end = _window(claim.when) if claim.when else (None, 0)
        return ClaimView(
            reading,
            claim,
            tuple(roles),
            {role: frozenset(group) for role, group in parties.items()},
            {party: frozenset(group) for party, group in persons.items() if group},
            {role: frozenset(group) for role, group in described.items() if group},
            frozenset(e for r, e in roles if r == "theme") if roles else NONE,
            frozenset(e for r, e in roles if r == "place") if roles else NONE,
            frozenset(theme_words) if theme_words else NONE,
            frozenset(topic_words) if topic_words else NONE,
            _gist(claim.sentence.span.words),
            frozenset(_words(claim.trigger.words)[:1]),
            _amounts(claim.quantities) if claim.quantities else {},
            begin,
            end,
            ordinal(day[:10]) if day else None,
            frozenset().union(*parties.values()) if parties else NONE,
            tuple(dict.fromkeys(standings_of(claim, reading))),
            vouched(reading, claim, {e for r, e in roles if r in DOING}.union(*(parties.get(r, ()) for r in DOING))),
            voice(reading, claim),
        )

    return lambda reading: [view(reading, claim) for claim in reading.claims if claim.kind == "event"]


@lru_cache(maxsize=2)
def _on_account(ontology: Ontology) -> Callable[[str], str]:
    """What says for whom a party acts: a known body of a state for that state ("the Pentagon"), any other for itself."""
    states = {a.id: a.of for a in ontology.actors.values() if a.of and ontology.is_a(a.cls, "GovernmentBody")}
    return lambda party: states.get(party, party)


Acting = tuple[str, ...]
"""Those whom somebody acts for."""


def acting_in(reading: Reading, entities: Entities) -> dict[str, Counter[Acting]]:
    """The persons for whom claims of *reading* name somebody that they act for, and how often whom."""
    on_account = _on_account(entities.ontology)
    named: defaultdict[str, Counter[Acting]] = defaultdict(Counter)
    for claim in reading.claims:
        for role in claim.roles:
            mention = role.mention
            if mention.represents and mention.cls == "Person" and len(mention.entities) == 1:
                acting = tuple(dict.fromkeys(map(on_account, entities.parties(reading, mention))))
                for entity in entities.of(reading, mention):
                    named[entity][acting] += 1
    return dict(named)


def home_of(counts: Counter[Acting]) -> str | None:
    """The state or organisation that at least two of three claims name that name one for a person; None if none is that.

    Three claims have "Serbian minister Dacic" and one "Dacic of Bulgaria": where a claim says "Dacic" alone, it is Serbia.
    """
    parties, most = min(counts.items(), key=lambda item: (-item[1], item[0]), default=((), 0))
    return parties[0] if len(parties) == 1 and 3 * most >= 2 * counts.total() else None


@lru_cache(maxsize=65536)
def _words(text: str) -> tuple[str, ...]:
    """The longer words of *text*, in small letters and cut to their stem."""
    return tuple(word.casefold()[:STEM] for word in WORD.findall(text))


@lru_cache(maxsize=65536)
def _gist(sentence: str) -> frozenset[str]:
    """The long words of a sentence that are no names, cut to their stem."""
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
    """First and last day of a time as ordinals; what goes on ends with the calendar."""
    return ordinal(when.begin), ordinal(when.end) if when.end else FOREVER
