"""What an article only names in passing is no thing of the graph."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kgbuild.model import Reading

WHY = "name of nobody known, once and in no claim"


@pytest.mark.parametrize(
    ("text", "entities", "passed_over"),
    [
        ("Peru praised Chad, a hit on the Norvik Show.", {"Peru", "Chad"}, 0),
        ("Peru praised Chad in a speech at the Norvik Rubber Institute.", {"Peru", "Chad"}, 1),
        ("Peru praised the Norvik Rubber Institute.", {"Peru", "Norvik_Rubber_Institute"}, 0),
        (
            "Peru praised Chad at the Norvik Rubber Institute. The Norvik Rubber Institute is old.",
            {"Peru", "Chad", "Norvik_Rubber_Institute"},
            0,
        ),
        ("Peru said that money went to the Norvik Rubber Institute.", {"Peru"}, 1),
        ("Peru said Pedro Tupaiza was old.", {"Peru", "Pedro_Tupaiza"}, 0),
        ("Peru praised Chad in a speech at Chatham House.", {"Peru", "Chad", "Chatham_House"}, 0),
    ],
)
def test_a_name_that_nobody_knows_counts_where_something_is_said_of_it_or_it_comes_again(
    read_text: Callable[..., Reading], text: str, entities: set[str], passed_over: int
) -> None:
    reading = read_text(text, issued="2024-12-20")
    assert {e for m in reading.mentions for e in m.entities} == entities
    assert dict(reading.dropped).get(WHY, 0) == passed_over
