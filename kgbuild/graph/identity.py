"""Who is who across articles: which ids that articles gave are one person or organisation, and which are not.

Pairs are compared within blocks only (a person's surname and initial, an organisation's words), scored, and merged
from the surest down. No merge joins two groups that hold a pair known to differ, so nothing is merged through it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import combinations, pairwise

from kgbuild.ontology import Decision, Decisions, Ontology
from kgbuild.spelling import (
    NEARLY_ALIKE,
    SHORT,
    Comparison,
    block,
    compare_persons,
    letters,
    organisation_key,
    plain,
    with_one_form,
)

SURE = 0.85
"""The score from which two names are taken for one."""
NEAR = 366
"""Days between two articles within which a bare surname may be the same person's."""
USUAL = 2 / 3
"""So large a part of the articles that spell out an acronym must agree on what it means."""
BARE = re.compile(r"_in_[0-9a-f]{8}$")
"""The end of the id that reading gives to a surname alone, or to a word that may name something else in other articles:
`Petrov_in_0123abcd`. The digits are those of the article.
"""


@dataclass
class Profile:
    """What all articles say of one id, as far as it shows whether another id is the same thing."""

    id: str
    cls: str = "Thing"
    name: str = ""
    """The fullest name given to it."""
    count: int = 0
    """How many mentions denote it."""
    states: set[str] = field(default_factory=set)
    offices: set[tuple[str, str]] = field(default_factory=set)
    """(office, of)."""
    days: set[str] = field(default_factory=set)
    sentences: set[tuple[str, int]] = field(default_factory=set)
    """Article and number of each sentence where it is named."""
    spelled_out: Counter[str] = field(default_factory=Counter)
    """Of an acronym: how often articles put it in brackets behind which id, "Tiva Grain Board (TGB)"."""

    @property
    def bare(self) -> bool:
        """Whether only a surname (or single name) is known."""
        return self.cls == "Person" and len(plain(self.name)) == 1


@dataclass(frozen=True, slots=True, order=True)
class Judgement:
    """How surely two ids are one thing, from 0 (they are two) to 1, and why."""

    a: str
    b: str
    score: float
    why: str


@dataclass(frozen=True)
class Identity:
    """Each merged id -> the id it is known by, and the judgements behind."""

    canonical: dict[str, str]
    merges: tuple[Judgement, ...]
    """Those of ids that were made one."""
    refusals: tuple[Judgement, ...]
    """Those of ids that stayed two."""


def identify(profiles: Mapping[str, Profile], ontology: Ontology, decisions: Decisions | None = None) -> Identity:
    """Which of *profiles* are one thing; the order of *profiles* does not matter.

    The *decisions* (by default the ontology's) come first, then the proposals from the surest down. A proposal is refused
    where the two groups that it would join hold a pair known to differ.
    """
    decisions = ontology.decisions if decisions is None else decisions
    groups = Groups(ontology, profiles, decisions)
    for a, b in decisions.pairs("same"):
        groups.join(a, b)
    proposed, refused = list[Judgement](), list[Judgement]()
    for judgement in (*_persons(profiles, ontology), *_bare_surnames(profiles, ontology), *_bodies(profiles, ontology)):
        (proposed if judgement.score >= SURE else refused).append(judgement)
    groups.keep_apart((one.a, one.b) for one in refused if one.score == 0)
    merges = [Judgement(one.a, one.b, 1.0, one.reason) for one in decisions.of("same")]
    for one in sorted(set(proposed), key=lambda j: (-j.score, j.a, j.b)):
        obstacle = groups.obstacle(one.a, one.b)
        if not obstacle:
            groups.join(one.a, one.b)
            merges.append(one)
        else:
            refused.append(Judgement(one.a, one.b, one.score, obstacle))
    canonical = groups.canonical()
    return Identity(
        canonical,
        tuple(sorted(set(merges))),
        tuple(sorted(one for one in set(refused) if canonical.get(one.a, one.a) != canonical.get(one.b, one.b))),
    )


@dataclass
class Group:
    """Ids joined into one, with what may show that a person is none of them: their states, and where they are named."""

    members: set[str]
    states: set[frozenset[str]] = field(default_factory=set)
    """For each member who acts for states, these."""
    sentences: set[tuple[str, int]] = field(default_factory=set)

    def __or__(self, other: Group) -> Group:
        return Group(self.members | other.members, self.states | other.states, self.sentences | other.sentences)

    def contradicts(self, other: Group) -> bool:
        """Whether one sentence names a member of each, or two of their members act for different states."""
        return bool(self.sentences & other.sentences) or any(not a & b for a in self.states for b in other.states)


class Groups:
    """Ids joined into groups, with the pairs that no group may hold."""

    def __init__(self, ontology: Ontology, profiles: Mapping[str, Profile], decisions: Decisions) -> None:
        self._ontology = ontology
        self._profiles = profiles
        self._of: dict[str, Group] = {}
        self._declared: dict[str, dict[str, Decision]] = defaultdict(dict)
        self._differ: dict[str, set[str]] = defaultdict(set)
        for decision in decisions.of("different"):
            self._declared[decision.a][decision.b] = decision
            self._declared[decision.b][decision.a] = decision

    def _group(self, entity: str) -> Group:
        if entity not in self._of:
            one = self._profiles.get(entity)
            known = one is not None and one.cls == "Person"
            self._of[entity] = Group(
                {entity},
                {frozenset(one.states)} if known and one and one.states else set(),
                set(one.sentences) if known and one else set(),
            )
        return self._of[entity]

    def keep_apart(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Let no merge join these pairs; those that a decision has joined already stay joined."""
        for a, b in pairs:
            if b not in self._group(a).members:
                self._differ[a].add(b)
                self._differ[b].add(a)

    def obstacle(self, a: str, b: str) -> str:
        """Why the groups of *a* and *b* may not be one; empty if they may."""
        one, other = self._group(a), self._group(b)
        if one is other:
            return ""
        declared = min(
            (self._declared[e][f] for e in one.members for f in self._declared[e].keys() & other.members), default=None
        )
        if declared:
            return declared.reason
        if sum(any(self._ontology.known(e) for e in some.members) for some in (one, other)) == 2:
            return "actors.ttl knows them as two"
        if one.contradicts(other) or any(self._differ[e] & other.members for e in one.members):
            return "what is known of another name of it speaks against it"
        return ""

    def join(self, a: str, b: str) -> None:
        """Make one group of two."""
        group = self._group(a) | self._group(b)
        for member in group.members:
            self._of[member] = group

    def canonical(self) -> dict[str, str]:
        """Each id that was merged into another -> that one.

        Of a group it is the id that actors.ttl knows; else a full name before initials, acronyms and bare surnames; else the
        one with most mentions.
        """

        def order(entity: str) -> tuple[bool, bool, int, str]:
            short = bool(BARE.search(entity)) or len(entity.partition("_")[0]) == 1 or entity.isupper()
            met = self._profiles[entity].count if entity in self._profiles else 0
            return self._ontology.known(entity) is None, short, -met, entity

        best = {id(group): min(group.members, key=order) for group in self._of.values()}
        return {e: best[id(group)] for e, group in self._of.items() if e != best[id(group)]}


# -- persons --------------------------------------------------------------------------------------


def _persons(profiles: Mapping[str, Profile], ontology: Ontology) -> Iterator[Judgement]:
    """A judgement of each two full names that agree in the surname's consonants and a first letter, a short form's too.

    An initial that fits several persons is nobody's: "I. Petrov" beside "Ivan Petrov" and "Igor Petrov".
    """
    blocks: dict[tuple[str, str], list[Profile]] = defaultdict(list)
    for profile in profiles.values():
        if profile.cls == "Person" and not profile.bare and plain(profile.name):
            for letter in letters(profile.name):
                blocks[block(profile.name), letter].append(profile)
    forms, compared = dict(ontology.listed("GivenName", "form", "one")), set[tuple[str, str]]()
    for _, some in sorted(blocks.items()):
        pairs = [
            (_judgement(a, b, compare_persons(with_one_form(a.name, forms), with_one_form(b.name, forms)), ontology), a, b)
            for a, b in combinations(sorted(some, key=lambda p: p.id), 2)
            if (a.id, b.id) not in compared
        ]
        compared |= {(a.id, b.id) for _, a, b in pairs}
        initials = Counter(p.id for one, *pair in pairs if one.score >= SURE for p in pair if len(plain(p.name)[0]) == 1)
        for one, a, b in pairs:
            if one.score >= SURE and (initials[a.id] > 1 or initials[b.id] > 1):
                one = Judgement(one.a, one.b, 0.5, "an initial that fits several; which is open")
            if one.why != "surnames disagree":
                yield one


def _judgement(a: Profile, b: Profile, compared: Comparison, ontology: Ontology) -> Judgement:
    against = _contradiction(a, b, ontology)
    if not compared.score:
        return Judgement(a.id, b.id, 0.0, compared.why)
    if against:
        return Judgement(a.id, b.id, 0.0, f"{compared.why}, but {against}")
    support = _support(a, b, ontology)
    if compared.why == NEARLY_ALIKE and not (support and _common_office(a, b, ontology)):
        return Judgement(a.id, b.id, 0.0, "surnames disagree")
    if not support and (compared.score < 0.95 or "initial" in compared.why or compared.why == SHORT):
        return Judgement(a.id, b.id, round(compared.score * 0.8, 2), f"{compared.why}, and nothing else speaks for it")
    return Judgement(a.id, b.id, compared.score, f"{compared.why}, {support}" if support else compared.why)


def _contradiction(a: Profile, b: Profile, ontology: Ontology) -> str:
    """What shows that two are not one person; empty if nothing does."""
    if a.sentences & b.sentences:
        return "one sentence names both"
    if a.states and b.states and not a.states & b.states:
        return f"one acts for {_listed(a.states, ontology)}, the other for {_listed(b.states, ontology)}"
    if a.bare or b.bare:
        here = [(o, p) for o, body in a.offices for p, other in b.offices if body == other]
        if here and not any(_one_office(o, p, ontology) for o, p in here):
            return "they hold different offices"
    return ""


def _support(a: Profile, b: Profile, ontology: Ontology) -> str:
    """What shows, besides their names, that two are one person: an office or a state in common; empty if nothing does."""
    common = _common_office(a, b, ontology)
    if common:
        office, body = common
        return f"and both are {ontology.actors[office].label} of {_listed({body}, ontology)}"
    shared = a.states & b.states
    return f"and both act for {_listed(shared, ontology)}" if shared else ""


def _common_office(a: Profile, b: Profile, ontology: Ontology) -> tuple[str, str] | None:
    """The first office that both hold in one state or body, and that; one may have it by a wider name, as minister."""
    for office, body in sorted(a.offices):
        if any(body == other and _one_office(office, theirs, ontology) for theirs, other in b.offices):
            return office, body
    return None


def _one_office(a: str, b: str, ontology: Ontology) -> bool:
    """Whether one is the other or a kind of it: a foreign minister is a minister."""
    if a == b or b in (ontology.broader_office(a), a) or a == ontology.broader_office(b):
        return True
    one, other = (ontology.actors[o].label if o in ontology.actors else o for o in (a, b))
    return one.endswith(f" {other}") or other.endswith(f" {one}")


def _listed(states: Iterable[str], ontology: Ontology) -> str:
    return ", ".join(sorted(ontology.actors[s].label if s in ontology.actors else s.replace("_", " ") for s in states))


def _bare_surnames(profiles: Mapping[str, Profile], ontology: Ontology) -> Iterator[Judgement]:
    """Judgements of surnames alone, each with the persons of that surname in articles near in time.

    It is the one of them who has the same state or office; with two of these it is open which. Two surnames alone are one
    person where both hold one office.
    """
    persons = [p for p in profiles.values() if p.cls == "Person" and plain(p.name)]
    bare, full = defaultdict[str, list[Profile]](list), defaultdict[str, list[Profile]](list)
    for profile in sorted(persons, key=lambda p: p.id):
        (bare if profile.bare else full)[plain(profile.name)[-1]].append(profile)
    for surname, some in bare.items():
        for one in some:
            named = [p for p in full.get(surname, ()) if _near(one, p)]
            fitting = [p for p in named if not _contradiction(one, p, ontology) and _support(one, p, ontology)]
            for other in named:
                against = _contradiction(one, other, ontology)
                if against:
                    yield Judgement(one.id, other.id, 0.0, f"a surname alone, and {against}")
                elif other in fitting and len(fitting) == 1:
                    yield Judgement(one.id, other.id, 0.9, f"the one of this surname, {_support(one, other, ontology)}")
                else:
                    why = "which of several is open" if other in fitting else "nothing else speaks for it"
                    yield Judgement(one.id, other.id, 0.5, f"a surname alone, and {why}")
        by_office = defaultdict[tuple[str, str], list[Profile]](list)
        for one in some:
            for office_and_body in one.offices:
                by_office[office_and_body].append(one)
        for (office, body), alike in by_office.items():
            for a, b in pairwise(alike):
                if _near(a, b) and not _contradiction(a, b, ontology):
                    label = ontology.actors[office].label if office in ontology.actors else office
                    yield Judgement(a.id, b.id, 0.86, f"one surname, and both are {label} of {_listed({body}, ontology)}")


def _near(a: Profile, b: Profile) -> bool:
    """Whether the articles of one begin at most NEAR days after those of the other end; without dates they are not near."""
    if not a.days or not b.days:
        return False
    return max(map(_number, (min(a.days), min(b.days)))) - min(map(_number, (max(a.days), max(b.days)))) <= NEAR


def _number(day: str) -> int:
    return date.fromisoformat(day).toordinal()


# -- organisations and other things -----------------------------------------------------------------


def _bodies(profiles: Mapping[str, Profile], ontology: Ontology) -> Iterator[Judgement]:
    """Judgements of organisations, agreements, projects and conflicts: one where their names have the same words, and an
    acronym is what most articles spell it out as.
    """
    blocks: dict[tuple[str, str], list[str]] = defaultdict(list)
    for profile in sorted(profiles.values(), key=lambda p: p.id):
        kind = body_kind(profile, ontology)
        if not kind:
            continue
        meant = usually_spelled_out(profile)
        if meant:
            yield Judgement(profile.id, meant, 0.9, "an acronym that other articles spell out so")
        if not BARE.search(profile.id):
            blocks[organisation_key(profile.name), kind].append(profile.id)
    for (key, kind), unknown in blocks.items():
        known = known_bodies(ontology, key) if kind == "Organization" else ()
        if len(known) > 1:
            continue  # one name of two: which is open
        for a, b in pairwise((*known, *unknown)):
            yield Judgement(a, b, 0.98, "the same words")


def body_kind(profile: Profile, ontology: Ontology) -> str:
    """The kind within which the names of an unknown body, agreement, project or conflict are compared; empty for others."""
    kinds = ("Organization", "Agreement", "Project", "Conflict")
    return "" if profile.id in ontology.actors else next((k for k in kinds if ontology.is_a(profile.cls, k)), "")


def usually_spelled_out(profile: Profile) -> str:
    """The id that most articles which spell an acronym out give it; empty for what is none, or has no usual meaning."""
    [(meant, often)] = profile.spelled_out.most_common(1) or [("", 0)]
    return meant if often and often >= USUAL * profile.spelled_out.total() else ""


def known_bodies(ontology: Ontology, key: str) -> tuple[str, ...]:
    """The organisations of actors.ttl with a name of these words; "the Paris agreement" may be of any year."""
    return _bodies_by_key(ontology).get(key, ())


@lru_cache(maxsize=2)
def _bodies_by_key(ontology: Ontology) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for actor in ontology.actors.values():
        for name in actor.names if ontology.is_a(actor.cls, "Organization") else ():
            if " " in name:
                found[organisation_key(name)][actor.id] = None
    return {key: tuple(some) for key, some in found.items()}


def links(profile: Profile, ontology: Ontology) -> frozenset[str]:
    """What two ids share if one may be judged by the other: who shares nothing, not even by way of others, is another.

    So what is one is found for those alone who are linked to somebody of whom there is news.
    """
    found = set[str]()
    if profile.cls == "Person" and plain(profile.name):
        found.add(f"surname {plain(profile.name)[-1]}")
        if not profile.bare:
            found |= {f"person {block(profile.name)} {letter}" for letter in letters(profile.name)}
    kind = body_kind(profile, ontology)
    if kind and not BARE.search(profile.id):
        found.add(f"{kind} {organisation_key(profile.name)}")
        if kind == "Organization":
            found |= {f"id {one}" for one in known_bodies(ontology, organisation_key(profile.name))}
    meant = usually_spelled_out(profile) if kind else ""
    if meant:
        found |= {f"id {profile.id}", f"id {meant}"}
    return frozenset(found)
