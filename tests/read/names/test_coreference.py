"""What a surname, a description or a pronoun refers to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from mentions import article_of_many, named

from kgbuild.model import Reading
from kgbuild.read.reader import Reader


def test_his_party_is_the_party_of_the_person(read_text: Callable[..., Reading]) -> None:
    reading = read_text("David Cameron said support for his party had fallen.")
    assert named(reading, "his party") == [("Conservative_Party",)]


def test_the_nation_is_the_one_state_that_all_places_belong_to(read_text: Callable[..., Reading]) -> None:
    reading = read_text("The clinic in Los Angeles is among the largest groups in the nation.")
    assert named(reading, "the nation") == [("United_States",)]


def test_a_title_before_a_surname_tells_it_from_a_namesake_named_in_full(read_text: Callable[..., Reading]) -> None:
    text = "Howard Baker left. Treasury Secretary Baker met Japan's envoy. Baker praised Japan."
    found = named(read_text(text, issued="1987-03-02"), "Baker")
    assert found == [("James_Baker",), ("James_Baker",)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The World Bank lent to Peru. The central bank of the country thanked it.", "The central bank"),
        ("The World Bank lent to Peru. The banks were pleased.", "The banks"),
        ("Japan criticized the U.S. government. Peru asked the government to pay.", "the government"),
        ("A country may leave if the people of the country want it. Peru agreed.", "the country"),
        ("The NATO delegations left Peru.", "The NATO delegations"),
        ("The World Bank lent to Peru, as the Asian Development Bank did. Chad praised the Bank.", "the Bank"),
        ("Spain said Commission officials had met Peru.", "Commission"),
        ("George Shultz left. Peru recalled his years as president.", "president"),
    ],
)
def test_what_a_description_may_not_mean_is_left_open(read_text: Callable[..., Reading], text: str, words: str) -> None:
    assert {e for found in named(read_text(text), words) for e in found if not e.startswith("office/")} == set()


def test_the_bank_is_the_one_named_before(read_text: Callable[..., Reading]) -> None:
    text = "Peru praised the World Bank. Chile said that the Bank had lent too little."
    assert named(read_text(text), "the Bank") == [("World_Bank",)]


def test_two_articles_bodies_by_a_common_word_are_two(reader: Reader) -> None:
    for words in ("U.S. Embassy", "Liberals"):
        texts = (f"The {words} in Lima praised Peru.", f"The {words} in Cairo praised Egypt.")
        found = [named(reading, words) for reading in reader.read([article_of_many(t) for t in texts])]
        assert [len(some) for some in found] == [1, 1]
        assert found[0] != found[1]


@pytest.mark.parametrize(
    ("text", "words", "entities"),
    [
        ("Turkey stopped following an announcement from Greece that it planned to drill east of Thassos.", "it", {"Greece"}),
        ("The United States told India it could buy a computer.", "it", set()),
        ("Sri Lanka should not join because it was expensive to maintain a stock.", "it", set()),
        ("Sri Lanka said it was ready to maintain a stock.", "it", {"Sri_Lanka"}),
        ("Britain called Nicaragua's Central Bank governor a friend.", "Central Bank", {"Central_Bank_of_Nicaragua"}),
        ("Peru met Chad. Growers from around the country gathered in Chicago.", "the country", set()),
        ("Peru signed a tax treaty. The Geneva Pact required it. The treaty will last.", "The treaty", set()),
        ("Peru signed the Geneva Pact. The pact will last.", "The pact", {"Geneva_Pact"}),
        ("A Putin adviser met Peru.", "A Putin adviser", set()),
        ("David Cameron restated his opposition to tariffs.", "his opposition", set()),
        ("Ivorian Agriculture Minister Denis Bra Kanon left. The Ivorian leader stayed.", "The Ivorian leader", set()),
        ("The Black Sea peninsula was calm.", "The Black Sea peninsula", set()),
        ("Kazakh President Lavrov met Peru. Sergey Lavrov left.", "Kazakh President", {"office/president"}),
        (
            "Peru's Foreign Minister Luis Quispe met Deputy Secretary of State Wendy Sherman. The foreign minister left.",
            "The foreign minister",
            {"Luis_Quispe"},
        ),
        (
            "Deputy Secretary of State Wendy Sherman met Peru. The Deputy Secretary left.",
            "The Deputy Secretary",
            {"Wendy_Sherman"},
        ),
        ("Peru met Chadian National Security Advisor Issa Deby Nour.", "Issa Deby Nour", {"Issa_Deby_Nour"}),
        (
            "Norway called South Korea's Joint Chiefs of Staff.",
            "Joint Chiefs of Staff",
            {"Joint_Chiefs_of_Staff_of_South_Korea"},
        ),
        ("O'Brien met Zarif in Geneva. Soleimani was killed in January. He had led the Quds Force.", "He", set()),
        ("Michelle Obama left. Obama met Peru.", "Obama", {"Barack_Obama"}),
        (
            "Russian Foreign Minister Lavrov met Peru.",
            "Russian Foreign Minister",
            {"Sergey_Lavrov", "office/foreign_minister"},
        ),
        ("Kiichi Miyazawa met Yasuhiro Nakasone. His (Nakasone) remarks helped.", "His", {"Yasuhiro_Nakasone"}),
        ("Peru and many villagers said that they would pay.", "they", set()),
        ("Peru thanked the U.S. Bank for its requests.", "U.S. Bank", set()),
        ("Tehran radio spoke of war. The BBC heard it. Peace is far, the radio said.", "the radio", set()),
        ("The West African franc zone countries said that the zone was sound.", "the zone", set()),
        ("Peru and Chile met. The two sides discussed trade.", "The two sides", {"Peru", "Chile"}),
        ("Leaders of Peru, Chile and Mali were there. The two sides discussed trade.", "The two sides", set()),
        ("Leaders of Peru, Chile, Mali, Norway and Malta were there. The two sides met.", "The two sides", set()),
    ],
)
def test_what_refers_back_means_the_one_thing_it_may_mean(
    read_text: Callable[..., Reading], text: str, words: str, entities: set[str]
) -> None:
    assert {e for denoted in named(read_text(text), words) for e in denoted} == entities


def test_a_known_name_within_a_word_makes_the_state_no_thing_of_the_article(read_text: Callable[..., Reading]) -> None:
    found = read_text("Norway denied an anti-Chile campaign. Chile accused Norway of lies.")
    assert {e for m in found.mentions for e in m.entities} == {"Norway", "Chile"}
