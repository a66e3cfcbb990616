"""What is a name of what the model takes for one, and of which class; whom people act for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kgbuild.model import Reading

BODY = {"State Agency of Peru for Forestry, Geodesy and Water": "GovernmentBody"}


def named(reading: Reading) -> dict[str, str]:
    """The things that an article names and actors.ttl does not know, with their classes."""
    return {m.name: m.cls for m in reading.mentions if m.entities and m.reason == "named in the text"}


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("Peru praised pro-Brexit members.", {}),
        ("Norway signed deals on exports of Norwegian LNG.", {}),
        ("Crown Prince Haakon Solberg met Jo Berg of Peru.", {"Haakon Solberg": "Person", "Jo Berg": "Person"}),
        ("The pipeline ends in the town of Jelmuk, and Jelmuk is rich.", {"Jelmuk": "City"}),
        ("Spokeswoman Megan Ortiz said Peru was ready.", {"Megan Ortiz": "Person"}),
        ("Norway praised Inga Solberg. Jo Berg contributed to this report.", {"Inga Solberg": "Person"}),
        ("Peru & Chile praised the deal on Air Force One.", {}),
        ("Peru's GDP grew and Chile bought EVs.", {}),
        ("Peru praised Minister of Digital Transformation Ivan Petrov.", {"Ivan Petrov": "Person"}),
        ("Peru praised the Artemis Accords.", {"Artemis Accords": "Agreement"}),
        (
            "Officials in the border states of Sorona and Talipas left. Talipas is far, Sorona is near.",
            {"Sorona": "Region", "Talipas": "Region"},
        ),
        ("Peru sent Javelin anti-tank missiles to Chile.", {}),
        ("Putin called Chairperson of the African Union.", {}),
        ("Karl Brandt met Minister of Justice and Law Nestor Ibanez.", {"Karl Brandt": "Person", "Nestor Ibanez": "Person"}),
        ("Norway praised Secretary of State Luz Quispe.", {"Luz Quispe": "Person"}),
        ("Minister of Rubber Policy and Fodder of Peru Luz Quispe praised Chad.", {"Luz Quispe": "Person"}),
        ("Chad praised the State Agency of Peru for Forestry, Geodesy and Water.", BODY),
        ("Peru fined Marsh Bell Ltd. and Andes Airways.", {"Marsh Bell Ltd.": "Company", "Andes Airways": "Company"}),
        ("Officials in Peru told The Marsh Bell that Chad lied. The Marsh Bell added more.", {"Marsh Bell": "MediaOutlet"}),
        ("Peru praised Voice of Loreto.", {"Voice of Loreto": "MediaOutlet"}),
        ("Restricting imports: Peru fined Chad.", {}),
        ("Peru met the Loreto Guards.", {"Loreto Guards": "ArmedGroup"}),
        ("Peru left the Marsh Coastal Forces (MCF) Treaty.", {"Marsh Coastal Forces": "Agreement"}),
        ("Peru met the Ministry of Armed Forces.", {"Ministry of Armed Forces": "GovernmentBody"}),
        ("Addressing Quispe at the talks, Norway praised Peru. Quispe met Chad.", {}),
        ("Chad met the Under Secretary for Trade and Foreign Agricultural Affairs Ted Hansen.", {"Ted Hansen": "Person"}),
        ("The tanker Vesna hit Chad.", {}),
        ("BBC Loreto praised Peru.", {"BBC Loreto": "MediaOutlet"}),
        ("Norway praised Minister of Economy, Trade and Enterprise Jo Berg.", {"Jo Berg": "Person"}),
        ("The envoys of Peru studied Far Eastern Studies and praised Far Eastern Studies.", {}),
        ("Peru praised the Ministries of Rubber of Norway and Chad.", {}),
        (
            "Ada Berg, an economist at Marsh Bell, praised Peru, and Marsh Bell praised Chad.",
            {"Ada Berg": "Person", "Marsh Bell": "Organization"},
        ),
        (
            "The head of the Chamber of Rubber, Rosa Quispe, praised Peru.",
            {"Chamber of Rubber": "Organization", "Rosa Quispe": "Person"},
        ),
    ],
)
def test_a_name_is_cut_to_its_words_and_has_the_class_of_the_noun_beside_it(
    read_text: Callable[..., Reading], text: str, things: dict[str, str]
) -> None:
    assert named(read_text(text, issued="2024-12-20")) == things


@pytest.mark.parametrize(
    ("text", "short", "entity"),
    [
        ("Norvik Rubber Board praised Peru. The NRB also thanked Chile.", "NRB", "Norvik_Rubber_Board"),
        ("General Motors Co thanked Peru. GM also thanked Chile.", "GM", "General_Motors"),
        ("Norvik Inc. and Norvik Peru LLC thanked Chile. Chile praised Norvik.", "Norvik", "Norvik_Inc"),
        ("The New York Times criticised Peru. Chile said the Times report was false.", "Times", "New_York_Times"),
    ],
)
def test_a_short_name_means_what_the_article_names_in_full(
    read_text: Callable[..., Reading], text: str, short: str, entity: str
) -> None:
    reading = read_text(text, issued="2024-12-20")
    assert {e for m in reading.mentions if m.span.text == short for e in m.entities} == {entity}


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        ("The Ministry of Rubber of the Republic of Peru praised Chad.", "Ministry of Rubber", "Ministry_of_Rubber_of_Peru"),
        ("Chad read the Rubber Safety Amendment Act (RSAA). Peru praised the RSAA.", "RSAA", "Rubber_Safety_Amendment_Act"),
        ("Trump praised his Trump Fernhill course. Trump met Putin.", "Trump", "Donald_Trump"),
    ],
)
def test_one_thing_under_two_names_is_one(read_text: Callable[..., Reading], text: str, words: str, entity: str) -> None:
    reading = read_text(text, issued="2025-05-20")
    assert {e for m in reading.mentions if m.span.text.startswith(words) for e in m.entities} == {entity}


def test_a_known_firm_acts_with_the_words_that_say_that_it_is_one(read_text: Callable[..., Reading]) -> None:
    [claim] = [c for c in read_text("General Motors Co praised Peru.").claims if c.kind == "event"]
    assert [(m.span.text, m.entities) for m in claim.role("actor")] == [("General Motors Co", ("General_Motors",))]


@pytest.mark.parametrize(
    ("text", "denoted"),
    [
        ("Peru praised the Atlantic Council.", {"Peru", "Atlantic_Council"}),
        ("Peru fired a missile near the Gulf of Oman.", {"Peru", "Oman"}),
        ("The Syrian Arab Republic praised Peru.", {"Syria", "Peru"}),
        ("Promoting Ukraine is a task of Peru.", {"Ukraine", "Peru"}),
    ],
)
def test_a_piece_of_a_name_is_no_other_thing(read_text: Callable[..., Reading], text: str, denoted: set[str]) -> None:
    found = {e.partition("_in_")[0] for m in read_text(text, issued="2024-12-20").mentions for e in m.entities}
    assert found == denoted


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hours before, Trump and Chinese Vice Premier Liu He met.", "Chinese Vice Premier"),
        ("John Kerry and Treasury Secretary Jack Lew met.", "Treasury Secretary"),
    ],
)
def test_a_title_begins_behind_who_is_named_before_it(read_text: Callable[..., Reading], text: str, words: str) -> None:
    assert words in [m.span.text for m in read_text(text, issued="2024-12-20").mentions]


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


def test_a_hyphen_between_spaces_before_a_small_letter_parts_no_name(read_text: Callable[..., Reading]) -> None:
    found = read_text("Norway praised Kim Jong - un and Moon Jae - in.", issued="2018-04-27")
    assert {m.entities for m in found.mentions if m.cls == "Person"} == {("Kim_Jong_un",), ("Moon_Jae_in",)}


def test_two_syllables_of_three_are_nobody_else(read_text: Callable[..., Reading]) -> None:
    found = read_text("Norway praised Kim Jong.", issued="2018-04-27")
    assert ("Kim_Yo_jong",) not in {m.entities for m in found.mentions}
