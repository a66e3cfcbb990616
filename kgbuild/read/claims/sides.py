"""On which side of an event each participant stands: in "Norway met with Peru and Chile" Norway on one, two on the other."""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.read.claims.paragraph import Paragraph
from kgbuild.read.frames.frame import NOT_PREPOSITIONS, Match
from kgbuild.read.parse.clauses import governing_verb, is_passive, is_verbal
from kgbuild.read.parse.tokens import Token

GROUPED = frozenset({"between", "among", "of", "by", "poss", "mod", "subj", "attr", "comp", "purpose", "prt", "adv"})
"""Functions of those who stand beside each other: "talks between Peru and Chile", "the meeting of the ministers"."""
FACED = frozenset({"obj", "dative", "oprd"})
"""Functions of those whom a verb's subject faces: "met Peru"."""


def across(paragraph: Paragraph, match: Match) -> frozenset[Token]:
    """The participants of *match* on the other side: behind "with", or the objects of whoever meets them."""
    together = [filler for role, filler in match.roles if role == "participant"]
    if not together:
        return frozenset()
    found = {filler: frozenset(_functions(paragraph, match, filler)) for filler in together}
    mutual = any(slot.role == "participant" and "subj" in slot.functions for slot in match.frame.roles)
    subject = any("subj" in functions for functions in found.values())
    faces = mutual and (subject or not is_passive(match.words[0]))
    return frozenset(filler for filler, functions in found.items() if _is_across(functions, faces=faces))


def _is_across(functions: frozenset[str], *, faces: bool) -> bool:
    """Whether who stands in *functions* is on the other side; *faces*: objects are."""
    if "subj" in functions:
        return False
    behind = functions - NOT_PREPOSITIONS - GROUPED
    return bool(behind) or (faces and bool(functions & FACED))


def _functions(paragraph: Paragraph, match: Match, filler: Token) -> Iterator[str]:
    """The functions in which *filler* stands, of the nearest word of the event that governs it."""
    for governor in _governors(paragraph, match):
        held = [name for name, tokens in paragraph.clauses.arguments(governor).items() if filler in tokens]
        if held:
            yield from held
            return


def _governors(paragraph: Paragraph, match: Match) -> Iterator[Token]:
    """The words on which participants of the event may hang, its own first (`frames.standing` looks there)."""
    head = match.words[0]
    yield from match.words
    if not is_verbal(head):
        if (verb := governing_verb(head)) is not None:
            yield verb
        if head.dep_ == "pobj":
            yield head.head.head
    for word in (head, *match.words[1:]):
        arguments = paragraph.clauses.arguments(word)
        yield from (t for name in ("obj", "attr", "of", "for") for t in arguments.get(name, ()))
    yield from (filler for _, filler in match.roles)
