"""Vetoes of events: what anybody does is diplomacy only where somebody of politics does it to somebody."""

from __future__ import annotations

from collections.abc import Sequence

from kgbuild.model import Claim, Mention
from kgbuild.ontology import Ontology
from kgbuild.read.claims.candidate import Assembled, Candidate
from kgbuild.read.claims.cautions import is_caution
from kgbuild.read.claims.cues import is_only_spoken_of
from kgbuild.read.claims.paragraph import Paragraph
from kgbuild.read.claims.vetoes import Veto, is_listed
from kgbuild.read.frames.frame import AMOUNTS, MODIFIERS
from kgbuild.read.parse.clauses import is_passive
from kgbuild.read.parse.lemmas import lemma_of
from kgbuild.read.parse.tokens import Token

POLITICAL = ("State", "GovernmentBody", "IntergovernmentalOrganization", "PoliticalParty", "ArmedGroup", "Bloc")
"""Classes whose members count though nobody knows which of them is meant: "the government", "the rebels"."""


TOGETHER = ("with", "between", "among")
"""What names whoever else takes part."""


def _has_no_roles(candidate: Assembled) -> bool:
    return not candidate.claim.roles


def _is_of_companies(candidate: Assembled) -> bool:
    sides = _unknown_sides(candidate)
    return bool(sides) and all(mention.cls == "Company" for mention in sides)


def _is_everyday(candidate: Assembled) -> bool:
    sides, paragraph, ontology = _unknown_sides(candidate), candidate.paragraph, candidate.ontology
    what = "verb" if candidate.verbal else "adjective" if candidate.head.pos_ == "ADJ" else "noun"
    if not sides or lemma_of(candidate.head) not in ontology.words("everyday", what):
        return False
    political = any(_is_political(mention, ontology) for mention in sides)
    return not political and not any(_is_office(paragraph, token) for token in _side_tokens(candidate))


def _unknown_sides(candidate: Assembled) -> list[Mention]:
    """Those who take part, where none of them is known; none of what is hostile, which counts whoever does it."""
    kind = candidate.kind
    hostile = kind.quad == "MaterialConflict" and kind.category != "SANCTION"  # a firm that cuts its sales punishes nobody
    sides = _sides(candidate)
    return [] if hostile or any(mention.entities or mention.represents for mention in sides) else sides


def _is_left_with(candidate: Assembled) -> bool:
    return _may_depart(candidate) and is_passive(candidate.head)


def _is_departure(candidate: Assembled) -> bool:
    claim, ontology = candidate.claim, candidate.ontology
    if not _may_depart(candidate):
        return False
    going, left = claim.role("actor"), [r.mention for r in claim.roles if r.role in ("recipient", "theme", "place")]
    persons = bool(going) and (
        all(ontology.is_a(m.cls, "Person") for m in going) or all(_is_nobody(m, ontology) for m in going)
    )
    places = [any(ontology.is_a(mention.cls, cls) for cls in ("Place", "State")) for mention in left]
    return persons and (any(places) or not places)


def _is_nobody(mention: Mention, ontology: Ontology) -> bool:
    """Whether it is people who act for nobody: "Syrians", "residents"."""
    known = any(entity in ontology.actors for entity in mention.entities)
    return not known and not mention.represents and not _is_political(mention, ontology)


def _may_depart(candidate: Assembled) -> bool:
    return lemma_of(candidate.head) in candidate.kind.departure


def _stands_by_his_own(candidate: Assembled) -> bool:
    if candidate.kind.category != "SUPPORT" or candidate.claim.role("recipient"):
        return False
    doing, themes = _doers(candidate.claim), _tokens(candidate, ("theme",))
    if any(token.lower_.endswith(("self", "selves")) for token in _tokens(candidate, ("recipient",))):
        return True  # "has a right to defend itself"
    return bool(doing and themes) and all(set(_owners(candidate.paragraph, token)) & doing for token in themes)


def _is_pursuit(candidate: Assembled) -> bool:
    if not is_listed("sought", candidate, candidate.head) or candidate.claim.role("recipient"):
        return False
    given = candidate.ontology.words("sought", "noun")
    told = (*_tokens(candidate, ("theme",)), *candidate.match.words[1:])
    return not any(lemma_of(token) in given or token.ent_type_ in AMOUNTS for token in told)


def _is_unaimed(candidate: Assembled) -> bool:
    ontology = candidate.ontology
    if candidate.type not in ontology.words("unaimed", "type") or candidate.claim.role("recipient"):
        return False
    goods = ontology.words("unaimed", "noun")
    objects = (*candidate.match.words[1:], *_tokens(candidate, ("theme",)))
    return candidate.verbal and any(lemma_of(token) in goods for token in objects)


def _is_wish(candidate: Assembled) -> bool:
    wishing, ontology = candidate.claim.role("actor"), candidate.ontology
    unknown = all(not (m.entities or m.represents or _is_political(m, ontology)) for m in wishing)
    return unknown and is_listed("wish", candidate, candidate.head)


def _is_errand(candidate: Assembled) -> bool:
    helping, ontology = candidate.claim.role("actor"), candidate.ontology
    private = bool(helping) and all(ontology.is_a(m.cls, "Person") and not m.represents for m in helping)
    return private and is_listed("errand", candidate, candidate.head)


def _is_private_trade(candidate: Assembled) -> bool:
    return _takes_two(candidate) and bool(_ends(candidate)) and not _known_ends(candidate)


def _is_one_sided(candidate: Assembled) -> bool:
    ontology, sides = candidate.ontology, _ends(candidate)
    if not _takes_two(candidate) or len(sides) != 1 or not _known_ends(candidate):
        return False
    told = lemma_of(candidate.head) in ontology.words("twoSided", "verb" if candidate.verbal else "noun")
    if not told or _names_another_state(candidate, sides):
        return False
    several = any(len(mention.represents) > 1 or len(mention.entities) > 1 for mention in sides)
    tokens = _side_tokens(candidate)
    # "countries", not "the Philippines"
    plural = any(t.morph.get("Number", []) == ["Plur"] and not t.ent_type_ for t in tokens)
    plural = plural and any(_is_political(m, ontology) for m in sides)
    return not several and not plural and not any(t.dep_ == "pobj" and t.head.lower_ in TOGETHER for t in tokens)


def _names_another_state(candidate: Assembled, sides: set[Mention]) -> bool:
    """Whether what is traded is another state's: "imports Soviet coal", "opened its market to American goods"."""
    named = {entity for side in sides for entity in (*side.entities, *side.represents)}
    within = (candidate.paragraph.located(token) for token in candidate.head.subtree)
    states = {e for one in within if one is not None and one.mention.cls == "State" for e in one.mention.entities}
    return bool(states - named)


def _takes_two(candidate: Assembled) -> bool:
    return candidate.type in candidate.ontology.words("twoSided", "type")


def _ends(candidate: Assembled) -> set[Mention]:
    """Those who take part, places included, which stand for who trades there."""
    return {role.mention for role in candidate.claim.roles if role.role in {*candidate.ontology.core_roles, "place"}}


def _known_ends(candidate: Assembled) -> set[Mention]:
    ontology = candidate.ontology

    def is_known(mention: Mention) -> bool:
        named = any(e in ontology.actors for e in mention.entities)
        return bool(mention.represents) or named or _is_political(mention, ontology)

    return {mention for mention in _ends(candidate) if is_known(mention)}


def _is_lent_to_earn(candidate: Assembled) -> bool:
    if not _may_be_commerce(candidate):
        return False
    givers, ontology = candidate.claim.role("actor"), candidate.ontology
    merchants, goods = ontology.words("commerce", "noun"), ontology.words("commerce", "good")
    lent = lemma_of(candidate.head) in goods and any(lemma_of(token) in merchants for token in candidate.head.sent)
    return lent and not any(mention.entities or mention.represents for mention in givers)


def _is_own_loan(candidate: Assembled) -> bool:
    if not _may_be_commerce(candidate) or candidate.claim.role("recipient"):
        return False
    givers, ontology = candidate.claim.role("actor"), candidate.ontology
    owners = [token for token in _tokens(candidate, ("actor",)) if token.dep_ in ("poss", *MODIFIERS)]
    states = bool(owners) and all(ontology.is_a(m.cls, "State") or ontology.is_a(m.cls, "Bloc") for m in givers)
    return states and any(lemma_of(word) in ontology.words("commerce", "good") for word in candidate.match.words)


def _may_be_commerce(candidate: Assembled) -> bool:
    return candidate.type in candidate.ontology.words("commerce", "type")


def _is_internal(candidate: Assembled) -> bool:
    ontology = candidate.ontology
    if candidate.type not in ontology.words("internal", "type"):
        return False
    sides, [noun, *_] = set(_sides(candidate)), [*_side_tokens(candidate), candidate.head]
    sent = lemma_of(noun) in ontology.words("internal", "exception")  # a delegation is sent to meet others
    return len(sides) == 1 and not sent and all(_is_of_one_state(mention, ontology) for mention in sides)


def _is_of_one_state(mention: Mention, ontology: Ontology) -> bool:
    """Whether it is a body of a single state, and not of an organisation of states: not "the IMF committee"."""
    owners = [ontology.actors[e].cls for e in mention.represents if e in ontology.actors]
    of_states = any(ontology.is_a(cls, "IntergovernmentalOrganization") for cls in owners)
    alone = len(mention.represents) < 2 and len(mention.entities) < 2
    return alone and not of_states and ontology.is_a(mention.cls, "GovernmentBody")


def _is_of_pronouns(candidate: Assembled) -> bool:
    ontology, claim = candidate.ontology, candidate.claim
    if candidate.kind.category not in ontology.words("nobody", "category"):
        return False
    sides, tokens, speaker = _sides(candidate), _side_tokens(candidate), claim.stance.speaker
    told = speaker is not None and (speaker.entities or speaker.represents)
    promised = candidate.type in ontology.words("nobody", "promise")
    if told and promised and any(token.lower_ == "we" for token in tokens):
        return False  # "We will sign the pact," the minister said
    speaking = all(token.morph.get("Person", []) == ["1"] for token in tokens)
    unknown = speaking or not any(mention.entities or mention.represents for mention in sides)
    return unknown and len(sides) == len(tokens) > 0 and all(token.pos_ == "PRON" for token in tokens)


def _is_nobodys(candidate: Assembled) -> bool:
    doing = candidate.claim.role("actor") or candidate.claim.role("participant")
    return not candidate.verbal and not doing and is_only_spoken_of(candidate.head, candidate.ontology)


def _is_with_himself(candidate: Assembled) -> bool:
    return any(token.lower_.endswith(("self", "selves")) for token in _tokens(candidate, ("participant",)))


def _is_sport(candidate: Assembled) -> bool:
    ontology, sides = candidate.ontology, _sides(candidate)
    if not candidate.verbal or lemma_of(candidate.head) not in ontology.words("sport", "verb"):
        return False
    if not sides or any(mention.cls != "State" for mention in sides):
        return False
    games = ontology.words("sport", "noun")
    return any(lemma_of(t) in games and (t.pos_ in ("NOUN", "PROPN") or t.dep_ == "pobj") for t in candidate.head.sent)


def _sides(candidate: Assembled) -> list[Mention]:
    return [role.mention for role in candidate.claim.roles if role.role in candidate.ontology.core_roles]


def _side_tokens(candidate: Candidate) -> list[Token]:
    """The words that fill the core roles in the example that fits."""
    return [token for role, token in candidate.match.roles if role in candidate.ontology.core_roles]


def _tokens(candidate: Candidate, roles: Sequence[str]) -> list[Token]:
    """The words that fill *roles* in the example that fits."""
    return [token for role, token in candidate.match.roles if role in roles]


def _doers(claim: Claim) -> set[str]:
    """Those who do it, and for whom they act."""
    return {e for mention in claim.role("actor") for e in (*mention.entities, *mention.represents)}


def _is_political(mention: Mention, ontology: Ontology) -> bool:
    return any(ontology.is_a(mention.cls, cls) for cls in POLITICAL)


def _is_office(paragraph: Paragraph, token: Token) -> bool:
    one = paragraph.located(token)
    return one is not None and bool(one.office)


def _owners(paragraph: Paragraph, token: Token) -> tuple[str, ...]:
    """Whom the pronoun before it stands for: "its farmers", "part of its reform"."""
    counts = lemma_of(token) in paragraph.ontology.words("quantity", "noun")
    if counts and (counted := paragraph.clauses.arguments(token).get("of")):
        token = counted[0]
    owners = [paragraph.mention(child) for child in token.children if child.dep_ == "poss" and child.pos_ == "PRON"]
    return tuple(e for owner in owners for e in (*owner.entities, *owner.represents))


OF_EVENTS: tuple[Veto[Assembled], ...] = (
    Veto(
        name="nobody at all",
        why="An event in which nobody and nothing plays a role is none.",
        stops=_has_no_roles,
        example="Deals are approved.",
        counterexample="The deal with Peru is approved.",
    ),
    Veto(
        name="companies alone",
        why="What only companies take part in, none of them known, is no event unless it is hostile.",
        stops=_is_of_companies,
        example="The company held talks with a firm.",
        counterexample="The company held talks with Peru.",
    ),
    Veto(
        name="everyday",
        why="What anybody does is no event where nobody known, no state, body of politics or office takes part.",
        stops=_is_everyday,
        example="A student asked for help.",
        counterexample="Norway asked for help.",
    ),
    Veto(
        name="left with something",
        why="Who is left with or without something in the passive is not left by anybody.",
        stops=_is_left_with,
        example="The union was left with no choice.",
        counterexample="Chad left the union.",
    ),
    Veto(
        name="went away",
        why="A person who leaves a place, or nobody, has gone away and withdraws nothing.",
        stops=_is_departure,
        example="Angela Merkel fled Oslo.",
        counterexample="The rebels fled Oslo.",
    ),
    Veto(
        name="stands by his own",
        why="Who defends himself, or what is his own, against nobody, supports nobody.",
        stops=_stands_by_his_own,
        example="Peru defended its decision.",
        counterexample="Peru defended the decision of Chile.",
    ),
    Veto(
        name="pursuit",
        why="Who seeks, from nobody, what nobody need give him demands nothing.",
        stops=_is_pursuit,
        example="Norway sought a compromise.",
        counterexample="Norway sought help.",
    ),
    Veto(
        name="aimed at nobody",
        why="Who stops or cuts trade in goods, and nobody is said to bear it, punishes nobody.",
        stops=_is_unaimed,
        example="Ecuador suspended its oil exports.",
        counterexample="Ecuador suspended its oil exports to Peru.",
    ),
    Veto(
        name="wish",
        why="Who wants or expects something, and stands for nobody known and no body of politics, demands nothing.",
        stops=_is_wish,
        example="Most voters want Peru to join Chad.",
        counterexample="Norway wants Peru to join Chad.",
    ),
    Veto(
        name="errand",
        why="A person who helps, and acts for nobody, gives no aid.",
        stops=_is_errand,
        example="Fawn Hall helped Oliver North.",
        counterexample="Norway helped Peru.",
    ),
    Veto(
        name="private trade",
        why="What takes two is no cooperation where none of those who trade is known or of politics.",
        stops=_is_private_trade,
        example="The students expanded trade with the workers.",
        counterexample="The students expanded trade with Peru.",
    ),
    Veto(
        name="one side",
        why="What takes two is no cooperation where only one side is named and its word does not name the other.",
        stops=_is_one_sided,
        example="Japan resumed its exports.",
        counterexample="Japan resumed its exports to Peru.",
    ),
    Veto(
        name="lent to earn",
        why="A loan in a sentence with banks or creditors, given by nobody known, is no aid.",
        stops=_is_lent_to_earn,
        example="A loan to Peru was signed by the banks.",
        counterexample="Norway gave Peru a loan.",
    ),
    Veto(
        name="a state's loan",
        why="A state's loan that is given to nobody named may be one that it took, and is no aid.",
        stops=_is_own_loan,
        example="Mexico's loan was late.",
        counterexample="Mexico's loan to Peru was late.",
    ),
    Veto(
        name="meets alone",
        why="A body of one state that meets alone consults with nobody.",
        stops=_is_internal,
        example="The cabinet held a meeting on Monday.",
        counterexample="The cabinet held a meeting with Peru on Monday.",
    ),
    Veto(
        name="only spoken of",
        why="What is backed, opposed or discussed, and neither known nor done by anybody, has not happened.",
        stops=_is_nobodys,
        example="Norway opposes new sanctions on Peru.",
        counterexample="Norway opposes the sanctions on Peru.",
    ),
    Veto(
        name="sport",
        why="States that meet, visit or beat each other in a sentence that names a match, a cup or the like are teams.",
        stops=_is_sport,
        example="Peru met Chile in the semi-final.",
        counterexample="Angela Merkel met Emmanuel Macron before the final.",
    ),
    Veto(
        name="pronouns alone",
        why="What is told of pronouns alone, of whom nobody knows for whom they stand, is no event; a speaker's promise is.",
        stops=_is_of_pronouns,
        example="They will hold talks on Friday.",
        counterexample="They will hold talks with Peru on Friday.",
    ),
    Veto(
        name="with himself",
        why="Who speaks for himself or to himself meets nobody.",
        stops=_is_with_himself,
        example="Angela Merkel spoke to herself.",
        counterexample="Angela Merkel spoke to Emmanuel Macron.",
    ),
    Veto(
        name="only a caution",
        why="Who warns of a danger, of what others will do, or against what is no harm, threatens nobody.",
        stops=is_caution,
        example="Norway warned Peru that prices would rise.",
        counterexample="Norway warned Peru that it would close the border.",
    ),
)
"""Asked of an event once its claim is made."""
