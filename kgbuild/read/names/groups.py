"""Those named together: "the sides", "both countries", after "A met B" or "A and B"."""

from __future__ import annotations

from kgbuild.model import NATIONAL
from kgbuild.read.names.located import Located
from kgbuild.read.names.memory import Joined, Memory
from kgbuild.read.names.offices import states_of
from kgbuild.read.parse.clauses import coordinated, governing_verb
from kgbuild.read.parse.tokens import Token

SIDES = ("State", "Person")
"""What meets another of its class."""
TWO = ("two", "2", "both")
"""What says that there are two of them."""
PARTIES = ("State", "Bloc", "IntergovernmentalOrganization", "ArmedGroup")
"""What is one of two sides, or somebody's who is."""
NEAR, FAR = 1, 2
"""Paragraphs that are looked back at, and sentences, for the two that are spoken of."""
JOINED = (*SIDES, "ArmedGroup")
"""What is named together with others by "and"."""


def those_named_together(one: Located, token: Token, memory: Memory) -> Located:
    """ "the sides", "both countries": the actors last named together, of that kind, else the only two spoken of, else
    the persons with whom the article begins, where no others were named together; not one's own subject's.
    """
    if one.mention.represents or _is_narrowed(token):
        return one
    around = {a.i for a in token.ancestors}  # "leaders of both nations": these are no others
    earlier = next(
        (m for m in reversed(memory.seen) if m.passage == one.passage and m.head not in around and _is_both(m, memory)), None
    )
    if earlier is not None and not earlier.mention.entities:
        return one  # "the two sides" that were left open before
    kind = one.mention.cls if one.mention.cls in SIDES else ""
    two = any(child.lower_ in TWO for child in token.children)
    found = _joined(one, token, memory.lately_joined(one.passage, kind), memory)
    if two and not found.mention.entities:
        found = _two_spoken_of(one, token, memory)
    if not found.mention.entities and kind == ("Person" if two else kind) and kind != "State":
        found = _joined(one, token, memory.only_persons_joined(), memory)
    return found


def _joined(one: Located, token: Token, joined: Joined | None, memory: Memory) -> Located:
    """The description as those who were named together, where it can mean them."""
    if joined is None or _is_among(token, joined.entities, one.passage, memory):
        return one
    if len(joined.entities) != 2 and any(child.lower_ in TWO for child in token.children):
        return one  # "in the presence of leaders from Peru, Chile and Bolivia … the two sides"
    return _denoting(one, joined.entities, "the actors last named together", memory)


def _denoting(one: Located, entities: tuple[str, ...], why: str, memory: Memory) -> Located:
    """The description as those, acting for their states where each has one."""
    acting = [states_of((entity,), memory) for entity in entities]
    represented = tuple(states[0] for states in acting) if all(len(states) == 1 for states in acting) else ()
    return one.denoting(entities, why).representing(represented)


def _two_spoken_of(one: Located, token: Token, memory: Memory) -> Located:
    """The two sides, or two persons of two states, that its sentence names before, with the sentence before it if there
    are fewer; nobody where three are named.
    """
    persons = one.mention.cls == "Person"
    spoken: dict[str, str] = {}
    sentences = [(one.passage, token.sent), *memory.sentences_before(one.passage, token.sent, passages=NEAR)][:FAR]
    for number, sentence in sentences:
        before = token.i if sentence is token.sent else None
        for m in memory.named_in(number, sentence, before):
            spoken |= _persons(m) if persons else _sides(m)
        if len(spoken) > 2 or (len(spoken) == 2 and len({*spoken.values()}) < 2):
            return one
        if len(spoken) == 2 and not _is_among(token, tuple(spoken), one.passage, memory):
            return _denoting(one, tuple(spoken), "the two that are spoken of", memory)
    return one


def _persons(one: Located) -> dict[str, str]:
    """The one known person whom a mention means, with the state for which he acts."""
    mention = one.mention
    if mention.cls != "Person" or len(mention.entities) != 1 or len(mention.represents) != 1:
        return {}
    return {mention.entities[0]: mention.represents[0]}


def _sides(one: Located) -> dict[str, str]:
    """The states, blocs or armed groups that a mention means, or for which it acts."""
    mention = one.mention
    if mention.cls in PARTIES:
        return {entity: entity for entity in mention.entities}
    return {} if mention.reason == NATIONAL else {state: state for state in mention.represents}


def _is_narrowed(token: Token) -> bool:
    """Whether those meant are described further, and so are others: "the three countries", "the OECD countries", "the
    countries of the region", "the consuming countries" (but not "the two consuming countries")."""
    counted = any(c.dep_ == "nummod" and c.lower_ not in ("two", "2") for c in token.children)
    named = any(
        c.dep_ in ("compound", "nmod", "amod") and c.text[:1].isupper() and c.i > token.sent.start for c in token.children
    )
    narrowed = any(
        c.dep_ in ("relcl", "acl") or (c.lower_ == "of" and not _only_names_the_office(c)) for c in token.children
    )
    two = any(c.lower_ in TWO for c in token.children)
    of_a_kind = not two and any(c.dep_ == "amod" for c in token.children)
    return counted or named or narrowed or of_a_kind


def _only_names_the_office(preposition: Token) -> bool:
    """Whether a bare noun behind "of" says of which kind they are, not whose: "the heads of state"."""
    return all(c.tag_ == "NN" and not c.n_lefts and not c.n_rights for c in preposition.children)


def _is_among(token: Token, entities: tuple[str, ...], passage: int, memory: Memory) -> bool:
    """Whether the subject that does something to those meant is one of *entities*: "Peru told both countries"."""
    governor = governing_verb(token)
    subject = memory.clauses[passage].subject(governor) if governor is not None else None
    if subject is None or subject == token:
        return False
    acting = memory.at.get((passage, subject.i))
    return acting is not None and bool(set(acting.mention.entities) & set(entities))


def _is_both(one: Located, memory: Memory) -> bool:
    """Whether a mention stands for those named together, like "the sides"."""
    noun = memory.token(one).lemma_.lower()
    return one.kind == "description" and one.plural and noun in memory.ontology.words("bothSides", "noun")


# -- to be remembered -----------------------------------------------------------------------------


def remember_together(one: Located, token: Token, memory: Memory) -> None:
    """Note the actors that *one*, a resolved mention, completes: "both sides", "A and B", "A met B"."""
    if len(one.mention.entities) > 1:
        memory.join(one.mention.entities, one.mention.cls, token.i, one.passage)
    elif len(one.mention.represents) > 1 and one.plural:
        memory.join(one.mention.represents, "State", token.i, one.passage)
    else:
        _remember_pair(one, token, memory)
        _remember_list(one, token, memory)


def _remember_list(one: Located, token: Token, memory: Memory) -> None:
    """ "A, B and C": what is joined by "and", with its appositions, is named together; "A, B" in a longer list is not."""
    first = token
    while first.dep_ in ("conj", "appos") and first.head != first:
        first = first.head
    if first == token or not one.mention.entities:
        return
    members = coordinated(first)
    if not any(child.dep_ == "cc" for member in members for child in member.children):
        return
    listed = {t.i for t in members}
    here = [m for m in memory.seen if m.passage == one.passage and (m.head in listed or _is_apposed(m, listed, memory))]
    here = [m for m in here if m.mention.cls in JOINED and m.kind != "demonym"]
    entities = tuple(dict.fromkeys(e for m in here for e in m.mention.entities))
    classes = {m.mention.cls for m in here}
    if len(entities) > 1:
        memory.join(entities, classes.pop() if len(classes) == 1 else "", token.i, one.passage)


def _is_apposed(one: Located, heads: set[int], memory: Memory) -> bool:
    token = memory.token(one)
    return token.dep_ == "appos" and token.head.i in heads


def _remember_pair(one: Located, token: Token, memory: Memory) -> None:
    """ "A met B", "A met with B": the subject and the object of one verb are named together, where of one class."""
    governor = governing_verb(token)
    if governor is None or one.mention.cls not in SIDES or len(one.mention.entities) != 1:
        return
    if token.dep_ != "dobj" and not (token.dep_ == "pobj" and token.head.lower_ == "with"):
        return
    subject = memory.clauses[one.passage].subject(governor)
    other = memory.at.get((one.passage, subject.i)) if subject is not None else None
    if other is None or other.mention.cls != one.mention.cls or len(other.mention.entities) != 1:
        return
    if other.mention.entities != one.mention.entities:
        memory.join((*other.mention.entities, *one.mention.entities), one.mention.cls, token.i, one.passage)
