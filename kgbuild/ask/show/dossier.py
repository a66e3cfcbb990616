"""What the graph knows of one thing, gathered by a few queries of our own: its dossier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kgbuild.ask.show.events import Deed, apart, events_of, told
from kgbuild.ask.show.names import Name, called
from kgbuild.ask.show.partners import Partner, partners_of
from kgbuild.ask.show.rows import Row, rows_of, rows_of_all
from kgbuild.ask.terms import short
from kgbuild.ask.things import find_thing
from kgbuild.graph.store import Graph


@dataclass(frozen=True)
class Post:
    """One person in one office of one body or state, however often it is told."""

    holder: str
    office: str
    of: str | None
    begin: str | None
    """The first day, where it is known."""
    end: str | None
    first: str | None
    """The day of the first article in which the holder is in office."""
    last: str | None
    claims: int


@dataclass(frozen=True)
class Bond:
    """A lasting relation, not an event: `member of` and with whom; *inverse* where the thing is its object."""

    relation: str
    other: str
    inverse: bool


@dataclass(frozen=True)
class Saying:
    """What the thing is cited with, on the day of the article."""

    day: str | None
    sentence: str
    quoted: bool
    """Whether some of it is direct speech."""
    article: str | None
    outlet: str | None


@dataclass(frozen=True)
class Dossier:
    """All that the graph knows of a thing. Lists have the weightiest first unless they say otherwise."""

    label: str
    id: str
    """Short, to be pasted back: id:Serbia."""
    kinds: tuple[str, ...]
    """What its class is called: state, person."""
    state: str | None
    """The state or organisation for which it speaks and acts most."""
    wikidata: str | None
    names: tuple[Name, ...]
    """Its other names: no pronouns, no offices, no names of somebody else."""
    offices: tuple[Post, ...]
    """Those that it holds."""
    holders: tuple[Post, ...]
    """Who holds an office of it; for an office, who holds it."""
    bonds: tuple[Bond, ...]
    mentions: int
    articles: int
    first: str | None
    """The days of the first and last article that name it."""
    last: str | None
    quads: tuple[tuple[str, int], ...]
    """How many events of which group it has part in: ("verbal cooperation", 12)."""
    partners: tuple[Partner, ...]
    events: int
    """How many events it has part in, or are about it or in it."""
    weightiest: tuple[Deed, ...]
    """Of these the weightiest, the first of all first: of most independent sources, most claims, farthest from neutral."""
    latest: tuple[Deed, ...]
    """Of these the latest, the last one first; what is still to come is of the day of its report."""
    sayings: tuple[Saying, ...]
    """What it is cited with, the last first."""
    said: int
    """How many statements it makes."""
    sources: tuple[tuple[str, int], ...]
    """The publishers, and how many of their articles name it."""


def dossier(graph: Graph, name: str, *, most: int | None = 12) -> Dossier:
    """The dossier of the one thing that goes by *name*, with so many events and sentences at *most*; None is all.

    QueryError where nothing, or several, are called so.
    """
    return dossier_of(graph, find_thing(graph, name), most=most)


def dossier_of(graph: Graph, thing: NamedNode, *, most: int | None = 12) -> Dossier:
    """The dossier of *thing*; see `dossier`."""
    here = short(thing.value)
    label, kinds, wikidata, classes = _identity(graph, thing)
    mentions = dict(_two(rows_of(graph, MENTIONS, thing)))
    reasons = dict(_two(rows_of(graph, REASONS, thing)))
    articles = _articles(graph, mentions)
    days = sorted(day for _, day in articles if day)
    posts = _posts(rows_of(graph, TENURES, thing), thing.value)
    events = events_of(graph, thing)
    latest = sorted(events, key=lambda one: one.known, reverse=True)
    deeds = {deed.id: deed for deed in told(graph, sorted({*events[:most], *latest[:most]}, key=lambda one: one.id))}
    sayings = tuple(dict.fromkeys(map(_saying, rows_of(graph, SAYINGS, thing))))
    state = [] if "State" in classes else rows_of(graph, STATE, thing)
    return Dossier(
        label=label or here,
        id=here,
        kinds=kinds,
        state=state[0][0] if state else None,
        wikidata=wikidata,
        names=called(graph, thing, label, [(text, reasons.get(mention, "")) for mention, text in mentions.items()]),
        offices=tuple(post for post, held in posts if held),
        holders=tuple(post for post, held in posts if not held),
        bonds=_bonds(graph, thing),
        mentions=len(mentions),
        articles=len(articles),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        quads=_counted(event.quad for event in events if event.quad and event.takes_part(here)),
        partners=partners_of(graph, here, events, person="Person" in classes),
        events=len(events),
        weightiest=tuple(deeds[event.id] for event in events[:most]),
        latest=tuple(deeds[event.id] for event in latest[:most]),
        sayings=sayings[:most],
        said=len(sayings),
        sources=_counted(outlet for outlet, _ in articles if outlet),
    )


def _two(rows: list[Row]) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in rows]


def _articles(graph: Graph, mentions: Iterable[str]) -> list[tuple[str, str]]:
    """The publishers and days of the articles that have *mentions*."""
    # The IRI of a mention begins with that of its article: no look-up for each of thousands.
    found = sorted({mention.partition("/mention/")[0] for mention in mentions})
    published: dict[str, tuple[str, str]] = {article: ("", "") for article in found}
    published |= {article: (outlet, issued[:10]) for article, outlet, issued in rows_of_all(graph, ARTICLES, found)}
    return list(published.values())


def _saying(row: Row) -> Saying:
    sentence, day, title, outlet, quoted, *_ = row
    return Saying(day[:10] or None, sentence, quoted in {"true", "1"}, title or None, outlet or None)


def _identity(graph: Graph, thing: NamedNode) -> tuple[str, tuple[str, ...], str | None, set[str]]:
    """What *thing* is called, what its classes are called, its Wikidata id, and the classes."""
    rows = rows_of(graph, IDENTITY, thing)
    classes = {short(row[1]).removeprefix("dip:"): row[2] for row in rows if row[1]}
    numbers = sorted(short(row[3]) for row in rows if row[3])
    kinds = sorted({words or apart(name) for name, words in classes.items()})
    return min((row[0] for row in rows if row[0]), default=""), tuple(kinds), numbers[0] if numbers else None, set(classes)


def _posts(rows: list[Row], thing: str) -> list[tuple[Post, bool]]:
    """A post for each holder, office and body, with whether *thing* holds it; the best attested first."""
    grouped: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        grouped.setdefault((row[1], row[2], row[3]), []).append(row)
    found = []
    for (holder, office, of), tenures in grouped.items():
        begins, ends, firsts, lasts = ([row[place] for row in tenures if row[place]] for place in (4, 5, 6, 7))
        post = Post(
            holder,
            office,
            of or None,
            min(begins, default=None),
            max(ends, default=None),
            min(firsts, default=None),
            max(lasts, default=None),
            sum(int(row[8]) for row in tenures),
        )
        found.append((post, tenures[0][0] == thing))
    return sorted(found, key=lambda one: (-one[0].claims, one[0].holder, one[0].office, one[0].of or ""))


def _bonds(graph: Graph, thing: NamedNode) -> tuple[Bond, ...]:
    rows = rows_of(graph, BONDS, thing)
    bonds = {Bond(relation, other, way == "in") for relation, other, way in rows}
    # A relation that goes both ways is told once.
    told = {bond for bond in bonds if not (bond.inverse and Bond(bond.relation, bond.other, False) in bonds)}
    return tuple(sorted(told, key=lambda bond: (bond.inverse, bond.relation, bond.other)))


def _counted(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(values).items(), key=lambda one: (-one[1], one[0])))


IDENTITY = """
SELECT ?label ?class ?classLabel ?same
WHERE {
  GRAPH id:graph\\/things { ?thing a ?class }
  OPTIONAL { ?thing rdfs:label ?label }
  OPTIONAL { ?class rdfs:label ?classLabel }
  OPTIONAL { ?thing owl:sameAs ?same }
}
"""

STATE = """
SELECT ?label (COUNT(?mention) AS ?often)
WHERE { ?mention dip:denotes ?thing ; dip:represents ?state . ?state rdfs:label ?label FILTER(?state != ?thing) }
GROUP BY ?label
ORDER BY DESC(?often) ?label
LIMIT 1
"""

# Two look-ups of thousands of mentions each, joined here: in one query they take three times as long.
MENTIONS = "SELECT ?mention ?text { GRAPH id:graph\\/things { ?mention dip:denotes ?thing } ?mention oa:exact ?text }"

REASONS = "SELECT ?mention ?reason { GRAPH id:graph\\/things { ?mention dip:denotes ?thing ; dip:reason ?reason } }"

ARTICLES = """
SELECT ?article ?outlet ?issued
WHERE { VALUES ?article { IDS } OPTIONAL { ?article dct:publisher ?outlet } OPTIONAL { ?article dct:issued ?issued } }
"""

TENURES = """
SELECT ?who ?holder ?office ?of ?begin ?end ?first ?last ?claims
WHERE {
  {
    SELECT ?tenure (COUNT(DISTINCT ?claim) AS ?claims)
    WHERE { ?tenure a dip:Tenure ; dip:holder|dip:office|dip:of ?thing OPTIONAL { ?tenure prov:wasDerivedFrom ?claim } }
    GROUP BY ?tenure
  }
  ?tenure dip:holder ?who ; dip:office ?post .
  ?who rdfs:label ?holder .
  ?post rdfs:label ?office .
  OPTIONAL { ?tenure dip:of ?body OPTIONAL { ?body rdfs:label ?of } }
  OPTIONAL { ?tenure dip:begin ?begin }
  OPTIONAL { ?tenure dip:end ?end }
  OPTIONAL { ?tenure dip:attestedFrom ?first }
  OPTIONAL { ?tenure dip:attestedTo ?last }
}
ORDER BY ?tenure
"""

BONDS = """
SELECT ?relationLabel ?otherLabel ?way
WHERE {
  { GRAPH id:graph\\/edges { ?thing ?relation ?other } BIND("out" AS ?way) }
  UNION { GRAPH id:graph\\/edges { ?other ?relation ?thing } BIND("in" AS ?way) }
  FILTER NOT EXISTS { ?event dip:edge ?relation }
  ?relation rdfs:label ?relationLabel .
  ?other rdfs:label ?otherLabel .
}
"""

SAYINGS = """
SELECT ?sentence ?issued ?title ?outlet ?quoted ?start ?claim
WHERE {
  ?voice dip:denotes ?thing .
  ?claim dip:speaker ?voice ; dip:claims dip:Statement ; dip:inSentence ?said ; oa:start ?start .
  ?said oa:exact ?sentence ; dct:isPartOf ?article .
  OPTIONAL { ?claim dip:quoted ?quoted }
  OPTIONAL { ?article dct:issued ?issued }
  OPTIONAL { ?article dct:title ?title }
  OPTIONAL { ?article dct:publisher ?outlet }
}
ORDER BY DESC(?issued) ?article ?start ?claim
"""
