"""The SPARQL 1.1 Protocol at /sparql: W3C's cases that apply, other programs' clients, and what is refused."""

from __future__ import annotations

import json
import multiprocessing
import re
import shlex
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
import rdflib
from serving import Served, served

from kgbuild.ask.serve.desk import Desk
from kgbuild.graph.bounded import Limits

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
COUNT = "SELECT (COUNT(*) AS ?n) { VALUES ?x { 1 2 3 } }"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"


# -- how one asks: W3C's protocol cases query_get, query_post_form, query_post_direct, … ---------------


def test_a_query_by_get(server: Served) -> None:
    assert server.query(COUNT).text == "n\r\n3\r\n"


def test_a_query_by_a_posted_form(server: Served) -> None:
    body = urlencode({"query": COUNT}).encode()
    assert server.ask("POST", "/sparql", body, Content_Type=FORM, Accept="text/csv").text == "n\r\n3\r\n"


def test_a_query_by_direct_post(server: Served) -> None:
    assert server.ask("POST", "/sparql", COUNT.encode(), Content_Type=DIRECT, Accept="text/csv").text == "n\r\n3\r\n"


def test_head_says_how_long_the_answer_is(server: Served) -> None:
    reply = server.ask("HEAD", "/sparql?query=" + quote(COUNT), Accept="text/csv")
    assert (reply.code, reply.headers["Content-Length"], reply.text) == (200, "6", "")


@pytest.mark.parametrize(
    ("query", "accept", "media", "text"),
    [
        (COUNT, "*/*", "application/sparql-results+json", None),
        (COUNT, "application/json", "application/sparql-results+json", None),
        (COUNT, "text/xml;q=0.5, text/csv;q=0.1", "application/sparql-results+xml", None),
        (COUNT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8", "?n\n3\n"),
        ("ASK {}", "application/sparql-results+json", "application/sparql-results+json", '{"head":{},"boolean":true}'),
        ("ASK { FILTER(false) }", "text/csv", "text/csv; charset=utf-8", "false"),
        ("CONSTRUCT { <a:a> <a:b> 1 } {}", "*/*", "text/turtle; charset=utf-8", None),
        (
            "CONSTRUCT { <a:a> <a:b> 'c' } {}",
            "application/n-triples",
            "application/n-triples",
            '<a:a> <a:b> "c" .\n',
        ),
        ("DESCRIBE <a:a>", "application/ld+json", "application/ld+json", "[]"),
        ("CONSTRUCT { <a:a> <a:b> 'c' } {}", "application/rdf+xml", "application/rdf+xml", None),
    ],
)
def test_the_answer_comes_as_what_is_accepted(server: Served, query: str, accept: str, media: str, text: str | None) -> None:
    reply = server.query(query, accept)
    assert (reply.code, reply.media, reply.text if text is not None else None) == (200, media, text)


def test_json_is_as_the_recommendation_has_it(server: Served) -> None:
    reply = server.query("SELECT ?a ?b { VALUES (?a ?b) { (<a:a> 'é'@fr) (1 UNDEF) } }", "application/json")
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    assert json.loads(reply.text) == {
        "head": {"vars": ["a", "b"]},
        "results": {
            "bindings": [
                {"a": {"type": "uri", "value": "a:a"}, "b": {"type": "literal", "value": "é", "xml:lang": "fr"}},
                {"a": {"type": "literal", "value": "1", "datatype": integer}},
            ]
        },
    }


@pytest.mark.parametrize(("query", "accept"), [(COUNT, "text/turtle"), ("CONSTRUCT WHERE { ?s ?p ?o }", "text/csv")])
def test_an_answer_that_comes_in_no_accepted_form_is_refused_with_a_list(server: Served, query: str, accept: str) -> None:
    reply = server.query(query, accept)
    assert (reply.code, reply.text.partition(":")[0]) == (406, "An answer to this comes as one of")


def test_the_default_graph_may_be_named(server: Served) -> None:
    graphs = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    things = "https://w3id.org/kgbuild/id/graph/things"
    inside = server.query(f"SELECT (COUNT(*) AS ?n) FROM <{things}> {{ ?s ?p ?o }}").text
    assert server.query(graphs, **{"default-graph-uri": things}).text == inside != server.query(graphs).text


def test_named_graphs_may_be_named_and_are_then_all_there_is(server: Served) -> None:
    things = "https://w3id.org/kgbuild/id/graph/things"
    reply = server.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", **{"named-graph-uri": things})
    assert reply.text == f"g\r\n{things}\r\n"


def test_the_protocols_dataset_wins_over_that_of_the_query(server: Served) -> None:
    named = {"default-graph-uri": "https://nobody.example/"}
    assert server.query("ASK FROM id:graph\\/things { ?s ?p ?o }", **named).text == "false"


def test_without_a_query_the_service_describes_itself(server: Served) -> None:
    reply = server.get("/sparql")
    described = rdflib.Graph().parse(data=reply.text, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    assert list(described.subject_objects(sd.endpoint)) == [
        (rdflib.URIRef(f"{server.address}/sparql#service"), rdflib.URIRef(f"{server.address}/sparql"))
    ]


# -- what is refused: W3C's bad_query_method, bad_multiple_queries, bad_query_wrong_media_type, … -------


@pytest.mark.parametrize(
    ("method", "path", "body", "kind", "code"),
    [
        ("PUT", "/sparql?query=ASK%7B%7D", b"", FORM, 405),
        ("DELETE", "/sparql", b"", FORM, 405),
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", None, "", 400),
        ("POST", "/sparql", b"query=ASK%7B%7D&query=ASK%7B%7D", FORM, 400),
        ("POST", "/sparql", b"", FORM, 400),
        ("POST", "/sparql", b"ASK {}", "text/plain", 415),
        ("POST", "/sparql", "ASK {}".encode("utf-16"), DIRECT + "; charset=utf-16", 415),
        ("POST", "/sparql", b"ASK { FILTER('\xe9' = '') }", DIRECT, 400),
        ("GET", "/sparql?query=ASK%7B%22%E9%22%7D", None, "", 400),
        ("GET", "/sparql?query=SELECT", None, "", 400),
        ("GET", "/sparql?query=", None, "", 400),
        ("POST", "/sparql", b"update=CLEAR+ALL", FORM, 400),
        ("POST", "/sparql", b"CLEAR ALL", "application/sparql-update", 400),
        ("GET", "/sparql?query=CLEAR+ALL", None, "", 400),
        ("GET", "/sparql?query=ASK%7BSERVICE%3Ca%3Ab%3E%7B%7D%7D", None, "", 400),
        ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=a+b", None, "", 400),
        ("GET", "/sparql?" + "&".join(["a=b"] * 2000), None, "", 400),
        ("POST", "/sparql", b"query=" + b"+" * 10_000_000, FORM, 413),
        ("POST", "/sparql", b"ASK {}" + b" " * 10_000_000, DIRECT, 413),
    ],
)
def test_what_is_no_query_of_the_protocol_is_refused_in_a_sentence(
    server: Served, method: str, path: str, body: bytes | None, kind: str, code: int
) -> None:
    reply = server.ask(method, path, body, Content_Type=kind or FORM)
    assert (reply.code, reply.media, reply.text[-1:]) == (code, "text/plain; charset=utf-8", "\n")
    assert server.query(COUNT).code == 200


def test_a_mistake_in_a_query_is_shown_in_its_place(server: Served) -> None:
    assert server.query("SELEKT ?a {}").text == (
        "The query has a mistake in line 1, column 1: expected SELECT, ASK, CONSTRUCT or DESCRIBE.\n"
        "  SELEKT ?a {}\n  ^\nCorrect it; ontology/README.md has queries to begin with.\n"
    )


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.0.1:8000"])
def test_a_page_whose_name_leads_here_reads_nothing(server: Served, host: str) -> None:
    reply = server.ask("GET", "/sparql?query=ASK%7B%7D", Host=host)
    assert (reply.code, "true" in reply.text) == (400, False)


def test_a_page_of_another_site_may_not_ask(server: Served) -> None:
    reply = server.ask("GET", "/sparql?query=ASK%7B%7D", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors")
    assert (reply.code, reply.text) == (403, "A page of another site may not ask this graph.\n")


def test_nothing_is_told_to_other_origins(server: Served) -> None:
    headers = server.ask("GET", "/sparql?query=ASK%7B%7D", Origin="https://evil.example").headers
    assert {name: value for name, value in headers.items() if name.startswith(("Access-", "Cross-Origin-Res"))} == {
        "Cross-Origin-Resource-Policy": "same-origin"
    }


# -- limits --------------------------------------------------------------------------------------------


@pytest.fixture
def hurried(server: Served) -> Iterator[Served]:
    """A server of the same graph whose queries may take two seconds, and wait no longer than that."""
    with served(Desk(server.desk.output, Limits(2, 2**28), patience=0.2)) as running:
        yield running


def test_a_query_that_takes_too_long_is_stopped(hurried: Served) -> None:
    reply = hurried.query(ENDLESS)
    assert (reply.code, reply.text.partition(".")[0]) == (503, "The query took longer than 2 seconds and was stopped")


def test_an_endless_query_keeps_nobody_else_waiting_and_its_death_is_told(server: Served) -> None:
    with served(Desk(server.desk.output, Limits(600))) as running, ThreadPoolExecutor() as clients:
        endless = clients.submit(running.query, ENDLESS)
        quick = [running.query(COUNT).text for _ in range(3)]
        assert (quick, endless.done()) == (["n\r\n3\r\n"] * 3, False)
        while not endless.done():
            for child in multiprocessing.active_children():
                child.kill()
            wait([endless], timeout=0.05)
    assert endless.result().text.startswith("The process of the query ended by itself (exit code -9).")


def test_where_all_processes_are_at_work_one_is_told_to_come_again(server: Served) -> None:
    desk = Desk(server.desk.output, patience=0.01, strangers=threading.Semaphore(0))
    with served(desk) as running:
        reply = running.query(COUNT)
        assert (reply.code, reply.headers["Retry-After"], running.get("/").code) == (503, "10", 200)


@pytest.mark.slow
def test_a_hundred_clients_at_once_are_all_answered(server: Served) -> None:
    with ThreadPoolExecutor(100) as clients:
        replies = list(clients.map(lambda _: server.query(COUNT), range(100)))
    assert {(reply.code, reply.text) for reply in replies} == {(200, "n\r\n3\r\n")}


@pytest.mark.slow
def test_what_is_too_large_or_malformed_keeps_nobody_from_an_answer(server: Served) -> None:
    def large() -> int:
        return server.ask("POST", "/sparql", b"ASK {}" + b" " * 10_000_000, Content_Type=DIRECT).code

    def malformed() -> int:
        with socket.create_connection(("127.0.0.1", server.port), timeout=60) as raw:
            raw.sendall(b"GET /sparql?query=ASK HTTP/9.x\r\nContent-Length: -1\r\n\r\n")
            return int(raw.recv(100).split()[1])

    def plain() -> int:
        return server.query(COUNT).code

    with ThreadPoolExecutor(60) as clients:
        sent = [(asked, clients.submit(asked)) for _ in range(20) for asked in (large, malformed, plain)]
    assert {(asked.__name__, reply.result()) for asked, reply in sent} == {
        ("large", 413),
        ("malformed", 400),
        ("plain", 200),
    }


# -- other programs ------------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl on this machine")
def test_curl_asks_it_as_the_readme_does(server: Served) -> None:
    readme = Path(__file__).parents[2].joinpath("README.md").read_text(encoding="utf-8")
    [line] = re.findall(r"^\$ (curl .*)$", readme, flags=re.MULTILINE)
    words = [
        word.replace("http://127.0.0.1:8000", server.address).replace("Serbia", "Arvania") for word in shlex.split(line)
    ]
    done = subprocess.run([*words, "--silent"], capture_output=True, text=True, check=True)
    assert done.stdout == "name\nArvania\n"


def test_sparqlwrapper_asks_it(server: Served) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper", reason="SPARQLWrapper is not installed: pip install kgbuild[test]")
    client = wrapper.SPARQLWrapper(f"{server.address}/sparql")
    client.setQuery("SELECT ?label { id:Arvania rdfs:label ?label }")
    found = {}
    for form in (wrapper.JSON, wrapper.XML, wrapper.CSV, wrapper.TSV):
        client.setReturnFormat(form)
        result = client.query().convert()
        found[form] = result if isinstance(result, dict) else result.toxml() if form == wrapper.XML else result.decode()
    assert found[wrapper.JSON]["results"]["bindings"] == [
        {"label": {"type": "literal", "xml:lang": "en", "value": "Arvania"}}
    ]
    assert '<literal xml:lang="en">Arvania</literal>' in found[wrapper.XML]
    assert (found[wrapper.CSV], found[wrapper.TSV]) == ("label\r\nArvania\r\n", '?label\n"Arvania"@en\n')


def test_sparqlwrapper_gets_triples(server: Served) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper", reason="SPARQLWrapper is not installed: pip install kgbuild[test]")
    client = wrapper.SPARQLWrapper(f"{server.address}/sparql", returnFormat=wrapper.TURTLE)
    client.setMethod(wrapper.POST)
    client.setQuery("CONSTRUCT { <a:a> <a:b> 1 } {}")
    assert len(rdflib.Graph().parse(data=client.query().convert(), format="turtle")) == 1


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_takes_it_for_a_store(server: Served, method: str) -> None:
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    graph = rdflib.Graph(SPARQLStore(f"{server.address}/sparql", method=method))
    arvania = rdflib.URIRef("https://w3id.org/kgbuild/id/Arvania")
    assert list(graph.objects(arvania, rdflib.RDFS.label)) == [rdflib.Literal("Arvania", lang="en")]
    assert bool(graph.query("ASK { ?s ?p ?o }"))


def test_a_browser_at_the_endpoint_is_led_to_the_page_for_queries(server: Served) -> None:
    reply = server.ask("GET", "/sparql", Accept="text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
    assert (reply.code, reply.headers["Location"]) == (303, "/query")
