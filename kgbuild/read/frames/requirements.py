"""What a frame, its words and roles found, must still have to be a match."""

from __future__ import annotations

from kgbuild.read.frames.frame import ANY, Filled, Frame
from kgbuild.read.frames.predication import Predication
from kgbuild.read.parse.clauses import is_passive
from kgbuild.read.parse.lemmas import lemma_of
from kgbuild.read.parse.tokens import Token


def unmet(frame: Frame, bound: list[Token], filled: list[Filled], predication: Predication) -> str | None:
    """Why what was found is no match, for a person to read; None where it is one."""
    if _keeps_silent(frame, predication):
        return "it only keeps silent"
    if (other := _object_of_another_sense(frame, bound, filled, predication)) is not None:
        return f'"{other.text}" as what is done'
    if not _suffices(frame, bound, filled, predication):
        return "too few of those who take part are named"
    return None


def _keeps_silent(frame: Frame, predication: Predication) -> bool:
    """Whether a refusal is but to speak: "refused to speculate" rejects nothing, "refused to respond to a demand" does."""
    ontology, arguments = predication.ontology, predication.arguments
    if not frame.verbal or ontology.types[frame.type].category != "REJECT":
        return False
    for done in arguments(predication.token, "comp"):
        silent_on = any(lemma_of(what) in ontology.words("silence", "noun") for what in arguments(done, "obj"))
        silent = lemma_of(done) in ontology.words("silence", "verb")
        if silent_on or (silent and "to" not in predication.clauses.arguments(done)):
            return True
    return False


def _object_of_another_sense(
    frame: Frame, bound: list[Token], filled: list[Filled], predication: Predication
) -> Token | None:
    """An object that plays no part, where the example has none or the verb is mutual: it makes another verb of this one.

    "Members met their obligations" is no meeting, who "heads a delegation to Iran" need not go there, and nobody
    protests who "demonstrates a consensus".
    """
    mutual = any(slot.role == "participant" for slot in frame.roles)
    without = not any("obj" in slot.functions for slot in frame.roles)
    relation = predication.ontology.types[frame.type].kind != "event"  # "replaced Petrov as president"
    if not frame.verbal or relation or not (mutual or without) or (len(bound) > 1 and not mutual):
        return None
    objects = predication.arguments(bound[0], "obj")
    if len(bound) > 1:  # "met the premier at a summit" is not "met at a summit"
        objects = tuple(t for t in objects if t.pos_ == "PROPN" and predication.fits(t, "Actor"))
    if any(t in objects for t in (*bound, *(t for _, t in filled))):
        return None
    return next((t for t in objects if t.ent_type_ not in ("DATE", "TIME", "MONEY") and not _is_reflexive(t)), None)


def _is_reflexive(token: Token) -> bool:
    """Whether a pronoun is of the subject itself: "chained themselves to the gate", "accused each other"."""
    return token.lower_.endswith(("self", "selves")) or (token.lower_ == "other" and token.n_lefts > 0)


# -- enough who take part -------------------------------------------------------------------------


def _suffices(frame: Frame, bound: list[Token], filled: list[Filled], predication: Predication) -> bool:
    """Whether enough of those who take part are named."""
    if not any(role in predication.ontology.core_roles for role, _ in filled):
        return _suffices_without_anybody(frame, bound, filled, predication)
    if sum(word.lemma != ANY for word in frame.words) > 1:
        return True
    return not _lacks_partner(frame, bound, filled, predication)


def _suffices_without_anybody(frame: Frame, bound: list[Token], filled: list[Filled], predication: Predication) -> bool:
    """Whether the event is one though nobody is named who takes part.

    So it is for a noun whose type its place makes known (`dip:byPlace`: "an attack in Basra"), and for a passive of several
    words that leaves unsaid who does it ("sanctions were imposed").
    """
    ontology = predication.ontology
    if not frame.verbal:
        by_place = ontology.types[frame.type].known_by_place
        return by_place and any(role == "place" for role, _ in filled)
    return len(bound) > 1 and is_passive(bound[0]) and not predication.arguments(bound[0], "subj")


def _lacks_partner(frame: Frame, bound: list[Token], filled: list[Filled], predication: Predication) -> bool:
    """Whether one alone is said to do what takes two: "A spoke" where the example is "A spoke with B"."""
    together = [t for role, t in filled if role == "participant"]
    subjects = predication.arguments(bound[0], "subj")
    beside = any(slot.partner and slot.required and slot.role == "participant" for slot in frame.roles)
    if beside and frame.verbal and all(t in subjects for t in together):
        return True  # "A and B spoke" is not "A spoke with B"
    partner = any(slot.partner for slot in frame.roles)
    several = together and together[0].morph.get("Number", []) == ["Plur"] and not partner
    alone = len(together) == 1 and sum(role in predication.ontology.core_roles for role, _ in filled) == 1 and not several
    if not alone or any(role == "recipient" for role, _ in filled):
        return False
    has_theme = any(role == "theme" for role, _ in filled)
    return not has_theme and together[0] in subjects
