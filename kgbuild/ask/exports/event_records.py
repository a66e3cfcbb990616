"""Events as records in the form of the field: PLOVER's codes, and its columns as POLECAT names them.

Sources: PLOVER, https://github.com/openeventdata/PLOVER; POLECAT, https://doi.org/10.7910/DVN/AJGVIT.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from kgbuild.ask.event_nodes import EventNode, Participant, event_nodes
from kgbuild.ask.evidence import local, records
from kgbuild.ask.exports.network import iri_of
from kgbuild.ask.exports.rows import Row, event_rows
from kgbuild.ask.terms import short, visible
from kgbuild.graph.store import Graph

THINGS = """SELECT ?thing ?class ?label ?iso3 WHERE { GRAPH id:graph\\/things {
    ?thing a ?class ; rdfs:label ?label OPTIONAL { ?thing dip:iso3 ?iso3 } } }"""
MODES = "SELECT ?type ?plover ?mode WHERE { ?type dip:plover ?plover ; dip:mode ?mode }"
LIES_IN = "SELECT ?place ?state WHERE { ?place dip:locatedIn|dip:capitalOf ?state }"


def event_lines(graph: Graph) -> Iterator[bytes]:
    """A line of JSON for each event that PLOVER has a code for and in which somebody known takes part, by id.

    `actor` and `recipient` are lists of who takes part, each with its `name`, the ISO 3166-1 alpha-3 codes of the states
    that it is or acts for (`country`), its `class` and `id`; those who meet on one side are all actors. `event_date` is
    the first day that the text may mean, else, with the date_source Assumed, that of the report. A plan, a denial or a
    cancellation is an event too: look at `status`; its code is folded (a planned sanction is THREATEN). What is not known is
    null. KgbuildError where the graph is damaged.
    """
    graph.look_through()
    nodes = {node.id: node for node in event_nodes(graph, least=0)}
    things = {local(row["thing"]): row for row in records(graph, THINGS)}
    modes = {(local(row["type"]), row["plover"]): row["mode"] for row in records(graph, MODES)}
    lies_in = {short(row["place"]): local(row["state"]) for row in records(graph, LIES_IN)}
    for row in event_rows(graph):
        node = nodes[str(row["event"]).removeprefix("id:")]
        if row["plover"] is not None and node.participants:
            record = _record(row, node, things, modes, lies_in)
            yield (json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def _record(
    row: Row,
    node: EventNode,
    things: Mapping[str, Mapping[str, str]],
    modes: Mapping[tuple[str, str], str],
    lies_in: Mapping[str, str],
) -> dict[str, Any]:
    acting, faced = _sides(node)
    day = row["first_day"] or row["reported"]
    where = [lies_in.get(place, place.removeprefix("id:")) for place in _texts(row["place_id"])]
    return {
        "event_id": row["event"],
        "event_date": str(day) if day else None,
        "date_source": row["date_source"],
        "event_type": row["plover"],
        "event_mode": modes.get((node.type, str(row["plover"]))),
        "intensity": row["score"],
        "quad_code": re.sub(r"(?<=[a-z])(?=[A-Z])", " ", str(row["quad"])).upper() if row["quad"] else None,
        "cameo": _texts(row["cameo"]),
        "leaf": row["type"],
        "status": row["status"],
        "actor": [_who(one, things) for one in acting],
        "recipient": [_who(one, things) for one in faced],
        "placename": _texts(row["place"]),
        "country": sorted({things[state]["iso3"] for state in where if "iso3" in things.get(state, {})}),
        "source": _text(row["publisher"]),
        "publication_date": str(row["reported"]) if row["reported"] else None,
        "headline": _text(row["title"]),
        "sentence": _text(row["sentence"]),
        "url": _text(row["url"]),
        "independent_sources": row["sources"],
    }


def _sides(node: EventNode) -> tuple[list[Participant], list[Participant]]:
    """Who acts, and to whom it is done or who is met: whom a mediator brings together is a recipient, too."""
    led = any(one.role == "actor" for one in node.participants)
    faced = [one for one in node.participants if one.faced or one.role == "recipient" or (led and one.role == "participant")]
    return [one for one in node.participants if one not in faced], faced


def _who(one: Participant, things: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    thing = things.get(one.entity, {})
    own = [thing["iso3"]] if "iso3" in thing else [things.get(party, {}).get("iso3") for party in one.parties]
    return {
        "name": visible(thing.get("label", one.entity)),
        "country": sorted(code for code in own if code),
        "class": local(thing["class"]) if "class" in thing else None,
        "id": short(iri_of(one.entity)),
    }


def _texts(cell: object) -> list[str]:
    return [visible(text) for text in cell] if isinstance(cell, tuple) else []


def _text(cell: object) -> str | None:
    return visible(cell) if isinstance(cell, str) else None
