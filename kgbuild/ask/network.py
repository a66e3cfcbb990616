"""The graph as a picture: who stands in what relation to whom, and the claims behind every line."""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations, groupby, product
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kgbuild.graph.triples import PREFIXES

if TYPE_CHECKING:
    from kgbuild.graph.store import Graph

TITLE = "Who does what to whom"

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

MARK_ORDER = ("speaker", "theme", "office", "of", "participant", "object", "recipient", "subject", "holder", "actor")
"""Of two roles that one mention has, the later is marked."""

# The questions. Graphs are written out: a slash may not stand in a prefixed name.
ONTOLOGY, THINGS, HAPPENED = (f"<{PREFIXES['id']}graph/{name}>" for name in ("ontology", "things", "events"))

LABELS = f"""SELECT ?name ?label ?language WHERE {{
    GRAPH {ONTOLOGY} {{ ?name rdfs:label ?label }} BIND(LANG(?label) AS ?language) }}"""
PARENTS = f"""SELECT ?name ?parent WHERE {{
    GRAPH {ONTOLOGY} {{ ?name rdfs:subClassOf|rdfs:subPropertyOf ?parent }} FILTER(ISIRI(?parent)) }}"""
QUADS = f"SELECT ?name ?quad WHERE {{ GRAPH {ONTOLOGY} {{ ?name dip:quad ?quad }} }}"
SYMMETRIC = f"SELECT ?name WHERE {{ GRAPH {ONTOLOGY} {{ ?name a owl:SymmetricProperty }} }}"

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
    VALUES ?role {{ dip:actor dip:recipient dip:participant dip:theme }}
    GRAPH {HAPPENED} {{ ?event a dip:Event ; ?role ?entity }} }}"""
ABOUT = f"SELECT ?claim ?event WHERE {{ GRAPH {HAPPENED} {{ ?claim dip:about ?event }} }}"

ARTICLES = """SELECT ?article ?title ?publisher ?issued ?url ?file WHERE { ?article a dip:Article
    OPTIONAL { ?article dct:title ?title } OPTIONAL { ?article dct:publisher ?publisher }
    OPTIONAL { ?article dct:issued ?issued } OPTIONAL { ?article schema:url ?url }
    OPTIONAL { ?article dct:source ?file } }"""
CLAIMS = """SELECT
    ?claim ?article ?text ?from ?trigger ?start ?stop ?polarity ?modality ?certainty ?cue ?quoted ?when ?begin ?end
WHERE {
    ?claim a dip:Claim ; dip:claims ?kind ; dip:inSentence ?sentence FILTER(?kind != dip:Statement)
    ?sentence oa:exact ?text ; dct:isPartOf ?article
    OPTIONAL { ?sentence oa:start ?from } OPTIONAL { ?claim dip:trigger ?trigger }
    OPTIONAL { ?claim oa:start ?start } OPTIONAL { ?claim oa:end ?stop }
    OPTIONAL { ?claim dip:polarity ?polarity }
    OPTIONAL { ?claim dip:modality ?modality } OPTIONAL { ?claim dip:certainty ?certainty }
    OPTIONAL { ?claim dip:cue ?cue } OPTIONAL { ?claim dip:quoted ?quoted }
    OPTIONAL { ?claim dip:when ?when } OPTIONAL { ?claim dip:begin ?begin } OPTIONAL { ?claim dip:end ?end } }"""
MARKED = """SELECT ?claim ?role ?start ?end WHERE {
    VALUES ?role { dip:actor dip:recipient dip:participant dip:theme dip:speaker
                   dip:subject dip:object dip:holder dip:office dip:of }
    ?claim a dip:Claim ; ?role ?mention . ?mention oa:start ?start ; oa:end ?end }"""
AMOUNTS = """SELECT ?claim ?words ?change WHERE {
    ?claim a dip:Claim ; dip:amount ?quantity . ?quantity dip:text ?words ; oa:start ?start
    OPTIONAL { ?quantity dip:change ?change } } ORDER BY ?claim ?start"""
SPEAKERS = """SELECT ?claim ?words ?entity WHERE { ?claim a dip:Claim ; dip:speaker ?mention
    OPTIONAL { ?mention oa:exact ?words } OPTIONAL { ?mention dip:denotes ?entity } }"""
DENOTED = """SELECT DISTINCT ?claim ?entity ?state WHERE {
    VALUES ?role { dip:actor dip:recipient dip:participant dip:theme }
    ?claim a dip:Claim ; ?role ?mention . ?mention dip:denotes ?entity
    OPTIONAL { ?mention dip:represents ?state } }"""
RELATIONS = """SELECT DISTINCT ?claim ?relation ?from ?to ?office WHERE {
    ?claim a dip:Claim ; dip:claims ?relation
    { ?claim dip:subject/dip:denotes ?from ; dip:object/dip:denotes ?to }
    UNION
    { ?claim dip:holder/dip:denotes ?from ; dip:of/dip:denotes ?to
      OPTIONAL { ?claim dip:office ?named OPTIONAL { ?named oa:exact ?words }
                 OPTIONAL { ?named dip:denotes/rdfs:label ?label }
                 BIND(COALESCE(?label, ?words) AS ?office) } } }"""


def draw(graph: Graph, *, top: int = 120, title: str = TITLE) -> str:
    """The network page: one HTML file that asks for nothing else and is safe with any text.

    It opens with the *top* weightiest actors, and holds them all. The same graph gives the same bytes.
    """
    # pyvis brings IPython along, 0.4 s that no other command should wait for.
    from kgbuild.ask.page import Page

    return Page(read_picture(graph), top=top, title=title).generate_html()


def write_page(graph: Graph, path: Path, *, top: int = 120, title: str = TITLE) -> Path:
    """*path*, holding the page of `draw`; it is written beside and renamed, so it is never half there."""
    html = draw(graph, top=top, title=title)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        beside.write_text(html, encoding="utf-8", newline="\n")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return path


@dataclass(frozen=True, slots=True)
class Actor:
    """An entity that takes part in something: a node."""

    id: str
    label: str
    kind: str
    cls: str
    names: tuple[str, ...]
    wikidata: str | None
    iso2: str | None
    """The two letters of a state, in lower case: "rs"."""
    community: int
    """Actors of one number have more to do with each other than with the rest; 0 has the weightiest actor."""
    degree: int
    """How many lines end here."""
    claims: int
    """How many claims stand behind those lines: what ranks the actor."""


@dataclass(frozen=True, slots=True)
class Line:
    """What is claimed, with one stance, to go on between two actors: all events of one type in one line."""

    id: str
    source: str
    target: str
    directed: bool
    relation: str
    verb: str
    stance: str
    """actual, planned, possible or denied; a claim stands behind one line of a pair only."""
    stance_words: str
    quad: str
    events: int
    """How many events; 0 for a relation that is no event, such as membership."""
    score: float | None
    """How friendly or hostile, from -10 to 10: the mean of its events that have a score."""
    claims: tuple[str, ...]

    @property
    def pair(self) -> str:
        """The same for all lines between two actors, whichever way they go."""
        return " -- ".join(sorted((self.source, self.target)))

    @property
    def label(self) -> str:
        """The line in words: "✕ meets ×2 · denied"."""
        times = f" ×{self.events}" if self.events > 1 else ""
        cross = "✕ " if self.stance == "denied" else ""
        stance = "" if self.stance == "actual" else f" · {self.stance_words}"
        return f"{cross}{self.verb}{times}{stance}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim, as a reader wants to see it: the words, who says so, and how firmly."""

    id: str
    article: str
    at: int
    """Where the trigger stands in the article, counted in characters."""
    sentence: str
    mark: tuple[int, int] | None
    """Where the trigger stands in the sentence, counted in characters."""
    marks: tuple[tuple[int, int, str], ...]
    """What the claim is read from: from, to (in characters of the sentence) and role, "trigger" or as in the
    ontology; in order, none on another."""
    speaker: str | None
    cue: str | None
    quoted: bool
    polarity: str
    modality: str
    certainty: str
    stance: str
    status: str | None
    """What all claims of the event together say of it; None for a relation that is no event."""
    event: str | None
    when: str | None
    begin: str | None
    end: str | None
    """The first and the last day that *when* may mean, the same for a day."""
    amount: str | None
    """The sums and numbers, in the words of the article, with how they have changed."""


@dataclass(frozen=True, slots=True)
class Source:
    """An article that claims stand in."""

    id: str
    title: str
    publisher: str | None
    issued: str | None
    url: str | None
    file: str | None


@dataclass(frozen=True, slots=True)
class Picture:
    """All that could be drawn: actors and lines, the weightiest first."""

    actors: tuple[Actor, ...]
    lines: tuple[Line, ...]
    evidence: dict[str, Evidence]
    sources: dict[str, Source]


def read_picture(graph: Graph) -> Picture:
    """The actors of *graph*, the lines between them, and the evidence for each line."""
    vocabulary = read_vocabulary(graph)
    entities = read_entities(graph)
    events = read_events(graph, vocabulary)
    sources = read_sources(graph)
    evidence = read_evidence(graph, events, {iri: entity.label for iri, entity in entities.items()})
    links = [*event_links(graph, events, vocabulary), *relation_links(graph, vocabulary)]
    lines = bundle((link for link in links if {link.source, link.target} <= entities.keys()), evidence, events)
    cited = {claim for line in lines for claim in line.claims}
    return Picture(
        actors=weigh(entities, lines, vocabulary),
        lines=lines,
        evidence={claim: evidence[claim] for claim in sorted(cited)},
        sources={key: sources[key] for key in sorted({evidence[claim].article for claim in cited})},
    )


# ---- what the ontology says ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the drawing needs of the ontology graph; a graph without one still draws, in plainer words."""

    labels: dict[str, str]
    parents: dict[str, list[str]]
    quads: dict[str, str]
    symmetric: frozenset[str]

    def words(self, name: str) -> str:
        """The label of a class or relation, else its name taken apart: "spokesperson for"."""
        return self.labels.get(name) or re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower()

    def lineage(self, name: str) -> list[str]:
        """*name* and the classes above it, the nearest first."""
        found = [name]
        for each in found:
            found += [parent for parent in self.parents.get(each, ()) if parent not in found]
        return found

    def quad(self, name: str) -> str | None:
        """The quad class of an event type or relation, its own or the nearest above it."""
        return next((self.quads[each] for each in self.lineage(name) if each in self.quads), None)

    def kind(self, name: str) -> str:
        """How a thing of class *name* is drawn."""
        return next((KINDS[each] for each in self.lineage(name) if each in KINDS), "other")


def read_vocabulary(graph: Graph) -> Vocabulary:
    """The labels, hierarchy, quads and symmetric relations of the ontology graph."""
    labels: dict[str, str] = {}
    parents: dict[str, list[str]] = defaultdict(list)
    for row in records(graph, LABELS):
        if row["language"] in {"", "en"}:
            labels.setdefault(local(row["name"]), row["label"])
    for row in records(graph, PARENTS):
        parents[local(row["name"])].append(local(row["parent"]))
    quads = {local(row["name"]): local(row["quad"]) for row in records(graph, QUADS)}
    symmetric = frozenset(local(row["name"]) for row in records(graph, SYMMETRIC))
    return Vocabulary(labels, dict(parents), quads, symmetric)


# ---- what the graph says ---------------------------------------------------------------------------


@dataclass(slots=True)
class Entity:
    """A thing of the graph while its properties are gathered."""

    label: str
    classes: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    wikidata: str | None = None
    iso2: str | None = None


@dataclass(slots=True)
class Event:
    """An event of the graph while its properties are gathered."""

    label: str
    type: str
    quad: str
    status: str | None
    when: str | None
    begin: str | None
    end: str | None
    score: float | None
    roles: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def read_entities(graph: Graph) -> dict[str, Entity]:
    """Every thing that has a name, by its id."""
    entities: dict[str, Entity] = {}
    rows = list(records(graph, NAMES))
    for row in sorted(rows, key=lambda row: (row["language"] != "en", row["label"])):
        entity = entities.setdefault(local(row["entity"]), Entity(row["label"]))
        entity.classes.add(local(row["class"]))
        entity.names.add(row["label"])
    for row in records(graph, ALIASES):
        if local(row["entity"]) in entities:
            entities[local(row["entity"])].names.add(row["name"])
    for row in records(graph, CODES):
        if local(row["entity"]) in entities:
            entities[local(row["entity"])].iso2 = row["code"].lower()
    for row in records(graph, SAME):
        number = row["same"].removeprefix(PREFIXES["wd"])
        thing = entities.get(local(row["entity"]))
        if thing and not thing.wikidata and re.fullmatch(r"Q[0-9]+", number):
            thing.wikidata = number
    return entities


def read_events(graph: Graph, vocabulary: Vocabulary) -> dict[str, Event]:
    """Every event, by its id, with the entities in its roles."""
    events: dict[str, Event] = {}
    for row in records(graph, EVENTS):
        kind = local(row["type"])
        events.setdefault(
            local(row["event"]),
            Event(
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
        if local(row["event"]) in events:
            events[local(row["event"])].roles[local(row["role"])].add(local(row["entity"]))
    return events


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
            ),
        )
    return sources


def read_evidence(graph: Graph, events: dict[str, Event], labels: dict[str, str]) -> dict[str, Evidence]:
    """Every claim that could stand behind a line, by its id; a Statement yields no line."""
    about = {local(row["claim"]): local(row["event"]) for row in records(graph, ABOUT)}
    speakers: dict[str, set[str]] = defaultdict(set)
    for row in records(graph, SPEAKERS):
        name = labels.get(local(row["entity"])) if "entity" in row else None
        speakers[local(row["claim"])].add(name or row.get("words", "someone"))
    amounts: dict[str, list[str]] = defaultdict(list)
    for row in records(graph, AMOUNTS):
        change = f" ({float(row['change']):+g} %)" if "change" in row else ""
        amounts[local(row["claim"])].append(row["words"] + change)
    spans: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for row in records(graph, MARKED):
        spans[local(row["claim"])].append((int(row["start"]), int(row["end"]), local(row["role"])))
    evidence: dict[str, Evidence] = {}
    for row in records(graph, CLAIMS):
        claim = local(row["claim"])
        event = events.get(about.get(claim, ""))
        polarity, modality = local(row.get("polarity", "")), local(row.get("modality", ""))
        certainty = local(row.get("certainty", ""))
        first, start, words = int(row.get("from", 0)), int(row.get("start", -1)), row.get("trigger", "")
        trigger = find_trigger(row["text"], words, start - first, int(row.get("stop", start + len(words))) - first)
        when, begin, end = (row.get(name) for name in ("when", "begin", "end"))
        if when is None and event:
            when, begin, end = event.when, event.begin, event.end
        evidence.setdefault(
            claim,
            Evidence(
                id=claim,
                article=local(row["article"]),
                at=start,
                sentence=row["text"],
                mark=trigger,
                marks=marks(row["text"], trigger, [(a - first, b - first, role) for a, b, role in spans[claim]]),
                speaker=", ".join(sorted(speakers[claim])) or None,
                cue=row.get("cue"),
                quoted=row.get("quoted") in {"true", "1"},
                polarity=polarity,
                modality=modality,
                certainty=certainty,
                stance=stance(polarity, modality, certainty, event.status if event else None),
                status=event.status if event else None,
                event=event.label if event else None,
                when=when,
                begin=begin,
                end=end,
                amount="; ".join(amounts[claim]) or None,
            ),
        )
    return evidence


def stance(polarity: str, modality: str, certainty: str, status: str | None) -> str:
    """How a claim may be drawn; what is not plainly affirmed is never drawn as if it were.

    The plan of a meeting that was cancelled is drawn with the denied: it will not happen either.
    """
    if polarity == "Negated" or (status == "Cancelled" and modality != "Actual"):
        return "denied"
    if polarity != "Affirmed" or (modality == "Actual" and certainty == "PossiblyTrue"):
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
    """The spans of *sentence* in order, none on another: the trigger lies on top, and the shorter on the longer."""
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
        if role and words.strip():
            found.append((end - len(words.lstrip()), at + len(words.rstrip()), role))
        at = end
    return tuple(found)


# ---- what is drawn ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    """One claim about two actors: the thread that lines are made of."""

    source: str
    target: str
    directed: bool
    relation: str
    verb: str
    quad: str
    event: str | None
    claim: str


def event_links(graph: Graph, events: dict[str, Event], vocabulary: Vocabulary) -> Iterator[Link]:
    """A link for each claim and each pair of an event that the claim speaks of.

    A claim that names two or more of the event's actors is evidence for those alone: the sentence
    "Lavrov met Dacic" does not say who else Lavrov met that day. One that names fewer ("the talks
    will be held on Friday") speaks of the event as a whole.
    """
    denoted: dict[str, set[str]] = defaultdict(set)
    acts_for: dict[str, set[str]] = defaultdict(set)
    for row in records(graph, DENOTED):
        denoted[local(row["claim"])].add(local(row["entity"]))
        if "state" in row:
            acts_for[local(row["entity"])].add(local(row["state"]))
    for row in records(graph, ABOUT):
        event = events.get(local(row["event"]))
        if event is None:
            continue
        claim = local(row["claim"])
        meant = denoted[claim].union(*(acts_for[entity] for entity in denoted[claim]))
        everyone = set().union(*event.roles.values())
        named = {entity for entity in everyone if entity in meant or acts_for[entity] & denoted[claim]}
        for source, target, directed in pairs(event):
            ends = {source, target}
            if ends <= named or (len(named) < 2 and named <= ends):
                yield Link(
                    source,
                    target,
                    directed,
                    event.type,
                    vocabulary.words(event.type),
                    event.quad,
                    local(row["event"]),
                    claim,
                )


def pairs(event: Event) -> Iterator[tuple[str, str, bool]]:
    """Who is joined by an event, and whether it goes from the one to the other."""
    actors, recipients = sorted(event.roles["actor"]), sorted(event.roles["recipient"])
    participants, themes = sorted(event.roles["participant"]), sorted(event.roles["theme"])
    yield from ((a, b, True) for a, b in product(actors, recipients) if a != b)
    yield from ((a, b, False) for a, b in combinations(participants, 2))
    # A mediator acts on those it brings together.
    yield from ((a, b, True) for a, b in product(actors, participants) if a != b)
    if not recipients:
        # What is signed is an actor of the picture: an agreement is known by its signatories.
        signed = participants if event.type == "SignAgreement" else []
        yield from ((a, b, True) for a, b in product([*actors, *signed], themes) if a != b)


def relation_links(graph: Graph, vocabulary: Vocabulary) -> Iterator[Link]:
    """A link for each claim of a relation that is no event; an office goes from its holder to its body."""
    for row in records(graph, RELATIONS):
        source, target = local(row["from"]), local(row["to"])
        if source == target:
            continue
        relation = local(row["relation"])
        directed = relation not in vocabulary.symmetric
        if not directed:
            source, target = sorted((source, target))
        verb = f"{row['office']} of" if "office" in row else vocabulary.words(relation)
        yield Link(
            source,
            target,
            directed,
            relation,
            verb,
            vocabulary.quad(relation) or "Relation",
            None,
            local(row["claim"]),
        )


def bundle(links: Iterable[Link], evidence: dict[str, Evidence], events: dict[str, Event]) -> tuple[Line, ...]:
    """Links of one pair, relation and stance as one line, the best supported first."""
    threads: dict[tuple[str, str, bool, str, str, str], set[Link]] = defaultdict(set)
    for link in links:
        if link.claim in evidence:
            stance = evidence[link.claim].stance
            threads[link.source, link.target, link.directed, link.relation, link.verb, stance].add(link)
    lines = []
    for (source, target, directed, relation, verb, stance), of_line in threads.items():
        claims = sorted({link.claim for link in of_line}, key=lambda claim: reading_order(evidence[claim]))
        quads = Counter(link.quad for link in of_line)
        happened = sorted({link.event for link in of_line if link.event})
        scores = [score for event in happened if (score := events[event].score) is not None]
        lines.append(
            Line(
                id=f"{source} {'->' if directed else '--'} {target}: {relation}, {verb}, {stance}",
                source=source,
                target=target,
                directed=directed,
                relation=relation,
                verb=verb,
                stance=stance,
                stance_words=stance_words(stance, [evidence[claim] for claim in claims]),
                quad=min(quads, key=lambda quad: (-quads[quad], quad)),
                events=len(happened),
                score=round(fmean(scores), 2) if scores else None,
                claims=tuple(claims),
            )
        )
    return tuple(sorted(lines, key=lambda line: (-len(line.claims), line.id)))


def reading_order(claim: Evidence) -> tuple[str, str, int, str]:
    """Claims by date, then article, then place in the article."""
    return (claim.when or "", claim.article, claim.at, claim.id)


def stance_words(stance: str, claims: list[Evidence]) -> str:
    """The stance of a line in a word or two, after its claims: "requested", "denied or cancelled"."""
    if stance == "actual":
        return "claimed as fact"
    if stance == "denied":
        words = {"denied" if claim.polarity == "Negated" else "cancelled" for claim in claims}
        return " or ".join(sorted(words, reverse=True))
    return " or ".join(
        sorted({"possible" if claim.modality in {"Actual", ""} else claim.modality.lower() for claim in claims})
    )


def weigh(entities: dict[str, Entity], lines: tuple[Line, ...], vocabulary: Vocabulary) -> tuple[Actor, ...]:
    """The entities at the ends of *lines*, those with most claims first."""
    degree: Counter[str] = Counter()
    claims: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        for end in (line.source, line.target):
            degree[end] += 1
            claims[end].update(line.claims)
    numbers = communities(lines, {iri: len(claims[iri]) for iri in degree})
    actors = []
    for iri in degree:
        entity = entities[iri]
        # The most telling class: the one furthest down.
        cls = min(entity.classes, key=lambda name: (-len(vocabulary.lineage(name)), name))
        actors.append(
            Actor(
                id=iri,
                label=entity.label,
                kind=vocabulary.kind(cls),
                cls=vocabulary.words(cls),
                names=tuple(sorted(entity.names - {entity.label})),
                wikidata=entity.wikidata,
                iso2=entity.iso2,
                community=numbers[iri],
                degree=degree[iri],
                claims=len(claims[iri]),
            )
        )
    return tuple(sorted(actors, key=lambda actor: (-actor.claims, -actor.degree, actor.id)))


def communities(lines: tuple[Line, ...], weights: dict[str, int]) -> dict[str, int]:
    """The community of each actor, by Louvain's method over claims that are not denied.

    Numbered from 0 by the weightiest actor of each; source: Blondel et al. 2008, as networkx has it.
    """
    # networkx takes a tenth of a second, which no other command should wait for.
    import networkx

    ranked = sorted(weights, key=lambda iri: (-weights[iri], iri))
    # Numbers, for the method goes through sets: those of texts have another order in each process.
    number = {iri: rank for rank, iri in enumerate(ranked)}
    joined: networkx.Graph[int] = networkx.Graph()
    joined.add_nodes_from(range(len(ranked)))
    for pair, claims in sorted(claims_between(lines).items()):
        joined.add_edge(number[pair[0]], number[pair[1]], weight=claims)
    found = sorted(networkx.community.louvain_communities(joined, seed=1), key=min)
    return {ranked[member]: index for index, members in enumerate(found) for member in members}


def claims_between(lines: tuple[Line, ...]) -> Counter[tuple[str, str]]:
    """How many claims that are not denied join each two actors."""
    found: Counter[tuple[str, str]] = Counter()
    for line in lines:
        if line.stance != "denied":
            source, target = sorted((line.source, line.target))
            found[source, target] += len(line.claims)
    return found


# ---- asking the store ------------------------------------------------------------------------------


def records(graph: Graph, question: str) -> list[dict[str, str]]:
    """The answers as dicts of plain text, sorted; an unbound variable has no key."""
    rows = graph.select(question)
    found = [
        {name: term.value for name, term in zip(rows.columns, row, strict=True) if isinstance(term, NamedNode | Literal)}
        for row in rows.rows
    ]
    return sorted(found, key=lambda row: sorted(row.items()))


def local(iri: str) -> str:
    """The name of *iri* within dip: or id:; any other IRI stays whole."""
    return iri.removeprefix(PREFIXES["id"]).removeprefix(PREFIXES["dip"])
