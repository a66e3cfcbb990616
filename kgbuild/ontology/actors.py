"""Whom and what the ontology knows beforehand: actors.ttl's things, offices and tenures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kgbuild.ontology.decisions import WIKIDATA
from kgbuild.ontology.facts import DIP, FOAF, ID, OWL, RDF, RDFS, SKOS, Facts, local


@dataclass(frozen=True, slots=True)
class Actor:
    """A thing known beforehand, from actors.ttl."""

    id: str
    cls: str
    label: str
    names: tuple[str, ...]
    exact: tuple[str, ...]
    """Names that count only as written: acronyms, "the West"."""
    demonyms: tuple[str, ...]
    metonyms: tuple[str, ...]
    local_names: tuple[str, ...] = ()
    """Names that count only in a text that speaks of the state it belongs to."""
    postal_names: tuple[str, ...] = ()
    """Abbreviations that count only after a town and a comma."""
    capital_of: str | None = None
    of: str | None = None
    """The state or organisation it belongs to."""
    wikidata: str | None = None
    iso2: str | None = None
    iso3: str | None = None
    ambiguous: bool = False
    gender: str = ""
    """Of a person: female or male."""
    party: str | None = None
    """Of a person: the political party."""
    capital: str | None = None
    """Of a state that is no more: where its government sat."""
    successor: str | None = None
    """What followed it: Russia, of the Soviet Union."""
    begin: str | None = None
    """When it began to be (ISO date or year), where that matters."""
    end: str | None = None
    broader: str | None = None
    """Of an office: the one of the same rank elsewhere ("secretary of state" -> "foreign minister")."""


@dataclass(frozen=True, slots=True)
class Tenure:
    """That *holder* has *office* of *of* from *begin* to *end* (ISO dates or years, None when open)."""

    holder: str
    office: str
    of: str
    begin: str | None
    end: str | None

    def covers(self, day: str) -> bool:
        """Whether the tenure holds on *day* (an ISO date); a bare year counts as all of it."""
        begins = self.begin is None or self.begin <= day[: len(self.begin)]
        ends = self.end is None or day[: len(self.end)] <= self.end
        return begins and ends


class Actors:
    """Known things with their names, and who holds which office when."""

    def __init__(self, facts: Facts, ancestors: Mapping[str, frozenset[str]]) -> None:
        """Reads *facts*; of several classes an actor is of the one with most *ancestors*."""
        self.actors = {local(iri): _actor(iri, facts, ancestors) for iri in facts.subjects(ID) if _is_actor(iri, facts)}
        """All known things, by id."""
        known = self.actors.values()
        states = [actor for actor in known if actor.cls == "State"]
        self.state_words = frozenset(w for a in states for w in (*a.names, *a.exact, *a.demonyms) if " " not in w)
        """Names and demonyms of states that are one word: what may stand before "Foreign Ministry"."""
        self.towns = frozenset(n for a in known if a.cls == "City" and not a.capital_of for n in a.names)
        """Names of cities that are no capitals."""
        self.bodies = {name: a.id for a in known if a.cls == "GovernmentBody" for name in a.names}
        """Names of known ministries, parliaments and the like -> their id."""
        self.offices = {name.lower(): a.id for a in known if a.cls == "Office" for name in (*a.names, *a.exact)}
        """Lower-case names of offices -> office id ("foreign minister" -> "office/foreign_minister")."""
        self.tenures = _tenures(facts)
        """All known tenures."""
        self._by_holder: dict[str, tuple[Tenure, ...]] = {}
        self._by_body: dict[str, tuple[Tenure, ...]] = {}
        for tenure in self.tenures:
            self._by_holder[tenure.holder] = (*self._by_holder.get(tenure.holder, ()), tenure)
            self._by_body[tenure.of] = (*self._by_body.get(tenure.of, ()), tenure)

    def broader_office(self, office: str) -> str | None:
        """The office of the same rank elsewhere ("secretary of state" -> "foreign minister")."""
        return self.actors[office].broader if office in self.actors else None

    def offices_of(self, holder: str, day: str) -> list[Tenure]:
        """What *holder* is on *day*, by actors.ttl."""
        return [t for t in self._by_holder.get(holder, ()) if t.covers(day)]

    def held_by(self, holder: str) -> list[Tenure]:
        """All that *holder* has ever been, by actors.ttl."""
        return list(self._by_holder.get(holder, ()))

    def holder_of(self, office: str, of: str, day: str) -> str | None:
        """Who has *office* of *of* on *day*; None when no one, or more than one, is known."""
        same = {office, self.broader_office(office)} - {None}
        holders = {
            t.holder
            for t in self._by_body.get(of, ())
            if t.covers(day) and ({t.office, self.broader_office(t.office)} & same)
        }
        return next(iter(holders)) if len(holders) == 1 else None


def _is_actor(iri: str, facts: Facts) -> bool:
    """Whether a thing has a label and a name by which a text may call it."""
    named = any(facts.values(iri, DIP + given) for given in ("name", "acronym", "localName"))
    return named and bool(facts.values(iri, RDFS + "label"))


def _actor(iri: str, facts: Facts, ancestors: Mapping[str, frozenset[str]]) -> Actor:
    def first(*predicates: str) -> str | None:
        return next((value for predicate in predicates if (value := facts.value(iri, DIP + predicate))), None)

    def every(*predicates: str) -> tuple[str, ...]:
        return tuple(value for predicate in predicates for value in facts.values(iri, DIP + predicate))

    classes = [c for c in facts.values(iri, RDF + "type") if c in ancestors]
    label = facts.value(iri, RDFS + "label") or local(iri)
    return Actor(
        id=local(iri),
        cls=max(classes, key=lambda c: (len(ancestors[c]), c), default="Thing"),
        label=label,
        names=tuple(sorted({label, *every("name")})),
        exact=every("acronym", "exactName"),
        demonyms=every("demonym"),
        metonyms=every("metonym"),
        local_names=every("localName"),
        postal_names=every("postalName"),
        capital_of=first("capitalOf", "seatOf"),
        of=first("of", "metonymOf", "citizenOf"),
        wikidata=next((w for w in facts.values(iri, OWL + "sameAs") if WIKIDATA.fullmatch(w)), None),
        iso2=first("iso2"),
        iso3=first("iso3"),
        ambiguous=facts.flag(iri, DIP + "ambiguous"),
        gender=facts.value(iri, FOAF + "gender") or "",
        party=first("party"),
        capital=first("capital"),
        successor=first("successor"),
        begin=first("begin"),
        end=first("end"),
        broader=facts.value(iri, SKOS + "broader"),
    )


def _tenures(facts: Facts) -> tuple[Tenure, ...]:
    found = []
    for iri in facts.typed(DIP + "Tenure"):
        holder, office, of = (facts.value(iri, DIP + predicate) for predicate in ("holder", "office", "of"))
        if holder and office and of:
            found.append(Tenure(holder, office, of, facts.value(iri, DIP + "begin"), facts.value(iri, DIP + "end")))
    return tuple(found)
