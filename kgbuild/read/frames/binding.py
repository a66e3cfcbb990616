"""The words that a frame needs, found in a text: "imposed" with "sanctions" for its object."""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.ontology import Ontology
from kgbuild.read.frames.frame import ANY, NOT_PREPOSITIONS, OWNERS, PARTICLES, Frame, Word
from kgbuild.read.frames.predication import Predication, counted, governed_elsewhere
from kgbuild.read.parse.clauses import is_infinitive
from kgbuild.read.parse.lemmas import lemma_of
from kgbuild.read.parse.tokens import Token


def bind(frame: Frame, predication: Predication) -> list[Token] | str:
    """The tokens of the words that *frame* needs, the predicate first; or which word is missing, for a person to read."""
    head, ontology = predication.token, predication.ontology
    has_particle = any(w.parent == 0 and w.function in PARTICLES for w in frame.words)
    if frame.verbal and not has_particle and _is_another_verb(head, ontology):
        return f'another verb than "{head.lemma_}"'
    bound = [head]
    for word in frame.words[1:]:
        found = next((t for t in _at_place_of(word, bound, predication) if _is(word, t, frame, predication)), None)
        if found is None:
            return f'no "{word.cls or word.lemma}" as {word.function} of "{bound[word.parent].text}"'
        bound.append(found)
    return bound


def _is_another_verb(verb: Token, ontology: Ontology) -> bool:
    """Whether a particle makes another verb of it: "worked out a deal" is not "worked"."""
    other = ontology.words("otherVerb", "particle")
    particles = [c for c in verb.children if c.dep_ == "prt" and c.lower_ in other]
    return any(not any(o.dep_ == "pobj" for o in particle.children) for particle in particles)


def _at_place_of(word: Word, bound: list[Token], predication: Predication) -> Iterator[Token]:
    """What stands where *word* should: in its function below its parent, and what that counts."""
    for function in _functions(word):
        for token in predication.arguments(bound[word.parent], function):
            yield token
            yield from counted(token, predication)
    if word.function not in NOT_PREPOSITIONS:
        yield from governed_elsewhere(bound, word.function, predication)


def _functions(word: Word) -> tuple[str, ...]:
    """The functions that say the same of *word*: of whoever is of a class, "Chad's", "Chadian" and "by Chad" alike."""
    if word.function in PARTICLES:
        return PARTICLES
    return tuple(sorted(OWNERS)) if word.cls and word.function in OWNERS else (word.function,)


def _is(word: Word, token: Token, frame: Frame, predication: Predication) -> bool:
    """Whether *token* is the needed word, of the class where any of it will do, or the infinitive where any will do."""
    ontology = predication.ontology
    if word.cls:
        return predication.fits(token, word.cls)
    if word.lemma == ANY:
        return _is_done(token, frame, ontology)
    lemma = lemma_of(token)
    # a currency stands for money in the plural alone: "halted the dollar" halts no funds
    return lemma in word and (lemma == word.lemma or token.tag_ != "NN" or lemma not in ontology.words("currency", "noun"))


def _is_done(token: Token, frame: Frame, ontology: Ontology) -> bool:
    """Whether *token* is an infinitive that says what is promised, asked or refused.

    Not "declined to comment", which rejects nothing, "asked how to leave", which asks for nothing, "told him lies to win".
    """
    silent = ontology.types[frame.type].category == "REJECT" and lemma_of(token) in ontology.words("silence", "verb")
    return is_infinitive(token) and not silent and not _is_question(token) and not _is_purpose(token)


def _is_purpose(infinitive: Token) -> bool:
    """Whether the verb has both its objects before the infinitive, which then says what for: "told them lies to win"."""
    beside = [c for c in infinitive.head.children if c.dep_ in ("dobj", "dative") and c.i < infinitive.i and c.pos_ != "ADP"]
    return len(beside) > 1


def _is_question(clause: Token) -> bool:
    """Whether a word of asking opens the clause: "asked how long it would last", "asked if he would resign"."""
    return any(
        c.tag_ in ("WRB", "WP", "WDT") or (c.dep_ == "mark" and c.lower_ in ("if", "whether"))
        for c in clause.subtree
        if c.i < clause.i
    )
