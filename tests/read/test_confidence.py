"""A claim's confidence: the weights that ship fit the features, and a grade is a probability."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest

from kgbuild.model import Claim, Reading
from kgbuild.ontology import Ontology
from kgbuild.read.claims import assemble
from kgbuild.read.claims.confidence import QUESTIONS, STATEMENT, Question, features, fitted, share_right

TEXT = (
    "France criticized Mali on Monday. The German foreign minister, Karl Fischer, said Togo must release the hostages. "
    "Rebels attacked the town of Gao as they left, and talks between Chad and Niger will be held in Paris."
)
ReadText = Callable[..., Reading]


@pytest.fixture(scope="module")
def seen(read_text: ReadText) -> list[dict[str, float]]:
    """The features of all claims of TEXT that fit an example."""
    found: list[dict[str, float]] = []

    def noted(*evidence: Any) -> float:
        found.append(features(*evidence))
        return 0.5

    with patch.object(assemble, "confidence", noted):
        read_text(TEXT)
    return found


def kinds(names: set[str]) -> set[str]:
    """Names without those of types, each claim having but its own."""
    return {name for name in names if not name.startswith("type: ")}


def test_every_claim_has_all_features(seen: list[dict[str, float]]) -> None:
    assert len(seen) >= 5
    assert len({frozenset(kinds(set(found))) for found in seen}) == 1


def test_the_weights_that_ship_are_those_of_the_features(seen: list[dict[str, float]], ontology: Ontology) -> None:
    for (name, groups), question in zip(QUESTIONS.items(), fitted().questions, strict=True):
        wanted = {feature for feature in kinds(set(seen[0])) if feature.split(":")[0] in groups}
        assert kinds(set(question.weights)) == wanted, name
        types = {w.removeprefix("type: type ") for w in question.weights if w.startswith("type: type ")}
        assert types <= set(ontology.types)


def test_a_grade_is_a_probability_and_the_same_each_time(read_text: ReadText) -> None:
    def grades() -> list[tuple[str, float]]:
        return [(claim.claims, claim.confidence) for claim in read_text(TEXT).claims]

    once = grades()
    assert once == grades()
    assert [name for name, grade in once if not 0 < grade < 1 or grade != round(grade, 3)] == []


def test_an_answer_is_the_logistic_function_and_what_has_no_weight_counts_nothing() -> None:
    assert Question(0.0, {"a": 2.0}).answer({"a": 0.0, "b": 9.0}) == 0.5
    assert round(Question(1.0, {"a": 2.0}).answer({"a": 1.0}), 4) == 0.9526


def confidence_of(read_text: ReadText, text: str, name: str) -> float:
    claims: list[Claim] = [claim for claim in read_text(text).claims if claim.claims == name]
    assert len(claims) == 1
    return claims[0].confidence


def test_a_word_that_means_much_else_makes_a_claim_less_sure(read_text: ReadText) -> None:
    hit = confidence_of(read_text, "Togo hit Mali.", "Strike")
    assert hit < confidence_of(read_text, "Togo bombed Mali.", "Strike")


def test_what_fits_no_example_has_the_share_that_was_judged_right(read_text: ReadText) -> None:
    assert confidence_of(read_text, "Norway said Togo must pay.", "Demand") == share_right("obligation")
    assert confidence_of(read_text, "Norway said Togo must pay.", "Statement") == STATEMENT
