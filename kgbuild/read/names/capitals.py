"""A capital as its government: "Moscow" acts in "Moscow criticized the vote", not in "left for Moscow"."""

from __future__ import annotations

from kgbuild.ontology import Ontology
from kgbuild.read.parse.tokens import Span as ParsedSpan
from kgbuild.read.parse.tokens import Token

DATELINE = 8
"""Words behind a dateline's city within which the agency's bracket opens."""


def is_government(city: ParsedSpan, ontology: Ontology) -> bool:
    """Whether a capital stands for its government: a subject, object or owner, not after "in", "from", "to".

    Not where what it owns or what moves there is a town's ("London's stock exchange", "a flight between Rome and Oslo"),
    nor before a date, which makes it a dateline.
    """
    doc = city.doc
    if city.end + 1 < len(doc) and doc[city.end].text == "," and doc[city.end + 1].ent_type_ == "DATE":
        return False
    if city.end < len(doc) and _opens_dateline(city):
        return False
    head = city.root
    while head.dep_ == "conj":
        head = head.head
        if " ".join(t.text for t in (*_compounds(head), head)) in ontology.towns:
            return False  # "New York or Tokyo"
    if head.dep_ == "poss":
        return not _is_towns(doc[city.end : head.head.i + 1], head.head, ontology)
    return _takes_part(head, ontology)


def _takes_part(head: Token, ontology: Ontology) -> bool:
    """Whether the word is a subject, an object or behind a preposition, and none of these makes it a place there."""
    verb = head.head
    if head.dep_ == "nsubj":
        return not any(c.dep_ == "attr" for c in verb.children)  # "Ottawa is the capital of Canada"
    if head.dep_ == "dobj":
        return verb.lemma_.lower() not in ontology.words("placeOnly", "verb")  # "left Brasilia"
    if head.dep_ == "pobj":
        places = (*ontology.words("placeOnly", "noun"), *ontology.words("placeOnly", "verb"))
        return verb.head.lemma_.lower() not in places and verb.lower_ not in ontology.words("placeOnly", "preposition")
    return head.dep_ == "nsubjpass"


def _compounds(token: Token) -> list[Token]:
    return [c for c in token.children if c.dep_ == "compound" and c.i < token.i]


def _opens_dateline(city: ParsedSpan) -> bool:
    """Whether a paragraph begins with the city, a comma and what has no verb, up to a bracket: "Moscow, Nov.17 (TASS)"."""
    doc = city.doc
    if any(not t.is_punct and not t.is_space for t in doc[: city.start]) or doc[city.end].text != ",":
        return False
    behind = doc[city.end : city.end + DATELINE]
    until = next((n for n, t in enumerate(behind) if t.text == "("), 0)
    return bool(until) and not any(t.pos_ in ("VERB", "AUX") for t in behind[:until])


def _is_towns(owned: list[Token], thing: Token, ontology: Ontology) -> bool:
    """Whether what a capital owns is the town's: its mayor, its stock exchange, its "ambition to become a centre"."""
    places = ontology.words("placeOnly", "noun")
    for words in ([t.lower_ for t in owned], [t.lemma_.lower() for t in owned]):
        text = f" {' '.join(words)} "
        if any(f" {place} " in text for place in places):
            return True
    roles = ontology.words("placeOnly", "role")
    behind = thing.doc[thing.i + 1] if thing.i + 1 < len(thing.doc) else thing
    said = [*thing.subtree, *(behind.subtree if behind.lower_ == "as" else ())]
    return any((t.dep_ == "attr" or t.head.lower_ == "as") and t.lemma_.lower() in roles for t in said)
