"""Claims and events as flat rows, one each, for tables: the sentence, who, when, how firmly, and where it stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date

from kgbuild.ask.evidence import records
from kgbuild.ask.terms import short
from kgbuild.graph.store import Graph

Cell = str | int | float | bool | date | tuple[str, ...] | None
Row = dict[str, Cell]
Columns = dict[str, str]
"""The names of columns, each with what its cells are: text, texts (several), number, fraction, truth or day."""

EVENT_ROLES = ("actor", "recipient", "participant", "theme", "place", "topic", "cause", "instrument")
RELATION_ROLES = ("subject", "object", "holder", "office", "of")


def _roles(names: Iterable[str]) -> Columns:
    """Two columns for each role: names, and the ids of those that are things of the graph."""
    return {column: "texts" for name in names for column in (name, f"{name}_id")}


CLAIMS: Columns = {
    "claim": "text",
    "type": "text",
    "event": "text",
    **_roles([*EVENT_ROLES, *RELATION_ROLES, "about"]),
    "amount": "texts",
    "content": "text",
    "polarity": "text",
    "modality": "text",
    "certainty": "text",
    "status": "text",
    **_roles(["speaker"]),
    "cue": "text",
    "quoted": "truth",
    "time": "text",
    "first_day": "day",
    "last_day": "day",
    "date_source": "text",
    "trigger": "text",
    "sentence": "text",
    "confidence": "fraction",
    "matched": "text",
    "article": "text",
    "title": "text",
    "publisher": "text",
    "issued": "day",
    "url": "text",
    "file": "text",
}
"""A claim: `time` is EDTF, its days what the text may mean by it; `issued` is the day of the article; `status` is what all
claims of its event together say; `about` is who a statement is about."""

EVENTS: Columns = {
    "event": "text",
    "type": "text",
    "label": "text",
    "status": "text",
    "plover": "text",
    "cameo": "texts",
    "quad": "text",
    "score": "fraction",
    **_roles([*EVENT_ROLES, "other_side", "party"]),
    "amount": "texts",
    "time": "text",
    "first_day": "day",
    "last_day": "day",
    "date_source": "text",
    "reported": "day",
    "claims": "number",
    "articles": "number",
    "sources": "number",
    "sentence": "text",
    "article": "text",
    "title": "text",
    "publisher": "text",
    "url": "text",
}
"""An event: `sources` are those that are independent, `other_side` those whom the others face, `party` the states and bodies
that take part or for which others do. Its sentence is that of its surest claim."""

LOCAL = 'BIND(REPLACE(STR(?{0}), "^.*[#/]", "") AS ?{1})'
CLAIM_FACTS = f"""SELECT ?claim ?type ?trigger ?content ?polarity ?modality ?certainty ?cue ?quoted ?time ?first_day
    ?last_day ?date_source ?confidence ?matched ?sentence ?article
WHERE {{
    ?claim a dip:Claim ; dip:claims ?kind ; dip:inSentence ?quote .
    ?quote oa:exact ?sentence ; dct:isPartOf ?article {LOCAL.format("kind", "type")}
    OPTIONAL {{ ?claim dip:trigger ?trigger }} OPTIONAL {{ ?claim dip:content ?content }}
    OPTIONAL {{ ?claim dip:polarity ?p {LOCAL.format("p", "polarity")} }}
    OPTIONAL {{ ?claim dip:modality ?m {LOCAL.format("m", "modality")} }}
    OPTIONAL {{ ?claim dip:certainty ?c {LOCAL.format("c", "certainty")} }}
    OPTIONAL {{ ?claim dip:dateSource ?d {LOCAL.format("d", "date_source")} }}
    OPTIONAL {{ ?claim dip:cue ?cue }} OPTIONAL {{ ?claim dip:quoted ?quoted }}
    OPTIONAL {{ ?claim dip:when ?time }} OPTIONAL {{ ?claim dip:begin ?first_day }}
    OPTIONAL {{ ?claim dip:end ?last_day }} OPTIONAL {{ ?claim dip:confidence ?confidence }}
    OPTIONAL {{ ?claim dip:matched ?matched }} }}"""
MENTIONED = """SELECT ?thing ?role ?start ?words ?entity ?label WHERE {{
    ?thing a dip:Claim ; ?is ?mention . ?mention a dip:Mention
    FILTER(?is IN ({roles}))
    BIND(STRAFTER(STR(?is), "#") AS ?role)
    OPTIONAL {{ ?mention oa:exact ?words }} OPTIONAL {{ ?mention oa:start ?start }}
    OPTIONAL {{ ?mention dip:denotes ?entity OPTIONAL {{ ?entity rdfs:label ?label }} }} }}"""
TAKING_PART = """SELECT ?thing ?role ?entity ?label WHERE {{
    ?thing a dip:Event ; ?is ?entity
    FILTER(?is IN ({roles}))
    BIND(STRAFTER(STR(?is), "#") AS ?role)
    OPTIONAL {{ ?entity rdfs:label ?label }} }}"""
AMOUNTS = "SELECT ?thing ?words WHERE { ?thing dip:amount ?quantity . ?quantity dip:text ?words }"
ABOUT = (
    "SELECT ?claim ?event ?status WHERE { ?claim dip:about ?event . ?event a dip:Event OPTIONAL { ?event dip:status ?s } "
)
ABOUT += LOCAL.format("s", "status") + " }"
ARTICLES = """SELECT ?article ?title ?publisher ?issued ?url ?file WHERE { ?article a dip:Article
    OPTIONAL { ?article dct:title ?title } OPTIONAL { ?article dct:publisher ?publisher }
    OPTIONAL { ?article dct:issued ?issued } OPTIONAL { ?article schema:url ?url }
    OPTIONAL { ?article dct:source ?file } }"""
EVENT_FACTS = f"""SELECT ?event ?type ?label ?status ?plover ?quad ?score ?time ?first_day ?last_day ?date_source ?reported
    ?claims ?articles ?sources
WHERE {{
    ?event a dip:Event, ?kind FILTER(?kind != dip:Event) {LOCAL.format("kind", "type")}
    OPTIONAL {{ ?event rdfs:label ?label }} OPTIONAL {{ ?event dip:plover ?plover }}
    OPTIONAL {{ ?event dip:status ?s {LOCAL.format("s", "status")} }}
    OPTIONAL {{ ?event dip:quad ?q {LOCAL.format("q", "quad")} }}
    OPTIONAL {{ ?event dip:dateSource ?d {LOCAL.format("d", "date_source")} }}
    OPTIONAL {{ ?event dip:score ?score }} OPTIONAL {{ ?event dip:when ?time }}
    OPTIONAL {{ ?event dip:begin ?first_day }} OPTIONAL {{ ?event dip:end ?last_day }}
    OPTIONAL {{ ?event dip:reportedOn ?reported }} OPTIONAL {{ ?event dip:claimCount ?claims }}
    OPTIONAL {{ ?event dip:articleCount ?articles }} OPTIONAL {{ ?event dip:sourceCount ?sources }} }}"""
CAMEO = "SELECT ?event ?code WHERE { ?event a dip:Event ; dip:cameo ?code }"


def claim_rows(graph: Graph) -> Iterator[Row]:
    """All claims, statements too, by their ids; see `CLAIMS`. KgbuildError where the graph is damaged."""
    graph.look_through()
    roles = [name.removesuffix("_id") for name in CLAIMS if name.endswith("_id")]
    filled, amounts, articles = _filled(graph, MENTIONED, roles), _amounts(graph), _articles(graph)
    about = {row["claim"]: row for row in records(graph, ABOUT)}
    for one in _each(graph, CLAIM_FACTS, "claim"):
        event = about.get(one["claim"], {})
        article = articles.get(one["article"], {})
        said = {**article, **one, **({"status": event["status"]} if "status" in event else {})}
        said |= {"event": short(event["event"])} if event else {}
        said |= {"claim": short(one["claim"]), "article": short(one["article"])}
        yield _row(CLAIMS, said, {**filled[one["claim"]], "amount": amounts[one["claim"]]})


def event_rows(graph: Graph) -> Iterator[Row]:
    """All events by their ids; see `EVENTS`. KgbuildError where the graph is damaged."""
    graph.look_through()
    roles = [name.removesuffix("_id") for name in EVENTS if name.endswith("_id")]
    filled, amounts, articles = _filled(graph, TAKING_PART, roles), _amounts(graph), _articles(graph)
    surest = _surest(graph)
    codes: dict[str, list[str]] = defaultdict(list)
    for row in records(graph, CAMEO):
        codes[row["event"]].append(row["code"])
    for one in _each(graph, EVENT_FACTS, "event"):
        claim = surest.get(one["event"], {})
        article = articles.get(claim.get("article", ""), {})
        said = {**article, **one, "event": short(one["event"])}
        said |= {"sentence": claim["sentence"], "article": short(claim["article"])} if claim else {}
        several = {**filled[one["event"]], "amount": amounts[one["event"]], "cameo": codes[one["event"]]}
        yield _row(EVENTS, said, several)


def _each(graph: Graph, question: str, name: str) -> Iterator[dict[str, str]]:
    """The first row of each thing, sorted by its id: where a graph says several, the first in the alphabet stands."""
    firsts: dict[str, dict[str, str]] = {}
    for row in records(graph, question):
        firsts.setdefault(row[name], row)
    yield from (firsts[iri] for iri in sorted(firsts))


def _filled(graph: Graph, question: str, roles: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """Names and ids in the columns of each role, by claim or event; mentions in the order of the text."""
    filled: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    columns = {re.sub("_(.)", lambda found: found[1].upper(), role): role for role in roles}
    rows = records(graph, question.format(roles=", ".join(f"dip:{role}" for role in columns)))
    for row in sorted(rows, key=lambda row: int(row.get("start", 0))):
        role, cells, entity = columns[row["role"]], filled[row["thing"]], short(row.get("entity", ""))
        for column, value in ((role, row.get("label") or row.get("words") or entity), (f"{role}_id", entity)):
            if value and value not in cells[column]:
                cells[column].append(value)
    return filled


def _amounts(graph: Graph) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in records(graph, AMOUNTS):
        found[row["thing"]].append(row["words"])
    return found


def _articles(graph: Graph) -> dict[str, dict[str, str]]:
    return {row["article"]: row for row in _each(graph, ARTICLES, "article")}


def _surest(graph: Graph) -> dict[str, dict[str, str]]:
    """The surest claim of each event, of what is affirmed first; of several the first by its id."""
    facts = {row["claim"]: row for row in _each(graph, CLAIM_FACTS, "claim")}
    told: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in records(graph, ABOUT):
        if row["claim"] in facts:
            told[row["event"]].append(facts[row["claim"]])

    def doubt(claim: Mapping[str, str]) -> tuple[bool, float, str]:
        return claim.get("polarity") != "Affirmed", -float(claim.get("confidence", 0)), claim["claim"]

    return {event: min(claims, key=doubt) for event, claims in told.items()}


def _row(columns: Columns, said: Mapping[str, str], several: Mapping[str, list[str]]) -> Row:
    """A cell for each column; None, or no values, where nothing is said."""
    return {
        name: tuple(several.get(name, ())) if kind == "texts" else typed(kind, said.get(name))
        for name, kind in columns.items()
    }


def typed(kind: str, text: str | None) -> Cell:
    """The text as what its column holds; None where it is none of that: a day of no calendar stays in `time` alone."""
    if text is None or kind == "text":
        return text
    if kind == "truth":
        return text in ("true", "1")
    with suppress(ValueError):
        return date.fromisoformat(text[:10]) if kind == "day" else int(text) if kind == "number" else float(text)
    return None
