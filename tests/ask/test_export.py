"""Exports: the same graph, in the formats of other tools, and the same bytes each time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import networkx
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kgbuild.ask.export import FORMATS, clean, export, network
from kgbuild.errors import KgbuildError
from kgbuild.graph.store import Graph
from kgbuild.graph.triples import PREFIXES

SMALL = Path(__file__).parents[1] / "small.trig"
ID = PREFIXES["id"]


@pytest.fixture
def graph() -> Graph:
    small = Graph.memory()
    small.load_trig(SMALL)
    return small


@pytest.mark.parametrize("format", FORMATS)
def test_an_export_is_the_same_bytes_whatever_order_the_graph_was_built_in(
    format: str, graph: Graph, tmp_path: Path
) -> None:
    other = Graph.memory()
    for name in reversed(graph.graph_names()):
        other.replace(name.value, reversed(graph.sorted_quads(name)))
    export(graph, format, tmp_path / "one")
    export(other, format, tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["one", "two"]


@pytest.mark.parametrize(
    ("format", "reader"),
    [("trig", RdfFormat.TRIG), ("nquads", RdfFormat.N_QUADS), ("jsonld", RdfFormat.JSON_LD)],
)
def test_a_format_of_datasets_keeps_every_quad(format: str, reader: RdfFormat, graph: Graph, tmp_path: Path) -> None:
    export(graph, format, tmp_path / "out")
    assert set(parse(path=str(tmp_path / "out"), format=reader)) == set(graph.quads())


@pytest.mark.parametrize("format", ["trig", "nquads"])
def test_rdflib_reads_what_is_exported(format: str, graph: Graph, tmp_path: Path) -> None:
    export(graph, format, tmp_path / "out")
    dataset = rdflib.Dataset()
    dataset.parse(tmp_path / "out", format=format)
    assert len(list(dataset.quads())) == len(graph)


def test_turtle_is_the_union_of_all_graphs(graph: Graph, tmp_path: Path) -> None:
    export(graph, "turtle", tmp_path / "out")
    union = {Triple(quad.subject, quad.predicate, quad.object) for quad in graph.quads()}
    read = parse(path=str(tmp_path / "out"), format=RdfFormat.TURTLE)
    assert {Triple(quad.subject, quad.predicate, quad.object) for quad in read} == union


def test_without_a_file_the_export_goes_to_stdout(
    graph: Graph, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    export(graph, "nquads", None)
    export(graph, "nquads", tmp_path / "out")
    assert capfdbinary.readouterr().out == (tmp_path / "out").read_bytes()


def test_an_unknown_format_offers_the_nearest_and_all(graph: Graph) -> None:
    with pytest.raises(KgbuildError) as raised:
        export(graph, "grapml", None)
    assert str(raised.value) == (
        'No format "grapml". Did you mean "graphml"? There are: trig, nquads, turtle, jsonld, graphml, gexf.'
    )


def test_a_place_that_cannot_be_written_is_said_and_nothing_is_left(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(KgbuildError, match="cannot be written"):
        export(graph, "trig", tmp_path / "file" / "out.trig")
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_the_nodes_of_the_network_are_the_things_but_tenures_and_offices(graph: Graph) -> None:
    assert list(network(graph).nodes(data=True)) == [
        (ID + "Amber_Line", {"label": "Amber Line", "class": "Project"}),
        (ID + "Arvania", {"label": "Arvania", "class": "State", "wikidata": "Q900001"}),
        (ID + "Arvanian_Foreign_Ministry", {"label": "Arvanian Foreign Ministry", "class": "GovernmentBody"}),
        (ID + "Belmora", {"label": "Belmora", "class": "State"}),
        (ID + "Harbour_Accord", {"label": "Harbour Accord", "class": "Agreement"}),
        (ID + "Lena_Ostrov", {"label": "Lena Ostrov", "class": "Person"}),
        (ID + "Northern_League", {"label": "Northern League", "class": "IntergovernmentalOrganization"}),
        (ID + "Pavel_Drum", {"label": "Pavel Drum", "class": "Person"}),
        (ID + "Port_Selin", {"label": "Port Selin", "class": "City"}),
        (ID + "Tomas_Reyl", {"label": "Tomas Reyl", "class": "Person"}),
    ]


def test_the_edges_of_the_network_are_events_and_relations(graph: Graph) -> None:
    edges = [
        (
            source.removeprefix(ID),
            target.removeprefix(ID),
            said["kind"],
            said["type"],
            said["status"],
            said["count"],
        )
        for source, target, said in network(graph).edges(data=True)
    ]
    assert edges == [
        ("Arvania", "Belmora", "event", "ImposeSanctions", "Denied", 1),
        ("Arvania", "Belmora", "event", "SignAgreement", "Reported", 1),
        ("Arvania", "Northern_League", "relation", "memberOf", "Reported", 1),
        ("Belmora", "Amber_Line", "event", "Withdraw", "Reported", 1),
        ("Lena_Ostrov", "Tomas_Reyl", "event", "Meeting", "Planned", 2),
        ("Pavel_Drum", "Arvanian_Foreign_Ministry", "relation", "spokespersonFor", "Reported", 1),
    ]


def test_an_event_edge_carries_its_evidence(graph: Graph) -> None:
    event = "id:event/Meeting/2021-03-06/Lena_Ostrov-Tomas_Reyl"
    key = f"{event} id:Lena_Ostrov id:Tomas_Reyl"
    assert network(graph).edges[ID + "Lena_Ostrov", ID + "Tomas_Reyl", key] == {
        "kind": "event",
        "event": event,
        "type": "Meeting",
        "label": "Meeting: Lena Ostrov, Tomas Reyl, 2021-03-06",
        "status": "Planned",
        "when": "2021-03-06",
        "begin": "2021-03-06",
        "reported": "2021-03-05",
        "score": 2.5,
        "count": 2,
        "sentence": "Lena Ostrov will meet Tomas Reyl in Port Selin on March 6, Foreign Ministry spokesman Pavel Drum said.",
    }


@pytest.mark.parametrize(("format", "read"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)])
def test_networkx_reads_the_network_again(format: str, read: object, graph: Graph, tmp_path: Path) -> None:
    export(graph, format, tmp_path / "out")
    found = read(tmp_path / "out")  # type: ignore[operator]  # one of two functions of networkx
    known = network(graph)
    assert set(found.nodes) == set(known.nodes)
    assert sorted((a, b) for a, b, *_ in found.edges) == sorted((a, b) for a, b, *_ in known.edges)


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_control_characters_do_not_break_the_xml(format: str, graph: Graph, tmp_path: Path) -> None:
    things = NamedNode(ID + "graph/things")
    label = NamedNode(PREFIXES["rdfs"] + "label")
    kept = [quad for quad in graph.sorted_quads(things) if quad.predicate != label or quad.subject.value != ID + "Belmora"]
    graph.replace(
        things.value,
        [*kept, Quad(NamedNode(ID + "Belmora"), label, Literal("Bel\x1b\x00mora & <b>"), things)],
    )
    export(graph, format, tmp_path / "out")
    reader = networkx.read_graphml if format == "graphml" else networkx.read_gexf
    assert reader(tmp_path / "out").nodes[ID + "Belmora"]["label"] == "Belmora & <b>"


def test_only_characters_that_xml_cannot_hold_are_left_out() -> None:
    assert clean("a\tb\nc\x07\ufffeé😀") == "a\tb\nc" + "é😀"


def test_exporting_loads_no_spacy_and_asking_no_rdflib_networkx_or_rich() -> None:
    heavy = "{'spacy', 'rdflib', 'networkx', 'rich'} & set(sys.modules)"
    code = f"import sys, kgbuild.ask.export, kgbuild.ask.query; print({heavy} or 'none')"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=SMALL.parents[1])
    assert said.stdout == "none\n"
