"""Warnings that threaten nobody: who tells of a danger, or of what others will do, does not say that he will do harm."""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.read.claims.candidate import Assembled
from kgbuild.read.parse.clauses import SUBJECTS, is_verbal
from kgbuild.read.parse.lemmas import lemma_of
from kgbuild.read.parse.tokens import Token

SAID = ("ccomp", "acl", "appos")
PHRASES = ("of", "about", "over", "against")


def is_caution(candidate: Assembled) -> bool:
    """Whether a warning says of what it warns, and that is no harm that its speaker would do.

    The content is a clause ("warned that …") or a phrase ("warned of …", "a warning about …"); a warning of which no more is
    said stays a threat.
    """
    ontology, word = candidate.ontology, lemma_of(candidate.head)
    what = "verb" if candidate.verbal else "noun"
    if candidate.type not in ontology.words("cautioned", "type") or word not in ontology.words("cautioned", what):
        return False
    sides = {token for role, token in candidate.match.roles if role in ontology.core_roles}  # "the warning of China"
    contents = [token for token in _contents(candidate.head) if token not in sides]
    return bool(contents) and not any(_threatens(content, candidate) for content in contents)


def _contents(word: Token) -> Iterator[Token]:
    """What a word of warning warns of: the heads of its clauses and of its phrases' objects."""
    for child in word.children:
        if child.dep_ in SAID and is_verbal(child):
            yield child
        elif child.dep_ == "prep" and child.lower_ in PHRASES:
            yield from (c for c in child.children if c.dep_ in ("pobj", "pcomp"))


def _threatens(content: Token, candidate: Assembled) -> bool:
    """Whether *content* is harm, or what the speaker's own side will do, and nobody else's doing."""
    doing = _of_claim(candidate, ("actor",))
    facing = _of_claim(candidate, ("recipient", "participant"))
    subjects = [_who(candidate, child) for child in content.children if child.dep_ in SUBJECTS]
    own = any(who & doing for who in subjects)
    others = any(who and not who & (doing | facing) for who in subjects)
    said_of_self = any(c.dep_ in SUBJECTS and c.pos_ == "PRON" for c in content.children)
    if is_verbal(content) and (own or (said_of_self and any(c.tag_ == "MD" for c in content.children))):
        return True
    owners = (_who(candidate, child) for child in content.children if child.dep_ in ("poss", "amod", "compound"))
    others = others or (not is_verbal(content) and any(who and not who & (doing | facing) for who in owners))
    harm = candidate.ontology.words("harm", "word")
    return not others and any(lemma_of(token) in harm for token in content.subtree)


def _of_claim(candidate: Assembled, roles: tuple[str, ...]) -> frozenset[str]:
    mentions = (role.mention for role in candidate.claim.roles if role.role in roles)
    return frozenset(e for m in mentions for e in (*m.entities, *m.represents))


def _who(candidate: Assembled, token: Token) -> frozenset[str]:
    """Whom a word names, and for whom he acts; empty for nobody known."""
    if candidate.paragraph.located(token) is None:
        return frozenset()
    mention = candidate.paragraph.mention(token)
    return frozenset((*mention.entities, *mention.represents))
