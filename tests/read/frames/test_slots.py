"""Where an example's roles stand becomes where a text may have them: the slots of a frame, from hand-made places."""

from __future__ import annotations

from kgbuild.read.frames.frame import RoleSlot
from kgbuild.read.frames.slots import Place, role_slots


def slots(*places: Place, verb: bool, bare: bool = False, relation: bool = False) -> list[RoleSlot]:
    return role_slots(list(places), [verb], relation=relation, bare_verb=bare)


def test_a_bare_verb_needs_its_object_and_not_its_subject() -> None:
    found = slots(Place("actor", 0, "subj", False), Place("recipient", 0, "obj", False), verb=True, bare=True)
    assert found == [RoleSlot("actor", 0, ("subj",), False), RoleSlot("recipient", 0, ("obj",), True)]


def test_a_verb_with_other_words_needs_no_role() -> None:
    found = slots(Place("actor", 0, "subj", False), Place("recipient", 0, "on", False), verb=True)
    assert found == [RoleSlot("actor", 0, ("subj",), False), RoleSlot("recipient", 0, ("on",), False)]


def test_a_role_behind_a_marked_preposition_is_needed() -> None:
    assert slots(Place("recipient", 0, "on", True), verb=True) == [RoleSlot("recipient", 0, ("on",), True)]


def test_the_only_place_of_a_bare_verb_may_go_unsaid() -> None:
    found = slots(Place("actor", 0, "subj", False), Place("place", 0, "in", False), verb=True, bare=True)
    assert found == [RoleSlot("actor", 0, ("subj",), False), RoleSlot("place", 0, ("in",), False)]


def test_who_does_what_a_noun_tells_stands_in_any_of_three_places() -> None:
    assert slots(Place("actor", 0, "poss", False), verb=False) == [RoleSlot("actor", 0, ("by", "mod", "poss"), False)]


def test_a_possessive_and_an_of_phrase_of_one_noun_do_not_stand_for_each_other() -> None:
    found = slots(Place("subject", 0, "poss", False), Place("object", 0, "of", False), verb=False, relation=True)
    assert found == [RoleSlot("subject", 0, ("mod", "poss"), False), RoleSlot("object", 0, ("of",), False)]


def test_participants_share_one_slot_with_a_partner_beside_the_subject() -> None:
    found = slots(Place("participant", 0, "subj", False), Place("participant", 0, "with", False), verb=True)
    assert found == [RoleSlot("participant", 0, ("subj", "among", "between", "with"), False, True)]
