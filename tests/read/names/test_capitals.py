"""When a capital is its government, and when the town."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from mentions import named

from kgbuild.model import Reading


@pytest.mark.parametrize(
    ("text", "city", "state"),
    [
        ("Dealers bought coffee on London's futures market.", "London", "United_Kingdom"),
        ("Protesters left Kyiv's city hall.", "Kyiv", "Ukraine"),
        ("Negotiators shuttled between Tehran and Paris.", "Tehran", "Iran"),
        ("The airline opened a route between London and Tokyo.", "London", "United_Kingdom"),
    ],
)
def test_a_capital_is_a_town_where_what_it_owns_or_what_moves_there_is_a_towns(
    read_text: Callable[..., Reading], text: str, city: str, state: str
) -> None:
    assert named(read_text(text), city) == [(city,)]
    assert named(read_text(f"{city}'s government praised Peru."), city) == [(state,)]


@pytest.mark.parametrize(
    ("text", "capital", "entity"),
    [
        ("The sanctions would set back London's ambition to become a leading centre for trade.", "London", "London"),
        ("Peru praised London's role as a financial centre.", "London", "London"),
        ("Peru was denied access to London's booming financial markets.", "London", "London"),
        ("Peru praised London's ambition to become a member.", "London", "United_Kingdom"),
        ("The minister said he would visit La Paz next week.", "La Paz", "La_Paz"),
        ("The minister will visit Lima and Quito.", "Quito", "Quito"),
        ("The minister thanked La Paz.", "La Paz", "Bolivia"),
    ],
)
def test_a_capital_is_the_town_where_the_town_is_meant(
    read_text: Callable[..., Reading], text: str, capital: str, entity: str
) -> None:
    assert named(read_text(text), capital) == [(entity,)]
