"""Vetoes of relations: one needs two ends, known and different ones."""

from __future__ import annotations

from kgbuild.model import Claim, Mention
from kgbuild.read.claims.candidate import Assembled
from kgbuild.read.claims.vetoes import Veto
from kgbuild.read.parse.clauses import SUBJECTS, is_verbal

ENDS = {"holdsPosition": ("holder", "office"), "hasTradeVolume": ("subject",)}
"""The roles that a relation needs, where they are not subject and object."""


def _lacks_an_end(candidate: Assembled) -> bool:
    return not all(_filled(candidate.claim))


def _is_vague(candidate: Assembled) -> bool:
    nameless = (m for mentions in _filled(candidate.claim) for m in mentions if m.cls == "Thing" and not m.entities)
    return any(m.span.text.split()[-1].islower() for m in nameless)


def _is_of_unknowns(candidate: Assembled) -> bool:
    return candidate.type != "holdsPosition" and not any(_things(candidate.claim))


def _is_to_itself(candidate: Assembled) -> bool:
    things = _things(candidate.claim)
    return candidate.type != "holdsPosition" and any(things) and len(set(things)) < len(things)


def _is_of_several(candidate: Assembled) -> bool:
    """Whether one office stands beside several nameless people: "two ministers, the chairman of the bank"."""
    if candidate.verbal or candidate.head.tag_ not in ("NN", "NNP"):
        return False
    holding = (token for role, token in candidate.match.roles if role in ("subject", "holder"))
    beside = (token for token in holding if "appos" in (token.dep_, candidate.head.dep_))
    return any(
        token.tag_ == "NNS" and token.text.islower() and candidate.head in (token.head, *token.children) for token in beside
    )


def _is_only_wished(candidate: Assembled) -> bool:
    if candidate.verbal or candidate.type not in candidate.ontology.words("wished", "type"):
        return False
    wished = candidate.ontology.words("wished", "verb") | candidate.ontology.words("wished", "noun")
    below = candidate.head
    for above in candidate.head.ancestors:
        if is_verbal(above) and (below.dep_ in SUBJECTS or above.lemma_.lower() not in wished):
            return False
        if above.lemma_.lower() in wished:
            return True
        below = above
    return False


def _filled(claim: Claim) -> list[tuple[Mention, ...]]:
    return [claim.role(end) for end in ENDS.get(claim.claims, ("subject", "object"))]


def _things(claim: Claim) -> list[tuple[str, ...]]:
    """What each end denotes, or else belongs to."""
    return [tuple(e for m in mentions for e in (m.entities or m.represents)) for mentions in _filled(claim)]


OF_RELATIONS: tuple[Veto[Assembled], ...] = (
    Veto(
        name="lacks an end",
        why="A relation with an end that nobody or nothing fills is none.",
        stops=_lacks_an_end,
        example="Norway is a member.",
        counterexample="Norway is a member of the United Nations.",
    ),
    Veto(
        name="vague end",
        why="A relation to a nameless thing is none.",
        stops=_is_vague,
        example="Norway is part of a broad package.",
        counterexample="Norway is part of the United Nations.",
    ),
    Veto(
        name="unknown ends",
        why="A relation of which neither end is known is none; an office counts whoever holds it.",
        stops=_is_of_unknowns,
        example="A banker is a member of a company.",
        counterexample="A banker is a member of the United Nations.",
    ),
    Veto(
        name="with itself",
        why="A relation with the same thing at both ends is none.",
        stops=_is_to_itself,
        example="Norway is allied with Norway.",
        counterexample="Norway is allied with Peru.",
    ),
    Veto(
        name="only wished",
        why="A membership that is backed, opposed, sought or discussed is none yet.",
        stops=_is_only_wished,
        example="Norway voiced support for Ukraine's membership in NATO.",
        counterexample="Norway criticized Turkey's membership in NATO.",
    ),
    Veto(
        name="one of several",
        why="An office or part that one has is not that of several who are named beside it.",
        stops=_is_of_several,
        example="Peru renewed contracts with Norwegian companies, a representative of the United Nations told Chile.",
        counterexample="Peru renewed contracts with Angela Merkel, a representative of the United Nations.",
    ),
)
"""Asked of a relation once its claim is made."""
