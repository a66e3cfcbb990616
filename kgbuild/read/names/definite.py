"""What "the document", "the country", "his party" and "the Geneva accord" mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kgbuild.model import Mention
from kgbuild.read.names.bodies import last_called_so
from kgbuild.read.names.located import Located, slug
from kgbuild.read.names.memory import Memory
from kgbuild.read.parse.clauses import is_verbal, preposition_name
from kgbuild.read.parse.nlp import text_span
from kgbuild.read.parse.tokens import Span as ParsedSpan
from kgbuild.read.parse.tokens import Token

MADE = ("Agreement", "Project", "Conflict")
"""What a description may give a name of its own: "the Baker plan"."""
ORGANIZED = ("Organization", "PoliticalParty", "Company", "MediaOutlet")
"""What is first looked for by its noun: "the paper" is what has "paper" in its name."""
BY_NOUN = ("Organization", "PoliticalParty")
"""What only its class's own noun finds: "the party", not "the opposition", nor "the union" for an organisation."""
LOOKED_FOR = (*MADE, "Company", "MediaOutlet", "Bloc", "Organization", "PoliticalParty")
"""What "the" with a noun of its class finds."""
WIDER = {
    "Bloc": ("Bloc", "IntergovernmentalOrganization"),
    "Organization": ("Organization", "IntergovernmentalOrganization"),
}
"""A class -> the classes of what its nouns find."""
DESCRIBING = ("amod", "compound", "poss", "prep", "nmod", "nummod", "relcl", "acl")
"""What hangs on a noun that is described anew: "the new document" is not the one named before."""
LONGEST = 8
"""Words behind "of" that a name may have: "the treaty of Amity and Cooperation"."""
NEAR = 2
"""Paragraphs that "the document" looks back at most."""


def last_of_kind(one: Located, token: Token, memory: Memory) -> Located:
    """ "the document", "the country", "the bloc": the one last named of that kind, unless it is described anew."""
    named = named_by_description(one, token, memory)
    if named.mention.entities or _is_described(token) or _is_of_any(token):
        return named
    cls, noun = one.mention.cls, token.lemma_.lower()
    if cls == "State":
        return _country(one, token, memory) if noun in memory.ontology.words("oneState", "noun") else one
    if cls in ORGANIZED:
        alike = last_called_so(one, token, memory)
        if alike.mention.entities:
            return alike
    kinds = WIDER.get(cls, (cls,))
    if cls in ("City", "Region", "Territory"):
        return _only(one, token, memory, kinds, 1)
    if cls in BY_NOUN and noun not in memory.ontology.words("ownClass", "noun"):
        return one
    return _only(one, token, memory, kinds, NEAR) if cls in LOOKED_FOR else one


def owned_by_person(one: Located, token: Token, memory: Memory) -> Located:
    """ "his party", "her country": what actors.ttl or the article knows of the person."""
    owner = next((c for c in token.children if c.dep_ == "poss"), None)
    whose = memory.at.get((one.passage, owner.i)) if owner is not None else None
    if whose is None or one.plural or whose.mention.cls != "Person" or len(whose.mention.entities) != 1:
        return named_by_description(one, token, memory)
    actors, person = memory.ontology.actors, whose.mention
    if one.mention.cls == "PoliticalParty" and not any(c.lower_ == "to" for c in token.children):  # "his opposition to it"
        known = actors.get(person.entities[0])
        party = actors.get(known.party or "") if known else None
        if party is not None:
            found = one.renamed((party.id,), f"the party of {person.name}", party.label)
            return found.representing((party.of,) if party.of else ())
    if token.lemma_.lower() in memory.ontology.words("oneState", "noun") and len(person.represents) == 1:
        state = actors.get(person.represents[0])
        if state is not None and state.cls == "State":
            return one.renamed((state.id,), f"the state of {person.name}", state.label)
    return named_by_description(one, token, memory)


def named_by_description(one: Located, token: Token, memory: Memory) -> Located:
    """A document, project or conflict described with a name of its own becomes a thing: "the Geneva accord"."""
    if one.plural or not any(memory.ontology.is_a(one.mention.cls, cls) for cls in MADE):
        return one
    words = [t for t in token.doc[one.first : one.last] if t.dep_ != "det"]
    tail = [t for c in token.children if c.dep_ == "prep" and preposition_name(c) == "of" for t in c.subtree]
    named = any(
        t.pos_ == "PROPN" and t != token and t.dep_ != "poss" and t.ent_type_ not in ("DATE", "TIME")
        for t in [*words, *tail]
    )
    named = named and (one.mention.cls != "Project" or any(t.pos_ == "PROPN" and t.dep_ != "poss" for t in words))
    named = named and not any(t.text in "()[]" for t in words) and not all(t.text.isupper() for t in words)  # a headline
    beginning = memory.at.get((one.passage, words[0].i))
    if beginning is not None and beginning.kind == "name" and beginning.first < words[0].i:
        return one  # the rest of another's name: "Human Rights war monitor"
    new = any(c.dep_ == "det" and c.lower_ not in ("the", "this", "that") for c in token.children)
    plain = memory.ontology.words("plainName", "word")
    of_many = all(t.text in plain for t in [*words, *tail] if t.text[:1].isupper())  # "a Memorandum of Understanding"
    own = _named_within(one, memory) if named else None
    if own is not None:
        return one.renamed(own.mention.entities, "described with a name that is known", own.mention.name)
    if not named or len(tail) > LONGEST or (new and not tail) or any(is_verbal(t) for t in words):
        return one
    last = max(t.i for t in (*words, *tail))
    while last + 2 < len(token.doc) and token.doc[last + 1].dep_ == "cc" and token.doc[last + 2].pos_ == "NUM":
        last += 2  # "Helsinki plus 40", "Geneva and 20"
    label = "".join(t.text_with_ws for t in token.doc[words[0].i : last + 1] if t.dep_ != "det").strip()
    span = text_span(memory.passages[one.passage], one.first, last + 1)
    entity = memory.local_id(slug(label)) if of_many else slug(label)
    mention = replace(one.mention, span=span, entities=(entity,), represents=(), reason="described with a name", name=label)
    return replace(one, mention=mention, last=last + 1)


def _named_within(one: Located, memory: Memory) -> Located | None:
    """The one known thing of its class that a description names: "its disputed Nord Stream 2 gas pipeline"."""
    inside = {memory.at.get((one.passage, i)) for i in range(one.first, one.last)}
    named = [m for m in inside if m is not None and m.known and m.kind == "name" and m.mention.cls == one.mention.cls]
    return named[0] if len(named) == 1 else None


# -- whether it is one named before ---------------------------------------------------------------


def _is_described(token: Token) -> bool:
    """Whether a noun is described further than by "the" or "the same"; ", which …" describes it no nearer."""
    comma = token.i + 1 < len(token.doc) and token.nbor(1).text == ","
    described = [c for c in token.children if c.dep_ in DESCRIBING and c.lower_ != "same"]
    return any(c.dep_ != "relcl" or not comma for c in described)


def _is_of_any(token: Token) -> bool:
    """Whether its sentence speaks of any such thing before: "a country may leave if the people of the country …"."""
    before = token.doc[token.sent.start : token.i]
    return any(t.lemma_ == token.lemma_ and any(c.lower_ in ("a", "an", "any") for c in t.children) for t in before)


# -- which of those named before ------------------------------------------------------------------


def _country(one: Located, token: Token, memory: Memory) -> Located:
    """ "the country": the state that is spoken of, where that is clear: nearby, or all that was named belongs to it."""
    nearby = _only(one, token, memory, ("State",), 1)
    if nearby.mention.entities and _speaks_elsewhere(one, token, memory, nearby.mention.entities[0]):
        return one
    places = [m for m in memory.seen if memory.ontology.is_a(m.mention.cls, "Place") and m.kind != "description"]
    states = {e for m in places for e in (m.mention.entities if m.mention.cls == "State" else m.mention.represents)}
    if nearby.mention.entities or len(states) != 1:
        return nearby
    state = memory.ontology.actors.get(states.pop())
    return one.renamed((state.id,), "all places named belong to it", state.label) if state else one


def _speaks_elsewhere(one: Located, token: Token, memory: Memory, state: str) -> bool:
    """Whether a description's sentence does not speak of *state*, but of a place of another."""
    here = [m.mention for m in memory.named_in(one.passage, token.sent) if m.kind != "description"]
    here += [
        m.mention for (number, at), m in memory.names.items() if number == one.passage and token.i < at < token.sent.end
    ]
    spoken = {s for m in here if m.cls in ("City", "Region", "Territory") for s in m.represents}
    return bool(spoken) and not any(state in (*m.entities, *m.represents) for m in here)


def _only(one: Located, token: Token, memory: Memory, kinds: tuple[str, ...], passages: int) -> Located:
    """The one thing of these classes in the nearest sentence that has any; of several, the subject; else none.

    A thing of these classes that was left open may be meant, whatever it is called; so nothing is, places left out.
    """
    is_place = memory.ontology.is_a(kinds[0], "Place")
    for number, sentence in _sentences_back(one, token, memory, passages):
        here = memory.named_in(number, sentence, token.i if number == one.passage else None)
        if not is_place and any(_is_left_open(m, kinds) for m in here):
            return one
        here = [m for m in here if m.mention.cls in kinds and len(m.mention.entities) == 1]
        if kinds == ("State",):
            here = _called_so(here, token, memory)
        if kinds == ("State",) and number == one.passage and sentence == token.sent:
            another = _whose_other_it_is(token, memory, one.passage)
            here = [m for m in here if not another & {*m.mention.entities}]
        if here:
            # Of this very sentence, a subject is as likely to have been kept apart: "Russia sells gas to the country".
            last = _one_of(here, memory, subjects=sentence != token.sent)
            return one if last is None or _is_another(one, token, last, memory, is_place=is_place) else _as(one, token, last)
    return one


def _called_so(states: list[Located], token: Token, memory: Memory) -> list[Located]:
    """Of *states*, those in whose names the noun stands, if any do: "the kingdom" is one that is called a kingdom."""
    noun, actors = token.lemma_.lower(), memory.ontology.actors
    if noun in ("country", "nation"):
        return states
    called = [m for m in states if any(noun in n.lower().split() for n in actors[m.mention.entities[0]].names)]
    return called or states


def _whose_other_it_is(token: Token, memory: Memory, passage: int) -> set[str]:
    """The state that speaks of "the country", the subject of what it says, or has ties with it: it is another than that."""
    verb = token.head if token.dep_ in ("nsubj", "nsubjpass") and token.head.dep_ == "ccomp" else None
    if verb is not None:
        verb = verb.head
    elif token.dep_ == "pobj" and token.head.lower_ == "with":
        tied = token.head.head
        owned = any(c.dep_ in ("poss", "compound", "nmod", "amod") and memory.at.get((passage, c.i)) for c in tied.children)
        verb = tied.head if tied.dep_ == "dobj" and not owned else None
    if verb is None or not is_verbal(verb) or (verb.dep_ == "advcl" and verb.tag_ == "VBG"):
        return set()
    subject = memory.clauses[passage].subject(verb)
    found = memory.mention(subject, passage) if subject is not None else None
    return {*found.mention.entities} if found is not None and found.mention.cls == "State" else set()


def _sentences_back(one: Located, token: Token, memory: Memory, passages: int) -> Iterator[tuple[int, ParsedSpan]]:
    """The sentence of a description and those before it with their passages, the nearest first."""
    yield one.passage, token.sent
    yield from memory.sentences_before(one.passage, token.sent, passages=passages)


def _one_of(mentions: list[Located], memory: Memory, *, subjects: bool) -> Mention | None:
    """What all mentions mean, the last of them; if they differ, what those mean that are *subjects*, where these count."""
    acting = [m for m in mentions if memory.token(m).dep_ in ("nsubj", "nsubjpass") and m.kind != "demonym"]
    for some in (mentions, acting if subjects else []):
        if len({m.mention.entities for m in some}) == 1:
            return some[-1].mention
    return None


def _is_another(one: Located, token: Token, last: Mention, memory: Memory, *, is_place: bool) -> bool:
    """Whether the noun is not said of what was last named: something left open is called so, or a place before it."""
    if is_place:
        return _is_said_of_other(token, last.entities, memory, one.passage)
    return _is_said_of_open(token, last.name, memory)


def _as(one: Located, token: Token, last: Mention) -> Located:
    reason = f'"{token.text}" last named'
    mention = replace(last, span=one.mention.span, reason=reason)
    return replace(one, mention=mention)


def _is_said_of_open(token: Token, name: str, memory: Memory) -> bool:
    """Whether what is called *name* is not called by the noun, but something left open is: "a tax treaty"."""
    noun = token.lemma_.lower()
    if noun in name.lower().split():
        return False
    left_open = [m for m in memory.seen if m.kind == "description" and not m.plural and not m.mention.entities]
    return any(memory.token(m).lemma_.lower() == noun for m in left_open)


def _is_said_of_other(token: Token, entities: tuple[str, ...], memory: Memory, passage: int) -> bool:
    """Whether the sentence has the noun before, of something else: "the CFA franc zone countries" have another zone."""
    before = token.doc[token.sent.start : token.i]
    alike = [memory.at.get((passage, t.i)) for t in before if t.lower_ == token.lower_ and t.tag_ == token.tag_]
    return any(one is None or one.mention.entities != entities for one in alike)


def _is_left_open(one: Located, kinds: tuple[str, ...]) -> bool:
    """Whether a mention describes a thing of these classes that nobody has found a name for: "a tax treaty"."""
    return one.kind == "description" and not one.plural and one.mention.cls in kinds and not one.mention.entities
