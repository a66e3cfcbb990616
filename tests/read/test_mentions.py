"""What names in a text name: things of actors.ttl, or something else that looks like one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kgbuild.model import Reading


def named(reading: Reading, words: str) -> list[tuple[str, ...]]:
    """What the mentions that are written *words* denote."""
    return [m.entities for m in reading.mentions if m.span.text == words]


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        ("Protests broke out in Tbilisi, and Georgia recalled its envoy.", "Georgia", "Georgia"),
        ("Storms hit Atlanta and Alabama, and Georgia closed its schools.", "Georgia", "Georgia_US_state"),
        ("British voters left Labour.", "Labour", "Labour_Party"),
        ("Australian voters left Labor.", "Labor", "Australian_Labor_Party"),
        ("Canadian voters left the Conservatives.", "Conservatives", "Conservative_Party_of_Canada"),
        ("The American dentist works in Houston, TX.", "TX", "Texas"),
        ("She lives in Fresno, Calif. and teaches.", "Calif.", "California"),
        ("The Bank of England raised rates.", "Bank of England", "Bank_of_England"),
        ("The Washington Post reported a leak.", "The Washington Post", "Washington_Post"),
        ("Voters in New Mexico elected a governor.", "New Mexico", "New_Mexico"),
        ("Shell paid Ukraine for the gas.", "Shell", "Shell"),
    ],
)
def test_a_name_means_what_its_company_says(read_text: Callable[..., Reading], text: str, words: str, entity: str) -> None:
    assert named(read_text(text), words) == [(entity,)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The firm exports Brazil nuts to shops.", "Brazil"),
        ("People climbed the Berlin Wall.", "Berlin"),
        ("Paris Hilton opened a hotel.", "Paris"),
        ("The governments signed the Vienna Convention.", "Vienna"),
        ("China Airlines cancelled a flight.", "China"),
        ("The magazine H Texas chose a dentist.", "Texas"),
        ("Voters in New Mexico elected a governor.", "Mexico"),
        ("The Labour Day parade was short.", "Labour"),
        ("He carved a turkey.", "turkey"),
    ],
)
def test_a_place_is_not_cut_out_of_another_name(read_text: Callable[..., Reading], text: str, place: str) -> None:
    assert named(read_text(text), place) == []


def test_a_name_used_at_home_counts_only_where_its_state_is_spoken_of(read_text: Callable[..., Reading]) -> None:
    assert named(read_text("The voters left Labour."), "Labour") != [("Labour_Party",)]


def test_his_party_is_the_party_of_the_person(read_text: Callable[..., Reading]) -> None:
    reading = read_text("David Cameron said support for his party had fallen.")
    assert named(reading, "his party") == [("Conservative_Party",)]


def test_the_nation_is_the_one_state_that_all_places_belong_to(read_text: Callable[..., Reading]) -> None:
    reading = read_text("The clinic in Los Angeles is among the largest groups in the nation.")
    assert named(reading, "the nation") == [("United_States",)]


def test_a_surname_of_a_full_name_does_not_hide_a_place(read_text: Callable[..., Reading]) -> None:
    reading = read_text("Norway and Jordan signed an accord. Jordan thanked Norway.")
    assert named(reading, "Jordan") == [("Jordan",), ("Jordan",)]


@pytest.mark.parametrize(
    ("text", "words", "entities"),
    [
        ("West German banks lent to Peru.", "West", ()),
        ("West German banks lent to Peru.", "West German", ("West_Germany",)),
        ("The European Community met, and the Community praised Peru.", "Community", ("European_Community",)),
        ("The Peruvian Rubber Institute, IPR, said that prices fell.", "IPR", ("Peruvian_Rubber_Institute",)),
        ("The Rubber Growers Union, SPR, met Chad.", "SPR", ("SPR",)),
        ("The clause on West Berlin angered Peru.", "Berlin", ()),
        ("Peru thanked envoy Kofi Quashigah of Ghana.", "Kofi Quashigah", ("Kofi_Quashigah",)),
        ("Arturo Hernandez Grisanti met reporters. Hernandez praised Peru.", "Hernandez", ("Arturo_Hernandez_Grisanti",)),
    ],
)
def test_a_name_is_taken_whole_and_no_longer_than_it_is(
    read_text: Callable[..., Reading], text: str, words: str, entities: tuple[str, ...]
) -> None:
    assert {e for found in named(read_text(text), words) for e in found} == set(entities)


@pytest.mark.parametrize(
    ("issued", "words", "entity"),
    [
        ("1987-03-02", "George Bush", "George_H_W_Bush"),
        ("2003-03-02", "George Bush", "George_W_Bush"),
        ("2018-03-02", "Paris accord", "Paris_Agreement"),
    ],
)
def test_of_namesakes_the_one_is_meant_whom_the_day_allows(
    read_text: Callable[..., Reading], issued: str, words: str, entity: str
) -> None:
    assert named(read_text(f"Canada praised {words}.", issued=issued), words) == [(entity,)]


def test_an_agreement_is_not_spoken_of_before_it_is_made(read_text: Callable[..., Reading]) -> None:
    found = named(read_text("Canada praised the Paris accord.", issued="1987-03-02"), "Paris accord")
    assert ("Paris_Agreement",) not in found


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


def test_germany_is_west_germany_while_there_are_two(read_text: Callable[..., Reading]) -> None:
    text = "The German minister praised Germany."
    assert [named(read_text(text, issued=day), "German") for day in ("1987-03-02", "2014-03-02")] == [
        [("West_Germany",)],
        [("Germany",)],
    ]


def test_the_bank_is_the_one_named_before(read_text: Callable[..., Reading]) -> None:
    text = "Peru praised the World Bank. Chile said that the Bank had lent too little."
    assert named(read_text(text), "the Bank") == [("World_Bank",)]


def test_without_a_date_whoever_has_served_one_state_alone_acts_for_it(read_text: Callable[..., Reading]) -> None:
    reading = read_text("Sergey Lavrov met Ban Ki-moon.", issued=None)
    assert {m.span.text: m.represents for m in reading.mentions} == {
        "Sergey Lavrov": ("Russia",),
        "Ban Ki-moon": (),
    }
