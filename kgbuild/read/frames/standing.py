"""Who stands where a frame has a role: below the predicate, or where a noun's verb puts whoever does it or bears it."""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.ontology import Ontology
from kgbuild.read.frames.frame import NOT_PREPOSITIONS, OWNERS, Frame, RoleSlot
from kgbuild.read.frames.predication import Predication, governed_elsewhere, is_light
from kgbuild.read.parse.clauses import SUBJECTS, coordinated, governing_verb, is_passive
from kgbuild.read.parse.lemmas import lemma_of
from kgbuild.read.parse.tokens import Token


def standing_at(slot: RoleSlot, frame: Frame, bound: list[Token], predication: Predication) -> list[Token]:
    """Whatever stands in the place of *slot*, each once: below its word, elsewhere, or around a noun's verb."""
    found = _below(slot, frame, bound, predication)
    at_noun = not frame.verbal and slot.parent == 0
    named = [t for t in found if t.pos_ not in ("ADJ", "VERB") or t.ent_type_]
    if not named and at_noun and slot.role in ("actor", "recipient") and not slot.required:
        found += _undergoing(bound[0], slot.role, predication)
    if not found or slot.role == "participant":
        for function in slot.functions:
            if function not in NOT_PREPOSITIONS:
                found += [t for t in governed_elsewhere(bound, function, predication) if t not in found]
    if at_noun and OWNERS & set(slot.functions):
        owned = any(t.pos_ in ("PROPN", "PRON") or t.ent_type_ or t.dep_ == "poss" for t in found)
        if not owned or slot.role == "participant":  # "ordered financial sanctions"
            found += [t for t in _doers_by_verb(bound[0], frame, predication) if t not in found]
    if slot.role == "participant" and frame.verbal:
        found = _without_who_speaks_of_it(found, bound[0], predication)
    return list(dict.fromkeys(found))


def _without_who_speaks_of_it(found: list[Token], verb: Token, predication: Predication) -> list[Token]:
    """*found* without the subject of the verb above a gerund that names both of its sides: "thanked Oslo for restoring ties
    between Peru and Chile"."""
    between = [t for t in governed_elsewhere([verb], "between", predication) if t in found]
    if len(between) < 2 or verb.tag_ != "VBG" or any(c.dep_ in SUBJECTS for c in verb.children):
        return found
    return [t for t in found if t not in predication.arguments(verb, "subj")]


def _below(slot: RoleSlot, frame: Frame, bound: list[Token], predication: Predication) -> list[Token]:
    """What the slot's word itself governs in the slot's functions."""
    arguments = predication.clauses.arguments(bound[slot.parent])
    another = predication.ontology.words("another", "modifier")  # "at Next Election", in a headline
    found = [t for f in slot.functions for t in arguments.get(f, ()) if f != "mod" or t.lower_ not in another]
    by_whom = any(c.dep_ in ("prep", "agent") and c.lower_ == "by" for c in bound[slot.parent].children)
    if slot.role in ("actor", "participant") and not frame.verbal:
        found = [t for t in found if not (t.dep_ in ("compound", "nmod") and is_venue(t, predication))]
    owned = arguments.get("poss") or by_whom  # "its Brazilian loans" are given by it
    if slot.role == "actor" and not frame.verbal and owned:
        found = [t for t in found if t not in arguments.get("mod", ())]
    if not found and slot.role in ("actor", "participant") and not frame.verbal and slot.parent == 0:
        found = list(_owning_what_counts(bound[0], slot.functions, predication))
    return found


def is_venue(token: Token, predication: Predication) -> bool:
    """Whether a name before a noun is where it takes place: "an Oval Office meeting"."""
    doc, names = token.doc, predication.ontology.words("venue", "name")
    pairs = (doc[i : i + 2] for i in (token.i - 1, token.i) if 0 <= i < len(doc) - 1)
    return token.text in names or any(" ".join(t.text for t in pair) in names for pair in pairs)


def _owning_what_counts(noun: Token, functions: tuple[str, ...], predication: Predication) -> Iterator[Token]:
    """Whose a noun is by the word that counts or gathers it, or says that it is done: "the EU's package of sanctions",
    "Chad's imposition of tariffs".
    """
    whole = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
    words = predication.ontology.words
    if whole is not None and lemma_of(whole) in words("quantity", "noun") | words("light", "noun"):
        owners = (t for name in sorted(OWNERS & set(functions)) for t in predication.arguments(whole, name))
        yield from (t for t in owners if predication.fits(t, "Actor"))


def _undergoing(noun: Token, role: str, predication: Predication) -> list[Token]:
    """To whom (*role* recipient) or by whom (actor) it is done in "faces charges", "drew criticism from X"."""
    arguments, verb = predication.arguments, governing_verb(noun)
    undergone = predication.ontology.words("undergone", "verb")
    if verb is None or verb.lemma_.lower() not in undergone or noun not in arguments(verb, "obj"):
        return []
    if role == "recipient":
        return list(arguments(verb, "subj"))
    return [t for one in (noun, verb) for function in ("from", "by") for t in arguments(one, function)]


def _doers_by_verb(noun: Token, frame: Frame, predication: Predication) -> Iterator[Token]:
    """Who does it by the verb above: the subject of "hold talks", "is set for talks", "spoke after a meeting with X"."""
    ontology, arguments, verb = predication.ontology, predication.arguments, governing_verb(noun)
    if verb is None:
        return
    with_whom = bool(arguments(noun, "with")) and not is_passive(verb)
    if noun.dep_ == "pobj" and noun.head.head == verb and _is_attended(noun.head, verb, ontology, with_whom=with_whom):
        talks = ontology.types[frame.type].category == "CONSULT"
        if talks and not {"between", "of", "poss", "mod"} & predication.clauses.arguments(noun).keys():
            yield from arguments(verb, "subj")
    elif noun in arguments(verb, "obj") and (
        (is_light(verb, ontology) and not _has_its_sides(noun, frame, predication))
        or _is_theirs(noun, verb, frame, predication)
    ):
        told = lemma_of(verb) in ontology.words("report", "verb")  # "state media announced the visit of Xi"
        yield from (t for t in arguments(verb, "subj") if not (told and predication.fits(t, "MediaOutlet")))
    elif noun.dep_ == "pobj" and _is_planned(noun.head, ontology):
        subject = predication.clauses.subject(verb)
        if subject is not None:
            yield from coordinated(subject)


def _has_its_sides(noun: Token, frame: Frame, predication: Predication) -> bool:
    """Whether a noun names the states that work together, so that who furthers it is none: "continued U.S.-EU cooperation".

    Talks are held by persons, even those of their states.
    """
    kind = predication.ontology.types[frame.type]
    sides = [t for t in predication.arguments(noun, "mod") if predication.fits(t, "State")]
    sides += [t for name in ("between", "among", "with") for t in predication.arguments(noun, name)]
    return kind.symmetric and kind.category != "CONSULT" and len(sides) > 1


def _is_theirs(noun: Token, verb: Token, frame: Frame, predication: Predication) -> bool:
    """Whether what is done "with" one is done by the subject of the verb above: "paused its trade talks with Chad".

    Not where the verb only tells what he thinks or says of it: "criticized the talks with Chad".
    """
    ontology, lemma = predication.ontology, lemma_of(verb)
    mutual = any(slot.role == "participant" for slot in frame.roles)
    spoken = lemma in ontology.words("report", "verb") or lemma in ontology.words("reportObject", "verb")
    alone = not {"between", "among", "poss", "by"} & predication.clauses.arguments(noun).keys()
    alone = alone and not any(predication.fits(t, "State") for t in predication.arguments(noun, "mod"))  # "U.S. cooperation"
    return mutual and alone and not spoken and bool(predication.arguments(noun, "with"))


def _is_planned(preposition: Token, ontology: Ontology) -> bool:
    """Whether a plan is for what stands behind *preposition*: "is set for talks", "is ready for talks"."""
    if preposition.lower_ not in ontology.words("nounCue", "preposition"):
        return False
    lemma = preposition.head.lemma_.lower()
    return lemma in ontology.words("plan", "verb") or lemma in ontology.words("plan", "adjective")


def _is_attended(preposition: Token, verb: Token, ontology: Ontology, *, with_whom: bool) -> bool:
    """Whether the subject of *verb* was or is there: "spoke after a meeting with X", "is in Peru for talks with X"."""
    there = verb.lemma_ in ontology.words("joining", "verb") and preposition.lower_ in ontology.words(
        "joining", "preposition"
    )
    there = there or (with_whom and preposition.lower_ in ontology.words("attendedWith", "preposition"))
    return there or preposition.lower_ in ontology.words("attendance", "preposition")
