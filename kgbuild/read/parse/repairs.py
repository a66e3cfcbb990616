"""Parses mended where grammar is sure: a word that the parser hung in the wrong place is hung in the right one.

The mends follow from form and a few words of language.ttl. "He said Iran had agreed and urged calm": a verb whose tense is
that of the verb of saying, and not that of what is said, goes on with who speaks. "She met visiting diplomats": a
participle right behind a verb or preposition, with a noun without an article behind it, describes that noun. "She pushed
them to agree": the infinitive behind the object of a verb of asking is what is asked, not what for. "She ruled out
meeting them": a gerund right behind a verb's particle is what the verb is about. "Reports that they met": a clause with
its conjunction says what its noun says, it does not describe it. "To stop dumping and to open up": like joins like. "A
meeting of ministers held in Rome": the meeting is held, not the ministers.
"""

from __future__ import annotations

from kgbuild.ontology import Ontology
from kgbuild.read.parse.clauses import SUBJECTS, is_infinitive
from kgbuild.read.parse.tokens import Doc, Token

FINITE = {"VBD": "past", "VBZ": "present", "VBP": "present of many", "MD": "modal"}


def mend(doc: Doc, ontology: Ontology) -> Doc:
    """*doc* with its attachments mended."""
    attributive = ontology.words("attributive", "participle")
    held, gatherings = ontology.words("gathering", "participle"), ontology.words("gathering", "noun")
    asking = ontology.words("request", "verb") | ontology.words("request", "infinitive")
    for token in doc:
        if token.dep_ == "conj" and token.pos_ == "VERB":
            _beside_its_like(token)
            _beside_who_says(token)
        elif token.dep_ == "advcl" and token.head.lemma_.lower() in asking:
            _what_is_asked(token)
        elif token.dep_ == "advcl" and token.tag_ == "VBG":
            _behind_its_particle(token)
        elif token.dep_ == "relcl" and any(c.dep_ == "mark" for c in token.children):
            token.dep_ = "acl"
        elif token.dep_ == "acl" and token.lower_ in held:
            _what_is_held(token, gatherings)
        elif token.lower_ in attributive:
            _before_its_noun(token)
    return doc


def _beside_who_says(verb: Token) -> None:
    """Hang *verb* on the verb of saying above its clause, where it has the tense of that one and not of its neighbour."""
    if any(c.dep_ in SUBJECTS for c in verb.children):
        return
    neighbour = first = verb.head
    while first.dep_ == "conj" and first.head.pos_ == "VERB":
        first = first.head
    above = first.head
    tenseless = verb.tag_ == "VBD" and verb.lower_ == verb.lemma_  # the "set" of "would cut rates and set limits"
    if first.dep_ != "ccomp" or above.pos_ != "VERB" or above.i > first.i or tenseless:
        return
    tense, told = _tense(verb), _tense(neighbour)
    if tense and told and tense == _tense(above) != told and (told, tense) != ("have", "past"):
        verb.hang(above)


def _beside_its_like(infinitive: Token) -> None:
    """Join an infinitive to the infinitive above and not to the gerund below that: "to stop dumping and to open up"."""
    neighbour, above = infinitive.head, infinitive.head.head
    marked = [is_infinitive(verb) for verb in (infinitive, neighbour, above)]
    if marked == [True, False, True] and neighbour.tag_ == "VBG":
        infinitive.hang(above)


def _what_is_held(participle: Token, gatherings: frozenset[str]) -> None:
    """Hang *participle* on the gathering that its noun belongs to, or that belongs to its noun.

    "A meeting of twenty ministers held in Rome", "delegates at the conference, held in Rome".
    """
    noun = participle.head
    before = participle.i - 1
    while before > noun.i and participle.doc[before].is_punct:
        before -= 1
    nearer = participle.doc[before]
    if before > noun.i and nearer.lemma_.lower() in gatherings and noun in nearer.ancestors:
        participle.hang(nearer)
        return
    while noun.lemma_.lower() not in gatherings and noun.dep_ == "pobj" and noun.head.head.pos_ == "NOUN":
        noun = noun.head.head
    if noun.lemma_.lower() in gatherings and noun is not participle.head:
        participle.hang(noun)


def _tense(verb: Token) -> str:
    """The form of the finite word: of the auxiliary where there is one; empty for a participle or an infinitive."""
    carrier = next((c for c in verb.children if c.dep_ in ("aux", "auxpass") and c.i < verb.i), verb)
    form = FINITE.get(carrier.tag_, "")
    return "have" if carrier != verb and carrier.lemma_ == "have" and form else form


def _what_is_asked(infinitive: Token) -> None:
    between = [c.dep_ for c in infinitive.head.children if infinitive.head.i < c.i < infinitive.i]
    if between == ["dobj"] and is_infinitive(infinitive):
        infinitive.dep_ = "xcomp"


def _behind_its_particle(gerund: Token) -> None:
    before = gerund.nbor(-1) if gerund.i else gerund
    if before.dep_ == "prt" and before.head is gerund.head:
        gerund.dep_ = "xcomp"


def _before_its_noun(participle: Token) -> None:
    """Make *participle* a modifier of the noun that the parser took for its object."""
    above = participle.head
    noun = next((c for c in participle.children if c.dep_ == "dobj" and c.i > participle.i), None)
    if participle.tag_ != "VBG" or noun is None or above.i != participle.i - 1 or above.pos_ not in ("VERB", "ADP"):
        return
    between = participle.doc[participle.i + 1 : noun.i]
    bare = noun.pos_ in ("NOUN", "PROPN") and not any(t.pos_ == "DET" or t.dep_ == "poss" for t in between)
    if not bare or any(c.dep_ in ("dobj", "pobj") for c in above.children):
        return
    for child in [c for c in participle.children if c.i > noun.right_edge.i]:
        child.hang(above)
    noun.hang(above)
    participle.hang(noun)
    noun.dep_, participle.dep_ = "pobj" if above.pos_ == "ADP" else "dobj", "amod"
