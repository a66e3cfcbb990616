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
