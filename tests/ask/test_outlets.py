"""What two outlets tell differently."""

from __future__ import annotations

import json

import pytest

from kgbuild import pipeline
from kgbuild.ask.query import ask
from kgbuild.ask.questions import find_question
from kgbuild.ask.terms import plain
from kgbuild.graph.store import Graph, Rows
from kgbuild.ontology import Ontology, default_folder

TOLD = {
    "Post": "Norway sent troops to Chad on March 2, 2021.",
    "Times": "Norway plans to send troops to Chad on March 2, 2021.",
    "Wire": "Norway did not send troops to Chad on March 2, 2021, the minister said.",
}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory, ontology: Ontology) -> Graph:
    folder = tmp_path_factory.mktemp("outlets")
    records = [{"id": name, "text": text, "date": "2021-03-03", "publisher": name} for name, text in TOLD.items()]
    (folder / "in.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    pipeline.build([folder / "in.jsonl"], folder / "out", ontology=ontology)
    return Graph.open(folder / "out" / "store")


def told(graph: Graph, *columns: str, limit: int | None = None, **names: str) -> list[tuple[str, ...]]:
    """What the question tells in these *columns*."""
    rows = ask(graph, find_question("outlets", default_folder()), names, limit=limit)
    assert isinstance(rows, Rows)
    return [tuple(plain(row[rows.columns.index(column)]) for column in columns) for row in rows.rows]


def test_a_row_for_each_two_outlets_the_sharpest_difference_first(graph: Graph) -> None:
    assert told(graph, "one", "another", "says", "sayingElse") == [
        ("Post", "Wire", "Post: actual", "Wire: denied, says the minister"),
        ("Times", "Wire", "Times: planned", "Wire: denied, says the minister"),
        ("Post", "Times", "Post: actual", "Times: planned"),
    ]


def test_of_the_two_that_are_named_with_the_sentences_of_both(graph: Graph) -> None:
    found = told(graph, "sentence", "otherSentence", outlet="Times", other="Post", limit=5)
    assert found == [(TOLD["Post"], TOLD["Times"])]


def test_of_one_outlet_no_more_than_asked_for(graph: Graph) -> None:
    assert told(graph, "one", "another", outlet="Times", limit=1) == [("Times", "Wire")]
