"""What the graph says, as plain records: its vocabulary, entities, events and articles, and each claim as evidence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kgbuild.graph.triples import PREFIXES
from kgbuild.model import SURE

if TYPE_CHECKING:
    from kgbuild.graph.store import Graph

KINDS = {
    "State": "state",
    "Person": "person",
    "Organization": "organisation",
    "IntergovernmentalOrganization": "organisation",
    "GovernmentBody": "organisation",
    "MediaOutlet": "organisation",
    "Company": "organisation",
    "Bloc": "organisation",
    "ArmedGroup": "organisation",
    "Group": "organisation",
    "Place": "place",
    "City": "place",
    "Region": "place",
    "Facility": "place",
}
"""How an actor is drawn, by the nearest class above it; all else is "other"."""

STANCES = {
    "Actual": "actual",
    "Planned": "planned",
    "Requested": "planned",
    "Obligatory": "planned",
    "Possible": "possible",
    "Conditional": "possible",
}
"""How a line is drawn, by the modality of its claims; a modality unknown here is only possible."""

MARK_ORDER = ("speaker", "theme", "of", "participant", "object", "recipient", "subject", "holder", "actor")
"""Of two roles that one mention has, the later is marked."""

# The questions. Graphs are written out: a slash may not stand in a prefixed name.
ONTOLOGY, THINGS, HAPPENED = (f"<{PREFIXES['id']}graph/{name}>" for name in ("ontology", "things", "events"))

LABELS = f"""SELECT ?name ?label ?language WHERE {{
    GRAPH {ONTOLOGY} {{ ?name rdfs:label ?label }} BIND(LANG(?label) AS ?language) }}"""
PARENTS = f"""SELECT ?name ?parent WHERE {{
    GRAPH {ONTOLOGY} {{ ?name rdfs:subClassOf|rdfs:subPropertyOf ?parent }} FILTER(ISIRI(?parent)) }}"""
QUADS = f"SELECT ?name ?quad WHERE {{ GRAPH {ONTOLOGY} {{ ?name dip:quad ?quad }} }}"
EDGES = f"SELECT ?name ?edge WHERE {{ GRAPH {ONTOLOGY} {{ ?name dip:edge ?edge }} }}"
SYMMETRIC = f"SELECT ?name WHERE {{ GRAPH {ONTOLOGY} {{ ?name a owl:SymmetricProperty }} }}"
SIGNED = f"SELECT ?name WHERE {{ GRAPH {ONTOLOGY} {{ ?name dip:themeClass dip:Agreement }} }}"
THEME_LABELS = f"SELECT ?name ?label WHERE {{ GRAPH {ONTOLOGY} {{ ?name dip:themeLabel ?label }} }}"
LEFT = f"SELECT ?name WHERE {{ GRAPH {ONTOLOGY} {{ ?name dip:edgeTheme true }} }}"

NAMES = f"""SELECT ?entity ?class ?label ?language WHERE {{
    GRAPH {THINGS} {{ ?entity rdfs:label ?label ; a ?class }} BIND(LANG(?label) AS ?language) }}"""
ALIASES = f"SELECT ?entity ?name WHERE {{ GRAPH {THINGS} {{ ?entity skos:altLabel ?name }} }}"
CODES = f"SELECT ?entity ?code WHERE {{ GRAPH {THINGS} {{ ?entity a dip:State ; dip:iso2 ?code }} }}"
SAME = f"SELECT ?entity ?same WHERE {{ GRAPH {THINGS} {{ ?entity owl:sameAs ?same }} }}"

EVENTS = f"""SELECT ?event ?type ?label ?quad ?status ?when ?begin ?end ?score WHERE {{ GRAPH {HAPPENED} {{
    ?event a dip:Event, ?type FILTER(?type != dip:Event)
    OPTIONAL {{ ?event rdfs:label ?label }} OPTIONAL {{ ?event dip:quad ?quad }}
    OPTIONAL {{ ?event dip:status ?status }} OPTIONAL {{ ?event dip:when ?when }}
    OPTIONAL {{ ?event dip:begin ?begin }} OPTIONAL {{ ?event dip:end ?end }}
    OPTIONAL {{ ?event dip:score ?score }} }} }}"""
ROLES = f"""SELECT ?event ?role ?entity WHERE {{
    VALUES ?role {{ dip:actor dip:recipient dip:participant dip:theme dip:otherSide dip:party }}
    GRAPH {HAPPENED} {{ ?event a dip:Event ; ?role ?entity }} }}"""
ACTS_FOR = f"SELECT ?entity ?party WHERE {{ GRAPH {HAPPENED} {{ ?entity dip:actsFor ?party }} }}"
KIND = "SELECT ?claim ?kind WHERE { ?claim a dip:Claim ; dip:claims ?kind }"
ABOUT = f"SELECT ?claim ?event WHERE {{ GRAPH {HAPPENED} {{ ?claim dip:about ?event }} }}"

ARTICLES = """SELECT ?article ?title ?publisher ?issued ?url ?file ?original ?agency WHERE { ?article a dip:Article
    OPTIONAL { ?article dct:title ?title } OPTIONAL { ?article dct:publisher ?publisher }
    OPTIONAL { ?article dct:issued ?issued } OPTIONAL { ?article schema:url ?url }
    OPTIONAL { ?article dct:source ?file }
    OPTIONAL { ?article dip:reprintOf ?original OPTIONAL { ?original dct:publisher ?agency } } }"""
SENTENCES = """SELECT ?article ?index ?text WHERE {
    ?sentence a dip:Sentence ; dip:index ?index ; oa:exact ?text ; dct:isPartOf ?article }"""
CLAIMS = """SELECT
    ?claim ?article ?text ?index ?from ?trigger ?start ?stop ?polarity ?modality ?certainty ?cue ?quoted
    ?when ?begin ?end ?issued ?confidence
WHERE {
    ?claim a dip:Claim ; dip:claims ?kind ; dip:inSentence ?sentence .
    ?sentence oa:exact ?text ; dip:index ?index ; dct:isPartOf ?article
    OPTIONAL { ?article dct:issued ?issued } OPTIONAL { ?sentence oa:start ?from } OPTIONAL { ?claim dip:trigger ?trigger }
    OPTIONAL { ?claim oa:start ?start } OPTIONAL { ?claim oa:end ?stop }
    OPTIONAL { ?claim dip:polarity ?polarity }
    OPTIONAL { ?claim dip:modality ?modality } OPTIONAL { ?claim dip:certainty ?certainty }
    OPTIONAL { ?claim dip:cue ?cue } OPTIONAL { ?claim dip:quoted ?quoted }
    OPTIONAL { ?claim dip:when ?when } OPTIONAL { ?claim dip:begin ?begin } OPTIONAL { ?claim dip:end ?end }
    OPTIONAL { ?claim dip:confidence ?confidence } }"""
FILLERS = """SELECT ?claim ?role ?start ?end ?entity ?state ?words WHERE {
    VALUES ?role { dip:actor dip:recipient dip:participant dip:theme dip:speaker
                   dip:subject dip:object dip:holder dip:of }
    ?claim a dip:Claim ; ?role ?mention
    OPTIONAL { ?mention dip:denotes ?entity } OPTIONAL { ?mention dip:represents ?state }
    OPTIONAL { ?mention oa:exact ?words } OPTIONAL { ?mention oa:start ?start ; oa:end ?end } }"""
AMOUNTS = """SELECT ?claim ?start ?words ?change WHERE {
    ?claim a dip:Claim ; dip:amount ?quantity . ?quantity dip:text ?words ; oa:start ?start
    OPTIONAL { ?quantity dip:change ?change } }"""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim as it is shown to a reader: its sentence, who says so, and how firmly."""

    id: str
    article: str
    at: int
    """Where the trigger stands in the article, counted in characters."""
    sentence: str
    index: int
    """The number of the sentence within its article."""
    mark: tuple[int, int] | None
    """Where the trigger stands in the sentence, counted in characters."""
    marks: tuple[tuple[int, int, str], ...]
    """The words that the claim is read from: from, to (in characters of the sentence), and their role as the ontology has
    it, or "trigger". In order, and none overlaps another."""
    speaker: str | None
    cue: str | None
    quoted: bool
    polarity: str
    modality: str
    certainty: str
    unsure: bool
    """Whether it may have been misread, and so is drawn as no fact."""
    stance: str
    status: str | None
    """What all claims of the event together say of it; None for a relation that is no event."""
    event: str | None
    when: str | None
    begin: str | None
    end: str | None
    """The first and the last day that *when* may mean, the same for a day; no last day where it goes on."""
    reported: str | None
    """The day of its article: what has no time is ordered and chosen by it, and what goes on is known to until then."""
    amount: str | None
    """The sums and numbers, in the words of the article, with how they have changed."""

    @property
    def days(self) -> tuple[str | None, str | None]:
        """The first and last day by which it is ordered and chosen; None where nothing says when it may be."""
        first = self.begin or self.end or self.reported
        last = self.end or self.reported or self.begin
        return first, max(first, last) if first and last else None


@dataclass(frozen=True, slots=True)
class Source:
    """An article that claims stand in."""

    id: str
    title: str
    publisher: str | None
    issued: str | None
    url: str | None
    file: str | None
    original: str | None = None
    """The article of which it is a reprint."""
    agency: str | None = None
    """The publisher of that."""


# ---- what the ontology says ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What drawing needs of the ontology graph. Where a graph has none, names of classes stand for labels: "imposeSanctions"
    becomes "impose sanctions".
    """

    labels: dict[str, str]
    parents: dict[str, list[str]]
    quads: dict[str, str]
    edges: dict[str, str]
    symmetric: frozenset[str]
    signed: frozenset[str]
    """Event types whose theme is an agreement."""
    left: frozenset[str] = frozenset()
    """Event types whose theme ends their edge (`dip:edgeTheme`): a treaty that somebody withdraws from."""
    theme_labels: Mapping[str, str] = field(default_factory=dict)
    """What a type is called where its line ends at its theme (`dip:themeLabel`): signs, not signs an agreement with."""

    def words(self, name: str) -> str:
        """The label of a class or relation, else its name taken apart: "spokesperson for"."""
        return self.labels.get(name) or re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower()

    def words_to_theme(self, name: str) -> str:
        """The label of an event type whose line ends at its theme."""
        return self.theme_labels.get(name) or self.words(name)

    def lineage(self, name: str) -> list[str]:
        """*name* and the classes above it, the nearest first."""
        found = [name]
        for each in found:
            found += [parent for parent in self.parents.get(each, ()) if parent not in found]
        return found

    def names(self, name: str) -> set[str]:
        """What a query may call a claim of the class or relation *name*: that and the wider ones, their direct edges, and
        the labels of all these.
        """
        above = self.lineage(name)
        return {*above, *(self.edges[each] for each in above if each in self.edges), *map(self.words, above)}

    def quad(self, name: str) -> str | None:
        """The quad class of an event type or relation, its own or the nearest above it."""
        return next((self.quads[each] for each in self.lineage(name) if each in self.quads), None)

    def kind(self, name: str) -> str:
        """How a thing of class *name* is drawn."""
        return next((KINDS[each] for each in self.lineage(name) if each in KINDS), "other")


def read_vocabulary(graph: Graph) -> Vocabulary:
    """The labels, hierarchy, quads, symmetric relations and types of signing of the ontology graph."""
    labels: dict[str, str] = {}
    parents: dict[str, list[str]] = defaultdict(list)
    for row in records(graph, LABELS):
        if row["language"] in {"", "en"}:
            labels.setdefault(local(row["name"]), row["label"])
    for row in records(graph, PARENTS):
        parents[local(row["name"])].append(local(row["parent"]))
    quads = {local(row["name"]): local(row["quad"]) for row in records(graph, QUADS)}
    edges = {local(row["name"]): local(row["edge"]) for row in records(graph, EDGES)}
    symmetric = frozenset(local(row["name"]) for row in records(graph, SYMMETRIC))
    signed = frozenset(local(row["name"]) for row in records(graph, SIGNED))
    left = frozenset(local(row["name"]) for row in records(graph, LEFT))
    theme_labels = {local(row["name"]): row["label"] for row in records(graph, THEME_LABELS)}
    return Vocabulary(labels, dict(parents), quads, edges, symmetric, signed, left, theme_labels)


# ---- what the graph says ---------------------------------------------------------------------------


@dataclass(slots=True)
class EntityProperties:
    """What the graph says of a thing, gathered row by row."""

    label: str
    classes: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    wikidata: str | None = None
    iso2: str | None = None


@dataclass(slots=True)
class EventProperties:
    """What the graph says of an event, gathered row by row."""

    label: str
    type: str
    quad: str
    status: str | None
    when: str | None
    begin: str | None
    end: str | None
    score: float | None
    roles: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    other_side: set[str] = field(default_factory=set)
    """Those whom the others face (`dip:otherSide`); empty where all stand on one side."""
    parties: set[str] = field(default_factory=set)
    """The states and organisations that take part, or for which others do (`dip:party`)."""


@dataclass(frozen=True, slots=True)
class Filler:
    """A mention in a role of a claim."""

    role: str
    words: str
    start: int
    end: int
    """Where it stands in the article; -1 where that is not known."""
    entity: str | None
    state: str | None
    """Whom it acts for."""


def read_entities(graph: Graph) -> dict[str, EntityProperties]:
    """Every thing that has a name, by its id."""
    entities: dict[str, EntityProperties] = {}
    rows = list(records(graph, NAMES))
    for row in sorted(rows, key=lambda row: (row["language"] != "en", row["label"])):
        entity = entities.setdefault(local(row["entity"]), EntityProperties(row["label"]))
        entity.classes.add(local(row["class"]))
        entity.names.add(row["label"])
    for row in records(graph, ALIASES):
        if local(row["entity"]) in entities:
            entities[local(row["entity"])].names.add(row["name"])
    for row in records(graph, CODES):
        code = row["code"].lower()
        if local(row["entity"]) in entities and re.fullmatch("[a-z]{2}", code):
            entities[local(row["entity"])].iso2 = code
    for row in records(graph, SAME):
        number = row["same"].removeprefix(PREFIXES["wd"])
        thing = entities.get(local(row["entity"]))
        if thing and not thing.wikidata and re.fullmatch(r"Q[0-9]+", number):
            thing.wikidata = number
    return entities


def read_events(graph: Graph, vocabulary: Vocabulary) -> dict[str, EventProperties]:
    """Every event, by its id, with the entities in its roles."""
    events: dict[str, EventProperties] = {}
    for row in records(graph, EVENTS):
        kind = local(row["type"])
        events.setdefault(
            local(row["event"]),
            EventProperties(
                label=row.get("label", ""),
                type=kind,
                status=local(row["status"]) if "status" in row else None,
                quad=local(row["quad"]) if "quad" in row else vocabulary.quad(kind) or "Relation",
                when=row.get("when"),
                begin=row.get("begin"),
                end=row.get("end"),
                score=float(row["score"]) if "score" in row else None,
            ),
        )
    for row in records(graph, ROLES):
        if event := events.get(local(row["event"])):
            role, beside = local(row["role"]), {"otherSide": event.other_side, "party": event.parties}
            (beside[role] if role in beside else event.roles[role]).add(local(row["entity"]))
    return events


def read_acts_for(graph: Graph) -> dict[str, set[str]]:
    """For whom everybody acts in some event; in one event, those of them that are its parties."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in records(graph, ACTS_FOR):
        found[local(row["entity"])].add(local(row["party"]))
    return dict(found)


def read_kinds(graph: Graph) -> dict[str, str]:
    """The event type or relation of each claim, "Statement" for who says something."""
    return {local(row["claim"]): local(row["kind"]) for row in records(graph, KIND)}


def read_about(graph: Graph) -> dict[str, str]:
    """The event of each claim that tells of one."""
    return {local(row["claim"]): local(row["event"]) for row in records(graph, ABOUT)}


def read_sources(graph: Graph) -> dict[str, Source]:
    """Every article, by its id."""
    sources: dict[str, Source] = {}
    for row in records(graph, ARTICLES):
        sources.setdefault(
            local(row["article"]),
            Source(
                id=local(row["article"]),
                title=row.get("title") or row.get("file") or local(row["article"]),
                publisher=row.get("publisher"),
                issued=row.get("issued"),
                url=row.get("url"),
                file=row.get("file"),
                original=local(row["original"]) if "original" in row else None,
                agency=row.get("agency"),
            ),
        )
    return sources


def read_fillers(graph: Graph) -> dict[str, list[Filler]]:
    """The mentions in the roles of each claim, by the id of the claim."""
    fillers: dict[str, list[Filler]] = defaultdict(list)
    for row in records(graph, FILLERS):
        fillers[local(row["claim"])].append(
            Filler(
                role=local(row["role"]),
                words=row.get("words", "someone"),
                start=int(row.get("start", -1)),
                end=int(row.get("end", -1)),
                entity=local(row["entity"]) if "entity" in row else None,
                state=local(row["state"]) if "state" in row else None,
            )
        )
    return fillers


def read_sentences(graph: Graph, wanted: Set[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The *wanted* sentences, by article and number; an article has none before its first or behind its last."""
    rows = ((local(row["article"]), int(row["index"]), row["text"]) for row in records(graph, SENTENCES))
    return {(article, index): text for article, index, text in rows if (article, index) in wanted}


def read_evidence(
    graph: Graph, events: dict[str, EventProperties], fillers: dict[str, list[Filler]], labels: dict[str, str]
) -> dict[str, Evidence]:
    """Every claim, by its id, with the words that it is read from."""
    about = read_about(graph)
    amounts: dict[str, list[str]] = defaultdict(list)
    for row in sorted(records(graph, AMOUNTS), key=lambda row: int(row["start"])):
        change = f" ({float(row['change']):+g} %)" if "change" in row else ""
        amounts[local(row["claim"])].append(row["words"] + change)
    evidence: dict[str, Evidence] = {}
    for row in records(graph, CLAIMS):
        claim = local(row["claim"])
        event = events.get(about.get(claim, ""))
        polarity, modality = local(row.get("polarity", "")), local(row.get("modality", ""))
        certainty, unsure = local(row.get("certainty", "")), float(row.get("confidence", 1)) < SURE
        first, start, words = int(row.get("from", 0)), int(row.get("start", -1)), row.get("trigger", "")
        trigger = find_trigger(row["text"], words, start - first, int(row.get("stop", start + len(words))) - first)
        when, begin, end = (row.get(name) for name in ("when", "begin", "end"))
        if when is None and event:
            when, begin, end = event.when, event.begin, event.end
        spans = [(each.start - first, each.end - first, each.role) for each in fillers.get(claim, ())]
        speakers = {labels.get(each.entity or "") or each.words for each in fillers.get(claim, ()) if each.role == "speaker"}
        evidence.setdefault(
            claim,
            Evidence(
                id=claim,
                article=local(row["article"]),
                at=start,
                sentence=row["text"],
                index=int(row["index"]),
                mark=trigger,
                marks=marks(row["text"], trigger, spans),
                speaker=", ".join(sorted(speakers)) or None,
                cue=row.get("cue"),
                quoted=row.get("quoted") in {"true", "1"},
                polarity=polarity,
                modality=modality,
                certainty=certainty,
                unsure=unsure,
                stance=stance(polarity, modality, certainty, event.status if event else None, unsure=unsure),
                status=event.status if event else None,
                event=event.label if event else None,
                when=when,
                begin=begin,
                end=end,
                reported=row["issued"][:10] if "issued" in row else None,
                amount="; ".join(amounts[claim]) or None,
            ),
        )
    return evidence


def stance(polarity: str, modality: str, certainty: str, status: str | None, *, unsure: bool = False) -> str:
    """How a claim is drawn: actual, planned, possible or denied. Only what is surely read and affirmed as a fact is actual.

    The plan of a meeting that was cancelled is drawn as denied: it will not happen either. A fact that is only possibly true
    ("is said to have met") is possible, and so is one that may have been misread.
    """
    if polarity == "Negated" or (status == "Cancelled" and modality != "Actual"):
        return "denied"
    if polarity != "Affirmed" or (modality == "Actual" and (certainty == "PossiblyTrue" or unsure)):
        return "possible"
    return STANCES.get(modality, "possible")


def find_trigger(sentence: str, trigger: str, start: int, end: int) -> tuple[int, int] | None:
    """Where *trigger* stands in *sentence*: from *start* to *end*, or else wherever it is first found.

    What is marked begins as the trigger does; a trigger of several words may be marked with those between.
    """
    first = trigger[:1].lower()
    if first and 0 <= start < end <= len(sentence) and sentence[start].lower() == first:
        return start, end
    start = sentence.find(trigger)
    return (start, start + len(trigger)) if trigger and start >= 0 else None


def marks(
    sentence: str, trigger: tuple[int, int] | None, spans: Iterable[tuple[int, int, str]]
) -> tuple[tuple[int, int, str], ...]:
    """The spans of *sentence* in order, cut where they overlap: words of the trigger count for it alone, and words of a
    longer and a shorter span for the shorter one.
    """
    painted = [""] * len(sentence)
    whole = [span for span in set(spans) if 0 <= span[0] < span[1] <= len(sentence)]
    for start, end, role in sorted(whole, key=lambda span: (span[0] - span[1], MARK_ORDER.index(span[2]), span)):
        painted[start:end] = [role] * (end - start)
    if trigger:
        painted[slice(*trigger)] = ["trigger"] * (trigger[1] - trigger[0])
    found, at = [], 0
    for role, letters in groupby(painted):
        end = at + len(list(letters))
        words = sentence[at:end]
        if role and any(map(str.isalnum, words)):
            found.append((end - len(words.lstrip()), at + len(words.rstrip()), role))
        at = end
    return tuple(found)


# ---- asking the store ------------------------------------------------------------------------------


def records(graph: Graph, question: str) -> list[dict[str, str]]:
    """The answers as dicts of plain text, sorted; a variable that is unbound or empty has no key."""
    answer = graph.rows_here(question)
    rows = sorted([term.value if isinstance(term, NamedNode | Literal) else "" for term in row] for row in answer.rows)
    return [{name: value for name, value in zip(answer.columns, row, strict=True) if value} for row in rows]


def local(iri: str) -> str:
    """The name of *iri* within dip: or id:; any other IRI stays whole."""
    return iri.removeprefix(PREFIXES["id"]).removeprefix(PREFIXES["dip"])
