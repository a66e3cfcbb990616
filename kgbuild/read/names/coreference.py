"""What the mentions of an article refer to: names, descriptions ("the ministry", "the sides", "the country"), pronouns.

One pass from first word to last, each mention looking back at what was named before (as in the sieves of
Lee et al. 2013). Where nothing fits, a description denotes no one: undecided is better than guessed.
"""

from __future__ import annotations

from dataclasses import replace

from kgbuild.model import NATIONAL, Article
from kgbuild.read.names.bodies import body_of_state
from kgbuild.read.names.definite import MADE, last_of_kind, named_by_description, owned_by_person
from kgbuild.read.names.descriptions import acts_for_others
from kgbuild.read.names.gazetteer import Gazetteer
from kgbuild.read.names.gender import shown_gender
from kgbuild.read.names.groups import remember_together, those_named_together
from kgbuild.read.names.located import Located
from kgbuild.read.names.memory import HeldOffice, Memory
from kgbuild.read.names.offices import counterpart, last_titled, note_former, office_holder, serve_others, states_of
from kgbuild.read.names.pronouns import resolve_pronoun
from kgbuild.read.names.publisher import publishing_state
from kgbuild.read.names.surnames import identify_persons
from kgbuild.read.names.tabled import as_tabled
from kgbuild.read.parse.clauses import Clauses
from kgbuild.read.parse.nlp import Passage
from kgbuild.read.parse.tokens import Token

ACTING = ("Person", "Group", "ArmedGroup", "GovernmentBody")
"""Classes of who may act for a state."""


def resolve(
    article: Article,
    passages: tuple[Passage, ...],
    mentions: list[Located],
    gazetteer: Gazetteer,
    clauses: tuple[Clauses, ...],
) -> tuple[list[Located], list[HeldOffice]]:
    """The mentions with what they denote, and the offices that their wording gives away."""
    actors_named = tuple(m for m in mentions if m.kind != "description" and m.mention.cls != "Person" and m.known)
    publishing = publishing_state(article.publisher, gazetteer)
    memory = Memory(article, gazetteer.ontology, passages, clauses, actors_named, publishing)
    home = gazetteer.capitals.get((article.place or "").title())
    mentions = _with_local_ids(as_tabled(mentions, memory), memory, gazetteer)
    mentions = identify_persons(mentions, memory, gazetteer)
    memory.names = {(one.passage, one.head): one for one in mentions if one.kind == "name"}
    note_former(mentions, memory)
    resolved: list[Located] = []
    for one in mentions:
        token = memory.token(one)
        one = resolve_mention(_with_name(one, memory), token, memory, home)
        resolved.append(one)
        memory.add(one)
        if one.mention.cls == "Person" and len(one.mention.entities) == 1 and one.kind == "description":
            memory.note_gender(one.mention.entities[0], shown_gender(one, memory))
        remember_together(one, token, memory)
    return [_of_those(one, memory) for one in resolved], memory.held_offices


def _of_those(one: Located, memory: Memory) -> Located:
    """A description as acting for the states that it is said to be of, where that is told by one too: "delegations from
    the two countries"."""
    mention, token = one.mention, memory.token(one)
    if one.kind != "description" or mention.entities or mention.represents or mention.cls not in ACTING:
        return one
    if not acts_for_others(token, memory.ontology):
        return one
    for filler in (f for c in token.children if c.lower_ in ("of", "from") for f in c.children if f.dep_ == "pobj"):
        whose = memory.at.get((one.passage, filler.i))
        if whose is not None and whose.kind == "description" and whose.mention.cls == "State" and whose.mention.entities:
            return one.representing(whose.mention.entities)
    return one


def resolve_mention(one: Located, token: Token, memory: Memory, home: str | None) -> Located:
    """The mention with what it denotes by what was named before; *home* is the dateline's state."""
    if one.kind == "pronoun":
        return resolve_pronoun(one, token, memory)
    if one.kind == "name":
        return one.representing(states_of(one.mention.entities, memory)) if one.mention.cls == "Person" else one
    return one if one.kind == "demonym" else _resolve_description(one, token, memory, home)


def _resolve_description(one: Located, token: Token, memory: Memory, home: str | None) -> Located:
    ontology, noun = memory.ontology, token.lemma_.lower()
    if noun in ontology.words("counterpart", "noun"):
        return counterpart(one, memory)
    definite = any(c.lower_ in ("the", "this", "that", "these", "those", "both") for c in token.children)
    if one.plural and definite and noun in ontology.words("bothSides", "noun"):
        together = those_named_together(one, token, memory)
        if together.mention.entities:
            return together
    if one.office:
        return office_holder(one, token, memory)
    if one.mention.entities:
        return one
    if one.mention.cls == "GovernmentBody":
        return body_of_state(one, token, memory, home)
    if definite and not one.plural:
        return last_titled(one, token, memory) if one.mention.cls == "Person" else last_of_kind(one, token, memory)
    owned = any(c.dep_ == "poss" for c in token.children)
    return owned_by_person(one, token, memory) if owned else named_by_description(one, token, memory)


def _with_local_ids(mentions: list[Located], memory: Memory, gazetteer: Gazetteer) -> list[Located]:
    """The mentions, those by a generic name as one thing of this article: two articles' "Fund" may be two."""
    local = {
        one.mention.entities[0]: memory.local_id(one.mention.entities[0])
        for one in mentions
        if len(one.mention.entities) == 1
        and memory.ontology.known(one.mention.entities[0]) is None
        and _is_generic(one, memory, gazetteer)
    }
    return [
        replace(one, mention=replace(one.mention, entities=tuple(local.get(e, e) for e in one.mention.entities)))
        if local.keys() & set(one.mention.entities)
        else one
        for one in mentions
    ]


def _is_generic(one: Located, memory: Memory, gazetteer: Gazetteer) -> bool:
    """Whether a name that actors.ttl does not know is made of words that any body may be called by: "the Fund"."""
    if one.kind != "name" or one.known or one.mention.cls in ("Person", *MADE):
        return False
    words = memory.passages[one.passage].doc[one.first : one.last]
    return gazetteer.is_generic(t.lemma_ if t.tag_ in ("NNS", "NNPS") else t.text for t in words)


def _with_name(one: Located, memory: Memory) -> Located:
    """A description that carries a name denotes what the name does: "President X", "its ally Serbia".

    Not a person who is known to serve others: in "… said the Kazakh President Lavrov added …" a full stop is missing.
    """
    name = memory.names.get((one.passage, one.named))
    if name is None:
        return one
    mention = one.mention
    person = mention.cls == "Person"  # whom he acts for is decided with his office
    if person and one.office and serve_others(name.mention.entities, mention.represents, memory.ontology):
        return one
    found = one.renamed(name.mention.entities, "names it", name.mention.name)
    if name.mention.cls == "Person":  # "his rival", be it a state's or a person's
        found = replace(found, mention=replace(found.mention, cls="Person"))
    if person and mention.reason == NATIONAL:
        return found.representing(())  # "Portuguese journalist X" acts for nobody
    return found.representing(mention.represents or (() if person else name.mention.represents))
