"""Events of three or more as things of their own, and that questions count each once."""

from __future__ import annotations

from pathlib import Path

from kgbuild.ask.event_nodes import EventNode, Participant, event_nodes
from kgbuild.ask.picture import read_picture
from kgbuild.ask.query import ask
from kgbuild.ask.questions import find_question
from kgbuild.graph.store import Graph, Rows
from tests.ask.world import World

ONTOLOGY = Path(__file__).resolve().parents[2] / "ontology"
THREE = {"participant": ("Ek", "Lund", "Moss"), "otherSide": ("Lund", "Moss")}


def met_by_three(**more: tuple[str, ...]) -> World:
    """Ek meets with Lund and Moss; Ek acts for Norland."""
    world = World()
    for name in ("Ek", "Lund", "Moss"):
        world.actor(name, "Person")
    for name in ("Norland", "Port A", "Port B"):
        world.actor(name)
    article = world.article("News")
    claim = world.claim(article, "Ek met with Lund and Moss.", "met", "Meeting", dict(THREE))
    world.event("talks", "Meeting", {**THREE, "party": ("Norland",), **more}, [claim], quad="VerbalCooperation")
    world.events.append(f"{world.actors['Ek']} dip:actsFor {world.actors['Norland']} .")
    return world


def by_name(world: World, name: str) -> str:
    return world.actors[name].strip("<>").rsplit("/", 1)[-1]


def rows(graph: Graph, question: str, *columns: str) -> list[tuple[str, ...]]:
    answer = ask(graph, find_question(question, ONTOLOGY))
    assert isinstance(answer, Rows)
    wanted = [answer.columns.index(column) for column in columns]
    return [tuple("" if (cell := row[i]) is None else getattr(cell, "value", "") for i in wanted) for row in answer.rows]


def test_an_event_of_three_is_one_node_with_roles_sides_and_parties() -> None:
    world = met_by_three()
    ek, lund, moss, norland = (by_name(world, name) for name in ("Ek", "Lund", "Moss", "Norland"))
    [node] = event_nodes(world.graph())
    assert node == EventNode(
        id="event/Meeting/talks",
        label="talks",
        type="Meeting",
        quad="VerbalCooperation",
        status="Reported",
        when=None,
        begin=None,
        end=None,
        participants=(
            Participant(ek, "participant", faced=False, parties=(norland,)),
            Participant(lund, "participant", faced=True, parties=()),
            Participant(moss, "participant", faced=True, parties=()),
        ),
        claims=node.claims,
    )
    assert len(node.claims) == 1


def test_an_event_of_two_is_no_node_unless_asked_for() -> None:
    world = World()
    world.actor("Ek", "Person"), world.actor("Lund", "Person")
    world.says(world.article("News"), "Ek met Lund.", "met", "Meeting", participant=("Ek", "Lund"))
    assert event_nodes(world.graph()) == ()
    assert [len(node.participants) for node in event_nodes(world.graph(), least=2)] == [2]


def test_lines_join_the_sides_alone() -> None:
    picture = read_picture(met_by_three().graph())
    labels = {actor.id: actor.label for actor in picture.actors}
    assert sorted((labels[line.source], labels[line.target]) for line in picture.lines) == [("Ek", "Lund"), ("Ek", "Moss")]


def test_met_has_a_row_an_event_and_quote_with_who_meets_first() -> None:
    graph = met_by_three(place=("Port A", "Port B")).graph()
    assert rows(graph, "met", "one", "two", "place") == [("Ek", "Lund, Moss", "Port A, Port B")]


def test_met_parts_a_group_after_its_first() -> None:
    world = World()
    world.actor("Ek", "Person"), world.actor("Lund", "Person"), world.actor("Moss", "Person")
    world.says(world.article("News"), "They met.", "met", "Meeting", participant=("Moss", "Lund", "Ek"))
    assert rows(world.graph(), "met", "one", "two") == [("Ek", "Lund, Moss")]


def test_met_has_who_is_met_in_the_second_place_though_nobody_is_known_to_meet_him() -> None:
    world = World()
    world.actor("Ek", "Person")
    met = {"participant": ("Ek",), "otherSide": ("Ek",)}
    claim = world.claim(world.article("News"), "They met Ek.", "met", "Meeting", met)
    world.event("talks", "Meeting", met, [claim])
    assert rows(world.graph(), "met", "one", "two") == [("", "Ek")]


def test_met_has_a_visitor_before_his_host_whatever_they_are_called() -> None:
    world = World()
    world.actor("Zed", "Person"), world.actor("Arvania")
    visit = {"actor": ("Zed",), "recipient": ("Arvania",), "otherSide": ("Arvania",)}
    claim = world.claim(world.article("News"), "Zed visited Arvania.", "visited", "Visit", visit)
    world.event("visit", "Visit", visit, [claim])
    assert rows(world.graph(), "met", "one", "two") == [("Zed", "Arvania")]


def test_timeline_and_agreements_have_a_row_an_event_and_quote() -> None:
    world = World()
    for name in ("Arvania", "Belmora", "Port A", "Port B"):
        world.actor(name)
    article = world.article("News")
    signing = {"participant": ("Arvania", "Belmora"), "place": ("Port A", "Port B")}
    claim = world.claim(article, "They signed.", "signed", "SignAgreement", signing)
    world.event("signing", "SignAgreement", signing, [claim])
    assert rows(world.graph(), "timeline", "what", "place") == [("signing", "Port A, Port B")]
    assert rows(world.graph(), "agreements", "who", "place") == [("Arvania, Belmora", "Port A, Port B")]


def test_a_dossier_counts_an_event_once_for_who_takes_part_where_it_is() -> None:
    world = World()
    world.actor("Arvania"), world.actor("Ek", "Person")
    roles = {"participant": ("Arvania", "Ek"), "otherSide": ("Arvania",), "place": ("Arvania",), "party": ("Arvania",)}
    claim = world.claim(world.article("News"), "Ek met Arvania.", "met", "Meeting", roles)
    world.event("talks", "Meeting", roles, [claim])
    answer = ask(world.graph(), find_question("dossier", ONTOLOGY), {"about": "Arvania"})
    assert isinstance(answer, Rows)
    found = [row[0].value for row in answer.rows if row[0] is not None and row[0].value.startswith("event")]  # type: ignore[union-attr]
    assert found == ["event, as participant"]
