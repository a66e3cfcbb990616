"""Names that the tables beside actors.ttl know: "Bujar Osmani", "the Frugal Four"; where day and state agree.

The model has seen that they are names, and of what; a table says whose. A name that fits nobody there stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rapidfuzz.fuzz import ratio

from kgbuild.ontology import Actor, Ontology, Tenure
from kgbuild.ontology.tables import key_of
from kgbuild.read.names.located import Located, slug
from kgbuild.read.names.memory import Memory

SPELLED = 75
"""Percent of likeness from which a word of a name spells another, where the office is the same."""
BEFORE, AFTER, LONG_AFTER = 8, 25, 80
"""Years before and after an office for which a full name still means who held it; after a high one it does so for long."""


def as_tabled(mentions: list[Located], memory: Memory) -> list[Located]:
    """The mentions, each name that a table knows with whom it means; notes whom the article speaks of."""
    memory.spoken_of = _spoken_of(mentions, memory.ontology)
    described = {(m.passage, m.named): m for m in mentions if m.named >= 0 and m.mention.represents}
    found = []
    for one in mentions:
        if one.kind == "name" and not one.known:
            words = one.mention.span.text
            if one.mention.cls == "Person" and " " in words and not _names_place(one, memory):
                title = described.get((one.passage, one.head))
                one = _person(one, title.mention.represents if title else (), memory)
                if title is not None and title.office and not one.known:
                    one = _in_that_office(one, title, memory)
            elif memory.ontology.is_a(one.mention.cls, "Organization"):
                one = _body(one, memory)
        found.append(one)
    return found


def in_office_by_table(surname: str, memory: Memory, *, office: str = "") -> list[Actor]:
    """The one person of the tables whom a bare surname means: he alone bears it in office on the article's day, and the
    article speaks of his state or body. With an *office* before it, of those who hold that one; else in a high office.
    """
    ontology, day = memory.ontology, memory.day
    if not day:
        return []
    bearers = {person: ontology.offices_of(person, day) for person in ontology.tables.surnamed(surname)}
    serving = {person: terms for person, terms in bearers.items() if any(not office or t.office == office for t in terms)}
    if len(serving) != 1:
        return []
    [(person, terms)] = serving.items()
    told = [t for t in terms if (t.office == office if office else _is_high(t, ontology))]
    known = ontology.known(person)
    return [known] if known and any(_owners(t, ontology) & memory.spoken_of for t in told) else []


def _is_high(term: Tenure, ontology: Ontology) -> bool:
    """Whether a tenure is of an office whose holders are known by their surname: that of a president, a foreign minister."""
    office = ontology.actors.get(term.office)
    return office is not None and office.label in ontology.words("high", "office")


# -- persons --------------------------------------------------------------------------------------


def _person(one: Located, states: tuple[str, ...], memory: Memory) -> Located:
    """A full name with whom the tables know by it: one whose tenures are near the article's day, and of *states* where a
    title names some ("Serbian Ambassador X"), else of whom the article speaks.

    A name that is somebody's there who does not fit is another's of that name.
    """
    ontology, words = memory.ontology, one.mention.span.text
    fitting = [p for p in ontology.tables.named(words) if _fits(ontology.held_by(p), states, memory)]
    if len(fitting) > 1 and memory.day:
        fitting = [p for p in fitting if ontology.offices_of(p, memory.day)]
    if not fitting and memory.day:
        short = {p: ontology.offices_of(p, memory.day) for p in ontology.tables.named_in_short(words)}
        fitting = [p for p, terms in short.items() if terms and _fits(terms, states, memory, silent=False)]
    known = ontology.known(fitting[0]) if len(fitting) == 1 else None
    if known is not None:
        return replace(one.renamed((known.id,), "name of an office-holder of that time", known.label), known=True)
    own = slug(words)
    if own in ontology.tables.holders and own not in ontology.actors:
        return one.renamed((f"{own}_namesake",), "namesake of an office-holder of another time or state", one.mention.name)
    return one


def _in_that_office(one: Located, title: Located, memory: Memory) -> Located:
    """A full name with who holds the office before it on the article's day, whose name it spells otherwise: each word of the
    shorter is like one of the longer, and one is the same.
    """
    ontology, former = memory.ontology, _is_former(title, memory)
    holder = ontology.holder_of(title.office, title.mention.represents[0], memory.day) if memory.day and not former else None
    known = ontology.known(holder) if holder else None
    if known is None:
        return one
    words = key_of(one.mention.span.text).split()
    for name in (known.label, *known.names):
        shorter, longer = sorted((words, key_of(name).split()), key=len)
        like = len(shorter) > 1 and all(any(ratio(w, other) >= SPELLED for other in longer) for w in shorter)
        if like and set(shorter) & set(longer):
            return replace(one.renamed((known.id,), "another spelling of who holds this office", known.label), known=True)
    return one


def _is_former(title: Located, memory: Memory) -> bool:
    """Whether "former", "ex-" or the like stands in or before a title."""
    words, doc = memory.ontology.words("former", "modifier"), memory.passages[title.passage].doc
    return any(t.lower_ in words for t in doc[max(0, title.first - 2) : title.last])


def _names_place(one: Located, memory: Memory) -> bool:
    """Whether a person's name is that of a place: "John F. Kennedy airport"."""
    token, ontology = memory.token(one), memory.ontology
    noun = ontology.noun_classes.get(token.head.lemma_.lower(), "Thing")
    return token.dep_ == "compound" and token.head.i >= one.last and ontology.is_a(noun, "Place")


def _fits(terms: Iterable[Tenure], states: tuple[str, ...], memory: Memory, *, silent: bool = True) -> bool:
    """Whether somebody of these tenures may be meant: by the day, and by the state that is named beside him, else in the
    article; where *silent*, also without it who is in office then or was in a high one, and in an article of no state.
    """
    ontology, day = memory.ontology, memory.day
    near = [term for term in terms if not day or _is_near(term, int(day[:4]), ontology)]
    owners = {owner for term in near for owner in _owners(term, ontology)}
    if states and all(ontology.is_a(_cls(state, ontology), "Place") for state in states):
        later = {known.successor for state in states if (known := ontology.actors.get(state)) and known.successor}
        return bool(owners & {*states, *later})
    if owners & memory.spoken_of or not silent:
        return bool(owners & memory.spoken_of)
    noted = any((day and term.covers(day)) or _is_high(term, ontology) for term in near)
    return bool(near) and (noted or not memory.spoken_of)


def _cls(entity: str, ontology: Ontology) -> str:
    known = ontology.known(entity)
    return known.cls if known else ""


def _is_near(term: Tenure, year: int, ontology: Ontology) -> bool:
    begin, end = term.begin or term.first_seen, term.end or term.last_seen
    after = LONG_AFTER if _is_high(term, ontology) else AFTER
    return (begin is None or int(begin[:4]) - BEFORE <= year) and (end is None or year <= int(end[:4]) + after)


def _owners(term: Tenure, ontology: Ontology) -> set[str]:
    """Whose an office is: the state or body, what it belongs to, what followed a state, and where an ambassador is sent."""
    found = {term.of, term.to} - {None}
    for entity in tuple(found):
        known = ontology.actors.get(entity or "")
        found |= {known.of, known.successor} - {None} if known else set()
    return {entity for entity in found if entity}


def _spoken_of(mentions: list[Located], ontology: Ontology) -> frozenset[str]:
    """The states and bodies that an article names, themselves or by what is theirs."""
    found = set[str]()
    for one in mentions:
        if one.mention.cls != "Person":
            found |= {e for e in (*one.mention.entities, *one.mention.represents) if e in ontology.actors}
        else:
            found |= set(one.mention.represents)
    known = [ontology.actors[entity] for entity in found if entity in ontology.actors]
    return frozenset(found | {s for actor in known for s in (actor.of, actor.successor) if s})


# -- bodies ---------------------------------------------------------------------------------------


def _body(one: Located, memory: Memory) -> Located:
    """A name with the body that the tables know by it: an organisation of states; a group or party of a state spoken of."""
    ontology = memory.ontology
    bodies = [known for b in ontology.tables.bodies_named(one.mention.span.text) if (known := ontology.known(b))]
    fitting = [b for b in bodies if b.of in memory.spoken_of] or [b for b in bodies if b.of is None or not memory.spoken_of]
    if len(fitting) != 1:
        return one
    [body] = fitting
    found = one.renamed((body.id,), "name in bodies.tsv", body.label)
    return replace(found, mention=replace(found.mention, cls=body.cls), known=True)
