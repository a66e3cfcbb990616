"""Who an office's name means: "the Turkish foreign minister", "his Serbian counterpart", "the former president"."""

from __future__ import annotations

from collections.abc import Iterable

from kgbuild.ontology import Ontology, Tenure
from kgbuild.read.names.antecedents import is_object, subjects_over
from kgbuild.read.names.located import Located
from kgbuild.read.names.memory import HeldOffice, Memory
from kgbuild.read.names.office_names import SENT
from kgbuild.read.parse.tokens import Token

LAST_ONE = "the last one of this office"
NEAR = 2
"""Paragraphs over which "the president" goes on to mean who was meant by it before."""


def office_holder(one: Located, token: Token, memory: Memory) -> Located:
    """The holder whom an office's name means: its own name, else who holds it in the article, else by actors.ttl."""
    states = one.mention.represents
    if _is_former(one, token, memory):
        return _former_holder(one, memory)
    if one.mention.entities:
        return _named_holder(one, memory)
    if one.named >= 0:
        return one  # whose name stands beside it is nobody whom we know to hold it
    if token.dep_ == "pobj" and token.head.lower_ == "as":
        return one  # "his years as president": the office, whoever held it
    known = _holder_in_article(one, memory) or _holders_on_the_day(one, token, memory)
    if known is not None:
        return known
    if states:
        return one if one.plural else _leader(one, memory)
    if not _is_definite(one, token):
        return one
    if _is_of_then(one, token, memory):
        return _former_holder(one, memory)
    if one.plural:
        return _both_holders(one, memory)
    return _publishers_holder(one, memory) or _last_holder(one, token, memory)


def counterpart(one: Located, memory: Memory) -> Located:
    """ "his Serbian counterpart X" holds the office that the person named before holds, for the other state."""
    before = next(
        (m for m in reversed(memory.seen) if m.mention.cls == "Person" and m.kind != "pronoun" and m.mention.entities), None
    )
    if before is None or one.plural or not one.mention.represents:
        return one
    state = one.mention.represents[0]
    office, of = _office_of(before.mention.entities[0], memory)
    if not office:
        return one
    if before.mention.entities[0] not in memory.offices and of:
        _note_office(HeldOffice(before, office, of, "has a counterpart in office"), memory)
    if of != state:
        office = (
            memory.ontology.broader_office(office) or office
        )  # the counterpart of a secretary of state is a foreign minister
    if not one.mention.entities and memory.day:
        holder = memory.ontology.holder_of(office, state, memory.day)
        if holder and (known := memory.ontology.known(holder)):
            one = one.renamed((holder,), "the counterpart in office", known.label)
    if one.mention.entities:
        _note_office(HeldOffice(one, office, state, "counterpart"), memory)
    return one


def _note_office(held: HeldOffice, memory: Memory) -> None:
    memory.offices[held.holder.mention.entities[0]] = held.office, held.of
    memory.held_offices.append(held)


# -- whom persons act for -------------------------------------------------------------------------


def states_of(persons: tuple[str, ...], memory: Memory) -> tuple[str, ...]:
    """Whom persons act for: the office the article gives them, else actors.ttl on the article's date.

    Of an article without a date, only who has always acted for one state.
    """
    ontology, found = memory.ontology, list[str]()
    for person in persons:
        if person in memory.offices:
            found.append(memory.offices[person][1])
        elif tenures := held_on_the_day(person, memory):
            found.append(tenures[0].of)
        elif not memory.day and not _is_out_of_office(person, memory) and (state := ontology.always_served(person)):
            found.append(state)
        elif _is_out_of_office(person, memory):
            continue
        elif (actor := ontology.actors.get(person)) and actor.of and not ontology.held_by(person):
            found.append(actor.of)  # a citizen who is known to hold no office
    return tuple(dict.fromkeys(found))


def _is_out_of_office(person: str, memory: Memory) -> bool:
    """Whether the article calls a person the former holder of an office: "former military chief X"."""
    return any(person in persons for persons in memory.former.values())


def note_former(mentions: Iterable[Located], memory: Memory) -> None:
    """Note who is called the former holder of an office anywhere in the article."""
    for one in mentions:
        name = memory.names.get((one.passage, one.named)) if one.office else None
        if name is not None and name.mention.entities and _is_former(one, memory.token(one), memory):
            memory.former.setdefault(one.office, set()).add(name.mention.entities[0])


def held_on_the_day(person: str, memory: Memory) -> list[Tenure]:
    """What a person holds on the article's day by actors.ttl: for a state first, for a party last."""
    ontology = memory.ontology

    def rank(tenure: Tenure) -> int:
        body = ontology.actors.get(tenure.of)
        return 0 if body and body.cls == "State" else 2 if body and ontology.is_a(body.cls, "PoliticalParty") else 1

    if not memory.day:
        return []
    held = (t for t in ontology.offices_of(person, memory.day) if not _is_opposed(t.office, ontology))
    return sorted(held, key=rank)


def _is_opposed(office: str, ontology: Ontology) -> bool:
    """Whether who holds an office opposes the government, and so acts for no state: the leader of the opposition."""
    known = ontology.actors.get(office)
    return known is not None and known.label in ontology.words("opposed", "office")


def serve_others(persons: tuple[str, ...], states: tuple[str, ...], ontology: Ontology) -> bool:
    """Whether all offices that are known of one of *persons* are of other states than *states* or their successors."""
    if not states or not all(_is_state(state, ontology) for state in states):
        return False
    own = {*states, *(_successor(state, ontology) for state in states)}
    for person in persons:
        served = {_owner(tenure.of, ontology) for tenure in ontology.held_by(person)}
        served |= {_successor(state, ontology) for state in served}
        if served and all(_is_state(state, ontology) for state in served) and not served & own:
            return True
    return False


def _owner(body: str, ontology: Ontology) -> str:
    """The state or organisation that a body belongs to, itself if to none."""
    actor = ontology.actors.get(body)
    return actor.of if actor and actor.of else body


def _is_state(entity: str, ontology: Ontology) -> bool:
    actor = ontology.actors.get(entity)
    return actor is not None and actor.cls == "State"


def _successor(state: str, ontology: Ontology) -> str:
    """The state that follows *state*, itself if none does."""
    known = ontology.actors.get(state)
    return (known.successor if known else None) or state


# -- those who hold an office ---------------------------------------------------------------------


def _named_holder(one: Located, memory: Memory) -> Located:
    """Who is named with his office ("President X"): he holds it for the article, unless it knows another of him."""
    states = one.mention.represents
    if states and not one.plural and not _is_opposed(one.office, memory.ontology):
        memory.offices.setdefault(one.mention.entities[0], (one.office, states[0]))
    return one.representing(states or states_of(one.mention.entities, memory))


def _holder_in_article(one: Located, memory: Memory) -> Located | None:
    """Who holds this office of this state by what the article has said before."""
    for person, (office, state) in memory.offices.items() if not one.plural else ():
        if office == one.office and one.mention.represents == (state,):
            return one.denoting((person,), "holds this office in the article")
    return None


def _holders_on_the_day(one: Located, token: Token, memory: Memory) -> Located | None:
    """Who holds this office on the article's day by actors.ttl or a table, one person a state."""
    states = one.mention.represents
    if not states or not memory.day or one.plural != (len(states) > 1):
        return None
    to = _sent_to(one, token, memory) if one.office in SENT else None
    office = memory.ontology.actors.get(one.office)
    if to is None and office is not None and office.label in memory.ontology.words("ofMany", "office"):
        return None
    if any(c.lower_ in ("a", "an") for c in token.children if c.dep_ == "det"):
        return None  # "a Japanese foreign minister": any of them
    if any(c.lower_ == "for" and c.i > one.head for c in token.children):
        return None  # "the IMF director for Africa": of one part of it
    if _is_of_then(one, token, memory):
        return None
    holders = [memory.ontology.holder_of(one.office, state, memory.day, to) for state in states]
    return one.denoting([h for h in holders if h], "holds this office on the article's date") if all(holders) else None


def _is_of_then(one: Located, token: Token, memory: Memory) -> bool:
    """Whether an office was held at the time that is told of: "the then president"."""
    words = memory.ontology.words("then", "modifier")
    return any(t.lower_.split("-")[0] in words for t in token.doc[one.first : one.head])


def _sent_to(one: Located, token: Token, memory: Memory) -> str | None:
    """Where an ambassador is sent: "the UN ambassador", "the ambassador to Serbia", "their envoy in Belgrade"."""
    heads = [i for i in range(one.first, one.last)]
    heads += [c.i for p in token.children if p.lower_ in ("to", "in", "at") for c in p.children if c.dep_ == "pobj"]
    for i in heads:
        name = memory.names.get((one.passage, i))
        places = (*name.mention.entities, *name.mention.represents) if name else ()
        found = next((p for p in places if p not in one.mention.represents and _receives(p, memory.ontology)), None)
        if found:
            return found
    return None


def _receives(entity: str, ontology: Ontology) -> bool:
    """Whether ambassadors are sent to it: a state, an organisation of states."""
    actor = ontology.actors.get(entity)
    return actor is not None and actor.cls in ("State", "IntergovernmentalOrganization")


def _leader(one: Located, memory: Memory) -> Located:
    """ "the Russian leader": the one person of the article who acts for that state, unless his office leads none."""
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


def _is_definite(one: Located, token: Token) -> bool:
    """Whether "the" or "both" stands before an office that is no state's, and is not itself part of another's name; or
    before the one that it is joined to: "the Secretary and Foreign Minister"."""
    alone = token.dep_ == "conj" and token.pos_ == "PROPN" and not any(c.dep_ == "det" for c in token.children)
    bearer = token.head if alone else token
    definite = any(c.dep_ == "det" and c.lower_ in ("the", "both") for c in bearer.children)
    owned = any(c.dep_ == "poss" or (c.dep_ == "prep" and c.lower_ == "of") for c in token.children)
    inner = one.first > 0 and token.doc[one.first - 1].lower_ == "of"  # "chancellor of the exchequer"
    return definite and not owned and not inner


def _both_holders(one: Located, memory: Memory) -> Located:
    """ "the foreign ministers": the two who hold the office, else the persons last named together."""
    here = [person for person, (office, _) in memory.offices.items() if _is_a(office, one.office, memory)]
    if len(here) == 2:
        states = tuple(memory.offices[person][1] for person in here)
        return one.denoting(here, "hold this office in the article").representing(states)
    joined = memory.lately_joined(one.passage, "Person")
    if joined is None or not all(_holds(person, one.office, memory) for person in joined.entities):
        return one
    found = one.denoting(joined.entities, "the persons last named together")
    return found.representing(states_of(joined.entities, memory))


def _publishers_holder(one: Located, memory: Memory) -> Located | None:
    """ "the President" on a page of the White House: theirs, if the article names him or nobody else who is called so."""
    state = memory.publishing
    if state is None or not memory.day:
        return None
    holder = memory.ontology.holder_of(one.office, state, memory.day)
    if holder is None:
        return None
    called = {person for person, (office, _) in memory.offices.items() if office == one.office}
    called |= {person for last in memory.seen if last.office == one.office for person in last.mention.entities}
    if called and holder not in called:
        return None
    return one.denoting((holder,), "holds this office of the state whose body writes").representing((state,))


def _last_holder(one: Located, token: Token, memory: Memory) -> Located:
    """ "the president": the last one called so, else the last person who holds such an office; whom "the president" has
    meant before, unless another has been called so with his name since. Not who held it once.
    """
    acting = _who_act_on(one, token, memory)
    for last in _those_meant_before(one, memory) or reversed(memory.seen):
        if len(last.mention.entities) != 1 or last.plural or last.mention.cls != "Person" or last.kind == "pronoun":
            continue
        [person] = last.mention.entities
        called = _is_called(last, one) and person not in memory.former.get(last.office, ())
        if _held_once(person, one, memory) or person in acting:
            continue
        if called or _holds(person, one.office, memory):
            found = one.renamed((person,), LAST_ONE, last.mention.name)
            return found.representing(last.mention.represents or states_of((person,), memory))
    return one


def last_titled(one: Located, token: Token, memory: Memory) -> Located:
    """ "the Secretary", which alone is no office: whom a title with that noun has meant before, "Secretary of State X"."""
    if not token.text.istitle() or len(one.core) > 1 or one.mention.entities:
        return one
    noun = token.lower_
    for last in reversed(memory.seen):
        if one.passage - last.passage > NEAR:
            return one
        if last.kind != "description" or last.plural or last.mention.cls != "Person" or len(last.mention.entities) != 1:
            continue
        title = last.mention.span.text.casefold()
        if title.removeprefix("the ") == noun or title.startswith(f"{noun} of ") or f" {noun} of " in title:
            return one.renamed(last.mention.entities, LAST_ONE, last.mention.name).representing(last.mention.represents)
    return one


def _those_meant_before(one: Located, memory: Memory) -> list[Located]:
    """The last mention of the office alone that means somebody, where nobody has been named with it since."""
    for last in reversed(memory.seen):
        if one.passage - last.passage > NEAR:
            return []
        if last.office == one.office and len(last.mention.entities) == 1 and not last.plural:
            return [last] if last.named < 0 and last.mention.reason == LAST_ONE else []
    return []


def _is_called(last: Located, one: Located) -> bool:
    """Whether an office is the last one's, be it cut short: "the Deputy Secretary", of the Deputy Secretary of State."""
    if last.office == one.office:
        return True
    short, full = (m.mention.span.text.casefold().removeprefix("the ") for m in (one, last))
    return bool(last.office) and full.startswith(f"{short} of ")


def _who_act_on(one: Located, token: Token, memory: Memory) -> set[str]:
    """Who does something to whom the office's name means, and so is another: "Putin met the president"."""
    subjects = subjects_over(token, memory, one.passage) if is_object(token) else ()
    found = (memory.mention(t, one.passage) for t in subjects)
    return {entity for m in found if m is not None for entity in m.mention.entities}


# -- those who held one ---------------------------------------------------------------------------


def _is_former(one: Located, token: Token, memory: Memory) -> bool:
    """Whether "former", "ex-" or the like stands before an office."""
    words = memory.ontology.words("former", "modifier")
    before = token.doc[max(0, one.first - 2) : one.head + 1]
    return any(t.lower_ in words or t.lower_.split("-")[0] in words for t in before)


def _former_holder(one: Located, memory: Memory) -> Located:
    """ "former President X" acts for no one by that; "the former president" is the last one so named."""
    if one.mention.entities:
        memory.former.setdefault(one.office, set()).add(one.mention.entities[0])
        return one.representing(states_of(one.mention.entities, memory))
    named = memory.former.get(one.office, ())
    for mention in reversed(memory.seen):
        for person in mention.mention.entities if mention.mention.cls == "Person" else ():
            if person in named or _held_once(person, one, memory):
                return one.renamed((person,), "once held this office", mention.mention.name)
    return one


def _held_once(person: str, one: Located, memory: Memory) -> bool:
    """Whether somebody who holds no office on the article's day has held this one, of this state if one is named."""
    past = [t for t in memory.ontology.held_by(person) if t.office == one.office and t.end and t.end < memory.day]
    states = one.mention.represents
    apt = not states or any(t.of in states for t in past)
    return bool(past) and apt and not memory.ontology.offices_of(person, memory.day)


# -- offices --------------------------------------------------------------------------------------


def _office_of(person: str, memory: Memory) -> tuple[str, str]:
    """The office that a person holds and whose it is, by the article, else by actors.ttl; two empty words for none."""
    if person in memory.offices:
        return memory.offices[person]
    tenures = held_on_the_day(person, memory)
    return (tenures[0].office, tenures[0].of) if tenures else ("", "")


def _holds(person: str, office: str, memory: Memory) -> bool:
    """Whether a person holds an office or a kind of it, by the article, else by actors.ttl."""
    if person in memory.offices:
        return _is_a(memory.offices[person][0], office, memory)
    tenures = memory.ontology.offices_of(person, memory.day) if memory.day else []
    return any(_is_a(tenure.office, office, memory) for tenure in tenures)


def _is_a(office: str, wanted: str, memory: Memory) -> bool:
    """Whether *office* is the *wanted* one or a kind of it: a foreign minister is a minister."""
    actors, words = memory.ontology.actors, memory.ontology.words
    if office == wanted:
        return True
    if office not in actors or wanted not in actors or not actors[office].label.endswith(f" {actors[wanted].label}"):
        return False
    if actors[wanted].label in words("postposed", "office"):
        return False  # an attorney general is no general
    return actors[office].label.split()[0] not in words("deputising", "modifier")
