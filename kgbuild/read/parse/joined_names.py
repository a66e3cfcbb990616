"""Two who are joined by "and", told apart: "Donald Trump and Cyril Ramaphosa", "Peru and Chile's joint plan".

The model takes the first for part of the second's name, or joins him to what the second has.
"""

from __future__ import annotations

from kgbuild.ontology import Ontology
from kgbuild.read.parse.titled import names_of_owners
from kgbuild.read.parse.tokens import Token

WITHIN_NAME = ("nmod", "compound")


def two_names(first: Token, ontology: Ontology) -> bool:
    """Hang the second of two persons on the first, where the first hangs on the second's name; whether it was done."""
    last = first.head
    if first.dep_ not in WITHIN_NAME or first.ent_type_ != "PERSON" or last.ent_type_ != "PERSON" or last.head is last:
        return False
    joint = _joint_behind(first, first.i)
    if joint is None or joint.i > last.i:
        return False
    first.hang(last.head)
    first.dep_ = last.dep_
    for before in [c for c in last.children if c.i < joint.i and c is not first]:
        before.hang(first)
    last.hang(first)
    last.dep_ = "conj"
    return True


def shared_ending(first: Token, ontology: Ontology) -> bool:
    """Hang apart two whose names share their last word: "North and South Korea"; whether it was done."""
    last, doc = first.head, first.doc
    if first.dep_ not in WITHIN_NAME or first.tag_ != "NNP" or last.i != first.i + 3 or last.head is last:
        return False
    joint, second, known = _joint_behind(first, first.i), doc[first.i + 2], names_of_owners(ontology)
    if joint is None or not {f"{first.text} {last.text}", f"{second.text} {last.text}"} <= known:
        return False
    first.hang(last.head)
    first.dep_ = last.dep_
    for before in [c for c in last.children if c.i < first.i]:
        before.hang(first)
    last.hang(first)
    last.dep_ = "conj"
    second.hang(last)
    second.dep_ = "compound"
    return True


def behind_full_name(second: Token, ontology: Ontology) -> bool:
    """Hang a name on all of a known name before it, not on its last word ("Republic of Korea and Japan"); whether it was."""
    last, known = second.head, names_of_owners(ontology)
    if second.dep_ != "conj" or second.tag_ != "NNP" or last.dep_ != "pobj" or last.head.lower_ != "of":
        return False
    whole = last.head.head
    if whole.tag_ not in ("NNP", "NNPS") or not whole.i < last.i < second.i:
        return False
    first = min((c.i for c in whole.children if c.dep_ in WITHIN_NAME), default=whole.i)
    name, longer = (second.doc[first : end + 1] for end in (last.i, second.i))
    if not _is_known(name, known) or _is_known(longer, known):
        return False
    for joint in [c for c in last.children if c.dep_ == "cc" and c.i < second.i]:
        joint.hang(whole)
    second.hang(whole)
    return True


def _is_known(words: list[Token], known: frozenset[str]) -> bool:
    return " ".join(t.text for t in words) in known


def two_owners(noun: Token, ontology: Ontology) -> bool:
    """Hang a noun above both whose it is, where it is joined to the first of them; whether it was done.

    Both are of one kind and the noun is nobody, or the first is in the genitive too: "met Peru and Chile's king" is left.
    """
    first = noun.head
    if noun.dep_ != "conj" or noun.pos_ != "NOUN" or first.pos_ != "PROPN":
        return False
    owner = next((c for c in noun.children if c.dep_ == "poss" and c.i < noun.i), None)
    if owner is None or owner.pos_ != "PROPN":
        return False
    genitive = next((c for c in first.children if c.dep_ == "case"), None)
    joint = _joint_behind(first, genitive.i if genitive is not None else first.i)
    if joint is None or joint.lower_ == "or" or joint.i + 1 != owner.left_edge.i:
        return False
    alike = first.ent_type_ == owner.ent_type_ != "" and noun.lemma_.lower() not in ontology.noun_classes
    if genitive is None and not alike:
        return False
    noun.hang(first.head)
    noun.dep_ = first.dep_
    first.hang(noun)
    first.dep_ = "poss"
    owner.hang(first)
    owner.dep_ = "conj"
    return True


def owner_before_name(owner: Token, ontology: Ontology) -> bool:
    """Hang a genitive on the name right behind it, where both are joined to another; whether it was done."""
    genitive = next((c for c in owner.children if c.dep_ == "case"), None)
    if owner.dep_ != "conj" or genitive is None or genitive.i + 1 >= len(owner.doc):
        return False
    name = owner.doc[genitive.i + 1]
    while name.dep_ == "compound" and name.head.i == name.i + 1:
        name = name.head
    if name.ent_type_ != "PERSON" or name.dep_ not in ("conj", "appos") or name.head not in (owner, owner.head):
        return False
    name.hang(owner.head)
    name.dep_ = "conj"
    owner.hang(name)
    owner.dep_ = "poss"
    return True


def title_before_name(title: Token, ontology: Ontology) -> bool:
    """Hang a title on the name right behind it, where both are joined to another; whether it was done."""
    doc = title.doc
    if title.dep_ != "conj" or title.tag_ != "NNP" or title.i + 1 >= len(doc) or not _is_title(title, ontology):
        return False
    name = doc[title.i + 1]
    while name.dep_ == "compound" and name.head.i == name.i + 1:
        name = name.head
    if name.ent_type_ != "PERSON" or name.dep_ not in ("conj", "appos") or name.head not in (title, title.head):
        return False
    name.hang(title.head)
    name.dep_ = "conj"
    title.hang(name)
    title.dep_ = "compound"
    return True


def subjects_in_a_row(name: Token, ontology: Ontology) -> bool:
    """Join a second subject of a verb to the first, where but a comma parts two names of a kind; whether it was done."""
    if name.dep_ not in ("nsubj", "nsubjpass") or name.pos_ != "PROPN":
        return False
    first = next((c for c in name.head.children if c.dep_ == name.dep_ and c.i < name.i), None)
    if first is None or first.pos_ != "PROPN" or not first.ent_type_ == name.ent_type_ != "":
        return False
    if [t.text for t in name.doc[first.i + 1 : name.left_edge.i]] != [","]:
        return False
    name.hang(first)
    name.dep_ = "conj"
    return True


def kind_before_name(name: Token, ontology: Ontology) -> bool:
    """Put a name beside the noun right before it that says what it is, where both are subjects; whether it was done."""
    if name.dep_ not in ("nsubj", "nsubjpass") or name.pos_ != "PROPN" or name.left_edge.i == 0:
        return False
    kind = name.doc[name.left_edge.i - 1]
    if kind.dep_ != name.dep_ or kind.head is not name.head or kind.tag_ != "NN" or not kind.n_lefts:
        return False
    if kind.lower_ not in ontology.noun_classes:
        return False
    name.hang(kind)
    name.dep_ = "appos"
    return True


def _is_title(token: Token, ontology: Ontology) -> bool:
    return token.lower_ in ontology.offices or ontology.noun_classes.get(token.lower_) == "Person"


def _joint_behind(first: Token, end: int) -> Token | None:
    """The "and" right behind token *end*, on *first* or where the model has it else."""
    doc = first.doc
    joint = doc[end + 1] if end + 1 < len(doc) else None
    return joint if joint is not None and joint.dep_ == "cc" else None
