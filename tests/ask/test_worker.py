"""A question of the user in its process: answered, laid out, and stopped in time; a damaged store is named."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from kgbuild.ask.diff import compare
from kgbuild.ask.export import network
from kgbuild.ask.network import draw
from kgbuild.ask.query import Answer, ask
from kgbuild.ask.questions import find_question
from kgbuild.ask.render import render
from kgbuild.ask.worker import bounded_answer, bounded_result, bounded_text
from kgbuild.errors import KgbuildError, QueryError
from kgbuild.graph.bounded import NESTED, Limits
from kgbuild.graph.store import Graph, Rows

SMALL = Path(__file__).parents[1] / "small.trig"
ONTOLOGY = Path(__file__).parents[2] / "ontology"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
MANY = "SELECT ?s ?t { ?s ?p ?o . ?t ?q ?r }"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    written = Graph.create(tmp_path / "out" / "store")
    written.load_trig(SMALL)
    written.compact()
    return tmp_path / "out" / "store"


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process is a copy of this one, whatever threads other tests have left."""
    if sys.platform != "linux":
        pytest.skip("only Linux can copy a process safely")
    monkeypatch.setattr("kgbuild.graph.bounded.can_fork", lambda: True)
    monkeypatch.setattr("kgbuild.ask.worker.can_fork", lambda: True)


@pytest.mark.parametrize("style", ["table", "csv", "tsv", "json"])
def test_the_text_is_what_laying_out_the_answer_gives(store: Path, style: str) -> None:
    met = find_question("met", ONTOLOGY)
    answer = ask(Graph.open(store), met, limits=None)
    assert "".join(bounded_text(store, met, style=style, width=100)) == render(answer, style, width=100)


def test_letters_of_all_kinds_are_laid_out(store: Path) -> None:
    words = "SELECT ?x { VALUES ?x { 'Łódź' '東京' '🕊' 'عمان' } }"
    assert render(bounded_answer(store, words), width=40) == "".join(bounded_text(store, words, width=40))


@pytest.mark.usefixtures("copied")
def test_laying_out_is_stopped_in_time_and_nothing_is_begun(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def without_end(answer: object, style: str, *, width: int | None) -> None:
        while True:
            pass

    monkeypatch.setattr("kgbuild.ask.worker.lay_out", without_end)
    pieces: list[str] = []
    with pytest.raises(QueryError, match=r"^The query was answered, but with laying the answer out it took longer than 2 s"):
        pieces += bounded_text(store, "ASK {}", limits=Limits(2))
    assert pieces == []


def columns(answer: Answer) -> tuple[str, ...]:
    assert isinstance(answer, Rows)
    return answer.columns


def no_edges(answer: Answer) -> None:
    raise KgbuildError("No edges here.")


def test_what_is_made_of_an_answer_is_made_in_the_process(store: Path) -> None:
    assert bounded_result(store, "SELECT ?a ?b { ?a ?b ?c }", then=columns) == ("a", "b")
    with pytest.raises(KgbuildError, match=r"^No edges here\.$"):
        bounded_result(store, "ASK {}", then=no_edges)


@pytest.mark.usefixtures("copied")
def test_a_query_in_python_is_stopped_at_the_limit_on_disk_and_in_memory(store: Path) -> None:
    memory = Graph.memory()
    memory.load_trig(SMALL)
    for graph in (Graph.open(store), memory):
        with pytest.raises(QueryError, match=r"^The query took longer than 0\.5 seconds"):
            graph.select(ENDLESS, timeout=0.5)


def test_a_graph_that_is_open_for_writing_is_asked_for_what_it_has_now(tmp_path: Path) -> None:
    written = Graph.create(tmp_path / "store")
    written.load_trig(SMALL)
    assert written.ask("ASK { id:Arvania dip:memberOf ?x }") is True


def test_beside_other_threads_the_answer_is_the_same(store: Path) -> None:
    graph, met = Graph.open(store), "SELECT ?a ?b { ?a dip:metWith ?b } ORDER BY ?a ?b"
    alone, done = graph.select(met), threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        assert graph.select(met) == alone
    finally:
        done.set()
        other.join()


def test_a_query_in_python_without_limits_is_answered_in_this_process(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kgbuild.graph.bounded.bounded", None)
    assert Graph.open(store).ask("ASK { id:Arvania dip:memberOf ?x }", timeout=None, memory=None) is True


def test_a_query_that_is_too_long_for_the_stack_says_so(store: Path) -> None:
    with pytest.raises(QueryError) as raised:
        bounded_answer(store, "ASK { FILTER(?x" + "||?x" * 100_000 + ") }")
    assert str(raised.value) == NESTED


@pytest.mark.usefixtures("copied")
def test_a_query_of_the_process_is_offline(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The guard is taken away: what then calls out is refused by the system.
    monkeypatch.setattr("kgbuild.graph.store.refuse_unsafe", lambda sparql: None)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        port = listener.getsockname()[1]
        with pytest.raises(QueryError, match="Permission denied"):
            bounded_answer(store, f"ASK {{ SERVICE <http://127.0.0.1:{port}/x> {{ <a:a> <a:b> <a:c> }} }}")
        with pytest.raises(BlockingIOError):
            listener.accept()


# -- damaged stores ---------------------------------------------------------------------------------


def missing_table(store: Path) -> None:
    sorted(store.glob("*.sst"))[-1].unlink()


def empty_current(store: Path) -> None:
    (store / "CURRENT").write_bytes(b"")


def short_manifest(store: Path) -> None:
    [manifest] = store.glob("MANIFEST-*")
    manifest.write_bytes(manifest.read_bytes()[:10])


def flipped_bytes(store: Path) -> None:
    for table in store.glob("*.sst"):
        data = bytearray(table.read_bytes())
        for place in range(20, len(data), 97):
            data[place] ^= 0xFF
        table.write_bytes(data)


DAMAGES = [missing_table, empty_current, short_manifest, flipped_bytes]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_store_is_named_with_the_cure(store: Path, damage: object) -> None:
    assert callable(damage)
    damage(store)
    for read in (lambda: bounded_answer(store, MANY), lambda: list(Graph.open(store).quads())):
        with pytest.raises(KgbuildError) as raised:
            read()
        said = str(raised.value)
        assert said.startswith(f"{store.parent}: this graph is damaged and cannot be read (")
        assert said.endswith(
            f"Build it again from the same articles: kgbuild build … -o {store.parent} (what has been read is kept)."
        )


def test_a_store_whose_statements_are_damaged_is_named_though_it_opens(store: Path) -> None:
    tables = {table: table.read_bytes() for table in store.glob("*.sst")}
    opened = 0
    for table, data in tables.items():
        table.write_bytes(bytes([data[0] ^ 0xFF]) + data[1:])  # in the first block, which is read when it is needed
        for query in ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "SELECT ?o { ?s ?p ?o } ORDER BY ?o"):
            try:
                bounded_answer(store, query, limits=Limits(20, 2**28))
            except KgbuildError as error:
                assert "this graph is damaged and cannot be read (Corruption: " in str(error)
                opened += 1
        table.write_bytes(data)
    assert opened > 0


def test_looking_through_a_store_tells_which_damage_would_fill_the_memory(store: Path) -> None:
    found = []
    for table in sorted(store.glob("*.sst")):
        data = table.read_bytes()
        table.write_bytes(bytes([data[0] ^ 0xFF]) + data[1:])
        try:
            Graph.open(store).look_through()
            network(Graph.open(store))  # texts alone may be damaged: that ends, whatever it says
        except KgbuildError as error:
            found.append(str(error).startswith(f"{store.parent}: this graph is damaged and cannot be read (Corruption: "))
        table.write_bytes(data)
    assert found
    assert all(found)


@pytest.mark.parametrize("read", [network, draw, lambda graph: compare(graph, graph)])
def test_a_damaged_store_raises_from_python_what_the_commands_say(store: Path, read: Callable[[Graph], object]) -> None:
    for table in store.glob("*.sst"):
        data = table.read_bytes()
        table.write_bytes(bytes([data[0] ^ 0xFF]) + data[1:])
    with pytest.raises(KgbuildError) as raised:
        read(Graph.open(store))
    said = str(raised.value)
    assert said.startswith(f"{store.parent}: this graph is damaged and cannot be read (")
    assert said.endswith(f"kgbuild build … -o {store.parent} (what has been read is kept).")


def test_a_sound_store_passes(store: Path) -> None:
    graph = Graph.open(store)
    graph.look_through()
    assert len(graph) > 0
