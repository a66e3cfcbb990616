"""Between whom edges are drawn: the sides of a sentence, and nobody with his own state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from kgbuild.graph import entities, events
from kgbuild.graph.edges import relation_edges
from kgbuild.graph.triples import PREFIXES, Facts
from kgbuild.model import SURE, Reading
from kgbuild.ontology import Ontology
from kgbuild.read.reader import Reader
from tests.conftest import article_of

Edges = Callable[..., list[str]]


def local(iri: str) -> str:
    return iri.removeprefix(PREFIXES["id"]).removeprefix(PREFIXES["dip"])


@pytest.fixture(scope="module")
def edges(reader: Reader, ontology: Ontology) -> Edges:
    """The event edges of articles, "Norway metWith Peru"; those both ways once, as "Norway -- metWith -- Peru"."""

    def of(*texts: str, issued: str = "2016-02-03") -> list[str]:
        readings: Sequence[Reading] = list(reader.read([article_of(text, issued=issued) for text in texts]))
        known = entities.merge(readings, ontology)
        _, found = events.facts(events.merge(readings, known), known)
        triples = {(local(q.subject.value), local(q.predicate.value), local(q.object.value)) for q in found}
        both = {(a, p, b) for a, p, b in triples if (b, p, a) in triples}
        lines = [f"{a} -- {p} -- {b}" for a, p, b in both if a < b] + [f"{a} {p} {b}" for a, p, b in triples - both]
        return sorted(lines)

    return of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Norway discussed the plan with Peru, Chile and Mali.",
            ["Chile -- metWith -- Norway", "Mali -- metWith -- Norway", "Norway -- metWith -- Peru"],
            id="the subject with each behind with",
        ),
        pytest.param(
            '"We discussed this with Peru and Chile," a Norwegian minister said.',
            ["Chile -- metWith -- Norway", "Norway -- metWith -- Peru"],
            id="we are those for whom the speaker speaks",
        ),
        pytest.param(
            "Talks with Peru and Chile were held on Monday.", [], id="those behind with have nothing with each other"
        ),
        pytest.param(
            "Norway met Peru and a group of reporters from Chile.", ["Norway -- metWith -- Peru"], id="a side unnamed"
        ),
        pytest.param(
            "Leaders of Norway, Peru and Chile met in Paris.",
            ["Chile -- metWith -- Norway", "Chile -- metWith -- Peru", "Norway -- metWith -- Peru"],
            id="a group without another side",
        ),
        pytest.param(
            "Oman mediated between Iran and Egypt.",
            ["Oman mediatedBetween Egypt", "Oman mediatedBetween Iran"],
            id="a mediator with each",
        ),
        pytest.param(
            "Oman hosted talks between Iran and Egypt.",
            ["Egypt -- metWith -- Iran", "Oman mediatedBetween Egypt", "Oman mediatedBetween Iran"],
            id="talks that are hosted are had",
        ),
        pytest.param(
            "Norway and Peru criticized Chile and Mali.",
            ["Norway criticized Chile", "Norway criticized Mali", "Peru criticized Chile", "Peru criticized Mali"],
            id="each actor with each recipient",
        ),
        pytest.param(
            "Angela Merkel and Frank-Walter Steinmeier visited Peru.",
            ["Angela_Merkel visited Peru", "Frank_Walter_Steinmeier visited Peru"],
            id="who travels together visits not each other",
        ),
    ],
)
def test_edges_join_the_sides_of_a_sentence(text: str, expected: list[str], edges: Edges) -> None:
    assert edges(text) == expected


def test_a_state_stands_back_where_its_minister_takes_part(edges: Edges) -> None:
    assert edges("Sergey Lavrov met John Kerry in Geneva.") == ["John_Kerry -- metWith -- Sergey_Lavrov"]
    assert edges("Sergey Lavrov met with Germany.") == ["Germany -- metWith -- Sergey_Lavrov"]


def test_a_state_stands_back_though_another_article_names_it(edges: Edges) -> None:
    by_state = "Russia met with the United States in Geneva on 1 February 2016."
    by_minister = "Sergey Lavrov met with John Kerry in Geneva on 1 February 2016."
    assert edges(by_state, by_minister) == ["John_Kerry -- metWith -- Sergey_Lavrov"]


def test_nobody_is_joined_to_his_own_state_or_its_offices(edges: Edges) -> None:
    assert edges("Sergey Lavrov met with Russia in Moscow.") == []
    assert edges("Sergey Lavrov met with the Russian Foreign Ministry.") == []


def test_a_state_is_joined_to_a_citizen_whom_it_arrests(edges: Edges) -> None:
    assert edges("Russia detained Alexei Navalny, a Russian opposition leader.") == ["Russia detained Alexei_Navalny"]


def test_who_visits_a_capital_visits_its_state(edges: Edges) -> None:
    assert edges("Angela Merkel visited Kyiv.") == ["Angela_Merkel visited Ukraine"]


def test_a_theme_ends_an_edge_only_where_its_type_says_so(edges: Edges) -> None:
    assert edges("Russia withdrew from the Treaty of Tartu.") == ["Russia abandoned Treaty_of_Tartu"]
    assert edges("Russia criticized the Treaty of Tartu.") == []
    assert edges("Russia withdrew from the pact.") == []


def test_an_event_knows_the_side_that_is_faced_whoever_tells_it(reader: Reader, ontology: Ontology) -> None:
    texts = (
        "Norway met with Peru and Chile in Oslo on 1 February 2016.",
        "Chile met with Norway in Oslo on 1 February 2016.",
    )
    readings = list(reader.read([article_of(text, issued="2016-02-03") for text in texts]))
    [event] = events.merge(readings, entities.merge(readings, ontology))
    assert (event.entities("participant"), event.other_side) == (["Chile", "Norway", "Peru"], ["Chile", "Peru"])


@pytest.mark.parametrize(("confidence", "drawn"), [(SURE, True), (SURE - 0.01, False)])
def test_what_was_read_unsurely_makes_no_edge(confidence: float, drawn: bool, reader: Reader, ontology: Ontology) -> None:
    (read,) = reader.read([article_of("Norway met Peru. Norway is a member of NATO.", issued="2016-02-03")])
    readings = [replace(read, claims=tuple(replace(claim, confidence=confidence) for claim in read.claims))]
    known = entities.merge(readings, ontology)
    _, found = events.facts(events.merge(readings, known), known)
    relations = Facts("graph/edges")
    relation_edges(relations, readings, known)
    assert [bool(found), bool(relations)] == [drawn, drawn]
