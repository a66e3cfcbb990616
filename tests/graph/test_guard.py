"""The guard, and what stands behind it: no query calls another computer, however it spells SERVICE."""

from __future__ import annotations

import random
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgbuild.errors import QueryError
from kgbuild.graph.bounded import Limits, Stage, bounded
from kgbuild.graph.guard import DEEPEST, refuse_unsafe
from kgbuild.graph.triples import PREFIXES

A = ox.NamedNode("http://example.org/a")
STORE = ox.Store()
STORE.add(ox.Quad(A, A, A))

FALLING_APART = [
    # No port has letters, so this is p: and a keyword.
    "PREFIX p: <http://a:> ASK { ?s ?q p:SERVICE <http://127.0.0.1:1/x> { <a:a> <a:b> <a:c> } }",
    "PREFIX p: <http://a\\u003A> ASK { ?s ?q p:service <http://127.0.0.1:1/x> { <a:a> <a:b> <a:c> } }",
    "PREFIX p: <http://a:80> ASK { ?s ?q 'x'^^p:SERVICE <http://127.0.0.1:1/x> { <a:a> <a:b> <a:c> } }",
    "PREFIX p: <http://[::1]> ASK { ?s ?q p:SERVICE <http://127.0.0.1:1/x> { <a:a> <a:b> <a:c> } }",
    "BASE <http://a:> PREFIX p: <> ASK { ?s ?q p:SERVICE <http://127.0.0.1:1/x> { <a:a> <a:b> <a:c> } }",
    "PREFIX p: <http://a:> PREFIX q: <http://127.0.0.1:1/> ASK { ?s ?q p:SERVICEq:r { <a:a> <a:b> <a:c> } }",
    # No IRI has two #, and dip: ends with one.
    "PREFIX x: <http://127.0.0.1:1/> ASK { ?s ?q dip:SERVICEx:\\#y { <a:a> <a:b> <a:c> } }",
    "PREFIX x.y: <http://127.0.0.1:1/> ASK { ?s ?q dip:SERVICEx.y:\\#z { <a:a> <a:b> <a:c> } }",
    "PREFIX é: <http://127.0.0.1:1/> ASK { ?s ?q dip:SERVICEé:\\#z { <a:a> <a:b> <a:c> } }",
]


@pytest.mark.parametrize("sparql", FALLING_APART)
def test_a_name_that_falls_apart_into_a_keyword_is_refused(sparql: str) -> None:
    with pytest.raises(QueryError, match="The query says SERVICE"):
        refuse_unsafe(sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        "ASK { ?who dip:memberOf id:Foreign_Intelligence_Service. ?who a dip:Actor }",
        "ASK { ?who dip:memberOf id:Foreign_Intelligence_Service}",
        "PREFIX x: <http://example.org/> ASK { VALUES ?x { x:Service x:Secret_Service } }",
        "PREFIX : <http://example.org/service#> ASK { ?s :service ?o }",
        "ASK { ?s <http://localhost:80/service> id:Service_80 }",
    ],
)
def test_an_actor_that_is_a_service_can_be_asked_for(sparql: str) -> None:
    refuse_unsafe(sparql)
    STORE.query(sparql, prefixes=PREFIXES)


@pytest.mark.parametrize(
    ("sparql", "iri"), [("PREFIX p: <http://[> ASK {}", "http://["), ("base <http://a:b/> ASK {}", "http://a:b/")]
)
def test_a_prefix_or_base_that_is_no_iri_is_refused(sparql: str, iri: str) -> None:
    with pytest.raises(QueryError) as raised:
        refuse_unsafe(sparql)
    assert str(raised.value) == f"<{iri}> is no IRI. Correct it where the query declares a PREFIX or BASE by it."


PARTS = [
    *("p:", "q:", "dip:", "e:", "a", "true", "1", ".", "?s", "?o ", "SERVICE", "service", "x", "x:", "\\#", "\\'", "%41"),
    *("é", "_", "-", " ", "<", ">", "<http://e/#>", "?z", "{ ?u ?v ?w }", "{}", "'x'", "^^", "@en", ":", "/", "|"),
]


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PARTS), max_size=7).map("".join), st.sampled_from(["", "SERVICE ?z", "SERVICEq:a"]))
def test_what_oxigraph_takes_for_a_service_is_refused_whatever_the_prefixes(parts: str, call: str) -> None:
    # SERVICE with an unbound variable calls nobody, and q: no server: Oxigraph then says that it would have.
    declared = "PREFIX p: <http://a:> PREFIX q: <urn:x:> PREFIX x: <http://e/> PREFIX e: <http://e/#>"
    sparql = f"{declared} SELECT * {{ ?s ?p {parts}{call} {{ ?u ?v ?w }} }}"
    try:
        list(STORE.query(sparql, prefixes=PREFIXES))
    except SyntaxError:
        return
    except (RuntimeError, OSError) as error:
        assert "service" in str(error).lower() or "http" in str(error).lower()
        with pytest.raises(QueryError):
            refuse_unsafe(sparql)


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("(", ")"), ("STR(", ")"), ("!", ""), ("! \n", ""), ("EXISTS { FILTER(", ") }")],
)
def test_a_query_may_be_nested_only_so_deeply(opening: str, closing: str) -> None:
    def nested(depth: int) -> str:
        return "ASK { FILTER(" + opening * depth + "1" + closing * depth + ") }"

    refuse_unsafe(nested(40))
    for depth in (DEEPEST, 20_000):
        with pytest.raises(QueryError, match="nested too deeply"):
            refuse_unsafe(nested(depth))


def test_what_is_long_but_not_deep_is_allowed() -> None:
    refuse_unsafe("ASK { VALUES (?a ?b) { " + "(1 -2) " * 20_000 + "} }")
    refuse_unsafe("ASK { ?s ?p ?o FILTER(?o IN (" + ", ".join(f"<http://e/{n}>" for n in range(20_000)) + ")) }")


# -- behind the guard -----------------------------------------------------------------------------


class Listener:
    """A server on this machine that counts who comes, and answers that it has nothing."""

    def __init__(self, server: socket.socket) -> None:
        self.calls = 0
        self.address = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        self._server = server

    def serve(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self._server.accept()
                self.calls += 1
                with caller:
                    caller.recv(2**16)
                    caller.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


@contextmanager
def listening() -> Iterator[Listener]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        listener = Listener(server)
        thread = threading.Thread(target=listener.serve, daemon=True)
        thread.start()
        try:
            yield listener
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join(10)


def hostile(address: str, seed: int = 7) -> Iterator[str]:
    """Two hundred queries that try to make the store call *address*."""
    chance = random.Random(seed)
    prologue = f"PREFIX p: <http://a:> PREFIX q: <http://[::1]:8> PREFIX t: <{address}> PREFIX t.u: <{address}>\n"
    for _ in range(200):
        word = "".join(chance.choice((letter, letter.lower())) for letter in "SERVICE")
        if chance.random() < 0.1:
            word = word.replace(word[0], f"\\u{ord(word[0]):04X}", 1)
        before = chance.choice(("?s ?q ?o . ", "?s ?q p:", "?s ?q q:", "?s ?q 'x'^^p:", "?s ?q true", "?s ?q 1", "", "{} "))
        space = chance.choice((" ", "", "\n", "\t", "#' {\n", " # SERVICE\r", " SILENT "))
        call = f"{before}{word}{space}{chance.choice((f'<{address}>', f'<{address}#a>', 't:', 't:y'))}"
        if chance.random() < 0.2:
            call = f"?s ?q dip:{word}{chance.choice(('t:', 't.u:'))}\\#y"
        called = f"{call} {{ <a:a> <a:b> ?c }}"
        inner = chance.choice(
            (
                "%s",
                "{ { %s } }",
                "{ SELECT * { %s } }",
                "OPTIONAL { %s }",
                "{ %s } UNION { ?a ?b ?c }",
                "MINUS { %s }",
                "FILTER EXISTS { %s }",
                "GRAPH ?g { %s }",
                "BIND('SERVICE' AS ?y) %s",
            )
        ).replace("%s", called)
        form = chance.choice(
            (
                "ASK { %s }",
                "SELECT * { %s }",
                "CONSTRUCT { ?s ?p ?c } WHERE { %s }",
                "DESCRIBE ?s { %s }",
                f"SELECT * FROM <{address}> {{ %s }}",
                f"LOAD <{address}> ; INSERT {{ ?s ?p ?c }} WHERE {{ %s }}",
            )
        )
        yield prologue + form.replace("%s", inner)


def run(store: ox.Store, sparql: str) -> None:
    """Ask the store itself, without any guard."""
    with suppress(SyntaxError, RuntimeError, ValueError, OSError):
        found = store.query(sparql, prefixes=PREFIXES, use_default_graph_as_union=True)
        if not isinstance(found, ox.QueryBoolean):
            list(found)


def test_without_guard_and_confinement_hostile_queries_do_call_out() -> None:
    with listening() as listener:
        for sparql in hostile(listener.address):
            run(STORE, sparql)
    assert listener.calls > 50


def test_no_hostile_query_that_the_guard_lets_pass_calls_out() -> None:
    passed = 0
    with listening() as listener:
        for sparql in hostile(listener.address):
            try:
                refuse_unsafe(sparql)
            except QueryError:
                continue
            passed += 1
            run(STORE, sparql)
    assert (listener.calls, passed) == (0, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes the network from a process")
def test_no_hostile_query_calls_out_of_a_confined_process_even_without_the_guard() -> None:
    def work(address: str) -> Iterator[object]:
        yield Stage.OPENING
        for sparql in hostile(address):
            run(STORE, sparql)
        yield "done"

    with listening() as listener:
        assert list(bounded(work, listener.address, limits=Limits(), fork=True)) == ["done"]
    assert listener.calls == 0
