"""Who an office's name means: "the Turkish foreign minister", "his Serbian counterpart", "the former president"."""

from __future__ import annotations

from kgbuild.ontology import Ontology
from kgbuild.read.names.located import Located
from kgbuild.read.names.memory import HeldOffice, Memory
from kgbuild.read.parse.tokens import Token


def states_of(persons: tuple[str, ...], memory: Memory) -> tuple[str, ...]:
    """Whom persons act for: the office the article gives them, else actors.ttl on the article's date.

    Of an article without a date, only who has always acted for one state.
    """
    ontology, found = memory.ontology, list[str]()
    for person in persons:
        if person in memory.offices:
            found.append(memory.offices[person][1])
        elif memory.day and (tenures := ontology.offices_of(person, memory.day)):
            found.append(tenures[0].of)
        elif not memory.day and len(states := {_owner(t.of, ontology) for t in ontology.held_by(person)}) == 1:
            found += states
        elif (actor := ontology.actors.get(person)) and actor.of and not ontology.held_by(person):
            found.append(actor.of)  # a citizen who is known to hold no office
    return tuple(dict.fromkeys(found))


def _owner(body: str, ontology: Ontology) -> str:
    """The state or organisation that a body belongs to, itself if to none."""
    actor = ontology.actors.get(body)
    return actor.of if actor and actor.of else body


def counterpart(one: Located, memory: Memory) -> Located:
    """ "his Serbian counterpart X" holds the office that the one before holds, for the other state."""
    first = next(
        (m for m in reversed(memory.seen) if m.mention.cls == "Person" and m.kind != "pronoun" and m.mention.entities), None
    )
    if first is None or one.plural or not one.mention.represents:
        return one
    state = one.mention.represents[0]
    office, of = _office_of(first.mention.entities[0], memory)
    if not office:
        return one
    if first.mention.entities[0] not in memory.offices and of:
        memory.offices[first.mention.entities[0]] = (office, of)
        memory.held.append(HeldOffice(first, office, of, "has a counterpart in office"))
    settled = one
    if not one.mention.entities and memory.day:
        holder = memory.ontology.holder_of(office, state, memory.day)
        if holder:
            settled = one.renamed((holder,), "the counterpart in office", memory.ontology.actors[holder].label)
    if settled.mention.entities:
        memory.offices[settled.mention.entities[0]] = (office, state)
        memory.held.append(HeldOffice(settled, office, state, "counterpart"))
    return settled


def _office_of(person: str, memory: Memory) -> tuple[str, str]:
    if person in memory.offices:
        return memory.offices[person]
    tenures = memory.ontology.offices_of(person, memory.day) if memory.day else []
    return (tenures[0].office, tenures[0].of) if tenures else ("", "")


def office_holder(one: Located, token: Token, memory: Memory) -> Located:
    """The holder whom an office's name means: its own name, else who holds it in the article, else by actors.ttl."""
    if _is_former(one, token, memory):
        return _former_holder(one, memory)
    states = one.mention.represents
    if one.mention.entities:
        if states and not one.plural:
            memory.offices.setdefault(one.mention.entities[0], (one.office, states[0]))
        return one.representing(states or states_of(one.mention.entities, memory))
    if token.dep_ == "pobj" and token.head.lower_ == "as":
        return one  # "his years as president": the office, whoever held it
    if not one.plural:
        for person, (office, state) in memory.offices.items():
            if office == one.office and states == (state,):
                return one.denoting((person,), "holds this office in the article")
    if states and memory.day and one.plural == (len(states) > 1):
        holders = [memory.ontology.holder_of(one.office, state, memory.day) for state in states]
        if all(holders):
            return one.denoting([h for h in holders if h], "holds this office on the article's date")
    if states and not one.plural:
        return _leader(one, memory)
    definite = any(c.dep_ == "det" and c.lower_ in ("the", "both") for c in token.children)
    owned = any(c.dep_ == "poss" or (c.dep_ == "prep" and c.lower_ == "of") for c in token.children)
    inner = one.first > 0 and token.doc[one.first - 1].lower_ == "of"  # "chancellor of the exchequer"
    if not definite or states or owned or inner:
        return one
    return _both(one, memory) if one.plural else _this_one(one, token, memory)


def _is_former(one: Located, token: Token, memory: Memory) -> bool:
    words = memory.ontology.words("former", "modifier")
    before = token.doc[max(0, one.first - 2) : one.head + 1]
    return any(t.lower_ in words or t.lower_.split("-")[0] in words for t in before)


def _former_holder(one: Located, memory: Memory) -> Located:
    """ "former President X" acts for no one by that; "the former president" is the last one so named."""
    if one.mention.entities:
        memory.former.append((one.mention.entities[0], one.office))
        return one
    named = [person for person, office in memory.former if office == one.office]
    for mention in reversed(memory.seen):
        for person in mention.mention.entities if mention.mention.cls == "Person" else ():
            past = [t for t in memory.ontology.held_by(person) if t.office == one.office and t.end and t.end < memory.day]
            apt = not one.mention.represents or any(t.of in one.mention.represents for t in past)
            if person in named or (past and apt and not memory.ontology.offices_of(person, memory.day)):
                return one.renamed((person,), "once held this office", mention.mention.name)
    return one


def _leader(one: Located, memory: Memory) -> Located:
    """ "the Russian leader": the one person of the article who acts for that state."""
    if one.office != "office/leader":
        return one
    acting = {
        m.mention.entities[0]: m
        for m in memory.seen
        if m.mention.cls == "Person" and len(m.mention.entities) == 1 and m.mention.represents == one.mention.represents
    }
    if len(acting) != 1:
        return one
    [(person, mention)] = acting.items()
    office = memory.ontology.actors.get(memory.offices.get(person, ("", ""))[0])
    if office is not None and office.label not in memory.ontology.words("leads", "office"):
        return one  # a farm minister leads no country
    return one.renamed((person,), "the one person of the article who acts for this state", mention.mention.name)


def _both(one: Located, memory: Memory) -> Located:
    """ "the foreign ministers": the two who hold the office, else the persons last named together."""
    here = [person for person, (office, _) in memory.offices.items() if _is_of(office, one.office, memory)]
    if len(here) == 2:
        settled = one.denoting(here, "hold this office in the article")
        return settled.representing(tuple(memory.offices[p][1] for p in here))
    joined = memory.lately_joined(one.passage, "Person")
    if joined is not None and all(any(_is_of(o, one.office, memory) for o in _offices(p, memory)) for p in joined.entities):
        return one.denoting(joined.entities, "the persons last named together").representing(
            states_of(joined.entities, memory)
        )
    return one


def _this_one(one: Located, token: Token, memory: Memory) -> Located:
    """ "the president": the last one called so, else the last person who holds such an office."""
    own = token.sent
    for last in reversed(memory.seen):
        if len(last.mention.entities) != 1 or last.plural or last.mention.cls != "Person" or last.kind == "pronoun":
            continue
        called = last.office == one.office and (last.mention.entities[0], last.office) not in memory.former
        if called or any(_is_of(office, one.office, memory) for office in _offices(last.mention.entities[0], memory)):
            addressed = last.passage == one.passage and token.dep_ == "dobj" and own.start <= last.head < own.end
            if addressed and memory.token(last).dep_ == "nsubj":
                continue  # "Putin met the president"
            settled = one.renamed(last.mention.entities, "the last one of this office", last.mention.name)
            return settled.representing(last.mention.represents or states_of(last.mention.entities, memory))
    return one


def _offices(person: str, memory: Memory) -> list[str]:
    if person in memory.offices:
        return [memory.offices[person][0]]
    return [t.office for t in memory.ontology.offices_of(person, memory.day)] if memory.day else []


def _is_of(office: str, wanted: str, memory: Memory) -> bool:
    """Whether *office* is the *wanted* one or a kind of it: a foreign minister is a minister."""
    actors = memory.ontology.actors
    if office == wanted:
        return True
    return office in actors and wanted in actors and actors[office].label.endswith(f" {actors[wanted].label}")
