"""The type that a match tells: mostly its example's; of two alone, of several or from afar what that is then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kgbuild.model import Mention
from kgbuild.ontology import Ontology
from kgbuild.read.frames.frame import MODIFIERS, Match
from kgbuild.read.parse.clauses import SUBJECTS, coordinated, governing_verb, is_verbal
from kgbuild.read.parse.lemmas import lemma_of
from kgbuild.read.parse.tokens import Token


def told_type(match: Match, sides: Sequence[Mention], ontology: Ontology) -> str:
    """The type that *match* tells, in which *sides* take part: its example's, else what that says it is then (`dip:ofTwo`
    and its like)."""
    kind = ontology.types[match.frame.type]
    if kind.of_two and _is_of_two(match, sides, ontology):
        kind = ontology.types[kind.of_two]
    if kind.of_several and _are_several(match, sides, ontology):
        kind = ontology.types[kind.of_several]
    if kind.at_distance and any(is_means(token, ontology) for token in _adjuncts(match)):
        kind = ontology.types[kind.at_distance]
    return kind.name


def _are_several(match: Match, sides: Sequence[Mention], ontology: Ontology) -> bool:
    """Whether more than one take part: two are joined by "and", one mention denotes two, or it is "the leaders"."""
    tokens = {token for role, token in match.roles if role == "participant"}
    both = any(t.tag_ == "NNS" and lemma_of(t) in ontology.words("bothSides", "noun") for t in tokens)
    joined = any(
        t.dep_ in SUBJECTS and len(coordinated(t)) > 1 for t in tokens | {t.head for t in tokens if t.dep_ == "conj"}
    )
    return both or joined or len(tokens) > 1 or any(len(one.entities) > 1 or len(one.represents) > 1 for one in sides)


def is_means(token: Token, ontology: Ontology) -> bool:
    """Whether it is that by which people speak who do not meet: "by phone", "over a video link", "in a telephone call"."""
    if token.dep_ != "pobj" or token.head.lower_ not in ontology.words("atDistance", "preposition"):
        return False
    by = {token.lemma_.lower(), *(c.lemma_.lower() for c in token.children if c.dep_ in MODIFIERS)}
    return bool(by & ontology.words("atDistance", "noun"))


def _adjuncts(match: Match) -> Iterable[Token]:
    """What stands behind a preposition at the predicate, or at the verb above it."""
    head = match.words[0]
    verb = head if is_verbal(head) else governing_verb(head)
    for word in {*match.words, *((verb,) if verb is not None else ())}:
        for preposition in word.children:
            if preposition.dep_ == "prep":
                yield from (c for c in preposition.children if c.dep_ == "pobj")


def _is_of_two(match: Match, sides: Sequence[Mention], ontology: Ontology) -> bool:
    """Whether two persons or states alone take part, by words of which `lex:ofTwo` holds."""
    said = ontology.words("ofTwo", "noun") | ontology.words("ofTwo", "verb")
    if any(lemma_of(word) not in said for word in match.words):
        return False
    named = {e for mention in sides if _is_one(mention, ontology) for e in mention.entities}
    several = {m for m in sides if _is_one(m, ontology) or not named >= set(m.entities)}  # "Xi and Moon held their summit"
    tokens = [token for role, token in match.roles if role == "participant"]
    each_one = all(_is_one(mention, ontology) for mention in several) and not any(t.tag_ in ("NNS", "NNPS") for t in tokens)
    partner = any(t.dep_ == "pobj" and t.head.lower_ == "with" for t in tokens)
    persons = all(m.cls == "Person" for m in several) and any(t.dep_ in MODIFIERS for t in tokens)  # "the Xi-Moon summit"
    return each_one and (len(several) == 2 or (len(several) == 1 and (partner or persons)))


def _is_one(mention: Mention, ontology: Ontology) -> bool:
    """Whether a mention is of a single person or state."""
    single = len(mention.entities) < 2 and len(mention.represents) < 2
    return single and any(ontology.is_a(mention.cls, cls) for cls in ("Person", "State"))
