"""Whom "we", "our" and "I" stand for in direct speech."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kgbuild.model import Reading


@pytest.mark.parametrize(
    ("text", "words", "entities", "represents"),
    [
        ('"We will not negotiate with Syria," Recep Tayyip Erdogan said.', "We", (), ("Turkey",)),
        ('"Our troops attacked Syria," Recep Tayyip Erdogan said.', "Our troops", (), ("Turkey",)),
        ('"I met with Xi Jinping," Vladimir Putin said.', "I", ("Vladimir_Putin",), ("Russia",)),
        ('"We will meet with Mali," NATO said.', "We", ("North_Atlantic_Treaty_Organization",), ()),
        ("Recep Tayyip Erdogan said that we will not negotiate with Syria.", "we", (), ()),
        ('"Our partners attacked Syria," Recep Tayyip Erdogan said.', "Our partners", (), ()),
    ],
)
def test_the_first_person_in_quotation_marks_is_the_speaker_or_his_side(
    read_text: Callable[..., Reading], text: str, words: str, entities: tuple[str, ...], represents: tuple[str, ...]
) -> None:
    reading = read_text(text, issued="2014-12-19")
    found = {role.mention for claim in reading.claims for role in claim.roles if role.mention.span.text == words}
    assert {(mention.entities, mention.represents) for mention in found} == {(entities, represents)}


def test_on_a_page_of_a_state_s_own_body_i_acts_for_it_and_our_country_is_it(read_text: Callable[..., Reading]) -> None:
    reading = read_text("I condemn the attack. France expressed support for our country.", publisher="White House")
    acting = {role.mention.span.text: role.mention.represents for claim in reading.claims for role in claim.roles}
    assert (acting["I"], acting["our country"]) == (("United_States",), ("United_States",))


def test_we_are_those_who_issue_the_text(read_text: Callable[..., Reading]) -> None:
    reading = read_text("The following is the text of a communiqué issued by France and Italy.\n\nWe condemn Mali.")
    [actor] = {
        role.mention
        for claim in reading.claims
        if claim.claims == "Criticize"
        for role in claim.roles
        if role.role == "actor"
    }
    assert actor.represents == ("France", "Italy")
