"""Who holds an office, and for whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kgbuild.model import Reading


def test_without_a_date_whoever_has_served_one_state_alone_acts_for_it(read_text: Callable[..., Reading]) -> None:
    reading = read_text("Sergey Lavrov met Ban Ki-moon.", issued=None)
    assert {m.span.text: m.represents for m in reading.mentions} == {
        "Sergey Lavrov": ("Russia",),
        "Ban Ki-moon": (),
    }


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (
            "Secretary of State John Kerry met Sergei Lavrov.",
            [("holder", "John Kerry"), ("office", "Secretary of State")],
        ),
        (
            "Ivan Petrov, Bulgaria's minister of mines, left.",
            [("holder", "Ivan Petrov"), ("of", "Bulgaria"), ("office", "Bulgaria's minister")],
        ),
    ],
)
def test_what_an_office_is_for_is_no_body_that_has_it(
    read_text: Callable[..., Reading], text: str, roles: list[tuple[str, str]]
) -> None:
    [held] = [claim for claim in read_text(text).claims if claim.claims == "holdsPosition"]
    assert sorted((role.role, role.mention.span.text) for role in held.roles) == roles


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Ivan Petrov, deputy chairman of Comecon, left.", "deputy_head"),
        ("Ivan Petrov, chairman of Comecon, left.", "chairman"),
    ],
)
def test_a_deputy_does_not_hold_the_office(read_text: Callable[..., Reading], text: str, office: str) -> None:
    [held] = [claim for claim in read_text(text).claims if claim.claims == "holdsPosition"]
    [role] = [role for role in held.roles if role.role == "office"]
    assert role.mention.entities == (f"office/{office}",)


def test_a_deputy_leads_nobody(read_text: Callable[..., Reading]) -> None:
    claims = read_text("Ivan Petrov, deputy chief of the delegation, left.").claims
    assert [claim.claims for claim in claims if claim.claims in ("headOf", "chairs")] == []


@pytest.mark.parametrize(
    ("text", "issued", "words", "persons"),
    [
        (
            "President Biden met Keir Starmer. The president praised Peru. Vladimir Putin criticized Chad. Starmer "
            "would not say whether he had persuaded the president.",
            "2024-09-14",
            "the president",
            ("Joe_Biden",),
        ),
        (
            "Donald Trump met Vladimir Putin. Trump asked why Barack Obama did nothing if the FBI told the then president.",
            "2018-07-14",
            "the then president",
            ("Barack_Obama",),
        ),
        (
            "North Korean leader Kim Jong Un opened markets. Kim Il Sung closed them. Experts say the leader praised Peru.",
            "2017-05-01",
            "the leader",
            ("Kim_Jong_un",),
        ),
        (
            "Donald Trump flew to Kabul. He met Ashraf Ghani, the Afghan president. Ghani told the president that he stays.",
            "2019-11-28",
            "the president",
            ("Donald_Trump",),
        ),
        (
            "Attorney General William Barr met Luis Quispe. They praised the lieutenant general.",
            "2020-04-30",
            "the lieutenant general",
            (),
        ),
        ("Lavrov met Armenian President Vaagn Khachaturyan.", "2024-05-27", "Vaagn Khachaturyan", ("Vahagn_Khachatryan",)),
        ("Lavrov met former Armenian President Vaagn Petrosyan.", "2024-05-27", "Vaagn Petrosyan", ("Vaagn_Petrosyan",)),
    ],
)
def test_an_office_means_who_was_called_by_it_and_holds_it_by_then(
    read_text: Callable[..., Reading], text: str, issued: str, words: str, persons: tuple[str, ...]
) -> None:
    reading = read_text(text, issued=issued)
    assert [m.entities for m in reading.mentions if m.span.text == words] == [persons]


@pytest.mark.parametrize(
    ("text", "words", "acts_for"),
    [
        ("Norwegian journalist Inga Solberg criticized Peru.", "Inga Solberg", ()),
        ("Lebanese Hezbollah chief Naim Qassem praised Iran.", "Naim Qassem", ("Hezbollah",)),
        ("Israel's UN ambassador Danny Danon criticized Peru.", "Danny Danon", ("Israel",)),
        ("TASS criticized Japan.", "TASS", ()),
        ("Palestinian militants attacked Israel.", "Palestinian militants", ()),
    ],
)
def test_people_outlets_and_groups_act_for_no_state(
    read_text: Callable[..., Reading], text: str, words: str, acts_for: tuple[str, ...]
) -> None:
    reading = read_text(text, issued="2025-01-20")
    assert {m.represents for m in reading.mentions if m.span.text == words} == {acts_for}
