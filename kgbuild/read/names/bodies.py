"""Ministries, parliaments and other bodies: "the Foreign Ministry" is one a state, "the ministry" the one last named."""

from __future__ import annotations

from dataclasses import replace

from kgbuild.read.names.located import Located, slug
from kgbuild.read.names.memory import Memory
from kgbuild.read.names.names import is_local
from kgbuild.read.parse.tokens import Token


def body_of_state(one: Located, token: Token, memory: Memory, home: str | None) -> Located:
    """A ministry or parliament: one entity a state and name, found again by its bare name. *home*: the dateline's state."""
    states, ontology = one.mention.represents, memory.ontology
    definite = any(c.dep_ == "det" and c.lower_ == "the" for c in token.children)
    if definite and not states and not one.plural and len(one.core) <= 1:
        alike = last_called_so(one, token, memory)
        if not one.core:
            return alike
        if alike.mention.entities and len(_called(token, memory)) == 1:
            return alike  # "the Bank" is the World Bank, if no other bank is named
    if not one.core or len(states) > 1 or one.plural or is_local(one.core, ontology):
        return one

    state, reason = (states[0], "named with its state") if states else _state_of_body(one, token, memory, home)
    if state is None:
        return one

    owner = ontology.actors[state].label if state in ontology.actors else state.replace("_", " ")
    label = f"{' '.join(one.core)} of {owner}"
    if state in ontology.actors and ontology.is_a(ontology.actors[state].cls, "Company"):
        one = replace(one, mention=replace(one.mention, cls="Organization"))  # the board of a firm
    entity = ontology.body_called(" ".join(one.core), state) or slug(label)
    name = ontology.actors[entity].label if entity in ontology.actors else label
    return one.renamed((entity,), reason, name).representing((state,))


def _state_of_body(one: Located, token: Token, memory: Memory, home: str | None) -> tuple[str | None, str]:
    """Whose "the Foreign Ministry" is: as before, as the dateline says, else the state that the sentence is about."""
    earlier = next((m for m in reversed(memory.seen) if m.core == one.core and m.mention.represents), None)
    if len(one.core) < 2 and token.lemma_.lower() in memory.ontology.words("anybodys", "body"):
        return None, ""
    if earlier is not None:
        return earlier.mention.represents[0], "named before with its state"
    if token.lemma_.lower() in memory.ontology.words("anybodys", "body"):
        return None, ""  # there are many of a state, and many others
    if home is not None:
        return home, "the dateline's state"
    if len(one.core) < 2:
        return None, ""  # "the Commission" may be anybody's
    acting = {
        m.mention.entities[0]
        for m in memory.named_in(one.passage, token.sent)
        if m.mention.cls == "State" and m.mention.entities and m.kind != "demonym" and _is_subject(memory.token(m))
    }
    return (acting.pop(), "the state that acts in this sentence") if len(acting) == 1 else (None, "")


def _called(token: Token, memory: Memory) -> set[str]:
    """The organisations named so far that have the noun in their names."""
    lemma, is_a = token.lemma_.lower(), memory.ontology.is_a
    named = [m.mention for m in memory.seen if m.kind == "name" and is_a(m.mention.cls, "Organization")]
    return {e for mention in named if lemma in mention.name.lower().split() for e in mention.entities}


def _is_subject(token: Token) -> bool:
    """Whether a word, or what it is joined to by "and", is the subject of its clause."""
    while token.dep_ == "conj":
        token = token.head
    return token.dep_ in ("nsubj", "nsubjpass")


def last_called_so(one: Located, token: Token, memory: Memory) -> Located:
    """ "the ministry", "the commission": the last body or organisation whose name has that noun in it.

    It has in its name whatever else describes it here ("the central bank" is no World Bank), and its sentence has named
    no other state since, but in what it says.
    """
    lemma = token.lemma_.lower()
    described = {c.lower_ for c in token.children if c.dep_ in ("amod", "compound", "nmod")}
    states: set[str] = set()
    quoted = memory.quoted(one.passage) if token.i not in memory.quoted(one.passage) else frozenset()
    for last in reversed(memory.seen):
        mention = last.mention
        here = last.passage == one.passage and last.head >= token.sent.start and last.head not in quoted
        if mention.cls == "State" and here:
            states.update(mention.entities)
        if last.kind == "description" and not mention.entities and _is_the_same(last, one, token, memory):
            if states - set(mention.represents) or described:
                return one

            return one.representing(mention.represents)  # "China's foreign ministry … the ministry"
        if last.kind == "pronoun" or len(mention.entities) != 1 or not memory.ontology.is_a(mention.cls, "Organization"):
            continue
        words = mention.name.lower().split()
        if lemma in words or (last.core and last.core[-1].lower() == lemma):
            elsewhere = mention.represents and states - set(mention.represents)
            if one.plural or not described <= set(words) or elsewhere:
                return one

            return replace(one, mention=replace(mention, span=one.mention.span, reason=f'"the {lemma}" last named'))
    return one


def _is_the_same(last: Located, one: Located, token: Token, memory: Memory) -> bool:
    """Whether a description before was of one state's body that is called alike."""
    alike = memory.token(last).lemma_.lower() == token.lemma_.lower() and last.plural == one.plural
    return alike and last.mention.cls == one.mention.cls == "GovernmentBody" and len(last.mention.represents) == 1
