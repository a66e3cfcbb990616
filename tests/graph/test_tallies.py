"""What is counted once of actors, pairs and voices."""

from __future__ import annotations

from itertools import permutations

from pyoxigraph import Literal

from kgbuild.graph.tallies import Part, Voiced, parts_in, tally_facts, voice_facts
from kgbuild.graph.triples import EVENTS, PREFIXES, Facts, thing

ID = PREFIXES["id"]


def said(made: Facts) -> dict[str, str]:
    """What is said, by the ends of subject and predicate."""
    return {
        f"{q.subject.value.removeprefix(ID)} {q.predicate.value.partition('#')[2]}": q.object.value.removeprefix(ID)  # type: ignore[union-attr]
        for q in made
    }


FIRST = Part(f"{ID}event/1", "1001.25012345", 2.5)
SECOND = Part(f"{ID}event/2", "12003.1000001", -1.0)
THIRD = Part(f"{ID}event/3", "1001.000000001", 0.0)


def test_an_actor_counts_its_events_and_the_weightiest_is_the_best_known() -> None:
    made = Facts(EVENTS)
    tally_facts(made, f"{ID}Norway", [FIRST, SECOND, THIRD])
    assert said(made) == {
        "Norway prominence": "3.0120031000001",
        "Norway cooperationCount": "1",
        "Norway conflictCount": "1",
        "Norway bestKnown": "event/2",
    }


def test_two_parties_are_told_from_one_actor() -> None:
    made = Facts(EVENTS)
    tally_facts(made, f"{ID}dyad/Malta--Norway", [FIRST])
    assert said(made)["dyad/Malta--Norway dyadProminence"] == "1.00100125012345"


def test_prominence_sorts_by_number_of_events_then_by_weight() -> None:
    order = []
    for parts in ([THIRD], [FIRST], [SECOND], [FIRST, THIRD]):
        made = Facts(EVENTS)
        tally_facts(made, f"{ID}Norway", parts)
        order.append(float(said(made)["Norway prominence"]))
    assert order == sorted(order)


def test_a_tally_does_not_depend_on_the_order_of_its_parts() -> None:
    tallies = []
    for parts in permutations([FIRST, SECOND, THIRD]):
        made = Facts(EVENTS)
        tally_facts(made, f"{ID}Norway", parts)
        tallies.append(set(made))
    assert all(one == tallies[0] for one in tallies)


def test_an_event_without_a_score_counts_for_nobody() -> None:
    made = Facts(EVENTS)
    for number, scored in enumerate((True, False)):
        made.add(thing(f"event/{number}"), "dip:involves", thing("Norway"))
        made.add(thing(f"event/{number}"), "dip:weight", Literal("1001.5"))
        made.add(thing(f"event/{number}"), "dip:score", Literal("4") if scored else None)
    assert list(parts_in(made)) == [(f"{ID}Norway", Part(f"{ID}event/0", "1001.5", 4.0))]


def test_a_voice_counts_its_statements_outlet_by_outlet() -> None:
    made = Facts(EVENTS)
    voice_facts(made, f"{ID}Norway", [Voiced("The Wire", 2), Voiced("", 1), Voiced("The Wire", 3)])
    found = said(made)
    rows = {key.split()[0] for key in found if key.startswith("voice/")}
    assert found["Norway statementCount"] == "6"
    assert sorted(
        [found.get(f"{row} {name}", "") for name in ("voiceOf", "voiceOutlet", "voiceArticles", "voiceStatements")]
        for row in rows
    ) == [["Norway", "", "1", "1"], ["Norway", "The Wire", "2", "5"]]
