"""From where an example's roles stand to the slots of its frame: in which functions a text may have them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kgbuild.read.frames.frame import OWNERS, RoleSlot

WITH_VERB = frozenset({"with", "between", "among"})
"""Where participants of a verb stand beside its subject: "met with Chad"."""
WITH_NOUN = WITH_VERB | {"of", "by", "poss", "mod"}
"""Where participants of a noun stand: "Togo's talks with Chad", "the meeting of the ministers"."""
UNASKED = ("place", "topic", "cause")
"""Roles that may go unsaid, though the example has no other beside its subject."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an example has a role: in which function of which of its words."""

    role: str
    parent: int
    """The word it hangs on, as `Word.parent` counts."""
    function: str
    marked: bool
    """Whether the preposition is marked with the predicate, so that the role must be filled: "[spoke with] [Chad]…"."""


def role_slots(places: list[Place], verbal: list[bool], *, relation: bool, bare_verb: bool) -> list[RoleSlot]:
    """The slots of a frame, participants first.

    *verbal*: of each word, whether it is a verb. *relation*: whether the frame's type is one. *bare_verb*: whether the
    predicate is a verb and no other word is needed with it.
    """
    slots = [RoleSlot(p.role, p.parent, _functions(p, relation=relation, verbal=verbal[p.parent]), p.marked) for p in places]
    slots = _without_rivals(slots, places)
    slots = _pooled(slots, verbal=verbal[0])
    return [_required(slot, slots) for slot in slots] if bare_verb else slots


def _functions(place: Place, *, relation: bool, verbal: bool) -> tuple[str, ...]:
    """The functions that say the same: of a verb that one alone, of a noun "Iran's", "of Iran" and "Iranian" alike."""
    function, parent = place.function, place.parent
    if verbal:
        return (function,)
    if function in ("poss", "mod", "of") and (relation or parent > 0):
        return ("mod", "of", "poss")
    if function in OWNERS and (parent == 0 or function != "by"):
        return tuple(sorted(OWNERS))
    return (function,)


def _without_rivals(slots: list[RoleSlot], places: list[Place]) -> list[RoleSlot]:
    """*slots*; but where one noun has two roles, a possessive and an "of", neither may stand for the other."""
    found = []
    for slot, place in zip(slots, places, strict=True):
        function = place.function
        others = (p for s, p in zip(slots, places, strict=True) if p.parent == place.parent and s is not slot)
        if any(p.function in slot.functions and p.function != function for p in others):
            slot = replace(slot, functions=("mod", "poss") if function in ("poss", "mod") else (function,))
        found.append(slot)
    return found


def _pooled(slots: list[RoleSlot], *, verbal: bool) -> list[RoleSlot]:
    """*slots* with one for all participants, who are unordered: whoever stands in any of their places takes part."""
    together = [slot for slot in slots if slot.role == "participant"]
    if not together:
        return slots
    functions = {f for slot in together for f in slot.functions} | (WITH_VERB if verbal else WITH_NOUN)
    parent = together[0].parent
    others = [slot for slot in slots if slot.role != "participant"]
    taken = {f for slot in others for f in slot.functions if slot.parent == parent}
    ordered = tuple(sorted(functions - taken, key=lambda f: (f != "subj", f)))
    partner = any(f != "subj" for slot in together for f in slot.functions)
    return [RoleSlot("participant", parent, ordered, any(s.required for s in together), partner), *others]


def _required(slot: RoleSlot, slots: list[RoleSlot]) -> RoleSlot:
    """*slot* of a bare verb, which needs its object, or the one role it has beside the subject, and its participants."""
    beside = [s for s in slots if "subj" not in s.functions]
    if "subj" in slot.functions:
        needed = slot.role == "participant"
    else:
        needed = "obj" in slot.functions or (beside == [slot] and slot.role not in UNASKED)
    return replace(slot, required=needed or slot.required)
