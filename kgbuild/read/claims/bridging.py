"""What a claim leaves unsaid and its sentence says elsewhere (bridging, Clark 1975).

"cooperation within the OSCE in view of Serbia's presidency": the presidency is that of the OSCE. "abandoned the project
due to the EU's unconstructive approach": it is unconstructive in the eyes of the one who abandoned it. "understood the
decision, although it expressed concerns": the concerns are about that decision. "were killed as the army shelled the
town": the army did it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kgbuild.model import Claim, Mention, Role
from kgbuild.ontology import Ontology
from kgbuild.read.claims.paragraph import Paragraph
from kgbuild.read.frames.frame import Match
from kgbuild.read.parse.clauses import governing_verb, is_verbal
from kgbuild.read.parse.tokens import Token

Found = tuple[Match, Claim]


def bridged(found: Iterable[Found], ontology: Ontology) -> list[Claim]:
    """The event claims of one paragraph, with the roles that other claims of their sentences give them."""
    settled = list(found)
    for rule in (_in_a_capital, _where_they_went, _about_what_is_decided, _in_whose_eyes, _conceded, _one_deed):
        settled = [(match, rule(match, claim, settled, ontology)) for match, claim in settled]
    return [claim for _, claim in settled]


def unsaid_end(paragraph: Paragraph, match: Match, claim: Claim) -> Claim:
    """A relation with the end that its class lets go unsaid (`lex:unsaid`): the last thing named before that may be it."""
    ontology = paragraph.ontology
    for end in ontology.types[claim.claims].unsaid:
        if claim.role(end):
            continue
        wanted = ontology.role_range(claim.claims, end)
        here = match.words[0]
        before = [
            m for m in paragraph.mentions if here.sent.start <= m.head < here.i and m.mention.entities and m.kind == "name"
        ]
        fitting = [m for m in before if ontology.is_a(m.mention.cls, wanted)]
        if fitting:
            return replace(claim, roles=(*claim.roles, Role(end, fitting[-1].mention)))
    return claim


def ahead_of(claim: Claim, issued: str | None) -> Claim:
    """What is told as a fact of a day after the article's is planned."""
    later = issued is not None and claim.when is not None and claim.when.begin > issued[:10]
    if later and claim.stance.modality == "Actual":
        return replace(claim, stance=replace(claim.stance, modality="Planned"))
    return claim


# -- rules ----------------------------------------------------------------------------------------


def _in_a_capital(match: Match, claim: Claim, others: list[Found], ontology: Ontology) -> Claim:
    """ "is to visit Kyiv": the town is where, the state whose capital it is, is visited."""
    if claim.role("recipient") or claim.claims not in ontology.words("visit", "type"):
        return claim
    towns = [m for m in claim.role("theme") if m.cls == "City" and m.represents and _is_capital(m, ontology)]
    roles = [role for role in claim.roles if role.mention not in towns]
    return replace(claim, roles=(*roles, *(Role(name, m) for name in ("recipient", "place") for m in towns)))


def _where_they_went(match: Match, claim: Claim, others: list[Found], ontology: Ontology) -> Claim:
    """ "flew to Paris for talks with Y": who flies takes part in the talks."""
    noun = match.words[0]
    mutual = claim.role("participant") and ontology.types[claim.claims].category == "CONSULT"
    if (
        not mutual
        or is_verbal(noun)
        or noun.dep_ != "pobj"
        or noun.head.lower_ not in ontology.words("joining", "preposition")
    ):
        return claim
    for journey, gone in others:
        there = journey.words[0] == noun.head.head or noun.head.head in journey.words
        if there and gone.claims in ontology.words("visit", "type"):
            have = {role.mention.span for role in claim.roles}
            more = [Role("participant", m) for m in gone.role("actor") if m.span not in have]
            return replace(claim, roles=(*claim.roles, *more))
    return claim


def _is_capital(mention: Mention, ontology: Ontology) -> bool:
    return any(e in ontology.actors and ontology.actors[e].capital_of for e in mention.entities)


def _about_what_is_decided(match: Match, claim: Claim, others: list[Found], ontology: Ontology) -> Claim:
    """ "understood the decision to scrap the project": the project is the topic."""
    if claim.role("topic") or claim.role("theme") or len(match.words) < 2:
        return claim
    for other, inner in others:
        verb = other.words[0]
        if is_verbal(verb) and verb.dep_ == "acl" and verb.head in match.words[1:]:
            return _with(claim, ("topic", inner.role("theme")))
    return claim


def _in_whose_eyes(match: Match, claim: Claim, others: list[Found], ontology: Ontology) -> Claim:
    """A reproach in the reason for a deed is that of the one who does it, and about what it is done to."""
    if ontology.types[claim.claims].category != "ACCUSE" or claim.role("actor"):
        return claim
    for _, deed in others:
        reasons = [m.span for m in deed.role("cause")]
        if any(r.start < claim.trigger.end and claim.trigger.start < r.end for r in reasons) and deed.role("actor"):
            return _with(claim, ("actor", deed.role("actor")), ("topic", deed.role("theme") or deed.role("topic")))
    return claim


def _conceded(match: Match, claim: Claim, others: list[Found], ontology: Ontology) -> Claim:
    """ "A backs B's plan, although it voiced concerns": the concession is to the same, about the same."""
    if claim.role("recipient") or claim.role("participant") or not claim.role("actor"):
        return claim
    verb = _verb(match)
    if (
        verb is None
        or verb.dep_ != "advcl"
        or not any(c.lower_ in ontology.words("concession", "marker") for c in verb.children)
    ):
        return claim
    doing = _entities(claim, "actor")
    for other, main in others:
        if _verb(other) == verb.head and doing and doing == _entities(main, "actor"):
            return _with(claim, ("recipient", main.role("recipient")), ("topic", main.role("topic") or main.role("theme")))
    return claim


def _one_deed(match: Match, claim: Claim, others: list[Found], ontology: Ontology) -> Claim:
    """ "Ten were killed as the army shelled the town": a deed without a doer is that of its clause's circumstance."""
    if claim.role("actor") or not claim.role("recipient"):
        return claim
    verb = _verb(match)
    for other, deed in others:
        also = _verb(other)
        if deed.claims == claim.claims and verb is not None and also is not None and deed.role("actor"):
            linked = (also.dep_ == "advcl" and also.head == verb) or (verb.dep_ == "advcl" and verb.head == also)
            subject = not is_verbal(other.words[0]) and other.words[0].dep_ == "nsubj" and other.words[0].head == verb
            if linked or subject:
                return _with(claim, ("actor", deed.role("actor")))
    return claim


def _with(claim: Claim, *more: tuple[str, Iterable[Mention]]) -> Claim:
    have = {role.mention.span for role in claim.roles}
    added = [Role(role, m) for role, mentions in more for m in mentions if not claim.role(role) and m.span not in have]
    return replace(claim, roles=(*claim.roles, *added)) if added else claim


def _verb(match: Match) -> Token | None:
    head = match.words[0]
    return head if is_verbal(head) else governing_verb(head)


def _entities(claim: Claim, role: str) -> set[str]:
    return {e for m in claim.role(role) for e in m.entities}
