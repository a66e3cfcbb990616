"""The roles of a frame, filled: who of those that stand in a role's place may play it."""

from __future__ import annotations

from dataclasses import replace

from kgbuild.read.frames.frame import MODIFIERS, Filled, Frame, RoleSlot
from kgbuild.read.frames.predication import Predication, is_light
from kgbuild.read.frames.standing import is_venue, standing_at
from kgbuild.read.parse.clauses import coordinated, is_behind_prefix
from kgbuild.read.parse.lemmas import lemma_of
from kgbuild.read.parse.tokens import Token

THINGS = ("Place", "Agreement", "Project", "Conflict", "Issue", "Document")
"""Classes of things that may be criticized, backed or rejected where the example has an actor."""


def fill(frame: Frame, bound: list[Token], predication: Predication) -> list[Filled] | str:
    """The roles of *frame* with their fillers, in the frame's order; or why one cannot be filled, for a person to read."""
    filled: list[Filled] = []
    for slot in frame.roles:
        present = _present(slot, frame, bound, filled, predication)
        found = _fill_slot(slot, frame, bound, present, {t for _, t in filled}, predication)
        if isinstance(found, str):
            return found
        filled += found
    return _named_by(frame, bound, _done_by_its_owner(frame, bound, filled, predication), predication)


def shared_roles(frame: Frame, bound: list[Token], filled: list[Filled], predication: Predication) -> list[Filled]:
    """The sides that the example leaves unfilled, by the slots of its type."""
    found: list[Filled] = []
    for slot in frame.shared:
        if not any(role == slot.role for role, _ in filled):
            found += _by_type(slot, frame, bound, {t for _, t in (*filled, *found)}, predication)
    return found


def _by_type(slot: RoleSlot, frame: Frame, bound: list[Token], taken: set[Token], predication: Predication) -> list[Filled]:
    """Who fills a *slot* of the type that the example itself has not: behind the first preposition with somebody."""
    wanted = predication.ontology.role_range(frame.type, slot.role)
    for function in slot.functions:
        present = standing_at(replace(slot, functions=(function,)), frame, bound, predication)
        fitting = [t for t in present if t not in bound and t not in taken and predication.fits(t, wanted)]
        if fitting:
            return [(slot.role, token) for token in fitting]
    return []


def _present(
    slot: RoleSlot, frame: Frame, bound: list[Token], filled: list[Filled], predication: Predication
) -> list[Token]:
    """Who or what stands in the place of *slot*, of whatever kind."""
    present = [t for t in standing_at(slot, frame, bound, predication) if t not in bound]
    if slot.role == "actor":
        present = [t for t in present if not _names_target(t, frame, predication)]
    if not present and slot.role == "of":  # "serves as president of Brazil": it hangs on the office or its holder
        present = [o for _, t in filled for o in predication.arguments(t, "of")]
    return present


def _named_by(frame: Frame, bound: list[Token], filled: list[Filled], predication: Predication) -> list[Filled]:
    """*filled* with the recipient that a noun is named by: in "the Russia investigation of the FBI" the FBI acts."""
    named = [t for t in predication.arguments(bound[0], "mod") if _names_target(t, frame, predication)]
    if frame.verbal or not named:
        return filled
    roles = {role for role, _ in filled}
    if "actor" not in roles:  # "his Middle East trip", as the parser has it
        filled = [*filled, *(("actor", owner) for t in named for owner in predication.arguments(t, "poss"))]
    if roles == {"recipient"}:
        filled = [("actor", t) for _, t in filled if t not in named]
    return filled if {"actor", "recipient"} <= roles else [*filled, *(("recipient", t) for t in named)]


def _done_by_its_owner(frame: Frame, bound: list[Token], filled: list[Filled], predication: Predication) -> list[Filled]:
    """*filled*; but where both a genitive and an "of" name somebody, the one does it and the other bears it.

    "Turkey's arrest of a pastor", where the example is "the pastor's arrest".
    """
    owners, bearers = predication.arguments(bound[0], "poss"), predication.arguments(bound[0], "of")
    if (
        frame.verbal
        or not owners
        or [role for role, _ in filled if role in ("actor", "recipient", "participant")] != ["recipient"]
    ):
        return filled
    fits = predication.fits
    bearing = [t for t in bearers if t not in bound and fits(t, "Actor")]
    powerful = any(fits(t, cls) for t in owners for cls in ("State", "Organization")) and any(fits(t, "") for t in bearers)
    if not (bearing or powerful) or not any(token in owners for role, token in filled if role == "recipient"):
        return filled
    rest = [(role, token) for role, token in filled if role != "recipient"]
    return [*(("actor", t) for t in owners if predication.fits(t, "Actor")), *(("recipient", t) for t in bearing), *rest]


def _names_target(token: Token, frame: Frame, predication: Predication) -> bool:
    """Whether the noun of a state, town or region, no adjective, stands before what is done to it: "Iran sanctions"; or
    any behind "anti-"."""
    if is_behind_prefix(token, predication.ontology.words("opposed", "against")):
        return True
    if token.dep_ not in ("compound", "nmod") or not predication.ontology.types[frame.type].named_by_target:
        return False
    fits = predication.fits(token, "City") or predication.fits(token, "Region") or is_venue(token, predication)
    return token.text in predication.ontology.state_nouns or fits


def _fill_slot(
    slot: RoleSlot, frame: Frame, bound: list[Token], present: list[Token], taken: set[Token], predication: Predication
) -> list[Filled] | str:
    """Those of *present* that may fill *slot* and are not *taken*, with the role they play; or why nobody does."""
    wanted, fits = predication.wanted(frame, slot), predication.fits
    fitting = _without_owners([t for t in present if fits(t, wanted)])
    if present and not fitting:
        things = [t for t in present if _is_theme(frame, slot, t, predication)]
        if things:  # "criticized the decision", where the example criticizes somebody
            return [(_role_of_thing(frame, predication), t) for t in things]
        if _is_misfit(slot, frame, bound, present[0], predication):
            return f'"{present[0].text}" as {slot.role} is no {wanted or "Thing"}'
    if slot.parent and not present and _has_clause_for_object(slot, bound[slot.parent]):
        return f'"{bound[slot.parent].text}" is of what is so'
    fresh = [t for t in fitting if t not in taken]
    if slot.required and not fresh:
        return f"no {slot.role} ({' or '.join(slot.functions)})"
    shared = any(s is not slot and s.parent == slot.parent and s.functions == slot.functions for s in frame.roles)
    joined = "from" in slot.functions and any(t in coordinated(fresh[0]) for t in fresh[1:])  # "aid from A and B"
    alone = shared and not joined  # "between A and B", "aid from A to B"
    return [(_role_of(slot, frame, t, predication), t) for t in (fresh[:1] if alone else fresh)]


def _without_owners(tokens: list[Token]) -> list[Token]:
    """*tokens* without names that only say whose a noun behind them is: the committee of "the IMF committee meeting"."""
    nouns = {t.i for t in tokens if t.pos_ == "NOUN" and t.dep_ in MODIFIERS}
    return [t for t in tokens if not (t.dep_ in MODIFIERS and nouns and _leads_to(t, nouns))] if len(tokens) > 1 else tokens


def _leads_to(token: Token, nouns: set[int]) -> bool:
    """Whether nothing but modifiers stands between a modifier and one of *nouns* behind it."""
    following = token.i + 1
    while following not in nouns:
        if following >= len(token.doc) or token.doc[following].dep_ not in MODIFIERS:
            return False
        following += 1
    return True


# -- those of the wrong kind ----------------------------------------------------------------------


def _is_misfit(slot: RoleSlot, frame: Frame, bound: list[Token], first: Token, predication: Predication) -> bool:
    """Whether nothing can be made of the frame since *first* stands as subject or object and is not of the class wanted.

    So it is where the role is needed, where the predicate is one word, and where a thing would speak.
    """
    if slot.role not in predication.ontology.core_roles or not {"subj", "obj"} & set(slot.functions):
        return False
    speaks = slot.role == "actor" and predication.ontology.types[frame.type].quad.startswith("Verbal")
    return slot.required or len(bound) == 1 or (speaks and _is_mute(first, predication))


def _is_mute(token: Token, predication: Predication) -> bool:
    """Whether a thing says nothing: "this could encourage them to renew"; a statement, a report or a call does."""
    utters = lemma_of(token) in predication.ontology.words("utterance", "noun")
    return token.text.islower() and not utters and not predication.fits(token, "Place")


def _has_clause_for_object(slot: RoleSlot, verb: Token) -> bool:
    """Whether *verb* has a clause where the example has somebody: "refused to see that it was late", not "to see him"."""
    return "obj" in slot.functions and any(c.dep_ == "ccomp" and c.i > verb.i for c in verb.children)


# -- things ---------------------------------------------------------------------------------------


def _is_theme(frame: Frame, slot: RoleSlot, token: Token, predication: Predication) -> bool:
    """Whether a thing may stand where the example has a recipient.

    Which things may, a type declares (`dip:targetClass`, `dip:themeClass`); where it does not, an object of THINGS or of
    somebody's doing may.
    """
    if slot.role != "recipient" or any(s.role == "theme" for s in frame.roles):
        return False
    ontology, fits = predication.ontology, predication.fits
    targets, themes = ontology.types[frame.type].target_classes, ontology.role_range(frame.type, "theme")
    declared = bool(targets) or themes not in ("", "Thing")
    if not declared and "obj" not in slot.functions:
        return False
    classes = targets or ((themes,) if declared else THINGS)
    return any(fits(token, cls) for cls in classes) or (not declared and _is_somebodys(token, predication))


def _is_somebodys(token: Token, predication: Predication) -> bool:
    """Whether a thing is an actor's own doing: "the plan of the EU", "Turkey's move", "the decision by Chad"."""
    fits = predication.fits
    if token.pos_ != "NOUN" or not fits(token, "Thing"):
        return False
    return any(fits(t, "Actor") for function in ("poss", "by", "of") for t in predication.arguments(token, function))


def _role_of_thing(frame: Frame, predication: Predication) -> str:
    """The role of a thing in a recipient's place: a theme; but a recipient where the type declares it as a target."""
    return "recipient" if predication.ontology.types[frame.type].target_classes else "theme"


def _role_of(slot: RoleSlot, frame: Frame, token: Token, predication: Predication) -> str:
    """The role of who fills *slot*; an actor that is the object of a verb which takes things as well is its recipient.

    The example is "[condemned] [the decision]theme", the text "condemned Belarus".
    """
    roles = {s.role for s in frame.roles}
    takes_both = slot.role == "theme" and "obj" in slot.functions and "recipient" not in roles and "actor" in roles
    return "recipient" if takes_both and predication.fits(token, "Actor") else slot.role


def needed_theme(frame: Frame, bound: list[Token], filled: list[Filled], predication: Predication) -> list[Filled]:
    """The object that a frame needs is the theme as well, for types that say so (`lex:needed`): "reached a deal"."""
    ontology = predication.ontology
    if "theme" not in ontology.types[frame.type].needs or any(role == "theme" for role, _ in filled):
        return []
    light = lemma_of(bound[0]) in ontology.words("light", "verb") and is_light(bound[0], ontology)  # "gave", not "gave up"
    carries = light and ontology.types[frame.type].category != "AID"
    if carries or not frame.verbal:
        return []
    needed = zip(bound[1:], frame.words[1:], strict=True)
    objects = (t for t, word in needed if word.parent == 0 and word.function == "obj" and predication.fits(t, "Thing"))
    return [("theme", t) for t in objects][:1]
