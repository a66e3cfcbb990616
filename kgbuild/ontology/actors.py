"""Whom and what the ontology knows beforehand: actors.ttl's things, offices and tenures, and the tables beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kgbuild.ontology.decisions import WIKIDATA
from kgbuild.ontology.facts import DIP, FOAF, ID, OWL, RDF, RDFS, SKOS, Facts, local
from kgbuild.ontology.tables import Body, Row, Tables, days_of


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
    seat: bool = False
    """Of an office: whether one person holds it at a time."""
    broader: str | None = None
    """Of an office: the one of the same rank elsewhere ("secretary of state" -> "foreign minister")."""


@dataclass(frozen=True, slots=True)
class Tenure:
    """That *holder* has *office* of *of* from *begin* to *end* (ISO days, months or years, None when open)."""

    holder: str
    office: str
    of: str
    begin: str | None
    end: str | None
    to: str | None = None
    """Where an ambassador is sent."""
    first_seen: str | None = None
    """By a table, when the holder was first and last attested: one whose begin or end is not known counts no further."""
    last_seen: str | None = None
    shared: bool = False
    """Whether others are said to have held it at the same time."""

    def covers(self, day: str) -> bool:
        """Whether the tenure may hold on *day* (an ISO date); a bare year counts as all of it."""
        begin, end = self.begin or self.first_seen, self.end or self.last_seen
        return (begin is None or begin <= day[: len(begin)]) and (end is None or day[: len(end)] <= end)

    def surely_covers(self, day: str) -> bool:
        """Whether the tenure holds on *day* whatever day of a year or month it begins and ends on."""
        begin, end = days_of(self.begin or self.first_seen or ""), days_of(self.end or self.last_seen or "")
        number = date.fromisoformat(day).toordinal()
        return (begin is None or begin[1] <= number) and (end is None or number <= end[0])


class Actors:
    """Known things with their names, and who holds which office when."""

    def __init__(self, facts: Facts, ancestors: Mapping[str, frozenset[str]], tables: Tables | None = None) -> None:
        """Reads *facts*; of several classes an actor is of the one with most *ancestors*. They win over *tables*."""
        self.tables = tables or Tables({}, {}, {}, {}, {}, {}, {}, frozenset())
        """Office-holders and bodies that actors.ttl does not have."""
        self.actors = {local(iri): _actor(iri, facts, ancestors) for iri in facts.subjects(ID) if _is_actor(iri, facts)}
        """All known things, by id."""
        known = self.actors.values()
        states = [actor for actor in known if actor.cls == "State"]
        self.state_words = frozenset(w for a in states for w in (*a.names, *a.exact, *a.demonyms) if " " not in w)
        """Names and demonyms of states that are one word: what may stand before "Foreign Ministry"."""
        adjectives = frozenset(w for a in states for w in a.demonyms)
        nouns = (name.rpartition(" ")[2] for a in states if a.demonyms for name in (*a.names, *a.exact))
        self.state_nouns = frozenset(w for w in nouns if w.istitle() and "." not in w) - adjectives
        """Last words of names of states that have an adjective of another form: "Iran", but neither "Iranian" nor "US"."""
        self.towns = frozenset(n for a in known if a.cls == "City" and not a.capital_of for n in a.names)
        """Names of cities that are no capitals."""
        self.bodies = {name: a.id for a in known if a.cls == "GovernmentBody" for name in a.names}
        """Names of known ministries, parliaments and the like -> their id."""
        self.offices = {name.lower(): a.id for a in known if a.cls == "Office" for name in (*a.names, *a.exact)}
        """Lower-case names of offices -> office id ("foreign minister" -> "office/foreign_minister")."""
        self.tenures = _tenures(facts)
        """All known tenures."""
        self._held: dict[str, tuple[Tenure, ...]] = {}
        self._by_holder: dict[str, tuple[Tenure, ...]] = {}
        self._by_body: dict[str, tuple[Tenure, ...]] = {}
        for tenure in self.tenures:
            self._by_holder[tenure.holder] = (*self._by_holder.get(tenure.holder, ()), tenure)
            self._by_body[tenure.of] = (*self._by_body.get(tenure.of, ()), tenure)

    def known(self, entity: str) -> Actor | None:
        """What actors.ttl, else a table, knows of an id; None for what neither has."""
        return self.actors.get(entity) or _of_holders(self.tables.rows(entity)) or _of_bodies(self.tables.body(entity))

    def broader_office(self, office: str) -> str | None:
        """The office of the same rank elsewhere ("secretary of state" -> "foreign minister")."""
        return self.actors[office].broader if office in self.actors else None

    def offices_of(self, holder: str, day: str) -> list[Tenure]:
        """What *holder* is on *day*, by actors.ttl first."""
        return [t for t in self.held_by(holder) if t.covers(day)]

    def held_by(self, holder: str) -> tuple[Tenure, ...]:
        """All that *holder* has ever been, by actors.ttl first, then by the table."""
        if holder not in self._held:
            table = (_tenure_of(row) for row in self.tables.rows(holder))
            self._held[holder] = (*self._by_holder.get(holder, ()), *table)
        return self._held[holder]

    def always_served(self, holder: str) -> str | None:
        """The one state or body that *holder* has ever had an office of, by actors.ttl, else by the table; None where there
        are several: of a district and its state, none is it.
        """
        terms = self._by_holder.get(holder) or self.held_by(holder)
        for bodies in ({t.of for t in terms}, {self._owner(t.of) for t in terms}):
            if len(bodies) == 1:
                return next(iter(bodies))
        return None

    def _owner(self, body: str) -> str:
        """The state or organisation that a body belongs to, itself if to none."""
        return (self.actors[body].of if body in self.actors else None) or body

    def body_called(self, words: str, state: str) -> str | None:
        """The known body of these own words of a state: "Foreign Ministry" of Iran, which is called the Iranian one."""
        owner = self.actors.get(state)
        called = (f"{words} of {owner.label}", *(f"{demonym} {words}" for demonym in owner.demonyms)) if owner else ()
        return next((self.bodies[name] for name in called if name in self.bodies), None)

    def holder_of(self, office: str, of: str, day: str, to: str | None = None) -> str | None:
        """Who has *office* of *of* on *day*, an ambassador the one sent *to* there; None where nobody or two may have it.

        actors.ttl decides where it names somebody. Of two whom a table has, one holds it surely ("2017-05-18") and the other
        perhaps ("until 2017"): then it is the first.
        """
        same = {office, self.broader_office(office)} - {None}

        def on_the_day(tenures: Iterable[Tenure]) -> list[Tenure]:
            return [t for t in tenures if t.to == to and t.covers(day) and {t.office, self.broader_office(t.office)} & same]

        by_hand = {t.holder for t in on_the_day(self._by_body.get(of, ()))}
        if by_hand:
            return next(iter(by_hand)) if len(by_hand) == 1 else None
        seats = [name for name in {*same, *self._narrower(same)} if name in self.actors and self.actors[name].seat]
        persons = {person for name in seats for person in self.tables.in_seat(name, of)}
        found = on_the_day(_tenure_of(row) for person in sorted(persons) for row in self.tables.rows(person) if row.of == of)
        holders = {t.holder for t in found}
        if len(holders) > 1:
            holders = {t.holder for t in found if t.surely_covers(day)}
        return next(iter(holders)) if len(holders) == 1 and not any(t.shared for t in found) else None

    def _narrower(self, offices: Collection[str | None]) -> list[str]:
        """The offices whose rank elsewhere is one of *offices*."""
        return [a.id for a in self.actors.values() if a.cls == "Office" and a.broader in offices and a.broader]


def _tenure_of(row: Row) -> Tenure:
    """The tenure that a line of holders.tsv tells."""
    return Tenure(
        *(row.id, f"office/{row.office}", row.of, row.begin or None, row.end or None, row.to or None),
        *(row.first_seen or None, row.last_seen or None, bool(row.shared)),
    )


def _of_holders(rows: list[Row]) -> Actor | None:
    """The person of some lines of holders.tsv."""
    if not rows:
        return None
    one = rows[0]
    return _tabled(one.id, "Person", one.name, (one.name, *filter(None, one.aliases.split("; "))), (), None, one.wikidata)


def _of_bodies(body: Body | None) -> Actor | None:
    """The body of a line of bodies.tsv."""
    if body is None:
        return None
    names, acronyms = (body.name, *filter(None, body.aliases.split("; "))), tuple(filter(None, body.acronyms.split("; ")))
    return _tabled(body.id, body.cls, body.name, names, acronyms, body.of or None, body.wikidata)


def _tabled(
    entity: str, cls: str, label: str, names: tuple[str, ...], exact: tuple[str, ...], of: str | None, wikidata: str
) -> Actor:
    return Actor(entity, cls, label, names, exact, (), (), of=of, wikidata=wikidata or None)


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
        seat=facts.flag(iri, DIP + "seat"),
        broader=facts.value(iri, SKOS + "broader"),
    )


def _tenures(facts: Facts) -> tuple[Tenure, ...]:
    found = []
    for iri in facts.typed(DIP + "Tenure"):
        holder, office, of = (facts.value(iri, DIP + predicate) for predicate in ("holder", "office", "of"))
        if holder and office and of:
            begin, end, to = (facts.value(iri, DIP + predicate) for predicate in ("begin", "end", "to"))
            found.append(Tenure(holder, office, of, begin, end, to))
    return tuple(found)
