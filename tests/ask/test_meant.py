"""Queries of users as they are meant, and what is said of those that can find nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kgbuild.ask.query import ask
from kgbuild.ask.spelled import as_meant
from kgbuild.ask.terms import plain
from kgbuild.ask.things import find_thing
from kgbuild.ask.warnings import warnings
from kgbuild.errors import QueryError
from kgbuild.graph.store import Graph, Rows
from kgbuild.graph.triples import PREFIXES

SMALL = Path(__file__).parents[1] / "small.trig"
ID = PREFIXES["id"]
MEETING = "id:event/Meeting/2021-03-06/Lena_Ostrov-Tomas_Reyl"


@pytest.fixture(scope="module")
def graph() -> Graph:
    small = Graph.memory()
    small.load_trig(SMALL)
    ontology = ID + "graph/ontology"
    triples = "dip:Meeting rdfs:subClassOf dip:CONSULT . dip:CONSULT rdfs:label 'consults'@en ; rdfs:subClassOf dip:Event ."
    prefixes = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
    small._store.update(f"{prefixes} INSERT DATA {{ GRAPH <{ontology}> {{ {triples} }} }}")
    return small


def first_column(graph: Graph, sparql: str) -> list[str]:
    rows = ask(graph, sparql, limits=None)
    assert isinstance(rows, Rows)
    return [plain(row[0]) for row in rows.rows]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ASK { GRAPH id:graph/edges { ?s ?p ?o } }", f"ASK {{ GRAPH <{ID}graph/edges> {{ ?s ?p ?o }} }}"),
        (f"ASK {{ {MEETING} ?p ?o }}", f"ASK {{ <{ID}{MEETING[3:]}> ?p ?o }}"),
        ("ASK { ?e ?p id:a/b, id:c/(d). }", f"ASK {{ ?e ?p <{ID}a/b>, <{ID}c/(d)>. }}"),
        (r"ASK { ?e ?p id:graph\/edges }", r"ASK { ?e ?p id:graph\/edges }"),
        ("ASK { ?e ?p 'id:graph/edges' } # id:a/b", "ASK { ?e ?p 'id:graph/edges' } # id:a/b"),
        ("ASK { id:Arvania dip:memberOf/rdfs:label ?x }", "ASK { id:Arvania dip:memberOf/rdfs:label ?x }"),
        ("PREFIX id: <http://x/> ASK { ?e ?p id:a/b }", "PREFIX id: <http://x/> ASK { ?e ?p id:a/b }"),
        ("ASK { ?e a dip:CONSULT ; ?p ?o }", "ASK { ?e a/rdfs:subClassOf* dip:CONSULT ; ?p ?o }"),
        ("ASK { ?e a dip:Event , dip:Meeting }", "ASK { ?e a dip:Event , dip:Meeting }"),
        (
            "CONSTRUCT { ?e a dip:CONSULT } WHERE { ?e a dip:CONSULT }",
            "CONSTRUCT { ?e a dip:CONSULT } WHERE { ?e a/rdfs:subClassOf* dip:CONSULT }",
        ),
        ("CONSTRUCT WHERE { ?e a dip:CONSULT }", "CONSTRUCT WHERE { ?e a dip:CONSULT }"),
    ],
)
def test_a_query_is_read_as_it_is_meant(written: str, meant: str, graph: Graph) -> None:
    assert "".join(new for _, new in as_meant(graph, written)) == meant


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("SELECT ?e {\n ?e a dip:CONSULT ; dip:claims }", "line 2, column 32: expected a variable"),
        ("ASK { ?e a dip:CONSULT ; ?p id:a/b ; dip:claims }", "line 1, column 49: expected a variable"),
        ("ASK { ?e a dip:CONSULT ; ", "line 1, column 25: } is missing."),
    ],
)
def test_a_mistake_is_shown_in_the_query_as_it_was_written(written: str, place: str, graph: Graph) -> None:
    with pytest.raises(QueryError) as raised:
        ask(graph, written, limits=None)
    said = str(raised.value).splitlines()
    assert (said[0].startswith(f"The query has a mistake in {place}"), said[1]) == (True, f"  {written.splitlines()[-1]}")


def test_subclasses_count(graph: Graph) -> None:
    assert first_column(graph, "SELECT ?e { ?e a dip:CONSULT }") == [ID + MEETING[3:]]


def test_an_iri_as_printed_finds_what_it_is_of(graph: Graph) -> None:
    assert first_column(graph, f"SELECT ?o {{ {MEETING} dip:place ?o }}") == [ID + "Port_Selin"]
    assert find_thing(graph, MEETING) == NamedNode(ID + MEETING[3:])


@pytest.mark.parametrize(
    ("sparql", "said"),
    [
        ("SELECT ?e { ?e a dip:Meting }", ["dip:Meting is not in the vocabulary. Did you mean dip:Meeting?"]),
        ("SELECT ?e { ?e dip:staus ?s }", ["dip:staus is not in the vocabulary. Did you mean dip:State?"]),
        ("SELECT ?e { ?e a dip:Consult }", ["dip:Consult is not in the vocabulary. Did you mean dip:CONSULT?"]),
        (
            "SELECT ?e { ?e a dip:Xyzzy }",
            ["dip:Xyzzy is not in the vocabulary. `kgbuild relations` lists the events and relations."],
        ),
        (
            "SELECT ?e { ?e rdfs:label 'Arvania' }",
            ['No label is "Arvania", but one is "Arvania"@en: labels have a language. Write "Arvania"@en.'],
        ),
        (
            "SELECT ?e { ?e rdfs:label ?l FILTER(?l = 'Belmora') }",
            ['No label is "Belmora", but one is "Belmora"@en: labels have a language. Write "Belmora"@en.'],
        ),
        (
            "SELECT ?e { ?e dip:when ?when FILTER(YEAR(?when) = 2021) }",
            [
                'YEAR(?when) has no value: dip:when is a time of EDTF, such as "2014-12" or "2011/..".'
                " Use dip:begin and dip:end, which are days, or SUBSTR(STR(?when), 1, 4)."
            ],
        ),
        ("SELECT ?e { ?e a dip:Meeting ; rdfs:label 'Arvania'@en ; dip:status dip:Planned }", []),
        ("SELECT ?e { ?e rdfs:label 'dip:Meting' } # dip:Meting", []),
        ("SELECT nothing", []),
    ],
)
def test_what_can_find_nothing_is_said_with_what_may_be_meant(sparql: str, said: list[str], graph: Graph) -> None:
    assert warnings(graph, sparql) == said


@pytest.mark.parametrize(
    ("name", "meant"), [("arvanja", "Arvania"), ("ARVANIAM", "Arvania"), ("Bélmorra", "Belmora"), ("Ostroov", "Lena Ostrov")]
)
def test_a_suggestion_is_a_proper_name(name: str, meant: str, graph: Graph) -> None:
    with pytest.raises(QueryError) as raised:
        find_thing(graph, name)
    assert str(raised.value) == f'Nothing in this graph is called "{name}". Did you mean "{meant}"?'
