"""The side of an event that its own words leave unsaid and its clause names: what the bridges in `bridging` do about it.

"played golf ahead of talks with X", "blamed X for the attack", "with the support of X", "killed in X's attack": who takes
part is the subject of the clause, whom it blames, or who does what stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kgbuild.model import NATIONAL, Claim, Mention, Role
from kgbuild.ontology import Ontology
from kgbuild.read.claims import stance
from kgbuild.read.claims.candidate import Assembled
from kgbuild.read.parse.clauses import coordinated, governing_verb, is_infinitive, is_passive, is_verbal, preposition_name
from kgbuild.read.parse.lemmas import lemma_of
from kgbuild.read.parse.tokens import Token

SIDES = ("actor", "recipient", "participant")
OWNERS = ("poss", "by", "mod")
ONGOING = ("COOPERATE", "AGREE", "REJECT")
"""Categories of what goes on, is promised or is refused: told again it may be another."""
JUDGING = ("ACCUSE", "SUPPORT")
"""Categories of what is said to or of somebody for a deed of his."""
TAKING_PART = ("State", "Person", "Bloc", "IntergovernmentalOrganization", "ArmedGroup", "GovernmentBody", "Group")
"""Classes of who may be the other side of talks."""
LEADING_ON = ("pobj", "dobj", "prep", "pcomp", "xcomp", "advcl", "acomp", "attr", "conj", "acl", "advmod", "oprd")
"""The parser's labels on the way from a noun up to the verb whose subject takes part in what it tells."""


def at_whose_request(one: Assembled, others: Sequence[Assembled]) -> Claim:
    """The claim of "at the request of X" and its like, with the subject of the clause as the other side; and of a visit made
    at somebody's invitation, with him as the host.
    """
    claim, noun = one.claim, one.head
    if one.type in one.ontology.words("visit", "type"):
        return _guest_of(one, others)
    if one.verbal or noun.dep_ != "pobj" or not _is_one_sided(claim):
        return claim
    if f"{noun.head.lower_}_{lemma_of(noun)}" not in one.ontology.words("accompanied", "phrase"):
        return claim
    at = noun.head.head
    if at.i < noun.head.i and is_verbal(at) and one.paragraph.doc[noun.head.i - 1].text == ",":
        return claim  # "views the actions of Chad, with the support of Mali, as hostile"
    beside = _subjects(one, at) if is_verbal(at) else [at]
    return _joined(one, "participant" if claim.role("participant") else "recipient", beside)


def _guest_of(one: Assembled, others: Sequence[Assembled]) -> Claim:
    """The claim of a visit with him as the host at whose invitation it is made."""
    claim = one.claim
    if claim.role("recipient"):
        return claim
    verb = one.head if one.verbal else governing_verb(one.head)
    for other in others:
        noun = other.head
        phrase = f"{noun.head.lower_}_{lemma_of(noun)}"
        if (
            noun.dep_ == "pobj"
            and phrase in one.ontology.words("visit", "phrase")
            and noun.head.head in (verb, *one.match.words)
        ):
            return _with(claim, "recipient", [m for m in _sides(other.claim) if _is_new(m, claim)])
    return claim


def on_a_visit(one: Assembled, others: Sequence[Assembled]) -> Claim:
    """The claim of a visit that a phrase of time tells, with the subject of the clause as the visitor."""
    claim, ontology = one.claim, one.ontology
    if one.verbal or claim.role("actor") or one.type not in ontology.words("visit", "type"):
        return claim
    if (whose := _on_whose_way(one)) is not None:
        return _joined(one, "actor", [whose])
    verb = governing_verb(one.head)
    if verb is None or _phrase(one.head) not in ontology.words("visit", "preposition"):
        return claim
    visited = {e for role in ("recipient", "place") for m in claim.role(role) for e in (*m.entities, *m.represents)}
    travelling = [t for t in _subjects(one, verb) if not visited & _meant(one, t)]
    if not visited or lemma_of(verb) in ontology.words("visit", "verb"):
        return claim
    return _joined(one, "actor", travelling)


def _on_whose_way(one: Assembled) -> Token | None:
    """On whose way to or from a visit something is done: "his" of "on his way back from a trip"."""
    way = next((a for a in one.head.ancestors if a.lower_ == "way" and a.dep_ == "pobj"), None)
    if one.head.dep_ != "pobj" or way is None or any(is_verbal(a) for a in one.head.ancestors if way.is_ancestor(a)):
        return None
    return next((c for c in way.children if c.dep_ == "poss"), None)


def where_the_visitor_is(one: Assembled, others: Sequence[Assembled]) -> Claim:
    """The claim of a visit on which somebody is, goes or is welcomed somewhere, as one to that state or town."""
    claim, noun, ontology = one.claim, one.head, one.ontology
    if (
        one.verbal
        or one.type not in ontology.words("visit", "type")
        or _phrase(noun) not in ontology.words("visit", "marker")
    ):
        return claim
    verb = noun.head.head
    if any(claim.role(role) for role in ("recipient", "place", "theme")) or not claim.role("actor") or not is_verbal(verb):
        return claim
    home = {e for m in claim.role("actor") for e in (*m.entities, *m.represents)}
    arguments = one.paragraph.clauses.arguments(verb)
    for token in (t for name in ("to", "in") for t in arguments.get(name, ())):
        mention = one.paragraph.mention(token)
        role = {"State": "recipient", "City": "place"}.get(mention.cls)
        if role is not None and mention.entities and not home & {*mention.entities, *mention.represents}:
            return _with(claim, role, [mention])
    return claim


def talks_of_the_subject(one: Assembled, others: Sequence[Assembled]) -> Claim:
    """The claim of what is done "with" one, with him who, by the clause around it, does it."""
    claim = one.claim
    facing = [role for role in claim.roles if role.role == "participant"]
    if not facing or claim.role("actor"):
        return claim
    if one.verbal:
        return _ends_in(one, others)
    if one.head.dep_ == "pobj" and one.head.head.lower_ in one.ontology.words("spokenAt", "preposition"):
        verb = one.head.head.head
        if verb.dep_ == "ccomp" and is_verbal(verb) and not any(_is_somebody(one, t) for t in _subjects(one, verb)):
            verb = verb.head  # "said that ties grow, during talks with X"
        speaking = is_verbal(verb) and lemma_of(verb) in one.ontology.words("report", "verb")
        return _joined(one, "participant", [t for t in _subjects(one, verb) if _is_person(one, t)]) if speaking else claim
    if any(not role.side for role in facing):
        return claim
    return _joined(one, "participant", _who_takes_part(one))


def talks_of_who_speaks(one: Assembled, others: Sequence[Assembled]) -> Claim:
    """The claim of what is done "with" one, with the state for which he speaks who tells of it, where no other is named."""
    claim, speaker = one.claim, one.claim.stance.speaker
    facing = [role for role in claim.roles if role.role == "participant"]
    if one.verbal or speaker is None or claim.role("actor") or len(facing) != 1 or not facing[0].side:
        return claim
    states = speaker.entities if speaker.cls == "State" else speaker.represents
    other = {*facing[0].mention.entities, *facing[0].mention.represents}
    if len(states) != 1 or speaker.reason == NATIONAL or not other or {*states, *speaker.entities} & other:
        return claim
    known = {*states, *speaker.entities, *other}
    for named in one.paragraph.mentions:
        meant = {*named.mention.entities, *named.mention.represents}
        if one.head.sent.start <= named.head < one.head.i and _may_take_part(named.mention) and not meant <= known:
            return claim
    state = one.ontology.known(states[0])
    if state is None or state.cls != "State":
        return claim
    his = Mention(speaker.span, "State", states, "the state for which he speaks", name=state.label)
    return _with(claim, "participant", [his])


def _may_take_part(mention: Mention) -> bool:
    return mention.cls in TAKING_PART


def _ends_in(one: Assembled, others: Sequence[Assembled]) -> Claim:
    """The claim of what one of them meets another for, with that other: "will meet X to sign a deal"."""
    claim, verb = one.claim, one.head
    if len(claim.role("participant")) > 1 or verb.dep_ not in ("advcl", "xcomp", "acl") or not is_infinitive(verb):
        return claim
    for other in others:
        others_there = other.claim.role("participant")
        met = verb.head is other.head or (verb.head in other.match.words or other.head.head is verb.head)
        if met and len(others_there) > 1 and other.kind.category == "CONSULT":
            return _with(claim, "participant", [m for m in others_there if _entities(m) and _is_new(m, claim)])
    return claim


def _is_person(one: Assembled, token: Token) -> bool:
    return one.ontology.is_a(one.paragraph.mention(token).cls, "Person")


def _who_takes_part(one: Assembled) -> list[Token]:
    """Who stands above a noun as the subject of the first verb that has somebody for one, or as whose it is; nobody where
    the way leads through what is only said or thought of it.
    """
    token, frames, ontology = one.head, one.paragraph.tools.frames, one.ontology
    attended = ontology.words("attendance", "preposition")
    if one.paragraph.clauses.arguments(token).get("with"):
        attended |= ontology.words("attendedWith", "preposition")
    by_the_way = False
    while token.head is not token and (token.dep_ in LEADING_ON or (by_the_way and is_infinitive(token))):
        head = token.head  # "stressed the need to act, during talks with X": hung on "act"
        if token.dep_ in ("prep", "advmod") and preposition_name(token) in attended:
            by_the_way = True
        elif token.dep_ == "prep" and not by_the_way and token.lower_ not in ontology.words("minded", "preposition"):
            return []
        if is_verbal(head):
            told = lemma_of(head) in ontology.words("report", "verb") | ontology.words("reportObject", "verb")
            if not by_the_way and (told or (frames.is_event(head) and head.pos_ != "AUX")):
                return []
            subjects = _subjects(one, head)
            if subjects:
                return [t for t in subjects if _is_somebody(one, t)]
        elif not by_the_way and head.pos_ in ("NOUN", "PROPN"):
            owners = [t for f in OWNERS for t in one.paragraph.clauses.arguments(head).get(f, ()) if _is_somebody(one, t)]
            if owners or frames.is_event(head):
                return owners
        token = head
    return []


def reproached_with(one: Assembled, others: Sequence[Assembled]) -> Claim:
    """The claim of a deed that somebody is thanked or blamed for, by him; blamed, as the one says who blames him."""
    claim, noun = one.claim, one.head
    if one.verbal or noun.dep_ != "pobj" or claim.role("actor") or claim.role("participant"):
        return claim
    if noun.head.lower_ not in one.ontology.words("blamed", "preposition"):
        return claim
    for other in others:
        blamed = other.claim.role("recipient")
        if other.head is noun.head.head and other.kind.category in JUDGING and blamed:
            done = _with(claim, "actor", [m for m in blamed if _is_new(m, claim)])
            speaker = next(iter(other.claim.role("actor")), None)
            if done is not claim and speaker is not None and other.kind.category == "ACCUSE":
                return replace(
                    done, stance=replace(done.stance, speaker=speaker, cue=other.claim.trigger.words, certainty="Probable")
                )
            return done
    return claim


def answerable_for(one: Assembled, others: Sequence[Assembled]) -> Claim:
    """The claim of a deed with him as the doer who is said to be responsible for it, to be behind it, or to claim it."""
    claim, noun, ontology = one.claim, one.head, one.ontology
    if one.verbal or claim.role("actor") or claim.role("participant"):
        return claim
    arguments = one.paragraph.clauses.arguments
    answering: list[Token] = []
    if noun.dep_ == "pobj":
        above, name = noun.head.head, noun.head.lower_
        if not _is_fact(above, ontology):
            return claim  # "denied being behind the attack"
        if name == "for" and lemma_of(above) in ontology.words("answerable", "adjective"):
            described = above.head.head if above.head.dep_ == "appos" else above.head
            answering = [*arguments(above).get("subj", ()), *([described] if above.dep_ == "amod" else [])]
        elif name == "for" and lemma_of(above) in ontology.words("answerable", "noun") and above.dep_ == "dobj":
            answering = _subjects(one, above.head)
        elif name in ontology.words("answerable", "preposition") and lemma_of(above) == "be":
            answering = _subjects(one, above)
    for clause in noun.children:
        if (
            clause.dep_ in ("relcl", "acl")
            and lemma_of(clause) in ontology.words("answerable", "verb")
            and is_passive(clause)
        ):
            answering += arguments(clause).get("subj", ())
    return _joined(one, "actor", answering)


def _is_fact(word: Token, ontology: Ontology) -> bool:
    """Whether what *word* tells is affirmed, and has happened."""
    held = stance.decide(word, (word,), ontology)
    return held.polarity == "Affirmed" and held.modality == "Actual"


def answered_by(one: Assembled, others: Sequence[Assembled]) -> Claim:
    """The claim of a deed that somebody answers, with him as the one to whom it is done."""
    claim, noun, ontology = one.claim, one.head, one.ontology
    if one.verbal or noun.dep_ != "pobj" or claim.role("recipient") or not claim.role("actor"):
        return claim
    if not one.kind.takes_recipient or not one.kind.quad.endswith("Conflict"):
        return claim
    above, name = noun.head.head, noun.head.lower_
    if (
        is_verbal(above)
        and lemma_of(above) in ontology.words("answer", "verb")
        and name in ontology.words("answer", "preposition")
    ):
        return _joined(one, "recipient", _subjects(one, above))
    beside = above.dep_ == "pobj" and above.head.lower_ == "in" and lemma_of(above) in ontology.words("answer", "noun")
    if beside and is_verbal(above.head.head):
        return _joined(one, "recipient", _subjects(one, above.head.head))
    return claim


def whose_deed_it_is(one: Assembled, others: Sequence[Assembled]) -> Claim:
    """The claim of what is done, or undone, and nobody is said to do, by him whose deed its noun says that it is."""
    claim = one.claim
    if claim.role("actor") or not claim.role("recipient") or (one.verbal and not is_passive(one.head)):
        return claim
    arguments, types_of = one.paragraph.clauses.arguments, one.paragraph.tools.frames.types_of
    undone = one.type in one.ontology.words("takenBack", "type")
    nouns = [t for t in one.match.words if t.pos_ == "NOUN" and (undone or (one.verbal and one.type in types_of(t)))]
    return _joined(one, "actor", [t for noun in nouns for f in OWNERS for t in arguments(noun).get(f, ())])


def by_whose_measure(one: Assembled, others: Sequence[Assembled]) -> Claim:
    """The claim of what a law, an order or a deed does, with him as the doer whose it is or who issues it."""
    claim, ontology = one.claim, one.ontology
    if not one.verbal or claim.role("actor") or claim.role("participant"):
        return claim
    arguments = one.paragraph.clauses.arguments
    for means in (*arguments(one.head).get("subj", ()), *_where_it_befell(one)):
        for other in others:
            if other.head is means and other.claim.role("actor"):
                return _with(claim, "actor", [m for m in other.claim.role("actor") if _is_new(m, claim)])
        if means.pos_ == "NOUN" and lemma_of(means) in ontology.words("measure", "noun"):
            owners = [t for f in OWNERS for t in arguments(means).get(f, ()) if _is_somebody(one, t)]
            verb = means.head
            if not owners and means.dep_ == "dobj" and lemma_of(verb) in ontology.words("measure", "verb"):
                owners = _subjects(one, verb)
            return _joined(one, "actor", owners)
    return claim


def _where_it_befell(one: Assembled) -> Iterator[Token]:
    """The attack in which somebody is hurt or killed; others that are joined may stand before it: "and ten hurt in"."""
    hostile = one.kind.category in ("ASSAULT", "FIGHT") and is_passive(one.head)
    for at in (one.head, *(c for c in one.head.children if c.dep_ == "conj")) if hostile else ():
        names = [c for c in at.children if c.lower_ in one.ontology.words("befallen", "preposition")]
        nouns = (t for name in names for t in name.children if t.dep_ == "pobj")
        yield from (t for t in nouns if one.paragraph.tools.frames.is_hostile(t))


def in_company(one: Assembled, others: Sequence[Assembled]) -> Claim:
    """The claim with those who are said to be together with one who takes part, in his role."""
    claim = one.claim
    for role, token in one.match.roles:
        if role in SIDES and token.pos_ in ("NOUN", "PROPN"):
            claim = replace(claim, roles=_joined(replace(one, claim=claim), role, _companions(one, token)).roles)
    return claim if claim.roles != one.claim.roles else one.claim


def _companions(one: Assembled, token: Token) -> Iterator[Token]:
    """Who is said, right behind somebody, to be with him: "X, together with Y, …", "X, joined by Y, …"; or before him, at
    the beginning: "Along with Y, X …".
    """
    ontology, arguments = one.ontology, one.paragraph.clauses.arguments
    above = [token]
    verb = one.head if one.verbal else governing_verb(one.head)
    if verb is not None and token in arguments(verb).get("subj", ()):
        above.append(verb)
    if verb is not None and len(above) > 1:
        opening = (c for c in verb.children if c.i < token.i and c.lower_ in ontology.words("company", "adverb"))
        phrases = (c for first in opening for c in first.children if c.dep_ == "prep")
        yield from (m for c in phrases for t in c.children if t.dep_ == "pobj" for m in coordinated(t))
    for child in (c for head in above for c in head.children if c.i > token.i):
        if child.dep_ == "prep" and child.nbor(-1).lower_ in ontology.words("company", "adverb"):
            yield from (m for t in child.children if t.dep_ == "pobj" for m in coordinated(t))
        elif child.dep_ in ("acl", "advcl") and lemma_of(child) in ontology.words("company", "verb") and is_passive(child):
            yield from arguments(child).get("subj", ())


def led_by(one: Assembled, others: Sequence[Assembled]) -> Claim:
    """The claim with who leads the group that takes part, in its role."""
    claim = one.claim
    for role, token in one.match.roles:
        if role in SIDES and token.pos_ == "NOUN" and not one.paragraph.mention(token).entities:
            leaders = [
                t
                for clause in token.children
                if clause.dep_ == "acl" and lemma_of(clause) in one.ontology.words("leading", "verb") and is_passive(clause)
                for t in one.paragraph.clauses.arguments(clause).get("subj", ())
            ]
            claim = replace(claim, roles=_joined(replace(one, claim=claim), role, leaders).roles)
    return claim if claim.roles != one.claim.roles else one.claim


def known_again(one: Assembled, others: Sequence[Assembled]) -> Claim:
    """The claim of an event told again by a noun with one of its sides alone, with the other as it was told before.

    "U.S. sanctions" after "the U.S. imposed sanctions on Peru" are those on Peru, as far as the article told of no other.
    Not what goes on (cooperation), nor what is promised or refused, of which there is more than one.
    """
    claim, noun = one.claim, one.head
    if one.kind.category in ONGOING or claim.role("place"):
        return claim
    here = [role for role in claim.roles if role.role in SIDES]
    if one.verbal or len(here) != 1 or not _is_the_same(noun, one) or not _entities(here[0].mention):
        return claim
    known, found = _entities(here[0].mention), list[tuple[Role, ...]]()
    for other in others:
        before = other.claim
        if before.claims != claim.claims or before.trigger.end > claim.trigger.start or before.stance.polarity != "Affirmed":
            continue
        same = [r for r in before.roles if r.role == here[0].role and _entities(r.mention) & known]
        other_role = ("participant",) if here[0].role == "participant" else tuple({*SIDES} - {here[0].role})
        beside = tuple(r for r in before.roles if r.role in other_role and not _entities(r.mention) & known)
        if same and beside:
            found.append(beside)
    others_known = [r for roles in found for r in roles]
    if not found or any(not _entities(r.mention) for r in others_known) or _differ(found):
        return claim
    return replace(claim, roles=(*claim.roles, *found[-1]))


def _differ(found: Sequence[tuple[Role, ...]]) -> bool:
    """Whether an event told several times had other sides each time."""
    return len({frozenset(e for r in roles for e in _entities(r.mention)) for roles in found}) > 1


def _is_the_same(noun: Token, one: Assembled) -> bool:
    """Whether nothing before a noun makes another event of it than the one told before: "a strike", "new sanctions"."""
    ontology = one.ontology
    words = {token.lower_ for token in one.paragraph.doc[noun.left_edge.i : noun.i]}
    return not words & ontology.words("another", "modifier")


def _entities(mention: Mention) -> set[str]:
    return {*(mention.entities or mention.represents)}


# -- who is new -----------------------------------------------------------------------------------


def _is_one_sided(claim: Claim) -> bool:
    """Whether one side alone is filled."""
    return len({role.mention for role in claim.roles if role.role in SIDES}) == 1


def _sides(claim: Claim) -> list[Mention]:
    return [role.mention for role in claim.roles if role.role in SIDES]


def _subjects(one: Assembled, verb: Token) -> list[Token]:
    """The subject of a verb, and who is joined to it."""
    subject = one.paragraph.clauses.subject(verb)
    return coordinated(subject) if subject is not None else []


def _phrase(noun: Token) -> str:
    """The name of the preposition before *noun*: "during", "ahead_of"; nothing where it has none."""
    before = noun.head
    if noun.dep_ != "pobj":
        return ""
    chained = before.head.dep_ in ("advmod", "prep") and before.head.i == before.i - 1
    return f"{before.head.lower_}_{before.lower_}" if chained else before.lower_


def _meant(one: Assembled, token: Token) -> set[str]:
    mention = one.paragraph.mention(token)
    return {*mention.entities, *mention.represents}


def _is_somebody(one: Assembled, token: Token) -> bool:
    """Whether somebody known stands there."""
    return one.paragraph.fits(token, "Actor") and bool(_meant(one, token))


def _is_new(mention: Mention, claim: Claim) -> bool:
    """Whether somebody takes part in *claim* not yet, be it by his state; another of that state is new."""
    for taking in _sides(claim):
        same = {*mention.entities} & {*taking.entities, *taking.represents} or {*mention.represents} & {*taking.entities}
        nameless = not (mention.entities and taking.entities) and {*mention.represents} & {*taking.represents}
        if same or nameless or taking.span == mention.span:
            return False
    return True


def _joined(one: Assembled, role: str, tokens: Iterable[Token]) -> Claim:
    """The claim with those known of *tokens* in *role* who take no part in it yet."""
    fitting = [one.paragraph.mention(t) for t in tokens if _is_somebody(one, t)]
    return _with(one.claim, role, [m for m in fitting if _is_new(m, one.claim)])


def _with(claim: Claim, role: str, mentions: Iterable[Mention]) -> Claim:
    added = tuple(dict.fromkeys(Role(role, m) for m in mentions))
    return replace(claim, roles=(*claim.roles, *added)) if added else claim
