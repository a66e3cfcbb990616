"""Slots belong to the type: which places of a role the examples of a type lend each other, from hand-made frames."""

from __future__ import annotations

from kgbuild.read.frames.frame import Frame, RoleSlot, Word
from kgbuild.read.frames.type_slots import with_slots_of_type

SIDES = ("actor", "recipient", "participant")
ON = RoleSlot("recipient", 0, ("on",), False)


def frame(lemma: str, *slots: RoleSlot, example: str = "", words: tuple[Word, ...] = (), cls: str = "Strike") -> Frame:
    """A frame of a noun."""
    return Frame(cls, False, (Word(-1, "", lemma), *words), slots, example or lemma)


def shared(*frames: Frame) -> tuple[RoleSlot, ...]:
    """What is lent to the last of *frames*."""
    return with_slots_of_type(frames, SIDES)[-1].shared


def test_an_example_has_the_prepositions_of_its_type() -> None:
    assert shared(frame("attack", ON), frame("raid", ON), frame("assault")) == (ON,)


def test_what_one_example_alone_teaches_is_its_own() -> None:
    assert shared(frame("attack", ON), frame("assault")) == ()


def test_another_type_lends_nothing() -> None:
    assert shared(frame("attack", ON), frame("raid", ON), frame("visit", cls="Visit")) == ()


def test_a_preposition_of_two_roles_is_lent_for_neither() -> None:
    actor = RoleSlot("actor", 0, ("on",), False)
    frames = frame("attack", ON), frame("raid", ON), frame("strike", actor), frame("blow", actor)
    assert shared(*frames, frame("assault")) == ()


def test_what_an_example_of_the_predicate_has_there_goes_first() -> None:
    place = RoleSlot("place", 0, ("on",), False)
    assert shared(frame("attack", ON), frame("raid", ON), frame("assault", place, example="a"), frame("assault")) == ()


def test_a_word_that_the_predicate_needs_there_goes_first() -> None:
    needed = frame("assault", example="a", words=(Word(0, "on", "democracy"),))
    assert shared(frame("attack", ON), frame("raid", ON), needed, frame("assault")) == ()


def test_who_takes_part_is_not_lent_to_who_acts() -> None:
    between = RoleSlot("participant", 0, ("between",), False)
    frames = frame("clash", between), frame("battle", between)
    assert shared(*frames, frame("attack", RoleSlot("actor", 0, ("by",), False))) == ()
