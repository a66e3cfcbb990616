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
