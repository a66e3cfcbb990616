"""Acronyms: what stands behind a name in brackets is another name of it, and one that acts is an organisation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from rapidfuzz.fuzz import token_sort_ratio

from kgbuild.model import Mention
from kgbuild.ontology import Actor, Ontology
from kgbuild.read.names.located import Located, named_in_text
from kgbuild.read.parse.clauses import is_verbal
from kgbuild.read.parse.nlp import Passage
from kgbuild.read.parse.tokens import Token

ALIKE = 93
"""Percent of likeness, whatever the order of the words, from which a name is a slip for another."""
ACRONYM = re.compile("[A-Z]{3,7}")
"""What is written as an acronym."""
BRACKETS = "acronym in brackets"
"""Why an acronym right behind a name denotes what the name does."""


# -- those in brackets ----------------------------------------------------------------------------


def as_bracketed(names: list[Located], passage: Passage, ontology: Ontology) -> list[Located]:
    """The names of a paragraph, an acronym in brackets right after a name as another name of the same thing.

    What actors.ttl knows the acronym for gives way to what the article spells out, unless that is a slip for it.
    """
    names = [*names, *_overlooked_in_brackets(names, passage)]
    by_end = {one.last: one for one in names}
    slips: dict[Located, Mention] = {}
    found = []
    for one in names:
        long_form = by_end.get(one.first - 1)
        if long_form is not None and _is_apposed(one, long_form, passage):
            if _is_slip(one, long_form, ontology):
                reason = "spelled like a name in actors.ttl"
                slips[long_form] = replace(one.mention, span=long_form.mention.span, reason=reason)
            else:
                one = _called_so(one, long_form)
        found.append(one)
    return [replace(one, mention=slips[one], known=True) if one in slips else one for one in found]


def _overlooked_in_brackets(names: list[Located], passage: Passage) -> Iterator[Located]:
    """Acronyms in brackets behind a name whose initials they are, which the model takes for nothing: "(CWA)"."""
    doc, taken = passage.doc, {i for one in names for i in range(one.first, one.last)}
    for one in names:
        at = one.last + 1
        if at + 1 < len(doc) and at not in taken and (doc[one.last].text, doc[at + 1].text) == ("(", ")"):
            acronym = named_in_text(passage, one.passage, at, at + 1, one.mention.cls, head=at)
            if ACRONYM.fullmatch(doc[at].text) and _initials_agree(acronym, one):
                yield acronym


def _is_apposed(acronym: Located, long_form: Located, passage: Passage) -> bool:
    """Whether a bracket, or a comma where the initials agree, stands between a name and what is in capitals."""
    before = passage.doc[acronym.first - 1].text if acronym.first > 1 else ""
    apposed = before == "(" or (before == "," and _initials_agree(acronym, long_form))
    return apposed and acronym.mention.span.text.isupper()


def _initials_agree(acronym: Located, long_form: Located) -> bool:
    """Whether the letters are those with which the words begin, in an order that may be another language's."""
    letters = sorted(c for c in acronym.mention.span.text if c.isalpha())
    words = [w for w in re.findall(r"\w+", long_form.mention.span.text) if w[:1].isupper()]
    return len(letters) > 2 and letters == sorted(w[0] for w in words)


def _is_slip(acronym: Located, long_form: Located, ontology: Ontology) -> bool:
    """Whether an unknown name is a known acronym's, misspelled: "General Agreement on Trade and Tariffs (GATT)"."""
    if not acronym.known or long_form.known or not _is_overruled(acronym, long_form):
        return False
    actor = ontology.actors[acronym.mention.entities[0]]
    return _is_spelled_like(long_form.mention.name, actor)


def _is_overruled(acronym: Located, long_form: Located) -> bool:
    """Whether what actors.ttl knows an acronym for is something else than the name before it, which it may be short for."""
    return acronym.mention.entities != long_form.mention.entities and _initials_agree(acronym, long_form)


def _is_spelled_like(name: str, actor: Actor) -> bool:
    """Whether a name has the words of one of an actor's, or nearly."""
    return any(token_sort_ratio(name, own) >= ALIKE for own in (actor.label, *actor.names))


def _called_so(acronym: Located, long_form: Located) -> Located:
    """The acronym as another name of what the long form names; a known one only where that overrules it."""
    if acronym.known and not _is_overruled(acronym, long_form):
        return acronym
    mention = replace(long_form.mention, span=acronym.mention.span, reason=BRACKETS)
    return replace(acronym, mention=mention, known=acronym.known and long_form.known)


def as_spelled_out(named: list[list[Located]]) -> list[list[Located]]:
    """The names of an article, each acronym as what the article puts it in brackets behind: its CBI is Britain's."""
    spelled = {m.mention.span.text: m.mention for names in named for m in names if m.mention.reason == BRACKETS}

    def means(one: Located) -> Located:
        meant = spelled.get(one.mention.span.text) if one.known or one.mention.span.text.isupper() else None
        return one if meant is None else replace(one, mention=replace(meant, span=one.mention.span))

    return [[means(one) for one in names] for names in named]


# -- those that act -------------------------------------------------------------------------------


def overlooked_acronyms(number: int, passage: Passage, taken: set[int], ontology: Ontology) -> Iterator[Located]:
    """Acronyms that the model takes for nothing though they do something: "ICE returned the paintings"."""
    common = ontology.words("notOfName", "alone")
    for token in passage.doc:
        if token.text in common:
            continue
        nothing = token.i not in taken and not token.ent_type_ and token.pos_ in ("NOUN", "PROPN")
        if nothing and _acts(token) and token.lower_ not in ontology.noun_classes:
            yield named_in_text(passage, number, token.i, token.i + 1, "Organization", head=token.i)


def as_organization(one: Located, passage: Passage) -> Located:
    """An unknown acronym that does something is an organisation, where the model takes it for a place."""
    if one.known or one.mention.cls != "Place" or one.last - one.first > 1 or not _acts(passage.doc[one.head]):
        return one
    return replace(one, mention=replace(one.mention, cls="Organization"))


def _acts(token: Token) -> bool:
    """Whether a word in capitals among others that are not is the subject of a verb: "UNDOF", no headline's word."""
    if not ACRONYM.fullmatch(token.text) or token.dep_ not in ("nsubj", "nsubjpass") or not is_verbal(token.head):
        return False
    neighbours = [t for t in token.doc[max(token.i - 1, 0) : token.i + 2] if t is not token and t.text.isalpha()]
    return not token.head.text.isupper() and not any(t.text.isupper() and len(t) > 1 for t in neighbours)
