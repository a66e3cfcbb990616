"""Names behind an office and whose it is: "President of the Republic of Moldova Maia Sandu", "Ambassador to Cairo X".

English has a comma there, wires that are translated have none, and the model takes state and person for one name.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from kgbuild.ontology import Ontology
from kgbuild.read.parse.tokens import Doc, Token

OWNERS = ("State", "City", "Region", "IntergovernmentalOrganization", "Bloc")
"""Whose an office is, or where an envoy is sent to, as such a title says it."""
LONGEST_OFFICE, LONGEST_PORTFOLIO, LONGEST_OWNER, LONGEST_NAME = 6, 12, 9, 6
"""Tokens at most."""
BETWEEN = ("of", "to", "for")


class Titled(NamedTuple):
    """Tokens of a title and the name behind it."""

    office: int
    """The last token of the office."""
    owner: tuple[int, int]
    """Whose it is, or where its holder is sent: the first token and the one after the last."""
    name: tuple[int, int]
    """The person's name, likewise."""


def titled_names(doc: Doc, ontology: Ontology) -> tuple[Titled, ...]:
    """The names in *doc* that stand behind an office and whose it is, with no comma between; worked out once.

    Of two titles of one name, the one that begins first: "President of the Republic" is none of Moldova.
    """
    if "titled" not in doc.known:
        found = [_titled(token, ontology) for token in doc if token.lower_ in BETWEEN and token.i]
        doc.known["titled"] = tuple({one.name: one for one in reversed(found) if one is not None}.values())
    known: tuple[Titled, ...] = doc.known["titled"]
    return known


def _titled(preposition: Token, ontology: Ontology) -> Titled | None:
    doc, at = preposition.doc, preposition.i + 1
    office = _office_before(doc, preposition.i, ontology)
    if office is None:
        return None
    at += at < len(doc) and doc[at].lower_ == "the"
    end = end_of_portfolio(doc, at, ontology) or (_end_of_owners(doc, at, ontology) if preposition.lower_ != "for" else 0)
    first = _behind_honours(doc, end, ontology) if end else 0
    last = _end_of_name(doc, first, ontology) if end else 0
    return Titled(_outermost(doc, office, ontology), (at, end), (first, last)) if last > first else None


def _office_before(doc: Doc, end: int, ontology: Ontology) -> int | None:
    """The last token of the office that ends right before token *end*, or before a portfolio that does."""
    first = max(0, end - LONGEST_OFFICE)
    if any(_words(doc, at, end).lower() in ontology.offices for at in range(first, end)):
        return _head_of_office(doc, end)
    last = doc[end - 1] if end else doc[0]
    if last.text[:1].isupper() and last.tag_ in ("NN", "NNP") and ontology.noun_classes.get(last.lower_) == "Person":
        return end - 1
    for at in range(end - 2, max(0, end - LONGEST_PORTFOLIO), -1):
        if doc[at].lower_ in BETWEEN and _is_portfolio(doc, at + 1, end):
            found = _office_before(doc, at, ontology)
            if found is not None:
                return found
    return None


def _is_portfolio(doc: Doc, first: int, last: int) -> bool:
    """Whether these words may say what an office is for: all have a capital or join such, and no person is among them.

    "Agrarian Policy and Food", "the Restored Provinces", "Health, Family and Ageing".
    """
    words = doc[first:last]
    written = all(t.text[:1].isupper() or t.lower_ in ("and", "&", ",", "-", "the", *BETWEEN) for t in words)
    persons = {t.i for t in words if t.ent_type_ == "PERSON"}
    return written and words[-1].text[:1].isupper() and not any(i + 1 in persons for i in persons)


def _head_of_office(doc: Doc, end: int) -> int:
    """The word that an office's name hangs on: of "Minister of Foreign Affairs" the minister."""
    at = end - 1
    while doc[at].dep_ == "pobj" and doc[at].head.lower_ in ("of", "for") and doc[at].head.head.i < doc[at].head.i < at:
        at = doc[at].head.head.i
    return at


def end_of_portfolio(doc: Doc, first: int, ontology: Ontology) -> int:
    """Where the words end, from token *first* on, that say what an office is for ("Justice and Law"); 0 for none."""
    words, at, end = ontology.words("portfolio", "word"), first, 0
    while at < len(doc):
        if doc[at].text in words:
            at = end = at + 1
        elif end == at and doc[at].lower_ in ("and", "&", ",", "the"):
            at += 1
        else:
            break
    return end


def _words(doc: Doc, first: int, last: int) -> str:
    return " ".join(t.text for t in doc[first:last])


def _end_of_owners(doc: Doc, first: int, ontology: Ontology) -> int:
    """Where the words end that say whose an office is and where its holder is sent: "of Cuba to the United States"."""
    end = at = end_of_owner(doc, first, ontology)
    while at and at < len(doc) and doc[at].lower_ in ("of", "to"):
        at = end_of_owner(doc, at + 1 + (at + 1 < len(doc) and doc[at + 1].lower_ == "the"), ontology)
        end = max(at, end)
    return end


def end_of_owner(doc: Doc, first: int, ontology: Ontology) -> int:
    """Where the longest name of a state, town or organisation ends that begins at token *first*; 0 for none."""
    owners = names_of_owners(ontology)
    ends = range(min(len(doc), first + LONGEST_OWNER), first, -1)
    return next((end for end in ends if _words(doc, first, end) in owners), 0)


@lru_cache(maxsize=2)
def names_of_owners(ontology: Ontology) -> frozenset[str]:
    """The names of all OWNERS, without the article."""
    known = (a for a in ontology.actors.values() if a.cls in OWNERS)
    return frozenset(name.removeprefix("the ") for a in known for name in (*a.names, *a.exact))


def _end_of_name(doc: Doc, first: int, ontology: Ontology) -> int:
    """Where the words with capitals end that begin at token *first*; *first* for none."""
    particles, at = ontology.words("particle", "name"), first
    while at < min(len(doc), first + LONGEST_NAME) and (
        _is_of_name(doc[at]) or (at > first and _is_inner(doc, at, particles))
    ):
        at += 1
    titles = ontology.words("courtesy", "title")
    if any(doc[i].text.rstrip(".") in titles for i in range(first, at)):
        return first  # "Drug Policy Dr. Luz Quispe": what stands before the title is no name
    behind = doc[at] if at < len(doc) else None
    if at - first == 1 and behind is not None and behind.pos_ == "NOUN":
        return first  # "the ambassador to Paris Climate talks"
    return first if _is_body(doc, first, at, ontology) else at


def _is_of_name(token: Token) -> bool:
    written = token.text[:1].isupper() and (not token.text.isupper() or len(token) < 3 or token.text.endswith("."))
    return written and token.pos_ == "PROPN" and token.ent_type_ not in ("DATE", "TIME", "EVENT")


def _is_body(doc: Doc, first: int, last: int, ontology: Ontology) -> bool:
    """Whether the words are the name of a body or a party: "the leader of the U.K. Independence Party"."""
    bodies = ontology.words("namedNoun", "body")
    return any(t.text in bodies or t.lower_ in ontology.noun_classes for t in doc[first:last])


def _is_inner(doc: Doc, at: int, particles: frozenset[str]) -> bool:
    """Whether a small word or a hyphen stands within a name: "bin", "al-"."""
    goes_on = at + 1 < len(doc) and doc[at + 1].text[:1].isupper()
    hyphen = doc[at].text == "-" or (at + 2 < len(doc) and doc[at + 1].text == "-")
    return (goes_on and doc[at].lower_ in particles) or (hyphen and (goes_on or doc[at + 2].text[:1].isupper()))


def _behind_honours(doc: Doc, first: int, ontology: Ontology) -> int:
    """Where a name begins behind the titles before it: "His Excellency Ivan Petrov"."""
    titles = ontology.words("courtesy", "title") | ontology.words("honour", "title")
    while first < len(doc) and (doc[first].text.rstrip(".") in titles or doc[first].text == "."):
        first += 1
    return first


def _outermost(doc: Doc, office: int, ontology: Ontology) -> int:
    """Whose title it is: in "Head of the Office of the President of Chad Ivan Petrov" he is the head of an office."""
    head = office
    before = _before(doc, office, ontology)
    while before is not None and doc[before].text[:1].isupper():
        if ontology.noun_classes.get(doc[before].lower_) == "Person" or doc[before].lower_ in ontology.offices:
            head = before
        before = _before(doc, before, ontology)
    return head


def _before(doc: Doc, at: int, ontology: Ontology) -> int | None:
    """The noun before "of the" or "to the" and the office that ends at token *at*."""
    first = at
    while first and doc[first - 1].text[:1].isupper() and doc[first - 1].pos_ in ("PROPN", "NOUN", "ADJ"):
        first -= 1
    first -= first > 0 and doc[first - 1].lower_ == "the"
    return first - 2 if first > 1 and doc[first - 1].lower_ in BETWEEN else None


# -- its parse ------------------------------------------------------------------------------------


def hang_apart(one: Titled, doc: Doc) -> bool:
    """Hang the name on the title, and whose it is on the preposition; whether that was called for."""
    office, name, bearer = doc[one.office], doc.span(*one.name), doc[one.name[1] - 1]
    preposition = _preposition_of(bearer, one, doc)
    mixed = [t for t in doc.span(*one.owner) if t.head in list(name)]
    beside = office.head is bearer and office.dep_ in ("compound", "nmod", "appos")
    if bearer.head is office and bearer.dep_ == "conj":
        bearer.dep_ = "appos"  # "Minister for Europe and Foreign Affairs X": joined to what he is minister for
    beside = beside or (bearer.head is office and bearer.dep_ == "appos")
    if not beside and not _put_beside(office, bearer):
        return False
    if bearer.head is office:
        for other in [c for c in bearer.children if c.dep_ in ("cc", "conj") and c.i > bearer.i]:
            other.hang(office)  # who is named beside the two is named beside the title
    if office.dep_ == "appos" and office.head is not bearer:
        office.dep_ = "conj"  # "Ivan Petrov, Foreign Minister of Chad Idriss Sy": who has a name of his own is another
    for t in doc[one.owner[0] : one.owner[1]]:
        if t.dep_ == "prep" and not one.office <= t.head.i < one.owner[1]:
            _hang(t, office, "prep")
    for token in doc[one.owner[1] : one.name[0]]:  # "His Excellency"
        _hang(token, bearer, "compound")
    for token in [t for t in name if t is not bearer and not bearer.is_ancestor(t) and not t.is_ancestor(bearer)]:
        _hang(token, bearer, "compound")
    for token in reversed(mixed):  # the last word of whose it is comes first, the others hang on it
        if token is mixed[-1]:
            _hang(token, preposition, "pobj")
        else:
            _hang(token, mixed[-1], "compound")
    return bool(mixed) or not beside


def _preposition_of(bearer: Token, one: Titled, doc: Doc) -> Token:
    """What whose it is hangs on: the preposition that has taken the name for its object, else the one before."""
    if bearer.dep_ == "pobj" and one.office < bearer.head.i < one.name[0]:
        return bearer.head
    before = doc[one.owner[0] - 1]
    return before.nbor(-1) if before.lower_ == "the" else before


def _put_beside(office: Token, bearer: Token) -> bool:
    """Hang a name on a title, or the title on a name that is the subject; whether that can be done."""
    if bearer.dep_ in ("nsubj", "nsubjpass") and office.dep_ not in ("nsubj", "nsubjpass", "conj"):
        return _hang(office, bearer, "nmod")
    return _hang(bearer, office, "appos")


def _hang(token: Token, head: Token, label: str) -> bool:
    """Hang a word elsewhere, unless that would be below itself or in another sentence; whether it was done."""
    if token is head or token.is_ancestor(head) or token.head is token or token.sent is not head.sent:
        return False
    token.hang(head)
    token.dep_ = label
    return True
