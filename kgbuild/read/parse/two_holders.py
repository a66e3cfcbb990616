"""Two who hold an office, one of them named: "The Secretary and Foreign Minister Colonna" are two persons."""

from __future__ import annotations

from kgbuild.ontology import Ontology
from kgbuild.read.parse.tokens import Token

BESIDE = ("nmod", "compound")


def part_two_holders(office: Token, ontology: Ontology) -> bool:
    """Join the name behind the second office to the first *office*, which the parser took for another title of his.

    The first has an article and no name, the second a name and no article; says whether it was mended.
    """
    second = next((c for c in office.children if c.dep_ == "conj" and c.i > office.i), None) if office.children else None
    if second is None or not _is_title(office, ontology) or not _is_title(second, ontology):
        return False
    if not _has_article(office) or _has_article(second):
        return False
    if office.dep_ in BESIDE and _is_behind(office.head, second):
        bearer = office.head
        office.hang(bearer.head)
        office.dep_ = bearer.dep_
        bearer.hang(office)
    else:
        named = [c for c in office.children if c.dep_ == "appos" and _is_behind(c, second)]
        if not named:
            return False
        bearer = named[0]
    bearer.dep_ = "conj"
    second.hang(bearer)
    second.dep_ = "compound"
    return True


def _is_title(word: Token, ontology: Ontology) -> bool:
    """Whether a capitalized word, alone or with those before it, names an office."""
    before = [c.text for c in word.children if c.dep_ == "compound" and c.i < word.i]
    longer = (" ".join([*before[at:], word.text]).lower() for at in range(len(before) + 1))
    person = ontology.noun_classes.get(word.lower_) == "Person"
    return word.text[:1].isupper() and (person or any(name in ontology.offices for name in longer))


def _has_article(word: Token) -> bool:
    return any(c.dep_ == "det" and c.lower_ == "the" for c in word.children)


def _is_behind(name: Token, title: Token) -> bool:
    """Whether a name begins right behind a title."""
    doc = name.doc
    return name.i > title.i and all(doc[at].pos_ == "PROPN" for at in range(title.i + 1, name.i + 1))
