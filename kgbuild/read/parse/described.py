"""What describes a name, hung on whom it describes: relative clauses with "who", and appositions."""

from __future__ import annotations

from kgbuild.ontology import Ontology
from kgbuild.read.parse.clauses import SUBJECTS
from kgbuild.read.parse.tokens import Token

PEOPLE = ("Person", "Group")
PLACED = ("GPE", "LOC", "FAC")


def who_they_are(clause: Token, ontology: Ontology) -> bool:
    """Hang a clause with "who" on the people above a state or place; whether it was done."""
    if clause.dep_ != "relcl" or not any(c.lower_ == "who" and c.dep_ in SUBJECTS for c in clause.children):
        return False
    described = clause.head
    while _is_placed(described, ontology):
        above = described.head.head if described.dep_ == "pobj" else described.head
        if described.dep_ not in ("pobj", "appos") or above.pos_ not in ("NOUN", "PROPN") or above.i > described.i:
            return False
        described = above
    if described is clause.head or not _is_of_people(described, ontology):
        return False
    clause.hang(described)
    return True


def beside_its_name(noun: Token, ontology: Ontology) -> bool:
    """Hang an apposition on the name right before its comma, not on one before the verb; whether it was done."""
    if noun.dep_ != "appos" or noun.pos_ != "NOUN":
        return False
    named, first = noun.head, noun.left_edge.i
    if first < 2 or noun.doc[first - 1].text != ",":
        return False
    nearer = noun.doc[first - 2]
    verb = named.head
    if nearer.pos_ != "PROPN" or nearer is named or not named.i < verb.i < nearer.i or verb.pos_ not in ("VERB", "AUX"):
        return False
    if nearer.dep_ not in ("dobj", "pobj", "conj", "dative") or _is_placed(nearer, ontology) or noun.is_ancestor(nearer):
        return False
    noun.hang(nearer)
    return True


def named_behind_body(name: Token, ontology: Ontology) -> bool:
    """Hang a person's name not on the body before its comma but on who is said to be of that body; whether it was done."""
    body = name.head
    if (
        name.dep_ != "appos"
        or name.ent_type_ != "PERSON"
        or body.pos_ not in ("NOUN", "PROPN")
        or body.ent_type_ == "PERSON"
    ):
        return False
    if body.dep_ != "pobj" or body.head.lower_ != "of" or _is_of_people(body, ontology):
        return False
    holder = body.head.head
    if holder.pos_ != "NOUN" or not _is_of_people(holder, ontology) or any(c.dep_ == "appos" for c in holder.children):
        return False
    name.hang(holder)
    return True


def who_acts_behind_comma(noun: Token, ontology: Ontology) -> bool:
    """Make who stands behind a comma, hung on a phrase put before it, the subject of its verb; whether it was done.

    The verb has none, and stands right behind; or its subject is joined to him by "and".
    """
    if noun.dep_ not in ("appos", "conj") or noun.head.dep_ != "pobj" or not _is_subject_by_its_form(noun, ontology):
        return False
    joint = next((c for c in noun.children if c.dep_ == "cc"), None) if noun.dep_ == "conj" else None
    last = joint.i - 1 if joint is not None else noun.right_edge.i
    if last + 1 >= len(noun.doc):
        return False
    verb = _verb_behind(noun.doc[last + 1]) if joint is None else None
    opens = next(
        (above for above in noun.head.ancestors if above.dep_ == "prep" and above.head.pos_ in ("VERB", "AUX")), None
    )
    if opens is None or opens.i > noun.i or opens.head.i < noun.i:
        return False
    second = next((c for c in opens.head.children if c.dep_ in SUBJECTS), None)
    if joint is None and (verb is not opens.head or second is not None or not _is_finite(verb)):
        return False
    if joint is not None and (second is None or second.left_edge.i != joint.i + 1):
        return False
    noun.hang(opens.head)
    noun.dep_ = "nsubj"
    if second is not None:
        noun.dep_ = second.dep_
        second.hang(noun)
        second.dep_ = "conj"
    return True


def who_says_behind_comma(name: Token, ontology: Ontology) -> bool:
    """Make a name between a comma and a verb of saying without a subject who says it; whether it was done."""
    last, first = name.right_edge, name.left_edge
    if name.dep_ not in ("conj", "appos") or name.pos_ != "PROPN" or first.i == 0 or last.i + 1 >= len(name.doc):
        return False
    verb = name.doc[last.i + 1]
    clause = next((c for c in verb.children if c.dep_ == "ccomp" and c.i < verb.i), None)
    if clause is None or verb.tag_ not in ("VBD", "VBZ") or verb.lemma_ not in ontology.words("report", "verb"):
        return False
    if any(c.dep_ in SUBJECTS for c in verb.children) or name.doc[first.i - 1].text != "," or not clause.is_ancestor(name):
        return False
    name.hang(verb)
    name.dep_ = "nsubj"
    return True


def _is_subject_by_its_form(noun: Token, ontology: Ontology) -> bool:
    """Whether a comma stands before it and an article, or the capital of a title or of a name; joined, no "and"."""
    first = noun.left_edge
    if first.i == 0 or noun.doc[first.i - 1].text != ",":
        return False
    if noun.dep_ == "appos":
        return first.pos_ == "DET"
    joined = any(c.dep_ == "cc" and c.i < noun.i for c in noun.head.children)
    titled = noun.lower_ in ontology.offices or ontology.noun_classes.get(noun.lower_) == "Person"
    return not joined and (titled or noun.ent_type_ in ("PERSON", "GPE") or _is_of_people(noun, ontology))


def _verb_behind(word: Token) -> Token:
    return word.head if word.dep_ in ("aux", "auxpass") else word


def _is_finite(verb: Token) -> bool:
    return verb.tag_ in ("VBD", "VBZ", "VBP") or any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children)


def _is_placed(token: Token, ontology: Ontology) -> bool:
    """Whether it is a state or a place, and nobody whom "who" may mean."""
    cls = ontology.noun_classes.get(token.lemma_.lower(), "")
    return token.ent_type_ in PLACED or (token.pos_ == "NOUN" and cls in ("State", "Region", "City"))


def _is_of_people(token: Token, ontology: Ontology) -> bool:
    lemma = token.lemma_.lower()
    cls = ontology.noun_classes.get(lemma) or ontology.noun_classes.get(token.lower_)
    return token.ent_type_ == "PERSON" or cls in PEOPLE or lemma in ontology.offices
