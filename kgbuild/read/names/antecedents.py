"""Where what a pronoun stands for may be: the subjects of the clauses around it, from the inside out."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from kgbuild.read.names.located import Located
from kgbuild.read.names.memory import Memory
from kgbuild.read.parse.clauses import Clauses, is_verbal
from kgbuild.read.parse.tokens import Token


def subjects_around(token: Token, memory: Memory, passage: int) -> Iterator[Token]:
    """The subjects of the clauses that hold *token*, from the inside out.

    Left out are a subject that holds the pronoun itself, the subject of a verb whose object it is ("X asked him"),
    the speaker where it stands in his direct speech, and a subject that is still to come, unless *token* belongs
    to a phrase put before it ("In its statement, the ministry ...").
    """
    clauses, quoted = memory.clauses[passage], memory.quoted(passage)
    inside = token
    passed: set[int] = set()
    innermost = True
    for ancestor in token.ancestors:
        if is_verbal(ancestor):
            subject = clauses.subject(ancestor)
            if subject is not None and subject.i not in passed and not _holds(subject, token):
                speaks = token.i in quoted and ancestor.i not in quoted
                if innermost and is_object(token):
                    passed.add(subject.i)
                elif not speaks and (subject.i < token.i or _is_put_before(inside, ancestor)):
                    passed.add(subject.i)
                    yield subject
            if not is_object(token):  # "if Russia attacks, it ..."
                before = _subjects_put_before(ancestor, clauses)
                yield from (s for s in before if s.i < token.i and not _holds(s, token))
            innermost = False
        inside = ancestor


def _subjects_put_before(verb: Token, clauses: Clauses) -> Iterator[Token]:
    """The subjects of the clauses put before a verb's own, where they are others than its subject."""
    main = clauses.subject(verb)
    for clause in verb.children:
        subject = clauses.subject(clause) if clause.dep_ == "advcl" and clause.i < verb.i else None
        if subject is not None and subject != main:
            yield subject


def _is_put_before(phrase: Token, verb: Token) -> bool:
    return phrase.dep_ in ("prep", "advcl") and phrase.i < verb.i


def _holds(subject: Token, token: Token) -> bool:
    return subject == token or subject.is_ancestor(token)


def is_object(token: Token) -> bool:
    """Whether *token* is what a verb is done to: such a one is not who does it."""
    if token.tag_ == "PRP$" or token.lower_.endswith(("self", "selves")):
        return False
    if token.dep_ == "nsubj" and token.head.dep_ == "ccomp" and token.head.pos_ == "ADJ":
        return True  # "hold it accountable"
    return token.dep_ in ("dobj", "dative") or (token.dep_ == "pobj" and is_verbal(token.head.head))


def subjects_over(token: Token, memory: Memory, passage: int) -> Iterator[Token]:
    """Who does what *token* is the object of; where that verb has no subject of its own, also who does what is above."""
    for verb in [a for a in token.ancestors if is_verbal(a)][:2]:
        subject = memory.clauses[passage].subject(verb)
        if subject is not None:
            yield subject
        own = any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
        if own or (verb.dep_ == "acl" and verb.tag_ in ("VBN", "VBD")):  # "challenged sanctions imposed on him": by others
            return


def identity(one: Located) -> Hashable:
    """By what two mentions are of one: whom they denote, else where they stand."""
    return one.mention.entities or (one.passage, one.head)


def is_several(one: Located, memory: Memory) -> bool:
    """Whether "they" may stand for a mention alone: a plural, unless it is the name of one thing ("United States")."""
    if one.kind == "pronoun":
        return one.plural
    as_one = one.kind == "name" and one.mention.cls not in ("Group", "ArmedGroup", "PoliticalParty", "Person")
    return not as_one and (one.plural or memory.token(one).tag_ in ("NNS", "NNPS"))


def says_that(clause: Token) -> bool:
    """Whether "that" opens a clause."""
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)


def reported(verb: Token) -> Token | None:
    """The verb of what is said with *verb*: in "he said it fell", "fell"."""
    return next((c for c in verb.children if c.dep_ == "ccomp"), None)
