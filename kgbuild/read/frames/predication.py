"""A predicate in its paragraph, and what it governs beyond its own arguments.

What an example says with one phrase may be spread in a text: over the predicate, its object, the noun behind its "of",
and the verb that only carries a noun ("held talks with Chad").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kgbuild.ontology import Ontology
from kgbuild.read.frames.frame import AMOUNTS, Fits, Frame, RoleSlot
from kgbuild.read.parse.clauses import Clauses, governing_verb, is_verbal
from kgbuild.read.parse.lemmas import lemma_of
from kgbuild.read.parse.tokens import Token


@dataclass(frozen=True, slots=True)
class Predication:
    """A predicate with all that is asked when frames are tried at it."""

    token: Token
    """The predicate."""
    clauses: Clauses
    fits: Fits
    ontology: Ontology
    ranges: Mapping[tuple[str, str], str]
    """The class that a filler must have, by type and role; empty for any."""
    is_event: Callable[[Token], bool]
    """Whether a noun or verb may tell of an event by itself."""

    def arguments(self, token: Token, function: str) -> tuple[Token, ...]:
        """What *token* governs in this function, in order."""
        return self.clauses.arguments(token).get(function, ())

    def wanted(self, frame: Frame, slot: RoleSlot) -> str:
        """The class that whoever fills *slot* must have; empty for any."""
        return self.ranges[frame.type, slot.role]


def governed_elsewhere(bound: list[Token], function: str, predication: Predication) -> Iterator[Token]:
    """What stands behind the preposition *function* on any of the words found, or on what belongs to them.

    A prepositional phrase may hang on the verb, on its object, or on the verb that carries a noun.
    """
    head, arguments = bound[0], predication.arguments
    for token in bound:
        yield from arguments(token, function)
    if is_verbal(head):
        yield from _governed_by_objects(bound, function, predication)
        return
    if function != "of":
        yield from _governed_by_joined(head, function, predication)
    doer = function == "by"  # "the arrest of the editor by Chad", "the signing of an accord with Norway"
    for behind in ("of", "for") if doer else ("of",):
        for done in arguments(head, behind):
            if done not in bound and (doer or (done.pos_ == "NOUN" and not predication.is_event(done))):
                yield from arguments(done, function)
    if (verb := governing_verb(head)) is not None and is_light(verb, predication.ontology):
        yield from arguments(verb, function)
    above = head.head.head if head.dep_ == "pobj" else head
    if above != head and not is_verbal(above) and function != "of":
        # "ministers of member states, including X": X hangs on the ministers; but "a minister of X at the talks"
        yield from arguments(above, function)


def _governed_by_joined(noun: Token, function: str, predication: Predication) -> Iterator[Token]:
    """What hangs on a noun joined to *noun*, and is of both: the Mali of "coordination and cooperation with Mali"."""
    joined = noun.head if noun.dep_ == "conj" and noun.head.pos_ == "NOUN" else None
    joined = joined or next((c for c in noun.children if c.dep_ == "conj" and c.pos_ == "NOUN" and c.i > noun.i), None)
    if joined is None or any(c.dep_ == "poss" for c in max(noun, joined).children):
        return
    if not predication.arguments(noun, function):
        yield from (t for t in predication.arguments(joined, function) if t.i > max(noun.i, joined.i))


def _governed_by_objects(bound: list[Token], function: str, predication: Predication) -> Iterator[Token]:
    """What hangs on a verb's object: the Mali of "imposed a ban on Mali"; no Mali of "discussed the war with Mali"."""
    their_own = predication.ontology.words("ownWith", "noun") if function == "with" else frozenset()
    for name in ("obj", "attr"):
        for other in predication.arguments(bound[0], name):
            if other.pos_ == "NOUN" and other not in bound and lemma_of(other) not in their_own:
                yield from predication.arguments(other, function)


def counted(token: Token, predication: Predication) -> tuple[Token, ...]:
    """What a word of quantity counts, if *token* is one: the gas of "most of its gas", "four fifths of its gas"."""
    number = token.tag_ in ("JJS", "CD", "DT", "JJR", "JJ", "PDT") or token.ent_type_ in AMOUNTS
    counts = number or lemma_of(token) in predication.ontology.words("quantity", "noun")
    return predication.arguments(token, "of") if counts else ()


def is_light(verb: Token, ontology: Ontology) -> bool:
    """Whether a verb only says that what its noun means is done: "hold talks", "step up attacks"."""
    particle = next((f"_{c.lower_}" for c in verb.children if c.dep_ == "prt"), "")
    return verb.lemma_.lower() + particle in ontology.words("light", "verb")
