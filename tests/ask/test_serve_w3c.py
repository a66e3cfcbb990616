"""W3C's cases of the SPARQL 1.1 Protocol (data-sparql11/protocol), by their names, against /sparql.

Those that update do not apply (update_dataset_default_graph, update_dataset_default_graphs, update_dataset_named_graphs,
update_dataset_full, update_post_form, update_post_direct, update_base_uri): the graph can only be read. Each bad update is
refused, as any update is. The cases that name a dataset load documents from the web there; here they name graphs that the
store has.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

import pytest
from serving import Served

FORM, DIRECT, UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
RESULTS = ("application/sparql-results+xml", "application/sparql-results+json", "text/csv", "text/tab-separated-values")
TRIPLES = ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json")
THINGS, EVENTS, ONTOLOGY = (f"https://w3id.org/kgbuild/id/graph/{name}" for name in ("things", "events", "ontology"))
LABEL = "<https://w3id.org/kgbuild/id/Arvania> rdfs:label ?label"
"""That things have, and no other graph."""
KIND = "?event a dip:Event"
"""That events have, and no other graph."""


class Sent(NamedTuple):
    """A request to the endpoint."""

    method: str
    parameters: list[tuple[str, str]] = []  # noqa: RUF012  # nobody changes it
    body: bytes | None = None
    kind: str | None = None
    """The media type of the body."""


def get(query: str, *more: tuple[str, str]) -> Sent:
    return Sent("GET", [("query", query), *more])


def form(query: str, *more: tuple[str, str]) -> Sent:
    return Sent("POST", [], urlencode([("query", query), *more]).encode(), FORM)


def direct(query: str, *more: tuple[str, str]) -> Sent:
    return Sent("POST", list(more), query.encode(), DIRECT)


DEFAULT, NAMED = "default-graph-uri", "named-graph-uri"
FROM_BOTH = f"ASK {{ {LABEL} . {KIND} }}"
IN_NAMED = f"ASK {{ GRAPH ?g {{ {LABEL} }} GRAPH ?h {{ {KIND} }} FILTER(?g != ?h) }}"
FULL = f"ASK {{ {LABEL} GRAPH <{EVENTS}> {{ {KIND} }} FILTER NOT EXISTS {{ {KIND} }} }}"
NOT_OF_THE_QUERY = f"ASK FROM <{EVENTS}> {{ {LABEL} FILTER NOT EXISTS {{ {KIND} }} }}"

ANSWERED: dict[str, tuple[Sent, tuple[str, ...]]] = {
    "query_post_form": (form("ASK {}"), RESULTS),
    "query_get": (get("ASK {}"), RESULTS),
    "query_post_direct": (direct("ASK {}"), RESULTS),
    "query_dataset_default_graphs_get": (get(FROM_BOTH, (DEFAULT, THINGS), (DEFAULT, EVENTS)), RESULTS),
    "query_dataset_default_graphs_post": (direct(FROM_BOTH, (DEFAULT, THINGS), (DEFAULT, EVENTS)), RESULTS),
    "query_dataset_named_graphs_get": (get(IN_NAMED, (NAMED, THINGS), (NAMED, EVENTS)), RESULTS),
    "query_dataset_named_graphs_post": (direct(IN_NAMED, (NAMED, THINGS), (NAMED, EVENTS)), RESULTS),
    "query_dataset_full": (form(FULL, (DEFAULT, THINGS), (NAMED, EVENTS)), RESULTS),
    "query_multiple_dataset": (get(NOT_OF_THE_QUERY, (DEFAULT, THINGS)), RESULTS),
    "query_content_type_select": (get("SELECT (1 AS ?value) {}"), RESULTS),
    "query_content_type_ask": (get("ASK {}"), RESULTS),
    "query_content_type_describe": (get("DESCRIBE <http://example.org/>"), TRIPLES),
    "query_content_type_construct": (get("CONSTRUCT { <urn:s> <urn:p> 1 } WHERE {}"), TRIPLES),
}
"""What is answered with 200 and one of the media types; a question of yes or no with yes."""

REFUSED: dict[str, Sent] = {
    "bad_query_method": Sent("PUT", [("query", "ASK {}")], b""),
    "bad_multiple_queries": get("ASK {}", ("query", "SELECT * {}")),
    "bad_query_wrong_media_type": Sent("POST", [], b"ASK {}", "text/plain"),
    "bad_query_missing_form_type": Sent("POST", [], b"query=ASK%20%7B%7D"),
    "bad_query_missing_direct_type": Sent("POST", [], b"ASK {}"),
    "bad_query_non_utf8": Sent("POST", [], "ASK {}".encode("utf-16"), f"{DIRECT}; charset=UTF-16"),
    "bad_query_syntax": get("ASK {"),
    "bad_update_get": Sent("GET", [("update", "CLEAR ALL")]),
    "bad_multiple_updates": Sent("POST", [], b"update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", FORM),
    "bad_update_wrong_media_type": Sent("POST", [], b"CLEAR NAMED", "text/plain"),
    "bad_update_missing_form_type": Sent("POST", [], b"update=CLEAR%20NAMED"),
    "bad_update_non_utf8": Sent("POST", [], "CLEAR NAMED".encode("utf-16"), f"{UPDATE}; charset=UTF-16"),
    "bad_update_syntax": Sent("POST", [], b"update=CLEAR%20XYZ", FORM),
    "bad_update_dataset_conflict": Sent("POST", [], b"using-named-graph-uri=urn%3Ax&update=CLEAR%20ALL", FORM),
}
"""What is refused as a mistake of the client: 4xx."""


def send(server: Served, sent: Sent, accept: str = "*/*") -> tuple[int, str, str]:
    """Status, media type and text of the reply."""
    headers = {"Accept": accept} | ({"Content-Type": sent.kind} if sent.kind else {})
    path = "/sparql" + (f"?{urlencode(sent.parameters)}" if sent.parameters else "")
    reply = server.ask(sent.method, path, sent.body, **headers)
    return reply.code, reply.media.partition(";")[0], reply.text


@pytest.mark.parametrize("case", ANSWERED)
def test_it_is_answered(server: Served, case: str) -> None:
    sent, media = ANSWERED[case]
    code, kind, text = send(server, sent)
    assert (code, kind in media) == (200, True)
    if media is RESULTS and "SELECT" not in str(sent):
        assert send(server, sent, "text/csv") == (200, "text/csv", "true"), text


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_and_the_next_is_answered(server: Served, case: str) -> None:
    code, kind, _ = send(server, REFUSED[case])
    assert (code // 100, kind, server.query("ASK {}").text) == (4, "text/plain", "true")
