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


def sides_of(world: World) -> list[tuple[str, str, list[list[str]], int]]:
    """Each line in words: verb, stance, the names of its sides, number of claims."""
    picture = read_picture(world.graph())
    labels = {actor.id: actor.label for actor in picture.actors}
    ends = [line.sides if any(line.sides) else ((line.source,), (line.target,)) for line in picture.lines]
    named = [[[labels[one] for one in side] for side in sides] for sides in ends]
    return [(line.verb, line.stance, sides, len(line.claims)) for line, sides in zip(picture.lines, named, strict=True)]


def test_three_who_meet_are_one_line_with_all_its_ends_and_none_between_two() -> None:
    assert sides_of(met_by_three()) == [("meets", "actual", [["Ek"], ["Lund", "Moss"]], 1)]


def test_a_state_is_no_end_beside_its_own_minister() -> None:
    world = met_by_three(actor=("Norland",))
    assert sides_of(world) == [("meets", "actual", [["Ek"], ["Lund", "Moss"]], 1)]


def test_what_three_sign_is_an_end_of_their_event() -> None:
    world = World()
    for name in ("Arvania", "Belmora", "Corland"):
        world.actor(name)
    world.actor("Grain Accord", "Agreement")
    three = ("Arvania", "Belmora", "Corland")
    world.says(
        world.article("News"), "They signed it.", "signed", "SignAgreement", participant=three, theme=("Grain Accord",)
    )
    assert sides_of(world) == [("signs", "actual", [["Arvania", "Belmora", "Corland"], ["Grain Accord"]], 1)]


def test_who_takes_part_by_a_denied_claim_alone_is_no_end() -> None:
    world = World()
    for name in ("Ek", "Lund", "Moss", "Voss"):
        world.actor(name, "Person")
    article = world.article("News")
    said = [
        world.claim(article, "Ek met Lund and Moss.", "met", "Meeting", {"participant": ("Ek", "Lund", "Moss")}),
        world.claim(article, "Ek met no Voss.", "met", "Meeting", {"participant": ("Ek", "Voss")}, polarity="Negated"),
    ]
    world.event("talks", "Meeting", {"participant": ("Ek", "Lund", "Moss", "Voss")}, said)
    assert sides_of(world) == [
        ("meets", "actual", [["Ek", "Lund", "Moss"], []], 1),
        ("meets", "denied", [["Ek"], ["Voss"]], 1),
    ]


def test_two_events_of_the_same_three_are_one_line() -> None:
    world = World()
    for name in ("Ek", "Lund", "Moss"):
        world.actor(name, "Person")
    for _ in range(2):
        world.says(world.article("News"), "They met.", "met", "Meeting", participant=("Ek", "Lund", "Moss"))
    assert sides_of(world) == [("meets", "actual", [["Ek", "Lund", "Moss"], []], 2)]


def test_met_has_a_row_an_event_with_the_names_of_both_sides() -> None:
    world = World()
    for name in ("Ek", "Lund", "Moss", "Port A", "Port B"):
        world.actor(name)
    met = {**THREE, "place": ("Port A", "Port B")}
    claim = world.claim(world.article("News"), "Ek met with Lund and Moss.", "met", "Meeting", met)
    world.event("talks", "Meeting", met, [claim], who="Ek", whom="Lund, Moss")
    assert rows(world.graph(), "met", "who", "whom", "place") == [("Ek", "Lund, Moss", "Port A, Port B")]


def test_timeline_and_agreements_have_a_row_an_event() -> None:
    world = World()
    for name in ("Arvania", "Belmora", "Port A", "Port B"):
        world.actor(name)
    article = world.article("News")
    signing = {"participant": ("Arvania", "Belmora"), "place": ("Port A", "Port B")}
    claim = world.claim(article, "They signed.", "signed", "SignAgreement", signing)
    world.event("signing", "SignAgreement", signing, [claim], who="Arvania", whom="Belmora")
    assert rows(world.graph(), "timeline", "what", "place") == [("signing", "Port A, Port B")]
    assert rows(world.graph(), "agreements", "who", "place") == [("Arvania, Belmora", "Port A, Port B")]
