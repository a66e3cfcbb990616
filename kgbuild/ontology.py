"""ontology/*.ttl becomes one Ontology: classes, event types, relations, actors, words and examples.

The Turtle files are the only place where vocabulary and world knowledge live. What cannot be used is
refused with file, line and cure (`OntologyError`).
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kgbuild.errors import OntologyError

DIP = "https://w3id.org/kgbuild/diplomacy#"
FOAF = "http://xmlns.com/foaf/0.1/"
ID = "https://w3id.org/kgbuild/id/"
LEX = "https://w3id.org/kgbuild/lexicon#"
OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
WD = "http://www.wikidata.org/entity/"

FILES = ("diplomacy.ttl", "actors.ttl", "language.ttl", "families.ttl", "same.ttl")
EVENT_ROLES = ("actor", "recipient", "participant", "place", "topic", "theme", "cause", "instrument")
RELATION_ROLES = ("subject", "object", "holder", "office", "of", "amount")
ROLES = EVENT_ROLES + RELATION_ROLES
CUE_KINDS = (
    *("verb", "infinitive", "gerund", "clause", "passive", "other", "noun", "adjective"),
    *("auxiliary", "adverb", "subject", "inversion", "marker", "complementizer", "modifier", "preposition", "source"),
)
"""Where a word must stand to be a cue of stance; language.ttl says what each means."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with marks that teaches *type*, or (counter) one that must not be taken for it."""

    type: str
    text: str
    counter: bool
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Family:
    """Words that may stand for each other in the examples of *types*, or (none) as needed words of any example."""

    verbs: frozenset[str]
    nouns: frozenset[str]
    types: frozenset[str]


@dataclass(frozen=True, slots=True)
class EventType:
    """An event class or a relation, as diplomacy.ttl describes it."""

    name: str
    kind: str
    """event or relation."""
    label: str
    """A verb phrase: "signs an agreement with"."""
    noun: str = ""
    """The same as a noun phrase: "Signing of an agreement"."""
    category: str = ""
    """The PLOVER category ("CONSULT")."""
    mode: str = ""
    quad: str = ""
    score: float | None = None
    cameo: tuple[str, ...] = ()
    edge: str = ""
    """The property asserted between actors when the event is affirmed and actual."""
    symmetric: bool = False
    """Of the edge, or of the relation itself."""
    domain: str = ""
    range: str = ""
    definition: str = ""


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


def default_folder() -> Path:
    """The ontology beside the package in a checkout, or the copy inside an installed wheel."""
    here = Path(__file__).resolve().parent
    shipped = here / "_ontology"
    return shipped if shipped.is_dir() else here.parent / "ontology"


def local(term: object) -> str:
    """The local name of an IRI of ours ("dip:Meeting" -> "Meeting", "id:Russia" -> "Russia")."""
    value = str(getattr(term, "value", term))
    for base in (DIP, ID, LEX, WD):
        if value.startswith(base):
            return value[len(base) :]
    return value


class Ontology:
    """Everything that the Turtle files say, indexed for reading; built by `load`, then never changed."""

    def __init__(self, folder: Path, triples: Iterable[Triple], sources: dict[str, str]) -> None:
        self.folder = folder
        self._sources = sources
        self._words: dict[tuple[str, str], frozenset[str]] = {}
        self._values: dict[tuple[str, str], list[str]] = {}
        self._by_subject: dict[str, dict[str, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            self._by_subject[triple.subject.value][triple.predicate.value].append(triple.object)  # type: ignore[union-attr,arg-type]
        joined = "\0".join(f"{name}\0{text}" for name, text in sorted(sources.items()))
        self.digest = hashlib.sha256(joined.encode()).hexdigest()
        """Names this very state of the ontology; caches are keyed by it."""

    # -- what the files say ------------------------------------------------------------------

    def values(self, subject: str, predicate: str) -> list[str]:
        """The objects of a subject and predicate (full IRIs), as sorted strings (local names for IRIs)."""
        key = subject, predicate
        if key not in self._values:
            found = self._by_subject.get(subject, {}).get(predicate, [])
            self._values[key] = sorted({local(o) if isinstance(o, NamedNode) else o.value for o in found})
        return self._values[key]

    def value(self, subject: str, predicate: str) -> str | None:
        """The first of `values`, or None."""
        found = self.values(subject, predicate)
        return found[0] if found else None

    def _typed(self, cls: str) -> list[str]:
        wanted = NamedNode(cls)
        return sorted(s for s, facts in self._by_subject.items() if wanted in facts.get(RDF + "type", ()))

    def line_of(self, file: str, text: str) -> int:
        """The line of *file* where *text* first stands (1 when it cannot be found)."""
        position = self._sources.get(file, "").find(text)
        return self._sources[file].count("\n", 0, position) + 1 if position >= 0 else 1

    # -- classes -------------------------------------------------------------------------------

    @cached_property
    def ancestors(self) -> dict[str, frozenset[str]]:
        """For each class, itself and all its superclasses."""
        parents = {
            local(s): [local(o) for o in facts.get(RDFS + "subClassOf", []) if isinstance(o, NamedNode)]
            for s, facts in self._by_subject.items()
            if s.startswith(DIP)
        }

        def climb(name: str, seen: frozenset[str]) -> frozenset[str]:
            above = [p for p in parents.get(name, []) if p not in seen]
            return frozenset({name}).union(*(climb(p, seen | {name}) for p in above))

        return {name: climb(name, frozenset()) for name in sorted(parents)}

    def is_a(self, cls: str, ancestor: str) -> bool:
        """Whether class *cls* is *ancestor* or below it; every class is a Thing."""
        return ancestor in {"", "Thing", cls} or ancestor in self.ancestors.get(cls, frozenset())

    # -- events and relations ------------------------------------------------------------------

    @cached_property
    def types(self) -> dict[str, EventType]:
        """Event classes (leaves and categories with examples) and relations, by name."""
        found: dict[str, EventType] = {}
        for iri in sorted(self._by_subject):
            if not iri.startswith(DIP):
                continue
            name = local(iri)
            is_relation = DIP + "Relation" in {
                o.value for o in self._by_subject[iri].get(RDF + "type", ()) if isinstance(o, NamedNode)
            }
            is_event = self.is_a(name, "Event") and name != "Event"
            if is_event or is_relation:
                found[name] = self._type(iri, "relation" if is_relation else "event")
        return found

    def _type(self, iri: str, kind: str) -> EventType:
        name = local(iri)
        edge = self.value(iri, DIP + "edge") or ""
        lines = [iri, *(DIP + a for a in sorted(self.ancestors.get(name, ())) if a != name)]

        def inherited(predicate: str) -> str:
            return next((v for line in lines if (v := self.value(line, predicate))), "")

        score = inherited(DIP + "score")
        symmetric_of = DIP + edge if edge else iri
        return EventType(
            name=name,
            kind=kind,
            label=self.value(iri, RDFS + "label") or name,
            noun=self.value(iri, SKOS + "prefLabel") or self.value(iri, RDFS + "label") or name,
            category=inherited(DIP + "plover"),
            mode=self.value(iri, DIP + "mode") or "",
            quad=inherited(DIP + "quad"),
            score=float(score) if score else None,
            cameo=tuple(self.values(iri, DIP + "cameo")),
            edge=edge,
            symmetric=OWL + "SymmetricProperty"
            in {getattr(o, "value", "") for o in self._by_subject[symmetric_of].get(RDF + "type", ())},
            domain=self.value(iri, RDFS + "domain") or "",
            range=self.value(iri, RDFS + "range") or "",
            definition=self.value(iri, SKOS + "definition") or "",
        )

    def role_range(self, type_name: str, role: str) -> str:
        """The class that a filler of *role* must have: the type's own (`dip:themeClass`), else the role's range.

        Relations take it from domain and range.
        """
        described = self.types.get(type_name)
        if described and described.kind == "relation" and role == "subject":
            return described.domain
        if described and described.kind == "relation" and role == "object":
            return described.range
        return self.value(DIP + type_name, f"{DIP}{role}Class") or self.value(DIP + role, RDFS + "range") or ""

    def takes_recipient(self, type_name: str) -> bool:
        """Whether the type is done to somebody: whether any of its examples, or of its category's, marks a recipient."""
        return type_name in self._aimed

    @cached_property
    def _aimed(self) -> frozenset[str]:
        return frozenset(example.type for example in self.examples if "]recipient" in example.text)

    def happens_somewhere(self, type_name: str) -> bool:
        """Whether an example of the type, or of its category, marks a place."""
        return type_name in self._placed

    @cached_property
    def _placed(self) -> frozenset[str]:
        return frozenset(example.type for example in self.examples if "]place" in example.text)

    def values_of(self, type_name: str, name: str) -> tuple[str, ...]:
        """What diplomacy.ttl says of a type under lex:*name*: `aimedBy`, the prepositions that alone lead to its recipient;
        `through`, what beside them is passed on the way there;
        `unsaid`, the end of a relation that may go unsaid; `needed`, the role of the object that its examples need;
        `introduces`, that a title beside a name tells it for the article; `abroad`, the role of another's; `departure`,
        the verbs with which a person who goes away from a place does no such thing."""
        return tuple(self.values(DIP + type_name, LEX + name))

    @cached_property
    def cameo_roots(self) -> tuple[tuple[str, str], ...]:
        """Each PLOVER category with a beginning of the CAMEO codes that it gathers; a category may have several."""
        categories = dict.fromkeys(t.category for t in self.types.values() if t.kind == "event")
        return tuple((c, root) for c in categories for root in self.values(DIP + c, DIP + "cameoRoot"))

    @cached_property
    def obliging(self) -> str | None:
        """The event class of what a speaker says that another has to do (`lex:obliges true`)."""
        return next((name for name in self.types if self.value(DIP + name, LEX + "obliges") == "true"), None)

    def borne_where_it_happens(self, type_name: str) -> bool:
        """Whether who lives where an event of the type happens is its recipient (`dip:borneBy dip:place`)."""
        described = self.types[type_name]
        return any(self.value(DIP + name, DIP + "borneBy") for name in (type_name, described.category))

    def cancels(self, type_name: str) -> frozenset[str]:
        """The types whose planned events an event of the type calls off (`dip:cancels`)."""
        return frozenset(self.values(DIP + type_name, DIP + "cancels"))

    def target_classes(self, type_name: str) -> tuple[str, ...]:
        """The classes of things that may stand where the type's examples have a recipient (`dip:targetClass`)."""
        return self._targets[type_name]

    @cached_property
    def _targets(self) -> dict[str, tuple[str, ...]]:
        return {name: tuple(self.values(DIP + name, DIP + "targetClass")) for name in self.types}

    @cached_property
    def examples(self) -> tuple[Example, ...]:
        """All teaching sentences, in a fixed order."""
        found = []
        for iri in sorted(self._by_subject):
            for predicate, counter in ((LEX + "example", False), (LEX + "counterexample", True)):
                for text in self.values(iri, predicate):
                    file = next((f for f in FILES if text in self._sources.get(f, "")), FILES[0])
                    found.append(Example(local(iri), text, counter, file, self.line_of(file, text)))
        return tuple(found)

    def folded(self, category: str, polarity: str, modality: str) -> str:
        """The PLOVER code of a claim: its category folded with polarity and modality (table in diplomacy.ttl)."""
        for by_modality, by_polarity, before, after in self._foldings:
            if before == category and by_modality in {None, modality} and by_polarity in {None, polarity}:
                return after
        return category

    @cached_property
    def _foldings(self) -> list[tuple[str | None, str | None, str, str]]:
        rows = []
        for iri in self._typed(DIP + "Folding"):
            before = self.value(iri, DIP + "whenCategory")
            after = self.value(iri, DIP + "becomes")
            if before and after:
                rows.append((self.value(iri, DIP + "whenModality"), self.value(iri, DIP + "whenPolarity"), before, after))
        return sorted(rows, key=lambda row: (row[0] is None) + (row[1] is None))  # what says most goes first

    # -- actors --------------------------------------------------------------------------------

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """All known things, by id."""
        return {local(iri): self._actor(iri) for iri in sorted(self._by_subject) if self._is_actor(iri)}

    def _is_actor(self, iri: str) -> bool:
        facts = self._by_subject[iri]
        return (
            iri.startswith(ID)
            and bool(facts.get(RDFS + "label"))
            and any(facts.get(DIP + given) for given in ("name", "acronym", "localName"))
        )

    def _actor(self, iri: str) -> Actor:
        classes = [c for c in self.values(iri, RDF + "type") if c in self.ancestors]
        label = self.value(iri, RDFS + "label") or local(iri)
        return Actor(
            id=local(iri),
            cls=max(classes, key=lambda c: (len(self.ancestors[c]), c), default="Thing"),
            label=label,
            names=tuple(sorted({label, *self.values(iri, DIP + "name")})),
            exact=tuple(self.values(iri, DIP + "acronym") + self.values(iri, DIP + "exactName")),
            demonyms=tuple(self.values(iri, DIP + "demonym")),
            metonyms=tuple(self.values(iri, DIP + "metonym")),
            local_names=tuple(self.values(iri, DIP + "localName")),
            postal_names=tuple(self.values(iri, DIP + "postalName")),
            capital_of=self.value(iri, DIP + "capitalOf") or self.value(iri, DIP + "seatOf"),
            of=self.value(iri, DIP + "of") or self.value(iri, DIP + "metonymOf") or self.value(iri, DIP + "citizenOf"),
            wikidata=next((w for w in self.values(iri, OWL + "sameAs") if re.fullmatch(r"Q\d+", w)), None),
            iso2=self.value(iri, DIP + "iso2"),
            iso3=self.value(iri, DIP + "iso3"),
            ambiguous=self.value(iri, DIP + "ambiguous") == "true",
            gender=self.value(iri, FOAF + "gender") or "",
        )

    @cached_property
    def state_words(self) -> frozenset[str]:
        """Names and demonyms of states that are one word: what may stand before "Foreign Ministry"."""
        states = [a for a in self.actors.values() if a.cls == "State"]
        return frozenset(w for a in states for w in (*a.names, *a.exact, *a.demonyms) if " " not in w)

    @cached_property
    def towns(self) -> frozenset[str]:
        """Names of cities that are no capitals."""
        return frozenset(n for a in self.actors.values() if a.cls == "City" and not a.capital_of for n in a.names)

    @cached_property
    def bodies(self) -> dict[str, str]:
        """Names of known ministries, parliaments and the like -> their id."""
        return {name: a.id for a in self.actors.values() if a.cls == "GovernmentBody" for name in a.names}

    @cached_property
    def offices(self) -> dict[str, str]:
        """Lower-case names of offices -> office id ("foreign minister" -> "office/foreign_minister")."""
        found = {}
        for actor in self.actors.values():
            if actor.cls == "Office":
                for name in (*actor.names, *actor.exact):
                    found[name.lower()] = actor.id
        return found

    @cached_property
    def tenures(self) -> tuple[Tenure, ...]:
        """All known tenures."""
        found = []
        for iri in self._typed(DIP + "Tenure"):
            holder, office, of = (self.value(iri, DIP + p) for p in ("holder", "office", "of"))
            if holder and office and of:
                found.append(Tenure(holder, office, of, self.value(iri, DIP + "begin"), self.value(iri, DIP + "end")))
        return tuple(found)

    def broader_office(self, office: str) -> str | None:
        """The office of the same rank elsewhere ("secretary of state" -> "foreign minister")."""
        return self.value(ID + office, SKOS + "broader")

    def offices_of(self, holder: str, day: str) -> list[Tenure]:
        """What *holder* is on *day*, by actors.ttl."""
        return [t for t in self._tenures_by_holder.get(holder, ()) if t.covers(day)]

    def held_by(self, holder: str) -> list[Tenure]:
        """All that *holder* has ever been, by actors.ttl."""
        return list(self._tenures_by_holder.get(holder, ()))

    @cached_property
    def _tenures_by_holder(self) -> dict[str, list[Tenure]]:
        found: dict[str, list[Tenure]] = defaultdict(list)
        for tenure in self.tenures:
            found[tenure.holder].append(tenure)
        return found

    def holder_of(self, office: str, of: str, day: str) -> str | None:
        """Who has *office* of *of* on *day*; None when no one, or more than one, is known."""
        same = {office, self.broader_office(office)} - {None}
        holders = {
            t.holder
            for t in self.tenures
            if t.of == of and t.covers(day) and ({t.office, self.broader_office(t.office)} & same)
        }
        return next(iter(holders)) if len(holders) == 1 else None

    def party_of(self, person: str) -> str | None:
        """The political party of *person*, by actors.ttl."""
        return self.value(ID + person, DIP + "party")

    def members(self, organisation: str) -> frozenset[str]:
        """The known members of *organisation*."""
        return frozenset(self.values(ID + organisation, DIP + "member"))

    def declared(self, decision: str) -> list[tuple[str, str]]:
        """The pairs that same.ttl declares to be the *same* thing, or *different* ones, sorted."""
        pairs = set()
        for iri in self._typed(DIP + "Decision"):
            members = self.values(iri, DIP + decision)
            pairs |= {(a, b) for a in members for b in members if a < b}
        predicate = {"same": OWL + "sameAs", "different": OWL + "differentFrom"}[decision]
        for subject in self._by_subject:
            if subject.startswith(ID):
                pairs |= {
                    (local(subject), other) for other in self.values(subject, predicate) if not re.fullmatch(r"Q\d+", other)
                }
        return sorted(pairs)

    def why_declared(self, a: str, b: str) -> str:
        """The reasons that same.ttl gives for what it declares of the two things; empty if it gives none."""
        return "; ".join(self._why_declared.get((min(a, b), max(a, b)), ()))

    @cached_property
    def _why_declared(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for iri in self._typed(DIP + "Decision"):
            for members in (self.values(iri, DIP + decision) for decision in ("same", "different")):
                for a, b in combinations(sorted(members), 2):
                    found[a, b] += self.values(iri, DIP + "why")
        return dict(found)

    # -- language ------------------------------------------------------------------------------

    def words(self, subject: str, predicate: str) -> frozenset[str]:
        """The words that language.ttl lists under lex:*subject* lex:*predicate*."""
        key = subject, predicate
        if key not in self._words:
            self._words[key] = frozenset(self.values(LEX + subject, LEX + predicate))
        return self._words[key]

    def listed(self, cls: str, key: str, value: str) -> list[tuple[str, str]]:
        """Each word (lex:*key*) of the individuals of lex:*cls*, with their lex:*value*."""
        rows = ((iri, self.value(iri, LEX + value)) for iri in self._typed(LEX + cls))
        return [(word, found) for iri, found in rows if found for word in self.values(iri, LEX + key)]

    @cached_property
    def families(self) -> tuple[Family, ...]:
        """The word families of families.ttl, in a fixed order."""
        found = [
            Family(*(frozenset(self.values(iri, LEX + name)) for name in ("verb", "noun", "of")))
            for iri in self._typed(LEX + "Family")
        ]
        return tuple(sorted(found, key=lambda f: (sorted(f.types), sorted(f.verbs), sorted(f.nouns))))

    @cached_property
    def cues(self) -> dict[str, dict[str, str]]:
        """Stance cues: word kind ("verb", "noun", ...) -> lemma -> the cue set's name in language.ttl."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for iri in self._typed(LEX + "Cue"):
            for kind in CUE_KINDS:
                for word in self.values(iri, LEX + kind):
                    found[kind][word] = local(iri)
        return dict(found)

    @cached_property
    def cue_effects(self) -> dict[str, dict[str, str]]:
        """Cue set -> what it sets: polarity, modality, certainty (local names)."""
        return {
            local(iri): {
                key: value
                for key in ("polarity", "modality", "certainty", "whenReported", "whenNegated")
                if (value := self.value(iri, LEX + key))
            }
            for iri in self._typed(LEX + "Cue")
        }

    @cached_property
    def noun_classes(self) -> dict[str, str]:
        """Common nouns -> the class of what they describe ("ministry" -> "GovernmentBody")."""
        return {
            word: local(iri)
            for iri in sorted(self._by_subject)
            if iri.startswith(DIP)
            for word in self.values(iri, LEX + "noun")
        }

    @cached_property
    def entity_labels(self) -> dict[str, str]:
        """The model's entity labels -> our classes ("PERSON" -> "Person")."""
        return {
            label: local(iri)
            for iri in sorted(self._by_subject)
            if iri.startswith(DIP)
            for label in self.values(iri, LEX + "entityLabel")
        }


def load(folder: Path | None = None) -> Ontology:
    """The ontology of *folder* (by default our own).

    Raises OntologyError where a file is missing, is not Turtle, or says something unusable.
    """
    folder = folder or default_folder()
    sources: dict[str, str] = {}
    triples: list[Triple] = []
    for name in FILES:
        path = folder / name
        if not path.is_file() and name == "same.ttl":
            continue  # no merge decisions yet
        if not path.is_file():
            raise OntologyError(f"{path}: no such file. An ontology folder holds {', '.join(FILES)}.")
        sources[name] = path.read_text(encoding="utf-8")
        try:
            triples += [quad.triple for quad in parse(sources[name].encode(), format=RdfFormat.TURTLE)]
        except SyntaxError as error:
            raise OntologyError(f"{path}:{error.lineno or 1}: not valid Turtle: {error.msg}") from error
    ontology = Ontology(folder, triples, sources)
    _refuse_unusable(ontology)
    return ontology


def _refuse_unusable(ontology: Ontology) -> None:
    known = {**ontology.types}
    for example in ontology.examples:
        if example.type not in known:
            raise OntologyError(
                f"{ontology.folder / example.file}:{example.line}: {example.type} has an example but is no event class "
                f"and no relation. Say what it is: `rdfs:subClassOf dip:CONSULT` (or another category), or `a dip:Relation`."
            )
    for described in ontology.types.values():
        if described.kind == "relation" and not described.range:
            raise OntologyError(
                f"{ontology.folder / FILES[0]}:{ontology.line_of(FILES[0], 'dip:' + described.name)}: dip:{described.name} "
                f"has no rdfs:range. Say what it points to, e.g. rdfs:range dip:Actor."
            )
