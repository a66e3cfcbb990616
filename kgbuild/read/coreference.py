"""What descriptions refer to: "he", "the ministry", "his Serbian counterpart", "the sides", a bare surname.

One pass from first word to last, each mention looking back at what was named before (as in the sieves of
Lee et al. 2013). Where nothing fits, a description denotes no one: undecided is better than guessed.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from kgbuild.model import Article
from kgbuild.ontology import Ontology
from kgbuild.read.clauses import coordinated, governing_verb, preposition_name
from kgbuild.read.gazetteer import Gazetteer
from kgbuild.read.mentions import Located, slug, text_span
from kgbuild.read.nlp import Passage

REMEMBERED = 300
"""Mentions that are looked back at: an article is read in time that grows with its length."""
NEAR = 2
"""Paragraphs that "the document" looks back at most."""


@dataclass(frozen=True, slots=True)
class Held:
    """That a person is found to hold an office of a state or body, by this mention."""

    holder: Located
    office: str
    of: str
    why: str


@dataclass
class _Memory:
    """What an article has named so far."""

    seen: deque[Located] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    together: tuple[str, ...] = ()
    """The actors last named together, and where."""
    joined_in: int = 0
    offices: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Person -> (office, state)."""
    held: list[Held] = field(default_factory=list)
    subjects: list[Located] = field(default_factory=list)
    """Persons that were the subject of a clause: whom "he" most likely means."""

    def join(self, entities: tuple[str, ...], passage: int) -> None:
        """Note that *entities* were named together in *passage*."""
        self.together, self.joined_in = entities, passage

    def lately_together(self, passage: int) -> tuple[str, ...]:
        """The actors last named together, unless that was long before *passage*."""
        return self.together if passage - self.joined_in <= NEAR else ()


def resolve(
    article: Article, passages: tuple[Passage, ...], mentions: list[Located], gazetteer: Gazetteer
) -> tuple[list[Located], list[Held]]:
    """The mentions with what they denote, and the offices that their wording gives away."""
    ontology = gazetteer.ontology
    memory = _Memory()
    full_names = _full_names(mentions, gazetteer)
    home = _home(article, ontology)
    identified = [_identified(one, full_names, article, gazetteer) for one in mentions]
    names = {(one.passage, one.head): one for one in identified if one.kind == "name"}
    resolved: list[Located] = []
    for one in (_named(one, names) for one in identified):
        token = passages[one.passage].doc[one.head]
        settled = _settle(one, token, passages[one.passage], memory, home, article, gazetteer)
        resolved.append(settled)
        memory.seen.append(settled)
        if settled.mention.cls == "Person" and len(settled.mention.entities) == 1 and token.dep_ in ("nsubj", "nsubjpass"):
            memory.subjects.append(settled)
        _remember_together(settled, passages[one.passage], memory)
    return resolved, memory.held


def _settle(
    one: Located,
    token: Token,
    passage: Passage,
    memory: _Memory,
    home: str | None,
    article: Article,
    gazetteer: Gazetteer,
) -> Located:
    ontology = gazetteer.ontology
    if one.kind == "pronoun":
        return _pronoun(one, token, memory, article, ontology)
    if one.kind == "name":
        states = _states_of(one.mention.entities, memory, article, ontology)
        return replace(one, mention=replace(one.mention, represents=states)) if one.mention.cls == "Person" else one
    if one.kind == "demonym":
        return one
    if token.lemma_.lower() in ontology.words("counterpart", "noun"):
        return _counterpart(one, token, memory, article, ontology)
    definite = any(c.lower_ in ("the", "this", "that", "these", "those", "both") for c in token.children)
    if (
        one.plural
        and token.lemma_.lower() in ontology.words("bothSides", "noun")
        and memory.lately_together(one.passage)
        and definite
    ):
        counted = [c for c in token.children if c.dep_ == "nummod" and c.lower_ not in ("two", "2")]
        if not counted and not one.mention.represents:
            return _together(one, memory, article, ontology)
    if one.office:
        return _office_holder(one, token, memory, article, ontology)
    if one.mention.entities:
        return one
    if one.mention.cls == "GovernmentBody":
        return _body(one, token, memory, home, ontology)
    if definite and not one.plural and ontology.is_a(one.mention.cls, "Thing"):
        return _definite(one, token, passage, memory, ontology)
    return _named_description(one, token, passage, ontology)


# -- persons --------------------------------------------------------------------------------------


def _full_names(mentions: list[Located], gazetteer: Gazetteer) -> dict[str, tuple[str, str]]:
    """Surname -> (entity, label) of the one full name in the article that ends so."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for one in mentions:
        words = one.mention.span.text.split()
        if one.kind == "name" and one.mention.cls == "Person" and len(words) > 1:
            found[words[-1]].add((one.mention.entities[0], one.mention.name))
    return {surname: next(iter(people)) for surname, people in found.items() if len(people) == 1}


def _identified(one: Located, full_names: dict[str, tuple[str, str]], article: Article, gazetteer: Gazetteer) -> Located:
    """A bare surname with whom it names: someone named in full, else the one office-holder of that name."""
    surname, mention = one.mention.span.text, one.mention
    if one.kind != "name" or mention.cls != "Person" or one.known or " " in surname:
        return one
    if surname in full_names:
        entity, label = full_names[surname]
        return one.renamed((entity,), "surname of a person named in full", label)
    day = article.issued[:10] if article.issued else None
    holders = [a for a in gazetteer.surnames.get(surname, ()) if not day or gazetteer.ontology.offices_of(a.id, day)]
    if len(holders) == 1:
        [actor] = holders
        return one.renamed((actor.id,), "surname of one office-holder", actor.label)
    # Two articles' "Smith" are not one person by their name alone.
    entity = f"{mention.entities[0]}_in_{article.sha256[:8]}"
    return replace(one, mention=replace(mention, entities=(entity,), reason="a bare surname, one person in this article"))


def _named(one: Located, names: dict[tuple[int, int], Located]) -> Located:
    """A description that carries a name denotes what the name does: "President X", "its ally Serbia"."""
    name = names.get((one.passage, one.named))
    if name is None:
        return one
    mention = one.mention
    person = mention.cls == "Person"  # whom he acts for is settled with his office
    states = mention.represents or (() if person else name.mention.represents)
    settled = one.renamed(name.mention.entities, "names it", name.mention.name)
    return replace(settled, mention=replace(settled.mention, represents=states))


def _states_of(persons: tuple[str, ...], memory: _Memory, article: Article, ontology: Ontology) -> tuple[str, ...]:
    """Whom persons act for: the office the article gives them, else actors.ttl on the article's date."""
    found: list[str] = []
    for person in persons:
        if person in memory.offices:
            found.append(memory.offices[person][1])
        elif article.issued and (tenures := ontology.offices_of(person, article.issued[:10])):
            found.append(tenures[0].of)
        elif (actor := ontology.actors.get(person)) and actor.of and not ontology.held_by(person):
            found.append(actor.of)  # a citizen who is known to hold no office
    return tuple(dict.fromkeys(found))


def _together(one: Located, memory: _Memory, article: Article, ontology: Ontology) -> Located:
    """ "the sides", "they": the actors last named together, and whom they act for."""
    states = _states_of(memory.together, memory, article, ontology)
    settled = one.denoting(memory.together, "the actors last named together")
    return replace(settled, mention=replace(settled.mention, represents=states))


def _pronoun(one: Located, token: Token, memory: _Memory, article: Article, ontology: Ontology) -> Located:
    personal = token.morph.get("Gender", []) != [] and "Neut" not in token.morph.get("Gender", [])
    if (speaker := _of_the_speaker(one, token, memory, personal=personal, ontology=ontology)) is not None:
        found: Located | None = speaker
    elif personal:
        near = [m for m in memory.subjects if m.passage >= one.passage - 2]
        if token.dep_ in ("dobj", "dative", "pobj"):  # "asking him": whom a verb is done to is not who does it
            near = [m for m in near if not _does(m, token, one.passage)]
        people = [m for m in memory.seen if m.mention.cls == "Person" and len(m.mention.entities) == 1]
        found = next(iter([*near[-1:], *people[-1:]]), None)
    elif token.morph.get("Number", []) == ["Plur"] and token.morph.get("Person", []) == ["3"]:
        if memory.lately_together(one.passage):
            return _together(replace(one, mention=replace(one.mention, cls="Group")), memory, article, ontology)
        return one
    elif token.lower_ in ("it", "its", "itself"):
        found = _neuter(one, token, memory, ontology)
    else:
        return one
    if found is None:
        return one
    return replace(
        one,
        mention=replace(
            one.mention,
            cls=found.mention.cls,
            entities=found.mention.entities,
            represents=found.mention.represents,
            reason=f'"{token.text}" for {found.mention.span.text}',
            name=found.mention.name,
        ),
    )


def _of_the_speaker(one: Located, token: Token, memory: _Memory, *, personal: bool, ontology: Ontology) -> Located | None:
    """ "The rebels said that they would …": in what is said, the subject and its own are the one who says it."""
    if token.dep_ not in ("nsubj", "nsubjpass", "poss"):
        return None
    clause = token.head if token.dep_ != "poss" else governing_verb(token.head)
    while clause is not None and clause.dep_ in ("conj", "xcomp") and clause.head.pos_ in ("VERB", "AUX"):
        clause = clause.head
    if clause is None or clause.dep_ != "ccomp":
        return None
    if clause.head.lemma_.lower() not in ontology.words("report", "verb"):
        return None
    subject = next((c.i for c in clause.head.children if c.dep_ == "nsubj"), None)
    speaker = next((m for m in reversed(memory.seen) if m.passage == one.passage and m.head == subject), None)
    if speaker is None or speaker.mention.cls == "Thing":
        return None
    person, plural = speaker.mention.cls == "Person", speaker.plural
    if personal:
        agrees = person and not plural
    elif token.lower_ in ("it", "its"):
        agrees = not plural and not person
    else:
        agrees = token.lower_ in ("they", "their") and (plural or not person)
    return speaker if agrees else None


def _does(person: Located, pronoun: Token, passage: int) -> bool:
    """Whether *person* is the subject of the clauses that *pronoun* is an object in."""
    above = [t for t in pronoun.ancestors if t.pos_ in ("VERB", "AUX")][:2]
    return person.passage == passage and pronoun.doc[person.head].head in above


def _neuter(one: Located, token: Token, memory: _Memory, ontology: Ontology) -> Located | None:
    """What "it" is: the last thing in this sentence or the one before that was a subject, else the last named."""

    def thing(m: Located) -> bool:
        is_person_or_place = m.mention.cls in ("Person", "City", "Region", "Group") or m.kind in ("demonym", "pronoun")
        return len(m.mention.entities) == 1 and not is_person_or_place

    doc, own = token.doc, governing_verb(token)
    here = [m for m in memory.seen if m.passage == one.passage and thing(m)]
    if token.dep_ in ("dobj", "pobj"):  # what a verb is done to is not who does it
        here = [
            m for m in here if not (doc[m.head].dep_ == "nsubj" and own is not None and doc[m.head].head in (own, own.head))
        ]
    for candidates in (
        [m for m in here if doc[m.head].sent == token.sent],
        [m for m in here if doc[m.head].sent.end == token.sent.start],
    ):
        subjects = [m for m in candidates if doc[m.head].dep_ in ("nsubj", "nsubjpass")]
        if subjects:
            return subjects[-1]
        if candidates:
            return candidates[0]
    return None


# -- offices --------------------------------------------------------------------------------------


def _counterpart(one: Located, token: Token, memory: _Memory, article: Article, ontology: Ontology) -> Located:
    """ "his Serbian counterpart X" holds the office that the one before holds, for the other state."""
    first = next(
        (m for m in reversed(memory.seen) if m.mention.cls == "Person" and m.kind != "pronoun" and m.mention.entities), None
    )
    if first is None or not one.mention.represents:
        return one
    state = one.mention.represents[0]
    office, of = _office_of(first.mention.entities[0], memory, article, ontology)
    if not office:
        return one
    if first.mention.entities[0] not in memory.offices and of:
        memory.offices[first.mention.entities[0]] = (office, of)
        memory.held.append(Held(first, office, of, "has a counterpart in office"))
    settled = one
    if not one.mention.entities and article.issued:
        holder = ontology.holder_of(office, state, article.issued[:10])
        if holder:
            actor = ontology.actors[holder]
            settled = replace(
                one,
                mention=replace(one.mention, entities=(holder,), reason="the counterpart in office", name=actor.label),
            )
    if settled.mention.entities:
        memory.offices[settled.mention.entities[0]] = (office, state)
        memory.held.append(Held(settled, office, state, "counterpart"))
    return settled


def _office_of(person: str, memory: _Memory, article: Article, ontology: Ontology) -> tuple[str, str]:
    if person in memory.offices:
        return memory.offices[person]
    tenures = ontology.offices_of(person, article.issued[:10]) if article.issued else []
    return (tenures[0].office, tenures[0].of) if tenures else ("", "")


def _office_holder(one: Located, token: Token, memory: _Memory, article: Article, ontology: Ontology) -> Located:
    """ "the Turkish foreign minister", "Russian and Serbian top diplomats", "the foreign ministers"."""
    states = one.mention.represents
    if one.mention.entities:
        if states and not one.plural:
            memory.offices.setdefault(one.mention.entities[0], (one.office, states[0]))
        states = states or _states_of(one.mention.entities, memory, article, ontology)
        return replace(one, mention=replace(one.mention, represents=states))
    for person, (office, state) in memory.offices.items():
        if office == one.office and states == (state,) and not one.plural:
            return one.denoting((person,), "holds this office in the article")
    if states and article.issued and one.plural == (len(states) > 1):
        holders = [ontology.holder_of(one.office, state, article.issued[:10]) for state in states]
        if all(holders):
            return one.denoting([h for h in holders if h], "holds this office on the article's date")
    definite = any(c.dep_ == "det" and c.lower_ == "the" for c in token.children)
    owned = any(c.dep_ == "poss" or (c.dep_ == "prep" and c.lower_ == "of") for c in token.children)
    if definite and not states and not owned:
        here = [person for person, (office, _) in memory.offices.items() if office == one.office]
        if one.plural and len(here) == 2:
            settled = one.denoting(here, "hold this office in the article")
            return replace(settled, mention=replace(settled.mention, represents=tuple(memory.offices[p][1] for p in here)))
        if not one.plural:
            last = next(
                (m for m in reversed(memory.seen) if m.office == one.office and m.mention.entities and not m.plural),
                None,
            )
            if last is not None:
                settled = one.denoting(last.mention.entities, "the last one of this office")
                return replace(
                    settled,
                    mention=replace(settled.mention, represents=last.mention.represents, name=last.mention.name),
                )
    return one


# -- bodies and things ----------------------------------------------------------------------------


def _home(article: Article, ontology: Ontology) -> str | None:
    """The state whose capital stands in the dateline: "MOSCOW, December 19. /TASS/"."""
    place = (article.place or "").title()
    for actor in ontology.actors.values():
        if actor.cls == "City" and actor.capital_of and place in actor.names:
            return actor.capital_of
    return None


def _body(one: Located, token: Token, memory: _Memory, home: str | None, ontology: Ontology) -> Located:
    """A ministry or parliament: one entity a state and name, found again by its bare name."""
    states = one.mention.represents
    if one.core and len(states) <= 1:
        state = states[0] if states else None
        reason = "named with its state"
        if state is None:
            earlier = next((m for m in reversed(memory.seen) if m.core == one.core and m.mention.represents), None)
            state, reason = (
                (earlier.mention.represents[0], "named before with its state") if earlier else (home, "the dateline's state")
            )
        if state is None:
            return one
        owner = ontology.actors[state].label if state in ontology.actors else state.replace("_", " ")
        label = f"{' '.join(one.core)} of {owner}"
        entity = ontology.bodies.get(label, slug(label))
        name = ontology.actors[entity].label if entity in ontology.actors else label
        mention = replace(one.mention, entities=(entity,), represents=(state,), reason=reason, name=name)
        return replace(one, mention=mention)
    definite = any(c.dep_ == "det" and c.lower_ == "the" for c in token.children)
    if definite and not states:
        lemma = token.lemma_.lower()
        last = next(
            (
                m
                for m in reversed(memory.seen)
                if m.mention.cls == "GovernmentBody" and m.mention.entities and m.core and m.core[-1].lower() == lemma
            ),
            None,
        )
        if last is not None:
            return replace(one, mention=replace(last.mention, span=one.mention.span, reason=f'"the {lemma}" last named'))
    return one


def _definite(one: Located, token: Token, passage: Passage, memory: _Memory, ontology: Ontology) -> Located:
    """ "the document", "the project": the last thing of that class, unless it is described anew."""
    described = [c for c in token.children if c.dep_ in ("amod", "compound", "poss", "prep", "nmod") and c.lower_ != "same"]
    named = _named_description(one, token, passage, ontology)
    if described or named.mention.entities:
        return named
    specific = ("Agreement", "Project", "Conflict", "Company", "MediaOutlet", "Bloc", "Organization")
    if one.mention.cls not in specific:
        return one
    last = next(
        (m for m in reversed(memory.seen) if m.mention.cls == one.mention.cls and len(m.mention.entities) == 1), None
    )
    if last is None or last.passage < one.passage - NEAR:
        return one
    return replace(one, mention=replace(last.mention, span=one.mention.span, reason=f'"{token.text}" last named'))


def _named_description(one: Located, token: Token, passage: Passage, ontology: Ontology) -> Located:
    """A document, project or conflict described with a name of its own becomes a thing: "the Geneva accord"."""
    if not any(ontology.is_a(one.mention.cls, cls) for cls in ("Agreement", "Project", "Conflict")):
        return one
    words = [t for t in token.doc[one.first : one.last] if t.dep_ != "det"]
    tail = [t for c in token.children if c.dep_ == "prep" and preposition_name(c) == "of" for t in c.subtree]
    named = [t for t in [*words, *tail] if t.pos_ == "PROPN" and t != token]
    if not named or one.plural or len(tail) > 8:
        return one
    last = max(t.i for t in (*words, *tail))
    while last + 2 < len(token.doc) and token.doc[last + 1].dep_ == "cc" and token.doc[last + 2].pos_ == "NUM":
        last += 2  # "Helsinki plus 40", "Geneva and 20"
    label = " ".join(t.text for t in token.doc[words[0].i : last + 1] if t.dep_ != "det")
    span = text_span(passage, one.first, last + 1)
    mention = replace(
        one.mention, span=span, entities=(slug(label),), represents=(), reason="described with a name", name=label
    )
    return replace(one, mention=mention, last=last + 1)


def _remember_together(one: Located, passage: Passage, memory: _Memory) -> None:
    """Keep the actors that were last joined: "A and B", "between A and B", "A met B" comes with the claims."""
    if len(one.mention.entities) > 1:
        memory.join(one.mention.entities, one.passage)
        return
    if len(one.mention.represents) > 1 and one.plural:
        memory.join(one.mention.represents, one.passage)
        return
    token = passage.doc[one.head]
    first = token
    while first.dep_ in ("conj", "appos") and first.head != first:
        first = first.head
    _remember_pair(one, token, passage, memory)
    if first == token or not one.mention.entities:
        return
    group = {t.i for t in coordinated(first)}
    here = [m for m in memory.seen if m.passage == one.passage and (m.head in group or _apposed(passage, m, group))]
    sides = ("State", "Person", "ArmedGroup")
    entities = tuple(dict.fromkeys(e for m in here for e in m.mention.entities if m.mention.cls in sides))
    if len(entities) > 1:
        memory.join(entities, one.passage)


def _remember_pair(one: Located, token: Token, passage: Passage, memory: _Memory) -> None:
    """ "A met B": the subject and the object of one verb are named together."""
    governor = governing_verb(token)
    sides = ("State", "Person")
    if (
        token.dep_ not in ("dobj", "pobj")
        or governor is None
        or one.mention.cls not in sides
        or len(one.mention.entities) != 1
    ):
        return
    with_it = token.dep_ == "dobj" or token.head.lower_ == "with"
    for other in memory.seen:
        doing = passage.doc[other.head] if other.passage == one.passage else None
        is_subject = doing is not None and doing.dep_ == "nsubj" and doing.head == governor
        if with_it and is_subject and other.mention.cls == one.mention.cls and len(other.mention.entities) == 1:
            memory.join((*other.mention.entities, *one.mention.entities), one.passage)


def _apposed(passage: Passage, one: Located, group: set[int]) -> bool:
    token = passage.doc[one.head]
    return token.dep_ == "appos" and token.head.i in group
