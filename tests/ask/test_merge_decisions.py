"""`kgbuild same`, `kgbuild different` and `kgbuild explain NAME`, on a small graph."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kgbuild.ask.explain import explain
from kgbuild.ask.merge_decisions import decide
from kgbuild.errors import KgbuildError, QueryError
from kgbuild.graph.store import Graph
from kgbuild.ontology import Ontology, load

TRIG = """
@prefix dip: <https://w3id.org/kgbuild/diplomacy#> . @prefix id: <https://w3id.org/kgbuild/id/> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/kgbuild/id/graph/things> {
    id:Ivan_Petrov a dip:Person ; rdfs:label "Ivan Petrov"@en ; skos:altLabel "I. Petrov"@en ; dip:mentionCount 3 .
    id:Olga_Petrov a dip:Person ; rdfs:label "Olga Petrov"@en ; dip:mentionCount 1 .
    <https://w3id.org/kgbuild/id/article/1/mention/0-5-Person> dip:denotes id:Ivan_Petrov ; dip:reason "named in the text" .
    <https://w3id.org/kgbuild/id/merge/1> a dip:Merge ; dip:mergedInto id:Ivan_Petrov ; dip:score 0.9 ;
        dip:mergedId id:I_Petrov , id:Ivan_Petrov ; dip:why "an initial for the given name"@en .
    <https://w3id.org/kgbuild/id/refusal/1> a dip:Refusal ; dip:between id:Ivan_Petrov , id:Olga_Petrov ; dip:score 0.0 ;
        dip:why "given names disagree"@en .
    <https://w3id.org/kgbuild/id/tenure/1> a dip:Tenure ; dip:holder id:Ivan_Petrov ; 
        rdfs:label "Ivan Petrov, envoy of Peru" ;
        dip:attestedFrom "2014-01-01"^^xsd:date ; dip:attestedTo "2014-03-01"^^xsd:date ;
        dip:endedBefore "2014-05-01"^^xsd:date .
}
<https://w3id.org/kgbuild/id/article/1> {
    <https://w3id.org/kgbuild/id/article/1/mention/0-5-Person> oa:exact "I. Petrov" .
}
"""


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    file = tmp_path / "graph.trig"
    file.write_text(TRIG)
    made = Graph.memory()
    made.load_trig(file)
    return made


@pytest.fixture
def ontology(tmp_path: Path) -> Ontology:
    folder = tmp_path / "ontology"
    shutil.copytree(load().folder, folder)
    return load(folder)


def test_a_decision_is_read_back_by_the_next_load(graph: Graph, ontology: Ontology) -> None:
    decide("same", "Ivan Petrov", "Olga Petrov", 'They said "we are one".', graph, ontology)
    assert ("Ivan_Petrov", "Olga_Petrov") in load(ontology.folder).declared("same")
    assert not list(ontology.folder.glob("*.part"))


def test_an_id_that_was_merged_away_can_be_kept_apart_again(graph: Graph, ontology: Ontology) -> None:
    decide("different", "id:I_Petrov", "Ivan Petrov", "Igor and Ivan.", graph, ontology)
    assert ("I_Petrov", "Ivan_Petrov") in load(ontology.folder).declared("different")


def test_a_decision_against_another_is_refused_with_the_cure(graph: Graph, ontology: Ontology) -> None:
    decide("same", "Ivan Petrov", "Olga Petrov", "One.", graph, ontology)
    with pytest.raises(KgbuildError, match=r"declared to be one: Ivan_Petrov = Olga_Petrov\. Remove"):
        decide("different", "Ivan Petrov", "Olga Petrov", "Two.", graph, load(ontology.folder))
    with pytest.raises(KgbuildError, match="id:Niger and id:Nigeria are declared to be two"):
        decide("same", "Niger", "Nigeria", "Alike.", graph, ontology)


def test_two_names_of_one_thing_ask_for_the_ids_it_was_merged_from(graph: Graph, ontology: Ontology) -> None:
    with pytest.raises(KgbuildError, match=r"It was merged from id:I_Petrov, id:Ivan_Petrov: name two"):
        decide("different", "Ivan Petrov", "I. Petrov", "Two.", graph, ontology)


def test_an_unknown_name_is_answered_with_the_likeliest(graph: Graph, ontology: Ontology) -> None:
    with pytest.raises(QueryError, match='Did you mean "Olga Petrov"'):
        decide("same", "Ivan Petrov", "Olga Petrow", "One.", graph, ontology)


def test_a_folder_that_cannot_be_written_says_what_to_do(graph: Graph, ontology: Ontology) -> None:
    (ontology.folder / ".same.ttl.part").mkdir()
    with pytest.raises(KgbuildError, match="name it with --ontology"):
        decide("same", "Ivan Petrov", "Olga Petrov", "One.", graph, ontology)


def test_explaining_a_thing_shows_names_merges_refusals_and_offices(graph: Graph) -> None:
    assert explain(graph, "I. Petrov").splitlines() == [
        "Ivan Petrov  (dip:Person, id:Ivan_Petrov)",
        "Names",
        "  I. Petrov",
        "    1 mention in 1 article: named in the text",
        "Merged",
        "  id:I_Petrov = id:Ivan_Petrov  0.9  an initial for the given name",
        "Kept apart",
        "  id:Ivan_Petrov ≠ id:Olga_Petrov  0  given names disagree",
        "Offices",
        "  Ivan Petrov, envoy of Peru; in articles of 2014-01-01 to 2014-03-01; over before 2014-05-01",
    ]
