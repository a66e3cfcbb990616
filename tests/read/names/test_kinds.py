"""What is a name of what the model takes for one, and of which class; whom people act for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kgbuild.model import Reading


def named(reading: Reading) -> dict[str, str]:
    """The things that an article names and actors.ttl does not know, with their classes."""
    return {m.name: m.cls for m in reading.mentions if m.entities and m.reason == "named in the text"}


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("Peru praised pro-Brexit members.", {}),
        ("Norway signed deals on exports of Norwegian LNG.", {}),
        ("Crown Prince Haakon Solberg met Jo Berg of Peru.", {"Haakon Solberg": "Person", "Jo Berg": "Person"}),
        ("The pipeline ends in the town of Jelmuk.", {"Jelmuk": "City"}),
        ("Spokeswoman Megan Ortiz said Peru was ready.", {"Megan Ortiz": "Person"}),
        ("Karl Brandt met Minister of Justice and Law Nestor Ibanez.", {"Karl Brandt": "Person", "Nestor Ibanez": "Person"}),
    ],
)
def test_a_name_is_cut_to_its_words_and_has_the_class_of_the_noun_beside_it(
    read_text: Callable[..., Reading], text: str, things: dict[str, str]
) -> None:
    assert named(read_text(text, issued="2024-12-20")) == things


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("Turkish protesters condemned Israel.", ()),
        ("An Israeli opposition senator condemned Jordan.", ()),
        ("Turkish officials condemned Israel.", ("Turkey",)),
    ],
)
def test_people_who_stand_for_themselves_act_for_no_state(
    read_text: Callable[..., Reading], text: str, states: tuple[str, ...]
) -> None:
    [claim] = [c for c in read_text(text).claims if c.kind == "event"]
    assert [m.represents for m in claim.role("actor")] == [states]
