"""Slots belong to the type: where its examples have a role, whichever of them, each of them may have it in a text.

"attacks on X" teaches that who is attacked stands behind "on"; so it does in "launched a raid on X", though no example says
so. An example of the predicate itself goes first: what it has behind "on", if another role or a word, "on" means there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kgbuild.read.frames.frame import NOT_PREPOSITIONS, Frame, RoleSlot

TAUGHT = 0.1
"""Of the examples that have a role, the share that must have it in a place for that to be the type's, not their own."""
Kind = tuple[str, bool]
"""A type or a lemma, and whether the predicate is a verb."""


def with_slots_of_type(frames: Iterable[Frame], sides: Iterable[str]) -> tuple[Frame, ...]:
    """*frames*, each with the prepositions behind which the other examples of its type have the sides of an event."""
    given, core = tuple(frames), frozenset(sides)
    of_type = _slots_by_type((f for f in given if not f.counter), core)
    meant = _meant_by_predicate(given)
    return tuple(replace(frame, shared=_shared(frame, of_type, meant)) for frame in given)


def _slots_by_type(frames: Iterable[Frame], core: frozenset[str]) -> dict[Kind, dict[str, tuple[str, ...]]]:
    """By type: the prepositions of each core role, the commonest first; none that leads to two roles."""
    taught: dict[Kind, dict[tuple[str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    for frame in frames:
        for slot in frame.roles if not frame.widened else ():
            for function in slot.functions:
                taught[frame.type, frame.verbal][slot.role, function].add(frame.example)
    found: dict[Kind, dict[str, tuple[str, ...]]] = {}
    for kind, places in taught.items():
        roles: dict[str, list[str]] = defaultdict(list)
        for (role, function), examples in sorted(places.items(), key=lambda item: (-len(item[1]), item[0])):
            every = set().union(*(there for (same, _), there in places.items() if same == role))
            others = any(same == function and other != role for other, same in places)
            leads = function not in NOT_PREPOSITIONS and (function != "of" or not kind[1])  # "of" hangs on a verb's object
            if role in core and leads and len(examples) > max(1, TAUGHT * len(every)) and not others:
                roles[role].append(function)
        found[kind] = {role: tuple(functions) for role, functions in roles.items()}
    return found


def _meant_by_predicate(frames: Iterable[Frame]) -> dict[Kind, dict[str, set[str]]]:
    """By predicate: in each function, the roles that its own examples have there; "" for a word that they need."""
    meant: dict[Kind, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for frame in frames:
        functions = meant[frame.lemma, frame.verbal]
        for word in frame.words[1:]:
            functions[word.function].add("")
        for slot in frame.roles:
            for function in slot.functions:
                functions[function].add(slot.role)
    return meant


def _shared(
    frame: Frame, of_type: Mapping[Kind, Mapping[str, tuple[str, ...]]], meant: Mapping[Kind, Mapping[str, set[str]]]
) -> tuple[RoleSlot, ...]:
    """The slots of the type that *frame* has not itself, without what its predicate means otherwise."""
    roles = {slot.role for slot in frame.roles}
    sides = (
        {"actor", "recipient"} if "participant" in roles else {"participant"} if roles & {"actor", "recipient"} else set()
    )
    here, found = meant[frame.lemma, frame.verbal], []
    for role, functions in of_type.get((frame.type, frame.verbal), {}).items():
        own = {f for slot in frame.roles if slot.role == role for f in slot.functions}
        free = tuple(f for f in functions if f not in own and not here.get(f, set()) - {role})
        if free and role not in sides:
            found.append(RoleSlot(role, 0, free, required=False))
    return tuple(found)
