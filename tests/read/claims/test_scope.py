"""What cues do together, one after the other from the predicate outwards, with cues made up for it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from kgbuild.read.claims.scope import Scope

CUES = {"adverb": {"not": "negation"}, "verb": {"deny": "denial", "plan": "plan", "ask": "request", "reject": "denial"}}
EFFECTS = {
    "negation": {"polarity": "Negated"},
    "denial": {"polarity": "Negated", "whenNegated": "Possible"},
    "plan": {"modality": "Planned", "whenReported": "Possible"},
    "request": {"modality": "Requested", "certainty": "Probable"},
}


def met(*cues: tuple[str, str]) -> tuple[int, str, str, list[str]]:
    """The negations, modality, certainty and texts of the cues, met in this order."""
    ontology: Any = SimpleNamespace(cues=CUES, cue_effects=EFFECTS)
    scope = Scope(ontology, ())
    for kind, word in cues:
        scope.meet(kind, word, word)
    return scope.negations, scope.modality, scope.certainty, scope.cues


@pytest.mark.parametrize(
    ("cues", "effect"),
    [
        pytest.param([("adverb", "not")], (1, "", "", ["not"]), id="a negation is counted"),
        pytest.param(
            [("adverb", "not"), ("adverb", "not")], (2, "", "", ["not", "not"]), id="negations are counted in pairs"
        ),
        pytest.param(
            *([("verb", "deny"), ("adverb", "not")], (2, "Possible", "", ["deny", "not"])),
            id="what is not denied is possible",
        ),
        pytest.param(
            *([("verb", "plan"), ("verb", "ask")], (0, "Requested", "Probable", ["plan", "ask"])),
            id="a plan gives way to what stands around it",
        ),
        pytest.param(
            *([("verb", "ask"), ("verb", "plan")], (0, "Requested", "Probable", ["ask", "plan"])),
            id="any other modality holds against what stands around it",
        ),
        pytest.param(
            *([("verb", "ask"), ("verb", "reject")], (1, "Actual", "", ["ask", "reject"])),
            id="a request rejected asks nothing",
        ),
        pytest.param([("adverb", "deny")], (0, "", "", []), id="a cue of another kind is none"),
    ],
)
def test_cues_add_up(cues: list[tuple[str, str]], effect: tuple[int, str, str, list[str]]) -> None:
    assert met(*cues) == effect


def test_what_is_said_to_be_planned_may_differ_from_what_is_planned() -> None:
    ontology: Any = SimpleNamespace(cues=CUES, cue_effects=EFFECTS)
    scope = Scope(ontology, ())
    assert scope.meet("verb", "plan", "planned", reported=True)
    assert (scope.modality, scope.cues) == ("Possible", ["planned"])
