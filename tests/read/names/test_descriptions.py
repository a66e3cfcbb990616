"""What a description says of whom it describes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from mentions import named

from kgbuild.model import Reading


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The talks took place in a midtown Manhattan hotel.", "a midtown Manhattan hotel"),
        ("Peru thanked the three nations, Chad, Mali and Niger.", "the three nations"),
    ],
)
def test_a_description_is_not_the_place_it_lies_in_nor_the_first_of_those_it_lists(
    read_text: Callable[..., Reading], text: str, words: str
) -> None:
    assert {e for denoted in named(read_text(text), words) for e in denoted} == set()


@pytest.mark.parametrize(
    ("text", "words", "cls", "represents"),
    [
        ("Chile attacked the pro-Russian officials.", "the pro-Russian officials", "Person", ()),
        ("Chile attacked the Ukrainian rebels.", "the Ukrainian rebels", "ArmedGroup", ()),
        ("Chile attacked Peru's creditor banks.", "Peru's creditor banks", "Company", ()),
        ("Chile attacked Peru's central banks.", "Peru's central banks", "GovernmentBody", ("Peru",)),
    ],
)
def test_whoever_is_for_a_state_or_lends_to_it_does_not_act_for_it(
    read_text: Callable[..., Reading], text: str, words: str, cls: str, represents: tuple[str, ...]
) -> None:
    [one] = [m for m in read_text(text).mentions if m.span.text == words]
    assert (one.cls, one.represents) == (cls, represents)
