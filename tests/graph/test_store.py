"""The store: replaced whole, asked safely, written the same each time."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from kgbuild.errors import KgbuildError, QueryError
from kgbuild.graph import store
from kgbuild.graph.guard import refuse_unsafe
from kgbuild.graph.store import Graph, Rows
from kgbuild.graph.triples import PREFIXES

SMALL = Path(__file__).parents[1] / "small.trig"
EX = "http://example.org/"


@pytest.fixture(scope="module")
def graph() -> Graph:
    small = Graph.memory()
    small.load_trig(SMALL)
    return small


def quad(subject: str, text: str, name: str = "g") -> Quad:
    return Quad(NamedNode(EX + subject), NamedNode(EX + "says"), Literal(text), NamedNode(EX + name))


def iri(short: str) -> NamedNode:
    prefix, _, local = short.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


@pytest.mark.parametrize("size", [1, 2, 100])
def test_of_what_is_said_twice_of_one_subject_the_last_counts_in_however_many_pieces(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "BATCH", size)
    graph, name = Graph.memory(), NamedNode(EX + "g")
    graph.load([quad("a", "first"), quad("b", "first")])
    a, b = (NamedNode(EX + local) for local in "ab")
    said = [(name, a, [quad("a", "second")]), (name, b, []), (name, a, [quad("a", "third"), quad("a", "fourth")])]
    assert graph.take(said) == 0
    assert [*graph.quads()] == [quad("a", "fourth"), quad("a", "third")]


def test_opening_a_folder_without_a_graph_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(KgbuildError) as raised:
        Graph.open(tmp_path / "store")
    cure = f"Build one first: kgbuild build seeds/ -o {tmp_path}"
    assert str(raised.value) == f"{tmp_path}: no graph here yet. {cure}"
    assert list(tmp_path.iterdir()) == []


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    first = Graph.create(tmp_path / "store")
    with pytest.raises(KgbuildError, match="another kgbuild is writing to this graph"):
        Graph.create(tmp_path / "store")
    assert len(first) == 0


def test_what_is_written_on_disk_is_read_again(tmp_path: Path) -> None:
    written = Graph.create(tmp_path / "store")
    written.replace(EX + "g", [quad("a", "x")])
    del written
    assert list(Graph.open(tmp_path / "store").quads()) == [quad("a", "x")]


def test_replacing_a_graph_leaves_the_others_alone() -> None:
    changed = Graph.memory()
    changed.replace(EX + "g", [quad("a", "old"), quad("b", "old")])
    changed.replace(EX + "h", [quad("a", "other", "h")])
    changed.replace(EX + "g", [quad("a", "new")])
    assert list(changed.quads()) == [quad("a", "new"), quad("a", "other", "h")]


def test_replacing_by_nothing_empties_the_graph() -> None:
    changed = Graph.memory()
    changed.replace(EX + "g", [quad("a", "old")])
    changed.replace(EX + "g", [])
    assert list(changed.quads()) == []


def test_a_removed_graph_is_gone() -> None:
    changed = Graph.memory()
    changed.replace(EX + "g", [quad("a", "old")])
    changed.remove(EX + "g")
    changed.remove(EX + "never-there")
    assert changed.graph_names() == []


def test_a_quad_of_another_graph_is_refused_and_nothing_changes() -> None:
    changed = Graph.memory()
    changed.replace(EX + "g", [quad("a", "old")])
    with pytest.raises(ValueError, match="was given for"):
        changed.replace(EX + "g", [quad("a", "new"), quad("b", "stray", "h")])
    assert list(changed.quads()) == [quad("a", "old")]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_any_text_survives_replacing(texts: list[str]) -> None:
    changed = Graph.memory()
    changed.replace(EX + "g", [quad("a", "old")])
    changed.replace(EX + "g", [quad("a", text) for text in texts])
    assert {found.object.value for found in changed.quads()} == set(texts)


def test_a_query_sees_the_union_of_all_graphs_and_knows_the_prefixes(graph: Graph) -> None:
    found = graph.select("SELECT ?who { ?who dip:memberOf ?what . ?what a dip:IntergovernmentalOrganization }")
    assert found == Rows(("who",), [(iri("id:Arvania"),)])


def test_a_query_may_name_its_graphs(graph: Graph) -> None:
    edges = "SELECT ?who FROM id:graph\\/edges { ?who dip:memberOf ?what }"
    things = "SELECT ?who FROM id:graph\\/things { ?who dip:memberOf ?what }"
    assert (graph.select(edges).rows, graph.select(things).rows) == ([(iri("id:Arvania"),)], [])


def test_a_value_is_bound_without_becoming_query_text(graph: Graph) -> None:
    found = graph.select("SELECT ?who ?what { ?who dip:memberOf ?what }", who=iri("id:Belmora"))
    assert found.rows == []


def test_an_unbound_cell_is_none(graph: Graph) -> None:
    found = graph.select("SELECT ?iso { VALUES ?who { id:Port_Selin } OPTIONAL { ?who dip:iso3 ?iso } }")
    assert found.rows == [(None,)]


def test_construct_gives_each_triple_once_sorted(graph: Graph) -> None:
    found = graph.construct("CONSTRUCT { ?who a dip:Member } { ?who dip:memberOf|dip:signedWith ?what }")
    rdf_type = iri("rdf:type")
    assert found == [
        Triple(iri("id:Arvania"), rdf_type, iri("dip:Member")),
        Triple(iri("id:Belmora"), rdf_type, iri("dip:Member")),
    ]


def test_ask_gives_yes_or_no(graph: Graph) -> None:
    assert graph.ask("ASK { id:Arvania dip:memberOf ?x }") is True
    assert graph.ask("ASK { id:Belmora dip:memberOf ?x }") is False


def test_a_mistake_in_a_query_is_shown_in_its_place(graph: Graph) -> None:
    with pytest.raises(QueryError) as raised:
        graph.select("SELECT ?x {\n  ?x a nothing:Known }")
    known = " ".join(f"{prefix}:" for prefix in PREFIXES)
    assert str(raised.value) == (
        "The query has a mistake in line 2, column 21: its prefix is not known.\n"
        "    ?x a nothing:Known }\n"
        "                      ^\n"
        f"These need no declaration: {known}"
    )


@pytest.mark.parametrize(
    ("sparql", "said"),
    [
        ("SELEC ?x {}", "line 1, column 1: expected SELECT, ASK, CONSTRUCT or DESCRIBE.\n  SELEC ?x {}\n  ^\n"),
        (
            "SELECT ?x {\n  ?x dip:claims }",
            "line 2, column 17: expected a variable, a string, a name such as dip:Meeting or an IRI.\n"
            "    ?x dip:claims }\n"
            "                  ^\n",
        ),
        (
            "SELECT ?x { ?x ?y ?z ; ",
            "line 1, column 23: } is missing.\n  SELECT ?x { ?x ?y ?z ; \n                        ^\n",
        ),
        ("ASK { ?x ?y ?z } }", "line 1, column 18: there is a } too many.\n  ASK { ?x ?y ?z } }\n                   ^\n"),
        ("ASK { ?x ?y (1 }", "line 1, column 16: ) is missing before this.\n  ASK { ?x ?y (1 }\n                 ^\n"),
        (
            "ASK { ?x ?y ?z ?a }",
            "line 1, column 20: up to here it is no whole query. Somewhere before, a word is missing or too many.\n"
            "  ASK { ?x ?y ?z ?a }\n                     ^\n",
        ),
    ],
)
def test_a_mistake_says_what_was_expected(sparql: str, said: str, graph: Graph) -> None:
    with pytest.raises(QueryError) as raised:
        graph.select(sparql)
    cure = "Correct it; ontology/README.md has queries to begin with."
    assert str(raised.value) == f"The query has a mistake in {said}{cure}"


def test_an_update_is_refused(graph: Graph) -> None:
    with pytest.raises(QueryError, match="A query can only read the graph"):
        graph.query("DELETE WHERE { ?s ?p ?o }")


UNSAFE = [
    "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
    "SELECT * { serviCe<http://example.org/>{ ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT ?where { ?s ?p ?o } }",
    "SELECT * { SERVICE:x { ?s ?p ?o } }",
    "SELECT * { SERVICEid:x { ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE<http://example.org/>{ ?a ?b ?c } }",
    "SELECT * { \\u0053ERVICE <http://example.org/> { ?s ?p ?o } }",
    "SELECT * { S\\U00000045RVICE <http://example.org/> { ?s ?p ?o } }",
    # A comment ends at a carriage return, too.
    "SELECT * { # nothing\rSERVICE <http://example.org/> { ?s ?p ?o } }",
    # No comment and no string begins here: both are escaped in a local name.
    "SELECT * { ?s ?p id:a\\# . SERVICE <http://example.org/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p id:a\\' . SERVICE <http://example.org/> { ?s ?p ?o } #' \n }",
    # Less-than, not an IRI: what follows it is a string, or a comment.
    "SELECT * { ?s ?p ?o FILTER(?o<'>') SERVICE <http://example.org/> { ?s ?p ?o } FILTER(?o = '') }",
    "SELECT * { ?s ?p ?o FILTER(?o<id:b#>'''\n) SERVICE <http://example.org/> { ?s ?p ?o } #'''\n }",
    # The escape ends the string, in a parser that resolves escapes first.
    'SELECT * { ?s ?p "a\\u0022 . SERVICE <http://example.org/> { ?s ?p ?o } #" }',
]


@pytest.mark.parametrize("sparql", UNSAFE)
def test_a_query_that_would_call_out_is_refused(sparql: str) -> None:
    with pytest.raises(QueryError, match="The query says SERVICE"):
        refuse_unsafe(sparql)


SAFE = [
    'SELECT * { ?s ?p "SERVICE <http://example.org/> { ?s ?p ?o }" }',
    "SELECT * { ?s ?p 'it\\'s SERVICE <x> {' }",
    'SELECT * { ?s ?p """a "" SERVICE <x> {""" }',
    "SELECT * { # SERVICE <http://example.org/> { ?s ?p ?o }\n }",
    "SELECT * { ?s <http://example.org/service#SERVICE> ?service }",
    "SELECT * { ?s id:service ?o ; <service/x> _:service }",
]


@pytest.mark.parametrize("sparql", SAFE)
def test_the_word_service_is_allowed_in_strings_comments_iris_and_names(sparql: str, graph: Graph) -> None:
    assert isinstance(graph.query(sparql.replace("<service/x>", "id:x")), Rows)
    refuse_unsafe(sparql)


FRAGMENTS = [
    *(
        "SERVICE ?z { ?u ?v ?w }",
        "sErViCe?z{}",
        " ",
        "\n",
        "\r",
        "{",
        "}",
        ")",
        "?s ?p ?o",
        ". ",
        ",",
        ";",
        "#",
        "'",
        '"',
    ),
    *(
        "'''",
        '"""',
        "\\",
        "\\#",
        "\\'",
        "<",
        ">",
        "<e:b#>",
        "<'>",
        "<x>",
        "FILTER(?s<",
        "FILTER(?s<'>')",
        "e:a",
        "e:",
        "1",
    ),
    *("true", "'a'", "\\u0027", "?x", "FILTER(?s<e:b#>'''\n1)"),
]
FRAGMENT = st.lists(st.sampled_from(FRAGMENTS), max_size=5).map("".join)


@given(FRAGMENT, FRAGMENT)
def test_what_oxigraph_takes_for_a_service_is_refused(before: str, after: str) -> None:
    # SERVICE with an unbound variable calls nobody: Oxigraph then says that it would have.
    sparql = f"SELECT * {{ ?s ?p ?o {before} SERVICE ?z {{ ?u ?v ?w }} {after} }}"
    store = Store()
    store.add(quad("a", "x"))
    try:
        list(store.query(sparql, prefixes={"e": EX}, use_default_graph_as_union=True))
    except SyntaxError:
        return
    except RuntimeError as error:
        assert "service" in str(error)
        with pytest.raises(QueryError):
            refuse_unsafe(sparql)


@given(st.lists(st.booleans(), min_size=7, max_size=7), st.sampled_from(["", " ", "\n", "\t", "#x\n"]))
def test_service_is_refused_in_any_case_and_spacing(upper: list[bool], space: str) -> None:
    word = "".join(letter.upper() if up else letter for letter, up in zip("service", upper, strict=True))
    with pytest.raises(QueryError):
        refuse_unsafe(f"SELECT * {{{space}{word}{space}<http://example.org/>{space}{{ ?s ?p ?o }} }}")


def test_the_same_quads_give_the_same_trig_whatever_their_order(graph: Graph, tmp_path: Path) -> None:
    graph.dump_trig(tmp_path / "one.trig")
    shuffled = list(graph.quads())
    random.Random(7).shuffle(shuffled)
    other = Graph.memory()
    for name in graph.graph_names():
        other.replace(name.value, [quad for quad in shuffled if quad.graph_name == name])
    other.dump_trig(tmp_path / "two.trig")
    assert (tmp_path / "one.trig").read_bytes() == (tmp_path / "two.trig").read_bytes()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["one.trig", "two.trig"]


def test_trig_is_readable(tmp_path: Path) -> None:
    one = Graph.memory()
    one.replace(
        PREFIXES["id"] + "graph/edges",
        [
            Quad(iri("id:Arvania"), iri("rdfs:label"), Literal("Arvania", language="en"), iri("id:graph/edges")),
            Quad(iri("id:Arvania"), iri("rdf:type"), iri("dip:State"), iri("id:graph/edges")),
        ],
    )
    one.dump_trig(tmp_path / "one.trig")
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(PREFIXES.items()))
    assert (tmp_path / "one.trig").read_text(encoding="utf-8") == prefixes + (
        'id:graph\\/edges {\n\tid:Arvania a dip:State ;\n\t\trdfs:label "Arvania"@en .\n}\n'
    )


def test_trig_says_every_quad_to_oxigraph_and_to_rdflib(graph: Graph, tmp_path: Path) -> None:
    graph.dump_trig(tmp_path / "small.trig")
    assert set(parse(path=str(tmp_path / "small.trig"), format=RdfFormat.TRIG)) == set(graph.quads())
    dataset = rdflib.Dataset()
    dataset.parse(tmp_path / "small.trig", format="trig")
    said = {tuple(str(term) for term in found) for found in dataset.quads()}
    assert said == {(q.subject.value, q.predicate.value, q.object.value, q.graph_name.value) for q in graph.quads()}


def test_a_file_that_is_not_trig_is_an_error_with_its_line_and_adds_nothing(tmp_path: Path) -> None:
    (tmp_path / "bad.trig").write_text(
        "<http://e/a> <http://e/b> <http://e/c> .\n<http://e/a> nothing .\n", encoding="utf-8"
    )
    empty = Graph.memory()
    with pytest.raises(KgbuildError, match=r"bad\.trig:2: not TriG: "):
        empty.load_trig(tmp_path / "bad.trig")
    assert list(empty.quads()) == []


def test_the_dataset_of_rdflib_is_the_same_store(graph: Graph) -> None:
    rows = graph.dataset().query("SELECT ?what { id:Arvania dip:memberOf ?what }")
    assert [tuple(row) for row in rows] == [(rdflib.URIRef(PREFIXES["id"] + "Northern_League"),)]


def test_a_settled_store_is_in_its_tables_and_not_only_in_its_log(tmp_path: Path) -> None:
    def tables() -> int:
        return sum(table.stat().st_size for table in (tmp_path / "store").glob("*.sst"))

    graph = Graph.create(tmp_path / "store")
    graph.load_trig(SMALL)
    before = tables()
    graph.compact()
    assert tables() > before
