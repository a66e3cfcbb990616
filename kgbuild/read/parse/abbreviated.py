"""A state with its letters before a title: "with the Republic of Korea (ROK) Foreign Minister X" is with the minister."""

from __future__ import annotations

from kgbuild.ontology import Ontology
from kgbuild.read.parse.tokens import Token


def title_behind_letters(letters: Token, ontology: Ontology) -> bool:
    """Hang the bearer of a title behind "(ROK)" where the state before it hangs, and that on him; whether it was done."""
    doc, at = letters.doc, letters.i
    if not letters.text.isupper() or not 0 < at < len(doc) - 2 or doc[at - 1].text != "(" or doc[at + 1].text != ")":
        return False
    owner = letters.head if letters.dep_ == "appos" else doc[at - 2]
    while owner.dep_ == "pobj" and owner.head.lower_ == "of":
        owner = owner.head.head
    bearer = doc[at + 2]
    while bearer.pos_ == "PROPN" and bearer.dep_ == "compound":
        bearer = bearer.head
    ends = range(at + 3, bearer.i + 1)
    title = next((end - 1 for end in ends if " ".join(t.lower_ for t in doc[at + 2 : end]) in ontology.offices), None)
    if title is None or owner.dep_ != "pobj" or bearer.dep_ != "dobj" or bearer.head is not owner.head.head:
        return False
    bearer.hang(owner.head)
    bearer.dep_ = "pobj"
    owner.hang(doc[title])
    owner.dep_ = "poss"
    return True
