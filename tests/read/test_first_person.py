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
