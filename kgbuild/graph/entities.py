"""Mentions of all articles become entities, each with its names and with the reason of every identity.

What actors.ttl knows keeps its id; other things are one where their names and kinds agree; decisions in same.ttl overrule
both. The same readings, ontology and decisions give the same entities, in whatever order the readings come.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from kgbuild.graph.identity import Identity, Judgement, identify
from kgbuild.graph.mentions import Resolutions, all_mentions
from kgbuild.graph.profiles import profiles_of, resolved, separate_namesakes
from kgbuild.graph.tenures import Attestation, TenureKey, holders_of, office_named
from kgbuild.graph.triples import THINGS, Facts, english, mention_iri, name, thing, typed
from kgbuild.model import Claim, Mention, Reading
from kgbuild.ontology import Decisions, Ontology

PRECISION = {4: "gYear", 7: "gYearMonth", 10: "date"}
"""The type of a date by the length of its ISO form."""


@dataclass
class Entity:
    """One thing of the graph, gathered from its mentions: how often each class and each name was given to it."""

    id: str
    classes: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    """As written where it is mentioned, "Mr Petrov"."""
    labels: Counter[str] = field(default_factory=Counter)
    """As reading calls it, "Ivan Petrov"."""

    def add(self, other: Entity) -> None:
        """Take in what another article, or several, have of it."""
        self.classes.update(other.classes)
        self.names.update(other.names)
        self.labels.update(other.labels)

    @property
    def cls(self) -> str:
        """The class most mentions give it; among equals the first by name."""
        return min(self.classes, key=lambda c: (-self.classes[c], c), default="Thing")

    @property
    def label(self) -> str:
        """The name most often given to it; among equals the longest, then the first by name."""
        return min(self.labels, key=lambda n: (-self.labels[n], -len(n), n), default=self.id.replace("_", " "))


@dataclass
class Entities:
    """All entities by id, the tenures with their claims, and which ids and mentions mean one thing."""

    ontology: Ontology
    by_id: dict[str, Entity] = field(default_factory=dict)
    tenures: dict[TenureKey, Attestation] = field(default_factory=dict)
    identity: Identity = field(default_factory=lambda: Identity({}, (), ()))
    resolutions: Resolutions = field(default_factory=Resolutions)
    """Mentions that reading left open or took for another, and whom other articles show them to mean."""

    @property
    def canonical(self) -> dict[str, str]:
        """Each id that was merged into another -> that other."""
        return self.identity.canonical

    def of(self, reading: Reading, mention: Mention) -> tuple[str, ...]:
        """The entities that a mention of *reading* denotes, after merging; an equal mention of another article may denote
        others.
        """
        return self._merged(self.resolutions.entities(reading, mention))

    def parties(self, reading: Reading, mention: Mention) -> tuple[str, ...]:
        """The states or organisations that a mention of *reading* acts for: whom it represents, else what it denotes."""
        return self._merged(mention.represents or self.resolutions.entities(reading, mention))

    def reason(self, reading: Reading, mention: Mention) -> str:
        """Why a mention of *reading* denotes what it denotes; empty where nothing says so."""
        return self.resolutions.reason(reading, mention)

    def _merged(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.canonical.get(one, one) for one in ids))

    def label(self, entity: str) -> str:
        """What to call an entity."""
        known = self.ontology.known(entity)
        if known is not None:
            return known.label
        return self.by_id[entity].label if entity in self.by_id else entity.rsplit("/", 1)[-1].replace("_", " ")

    def cls(self, entity: str) -> str:
        """The class of an entity."""
        known = self.ontology.known(entity)
        if known is not None:
            return known.cls
        return self.by_id[entity].cls if entity in self.by_id else "Thing"


def merge(readings: Iterable[Reading], ontology: Ontology, decisions: Decisions | None = None) -> Entities:
    """The entities of all *readings*; *decisions* of what is one and what is two are by default the ontology's.

    First one name of two persons becomes two ids, then names of one thing become one id; the tenures that follow say whom an
    office alone means; last, each entity gathers its mentions.
    """
    readings = sorted(readings, key=lambda r: (r.article.iri, r.article.source))
    namesakes = separate_namesakes(readings, ontology)
    profiles = profiles_of(readings, ontology, namesakes)
    told = resolved(readings, namesakes, ontology)
    entities = Entities(ontology, identity=identify(profiles, ontology, decisions), resolutions=told)
    found: defaultdict[TenureKey, Attestation] = defaultdict(Attestation)
    for reading in readings:
        for tenure, attestation in tenures_in(reading, entities).items():
            found[tenure] |= attestation
    entities.tenures = dict(found)
    entities.resolutions |= holders_of(readings, entities.tenures, ontology)
    for reading in readings:
        for met in met_in(reading, entities).values():
            entities.by_id.setdefault(met.id, Entity(met.id)).add(met)
    for tenure in entities.tenures:
        for part in tenure:
            entities.by_id.setdefault(part, Entity(part))
    return entities


def met_in(reading: Reading, entities: Entities) -> dict[str, Entity]:
    """The entities that *reading* mentions, by id, as far as it tells of them; also those that somebody acts for."""
    found: dict[str, Entity] = {}
    for mention in all_mentions(reading):
        denoted = entities.of(reading, mention)
        for entity in (*denoted, *(entities.canonical.get(r, r) for r in mention.represents)):
            found.setdefault(entity, Entity(entity))
        for entity in denoted:
            _note(found[entity], mention, entities.ontology, alone=len(denoted) == 1)
    return found


def _note(entity: Entity, mention: Mention, ontology: Ontology, *, alone: bool) -> None:
    """Take in a mention of an entity; one that denotes several ("both ministers") has a class for each, but names none, nor
    does a pronoun that opens a sentence.
    """
    entity.classes[mention.cls] += 1
    if not alone or mention.cls == "Office":
        return
    if mention.name:
        entity.labels[mention.name] += 1
    text = " ".join(mention.span.words.split())
    if any(c.isupper() for c in text) and text.lower() not in ontology.words("standIn", "word"):
        entity.names[text.removeprefix("the ").removeprefix("The ")] += 1


def tenures_in(reading: Reading, entities: Entities) -> dict[TenureKey, Attestation]:
    """The tenures that some claim of *reading* attests, each with its claims."""
    found: defaultdict[TenureKey, Attestation] = defaultdict(Attestation)
    for claim in reading.claims:
        if claim.claims == "holdsPosition":
            for tenure in _tenures_in(reading, claim, entities):
                found[tenure].add(reading, claim, entities.ontology)
    return {tenure: attestation for tenure, attestation in found.items() if attestation.claims}


def _tenures_in(reading: Reading, claim: Claim, entities: Entities) -> list[TenureKey]:
    """The tenures that a claim of an office speaks of: each holder with each office, of the first body that is named.

    Where the claim names no body, it is the one that the holder represents.
    """
    holders = [e for m in claim.role("holder") if m.cls == "Person" for e in entities.of(reading, m)]
    offices = [office_named(m, entities.ontology) for m in claim.role("office")]
    bodies = [e for m in claim.role("of") for e in (entities.of(reading, m) or entities.parties(reading, m))]
    bodies = bodies or [e for m in claim.role("holder") for e in entities.parties(reading, m) if m.represents]
    return [TenureKey(h, o, b) for h in holders for o in offices if o for b in bodies[:1] if b != h]


def facts(entities: Entities, readings: Iterable[Reading], needed: frozenset[str]) -> Facts:
    """The graph of things: what mentions denote, tenures, merges and refusals, and all entities, those *needed* as well.

    *needed* are ids that other graphs speak of, such as a state for whose ministry an event counts.
    """
    made = Facts(THINGS)
    for key in sorted({*entities.by_id, *needed}):
        entity_facts(made, key, entities)
    for reading in readings:
        mention_facts(made, reading, entities)
    for tenure, attestation in sorted(entities.tenures.items()):
        tenure_facts(made, tenure, attestation, entities)
    for one in entities.identity.merges:
        merge_facts(made, one, entities)
    for one in entities.identity.refusals:
        refusal_facts(made, one, entities)
    return made


def mention_facts(made: Facts, reading: Reading, entities: Entities) -> None:
    """What the mentions of *reading* denote, and why, and whom they act for."""
    for mention in all_mentions(reading):
        node = mention_iri(reading, mention)
        denoted = entities.of(reading, mention)
        for entity in denoted:
            made.add(node, "dip:denotes", thing(entity))
        if denoted:
            made.add(node, "dip:reason", entities.reason(reading, mention))
        for state in mention.represents:
            made.add(node, "dip:represents", thing(entities.canonical.get(state, state)))


def entity_facts(made: Facts, key: str, entities: Entities) -> None:
    """What one entity is and is called, and how often it is mentioned."""
    node, known, met = thing(key), entities.ontology.known(key), entities.by_id.get(key)
    label = entities.label(key)
    made.a(node, entities.cls(key))
    made.add(node, "rdfs:label", english(label))
    names = set(met.names) | set(met.labels) if met else set()
    if known is not None and known.cls != "Office":
        names |= {*known.names, *known.exact}
    for other in sorted(names - {label}):
        made.add(node, "skos:altLabel", english(other))
    made.add(node, "dip:mentionCount", met.classes.total() if met else 0)
    if known is not None:
        made.add(node, "owl:sameAs", name("wd", known.wikidata) if known.wikidata else None)
        made.add(node, "dip:iso2", known.iso2)
        made.add(node, "dip:iso3", known.iso3)


def tenure_id(tenure: TenureKey) -> str:
    """`tenure/Ivica_Dacic-foreign_minister-Serbia`."""
    return f"tenure/{tenure.holder}-{tenure.office.removeprefix('office/')}-{tenure.of}"


def tenure_facts(made: Facts, tenure: TenureKey, attestation: Attestation, entities: Entities) -> None:
    """Who held which office of what, when as far as known, and the claims that attest it."""
    ontology = entities.ontology
    node = thing(tenure_id(tenure))
    made.a(node, "Tenure")
    made.add(
        node,
        "rdfs:label",
        english(f"{entities.label(tenure.holder)}, {entities.label(tenure.office)} of {entities.label(tenure.of)}"),
    )
    begin, end = "", ""
    made.add(node, "dip:holder", thing(tenure.holder))
    made.add(node, "dip:office", thing(tenure.office))
    made.add(node, "dip:of", thing(tenure.of))
    known = [t for t in ontology.held_by(tenure.holder) if (t.holder, t.office, t.of) == tenure]
    if len(known) == 1:  # with several terms the article's own date would have to choose: left open
        begin, end = known[0].begin or "", known[0].end or ""
        for key, value in (("begin", begin), ("end", end)):
            if value:
                made.add(node, f"dip:{key}", typed(value, PRECISION[len(value)]))
    # A tab stands before every letter, so this is the order of one after the other.
    order = entities.label(tenure.of), entities.label(tenure.office), begin, end, entities.label(tenure.holder)
    made.add(node, "dip:officeOrder", "\t".join(order))
    for key, day in (
        ("attestedFrom", min(attestation.days, default="")),
        ("attestedTo", max(attestation.days, default="")),
        ("beganAbout", min(attestation.began, default="")),
        ("endedBefore", min(attestation.over, default="")),
    ):
        made.add(node, f"dip:{key}", typed(day, "date") if day else None)
    for claim in attestation.claims:
        made.add(node, "prov:wasDerivedFrom", thing(claim))


def merge_facts(made: Facts, one: Judgement, entities: Entities) -> None:
    """That two ids were made one thing, with score and reason; nothing of ids that no mention denotes."""
    merged = entities.canonical.get(one.a, one.a)
    if merged in entities.by_id:
        node = thing(f"merge/{one.a}-{one.b}")
        made.a(node, "Merge")
        made.add(node, "dip:mergedInto", thing(merged))
        for name_of in (one.a, one.b):
            made.add(node, "dip:mergedId", thing(name_of))
        _because(made, node, one)


def refusal_facts(made: Facts, one: Judgement, entities: Entities) -> None:
    """That two things stayed two, with score and reason; nothing of those that no mention denotes, or that other names have
    made one.
    """
    both = {entities.canonical.get(e, e) for e in (one.a, one.b)}
    if both <= entities.by_id.keys() and len(both) == 2:
        node = thing(f"refusal/{one.a}-{one.b}")
        made.a(node, "Refusal")
        for entity in sorted(both):
            made.add(node, "dip:between", thing(entity))
        _because(made, node, one)


def _because(made: Facts, node: NamedNode, one: Judgement) -> None:
    made.add(node, "dip:score", typed(f"{one.score:g}", "decimal"))
    made.add(node, "dip:why", english(one.why))
