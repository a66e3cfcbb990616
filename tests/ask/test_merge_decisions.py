"""`kgbuild same`, `kgbuild different` and `kgbuild explain NAME`, on a small graph."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kgbuild.ask.explain import explain
from kgbuild.ask.merge_decisions import decide
from kgbuild.errors import KgbuildError, QueryError
from kgbuild.graph.store import Graph
from kgbuild.ontology import Decision, Decisions, Ontology, load, own_decisions
from kgbuild.pipeline import build

TRIG = """
@prefix dip: <https://w3id.org/kgbuild/diplomacy#> . @prefix id: <https://w3id.org/kgbuild/id/> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/kgbuild/id/graph/things> {
    id:Ivan_Petrov a dip:Person ; rdfs:label "Ivan Petrov"@en ; skos:altLabel "I. Petrov"@en ; dip:mentionCount 3 .
    id:%C5%81ucja_%C5%BBak a dip:Person ; rdfs:label "Łucja Żak"@en ; dip:mentionCount 1 .
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
def output(tmp_path: Path) -> Path:
    """The folder of the graph."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


SAME = """@prefix dip: <https://w3id.org/kgbuild/diplomacy#> .
@prefix id: <https://w3id.org/kgbuild/id/> .
"""


def other_ontology(folder: Path, same: str) -> Ontology:
    """Our ontology with another same.ttl."""
    shutil.copytree(load().folder, folder)
    (folder / "same.ttl").write_text(SAME + same, encoding="utf-8")
    return load(folder)


def test_a_decision_lies_beside_the_graph_and_nothing_is_written_elsewhere(
    graph: Graph, output: Path, tmp_path: Path
) -> None:
    ontology = other_ontology(tmp_path / "ontology", "")
    before = {file: file.stat().st_mtime_ns for file in ontology.folder.rglob("*")}
    said = decide("same", ("Ivan Petrov", "Olga Petrov"), 'They said "we are one".', graph, ontology, output)
    path = output / "same.ttl"
    assert said == f"Written to {path}. The next `kgbuild build` into {output} follows it."
    assert own_decisions(output).all == (
        Decision("Ivan_Petrov", "Olga_Petrov", "same", 'They said "we are one".', "the graph's own same.ttl"),
    )
    assert {file: file.stat().st_mtime_ns for file in ontology.folder.rglob("*")} == before
    assert sorted(file.name for file in output.iterdir() if not file.name.endswith(".lock")) == ["same.ttl"]


def test_a_second_decision_leaves_the_first(graph: Graph, output: Path) -> None:
    decide("same", ("Ivan Petrov", "Olga Petrov"), "One.", graph, load(), output)
    decide("different", ("Ivan Petrov", "Peru"), "A person, a state.", graph, load(), output)
    assert own_decisions(output).pairs("same") == [("Ivan_Petrov", "Olga_Petrov")]
    assert own_decisions(output).pairs("different") == [("Ivan_Petrov", "Peru")]


def test_a_decision_that_stands_already_is_not_written_twice(graph: Graph, output: Path) -> None:
    decide("same", ("Ivan Petrov", "Olga Petrov"), "One.", graph, load(), output)
    before = (output / "same.ttl").read_bytes()
    again = decide("same", ("Olga Petrov", "Ivan Petrov"), "Again.", graph, load(), output)
    of_all = decide("different", ("Niger", "Nigeria"), "Two.", graph, load(), output)
    assert again == f"{output / 'same.ttl'} says so already."
    assert of_all == f"{load().folder / 'same.ttl'} says so already."
    assert (output / "same.ttl").read_bytes() == before


def test_an_id_that_was_merged_away_can_be_kept_apart_again(graph: Graph, output: Path) -> None:
    decide("different", ("id:I_Petrov", "Ivan Petrov"), "Igor and Ivan.", graph, load(), output)
    assert own_decisions(output).pairs("different") == [("I_Petrov", "Ivan_Petrov")]


def test_an_id_with_other_letters_is_found_by_them_again(graph: Graph, output: Path) -> None:
    decide("same", ("Łucja Żak", "Olga Petrov"), "One.", graph, load(), output)
    assert own_decisions(output).pairs("same") == [("Olga_Petrov", "Łucja_Żak")]


def test_a_decision_against_another_of_the_graph_is_refused_with_the_cure(graph: Graph, output: Path) -> None:
    decide("same", ("Ivan Petrov", "Olga Petrov"), "One.", graph, load(), output)
    with pytest.raises(KgbuildError) as refused:
        decide("different", ("Ivan Petrov", "Olga Petrov"), "Two.", graph, load(), output)
    assert str(refused.value) == (
        "id:Ivan_Petrov and id:Olga_Petrov are declared to be one: Ivan_Petrov = Olga_Petrov."
        f" Remove or change that paragraph of {output / 'same.ttl'} first."
    )


def test_a_decision_against_one_by_way_of_a_third_is_refused(graph: Graph, output: Path) -> None:
    decide("same", ("Ivan Petrov", "Olga Petrov"), "One.", graph, load(), output)
    decide("different", ("Olga Petrov", "Peru"), "Two.", graph, load(), output)
    with pytest.raises(KgbuildError) as refused:
        decide("same", ("Ivan Petrov", "Peru"), "One.", graph, load(), output)
    assert str(refused.value) == (
        "id:Olga_Petrov and id:Peru are declared to be two, and this would make them one."
        f" Remove or change that paragraph of {output / 'same.ttl'} first."
    )


def test_a_decision_overrules_the_ontology_and_says_so(graph: Graph, output: Path) -> None:
    said = decide("same", ("Niger", "Nigeria"), "For this graph.", graph, load(), output)
    assert said == (
        f"Written to {output / 'same.ttl'}. The next `kgbuild build` into {output} follows it."
        f" It overrules {load().folder / 'same.ttl'}, which says that id:Niger and id:Nigeria are two."
    )
    decided = own_decisions(output).over(load().decisions)
    assert ("Niger", "Nigeria") in decided.pairs("same")
    assert ("Niger", "Nigeria") not in decided.pairs("different")
    assert ("North_Korea", "South_Korea") in decided.pairs("different")


def decisions(*said: str) -> Decisions:
    """Decisions written as "a=b" and "a≠b"."""
    return Decisions(tuple(sorted(Decision(one[0], one[2], "same" if one[1] == "=" else "different") for one in said)))


@pytest.mark.parametrize(
    ("own", "ontology", "both"),
    [
        ((), ("a=b", "b≠c"), ("a=b", "b≠c")),
        (("a=b",), ("c=d",), ("a=b", "c=d")),
        (("a≠b",), ("a=b",), ("a≠b",)),
        (("a≠c",), ("a=b", "b=c"), ("a=b", "a≠c")),
        (("a=b", "b=c"), ("a≠c",), ("a=b", "b=c")),
        (("a=c",), ("a=b", "b≠c"), ("a=c", "b≠c")),
    ],
)
def test_decisions_of_the_graph_overrule_those_for_all(
    own: tuple[str, ...], ontology: tuple[str, ...], both: tuple[str, ...]
) -> None:
    assert decisions(*own).over(decisions(*ontology)) == decisions(*both)


def test_two_names_of_one_thing_ask_for_the_ids_it_was_merged_from(graph: Graph, output: Path) -> None:
    with pytest.raises(KgbuildError, match=r"It was merged from id:I_Petrov, id:Ivan_Petrov: name two"):
        decide("different", ("Ivan Petrov", "I. Petrov"), "Two.", graph, load(), output)


def test_an_unknown_name_is_answered_with_the_likeliest(graph: Graph, output: Path) -> None:
    with pytest.raises(QueryError, match='Did you mean "Olga Petrov"'):
        decide("same", ("Ivan Petrov", "Olga Petrow"), "One.", graph, load(), output)


def test_a_folder_that_cannot_be_written_says_what_to_do(graph: Graph, output: Path) -> None:
    (output / ".same.ttl.part").mkdir()
    with pytest.raises(KgbuildError) as refused:
        decide("same", ("Ivan Petrov", "Olga Petrov"), "One.", graph, load(), output)
    assert str(refused.value) == (
        f"{output / 'same.ttl'}: cannot be written (Is a directory). Copy the folder {output} to a place of your own,"
        " and name that with -o here and in `kgbuild build`."
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"id:a dip:same", ":1: not valid Turtle: "),
        (b"# caf\xe9", ": these decisions cannot be read (it is not UTF-8). Mend the file, or move it away."),
        (
            f"{SAME} <urn:d> a dip:Decision ; dip:same id:a .".encode(),
            ": the decision <urn:d> names no two things by dip:same or dip:different. Mend that paragraph, or remove it.",
        ),
        (
            f"{SAME} <urn:d> a dip:Decision ; dip:same id:a , id:b ; dip:different id:a , id:b .".encode(),
            ": id:a and id:b are declared to be one: a = b, and to be two. Mend that paragraph, or remove it.",
        ),
    ],
)
def test_a_broken_file_of_decisions_is_told(output: Path, content: bytes, message: str) -> None:
    (output / "same.ttl").write_bytes(content)
    with pytest.raises(KgbuildError) as refused:
        own_decisions(output)
    assert str(refused.value).startswith(f"{output / 'same.ttl'}{message}")


def test_a_folder_in_the_place_of_the_decisions_is_told(output: Path) -> None:
    (output / "same.ttl").mkdir()
    with pytest.raises(KgbuildError) as refused:
        own_decisions(output)
    assert str(refused.value) == (
        f"{output / 'same.ttl'}: these decisions cannot be read (Is a directory). Mend the file, or move it away."
    )


def test_a_graph_that_is_moved_keeps_its_decisions_and_nothing_is_read_again(tmp_path: Path) -> None:
    article, moved = tmp_path / "a.txt", tmp_path / "moved"
    article.write_text("Visit\n\nMay 5, 2014\n\nFrance criticized Mali on Monday. Norway met Iceland in Oslo.", "utf-8")
    build([article], tmp_path / "out")
    decide("same", ("France", "Norway"), "A test.", Graph.open(tmp_path / "out" / "store"), load(), tmp_path / "out")
    shutil.copytree(tmp_path / "out", moved, symlinks=True)
    assert build([article], moved).read == 0
    merged = "  id:France = id:Norway  1  declared to be one in the graph's own same.ttl: A test."
    assert merged in explain(Graph.open(moved / "store"), "Norway").splitlines()
    (moved / "same.ttl").unlink()
    assert build([article], moved).read == 0
    assert (moved / "graph.trig").read_bytes() == (tmp_path / "out" / "graph.trig").read_bytes()


def test_a_decision_for_all_graphs_leaves_what_was_read(tmp_path: Path) -> None:
    ontology = other_ontology(tmp_path / "ontology", "")
    (ontology.folder / "same.ttl").write_text(
        f"{SAME} id:decision\\/1 a dip:Decision ; dip:same id:a , id:b ; dip:why 'x' .", encoding="utf-8"
    )
    decided = load(ontology.folder)
    assert decided.decisions.pairs("same") == [("a", "b")]
    assert decided.digest == ontology.digest


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
