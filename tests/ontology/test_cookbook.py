"""The queries of ontology/README.md: each finds something in the graph of the seeds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kgbuild.ask.warnings import warnings
from kgbuild.graph.store import Graph, Rows

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "ontology" / "README.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"^\*\*(\d+)\. (.+?)\*\*\n\n```sparql\n(.*?)```$", TEXT, flags=re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def graph() -> Graph:
    seeds = Graph.memory()
    seeds.load_trig(ROOT / "output" / "graph.trig")
    return seeds


def test_there_are_twenty_queries() -> None:
    assert [number for number, _, _ in QUERIES] == [str(number) for number in range(1, 21)]


@pytest.mark.parametrize(("title", "query"), [(title, query) for _, title, query in QUERIES])
def test_a_query_of_the_cookbook_finds_something(title: str, query: str, graph: Graph) -> None:
    answer = graph.answer_here(query)
    found = answer.rows if isinstance(answer, Rows) else answer
    assert found, title
    assert list(warnings(graph, query)) == []


def test_each_term_of_the_vocabulary_page_is_one(graph: Graph) -> None:
    terms = sorted(set(re.findall(r"\bdip:\w+", TEXT)))
    unknown = [term for term in terms if not graph.answer_here(f"ASK {{ GRAPH id:graph\\/ontology {{ {term} ?p ?o }} }}")]
    assert unknown == []
