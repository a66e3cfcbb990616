"""Classes, event types, relations and roles, with the sentences that teach them: what diplomacy.ttl says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kgbuild.ontology.facts import DIP, LEX, OWL, RDFS, SKOS, Facts, as_number, local


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with marks that teaches *type*, or (counter) one that must not be taken for it."""

    type: str
    text: str
    counter: bool
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class RoleType:
    """A role that diplomacy.ttl declares (`a dip:Role`): "recipient"."""

    name: str
    of: frozenset[str]
    """Of what it is a role: "event", "relation" or both (`dip:roleOf`)."""
    core: bool
    """Whether its filler is one of the sides, so that a claim without any such filler says little (`dip:coreRole`)."""
    order: int
    """Its place wherever roles are listed (`dip:roleOrder`)."""
    range: str
    """The class of what may fill it."""


@dataclass(frozen=True, slots=True)
class EventType:
    """An event class or a relation, as diplomacy.ttl describes it; each field names the property that says it."""

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
    edge_theme: bool = False
    """`dip:edgeTheme`: whether its theme ends the edge where it is done to nobody: "withdrew from the treaty"."""
    foretells: bool = False
    """Whether those who do it say what they will do: what is planned in the same sentence is what they promise."""
    symmetric: bool = False
    """Of the edge, or of the relation itself."""
    domain: str = ""
    range: str = ""
    definition: str = ""
    cancels: frozenset[str] = frozenset()
    """`dip:cancels`: the types whose planned events an event of this type calls off."""
    of_two: str = ""
    """`dip:ofTwo`: what it is where two alone take part: a summit of two is a meeting."""
    of_several: str = ""
    """`dip:ofSeveral`: what it is where several do it together: who pledge to each other agree."""
    at_distance: str = ""
    """`dip:atDistance`: what it is where they speak by phone or video: talks by telephone are a call."""
    theme_class: str = ""
    """`dip:themeClass`: what its theme must be, where any thing would be too wide: an agreement is signed."""
    target_classes: tuple[str, ...] = ()
    """`dip:targetClass`: the things that may stand where its examples have a recipient: a strike on a camp."""
    known_by_place: bool = False
    """`dip:byPlace`: whether its noun and a place are enough, nobody being named: protests in Lima."""
    borne_by_place: bool = False
    """`dip:borneBy`, also of the category: whether who lives where it happens is its recipient: a curfew in a town."""
    takes_recipient: bool = False
    """Whether it is done to somebody: whether one of its examples marks a recipient."""
    takes_place: bool = False
    """Whether one of its examples marks a place."""
    needs: tuple[str, ...] = ()
    """`lex:needed`: the role that the object has which its examples need beside the verb: the ban of "lifted the ban"."""
    aimed_by: tuple[str, ...] = ()
    """`lex:aimedBy`: the functions that alone lead to its recipient; without, any may: troops are sent "to" somebody."""
    through: tuple[str, ...] = ()
    """`lex:through`: the functions that alone are passed on the way there: sent a team "of" experts to Iran."""
    departure: tuple[str, ...] = ()
    """`lex:departure`: the verbs with which somebody who goes away from a place has not done it: "left Oslo"."""
    unsaid: tuple[str, ...] = ()
    """`lex:unsaid`: the end of a relation that may go unsaid where the sentence has named it before."""
    introduces: bool = False
    """`lex:introduces`: whether a title beside a name tells it, as the article's own word: "President X said"."""
    named_by_target: bool = False
    """`lex:namedByTarget`: whether the noun of a state before its noun says on whom it is: "Iran sanctions"."""
    obliges: bool = False
    """`lex:obliges`: whether it is what a speaker says that another has to do: "said Mali must hold elections"."""
    values: str = ""
    """`lex:values`: whether it is what a speaker does who calls another's deed good ("positive") or bad ("negative")."""


class Types:
    """Classes with what is above them, types, roles and examples, as plain values."""

    def __init__(self, facts: Facts, find: Callable[[str], tuple[str, int]]) -> None:
        """Reads *facts*; *find* tells in which file, at which line, a text stands."""
        self.ancestors = _ancestors(facts)
        """For each class, itself and all its superclasses."""
        self.examples = _examples(facts, find)
        """All teaching sentences, in a fixed order."""
        self.types = _types(facts, self.ancestors, self.examples)
        """Event classes (leaves and categories with examples) and relations, by name."""
        self.roles = _roles(facts)
        """All roles by name, in their order; those of events first."""
        self.event_roles = tuple(role.name for role in self.roles.values() if "event" in role.of)
        """The names of the roles of events."""
        self.core_roles = frozenset(role.name for role in self.roles.values() if role.core)
        """The roles whose fillers are the sides of an event or a relation."""
        self.sides = tuple(name for name in self.event_roles if name in self.core_roles)
        """The core roles of events, in order: actor, recipient, participant."""
        self.categories = tuple(dict.fromkeys(t.category for t in self.types.values() if t.category))
        """The PLOVER categories of all event classes."""
        self.cameo_roots = tuple((c, r) for c in self.categories for r in facts.values(DIP + c, DIP + "cameoRoot"))
        """Each PLOVER category with a beginning of the CAMEO codes that it gathers; a category may have several."""
        self.obliging = next((described.name for described in self.types.values() if described.obliges), None)
        """The event class of what a speaker says that another has to do."""
        self.valuing = {described.values: described.name for described in self.types.values() if described.values}
        """The event class of what a speaker does who calls another's deed "positive" or "negative"."""
        self._foldings = _foldings(facts)

    def is_a(self, cls: str, ancestor: str) -> bool:
        """Whether class *cls* is *ancestor* or below it; every class is a Thing."""
        return ancestor in {"", "Thing", cls} or ancestor in self.ancestors.get(cls, frozenset())

    def role_range(self, type_name: str, role: str) -> str:
        """The class that a filler of *role* must have: the type's own (`dip:themeClass`), else the role's range.

        Relations take it from domain and range.
        """
        described = self.types.get(type_name)
        if described and described.kind == "relation" and role == "subject":
            return described.domain
        if described and described.kind == "relation" and role == "object":
            return described.range
        if described and role == "theme" and described.theme_class:
            return described.theme_class
        return self.roles[role].range if role in self.roles else ""

    def folded(self, category: str, polarity: str, modality: str) -> str:
        """The PLOVER code of a claim: its category folded with polarity and modality (table in diplomacy.ttl).

        A planned sanction is a threat, a refused visit a rejection.
        """
        for by_modality, by_polarity, before, after in self._foldings:
            if before == category and by_modality in {None, modality} and by_polarity in {None, polarity}:
                return after
        return category


def _ancestors(facts: Facts) -> dict[str, frozenset[str]]:
    parents = {local(iri): facts.values(iri, RDFS + "subClassOf") for iri in facts.subjects(DIP)}

    def climb(name: str, seen: frozenset[str]) -> frozenset[str]:
        above = [p for p in parents.get(name, ()) if p not in seen]
        return frozenset({name}).union(*(climb(p, seen | {name}) for p in above))

    return {name: climb(name, frozenset()) for name in sorted(parents)}


def _examples(facts: Facts, find: Callable[[str], tuple[str, int]]) -> tuple[Example, ...]:
    return tuple(
        Example(local(iri), text, counter, *find(text))
        for iri in sorted(facts.said)
        for predicate, counter in ((LEX + "example", False), (LEX + "counterexample", True))
        for text in facts.values(iri, predicate)
    )


def _types(facts: Facts, ancestors: dict[str, frozenset[str]], examples: tuple[Example, ...]) -> dict[str, EventType]:
    relations = frozenset(facts.typed(DIP + "Relation"))
    symmetric = frozenset(facts.typed(OWL + "SymmetricProperty"))
    marked = {role: {e.type for e in examples if f"]{role}" in e.text} for role in ("recipient", "place")}
    found: dict[str, EventType] = {}
    for iri in facts.subjects(DIP):
        name = local(iri)
        if iri not in relations and ("Event" not in ancestors[name] or name == "Event"):
            continue
        lines = [iri, *(DIP + a for a in sorted(ancestors[name]) if a != name)]

        def inherited(predicate: str, lines: list[str] = lines) -> str:
            return next((v for line in lines if (v := facts.value(line, predicate))), "")

        score, category, edge = inherited(DIP + "score"), inherited(DIP + "plover"), facts.value(iri, DIP + "edge") or ""
        found[name] = EventType(
            name=name,
            kind="relation" if iri in relations else "event",
            label=facts.value(iri, RDFS + "label") or name,
            noun=facts.value(iri, SKOS + "prefLabel") or facts.value(iri, RDFS + "label") or name,
            category=category,
            mode=facts.value(iri, DIP + "mode") or "",
            quad=inherited(DIP + "quad"),
            score=as_number(score, iri, DIP + "score"),
            cameo=facts.values(iri, DIP + "cameo"),
            edge=edge,
            edge_theme=facts.flag(iri, DIP + "edgeTheme"),
            foretells=facts.flag(iri, DIP + "foretells"),
            symmetric=(DIP + edge if edge else iri) in symmetric,
            domain=facts.value(iri, RDFS + "domain") or "",
            range=facts.value(iri, RDFS + "range") or "",
            definition=facts.value(iri, SKOS + "definition") or "",
            cancels=frozenset(facts.values(iri, DIP + "cancels")),
            of_two=facts.value(iri, DIP + "ofTwo") or "",
            of_several=facts.value(iri, DIP + "ofSeveral") or "",
            at_distance=facts.value(iri, DIP + "atDistance") or "",
            theme_class=facts.value(iri, DIP + "themeClass") or "",
            target_classes=facts.values(iri, DIP + "targetClass"),
            known_by_place=facts.flag(iri, DIP + "byPlace"),
            borne_by_place=any(facts.value(line, DIP + "borneBy") for line in (iri, DIP + category)),
            takes_recipient=name in marked["recipient"],
            takes_place=name in marked["place"],
            needs=facts.values(iri, LEX + "needed"),
            aimed_by=facts.values(iri, LEX + "aimedBy"),
            through=facts.values(iri, LEX + "through"),
            departure=facts.values(iri, LEX + "departure"),
            unsaid=facts.values(iri, LEX + "unsaid"),
            introduces=facts.flag(iri, LEX + "introduces"),
            named_by_target=facts.flag(iri, LEX + "namedByTarget"),
            obliges=facts.flag(iri, LEX + "obliges"),
            values=facts.value(iri, LEX + "values") or "",
        )
    return found


def _roles(facts: Facts) -> dict[str, RoleType]:
    found = [
        RoleType(
            name=local(iri),
            of=frozenset(kind.lower() for kind in facts.values(iri, DIP + "roleOf")),
            core=facts.flag(iri, DIP + "coreRole"),
            order=int(facts.number(iri, DIP + "roleOrder") or 0),
            range=facts.value(iri, RDFS + "range") or "",
        )
        for iri in facts.typed(DIP + "Role")
    ]
    return {role.name: role for role in sorted(found, key=lambda role: (role.order, role.name))}


def _foldings(facts: Facts) -> tuple[tuple[str | None, str | None, str, str], ...]:
    """Modality and polarity (None: any), the category before and after; what says most goes first."""
    rows = [
        (facts.value(iri, DIP + "whenModality"), facts.value(iri, DIP + "whenPolarity"), before, after)
        for iri in facts.typed(DIP + "Folding")
        if (before := facts.value(iri, DIP + "whenCategory")) and (after := facts.value(iri, DIP + "becomes"))
    ]
    return tuple(sorted(rows, key=lambda row: (row[0] is None) + (row[1] is None)))
