"""Names and offices that the tables beside actors.ttl know."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kgbuild.model import Reading

Read = Callable[..., Reading]


def meant(reading: Reading) -> dict[str, tuple[str, ...]]:
    """What each mention of a person denotes, by its words."""
    return {m.span.words: m.entities for m in reading.mentions if m.cls == "Person"}


def acting(reading: Reading) -> dict[str, tuple[str, ...]]:
    """For whom each mention of a person acts, by its words."""
    return {m.span.words: m.represents for m in reading.mentions if m.cls == "Person"}


@pytest.mark.parametrize(
    ("issued", "text", "holder"),
    [
        ("2019-03-11", "The French foreign minister arrived in Cairo.", ("Jean_Yves_Le_Drian",)),
        ("2021-03-11", "The North Macedonian foreign minister arrived in Cairo.", ("Bujar_Osmani",)),
        ("2013-06-11", "The Dutch finance minister arrived in Cairo.", ("Jeroen_Dijsselbloem",)),
        ("2021-06-26", "The Russian ambassador to Germany arrived in Cairo.", ("Sergey_Nechayev",)),
        ("2021-06-26", "The Russian ambassador arrived in Cairo.", ()),
        ("2021-06-26", "A Dutch finance minister arrived in Cairo.", ()),
        ("2021-06-26", "The then Dutch finance minister arrived in Cairo.", ()),
        ("1931-06-26", "The Dutch finance minister arrived in Cairo.", ()),
    ],
)
def test_an_office_means_who_holds_it_on_the_day(read_text: Read, issued: str, text: str, holder: tuple[str, ...]) -> None:
    found = read_text(text, issued=issued)
    assert [m.entities for m in found.mentions if m.cls == "Person"] == [holder]


def test_a_full_name_means_the_office_holder_of_that_time(read_text: Read) -> None:
    reading = read_text("Bujar Osmani of North Macedonia arrived in Cairo.", issued="2021-03-11")
    assert (meant(reading), acting(reading)) == ({"Bujar Osmani": ("Bujar_Osmani",)}, {"Bujar Osmani": ("North_Macedonia",)})


def test_who_has_left_office_acts_for_nobody(read_text: Read) -> None:
    reading = read_text("Bujar Osmani of North Macedonia arrived in Cairo.", issued="2026-03-11")
    assert (meant(reading), acting(reading)) == ({"Bujar Osmani": ("Bujar_Osmani",)}, {"Bujar Osmani": ()})


@pytest.mark.parametrize(
    ("issued", "text"),
    [
        ("1950-03-11", "Bujar Osmani of North Macedonia arrived in Cairo."),
        ("2021-03-11", "The Kenyan ambassador Bujar Osmani arrived in Cairo."),
    ],
)
def test_a_namesake_of_another_time_or_state_is_another(read_text: Read, issued: str, text: str) -> None:
    assert ("Bujar_Osmani",) not in meant(read_text(text, issued=issued)).values()


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("Belgium backed Egypt. Mr. Goffin arrived in Cairo.", "Philippe_Goffin"),
        ("Foreign Minister Goffin arrived in Cairo. Belgium welcomed it.", "Philippe_Goffin"),
    ],
)
def test_a_surname_means_the_one_in_office_whose_state_is_named(read_text: Read, text: str, holder: str) -> None:
    assert meant(read_text(text, issued="2020-03-11"))["Goffin"] == (holder,)


def test_a_surname_means_nobody_where_his_state_is_not_named(read_text: Read) -> None:
    [person] = meant(read_text("Kenya backed Egypt. Mr. Goffin arrived in Cairo.", issued="2020-03-11")).values()
    assert person != ("Philippe_Goffin",)


def test_a_surname_that_two_bear_in_office_means_nobody(read_text: Read) -> None:
    """There is a president Osmani of Kosovo, too."""
    [person] = meant(read_text("North Macedonia backed Egypt. Mr. Osmani arrived in Cairo.", issued="2021-03-11")).values()
    assert person != ("Bujar_Osmani",)


def test_a_place_is_nobody(read_text: Read) -> None:
    reading = read_text("Canada closed Tim Kaine airport after a strike by the United States.", issued="2020-03-11")
    assert ("Tim_Kaine",) not in [
        m.entities for m in reading.mentions if m.reason == "name of an office-holder of that time"
    ]


def test_a_body_of_the_table_has_its_class(read_text: Read) -> None:
    reading = read_text("The Caribbean Development Bank met Haiti.")
    assert [(m.entities, m.cls) for m in reading.mentions][:1] == [
        (("Caribbean_Development_Bank",), "IntergovernmentalOrganization")
    ]


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("Governor Ann Lee of Georgia met Japan's envoy.", "Georgia_US_state"),
        ("Georgia's governor met Japan's envoy.", "Georgia_US_state"),
        ("Georgia's prime minister met Japan's envoy.", "Georgia"),
    ],
)
def test_a_governor_of_georgia_is_in_america(read_text: Read, text: str, of: str) -> None:
    assert of in {e for m in read_text(text).mentions for e in (*m.entities, *m.represents)}


def test_a_territory_acts_for_itself(read_text: Read) -> None:
    reading = read_text("Scottish ministers met Norway. Hong Kong thanked Canada.")
    assert {m.span.words: (m.entities, m.represents) for m in reading.mentions if m.cls == "Territory"} == {
        "Scottish": (("Scotland",), ()),
        "Hong Kong": (("Hong_Kong",), ()),
    }
