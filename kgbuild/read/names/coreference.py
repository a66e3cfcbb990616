"""What descriptions refer to: "the ministry", "the sides", "the country", a bare surname.

One pass from first word to last, each mention looking back at what was named before (as in the sieves of
Lee et al. 2013). Where nothing fits, a description denotes no one: undecided is better than guessed.
Pronouns have a module of their own, and so have offices.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from kgbuild.model import Article
from kgbuild.ontology import DIP, ID, Actor, Ontology
from kgbuild.read.names.gazetteer import Gazetteer
from kgbuild.read.names.gender import GENDERS, shown_gender
from kgbuild.read.names.located import Located, slug
from kgbuild.read.names.memory import HeldOffice, Memory
from kgbuild.read.names.names import is_local, surnames_of
from kgbuild.read.names.offices import counterpart, office_holder, states_of
from kgbuild.read.names.pronouns import settle_pronoun
from kgbuild.read.parse.clauses import Clauses, coordinated, governing_verb, is_verbal, preposition_name
from kgbuild.read.parse.nlp import Passage, text_span
from kgbuild.read.parse.tokens import Token

MADE = ("Agreement", "Project", "Conflict")
"""What a description may give a name of its own: "the Baker plan"."""
NEAR = 2
"""Paragraphs that "the document" looks back at most."""


def resolve(
    article: Article,
    passages: tuple[Passage, ...],
    mentions: list[Located],
    gazetteer: Gazetteer,
    clauses: tuple[Clauses, ...],
) -> tuple[list[Located], list[HeldOffice]]:
    """The mentions with what they denote, and the offices that their wording gives away."""
    memory = Memory(article, gazetteer.ontology, passages, clauses)
    home = gazetteer.capitals.get((article.place or "").title())
    mentions = _identified(_of_this_article(mentions, memory, gazetteer), memory, gazetteer)
    memory.coming = {(one.passage, one.head): one for one in mentions if one.kind == "name"}
    resolved: list[Located] = []
    for one in (_named(one, memory.coming, memory) for one in mentions):
        token = memory.token(one)
        settled = _settle(one, token, memory, home)
        resolved.append(settled)
        memory.add(settled)
        if settled.mention.cls == "Person" and len(settled.mention.entities) == 1 and settled.kind == "description":
            memory.learn(settled.mention.entities[0], shown_gender(settled, memory))
        _remember_together(settled, token, memory)
    return resolved, memory.held


def _settle(one: Located, token: Token, memory: Memory, home: str | None) -> Located:
    ontology = memory.ontology
    if one.kind == "pronoun":
        return settle_pronoun(one, token, memory)
    if one.kind == "name":
        return one.representing(states_of(one.mention.entities, memory)) if one.mention.cls == "Person" else one
    if one.kind == "demonym":
        return one
    if token.lemma_.lower() in ontology.words("counterpart", "noun"):
        return counterpart(one, memory)
    definite = any(c.lower_ in ("the", "this", "that", "these", "those", "both") for c in token.children)
    if one.plural and definite and token.lemma_.lower() in ontology.words("bothSides", "noun"):
        together = _together(one, token, memory)
        if together.mention.entities:
            return together
    if one.office:
        return office_holder(one, token, memory)
    if one.mention.entities:
        return one
    if one.mention.cls == "GovernmentBody":
        return _body(one, token, memory, home)
    if definite and not one.plural:
        return _definite(one, token, memory)
    return _owned(one, token, memory) if _possessor(token) else _named_description(one, token, memory)


# -- persons --------------------------------------------------------------------------------------


def _identified(mentions: list[Located], memory: Memory, gazetteer: Gazetteer) -> list[Located]:
    """The mentions, each bare surname (or other part of a name) with whom it names.

    That is the person whose full name in the article begins or ends so; of two such persons the one named last,
    with regard to a title; else the one office-holder of that surname.
    """
    titles = {(one.passage, one.named): one.office for one in mentions if one.office and one.named >= 0}
    full, titled = _full_names(mentions), _titled(mentions, titles, memory, gazetteer)
    in_full = {entity for named in full.values() for entity in named}
    for surname, actor in titled.values():
        full[surname][actor.id] = actor.label
    found: list[Located] = []
    last: dict[str, tuple[str, str]] = {}
    bare: dict[str, tuple[int, int]] = {}
    by_place: dict[tuple[int, int], Located] = {}
    coming = {(one.passage, one.head): one for one in mentions if one.kind == "name"}
    for one in mentions:
        mention, words = one.mention, one.mention.span.text
        if one.kind != "name" or mention.cls != "Person":
            found.append(one)
            continue
        if words in full and not one.known:
            shown = shown_gender(one, memory)
            whose = _beside(one, by_place, coming, memory)
            fitting = {
                e: label
                for e, label in full[words].items()
                if (not shown or _gender(e, memory) in ("", shown)) and e not in whose
            }
            chosen = next(iter(fitting.items())) if len(fitting) == 1 else last.get(words)
            chosen = chosen if chosen is None or chosen[0] not in whose else None
            if (one.passage, one.head) in titled:
                _, actor = titled[one.passage, one.head]
                chosen = actor.id, actor.label
            if chosen is not None:
                why = "part of a name given in full" if chosen[0] in in_full else "surname of one office-holder"
                one = one.renamed((chosen[0],), why, chosen[1])
                memory.learn(chosen[0], shown)
        elif " " in words:
            memory.learn(mention.entities[0], shown_gender(one, memory))
        if " " not in words and one.mention == mention and not one.known:
            one = _surname(one, titles.get((one.passage, one.head), ""), memory, gazetteer)
        sentence = one.passage, memory.token(one).sent.start
        for part in (*_parts(words), words):
            if part == words or bare.get(part) != sentence:  # "Reagan and Nancy Reagan": he is still called so
                last[part] = one.mention.entities[0], one.mention.name
        if " " not in words:
            bare[words] = sentence
        by_place.update({(one.passage, i): one for i in range(one.first, one.last)})
        found.append(one)
    return found


def _beside(
    one: Located,
    before: dict[tuple[int, int], Located],
    names: dict[tuple[int, int], Located],
    memory: Memory,
) -> set[str]:
    """Who is another than whom a bare name means: "A Castro, the eldest son of Castro", "Reagan and Nancy Reagan"."""
    token, found = memory.token(one), list[Located | None]()
    for above in token.ancestors:
        if above.dep_ == "appos":
            named = [above.head, *(c for c in above.head.children if c.dep_ == "compound")]
            found += [before.get((one.passage, t.i)) for t in named]
    found += [names.get((one.passage, t.i)) for t in coordinated(token) if t.i != token.i]
    return {e for other in found if other and other.mention.cls == "Person" for e in other.mention.entities}


def _titled(
    mentions: list[Located], titles: dict[tuple[int, int], str], memory: Memory, gazetteer: Gazetteer
) -> dict[tuple[int, int], tuple[str, Actor]]:
    """Bare surnames behind an office whose one holder of that surname is known, by place: "Treasury Secretary Baker"."""
    found = {}
    for one in mentions:
        office = titles.get((one.passage, one.head), "")
        if not office or not memory.day or one.known or one.kind != "name":
            continue
        surname = one.mention.span.text
        holders = [
            a
            for a in gazetteer.surnames.get(surname, ())
            if any(t.office == office for t in memory.ontology.offices_of(a.id, memory.day))
        ]
        if len(holders) == 1:
            found[one.passage, one.head] = surname, holders[0]
    return found


def _gender(person: str, memory: Memory) -> str:
    actor = memory.ontology.actors.get(person)
    return GENDERS[actor.gender] if actor and actor.gender else memory.genders.get(person, "")


def _full_names(mentions: list[Located]) -> dict[str, dict[str, str]]:
    """What a name begins or ends with -> the persons so named, with their labels."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for one in mentions:
        if one.kind == "name" and one.mention.cls == "Person":
            for part in _parts(one.mention.span.text):
                found[part][one.mention.entities[0]] = one.mention.name
    return found


def _parts(name: str) -> list[str]:
    words = name.split()
    parts = [" ".join(part) for at in range(1, len(words)) for part in (words[:at], words[at:])]
    return list(dict.fromkeys([*parts, *(surnames_of(name) if len(words) > 2 else ())]))


def _surname(one: Located, office: str, memory: Memory, gazetteer: Gazetteer) -> Located:
    """A bare surname of no one named in full: the one office-holder of that name, else someone of this article.

    With an *office* before it ("former President X"), also the one who has held that office before.
    """
    surname, mention = one.mention.span.text, one.mention
    holders = [
        a for a in gazetteer.bare_surnames.get(surname, ()) if not memory.day or memory.ontology.offices_of(a.id, memory.day)
    ]
    if not holders and office:
        held = memory.ontology.held_by
        holders = [
            a
            for a in gazetteer.surnames.get(surname, ())
            if any(t.office == office and (t.begin or "") <= memory.day for t in held(a.id))
        ]
    if len(holders) == 1:
        [actor] = holders
        return one.renamed((actor.id,), "surname of one office-holder", actor.label)
    # Two articles' "Smith" are not one person by their name alone.
    entity = f"{mention.entities[0]}_in_{memory.article.sha256[:8]}"
    return one.renamed((entity,), "a bare surname, one person in this article", mention.name)


def _of_this_article(mentions: list[Located], memory: Memory, gazetteer: Gazetteer) -> list[Located]:
    """The mentions, those by a name that says little as one thing of this article: two articles' "Fund" may be two."""
    vague = set()
    for one in mentions:
        words = memory.passages[one.passage].doc[one.first : one.last]
        name = one.kind == "name" and not one.known and one.mention.cls not in ("Person", *MADE)
        if (
            name
            and len(one.mention.entities) == 1
            and gazetteer.is_generic(t.lemma_ if t.tag_ in ("NNS", "NNPS") else t.text for t in words)
        ):
            vague.add(one.mention.entities[0])
    owned = {e: f"{e}_in_{memory.article.sha256[:8]}" for e in vague}
    return [
        replace(one, mention=replace(one.mention, entities=tuple(owned.get(e, e) for e in one.mention.entities)))
        if owned.keys() & set(one.mention.entities)
        else one
        for one in mentions
    ]


def _named(one: Located, names: dict[tuple[int, int], Located], memory: Memory) -> Located:
    """A description that carries a name denotes what the name does: "President X", "its ally Serbia"."""
    name = names.get((one.passage, one.named))
    if name is None:
        return one
    mention = one.mention
    person = mention.cls == "Person"  # whom he acts for is settled with his office
    if person and one.office and _serves_others(name.mention.entities, mention.represents, memory.ontology):
        return one  # "… said the Kazakh President Lavrov added …"
    settled = one.renamed(name.mention.entities, "names it", name.mention.name)
    return settled.representing(mention.represents or (() if person else name.mention.represents))


def _serves_others(persons: tuple[str, ...], states: tuple[str, ...], ontology: Ontology) -> bool:
    """Whether all offices that are known of one of *persons* are of other states than *states* or their successors."""
    actors = ontology.actors
    if not states or any(s not in actors or actors[s].cls != "State" for s in states):
        return False
    own = {*states, *(_successor(s, ontology) for s in states)}
    for person in persons:
        served = {_owner(t.of, ontology) for t in ontology.held_by(person)}
        served |= {_successor(s, ontology) for s in served}
        if served and all(s in actors and actors[s].cls == "State" for s in served) and not served & own:
            return True
    return False


def _owner(body: str, ontology: Ontology) -> str:
    actor = ontology.actors.get(body)
    return actor.of if actor and actor.of else body


def _successor(state: str, ontology: Ontology) -> str:
    """The state that follows *state*, itself if none does."""
    return (ontology.value(ID + state, DIP + "successor") or state).removeprefix(ID)


# -- those named together -------------------------------------------------------------------------


def _together(one: Located, token: Token, memory: Memory) -> Located:
    """ "the sides", "both countries": the actors last named together, of that kind; not one's own subject's."""
    counted = [c for c in token.children if c.dep_ == "nummod" and c.lower_ not in ("two", "2")]
    named = any(c.dep_ in ("compound", "nmod") and c.pos_ == "PROPN" for c in token.children)  # "the OECD countries"
    narrowed = any(c.dep_ in ("relcl", "acl") or c.lower_ == "of" for c in token.children)
    two = any(c.lower_ in ("two", "2", "both") for c in token.children)
    narrowed |= not two and any(c.dep_ == "amod" for c in token.children)  # "the consuming countries" are many
    if counted or named or narrowed or one.mention.represents:
        return one
    kind = one.mention.cls if one.mention.cls in ("State", "Person") else ""
    joined = memory.lately_joined(one.passage, kind)
    governor = governing_verb(token)
    subject = memory.clauses[one.passage].subject(governor) if governor is not None else None
    doing = memory.at.get((one.passage, subject.i)) if subject is not None and subject != token else None
    if joined is None or (doing is not None and set(doing.mention.entities) & set(joined.entities)):
        return one
    earlier = next((m for m in reversed(memory.seen) if m.passage == one.passage and _is_both(m, memory)), None)
    if earlier is not None and not earlier.mention.entities:
        return one  # "the two sides" that were left open before
    settled = one.denoting(joined.entities, "the actors last named together")
    return settled.representing(states_of(joined.entities, memory))


def _is_both(one: Located, memory: Memory) -> bool:
    """Whether a mention stands for those named together, like "the sides"."""
    noun = memory.token(one).lemma_.lower()
    return one.kind == "description" and one.plural and noun in memory.ontology.words("bothSides", "noun")


def _remember_together(one: Located, token: Token, memory: Memory) -> None:
    """Keep the actors that were last joined: "A and B", "between A and B", "A met B" comes with the claims."""
    if len(one.mention.entities) > 1:
        memory.join(one.mention.entities, one.mention.cls, token.i, one.passage)
        return
    if len(one.mention.represents) > 1 and one.plural:
        memory.join(one.mention.represents, "State", token.i, one.passage)
        return
    first = token
    while first.dep_ in ("conj", "appos") and first.head != first:
        first = first.head
    _remember_pair(one, token, memory)
    if first == token or not one.mention.entities:
        return
    group = {t.i for t in coordinated(first)}
    here = [m for m in memory.seen if m.passage == one.passage and (m.head in group or _apposed(m, group, memory))]
    here = [m for m in here if m.mention.cls in ("State", "Person", "ArmedGroup") and m.kind != "demonym"]
    entities = tuple(dict.fromkeys(e for m in here for e in m.mention.entities))
    classes = {m.mention.cls for m in here}
    if len(entities) > 1:
        memory.join(entities, classes.pop() if len(classes) == 1 else "", token.i, one.passage)


def _remember_pair(one: Located, token: Token, memory: Memory) -> None:
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
    subject = memory.clauses[one.passage].subject(governor)
    other = memory.at.get((one.passage, subject.i)) if subject is not None else None
    if not with_it or other is None or other.mention.cls != one.mention.cls or len(other.mention.entities) != 1:
        return
    if other.mention.entities != one.mention.entities:
        memory.join((*other.mention.entities, *one.mention.entities), one.mention.cls, token.i, one.passage)


def _apposed(one: Located, group: set[int], memory: Memory) -> bool:
    token = memory.token(one)
    return token.dep_ == "appos" and token.head.i in group


# -- bodies and things ----------------------------------------------------------------------------


def _body(one: Located, token: Token, memory: Memory, home: str | None) -> Located:
    """A ministry or parliament: one entity a state and name, found again by its bare name."""
    states, ontology = one.mention.represents, memory.ontology
    definite = any(c.dep_ == "det" and c.lower_ == "the" for c in token.children)
    if definite and not states and not one.plural and len(one.core) <= 1:
        alike = _named_alike(one, token, memory)
        if not one.core:
            return alike
        if alike.mention.entities and len(_called(token, memory)) == 1:
            return alike  # "the Bank" is the World Bank, if no other bank is named
    if one.core and len(states) <= 1 and not one.plural and not is_local(one.core, ontology):
        state, reason = (states[0], "named with its state") if states else _state_of_body(one, token, memory, home)
        if state is None:
            return one
        owner = ontology.actors[state].label if state in ontology.actors else state.replace("_", " ")
        label = f"{' '.join(one.core)} of {owner}"
        entity = ontology.bodies.get(label, slug(label))
        name = ontology.actors[entity].label if entity in ontology.actors else label
        return one.renamed((entity,), reason, name).representing((state,))
    return one


def _state_of_body(one: Located, token: Token, memory: Memory, home: str | None) -> tuple[str | None, str]:
    """Whose "the Foreign Ministry" is: as before, as the dateline says, else the state that the sentence is about."""
    earlier = next((m for m in reversed(memory.seen) if m.core == one.core and m.mention.represents), None)
    if earlier is not None:
        return earlier.mention.represents[0], "named before with its state"
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


def _named_alike(one: Located, token: Token, memory: Memory) -> Located:
    """ "the ministry", "the commission": the last body or organisation whose name has that noun in it.

    It has in its name whatever else describes it here ("the central bank" is no World Bank), and its sentence has named
    no other state since.
    """
    lemma = token.lemma_.lower()
    described = {c.lower_ for c in token.children if c.dep_ in ("amod", "compound", "nmod")}
    others: set[str] = set()
    for last in reversed(memory.seen):
        mention = last.mention
        if mention.cls == "State" and last.passage == one.passage and last.head >= token.sent.start:
            others.update(mention.entities)
        if last.kind == "pronoun" or len(mention.entities) != 1 or not memory.ontology.is_a(mention.cls, "Organization"):
            continue
        words = mention.name.lower().split()
        if lemma in words or (last.core and last.core[-1].lower() == lemma):
            elsewhere = mention.represents and others - set(mention.represents)
            if one.plural or not described <= set(words) or elsewhere:
                return one
            return replace(one, mention=replace(mention, span=one.mention.span, reason=f'"the {lemma}" last named'))
    return one


def _definite(one: Located, token: Token, memory: Memory) -> Located:
    """ "the document", "the country", "the bloc": the one last named of that kind, unless it is described anew."""
    new = ("amod", "compound", "poss", "prep", "nmod", "nummod", "relcl", "acl")
    described = [c for c in token.children if c.dep_ in new]
    described = [c for c in described if c.lower_ != "same" and not (c.dep_ == "relcl" and _set_off(token))]
    named = _named_description(one, token, memory)
    if described or named.mention.entities or _of_any(token):
        return named
    ontology, cls = memory.ontology, one.mention.cls
    if cls == "State":
        return _country(one, token, memory) if token.lemma_.lower() in ontology.words("oneState", "noun") else one
    if cls in ("Organization", "PoliticalParty", "Company", "MediaOutlet"):
        alike = _named_alike(one, token, memory)
        if alike.mention.entities:
            return alike
    wanted = {
        "Bloc": ("Bloc", "IntergovernmentalOrganization"),
        "Organization": ("Organization", "IntergovernmentalOrganization"),
    }
    kinds = wanted.get(cls, (cls,))
    specific = ("Agreement", "Project", "Conflict", "Company", "MediaOutlet", "Bloc", "Organization", "PoliticalParty")
    if cls in ("City", "Region"):
        return _only(one, token, memory, kinds, 1)
    if cls in ("Organization", "PoliticalParty") and token.lemma_.lower()[:5] not in cls.lower():
        return one  # "the union" is no matter which organisation, nor "the opposition" which party
    return _only(one, token, memory, kinds, NEAR) if cls in specific else one


def _of_any(token: Token) -> bool:
    """Whether its sentence speaks of any such thing before: "a country may leave if the people of the country …"."""
    before = token.doc[token.sent.start : token.i]
    return any(t.lemma_ == token.lemma_ and any(c.lower_ in ("a", "an", "any") for c in t.children) for t in before)


def _set_off(token: Token) -> bool:
    """Whether a comma follows: "the project, which …" is described no nearer."""
    return token.i + 1 < len(token.doc) and token.nbor(1).text == ","


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
        m.mention for (number, at), m in memory.coming.items() if number == one.passage and token.i < at < token.sent.end
    ]
    spoken = {s for m in here if m.cls in ("City", "Region") for s in m.represents}
    return bool(spoken) and not any(state in (*m.entities, *m.represents) for m in here)


def _only(one: Located, token: Token, memory: Memory, kinds: tuple[str, ...], passages: int) -> Located:
    """The one thing of these classes in the nearest sentence that has any; of several, the subject; else none."""
    ontology = memory.ontology
    sentences = [(one.passage, token.sent), *memory.sentences_before(one.passage, token.sent, passages=passages)]
    for number, sentence in sentences:
        here = [m for m in memory.named_in(number, sentence, token.i if number == one.passage else None)]
        if not ontology.is_a(kinds[0], "Place") and any(_left_open(m, kinds) for m in here):
            return one  # it may be that one, whatever it is called
        here = [m for m in here if m.mention.cls in kinds and len(m.mention.entities) == 1]
        # Of this very sentence, a subject is as likely to have been kept apart: "Russia sells gas to the country".
        subjects = [m for m in here if memory.token(m).dep_ in ("nsubj", "nsubjpass") and m.kind != "demonym"]
        subjects = [] if sentence == token.sent else subjects
        for some in (here, subjects):
            if len({m.mention.entities for m in some}) == 1:
                last = some[-1].mention
                if not ontology.is_a(kinds[0], "Place") and _described_so(token, last.name, memory):
                    return one
                if ontology.is_a(kinds[0], "Place") and _said_within(token, last.entities, memory, one.passage):
                    return one
                found = replace(
                    one.mention, cls=last.cls, entities=last.entities, represents=last.represents, name=last.name
                )
                return replace(one, mention=replace(found, reason=f'"{token.text}" last named'))
        if here:
            return one
    return one


def _described_so(token: Token, name: str, memory: Memory) -> bool:
    """Whether what is called *name* is not called by the noun, but something left open is: "a tax treaty"."""
    noun = token.lemma_.lower()
    if noun in name.lower().split():
        return False
    open_ones = [m for m in memory.seen if m.kind == "description" and not m.plural and not m.mention.entities]
    return any(memory.token(m).lemma_.lower() == noun for m in open_ones)


def _said_within(token: Token, entities: tuple[str, ...], memory: Memory, passage: int) -> bool:
    """Whether the sentence has the noun before, of something else: "the CFA franc zone countries" have another zone."""
    before = token.doc[token.sent.start : token.i]
    alike = [t for t in before if t.lower_ == token.lower_ and t.tag_ == token.tag_]
    held = [memory.at.get((passage, t.i)) for t in alike]
    return any(one is None or one.mention.entities != entities for one in held)


def _left_open(one: Located, kinds: tuple[str, ...]) -> bool:
    """Whether a mention describes a thing of these classes that nobody has found a name for: "a tax treaty"."""
    return one.kind == "description" and not one.plural and one.mention.cls in kinds and not one.mention.entities


def _possessor(token: Token) -> Token | None:
    return next((c for c in token.children if c.dep_ == "poss"), None)


def _owned(one: Located, token: Token, memory: Memory) -> Located:
    """ "his party", "her country": what actors.ttl or the article knows of the person."""
    owner = _possessor(token)
    whose = memory.at.get((one.passage, owner.i)) if owner is not None else None
    if whose is None or one.plural or whose.mention.cls != "Person" or len(whose.mention.entities) != 1:
        return _named_description(one, token, memory)
    actors, mention = memory.ontology.actors, whose.mention
    if one.mention.cls == "PoliticalParty" and not any(c.lower_ == "to" for c in token.children):  # "his opposition to it"
        party = actors.get(memory.ontology.party_of(mention.entities[0]) or "")
        if party is not None:
            found = one.renamed((party.id,), f"the party of {mention.name}", party.label)
            return found.representing((party.of,) if party.of else ())
    if token.lemma_.lower() in memory.ontology.words("oneState", "noun") and len(mention.represents) == 1:
        state = actors.get(mention.represents[0])
        if state is not None and state.cls == "State":
            return one.renamed((state.id,), f"the state of {mention.name}", state.label)
    return _named_description(one, token, memory)


def _named_description(one: Located, token: Token, memory: Memory) -> Located:
    """A document, project or conflict described with a name of its own becomes a thing: "the Geneva accord"."""
    if not any(memory.ontology.is_a(one.mention.cls, cls) for cls in MADE):
        return one
    words = [t for t in token.doc[one.first : one.last] if t.dep_ != "det"]
    tail = [t for c in token.children if c.dep_ == "prep" and preposition_name(c) == "of" for t in c.subtree]
    named = [t for t in [*words, *tail] if t.pos_ == "PROPN" and t != token]
    new = any(c.dep_ == "det" and c.lower_ not in ("the", "this", "that") for c in token.children)
    if not named or one.plural or len(tail) > 8 or (new and not tail) or any(is_verbal(t) for t in words):
        return one
    last = max(t.i for t in (*words, *tail))
    while last + 2 < len(token.doc) and token.doc[last + 1].dep_ == "cc" and token.doc[last + 2].pos_ == "NUM":
        last += 2  # "Helsinki plus 40", "Geneva and 20"
    label = "".join(t.text_with_ws for t in token.doc[words[0].i : last + 1] if t.dep_ != "det").strip()
    span = text_span(memory.passages[one.passage], one.first, last + 1)
    mention = replace(
        one.mention, span=span, entities=(slug(label),), represents=(), reason="described with a name", name=label
    )
    return replace(one, mention=mention, last=last + 1)
