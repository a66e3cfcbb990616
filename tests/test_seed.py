"""What the seed article says, and what it does not: the graph of one article, end to end."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgbuild import pipeline
from kgbuild.ask.query import ask
from kgbuild.ask.questions import find_question
from kgbuild.graph.store import Graph
from kgbuild.model import Claim, Reading
from kgbuild.ontology import Ontology, default_folder

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def reading(ontology: Ontology) -> Reading:
    problems: list[object] = []
    readings = list(pipeline.read([ROOT / "seeds"], ontology, problems.append))
    assert problems == []
    return readings[0]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory, ontology: Ontology) -> Graph:
    output = tmp_path_factory.mktemp("seed")
    pipeline.build([ROOT / "seeds"], output, ontology=ontology)
    return Graph.open(output / "store")


def said(claim: Claim) -> str:
    """A claim in one line: type, roles by entity (else by words), stance, speaker, time."""
    roles = sorted(f"{r.role} {e}" for r in claim.roles for e in (r.mention.entities or (f"«{r.mention.span.text}»",)))
    speaker = claim.stance.speaker.entities if claim.stance.speaker else ()
    parts = [claim.claims, *roles, claim.stance.polarity, claim.stance.modality]
    parts += [f"by {speaker[0]}"] if speaker else []
    parts += [claim.when.edtf] if claim.when else []
    return " | ".join(parts)


OSCE = "Organization_for_Security_and_Co_operation_in_Europe"
MINISTRY = "Russian_Foreign_Ministry"
DRAFT = "draft_declaration_of_Helsinki_plus_40"


@pytest.mark.parametrize(
    ("number", "claim"),
    [
        (1, f"MilitaryCooperation | participant Russia | participant Serbia | Affirmed | Planned | by {MINISTRY}"),
        (2, f"allyOf | object Russia | subject Serbia | Affirmed | Actual | by {MINISTRY}"),
        (
            3,
            "Meeting | participant Ivica_Dacic | participant Sergey_Lavrov | place Moscow | Affirmed | Planned | 2014-12-19",
        ),
        (3, "Meeting | participant Ivica_Dacic | participant Sergey_Lavrov | topic «cooperation» | Affirmed | Planned"),
        (
            3,
            "Meeting | participant Ivica_Dacic | participant Sergey_Lavrov | topic «joint cooperation» | Affirmed | Planned",
        ),
        (3, "Meeting | participant Ivica_Dacic | participant Sergey_Lavrov | topic South_Stream | Affirmed | Planned"),
        (4, "holdsPosition | holder Ivica_Dacic | of Serbia | office office/foreign_minister | Affirmed | Actual"),
        (5, "holdsPosition | holder Sergey_Lavrov | of Russia | office office/foreign_minister | Affirmed | Actual"),
        (6, f"chairs | object {OSCE} | subject Serbia | Affirmed | Planned | 2015"),
        (7, f"COOPERATE | participant Russia | participant Serbia | Affirmed | Planned | by {MINISTRY}"),
        (
            8,
            f"SignAgreement | participant Russia | participant «the foreign ministers» | place Kyiv | theme {DRAFT}"
            " | Affirmed | Actual | 2013-12",
        ),
        (9, f"memberOf | object {OSCE} | subject Russia | Affirmed | Actual"),
        (11, "tensionWith | object the_West | subject Russia | Affirmed | Actual | by Izvestia"),
        (12, f"spokespersonFor | object {MINISTRY} | subject Alexander_Lukashevich | Affirmed | Actual"),
        (
            13,
            "Demand | actor Russia | recipient «Serbia's presidency» | theme «balanced line» | Affirmed | Actual"
            " | by Alexander_Lukashevich",
        ),
        (14, "EconomicCooperation | participant Russia | participant Serbia | Affirmed | Actual | 2014-01/2014-09"),
        (14, "hasTradeVolume | subject Russia | subject Serbia | Affirmed | Actual | 2014-01/2014-09"),
        (
            15,
            "AbandonProject | actor Russia | cause «unconstructive approach» | theme South_Stream"
            " | Affirmed | Actual | 2014-12-01",
        ),
        (
            17,
            "Endorse | actor Serbia | recipient Russia | topic South_Stream | Affirmed | Actual | by Alexander_Lukashevich",
        ),
        (10, "CancelMeeting | cause «sharp deterioration» | theme «talks» | Affirmed | Actual | by Izvestia"),
        (16, "Criticize | actor Russia | recipient European_Union | topic South_Stream | Affirmed | Actual"),
        (
            18,
            "Criticize | actor Serbia | recipient Russia | topic South_Stream"
            " | Affirmed | Actual | by Alexander_Lukashevich",
        ),
        (
            19,
            "EconomicCooperation | participant Russia | participant Serbia | Affirmed | Possible | by Serbia",
        ),
    ],
)
def test_the_seed_says(reading: Reading, number: int, claim: str) -> None:
    assert claim in [said(c) for c in reading.claims], f"claim {number}"


def test_no_claim_has_helsinki_as_an_actor(reading: Reading) -> None:
    assert [
        said(c) for c in reading.claims for m in c.roles if "Finland" in (*m.mention.entities, *m.mention.represents)
    ] == []


def test_south_stream_is_a_project_and_no_place(reading: Reading) -> None:
    assert {m.cls for m in reading.mentions if "South_Stream" in m.entities} == {"Project"}


def test_europe_is_not_cut_out_of_the_name_of_the_osce(reading: Reading) -> None:
    names = [m.span.text for m in reading.mentions if OSCE in m.entities]
    assert names == ["Organization for Security and Co-operation in Europe", "OSCE", "OSCE", "OSCE", "OSCE", "OSCE"]


def test_russia_does_not_cooperate_with_the_european_union(reading: Reading) -> None:
    cooperating = ("COOPERATE", "EconomicCooperation", "MilitaryCooperation")
    assert [c for c in reading.claims if c.claims in cooperating and "European_Union" in str(c.roles)] == []


def test_the_four_quotes_of_the_talks_are_one_event(graph: Graph) -> None:
    rows = graph.select("SELECT ?e ?n ?when WHERE { ?e a dip:Meeting ; dip:claimCount ?n ; dip:when ?when }").rows
    assert [(e.value.rsplit("/", 1)[-1], n.value, when.value) for e, n, when in rows if e and n and when] == [
        ("Ivica_Dacic-Sergey_Lavrov", "4", "2014-12-19")
    ]


def test_trade_has_its_value_unit_and_change(graph: Graph) -> None:
    rows = graph.select("""
        SELECT ?words ?value ?unit ?change WHERE {
            ?claim dip:claims dip:hasTradeVolume ; dip:amount ?sum .
            ?sum dip:text ?words ; dip:value ?value ; dip:unit ?unit ; dip:change ?change }""").rows
    assert [tuple(term.value for term in row if term) for row in rows] == [
        ("$1.54 billion", "1540000000", "USD", "15.9"),
    ]


def test_a_planned_meeting_is_no_edge(graph: Graph) -> None:
    assert not graph.ask("ASK { GRAPH <https://w3id.org/kgbuild/id/graph/edges> { ?a dip:metWith ?b } }")


def answers(graph: Graph, question: str, *columns: str) -> set[tuple[str, ...]]:
    rows = ask(graph, find_question(question, default_folder()))
    assert not isinstance(rows, (bool, list))
    wanted = [rows.columns.index(column) for column in columns]
    return {tuple("" if row[i] is None else str(row[i].value) for i in wanted) for row in rows.rows}  # type: ignore[union-attr]


def test_met_answers_who_meets_whom_when_and_where(graph: Graph) -> None:
    assert answers(graph, "met", "who", "whom", "when", "place", "status") == {
        ("Ivica Dacic", "Sergey Lavrov", "2014-12-19", "Moscow", "Planned")
    }


def test_agreements_answers_who_signed_what_where_and_when(graph: Graph) -> None:
    assert answers(graph, "agreements", "who", "what", "when", "place", "sentence") == {
        (
            "Russia",
            "draft declaration of Helsinki plus 40",
            "2013-12",
            "Kyiv",
            "A draft declaration of the Helsinki plus 40 was signed in December 2013 in Kiev by the foreign ministers"
            " of the OSCE member-states, including Russia.",
        )
    }


def test_offices_answers_who_is_foreign_minister_of_serbia(graph: Graph) -> None:
    assert ("Ivica Dacic", "foreign minister", "Serbia") in answers(graph, "offices", "holder", "office", "of")


def test_what_tass_reports_russia_to_have_abandoned_comes_with_its_sentence(graph: Graph) -> None:
    rows = graph.select("""
        SELECT ?what ?when ?sentence WHERE {
            ?event a dip:AbandonProject ; dip:actor id:Russia ; dip:theme/rdfs:label ?what ; dip:when ?when .
            ?claim dip:about ?event ; dip:modality dip:Actual ; dip:inSentence ?s .
            ?s oa:exact ?sentence ; dct:isPartOf/dct:publisher "TASS" }""").rows
    assert [tuple(term.value for term in row if term) for row in rows] == [
        (
            "South Stream",
            "2014-12-01",
            "The sides will also discuss the South Stream gas pipeline project which Russia abandoned on December 1"
            " due to the European Union's unconstructive approach to cooperation in that sphere.",
        )
    ]
