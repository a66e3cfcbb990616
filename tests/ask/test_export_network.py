"""The network that is exported is the picture that is drawn, and its tables are what Neo4j imports."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import duckdb
import pytest

from kgbuild.ask.export import export, network
from kgbuild.ask.picture import read_picture
from kgbuild.ask.selection import Selection
from kgbuild.errors import KgbuildError
from kgbuild.graph.store import Graph
from kgbuild.graph.triples import PREFIXES
from tests.ask.world import World

ID = PREFIXES["id"]


@pytest.fixture
def graph() -> Graph:
    small = Graph.memory()
    small.load_trig(Path(__file__).parents[1] / "small.trig")
    return small


@pytest.mark.parametrize("selection", [Selection(), Selection("Belmora"), Selection(relations=("Meeting",))])
def test_nodes_and_edges_are_the_actors_and_lines_of_the_picture(selection: Selection, graph: Graph) -> None:
    picture, found = read_picture(graph, selection), network(graph, selection)
    assert set(found.nodes) == {actor.id for actor in picture.actors}
    assert sorted(found.edges) == sorted((line.source, line.target, line.id) for line in picture.lines)
    assert {key: said["weight"] for _, _, key, said in found.edges(keys=True, data=True)} == {
        line.id: len(line.claims) for line in picture.lines
    }


def test_a_node_says_what_is_known_of_an_actor(graph: Graph) -> None:
    assert network(graph).nodes["Arvania"] == {
        "iri": ID + "Arvania",
        "label": "Arvania",
        "kind": "state",
        "class": "state",
        "names": "Arvanian",
        "wikidata": "Q900001",
        "iso2": "av",
        "acts_for": "",
        "claims": 3,
        "community": 0,
    }


@pytest.mark.parametrize("role", ["recipient", "participant"])
def test_an_event_of_three_is_a_node_with_an_edge_for_each_who_takes_part(role: str, tmp_path: Path) -> None:
    world = World()
    for name in ("Norland", "Suderia", "Westmark"):
        world.actor(name)
    roles = {"actor": ("Norland",), role: ("Suderia", "Westmark")}
    world.says(world.article("Aid"), "Norland aided both.", "aided", "ProvideAid", **roles)  # type: ignore[arg-type]
    graph = world.graph()
    found, [line] = network(graph), read_picture(graph).lines
    assert found.nodes[line.id] == {
        "label": line.label,
        "kind": "event",
        "class": line.verb,
        "relation": "ProvideAid",
        "claims": 1,
        "community": 0,
    }
    assert sorted((a, b) for a, b, _ in found.edges) == [
        ("thing0", line.id),
        (line.id, "thing1"),
        (line.id, "thing2"),
    ]
    assert {said["sentence"] for _, _, said in found.edges(data=True)} == {"Norland aided both."}
    export(graph, "neo4j", tmp_path)
    nodes = csv.DictReader(io.StringIO((tmp_path / "nodes.csv").read_text(encoding="utf-8")))
    assert [row[":LABEL"] for row in nodes] == ["Entity;State", "Entity;State", "Entity;State", "Event;ProvideAid"]


def test_an_edge_carries_its_evidence(graph: Graph) -> None:
    article = ID + "article/00000000000000a1/claim/"
    key = "Lena_Ostrov -- Tomas_Reyl: Meeting, meets, planned"
    assert network(graph).edges["Lena_Ostrov", "Tomas_Reyl", key] == {
        "relation": "Meeting",
        "verb": "meets",
        "label": "meets · planned",
        "stance": "planned",
        "stance_words": "planned",
        "quad": "VerbalCooperation",
        "directed": False,
        "weight": 2,
        "events": 1,
        "score": 2.5,
        "sentence": "Lena Ostrov will meet Tomas Reyl in Port Selin on March 6, Foreign Ministry spokesman Pavel Drum said.",
        "speaker": "Pavel Drum",
        "cue": "said",
        "quoted": False,
        "article": "Arvania and Belmora to hold talks",
        "publisher": "Selin Wire",
        "url": "https://wire.example/a1",
        "time": "2021-03-06",
        "day": "2021-03-06",
        "last_day": "2021-03-06",
        "evidence": f"{article}17-Meeting; {article}127-Meeting",
    }


def test_neo4j_gets_a_table_of_nodes_and_one_of_relationships(graph: Graph, tmp_path: Path) -> None:
    export(graph, "neo4j", tmp_path / "neo4j")
    assert sorted(file.name for file in (tmp_path / "neo4j").iterdir()) == ["nodes.csv", "relationships.csv"]
    nodes, edges = ((tmp_path / "neo4j" / name).read_text(encoding="utf-8") for name in ("nodes.csv", "relationships.csv"))
    assert nodes.splitlines()[:2] == [
        "id:ID,:LABEL,iri,label,kind,class,names:string[],wikidata,iso2,acts_for,claims:int,community:int",
        f"Arvania,Entity;State,{ID}Arvania,Arvania,state,state,Arvanian,Q900001,av,,3,0",
    ]
    rows = list(csv.DictReader(io.StringIO(edges)))
    assert [(row[":START_ID"], row[":TYPE"], row[":END_ID"], row["weight:int"], row["day:date"]) for row in rows] == [
        ("Arvania", "SignAgreement", "Belmora", "1", "2021-02-01"),
        ("Arvania", "ImposeSanctions", "Belmora", "1", "2021-03-05"),
        ("Arvania", "memberOf", "Northern_League", "1", "2021-03-05"),
        ("Lena_Ostrov", "Meeting", "Tomas_Reyl", "2", "2021-03-06"),
        ("Pavel_Drum", "spokespersonFor", "Arvanian_Foreign_Ministry", "1", "2021-03-05"),
        ("Tomas_Reyl", "holdsPosition", "Belmora", "1", "2021-03-08"),
    ]
    assert rows[3]["evidence:string[]"].split(";") == [
        f"{ID}article/00000000000000a1/claim/17-Meeting",
        f"{ID}article/00000000000000a1/claim/127-Meeting",
    ]


def test_duckdb_counts_in_neo4js_tables_what_networkx_has_and_every_end_is_a_node(graph: Graph, tmp_path: Path) -> None:
    export(graph, "neo4j", tmp_path)
    found = network(graph)
    nodes, edges = f"read_csv('{tmp_path}/nodes.csv')", f"read_csv('{tmp_path}/relationships.csv')"
    assert duckdb.sql(f"SELECT count(*) FROM {nodes}").fetchall() == [(found.number_of_nodes(),)]
    assert duckdb.sql(f"SELECT count(*) FROM {edges}").fetchall() == [(found.number_of_edges(),)]
    ends = f'SELECT ":START_ID" FROM {edges} UNION SELECT ":END_ID" FROM {edges}'
    assert duckdb.sql(f'({ends}) EXCEPT SELECT "id:ID" FROM {nodes}').fetchall() == []


def test_no_cell_of_neo4js_tables_breaks_its_line_or_is_run(tmp_path: Path) -> None:
    world = World()
    evil, good = world.actor('=cmd|" /C calc"!A0', "State", "-2+3; cmd"), world.actor("Good\nLand\x1b[31m, \u202eand so on")
    article = world.article("@SUM(A1)\r\nnext")
    world.event(
        "e1",
        "Meeting",
        {"participant": (evil, good)},
        [world.claim(article, "They\nmet.", "met", "Meeting", {"participant": (evil, good)})],
    )
    export(world.graph(), "neo4j", tmp_path)
    [_, *nodes] = csv.reader(io.StringIO((tmp_path / "nodes.csv").read_text(encoding="utf-8")))
    assert [(row[3], row[6]) for row in nodes] == [('\'=cmd|" /C calc"!A0', "'-2+3, cmd"), ("Good Land[31m, and so on", "")]
    assert len((tmp_path / "relationships.csv").read_bytes().splitlines()) == 2
    [_, edge] = csv.reader(io.StringIO((tmp_path / "relationships.csv").read_text(encoding="utf-8")))
    assert (edge[19], edge[20]) == ("They met.", "'@SUM(A1) next")


def test_formats_of_several_files_need_a_folder(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(KgbuildError) as raised:
        export(graph, "neo4j", None)
    assert str(raised.value) == (
        "neo4j is written as nodes.csv and relationships.csv. Name a folder for them: kgbuild export --format neo4j -o neo4j"
    )
    (tmp_path / "file").touch()
    with pytest.raises(KgbuildError) as raised:
        export(graph, "neo4j", tmp_path / "file")
    assert str(raised.value) == (
        f"{tmp_path / 'file'}: this is a file, and neo4j is written as nodes.csv and relationships.csv."
        " Name a folder for them with -o."
    )
