"""Whom an event is aimed at, where its own frame does not say.

"refused to lift the ban on Cypriot ships", "rejected an appeal filed by lawyers", "opened an inquiry into the bank":
the recipient stands deeper in the phrase that says what is refused, rejected or opened. The phrase is searched from
above, level by level; somebody known comes before somebody unnamed, what is nearer before what is farther, and what
stands in a likelier place before the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kgbuild.model import Mention, Role
from kgbuild.ontology import Ontology
from kgbuild.read.claims.paragraph import Paragraph
from kgbuild.read.frames.frame import Match
from kgbuild.read.parse.clauses import governing_verb, is_infinitive, is_verbal
from kgbuild.read.parse.tokens import Token

ASKED = ("from", "of", "by", "with", "against", "poss", "mod")
"""Functions below what is asked for that lead to who is asked: "sought the help of Togo", not "a debate on Togo"."""
DEPTH = 5
"""How many steps below the predicate a recipient may stand."""
GOALS = ("dative", "to", "against", "on", "upon", "with", "toward", "towards", "from")
"""Functions where a place stands for those who live there: "an ultimatum to Washington"."""
SOURCES = (
    *(goal for goal in GOALS if goal != "from"),
    "obj",
    "comp",
    "of",
    "from",
    "for",
    "by",
    "into",
    "at",
    "poss",
    "mod",
    "acl",
    "purpose",
)
"""Functions that lead to a recipient, likeliest first."""
OWN = (*(function for function in SOURCES if function not in (*GOALS, "for")), "in")
"""Functions below one who acts that lead to what is his: the Finance of "a plea by Finance Minister Kim to Oslo"."""
SPOKEN_OF = ("REQUEST", "ACCUSE", "SUPPORT", "REJECT")
"""Categories of what is said about deeds that somebody bears: the victims of what is condemned are not its target."""
FOR_SOMEBODY = ("AGREE", "SUPPORT", "CONCEDE", "REQUEST", "REJECT", "THREATEN")
"""Categories of words that go to people, and to no building or ship."""
PARTED = ("AGREE", "AID", "RETREAT")
"""Categories of what is given or given up: a body named before it is what it is of, and no receiver: "Cabinet seats"."""
SUBJECTS_OF_TALK = ("for", "of", "on", "in", "about")
"""Functions that lead to what friendly words are about: who stands there unnamed is no party to them."""
BEARERS = ("in", "across", "throughout")
"""Where those live who bear what is done there, for types that say so (`dip:borneBy`)."""


PARTS = ("of", "poss", "mod")
"""What leads on from there: "in parts of Kashmir", but not "in the event of an attack by Iran"."""


@dataclass(frozen=True, slots=True)
class Step:
    """A word on the way down, with the function that leads to it."""

    token: Token
    function: str
    rank: int
    within: bool = False
    """Whether it stands in the phrase that says where: "in parts of Kashmir"."""


def recipients_beyond(paragraph: Paragraph, match: Match, roles: list[Role]) -> list[Role]:
    """The recipient of an event that has those who do it, on one side, and nobody on the other; none where none is clear."""
    sides = {role.role for role in roles} & {"actor", "recipient", "participant"}
    ontology = paragraph.ontology
    if len(sides) != 1 or "recipient" in sides or not ontology.types[match.frame.type].takes_recipient:
        return []
    doers = [role.mention for role in roles if role.role in sides]
    doing = {e for mention in doers for e in (*mention.entities, *mention.represents)}
    acting, themes = {mention.span for mention in doers}, {role.mention.span for role in roles if role.role == "theme"}
    aimed = ontology.types[match.frame.type].aimed_by
    bearers = BEARERS if ontology.types[match.frame.type].borne_by_place else ()
    functions = (*SOURCES, *(function for function in (*aimed, *bearers) if function not in SOURCES))
    friendly = ontology.types[match.frame.type].quad == "VerbalCooperation"
    about = SUBJECTS_OF_TALK if friendly else ()
    functions = tuple(f for f in functions if f != "against" or not friendly)  # nobody promises against somebody
    if through := ontology.types[match.frame.type].through:
        functions = (*aimed, *through)
    unnamed: Mention | None = None  # or a fellow countryman of the one who acts: "Iraq's police closed Basra"
    for depth, level in enumerate(_levels(paragraph, match, functions, doing)):
        for step in level:
            pointed = not aimed or step.function in (*aimed, *BEARERS) or _is_behind(step.token, ontology)
            pointed = pointed and not _is_only_spoken_of(paragraph, step, match)
            mention = _bearer(paragraph, step) if pointed else None
            if mention is None or step.token in match.words or mention.span in acting or _owned(paragraph, step, doing):
                continue
            known = {*mention.entities, *mention.represents}
            if known and not known & doing:
                return [Role("recipient", mention)]
            if unnamed is None and (mention.span not in themes or known) and _is_another(mention, doers, step, about):
                unnamed = mention
        if unnamed is not None and depth:
            break
    if unnamed is None and ontology.types[match.frame.type].borne_by_place:
        return [Role("recipient", role.mention) for role in roles if role.role == "place"]
    return [Role("recipient", unnamed)] if unnamed is not None else []


def _is_only_spoken_of(paragraph: Paragraph, step: Step, match: Match) -> bool:
    """Whether who stands there is part of what is agreed, given or given up, or is no party at all.

    "agreed to give up Cabinet seats", "agreed to buy 132 warplanes", "resisted all calls at a building".
    """
    one, ontology = paragraph.located(step.token), paragraph.ontology
    if one is None or (one.mention.cls == "Actor" and not one.mention.entities):
        return step.function == "mod"  # "the PINs proposal"
    kind = ontology.types[match.frame.type]
    cls, known = one.mention.cls, bool(one.mention.entities or one.mention.represents)
    of_a_state = ontology.is_a(cls, "State") or (one.mention.represents and not ontology.is_a(cls, "Organization"))
    if step.function == "mod" and kind.category in PARTED and not of_a_state:
        return True
    if step.function == "obj" and kind.category == "AGREE" and not known and not ontology.is_a(cls, "State"):
        return True
    built = any(ontology.is_a(cls, made) for made in ("Facility", "Materiel"))
    return built and kind.category in FOR_SOMEBODY and not known


def _is_behind(token: Token, ontology: Ontology) -> bool:
    """Whether it is who lives behind a border: "troops along the border with Mali", "at the Malian frontier"."""
    line = token.head.head if token.dep_ == "pobj" else token.head
    belongs = token.dep_ in ("pobj", "amod", "compound", "nmod", "poss")
    return belongs and line.lemma_.lower() in ontology.words("faced", "noun")


def _is_another(mention: Mention, doers: list[Mention], step: Step, about: tuple[str, ...]) -> bool:
    """Whether it is neither one of those who act, nor theirs, nor somebody unnamed whom they speak *about*."""
    if not mention.entities and not mention.represents:
        return step.function not in about
    acting = {e for doer in doers for e in doer.entities}
    if mention.entities:
        return not set(mention.entities) & (acting | {state for doer in doers for state in doer.represents})
    return step.function in SOURCES[:-2] and not set(mention.represents) & acting


def _bearer(paragraph: Paragraph, step: Step) -> Mention | None:
    """Who stands there, if it is somebody to whom something can be done."""
    if step.function == "mod" and _is_joined(step.token):
        return None
    alone = step.token.n_lefts + step.token.n_rights == 0
    bare = step.function == "obj" and step.token.tag_ == "NN" and alone  # "share intelligence" is a substance
    if step.token.pos_ == "PRON" or is_verbal(step.token) or bare:
        return None
    wanted = ("Actor", "Place") if step.within or step.function in GOALS else ("Actor",)
    if not any(paragraph.fits(step.token, cls) for cls in wanted):
        return None
    mention = paragraph.mention(step.token)
    kind_of_thing = step.function == "mod" and step.token.pos_ == "NOUN" and not (mention.entities or mention.represents)
    return None if kind_of_thing else mention  # "left the government buildings" leaves no government


def _is_joined(token: Token) -> bool:
    """Whether a hyphen joins it to a common noun: "a Mexico-type accord" is not about Mexico."""
    doc, following = token.doc, token.i + 2
    return following < len(doc) and doc[following - 1].text == "-" and doc[following].tag_ == "NN"


def _owned(paragraph: Paragraph, step: Step, doing: set[str]) -> bool:
    """ "its peacekeeping force": what belongs to the one who acts, or is made by the act, bears nothing."""
    made = step.function == "obj" and step.token.head.lemma_.lower() in paragraph.ontology.words("creation", "verb")
    owners = paragraph.clauses.arguments(step.token).get("poss", ())
    return made or any({*m.entities, *m.represents} & doing for m in (paragraph.mention(t) for t in owners))


def _levels(paragraph: Paragraph, match: Match, functions: tuple[str, ...], doing: set[str]) -> Iterator[list[Step]]:
    """The words below the predicate, by depth; within a depth in the order of *functions*."""
    level = [Step(token, "", 0) for token in match.words]
    doers = {token for role, token in match.roles if role in ("actor", "participant")}
    seen = {*match.words, *_company(paragraph, match)}
    for _ in range(DEPTH):
        below: list[Step] = []
        for above in level:
            own = above.token not in match.words and _owned(paragraph, above, doing)
            for function, filler in _below(paragraph, above.token, match):
                if _leads_astray(paragraph, match, above.token, function, doers):
                    continue
                if own and function == "comp":
                    continue  # "his decision to sell arms to Iran" is not about Iran
                if function in (PARTS if above.within else functions) and filler not in seen:
                    seen.add(filler)
                    within = above.within or function in BEARERS
                    below.append(Step(filler, function, functions.index(function), within))
        level = sorted(below, key=lambda s: (s.rank, s.token.i))
        yield level


def _company(paragraph: Paragraph, match: Match) -> Iterator[Token]:
    """Who goes along and what for, where it is said where to: "visited Oslo with the minister to meet the banks"."""
    if match.frame.type in paragraph.ontology.words("visit", "type") and {"theme", "place"} & {r for r, _ in match.roles}:
        for arguments in map(paragraph.clauses.arguments, match.words):
            yield from (t for function in ("with", "purpose") for t in arguments.get(function, ()))


def _leads_astray(paragraph: Paragraph, match: Match, above: Token, function: str, doers: set[Token]) -> bool:
    """Whether a step down leads to what is a doer's own, or to who bears what is spoken of."""
    promise = paragraph.ontology.types[match.frame.type].category == "AGREE" and paragraph.tools.frames.is_event(above)
    if function == "poss" and promise and not is_verbal(above):
        return True  # "reiterated the kingdom's commitment": whose promise it is makes it
    return function in OWN if above in doers else _bears_another(paragraph, match, above, function)


def _bears_another(paragraph: Paragraph, match: Match, noun: Token, function: str) -> bool:
    """Whether who stands there bears what is spoken of, and is not who is spoken to or of.

    "condemned the killing of two nuns" is aimed at who killed them, "called for a debate on the budget" at who holds it.
    """
    ontology = paragraph.ontology
    category = ontology.types[match.frame.type].category
    if noun in match.words or is_verbal(noun) or category not in SPOKEN_OF:
        return False
    asked = category == "REQUEST" and function not in ASKED
    return asked or (function == "of" and paragraph.tools.frames.undergone(noun))


def _below(paragraph: Paragraph, token: Token, match: Match) -> Iterator[tuple[str, Token]]:
    verbal, heads = is_verbal(token), token in match.words
    finite = verbal and not heads and _is_finite(token)
    for function, fillers in paragraph.clauses.arguments(token).items():
        if function == "subj":  # "refused to allow two airlines to land", "demanded that the ministers resign"
            agreed = finite and paragraph.ontology.types[match.frame.type].category == "AGREE"
            controlled = verbal and not heads and token.dep_ in ("ccomp", "xcomp", "acl")
            controlled = controlled and not agreed  # "agreed that Togo must pay" promises Togo nothing
            yield from (("dative", t) for t in fillers if controlled and t.i > match.words[0].i)
        elif function == "purpose":  # "sent doctors to help Haiti"
            yield from ((function, t) for t in fillers)
        elif not finite and not (verbal and function in ("poss", "mod")):
            kept = (t for t in fillers if t.dep_ not in ("relcl", "advcl") and not _is_that_clause(t))
            yield from ((function, t) for t in kept if not _is_asked(t, paragraph))
    if heads and token.tag_ == "VBG" and token.dep_ in ("advcl", "acl") and (above := governing_verb(token)) is not None:
        for function in ("dative", "to"):  # "sent a letter to Oman threatening to leave"
            yield from ((function, t) for t in paragraph.clauses.arguments(above).get(function, ()))


def _is_finite(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children) and not is_infinitive(verb)


def _is_that_clause(token: Token) -> bool:
    """ "claims that it had hacked Peru": what is claimed is not whom the answer is to."""
    return token.dep_ == "acl" and is_verbal(token) and _is_finite(token)


def _is_asked(token: Token, paragraph: Paragraph) -> bool:
    """ "rejected a demand to withdraw from Iraq": what is demanded is not whom the answer is to."""
    asked = token.dep_ == "acl" and is_infinitive(token)
    return asked and token.head.lemma_.lower() in paragraph.ontology.words("request", "noun")
